"""Laws of reading: written rows are read back, and every row is in a result or in a problem."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple
from unicodedata import normalize

import numpy
from hypothesis import given
from hypothesis import strategies as st
from made_up import BEST_OF_FOUR, GUILD, METALS, TIERS
from strategies import days, known_spans, programs, spellings

from tbtier import FiscalQuarter, ScoreHistory, Tier
from tbtier.reading import PartnerScores, Problem, read_records, read_scores
from tbtier.rules import Program

Regions = Mapping[str, Mapping[str, Mapping[FiscalQuarter, int | None]]]
Rows = list[dict[str, Any]]

BLANKS = ["", " ", "-", "\N{EN DASH}", "\N{EM DASH}", "n/a", "N/A", "NA", "NaN", "nat", "<NA>", "None", "NULL "]
LARGEST = 999_999_999

quarters = st.builds(FiscalQuarter, st.integers(2, 9999), st.integers(1, 4))
names = st.sampled_from(["Blue Anchor", "NA", "none", "17", "-", "A, B", 'The "C"', "D\nE", "Ünal", "株式会社"]) | st.text(
    min_size=1
)
NAMES = st.lists(names.map(lambda name: in_one_form(name)).filter(bool), min_size=1, max_size=3, unique=True)


def score_forms(score: int | None, as_text: bool) -> list[Any]:
    """Return the accepted spellings of a score, or of a blank cell."""
    if score is None:
        return [*BLANKS, *([] if as_text else [None, float("nan"), Decimal("NaN")])]
    texts = [
        f"{score}",
        f" {score}\t",
        f"{score}.0",
        f"{score}.0000",
        f"{score:,}",
        f"{score:,}.0",
        f"{score:,}.00",
        f"{score:09}",
    ]
    return texts if as_text else [*texts, score, float(score), Decimal(score), numpy.int64(score)]


class Written(NamedTuple):
    """Scores, and rows in which they are written."""

    scores: Regions
    rows: Rows
    program: Program | None
    wide: bool

    @property
    def columns(self) -> dict[str, Any]:
        """The arguments that name the columns."""
        return {"partner": "Account", "region": "Region", **({} if self.wide else {"quarter": "Quarter", "score": "Score"})}


@st.composite
def written(draw: st.DrawFn, as_text: bool, rules: st.SearchStrategy[Program | None]) -> Written:
    """Draw the scores of partners by region, and write them in any accepted spelling, in long or wide rows, in any order."""
    program, wide = draw(rules), draw(st.booleans())
    if program is None:
        of_sheet = draw(st.lists(quarters, min_size=1, max_size=4, unique=True))
    else:
        first, stop = draw(st.sampled_from(known_spans(program)))
        places = st.integers(0, min(stop - first, 12) - 1)
        of_sheet = [first + place for place in draw(st.lists(places, min_size=1, max_size=4, unique=True))]
    highest = {quarter: LARGEST if program is None else program.edition(quarter).maximum_score for quarter in of_sheet}
    headers = {quarter: draw(st.sampled_from(spellings(quarter))) for quarter in of_sheet}
    scores: dict[str, dict[str, dict[FiscalQuarter, int | None]]] = {}
    rows: Rows = []
    for name in draw(NAMES):
        of_partner = of_sheet if wide else draw(st.lists(st.sampled_from(of_sheet), min_size=1, unique=True))
        for region in draw(NAMES):
            history = {quarter: draw(st.none() | st.integers(0, highest[quarter])) for quarter in of_partner}
            scores.setdefault(name, {})[region] = history
            cells = {quarter: draw(st.sampled_from(score_forms(score, as_text))) for quarter, score in history.items()}
            named = {"Account": f" {name} ", "Region": region}
            if wide:
                rows.append({**named, **{headers[quarter]: cell for quarter, cell in cells.items()}})
            else:
                spelled = {quarter: draw(st.sampled_from(spellings(quarter))) for quarter in cells}
                rows += [{**named, "Quarter": spelled[quarter], "Score": cell} for quarter, cell in cells.items()]
    return Written(scores, draw(st.permutations(rows)), program, wide)


def best(regions: Mapping[str, Mapping[FiscalQuarter, int | None]]) -> dict[FiscalQuarter, int | None]:
    """Return the highest score of each quarter that all regions have (rule R10)."""
    histories = list(regions.values())
    common = [quarter for quarter in histories[0] if all(quarter in history for history in histories)]
    scored = {quarter: [history[quarter] for history in histories if history[quarter] is not None] for quarter in common}
    return {quarter: max(scores) if scores else None for quarter, scores in scored.items()}  # type: ignore[type-var]


def same(scores: Regions, read: PartnerScores, without: Set[str | None] = frozenset()) -> None:
    """Assert that scores are what was read; partners with a row of an unknown region have no highest score."""
    assert {name: {place: ScoreHistory(one) for place, one in of.items()} for name, of in scores.items()} == read.regions
    whole = {name: regions for name, regions in scores.items() if best(regions) and name not in without}
    histories = {name: ScoreHistory(best(regions)) for name, regions in whole.items()}
    assert histories == read.histories


def in_a_file(rows: Rows) -> csv.DictReader[str]:
    """Return a reader of a file that contains rows."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(dict.fromkeys(header for row in rows for header in row)))
    writer.writeheader()
    writer.writerows(rows)
    file.seek(0)
    return csv.DictReader(file)


