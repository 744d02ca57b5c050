"""Fiscal time, fact by fact; test_laws_of_time has the laws."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs
import freezegun
import numpy
import pandas
import pytest
from hypothesis.vendor.pretty import pretty
from made_up import MODEL, PUBLISHED

from tbtier import FiscalQuarter, FiscalYear, ProgramYear, audit_rows, evaluate
from tbtier.errors import ParseError, WrongTypeError
from tbtier.fiscal import quarter_at
from tbtier.rules import ProgramEnd
from tbtier.rules.cycles import cycle_at

Q1 = FiscalQuarter(2024, 1)


@pytest.mark.parametrize(
    "text", ["FY24 Q1", "FY24Q1", "FY2024 Q1", "FY2024-Q1", "fy2024_q1", "Q1 FY24", "q1fy2024", "Q1-FY24", " FY24 Q1\n"]
)
def test_these_spellings_are_read(text: str) -> None:
    """Each accepted spelling is the same quarter."""
    assert Q1 == FiscalQuarter.parse(text)


@pytest.mark.parametrize("text", ["FY24", "fy24", "FY2024", " Fy2024\n"])
def test_years_are_read_in_upper_or_lower_case(text: str) -> None:
    """A fiscal year and a program year are read as a quarter is."""
    assert FiscalYear(2024) == FiscalYear.parse(text)
    assert ProgramYear(2024) == ProgramYear.parse(text.upper().replace("FY", "PY"))
    assert ProgramYear(2024) == ProgramYear.parse(text.lower().replace("fy", "py"))


class Lookalike:
    """An object that has a frequency and nothing else of a period."""

    freqstr = "Q-JAN"


def test_a_pandas_period_is_read() -> None:
    """A pandas period of a year that ends in January is the same span of days."""
    period = pandas.Period("2023-04-30", freq="Q-JAN")
    quarter = FiscalQuarter.from_period(period)
    assert FiscalQuarter.containing(date(2023, 4, 30)) == quarter
    assert (period.start_time.date(), period.end_time.date()) == (quarter.start, quarter.last_day)


class Period:
    """A period as a version of pandas may show it: quarters are named by their ends."""

    freqstr, qyear, quarter = "QE-JAN", 2024, 1


def test_a_frequency_may_be_named_by_the_ends_of_quarters() -> None:
    """pandas has two names for quarters of a year that ends in January."""
    assert Q1 == FiscalQuarter.from_period(Period())


@pytest.mark.parametrize(
    "period",
    [
        pandas.Period("2023-04-30", freq="Q"),
        pandas.Period("2023-04-30", freq="M"),
        pandas.NaT,
        "2024Q1",
        None,
        2024,
        Lookalike(),
    ],
)
def test_another_period_is_refused(period: object) -> None:
    """A calendar quarter lies in two fiscal quarters, so only quarters of years that end in January are read."""
    advice = 'period.asfreq("Q-JAN") converts days and months; a calendar quarter lies in two fiscal quarters'
    with pytest.raises(WrongTypeError, match="period must be a pandas Period of the frequency Q-JAN, got") as refused:
        FiscalQuarter.from_period(period)
    assert advice == refused.value.advice


class January(date):
    """A day that says that it is in January."""

    @property
    def month(self) -> int:  # type: ignore[override]  # it lies
        """Lie."""
        return 1


class First(date):
    """A day that says that it is before no day, and after every day."""

    def __ge__(self, other: object) -> bool:
        return True

    __gt__ = __ge__


class Spelled(str):
    """Text that equals other text."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("FY24 Q1")


def test_a_subclass_leaves_nothing_behind() -> None:
    """A date or text of a subclass is read by its real value, and leaves no wrong answer in a cache."""
    assert FiscalQuarter(2024, 2) == FiscalQuarter.containing(January(2023, 6, 1))
    assert FiscalQuarter(2024, 2) == FiscalQuarter.containing(date(2023, 6, 1))
    assert FiscalQuarter(2024, 1) == FiscalQuarter.parse("FY24 Q1")
    with pytest.raises(ParseError):
        FiscalQuarter.parse(Spelled("nonsense"))


