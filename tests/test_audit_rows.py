"""Rows without scores: the findings in them, the reading of rows, and rejected rows."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import attrs
import pytest
from made_up import GUILD, MODEL
from records import SCORES, TIMELINE, in_short

import tbtier as tb
from tbtier import Tier
from tbtier.rules import Program

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
    "letters, and a rise out of nothing": (
        [(date(2023, 3, 1), "Base"), (date(2023, 6, 2), "Ridge"), (date(2023, 9, 5), "Crest"), (date(2023, 10, 10), "Summit")],
        [("notification-dates", "2023-06-02", None, "Ridge"), ("no-evaluation", "2023-10-10", None, "Summit")],
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
    "a gap that stops on a February 1 is no such program year": (
        [(date(2023, 3, 1), date(2024, 1, 30), "Crest"), (date(2024, 2, 1), "Ridge"), (date(2025, 2, 1), "Base")],
        [
            ("gap", "2024-01-30", None, None),
            ("fall-inside-year", "2024-02-01", "Crest", "Ridge"),
            ("fall-inside-year", "2025-02-01", "Ridge", "Base"),
        ],
    ),
    "nor is a gap that starts there": (
        [(date(2023, 3, 1), date(2024, 2, 1), "Crest"), (date(2024, 2, 9), "Crest"), (date(2025, 2, 1), "Base")],
        [("gap", "2024-02-01", None, None), ("fall-inside-year", "2025-02-01", "Crest", "Base")],
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


ROWS = "an iterable, each row a (first day, tier) pair or a (first day, stop, tier) triple, or a mapping from ints to such rows"


@pytest.mark.parametrize("case", WITHOUT_SCORES)
def test_rows_alone(case: str) -> None:
    """The findings do not depend on the order of the rows."""
    rows, expected = WITHOUT_SCORES[case]
    assert expected == in_short(*tb.audit_rows(rows))
    assert expected == in_short(*tb.audit_rows(rows[::-1]))


def test_without_scores_nobody_knows_how_many_days_are_wrong() -> None:
    """Without scores, a fall, a rise and a pattern have no stop, so their days are not counted; the days of a gap are."""
    (letters,) = tb.audit_rows(WITHOUT_SCORES["letters"][0])
    assert (((date(2023, 6, 2), None),), None) == (letters.spans, letters.days)
    assert "wrong on" not in str(letters)
    text = "what takes effect on the first day of a month is recorded later, in the week of notification (2 times)"
    assert text == letters.reason.text
    gap, fall = tb.audit_rows(WITHOUT_SCORES["a gap, and a fall in it"][0])
    assert (31, None) == (gap.days, fall.days)


def test_the_first_and_the_last_day_of_a_row_that_can_be() -> None:
    """A row may begin on 0001-06-01 or on 9999-01-31, and a row may stop on this day."""
    assert () == tb.audit_rows([(date(1, 6, 1), "Base"), (date(9999, 1, 31), "Base")])
    rows = [(date(9998, 3, 1), date(9999, 1, 31), "Crest"), (date(9999, 1, 31), "Base")]
    assert [("fall-inside-year", "9999-01-31", "Crest", "Base")] == in_short(*tb.audit_rows(rows))


def test_rows_after_the_end_of_a_program_are_not_checked() -> None:
    """Rows after the end of a program may have other tiers, and are one finding."""
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
    """A row may use the name of a tier or a label of any edition; a label of two tiers is rejected."""
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
        ("2023-03-01", TypeError, f"rows must be {ROWS}, got '2023-03-01'"),
        (b"2023-03-01", TypeError, f"rows must be {ROWS}, got b'2023-03-01'"),
        (7, TypeError, f"rows must be {ROWS}, got 7"),
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
    """The error names the row by its index or its number, the wanted value and the given value."""
    given = [(rows, message)]
    if isinstance(rows, list):
        numbered = {71 - place: row for place, row in enumerate(rows)}
        given += [(numbered, re.sub(r"rows\[(\d)\]", lambda row: f"rows[{71 - int(row[1])}]", message))]
    for record, start in given:
        for audit in (lambda record=record: tb.audit(record, TIMELINE), lambda record=record: tb.audit_rows(record)):
            with pytest.raises(error) as refused:
                audit()
            assert str(refused.value).startswith(start)
            assert isinstance(refused.value, tb.errors.TbtierError)


@pytest.mark.parametrize("number", ["2", 2.0, True, None, date(2023, 3, 1)])
def test_the_number_of_a_row_is_an_int(number: Any) -> None:
    """The number of a row in a mapping must be an int; a bool is rejected."""
    for audit in (lambda rows: tb.audit(rows, TIMELINE), tb.audit_rows):
        with pytest.raises(tb.errors.WrongTypeError, match=r"^the number of a row must be an int, got "):
            audit({7: (date(2023, 3, 1), "Base"), number: (date(2023, 6, 1), "Ridge")})


def test_a_stop_at_the_end_of_the_calendar_means_that_a_row_goes_on() -> None:
    """A stop of 9999-12-31 is an open end, so a row that begins later is an overlap."""
    rows = [(date(2023, 3, 1), date(9999, 12, 31), "Crest"), (date(2023, 9, 1), "Ridge")]
    assert [("overlap", "2023-09-01", None, None)] == in_short(*tb.audit_rows(rows))
    assert ["overlap"] == [one.code for one in tb.audit(rows, TIMELINE)][-1:]
    assert () == tb.audit_rows([(date(2023, 3, 1), date(9999, 12, 31), "Crest")])


def test_a_row_that_goes_on_has_no_stop_where_stops_are_last_days() -> None:
    """A stop of 9999-12-31 means that the row goes on, even if other stops are last days."""
    closed = [(date(2023, 3, 1), date(2023, 5, 31), "Base"), (date(2023, 6, 1), date(2023, 8, 31), "Ridge")]
    last = tb.audit_rows([*closed, (date(2023, 9, 1), date(9999, 12, 31), "Base"), (date(2023, 9, 1), "Crest")])[-1]
    assert ("overlap", None) == (last.code, last.stop)
