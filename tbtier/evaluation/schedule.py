"""The rules of a program for a span of quarters, as ints, shared by all timelines of that span; private."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

import attrs

from tbtier.errors import MissingScoreError
from tbtier.fiscal import FiscalQuarter, quarter_at, quarters_from
from tbtier.rules.cycles import cycle_at, latest_effective
from tbtier.rules.editions import Carryover, Edition
from tbtier.rules.program import Program

__all__ = ["Schedule"]

MISSING: Final = (
    "give None for a quarter that was not scored, or start= (a day after those quarters ended)"
    " if the partner was not scored before it"
)


@attrs.frozen(eq=False, repr=False)
class Schedule:
    """The quarters of a timeline: which edition judges each quarter, and which quarters count once it has taken effect."""

    program: Program
    settled: int
    """The ordinal of the latest quarter that had taken effect by the first day of the timeline."""
    month: int
    """The month in which that quarter took effect, as `12 * year + month`; the next ones follow every three months."""
    base: int
    """The ordinal of Q1 of the first fiscal year that a March 1 of the timeline looks back on."""
    after: int
    """The ordinal of the first quarter whose result is not known."""
    quarters: tuple[FiscalQuarter, ...]
    """The quarters from `base` to before `after`."""
    stop: date
    """The first day without a known tier (rule D6)."""
    judged: tuple[tuple[Edition, slice], ...]
    """The editions in turn, each with the indexes of the quarters that it judges, counted from `base`."""
    effective: tuple[tuple[int, int | None], ...]
    """For each quarter that takes effect: its index; and on March 1 the index of the first quarter that counts then."""

    @property
    def first_unknown(self) -> FiscalQuarter:
        """The first quarter whose result is not known."""
        return quarter_at(self.after)

    @property
    def effective_quarters(self) -> tuple[FiscalQuarter, ...]:
        """The quarters that take effect after the first day of the timeline, as far as their results are known."""
        return self.quarters[self.settled + 1 - self.base :]

    def is_starting(self, latest: int) -> bool:
        """Return whether the starting tier counts on a day: until the first March 1 (rule D3).

        `latest` is the ordinal of the latest quarter that has taken effect by the day.
        """
        return latest < self.base + 3

    def counting(self, latest: int) -> tuple[FiscalQuarter, ...]:
        """Return the quarters that count towards a day, in order, including quarters whose results are not known.

        `latest` is the ordinal of the latest quarter that has taken effect by the day.
        In a program year, the quarters of the fiscal year before it count (only its Q4 if the carryover is
        `FINAL_QUARTER`), and so do the quarters that have taken effect since March 1. Until the first March 1 of the
        timeline, only quarters that take effect after its first day count: the starting tier includes all earlier
        quarters (rules D3 and D4).

        Raises:
            UnknownRuleError: the rules of the Q4 that set the starting tier are not known.
            ProgramEndedError: the program does not evaluate that Q4.
        """
        final = latest - (latest + 1) % 4  # the latest Q4: its ordinal is 3 modulo 4
        first = self.settled + 1 if self.is_starting(latest) else _first_carried(self.program, final)
        return quarters_from(first, latest + 1 - first)

    def considered(self, day: date) -> tuple[FiscalQuarter, ...]:
        """Return the quarters with known results of the fiscal years behind a day: FY24 and FY25 for a day in PY25."""
        final = (latest_effective(day) + 1) // 4 * 4 - 1  # the Q4 that took effect on the latest March 1
        first, after = max(self.base, final - 3), min(final + 5, self.after)
        return quarters_from(first, after - first)


def _first_carried(program: Program, final: int) -> int:
    """Return the first of the quarters that set a starting tier together with a Q4 (rule R7)."""
    return final - 3 if program._edition_at(final)[0].carryover is Carryover.HIGHEST_OF_YEAR else final


@lru_cache(maxsize=1024)
def schedule_of(program: Program, start: date, after: int | None) -> Schedule:
    """Return the schedule of a timeline from `start` until the quarter with the ordinal `after` takes effect.

    `after` is `None` if no quarter is given: quarters that ended before `start` were not scored then (rule D5).

    Raises:
        MissingScoreError: the quarter `after` took effect by `start`, but is not given.
        UnknownRuleError: the rules of a quarter are not known.
        ProgramEndedError: the program has ended by `start`, or before a quarter takes effect.
    """
    program._require_running(start)
    settled = latest_effective(start)
    base = (settled + 1) // 4 * 4
    running = FiscalQuarter.containing(start)._ordinal
    if after is None:
        unknown = (ordinal for ordinal in range(base, running) if not program.knows(quarter_at(ordinal)))
        after = next(unknown, running)
        if after <= settled:
            program._edition_at(after)  # raises, since its rules are not known
    after = max(after, base)
    if after <= settled:
        raise MissingScoreError(tuple(map(quarter_at, range(after, running))), MISSING)
    stop = cycle_at(after).effective_on
    if program.ended_on is not None:
        stop = min(stop, program.ended_on)
    judged = []
    ordinal = base
    while ordinal < after:
        edition, until = program._edition_at(ordinal)
        judged.append((edition, slice(ordinal - base, min(until, after) - base)))
        ordinal = until
    effective: list[tuple[int, int | None]] = []
    for ordinal in range(settled + 1, after):
        on_march_1 = ordinal % 4 == 3  # a Q4
        effective.append((ordinal - base, _first_carried(program, ordinal) - base if on_march_1 else None))
    following = cycle_at(settled + 1).effective_on  # the quarter before it may be beyond the calendar
    month = 12 * following.year + following.month - 3
    quarters = quarters_from(base, after - base)
    return Schedule(program, settled, month, base, after, quarters, stop, tuple(judged), tuple(effective))
