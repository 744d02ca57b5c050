"""Row 2: the tiers of one partner on twelve days, from its scores in twelve quarters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import fiscalyear
import pandas as pd
from dateutil.relativedelta import relativedelta
from measure import Row, measure

import tbtier as tb
from tbtier import FiscalQuarter, Tier
from tbtier.programs import TRAILBLAZER

_PLAIN = "a plain script that checks nothing"
_NAMES = ["Base", "Ridge", "Crest", "Summit"]
_START = date(2023, 3, 1)
_QUARTERS = [(year, number) for year in (2024, 2025, 2026) for number in (1, 2, 3, 4)]
_SCORES = dict(zip(_QUARTERS, [310, 540, 280, 505, 120, 260, 240, 90, 770, 300, 520, 410]))
_DAYS = [date(year, month, 15) for year in (2023, 2024, 2025) for month in (4, 7, 10, 12)]

Contestants = dict[str, Callable[[], list[Tier] | list[int]]]


def rows() -> list[Row]:
    """Return the measured lines."""
    by_tbtier, by_others = _tbtier(), _others()
    contestants = by_tbtier | by_others
    _require_equal_answers(contestants)
    samples = measure(contestants, rounds=60)
    return [
        Row(work, name, samples[name], samples[work], goal=1 if name == _PLAIN else None)
        for work in by_tbtier
        for name in by_others
    ]


def _tbtier() -> Contestants:
    """Return the contestants of tbtier, with quarters given as `FiscalQuarter` and as text."""
    by_quarter = {FiscalQuarter(*quarter): score for quarter, score in _SCORES.items()}
    by_text = {str(quarter): score for quarter, score in by_quarter.items()}

    def work(scores: dict[FiscalQuarter, int] | dict[str, int]) -> list[Tier]:
        timeline = tb.evaluate(scores, program=TRAILBLAZER, starting_tier="Base")
        return [timeline.tier_on(day) for day in _DAYS]

    return {
        "`evaluate` of 12 quarters, then 12 `tier_on`": lambda: work(by_quarter),
        "the same, quarters given as text": lambda: work(by_text),
    }


def _others() -> Contestants:
    """Return the references; where a table is natural, it is built beforehand."""
    table = pd.DataFrame([(*quarter, score) for quarter, score in _SCORES.items()], columns=["year", "number", "score"])
    days = pd.DatetimeIndex(_DAYS)
    return {
        _PLAIN: lambda: _by_script(_effective_on),
        "the script with dates from fiscalyear": lambda: _by_script(_effective_on_with_fiscalyear),
        "pandas `apply` and `cummax`": lambda: _by_table(table, days),
    }


def _tier_for(score: int) -> int:
    """Return the index in `_NAMES` of the tier that a score earns."""
    if score >= 750:
        return 3
    if score >= 500:
        return 2
    if score >= 250:
        return 1
    return 0


def _effective_on(year: int, number: int) -> date:
    """Return the day on which a quarter takes effect: one month after the quarter's end."""
    return date(year, 3, 1) if number == 4 else date(year - 1, 3 * number + 3, 1)


def _effective_on_with_fiscalyear(year: int, number: int) -> date:
    """Return the same day, with the calendar set up by `run.py`."""
    after = fiscalyear.FiscalQuarter(year, number).next_fiscal_quarter
    return after.start.date() + relativedelta(months=1)


def _by_script(effective_on: Callable[[int, int], date]) -> list[int]:
    """Return the tiers on all days as a script would find them."""
    changes = _changes(_SCORES, effective_on)
    return [_tier_on(changes, day) for day in _DAYS]


def _changes(scores: dict[tuple[int, int], int], effective_on: Callable[[int, int], date]) -> list[tuple[date, int]]:
    """Return the tier held from each effective date on: the best earned so far, on March 1 the best of the fiscal year."""
    earned = {quarter: _tier_for(score) for quarter, score in scores.items()}
    held = 0
    changes = [(_START, held)]
    for year, number in sorted(scores):
        held = max(earned[year, each] for each in (1, 2, 3, 4)) if number == 4 else max(held, earned[year, number])
        changes.append((effective_on(year, number), held))
    return changes


def _tier_on(changes: list[tuple[date, int]], day: date) -> int:
    """Return the tier that is held on a day."""
    for effective_on, held in reversed(changes):
        if effective_on <= day:
            return held
    raise ValueError(f"{day} is before {changes[0][0]}")


def _by_table(table: pd.DataFrame, days: pd.DatetimeIndex) -> list[int]:
    """Return the tiers on all days as a pandas user would find them; see `many_partners` for why `cummax` is taken twice."""
    earned = table["score"].apply(_tier_for)
    so_far = earned.groupby(table["year"]).cummax()
    held = so_far.groupby(table["year"] + (table["number"] == 4)).cummax()
    effective = table.apply(lambda row: _effective_on(row["year"], row["number"]), axis="columns")
    return held.set_axis(pd.DatetimeIndex(effective)).asof(days).fillna(0).astype(int).tolist()


def _require_equal_answers(contestants: Contestants) -> None:
    """Stop unless all contestants find the same tiers."""
    answers = {name: [_name(tier) for tier in run()] for name, run in contestants.items()}
    if len({tuple(tiers) for tiers in answers.values()}) != 1:
        raise AssertionError(f"the contestants disagree: {answers}")


def _name(tier: Tier | int) -> str:
    """Return the name of a tier."""
    return _NAMES[tier] if isinstance(tier, int) else str(tier)
