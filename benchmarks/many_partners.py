"""Row 4: the tiers that many partners hold after each of twelve quarters.

The rules are those of `TRAILBLAZER`: inside a program year a tier only rises, and March 1 sets it to the best of the fiscal
year's four quarters. On a table that is two running maxima. The first, over the fiscal year, turns Q4 into the year's best;
the second runs over the program year, which begins with the Q4 before it, since that Q4 takes effect on March 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from measure import Row, measure

import tbtier as tb
from tbtier import FiscalQuarter, Tier, Timeline
from tbtier.programs import TRAILBLAZER

_QUARTERS = [FiscalQuarter(year, number) for year in (2024, 2025, 2026) for number in (1, 2, 3, 4)]
_EFFECTIVE = [TRAILBLAZER.cycle(quarter).effective_on for quarter in _QUARTERS]
_PLACES = {Tier.BASE: 0, Tier.RIDGE: 1, Tier.CREST: 2, Tier.SUMMIT: 3}
_BOUNDS = [250, 500, 750]
_SQL = """
    create or replace temp table held as
    with earned as (
        select partner, year, number,
               case when score >= 750 then 3 when score >= 500 then 2 when score >= 250 then 1 else 0 end as earned
        from scores
    ), so_far as (
        select partner, year, number,
               max(earned) over (partition by partner, year order by number) as best
        from earned
    )
    select partner, year, number,
           max(best) over (partition by partner, year + (number = 4)::int order by year, number) as held
    from so_far
"""
_IN_ORDER = "select held from held order by partner, year, number"


@dataclass(frozen=True)
class Contestant:
    """A way to find the held tiers."""

    run: Callable[[], Any]
    """What is timed."""
    held: Callable[[Any], np.ndarray]
    """A function from the result of `run` to an array of `_PLACES`: a row for each partner, a column for each quarter."""
    goal: float | None = None
    """The highest accepted ratio of tbtier's time to the time of this contestant."""


def rows(partners: int, threads: int) -> list[Row]:
    """Return the measured lines, per partner."""
    scores = np.random.default_rng(1).integers(0, 1001, size=(partners, len(_QUARTERS)))
    lists = scores.tolist()
    ours, others = _tbtier(lists), _others(scores, lists, threads)
    contestants = ours | others
    _require_equal_answers(contestants)
    samples = measure({name: each.run for name, each in contestants.items()}, rounds=9, units=partners)
    return [Row(work, name, samples[name], samples[work], other.goal) for work in ours for name, other in others.items()]


def _tbtier(scores: list[list[int]]) -> dict[str, Contestant]:
    """Return the contestants of tbtier: one keeps the timelines; the other reads the tiers and discards the timelines."""

    def places(tiers: Iterable[list[Tier]]) -> np.ndarray:
        return np.array([[_PLACES[tier] for tier in row] for row in tiers])

    partners = f"{len(scores):,} partners x 12 quarters, for each"
    return {
        f"{partners} `evaluate`": Contestant(
            run=lambda: [_evaluate(row) for row in scores],
            held=lambda timelines: places(map(_read, timelines)),
        ),
        f"{partners} `evaluate`, then 12 `tier_on`": Contestant(
            run=lambda: [_read(_evaluate(row)) for row in scores],
            held=places,
        ),
    }


def _evaluate(scores: list[int]) -> Timeline:
    """Return the timeline of one partner."""
    return tb.evaluate(zip(_QUARTERS, scores), program=TRAILBLAZER, starting_tier="Base")


def _read(timeline: Timeline) -> list[Tier]:
    """Return the tiers held after each quarter."""
    return [timeline.tier_on(day) for day in _EFFECTIVE]


def _others(scores: np.ndarray, lists: list[list[int]], threads: int) -> dict[str, Contestant]:
    """Return the references, each with the data in a natural form, such as a table with a line for each partner and quarter.

    Salesforce gives partners ids of 18 characters; a table that numbers them instead is grouped faster.
    """
    numbers = np.arange(len(scores))
    text = np.array([f"001{number:015}" for number in numbers])
    return {
        **_by_table(scores, text, "ids as text", threads),
        **_by_table(scores, numbers, "ids as ints", threads),
        "numpy, an array without ids": Contestant(run=lambda: _with_numpy(scores), held=np.asarray),
        "a plain loop that checks nothing, lists": Contestant(run=lambda: [_with_ints(row) for row in lists], held=np.asarray),
    }


