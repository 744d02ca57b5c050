"""Cells and rows that `read_scores` reads or rejects."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy
import pandas
import pytest
from made_up import APPS, BEST_OF_FOUR, GUILD
from strategies import spellings

from tbtier import FiscalQuarter, ScoreHistory, Tier
from tbtier.errors import (
    MissingScoreError,
    ParseError,
    ProgramEndedError,
    RangeError,
    ReadingError,
    ScoreError,
    ScoreTypeError,
    TbtierError,
    UnknownRuleError,
    WrongTypeError,
)
from tbtier.reading import PartnerScores, Problem, read_scores

Q1 = FiscalQuarter(2024, 1)
NOT_PICKLED = lambda: 310  # noqa: E731  # a function of its own module would be pickled by its name
LONG = {"partner": "Account", "quarter": "Quarter", "score": "Score"}


def of_cell(value: Any, **options: Any) -> PartnerScores:
    """Return the reading of a row with one score."""
    return read_scores([{"Account": "Blue Anchor", "FY24 Q1": value}], partner="Account", **options)


def refused(read: PartnerScores) -> Problem:
    """Return the only problem of a reading without a history."""
    assert not read.histories
    (problem,) = read.problems
    return problem


def long_row(account: Any, quarter: Any, score: Any, **others: Any) -> dict[str, Any]:
    """Return a row with one score and its quarter."""
    return {"Account": account, "Quarter": quarter, "Score": score, **others}


SCORES: list[tuple[Any, int]] = [
    ("310", 310),
    (" 310 ", 310),
    ("\N{NO-BREAK SPACE}310\n", 310),
    ("0", 0),
    ("0310", 310),
    ("310.0", 310),
    ("310.00", 310),
    ("310.0000", 310),
    ("0.000", 0),
    ("1,020", 1020),
    ("1,020.0", 1020),
    ("1,020.000", 1020),
    ("12,345,678", 12_345_678),
    ("999999999", 999_999_999),
    ("999,999,999", 999_999_999),
    (310, 310),
    (0, 0),
    (310.0, 310),
    (999_999_999.0, 999_999_999),
    (-0.0, 0),
    (Decimal("310.00"), 310),
    (Decimal("3.1E2"), 310),
    (numpy.int64(310), 310),
    (numpy.uint8(31), 31),
    (numpy.float64(310), 310),
    (pandas.Series([310], dtype="Int64")[0], 310),
]


@pytest.mark.parametrize(("value", "score"), SCORES)
def test_a_score_is_read(value: Any, score: int) -> None:
    """Every accepted form of a score is read as a plain int."""
    read = of_cell(value)
    assert PartnerScores((), {"Blue Anchor": ScoreHistory({Q1: score})}, {}) == read
    assert int is type(read.histories["Blue Anchor"][Q1])


NO_SCORE: list[tuple[Any, type[TbtierError]]] = [
    *((text, ParseError) for text in ("1.020,5", "310,0", "0,310", "1,20", "1020,000", "1,020,000,000", "1 020", "1_020")),
    *((text, ParseError) for text in ("-5", "+5", "249.5", "310.", ".0", "3e2", "0x1F", "1.020.000", "310 points", "0.310")),
    *((text, ParseError) for text in ("\N{ARABIC-INDIC DIGIT ONE}", "\N{FULLWIDTH DIGIT THREE}10", "\N{SUPERSCRIPT TWO}")),
    *((text, ParseError) for text in ("=A1+310", "#REF!", "#N/A", "#DIV/0!", "TRUE", "inf", "--", "Crest")),
    *((text, ParseError) for text in ("1000000000", "9" * 5_000, "x" * 1_000_000, "310\0", "\ud800")),
    *(
        (value, ScoreTypeError)
        for value in (True, False, numpy.True_, 249.5, Decimal("249.5"), 1e300, float("inf"), -float("inf"))
    ),
    *(
        (value, ScoreTypeError)
        for value in (Decimal("1e999999999"), Decimal("-1e999999999"), Decimal("sNaN"), Decimal("Infinity"))
    ),
    *((value, ScoreTypeError) for value in (b"310", [310], {}, Tier.CREST, date(2023, 4, 30), numpy.array([310, 320]))),
    *((value, ScoreError) for value in (-5, -5.0, Decimal(-5), numpy.int64(-5), -999_999_999.0)),
]


@pytest.mark.parametrize(("value", "kind"), NO_SCORE, ids=lambda value: repr(value)[:30])
def test_what_is_no_score_is_a_problem(value: Any, kind: type[TbtierError]) -> None:
    """A cell without a score is a problem with its row, column, value and partner, even if blanks are allowed."""
    problem = refused(of_cell(value, blank=None))
    assert (2, "FY24 Q1", "Blue Anchor") == (problem.row, problem.column, problem.partner)
    assert problem.value is value
    assert kind is type(problem.error)


@pytest.mark.parametrize(
    ("text", "thousands", "decimals"),
    [("1.020", "1020", "1.02"), ("310.000", "310000", "310"), ("1.000", "1000", "1"), ("12.500 ", "12500", "12.5")],
)
def test_a_point_is_not_guessed(text: str, thousands: str, decimals: str) -> None:
    """A point before three digits may separate thousands or decimals, so the message names both readings."""
    problem = refused(of_cell(text))
    assert isinstance(problem.error, ParseError)
    assert (thousands, decimals) == problem.error.spellings
    words = f"is not a clear score: write it as {thousands} or {decimals}; a point may separate thousands or decimals"
    assert f"row 2, column 'FY24 Q1': {text!r} {words}" == str(problem)


def test_other_text_is_answered_with_good_spellings() -> None:
    """The message shows the beginning of the text, and accepted forms of scores."""
    words = "is not a score: write it as 310 or 1,020; a score is a whole number from 0 up"
    assert f"row 2, column 'FY24 Q1': '249.5' {words}" == str(refused(of_cell("249.5")))


@pytest.mark.parametrize("value", [10**9, 10**5_000, 999_999_999 + 1, numpy.int64(10**9)], ids=lambda value: str(type(value)))
def test_a_score_has_up_to_nine_digits(value: Any) -> None:
    """Without a program, a number with more digits than text may have is not a score."""
    error = refused(of_cell(value)).error
    assert isinstance(error, ScoreError)
    assert 999_999_999 == error.maximum


BLANKS = [
    *(None, float("nan"), numpy.nan, pandas.NA, pandas.NaT, Decimal("NaN"), numpy.datetime64("NaT", "D")),
    *("", " ", "\t\n", "\N{NO-BREAK SPACE}", "-", " - ", "\N{EN DASH}", "\N{EM DASH}"),
    *("N/A", "n/a", "NA", "na", "NaN", "nan", "NaT", "<NA>", "None", "none", "NULL", " null "),
]


@pytest.mark.parametrize("value", BLANKS, ids=repr)
def test_blank_is_what_the_caller_says(value: Any) -> None:
    """The argument `blank` decides whether a blank cell is a problem, not scored, or a score."""
    error = refused(of_cell(value)).error
    assert MissingScoreError is type(error)
    words = "fill it in, or give blank=None if a blank cell means that the quarter was not scored"
    assert f"no score is given for FY24 Q1: {words}" == str(error)
    for blank in (None, 0, 25):
        assert PartnerScores((), {"Blue Anchor": ScoreHistory({Q1: blank})}, {}) == of_cell(value, blank=blank)


def test_zero_is_not_blank() -> None:
    """A score of 0 is a score, for every value of `blank`."""
    for zero in (0, "0", 0.0, "0.0"):
        assert ScoreHistory({Q1: 0}) == of_cell(zero, blank=None).histories["Blue Anchor"]


@pytest.mark.parametrize("text", spellings(Q1))
def test_a_quarter_is_read_in_every_spelling(text: str) -> None:
    """A quarter may be text in every spelling that `FiscalQuarter.parse` reads, in a cell and in a header."""
    expected = {"Blue Anchor": ScoreHistory({Q1: 310})}
    assert PartnerScores((), expected, {}) == read_scores([long_row("Blue Anchor", text, 310)], **LONG)
    assert PartnerScores((), expected, {}) == read_scores([{"Account": "Blue Anchor", text: 310}], partner="Account")


@pytest.mark.parametrize(
    "quarter", [Q1, pandas.Period("2023-04-30", "Q-JAN"), pandas.Timestamp("2023-04-30").to_period("Q-JAN")]
)
def test_a_quarter_may_be_a_value(quarter: Any) -> None:
    """A quarter may be a `FiscalQuarter` or a pandas period of fiscal quarters, in a cell and in a header."""
    expected = PartnerScores((), {"Blue Anchor": ScoreHistory({Q1: 310})}, {})
    assert expected == read_scores([long_row("Blue Anchor", quarter, 310)], **LONG)
    assert expected == read_scores([{"Account": "Blue Anchor", quarter: 310}], partner="Account")


OTHER_QUARTERS = [
    *(
        (text, ParseError)
        for text in ("2024Q1", "Q1 2024", "FY24 Q5", "FY24", "", "N/A", "FY24  Q1", "April 2023", "x" * 1_000_000)
    ),
    *(
        (value, WrongTypeError)
        for value in (date(2023, 4, 30), datetime(2023, 4, 30, tzinfo=UTC), 2024, None, float("nan"), True, pandas.NaT)
    ),
    *((pandas.Period("2023-04-30", frequency), WrongTypeError) for frequency in ("Q", "Q-MAR", "M", "D")),
    ("FY0001 Q1", RangeError),
]


@pytest.mark.parametrize(("quarter", "kind"), OTHER_QUARTERS, ids=lambda value: repr(value)[:30])
def test_what_is_no_quarter_is_a_problem(quarter: Any, kind: type[TbtierError]) -> None:
    """A cell without a quarter is the only problem of its row."""
    problem = refused(read_scores([long_row("Blue Anchor", quarter, "x")], **LONG))
    assert (2, "Quarter", "Blue Anchor", kind) == (problem.row, problem.column, problem.partner, type(problem.error))
    assert problem.value is quarter


def test_a_problem_names_the_quarter_in_its_usual_spelling() -> None:
    """The message about a blank score names the quarter that was read, not the text of its cell."""
    assert "no score is given for FY24 Q1:" in str(refused(read_scores([long_row("A", "q1-fy2024", "")], **LONG)))


def test_a_bare_year_is_answered_with_its_question() -> None:
    """The message says that the text of a calendar quarter looks the same."""
    problem = refused(read_scores([long_row("Blue Anchor", "2024Q1", 310)], **LONG))
    assert "say FY if the year is a fiscal one" in str(problem)


NAMES = [(" Blue Anchor ", "Blue Anchor"), (17, "17"), (17.0, "17"), ("017", "017"), (numpy.int64(17), "17"), (-17, "-17")]
NAMES += [("NA", "NA"), ("None", "None"), ("-", "-"), (10**100 - 1, "9" * 100), (Decimal(17), "17"), (numpy.str_(" x "), "x")]


@pytest.mark.parametrize(("value", "name"), NAMES)
@pytest.mark.parametrize("column", ["Account", "Region"])
def test_a_name_is_text_or_a_number(value: Any, name: str, column: str) -> None:
    """The name of a partner or region may be a number, or text that would be a blank score."""
    read = read_scores([{"Account": "A", "Region": "R", column: value, "FY24 Q1": 310}], partner="Account", region="Region")
    names = {"Account": "A", "Region": "R", column: name}
    history = ScoreHistory({Q1: 310})
    assert PartnerScores((), {names["Account"]: history}, {names["Account"]: {names["Region"]: history}}) == read
    assert str is type(next(iter(read.histories)))


NO_NAMES: list[tuple[Any, type[TbtierError], str]] = [
    *((value, RangeError, "the name must be text, got ") for value in ("", "  ", None, pandas.NA, float("nan"), [""])),
    ("\t", RangeError, "the name must be text, got '\\t': fill it in, or leave the row out"),
    *((value, RangeError, "text, or a number of up to 100 digits, got ") for value in (10**100, -(10**5_000))),
    *((value, RangeError, ": give text") for value in (10**100, -(10**5_000))),
    *((value, WrongTypeError, "the name must be text or a whole number, got ") for value in (True, b"A", date(2023, 4, 30))),
    (1.5, WrongTypeError, "the name must be an int, got 1.5: give text"),
]


@pytest.mark.parametrize(
    ("value", "kind", "words"), NO_NAMES, ids=lambda value: repr(value)[:30] if not isinstance(value, int) else "int"
)
@pytest.mark.parametrize("column", ["Account", "Region"])
def test_what_is_no_name_is_a_problem(value: Any, kind: type[TbtierError], words: str, column: str) -> None:
    """A row without the name of its partner or region is in no result, but its other cells are still read."""
    row = {"Account": "A", "Region": "R", "FY24 Q1": 310, "FY24 Q2": "x", column: value}
    read = read_scores([row], partner="Account", region="Region")
    assert ({}, {}) == (read.histories, read.regions)
    assert str(read.problems[0]).startswith(f"row 2, column {column!r}: the name must be ")
    assert words in str(read.problems[0])
    known = None if column == "Account" else "A"
    assert [(2, column, known, kind), (2, "FY24 Q2", known, ParseError)] == [
        (problem.row, problem.column, problem.partner, type(problem.error)) for problem in read.problems
    ]


def test_a_sheet_without_partners_is_of_one() -> None:
    """Without a column of partners, all rows belong to one partner, whose name is empty."""
    read = read_scores([{"FY24 Q1": 310}, {"FY24 Q2": 540}, {"FY24 Q3": "x"}])
    assert {"": ScoreHistory({"FY24 Q1": 310, "FY24 Q2": 540})} == read.histories
    assert [""] == [problem.partner for problem in read.problems]


def test_a_score_is_bounded_by_its_program() -> None:
    """The highest score is the maximum of the quarter's edition, for the score of a blank cell too."""
    assert ScoreHistory({Q1: 1000}) == of_cell("1,000", program=BEST_OF_FOUR).histories["Blue Anchor"]
    for value, blank in (("1,001", ...), (1001, ...), (1001.0, ...), ("", 1001)):
        error = refused(of_cell(value, program=BEST_OF_FOUR, blank=blank)).error
        assert isinstance(error, ScoreError)
        assert (Q1, 1000, 1001) == (error.quarter, error.maximum, error.value)


