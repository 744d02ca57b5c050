"""Scorecards: the activities of a partner, and the score that they add up to when a quarter ends."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from types import NoneType
from typing import TYPE_CHECKING, Any

import attrs

from tbtier.errors import RangeError, RuleDataError, WrongTypeError
from tbtier.errors.checks import of_kind, require_iterable, tuple_of
from tbtier.errors.values import plain_text
from tbtier.evaluation.reasons import Reason, by_rule, unique
from tbtier.evaluation.scores import ScoreHistory
from tbtier.fiscal import FiscalQuarter, FiscalYear, as_quarter
from tbtier.rules.citations import Citation, Source
from tbtier.rules.plain import Answer
from tbtier.rules.program import Program, require_program
from tbtier.rules.rulebook import RULE
from tbtier.rules.text import Part, Table, joined, starred, with_footnote
from tbtier.scorecard.activities import Activity, Metric, StandsUntil

if TYPE_CHECKING:
    from tbtier.formats import QuarterScoreDict

__all__ = ["QuarterScore", "Scorecard", "Standing"]


@attrs.frozen
class Standing:
    """The points of one metric when a quarter ends."""

    metric: Metric = attrs.field(validator=of_kind(Metric))
    """The metric."""
    quarter: FiscalQuarter = attrs.field(validator=of_kind(FiscalQuarter))
    """The quarter."""
    activity: Activity | None = attrs.field(validator=of_kind(Activity, NoneType))
    """The activity whose points stand; `None` if no points stand."""
    replaced: Activity | None = attrs.field(default=None, validator=of_kind(Activity, NoneType))
    """The previous activity, if its points would still stand without the newer activity."""

    @property
    def points(self) -> int:
        """The points that stand; 0 if no points stand."""
        return self.activity.points if self.activity else 0

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why these points stand, or why no points stand."""
        metric, quarter, activity = self.metric, self.quarter, self.activity
        if activity is None:
            within = {
                StandsUntil.QUARTER_END: f"in {quarter}",
                StandsUntil.YEAR_END: f"in {FiscalYear(quarter.year)} by the end of {quarter}",
                StandsUntil.REPLACED: f"by the end of {quarter}",
            }
            nothing = f"nothing was received {within[metric.stands_until]}"
            return (Reason(nothing, metric.rule.id, metric.rule.citation),)
        reasons = [by_rule("K1", f"received on {activity.received}, so it counts for {activity.counts_for}")]
        if self.replaced:
            rule = RULE["K2a"] if metric.rule == RULE["K2"] else metric.rule
            reasons.append(Reason(f"replaces what was received on {self.replaced.received}", rule.id, rule.citation))
        return *reasons, Reason(f"stands until {metric.stands_until}", metric.rule.id, metric.rule.citation)

    def _plain(self) -> dict[str, Any]:
        metric, activity = self.metric, self.activity
        return {
            "pillar": metric.pillar,
            "metric": metric.name,
            "points": self.points,
            "maximum": metric.maximum,
            "received": activity.received if activity else None,
            "stands_until": metric.stands_until,
            "counts_for": activity.counts_for if activity else None,
            "reasons": self.reasons,
        }


