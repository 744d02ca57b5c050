"""The scorecard rules of an edition: when points show, how many reviews are needed, and what attrition earns.

They vary by program and by edition, so each edition carries its own (rules K3, K5 and K7).
Every import of a program loads this module, so it uses ints and named tuples where it can, for speed.
"""

from __future__ import annotations

from itertools import pairwise
from types import NoneType
from typing import Final, NamedTuple

import attrs

from tbtier.errors import RuleDataError
from tbtier.errors.checks import require_kind, require_str, require_text, require_whole
from tbtier.rules.citations import Citation
from tbtier.rules.named import Named

__all__ = ["AttritionBand", "ScorecardRules", "ShowingRule", "ShowsWhen"]

IMPACT: Final = "Impact"
"""The pillar whose points show within the quarter on the ISV scorecard (rule K3a)."""


class ShowsWhen(Named):
    """When the points of an activity first show on a scorecard."""

    DAILY = "on the day on which the activity is received, or on the next"
    WITHIN_QUARTER = "within the quarter in which the activity is received"
    NOTIFIED = "once the partner is notified of the evaluation"


class ShowingRule(NamedTuple):
    """When the points of one pillar, or of every other pillar, first show; checked by `ScorecardRules`."""

    shows: ShowsWhen
    """When the points first show."""
    citation: Citation
    """The sources of the rule, and its certainty."""
    pillar: str | None = None
    """The pillar that the rule is about; `None` for every pillar that no other rule names."""

    def covers(self, pillar: str) -> bool:
        """Return whether the rule is about a pillar, ignoring case.

        Raises:
            RuleDataError: `pillar` is not text.
        """
        require_str("ShowingRule: pillar", pillar)
        return self.pillar is None or str.strip(self.pillar).casefold() == str.strip(pillar).casefold()


class AttritionBand(NamedTuple):
    """One line of a printed table of attrition, by rate or by current AOV; checked by `ScorecardRules`."""

    lowest: int
    """The lowest rate in tenths of a percent, or the lowest AOV, inclusive."""
    highest: int | None
    """The highest rate in tenths of a percent, or the highest AOV, inclusive; `None` for a band without an upper end."""
    value: int
    """The points for a rate, or the percent of them that is possible for an AOV."""
    citation: Citation
    """The sources of the line, and its certainty."""


@attrs.frozen
class ScorecardRules:
    """The scorecard rules of one edition; a rule that no source states is left out.

    >>> from tbtier.programs import ISV
    >>> ISV.edition("FY22 Q1").scorecard.review_minimum
    8

    Raises:
        RuleDataError: a value has the wrong type or no citation, only one kind of bands is given,
            a band ends before it starts, bands overlap, or an AOV band makes more than 100 % possible.
    """

    showing: tuple[ShowingRule, ...] = ()
    """When points show; the first rule that covers a pillar decides (rule K3)."""
    review_minimum: int | None = None
    """The lowest number of reviews in the year with which an app rating earns points, inclusive (rule K5)."""
    review_minimum_citation: Citation | None = None
    """The sources of the minimum, and its certainty."""
    rate_bands: tuple[AttritionBand, ...] = ()
    """The points by attrition rate in tenths of a percent, lowest band first (rule K7)."""
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
                require_kind(Citation, f"{where}: {name}[{index}].citation", value.citation)
        for index, rule in enumerate(self.showing):
            require_kind(ShowsWhen, f"{where}: showing[{index}].shows", rule.shows)
            if rule.pillar is not None:
                require_text(f"{where}: showing[{index}].pillar", rule.pillar)
        if self.review_minimum is not None:
            require_whole(f"{where}: review_minimum", self.review_minimum)
        cited = NoneType if self.review_minimum is None else Citation
        require_kind(cited, f"{where}: review_minimum_citation", self.review_minimum_citation)
        if bool(self.rate_bands) is not bool(self.aov_bands):
            raise RuleDataError(f"{where}: aov_bands", "must be given together with rate_bands, since points need both")
        _require_bands(f"{where}: rate_bands", self.rate_bands)
        _require_bands(f"{where}: aov_bands", self.aov_bands)
        for index, band in enumerate(self.aov_bands):
            if band.value > 100:
                raise RuleDataError(f"{where}: aov_bands[{index}].value", f"must be at most 100, got {band.value}")


def _require_bands(where: str, bands: tuple[AttritionBand, ...]) -> None:
    for index, band in enumerate(bands):
        require_whole(f"{where}[{index}].lowest", band.lowest)
        require_whole(f"{where}[{index}].value", band.value)
        if band.highest is not None:
            require_whole(f"{where}[{index}].highest", band.highest, band.lowest)
    for index, (lower, upper) in enumerate(pairwise(bands), start=1):
        if lower.highest is None or upper.lowest < lower.highest:
            raise RuleDataError(f"{where}[{index}]", f"must be above the band from {lower.lowest} to {lower.highest}")
