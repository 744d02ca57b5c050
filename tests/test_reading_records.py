"""Cells and rows that `read_records` reads or rejects, and audits of the records."""

from __future__ import annotations

import copy
import csv
import io
import pickle
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import numpy
import pandas
import pytest
from made_up import BEST_OF_FOUR, GUILD
from records import RIGHT, TIMELINE

import tbtier as tb
from tbtier import Tier
from tbtier.errors import ParseError, RangeError, ReadingError, TbtierError, WrongTypeError
from tbtier.errors.values import shown
from tbtier.reading import PartnerRecords, Problem, read_records

COLUMNS: dict[str, Any] = {"partner": "Account", "start": "From", "stop": "To", "tier": "Level"}
APRIL_30 = date(2023, 4, 30)


def of_row(**cells: Any) -> PartnerRecords:
    """Return the reading of a correct row with some cells replaced; `date_format` and `program` become arguments."""
    options = {name: cells.pop(name) for name in ("date_format", "program") if name in cells}
    return read_records([{"Account": "A", "From": "2023-03-01", "To": "", "Level": "Ridge", **cells}], **COLUMNS, **options)


def refused(read: PartnerRecords) -> Problem:
    """Return the only problem of a reading without a record."""
    assert {} == read.records
    (problem,) = read.problems
    return problem


class Day(date):
    """A subclass of `date`."""


DAYS = [
    APRIL_30,
    Day(2023, 4, 30),
    datetime.combine(APRIL_30, time()),
    datetime.combine(APRIL_30, time(fold=1)),
    pandas.Timestamp("2023-04-30"),
    "2023-04-30",
    " 2023-04-30\n",
    "2023-04-30T00:00",
    "2023-04-30 00:00:00",
    "2023-04-30T00:00:00.000000",
]


@pytest.mark.parametrize("value", DAYS, ids=repr)
@pytest.mark.parametrize("date_format", [None, "%m/%d/%Y"])
def test_a_day_is_read(value: Any, date_format: str | None) -> None:
    """A day is a date, a datetime at midnight without a time zone, or ISO text; a format applies to text only."""
    if isinstance(value, str):
        date_format = None
    record = of_row(From=value, date_format=date_format).records["A"]
    assert {2: (APRIL_30, None, Tier.RIDGE)} == record
    assert date is type(record[2][0])
    assert {2: (date(2023, 3, 1), APRIL_30, Tier.RIDGE)} == of_row(
        From=date(2023, 3, 1), To=value, date_format=date_format
    ).records["A"]


FORMS = [
    ("%m/%d/%Y", "04/30/2023"),
    ("%m/%d/%Y", "4/30/2023"),
    ("%d.%m.%Y", " 30.4.2023 "),
    ("%d %B %Y", "30 april 2023"),
    ("%d-%b-%y", "30-Apr-23"),
    ("%Y%m%d", "20230430"),
    ("%Y-%j", "2023-120"),
    ("%G-W%V-%u", "2023-W17-7"),
    ("%m/%d/%Y %H:%M", "4/30/2023 0:00"),
    ("%d年%m月%Y", "30年04月2023"),
    ("%Y-%m-%d" + "." * 90, "2023-04-30" + "." * 90),
]


@pytest.mark.parametrize(("date_format", "text"), FORMS)
def test_a_day_is_read_by_its_format(date_format: str, text: str) -> None:
    """A format of whole days is accepted, with or without a time; the time must be midnight."""
    assert {2: (APRIL_30, None, Tier.RIDGE)} == of_row(From=text, date_format=date_format).records["A"]


class Elsewhere(tzinfo):
    """A time zone whose offset depends on the day, as in a named time zone."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return the offset on a day."""
        return moment and timedelta(hours=9)


