"""A diary of held tiers, written day by day by the rules alone.

It shares no code with tbtier and does not use the closed form: each day follows from the day before.
A tier is a plain int, its rank; a quarter is a pair such as `(2024, 1)`; a quarter without a score has earned `None`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, TypeAlias

PROVISIONAL, BASE, RIDGE, CREST, SUMMIT = range(5)
TIERS = (PROVISIONAL, BASE, RIDGE, CREST, SUMMIT)

Quarter: TypeAlias = tuple[int, int]
"""The fiscal year and the number of a quarter."""
Earned: TypeAlias = Mapping[Quarter, int | None]
"""The tier that each given quarter has earned."""
Page: TypeAlias = tuple[date, Quarter | None]
"""A day, and the quarter that takes effect on that day, if any."""

ONE_DAY = timedelta(days=1)


class Edition(NamedTuple):
    """The rules from one quarter on."""

    first: Quarter
    lowest_scores: tuple[tuple[int, int], ...]
    """Each tier with the lowest score that earns it, lowest tier first."""
    carryover: str
    """`HIGHEST_OF_YEAR` or `FINAL_QUARTER`."""


class Rules(NamedTuple):
    """The rules of a program."""

    entry_tier: int
    editions: tuple[Edition, ...]
    ended_on: date | None = None


def edition_in_force(quarter: Quarter, rules: Rules) -> Edition:
    """Return the rules of a quarter (D7)."""
    begun = [edition for edition in rules.editions if edition.first <= quarter]
    return begun[-1]


def earned_by(score: int, quarter: Quarter, rules: Rules) -> int:
    """Return the tier that a score earns: the highest tier whose lowest score it reaches (D8)."""
    reached = [tier for tier, lowest in edition_in_force(quarter, rules).lowest_scores if score >= lowest]
    return reached[-1]


def acting_on(day: date) -> Quarter | None:
    """Return the quarter that takes effect on a day, if any (R4).

    The fiscal year is named by the year in which it ends (R1).
    Q4 takes effect on March 1 of that year; Q1, Q2 and Q3 take effect in June, September and December of the year before.
    """
    if day.day != 1:
        return None
    if day.month == 6:
        return day.year + 1, 1
    if day.month == 9:
        return day.year + 1, 2
    if day.month == 12:
        return day.year + 1, 3
    if day.month == 3:
        return day.year, 4
    return None


def last_day(quarter: Quarter) -> date:
    """Return the last day of a quarter (R1)."""
    year, number = quarter
    if number == 4:
        return date(year, 1, 31)
    month, day = {1: (4, 30), 2: (7, 31), 3: (10, 31)}[number]
    return date(year - 1, month, day)


def held_once_effective(quarter: Quarter, held: int, earned: Earned, rules: Rules) -> int:
    """Return the tier held once a quarter takes effect, where `held` is the tier on the day before."""
    year, number = quarter
    if number < 4:  # inside a program year a tier can rise, and never falls (R6)
        tier = earned.get(quarter)
        if tier is not None and tier > held:
            return tier
        return held
    # March 1: the tier held before does not matter (R7), and a tier can fall by several steps (R8)
    if edition_in_force(quarter, rules).carryover == "FINAL_QUARTER":
        looked_at = [earned.get(quarter)]
    else:
        looked_at = [earned.get((year, 1)), earned.get((year, 2)), earned.get((year, 3)), earned.get((year, 4))]
    scored = [tier for tier in looked_at if tier is not None]
    if not scored:
        return rules.entry_tier  # D2
    return max(scored)


@cache
def calendar_of(year: int) -> list[Page]:
    """Return every day of a calendar year, with the quarter that takes effect on it, if any."""
    days = [date(year, 1, 1) + number * ONE_DAY for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    return [(day, acting_on(day)) for day in days]


def calendar(start: date, stop: date) -> list[Page]:
    """Return every day from `start` to before `stop`, with the quarter that takes effect on it, if any."""
    pages = [page for year in range(start.year, stop.year + 1) for page in calendar_of(year)]
    skipped = (start - date(start.year, 1, 1)).days
    return pages[skipped : skipped + max(0, (stop - start).days)]


def walk(pages: Sequence[Page], held: tuple[int, ...], earned: Earned, rules: Rules) -> list[tuple[int, ...]]:
    """Return the tiers of several partners on each day, where `held` has their tiers on the day before the first.

    The partners have the same scores and different starting tiers.
    """
    diary = []
    for _, quarter in pages:
        if quarter is not None:
            held = tuple(held_once_effective(quarter, tier, earned, rules) for tier in held)
        diary.append(held)
    return diary


def stop_of(start: date, earned: Earned, rules: Rules) -> date:
    """Return the first unknown day (D6): the first missing quarter takes effect, or the program has ended.

    A quarter that ended before `start` is not missing if no earlier quarter is given (D5).
    """
    first = min(earned, default=None)
    day = start
    while True:
        day += ONE_DAY
        if day == rules.ended_on:
            return day
        quarter = acting_on(day)
        if quarter is None or quarter in earned:
            continue
        if last_day(quarter) >= start or (first is not None and quarter > first):
            return day


def tiers_by_day(start: date, starting_tier: int, earned: Earned, rules: Rules) -> dict[date, int]:
    """Return the tier held on every day from `start` to before the first unknown day.

    The tier on `start` is the starting tier, which includes a quarter that takes effect on that day (D3).
    """
    pages = calendar(start + ONE_DAY, stop_of(start, earned, rules))
    diary = [(starting_tier,), *walk(pages, (starting_tier,), earned, rules)]
    days = [start, *(day for day, _ in pages)]
    return {day: tier for day, (tier,) in zip(days, diary)}


def every_history(
    start: date, stop: date, starting_tiers: tuple[int, ...], outcomes: Sequence[int | None], rules: Rules
) -> Iterator[tuple[dict[Quarter, int | None], list[tuple[int, ...]], int]]:
    """Yield every history of the quarters that take effect after `start` and before `stop`, with its diary from `start` on.

    Histories that begin alike share their first days, which are walked once:
    the walk continues from one effective date to the next with each outcome in turn.
    The third value is the index in the diary of the first new day; the previous diary has the days before that day too.
    """
    pages = calendar(start + ONE_DAY, stop)
    turns = [place for place, (_, quarter) in enumerate(pages) if quarter is not None]
    legs = [pages[turn:until] for turn, until in zip(turns, [*turns[1:], len(pages)])]
    diary = [starting_tiers, *walk(pages[: turns[0]], starting_tiers, {}, rules)]
    return _grow(legs, {}, diary, 0, outcomes, rules)


def _grow(
    legs: list[list[Page]],
    earned: dict[Quarter, int | None],
    diary: list[tuple[int, ...]],
    new: int,
    outcomes: Sequence[int | None],
    rules: Rules,
) -> Iterator[tuple[dict[Quarter, int | None], list[tuple[int, ...]], int]]:
    if not legs:
        yield earned, diary, new
        return
    leg, *later = legs
    _, quarter = leg[0]
    for outcome in outcomes:
        grown = {**earned, quarter: outcome}
        yield from _grow(later, grown, diary + walk(leg, diary[-1], grown, rules), new, outcomes, rules)
        new = len(diary)  # the next history shares the days so far
