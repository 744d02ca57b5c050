"""Laws of fiscal quarters, fiscal years and program years, and of their text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FIRST_DAY, LAST_DAY, boundary_days, days, quarters, spellings

from tbtier import FiscalQuarter, FiscalYear, ProgramYear

YEARS = range(2, 10_000)


@given(days())
def test_every_day_lies_in_exactly_one_quarter(day: date) -> None:
    """A day lies in the quarter that contains it, and in neither of its neighbours (R1)."""
    quarter = FiscalQuarter.containing(day)
    assert [quarter] == [near for near in (quarter - 1, quarter, quarter + 1) if day in near]
    assert quarter.start <= day <= quarter.last_day < quarter.stop


@given(days(date(4, 1, 1), date(9996, 12, 31)))
def test_every_day_lies_in_exactly_one_year(day: date) -> None:
    """A day lies in one fiscal year, that of its quarter, and in one program year, that of the month before (R1, R2)."""
    year = FiscalQuarter.containing(day).year
    near = range(year - 2, year + 3)
    assert [year] == [one for one in near if day in FiscalYear(one)] == [FiscalYear.containing(day).year]
    program_year = year - 1 if day.month == 2 else year
    assert [program_year] == [one for one in near if day in ProgramYear(one)] == [ProgramYear.containing(day).year]


def test_quarters_follow_one_on_the_other() -> None:
    """From year 2 to 9998 each quarter starts where the previous one stops, with the days of its three months (R1)."""
    chain = [FiscalQuarter(year, number) for year in YEARS for number in (1, 2, 3, 4)]
    assert chain[0].start < FIRST_DAY < LAST_DAY < chain[-1].stop
    for former, latter in pairwise(chain):
        assert former + 1 == latter
        assert former.stop == latter.start
        assert {former} == {FiscalQuarter.containing(former.start), FiscalQuarter.containing(former.last_day)}
    lengths = {1: {28 + 31 + 30, 29 + 31 + 30}, 2: {31 + 30 + 31}, 3: {31 + 30 + 31}, 4: {30 + 31 + 31}}
    for number, expected in lengths.items():
        assert expected == {(quarter.stop - quarter.start).days for quarter in chain if quarter.number == number}


def test_every_day_lies_in_the_quarter_of_its_month() -> None:
    """Each day of a century and each turn of a month long before and after is in the quarter that its month says (R1)."""
    number = {2: 1, 3: 1, 4: 1, 5: 2, 6: 2, 7: 2, 8: 3, 9: 3, 10: 3, 11: 4, 12: 4, 1: 4}
    every = map(date.fromordinal, range(date(1999, 1, 1).toordinal(), date(2102, 1, 1).toordinal()))
    for day in [*every, *boundary_days(FIRST_DAY, date(450, 1, 1)), *boundary_days(date(9600, 1, 1), LAST_DAY)]:
        expected = day.year if day.month == 1 else day.year + 1, number[day.month]
        quarter = FiscalQuarter.containing(day)
        assert expected == (quarter.year, quarter.number)


@pytest.mark.parametrize("kind", [FiscalYear, ProgramYear])
def test_years_follow_one_on_the_other(kind: type[FiscalYear] | type[ProgramYear]) -> None:
    """From year 2 to 9999 each year starts where the previous one stops, after 365 or 366 days (R1, R2)."""
    chain = [kind(year) for year in YEARS]
    month = {FiscalYear: 2, ProgramYear: 3}[kind]
    for former, latter in pairwise(chain):
        assert date(former.year, month, 1) == former.stop == latter.start
        assert {former} == {kind.containing(former.start), kind.containing(former.last_day)}
    lengths = {(year.stop - year.start).days for year in chain}
    assert lengths == {365, 366}


def test_text_and_quarter_are_inverses() -> None:
    """Every quarter is read back from its text, and the text is the same again (R1)."""
    for year in YEARS:
        name = f"FY{year - 2000:02}" if 2000 <= year <= 2099 else f"FY{year:04}"
        for number in (1, 2, 3, 4):
            quarter = FiscalQuarter(year, number)
            assert f"{name} Q{number}" == str(quarter)
            assert quarter == FiscalQuarter.parse(str(quarter))


@given(quarters)
def test_every_spelling_is_read_as_its_quarter(quarter: FiscalQuarter) -> None:
    """Every accepted spelling is read as the same quarter (R1)."""
    assert {quarter} == {FiscalQuarter.parse(text) for text in spellings(quarter)}


@pytest.mark.parametrize(("kind", "prefix"), [(FiscalYear, "FY"), (ProgramYear, "PY")])
def test_text_and_year_are_inverses(kind: type[FiscalYear] | type[ProgramYear], prefix: str) -> None:
    """Every fiscal year and program year is read back from its text, short or long (R1, R2)."""
    for year in YEARS:
        name = f"{prefix}{year - 2000:02}" if 2000 <= year <= 2099 else f"{prefix}{year:04}"
        assert name == str(kind(year))
        assert {kind(year)} == {kind.parse(name), kind.parse(f"{prefix}{year:04}")}


@given(quarters, st.integers(-4, 4), st.integers(-4, 4))
def test_quarters_are_counted(quarter: FiscalQuarter, one: int, other: int) -> None:
    """Adding and taking away quarters are inverses, and the order of quarters is that of their days (R1)."""
    assert one == (quarter + one) - quarter
    assert quarter == quarter + one - one == quarter - one + one
    assert ((quarter + one).start < (quarter + other).start) == (quarter + one < quarter + other)
    assert (one == other) == (quarter + one == quarter + other)
