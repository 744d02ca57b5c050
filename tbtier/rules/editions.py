"""The entries of a program's list of changes: an edition of its rules, rules that are not known, and its end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from types import NoneType
from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from tbtier.errors import RangeError, RuleDataError, ScoreError
from tbtier.errors.checks import FIRST_DAY, LAST_DAY, require_date, require_kind, require_score, require_text, require_whole
from tbtier.errors.values import is_of, plain_text
from tbtier.fiscal import FiscalQuarter, as_quarter, quarter_at
from tbtier.rules.citations import Certainty, Citation, Source
from tbtier.rules.cycles import REVIEW_MONTHS, cycle_at, latest_effective
from tbtier.rules.named import Named
from tbtier.rules.tiers import Tier, as_tier

if TYPE_CHECKING:
    from tbtier.rules.scorecards import ScorecardRules

__all__ = ["Carryover", "Edition", "ProgramEnd", "Threshold", "UnknownRules"]

UNSCORED: Final = -1  # below the rank of every tier


def _name_of(tier: object) -> str:
    return str(tier) if type(tier) is Tier else ""  # another value is rejected later


class Carryover(Named):
    """How March 1 sets the next starting tier (rule R7)."""

    HIGHEST_OF_YEAR = "the highest tier earned in the four quarters"
    FINAL_QUARTER = "the tier earned in Q4"


@attrs.frozen
class Threshold:
    """The lowest score that earns a tier.

    Raises:
        RuleDataError: a field has the wrong type, the score is below 0, or the label is blank.
    """

    tier: Tier
    """The tier that is earned."""
    score: int
    """The lowest score that earns it, inclusive."""
    citation: Citation
    """The sources of the score, and its certainty."""
    label: str = attrs.field(default=attrs.Factory(lambda self: _name_of(self.tier), takes_self=True), converter=plain_text)
    """The tier's name in the documents of the time; by default the name in use since FY22."""
    inclusive_citation: Citation | None = None
    """The sources for counting this exact score as enough, if that is less sure than the number (rule D8)."""

    def __attrs_post_init__(self) -> None:
        require_kind(Tier, "Threshold: tier", self.tier)
        require_kind(Citation, f"Threshold of {self.tier}: citation", self.citation)
        require_text(f"Threshold of {self.tier}: label", self.label)
        require_kind((Citation, NoneType), f"Threshold of {self.tier}: inclusive_citation", self.inclusive_citation)
        require_whole(f"Threshold of {self.tier}: score", self.score)

    @property
    def name(self) -> str:
        """The tier's name, with the label if the label differs."""
        return self.label if self.label == str(self.tier) else f"{self.tier} ({self.label})"

    def __str__(self) -> str:
        return f"{self.name} from {self.score}"


