"""The three answers to what it takes to hold a tier on a day: it is secured, open or impossible."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final, TypeAlias

import attrs

from tbtier.evaluation.reasons import Reason, plain_reason, sources_of
from tbtier.fiscal import FiscalQuarter
from tbtier.rules.citations import Source, plain_sources
from tbtier.rules.cycles import Cycle, plain_cycle
from tbtier.rules.tiers import Tier

__all__ = ["Impossible", "Open", "Option", "Plan", "Secured"]

_FORMAT: Final = "tbtier.plan/1"


@attrs.frozen
class _Answer:
    tier: Tier
    """The tier that is asked for; a higher one serves too."""
    by: date
    """The day on which it is to be held."""
    as_of: date
    """The day on which the question is asked."""
    program: str
    """The name of the program."""
    note: str
    """What a reader of the program's results must know; may be empty."""
    reasons: tuple[Reason, ...]
    """Why, step by step, each with its rule."""

    _name: ClassVar[str]

    def _plain(self, **facts: Any) -> dict[str, Any]:
        return {
            "format": _FORMAT,
            "answer": self._name,
            "program": self.program,
            "note": self.note,
            "tier": str(self.tier),
            "by": self.by.isoformat(),
            "as_of": self.as_of.isoformat(),
            **facts,
            "reasons": [plain_reason(reason) for reason in self.reasons],
            "sources": plain_sources(self.sources),
        }

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the reasons rest on, in order."""
        return sources_of(self.reasons)

    def _lines(self, answer: str) -> str:
        question = f"at least {self.tier} on {self.by} ({self.program}, as of {self.as_of})"
        note = [self.note] if self.note else []
        return "\n".join([f"{question}: {self._name}{answer}", *note, *(f"  {reason}" for reason in self.reasons)])


@attrs.frozen
class Secured(_Answer):
    """The tier, or a higher one, will be held on the day whatever scores come."""

    secured_by: FiscalQuarter | None
    """The first of the surest quarters that secure the tier; `None` where the starting tier or the entry tier is enough."""

    __match_args__ = ("secured_by",)
    _name = "secured"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON, in the format `"tbtier.plan/1"`."""
        return self._plain(secured_by=str(self.secured_by) if self.secured_by else None)

    def __str__(self) -> str:
        return self._lines(f" by {self.secured_by}" if self.secured_by else "")


@attrs.frozen
class Option:
    """An open quarter, and the lowest score that suffices in it with nothing else scored."""

    cycle: Cycle
    """The quarter's evaluation as dates."""
    score: int
    """The lowest score that suffices, by the edition of its quarter."""


@attrs.frozen
class Open(_Answer):
    """The tier, or a higher one, is held on the day only if one of these quarters earns it."""

    options: tuple[Option, ...]
    """The open quarters that count towards the day and can earn the tier; each alone suffices.

    The first of the reasons belong to them, one to each, with the certainty of its score.
    """
    awaiting_score: tuple[Cycle, ...]
    """The closed quarters that count towards the day and may have earned it: their scores are not known."""

    __match_args__ = ("options", "awaiting_score", "last_day")
    _name = "open"

    @property
    def last_day(self) -> date | None:
        """The day on which the last option closes; `None` if all scores that can bring the tier are awaited."""
        return max((option.cycle.closes_on for option in self.options), default=None)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON, in the format `"tbtier.plan/1"`."""
        return self._plain(
            options=[{**plain_cycle(option.cycle), "score": option.score} for option in self.options],
            awaiting_score=[plain_cycle(cycle) for cycle in self.awaiting_score],
            last_day=self.last_day.isoformat() if self.last_day else None,
        )

    def __str__(self) -> str:
        if not self.options:
            return self._lines(", and rests on a score that is awaited")
        if len(self.options) + len(self.awaiting_score) == 1:
            return self._lines(f" until {self.last_day}")
        return self._lines(f" until {self.last_day}, and one of these is enough")


@attrs.frozen
class Impossible(_Answer):
    """Neither the tier nor a higher one will be held on the day, whatever scores come."""

    possible_from: date | None
    """The first day after `by` on which the tier may be held; `None` if no such day is known."""
    unknown_reason: str | None
    """Why `possible_from` is not known, if the rules of a quarter are not; otherwise `None`."""

    __match_args__ = ("reason", "possible_from")
    _name = "impossible"

    @property
    def reason(self) -> str:
        """Why, in one sentence; the text of the first of the reasons."""
        return self.reasons[0].text

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON, in the format `"tbtier.plan/1"`."""
        possible_from = self.possible_from.isoformat() if self.possible_from else None
        return self._plain(possible_from=possible_from, unknown_reason=self.unknown_reason)

    def __str__(self) -> str:
        later = f"; {self.possible_from} is the first day on which it may be held" if self.possible_from else ""
        return self._lines(
            later or (f"; when it may be held is not known: {self.unknown_reason}" if self.unknown_reason else "")
        )


Plan: TypeAlias = Secured | Open | Impossible
"""What it takes to hold a tier on a day."""
