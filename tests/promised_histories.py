"""What strategies promise for histories, readings and timelines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from made_up import APPS, GUILD, MODEL
from promises import Promised

import tbtier.testing as kit
from tbtier import FiscalQuarter, FiscalYear, ProgramYear, ScoreHistory, Tier, Timeline
from tbtier.evaluation.decisions import DecisionKind
from tbtier.rules import Cycle, Program

ONE_DAY = timedelta(days=1)
cycle_of = cache(Cycle)


def scored_in(history: ScoreHistory) -> list[int]:
    """Return how many quarters are scored in each whole fiscal year."""
    years = [FiscalYear(quarter.year).quarters for quarter in history if quarter.number == 4]
    return [sum(history[quarter] is not None for quarter in quarters) for quarters in years if quarters[0] in history]


def missing(history: ScoreHistory) -> int:
    """Return how many quarters are missing between the first and the last."""
    return history.quarters[-1] - history.quarters[0] + 1 - len(history)


def changes_in(history: ScoreHistory, program: Program = GUILD) -> list[FiscalQuarter]:
    """Return the quarters from which another edition applies."""
    return [later for sooner, later in pairwise(history) if program.edition(sooner) is not program.edition(later)]


def of_size(*sizes: int) -> dict[str, Callable[[ScoreHistory], bool]]:
    """Return a statement for each number of quarters."""
    return {f"{size} quarters": lambda history, size=size: len(history) == size for size in sizes}


def begins_with(*quarters: FiscalQuarter) -> dict[str, Callable[[ScoreHistory], bool]]:
    """Return a statement for each quarter with which a history can begin."""
    return {f"begins with {one}": lambda history, one=one: history.quarters[0] == one for one in quarters}


APPS_QUARTERS = [FiscalQuarter(year, number) for year in (2021, 2022, 2024) for number in (1, 2, 3, 4)]
APPS_QUARTERS += [FiscalQuarter(2025, 1)]
BEGINS = {
    f"begins in a Q{number}": lambda history, number=number: history.quarters[0].number == number for number in (1, 2, 3, 4)
}
IN_A_ROW = {
    "in a row": lambda history: missing(history) == 0,
    "from FY2000 to FY2099": lambda history: history.quarters[0].year >= 2000 and history.quarters[-1].year <= 2099,
    "begins before FY24": lambda history: history.quarters[0].year < 2024,
}
UNSCORED = {
    "no quarter scored": lambda history: set(history.scores) == {None},
    "every quarter scored": lambda history: None not in history.scores,
    "the first quarter not scored": lambda history: history.scores[0] is None,
    "the last quarter not scored": lambda history: history.scores[-1] is None,
    "a year not scored": lambda history: 0 in scored_in(history),
    "a year with one score": lambda history: 1 in scored_in(history),
    "a year with two scores": lambda history: 2 in scored_in(history),
    "a year with three scores": lambda history: 3 in scored_in(history),
    "a year with four scores": lambda history: 4 in scored_in(history),
    "a year not scored beside a year with a score": lambda history: 0 in scored_in(history) and any(scored_in(history)),
}
SCORED = {
    "every quarter scored": lambda history: None not in history.scores,
    "the first score is a threshold": lambda history: history.scores[0] in (250, 500, 750),
    "the last score is one below": lambda history: history.scores[-1] in (249, 499, 749),
    "a score is the maximum": lambda history: 1000 in history.scores,
    "the scores differ": lambda history: len(set(history.scores)) == len(history),
}


def near(*bounds: int) -> set[int]:
    """Return bounds, with one less and one more than each."""
    return {bound + offset for bound in bounds for offset in (-1, 0, 1)}


def read(readings: list[tuple[date, int]]) -> dict[FiscalQuarter, list[date]]:
    """Return the days on which each quarter was read, in order."""
    days: dict[FiscalQuarter, list[date]] = {}
    for day, _ in sorted(readings):
        days.setdefault(FiscalQuarter.containing(day), []).append(day)
    return days


def of_each_quarter(holds: Callable[[Any, Any], bool], which: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return whether a statement is true for all or for any of the quarters read, and the days in them."""
    return lambda readings: which(holds(quarter, days) for quarter, days in read(readings).items())


READINGS = {
    "the last quarter read on its closing day": lambda readings: max(readings)[0] == max(read(readings)).last_day,
    "the first quarter read on its first day": lambda readings: min(readings)[0] == min(read(readings)).start,
    "no quarter read on its closing day": of_each_quarter(lambda quarter, days: days[-1] < quarter.last_day, all),
    "a quarter read on both": of_each_quarter(
        lambda quarter, days: (days[0], days[-1]) == (quarter.start, quarter.last_day), any
    ),
    **{f"{size} quarters": lambda readings, size=size: len(read(readings)) == size for size in range(1, 8)},
    **{
        f"{size} readings of the first": lambda drawn, size=size: len(next(iter(read(drawn).values()))) == size
        for size in range(1, 5)
    },
    "in the order of the days": lambda readings: readings == sorted(readings),
    "the last day first": lambda readings: len(readings) > 1 and readings[0] == max(readings),
    "one score a day": lambda readings: len(dict(readings)) == len(readings),
    "quarters in a row": lambda readings: max(read(readings)) - min(read(readings)) == len(read(readings)) - 1,
    "begins in a Q1": lambda readings: min(read(readings)).number == 1,
    "a later reading is lower": lambda readings: any(later[1] < sooner[1] for sooner, later in pairwise(sorted(readings))),
    "the last reading is a threshold": lambda readings: max(readings)[1] in (250, 500, 750),
}


