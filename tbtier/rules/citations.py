"""Where a fact is written, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from tbtier.errors import RuleDataError, shown
from tbtier.rules.tiers import Ranked

__all__ = ["Certainty", "Citation", "Source"]


class Certainty(Ranked):
    """How sure a fact is, least sure first, so that `min` gives the certainty of a conclusion.

    >>> min(Certainty.PUBLISHED, Certainty.INFERRED)
    Certainty.INFERRED
    """

    INFERRED = "inferred"
    """Our reading where the source is silent, cut off or from a sister program."""
    DERIVED = "derived"
    """Plain date arithmetic on a published statement."""
    PUBLISHED = "published"
    """The source says it."""


def require_text(where: str, value: object) -> None:
    """Raise `RuleDataError` unless `value` is text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise RuleDataError(where, f"must be text, got {shown(value)}")


@attrs.frozen
class Source:
    """A document that states a rule.

    Raises:
        RuleDataError: the id, the title or the date is missing.
    """

    id: str
    """A short name, such as `S1`."""
    title: str
    """Who wrote it, and what it is called."""
    date: str
    """When it was written, as exactly as is known."""
    where: str = ""
    """Its address, without the scheme; empty where there is none."""

    def __attrs_post_init__(self) -> None:
        for name in ("id", "title", "date"):
            require_text(f"Source: {name}", getattr(self, name))


@attrs.frozen
class Citation:
    """The sources of one fact, and how sure it is by them.

    Raises:
        RuleDataError: there is no source; where the sources are silent, name those and say `INFERRED`.
    """

    certainty: Certainty
    """How sure the fact is."""
    sources: tuple[Source, ...]
    """The documents that state it, or that it is read from; at least one."""
    note: str = ""
    """What of it is not in the sources' own words; may be empty."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.certainty, Certainty):
            raise RuleDataError("Citation: certainty", f"must be a Certainty, got {shown(self.certainty)}")
        sources = self.sources
        if not isinstance(sources, tuple) or not sources or not all(isinstance(source, Source) for source in sources):
            raise RuleDataError("Citation: sources", f"must be a tuple of at least one Source, got {shown(sources)}")

    @property
    def is_inferred(self) -> bool:
        """Whether the fact is inferred and not published."""
        return self.certainty is Certainty.INFERRED

    def within(self, dates: Citation) -> Citation:
        """Return the citation of a fact that is no surer than the dates of what it belongs to."""
        if dates.certainty >= self.certainty:
            return self
        note = "; ".join(note for note in (self.note, dates.note) if note)
        return Citation(dates.certainty, tuple(dict.fromkeys((*self.sources, *dates.sources))), note)

    def __str__(self) -> str:
        return f"{self.certainty}, {', '.join(source.id for source in self.sources)}"


def plain_citation(citation: Citation) -> dict[str, Any]:
    """Return a citation as plain data, with the ids of its sources."""
    return {"certainty": str(citation.certainty), "sources": [source.id for source in citation.sources], "note": citation.note}


def by_id(sources: Iterable[Source]) -> dict[str, Source]:
    """Return documents by id.

    Raises:
        RuleDataError: two of them have the same id.
    """
    known: dict[str, Source] = {}
    for source in sources:
        if known.setdefault(source.id, source) != source:
            raise RuleDataError(f"Source {source.id}", "must have an id of its own: another source has it too")
    return known


def plain_sources(sources: Iterable[Source]) -> dict[str, dict[str, str]]:
    """Return documents as plain data, by id."""
    return {
        name: {"title": source.title, "date": source.date, "where": source.where} for name, source in by_id(sources).items()
    }