@pytest.mark.parametrize(
    ("program", "quarter", "kind"),
    [
        (APPS, "FY23 Q1", UnknownRuleError),
        (APPS, "FY20 Q4", UnknownRuleError),
        (APPS, "FY25 Q2", ProgramEndedError),
        (GUILD, "FY26 Q4", ProgramEndedError),
    ],
)
def test_a_quarter_without_rules_is_a_problem(program: Any, quarter: str, kind: type[TbtierError]) -> None:
    """A quarter without known rules, or after the end of the program, is a problem, even if its cell is blank."""
    for value in ("310", ""):
        problem = refused(read_scores([{"Account": "A", quarter: value}], partner="Account", program=program, blank=None))
        assert (quarter, kind) == (problem.column, type(problem.error))
    assert read_scores([{quarter: 310}]).histories


def test_scores_that_differ_are_problems() -> None:
    """If a quarter has two different scores, both are problems, and the partner's other quarters are in the history."""
    rows = [
        long_row("A", "FY24 Q1", 310),
        long_row("A", "FY24 Q2", 540),
        long_row("A", "Q1FY2024", "320"),
        long_row("B", Q1, 0),
    ]
    read = read_scores(rows, **LONG)
    assert {"A": ScoreHistory({"FY24 Q2": 540}), "B": ScoreHistory({Q1: 0})} == read.histories
    words = "the score of FY24 Q1 must be one value in rows 2, 4, got 310 and 320: keep the right one"
    assert [f"row 2, column 'Score': {words}", f"row 4, column 'Score': {words}"] == list(map(str, read.problems))
    assert [310, "320"] == [problem.value for problem in read.problems]
    assert ["A", "A"] == [problem.partner for problem in read.problems]
    assert [Q1, Q1] == [problem.error.quarter for problem in read.problems if isinstance(problem.error, ScoreError)]


