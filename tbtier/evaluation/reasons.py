"""Reasons: what happened, and the rule behind it with its sources and its certainty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

import attrs

from tbtier.evaluation.basis import Result
from tbtier.evaluation.scores import Score
from tbtier.fiscal import FiscalQuarter, FiscalYear
from tbtier.rules.citations import Citation, Source
from tbtier.rules.editions import Carryover, Edition, Threshold
from tbtier.rules.plain import titled
from tbtier.rules.rulebook import RULE
from tbtier.rules.text import Reasons, explained, implied

__all__ = ["Reason"]

_Value = TypeVar("_Value")
_HEADING: Final = implied("reason", "rule", "certainty and sources")


@attrs.frozen(repr=False)
class Reason:
    """One step of an explanation: what happened, and the rule behind it with its citation."""

    text: str
    """What happened here."""
    rule: str
    """The id of the rule, such as `R6`, or the edition that states a number."""
    citation: Citation
    """The sources of the rule, and its certainty."""

    @property
    def is_inferred(self) -> bool:
        """Whether the step rests on something that is inferred and not published."""
        return self.citation.is_inferred

    def __repr__(self) -> str:
        return titled(self)

    def __str__(self) -> str:
        return explained(self.text, self.rule, self.citation)

    def _plain(self) -> dict[str, Any]:
        return {"text": self.text, "rule": self.rule, **self.citation._plain()}


def unique(values: Iterable[_Value]) -> tuple[_Value, ...]:
    """Return values in order, without repetition."""
    return tuple(dict.fromkeys(values))


def sources_of(reasons: Iterable[Reason]) -> tuple[Source, ...]:
    """Return every document that the reasons rest on, in order."""
    cited = {id(reason.citation): reason.citation for reason in reasons}  # many reasons share a few citations
    return unique(source for citation in cited.values() for source in citation.sources)


def any_inferred(reasons: Iterable[Reason]) -> bool:
    """Return whether any reason rests on something that is inferred."""
    return any(reason.citation.is_inferred for reason in reasons)


def reasons_table(caption: Sequence[str], reasons: Iterable[Reason]) -> Reasons:
    """Return reasons as a table, for text and for notebooks."""
    rows = [(reason.text, reason.rule, str(reason.citation)) for reason in reasons]
    return Reasons(caption, _HEADING, rows, key=None)


def by_rule(rule: str, text: str) -> Reason:
    """Return a reason with the citation of its rule."""
    return Reason(text, rule, RULE[rule].citation)


def by_edition(edition: Edition, text: str, citation: Citation) -> Reason:
    """Return a reason that rests on a number of an edition."""
    return Reason(text, f"edition {edition.start or 'for all time'}", citation)


def timing_rule(quarter: FiscalQuarter) -> str:
    """Return the rule that says when a quarter takes effect: published for Q4, derived for the others."""
    return "R4" if quarter.number == 4 else "R4a"


def notified_rule(quarter: FiscalQuarter) -> str:
    """Return the rule that says when partners are notified: derived for Q4, published for the others."""
    return "R5a" if quarter.number == 4 else "R5"


def carried_span(edition: Edition, year: int) -> FiscalYear | FiscalQuarter:
    """Return the part of a fiscal year that sets the next starting tier, by the edition in force in its Q4 (rule R7)."""
    return FiscalYear(year) if edition.carryover is Carryover.HIGHEST_OF_YEAR else FiscalQuarter(year, 4)


def earned_citations(result: Result, bound: Threshold) -> tuple[Citation, ...]:
    """Return the citations of `earned_reasons`, without their texts."""
    if not isinstance(result.score, int):
        return (RULE["D1"].citation,)
    return result.edition._reaching(bound, result.score)


def earned_reasons(result: Result, least: Threshold | None = None) -> Iterator[Reason]:
    """Yield the reasons why a quarter has earned its tier, or the tier of a lower threshold."""
    if not isinstance(result.score, int):
        yield by_rule("D1", f"{result.quarter} earned {result.earned}, by a score that is not known")
        return
    reached = result.threshold
    assert reached is not None  # since there is a score
    bound = least or reached
    text = f"{result.quarter} earned {reached}" if bound == reached else f"{result.score} in {result.quarter} reaches {bound}"
    yield by_edition(result.edition, text, result.edition.citation(bound.tier))
    yield from inclusive_reasons(result.score, bound)


def inclusive_reasons(score: Score, reached: Threshold | None) -> Iterator[Reason]:
    """Yield the reason why a score equal to a bound is enough, if the source leaves that open (rule D8)."""
    if reached and reached.inclusive_citation and score == reached.score:
        yield Reason(f"{score} is read as included in {reached.name}", "D8", reached.inclusive_citation)


def missed_reason(result: Result, bound: Threshold) -> Reason:
    """Return the reason why a quarter has not earned a tier: its score is below the bound."""
    text = f"{result.score} in {result.quarter} is below {bound}"
    return by_edition(result.edition, text, result.edition.citation(bound.tier))