@attrs.frozen(repr=False)
class QuarterScore(Answer["QuarterScoreDict"]):
    """The score that stands when a quarter ends, metric by metric; the result of `Scorecard.quarter`.

    Raises:
        RangeError: the sum of the points is above the maximum.
    """

    program: str = attrs.field(converter=plain_text, validator=of_kind(str))
    """The name of the program."""
    quarter: FiscalQuarter = attrs.field(validator=of_kind(FiscalQuarter))
    """The quarter."""
    maximum: int = attrs.field(validator=of_kind(int))
    """The highest score possible by the edition in force in the quarter, inclusive."""
    maximum_citation: Citation = attrs.field(validator=of_kind(Citation))
    """The citation of the maximum."""
    standings: tuple[Standing, ...] = attrs.field(validator=tuple_of(Standing))
    """The points of each metric, by pillar."""

    _format = "tbtier.quarter-score/1"

    def __attrs_post_init__(self) -> None:
        if self.score > self.maximum:
            advice = "correct the points, since no source says what happens above the maximum"
            raise RangeError(f"the sum of the points of {self.quarter}", self.score, f"at most {self.maximum}", advice)

    @property
    def score(self) -> int:
        """The score: the sum of the points."""
        return sum(one.points for one in self.standings)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of all reasons and of the maximum, without repetition."""
        citations = [reason.citation for one in self.standings for reason in one.reasons]
        return unique(source for citation in (*citations, self.maximum_citation) for source in citation.sources)

    def _plain(self) -> dict[str, Any]:
        return {
            "program": self.program,
            "quarter": self.quarter,
            "score": self.score,
            "maximum": {"score": self.maximum, **self.maximum_citation._plain()},
            "standings": self.standings,
        }

    def _parts(self) -> list[Part]:
        closes = f" when it closes on {self.quarter.last_day}"
        scored = f"{self.program} {self.quarter}: {self.score} of {self.maximum}"
        caption = starred(scored, self.maximum_citation.is_inferred, closes)
        heading = "pillar", "metric", "points", "of", "received", "counts for", "stands until"
        return with_footnote(Table([caption], heading, list(map(_row, self.standings)), right=2, key=1))


def _row(one: Standing) -> tuple[str, ...]:
    metric, activity = one.metric, one.activity
    received, counts_for = (str(activity.received), str(activity.counts_for)) if activity else ("-", "-")
    until = joined(f"{metric.stands_until} (", starred(metric.rule.id, metric.rule.citation.is_inferred), ")")
    return metric.pillar, metric.name, str(one.points), str(metric.maximum), received, counts_for, until


def _activities(given: Any) -> tuple[Activity, ...]:
    activities = tuple(require_iterable(given, "activities", "an iterable of Activity"))
    for index, activity in enumerate(activities):
        if type(activity) is not Activity:
            raise WrongTypeError(f"activities[{index}]", activity, "an Activity")
    return activities


@attrs.frozen(repr=False)
class Scorecard:
    """The activities of one partner, which add up to a score for each quarter.

    >>> from datetime import date
    >>> from tbtier.programs import ISV
    >>> surveys = Metric("Surveys", pillar="Success", maximum=100, stands_until=StandsUntil.YEAR_END)
    >>> card = Scorecard([Activity(surveys, date(2023, 4, 30), 60), Activity(surveys, date(2023, 8, 2), 80)], program=ISV)
    >>> card.history(FiscalYear(2024).quarters)
    ScoreHistory({'FY24 Q1': 60, 'FY24 Q2': 60, 'FY24 Q3': 80, 'FY24 Q4': 80})

    Raises:
        WrongTypeError: an activity is not an `Activity`, or the program is not a `Program`.
        RangeError: two activities of one metric have the same day, or there are more than a million activities.
        RuleDataError: two metrics of one pillar have the same name.
    """

    activities: tuple[Activity, ...] = attrs.field(converter=_activities)
    """The activities, in any order."""
    program: Program = attrs.field(kw_only=True)
    """The program, whose editions state the highest score possible."""

    def __attrs_post_init__(self) -> None:
        require_program(self.program)
        stated: dict[tuple[str, str], Metric] = {}
        for metric in self.metrics:
            if stated.setdefault((metric.pillar, metric.name), metric) is not metric:
                raise RuleDataError(f"Metric {metric}", "must be stated once: another metric of this name differs")
        for metric, activities in self._by_metric().items():
            for previous, following in pairwise(one.received for one in activities):
                if previous == following:
                    raise RangeError(f"the activities of {metric}", following, "of different days", "keep the one that counts")

    def __repr__(self) -> str:
        return f"<Scorecard: {self.program.name}, activities: {len(self.activities)}>"

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics of the activities, grouped by pillar."""
        return tuple(self._by_metric())

    def quarter(self, quarter: FiscalQuarter | str) -> QuarterScore:
        """Return the score that stands when a quarter ends, metric by metric; later activities are ignored.

        Raises:
            UnknownRuleError: the rules of the quarter are unknown.
            ProgramEndedError: the program no longer evaluates the quarter.
            RangeError: the sum of the points is above the edition's maximum.
        """
        quarter = as_quarter(quarter)
        edition = self.program.edition(quarter)
        standings = []
        for metric, activities in self._by_metric().items():
            received = [one for one in activities if one.received < quarter.stop]
            stand = [one for one in received if metric.stands_until.reaches(one.counts_for, quarter)]
            replaced, latest = [None, None, *stand][-2:]
            standings.append(Standing(metric, quarter, latest, replaced))
        citation = edition.citation("maximum")
        return QuarterScore(self.program.name, quarter, edition.maximum_score, citation, tuple(standings))

    def history(self, quarters: Iterable[FiscalQuarter | str]) -> ScoreHistory:
        """Return the scores that stand when quarters end, for `evaluate`.

        Args:
            quarters: quarters that have closed, such as `FiscalYear(2024).quarters`. A quarter without points scores 0;
                leave out quarters before there was a scorecard, and give them as `None` by `ScoreHistory.with_score`.

        Raises:
            WrongTypeError: `quarters` is not an iterable of quarters; the other errors are those of `quarter`.
            RangeError: there are more than a million quarters.
        """
        scores = [self.quarter(quarter) for quarter in require_iterable(quarters, "quarters", "an iterable of quarters")]
        return ScoreHistory([(one.quarter, one.score) for one in scores])

    def _by_metric(self) -> dict[Metric, list[Activity]]:
        """Return the activities of each metric in the order of days, with the metrics grouped by pillar."""
        pillars = {pillar: index for index, pillar in enumerate(unique(one.metric.pillar for one in self.activities))}
        grouped: dict[Metric, list[Activity]] = {}
        for activity in sorted(self.activities, key=lambda one: pillars[one.metric.pillar]):
            grouped.setdefault(activity.metric, []).append(activity)
        return {metric: sorted(activities, key=lambda one: one.received) for metric, activities in grouped.items()}
