"""Auditing: what is found in records by hand, how it is told, and what is refused."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest
from made_up import APPS, GUILD, MODEL

import tbtier as tb
from tbtier import FiscalQuarter, Tier
from tbtier.auditing.codes import CODES, Kind
from tbtier.rules import Program
from tbtier.rules.rulebook import EVALUATION_RULES

ONE_DAY = timedelta(days=1)

SCORES = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 430, "FY25 Q1": 260, "FY25 Q2": 310, "FY25 Q3": 300}
TIMELINE = tb.evaluate({**SCORES, "FY25 Q4": 280}, program=MODEL, starting_tier=Tier.BASE)
"""Base until June 2023, then Ridge, from September 2023 Crest, from March 2025 Ridge."""
RIGHT = [(date(2023, 3, 1), "Base"), (date(2023, 6, 1), "Ridge"), (date(2023, 9, 1), "Crest"), (date(2025, 3, 1), "Ridge")]


def told(*found: tb.Finding) -> list[tuple[str, str, str | None, str | None]]:
    """Return findings as their codes, days and tiers."""
    return [(one.code, str(one.on), one.expected and str(one.expected), one.observed and str(one.observed)) for one in found]


def test_what_a_system_does_not_explain_is_found_beside_it() -> None:
    """A mistake made twice is one finding, and a slip is another."""
    rows = [
        (date(2023, 3, 1), "Base"),
        (date(2023, 5, 1), "Ridge"),
        (date(2023, 8, 1), "Crest"),
        (date(2024, 4, 20), "Summit"),
        (date(2024, 5, 20), "Crest"),
        (date(2025, 2, 1), "Ridge"),
    ]
    found = tb.audit(rows, TIMELINE)
    assert [
        ("no-review", "2023-05-01", "Base", "Ridge"),
        ("no-evaluation", "2024-04-20", "Crest", "Summit"),
    ] == told(*found)
    assert [(1, 2, 5), (3,)] == [one.rows for one in found]
    assert "(3 times)" in found[0].reason.text


def test_a_slip_beside_a_year_that_is_off_is_found() -> None:
    """Also in the last year, of which the mistake says nothing."""
    scores = [310, 540, None, 430, 260, 310, 300, 280, 100, 790, 100, 100, 260, 510, 300, 280]
    first = FiscalQuarter(2024, 1)
    timeline = tb.evaluate({first + place: score for place, score in enumerate(scores)}, program=MODEL, starting_tier="Base")
    off = [(date(2023, 3, 1), "Crest"), (date(2024, 3, 1), "Ridge"), (date(2024, 9, 1), "Summit"), (date(2026, 3, 1), "Crest")]
    assert ["year-off"] == [one.code for one in tb.audit(off, timeline)]
    blip = [(date(2026, 7, 10), "Base"), (date(2026, 8, 20), "Provisional"), (date(2026, 10, 1), "Crest")]
    found = [(one.code, one.rows[0]) for one in tb.audit([*off, *blip], timeline)]
    assert [("year-off", 0), ("fall-inside-year", 4), ("fall-inside-year", 5), ("no-evaluation", 6)] == found
    inside = [(date(2025, 7, 10), "Base"), (date(2025, 8, 20), "Summit")]
    assert [("year-off", 0), ("fall-inside-year", 4)] == [
        (one.code, one.rows[0]) for one in tb.audit([*off, *inside], timeline)
    ]


def test_a_record_that_was_left_alone_is_no_system() -> None:
    """It misses rises and falls, and nobody took anything for something else."""
    assert ["missed-rise", "missed-rise"] == [one.code for one in tb.audit(RIGHT[:1], TIMELINE)][:2]
    scores = {"FY24 Q1": 760, "FY24 Q2": 0, "FY24 Q3": 0, "FY24 Q4": 0, "FY25 Q1": 510, "FY25 Q2": 0, "FY25 Q3": 0}
    falling = tb.evaluate(
        {**scores, "FY25 Q4": 0, "FY26 Q1": 0, "FY26 Q2": 0, "FY26 Q3": 0, "FY26 Q4": 0},
        program=MODEL,
        starting_tier=Tier.SUMMIT,
    )
    alone = tb.audit([(date(2023, 3, 1), "Summit")], falling)
    assert ["start-held", "start-held"] == [one.code for one in alone]
    assert ["as before", "as before"] == [one.reason.text.rpartition(", ")[2] for one in alone]
    once = tb.audit(
        [(date(2023, 3, 1), "Summit"), (date(2025, 3, 1), date(2025, 4, 1), "Crest"), (date(2025, 4, 1), "Summit")], falling
    )
    assert "never-falls" not in [one.code for one in once]


def test_rises_elsewhere_than_on_march_1_are_no_habit_of_march() -> None:
    """Who wrote one of them down has missed the others."""
    scores = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": 760, "FY24 Q4": 0}
    timeline = tb.evaluate(scores, program=MODEL, starting_tier="Base")
    rows = [(date(2023, 3, 1), "Base"), (date(2023, 10, 1), "Crest"), (date(2024, 3, 1), "Summit")]
    assert ["missed-rise", "missed-rise", "late-rise"] == [one.code for one in tb.audit(rows, timeline)]


def test_two_late_changes_among_many_are_no_letters() -> None:
    """A mistake of dates is seen in half of the changes at least."""
    scores = [310, 540, 760, 0, 0, 0, 0, 310, 310, 540, 760, 0]
    first = FiscalQuarter(2024, 1)
    timeline = tb.evaluate({first + place: score for place, score in enumerate(scores)}, program=MODEL, starting_tier="Base")
    right = [(period.start, period.tier) for period in timeline.periods]
    assert 7 == len(right)
    for late in (2, 3):
        rows = [(day + ONE_DAY * (0 < place <= late), tier) for place, (day, tier) in enumerate(right)]
        codes = [one.code for one in tb.audit(rows, timeline)]
        assert codes == (["late-rise"] * 2 if late == 2 else ["notification-dates"])
        codes = [one.code for one in tb.audit_rows(rows)]
        assert codes == (["no-evaluation"] * 2 if late == 2 else ["notification-dates"])


def test_a_mistake_that_was_avoided_once_is_no_system() -> None:
    """Then each place is a finding of its own."""
    rows = [RIGHT[0], (date(2023, 5, 1), "Ridge"), (date(2023, 8, 1), "Crest"), RIGHT[3]]
    assert [("early-rise", "2023-05-01", "Base", "Ridge"), ("early-rise", "2023-08-01", "Ridge", "Crest")] == told(
        *tb.audit(rows, TIMELINE)
    )


def test_notification_on_the_effective_date_is_no_contradiction() -> None:
    """The week of notification begins on the day on which the tier takes effect (R5)."""
    rows = [RIGHT[0], (date(2023, 6, 7), "Ridge"), RIGHT[2], (date(2025, 3, 2), "Ridge")]
    assert [("notification-dates", "2023-06-01", "Ridge", "Base")] == told(*tb.audit(rows, TIMELINE))
    rows = [RIGHT[0], (date(2023, 6, 8), "Ridge"), RIGHT[2], (date(2025, 3, 2), "Ridge")]
    assert ["late-rise", "late-fall"] == [one.code for one in tb.audit(rows, TIMELINE)]


def test_the_tiers_of_another_edition_are_one_finding() -> None:
    """In PY20 Gold began at 440, and who judges by the table of PY21 is wrong again and again (D7)."""
    scores = {"FY20 Q1": 460, "FY20 Q2": 710, "FY20 Q3": 100, "FY20 Q4": 460, "FY21 Q1": 100}
    timeline = tb.evaluate(scores, program=GUILD, starting_tier="Provisional")
    rows = [
        (date(2019, 3, 1), "Provisional"),
        (date(2019, 6, 1), "Silver"),
        (date(2019, 9, 1), "Gold"),
        (date(2020, 3, 1), "Silver"),
    ]
    (found,) = tb.audit(rows, timeline)
    assert [("other-edition", "2019-06-01", "Crest", "Ridge")] == told(found)
    assert "the edition of FY21 Q1" in found.reason.text
    by_tier = tb.evaluate(
        {**scores, "FY20 Q1": Tier.CREST}, program=GUILD, starting_tier="Provisional"
    )  # which is Crest by any edition
    assert ["missed-rise", "other-edition"] == [one.code for one in tb.audit(rows, by_tier)]


@pytest.mark.parametrize(
    ("day", "code", "text"),
    [
        (date(2023, 5, 1), "early-rise", "FY24 Q2 closes on 2023-07-31, and takes effect on 2023-09-01"),
        (date(2023, 4, 30), "no-evaluation", "no evaluation takes effect between 2023-03-01 and 2023-06-01"),
    ],
)
def test_a_rise_is_early_from_the_first_day_of_its_quarter(day: date, code: str, text: str) -> None:
    """Before it, nothing was scored that could have raised the tier."""
    timeline = tb.evaluate({"FY24 Q1": 0, "FY24 Q2": 540}, program=MODEL, starting_tier="Base")
    (found,) = tb.audit([(date(2023, 3, 1), "Base"), (day, "Crest")], timeline)
    assert (code, day, text) == (found.code, found.on, found.reason.text)


def test_a_fall_is_early_from_the_first_day_of_q4() -> None:
    """Before it, a fall inside the year is no matter of days."""
    for day, code in ((date(2024, 11, 1), "early-fall"), (date(2024, 10, 31), "fall-inside-year")):
        (found,) = tb.audit([*RIGHT[:3], (day, "Ridge")], TIMELINE)
        assert (code, day) == (found.code, found.on)
    assert "nothing falls inside PY25, and the record falls from Crest" == found.reason.text


def test_what_q4_alone_earned_is_recognised() -> None:
    """On March 1, 2024 Q2 counts as well; a Q4 without a score leaves the entry tier."""
    for score, alone in ((430, "Ridge"), (None, "Base")):
        timeline = tb.evaluate({**SCORES, "FY24 Q4": score, "FY25 Q4": 280}, program=MODEL, starting_tier="Base")
        (found,) = tb.audit([*RIGHT[:3], (date(2024, 3, 1), alone), RIGHT[3]], timeline)
        assert ("start-final-quarter", alone) == (found.code, str(found.observed))
        assert found.reason.text.endswith(f"the record has {alone}, which is what FY24 Q4 alone earned")
    (other,) = tb.audit([*RIGHT[:3], (date(2024, 3, 1), "Ridge"), RIGHT[3]], timeline)
    assert "start-too-low" == other.code


def test_a_mistake_is_seen_in_the_days_that_are_judged() -> None:
    """What the record does not tell yet does not count against it."""
    rows = [RIGHT[0], (date(2023, 5, 1), "Ridge"), (date(2023, 8, 1), "Crest")]
    for day in (date(2024, 1, 1), date(2025, 1, 31)):
        assert ["no-review"] == [one.code for one in tb.audit(rows, TIMELINE, as_of=day)]


def test_days_that_are_not_judged_stop_with_the_last_row_of_them() -> None:
    """Not with the one that begins last; and nowhere if one of them goes on."""
    outside = [(date(2022, 1, 1), date(2023, 1, 31), "Base"), (date(2022, 5, 1), date(2022, 7, 1), "Base")]
    assert [date(2023, 1, 31)] == [one.stop for one in tb.audit([*outside, *RIGHT], TIMELINE)]
    after = [(date(2026, 3, 1), "Base"), (date(2026, 4, 1), date(2026, 5, 1), "Base"), (date(2026, 6, 1), None, "Base")]
    assert [None] == [one.stop for one in tb.audit([*RIGHT, *after], TIMELINE)]


def test_later_days_are_not_judged() -> None:
    """A record that was read on a day can be wrong on that day, and not on the next one."""
    rows = RIGHT[:2]
    assert () == tb.audit(rows, TIMELINE, as_of=date(2023, 8, 31))
    assert [("missed-rise", "2023-09-01", "Crest", "Ridge")] == told(*tb.audit(rows, TIMELINE, as_of=date(2023, 9, 1)))
    (early,) = tb.audit([*rows, (date(2023, 8, 20), "Crest")], TIMELINE, as_of=date(2023, 8, 25))
    assert ("early-rise", "2023-08-20", "Ridge", "Crest") == told(early)[0]
    (outside,) = tb.audit(RIGHT, TIMELINE, as_of=date(2023, 9, 1))
    assert ("outside", date(2025, 3, 1), None, (3,)) == (outside.code, outside.on, outside.stop, outside.rows)
    assert () == tb.audit(RIGHT, TIMELINE, as_of=date(2030, 1, 1))
    with pytest.raises(tb.errors.OutsideTimelineError, match=r"^2023-02-28 is outside the timeline"):
        tb.audit(RIGHT, TIMELINE, as_of=date(2023, 2, 28))
    with pytest.raises(TypeError, match="as_of must be a date, got datetime"):
        tb.audit(RIGHT, TIMELINE, as_of=datetime(2023, 9, 1))  # noqa: DTZ001  # a datetime is what is refused


def test_stops_that_are_last_days_are_read_as_they_are_meant() -> None:
    """Two that stop a day before the next one are one finding; one is a gap, and so are two where another stop is right."""
    stops = [date(2023, 5, 31), date(2023, 8, 31), date(2025, 2, 28), None]
    rows = [(start, stop, tier) for (start, tier), stop in zip(RIGHT, stops)]
    (found,) = tb.audit(rows, TIMELINE)
    assert ("last-days", date(2023, 5, 31), (0, 1, 2)) == (found.code, found.on, found.rows)
    assert (found,) == tb.audit_rows(rows)
    assert (found,) == tb.audit([*rows[:3], (*RIGHT[3][:1], date(2025, 5, 31), "Ridge")], TIMELINE)
    one = [rows[0], *RIGHT[1:]]
    assert [("gap", "2023-05-31", "Base", None)] == told(*tb.audit([rows[0], rows[0], *one], TIMELINE))
    days = [date(2023, 5, 30), date(2023, 8, 30), date(2025, 2, 27)]
    short = [*((start, stop, tier) for (start, tier), stop in zip(RIGHT, days)), RIGHT[3]]
    assert ["gap", "gap", "gap"] == [found.code for found in tb.audit(short, TIMELINE)]
    mixed = [*rows[:2], (*rows[2][:1], date(2025, 3, 1), "Crest"), rows[3]]
    assert ["gap", "gap"] == [found.code for found in tb.audit(mixed, TIMELINE)]


@pytest.mark.parametrize("year", [2, 9998])
def test_the_first_and_the_last_years_are_judged(year: int) -> None:
    """Where there is no year before or after by which a record could be off."""
    first = FiscalQuarter(year, 2)
    scores = {first + place: score for place, score in enumerate([300, 100, 760, 0, 0, 0])}
    timeline = tb.evaluate(scores, program=MODEL, starting_tier="Base", start=first.stop)
    march_1 = date(year, 3, 1)
    rows = [(first.stop, "Base"), (march_1.replace(month=2), "Summit")]
    assert ["missed-rise", "early-rise"] == [one.code for one in tb.audit(rows, timeline)]


def test_the_last_day_that_there_is_means_that_a_row_goes_on() -> None:
    """As many systems write it; beside stops that are last days, too."""
    for stop in (date(9999, 12, 31), date(9999, 1, 1)):
        rows = [*RIGHT[:3], (date(2025, 3, 1), stop, "Ridge")]
        assert () == tb.audit(rows, TIMELINE) == tb.audit_rows(rows)
        closed = [(date(2023, 3, 1), date(2023, 5, 31), "Base"), (date(2023, 6, 1), date(2023, 8, 31), "Ridge")]
        assert ["last-days"] == [one.code for one in tb.audit_rows([*closed, (date(2023, 9, 1), stop, "Crest")])]
    assert () == tb.audit(RIGHT, TIMELINE, as_of=date.max)


def test_an_empty_record_is_a_gap() -> None:
    """Nothing is told of any day; without a timeline there is nothing to miss."""
    (found,) = tb.audit([], TIMELINE)
    assert ("gap", TIMELINE.start, TIMELINE.stop, ()) == (found.code, found.on, found.stop, found.rows)
    assert () == tb.audit_rows([])


WITHOUT_SCORES = {
    "a fall on March 1 may be": ([(date(2023, 3, 1), "Crest"), (date(2024, 3, 1), "Base")], []),
    "a rise on an effective date may be": ([(date(2023, 3, 1), "Base"), (date(2023, 12, 1), "Crest")], []),
    "a fall on another effective date": (
        [(date(2023, 3, 1), "Crest"), (date(2023, 12, 1), "Base")],
        [("fall-inside-year", "2023-12-01", "Crest", "Base")],
    ),
    "a rise on another day": (
        [(date(2023, 3, 1), "Base"), (date(2023, 11, 30), "Crest")],
        [("no-evaluation", "2023-11-30", None, "Crest")],
    ),
    "a fall, and the way back, which follows from it": (
        [(date(2023, 3, 1), "Crest"), (date(2023, 7, 10), "Base"), (date(2023, 7, 20), "Ridge"), (date(2023, 8, 20), "Crest")],
        [("fall-inside-year", "2023-07-10", "Crest", "Base")],
    ),
    "a fall, and beyond the way back a rise": (
        [(date(2023, 3, 1), "Crest"), (date(2023, 7, 10), "Base"), (date(2023, 8, 20), "Summit")],
        [("fall-inside-year", "2023-07-10", "Crest", "Base"), ("no-evaluation", "2023-08-20", None, "Summit")],
    ),
    "a rise out of nothing, and the way back, which follows from it": (
        [(date(2023, 3, 1), "Base"), (date(2023, 7, 10), "Crest"), (date(2023, 9, 1), "Ridge"), (date(2023, 9, 20), "Base")],
        [("no-evaluation", "2023-07-10", None, "Crest"), ("fall-inside-year", "2023-09-20", "Ridge", "Base")],
    ),
    "two falls": (
        [(date(2023, 3, 1), "Crest"), (date(2023, 7, 10), "Ridge"), (date(2023, 8, 20), "Base")],
        [("fall-inside-year", "2023-07-10", "Crest", "Ridge"), ("fall-inside-year", "2023-08-20", "Crest", "Base")],
    ),
    "a fall inside the next program year": (
        [(date(2023, 3, 1), "Crest"), (date(2024, 3, 2), "Base")],
        [("fall-inside-year", "2024-03-02", "Crest", "Base")],
    ),
    "what March 1 has let fall may not rise on any day": (
        [(date(2023, 3, 1), "Summit"), (date(2024, 3, 1), "Base"), (date(2024, 4, 2), "Ridge")],
        [("no-evaluation", "2024-04-02", None, "Ridge")],
    ),
    "a fall that the first day of the next program year has seen": (
        [(date(2023, 3, 1), "Summit"), (date(2023, 7, 1), "Base"), (date(2024, 4, 2), "Ridge")],
        [("fall-inside-year", "2023-07-01", "Summit", "Base"), ("no-evaluation", "2024-04-02", None, "Ridge")],
    ),
    "a gap, and a fall in it": (
        [(date(2023, 3, 1), date(2023, 7, 1), "Crest"), (date(2023, 8, 1), "Base")],
        [("gap", "2023-07-01", None, None), ("fall-inside-year", "2023-08-01", "Crest", "Base")],
    ),
    "a gap, and a March 1 in it": (
        [(date(2023, 3, 1), date(2024, 3, 1), "Crest"), (date(2024, 3, 2), "Base")],
        [("gap", "2024-03-01", None, None)],
    ),
    "a gap, and a rise in it": (
        [(date(2023, 3, 1), date(2023, 7, 1), "Base"), (date(2023, 8, 1), "Crest")],
        [("gap", "2023-07-01", None, None)],
    ),
    "an overlap": (
        [(date(2023, 3, 1), date(2023, 7, 1), "Base"), (date(2023, 6, 1), date(2023, 9, 1), "Crest")],
        [("overlap", "2023-06-01", None, None)],
    ),
    "two tiers from the same day on": (
        [(date(2023, 3, 1), "Base"), (date(2023, 3, 1), "Crest"), (date(2023, 6, 1), "Crest")],
        [("overlap", "2023-03-01", None, None)],
    ),
    "letters": (
        [(date(2023, 3, 1), "Base"), (date(2023, 6, 2), "Ridge"), (date(2023, 9, 1), "Crest"), (date(2024, 3, 7), "Ridge")],
        [("notification-dates", "2023-06-02", None, "Ridge")],
    ),
    "no letters": (
        [(date(2023, 3, 1), "Base"), (date(2023, 6, 2), "Ridge"), (date(2024, 3, 8), "Base")],
        [("no-evaluation", "2023-06-02", None, "Ridge"), ("fall-inside-year", "2024-03-08", "Ridge", "Base")],
    ),
    "two changes in one week of letters": (
        [(date(2023, 3, 1), "Base"), (date(2023, 6, 2), "Ridge"), (date(2023, 6, 4), "Crest")],
        [("no-evaluation", "2023-06-02", None, "Ridge"), ("no-evaluation", "2023-06-04", None, "Crest")],
    ),
    "falls are no lack of review": (
        [(date(2023, 3, 1), "Crest"), (date(2023, 5, 1), "Ridge"), (date(2023, 8, 1), "Crest")],
        [("fall-inside-year", "2023-05-01", "Crest", "Ridge")],
    ),
    "nor are they letters": (
        [(date(2023, 3, 1), "Crest"), (date(2023, 6, 3), "Ridge"), (date(2023, 9, 5), "Base")],
        [("fall-inside-year", "2023-06-03", "Crest", "Ridge"), ("fall-inside-year", "2023-09-05", "Crest", "Base")],
    ),
    "no review": (
        [(date(2023, 3, 1), "Base"), (date(2023, 5, 1), "Ridge"), (date(2024, 2, 1), "Base")],
        [("no-review", "2023-05-01", None, "Ridge")],
    ),
    "no review, but for once": (
        [(date(2023, 3, 1), "Base"), (date(2023, 5, 1), "Ridge"), (date(2023, 9, 1), "Crest"), (date(2024, 2, 1), "Base")],
        [("no-evaluation", "2023-05-01", None, "Ridge"), ("fall-inside-year", "2024-02-01", "Crest", "Base")],
    ),
    "program years that begin in February": (
        [(date(2023, 3, 1), "Crest"), (date(2024, 2, 1), "Base"), (date(2024, 6, 1), "Crest"), (date(2025, 2, 1), "Ridge")],
        [("february", "2024-02-01", "Crest", "Base")],
    ),
    "program years that begin in February, and a quarter without review": (
        [(date(2023, 3, 1), "Crest"), (date(2024, 2, 1), "Base"), (date(2024, 5, 1), "Crest"), (date(2025, 2, 1), "Ridge")],
        [("no-review", "2024-02-01", "Crest", "Base")],
    ),
    "program years that begin in February, but for once": (
        [(date(2023, 3, 1), "Crest"), (date(2024, 2, 1), "Ridge"), (date(2025, 2, 1), "Base"), (date(2026, 3, 1), "Ridge")],
        [("fall-inside-year", "2024-02-01", "Crest", "Ridge"), ("fall-inside-year", "2025-02-01", "Ridge", "Base")],
    ),
}


@pytest.mark.parametrize("case", WITHOUT_SCORES)
def test_rows_alone(case: str) -> None:
    """What is found where no scores are known."""
    rows, expected = WITHOUT_SCORES[case]
    assert expected == told(*tb.audit_rows(rows))
    assert expected == told(*tb.audit_rows(rows[::-1]))


def test_the_first_and_the_last_day_of_a_row_that_can_be() -> None:
    """They are included."""
    assert () == tb.audit_rows([(date(1, 6, 1), "Base"), (date(9999, 1, 31), "Base")])


def test_rows_after_the_end_of_a_program_are_not_judged() -> None:
    """What came after the score has tiers of its own."""
    rows = [(date(2025, 3, 1), "Gold"), (date(2026, 3, 1), "Select"), (date(2026, 4, 1), "Summit")]
    (found,) = tb.audit_rows(rows, program=GUILD)
    assert ("outside", date(2026, 3, 1), None, None, (1, 2)) == (found.code, found.on, found.stop, found.observed, found.rows)
    with pytest.raises(
        tb.errors.ParseError, match=r"^'Gold' is not the name of one tier \(rows\[0\]\): write it as Provisional or Base"
    ):
        tb.audit_rows(rows)
    with pytest.raises(TypeError, match="program must be a Program, got 'APPS'"):
        tb.audit_rows(rows, program="APPS")


def test_a_tier_is_read_by_any_name_that_means_one() -> None:
    """The names in use, and the labels of every edition; what means two tiers is refused."""
    rows = [
        (date(2023, 3, 1), "Bronze"),
        (date(2023, 6, 1), "Silver"),
        (date(2023, 9, 1), Tier.CREST),
        (date(2025, 3, 1), "Ridge"),
    ]
    timeline = tb.evaluate({**SCORES, "FY25 Q4": 280}, program=GUILD, starting_tier=Tier.BASE)
    assert () == tb.audit(rows, timeline)
    edition = MODEL.edition("FY24 Q1")
    renamed = attrs.evolve(edition, thresholds=(*edition.thresholds[:3], attrs.evolve(edition.thresholds[3], label="Crest")))
    program = Program(name="RENAMED", entry_tier=Tier.BASE, changes=(renamed,))
    with pytest.raises(tb.errors.ParseError, match=r"^'Crest' is not the name of one tier \(rows\[0\]\)"):
        tb.audit_rows([(date(2023, 3, 1), "Crest")], program=program)


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ("2023-03-01", TypeError, "rows must be an iterable, each row a (first day, tier) pair or a"),
        (7, TypeError, "rows must be an iterable, each row a (first day, tier) pair or a"),
        (
            [(date(2023, 3, 1), "Base"), "ab"],
            TypeError,
            "rows[1] must be a (first day, tier) pair or a (first day, stop, tier)",
        ),
        ([(date(2023, 3, 1),)], TypeError, "rows[0] must be a (first day, tier) pair or a (first day, stop, tier) triple, got"),
        ([{date(2023, 3, 1): "Base"}], TypeError, "rows[0] must be a (first day, tier) pair"),
        ([("2023-03-01", "Base")], TypeError, "the first day of rows[0] must be a date, got '2023-03-01': date.fromisoformat"),
        ([(date(2023, 3, 1), "2023-06-01", "Base")], TypeError, "the stop of rows[0] must be a date, got '2023-06-01'"),
        ([(datetime(2023, 3, 1), "Base")], TypeError, "the first day of rows[0] must be a date, got datetime"),  # noqa: DTZ001  # it is refused
        (
            [(date(2023, 3, 1), "Base"), (date(2023, 6, 1), 3)],
            TypeError,
            "the tier of rows[1] must be a Tier or its name, got 3",
        ),
        (
            [(date(1, 5, 31), "Base")],
            tb.errors.RangeError,
            "the first day of rows[0] must be from 0001-06-01 to 9999-01-31, got 0001-05-31",
        ),
        (
            [(date(9999, 2, 1), "Base")],
            tb.errors.RangeError,
            "the first day of rows[0] must be from 0001-06-01 to 9999-01-31, got 9999",
        ),
        ([(date(2023, 3, 1), None)], TypeError, "the tier of rows[0] must be a Tier or its name, got None"),
        ([(date(2023, 3, 1), "krest")], ValueError, "'krest' is not the name of one tier (rows[0]): write it as Provisional"),
        (
            [(date(2023, 3, 1), "Base"), (date(2023, 6, 1), date(2023, 6, 1), "Ridge")],
            tb.errors.RangeError,
            "the stop of rows[1] must be after its first day, 2023-06-01, got 2023-06-01: give the first day after the row",
        ),
    ],
)
def test_bad_rows_are_refused(rows: Any, error: type[Exception], message: str) -> None:
    """By their place among the rows, with what was wanted and what was got."""
    for audit in (lambda: tb.audit(rows, TIMELINE), lambda: tb.audit_rows(rows)):
        with pytest.raises(error) as refused:
            audit()
        assert str(refused.value).startswith(message)
        assert isinstance(refused.value, tb.errors.TbtierError)


def test_a_timeline_is_needed() -> None:
    """A history is none."""
    with pytest.raises(TypeError, match="timeline must be a Timeline"):
        tb.audit(RIGHT, tb.ScoreHistory(SCORES))


MISSED = tb.audit(RIGHT[:2], TIMELINE)[0]


def test_a_finding_is_told_in_a_few_lines() -> None:
    """Days, code and tiers; the rule; the decision; the rows."""
    assert """\
