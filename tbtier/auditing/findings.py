"""The faults of a record, each with a stable code and the text of a case to open (rule R11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from types import NoneType
from typing import TYPE_CHECKING, Any, Final

import attrs

from tbtier.auditing.cases import case, no_case, wait
from tbtier.auditing.codes import CODES, Kind
from tbtier.errors import WrongTypeError
from tbtier.errors.checks import is_day, of_kind, require_date, tuple_of
from tbtier.errors.values import is_of, plain_text
from tbtier.evaluation.decisions import Decision
from tbtier.evaluation.reasons import Reason, by_rule, reasons_table, unique
from tbtier.fiscal import ONE_DAY
from tbtier.rules.citations import Citation, Source
from tbtier.rules.cycles import latest_cycle
from tbtier.rules.plain import Answer
from tbtier.rules.text import Part, joined, starred, with_footnote
from tbtier.rules.tiers import Tier

if TYPE_CHECKING:
    from tbtier.formats import FindingDict

__all__ = ["Finding"]

# Rows and spans named in one text; the attributes have them all.
_ROWS: Final = 6
_SPANS: Final = 4


def _known_code(_: Any, __: Any, code: Any) -> None:
    if not is_of(code, str) or code not in CODES:
        raise WrongTypeError("code", code, "the code of a finding", "the documentation lists them")


def _spans_of_days(_: Any, __: Any, spans: Any) -> None:
    if type(spans) is not tuple or not spans or not all(map(_is_span, spans)):
        raise WrongTypeError("spans", spans, "a tuple of pairs of days, at least one")


def _is_span(span: Any) -> bool:
    return type(span) is tuple and len(span) == 2 and is_day(span[0]) and (span[1] is None or is_day(span[1]))


@attrs.frozen(repr=False)
class Finding(Answer["FindingDict"]):
    """One fault of a record; made by `audit` and `audit_rows`. A mistake made again and again is one finding."""

    code: str = attrs.field(converter=plain_text, validator=_known_code)
    """The kind of fault, such as `missed-rise`; the documentation lists all codes."""
    spans: tuple[tuple[date, date | None], ...] = attrs.field(validator=_spans_of_days)
    """The days on which the record is wrong, as the longest runs `[start, stop)`, in order; a pattern can have several.

    The last stop is `None` if it is not known, as without scores. The span of `outside` has the days that are not checked;
    the spans of `last-days` have the days that the given stops leave out, even if these days are not checked.
    """
    reason: Reason = attrs.field(validator=of_kind(Reason))
    """What is wrong, and the rule behind it with its citation."""
    expected: Tier | None = attrs.field(default=None, validator=of_kind(Tier, NoneType))
    """The tier held on the day `on`; `None` if it is not known."""
    observed: Tier | None = attrs.field(default=None, validator=of_kind(Tier, NoneType))
    """The tier that the record gives for that day; `None` if it gives no tier, or several."""
    rows: tuple[int, ...] = attrs.field(default=(), validator=tuple_of(int))
    """The given rows that cover these days: their keys in a mapping, otherwise their indexes, from 0."""
    decision: Decision | None = attrs.field(default=None, validator=of_kind(Decision, NoneType))
    """The decision that set the expected tier; `None` if that is the starting tier, or not known."""
    program: str = attrs.field(default="", converter=plain_text, validator=of_kind(str))
    """The name of the program; empty if the finding does not rest on scores."""
    note: str = attrs.field(default="", converter=plain_text, validator=of_kind(str))
    """A remark shown with every result of the program, such as that it is a model; may be empty."""

    _format = "tbtier.finding/1"

    @property
    def on(self) -> date:
        """The first day of the fault."""
        return self.spans[0][0]

    @property
    def stop(self) -> date | None:
        """The first day after the fault; `None` if that is not known."""
        return self.spans[-1][1]

    @property
    def days(self) -> int | None:
        """The number of days on which the record is wrong; `None` if `stop` is not known, and for `outside`."""
        if self.stop is None or self.code == "outside":
            return None
        return sum((stop - start).days for start, stop in self.spans if stop)

    @property
    def is_inferred(self) -> bool:
        """Whether the expected tier rests on something that is inferred."""
        return self.decision is not None and self.decision.is_inferred

    @property
    def headline(self) -> str:
        """The finding in one line, with a star if the expected tier rests on something that is inferred."""
        return joined(f"{_dates(self.on, self.stop)}: {self.code}", ": " if self.expected or self.observed else "", self._tiers)

    @property
    def _tiers(self) -> str:
        expected = starred(self.expected, self.is_inferred, " expected") if self.expected else ""
        return joined(
            expected, ", " if self.expected and self.observed else "", f"{self.observed} observed" if self.observed else ""
        )

    @property
    def rule(self) -> str:
        """The id of the rule that the record breaks, such as `R6`."""
        return self.reason.rule

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the reason and the decision rest on, in order."""
        return unique([*self.reason.citation.sources, *(self.decision.sources if self.decision else ())])

    def case(self, as_of: date | None = None) -> str:
        """Return the text of a case to open (rule R11), or the advice to wait, or to correct the record instead.

        A case is for a tier that is too low; every other fault is corrected in the record.
        Brackets mark the facts that the partner must fill in.

        Args:
            as_of: the day on which the case would be opened; by default, a day after the evaluation is over.

        Raises:
            WrongTypeError: `as_of` is not a plain date.
        """
        if as_of is not None:
            as_of = require_date(as_of, "as_of")
        code, expected, observed = CODES[self.code], self.expected, self.observed
        correct = no_case(code.advice, self.headline, self.reason)
        if code.kind is not Kind.TIER or not self.program or not expected or not observed or expected <= observed:
            return correct
        cycle = latest_cycle(self.on)
        if as_of is not None and as_of <= cycle.notified_by:
            return wait(cycle, as_of, self.headline)
        if as_of is not None and as_of < self.on:
            return correct
        is_over = as_of is None or (self.stop and self.stop <= as_of)
        span = _dates(self.on, self.stop) if is_over else f"{self.on} on"
        return case(joined(f"from {span} ({self.program}): ", self._tiers), expected, self.reason, self.decision, self.note)

    def _plain(self) -> dict[str, Any]:
        derived = ("on", "stop", "days", "is_inferred", "rule")
        return {**attrs.asdict(self, recurse=False), **{name: getattr(self, name) for name in derived}}

    def _parts(self) -> list[Part]:
        caption = [self.headline]
        if len(self.spans) > 1:
            caption += [f"  wrong on {self.days} days: {_listed([_dates(*span) for span in self.spans], _SPANS)}"]
        lines = [joined("  decided on ", self.decision.headline)] if self.decision else []
        lines += [f"  {_listed([f'rows[{place}]' for place in self.rows], _ROWS)}"] if self.rows else []
        return with_footnote(reasons_table(caption, [self.reason]), *lines)


def _dates(start: date, stop: date | None) -> str:
    """Return a span as its first and its last day, or as its first day alone."""
    return f"{start} to {stop - ONE_DAY}" if stop and stop - ONE_DAY > start else str(start)


def _listed(texts: Sequence[str], most: int) -> str:
    """Return the first texts of a list, and the number of the others."""
    return ", ".join(texts[:most]) + (f" and {len(texts) - most} more" if len(texts) > most else "")


def finding(
    code: str, spans: Iterable[tuple[date, date | None]], text: str, citation: Citation | None = None, **facts: Any
) -> Finding:
    """Return a finding with the citation of its code's rule, or with a more specific citation; adjacent spans become one."""
    whole: list[tuple[date, date | None]] = []
    for start, stop in spans:
        if whole and (whole[-1][1] is None or start <= whole[-1][1]):
            whole[-1] = whole[-1][0], stop
        else:
            whole.append((start, stop))
    reason = by_rule(CODES[code].rule, text)
    reason = attrs.evolve(reason, citation=citation) if citation else reason
    return Finding(code=code, spans=tuple(whole), reason=reason, **facts)
