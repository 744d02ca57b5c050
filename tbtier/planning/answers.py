"""The three answers of a plan: the tier is secured, open or impossible."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from types import NoneType
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import attrs

from tbtier.errors.checks import as_day, of_kind, tuple_of
from tbtier.errors.values import plain_text
from tbtier.evaluation.reasons import Reason, reasons_table, sources_of
from tbtier.fiscal import FiscalQuarter
from tbtier.rules.citations import Source
from tbtier.rules.cycles import Cycle
from tbtier.rules.plain import Answer, Keys
from tbtier.rules.text import Part
from tbtier.rules.tiers import Tier

if TYPE_CHECKING:
    from tbtier.formats import ImpossibleDict, OpenDict, SecuredDict

__all__ = ["Impossible", "Open", "Option", "Plan", "Secured"]


@attrs.frozen(repr=False)
class _Plan(Answer[Keys]):
    tier: Tier = attrs.field(validator=of_kind(Tier))
    """The tier to hold; a higher tier is enough too."""
    by: date = attrs.field(converter=as_day)
    """The day on which to hold the tier."""
    as_of: date = attrs.field(converter=as_day)
    """The day on which the question is asked."""
    program: str = attrs.field(converter=plain_text, validator=of_kind(str))
    """The name of the program."""
    note: str = attrs.field(converter=plain_text, validator=of_kind(str))
    """A remark shown with every result of the program, such as that it is a model; may be empty."""
    reasons: tuple[Reason, ...] = attrs.field(validator=tuple_of(Reason))
    """The reasons for the answer, step by step, each with its rule."""

    _format = "tbtier.plan/1"
    _name: ClassVar[str]
    _facts: ClassVar[tuple[str, ...]]

    def _plain(self) -> dict[str, Any]:
        names = ("program", "note", "tier", "by", "as_of", *self._facts, "reasons")
        return {"answer": self._name, **{name: getattr(self, name) for name in names}}

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the reasons rest on, in order."""
        return sources_of(self.reasons)

    @abstractmethod
    def _detail(self) -> str:
        """Return the text of the answer after its name."""

    def _parts(self) -> list[Part]:
        question = f"at least {self.tier} on {self.by} ({self.program}, as of {self.as_of})"
        return [reasons_table([f"{question}: {self._name}{self._detail()}", *([self.note] if self.note else [])], self.reasons)]


@attrs.frozen(repr=False)
class Secured(_Plan["SecuredDict"]):
    """The tier, or a higher one, will be held on the day whatever scores come."""

    secured_by: FiscalQuarter | None = attrs.field(validator=of_kind(FiscalQuarter, NoneType))
    """The first quarter, among the surest, that secures the tier; `None` if the starting tier or the entry tier is enough."""

    __match_args__ = _facts = ("secured_by",)
    _name = "secured"

    def _detail(self) -> str:
        return f" by {self.secured_by}" if self.secured_by else ""


@attrs.frozen
class Option:
    """An open quarter, and the lowest score in it that is enough if nothing else is scored."""

    cycle: Cycle = attrs.field(validator=of_kind(Cycle))
    """The quarter's evaluation as dates."""
    score: int = attrs.field(validator=of_kind(int))
    """The lowest score that is enough, by the edition of the quarter."""

    def _plain(self) -> dict[str, Any]:
        return {**self.cycle._plain(), "score": self.score}


@attrs.frozen(repr=False)
class Open(_Plan["OpenDict"]):
    """The tier, or a higher one, is held on the day only if one of these quarters earns it."""

    options: tuple[Option, ...] = attrs.field(validator=tuple_of(Option))
    """The open quarters that count towards the day and can earn the tier; each alone is enough."""
    awaiting_score: tuple[Cycle, ...] = attrs.field(validator=tuple_of(Cycle))
    """The closed quarters that count towards the day and may have earned it: their scores are not known."""
    # The reasons that say when the quarters take effect and why they count; all other reasons are about scores.
    _timing: tuple[Reason, ...] = attrs.field(default=(), eq=False, validator=tuple_of(Reason))

    __match_args__ = _facts = ("options", "awaiting_score", "last_day")
    _name = "open"

    @property
    def last_day(self) -> date | None:
        """The day on which the last option closes; `None` if all scores that can bring the tier are awaited."""
        return max((option.cycle.closes_on for option in self.options), default=None)

    def _detail(self) -> str:
        if not self.options:
            return ", and rests on a score that is awaited"
        one_of = "" if len(self.options) + len(self.awaiting_score) == 1 else ", and one of these is enough"
        return f" until {self.last_day}{one_of}"


@attrs.frozen(repr=False)
class Impossible(_Plan["ImpossibleDict"]):
    """Neither the tier nor a higher one will be held on the day, whatever scores come."""

    possible_from: date | None = attrs.field(converter=attrs.converters.optional(as_day))
    """The first day after `by` on which the tier may be held; `None` if no such day is known."""
    unknown_reason: str | None = attrs.field(converter=attrs.converters.optional(plain_text), validator=of_kind(str, NoneType))
    """Why `possible_from` is not known, if the rules of a quarter are unknown; otherwise `None`."""

    __match_args__ = ("reason", "possible_from")
    _name = "impossible"
    _facts = ("possible_from", "unknown_reason")

    @property
    def reason(self) -> str:
        """The reason in one sentence: the text of the first entry of `reasons`."""
        return self.reasons[0].text

    def _detail(self) -> str:
        if self.possible_from:
            return f"; {self.possible_from} is the first day on which it may be held"
        return f"; when it may be held is not known: {self.unknown_reason}" if self.unknown_reason else ""


Plan: TypeAlias = Secured | Open | Impossible
"""The score needed, and by when, to hold a tier on a given day."""
