"""Scores by partner, from the rows of an export or a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from types import EllipsisType
from typing import TypeAlias

import attrs

from tbtier.errors import MissingScoreError, ScoreError, TbtierError, WrongTypeError
from tbtier.errors.values import shown
from tbtier.evaluation.scores import ScoreHistory
from tbtier.fiscal import FiscalQuarter
from tbtier.reading.cells import name_in, score_reader
from tbtier.reading.sheets import SHOWN, Cell, Reading, Sheet, SheetRows
from tbtier.rules.program import Program

__all__ = ["PartnerScores", "read_scores"]

Cells: TypeAlias = dict[FiscalQuarter, list[Cell]]
"""The cells that give the score of each quarter."""


@attrs.frozen
class PartnerScores(Reading):
    """Scores by partner, and the problems of the rows."""

    histories: Mapping[str, ScoreHistory]
    """The history of each partner; with regions, the highest score of each quarter (rule R10).

    A partner has no highest score while the region of one of its rows cannot be read; `regions` has the scores of the others.
    """
    regions: Mapping[str, Mapping[str, ScoreHistory]]
    """The history of each region of each partner, as far as it could be read; empty if `region` was not given."""


def read_scores(
    rows: SheetRows,
    *,
    partner: str | None = None,
    region: str | None = None,
    quarter: str | None = None,
    score: str | None = None,
    program: Program | None = None,
    blank: int | EllipsisType | None = ...,
) -> PartnerScores:
    """Return the scores in the rows of an export or a sheet, by partner, and the problems.

    A score is a whole number, or text such as `310`, `310.0` or `1,020`.
    A quarter is a `FiscalQuarter`, text that `FiscalQuarter.parse` reads, or a pandas period of the frequency Q-JAN.
    If a quarter has two different scores, both are problems.

    Args:
        rows: mappings from headers to cells. Case, extra blanks, quotes and byte order marks in headers are ignored, and
            rows without a value are skipped. The number of a row is its line for a `csv.DictReader`, and its key if
            `rows` is a mapping; other rows are numbered from 2, as in a sheet with one row of headers.
            All rows are read, so an iterator must have an end.
        partner: the header of the partners; by default, all rows belong to one partner, named `""`.
        region: the header of the regions; the partner's score is then the highest of its regions (rule R10).
            A quarter that one of the regions lacks is a problem, and is left out of the partner's history.
        quarter: the header of the quarters; by default, every column whose header is a quarter has scores.
        score: the header of the scores, if `quarter` is given.
        program: the program whose maximum no score may exceed; by default, a score has up to nine digits.
        blank: the score of a blank cell, `None` if blank means "not scored"; by default, a blank cell is a problem.
            Blank cells are empty, `None`, NaN, a dash, or one of the texts `N/A`, `NA`, `NaN`, `NaT`, `<NA>`, `none`, `null`.

    >>> rows = [
    ...     {"Account": "Blue Anchor", "FY24 Q2": "1,000", "FY24 Q1": "310.0"},
    ...     {"Account": "Copper Kettle", "FY24 Q1": "1.020", "FY24 Q2": "275"},
    ... ]
    >>> read = read_scores(rows, partner="account")
    >>> read.histories["Blue Anchor"]
    ScoreHistory({'FY24 Q1': 310, 'FY24 Q2': 1000})
    >>> print(*read.problems)
    row 3, column 'FY24 Q1': '1.020' is not a clear score: write it as 1020 or 1.02; a point may separate thousands or decimals

    Raises:
        WrongTypeError: an argument has the wrong type, or only one of `quarter` and `score` is given.
        ScoreError: `blank` is below 0.
    """
    if (quarter is None) is not (score is None):
        name = "score" if score is None else "quarter"
        raise WrongTypeError(name, None, "the header of a column", "give both quarter and score, or neither")
    as_score = score_reader(program, blank)
    sheet = Sheet(partner=partner, region=region, quarter=quarter, score=score)
    by_region = sheet.columns["region"]
    found: dict[str, dict[str, Cells]] = {}
    incomplete: set[str | None] = set()
    for row in sheet.rows(rows):
        name_cell, region_cell = row.partner_cell(), row.read(by_region, name_in)
        cells: Cells = {}
        if name_cell and region_cell:  # keep the region even if none of its scores can be read
            cells = found.setdefault(name_cell.reading, {}).setdefault(region_cell.reading, cells)
        elif by_region:  # this row may have the highest score of any quarter
            incomplete.add(row.partner)
        for when, cell in row.scores(as_score):
            cells.setdefault(when, []).append(cell)
    regions: dict[str, dict[str, ScoreHistory]] = {}
    histories: dict[str, ScoreHistory] = {}
    for name, given in found.items():
        regions[name] = {one: _history(sheet, name, cells) for one, cells in given.items()}
        history = _highest(sheet, name, given) if by_region else regions[name][""]
        if history and name not in incomplete:
            histories[name] = history
    return PartnerScores(sheet.problems_in_order(), histories, regions if by_region else {})


def _history(sheet: Sheet, partner: str, cells: Cells) -> ScoreHistory:
    """Return the history of the quarters with one score; the cells of other quarters become problems and are removed."""
    for quarter, several in list(cells.items()):
        scores = tuple(dict.fromkeys(cell.reading for cell in several))
        if len(scores) > 1:
            rows = [str(row) for row in dict.fromkeys(cell.row for cell in several)][:SHOWN]
            wanted = f"one value in {'rows' if len(rows) > 1 else 'row'} {', '.join(rows)}"
            error = ScoreError(f"the score of {quarter}", scores[:SHOWN], wanted, "keep the right one", quarter)
            _refuse(sheet, partner, cells.pop(quarter), error)
    return ScoreHistory({quarter: several[0].reading for quarter, several in cells.items()})


def _highest(sheet: Sheet, partner: str, regions: Mapping[str, Cells]) -> ScoreHistory:
    """Return the highest score of each quarter (rule R10); the cells of a quarter that a region lacks are problems."""
    given: dict[FiscalQuarter, dict[str, list[Cell]]] = {}
    for name, quarters in regions.items():
        for quarter, several in quarters.items():
            given.setdefault(quarter, {})[name] = several
    for quarter, by_region in list(given.items()):
        if lacking := next((name for name in regions if name not in by_region), None):
            advice = f"give a score for the region {shown(lacking)} too, or a blank cell if it was not scored"
            error = MissingScoreError((quarter,), advice)
            _refuse(sheet, partner, chain.from_iterable(given.pop(quarter).values()), error)
    return ScoreHistory.highest(*({quarter: one[name][0].reading for quarter, one in given.items()} for name in regions))


def _refuse(sheet: Sheet, partner: str, cells: Iterable[Cell], error: TbtierError) -> None:
    for cell in cells:
        sheet.refuse(cell.row, cell.column, cell.value, error, partner)
