"""Checks of the values that users give: days, ints, scores, rows of a record, and the fields of rules.

A check raises an error that names the value and says what is wanted; most checks return the value in its plain form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from operator import index
from typing import TYPE_CHECKING, Any, Final, cast

from tbtier.errors import RangeError, RuleDataError, ScoreError, ScoreTypeError, WrongTypeError
from tbtier.errors.values import shown

if TYPE_CHECKING:
    from tbtier.errors import Quarter

__all__: list[str] = []

# Python's own class. Libraries that freeze time replace `date` in every module with their own class, but do not look
# into tuples. Days of their class must not stay in a cache.
DATES: Final = cast("tuple[type[date]]", date.__mro__[-2:-1])
ROW: Final = "a (first day, tier) pair or a (first day, stop, tier) triple"
# Before the first of these days no quarter has taken effect; after the last, no quarter contains the day.
_FIRST_DAY: Final = date(1, 6, 1)
LAST_DAY: Final = date(9999, 1, 31)


def require_date(value: object, what: str = "day") -> date:
    """Return `value` as a plain date; reject a datetime, since its day depends on a time zone."""
    (plain,) = DATES
    if type(value) is plain:
        return value
    if isinstance(value, datetime) or not isinstance(value, plain):
        raise WrongTypeError(what, value, "a date", _advice_on_day(value))
    return plain.fromordinal(plain.toordinal(value))  # not by attributes, which a subclass can override


def is_missing(value: object) -> bool:
    """Return whether a value is `None`, or the missing value of a library, such as NaN, NaT and the NA of pandas."""
    try:
        return value is None or bool(value != value)  # NaN and NaT do not equal themselves
    except Exception:  # an array is neither true nor false, and neither is the NA of pandas
        return type(value).__name__ == "NAType"


def _advice_on_day(value: object) -> str:
    """Return advice on how to make a date from the given value."""
    if is_missing(value):
        return "there is no day; leave it out"
    if isinstance(value, str):
        return "date.fromisoformat reads one from text"
    if hasattr(value, "last_day"):  # a span of days
        return "take .start or .last_day"
    if type(value).__name__ == "datetime64":  # of numpy, which may not be installed
        return "take .astype('datetime64[D]').item()"
    if callable(getattr(value, "py_date", None)):  # a date of the library whenever
        return "take .py_date()"
    if callable(getattr(value, "date", None)):
        return "take .date() in the time zone that is meant"
    return "convert it to a datetime.date"


def is_bool(value: object) -> bool:
    """Return whether a value is a bool of Python or numpy; older versions of numpy accept their bool as an index."""
    return isinstance(value, bool) or type(value).__name__ in ("bool", "bool_")


def require_int(value: Any, what: str, advice: str = "") -> int:
    """Return an integer of Python, numpy or pandas as an int; reject a bool."""
    if type(value) is int:
        return value
    if is_bool(value):
        raise WrongTypeError(what, value, "an int", advice)
    try:
        return index(value)
    except TypeError:
        raise WrongTypeError(what, value, "an int", advice) from None


def require_score(score: Any, quarter: Quarter | None, maximum: int | None = None) -> int:
    """Return a score as an int if it is a whole number from 0 to `maximum`, inclusive."""
    if type(score) is int and 0 <= score and (maximum is None or score <= maximum):
        return score
    what = "the score" if quarter is None else f"the score of {quarter}"
    wanted = "a whole number from 0 up" if maximum is None else f"a whole number from 0 to {maximum}"
    try:
        whole = require_int(score, what)
    except WrongTypeError:
        text = isinstance(score, (str, bytes))
        advice = (
            "int(...) reads a number, and tbtier.reading.read_scores an export"
            if text
            else "give an int, or None where there is no score"
        )
        raise ScoreTypeError(what, score, wanted, advice, quarter, maximum) from None
    if whole < 0 or (maximum is not None and whole > maximum):
        raise ScoreError(what, whole, wanted, "correct it, or give None where there is no score", quarter, maximum)
    return whole


def require_row(row: Any, where: str) -> tuple[date, date | None, Any]:
    """Return the first day, the stop if there is one, and the unchecked tier of a row; `where` names the row in errors."""
    if isinstance(row, (str, bytes)) or not isinstance(row, Sequence) or len(row) not in (2, 3):
        raise WrongTypeError(where, row, ROW)
    start, stop, tier = row if len(row) == 3 else (row[0], None, row[1])
    start = require_date(start, f"the first day of {where}")
    if not _FIRST_DAY <= start <= LAST_DAY:
        raise RangeError(f"the first day of {where}", start, f"from {_FIRST_DAY} to {LAST_DAY}")
    if stop is not None:
        stop = require_date(stop, f"the stop of {where}")
        if stop <= start:
            advice = "give the first day after the row, or None where it goes on"
            raise RangeError(f"the stop of {where}", stop, f"after its first day, {start}", advice)
    return start, stop, tier


def require_iterable(value: Any, what: str, wanted: str) -> Iterable[Any]:
    """Return a value if it is an iterable, but not text."""
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise WrongTypeError(what, value, wanted)
    return value


def require_kind(kind: type | tuple[type, ...], where: str, value: object) -> None:
    """Raise `RuleDataError` unless a value is of a type."""
    if not isinstance(value, kind):
        name = kind.__name__ if isinstance(kind, type) else " or ".join(one.__name__ for one in kind)
        raise RuleDataError(where, f"must be {name}, got {shown(value)}")


def require_whole(where: str, value: object, least: int = 0) -> None:
    """Raise `RuleDataError` unless a value is an int from `least` up."""
    if type(value) is not int or value < least:
        raise RuleDataError(where, f"must be an int from {least} up, got {shown(value)}")


def require_text(where: str, value: object) -> None:
    """Raise `RuleDataError` unless `value` is one line of text that is not blank."""
    require_str(where, value)
    if not str(value).strip():
        raise RuleDataError(where, f"must be text, got {shown(value)}")


def require_str(where: str, value: object) -> None:
    """Raise `RuleDataError` unless `value` is one line of text, which may be empty."""
    if not isinstance(value, str):
        raise RuleDataError(where, f"must be text, got {shown(value)}")
    if len(value.splitlines()) > 1:
        raise RuleDataError(where, f"must be one line, got {shown(value)}")
