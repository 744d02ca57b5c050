"""Strategies for fiscal time, which often draw days where mistakes are likely."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from tbtier.errors import WrongTypeError
from tbtier.errors.checks import require_date
from tbtier.fiscal import ONE_DAY, FiscalQuarter, FiscalYear, ProgramYear
from tbtier.rules.cycles import Cycle

__all__ = ["days", "fiscal_quarters", "fiscal_years", "program_years"]

_Span = TypeVar("_Span", FiscalQuarter, FiscalYear, ProgramYear)

SIMPLEST: Final = FiscalQuarter(2024, 1)  # years and quarters shrink to this quarter, if it is within the bounds
FIRST: Final = FiscalQuarter(2000, 1)
LAST: Final = FiscalQuarter(2099, 4)


def bound(kind: type[_Span], what: str, value: _Span | str) -> _Span:
    """Return a bound, which may be given as text."""
    if isinstance(value, kind):
        return value
    if not isinstance(value, str):
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

    These are the days around the closing and the effective date of a quarter, the last day of notification and
    the end of February; the strategy also draws both bounds often.

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
    near = st.builds(_around, quarters, st.sampled_from(_TURNS), st.integers(-1, 1))
    return near.map(lambda day: min(max(day, first), last)) | st.dates(first, last)


def _around(quarter: FiscalQuarter, turn: str, offset: int) -> date:
    """Return the day that lies `offset` days from a turn of the quarter: a date of its cycle, or of the end of February."""
    cycle = Cycle(quarter)
    march_1 = ProgramYear(quarter.year).start
    turns = {
        "effective": cycle.effective_on,
        "closed": cycle.review_start,
        "notified": cycle.notified_by,
        "march 1": march_1,
        "mid-february": march_1 - timedelta(days=14),
    }
    return turns[turn] + offset * ONE_DAY


_TURNS: Final = ("effective", "closed", "notified", "march 1", "mid-february")