NO_DAYS: list[tuple[Any, type[TbtierError], str]] = [
    ("", ParseError, "'' is not a date: write it as 2023-04-30; give a day without a time; date_format= reads other forms"),
    ("N/A", ParseError, "'N/A' is not a date"),
    ("4/5/2023", ParseError, "write it as 2023-04-05 or 2023-05-04; give the order with date_format="),
    ("5.4.2023", ParseError, "write it as 2023-05-04 or 2023-04-05; give the order with date_format="),
    (" 4/5/2023\n", ParseError, r"' 4/5/2023\n' is not a clear date: write it as 2023-04-05 or 2023-05-04; give the order"),
    ("\t4/5/23 ", ParseError, r"'\t4/5/23 ' is not a date: write it as 2023-04-30; give a day without a time; date_format="),
    ("4-5-2023", ParseError, "write it as 2023-04-05 or 2023-05-04"),
    ("4/30/2023", ParseError, "'4/30/2023' is not a clear date: write it as 2023-04-30; give the order with date_format="),
    ("30/4/2023", ParseError, "is not a clear date: write it as 2023-04-30; give the order with date_format="),
    ("4/4/2023", ParseError, "is not a clear date: write it as 2023-04-04; give the order with date_format="),
    ("2/30/2023", ParseError, "'2/30/2023' is not a date: write it as 2023-04-30; give a day without a time"),
    ("4/5.2023", ParseError, "is not a date"),
    ("4/5/23", ParseError, "is not a date"),
    ("2023-02-30", ParseError, "'2023-02-30' is not a date"),
    ("2023-4-30", ParseError, "is not a date"),
    ("20230430", ParseError, "is not a date"),
    ("2023-04-30T00:00:01", ParseError, "give a day without a time"),
    ("2023-04-30T12:00", ParseError, "give a day without a time"),
    ("2023-04-30T00:00Z", ParseError, "give a day without a time"),
    ("2023-04-30 00:00:00.001", ParseError, "give a day without a time"),
    ("\N{ARABIC-INDIC DIGIT TWO}023-04-30", ParseError, "is not a date"),
    ("\N{FULLWIDTH DIGIT FOUR}/5/2023", ParseError, "is not a date: write it as 2023-04-30"),
    ("2023-04-30" + " " * 100 + "x", ParseError, "is not a date"),
    ("4" * 1_000_000, ParseError, "is not a date"),
    ("45046", ParseError, "is not a date"),
    (45046, WrongTypeError, "day must be a date, got 45046: convert it to a datetime.date"),
    (None, WrongTypeError, "there is no day; leave it out"),
    (pandas.NaT, WrongTypeError, "there is no day; leave it out"),
    (float("nan"), WrongTypeError, "there is no day; leave it out"),
    (True, WrongTypeError, "day must be a date"),
    (datetime.combine(APRIL_30, time(12)), WrongTypeError, "take .date() in the time zone that is meant"),
    (datetime.combine(APRIL_30, time(microsecond=1)), WrongTypeError, "take .date() in the time zone that is meant"),
    (datetime(2023, 4, 30, tzinfo=UTC), WrongTypeError, "take .date() in the time zone that is meant"),
    (datetime(2023, 4, 30, tzinfo=Elsewhere()), WrongTypeError, "take .date() in the time zone that is meant"),
    (pandas.Timestamp("2023-04-30", tz="UTC"), WrongTypeError, "take .date() in the time zone that is meant"),
    (pandas.Timestamp("2023-04-30 12:00"), WrongTypeError, "take .date() in the time zone that is meant"),
    (numpy.datetime64("2023-04-30"), WrongTypeError, "take .astype('datetime64[D]').item()"),
    (tb.FiscalQuarter(2024, 1), WrongTypeError, "take .start or .last_day"),
]


@pytest.mark.parametrize(("value", "kind", "words"), NO_DAYS, ids=lambda value: repr(value)[:30])
def test_what_is_no_day_is_a_problem(value: Any, kind: type[TbtierError], words: str) -> None:
    """A cell without a day is the only problem of its row; if a text has two readings, the message names both."""
    problem = refused(of_row(From=value))
    assert (2, "From", "A", kind) == (problem.row, problem.column, problem.partner, type(problem.error))
    assert problem.value is value
    assert str(problem).startswith("row 2, column 'From': ")
    assert words in str(problem)