def _by_table(scores: np.ndarray, ids: np.ndarray, kind: str, threads: int) -> dict[str, Contestant]:
    """Return the references that have a goal, for partners with these ids."""
    partners = len(ids)
    columns = {
        "partner": np.repeat(ids, len(_QUARTERS)),
        "year": np.tile([quarter.year for quarter in _QUARTERS], partners),
        "number": np.tile([quarter.number for quarter in _QUARTERS], partners),
        "score": scores.ravel(),
    }
    flat, frame = pd.DataFrame(columns), pl.DataFrame(columns)
    database = duckdb.connect(config={"threads": threads})
    database.execute("create table scores as select * from flat")

    def in_rows(held: np.ndarray) -> np.ndarray:
        return held.reshape(partners, len(_QUARTERS))

    return {
        f"pandas `groupby`/`cummax`, {kind}": Contestant(
            run=lambda: _with_pandas(flat),
            held=lambda held: in_rows(held["held"].to_numpy()),
            goal=2,
        ),
        f"polars `cum_max().over`, {kind}": Contestant(
            run=lambda: _with_polars(frame),
            held=lambda held: in_rows(held["held"].to_numpy()),
            goal=2,
        ),
        f"duckdb window query, {kind}": Contestant(
            run=lambda: database.execute(_SQL),
            held=lambda _: in_rows(database.execute(_IN_ORDER).fetchnumpy()["held"]),
            goal=2,
        ),
    }


def _with_pandas(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the held tiers."""
    earned = pd.Series(np.searchsorted(_BOUNDS, table["score"], side="right"), index=table.index)
    so_far = earned.groupby([table["partner"], table["year"]], sort=False).cummax()
    program_year = table["year"] + (table["number"] == 4)
    held = so_far.groupby([table["partner"], program_year], sort=False).cummax()
    return table.assign(held=held)


def _with_polars(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the table with the held tiers."""
    score, number, year = pl.col("score"), pl.col("number"), pl.col("year")
    earned = pl.when(score >= 750).then(3).when(score >= 500).then(2).when(score >= 250).then(1).otherwise(0)
    return (
        frame.lazy()
        .with_columns(so_far=earned.cum_max().over("partner", "year"), program_year=year + (number == 4))
        .with_columns(held=pl.col("so_far").cum_max().over("partner", "program_year"))
        .collect()
    )


def _with_numpy(scores: np.ndarray) -> np.ndarray:
    """Return the held tiers, a row for each partner, by the same reasoning on a block of years x quarters for each."""
    earned = np.digitize(scores, _BOUNDS).reshape(len(scores), -1, 4)
    held = np.maximum.accumulate(earned, axis=2)
    first_three, best_of_last_year = held[:, 1:, :3], held[:, :-1, 3:]
    np.maximum(first_three, best_of_last_year, out=first_three)
    return held.reshape(scores.shape)


def _with_ints(scores: list[int]) -> list[int]:
    """Return the held tiers of one partner, found by a loop over years and quarters."""
    held: list[int] = []
    best = 0
    for q1 in range(0, len(scores), 4):
        earned = [bisect_right(_BOUNDS, score) for score in scores[q1 : q1 + 4]]
        for each in earned[:3]:
            if each > best:
                best = each
            held.append(best)
        best = max(earned)
        held.append(best)
    return held


def _require_equal_answers(contestants: dict[str, Contestant]) -> None:
    """Stop unless all contestants find the same tiers for all partners after every quarter."""
    expected = None
    for name, contestant in contestants.items():
        held = contestant.held(contestant.run())
        expected = held if expected is None else expected
        if not np.array_equal(held, expected):
            raise AssertionError(f"{name} disagrees with {next(iter(contestants))}")
