"""The scorecard rules of an edition: when points show, how many reviews are needed, and what attrition earns.

They vary by program and by edition, so each edition carries its own (rules K3, K5 and K7).
"""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from types import NoneType
from typing import Any, Final

import attrs

from tbtier.errors import RuleDataError
from tbtier.rules.amounts import Exact, require_amount, shown
from tbtier.rules.citations import Citation, require_text
from tbtier.rules.editions import require_kind

__all__ = ["AttritionBand", "ScorecardRules", "ShowingRule", "ShowsWhen"]

IMPACT: Final = "Impact"
"""The pillar whose points show within the quarter on the ISV scorecard (rule K3a)."""


class ShowsWhen(Enum):
    """When the points of an activity first show on a scorecard."""

    DAILY = "on the day on which the activity is received, or on the next"
    WITHIN_QUARTER = "within the quarter in which the activity is received"
    NOTIFIED = "once the partner is notified of the evaluation"

    def __repr__(self) -> str:
        return f"ShowsWhen.{self.name}"

    def __str__(self) -> str:
        return self.value


@attrs.frozen
class ShowingRule:
    """When points of one pillar, or of every other pillar, first show.

    Raises:
        RuleDataError: a field has the wrong type, or the pillar is empty.
    """

    shows: ShowsWhen
    """When the points first show."""
    citation: Citation
    """Where that is written."""
    pillar: str | None = None
    """The pillar that the rule is about; `None` for every pillar without a rule of its own."""

    def __attrs_post_init__(self) -> None:
        require_kind(ShowsWhen, "ShowingRule: shows", self.shows)
        require_kind(Citation, "ShowingRule: citation", self.citation)
        if self.pillar is not None:
            require_text("ShowingRule: pillar", self.pillar)

    def covers(self, pillar: str) -> bool:
        """Return whether the rule is about a pillar, in upper or lower case."""
        return self.pillar is None or self.pillar.strip().casefold() == pillar.strip().casefold()


def _amount(value: Any) -> Exact:
    return require_amount(value, "a number of an AttritionBand")


@attrs.frozen
class AttritionBand:
    """One line of a printed table of attrition, by rate in percent or by current AOV.

    Raises:
        WrongTypeError: a number is not exact.
        AmountError: a number is negative, or not finite.
        RuleDataError: the band ends before it starts, or has no citation.
    """

    lowest: Exact = attrs.field(converter=_amount)
    """The lowest rate or AOV, inclusive."""
    highest: Exact | None = attrs.field(converter=attrs.converters.optional(_amount))
    """The highest rate or AOV, inclusive; `None` for a band without an upper end."""
    value: Exact = attrs.field(converter=_amount)
    """The points for a rate, or the percent of them that is possible for an AOV."""
    citation: Citation
    """Where the line is printed."""

    def __attrs_post_init__(self) -> None:
        require_kind(Citation, f"AttritionBand {self}: citation", self.citation)
        if self.highest is not None and self.highest < self.lowest:
            raise RuleDataError(f"AttritionBand {self}: highest", f"must be {shown(self.lowest)} or more")

    def includes(self, number: Exact) -> bool:
        """Return whether a rate or an AOV is in the band."""
        return self.lowest <= number and (self.highest is None or number <= self.highest)

    def printed(self, unit: str = "") -> str:
        """Return the bounds as text, with a unit such as ` %`."""
        bounds = f"{shown(self.lowest)}" if self.highest is None else f"{shown(self.lowest)} to {shown(self.highest)}"
        return f"{bounds}{unit}{' and more' if self.highest is None else ''}"

    def __str__(self) -> str:
        return self.printed()


@attrs.frozen
class ScorecardRules:
    """The scorecard rules of one edition; a rule that no source states is left out.

    >>> from tbtier.programs import ISV
    >>> ISV.edition("FY22 Q1").scorecard.review_minimum
    8

    Raises:
        RuleDataError: a field has the wrong type, a number has no citation, only one kind of bands is given,
            bands overlap, or an AOV band makes more than 100 % possible.
    """

    showing: tuple[ShowingRule, ...] = ()
    """When points show; the first rule that covers a pillar decides (rule K3)."""
    review_minimum: int | None = None
    """The lowest number of reviews in the year with which an app rating earns points, inclusive (rule K5)."""
    review_minimum_citation: Citation | None = None
    """Where that is written."""
    rate_bands: tuple[AttritionBand, ...] = ()
    """The points by attrition rate in percent, lowest band first (rule K7)."""
    aov_bands: tuple[AttritionBand, ...] = ()
    """The percent of those points that is possible by current AOV, lowest band first (rule K7).

    Bands may share a bound, which belongs to the lower band (rule K7a).
    """

    def __attrs_post_init__(self) -> None:
        where = "ScorecardRules"
        for name, kind in (("showing", ShowingRule), ("rate_bands", AttritionBand), ("aov_bands", AttritionBand)):
            require_kind(tuple, f"{where}: {name}", getattr(self, name))
            for index, value in enumerate(getattr(self, name)):
                require_kind(kind, f"{where}: {name}[{index}]", value)
        if self.review_minimum is not None and (type(self.review_minimum) is not int or self.review_minimum < 0):
            raise RuleDataError(f"{where}: review_minimum", f"must be an int from 0 up, got {self.review_minimum!r}")
        cited = NoneType if self.review_minimum is None else Citation
        require_kind(cited, f"{where}: review_minimum_citation", self.review_minimum_citation)
        if bool(self.rate_bands) is not bool(self.aov_bands):
            raise RuleDataError(f"{where}: aov_bands", "must be given together with rate_bands, since points need both")
        for name in ("rate_bands", "aov_bands"):
            for index, (lower, upper) in enumerate(pairwise(getattr(self, name)), start=1):
                if lower.highest is None or upper.lowest < lower.highest:
                    raise RuleDataError(f"{where}: {name}[{index}]", f"must be above {lower}, got {upper}")
        for index, band in enumerate(self.aov_bands):
            if band.value > 100:
                raise RuleDataError(f"{where}: aov_bands[{index}]", f"must have at most 100 %, got {shown(band.value)}")
