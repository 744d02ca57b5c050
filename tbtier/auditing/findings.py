"""What is wrong in a record, with a stable code, and the text of the case to open (rule R11)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import attrs

from tbtier.auditing.cases import case, no_case, wait
from tbtier.auditing.codes import CODES, Kind
from tbtier.evaluation.decisions import Decision
from tbtier.evaluation.plain import Answer
from tbtier.evaluation.reasons import Reason, by_rule, unique
from tbtier.fiscal import ONE_DAY, require_date
from tbtier.rules.citations import Citation, Source
from tbtier.rules.cycles import latest_cycle
from tbtier.rules.text import footnote, joined, starred
from tbtier.rules.tiers import Tier

__all__ = ["Finding"]

_SHOWN: Final = 6  # rows named in one text; the attribute has them all


@attrs.frozen(repr=False)
class Finding(Answer):
    """One fault of a record; made by `audit` and `audit_rows`. A mistake made again and again is one finding."""

    code: str
    """What is wrong, such as `missed-rise`; one of `CODES`."""
    on: date
    """The first day on which the record is wrong by it."""
    stop: date | None
    """The first day after the fault; `None` if that is not known."""
    reason: Reason
    """What is wrong here, and the rule that says so."""
    expected: Tier | None = None
    """The tier held on the day `on`; `None` where it is not known."""
    observed: Tier | None = None
    """The tier that the record gives for that day; `None` if it gives no tier, or several."""
    rows: tuple[int, ...] = ()
    """The indexes of the rows that cover these days, among those given, from 0."""
    decision: Decision | None = None
    """The decision that set the expected tier; `None` if that is the starting tier, or not known."""
    program: str = ""
    """The name of the program; empty where no scores are known."""
    note: str = ""
    """What a reader must know of the program, such as that it is a model; may be empty."""

    _format = "tbtier.finding/1"

    @property
    def is_inferred(self) -> bool:
        """Whether the expected tier rests on something that is inferred."""
        return self.decision is not None and self.decision.is_inferred

    @property
    def headline(self) -> str:
        """The finding in one line, with a star if the expected tier rests on something that is inferred."""
        return joined(f"{self.on}{self._until}: {self.code}", ": " if self.expected or self.observed else "", self._tiers)

    @property
    def _tiers(self) -> str:
        expected = starred(self.expected, self.is_inferred, " expected") if self.expected else ""
        return joined(
            expected, ", " if self.expected and self.observed else "", f"{self.observed} observed" if self.observed else ""
        )

    @property
    def _until(self) -> str:
        return f" to {self.stop - ONE_DAY}" if self.stop and self.stop - ONE_DAY > self.on else ""

    @property
    def rule(self) -> str:
        """The id of the rule that the record breaks, such as `R6`."""
        return self.reason.rule

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the reason and the decision rest on, in order."""
        return unique([*self.reason.citation.sources, *(self.decision.sources if self.decision else ())])

    def case(self, as_of: date | None = None) -> str:
        """Return what to write when opening a case (rule R11), or until when to wait, or what to correct instead.

        A case is for a tier below what the scores say, which the partner does not have by its own mistake;
        what only the partner knows is left to fill in, between brackets.

        Args:
            as_of: the day on which the case would be opened; by default one after the evaluation is over.

        Raises:
            WrongTypeError: `as_of` is not a plain date.
        """
        if as_of is not None:
            as_of = require_date(as_of, "as_of")
        code, expected, observed = CODES[self.code], self.expected, self.observed
        correct = no_case(code.advice, self.headline, self.reason)
        if code.kind is not Kind.TIER or not self.program or not expected or not observed or expected < observed:
            return correct
        cycle = latest_cycle(self.on)
        if as_of is not None and as_of <= cycle.notified_by:
            return wait(cycle, as_of, self.headline)
        if as_of is not None and as_of < self.on:
            return correct
        span = f"from {self.on}{self._until if as_of is None or (self.stop and self.stop <= as_of) else ' on'}"
        return case(joined(f"{span} ({self.program}): ", self._tiers), expected, self.reason, self.decision, self.note)

    def _plain(self) -> dict[str, Any]:
        return {**attrs.asdict(self, recurse=False), "is_inferred": self.is_inferred, "rule": self.rule}

    def __str__(self) -> str:
        shown = ", ".join(f"rows[{place}]" for place in self.rows[:_SHOWN])
        more = f" and {len(self.rows) - _SHOWN} more" if len(self.rows) > _SHOWN else ""
        lines = [self.headline, f"  {self.reason}"]
        lines += [f"  decided on {self.decision.headline}"] if self.decision else []
        lines += [f"  {shown}{more}"] if shown else []
        return "\n".join([*lines, *footnote([lines])])


def finding(code: str, on: date, stop: date | None, text: str, citation: Citation | None = None, **facts: Any) -> Finding:
    """Return a finding that cites what the rule of its code cites, or what says more than that."""
    reason = by_rule(CODES[code].rule, text)
    return Finding(code=code, on=on, stop=stop, reason=attrs.evolve(reason, citation=citation) if citation else reason, **facts)
