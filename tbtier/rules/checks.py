"""Checks of scores, of the rows of a record, and of the fields of rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from tbtier.errors import RangeError, RuleDataError, ScoreError, ScoreTypeError, WrongTypeError, shown
from tbtier.fiscal import FiscalQuarter, require_date, require_int

__all__: list[str] = []

ROW: Final = "a (first day, tier) pair or a (first day, stop, tier) triple"
# On any other day no quarter has taken effect yet, or no quarter contains the day.
_FIRST_DAY: Final = date(1, 6, 1)
LAST_DAY: Final = date(9999, 1, 31)


def require_score(score: Any, quarter: FiscalQuarter | None, maximum: int | None = None) -> int:
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


def require_kind(kind: type | tuple[type, ...], where: str, value: object) -> None:
    """Raise `RuleDataError` unless a value is of a type."""
    if not isinstance(value, kind):
        name = kind.__name__ if isinstance(kind, type) else " or ".join(one.__name__ for one in kind)
        raise RuleDataError(where, f"must be {name}, got {shown(value)}")


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
