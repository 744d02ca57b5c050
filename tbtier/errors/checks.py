"""Checks of the values that users give: days, ints, scores, rows of a record, and the fields of rules.

A check raises an error that names the value and says what is wanted; most checks return the value in its plain form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from operator import index
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, cast

from tbtier.errors import RangeError, RuleDataError, ScoreError, ScoreTypeError, WrongTypeError
from tbtier.errors.values import is_of, shown

if TYPE_CHECKING:
    from tbtier.errors import Quarter

__all__: list[str] = []

# Python's own class. Libraries that freeze time replace `date` in every module with their own class, but do not look
# into tuples. Days of their class must not stay in a cache.
DATES: Final = cast("tuple[type[date]]", date.__mro__[-2:-1])
ROW: Final = "a (first day, tier) pair or a (first day, stop, tier) triple"
# Before the first of these days no quarter has taken effect; after the last, no quarter contains the day.
FIRST_DAY: Final = date(1, 6, 1)
LAST_DAY: Final = date(9999, 1, 31)
LIMIT: Final = 10**30  # of a whole number: larger than every score and sum; Python writes at most 4,300 digits
_LONGEST: Final = 100  # digits of the number of a row
MOST_ROWS: Final = 1_000_000  # an iterator without an end has more
_WITHOUT_END: Final = "give an iterable that ends"


def require_date(value: object, what: str = "day") -> date:
    """Return `value` as a plain date; reject a datetime, since its day depends on a time zone."""
    (plain,) = DATES
    if type(value) is plain:
        return value
    if not is_day(value):
        raise WrongTypeError(what, value, "a date", _advice_on_day(value))
    return plain.fromordinal(plain.toordinal(cast("date", value)))  # not by attributes, which a subclass can override


def is_day(value: object) -> bool:
    """Return whether a value is a date, but not a datetime."""
    (plain,) = DATES
    return is_of(value, plain) and not is_of(value, datetime)


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
    if is_of(value, str):
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
    return type(value).__name__ in ("bool", "bool_")


def require_bool(value: object, what: str) -> bool:
    """Return a bool of Python or numpy as a bool; reject any other value, whose truth may be no answer."""
    if not is_bool(value):
        raise WrongTypeError(what, value, "True or False")
    return bool(value)


def require_int(value: Any, what: str, advice: str = "") -> int:
    """Return an integer of Python, numpy or pandas as an int; reject a bool."""
    if type(value) is int:
        return value
    if is_bool(value):
        raise WrongTypeError(what, value, "an int", advice)
    try:
        return int.__int__(index(value))  # a plain one, even from a subclass
    except TypeError:
        raise WrongTypeError(what, value, "an int", advice) from None


def require_row_number(number: Any, advice: str = "") -> int:
    """Return the number of a row as an int, from which texts are made."""
    whole = require_int(number, "the number of a row", advice)
    if abs(whole) >= 10**_LONGEST:
        raise RangeError("the number of a row", whole, f"a number of up to {_LONGEST} digits", advice)
    return whole


def require_score(score: Any, quarter: Quarter | None, maximum: int | None = None) -> int:
    """Return a score as an int if it is a whole number from 0 to `maximum`, inclusive."""
    if type(score) is int and 0 <= score < LIMIT and (maximum is None or score <= maximum):
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
    if not 0 <= whole < LIMIT or (maximum is not None and whole > maximum):
        wanted = wanted if maximum is not None or whole < 0 else f"{wanted}, below 1E+30"
        raise ScoreError(what, whole, wanted, "correct it, or give None where there is no score", quarter, maximum)
    return whole


def require_row(row: Any, where: str) -> tuple[date, date | None, Any]:
    """Return the first day, the stop if there is one, and the unchecked tier of a row; `where` names the row in errors."""
    if isinstance(row, (str, bytes)) or not isinstance(row, Sequence):
        raise WrongTypeError(where, row, ROW)
    given = tuple(islice(iterator_of(row, where, ROW), 4))
    if len(given) not in (2, 3):
        raise WrongTypeError(where, row, ROW)
    start, stop, tier = given if len(given) == 3 else (given[0], None, given[1])
    start = require_date(start, f"the first day of {where}")
    if not FIRST_DAY <= start <= LAST_DAY:
        raise RangeError(f"the first day of {where}", start, f"from {FIRST_DAY} to {LAST_DAY}")
    if stop is not None:
        stop = require_date(stop, f"the stop of {where}")
        if stop <= start:
            advice = "give the first day after the row, or None where it goes on"
            raise RangeError(f"the stop of {where}", stop, f"after its first day, {start}", advice)
    return start, stop, tier


def require_iterable(value: Any, what: str, wanted: str) -> list[Any]:
    """Return the values of an iterable that is not text, a million at most: an iterator may have no end."""
    if isinstance(value, (str, bytes)):
        raise WrongTypeError(what, value, wanted)
    return bounded(iterator_of(value, what, wanted), what)


def iterator_of(value: Any, what: str, wanted: str, advice: str = "") -> Iterator[Any]:
    """Return an iterator of a value; a mock, and an array without a dimension, only pose as an iterable."""
    try:
        if isinstance(value, Iterable):
            return iter(value)
    except TypeError:
        pass
    raise WrongTypeError(what, value, wanted, advice)


def pairs_of(mapping: Mapping[Any, Any], what: str, wanted: str) -> Iterator[tuple[Any, Any]]:
    """Yield the keys and values of a mapping; raise `WrongTypeError` if its method returns no pairs."""
    items = mapping.items()
    if not isinstance(items, Iterable):
        raise WrongTypeError(what, mapping, wanted)
    for pair in items:
        try:
            key, value = pair
        except (TypeError, ValueError):
            raise WrongTypeError(what, mapping, wanted) from None
        yield key, value


def bounded(values: Iterator[Any], what: str, most: int = MOST_ROWS, advice: str = _WITHOUT_END) -> list[Any]:
    """Return the values of an iterator; raise `RangeError` if there are more than `most`, such as without an end."""
    found = list(islice(values, most + 1))
    if len(found) > most:
        raise too_many(what, most, advice)
    return found


def too_many(what: str, most: int, advice: str = _WITHOUT_END) -> RangeError:
    """Return the error of more values than there can be."""
    return RangeError(f"the number of {what}", most + 1, f"at most {most}", advice)


def _is_one(value: object, kinds: tuple[type, ...]) -> bool:
    """Return whether a value is of one of some types; a number of a subclass, such as a bool, is not, since it may lie."""
    kind = type(value)
    return kind in kinds or (issubclass(kind, kinds) and not hasattr(kind, "numerator"))


def _names(kinds: tuple[type, ...]) -> str:
    """Return the names of some types as alternatives."""
    return " or ".join("None" if kind is NoneType else kind.__name__ for kind in kinds)


def require_of(what: str, value: object, *kinds: type) -> None:
    """Raise `WrongTypeError` unless a value is of one of some types, and below 1E+30 if it is an int."""
    if not _is_one(value, kinds) or (type(value) is int and abs(value) >= LIMIT):
        advice = "a number of a subclass is refused" if type(value) not in kinds and issubclass(type(value), kinds) else ""
        raise WrongTypeError(what, value, _names(kinds), advice)


def of_kind(*kinds: type) -> Callable[[Any, Any, Any], None]:
    """Return a validator for attrs that rejects a value of any other type."""

    def check(_: object, field: Any, value: object) -> None:
        require_of(field.alias, value, *kinds)

    return check


def as_day(day: date) -> date:
    """Return a day as a plain date, as a converter for attrs."""
    return require_date(day)


def require_after(what: str, stop: date, start: date) -> None:
    """Raise `RangeError` unless a stop is after the first day."""
    if stop <= start:
        raise RangeError(what, stop, f"after start, {start}", "give the first day after the span")


def after_start(value: Any, field: Any, stop: date) -> None:
    """Reject a `stop` that is not after the `start` of the value."""
    require_after(field.name, stop, value.start)


def tuple_of(*kinds: type) -> Callable[[Any, Any, Any], None]:
    """Return a validator for attrs that rejects all but tuples of values of some types."""

    def check(_: object, field: Any, value: object) -> None:
        if type(value) is not tuple or not all(_is_one(one, kinds) for one in value):
            raise WrongTypeError(field.alias, value, f"a tuple of {_names(kinds)}")

    return check


def require_kind(kind: type | tuple[type, ...], where: str, value: object) -> None:
    """Raise `RuleDataError` unless a value is of a type."""
    if not is_of(value, kind):
        raise RuleDataError(where, f"must be {_names((kind,) if isinstance(kind, type) else kind)}, got {shown(value)}")


def require_whole(where: str, value: object, least: int = 0) -> None:
    """Raise `RuleDataError` unless a value is an int from `least` up."""
    if type(value) is not int or not least <= value < LIMIT:
        most = ", below 1E+30" if type(value) is int and value >= LIMIT else ""
        raise RuleDataError(where, f"must be an int from {least} up{most}, got {shown(value)}")


def require_text(where: str, value: object) -> None:
    """Raise `RuleDataError` unless `value` is one line of text that is not blank."""
    require_str(where, value)
    if not str.strip(cast("str", value)):
        raise RuleDataError(where, f"must be text, got {shown(value)}")


def require_str(where: str, value: object) -> None:
    """Raise `RuleDataError` unless `value` is one line of text, which may be empty."""
    if not is_of(value, str):
        raise RuleDataError(where, f"must be text, got {shown(value)}")
    if len(str.splitlines(value)) > 1:
        raise RuleDataError(where, f"must be one line, got {shown(value)}")
