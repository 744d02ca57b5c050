"""Repeated mistakes in records by hand: some are one finding, and some are not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from made_up import GUILD, MODEL
from records import RIGHT, TIMELINE, in_short

import tbtier as tb
from tbtier import FiscalQuarter, Tier

ONE_DAY = timedelta(days=1)


def test_what_a_system_does_not_explain_is_found_beside_it() -> None:
    """A mistake made three times is one finding, and a slip is another."""
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
    ] == in_short(*found)
    assert [(1, 2, 5), (3,)] == [one.rows for one in found]
    assert "(3 times)" in found[0].reason.text
    assert [31 + 31 + 28, 30] == [one.days for one in found]


def test_a_slip_beside_a_year_that_is_off_is_found() -> None:
    """A slip is found in each year, even in the last year, which the mistake does not affect."""
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
    """A record that nobody updated has separate findings for missed rises and missed falls."""
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
    """A record with one rise inside a program year has a finding for each missed rise."""
    scores = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": 760, "FY24 Q4": 0}
    timeline = tb.evaluate(scores, program=MODEL, starting_tier="Base")
    rows = [(date(2023, 3, 1), "Base"), (date(2023, 10, 1), "Crest"), (date(2024, 3, 1), "Summit")]
    assert ["missed-rise", "missed-rise", "late-rise"] == [one.code for one in tb.audit(rows, timeline)]


def test_two_late_changes_among_many_are_no_letters() -> None:
    """At least half of the changes must be on notification days for a mistake of dates to be one finding."""
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
    """A mistake that was avoided once has a finding each time it was made."""
    rows = [RIGHT[0], (date(2023, 5, 1), "Ridge"), (date(2023, 8, 1), "Crest"), RIGHT[3]]
    assert [("early-rise", "2023-05-01", "Base", "Ridge"), ("early-rise", "2023-08-01", "Ridge", "Crest")] == in_short(
        *tb.audit(rows, TIMELINE)
    )


def test_notification_on_the_effective_date_is_no_contradiction() -> None:
    """The week of notification begins on the day on which the tier takes effect (R5)."""
    rows = [RIGHT[0], (date(2023, 6, 7), "Ridge"), RIGHT[2], (date(2025, 3, 2), "Ridge")]
    assert [("notification-dates", "2023-06-01", "Ridge", "Base")] == in_short(*tb.audit(rows, TIMELINE))
    rows = [RIGHT[0], (date(2023, 6, 8), "Ridge"), RIGHT[2], (date(2025, 3, 2), "Ridge")]
    assert ["late-rise", "late-fall"] == [one.code for one in tb.audit(rows, TIMELINE)]


def test_the_tiers_of_another_edition_are_one_finding() -> None:
    """A record that follows the thresholds of FY21 in FY20 is one finding (D7)."""
    scores = {"FY20 Q1": 460, "FY20 Q2": 710, "FY20 Q3": 100, "FY20 Q4": 460, "FY21 Q1": 100}
    timeline = tb.evaluate(scores, program=GUILD, starting_tier="Provisional")
    rows = [
        (date(2019, 3, 1), "Provisional"),
        (date(2019, 6, 1), "Silver"),
        (date(2019, 9, 1), "Gold"),
        (date(2020, 3, 1), "Silver"),
    ]
    (found,) = tb.audit(rows, timeline)
    assert [("other-edition", "2019-06-01", "Crest", "Ridge")] == in_short(found)
    assert "the edition of FY21 Q1" in found.reason.text
    by_tier = tb.evaluate(
        {**scores, "FY20 Q1": Tier.CREST}, program=GUILD, starting_tier="Provisional"
    )  # which is Crest by any edition
    assert ["missed-rise", "other-edition"] == [one.code for one in tb.audit(rows, by_tier)]


def test_a_mistake_is_seen_in_the_days_that_are_checked() -> None:
    """Days after `as_of` do not count against a repeated mistake."""
    rows = [RIGHT[0], (date(2023, 5, 1), "Ridge"), (date(2023, 8, 1), "Crest")]
    for day in (date(2024, 1, 1), date(2025, 1, 31)):
        assert ["no-review"] == [one.code for one in tb.audit(rows, TIMELINE, as_of=day)]


def test_stops_that_are_last_days_are_read_as_they_are_meant() -> None:
    """Two stops that are one day early are one finding, unless another stop is right; one such stop is a gap."""
    stops = [date(2023, 5, 31), date(2023, 8, 31), date(2025, 2, 28), None]
    rows = [(start, stop, tier) for (start, tier), stop in zip(RIGHT, stops)]
    (found,) = tb.audit(rows, TIMELINE)
    assert ("last-days", date(2023, 5, 31), (0, 1, 2)) == (found.code, found.on, found.rows)
    assert (3, tuple((stop, stop + ONE_DAY) for stop in stops if stop)) == (found.days, found.spans)
    assert (found,) == tb.audit_rows(rows)
    assert (found,) == tb.audit([*rows[:3], (*RIGHT[3][:1], date(2025, 5, 31), "Ridge")], TIMELINE)
    one = [rows[0], *RIGHT[1:]]
    assert [("gap", "2023-05-31", "Base", None)] == in_short(*tb.audit([rows[0], rows[0], *one], TIMELINE))
    days = [date(2023, 5, 30), date(2023, 8, 30), date(2025, 2, 27)]
    short = [*((start, stop, tier) for (start, tier), stop in zip(RIGHT, days)), RIGHT[3]]
    assert ["gap", "gap", "gap"] == [found.code for found in tb.audit(short, TIMELINE)]
    mixed = [*rows[:2], (*rows[2][:1], date(2025, 3, 1), "Crest"), rows[3]]
    assert ["gap", "gap"] == [found.code for found in tb.audit(mixed, TIMELINE)]


# Records that nearly have a pattern: the quarterly scores from FY24 Q1 on, the starting tier, the rows, and the findings.
NEARLY: dict[str, tuple[list[int], str, list[tuple[date, str]], list[tuple[str, str, str, str]]]] = {
    "one whole fault by a mistake, and half of another": (
        [760, 0, 0, 0, 540, 0, 0, 0, 0, 0, 0, 0, 0],
        "Base",
        [(date(2023, 3, 1), "Base"), (date(2023, 6, 1), "Summit"), (date(2026, 4, 10), "Ridge")],
        [
            ("start-held", "2025-03-01", "Crest", "Summit"),
            ("start-held", "2026-03-01", "Base", "Summit"),
            ("fall-inside-year", "2026-04-10", "Base", "Ridge"),
        ],
    ),
    "one fault by a mistake": (
        [760, 0, 0, 0, 0, 0, 0, 0, 310],
        "Base",
        [(date(2023, 3, 1), "Base"), (date(2023, 6, 1), "Summit"), (date(2024, 7, 10), "Base"), (date(2024, 8, 20), "Summit")],
        [("fall-inside-year", "2024-07-10", "Summit", "Base"), ("start-held", "2025-03-01", "Base", "Summit")],
    ),
    "a record that was left alone after a slip": (
        [760, 0, 0, 0, 540, 0, 0, 0, 0, 0, 0, 0],
        "Summit",
        [(date(2023, 3, 1), "Summit"), (date(2023, 7, 10), "Base"), (date(2023, 8, 20), "Summit")],
        [
            ("fall-inside-year", "2023-07-10", "Summit", "Base"),
            ("start-held", "2025-03-01", "Crest", "Summit"),
            ("start-held", "2026-03-01", "Base", "Summit"),
        ],
    ),
    "a record that was left alone until a change to another tier": (
        [760, 0, 0, 0, 540, 0, 0, 0, 310, 0, 0, 0, 0, 0, 0, 0],
        "Summit",
        [(date(2023, 3, 1), "Summit"), (date(2027, 3, 1), "Crest")],
        [
            ("start-held", "2025-03-01", "Crest", "Summit"),
            ("start-held", "2026-03-01", "Ridge", "Summit"),
            ("start-too-high", "2027-03-01", "Base", "Crest"),
        ],
    ),
    "Q4 alone on two of three March 1, and a rise that is missed after the third": (
        [540, 0, 0, 0, 540, 0, 0, 0, 540, 0, 0, 0, 540],
        "Base",
        [
            (date(2023, 3, 1), "Base"),
            (date(2023, 6, 1), "Crest"),
            (date(2024, 3, 1), "Base"),
            (date(2024, 6, 1), "Crest"),
            (date(2025, 3, 1), "Base"),
            (date(2025, 6, 1), "Crest"),
            (date(2026, 3, 1), "Base"),
        ],
        [
            ("final-quarter-only", "2024-03-01", "Crest", "Base"),
            ("start-final-quarter", "2026-03-01", "Crest", "Base"),
        ],
    ),
    "changes on each March 1, and on other days": (
        [310, 0, 0, 0, 540, 0, 0, 0, 760],
        "Base",
        [
            (date(2023, 3, 1), "Base"),
            (date(2024, 3, 1), "Ridge"),
            (date(2025, 3, 1), "Crest"),
            (date(2025, 4, 10), "Base"),
            (date(2025, 4, 20), "Crest"),
        ],
        [
            ("late-rise", "2023-06-01", "Ridge", "Base"),
            ("late-rise", "2024-06-01", "Crest", "Ridge"),
            ("fall-inside-year", "2025-04-10", "Crest", "Base"),
            ("missed-rise", "2025-06-01", "Summit", "Crest"),
        ],
    ),
    "notification days, of which only the first leads to the right tier": (
        [310, 540, 0, 0],
        "Base",
        [
            (date(2023, 3, 1), "Ridge"),
            (date(2023, 3, 3), "Base"),
            (date(2023, 6, 3), "Summit"),
            (date(2023, 7, 10), "Ridge"),
            (date(2023, 9, 5), "Summit"),
        ],
        [
            ("wrong-tier", "2023-03-01", "Base", "Ridge"),
            ("missed-rise", "2023-06-01", "Ridge", "Base"),
            ("no-evaluation", "2023-06-03", "Ridge", "Summit"),
            ("missed-rise", "2023-09-01", "Crest", "Ridge"),
            ("no-evaluation", "2023-09-05", "Crest", "Summit"),
        ],
    ),
}


@pytest.mark.parametrize("case", NEARLY)
def test_what_is_nearly_a_pattern_is_none(case: str) -> None:
    """A mistake needs two whole faults, a change of the record that follows from it, and no fault beyond its own days."""
    scores, starting_tier, rows, expected = NEARLY[case]
    first = FiscalQuarter(2024, 1)
    quarters = {first + place: score for place, score in enumerate(scores)}
    timeline = tb.evaluate(quarters, program=MODEL, starting_tier=starting_tier)
    assert expected == in_short(*tb.audit(rows, timeline))
