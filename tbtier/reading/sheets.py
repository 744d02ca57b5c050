"""Numbered rows under headers, and the problems found in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Final, NamedTuple, TypeAlias

import attrs

from tbtier.errors import RangeError, ReadingError, TbtierError, WrongTypeError
from tbtier.errors.checks import iterator_of, pairs_of, require_row_number
from tbtier.errors.values import is_of, portable, shown
from tbtier.fiscal import FiscalQuarter
from tbtier.reading.cells import clean, folded, is_empty, is_like_a_score, name_in, quarter_in, quarter_in_header

__all__ = ["Problem", "SheetRows"]

SheetRows: TypeAlias = Iterable[Mapping[Any, Any]] | Mapping[int, Mapping[Any, Any]]
"""Rows, each a mapping from headers to cells, as `csv.DictReader` gives them; or a mapping from numbers to such rows."""

SHOWN: Final = 12  # headers, rows or scores in one message
_NO_HEADER: Final = folded(None)  # where `csv.DictReader` puts the cells beyond the headers


@attrs.frozen
class Problem:
    """A cell or a row that cannot be read."""

    row: int
    """The number of the row."""
    column: str | None = attrs.field(repr=shown)
    """The header of the cell; `None` if the problem is about the whole row."""
    value: Any = attrs.field(eq=shown, repr=shown)
    """The cell, or the row, as given."""
    error: TbtierError = attrs.field(eq=repr)
    """What is wrong, and what to do."""
    partner: str | None = attrs.field(default=None, repr=shown)
    """The partner of the row; `None` if unknown."""

    def __str__(self) -> str:
        column = "" if self.column is None else f", column {shown(self.column)}"
        return f"row {self.row}{column}: {self.error}"

    def __reduce__(self) -> tuple[Any, ...]:
        return Problem, (self.row, self.column, portable(self.value), self.error, self.partner)


@attrs.frozen
class Reading:
    """The problems in the rows: the part that all results of reading share."""

    problems: tuple[Problem, ...]
    """Every problem, in the order of the rows."""

    def raise_problems(self) -> None:
        """Raise one error that lists the problems, if there are any.

        Raises:
            ReadingError: a cell or a row cannot be read.
        """
        if self.problems:
            raise ReadingError(self.problems)


class Column(NamedTuple):
    """A column: its header as given, and in the form in which headers are compared."""

    header: Any
    name: str


class Sheet:
    """A sheet, which collects the problems in its rows."""

    def __init__(self, **columns: str | None) -> None:
        self.columns: dict[str, Column | None] = {}
        for argument, header in columns.items():
            if not (header is None or is_of(header, str)):
                raise WrongTypeError(argument, header, "the header of a column")
            self.columns[argument] = None if header is None else Column(header, folded(header))
        self.problems: list[Problem] = []

    def refuse(self, row: int, column: str | None, value: Any, error: TbtierError, partner: str | None = None) -> None:
        """Note a problem."""
        self.problems.append(Problem(row, column, value, error, partner))

    def problems_in_order(self) -> tuple[Problem, ...]:
        """Return the problems in the order of the rows."""
        return tuple(sorted(self.problems, key=attrgetter("row")))

    def rows(self, rows: Any) -> Iterator[Row]:
        """Yield each row that has a value."""
        named = frozenset([column.name for column in self.columns.values() if column])
        headers = Headers((), named)
        for number, given in _numbered(rows):
            try:
                names, cells = _parts(given)
            except WrongTypeError as error:
                self.refuse(number, None, given, error)
                continue
            if all(map(is_empty, cells)):
                continue
            if names != headers.given:
                headers = Headers(names, named)
            if headers.repeated:
                repeated = RangeError("the headers", headers.repeated[:SHOWN], "unique, regardless of case", "rename a column")
                self.refuse(number, None, given, repeated)
            else:
                yield Row(self, number, headers, given, dict(zip(headers.folded, cells)))


class Headers:
    """The headers that some rows share."""

    def __init__(self, given: tuple[Any, ...], named: frozenset[str]) -> None:
        self.given = given
        self.folded: tuple[str, ...] = tuple(map(folded, given))
        times = Counter(self.folded)
        self.repeated: tuple[Any, ...] = tuple([header for header, name in zip(given, self.folded) if times[name] > 1])
        found = [(Column(clean(header), name), quarter_in_header(header)) for header, name in zip(given, self.folded)]
        self.quarters: list[tuple[Column, FiscalQuarter | TbtierError]] = [
            (column, quarter) for column, quarter in found if quarter and column.name not in named
        ]


class Cell(NamedTuple):
    """A cell that was read."""

    row: int
    column: str | None
    value: Any
    reading: Any


@attrs.define
class Row:
    """A row of a sheet."""

    sheet: Sheet
    number: int
    headers: Headers
    given: Mapping[Any, Any]
    cells: Mapping[str, Any]
    partner: str | None = None

    def refuse(self, column: str | None, value: Any, error: TbtierError) -> None:
        """Note a problem."""
        self.sheet.refuse(self.number, column, value, error, self.partner)

    def read(self, column: Column | None, reading: Callable[..., Any], *arguments: Any) -> Cell | None:
        """Return a cell with what a function reads in it; note a problem and return `None` if the function raises."""
        if column is None:
            return Cell(self.number, None, None, "")
        value = self.cells.get(column.name)
        try:
            if column.name not in self.cells:
                headers = ", ".join(map(shown, map(clean, self.headers.given[:SHOWN])))
                raise RangeError(f"the number of columns named {shown(column.header)}", 0, "1", f"the headers are {headers}")
            return Cell(self.number, column.header, value, reading(value, *arguments))
        except TbtierError as error:
            self.refuse(column.header, value, error)
            return None

    def partner_cell(self) -> Cell | None:
        """Return the cell that names the partner, for which later problems are noted; `None` if the row has too many cells."""
        cell = self.read(self.sheet.columns["partner"], name_in)
        self.partner = cell.reading if cell else None
        beyond = self.cells.get(_NO_HEADER)
        if is_of(beyond, list) and not is_empty(beyond):
            advice = "put quotes around a cell that contains a separator, or give every column a header"
            self.refuse(None, self.given, RangeError("the cells without a header", beyond, "empty", advice))
            return None
        return cell

    def scores(self, reading: Callable[..., Any]) -> Iterator[tuple[FiscalQuarter, Cell]]:
        """Yield each score with its quarter, which is in another cell or in the header."""
        if quarter := self.sheet.columns["quarter"]:
            when = self.read(quarter, quarter_in)
            if when and (cell := self.read(self.sheet.columns["score"], reading, when.reading)):
                yield when.reading, cell
            return
        columns = [one for one in self.headers.quarters if isinstance(one[1], FiscalQuarter) or self._has_a_number(one[0])]
        if not columns:
            advice = "use quarters such as FY24 Q1 as headers of scores, or name the columns with quarter= and score="
            self.refuse(None, self.given, RangeError("the number of columns headed by a quarter", 0, "1 or more", advice))
        for column, of in columns:
            if isinstance(of, TbtierError):
                self.refuse(column.header, self.cells[column.name], of)
            elif cell := self.read(column, reading, of):
                yield of, cell

    def _has_a_number(self, column: Column) -> bool:
        return is_like_a_score(self.cells[column.name])


def _parts(row: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the headers and the cells of a row."""
    if type(row) is dict:  # as it mostly is
        return tuple(row), tuple(row.values())
    wanted = "a mapping from headers to cells"
    if not isinstance(row, Mapping):
        raise WrongTypeError("the row", row, wanted)
    pairs = list(pairs_of(row, "the row", wanted))
    return tuple([header for header, _ in pairs]), tuple([cell for _, cell in pairs])


def _numbered(rows: Any) -> Iterator[tuple[int, Any]]:
    """Yield each row with its number."""
    wanted = "an iterable of mappings from headers to cells"
    if isinstance(rows, Mapping):
        for number, row in pairs_of(rows, "rows", wanted):
            advice = "to_dict('records') of a data frame gives rows, and so does a list of mappings"
            yield require_row_number(number, advice), row
    else:
        advice = "csv.DictReader gives such rows, and so does to_dict('records') of a data frame"
        if isinstance(rows, (str, bytes)) or hasattr(rows, "to_dict"):
            raise WrongTypeError("rows", rows, wanted, advice)
        for number, row in enumerate(
            iterator_of(rows, "rows", wanted, advice), start=2
        ):  # the first row of a sheet has the headers
            yield getattr(rows, "line_num", number), row
