"""Fiscal time: quarters, fiscal years and program years (rules R1 and R2).

All spans derive from one count of months since year 0, in groups of three or twelve that begin in February or March.
A span of days is `[start, stop)`: `start` is its first day, `stop` the first day after it.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from datetime import date, timedelta
from functools import cache, lru_cache
from operator import index
from typing import Any, ClassVar, Final, Self, final, overload

import attrs

from tbtier.errors import ParseError, RangeError, WrongTypeError
from tbtier.errors.checks import DATES, is_bool, require_date, require_int
from tbtier.errors.values import is_of, plain_text

__all__ = ["FiscalQuarter", "FiscalYear", "ProgramYear"]

_FEBRUARY: Final = 2
_MARCH: Final = 3
# Python has dates for all days of these years, and for their program years and effective dates.
_FIRST_YEAR: Final = 2
_LAST_YEAR: Final = 9999
ONE_DAY: Final = timedelta(days=1)
SHARED: Final = 128  # quarters in a row, or characters: a cache keeps no longer span or text, so that its size is bounded

# `re` compiles these patterns when they are first used, and keeps them.
_YEAR: Final = "([0-9]{4}|[0-9]{2})"
_QUARTER_TEXT: Final = f"FY{_YEAR}[ _-]?Q([1-4])|Q([1-4])[ _-]?FY{_YEAR}"
_BARE_YEAR: Final = f"{_YEAR}[ _-]?Q[1-4]|Q[1-4][ _-]?{_YEAR}"
_WHICH_YEAR: Final = (
    "say FY if the year is a fiscal one; the text of a pandas period by calendar quarter looks the same"
    " and means another quarter: give the period to FiscalQuarter.from_period"
)
_PERIOD_FREQUENCIES: Final = ("Q-JAN", "QE-JAN")


def pretty(value: object, printer: Any, _: bool) -> None:
    """Print the representation of a value; without this hook, Hypothesis and IPython would list its fields."""
    printer.text(repr(value))


def _require_year(value: int) -> int:
    year = require_int(value, "year")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise RangeError("year", year, f"from {_FIRST_YEAR} to {_LAST_YEAR}")
    return year


def _century(digits: str) -> int:
    """Return the year of two digits, from 2000 to 2099, or of four."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


