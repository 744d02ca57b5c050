"""Findings in a record by hand: the first day of a fault, its code, and the days that are checked."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from made_up import MODEL
from records import RIGHT, SCORES, TIMELINE, in_short

import tbtier as tb
from tbtier import FiscalQuarter


@pytest.mark.parametrize(
    ("day", "code", "text"),
    [
        (date(2023, 5, 1), "early-rise", "FY24 Q2 closes on 2023-07-31, and takes effect on 2023-09-01"),
        (date(2023, 4, 30), "no-evaluation", "no evaluation takes effect between 2023-03-01 and 2023-06-01"),
    ],
)
def test_a_rise_is_early_from_the_first_day_of_its_quarter(day: date, code: str, text: str) -> None:
    """A rise before the first day of its quarter has no evaluation."""
    timeline = tb.evaluate({"FY24 Q1": 0, "FY24 Q2": 540}, program=MODEL, starting_tier="Base")
    (found,) = tb.audit([(date(2023, 3, 1), "Base"), (day, "Crest")], timeline)
    assert (code, day, text) == (found.code, found.on, found.reason.text)


def test_a_fall_is_early_from_the_first_day_of_q4() -> None:
    """Before the first day of Q4, a fall is a fall inside the year."""
    for day, code in ((date(2024, 11, 1), "early-fall"), (date(2024, 10, 31), "fall-inside-year")):
        (found,) = tb.audit([*RIGHT[:3], (day, "Ridge")], TIMELINE)
        assert (code, day) == (found.code, found.on)
    assert "nothing falls inside PY25, and the record falls from Crest" == found.reason.text


def test_a_fall_to_a_tier_that_march_1_does_not_keep_is_not_early() -> None:
    """A fall is early only if the record has its tier on March 1 too."""
    found = tb.audit([*RIGHT[:3], (date(2024, 11, 5), "Ridge"), (date(2025, 3, 1), "Base")], TIMELINE)
    assert [("fall-inside-year", "2024-11-05", "Crest", "Ridge"), ("start-too-low", "2025-03-01", "Ridge", "Base")] == in_short(
        *found
    )


def test_a_fault_goes_on_while_the_expected_tier_changes() -> None:
    """A rise to a tier that is still below the recorded tier is no new fault, and lengthens the last one only."""
    scores = [760, 0, 0, 0, 540, 0, 0, 0, 0, 0, 0, 0, 310]
    first = FiscalQuarter(2024, 1)
    timeline = tb.evaluate({first + place: score for place, score in enumerate(scores)}, program=MODEL, starting_tier="Summit")
    found = tb.audit([(date(2023, 3, 1), "Summit")], timeline)
    assert ["start-held", "start-held"] == [one.code for one in found]
    assert [(date(2025, 3, 1), date(2026, 3, 1)), (date(2026, 3, 1), date(2026, 9, 1))] == [(one.on, one.stop) for one in found]


def test_what_q4_alone_earned_is_recognised() -> None:
    """A starting tier that Q4 alone earned has its own code, even if Q4 has no score."""
    for score, alone in ((430, "Ridge"), (None, "Base")):
        timeline = tb.evaluate({**SCORES, "FY24 Q4": score, "FY25 Q4": 280}, program=MODEL, starting_tier="Base")
        (found,) = tb.audit([*RIGHT[:3], (date(2024, 3, 1), alone), RIGHT[3]], timeline)
        assert ("start-final-quarter", alone) == (found.code, str(found.observed))
        text = f"FY24 sets Crest as the starting tier of PY25, and the record has {alone}, which is what FY24 Q4 alone earned"
        assert text == found.reason.text
    (other,) = tb.audit([*RIGHT[:3], (date(2024, 3, 1), "Ridge"), RIGHT[3]], timeline)
    assert "start-too-low" == other.code


def test_days_that_are_not_checked_stop_with_the_last_row_of_them() -> None:
    """The finding stops at the latest stop of the rows outside, or has no stop if a row has none; its days are not checked."""
    outside = [(date(2022, 1, 1), date(2023, 1, 31), "Base"), (date(2022, 5, 1), date(2022, 7, 1), "Base")]
    assert [date(2023, 1, 31)] == [one.stop for one in tb.audit([*outside, *RIGHT], TIMELINE)]
    assert [None] == [one.days for one in tb.audit([*outside, *RIGHT], TIMELINE)]
    after = [(date(2026, 3, 1), "Base"), (date(2026, 4, 1), date(2026, 5, 1), "Base"), (date(2026, 6, 1), None, "Base")]
    assert [None] == [one.stop for one in tb.audit([*RIGHT, *after], TIMELINE)]


def test_a_row_that_begins_earlier_is_checked_from_the_first_day_on() -> None:
    """Of a row that began before the timeline, the days inside the timeline are checked."""
    assert () == tb.audit([(date(2022, 12, 1), "Base"), *RIGHT[1:]], TIMELINE)
    assert [("wrong-tier", "2023-03-01", "Base", "Crest")] == in_short(
        *tb.audit([(date(2022, 12, 1), "Crest"), *RIGHT[1:]], TIMELINE)
    )


def test_later_days_are_not_checked() -> None:
    """Days after `as_of` have no findings, and `as_of` must be a date in the timeline."""
    rows = RIGHT[:2]
    assert () == tb.audit(rows, TIMELINE, as_of=date(2023, 8, 31))
    assert [("missed-rise", "2023-09-01", "Crest", "Ridge")] == in_short(*tb.audit(rows, TIMELINE, as_of=date(2023, 9, 1)))
    (early,) = tb.audit([*rows, (date(2023, 8, 20), "Crest")], TIMELINE, as_of=date(2023, 8, 25))
    assert ("early-rise", "2023-08-20", "Ridge", "Crest") == in_short(early)[0]
    (outside,) = tb.audit(RIGHT, TIMELINE, as_of=date(2023, 9, 1))
    assert ("outside", date(2025, 3, 1), None, (3,)) == (outside.code, outside.on, outside.stop, outside.rows)
    assert () == tb.audit(RIGHT, TIMELINE, as_of=date(2030, 1, 1))
    for day in (TIMELINE.stop, date(2030, 1, 1)):
        assert [TIMELINE.stop] == [one.stop for one in tb.audit(RIGHT[:3], TIMELINE, as_of=day)]
    assert ["outside"] == [one.code for one in tb.audit(RIGHT, TIMELINE, as_of=TIMELINE.start)]
    with pytest.raises(tb.errors.OutsideTimelineError, match=r"^2023-02-28 is outside the timeline"):
        tb.audit(RIGHT, TIMELINE, as_of=date(2023, 2, 28))
    with pytest.raises(TypeError, match="as_of must be a date, got datetime"):
        tb.audit(RIGHT, TIMELINE, as_of=datetime(2023, 9, 1))  # noqa: DTZ001  # a datetime is what is refused


@pytest.mark.parametrize("year", [2, 9998])
def test_the_first_and_the_last_years_are_checked(year: int) -> None:
    """A record is checked near both ends of the calendar."""
    first = FiscalQuarter(year, 2)
    scores = {first + place: score for place, score in enumerate([300, 100, 760, 0, 0, 0])}
    timeline = tb.evaluate(scores, program=MODEL, starting_tier="Base", start=first.stop)
    march_1 = date(year, 3, 1)
    rows = [(first.stop, "Base"), (march_1.replace(month=2), "Summit")]
    assert ["missed-rise", "early-rise"] == [one.code for one in tb.audit(rows, timeline)]


def test_the_last_day_that_there_is_means_that_a_row_goes_on() -> None:
    """A stop in 9999 is an open end, even beside stops that are last days."""
    for stop in (date(9999, 12, 31), date(9999, 1, 1)):
        rows = [*RIGHT[:3], (date(2025, 3, 1), stop, "Ridge")]
        assert () == tb.audit(rows, TIMELINE) == tb.audit_rows(rows)
        closed = [(date(2023, 3, 1), date(2023, 5, 31), "Base"), (date(2023, 6, 1), date(2023, 8, 31), "Ridge")]
        assert ["last-days"] == [one.code for one in tb.audit_rows([*closed, (date(2023, 9, 1), stop, "Crest")])]
    assert () == tb.audit(RIGHT, TIMELINE, as_of=date.max)


def test_an_empty_record_is_a_gap() -> None:
    """An empty record is one gap from start to stop; without a timeline, it has no findings."""
    (found,) = tb.audit([], TIMELINE)
    assert ("gap", TIMELINE.start, TIMELINE.stop, ()) == (found.code, found.on, found.stop, found.rows)
    assert () == tb.audit_rows([])


def test_a_timeline_is_needed() -> None:
    """The audit rejects a score history."""
    with pytest.raises(TypeError, match="timeline must be a Timeline"):
        tb.audit(RIGHT, tb.ScoreHistory(SCORES))
