"""The reading of cells: names, quarters, scores, tiers and days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from numbers import Integral
from types import EllipsisType
from typing import Any, Final
from unicodedata import normalize

from tbtier.errors import MissingScoreError, ParseError, RangeError, TbtierError, WrongTypeError
from tbtier.errors.checks import is_bool, is_missing, require_date, require_int, require_score
from tbtier.errors.values import PROSE, is_of, plain_text, shown
from tbtier.fiscal import ONE_DAY, FiscalQuarter, as_quarter
from tbtier.rules.program import Program, require_program
from tbtier.rules.tiers import Tier, tier_among

__all__: list[str] = []

_BLANKS: Final = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}", "n/a", "na", "nan", "nat", "<na>", "none", "null"})
_WHOLE: Final = r"[0-9]{1,9}(\.0+)?|[1-9][0-9]{0,2}(,[0-9]{3}){1,2}(\.0+)?"
_POINT_OR_THOUSANDS: Final = r"([1-9][0-9]{0,2})\.([0-9]{3})"
_LARGEST: Final = 999_999_999
_NUMBERS: Final = (Integral, float, Decimal)
_LIKE_A_QUARTER: Final = r"(?=.*([0-9]|Q ?I)).*(FY|FISCAL|QUARTER|\bQ|[0-9] ?Q)"
_ISO_DAY: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ]00:00(:00(\.0+)?)?)?"
_DAY_AND_MONTH: Final = r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})"
_DAY_TO_SHOW: Final = date(2023, 4, 30)
_LONGEST: Final = 100  # characters of a day and of a format, and digits of a name


def is_empty(value: Any) -> bool:
    """Return whether a cell has no value; `csv.DictReader` gives the cells without a header as one list."""
    return all(map(_has_no_value, value)) if is_of(value, list) else _has_no_value(value)


def _has_no_value(cell: Any) -> bool:
    return not str.strip(cell) if is_of(cell, str) else is_missing(cell)


def is_blank(value: Any) -> bool:
    """Return whether a cell is empty, or has text that people write for "no value", such as `N/A`."""
    return str.strip(value).casefold() in _BLANKS if is_of(value, str) else is_missing(value)


def is_like_a_score(value: Any) -> bool:
    """Return whether a cell has a number, or text with a digit."""
    return bool(re.search("[0-9]", value)) if is_of(value, str) else is_of(value, _NUMBERS)


def name_in(value: Any) -> str:
    """Return the name in a cell, which may be a number; blanks and accents are written in one way."""
    if is_empty(value):
        raise RangeError("the name", value, "text", "fill it in, or leave the row out")
    if is_of(value, str):
        return " ".join(normalize("NFC", plain_text(value)).split())
    if not is_of(value, _NUMBERS) or is_bool(value):
        raise WrongTypeError("the name", value, "text or a whole number")
    number = require_int(_whole(value), "the name", "give text")
    if abs(number) >= 10**_LONGEST:
        raise RangeError("the name", value, f"text, or a number of up to {_LONGEST} digits", "give text")
    return str(number)


def quarter_in(value: Any) -> FiscalQuarter:
    """Return the quarter in a cell."""
    return FiscalQuarter.from_period(value) if hasattr(value, "freqstr") else as_quarter(value)


def quarter_in_header(header: Any) -> FiscalQuarter | TbtierError | None:
    """Return the quarter in a header, an error if the header only looks like a quarter, or `None` for any other header."""
    text = clean(header)
    try:
        return quarter_in(text if is_of(header, str) else header)
    except TbtierError as error:
        return error if re.match(_LIKE_A_QUARTER, text, re.ASCII | re.IGNORECASE | re.DOTALL) else None


def score_reader(program: Program | None, blank: int | EllipsisType | None) -> Callable[[Any, FiscalQuarter], int | None]:
    """Return a function that reads the score of a quarter from a cell."""
    if program is not None:
        require_program(program)
    if not (blank is None or blank is ...):
        blank = require_score(blank, None)

    def read(value: Any, quarter: FiscalQuarter) -> int | None:
        maximum = _LARGEST if program is None else program.edition(quarter).maximum_score
        if not is_blank(value):
            given = _number(value) if is_of(value, str) else _whole(value)
        elif blank is ...:
            raise MissingScoreError(
                (quarter,), "fill it in, or give blank=None if a blank cell means that the quarter was not scored"
            )
        elif blank is None:
            return None
        else:
            given = blank
        return require_score(given, quarter, maximum)

    return read


def _number(text: str) -> int:
    """Return the whole number in a text."""
    stripped = str.strip(text)
    if found := re.fullmatch(_POINT_OR_THOUSANDS, stripped):
        readings = (found[1] + found[2], stripped.rstrip("0").rstrip("."))
        raise ParseError("a clear score", text, readings, "a point may separate thousands or decimals")
    if not re.fullmatch(_WHOLE, stripped):
        raise ParseError("a score", text, ("310", "1,020"), "a score is a whole number from 0 up")
    return int(stripped.partition(".")[0].replace(",", ""))


def _whole(value: Any) -> Any:
    """Return a float or a decimal as an int if it is whole, and any other value unchanged."""
    if type(value) is int:  # as it mostly is
        return value
    with suppress(ArithmeticError):  # comparing a signalling NaN raises
        if (is_of(value, float) or is_of(value, Decimal)) and -_LARGEST <= value <= _LARGEST and value == int(value):
            return int(value)
    return value


def tier_in(value: Any, names: Mapping[str, Tier]) -> Tier:
    """Return the tier in a cell."""
    return tier_among(names, value, "tier", "the name of one tier")


def stop_in(value: Any, date_format: str | None) -> date | None:
    """Return the stop in a cell; `None` if the cell is blank."""
    return None if is_blank(value) else day_in(value, date_format)


def stop_after(value: Any, date_format: str | None) -> date | None:
    """Return the day after the last day in a cell; `None` if the cell is blank."""
    last_day = stop_in(value, date_format)
    return last_day and min(last_day, date.max - ONE_DAY) + ONE_DAY


def day_in(value: Any, date_format: str | None) -> date:
    """Return the day in a cell."""
    if is_of(value, str):
        stripped = str.strip(value)
        return _day_of_text(value, stripped if len(stripped) <= _LONGEST else "", date_format)
    if is_of(value, datetime) and _is_midnight(value):
        return datetime.date(value)
    return require_date(value)


def clean(header: Any) -> str:
    """Return a header without byte order marks, quotes and extra blanks."""
    text = plain_text(header) if is_of(header, str) else shown(header, PROSE)
    return " ".join(text.replace("\N{ZERO WIDTH NO-BREAK SPACE}", "").replace('"', "").split())


def folded(header: Any) -> str:
    """Return a clean header in one case, for comparison."""
    return clean(header).casefold()


def _day_of_text(text: str, stripped: str, date_format: str | None) -> date:
    if date_format is not None:
        if day := _day_by(stripped, date_format):
            return day
        raise ParseError("a date", text, (_DAY_TO_SHOW.strftime(date_format),), f"date_format is {shown(date_format)}")
    if (found := re.fullmatch(_ISO_DAY, stripped)) and (day := _day_by(found[1], "%Y-%m-%d")):
        return day
    if found := re.fullmatch(_DAY_AND_MONTH, stripped):
        days = (_day_by(" ".join(found.group(1, 3, 4)), order) for order in ("%m %d %Y", "%d %m %Y"))
        if readings := tuple(dict.fromkeys(str(day) for day in days if day)):
            raise ParseError("a clear date", text, readings, "give the order with date_format=")
    raise ParseError("a date", text, (str(_DAY_TO_SHOW),), "give a day without a time; date_format= reads other forms")


def _day_by(text: str, date_format: str) -> date | None:
    """Return the day in a text of a format; `None` if there is no day, a time other than midnight, or a time zone."""
    if any(letter.isdigit() and not letter.isascii() for letter in text):
        return None
    with suppress(ValueError, re.error):  # `strptime` makes a pattern of the format
        moment = datetime.strptime(text, date_format)  # noqa: DTZ007  # a moment with a time zone is not a day
        return moment.date() if _is_midnight(moment) else None
    return None


def _is_midnight(moment: datetime) -> bool:
    """Return whether a moment is midnight without a time zone."""
    return not is_missing(moment) and moment.tzinfo is None and moment.time() == time()


def require_format(date_format: Any) -> None:
    """Raise an error unless a format is `None`, or both writes and reads whole days."""
    if not (date_format is None or is_of(date_format, str)):
        raise WrongTypeError("date_format", date_format, "text such as '%m/%d/%Y'")
    if date_format is None:
        return
    if len(date_format) > _LONGEST:  # `strptime` takes seconds for a long one
        raise RangeError("the number of characters of date_format", len(date_format), f"at most {_LONGEST}", "shorten it")
    with suppress(ValueError):
        text = _DAY_TO_SHOW.strftime(date_format)
        # `strptime` may warn about a format without a year, so `strftime` finds it first. 2017 has the weekdays of 2023.
        if text != _DAY_TO_SHOW.replace(year=2017).strftime(date_format) and _day_by(text.strip(), date_format) == _DAY_TO_SHOW:
            return
    raise ParseError("a format of days", date_format, ("%m/%d/%Y", "%d.%m.%Y"))