@lru_cache(maxsize=1024)
def _first_day(months: int) -> date:
    """Return the first day of the month `12 * year + month`, which is never a December."""
    (plain,) = DATES
    return plain(months // 12, months % 12, 1)


def ordinal_of(months: int) -> int:
    """Return the ordinal of the quarter of the month `12 * year + month`; the one path from a day to its quarter."""
    return (months - _FEBRUARY) // 3 + 4  # a fiscal year is named after the following calendar year, four quarters later


class Span:
    """A span of whole days: `start` is the first day, `stop` the first day after the span."""

    __slots__ = ()

    @property
    @abstractmethod
    def start(self) -> date:
        """The first day."""

    @property
    @abstractmethod
    def stop(self) -> date:
        """The first day after the span."""

    @property
    def last_day(self) -> date:
        """The last day, for people; the day before `stop`."""
        return self.stop - ONE_DAY

    def __contains__(self, day: date) -> bool:
        return self.start <= require_date(day) < self.stop


@final
@attrs.frozen(init=False, eq=False)
class FiscalQuarter(Span):
    """A quarter of a Salesforce fiscal year (rule R1).

    Q1 is February to April, Q2 May to July, Q3 August to October, Q4 November to January.
    Quarters have an order, `+` and `-` count in quarters, and `day in quarter` tests a day.

    >>> q = FiscalQuarter.containing(date(2023, 4, 30))
    >>> q
    FiscalQuarter(year=2024, number=1)
    >>> print(q, "to", q + 5)
    FY24 Q1 to FY25 Q2
    >>> date(2023, 5, 1) in q
    False

    Raises:
        WrongTypeError: the year or the number is not an int.
        RangeError: the year is not from 2 to 9999, or the number not from 1 to 4.
    """

    year: int
    """The fiscal year, named after the calendar year in which it ends, from 2 to 9999."""
    number: int
    """The number of the quarter in the fiscal year, from 1 to 4."""
    _ordinal: int = attrs.field(init=False, repr=False)  # a count of all quarters, four a year

    _repr_pretty_ = pretty

    def __init__(self, year: int, number: int) -> None:
        year = _require_year(year)
        number = require_int(number, "quarter number")
        if not 1 <= number <= 4:
            raise RangeError("quarter number", number, "from 1 to 4")
        self.__attrs_init__(year, number)
        object.__setattr__(self, "_ordinal", 4 * year + number - 1)

    @classmethod
    def containing(cls, day: date) -> FiscalQuarter:
        """Return the quarter in which a day lies.

        >>> print(FiscalQuarter.containing(date(2024, 1, 31)), FiscalQuarter.containing(date(2024, 2, 1)), sep=", ")
        FY24 Q4, FY25 Q1

        Raises:
            WrongTypeError: `day` is not a date, or is a datetime, whose day depends on a time zone.
            RangeError: `day` is before 0001-02-01 or after 9999-01-31, where no whole fiscal year is left.
        """
        if type(day) is not date:
            day = require_date(day)
        try:
            return quarter_at(ordinal_of(12 * day.year + day.month))
        except RangeError:
            first, last = FiscalYear(_FIRST_YEAR).start, FiscalYear(_LAST_YEAR).last_day
            raise RangeError("day", day, f"from {first} to {last}") from None

    @classmethod
    def parse(cls, text: str) -> FiscalQuarter:
        """Read a quarter from text; the inverse of `str`.

        The year has two digits (2000 to 2099) or four, after `FY`, and comes before or after the quarter, with a space,
        a hyphen, an underscore or nothing between the two. `parse` ignores case, and blanks around the text.
        `parse` rejects a bare year such as `2024Q1`, since pandas writes a calendar quarter like that.

        >>> {FiscalQuarter.parse(text) for text in ("FY24 Q1", "fy2024-q1", "Q1 FY24")}
        {FiscalQuarter(year=2024, number=1)}

        Raises:
            WrongTypeError: `text` is not a str.
            ParseError: `text` is in another spelling.
            RangeError: `text` names the year 0000 or 0001.
        """
        if not is_of(text, str):
            raise WrongTypeError("fiscal quarter", text, "text", _advice_on_quarter(text))
        return _parse_quarter(text)

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> Any:
        from tbtier.errors.fields import text_schema

        return text_schema(cls, cls.parse)

    @classmethod
    def from_period(cls, period: Any) -> FiscalQuarter:
        """Return the quarter of a pandas period of quarters whose years end in January.

        >>> import pandas
        >>> FiscalQuarter.from_period(pandas.Period("2023-04-30", freq="Q-JAN"))
        FiscalQuarter(year=2024, number=1)

        Raises:
            WrongTypeError: `period` is not a pandas period, or has another frequency.
        """
        if getattr(period, "freqstr", None) not in _PERIOD_FREQUENCIES or not hasattr(period, "qyear"):
            advice = 'period.asfreq("Q-JAN") converts days and months; a calendar quarter lies in two fiscal quarters'
            raise WrongTypeError("period", period, "a pandas Period of the frequency Q-JAN", advice)
        return cls(period.qyear, period.quarter)

    @property
    def start(self) -> date:
        """The first day."""
        return _first_day(3 * (self._ordinal - 4) + _FEBRUARY)

    @property
    def stop(self) -> date:
        """The first day after the quarter, which is the first day of the next quarter."""
        return _first_day(3 * (self._ordinal - 3) + _FEBRUARY)

    def __add__(self, quarters: int) -> FiscalQuarter:
        if type(quarters) is not int and (is_bool(quarters) or not hasattr(quarters, "__index__")):
            return NotImplemented
        return quarter_at(self._ordinal + index(quarters))

    @overload
    def __sub__(self, other: FiscalQuarter) -> int: ...
    @overload
    def __sub__(self, other: int) -> FiscalQuarter: ...
    def __sub__(self, other: FiscalQuarter | int) -> FiscalQuarter | int:
        if isinstance(other, FiscalQuarter):
            return self._ordinal - other._ordinal
        if type(other) is not int and (is_bool(other) or not hasattr(other, "__index__")):
            return NotImplemented
        return quarter_at(self._ordinal - index(other))

    # Written by hand on one int: several times as fast as the comparisons that attrs would generate.

    def __eq__(self, other: object) -> bool:
        return self._ordinal == other._ordinal if isinstance(other, FiscalQuarter) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._ordinal)

    def __lt__(self, other: FiscalQuarter) -> bool:
        return self._ordinal < other._ordinal if isinstance(other, FiscalQuarter) else NotImplemented

    def __le__(self, other: FiscalQuarter) -> bool:
        return self._ordinal <= other._ordinal if isinstance(other, FiscalQuarter) else NotImplemented

    def __gt__(self, other: FiscalQuarter) -> bool:
        return self._ordinal > other._ordinal if isinstance(other, FiscalQuarter) else NotImplemented

    def __ge__(self, other: FiscalQuarter) -> bool:
        return self._ordinal >= other._ordinal if isinstance(other, FiscalQuarter) else NotImplemented

    def __str__(self) -> str:
        return _quarter_text(self._ordinal)

    def __reduce__(self) -> tuple[Any, ...]:
        return FiscalQuarter, (self.year, self.number)


