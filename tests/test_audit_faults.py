"""Audits of correct records, and of records with one fault, which is found on its day and with its code."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import attrs
import oracle
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from plain import TIERS, earned_by, rules_of
from records import days_in
from truth import ONE_DAY, Days, Truth, eventful, rows_of, runs_of, truths

import tbtier as tb
from tbtier import Tier


@given(truths, st.data())
def test_a_right_record_has_no_findings(truth: Truth, data: st.DataObject) -> None:
    """Whatever its granularity, with scores and without."""
    rows = data.draw(rows_of(truth.days, truth.stop))
    assert () == tb.audit(rows, truth.partner.timeline)
    assert () == tb.audit_rows(rows)


class Fault(NamedTuple):
    """A record with one fault."""

    code: str
    on: date
    days: Days

    def __repr__(self) -> str:
        return f"{self.code} on {self.on} in {[(str(start), str(stop), str(tier)) for start, stop, tier in runs_of(self.days)]}"


def effective(truth: Truth) -> list[date]:
    """Return the effective dates after the first day."""
    return [day for day in list(truth.days)[1:] if oracle.acting_on(day)]


def quarter_effective_on(day: date) -> oracle.Quarter:
    """Return the quarter that takes effect on a day."""
    quarter = oracle.acting_on(day)
    assert quarter
    return quarter


def quarter_start(quarter: oracle.Quarter) -> date:
    """Return the first day of a quarter."""
    year, number = quarter
    return oracle.last_day((year, number - 1) if number > 1 else (year - 1, 4)) + ONE_DAY


def changes_of(truth: Truth, *, rising: bool) -> list[date]:
    """Return the days on which the tier rises, or the days on which the tier falls."""
    return [day for day in truth.changes if (truth.days[day] > truth.days[day - ONE_DAY]) is rising]


def missed(truth: Truth, draw: st.DrawFn) -> Fault | None:
    """Draw a record without one of the rises."""
    if not (rises := changes_of(truth, rising=True)):
        return None
    day = draw(st.sampled_from(rises))
    code = "start-held" if day.month == 3 else "missed-rise"
    return Fault(code, day, truth.with_tier(day, truth.until(day), truth.days[day - ONE_DAY]))


def half(truth: Truth, draw: st.DrawFn) -> Fault | None:
    """Draw a record in which a rise inside the year is not high enough."""
    rises = [day for day in truth.changes if day.month != 3]
    between = [(day, tier) for day in rises for tier in Tier if truth.days[day - ONE_DAY] < tier < truth.days[day]]
    if not between:
        return None
    day, tier = draw(st.sampled_from(between))
    return Fault("missed-rise", day, truth.with_tier(day, truth.until(day), tier))


def late(truth: Truth, draw: st.DrawFn) -> Fault | None:
    """Draw a record in which a change comes after its day, and before the next change."""
    long_enough = [day for day in truth.changes if truth.until(day) - day > ONE_DAY]
    if not long_enough:
        return None
    day = draw(st.sampled_from(long_enough))
    recorded = day + draw(st.integers(1, min(200, (truth.until(day) - day).days - 1))) * ONE_DAY
    before = truth.days[day - ONE_DAY]
    return Fault("late-rise" if before < truth.days[day] else "late-fall", day, truth.with_tier(day, recorded, before))


def early(truth: Truth, draw: st.DrawFn) -> Fault | None:
    """Draw a record in which a rise comes in its quarter, or in the month of review."""
    rises = [
        (day, inside) for day in changes_of(truth, rising=True) if (inside := days_before(truth, day, in_its_quarter=True))
    ]
    if not rises:
        return None
    day, inside = draw(st.sampled_from(rises))
    recorded = draw(st.sampled_from(inside))
    return Fault("early-rise", recorded, truth.with_tier(recorded, day, truth.days[day]))


def fallen_early(truth: Truth, draw: st.DrawFn) -> Fault | None:
    """Draw a record in which a fall comes in the Q4 before its March 1, in the review of that Q4, or long before both."""
    falls = [(day, before) for day in changes_of(truth, rising=False) if (before := days_before(truth, day))]
    if not falls:
        return None
    day, before = draw(st.sampled_from(falls))
    recorded = draw(st.sampled_from(before))
    code = "early-fall" if quarter_start(quarter_effective_on(day)) <= recorded else "fall-inside-year"
    return Fault(code, recorded, truth.with_tier(recorded, day, truth.days[day]))


def days_before(truth: Truth, change: date, *, in_its_quarter: bool = False) -> list[date]:
    """Return the days of the run before a change, without the first day of the run and without March 1."""
    first = quarter_start(quarter_effective_on(change)) if in_its_quarter else change - 250 * ONE_DAY
    days, day = [], change - ONE_DAY
    while day >= first and truth.days.get(day - ONE_DAY) is truth.days[change - ONE_DAY]:
        days.append(day)
        day -= ONE_DAY
    return [day for day in days if (day.month, day.day) != (3, 1)]


def unearned(truth: Truth, draw: st.DrawFn) -> Fault | None:
    """Draw a record with a rise on an effective date to a tier that was not earned."""
    inside = [day for day in effective(truth) if day.month != 3]
    above = [
        (day, tier)
        for day in inside
        for tier in Tier
        if tier > truth.days[day] and truth.days.get(truth.until(day)) is not tier
    ]
    if not above:
        return None
    day, tier = draw(st.sampled_from(above))
    return Fault("unearned-rise", day, truth.with_tier(day, truth.until(day), tier))


def out_of_nothing(truth: Truth, draw: st.DrawFn, *, until_effective: bool = False) -> Fault | None:
    """Draw a record with a rise on a day on which no quarter takes effect."""
    return for_some_days(truth, draw, "no-evaluation", lambda tier, held: tier > held, until_effective=until_effective)


def fallen(truth: Truth, draw: st.DrawFn, *, until_effective: bool = False) -> Fault | None:
    """Draw a record with a fall inside a program year, on any day but March 1, that is undone later."""
    inside = {day for day in effective(truth) if day.month != 3 and day not in truth.changes}
    return for_some_days(
        truth, draw, "fall-inside-year", lambda tier, held: tier < held, inside, until_effective=until_effective
    )


def for_some_days(
    truth: Truth,
    draw: st.DrawFn,
    code: str,
    wrong: Callable[[Tier, Tier], bool],
    also_on: Collection[date] = (),
    *,
    until_effective: bool,
) -> Fault | None:
    """Draw a record with another tier, at most to the next change, from a day in `also_on` or any but an effective date."""
    runs = [
        (start, stop, tier)
        for start, stop, held in runs_of(truth.days)
        for tier in Tier
        if wrong(tier, held) and truth.days.get(stop) is not tier and stop - start > 2 * ONE_DAY
    ]
    if not runs:
        return None
    start, stop, tier = draw(st.sampled_from(runs))
    days = [start + number * ONE_DAY for number in range(1, (stop - start).days)]
    day = draw(st.sampled_from([day for day in days if day in also_on or not oracle.acting_on(day)]))
    if until_effective:
        right_again = draw(st.sampled_from([*(later for later in effective(truth) if day < later < stop), stop]))
    else:
        right_again = day + draw(st.integers(1, min(200, (stop - day).days))) * ONE_DAY
    return Fault(code, day, truth.with_tier(day, right_again, tier))


def started(truth: Truth, draw: st.DrawFn) -> Fault | None:
    """Draw a record with a wrong tier from a March 1 on."""
    march_1 = [day for day in effective(truth) if day.month == 3]
    if not march_1:
        return None
    day = draw(st.sampled_from(march_1))
    tier = draw(st.sampled_from([tier for tier in Tier if tier is not truth.days[day]]))
    rules, quarter = rules_of(truth.partner.program), (day.year, 4)
    q4_alone = earned_by(truth.partner).get(quarter)
    alone = TIERS[rules.entry_tier if q4_alone is None else q4_alone]
    if tier is truth.days[day - ONE_DAY]:
        code = "start-held"
    elif tier is alone and oracle.edition_in_force(quarter, rules).carryover == "HIGHEST_OF_YEAR":
        code = "start-final-quarter"
    else:
        code = "start-too-low" if tier < truth.days[day] else "start-too-high"
    return Fault(code, day, truth.with_tier(day, truth.until(day), tier))


def begun(truth: Truth, draw: st.DrawFn) -> Fault:
    """Draw a record that begins with a wrong tier."""
    tier = draw(st.sampled_from([tier for tier in Tier if tier is not truth.days[truth.start]]))
    return Fault("wrong-tier", truth.start, truth.with_tier(truth.start, truth.until(truth.start), tier))


def missing(truth: Truth, draw: st.DrawFn) -> Fault:
    """Draw a record in which some days are missing."""
    days = list(truth.days)
    start = draw(st.integers(0, len(days) - 2))
    stop = draw(st.integers(start + 1, len(days) - 1 if start == 0 else len(days)))
    return Fault("gap", days[start], {day: truth.days[day] for day in (*days[:start], *days[stop:])})


def hole(truth: Truth, draw: st.DrawFn, *, until_effective: bool = False) -> Fault:  # noqa: ARG001  # the other faults use it
    """Draw a record in which some days between the first and the last are missing."""
    days = list(truth.days)
    start = draw(st.integers(1, len(days) - 2))
    stop = draw(st.integers(start + 1, len(days) - 1))
    return Fault("gap", days[start], {day: truth.days[day] for day in (*days[:start], *days[stop:])})


FAULTS = (missed, half, late, early, unearned, out_of_nothing, fallen, fallen_early, started, begun, missing)


@st.composite
def faulty(draw: st.DrawFn, kind: Callable[..., Fault | None], **how: bool) -> tuple[Truth, Fault]:
    """Draw the tiers of a partner, and a record with one fault; eventful if the first partner allows no such fault."""
    truth = draw(truths)
    if len(truth.days) > 2 and (fault := kind(truth, draw, **how)):
        return truth, fault
    truth = draw(eventful)
    fault = kind(truth, draw, **how)
    assert fault
    return truth, fault


@pytest.mark.parametrize("kind", FAULTS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_a_fault_is_found(kind: Callable[..., Fault | None], data: st.DataObject) -> None:
    """On the right day, by the right code, with what was expected and observed, and nothing else is."""
    truth, fault = data.draw(faulty(kind))
    rows = data.draw(rows_of(fault.days, truth.stop))
    (found,) = tb.audit(rows, truth.partner.timeline)
    assert (fault.code, fault.on) == (found.code, found.on)
    assert (truth.days[fault.on], fault.days.get(fault.on)) == (found.expected, found.observed)
    assert (
        next((day for day in truth.days if day > fault.on and fault.days.get(day) is truth.days[day]), truth.stop) == found.stop
    )
    assert bool(found.rows) is (found.observed is not None)
    told_of = {place for place, row in enumerate(rows) if row[0] <= fault.on and fault.days.get(fault.on)}
    assert {place for place in told_of if str(rows[place][-1]) == str(found.observed)} >= set(found.rows[:1])
    set_on = [day for day in effective(truth) if day <= fault.on and (day.month == 3 or day in truth.changes)]
    assert (set_on[-1] if set_on else None) == (found.decision.effective_on if found.decision else None)


def wrong_on_some_days(truth: Truth, draw: Any) -> Days:
    """Draw a record with other tiers, and gaps, on some runs of days."""
    days: dict[date, Tier | None] = dict(truth.days)
    for start in sorted(draw(st.lists(st.sampled_from(list(days)), max_size=5))):
        tier, length = draw(st.sampled_from([*Tier, None])), draw(st.integers(1, 400))
        days |= {day: tier for day in days if start <= day < start + length * ONE_DAY}
    return {day: tier for day, tier in days.items() if tier}


@given(truths, st.data())
def test_findings_cover_the_days_on_which_the_record_is_wrong(truth: Truth, data: st.DataObject) -> None:
    """All of them and no others, each once, however the faults follow on each other; the days of the findings add up."""
    told_of = wrong_on_some_days(truth, data.draw)
    found = tb.audit(data.draw(rows_of(told_of, truth.stop)), truth.partner.timeline)
    assume("last-days" not in [one.code for one in found])
    wrong = [day for day, tier in truth.days.items() if told_of.get(day) is not tier]
    assert wrong == sorted(day for one in found for day in days_in(one))
    assert len(wrong) == sum(one.days or 0 for one in found)


@given(truths, st.data())
def test_rows_by_number_have_the_same_findings(truth: Truth, data: st.DataObject) -> None:
    """The findings in a mapping from numbers to rows are those in the rows, with the numbers in place of the indexes."""
    rows = data.draw(rows_of(wrong_on_some_days(truth, data.draw), truth.stop))
    numbers = data.draw(st.lists(st.integers(), min_size=len(rows), max_size=len(rows), unique=True))
    given_by_number = dict(zip(numbers, rows))
    for audit in (lambda rows: tb.audit(rows, truth.partner.timeline), tb.audit_rows):
        by_number = tuple(attrs.evolve(one, rows=tuple(numbers[place] for place in one.rows)) for one in audit(rows))
        assert by_number == audit(given_by_number)


@pytest.mark.parametrize("kind", [fallen, out_of_nothing, hole], ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_some_faults_are_found_without_scores(kind: Callable[..., Fault | None], data: st.DataObject) -> None:
    """A fall inside a program year, a rise on a day on which nothing acts, and a gap show in the rows alone.

    The record is right again from a day on which a result acts: a change on another day could be a fault too.
    """
    truth, fault = data.draw(faulty(kind, until_effective=True))
    changes = [latter[0] for former, latter in pairwise(runs_of(fault.days)) if former[1] == latter[0]]
    assert all(oracle.acting_on(day) for day in changes if day != fault.on)
    back = next((day for day in changes if day > fault.on), truth.stop)
    over = [day for day in truth.days if fault.on < day <= back and (day.month, day.day) == (3, 1)]
    falls_back = back in fault.days and fault.days[back] < fault.days[fault.on] if fault.on in fault.days else False
    again = [("fall-inside-year", back)] if over and over[-1] < back and falls_back else []  # March 1 could have given the tier
    found, *others = tb.audit_rows(data.draw(rows_of(fault.days, truth.stop)))
    assert again == [(one.code, one.on) for one in others]
    expected = (truth.days[fault.on] if kind is fallen else None), fault.days.get(fault.on)
    assert (fault.code, fault.on, *expected) == (found.code, found.on, found.expected, found.observed)


@given(truths, st.data())
def test_rows_that_contradict_each_other_are_found(truth: Truth, data: st.DataObject) -> None:
    """Two tiers for the same days are an overlap, whichever of them is right."""
    days = list(truth.days)
    start = data.draw(st.integers(0, len(days) - 1))
    change = days.index(truth.until(days[start]) - ONE_DAY)  # beyond it, it would be an overlap of other tiers
    stop = data.draw(st.integers(start, min(change, start + 40))) + 1
    other = data.draw(st.sampled_from(sorted(set(Tier) - {truth.days[days[start]]})))
    rows = data.draw(rows_of(truth.days, truth.stop, closed=True))
    (found,) = tb.audit([*rows, (days[start], days[stop - 1] + ONE_DAY, other)], truth.partner.timeline)
    assert ("overlap", days[start], days[stop - 1] + ONE_DAY) == (found.code, found.on, found.stop)
    assert (truth.days[days[start]], None) == (found.expected, found.observed)
    assert len(rows) in found.rows


@given(truths, st.data())
def test_rows_outside_are_said_and_not_judged(truth: Truth, data: st.DataObject) -> None:
    """Rows before the timeline and after it, whatever they say, are one finding each."""
    start = truth.start
    rows = data.draw(rows_of(truth.days, truth.stop))
    before = [(start - 40 * ONE_DAY, start - 20 * ONE_DAY, "Summit"), (start - 20 * ONE_DAY, start, "Select")]
    after = [(truth.stop, "Select"), (truth.stop + 5 * ONE_DAY, Tier.BASE)]
    found = tb.audit([*after, *rows, *before], truth.partner.timeline)
    assert [("outside", start - 40 * ONE_DAY, Tier.SUMMIT), ("outside", truth.stop, None)] == [
        (one.code, one.on, one.observed) for one in found
    ]
    assert [(len(rows) + 2, len(rows) + 3), (0, 1)] == [one.rows for one in found]
    (said,) = tb.audit([*before, *after, *rows], truth.partner.timeline, as_of=start)[1:]
    assert min(row[0] for row in [*rows, *after] if row[0] > start) == said.on
    with pytest.raises(tb.errors.WrongTypeError, match=r"^the tier of rows\[1\] must be a Tier or its name, got 3"):
        tb.audit([*before[:1], (start - 20 * ONE_DAY, start, 3), *rows], truth.partner.timeline)  # type: ignore[list-item]  # refused