def test_a_subclass_is_kept_as_a_date() -> None:
    """Rows and the end of a program hold plain dates, even if a subclass was given."""
    day = January(2023, 6, 1)
    (first, *_) = audit_rows([(day, "Ridge"), (date(2023, 6, 8), "Crest")])
    end = ProgramEnd(on=day, replaced_by="a test", citation=PUBLISHED)
    timeline = evaluate({"FY24 Q2": 310}, program=MODEL, starting_tier="Base", start=day)
    assert {date} == {type(first.on), type(end.on), type(timeline.start), type(timeline.explain(day).day)}
    assert "FY24 Q1" == str(end.start)


def test_what_a_subclass_says_changes_no_answer() -> None:
    """A timeline as known on a day is that of the real date."""
    timeline = evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=MODEL, starting_tier="Base")
    assert timeline.as_known_on(date(2023, 7, 31)) == timeline.as_known_on(First(2023, 7, 31))


def test_frozen_days_leave_nothing_behind() -> None:
    """Answers that are cached while time is frozen hold plain dates."""
    quarter = FiscalQuarter(3000, 1)
    with freezegun.freeze_time("2023-06-01"):
        cycle = cycle_at(quarter._ordinal)
        assert FiscalQuarter(2024, 2) == FiscalQuarter.containing(datetime.now(UTC).date())
        frozen = evaluate({"FY24 Q1": 310}, program=MODEL, starting_tier="Base", start=date(2023, 6, 1))
    timeline = evaluate({"FY24 Q1": 310}, program=MODEL, starting_tier="Base", start=date(2023, 6, 1))
    days = [cycle.effective_on, cycle.closes_on, cycle.notified_by, quarter.start]
    days += [frozen.stop, frozen.start, timeline.start, timeline.stop, *(period.start for period in timeline.periods)]
    assert {date} == set(map(type, days))


@pytest.mark.parametrize(
    ("year", "text"),
    [(2, "FY0002"), (999, "FY0999"), (1999, "FY1999"), (2000, "FY00"), (2009, "FY09"), (2099, "FY99"), (2100, "FY2100")],
)
def test_two_digits_mean_this_century(year: int, text: str) -> None:
    """Years outside 2000 to 2099 are written with four digits."""
    assert text == str(FiscalYear(year))
    assert f"{text} Q3" == str(FiscalQuarter(year, 3))
    assert text.replace("FY", "PY") == str(ProgramYear(year))


def test_a_quarter_knows_its_days() -> None:
    """Spans are half-open: `stop` is the first day after the last one."""
    assert (date(2023, 2, 1), date(2023, 5, 1), date(2023, 4, 30)) == (Q1.start, Q1.stop, Q1.last_day)
    assert date(2023, 2, 1) in Q1
    assert date(2023, 4, 30) in Q1
    assert date(2023, 5, 1) not in Q1
    assert date(2023, 1, 31) not in Q1


def test_years_know_their_days() -> None:
    """A program year is a month behind its fiscal year."""
    fiscal, program = FiscalYear(2024), ProgramYear(2024)
    assert (date(2023, 2, 1), date(2024, 2, 1), date(2024, 1, 31)) == (fiscal.start, fiscal.stop, fiscal.last_day)
    assert (date(2023, 3, 1), date(2024, 3, 1), date(2024, 2, 29)) == (program.start, program.stop, program.last_day)
    assert date(2024, 2, 29) in program
    assert date(2024, 2, 29) not in fiscal
    assert tuple(FiscalQuarter(2024, number) for number in (1, 2, 3, 4)) == fiscal.quarters


class Four:
    """An integer of some other library."""

    def __index__(self) -> int:
        return 4


def test_quarters_are_counted() -> None:
    """`+` and `-` count in quarters, also with integers of numpy."""
    assert FiscalQuarter(2024, 2) == Q1 + 1
    assert FiscalQuarter(2023, 4) == Q1 - 1
    assert 5 == (Q1 + 5) - Q1
    assert -5 == Q1 - (Q1 + 5)
    assert FiscalQuarter(2025, 1) == Q1 + numpy.int64(4)
    assert FiscalQuarter(2023, 1) == Q1 - numpy.int64(4)
    assert (FiscalQuarter(2025, 1), FiscalQuarter(2023, 1)) == (Q1 + Four(), Q1 - Four())  # type: ignore[operator]  # what is tested