@cache  # there are fewer than 40,000
def quarter_at(ordinal: int) -> FiscalQuarter:
    """Return the quarter with this ordinal, shared to save time and memory; equality does not depend on sharing."""
    return FiscalQuarter(ordinal // 4, ordinal % 4 + 1)


@cache  # there are fewer than 40,000
def _quarter_text(ordinal: int) -> str:
    """Return the text of the quarter with this ordinal, shared to save time: reasons name the same quarters again and again."""
    return f"{FiscalYear(ordinal // 4)} Q{ordinal % 4 + 1}"


def quarters_from(ordinal: int, count: int) -> tuple[FiscalQuarter, ...]:
    """Return a number of quarters in a row, none if it is not above 0, shared to save time and memory."""
    return (_quarters_from if count <= SHARED else _quarters_from.__wrapped__)(ordinal, count)


@lru_cache(maxsize=1024)
def _quarters_from(ordinal: int, count: int) -> tuple[FiscalQuarter, ...]:
    return tuple(map(quarter_at, range(ordinal, ordinal + count)))


def _parse_quarter(text: str) -> FiscalQuarter:
    text = plain_text(text)
    return (_read_quarter if len(text) <= SHARED else _read_quarter.__wrapped__)(text)


@lru_cache(maxsize=1024)
def _read_quarter(text: str) -> FiscalQuarter:
    stripped = text.strip()
    found = re.fullmatch(_QUARTER_TEXT, stripped, re.ASCII | re.IGNORECASE)
    if not found:
        bare = re.fullmatch(_BARE_YEAR, stripped, re.ASCII | re.IGNORECASE)
        raise ParseError("a fiscal quarter", text, ("FY24 Q1", "FY2024 Q1"), _WHICH_YEAR if bare else "")
    year, number = (found[1], found[2]) if found[1] else (found[4], found[3])
    return quarter_at(4 * _century(year) + int(number) - 1)  # four quarters a year, the first of which is Q1


def as_quarter(value: FiscalQuarter | str) -> FiscalQuarter:
    """Return a quarter, which may be given as text."""
    if type(value) is FiscalQuarter:  # a final class; a mock poses as one
        return value
    if is_of(value, str):
        return _parse_quarter(value)
    raise WrongTypeError("fiscal quarter", value, "a FiscalQuarter or its text", _advice_on_quarter(value))


def _advice_on_quarter(value: object) -> str:
    """Return advice on how to make a quarter from the given value."""
    if is_of(value, date):
        return "FiscalQuarter.containing takes a date"
    return "FiscalQuarter.from_period takes a pandas Period" if hasattr(value, "freqstr") else ""


@attrs.frozen(order=True)
class _Year(Span):
    """Twelve months, named by the calendar year in which they end."""

    year: int = attrs.field(converter=_require_year)
    """The calendar year in which the year ends, from 2 to 9999."""

    _prefix: ClassVar[str]
    _name: ClassVar[str]
    _first_month: ClassVar[int]

    @classmethod
    def containing(cls, day: date) -> Self:
        """Return the year in which a day lies.

        Raises:
            WrongTypeError: `day` is not a plain date.
            RangeError: the year is not from 2 to 9999.
        """
        day = require_date(day)
        year = (12 * day.year + day.month - cls._first_month) // 12 + 1
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            last = _first_day(12 * _LAST_YEAR + cls._first_month) - ONE_DAY
            raise RangeError("day", day, f"from {cls(_FIRST_YEAR).start} to {last}")
        return cls(year)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a year from text, with two digits (2000 to 2099) or four, in upper or lower case; the inverse of `str`.

        Raises:
            WrongTypeError: `text` is not a str.
            ParseError: `text` is in another spelling.
            RangeError: `text` names the year 0000 or 0001.
        """
        if not is_of(text, str):
            raise WrongTypeError("year", text, "text")
        found = re.fullmatch(f"{cls._prefix}{_YEAR}", plain_text(text).strip(), re.ASCII | re.IGNORECASE)
        if not found:
            raise ParseError(f"a {cls._name}", text, (f"{cls._prefix}24", f"{cls._prefix}2024"))
        return cls(_century(found[1]))

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> Any:
        from tbtier.errors.fields import text_schema

        return text_schema(cls, cls.parse)

    @property
    def start(self) -> date:
        """The first day."""
        return _first_day(12 * (self.year - 1) + self._first_month)

    @property
    def stop(self) -> date:
        """The first day after the year, which is the first day of the next year."""
        return _first_day(12 * self.year + self._first_month)

    def __str__(self) -> str:
        return f"{self._prefix}{self.year % 100:02}" if 2000 <= self.year <= 2099 else f"{self._prefix}{self.year:04}"


@final
class FiscalYear(_Year):
    """A Salesforce fiscal year, from February 1 to January 31 (rule R1).

    >>> print(FiscalYear.containing(date(2023, 2, 1)))
    FY24
    >>> print(*FiscalYear.parse("FY24").quarters, sep=", ")
    FY24 Q1, FY24 Q2, FY24 Q3, FY24 Q4

    Raises:
        WrongTypeError: the year is not an int.
        RangeError: the year is not from 2 to 9999.
    """

    __slots__ = ()
    _prefix = "FY"
    _name = "fiscal year"
    _first_month = _FEBRUARY

    @property
    def quarters(self) -> tuple[FiscalQuarter, FiscalQuarter, FiscalQuarter, FiscalQuarter]:
        """The four quarters of the year, in order."""
        q1 = FiscalQuarter(self.year, 1)
        return q1, q1 + 1, q1 + 2, q1 + 3


@final
class ProgramYear(_Year):
    """A program year, from March 1 to the end of February: a month behind its fiscal year (rule R2).

    >>> print(ProgramYear.containing(date(2024, 2, 29)), ProgramYear.containing(date(2024, 3, 1)), sep=", ")
    PY24, PY25

    Raises:
        WrongTypeError: the year is not an int.
        RangeError: the year is not from 2 to 9999.
    """

    __slots__ = ()
    _prefix = "PY"
    _name = "program year"
    _first_month = _MARCH
