"""How `read_scores` finds its cells: headers, numbers of rows, regions, and arguments."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy
import pandas
import pytest
from made_up import BEST_OF_FOUR

from tbtier import FiscalQuarter, ScoreHistory
from tbtier.errors import MissingScoreError, ParseError, RangeError, ScoreError, ScoreTypeError, TbtierError, WrongTypeError
from tbtier.errors.values import shown
from tbtier.reading import PartnerScores, Problem, read_records, read_scores

Q1 = FiscalQuarter(2024, 1)
LONG = {"partner": "Account", "quarter": "Quarter", "score": "Score"}


def of_text(text: str, **options: Any) -> PartnerScores:
    """Return the reading of the text of a file."""
    return read_scores(csv.DictReader(io.StringIO(text, newline="")), **options)


def in_short(*problems: Problem) -> list[tuple[int, str | None, type[TbtierError]]]:
    """Return problems as their rows, columns and errors."""
    return [(problem.row, problem.column, type(problem.error)) for problem in problems]


@pytest.mark.parametrize("header", ["\ufeffAccount", '\ufeff"Account"', " ACCOUNT\t", "account", '"Account"', '" "Account" "'])
@pytest.mark.parametrize("column", ["Account", " account ", "ACCOUNT"])
def test_headers_are_found_in_any_form(header: str, column: str) -> None:
    """Case, blanks, quotes and byte order marks are ignored in a header, and in the argument that names it."""
    read = read_scores([{header: "A", "FY24 Q1": 310}, {header: "", "FY24 Q1": 310}], partner=column)
    assert {"A": ScoreHistory({Q1: 310})} == read.histories
    assert [(3, column, RangeError)] == in_short(*read.problems)


@pytest.mark.parametrize(
    "header", ["Account  Name", "Account\nName", "account\N{NO-BREAK SPACE}name", "\ufeff\ufeffAccount Name"]
)
def test_blanks_inside_a_header_are_one(header: str) -> None:
    """A header that is wrapped or has two blanks is the same header."""
    assert {"A"} == set(read_scores([{header: "A", "FY24 Q1": 310}], partner="Account Name").histories)


@pytest.mark.parametrize(
    "header", ["FY24  Q1", "FY24\nQ1", '"FY24 Q1"', "\ufefffy24 q1 ", "\ufeff\ufeffFY24 Q1", '" "FY24-Q1" "']
)
def test_a_quarter_in_a_header_is_found_in_any_form(header: str) -> None:
    """A quarter in a header is found like any other header, and a problem shows the clean header."""
    read = read_scores([{header: 310}, {header: "x"}])
    assert {"": ScoreHistory({Q1: 310})} == read.histories
    (problem,) = read.problems
    assert problem.column in ("FY24 Q1", "fy24 q1", "FY24-Q1")


def test_a_file_with_a_byte_order_mark_and_quotes_is_read() -> None:
    """The first header of a file from Excel is found."""
    text = '\ufeff"Account","FY24 Q1"\r\n"A, B","1,020"\r\n'
    assert PartnerScores((), {"A, B": ScoreHistory({Q1: 1020})}, {}) == of_text(text, partner="Account")


@pytest.mark.parametrize("column", ["partner", "region", "quarter", "score"])
def test_a_missing_column_is_a_problem_of_each_row(column: str) -> None:
    """A row that lacks a named column is in no result, and the problem lists the headers."""
    columns: dict[str, Any] = {**LONG, "region": "Region", column: "Elsewhere"}
    read = read_scores([{"Account": "A", "Region": "R", "Quarter": "FY24 Q1", "Score": 310}] * 2, **columns)
    assert {} == read.histories
    assert [(2, "Elsewhere", RangeError), (3, "Elsewhere", RangeError)] == in_short(*read.problems)
    words = "the number of columns named 'Elsewhere' must be 1, got 0: the headers are 'Account', 'Region', 'Quarter', 'Score'"
    assert f"row 2, column 'Elsewhere': {words}" == str(read.problems[0])


def test_a_column_may_be_missing_from_some_rows() -> None:
    """Rows from JSON need not have the same keys."""
    read = read_scores([{"A": "x", "FY24 Q1": 1}, {"FY24 Q1": 2}, {"FY24 Q2": 3, "A": "x"}], partner="A")
    assert ({"x": ScoreHistory({"FY24 Q1": 1, "FY24 Q2": 3})}, [3]) == (read.histories, [one.row for one in read.problems])


def test_many_headers_are_a_short_message() -> None:
    """The message of a missing column lists up to twelve headers."""
    (problem,) = read_scores([{f"H{place}": 1 for place in range(1_000)}], partner="A", quarter="H1", score="H2").problems[:1]
    assert str(problem).endswith("'H10', 'H11'")


def test_a_header_that_is_there_twice_is_a_problem() -> None:
    """Two headers that differ only in case, blanks or quotes are a problem of the row, and the message names only them."""
    row = {"Account": "A", " account": "B", "FY24 Q1": 310, "Other": 1}
    (problem,) = read_scores([row], partner="Account").problems
    assert (2, None, row, None) == (problem.row, problem.column, problem.value, problem.partner)
    assert "row 2: the headers must be unique, regardless of case, got 'Account' and ' account': rename a column" == str(
        problem
    )
    read = read_scores([{"FY24 Q1": 310, "fy24 q1": 310}, {"FY24 Q1": 310}])
    assert ([2], {"": ScoreHistory({Q1: 310})}) == ([one.row for one in read.problems], read.histories)
    (problem,) = read_scores([{header: 1 for place in range(50) for header in (f"h{place}", f"H{place}")}]).problems
    assert str(problem).count(" and ") == 11


def test_cells_beyond_the_headers_are_a_problem() -> None:
    """If a decimal comma splits a cell, the row has a problem, and its values are in no result."""
    read = of_text("Account,FY24 Q1\nA,310\nB,1,020\n", partner="Account")
    assert {"A"} == set(read.histories)
    (problem,) = read.problems
    assert (3, None, {"Account": "B", "FY24 Q1": "1", None: ["020"]}) == (problem.row, problem.column, problem.value)
    advice = "put quotes around a cell that contains a separator, or give every column a header"
    assert f"row 3: the cells without a header must be empty, got ['020']: {advice}" == str(problem)


def test_separators_at_the_end_of_a_line_are_no_cells() -> None:
    """Empty cells beyond the headers are ignored, and a row without any other cell is skipped."""
    read = of_text("Account,FY24 Q1\nA,310,,\n,,,\n , \nB\nC,20,,5\n", partner="Account", blank=None)
    assert {"A": ScoreHistory({Q1: 310}), "B": ScoreHistory({Q1: None})} == read.histories
    assert [(6, None, RangeError)] == in_short(*read.problems)


@pytest.mark.parametrize(
    "header",
    [
        *("FY24 Q5", "2024Q1", "Q1 2024", "Q1", "1Q24", "FY24/Q1", "q1-FY24-", "2024年Q1", '" "2024Q1" "', "FY24 QIII"),
        *("FY24 Q3 (final)", "Score FY24 Q3", "F24 Q2", "Fiscal Year 2024 Q4", "FY24-4", "FY2O24 Q2", "Quarter 1", "FY24"),
    ],
)
def test_a_header_that_only_looks_like_a_quarter_is_a_problem_if_it_has_a_value(header: str) -> None:
    """A typing error in the quarter of a header loses no score, and an empty column with such a header is ignored."""
    rows = [
        {"FY24 Q1": 310, header: "31x"},
        {"FY24 Q2": 540, header: 0},
        {"FY24 Q3": 20, header: "-"},
        {"FY24 Q4": 7, header: None},
        {"FY25 Q1": 8, header: 310.0},
        {"FY25 Q2": 9, header: Decimal(310)},
    ]
    read = read_scores(rows)
    assert {"": ScoreHistory({Q1 + place: score for place, score in enumerate((310, 540, 20, 7, 8, 9))})} == read.histories
    name = header.replace('"', "").strip()
    assert [(row, name, ParseError) for row in (2, 3, 6, 7)] == in_short(*read.problems)
    assert ["31x", 0, 310.0, Decimal(310)] == [problem.value for problem in read.problems]


@pytest.mark.parametrize(
    "header", [pandas.Period("2023-04-30", "Q"), pandas.Period("2023-04-30", "Q-MAR"), "FY0001 Q4", ("FY24", "Q1")]
)
def test_a_header_of_no_fiscal_quarter_is_a_problem(header: Any) -> None:
    """A period of calendar quarters, a year before the first year and a heading of two rows are problems."""
    (problem,) = read_scores([{header: 310}]).problems
    assert (2, str(header), 310) == (problem.row, problem.column, problem.value)


@pytest.mark.parametrize(
    "header", ["Country", "FY24", "Q", "% Q", "Q1 target", "FY24 Q1 rank", "Quarter 1", "2024", 2024, 1.5, None]
)
def test_other_columns_are_ignored(header: Any) -> None:
    """A column whose header is not a quarter has no scores."""
    assert PartnerScores((), {"": ScoreHistory({Q1: 310})}, {}) == read_scores([{"FY24 Q1": 310, header: ""}, {"FY24 Q1": 310}])
    if header is not None:
        assert PartnerScores((), {"": ScoreHistory({Q1: 310})}, {}) == read_scores([{"FY24 Q1": 310, header: "x"}])


@pytest.mark.parametrize("row", [{"Account": "A"}, {"Account": "A", "FY24 Q5": ""}, {"Account": "A", "Score": 310}])
def test_a_row_without_a_quarter_is_a_problem(row: dict[str, Any]) -> None:
    """A row with a value but no header that is a quarter has a problem."""
    (problem,) = read_scores([row], partner="Account", blank=None).problems
    assert (2, None, row, "A") == (problem.row, problem.column, problem.value, problem.partner)
    advice = "use quarters such as FY24 Q1 as headers of scores, or name the columns with quarter= and score="
    assert f"row 2: the number of columns headed by a quarter must be 1 or more, got 0: {advice}" == str(problem)


def test_headed_quarters_are_ignored_in_long_rows() -> None:
    """With `quarter` and `score`, columns headed by quarters are ignored."""
    read = read_scores([{"Account": "A", "Quarter": "FY24 Q1", "Score": 310, "FY24 Q2": 1, "FY24 Q5": 1}], **LONG)
    assert PartnerScores((), {"A": ScoreHistory({Q1: 310})}, {}) == read


NUMBERED: dict[str, tuple[Callable[[], Any], list[int]]] = {
    "a list": (lambda: [{"FY24 Q1": "x"}, {"FY24 Q1": "x"}], [2, 3]),
    "with an empty row": (lambda: [{"FY24 Q1": ""}, {}, {"FY24 Q1": float("nan")}, {"FY24 Q1": "x"}], [5]),
    "an iterator": (lambda: iter([{"FY24 Q1": "x"}, {"FY24 Q1": "x"}]), [2, 3]),
    "a mapping": (lambda: {70: {"FY24 Q1": "x"}, 7: {"FY24 Q1": "x"}, numpy.int64(9): {"FY24 Q1": "x"}}, [7, 9, 70]),
    "a reader": (lambda: csv.DictReader(["FY24 Q1", "x", "x"]), [2, 3]),
    "with blank lines": (lambda: csv.DictReader(["FY24 Q1", "", "x", "", "", "x"]), [3, 6]),
    "with cells of two lines": (lambda: csv.DictReader(io.StringIO('FY24 Q1,N\nx,"a\nb"\nx,c\n', newline="")), [3, 4]),
    "with a heading above": (lambda: csv.DictReader(["FY24 Q1", "x"], fieldnames=["FY24 Q1"]), [1, 2]),
}


@pytest.mark.parametrize(("rows", "numbers"), NUMBERED.values(), ids=NUMBERED)
def test_rows_have_these_numbers(rows: Callable[[], Any], numbers: list[int]) -> None:
    """The number of a row is its line in the file, its key, or its number in a sheet with one row of headers."""
    assert numbers == [problem.row for problem in read_scores(rows()).problems]


@pytest.mark.parametrize("row", [["A", 310], ("A", 310), "A,310", None, 310, {"A", 310}])
def test_what_is_no_row_is_a_problem(row: Any) -> None:
    """A row without headers is a problem, and the rows after it are read."""
    read = read_scores([row, {"FY24 Q1": 310}])
    assert {"": ScoreHistory({Q1: 310})} == read.histories
    (problem,) = read.problems
    assert (2, None, row, WrongTypeError) == (problem.row, problem.column, problem.value, type(problem.error))
    assert f"row 2: the row must be a mapping from headers to cells, got {shown(row)}" == str(problem)


REGIONS = [
    {"Account": "A", "Place": "EMEA", "FY24 Q1": 310, "FY24 Q2": 300},
    {"Account": "A", "Place": "NA", "FY24 Q1": None, "FY24 Q2": 505},
    {"Account": "B", "Place": "EMEA", "FY24 Q1": 7, "FY24 Q2": 8},
]
WIDE = {"partner": "Account", "region": "Place", "blank": None}


def test_the_best_region_counts() -> None:
    """R10: the partner's score is the highest of its regions, one of which may be called `NA`."""
    read = read_scores(REGIONS, **WIDE)
    emea, na = ScoreHistory({"FY24 Q1": 310, "FY24 Q2": 300}), ScoreHistory({"FY24 Q1": None, "FY24 Q2": 505})
    b = ScoreHistory({"FY24 Q1": 7, "FY24 Q2": 8})
    histories = {"A": ScoreHistory({"FY24 Q1": 310, "FY24 Q2": 505}), "B": b}
    assert PartnerScores((), histories, {"A": {"EMEA": emea, "NA": na}, "B": {"EMEA": b}}) == read