2023-09-01 to 2025-02-28: missed-rise: Crest* expected, Ridge observed
  FY24 Q2 takes effect, and the record keeps Ridge (R6: published, S1, S6)
  decided on 2023-09-01: Ridge to Crest, promoted* (FY24 Q2)
  rows[1]
* by rules that are inferred, not published""" == str(MISSED)
    day, following = tb.audit([(date(2023, 3, 1), date(2023, 5, 31), "Base"), RIGHT[1], *RIGHT[2:]], TIMELINE), date(2023, 6, 1)
    assert ["2023-05-31: gap: Base expected"] == [one.headline for one in day if one.stop == following]
    many = tb.audit([(TIMELINE.start + place * ONE_DAY, "Summit") for place in range(9)], TIMELINE)[0]
    assert "  rows[0], rows[1], rows[2], rows[3], rows[4], rows[5] and 3 more" in str(many).splitlines()


def test_a_case_has_what_salesforce_asks_for() -> None:
    """The scores by quarter, the metrics and the opportunities to fill in, why, and the sources (R11)."""
    text = MISSED.case()
    assert text == MISSED.case(date(2025, 3, 1))
    assert text.startswith(
        "The tier of our partner account from 2023-09-01 to 2025-02-28 (MODEL): Crest* expected, Ridge observed"
    )
    for part in (
        "observed\na model, not a record: the APPS edition of FY24 for all time\n",
        "  FY24 Q2  2023-07-31    540  Crest* from 500  2023-09-01",
        "Metrics to check\n  FY24 Q1: [metric, points shown, points expected]\n  FY24 Q2: [",
        "Missing opportunities\n  [opportunity, ",
        "  Crest is above Ridge, and the highest tier wins (R6: published, S1, S6)",
        "(R11: published, S2)",
        "  S2  Tectonic, Salesforce Partner Trailblazer Score explained, undated, before FY27",
    ):
        assert part in text
    assert "case account from 2023-09-01 on (MODEL)" in f"case {MISSED.case(date(2023, 9, 8)).partition('partner ')[2]}"


def test_a_case_shows_what_was_not_scored() -> None:
    """And which tier was earned where the score is not known."""
    timeline = tb.evaluate({"FY24 Q1": Tier.RIDGE, "FY24 Q2": None, "FY24 Q3": 540}, program=APPS, starting_tier="Base")
    (found,) = tb.audit([(date(2023, 3, 1), "Base"), (date(2023, 6, 1), "Ridge")], timeline)
    table = found.case().split("\n\n")[1].splitlines()
    assert [
        "  quarter  closed      score  earned           took effect",
        "  FY24 Q1  2023-04-30      -  Ridge            2023-06-01",
        "  FY24 Q2  2023-07-31      -  not scored       2023-09-01",
        "  FY24 Q3  2023-10-31    540  Crest* from 500  2023-12-01",
    ] == table[1:]


def test_a_case_waits_until_the_evaluation_is_over() -> None:
    """Until the last day of notification, with the reason (R4, R5)."""
    for day in (date(2023, 8, 1), date(2023, 9, 1), date(2023, 9, 7)):
        text = MISSED.case(as_of=day)
        assert text.startswith(f"Wait until 2023-09-07 has passed before opening a case; it is {day}.\n")
        assert "FY24 Q2 is in review until 2023-08-31, and takes effect on 2023-09-01 (R4a: derived" in text
        assert "partners are notified from 2023-09-01 to 2023-09-07 (R5: published" in text
    assert MISSED.case(as_of=date(2023, 9, 8)).startswith("The tier of our partner account")
    fallen = tb.audit([*RIGHT[:3], (date(2025, 3, 1), "Base")], TIMELINE)[0]
    assert "partners are notified from 2025-03-01 to 2025-03-07 (R5a: derived" in fallen.case(date(2025, 3, 7))
    with pytest.raises(TypeError, match="as_of must be a date"):
        MISSED.case("2023-09-08")


def test_a_record_above_what_was_earned_needs_no_case() -> None:
    """Nor does one that is early or late, or that is wrong on days to come: nobody is asked to lower a tier."""
    early = [*RIGHT[:2], (date(2023, 8, 5), "Crest"), RIGHT[3]]
    late = [*RIGHT[:2], (date(2023, 10, 5), "Crest"), RIGHT[3]]
    high = [*RIGHT[:3], (date(2024, 6, 1), "Summit"), RIGHT[3]]
    for rows in (early, late, high):
        (found,) = tb.audit(rows, TIMELINE)
        for text in (found.case(), found.case(found.on), found.case(date(2025, 8, 1))):
            assert text.startswith("No case to open, the record is to be corrected: ")
    (low,) = tb.audit([*RIGHT[:3], (date(2024, 10, 15), "Base"), RIGHT[3]], TIMELINE)
    assert low.case(date(2024, 9, 7)).startswith("Wait until 2024-09-07 has passed")
    assert low.case(date(2024, 10, 14)).startswith("No case to open, the record is to be corrected: take the row out")
    assert low.case(date(2024, 10, 15)).startswith("The tier of our partner account from 2024-10-15 on")


def test_faults_of_the_record_alone_need_no_case() -> None:
    """A gap, a system, and what was found without scores."""
    (gap,) = tb.audit([(date(2023, 3, 1), date(2023, 5, 1), "Base"), *RIGHT[1:]], TIMELINE)
    (system,) = tb.audit(
        [*RIGHT[:1], (date(2023, 5, 1), "Ridge"), (date(2023, 8, 1), "Crest"), (date(2025, 2, 1), "Ridge")], TIMELINE
    )
    (fall,) = tb.audit_rows([(date(2023, 3, 1), "Crest"), (date(2023, 7, 10), "Base")])
    for found in (gap, system, fall):
        for text in (found.case(), found.case(date(2023, 3, 2))):
            assert text.startswith("No case to open, the record is to be corrected: ")
            assert text.endswith(f"{found.headline}\n  {found.reason}")


def test_a_case_about_the_starting_tier_has_no_scores() -> None:
    """No score has replaced the tier that was held at first."""
    timeline = tb.evaluate({"FY24 Q1": 10}, program=APPS, starting_tier=Tier.CREST)
    (found,) = tb.audit([(date(2023, 3, 1), "Crest"), (date(2023, 4, 1), "Base")], timeline)
    assert (None, False) == (found.decision, found.is_inferred)
    text = found.case(date(2023, 4, 2))
    assert "The score expected, by quarter\n  Crest was held already when our records begin, and no score" in text
    assert "Metrics to check\n  [quarter]: [metric, points shown, points expected]" in text


def test_plain_data_survives_json() -> None:
    """Text, ints, bools, `None`, lists and dicts, with the version of the format."""
    plain = MISSED.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    decision, reason, sources = plain.pop("decision"), plain.pop("reason"), plain.pop("sources")
    assert {
        "format": "tbtier.finding/1",
        "code": "missed-rise",
        "program": "MODEL",
        "note": "a model, not a record: the APPS edition of FY24 for all time",
        "on": "2023-09-01",
        "stop": "2025-03-01",
        "expected": "Crest",
        "observed": "Ridge",
        "is_inferred": True,
        "rule": "R6",
        "rows": [1],
    } == plain
    assert ("R6", "published", "FY24 Q2") == (reason["rule"], reason["certainty"], decision["quarter"])
    assert {"S1", "S2", "S6", "T2", "T3"} == set(sources)
    (alone,) = tb.audit_rows([(date(2023, 3, 1), "Crest"), (date(2023, 7, 10), "Base")])
    assert (None, None, "") == (alone.to_dict()["stop"], alone.to_dict()["decision"], alone.to_dict()["program"])


def test_every_code_has_a_rule() -> None:
    """And says what is wrong and what to do."""
    for name, code in CODES.items():
        assert name == code.id
        assert code.rule in {rule.id for rule in EVALUATION_RULES}
        assert isinstance(code.kind, Kind)
        assert all((code.meaning, code.advice))


def test_a_stop_at_the_end_of_the_calendar_means_that_a_row_goes_on() -> None:
    """9999-12-31 is how many systems write an open end; a row that begins later contradicts it."""
    rows = [(date(2023, 3, 1), date(9999, 12, 31), "Crest"), (date(2023, 9, 1), "Ridge")]
    assert [("overlap", "2023-09-01", None, None)] == told(*tb.audit_rows(rows))
    assert ["overlap"] == [one.code for one in tb.audit(rows, TIMELINE)][-1:]
    assert () == tb.audit_rows([(date(2023, 3, 1), date(9999, 12, 31), "Crest")])