@attrs.frozen
class Edition:
    """The rules of one program from one quarter on.

    Raises:
        RuleDataError: the thresholds do not begin at 0, do not ascend in score and tier, or go beyond the maximum;
            or a citation is missing.
    """

    start: FiscalQuarter | None = attrs.field(converter=attrs.converters.optional(as_quarter))
    """The first quarter of the edition; its text is accepted too. `None` for a model without a start."""
    start_citation: Citation
    """The sources of the start, and its certainty."""
    thresholds: tuple[Threshold, ...]
    """The lowest score of each tier, lowest tier first."""
    maximum_score: int
    """The highest score possible, inclusive."""
    maximum_citation: Citation
    """The sources of the maximum, and its certainty."""
    carryover: Carryover
    """How the March 1 that follows the fiscal year sets the next starting tier."""
    carryover_citation: Citation
    """The sources of the carryover, and its certainty."""
    scorecard: ScorecardRules | None = None
    """The rules of the scorecard, for `tbtier.scorecard`; `None` if none are known."""
    tiers: tuple[Tier, ...] = attrs.field(init=False, eq=False, repr=False)
    """The tiers that can be earned, lowest first."""
    # For each threshold, the lowest score that earns more than its tier, and the rank of its tier.
    _bounds: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)
    _ranks: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)
    # The citation of each threshold, within the dates of the edition; and of each name, label or kind of fact, in lower
    # case.
    _bound_citations: tuple[Citation, ...] = attrs.field(init=False, eq=False, repr=False)
    _citations: tuple[tuple[str, Citation], ...] = attrs.field(init=False, eq=False, repr=False)

    review_months: ClassVar[int] = REVIEW_MONTHS
    """Whole months between the end of a quarter and its effective date (rule R4); the same in all editions."""

    def __attrs_post_init__(self) -> None:
        where = f"Edition from {self.start}"
        for name in ("start_citation", "maximum_citation", "carryover_citation"):
            require_kind(Citation, f"{where}: {name}", getattr(self, name))
        require_kind(Carryover, f"{where}: carryover", self.carryover)
        if self.scorecard is not None:
            from tbtier.rules.scorecards import ScorecardRules  # here, since most editions have none

            require_kind(ScorecardRules, f"{where}: scorecard", self.scorecard)
        require_kind(tuple, f"{where}: thresholds", self.thresholds)
        for place, threshold in enumerate(self.thresholds):
            require_kind(Threshold, f"{where}: thresholds[{place}]", threshold)
        if not self.thresholds or self.thresholds[0].score != 0:
            raise RuleDataError(f"{where}: thresholds[0]", "must be at score 0, so that every score earns a tier")
        for place, (lower, upper) in enumerate(pairwise(self.thresholds), start=1):
            if not (lower.score < upper.score and lower.tier < upper.tier):
                raise RuleDataError(f"{where}: thresholds[{place}]", f"must be above {lower.tier} at {lower.score}")
        require_whole(f"{where}: maximum_score", self.maximum_score, self.thresholds[-1].score)
        above = (*(threshold.score for threshold in self.thresholds[1:]), self.maximum_score + 1)
        dates = self.start_citation
        bound_citations = tuple(bound.citation.within(dates) for bound in self.thresholds)
        # A label that is also the name of a fact or of another tier does not stand for its tier.
        citations = dict(zip((bound.label.casefold() for bound in self.thresholds), bound_citations))
        citations |= dict(zip((str(bound.tier).casefold() for bound in self.thresholds), bound_citations))
        citations |= {"carryover": self.carryover_citation.within(dates)}
        citations |= {"maximum": self.maximum_citation.within(dates), "start": dates}
        object.__setattr__(self, "_bound_citations", bound_citations)
        object.__setattr__(self, "_citations", tuple(citations.items()))
        object.__setattr__(self, "tiers", tuple(threshold.tier for threshold in self.thresholds))
        object.__setattr__(self, "_bounds", above)
        object.__setattr__(self, "_ranks", tuple(threshold.tier._rank for threshold in self.thresholds))

    def __repr__(self) -> str:
        thresholds = ", ".join(map(str, self.thresholds))
        return f"<Edition: {f'{self.start} on' if self.start else 'all time'}, {thresholds}>"

    @property
    def labels(self) -> dict[Tier, str]:
        """The name of each tier in the documents of the time."""
        return {threshold.tier: threshold.label for threshold in self.thresholds}

    def citation(self, fact: Tier | str) -> Citation:
        """Return the sources of a fact of the edition, and the certainty that the fact holds in the edition's quarters.

        A fact is at most as sure as the dates of its edition: a number from an undated page is inferred for its year.

        Args:
            fact: a tier, or its name or label in upper or lower case; or `"start"`, `"maximum"` or `"carryover"`.

        >>> from tbtier.programs import ISV
        >>> print(ISV.edition("FY24 Q1").citation("Crest"), ISV.edition("FY21 Q1").citation("Crest"), sep="; ")
        published, S1; inferred, S13

        Raises:
            KeyError: the edition has no such fact.
        """
        if type(fact) is Tier:
            if fact._rank in self._ranks:
                return self._bound_citations[self._ranks.index(fact._rank)]
        elif is_of(fact, str):
            name = plain_text(fact).casefold()
            for stated, citation in self._citations:
                if stated == name:
                    return citation
        raise KeyError(fact)

    @property
    def citations(self) -> dict[str, Citation]:
        """The citation of each fact of the edition, by name, such as `Ridge` or `carryover`."""
        names = ("start", *(str(threshold.tier) for threshold in self.thresholds), "maximum", "carryover")
        return {name: self.citation(name) for name in names}

    @property
    def certainties(self) -> dict[str, Certainty]:
        """The certainty of each fact of the edition, by name."""
        return {fact: citation.certainty for fact, citation in self.citations.items()}

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the edition rests on, without repetition."""
        inclusive = [bound.inclusive_citation for bound in self.thresholds if bound.inclusive_citation]
        citations = (*self.citations.values(), *inclusive)
        return tuple(dict.fromkeys(source for citation in citations for source in citation.sources))

    def threshold(self, score: int | Tier, quarter: FiscalQuarter | None = None) -> Threshold:
        """Return the threshold that a score reaches, or the threshold of a tier given in place of a score.

        `quarter` is named in errors.

        Raises:
            WrongTypeError: `score` is neither an int nor a tier, or `quarter` is no quarter.
            ScoreError: `score` is not from 0 to the maximum, or is a tier that cannot be earned.
        """
        if quarter is not None:
            quarter = as_quarter(quarter)
        if type(score) is Tier:
            for threshold in self.thresholds:
                if threshold.tier is score:
                    return threshold
            what = "the tier earned in place of a score" + ("" if quarter is None else f" of {quarter}")
            wanted, advice = f"one of {', '.join(map(str, self.tiers))}", "no score earns another tier"
            raise ScoreError(what, score, wanted, advice, quarter, self.maximum_score)
        score = require_score(score, quarter, self.maximum_score)
        return self.thresholds[bisect_right(self._bounds, score)]

    def _between(self, lowest: Tier, highest: Tier) -> tuple[Threshold, ...]:
        """Return the thresholds from a lowest to a highest tier, inclusive."""
        return self.thresholds[bisect_left(self._ranks, lowest._rank) : bisect_right(self._ranks, highest._rank)]

    def _above(self, threshold: Threshold) -> Threshold | None:
        """Return the threshold above a threshold; `None` above the highest."""
        place = bisect_right(self._ranks, threshold.tier._rank)
        return self.thresholds[place] if place < len(self.thresholds) else None

    def _reaching(self, threshold: Threshold, score: int) -> tuple[Citation, ...]:
        """Return the citations of a score that reaches a threshold: of the number, and of D8 if the score equals the number."""
        number, inclusive = self.citation(threshold.tier), threshold.inclusive_citation
        return (number, inclusive) if inclusive and score == threshold.score else (number,)

    def lowest(self, tier: Tier | str) -> Threshold | None:
        """Return the lowest threshold of a tier (or its name) or of a higher tier; `None` if no score earns either.

        Raises:
            WrongTypeError: `tier` is neither a tier nor text.
            ParseError: the text is not the name of a tier.
        """
        place = bisect_left(self._ranks, as_tier(tier, "tier")._rank)
        return self.thresholds[place] if place < len(self.thresholds) else None

    def _ranks_of(self, scores: Sequence[int | Tier | None], first: int) -> list[int]:
        """Return the rank of the tier that each score earned, with `UNSCORED` for `None`.

        This is `threshold` for many scores at once; `first` is the ordinal of the quarter of the first score.
        """
        bounds, ranks = self._bounds, self._ranks
        try:
            return [UNSCORED if score is None else ranks[bisect_right(bounds, score)] for score in scores]
        except (TypeError, IndexError):  # a tier in place of a score, or one above the maximum
            return [
                UNSCORED if score is None else self.threshold(score, quarter_at(first + place)).tier._rank
                for place, score in enumerate(scores)
            ]


@attrs.frozen
class UnknownRules:
    """Unknown rules: from one quarter on, the rules of a program are not known.

    Raises:
        RuleDataError: no reason is given.
    """

    start: FiscalQuarter = attrs.field(converter=as_quarter)
    """The first quarter without known rules; its text is accepted too."""
    reason: str = attrs.field(converter=plain_text)
    """Why the rules are not known."""

    def __attrs_post_init__(self) -> None:
        require_text(f"UnknownRules from {self.start}: reason", self.reason)


@attrs.frozen
class ProgramEnd:
    """The end of a program: from one day on, the program no longer evaluates scores.

    Raises:
        RuleDataError: the replacement or the citation is missing.
        RangeError: the day is before 0001-06-01 or after 9999-01-31.
    """

    on: date
    """The first day without the program."""
    replaced_by: str = attrs.field(converter=plain_text)
    """What replaced the program."""
    citation: Citation
    """The sources of the end, and its certainty."""

    def __attrs_post_init__(self) -> None:
        on = require_date(self.on, "ProgramEnd: on")
        if not FIRST_DAY <= on <= LAST_DAY:
            raise RangeError("ProgramEnd: on", on, f"from {FIRST_DAY} to {LAST_DAY}")
        object.__setattr__(self, "on", on)
        require_kind(Citation, f"ProgramEnd on {self.on}: citation", self.citation)
        require_text(f"ProgramEnd on {self.on}: replaced_by", self.replaced_by)

    @property
    def start(self) -> FiscalQuarter:
        """The first quarter that is no longer evaluated, since it would take effect on or after that day."""
        latest = latest_effective(self.on)
        return quarter_at(latest if cycle_at(latest).effective_on == self.on else latest + 1)