def test_equal_scores_are_one() -> None:
    """The same score in two forms is not a problem."""
    rows = [long_row("A", "FY24 Q1", form) for form in (310, "310.0", " 310")]
    assert PartnerScores((), {"A": ScoreHistory({Q1: 310})}, {}) == read_scores(rows, **LONG)


def test_a_score_and_a_blank_differ() -> None:
    """If a quarter is scored in one row and not scored in another, both rows have a problem."""
    read = read_scores([long_row("A", "FY24 Q1", 0), long_row("A", "FY24 Q1", "")], **LONG, blank=None)
    assert ({}, [2, 3]) == (read.histories, [problem.row for problem in read.problems])


def test_two_spellings_of_a_quarter_in_one_row_differ() -> None:
    """Two columns of one quarter are compared; each problem names its column, and names the row once."""
    read = read_scores([{"FY24 Q1": 310, "Q1 FY2024": 320, "fy24_q2": 7, "FY24Q2": 7}])
    assert {"": ScoreHistory({"FY24 Q2": 7})} == read.histories
    assert [(2, "FY24 Q1"), (2, "Q1 FY2024")] == [(problem.row, problem.column) for problem in read.problems]
    assert all("one value in row 2, got 310 and 320" in str(problem) for problem in read.problems)


def test_many_scores_that_differ_are_short_messages() -> None:
    """A message names up to twelve rows and scores."""
    read = read_scores([{"FY24 Q1": score} for score in range(1_000)])
    assert 1_000 == len(read.problems)
    assert "in rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, got 0 and 1 and" in str(read.problems[-1])
    assert " and 11: keep" in str(read.problems[-1])