def of_history(statements: dict[str, Callable[[ScoreHistory], bool]]) -> dict[str, Callable[[Timeline], bool]]:
    """Return the statements about the history of a timeline."""
    return {name: lambda timeline, holds=holds: holds(timeline.history) for name, holds in statements.items()}


STARTING_TIERS = {f"starting tier {tier}": lambda timeline, tier=tier: timeline.starting_tier is tier for tier in MODEL.tiers}
DECIDED = {
    **STARTING_TIERS,
    **{
        f"a decision is {kind.name.lower()}": lambda timeline, kind=kind: kind in {one.kind for one in timeline.decisions}
        for kind in DecisionKind
    },
    **{
        f"a quarter earns {tier}": lambda timeline, tier=tier: tier in {one.earned for one in timeline.decisions}
        for tier in (None, *MODEL.tiers)
    },
}


def starts(is_true: Callable[[date, list[Cycle]], bool]) -> Callable[[Timeline], bool]:
    """Return a statement about the first day of a timeline, and the cycles of the quarters that are given."""
    return lambda timeline: is_true(timeline.start, list(map(cycle_of, timeline.history)))


def in_effect(timeline: Timeline) -> list[Any]:
    """Return the scores of the quarters that have taken effect by the start."""
    return [score for quarter, score in timeline.history.items() if cycle_of(quarter).effective_on <= timeline.start]


STARTS = {
    "starts on an effective date": starts(lambda day, cycles: day in [one.effective_on for one in cycles]),
    "starts on that of a quarter between": starts(lambda day, cycles: day in [one.effective_on for one in cycles[1:-1]]),
    "starts on its eve": starts(lambda day, cycles: day + ONE_DAY in [one.effective_on for one in cycles]),
    "starts on the first day of the last review": starts(lambda day, cycles: day == cycles[-1].review_start),
    "starts inside the last review": starts(lambda day, cycles: cycles[-1].review_start < day < cycles[-1].review_last_day),
    "starts on the last day of the last review": starts(lambda day, cycles: day == cycles[-1].review_last_day),
    "starts in an earlier review": starts(
        lambda day, cycles: any(one.review_start <= day < one.effective_on for one in cycles[:-1])
    ),
    "starts in February": starts(lambda day, _: day.month == 2),
    "starts on March 1": starts(lambda day, _: (day.month, day.day) == (3, 1)),
    "starts on the first day of the first quarter": starts(lambda day, cycles: day == cycles[0].quarter.start),
    "starts in the first quarter": starts(lambda day, cycles: day in cycles[0].quarter),
    "starts in the last quarter": starts(lambda day, cycles: day in cycles[-1].quarter),
    "starts between both": starts(lambda day, cycles: cycles[0].quarter.stop <= day < cycles[-1].quarter.start),
    "starts in the span": starts(lambda day, cycles: cycles[0].quarter.start <= day < cycles[-1].effective_on),
    "a quarter has taken effect by then": lambda timeline: bool(in_effect(timeline)),
    "three quarters have taken effect by then": lambda timeline: len(in_effect(timeline)) >= 3,
    "one of these is scored": lambda timeline: any(score is not None for score in in_effect(timeline)),
    "one of these is not scored": lambda timeline: None in in_effect(timeline),
    "one decision": lambda timeline: len(timeline.decisions) == 1,
    "five decisions or more": lambda timeline: len(timeline.decisions) >= 5,
}