@pytest.mark.parametrize("other", [True, 1.0, "1", None])
def test_only_ints_are_added(other: object) -> None:
    """Adding anything but an int raises Python's own TypeError."""
    with pytest.raises(TypeError, match="unsupported operand"):
        Q1 + other  # type: ignore[operator]  # what is tested
    with pytest.raises(TypeError, match="unsupported operand"):
        Q1 - other  # type: ignore[operator]  # what is tested
    with pytest.raises(TypeError, match="unsupported operand"):
        Q1 + Q1  # type: ignore[operator]  # what is tested


def test_quarters_have_an_order() -> None:
    """Quarters are ordered by time, and have no order with values of other types."""
    assert Q1 < Q1 + 1
    assert Q1 <= Q1
    assert Q1 <= Q1 + 1
    assert Q1 + 1 > Q1
    assert Q1 >= Q1
    assert Q1 + 1 >= Q1
    assert not Q1 < Q1
    assert not Q1 > Q1
    assert not Q1 > Q1 + 1
    assert not Q1 + 1 < Q1
    assert not Q1 + 1 <= Q1
    assert not Q1 >= Q1 + 1
    for compare in ("__lt__", "__le__", "__gt__", "__ge__", "__eq__"):
        assert NotImplemented is getattr(Q1, compare)(8096)


def test_strangers_are_not_equal() -> None:
    """Comparison with a value of another type is False, also with `None`."""
    assert Q1 != None  # noqa: E711  # what is tested
    assert Q1 != 8096
    assert Q1 != "FY24 Q1"
    assert FiscalYear(2024) != ProgramYear(2024)
    assert FiscalYear(2024) != 2024
    assert FiscalYear(2024) < FiscalYear(2025)
    with pytest.raises(TypeError):
        _ = FiscalYear(2024) < ProgramYear(2025)


def test_equality_never_rests_on_sharing() -> None:
    """Quarters are shared to save time; one made anew is equal, and hashes the same."""
    assert quarter_at(8096) is FiscalQuarter.containing(date(2023, 2, 1))
    assert quarter_at(8096) is not FiscalQuarter(2024, 1)
    assert quarter_at(8096) == FiscalQuarter(2024, 1)
    assert 1 == len({quarter_at(8096), FiscalQuarter(2024, 1)})
    assert 8096 == Q1._ordinal


def test_quarters_near_each_other_have_different_hashes() -> None:
    """Sets and dicts of quarters are as fast as those of ints."""
    assert 400 == len({hash(Q1 + place) for place in range(400)})


def test_fiscal_time_is_shown_by_its_representation() -> None:
    """Hypothesis and IPython print a quarter as a person would write it."""
    assert "FiscalQuarter(year=2024, number=1)" == pretty(Q1)


def test_a_quarter_is_evolved() -> None:
    """The private count of quarters follows the year and the number."""
    assert FiscalQuarter(2025, 1) == attrs.evolve(Q1, year=2025)
    assert not hasattr(Q1, "ordinal")


def test_integers_of_numpy_are_years() -> None:
    """A year may come from numpy, and is kept as an int."""
    quarter = FiscalQuarter(numpy.int64(2024), numpy.int8(1))
    assert Q1 == quarter
    assert "FiscalQuarter(year=2024, number=1)" == repr(quarter)
    assert "ProgramYear(year=2024)" == repr(ProgramYear(numpy.int16(2024)))


def test_a_subclass_of_date_is_a_date() -> None:
    """What is a date and no datetime is taken, such as the dates that a test suite freezes."""

    class Frozen(date):
        pass

    assert Q1 == FiscalQuarter.containing(Frozen(2023, 4, 30))
    assert Frozen(2023, 4, 30) in Q1
    assert not isinstance(Frozen(2023, 4, 30), datetime)


def test_quarters_are_immutable() -> None:
    """No attribute of a quarter can be set."""
    with pytest.raises(AttributeError):
        Q1.year = 2025  # type: ignore[misc]  # what is tested
    with pytest.raises(AttributeError):
        Q1.other = 1  # type: ignore[attr-defined]  # what is tested
    with pytest.raises(AttributeError):
        FiscalYear(2024).other = 1  # type: ignore[attr-defined]  # what is tested
