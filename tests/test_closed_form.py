"""Comparison of the closed form with a day-by-day diary: the engine and the oracle share no code."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from operator import itemgetter

import oracle
import pytest
from hypothesis import given, settings
from made_up import BEST_OF_FOUR, Q4_ALONE
from oracle import BASE, CREST, PROVISIONAL, RIDGE, SUMMIT
from plain import RANKS, TIERS, earned_by, rules_of
from strategies import Partner, contiguous, ragged

from tbtier import FiscalQuarter, FiscalYear, ScoreHistory, Tier, evaluate
from tbtier.errors import OutsideTimelineError
from tbtier.rules import Program

ONE_DAY = timedelta(days=1)
MORE_OFTEN = settings(max_examples=5 * settings.default.max_examples)

BOUNDS_OF_FY24 = ((BASE, 0), (RIDGE, 250), (CREST, 500), (SUMMIT, 750))
BEST_OF_FOUR_RULES = oracle.Rules(PROVISIONAL, (oracle.Edition((0, 0), BOUNDS_OF_FY24, "HIGHEST_OF_YEAR"),))
Q4_ALONE_RULES = oracle.Rules(PROVISIONAL, (oracle.Edition((0, 0), BOUNDS_OF_FY24, "FINAL_QUARTER"),))

START, STOP = date(2023, 3, 1), date(2025, 6, 1)
"""Two program years, with a February 29, and the three months in which no further quarter takes effect."""
QUARTERS = (*FiscalYear(2024).quarters, *FiscalYear(2025).quarters)
EFFECTIVE_DATES = (
    date(2023, 6, 1),
    date(2023, 9, 1),
    date(2023, 12, 1),
    date(2024, 3, 1),
    date(2024, 6, 1),
    date(2024, 9, 1),
    date(2024, 12, 1),
    date(2025, 3, 1),
)
DAYS = (START, *(day for effective_on in EFFECTIVE_DATES for day in (effective_on - ONE_DAY, effective_on)), STOP - ONE_DAY)
LOWEST = {None: None, BASE: 0, RIDGE: 250, CREST: 500, SUMMIT: 750}
HIGHEST = {None: None, BASE: 249, RIDGE: 499, CREST: 749, SUMMIT: 1000}
SCORES = (LOWEST, HIGHEST) * 4
"""For each quarter, the score that earns a tier: the lowest and the highest such score in turn."""


@cache
def days_from(place: int) -> tuple[list[date], itemgetter[tuple[tuple[int, ...], ...]]]:
    """Return the days in `DAYS` from one index of a diary on, and a getter of their entries."""
    days = [day for day in DAYS if day >= START + place * ONE_DAY]
    return days, itemgetter(*((day - START).days for day in days))


def compare(
    program: Program,
    rules: oracle.Rules,
    starting_tiers: tuple[int, ...],
    outcomes: tuple[int | None, ...],
    *,
    shared_days_once: bool,
) -> tuple[int, int]:
    """Compare engine and oracle for every history of two years; return the numbers of timelines and of days."""
    starts = [TIERS[tier] for tier in starting_tiers]
    as_tiers = cache(lambda ranks: [TIERS[rank] for rank in ranks])
    timelines = days_asked = 0
    for earned, diary, new in oracle.every_history(START, STOP, starting_tiers, outcomes, rules):
        history = ScoreHistory(zip(QUARTERS, [score[outcome] for score, outcome in zip(SCORES, earned.values())]))
        days, pick = days_from(new if shared_days_once else 0)
        for starting_tier, ranks in zip(starts, zip(*pick(diary))):
            timeline = evaluate(history, program=program, starting_tier=starting_tier)
            assert as_tiers(ranks) == list(map(timeline.tier_on, days)), (starting_tier, history)
            assert timeline.stop == STOP
            timelines += 1
            days_asked += len(days)
    return timelines, days_asked


@pytest.mark.exhaustive
def test_every_history_of_two_years() -> None:
    """For every history of eight quarters and every starting tier, the engine agrees with the diary.

    Every history is evaluated as a whole; days that several histories share are compared once.
    """
    tiers = (PROVISIONAL, BASE, RIDGE, CREST, SUMMIT)
    outcomes = (None, BASE, RIDGE, CREST, SUMMIT)
    timelines, days = compare(BEST_OF_FOUR, BEST_OF_FOUR_RULES, tiers, outcomes, shared_days_once=True)
    assert timelines == 5 * 5**8
    assert days == 5 * 2 * sum(5**quarters for quarters in range(9))


@pytest.mark.parametrize(("program", "rules"), [(BEST_OF_FOUR, BEST_OF_FOUR_RULES), (Q4_ALONE, Q4_ALONE_RULES)])
def test_every_history_of_three_outcomes(program: Program, rules: oracle.Rules) -> None:
    """With either carryover, the engine agrees with the diary for every history of unscored, Ridge and Summit quarters."""
    timelines, days = compare(program, rules, (PROVISIONAL, CREST), (None, RIDGE, SUMMIT), shared_days_once=False)
    assert timelines == 2 * 3**8
    assert days == 18 * timelines


def diary_of(partner: Partner) -> dict[date, int]:
    """Return the tier of a partner on every day by the oracle."""
    rules = rules_of(partner.program)
    earned = earned_by(partner)
    start = partner.start or date(min(earned)[0] - 1, 3, 1)
    return oracle.tiers_by_day(start, RANKS[partner.starting_tier], earned, rules)


def assert_agree(partner: Partner) -> None:
    """Compare the days that engine and oracle cover, and the tier on each day."""
    timeline, expected = partner.timeline, diary_of(partner)
    assert (min(expected), max(expected) + ONE_DAY) == (timeline.start, timeline.stop)
    assert expected == {day: RANKS[timeline.tier_on(day)] for day in expected}
    for day in (timeline.start - ONE_DAY, timeline.stop):
        with pytest.raises(OutsideTimelineError):
            timeline.tier_on(day)


@MORE_OFTEN
@given(contiguous())
def test_histories_given_from_a_first_quarter_on(partner: Partner) -> None:
    """On every day of histories that begin with a Q1, through all editions and carries, the engine agrees with the diary."""
    assert_agree(partner)


@MORE_OFTEN
@given(ragged())
def test_histories_that_start_on_any_day(partner: Partner) -> None:
    """On every day of ragged histories, from whatever day on they start, the engine agrees with the diary (D3 to D6)."""
    assert_agree(partner)


@pytest.mark.parametrize("day", [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2024, 5, 31), date(2024, 6, 1)])
def test_histories_that_start_next_to_an_effective_date(day: date) -> None:
    """What took effect on the first day is in the starting tier, and what takes effect a day later is not (D3, D4)."""
    first = FiscalQuarter(2024, 3)
    scores = {first: 750, first + 1: 250, first + 2: 500, first + 3: None}
    assert_agree(Partner(scores, BEST_OF_FOUR, Tier.RIDGE, day))


@pytest.mark.parametrize("day", [date(2023, 5, 1), date(2023, 7, 31), date(2023, 8, 1), date(2023, 8, 31)])
def test_histories_whose_next_score_is_awaited(day: date) -> None:
    """A timeline stops on the day on which a quarter with a missing score would take effect (D6)."""
    assert_agree(Partner({FiscalQuarter(2024, 1): 500}, BEST_OF_FOUR, Tier.SUMMIT, day))


def test_shared_days_are_walked_like_days_of_their_own() -> None:
    """The oracle's diary of a history is the same where histories that begin alike share their first days."""
    starting_tiers = (BASE, CREST)
    stop = date(2024, 9, 1)
    walked = list(oracle.every_history(START, stop, starting_tiers, (None, RIDGE, SUMMIT), BEST_OF_FOUR_RULES))
    assert len(walked) == 3**5
    for (_, previous, _), (_, diary, new) in pairwise(walked):
        assert previous[:new] == diary[:new]
    for earned, diary, _ in walked:
        alone = [oracle.tiers_by_day(START, tier, earned, BEST_OF_FOUR_RULES) for tier in starting_tiers]
        assert alone[0].keys() == {START + place * ONE_DAY for place in range((stop - START).days)}
        assert [tuple(diary.values()) for diary in alone] == list(zip(*diary))


