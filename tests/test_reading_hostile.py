"""Reading values of every kind: each is read or is a problem, and none raises; messages are short, and work is bounded."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest
from hostile import KINDS, TEXTS
from made_up import APPS, GUILD
from test_growth import lines

from tbtier import FiscalQuarter
from tbtier.errors import RangeError, ReadingError, TbtierError
from tbtier.reading import PartnerRecords, PartnerScores, Problem, read_records, read_scores

CELLS = 10_000
VALUES = [value for kind in KINDS for value in kind]
SHORT = 2_000  # characters of a problem


def mutated(draw: Random, text: str) -> str:
    """Return a text with a few characters replaced, inserted or dropped."""
    characters = list(text[:40])
    for _ in range(draw.randint(1, 3)):
        place = draw.randint(0, len(characters))
        characters[place : place + draw.randint(0, 1)] = draw.choices(
            "0123456789.,-/ :TQFYq\0\ud800\N{ARABIC-INDIC DIGIT ONE}", k=draw.randint(0, 2)
        )
    return "".join(characters)


def cell(draw: Random) -> Any:
    """Draw any value, often a text that differs a little from a text that is read."""
    kind: list[Any] = draw.choice([*KINDS, TEXTS, TEXTS])
    value = draw.choice(kind)
    return mutated(draw, value) if isinstance(value, str) and draw.random() < 0.7 else value


def rows_of(headers: list[Any], seed: int = 2024) -> list[dict[Any, Any]]:
    """Draw rows with ten thousand cells in all, each row with its partner; in each row, one or all cells have any value."""
    draw = Random(seed)
    rows = []
    for number in range(CELLS // len(headers)):
        row = {header: {**RIGHT, "Account": f"P{number}"}.get(header, 310) for header in headers}
        for header in draw.sample(headers, draw.choice([1, 1, len(headers)])):
            row[header] = cell(draw)
        rows.append(row)
    return rows


WIDE = ["Account", "Region", "FY24 Q1", "Q2 FY24", FiscalQuarter(2023, 1), "2024Q1"]
LONG = ["Account", "Region", "Quarter", "Score"]
RECORD = ["Account", "From", "To", "Level"]
RIGHT = {"Account": "A", "Region": "R", "2024Q1": "", "Quarter": "FY24 Q1", "Level": "Crest"}
RIGHT |= {"From": date(2023, 3, 1), "To": None}
NAMED: dict[str, Any] = {"partner": "Account", "region": "Region"}
IN_ONE: dict[str, Any] = {**NAMED, "quarter": "Quarter", "score": "Score"}
OF_RECORD: dict[str, Any] = {"partner": "Account", "start": "From", "stop": "To", "tier": "Level"}

READINGS: dict[str, tuple[list[Any], Callable[[Any], PartnerScores | PartnerRecords]]] = {
    "wide": (WIDE, lambda rows: read_scores(rows, **NAMED)),
    "wide, of a program": (WIDE, lambda rows: read_scores(rows, **NAMED, program=APPS, blank=None)),
    "long": (LONG, lambda rows: read_scores(rows, **IN_ONE)),
    "long, of a program": (LONG, lambda rows: read_scores(rows, **IN_ONE, program=APPS, blank=0)),
    "records": (RECORD, lambda rows: read_records(rows, **OF_RECORD)),
    "records, of a program": (RECORD, lambda rows: read_records(rows, **OF_RECORD, program=GUILD, date_format="%m/%d/%Y")),
}


def printed(found: PartnerScores | PartnerRecords) -> list[str]:
    """Return the problems as text, without the addresses of objects."""
    return [re.sub(" at 0x[0-9a-f]+", "", str(problem)) for problem in found.problems]


@pytest.mark.parametrize(("headers", "read"), READINGS.values(), ids=READINGS)
def test_any_cell_is_a_value_or_a_problem(headers: list[Any], read: Callable[[Any], Any]) -> None:
    """None of ten thousand cells of any kind raises; each problem prints, is short, and pickles with the reading."""
    rows = rows_of(headers)
    found = read(rows)
    results = found.records if isinstance(found, PartnerRecords) else found.histories
    assert 100 < len(results) < len(rows) - 100
    for problem in found.problems:
        assert isinstance(problem.error, TbtierError)
        assert len(str(problem)) < SHORT
        assert len(repr(problem)) < 50_000
        assert hash(problem) == hash(problem)
    assert printed(found) == printed(pickle.loads(pickle.dumps(found)))


def test_a_problem_shows_long_texts_in_short() -> None:
    """A header, a cell and a partner are each cut in the middle."""
    problem = Problem(2, "a" * 1000, "b" * 1000, RangeError("a cell", 1, "less"), "c" * 1000)
    for letter in "abc":
        assert repr(letter * 97 + "..." + letter * 97)[5:-5] in repr(problem)
    assert len(repr(problem)) < 800


@pytest.mark.parametrize("header", LONG)
def test_any_value_alone_is_a_value_or_a_problem(header: str) -> None:
    """Each value, in each column of a correct row, is in a result or in one problem, which is short, as plain data too."""
    for value in VALUES:
        read = read_scores([{**RIGHT, "Score": 310, header: value}], **IN_ONE)
        assert bool(read.histories) is not bool(read.problems)
        for problem in read.problems:
            assert (2, header) == (problem.row, problem.column)
            assert problem.value is value
            assert len(str(problem)) < SHORT
            assert len(json.dumps(ReadingError((problem,)).to_dict())) < 4 * SHORT


@pytest.mark.parametrize("header", RECORD)
def test_any_value_alone_is_in_a_record_or_a_problem(header: str) -> None:
    """Each value, in each column of a record, is in the record or in one problem that names it, or its row."""
    for value in VALUES:
        row = {**RIGHT, header: value}
        read = read_records([row], **OF_RECORD)
        assert bool(read.records) is not bool(read.problems)
        for problem in read.problems:
            assert problem.value is (row if problem.column is None else value)
            assert len(str(problem)) < SHORT


def test_any_value_is_a_row_or_a_problem() -> None:
    """Every value that is not a row of cells is a problem, except an empty mapping."""
    for value in VALUES:
        read = read_scores([value])
        assert not read.histories
        assert all(problem.value is value and len(str(problem)) < SHORT for problem in read.problems)
        assert read.problems or not value


def wide(rows: int) -> Callable[[], object]:
    """Return the work of reading wide rows of many partners."""
    given = [{"Account": f"P{row}", **{f"FY{year} Q1": f"{row}" for year in range(20, 28)}} for row in range(rows)]
    return lambda: read_scores(given, partner="Account")


def wider(columns: int) -> Callable[[], object]:
    """Return the work of reading rows of many quarters; every second row has each header twice."""
    given = [{f"FY20{column:02} Q{quarter}": 1 for column in range(columns // 4) for quarter in (1, 2, 3, 4)}]
    return lambda: read_scores([*given, *({**row, **{name.lower(): 1 for name in row}} for row in given)])


def differing(rows: int) -> Callable[[], object]:
    """Return the work of reading scores of one quarter that all differ, with every problem printed."""
    given = [{"FY24 Q1": row} for row in range(rows)]
    return lambda: [str(problem) for problem in read_scores(given).problems]


def lacking(rows: int) -> Callable[[], object]:
    """Return the work of reading regions that all have different quarters."""
    given = [{"Account": "A", "Region": row, "Quarter": FiscalQuarter(2000, 1) + row, "Score": 1} for row in range(rows)]
    return lambda: read_scores(given, **IN_ONE)


def headed(rows: int) -> Callable[[], object]:
    """Return the work of reading rows whose headers change from row to row."""
    given = [{"Account": "A", f"FY{row % 90 + 10} Q1": 1} for row in range(rows)]
    return lambda: read_scores(given, partner="Account")


def unread(rows: int) -> Callable[[], object]:
    """Return the work of reading rows of any values, and of counting the problems."""
    given = rows_of(LONG)[:rows]
    return lambda: len(read_scores(given, **IN_ONE).problems)


def recorded(rows: int) -> Callable[[], object]:
    """Return the work of reading a record."""
    given = [{**RIGHT, "From": date(2023, 3, 1), "To": f"20{row % 70 + 24}-03-01"} for row in range(rows)]
    return lambda: read_records(given, **OF_RECORD)


@pytest.mark.parametrize("of", [wide, wider, differing, lacking, headed, unread, recorded])
def test_work_is_linear(of: Callable[[int], Callable[[], object]]) -> None:
    """Four times the rows or columns take at most five times the work."""
    assert lines(of(200)) <= 5 * lines(of(50))


@pytest.mark.parametrize("text", [text for text in TEXTS if len(text) > 1_000], ids=lambda text: text[:10])
def test_a_long_text_is_no_more_work_than_a_short_one(text: str) -> None:
    """The number of lines that a cell and its messages run does not depend on the length of the text."""

    def work(value: str) -> Callable[[], object]:
        row = {**RIGHT, "Score": value, "Quarter": value, "From": value, "Level": value}
        return lambda: (
            list(map(str, read_scores([row], **IN_ONE).problems)),
            list(map(str, read_scores([{"FY24 Q1": value, "A": 1}]).problems)),
            list(map(str, read_records([row], **OF_RECORD, date_format="%m/%d/%Y").problems)),
        )

    assert lines(work(text)) <= lines(work("x")) + 100