def test_a_quarter_that_a_region_lacks_is_a_problem() -> None:
    """Without the score of one region the highest score is unknown, so the cells of the other regions become problems."""
    rows = [*REGIONS, {"Account": "A", "Place": "LATAM", "FY24 Q1": 20}, {"Account": "A", "Place": "LATAM", "FY24 Q1": 20}]
    read = read_scores(rows, **WIDE)
    assert ScoreHistory({"FY24 Q1": 310}) == read.histories["A"]
    assert ScoreHistory({"FY24 Q1": 310, "FY24 Q2": 300}) == read.regions["A"]["EMEA"]
    assert [(2, "FY24 Q2", MissingScoreError), (3, "FY24 Q2", MissingScoreError)] == in_short(*read.problems)
    assert (300, "A") == (read.problems[0].value, read.problems[0].partner)
    words = "no score is given for FY24 Q2: give a score for the region 'LATAM' too, or a blank cell if it was not scored"
    assert f"row 2, column 'FY24 Q2': {words}" == str(read.problems[0])
    assert {"A", "B"} == set(read.histories)


@pytest.mark.parametrize("cell", ["x", 1001])
def test_a_region_that_cannot_be_read_is_no_region_without_scores(cell: Any) -> None:
    """If the only score of a region cannot be read, the partner's highest score is unknown."""
    rows = [{"Account": "A", "Place": "EMEA", "FY24 Q1": 310}, {"Account": "A", "Place": "NA", "FY24 Q1": cell}]
    read = read_scores(rows, **WIDE, program=BEST_OF_FOUR)
    assert ({}, [2, 3]) == (read.histories, [problem.row for problem in read.problems])