WORKED_CASES = {
    "W3": (CREST, (300, 100, 0, None), Q4_ALONE_RULES, {(2021, 3, 1): CREST, (2021, 9, 1): CREST, (2022, 2, 28): CREST}),
    "W4": (BASE, (300,), Q4_ALONE_RULES, {(2021, 5, 31): BASE, (2021, 6, 1): RIDGE}),
    "W5": (BASE, (100, 505), Q4_ALONE_RULES, {(2021, 8, 31): BASE, (2021, 9, 1): CREST}),
    "W6": (SUMMIT, (260, 300, 400, 300), BEST_OF_FOUR_RULES, {(2022, 2, 28): SUMMIT, (2022, 3, 1): RIDGE}),
    "W7": (BASE, (100, 520, 300, 300), BEST_OF_FOUR_RULES, {(2021, 8, 31): BASE, (2021, 9, 1): CREST, (2022, 3, 1): CREST}),
    "W8": (BASE, (100, 520, 300, 300), Q4_ALONE_RULES, {(2021, 9, 1): CREST, (2022, 2, 28): CREST, (2022, 3, 1): RIDGE}),
    "W9": (CREST, (100, 100, 100, 760), BEST_OF_FOUR_RULES, {(2022, 2, 28): CREST, (2022, 3, 1): SUMMIT}),
}


@pytest.mark.parametrize("case", WORKED_CASES)
def test_the_diary_holds_what_the_worked_cases_say(case: str) -> None:
    """The oracle gives the answers that were worked out by hand, moved to FY22."""
    starting_tier, scores, rules, expected = WORKED_CASES[case]
    quarters = [(2022, number) for number in (1, 2, 3, 4)]
    earned = {
        quarter: None if score is None else oracle.earned_by(score, quarter, rules) for quarter, score in zip(quarters, scores)
    }
    diary = oracle.tiers_by_day(date(2021, 3, 1), starting_tier, earned, rules)
    assert expected == {day: diary[date(*day)] for day in expected}
