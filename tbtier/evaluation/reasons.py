"""Steps of an argument: what happened, by which rule, where that is written, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeVar

import attrs

from tbtier.fiscal import FiscalQuarter, FiscalYear
from tbtier.rules.citations import Certainty, Citation, plain_citation
from tbtier.rules.editions import Carryover, Edition
from tbtier.rules.rulebook import RULES, Rule

__all__ = ["Reason"]

_Value = TypeVar("_Value")

RULE: Final[dict[str, Rule]] = {rule.id: rule for rule in RULES}


def acting_rule(quarter: FiscalQuarter) -> str:
    """Return the rule that says when a quarter's result acts: published for Q4, derived for the others."""
    return "R4" if quarter.number == 4 else "R4a"


@attrs.frozen
class Reason:
    """One step of an argument: what happened, by which rule, and where that is written."""

    text: str
    """What happened here."""
    rule: str
    """The id of the rule, such as `R6`."""
    citation: Citation
    """Where it is written, and how sure it is; an edition's own citation where it says more than the rule's."""

    def __str__(self) -> str:
        return f"{self.text} ({self.rule}: {self.citation})"


def plain_reason(reason: Reason) -> dict[str, Any]:
    """Return a reason as plain data, with the ids of its sources."""
    return {"text": reason.text, "rule": reason.rule, **plain_citation(reason.citation)}


def by_rule(rule: str, text: str) -> Reason:
    """Return a reason that cites what its rule cites."""
    return Reason(text, rule, RULE[rule].citation)


def once(values: Iterable[_Value]) -> tuple[_Value, ...]:
    """Return values in order, each once."""
    return tuple(dict.fromkeys(values))


def cited_in(edition: Edition, fact: Citation) -> Citation:
    """Return where it is written that a fact holds in an edition: as sure as both the fact and the dates of the edition."""
    dates = edition.start_citation
    if dates.certainty >= fact.certainty:
        return fact
    note = "; ".join(note for note in (fact.note, dates.note) if note)
    return Citation(dates.certainty, once((*fact.sources, *dates.sources)), note)


def carryover_of(edition: Edition) -> Citation:
    """Return where it is written how an edition sets the next starting tier."""
    return cited_in(edition, edition.carryover_citation)


def carried_from(edition: Edition, year: int) -> FiscalYear | FiscalQuarter:
    """Return what of a fiscal year sets the next starting tier, by the edition in force in its Q4 (rule R7)."""
    return FiscalYear(year) if edition.carryover is Carryover.HIGHEST_OF_YEAR else FiscalQuarter(year, 4)


def starred(citation: Citation, edition: Edition | None = None) -> str:
    """Return `*` for what is inferred, also where only the dates of its edition are; else nothing."""
    inferred = citation.certainty is Certainty.INFERRED
    return "*" if inferred or (edition and edition.start_citation.certainty is Certainty.INFERRED) else ""


def star_of(reasons: Iterable[Reason]) -> str:
    """Return `*` if any of the reasons is inferred, else nothing."""
    return "*" if any(starred(reason.citation) for reason in reasons) else ""


def edition_id(edition: Edition) -> str:
    """Return what stands in the place of a rule's id where an edition says it."""
    return f"edition {edition.start or 'for all time'}"