OTHER_FORMS = [
    ("%m/%d/%Y", text)
    for text in (
        "2/30/2023",
        "30/4/2023",
        "2023-04-30",
        "",
        " 2023-04-30\n",
        "4/30/23",
        "4/30/2023 00:00",
        "4/30/202\N{ARABIC-INDIC DIGIT THREE}",
        "4/2\N{FULLWIDTH DIGIT NINE}/2023",
        "x" * 200,
    )
]
OTHER_FORMS += [("%m/%d/%Y %H:%M", "4/30/2023 0:01"), ("%Y-%m-%d" + "." * 90, "2023-04-30" + "." * 91)]


@pytest.mark.parametrize(("date_format", "text"), OTHER_FORMS)
def test_a_text_of_another_form_is_a_problem(date_format: str, text: str) -> None:
    """With a format, text in another form is never read, and the message shows a day in the right form."""
    problem = refused(of_row(From=text, date_format=date_format))
    words = f"row 2, column 'From': {shown(text)} is not a date: write it as {APRIL_30.strftime(date_format)}"
    assert (f"{words}; date_format is {date_format!r}", ParseError) == (str(problem), type(problem.error))


BROKEN = [
    "%m/%d",
    "%d",
    "%A %d %B",
    "%Y",
    "%Y-%m",
    "%m",
    "",
    "x",
    "%",
    "%Q",
    "%Y%Y-%m-%d",
    "%Y-%m-%d %z",
    " %m/%d/%Y",
    "%m/%d/%Y ",
]
BROKEN += ["\0%Y-%m-%d", "\ud800%Y-%m-%d", "%%Y-%m-%d"]


@pytest.mark.parametrize("date_format", BROKEN, ids=repr)
def test_a_format_that_is_not_of_whole_days_is_refused(date_format: str) -> None:
    """A format raises immediately if it lacks a year, a month or a day, or if `strptime` rejects it."""
    with pytest.raises(ParseError, match=r"is not a format of days: write it as %m/%d/%Y or %d\.%m\.%Y$"):
        read_records([], **COLUMNS, date_format=date_format)


@pytest.mark.parametrize("value", ["", " ", "-", "N/A", None, pandas.NaT, float("nan"), pandas.NA], ids=repr)
def test_a_row_without_a_stop_goes_on(value: Any) -> None:
    """A row goes on if its stop is blank, or if the record has no column of stops."""
    expected = {"A": {2: (date(2023, 3, 1), None, Tier.RIDGE)}}
    assert PartnerRecords((), expected) == of_row(To=value)
    assert (
        expected
        == read_records([{"A": "A", "F": "2023-03-01", "T": value, "L": "Ridge"}], partner="A", start="F", tier="L").records
    )


@pytest.mark.parametrize("value", ["9999-12-31", date.max])
def test_the_last_day_of_all_is_a_stop(value: Any) -> None:
    """A stop in 9999, which many systems write if a row goes on, is read unchanged, and `audit` accepts it."""
    read = of_row(To=value)
    assert {"A": {2: (date(2023, 3, 1), date.max, Tier.RIDGE)}} == read.records
    expected = tb.audit({2: (date(2023, 3, 1), None, "Ridge")}, TIMELINE)
    assert [(one.code, one.on, one.stop, one.rows) for one in expected] == [
        (one.code, one.on, one.stop, one.rows) for one in tb.audit(read.records["A"], TIMELINE)
    ]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"To": "2023-03-01"}, "row 2: the stop of row 2 must be after its first day, 2023-03-01, got 2023-03-01"),
        ({"To": date(2023, 2, 28)}, "row 2: the stop of row 2 must be after its first day, 2023-03-01, got 2023-02-28"),
        ({"From": "0001-05-31"}, "row 2: the first day of row 2 must be from 0001-06-01 to 9999-01-31, got 0001-05-31"),
        ({"From": "9999-12-31"}, "row 2: the first day of row 2 must be from 0001-06-01 to 9999-01-31, got 9999-12-31"),
    ],
)
def test_days_that_contradict_each_other_are_a_problem_of_the_row(cells: dict[str, Any], words: str) -> None:
    """A row that covers no day, or begins before or after every possible day, is a problem with the row as given."""
    problem = refused(of_row(**cells))
    assert (None, "A", RangeError) == (problem.column, problem.partner, type(problem.error))
    assert {"Account": "A", "From": "2023-03-01", "To": "", "Level": "Ridge", **cells} == problem.value
    assert str(problem).startswith(words)


