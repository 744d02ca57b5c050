"""Mistakes made again and again: the record that each mistake would lead to, beside the record that is checked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import accumulate, groupby, islice, pairwise, takewhile
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

import attrs
from dateutil.relativedelta import relativedelta

from tbtier.auditing.records import Stretch
from tbtier.errors import TbtierError
from tbtier.evaluation.timeline import Timeline
from tbtier.fiscal import FiscalQuarter, FiscalYear
from tbtier.rules.cycles import Cycle, latest_cycle
from tbtier.rules.editions import Carryover, Edition
from tbtier.rules.program import Program
from tbtier.rules.tiers import Tier

__all__: list[str] = []

Steps: TypeAlias = Sequence[tuple[date, Tier | None]]
"""Days in order, each with the tier held from then on; `None` where the record has no tier."""

ENOUGH: Final = 2  # a mistake made once is not a pattern

TEXTS: Final = {
    "year-off": "the record has the tiers of another year: its fiscal years are named",
    "february": "what takes effect on March 1 is recorded on February 1, when the fiscal year begins",
    "no-review": "what takes effect after the review is recorded on the day after the quarter",
    "notification-dates": "what takes effect on the first day of a month is recorded later, in the week of notification",
    "march-only": "the record changes on March 1 only, and misses the rises inside the program year",
    "never-falls": "the record does not fall on March 1",
    "final-quarter-only": "on March 1 the record has what Q4 alone earned",
    "other-edition": "the record has the tiers of the edition",
}
"""The text of each pattern, by code."""


class Beside(NamedTuple):
    """A day on which anything changes, and the tiers from that day on: in the record, by the scores, and by a mistake."""

    day: date
    observed: Tier | None
    expected: Tier | None
    predicted: Tier | None


@attrs.frozen
class Pattern:
    """A mistake made again and again, and the record that it would lead to."""

    code: str
    text: str
    steps: Steps

    def beside(self, recorded: Sequence[Stretch]) -> list[Beside]:
        """Return a record beside the record that the mistake would lead to; empty if the mistake was not made.

        A mistake was made if it shows at least twice and was never avoided, and if at least one change of the record
        follows from it; a record without such a change was simply not updated.
        """
        lines: list[Beside] = []
        seen = 0
        for (expected, predicted), days in groupby(self._lines(recorded), key=attrgetter("expected", "predicted")):
            run = list(days)
            observed = {day.observed for day in run}
            if predicted not in (None, expected):
                if expected in observed:
                    return []
                seen += observed == {predicted}
            lines += run
        steps = {day for day, _ in self.steps}
        followed = any(
            following.day in steps and previous.observed is not following.observed is following.predicted
            for previous, following in pairwise(lines)
        )
        return lines if seen >= ENOUGH and followed else []

    def _lines(self, recorded: Sequence[Stretch]) -> Iterator[Beside]:
        stretch, stop = recorded[0], recorded[-1].stop
        record = {one.start: one for one in recorded}
        steps = {day: tier for day, tier in self.steps if stretch.start < day and (stop is None or day < stop)}
        predicted = next((tier for day, tier in reversed(self.steps) if day <= stretch.start), None)
        for day in sorted({*record, *steps}):
            stretch, predicted = record.get(day, stretch), steps.get(day, predicted)
            yield Beside(day, stretch.tier, stretch.expected, predicted)


def explained_by(lines: Sequence[Beside], start: date, stop: date | None) -> bool:
    """Return whether a mistake explains the record on some days: on the first day, and as far as its tiers are known."""
    place = bisect_left(lines, start, key=attrgetter("day"))
    within = takewhile(lambda one: stop is None or one.day < stop, islice(lines, place, None))
    return lines[place].predicted is not None and all(one.predicted in (None, one.observed) for one in within)


def while_notified(day: date) -> bool:
    """Return whether a day is a notification day on which nothing takes effect (rule R5)."""
    return latest_cycle(day).effective_on < day <= latest_cycle(day).notified_by


def patterns(timeline: Timeline, changes: Sequence[date]) -> Iterator[Pattern]:
    """Yield each known mistake, with the record that it would make of a timeline.

    `changes` are the days on which the record changes.
    """
    held: Steps = [(period.start, period.tier) for period in timeline.periods]
    early, late = (_years_later(held, timeline.stop, years) for years in (-1, 1))
    yield Pattern("year-off", f"{TEXTS['year-off']} by the year in which they begin", early)
    yield Pattern("year-off", f"{TEXTS['year-off']} a year late", late)
    yield _pattern("february", _moved(held, lambda cycle: cycle.review_start if cycle.quarter.number == 4 else None))
    yield _pattern("no-review", _moved(held, lambda cycle: cycle.review_start))
    notified = {latest_cycle(day): day for day in changes if while_notified(day)}
    if 2 * len(notified) >= len(changes):
        yield _pattern("notification-dates", _moved(held, notified.get))
    march_1 = [decision.effective_on for decision in timeline.decisions if decision.quarter.number == 4]
    if set(changes) <= set(march_1):
        yield _pattern("march-only", [held[0], *((day, timeline.tier_on(day)) for day in march_1)])
    highest = accumulate((period.tier for period in timeline.periods), max)
    yield _pattern("never-falls", [(day, tier) for (day, _), tier in zip(held, highest)])
    for code, text, program in _other_rules(timeline.program):
        with suppress(TbtierError):  # other rules may reject some of these scores
            judged = Timeline(program, timeline.history, timeline.starting_tier, timeline.start)
            yield Pattern(code, text, [(period.start, period.tier) for period in judged.periods])


def _pattern(code: str, steps: Steps) -> Pattern:
    return Pattern(code, TEXTS[code], steps)


def _years_later(held: Steps, stop: date, years: int) -> Steps:
    """Return the steps moved by some years, with no tier before and after them; empty beyond the calendar."""
    try:
        return [(day + relativedelta(years=years), tier) for day, tier in [*held, (stop, None)]]
    except ValueError:
        return []


def _moved(held: Steps, to: Callable[[Cycle], date | None]) -> Steps:
    """Return the steps moved from their effective dates to other days, wherever `to` gives another day."""
    start = held[0][0]
    return [held[0], *((max(start, to(latest_cycle(day)) or day), tier) for day, tier in held[1:])]


def _other_rules(program: Program) -> Iterator[tuple[str, str, Program]]:
    """Yield programs with rules that are often applied by mistake: Q4 alone on March 1, or one edition for all time."""
    by_final = [
        attrs.evolve(change, carryover=Carryover.FINAL_QUARTER) if isinstance(change, Edition) else change
        for change in program.changes
    ]
    yield "final-quarter-only", TEXTS["final-quarter-only"], attrs.evolve(program, changes=tuple(by_final))
    for edition in program.changes:
        if isinstance(edition, Edition) and edition.start:
            text = f"{TEXTS['other-edition']} of {edition.start}, where another edition is in force"
            yield "other-edition", text, program.with_edition_of(edition.start)


def pattern_of_days(changes: Sequence[date]) -> tuple[str, list[date]] | None:
    """Return the pattern that the days of a record's changes show without any scores, and these days; or `None`."""
    effective = [latest_cycle(day) for day in changes if latest_cycle(day).effective_on == day]
    closed = [day for day in changes if FiscalQuarter.containing(day).start == day]
    begun = [day for day in closed if FiscalYear.containing(day).start == day]
    notified = [day for day in changes if while_notified(day)]
    if len(begun) >= ENOUGH and begun == closed and not any(cycle.quarter.number == 4 for cycle in effective):
        return "february", begun
    if len(closed) >= ENOUGH and not effective:
        return "no-review", closed
    often = 2 * len(notified) >= len(changes) and len({latest_cycle(day) for day in notified}) >= ENOUGH
    return ("notification-dates", notified) if often else None


def may_fall(day: date) -> bool:
    """Return whether a fall recorded on a day may belong to March 1: on the day after Q4, or in the notification week."""
    return FiscalYear.containing(day).start == day or (while_notified(day) and latest_cycle(day).quarter.number == 4)
