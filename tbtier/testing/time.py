"""Strategies for fiscal time, which often draw days where mistakes are likely."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from tbtier.errors import WrongTypeError
from tbtier.errors.checks import require_date
from tbtier.errors.values import is_of
from tbtier.fiscal import ONE_DAY, FiscalQuarter, FiscalYear, ProgramYear
from tbtier.rules.cycles import Cycle

__all__ = ["days", "fiscal_quarters", "fiscal_years", "program_years"]

_Span = TypeVar("_Span", FiscalQuarter, FiscalYear, ProgramYear)

SIMPLEST: Final = FiscalQuarter(2024, 1)  # years and quarters shrink to this quarter, if it is within the bounds
FIRST: Final = FiscalQuarter(2000, 1)
LAST: Final = FiscalQuarter(2099, 4)


def bound(kind: type[_Span], what: str, value: _Span | str) -> _Span:
    """Return a bound, which may be given as text."""
    if is_of(value, kind):
        return value
    if not is_of(value, str):
        raise WrongTypeError(what, value, f"a {kind.__name__} or its text", f"{kind.__name__}.containing takes a date")
    return kind.parse(value)


def _require_order(first: Any, last: Any) -> None:
    if first > last:
        raise InvalidArgument(f"last must not be before first, got first={first}, last={last}")


def _years(first: int, last: int) -> st.SearchStrategy[int]:
    return st.integers(first - SIMPLEST.year, last - SIMPLEST.year).map(lambda distance: SIMPLEST.year + distance)


def fiscal_years(first: FiscalYear | str = "FY2000", last: FiscalYear | str = "FY2099") -> st.SearchStrategy[FiscalYear]:
    """Draw fiscal years from `first` to `last`, both inclusive; they shrink towards FY24.

    A bound may be given as its text.

    Raises:
        WrongTypeError: a bound is neither a year nor text.
        ParseError: the text of a bound is in another spelling.
        InvalidArgument: `last` is before `first`.
    """
    first, last = bound(FiscalYear, "first", first), bound(FiscalYear, "last", last)
    _require_order(first, last)
    return _years(first.year, last.year).map(FiscalYear)


def program_years(first: ProgramYear | str = "PY2000", last: ProgramYear | str = "PY2099") -> st.SearchStrategy[ProgramYear]:
    """Draw program years from `first` to `last`, as `fiscal_years` draws fiscal years; they shrink towards PY24."""
    first, last = bound(ProgramYear, "first", first), bound(ProgramYear, "last", last)
    _require_order(first, last)
    return _years(first.year, last.year).map(ProgramYear)


def fiscal_quarters(first: FiscalQuarter | str = FIRST, last: FiscalQuarter | str = LAST) -> st.SearchStrategy[FiscalQuarter]:
    """Draw fiscal quarters from `first` to `last`, as `fiscal_years` draws years; they shrink towards FY24 Q1."""
    first, last = bound(FiscalQuarter, "first", first), bound(FiscalQuarter, "last", last)
    _require_order(first, last)
    return st.integers(first - SIMPLEST, last - SIMPLEST).map(lambda distance: SIMPLEST + distance)


def days(first: date = FIRST.start, last: date = LAST.last_day) -> st.SearchStrategy[date]:
    """Draw days from `first` to `last`, both inclusive, most of them where mistakes are likely.

    These are the closing day and the effective date of a quarter, the last day of notification, the end and the middle of
    February, both bounds, and the days before and after each of these days.

    >>> from hypothesis import given
    >>> @given(days(date(2024, 2, 28), date(2024, 3, 1)))
    ... def test(day):
    ...     assert (day.month, day.day) in [(2, 28), (2, 29), (3, 1)]
    >>> test()

    Raises:
        WrongTypeError: a bound is not a plain date.
        InvalidArgument: `last` is before `first`.
    """
    first, last = require_date(first, "first"), require_date(last, "last")
    _require_order(first, last)
    quarters = fiscal_quarters(FiscalQuarter.containing(first) - 1, FiscalQuarter.containing(last))
    return _days_near(quarters, first, last)


@st.composite
def _days_near(draw: st.DrawFn, quarters: st.SearchStrategy[FiscalQuarter], first: date, last: date) -> date:
    match draw(_KINDS):  # a branch is made when it is drawn: Hypothesis takes longer to check strategies than to draw
        case "a bound":
            day = draw(st.sampled_from([first, last]))
        case "any day":
            day = draw(st.dates(first, last))
        case turn:
            day = _TURNS[turn](draw(quarters))
    if not first <= day <= last:
        day = draw(st.dates(first, last))
    return min(max(day + draw(_OFFSETS) * ONE_DAY, first), last)


_TURNS: Final[dict[str, Callable[[FiscalQuarter], date]]] = {
    "effective": lambda quarter: Cycle(quarter).effective_on,
    "closed": lambda quarter: Cycle(quarter).review_start,
    "notified": lambda quarter: Cycle(quarter).notified_by,
    "March 1": lambda quarter: ProgramYear(quarter.year).start,
    "mid-February": lambda quarter: ProgramYear(quarter.year).start - timedelta(days=14),
}
_KINDS: Final = st.sampled_from([*_TURNS, "a bound", "any day"])
_OFFSETS: Final = st.integers(-1, 1)