TIERS: list[tuple[Any, Any, Tier]] = [
    *((None, form, Tier.CREST) for form in ("Crest", "crest", " CREST ", Tier.CREST)),
    *((GUILD, form, Tier.CREST) for form in ("Crest", "gold", " GOLD\t", Tier.CREST)),
    (BEST_OF_FOUR, "provisional", Tier.PROVISIONAL),
]


@pytest.mark.parametrize(("program", "value", "tier"), TIERS)
def test_a_tier_is_read(program: Any, value: Any, tier: Tier) -> None:
    """A tier has its name or, with a program, a label of any edition, in upper or lower case."""
    assert {2: (date(2023, 3, 1), None, tier)} == of_row(Level=value, program=program).records["A"]


@pytest.mark.parametrize(
    ("program", "value", "kind"),
    [
        *((None, value, ParseError) for value in ("Gold", "", "N/A", "Crest!", "x" * 1_000_000)),
        *((GUILD, value, ParseError) for value in ("Diamond", "")),
        *((GUILD, value, WrongTypeError) for value in (3, None, float("nan"), True, b"Crest")),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_tier_is_a_problem(program: Any, value: Any, kind: type[TbtierError]) -> None:
    """A label that no edition has is a problem that lists the names of the tiers."""
    problem = refused(of_row(Level=value, program=program))
    assert (2, "Level", "A", kind) == (problem.row, problem.column, problem.partner, type(problem.error))
    assert problem.value is value
    if kind is WrongTypeError:
        assert f"row 2, column 'Level': tier must be a Tier or its name, got {shown(value)}" == str(problem)
    else:
        assert ("Gold" in str(problem).partition("write it as")[2]) is (program is GUILD)


def test_every_fault_of_a_row_is_a_problem() -> None:
    """All cells of a row are read, and a row with any problem is in no record."""
    rows = [{"Account": "", "From": "x", "To": "y", "Level": "z"}, {"Account": "B", "From": "", "To": "", "Level": "Base"}]
    read = read_records(rows, **COLUMNS)
    assert {} == read.records
    expected = [(2, column, None) for column in ("Account", "From", "To", "Level")] + [(3, "From", "B")]
    assert expected == [(problem.row, problem.column, problem.partner) for problem in read.problems]


@pytest.mark.parametrize("argument", list(COLUMNS))
def test_a_missing_column_is_a_problem(argument: str) -> None:
    """If a named column is missing, each row has a problem."""
    columns = {**COLUMNS, argument: "Elsewhere"}
    read = read_records([{"Account": "A", "From": "2023-03-01", "To": "2023-04-01", "Level": "Base"}], **columns)
    assert ({}, [(2, "Elsewhere")]) == (read.records, [(problem.row, problem.column) for problem in read.problems])


def test_rows_are_in_the_record_of_their_partner_by_number() -> None:
    """Rows in any order are numbered as in `read_scores`; an empty row is skipped."""
    text = "account ,FROM,To,level\n\nB,2023-06-01,,Crest\nA,2023-03-01,2023-06-01,Base\n,,,\nB,2023-03-01,,Ridge\n"
    read = read_records(csv.DictReader(io.StringIO(text)), **COLUMNS)
    march, june = date(2023, 3, 1), date(2023, 6, 1)
    b = {3: (june, None, Tier.CREST), 6: (march, None, Tier.RIDGE)}
    assert PartnerRecords((), {"B": b, "A": {4: (march, june, Tier.BASE)}}) == read


def test_rows_without_partners_are_of_one() -> None:
    """Without a column of partners, all rows belong to one partner, whose name is empty; keys are the numbers of rows."""
    read = read_records({9: {"F": "2023-03-01", "L": "Base"}, 4: {"F": "2023-06-01", "L": "?"}}, start="F", tier="L")
    assert {"": {9: (date(2023, 3, 1), None, Tier.BASE)}} == read.records
    assert [(4, "")] == [(problem.row, problem.partner) for problem in read.problems]


def test_audit_takes_a_record_and_names_its_rows() -> None:
    """A correct record has no findings; findings in a wrong record name the row numbers."""
    rows: list[dict[str, Any]] = [{"From": str(day), "Level": tier.upper()} for day, tier in RIGHT]
    record = read_records(rows, start="From", tier="Level").records[""]
    assert ((), ()) == (tb.audit(record, TIMELINE), tb.audit_rows(record))
    rows[2]["Level"] = "Summit"
    (found,) = tb.audit(read_records(rows, start="From", tier="Level").records[""], TIMELINE)
    assert (4,) == found.rows


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        *(({name: 1}, f"^{name} must be the header of a column, got 1") for name in COLUMNS),
        ({"stop": None, "last_day": 1}, "^last_day must be the header of a column, got 1"),
        ({"last_day": "Until"}, "^last_day must be None, since stop is given, got 'Until': the two say the same in two ways$"),
        ({"date_format": 1}, "date_format must be text such as '%m/%d/%Y', got 1"),
        ({"program": "GUILD"}, "program must be a Program"),
    ],
)
def test_wrong_arguments_are_refused(changed: dict[str, Any], words: str) -> None:
    """An argument of a wrong type raises immediately, even without rows."""
    with pytest.raises(WrongTypeError, match=words):
        read_records([], **{**COLUMNS, **changed})


