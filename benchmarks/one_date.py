"""Row 1: the fiscal quarter of a day."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import fiscalyear
import pandas as pd
from dateutil.relativedelta import relativedelta
from measure import Row, measure

from tbtier import FiscalQuarter

_WORK = "`FiscalQuarter.containing(day)`"
_BARE = "a function with int arithmetic only"
_MONTH = relativedelta(months=1)


def rows() -> list[Row]:
    """Return the measured lines."""
    days = _days()
    _require_equal_answers(days)
    samples = measure(_contestants(days), rounds=60, units=len(days))
    tbtier = samples.pop(_WORK)
    return [Row(_WORK, name, each, tbtier, goal=1.5 if name == _BARE else None) for name, each in samples.items()]


def _days() -> list[date]:
    """Return days of thirty years, in no order."""
    drawn = random.Random(1)
    return [date(2010, 1, 1) + timedelta(days=drawn.randrange(30 * 365)) for _ in range(100)]


def _contestants(days: list[date]) -> dict[str, Callable[[], None]]:
    """Return the loops that are timed; the cost of looping is the same in each."""

    def tbtier() -> None:
        for day in days:
            FiscalQuarter.containing(day)

    def bare() -> None:
        for day in days:
            _with_bare_ints(day)

    def pandas() -> None:
        for day in days:
            pd.Period(day, freq="Q-JAN")

    def dateutil() -> None:
        for day in days:
            _with_relativedelta(day)

    def fiscal_year() -> None:
        for day in days:
            _with_fiscalyear(day)

    return {
        _WORK: tbtier,
        _BARE: bare,
        "pandas `Period(day, freq='Q-JAN')`": pandas,
        "a function with `relativedelta`": dateutil,
        "fiscalyear `FiscalDate`": fiscal_year,
    }


def _with_bare_ints(day: date) -> tuple[int, int]:
    """Return year and number of the quarter, by counting months from February."""
    months = 12 * day.year + day.month - 2
    return months // 12 + 1, months % 12 // 3 + 1


def _with_relativedelta(day: date) -> tuple[int, int]:
    """Return year and number of the quarter, by moving the fiscal year onto the calendar year."""
    shifted = day - _MONTH
    return shifted.year + 1, (shifted.month - 1) // 3 + 1


def _with_fiscalyear(day: date) -> tuple[int, int]:
    """Return year and number of the quarter, with the calendar set up by `run.py`."""
    fiscal = fiscalyear.FiscalDate(day.year, day.month, day.day)
    return fiscal.fiscal_year, fiscal.fiscal_quarter


def _require_equal_answers(days: list[date]) -> None:
    """Stop unless all contestants agree on every day."""
    for day in days:
        quarter, period = FiscalQuarter.containing(day), pd.Period(day, freq="Q-JAN")
        answers = {
            (quarter.year, quarter.number),
            (period.qyear, period.quarter),
            _with_bare_ints(day),
            _with_relativedelta(day),
            _with_fiscalyear(day),
        }
        if len(answers) != 1:
            raise AssertionError(f"the contestants disagree on {day}: {answers}")