def test_problems_are_in_the_order_of_the_rows() -> None:
    """Problems that are found late, such as two different scores, are listed in the order of the rows too."""
    rows = [long_row("A", Q1, 1), long_row("A", Q1, "x"), long_row("A", Q1, 2)]
    assert [2, 3, 4] == [problem.row for problem in read_scores(rows, **LONG).problems]


def test_raise_problems_raises_only_if_there_are_some() -> None:
    """One error has every problem, names ten of them, and pickles even if the values of its problems do not."""
    of_cell(310).raise_problems()
    with pytest.raises(ReadingError, match=r"^1 problem in the rows:"):
        of_cell("x").raise_problems()
    read = read_scores([{"FY24 Q1": "x" * 1_000_000}, *[{"FY24 Q1": NOT_PICKLED}] * 11])
    with pytest.raises(ReadingError, match=r"^12 problems in the rows:\n  row 2, column 'FY24 Q1': 'xxx") as caught:
        read.raise_problems()
    assert read.problems == caught.value.problems
    message = str(caught.value)
    assert ("  and 2 more", 12) == (message.splitlines()[-1], len(message.splitlines()))
    assert len(message) < 5_000
    again = pickle.loads(pickle.dumps(caught.value))
    assert (message, read.problems) == (str(again), again.problems)


def test_results_compare_pickle_and_copy() -> None:
    """A reading equals its copies and another reading of the same rows, with any values; a problem has a hash."""
    values: list[Any] = [310, float("nan"), numpy.array([1, 2]), [1], {"a": (1,)}, -(10**5_000), NOT_PICKLED, "x"]
    rows = [{"A": f"p{place}", "FY24 Q1": value} for place, value in enumerate(values)]
    read = read_scores(rows, partner="A")
    assert read_scores(rows, partner="A") == read
    for twin in (pickle.loads(pickle.dumps(read)), copy.copy(read), copy.deepcopy(read)):
        assert (read, repr(read), list(map(str, read.problems))) == (twin, repr(twin), list(map(str, twin.problems)))
    assert 7 == len({*read.problems, *read_scores(rows, partner="A").problems})
    assert read != of_cell(310)
    assert of_cell("x").problems != of_cell("y").problems
