"""What a program says about a span of quarters, whatever is scored in them; worked out once for all timelines of that span."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import attrs

from tbtier.cycles import cycle_at, latest_effective
from tbtier.editions import Edition
from tbtier.fiscal import FiscalQuarter
from tbtier.rules import Program

__all__ = ["Course"]


@attrs.frozen(eq=False, repr=False)
class Course:
    """The quarters of a timeline: which edition judges each, and which count once each has acted."""

    program: Program
    settled: int
    """The ordinal of the last quarter that had acted by the first day of the timeline."""
    base: int
    """The ordinal of Q1 of the first fiscal year that a March 1 of the timeline looks back on."""
    after: int
    """The ordinal of the first quarter that is not known."""
    stop: date
    """The first day that is not known (rule D6)."""
    judged: tuple[tuple[Edition, slice], ...]
    """The editions in turn, each with the places of the quarters that it judges, counted from `base`."""
    acting: tuple[tuple[int, int | None], ...]
    """For each quarter that acts, in turn: its place; and on March 1 the place of the first quarter that counts then."""

    def counting(self, latest: int) -> range:
        """Return the ordinals of the quarters that count while `latest` is the last one that has acted.

        Until the first March 1, what acted by the first day is in the starting tier (rules D3 and D4).
        """
        if latest < self.base + 3:
            return range(self.settled + 1, latest + 1)
        return self.program.counting(latest)


@lru_cache(maxsize=1024)
def course_of(program: Program, start: date, after: int) -> Course:
    """Return the course of a timeline from `start` until the quarter with the ordinal `after` acts.

    If that quarter ended before `start`, until the one that `start` lies in: those before it are known not to be scored (D5).

    Raises:
        UnknownRuleError: the rules of a quarter are not known.
        ProgramEndedError: the program has ended by `start`, or before a quarter acts.
    """
    settled = latest_effective(start)
    after = max(after, FiscalQuarter.containing(start).ordinal)
    base = (settled + 1) // 4 * 4
    stop = cycle_at(after).effective_on
    program.require_running(start)
    if program.ended_on is not None:
        stop = min(stop, program.ended_on)
    judged = []
    ordinal = base
    while ordinal < after:
        edition, until = program.edition_at(ordinal)
        judged.append((edition, slice(ordinal - base, min(until, after) - base)))
        ordinal = until
    acting = []
    for ordinal in range(settled + 1, after):
        on_march_1 = ordinal % 4 == 3
        acting.append((ordinal - base, program.counting(ordinal).start - base if on_march_1 else None))
    return Course(program, settled, base, after, stop, tuple(judged), tuple(acting))
