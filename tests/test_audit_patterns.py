"""Audits of records with a repeated mistake, which is one finding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import MODEL, Q4_ALONE
from plain import RANKS, TIERS, earned_by, rules_of
from records import days_in
from strategies import Partner
from truth import ONE_DAY, Days, Truth, eventful, rows_of, runs_of, truth_of

import tbtier as tb
from tbtier import FiscalQuarter, FiscalYear, Tier


def moved(truth: Truth, to: Callable[[date, oracle.Quarter], date]) -> Days:
    """Return a record in which the changes are moved to other days."""
    days = dict(truth.days)
    for change in truth.changes:
        quarter = oracle.acting_on(change)
        assert quarter
        goes = to(change, quarter)
        early, late = min(goes, change), max(goes, change)
        for day in days:
            if early <= day < late:
                days[day] = truth.days[change if goes < change else change - ONE_DAY]
    return days


def a_year_off(truth: Truth, draw: Any) -> Days:
    """Return a record in which the names of fiscal years are off by one year."""
    by = draw(st.sampled_from([-1, 1]))
    days = {}
    for day, tier in truth.days.items():
        there = date(day.year - by, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
        days[day] = truth.days.get(there, tier)
    return days


def in_february(truth: Truth, _draw: Any) -> Days:
    """Return a record in which the program year begins with the fiscal year."""
    return moved(truth, lambda change, quarter: date(change.year, 2, 1) if quarter[1] == 4 else change)


def at_once(truth: Truth, _draw: Any) -> Days:
    """Return a record without reviews."""
    return moved(truth, lambda _, quarter: oracle.last_day(quarter) + ONE_DAY)


def on_notification(truth: Truth, draw: Any) -> Days:
    """Return a record in which changes are on their notification days."""
    return moved(truth, lambda change, _: change + draw(st.integers(1, 6)) * ONE_DAY)


def once_a_year(truth: Truth, _draw: Any) -> Days:
    """Return a record in which the tier changes only on March 1."""
    days: Days = {}
    for day, tier in truth.days.items():
        days[day] = tier if not days or (day.month, day.day) == (3, 1) else days[day - ONE_DAY]
    return days


def never_down(truth: Truth, _draw: Any) -> Days:
    """Return a record in which the tier never falls."""
    days: Days = {}
    for day, tier in truth.days.items():
        days[day] = max(tier, days.get(day - ONE_DAY, tier))
    return days


def by_other_rules(truth: Truth, **changed: Any) -> Days:
    """Return the tiers that a partner holds under other rules."""
    partner = truth.partner
    rules = rules_of(partner.program)
    changed_rules = rules._replace(editions=tuple(edition._replace(**changed) for edition in rules.editions))
    held = oracle.tiers_by_day(truth.start, RANKS[partner.starting_tier], earned_by(partner), changed_rules)
    return {day: TIERS[rank] for day, rank in held.items()}


def q4_alone(truth: Truth, _draw: Any) -> Days:
    """Return a record in which all years use the carryover of the years before FY24."""
    return by_other_rules(truth, carryover="FINAL_QUARTER")


PATTERNS = {
    "year-off": a_year_off,
    "february": in_february,
    "no-review": at_once,
    "notification-dates": on_notification,
    "march-only": once_a_year,
    "never-falls": never_down,
    "final-quarter-only": q4_alone,
}


@st.composite
def long_partners(draw: st.DrawFn) -> Partner:
    """Draw a partner over three or four years; the best score differs from year to year, and is seldom that of Q4."""
    bests = [760]
    for _ in range(draw(st.integers(3, 4))):
        bests.append(draw(st.sampled_from([best for best in (760, 510, 260, 0) if best != bests[-1]])))
    scores: list[int | None] = []
    for best in bests[1:]:
        lower = st.sampled_from([score for score in (None, 0, 260, 510) if not score or score < best])
        year: list[int | None] = [draw(lower) for _ in range(4)]
        year[draw(st.sampled_from([0, 1, 1, 2, 2, 3]))] = best
        scores += year
    starting_tier = draw(st.sampled_from([Tier.SUMMIT, Tier.SUMMIT, Tier.BASE]))
    quarters = (FiscalQuarter(2024, 1) + place for place in range(16))
    return Partner(dict(zip(quarters, scores)), MODEL, starting_tier, None)


def is_a_pattern(code: str, truth: Truth, days: Days) -> bool:
    """Return whether a record has a mistake at least twice, and cannot be explained by another mistake."""
    changes = truth.changes
    wrong = {day for day in (*changes, *(start for start, _, _ in runs_of(days))) if days[day] is not truth.days[day]}
    match code:
        case "february":
            return 2 <= sum(day.month == 3 for day in changes)
        case "no-review":
            return 2 <= len(changes) and any(day.month != 3 for day in changes)
        case "never-falls":
            return 2 <= sum(truth.days[day] < truth.days[day - ONE_DAY] for day in changes) and len(runs_of(days)) > 1
        case "year-off":
            return 2 <= len(changes) and 3 <= len(runs_of(days))
        case "march-only":
            return 2 <= sum(day.month != 3 for day in wrong)
        case "final-quarter-only":
            return 2 <= sum(day.month == 3 for day in wrong)
    return 2 <= len(changes)


@pytest.mark.parametrize("code", PATTERNS)
@given(data=st.data())
def test_a_mistake_made_again_and_again_is_one_finding(code: str, data: st.DataObject) -> None:
    """Not one for each row, but one for the system."""
    truth = truth_of(data.draw(long_partners()))
    days = PATTERNS[code](truth, data.draw)
    if not is_a_pattern(code, truth, days):
        truth = data.draw(eventful)
        days = PATTERNS[code](truth, data.draw)
        assert is_a_pattern(code, truth, days)
    (found,) = tb.audit(data.draw(rows_of(days, truth.stop)), truth.partner.timeline)
    first = next(day for day in days if days[day] is not truth.days[day])
    assert (code, first) == (found.code, found.on)
    assert (truth.days[first], days[first]) == (found.expected, found.observed)
    wrong = {day: days[day] for day in days if days[day] is not truth.days[day]}
    assert len(wrong) == found.days
    assert list(wrong) == days_in(found)
    assert all(stop < start for (_, stop), (start, _) in pairwise(found.spans))


def test_a_mistake_says_nothing_of_days_before_the_record() -> None:
    """A record a year early has the tiers of FY25 in FY24; what it would have in FY23 is not compared with the first row."""
    scores = dict(zip((*FiscalYear(2024).quarters, *FiscalYear(2025).quarters), (300, 0, 0, 0, 600, 0, 800, 0)))
    timeline = tb.evaluate(scores, program=Q4_ALONE, starting_tier="Base")
    early = [(date(2023, 3, 1), "Base"), (date(2023, 6, 1), "Crest"), (date(2023, 12, 1), "Summit")]
    right = [(period.start, period.tier) for period in timeline.periods if period.start >= date(2024, 3, 1)]
    (found,) = tb.audit([*early, *right], timeline)
    assert ("year-off", ((date(2023, 6, 1), date(2024, 3, 1)),)) == (found.code, found.spans)
