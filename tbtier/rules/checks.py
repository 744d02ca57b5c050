"""Checks of scores, and of the fields of rules."""

from __future__ import annotations

from typing import Any

from tbtier.errors import RuleDataError, ScoreError, ScoreTypeError, WrongTypeError, shown
from tbtier.fiscal import FiscalQuarter, require_int

__all__: list[str] = []


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
        advice = "int(...) reads text" if text else "give an int, or None where there is no score"
        raise ScoreTypeError(what, score, wanted, advice, quarter, maximum) from None
    if whole < 0 or (maximum is not None and whole > maximum):
        raise ScoreError(what, whole, wanted, "correct it, or give None where there is no score", quarter, maximum)
    return whole


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