def test_scores_that_differ_in_one_region_are_no_highest() -> None:
    """A quarter with two scores in one region is in no history of that region and of the partner."""
    rows = [*REGIONS, {"Account": "A", "Place": "EMEA", "FY24 Q1": 320}]
    read = read_scores(rows, **WIDE)
    assert ScoreHistory({"FY24 Q2": 505}) == read.histories["A"]
    assert ScoreHistory({"FY24 Q2": 300}) == read.regions["A"]["EMEA"]
    assert [(2, ScoreError), (3, MissingScoreError), (5, ScoreError)] == [(one.row, type(one.error)) for one in read.problems]


def test_a_header_may_be_empty() -> None:
    """A sheet may have no name above a column; the empty text names that column, as any other header does."""
    rows = [{"Account": "A", "": "EMEA", "FY24 Q1": 310}, {"Account": "A", "": "APAC", "FY24 Q1": 400}]
    rows += [{"Account": "B", "": "EMEA", "FY24 Q1": 5}, {"Account": "B", "": None, "FY24 Q1": 7}]
    found = read_scores(rows, partner="Account", region="")
    assert {"A": ScoreHistory({"FY24 Q1": 400})} == found.histories
    assert {"EMEA": 5} == {region: history["FY24 Q1"] for region, history in found.regions["B"].items()}
    assert [(5, "")] == [(problem.row, problem.column) for problem in found.problems]