HISTORIES = {
    "histories": Promised(
        lambda: kit.score_histories(MODEL), 400, {**of_size(*range(1, 13)), **BEGINS, **IN_A_ROW, **UNSCORED}
    ),
    "scored histories of two to five quarters": Promised(
        lambda: kit.score_histories(MODEL, min_size=2, max_size=5, unscored=False),
        400,
        {**of_size(1, 2, 3, 4, 5, 6), **IN_A_ROW, **SCORED},
    ),
    "ragged histories with gaps": Promised(
        lambda: kit.score_histories(MODEL, min_size=2, max_size=5, gaps=True, ragged=True),
        600,
        {
            **of_size(1, 2, 3, 4, 5, 6),
            **BEGINS,
            **{f"{number} missing": lambda history, number=number: missing(history) == number for number in (0, 1, 2)},
            "no quarter scored": UNSCORED["no quarter scored"],
        },
    ),
    "histories of four quarters with gaps": Promised(
        lambda: kit.score_histories(MODEL, min_size=4, max_size=4, gaps=True),
        800,
        {"each quarter scored": lambda history: None not in history.values()},
    ),
    "histories of a program with editions": Promised(
        lambda: kit.score_histories(GUILD, ragged=True),
        400,
        {
            **{
                f"on both sides of FY{year}": lambda history, year=year: FiscalQuarter(year, 1) in changes_in(history)
                for year in (2021, 2022, 2023, 2024)
            },
            "in one edition": lambda history: not changes_in(history),
            "to the last known quarter": lambda history: not GUILD.knows(history.quarters[-1] + 1),
        },
    ),
    "histories of one quarter": Promised(
        lambda: kit.score_histories(APPS, max_size=1, ragged=True), 1600, begins_with(*APPS_QUARTERS)
    ),
    "histories of one first quarter of a program with editions": Promised(
        lambda: kit.score_histories(GUILD, max_size=1),
        1200,
        begins_with(*(FiscalQuarter(year, 1) for year in range(2019, 2027))),
    ),
    "gaps in a short span": Promised(
        lambda: kit.score_histories(APPS, min_size=7, max_size=7, gaps=True),
        200,
        {
            "7 quarters": lambda history: len(history) == 7,
            "1 missing between": lambda history: missing(history) == 1,
            "1 missing before": lambda history: history.quarters[0].number == 2,
            "in 8 quarters": lambda history: history.quarters[-1] <= FiscalQuarter(2022, 4),
        },
    ),
    "histories over two editions": Promised(
        lambda: kit.score_histories(APPS, min_size=6, max_size=8, unscored=False),
        400,
        {
            "begins with FY21": lambda history: history.quarters[0] == FiscalQuarter(2021, 1),
            "near a bound of FY21 in FY21 Q1": lambda history: history["FY21 Q1"] in near(120, 240, 560),
            "near a bound of FY22 in FY22 Q1": lambda history: history["FY22 Q1"] in near(210, 420, 680),
        },
    ),
    "histories of made-up programs": Promised(
        lambda: kit.programs().flatmap(lambda program: st.tuples(kit.score_histories(program), st.just(program))),
        200,
        {
            "in several editions": lambda drawn: bool(changes_in(*drawn)),
            "to the last known quarter": lambda drawn: not drawn[1].knows(drawn[0].quarters[-1] + 1),
        },
    ),
    "snapshots": Promised(lambda: kit.snapshots(MODEL), 300, READINGS),
    "timelines": Promised(
        lambda: kit.timelines(MODEL),
        400,
        {
            **of_history({**of_size(*range(1, 14)), **BEGINS, **IN_A_ROW, **UNSCORED}),
            **DECIDED,
            "starts on the first March 1": lambda timeline: (
                timeline.start == ProgramYear(timeline.history.quarters[0].year).start
            ),
        },
    ),
    "ragged timelines": Promised(
        lambda: kit.timelines(MODEL, ragged=True),
        600,
        {**of_history({**of_size(1, 12), **BEGINS, **IN_A_ROW, **UNSCORED}), **STARTING_TIERS, **STARTS},
    ),
    "ragged timelines of two quarters": Promised(
        lambda: kit.timelines(MODEL, ragged=True, min_size=2, max_size=2),
        400,
        {
            "starts when the first takes effect": starts(lambda day, cycles: day == cycles[0].effective_on),
            "starts in the first quarter": STARTS["starts in the first quarter"],
        },
    ),
    "ragged timelines of all quarters that are known": Promised(
        lambda: kit.timelines(APPS, ragged=True, min_size=8, max_size=8),
        200,
        {
            "starts on the first March 1": lambda timeline: timeline.start == date(2020, 3, 1),
            "starts in the first program year": lambda timeline: timeline.start < date(2021, 3, 1),
            "starts before the first March 1": lambda timeline: timeline.start < date(2020, 3, 1),
        },
    ),
    "ragged timelines of two years": Promised(
        lambda: kit.timelines(MODEL, ragged=True, min_size=6, max_size=8),
        400,
        {
            "starts on its first day": starts(
                lambda day, cycles: (
                    day in (cycles[0].quarter.start, ProgramYear(cycles[0].quarter.year).start) and day in cycles[0].quarter
                )
            ),
            "starts in the first quarter": STARTS["starts in the first quarter"],
        },
    ),
    "ragged timelines of a program with editions": Promised(
        lambda: kit.timelines(GUILD, ragged=True, min_size=2, max_size=6, unscored=False, starting_tiers=st.just(Tier.RIDGE)),
        400,
        {
            **of_history({**of_size(*range(1, 8)), "every quarter scored": SCORED["every quarter scored"]}),
            "starting tier Ridge": lambda timeline: timeline.starting_tier is Tier.RIDGE,
            "in two editions": lambda timeline: len(changes_in(timeline.history)) == 1,
            "ends with the program": lambda timeline: timeline.stop == date(2026, 3, 1),
            "starts before what the first March 1 looks back on": lambda timeline: timeline.start < date(2018, 3, 1),
            "starts on an effective date": STARTS["starts on an effective date"],
            "starts inside the last review": STARTS["starts inside the last review"],
        },
    ),
}