def test_results_compare_pickle_and_copy() -> None:
    """A reading of records equals its copies, and raises its problems."""
    rows = [{"Account": "A", "From": day, "To": None, "Level": "Base"} for day in ("2023-03-01", "x", numpy.array([1, 2]))]
    read = read_records(rows, **COLUMNS)
    for twin in (pickle.loads(pickle.dumps(read)), copy.copy(read), copy.deepcopy(read), read_records(rows, **COLUMNS)):
        assert (read, repr(read)) == (twin, repr(twin))
    with pytest.raises(ReadingError, match=r"^2 problems in the rows:\n  row 3, column 'From': 'x' is not a date"):
        read.raise_problems()
    read_records(rows[:1], **COLUMNS).raise_problems()


def test_last_days_in_place_of_stops() -> None:
    """With `last_day`, a row is held up to and including that day, also for one day; a blank cell means that it goes on."""
    days = [("2023-03-01", "2023-05-31"), ("2023-06-01", "2023-06-01"), ("2023-06-02", ""), ("2023-07-01", "9999-12-31")]
    rows = [{"From": start, "Until": last, "Level": "Base"} for start, last in days]
    read = read_records(rows, start="From", last_day="Until", tier="Level")
    assert ((), [date(2023, 6, 1), date(2023, 6, 2), None, date(9999, 12, 31)]) == (
        read.problems,
        [stop for _, stop, _ in read.records[""].values()],
    )
    rows = [{"From": "3/1/2023", "Until": "5/31/2023", "Level": "Base"}]
    read = read_records(rows, start="From", last_day="Until", tier="Level", date_format="%m/%d/%Y")
    assert {"": {2: (date(2023, 3, 1), date(2023, 6, 1), Tier.BASE)}} == read.records