OF_FRAME = r": csv\.DictReader gives such rows, and so does to_dict\('records'\) of a data frame$"
OF_NO_ROWS = "rows must be an iterable of mappings from headers to cells"
OF_ONE = r"^the number of a row must be an int, .* of a data frame gives rows, and so does a list of mappings$"
REFUSED: dict[str, tuple[Callable[[], Any], type[TbtierError], str]] = {
    "a data frame": (lambda: read_scores(pandas.DataFrame([{"FY24 Q1": 1}])), WrongTypeError, OF_FRAME),
    "a frame of records": (
        lambda: read_records(pandas.DataFrame([{"A": 1}]), start="A", tier="B"),
        WrongTypeError,
        OF_FRAME,
    ),
    "text": (lambda: read_scores("FY24 Q1\n310"), WrongTypeError, OF_NO_ROWS),  # type: ignore[arg-type]
    "bytes": (lambda: read_scores(b"FY24 Q1\n310"), WrongTypeError, "csv.DictReader gives such rows"),  # type: ignore[arg-type]
    "no rows": (lambda: read_scores(None), WrongTypeError, f"^{OF_NO_ROWS}, got None{OF_FRAME}"),  # type: ignore[arg-type]
    "one row": (lambda: read_scores({"FY24 Q1": 310}), WrongTypeError, OF_ONE),  # type: ignore[dict-item]
    "a bool as a number": (lambda: read_scores({True: {"FY24 Q1": 310}}), WrongTypeError, "the number of a row"),
    "a quarter alone": (
        lambda: read_scores([], quarter="Q"),
        WrongTypeError,
        "score must be the header of a column, got None: give both quarter and score, or neither$",
    ),
    "a score alone": (lambda: read_scores([], score="S"), WrongTypeError, "quarter must be the header of a column, got None"),
    "no program": (lambda: read_scores([], program="ISV"), WrongTypeError, "program must be a Program"),  # type: ignore[arg-type]
    "a blank of text": (lambda: read_scores([], blank="0"), ScoreTypeError, "the score must be"),  # type: ignore[arg-type]
    "a blank of a bool": (lambda: read_scores([], blank=False), ScoreTypeError, "the score must be"),
    "a blank below 0": (lambda: read_scores([], blank=-1), ScoreError, "the score must be a whole number from 0 up, got -1"),
    **{
        f"{name} as a number": (
            lambda name=name: read_scores([], **{**LONG, name: 1}),
            WrongTypeError,
            f"^{name} must be the header",
        )
        for name in ("partner", "region", "quarter", "score")
    },
}


