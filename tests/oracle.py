"""The held tier by hand: what a careful person would write into a diary, day after day, with a calendar on the wall.

It shares no code with tbtier, and nothing of the idea inside it: there is no closed form here, only the next day.
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
"""What each quarter that is given has earned."""
Page: TypeAlias = tuple[date, Quarter | None]
"""A day, and the quarter whose result acts on it if there is one."""

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
    """Return the tier that a score earns: the last one in the table whose lowest score it reaches (D8)."""
    reached = [tier for tier, lowest in edition_in_force(quarter, rules).lowest_scores if score >= lowest]
    return reached[-1]


def acting_on(day: date) -> Quarter | None:
    """Return the quarter whose result acts on a day, if there is one (R4).

    The fiscal year is named by the year in which it ends (R1): it ends in the January before the March 1 on which
    its Q4 acts, and in the year after the June, September and December in which the others act.
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


def held_once_it_acts(quarter: Quarter, held: int, earned: Earned, rules: Rules) -> int:
    """Return the tier held from the day on which a quarter's result acts, where `held` is the tier on the eve."""
    year, number = quarter
    if number < 4:  # inside a program year a tier can rise, and never falls (R6)
        tier = earned.get(quarter)
        if tier is not None and tier > held:
            return tier
        return held
    # March 1: what was held does not matter (R7), and there is no limit to how far it falls (R8)
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
    """Return every day of a calendar year, with what acts on it."""
    days = [date(year, 1, 1) + number * ONE_DAY for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    return [(day, acting_on(day)) for day in days]


def calendar(start: date, stop: date) -> list[Page]:
    """Return every day from `start` to before `stop`, with what acts on it."""
    pages = [page for year in range(start.year, stop.year + 1) for page in calendar_of(year)]
    skipped = (start - date(start.year, 1, 1)).days
    return pages[skipped : skipped + max(0, (stop - start).days)]


def walk(pages: Sequence[Page], held: tuple[int, ...], earned: Earned, rules: Rules) -> list[tuple[int, ...]]:
    """Return what several partners hold on each of these days, where `held` is what they hold on the eve of the first.

    They have the same scores, and differ in the tier that they began with.
    """
    diary = []
    for _, quarter in pages:
        if quarter is not None:
            held = tuple(held_once_it_acts(quarter, tier, earned, rules) for tier in held)
        diary.append(held)
    return diary


def stop_of(start: date, earned: Earned, rules: Rules) -> date:
    """Return the first day that is not known (D6): the first quarter not given acts, or the program has ended.

    A quarter that ended before `start` need not be given if no earlier one is (D5).
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
    """Return the tier held on every day from `start` until it is not known any more.

    On `start` itself it is the starting tier, with whatever acted on that day already in it (D3).
    """
    pages = calendar(start + ONE_DAY, stop_of(start, earned, rules))
    diary = [(starting_tier,), *walk(pages, (starting_tier,), earned, rules)]
    days = [start, *(day for day, _ in pages)]
    return {day: tier for day, (tier,) in zip(days, diary)}


def every_history(
    start: date, stop: date, starting_tiers: tuple[int, ...], outcomes: Sequence[int | None], rules: Rules
) -> Iterator[tuple[dict[Quarter, int | None], list[tuple[int, ...]], int]]:
    """Yield every history of the quarters that act after `start` and before `stop`, with its diary from `start` on.

    Histories that begin alike share their first days, which are walked once:
    the walk goes on from one effective date to the next with each outcome in turn.
    Last comes the place in the diary of the first day that is new, since those before it are in the former diary too.
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
        new = len(diary)  # the next one begins like this one so far
