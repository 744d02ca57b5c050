"""Citations: the sources of a fact, and its certainty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from tbtier.errors import RuleDataError
from tbtier.errors.checks import require_kind, require_str, require_text
from tbtier.errors.values import plain_text, shown
from tbtier.rules.named import Ranked

__all__ = ["Certainty", "Citation", "Source"]


class Certainty(Ranked):
    """How sure a fact is, from the least sure: `min` gives the certainty of a conclusion.

    >>> min(Certainty.PUBLISHED, Certainty.INFERRED)
    Certainty.INFERRED
    """

    INFERRED = "inferred"
    """Our reading where the source is silent, cut off or from a sister program."""
    DERIVED = "derived"
    """Plain date arithmetic on a published statement."""
    PUBLISHED = "published"
    """The source says it."""


@attrs.frozen
class Source:
    """A document that states a rule.

    Raises:
        RuleDataError: the id, the title or the date is missing, or a field is not text.
    """

    id: str = attrs.field(converter=plain_text)
    """A short name, such as `S1`."""
    title: str = attrs.field(converter=plain_text)
    """The author and the title of the document."""
    date: str = attrs.field(converter=plain_text)
    """The date of the document, as exactly as it is known."""
    where: str = attrs.field(default="", converter=plain_text)
    """The web address without the scheme; may be empty."""

    def __attrs_post_init__(self) -> None:
        for name in ("id", "title", "date"):
            require_text(f"Source: {name}", getattr(self, name))
        require_str("Source: where", self.where)

    def _plain(self) -> dict[str, Any]:
        return {"title": self.title, "date": self.date, "where": self.where}


@attrs.frozen
class Citation:
    """The sources of one fact, and its certainty.

    Raises:
        RuleDataError: there is no source, or the note is not text; if the sources are silent, name them and say `INFERRED`.
    """

    certainty: Certainty
    """How sure the fact is."""
    sources: tuple[Source, ...]
    """The documents that state the fact, or from which we infer it; at least one."""
    note: str = attrs.field(default="", converter=plain_text)
    """Anything we inferred or paraphrased; may be empty."""

    def __attrs_post_init__(self) -> None:
        require_kind(Certainty, "Citation: certainty", self.certainty)
        sources = self.sources
        if type(sources) is not tuple or not sources or not all(type(source) is Source for source in sources):
            raise RuleDataError("Citation: sources", f"must be a tuple of at least one Source, got {shown(sources)}")
        require_str("Citation: note", self.note)

    @property
    def is_inferred(self) -> bool:
        """Whether we inferred the fact: no source publishes it."""
        return self.certainty is Certainty.INFERRED

    def within(self, dates: Citation) -> Citation:
        """Return the citation of a fact that is at most as sure as the dates of its edition.

        Raises:
            RuleDataError: `dates` is not a `Citation`.
        """
        require_kind(Citation, "Citation: dates", dates)
        if dates.certainty >= self.certainty:
            return self
        note = "; ".join(note for note in (self.note, dates.note) if note)
        return Citation(dates.certainty, tuple(dict.fromkeys((*self.sources, *dates.sources))), note)

    def __str__(self) -> str:
        return f"{self.certainty}, {', '.join([source.id for source in self.sources])}"

    def _plain(self) -> dict[str, Any]:
        return {"certainty": self.certainty, "sources": [source.id for source in self.sources], "note": self.note}


def by_id(sources: Iterable[Source]) -> dict[str, Source]:
    """Return documents by id; raise `RuleDataError` if two documents have the same id."""
    known: dict[str, Source] = {}
    for source in sources:
        if known.setdefault(source.id, source) != source:
            raise RuleDataError(f"Source {source.id}", "must have a unique id: another source has the same one")
    return known