@pytest.mark.parametrize(("call", "kind", "words"), REFUSED.values(), ids=REFUSED)
def test_wrong_arguments_are_refused(call: Callable[[], Any], kind: type[TbtierError], words: str) -> None:
    """An argument of a wrong type or value raises immediately, even without rows."""
    with pytest.raises(kind, match=words) as caught:
        call()
    assert kind is type(caught.value)


def test_no_rows_are_no_results() -> None:
    """Without rows there are no results and no problems."""
    for rows in ([], {}, iter(()), csv.DictReader([])):
        assert PartnerScores((), {}, {}) == read_scores(rows, region="Place")


def test_a_blank_of_numpy_is_a_score() -> None:
    """The score of blank cells may be an integer of numpy."""
    read = read_scores([{"A": "x", "FY24 Q1": ""}], partner="A", blank=numpy.int64(5))
    assert int is type(read.histories["x"][Q1])


def test_a_row_of_an_unknown_region_leaves_no_highest_score() -> None:
    """R10: a row without a readable region may have the highest score, so only the other regions have a history."""
    rows = [
        {"Account": "A", "Region": "North", "FY24 Q1": 310},
        {"Account": "A", "Region": "", "FY24 Q1": 800},
        {"Account": "B", "Region": "North", "FY24 Q1": 250},
    ]
    read = read_scores(rows, partner="Account", region="Region")
    assert {"B": ScoreHistory({Q1: 250})} == read.histories
    assert {"North": ScoreHistory({Q1: 310})} == read.regions["A"]
    assert ["A"] == [problem.partner for problem in read.problems]
    split = of_text("Account,Region,FY24 Q1\nA,North,310\nA,South,1,000\n", partner="Account", region="Region")
    assert ({}, ["A"]) == (split.histories, [problem.partner for problem in split.problems])


