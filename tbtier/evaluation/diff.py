"""Where two timelines differ: what another score, or another rule, would have changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final, overload

import attrs

from tbtier.errors import OutsideTimelineError
from tbtier.evaluation.decisions import Decision, plain_decision, setting
from tbtier.evaluation.reasons import once, star_of
from tbtier.evaluation.text import footnote, in_columns
from tbtier.evaluation.timeline import Timeline, require_timeline
from tbtier.rules.citations import plain_sources
from tbtier.rules.tiers import Tier

__all__ = ["Diff", "Difference", "diff"]

_FORMAT: Final = "tbtier.diff/1"
_ONE_DAY: Final = timedelta(days=1)


@attrs.frozen
class Difference:
    """A longest run of days on which one timeline holds one tier, and the other another."""

    start: date
    """The first day."""
    stop: date
    """The first day after it."""
    before: Tier
    """The tier in the first timeline."""
    after: Tier
    """The tier in the second timeline."""
    decision_before: Decision | None
    """The decision of the first timeline that set its tier; `None` if that is the starting tier still."""
    decision_after: Decision | None
    """The decision of the second timeline that set its tier; `None` if that is the starting tier still."""

    @property
    def last_day(self) -> date:
        """The last day, for people; the day before `stop`."""
        return self.stop - _ONE_DAY


@attrs.frozen
class Diff(Sequence[Difference]):
    """The spans in which two timelines differ, in order; made by `diff`. It is empty, and so false, if there are none."""

    programs: tuple[str, str]
    """The names of the programs of both."""
    notes: tuple[str, str]
    """What a reader of their results must know; may be empty."""
    start: date
    """The first day that both cover."""
    stop: date
    """The first day after those that both cover."""
    differences: tuple[Difference, ...]
    """The spans."""

    @overload
    def __getitem__(self, place: int) -> Difference: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Difference, ...]: ...
    def __getitem__(self, place: int | slice) -> Difference | tuple[Difference, ...]:
        return self.differences[place]

    def __len__(self) -> int:
        return len(self.differences)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON: text, `None`, lists and dicts.

        Its `"format"` is `"tbtier.diff/1"`; the number rises when a reader of the old form would go wrong.
        """
        decisions = [decision for one in self for decision in (one.decision_before, one.decision_after) if decision]
        return {
            "format": _FORMAT,
            "programs": list(self.programs),
            "notes": list(self.notes),
            "start": self.start.isoformat(),
            "stop": self.stop.isoformat(),
            "differences": [_plain(one) for one in self],
            "sources": plain_sources(once(source for decision in decisions for source in decision.sources)),
        }

    def __str__(self) -> str:
        span = f"from {self.start} to {self.stop - _ONE_DAY}"
        notes = dict.fromkeys(note for note in self.notes if note)
        if not self:
            return "\n".join([f"the same tiers {span}", *notes])
        rows = [("from", "to", "before", "by", "after", "by")]
        for one in self:
            before, after = _decided(one.decision_before), _decided(one.decision_after)
            rows.append((str(one.start), str(one.last_day), str(one.before), before, str(one.after), after))
        return "\n".join([f"differences {span}", *notes, *in_columns(rows), *footnote(rows)])


def _decided(decision: Decision | None) -> str:
    if decision is None:
        return "starting tier"
    return f"{decision.quarter}: {decision.kind}{star_of(decision.reasons)}"


def _plain(difference: Difference) -> dict[str, Any]:
    before, after = difference.decision_before, difference.decision_after
    return {
        "start": difference.start.isoformat(),
        "stop": difference.stop.isoformat(),
        "before": str(difference.before),
        "after": str(difference.after),
        "decision_before": plain_decision(before) if before else None,
        "decision_after": plain_decision(after) if after else None,
    }


def diff(before: Timeline, after: Timeline) -> Diff:
    """Return the spans in which two timelines differ: for what-if questions, and after a corrected score.

    Only days that both cover are compared.

    >>> import tbtier as tb
    >>> from tbtier.programs import TRAILBLAZER
    >>> scores = tb.ScoreHistory({"FY24 Q1": 240, "FY24 Q2": 310})
    >>> before = tb.evaluate(scores, program=TRAILBLAZER)
    >>> after = tb.evaluate(scores.with_score("FY24 Q1", 260), program=TRAILBLAZER)
    >>> print(diff(before, after))
    differences from 2023-03-01 to 2023-11-30
    a model, not a record: the ISV edition of FY24 for all time
    from        to          before  by             after  by
    2023-06-01  2023-08-31  Base    starting tier  Ridge  FY24 Q1: promoted

    Raises:
        WrongTypeError: one of them is not a `Timeline`.
        OutsideTimelineError: they have no day in common.
    """
    timelines = require_timeline("before", before), require_timeline("after", after)
    start, stop = max(before.start, after.start), min(before.stop, after.stop)
    if start >= stop:
        raise OutsideTimelineError(after.start, before.start, before.stop, "the two timelines have no day in common")
    begun = {period.start for timeline in timelines for period in timeline.periods}
    starts = [start, *sorted(day for day in begun if start < day < stop)]
    decided = before.decisions, after.decisions
    return Diff(
        (before.program.name, after.program.name),
        (before.program.note, after.program.note),
        start,
        stop,
        tuple(
            Difference(first, until, *tiers, *(setting(decisions, first) for decisions in decided))
            for first, until in pairwise([*starts, stop])
            if (tiers := (before.tier_on(first), after.tier_on(first))) and tiers[0] is not tiers[1]
        ),
    )