@given(written(as_text=False, rules=st.none() | programs))
def test_what_was_written_is_read(sheet: Written) -> None:
    """R10: any scores, in any accepted spelling and order, are read back from long and from wide rows."""
    read = read_scores(sheet.rows, **sheet.columns, program=sheet.program, blank=None)
    assert () == read.problems
    same(sheet.scores, read)


@given(written(as_text=True, rules=st.none() | programs))
def test_what_was_written_into_a_file_is_read(sheet: Written) -> None:
    """A csv file between changes nothing."""
    read = read_scores(in_a_file(sheet.rows), **sheet.columns, program=sheet.program, blank=None)
    assert () == read.problems
    same(sheet.scores, read)


def is_missing(value: Any) -> bool:
    """Return whether a value is missing: blank text, `None` or NaN."""
    return not value.strip() if isinstance(value, str) else value is None or (isinstance(value, float) and value != value)


def digits(text: str) -> bool:
    """Return whether a text has ASCII digits only."""
    return bool(text) and set(text) <= set("0123456789")


def number_in(value: Any) -> int | None:
    """Return a value as a whole number; `None` if the value is text, or not whole."""
    if isinstance(value, float) and abs(value) <= LARGEST and value == int(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def score_in(value: Any) -> int | None:
    """Return the score in a value, found without patterns; `None` if there is no score."""
    if not isinstance(value, str):
        return number_in(value)
    whole, point, zeros = value.strip().partition(".")
    first, *groups = whole.split(",")
    if (point and set(zeros) != {"0"}) or not digits(first) or len(first) > (3 if groups else 9) or len(groups) > 2:
        return None
    if groups and (first[0] == "0" or not all(digits(group) and len(group) == 3 for group in groups)):
        return None
    thousands = not groups and len(zeros) == 3 and len(first) <= 3 and first[0] != "0"
    return None if thousands else int("".join([first, *groups]))


def quarter_in(value: Any) -> FiscalQuarter | None:
    """Return the quarter in a value, found without patterns; `None` if there is no quarter."""
    text = value.strip().upper() if isinstance(value, str) and value.strip().isascii() else ""
    year, number = (text[2:], text[:2]) if text.startswith("Q") else (text[:-2], text[-2:])
    year = year[1:] if number == text[:2] and year[:1] in (" ", "-", "_") else year
    year = year[:-1] if number == text[-2:] and year[-1:] in (" ", "-", "_") else year
    if number not in ("Q1", "Q2", "Q3", "Q4") or not year.startswith("FY") or not digits(year[2:]):
        return None
    of = int(year[2:]) + (2000 if len(year) == 4 else 0)
    return FiscalQuarter(of, int(number[1])) if len(year) in (4, 6) and of >= 2 else None


def in_one_form(name: str) -> str:
    """Return a name with single blanks and composed accents."""
    return " ".join(normalize("NFC", name).split())


def name_in(value: Any) -> str | None:
    """Return the name in a value; `None` if there is no name."""
    if isinstance(value, str):
        return in_one_form(value) or None
    number = number_in(value)
    return None if number is None or abs(number) >= 10**100 else str(number)


Place = tuple[int, str | None]


def expected_of(sheet: Written, rows: Rows, maximum: int) -> tuple[Regions, list[Place]]:
    """Return the scores in rows by partner and region, and the places of the problems."""
    problems: list[Place] = []
    found: dict[str, dict[str, dict[FiscalQuarter, list[tuple[Place, int | None]]]]] = {}
    for number, row in enumerate(rows, start=2):
        if all(map(is_missing, row.values())):
            continue
        name, region = name_in(row["Account"]), name_in(row["Region"])
        problems += [(number, column) for column, one in (("Account", name), ("Region", region)) if one is None]
        of: dict[FiscalQuarter, list[tuple[Place, int | None]]] = {}
        if name is not None and region is not None:
            of = found.setdefault(name, {}).setdefault(region, of)
        pairs: Sequence[tuple[Any, str, Any]] = [("Quarter", "Score", row.get("Quarter"))]
        for header, column, quarter in [(one, one, one) for one in list(row)[2:]] if sheet.wide else pairs:
            cell, when = row[column], quarter_in(quarter)
            blank = is_missing(cell) or (
                isinstance(cell, str) and cell.strip().lower() in {one.strip().lower() for one in BLANKS}
            )
            score = None if blank else score_in(cell)
            if when is None:
                problems.append((number, header))
            elif not blank and (score is None or not 0 <= score <= maximum):
                problems.append((number, column.strip()))
            else:
                of.setdefault(when, []).append(((number, column.strip()), score))
    kept: dict[str, dict[str, dict[FiscalQuarter, int | None]]] = {}
    for name, regions in found.items():
        for region, of in regions.items():
            kept.setdefault(name, {})[region] = {
                when: cells[0][1] for when, cells in of.items() if len({one[1] for one in cells}) == 1
            }
        for of in regions.values():
            for when, cells in of.items():
                if any(when not in history for history in kept[name].values()):
                    problems += [place for place, _ in cells]
    return kept, problems


texts = st.text(
    "0123456789,.-+ FYQfyq\N{ARABIC-INDIC DIGIT ONE}\N{FULLWIDTH DIGIT TWO}\N{NO-BREAK SPACE}", max_size=9
) | st.text(max_size=9)
values = st.sampled_from([*BLANKS, "1.020", "310.000", "1,020", "FY24 Q1", "q2-fy2031", "2024Q1", "Blue Anchor"]) | texts
values |= st.none() | st.booleans() | st.integers(-5, 1100) | st.integers() | st.floats() | st.integers(0, 1100).map(float)


@st.composite
def corrupted(draw: st.DrawFn) -> tuple[Written, Rows]:
    """Draw rows of scores, and the same rows with up to three cells replaced by any value."""
    sheet = draw(written(as_text=True, rules=st.sampled_from([None, BEST_OF_FOUR])))
    rows = [dict(row) for row in sheet.rows]
    for _ in range(draw(st.integers(1, 3))):
        row = draw(st.sampled_from(rows))
        row[draw(st.sampled_from(list(row)))] = draw(
            values | st.sampled_from([one for other in rows for one in other.values()])
        )
    return sheet, rows


@given(corrupted())
def test_a_corrupted_cell_changes_what_it_says_alone(drawn: tuple[Written, Rows]) -> None:
    """R10: another value in a cell is read for what it is, or is a problem there; the rest is as before, but for conflicts."""
    sheet, rows = drawn
    read = read_scores(rows, **sheet.columns, program=sheet.program, blank=None)
    scores, problems = expected_of(sheet, rows, 1000 if sheet.program else LARGEST)
    assert sorted(problems, key=repr) == sorted(((one.row, one.column) for one in read.problems), key=repr)
    assert all(one.value is rows[one.row - 2][header_of(one, rows)] for one in read.problems)
    unplaced = {name_in(row["Account"]) for row in rows if name_in(row["Region"]) is None}
    same(scores, read, unplaced)


def header_of(problem: Problem, rows: Rows) -> str:
    """Return the header of a problem, spelled as in its row."""
    (header,) = [header for header in rows[problem.row - 2] if header.strip() == problem.column]
    return header


@given(corrupted())
def test_every_row_is_in_a_result_or_in_a_problem(drawn: tuple[Written, Rows]) -> None:
    """A row without a problem has all its scores in the history of its region; only empty rows are in neither."""
    sheet, rows = drawn
    read = read_scores(dict(enumerate(rows, start=7)), **sheet.columns, program=sheet.program, blank=None)
    with_problems = {problem.row for problem in read.problems}
    for number, row in enumerate(rows, start=7):
        if number not in with_problems and not all(map(is_missing, row.values())):
            history = read.regions[str(name_in(row["Account"]))][str(name_in(row["Region"]))]
            pairs = {header: row[header] for header in list(row)[2:]} if sheet.wide else {row["Quarter"]: row["Score"]}
            assert {quarter_in(quarter): score_in(cell) for quarter, cell in pairs.items()}.items() <= dict(history).items()


NAMED = {str(tier).lower(): tier for tier in Tier}
LABELS = {**NAMED, **{label.lower(): tier for label, tier in zip(METALS, TIERS)}}
Record = dict[str, dict[int, tuple[date, date | None, Tier]]]
COLUMNS: dict[str, Any] = {"partner": "Account", "start": "From", "stop": "To", "tier": "Level"}
FORMATS = [None, "%m/%d/%Y", "%d.%m.%Y", "%Y%m%d", "%d %B %Y", "%Y-%j", "%m/%d/%Y %H:%M"]


@st.composite
def recorded(draw: st.DrawFn, formats: Sequence[str | None], as_text: bool) -> tuple[Record, Rows, dict[str, Any]]:
    """Draw the records of partners, and write them in any accepted spelling, in any order."""
    date_format, program = draw(st.sampled_from(formats)), draw(st.sampled_from([None, GUILD]))
    labels = NAMED if program is None else LABELS
    record: Record = {}
    rows: Rows = []

    def form(day: date) -> Any:
        texts = [day.strftime(date_format)] if date_format else [f"{day}", f" {day}", f"{day}T00:00", f"{day} 00:00:00.0"]
        return draw(st.sampled_from(texts if as_text else [*texts, day, datetime.combine(day, time())]))

    for number, name in enumerate(
        draw(st.lists(names.map(lambda name: in_one_form(name)).filter(bool), min_size=1, max_size=5)), start=2
    ):
        first, stop = draw(st.tuples(st.just(date(2000, 1, 1)) | days(date(1000, 1, 1)), st.none() | days(date(1000, 1, 1))))
        first, stop = (first, stop) if stop is None or first < stop else (min(first, stop), None)
        label = draw(st.sampled_from(sorted(labels)))
        record.setdefault(name, {})[number] = (first, stop, labels[label])
        blank = draw(st.sampled_from(BLANKS if as_text else [*BLANKS, None]))
        level = draw(st.sampled_from([label, label.upper(), f" {label.title()} ", *([] if as_text else [labels[label]])]))
        rows.append({"Account": name, "From": form(first), "To": form(stop) if stop else blank, "Level": level})
    return record, rows, {"date_format": date_format, "program": program}


@given(recorded(FORMATS, as_text=False))
def test_a_record_that_was_written_is_read(drawn: tuple[Record, Rows, dict[str, Any]]) -> None:
    """Any record, with days and tiers in any accepted spelling, is read back with the numbers of its rows."""
    record, rows, options = drawn
    read = read_records(rows, **COLUMNS, **options)
    assert (record, ()) == (read.records, read.problems)


@given(recorded(FORMATS, as_text=True))
def test_a_record_that_was_written_into_a_file_is_read(drawn: tuple[Record, Rows, dict[str, Any]]) -> None:
    """A csv file between changes nothing but the numbers, which are lines of the file."""
    record, rows, options = drawn
    read = read_records(in_a_file(rows), **COLUMNS, **options)
    assert () == read.problems
    assert {name: list(of.values()) for name, of in record.items()} == {
        name: list(of.values()) for name, of in read.records.items()
    }


def day_in(value: Any) -> date | None:
    """Return the day in a value, found without patterns; `None` if there is no day."""
    text = value.strip() if isinstance(value, str) else ""
    day, rest = text[:10], text[10:]
    clock = rest[1:].rstrip("0") if rest.startswith((" 00:00:00.0", "T00:00:00.0")) else rest[1:] + ":00"
    if [len(part) for part in day.split("-") if digits(part)] != [4, 2, 2]:
        return None
    if rest and (rest[0] not in "T " or clock not in ("00:00:00.", "00:00:00:00", "00:00:00")):
        return None
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


dates = st.sampled_from(
    ["2023-02-29", "2023-03-01", "4/5/2023", "2023-03-01T12:00", "2023-03-01 00:00", "0001-01-01", "9999-12-31"]
)
dates |= st.text("0123456789-T: ", max_size=12) | st.sampled_from(["Gold", "crest ", "Crest!", "provisional"]) | values


@given(recorded([None], as_text=True), st.data())
def test_a_corrupted_row_of_a_record_is_read_or_a_problem(
    drawn: tuple[Record, Rows, dict[str, Any]], data: st.DataObject
) -> None:
    """Another value in a cell of a record is read for what it is, or is a problem there, and other rows are as before."""
    _, rows, options = drawn
    row = data.draw(st.sampled_from(rows))
    row[data.draw(st.sampled_from(list(row)))] = data.draw(
        dates | st.sampled_from([one for other in rows for one in other.values()])
    )
    record: Record = {}
    problems: list[Place] = []
    for number, cells in enumerate(rows, start=2):
        name, first, tier = name_in(cells["Account"]), day_in(cells["From"]), None
        if isinstance(cells["Level"], str):
            tier = (LABELS if options["program"] else NAMED).get(cells["Level"].strip().lower())
        goes_on = is_missing(cells["To"]) or str(cells["To"]).strip().lower() in [one.strip().lower() for one in BLANKS]
        stop = None if goes_on else day_in(cells["To"])
        wrong = {"Account": name is None, "From": first is None, "To": stop is None and not goes_on, "Level": tier is None}
        problems += [(number, column) for column, is_wrong in wrong.items() if is_wrong]
        if name and first and tier and not wrong["To"]:
            if date(1, 6, 1) <= first <= date(9999, 1, 31) and (stop is None or first < stop):
                record.setdefault(name, {})[number] = (first, stop, tier)
            else:
                problems.append((number, None))
    read = read_records(rows, **COLUMNS, **options)
    assert record == read.records
    assert problems == [(problem.row, problem.column) for problem in read.problems]