def test_a_note_beside_the_columns_is_ignored() -> None:
    """A cell whose column has no header, as a workbook gives it under `None`, is no cell of the file's own columns."""
    assert {"A": ScoreHistory({Q1: 310})} == read_scores(
        [{"Account": "A", "FY24 Q1": 310, None: "late"}], partner="Account"
    ).histories


@pytest.mark.parametrize(
    ("written", "name"), [("Blue\N{NO-BREAK SPACE} Anchor ", "Blue Anchor"), ("U\N{COMBINING DIAERESIS}nal", "Ünal")]
)
def test_a_name_has_one_form(written: str, name: str) -> None:
    """Blanks and accents that look the same are the same; upper and lower case differ, as in ids."""
    rows = [{"Account": written, "FY24 Q1": 310}, {"Account": name, "FY24 Q2": 540}, {"Account": name.upper(), "FY24 Q1": 7}]
    assert [name, name.upper()] == list(read_scores(rows, partner="Account").histories)


@pytest.mark.parametrize("given", [{"Name": "A"}, ["A"], True, b"A"])
def test_what_is_no_name(given: Any) -> None:
    """A nested value, a bool and bytes are no names."""
    (problem,) = read_scores([{"Account": given, "FY24 Q1": 310}], partner="Account").problems
    assert str(problem.error).startswith("the name must be text or a whole number, got ")


@pytest.mark.parametrize("header", ["FY24 Account ID", "Quarter 1 partner", "Q1"])
def test_a_named_column_holds_no_scores(header: str) -> None:
    """A column that names the partners is read as that alone, even if its header looks like a quarter."""
    read = read_scores([{header: "0017", "FY24 Q1": 310}], partner=header)
    assert PartnerScores((), {"0017": ScoreHistory({Q1: 310})}, {}) == read
