"""What a program says about a span of quarters, whatever is scored in them; worked out once for all timelines of that span."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

import attrs

from tbtier.errors import MissingScoreError
from tbtier.fiscal import FiscalQuarter, quarter_at, quarters_from
from tbtier.rules.cycles import cycle_at, latest_effective
from tbtier.rules.editions import Edition
from tbtier.rules.program import Program

__all__ = ["Schedule"]

MISSING: Final = (
    "give None for a quarter that was not scored, or start= (a day after those quarters ended)"
    " if the partner was not scored before it"
)


@attrs.frozen(eq=False, repr=False)
class Schedule:
    """The quarters of a timeline: which edition judges each, and which count once each has acted."""

    program: Program
    settled: int
    """The ordinal of the last quarter that had acted by the first day of the timeline."""
    month: int
    """The month in which that quarter acted, as `12 * year + month`; the next ones act every three months."""
    base: int
    """The ordinal of Q1 of the first fiscal year that a March 1 of the timeline looks back on."""
    after: int
    """The ordinal of the first quarter that is not known."""
    quarters: tuple[FiscalQuarter, ...]
    """The quarters from `base` to before `after`."""
    stop: date
    """The first day that is not known (rule D6)."""
    judged: tuple[tuple[Edition, slice], ...]
    """The editions in turn, each with the places of the quarters that it judges, counted from `base`."""
    acting: tuple[tuple[int, int | None], ...]
    """For each quarter that acts, in turn: its place; and on March 1 the place of the first quarter that counts then."""

    def opens(self, latest: int) -> bool:
        """Return whether the starting tier counts while `latest` is the last quarter that has acted (rule D3)."""
        return latest < self.base + 3

    def counting(self, latest: int) -> range:
        """Return the ordinals of the quarters that count while `latest` is the last one that has acted.

        Until the first March 1, what acted by the first day is in the starting tier (rules D3 and D4).
        """
        if self.opens(latest):
            return range(self.settled + 1, latest + 1)
        return self.program.counting(latest)


@lru_cache(maxsize=1024)
def schedule_of(program: Program, start: date, after: int | None) -> Schedule:
    """Return the course of a timeline from `start` until the quarter with the ordinal `after` acts.

    `None` if no quarter is given: then those that ended before `start` were not scored, as far as rules are known (D5).

    Raises:
        MissingScoreError: that quarter acted by `start`, and is not given.
        UnknownRuleError: the rules of a quarter are not known.
        ProgramEndedError: the program has ended by `start`, or before a quarter acts.
    """
    program.require_running(start)
    settled = latest_effective(start)
    base = (settled + 1) // 4 * 4
    running = FiscalQuarter.containing(start).ordinal
    if after is None:
        unknown = (ordinal for ordinal in range(base, running) if not program.knows(ordinal))
        after = next(unknown, running)
        if after <= settled:
            program.edition_at(after)  # says that its rules are not known
    after = max(after, base)
    if after <= settled:
        raise MissingScoreError(tuple(map(quarter_at, range(after, running))), MISSING)
    stop = cycle_at(after).effective_on
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
    acts = cycle_at(settled + 1).effective_on  # the quarter before it may be beyond the calendar
    month = 12 * acts.year + acts.month - 3
    quarters = quarters_from(base, after - base)
    return Schedule(program, settled, month, base, after, quarters, stop, tuple(judged), tuple(acting))
