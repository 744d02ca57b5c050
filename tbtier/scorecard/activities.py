"""Activities, the quarters that they count for, and how long their points stand (rules K1 and K2)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import attrs

from tbtier.errors import RangeError, RuleDataError, WrongTypeError
from tbtier.errors.checks import require_date, require_int, require_kind, require_text
from tbtier.errors.values import is_of, outlined, plain_text
from tbtier.fiscal import FiscalQuarter
from tbtier.rules.named import Named
from tbtier.rules.rulebook import RULE, Rule

__all__ = ["Activity", "Metric", "StandsUntil", "counts_for"]

_ASSESSMENT: Final = "Technology Adoption Assessment"
_MOST: Final = 999_999  # points; far more than any scorecard has


def counts_for(received: date) -> FiscalQuarter:
    """Return the fiscal quarter that an activity counts for: the quarter in which it is received (rule K1).

    >>> print(counts_for(date(2023, 4, 30)), counts_for(date(2023, 5, 1)))
    FY24 Q1 FY24 Q2

    Raises:
        WrongTypeError: `received` is not a plain date.
        RangeError: no fiscal quarter contains the day.
    """
    return FiscalQuarter.containing(require_date(received, "received"))


class StandsUntil(Named):
    """How long the points of an activity stand, unless a newer activity of the same metric replaces them."""

    QUARTER_END = "the quarter ends"
    YEAR_END = "the fiscal year ends"
    REPLACED = "it is replaced"

    def reaches(self, quarter: FiscalQuarter, later: FiscalQuarter) -> bool:
        """Return whether points that count for `quarter` still stand when `later` ends; `later` is not before `quarter`."""
        if self is StandsUntil.QUARTER_END:
            return later == quarter
        return self is StandsUntil.REPLACED or later.year == quarter.year


def _maximum(value: Any) -> int:
    return _whole(value, "maximum")


def _received(value: Any) -> date:
    return require_date(value, "received")


def _points(value: Any) -> int:
    return _whole(value, "points")


def _whole(value: Any, what: str) -> int:
    points = require_int(value, what, "give the points as the scorecard shows them, since no source says how they are rounded")
    if not 0 <= points <= _MOST:
        raise RangeError(what, points, f"from 0 to {_MOST}", "correct it")
    return points


@attrs.frozen
class Metric:
    """One line of a scorecard.

    Raises:
        RuleDataError: the name or the pillar is empty or has blanks around it, or a field has the wrong type.
        WrongTypeError: the maximum is not an int.
        RangeError: the maximum is not from 0 to 999,999.
    """

    name: str = attrs.field(converter=plain_text)
    """The name of the metric, such as `Technology Adoption Assessment`."""
    pillar: str = attrs.field(converter=plain_text)
    """The part of the scorecard that the metric belongs to, such as `Impact`."""
    maximum: int = attrs.field(converter=_maximum)
    """The highest points that the metric can have, inclusive."""
    stands_until: StandsUntil
    """How long the points of the metric stand; for most metrics, no source answers this."""
    rule: Rule = RULE["D10"]
    """The rule that says how long the points stand."""

    def __attrs_post_init__(self) -> None:
        require_text("Metric: name", self.name)
        require_text(f"Metric {outlined(self.name)}: pillar", self.pillar)
        for field in ("name", "pillar"):
            if getattr(self, field) != str.strip(getattr(self, field)):
                raise RuleDataError(f"Metric {outlined(self.name)}: {field}", "must have no blanks around it: strip it")
        require_kind(StandsUntil, f"Metric {outlined(self.name)}: stands_until", self.stands_until)
        require_kind(Rule, f"Metric {outlined(self.name)}: rule", self.rule)

    @classmethod
    def technology_adoption_assessment(cls, *, pillar: str, maximum: int) -> Metric:
        """Return the metric whose points roll over to the end of the fiscal year (rule K2).

        >>> print(Metric.technology_adoption_assessment(pillar="Success", maximum=50).stands_until)
        the fiscal year ends
        """
        return cls(_ASSESSMENT, pillar, maximum, StandsUntil.YEAR_END, RULE["K2"])

    def __str__(self) -> str:
        return f"{self.name} ({self.pillar})"


@attrs.frozen
class Activity:
    """The total points of a metric from the day on which something was received.

    The points replace those of earlier activities of the metric; they are not added to them.

    >>> surveys = Metric("Surveys", pillar="Success", maximum=100, stands_until=StandsUntil.QUARTER_END)
    >>> print(Activity(surveys, date(2023, 4, 30), 40).counts_for)
    FY24 Q1

    Raises:
        WrongTypeError: `metric` is not a `Metric`, the day is not a plain date, or the points are not an int.
        RangeError: no fiscal quarter contains the day, or the points are below 0 or above the maximum of the metric.
    """

    metric: Metric
    """The metric whose points the activity sets."""
    received: date = attrs.field(converter=_received)
    """The day on which the activity was received, such as the day of a survey."""
    points: int = attrs.field(converter=_points)
    """The points of the metric from that day on."""

    def __attrs_post_init__(self) -> None:
        if not is_of(self.metric, Metric):
            raise WrongTypeError("metric", self.metric, "a Metric")
        counts_for(self.received)  # rejects a day that no quarter contains
        if self.points > self.metric.maximum:
            advice = "correct the points, or the maximum of the metric"
            raise RangeError(f"the points of {self.metric}", self.points, f"at most {self.metric.maximum}", advice)

    @property
    def counts_for(self) -> FiscalQuarter:
        """The fiscal quarter that the activity counts for (rule K1)."""
        return counts_for(self.received)
