"""The three answers to what it takes to hold a tier on a day: it is secured, open or impossible."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final, TypeAlias

import attrs

from tbtier.evaluation.reasons import Reason, once, plain_reason
from tbtier.fiscal import FiscalQuarter
from tbtier.rules.citations import Source, plain_sources
from tbtier.rules.cycles import Cycle, plain_cycle
from tbtier.rules.tiers import Tier

__all__ = ["Impossible", "Open", "Plan", "Secured"]

_FORMAT: Final = "tbtier.plan/1"


@attrs.frozen
class _Answer:
    tier: Tier
    """The tier that is asked for; a higher one serves too."""
    day: date
    """The day on which it is to be held; the argument `by` of `plan`."""
    on: date
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
            "day": self.day.isoformat(),
            "on": self.on.isoformat(),
            **facts,
            "reasons": [plain_reason(reason) for reason in self.reasons],
            "sources": plain_sources(self.sources),
        }

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the reasons rest on, once."""
        return once(source for reason in self.reasons for source in reason.cited.sources)

    def _lines(self, answer: str) -> str:
        question = f"at least {self.tier} on {self.day} ({self.program}, as of {self.on})"
        note = [self.note] if self.note else []
        return "\n".join([f"{question}: {self._name}{answer}", *note, *(f"  {reason}" for reason in self.reasons)])


@attrs.frozen
class Secured(_Answer):
    """The tier, or a higher one, will be held on the day whatever scores come."""

    by: FiscalQuarter | None
    """The first quarter that secures it; `None` where the starting tier or the entry tier does."""

    __match_args__ = ("by",)
    _name = "secured"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON, in the format `"tbtier.plan/1"`."""
        return self._plain(by=str(self.by) if self.by else None)

    def __str__(self) -> str:
        return self._lines(f" by {self.by}" if self.by else "")


@attrs.frozen
class Open(_Answer):
    """The tier, or a higher one, will be held on the day if one of these quarters earns it, and else not."""

    chances: tuple[tuple[Cycle, int], ...]
    """The open quarters that count towards the day, each with the lowest score that suffices there, with nothing else scored.

    The first of the reasons belong to them, one to each, with the certainty of its score.
    """
    awaited: tuple[Cycle, ...]
    """The closed quarters that count towards the day and may have earned it: their scores are not known."""

    __match_args__ = ("chances", "awaited", "last_day")
    _name = "open"

    @property
    def last_day(self) -> date | None:
        """The day on which the last chance closes; `None` if all scores that can bring the tier are awaited."""
        return max((cycle.closes_on for cycle, _ in self.chances), default=None)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON, in the format `"tbtier.plan/1"`."""
        return self._plain(
            chances=[{**plain_cycle(cycle), "score": score} for cycle, score in self.chances],
            awaited=[plain_cycle(cycle) for cycle in self.awaited],
            last_day=self.last_day.isoformat() if self.last_day else None,
        )

    def __str__(self) -> str:
        if not self.chances:
            return self._lines(", and rests on a score that is awaited")
        if len(self.chances) + len(self.awaited) == 1:
            return self._lines(f" until {self.last_day}")
        return self._lines(f" until {self.last_day}, and one of these is enough")


@attrs.frozen
class Impossible(_Answer):
    """Neither the tier nor a higher one will be held on the day, whatever scores come."""

    possible_from: date | None
    """The first day after it on which the tier may be held; `None` if there is none, or if it is untold."""
    untold: str | None
    """Why `possible_from` cannot be told, where the rules of a quarter are not known; else `None`."""

    __match_args__ = ("reason", "possible_from")
    _name = "impossible"

    @property
    def reason(self) -> str:
        """Why, in one sentence; the text of the first of the reasons."""
        return self.reasons[0].text

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON, in the format `"tbtier.plan/1"`."""
        possible_from = self.possible_from.isoformat() if self.possible_from else None
        return self._plain(possible_from=possible_from, untold=self.untold)

    def __str__(self) -> str:
        later = f"; {self.possible_from} is the first day on which it may be held" if self.possible_from else ""
        return self._lines(later or (f"; when it may be held cannot be told, {self.untold}" if self.untold else ""))


Plan: TypeAlias = Secured | Open | Impossible
"""What it takes to hold a tier on a day."""
