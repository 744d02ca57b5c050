"""The last rows: the tables of many partners, and loops over the same scores.

The rules are those of `TRAILBLAZER`: inside a program year a tier only rises, and March 1 sets it to the best of the fiscal
year's four quarters. On a table that is two running maxima. The first, over the fiscal year, turns Q4 into the year's best;
the second runs over the program year, which begins with the Q4 before it, since that Q4 takes effect on March 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from measure import Row, measure

import tbtier as tb
from tbtier import FiscalQuarter, Tier, Timeline
from tbtier.frames import tier_table
from tbtier.programs import TRAILBLAZER

_QUARTERS = [FiscalQuarter(year, number) for year in (2024, 2025, 2026) for number in (1, 2, 3, 4)]
_EFFECTIVE = [TRAILBLAZER.cycle(quarter).effective_on for quarter in _QUARTERS]
_PLACES = {Tier.BASE: 0, Tier.RIDGE: 1, Tier.CREST: 2, Tier.SUMMIT: 3}
_NAMES = np.array(["Base", "Ridge", "Crest", "Summit"])
_BOUNDS = [250, 500, 750]
_COLUMNS = ["partner", "quarter", "effective_on", "score", "earned", "before", "after", "kind"]
_SQL = """
    create or replace temp table by_expert as
    with quarters as (
        select partner, quarter, score, 2000 + cast(substr(quarter, 3, 2) as int) as year,
               cast(substr(quarter, 7, 1) as int) as number,
               case when score >= 750 then 3 when score >= 500 then 2 when score >= 250 then 1 else 0 end as earned
        from scores
    ), so_far as (
        select *, max(earned) over (partition by partner, year order by number) as best from quarters
    ), held as (
        select *, max(best) over (partition by partner, year + (number = 4)::int order by year, number) as after from so_far
    ), steps as (
        select *, lag(after, 1, 0) over (partition by partner order by year, number) as before from held
    )
    select partner, quarter,
           make_date(year - 1 + (number = 4)::int, case when number = 4 then 3 else 3 * number + 3 end, 1) as effective_on,
           score,
           (['Base', 'Ridge', 'Crest', 'Summit'])[earned + 1] as earned,
           (['Base', 'Ridge', 'Crest', 'Summit'])[before + 1] as before,
           (['Base', 'Ridge', 'Crest', 'Summit'])[after + 1] as after,
           case when after > before then 'promoted' when after < before then 'downgraded'
                when number = 4 then 'renewed' else 'unchanged' end as kind
    from steps
"""


@dataclass(frozen=True)
class Contestant:
    """A way to find tiers."""

    run: Callable[[], Any]
    """What is timed."""
    answer: Callable[[Any], Any]
    """A function from the result of `run` to an answer that is compared."""
    goal: float | None = None
    """The highest accepted ratio of tbtier's time to the time of this contestant."""


def rows(partners: int, threads: int) -> list[Row]:
    """Return the measured lines, per partner."""
    scores = np.random.default_rng(1).integers(0, 1001, size=(partners, len(_QUARTERS)))
    return [*_table_rows(scores, threads), *_loop_rows(scores)]


def _table_rows(scores: np.ndarray, threads: int) -> list[Row]:
    """Return the lines of `tier_table`, against scripts of an expert that give the same table and check nothing.

    The partners have ids of 18 characters, as Salesforce gives them. The loop makes the decisions of a fiftieth of them.
    """
    ids = [f"001{number:015}" for number in range(len(scores))]
    columns = {
        "partner": np.repeat(np.array(ids), len(_QUARTERS)),
        "quarter": np.tile(np.array([str(quarter) for quarter in _QUARTERS]), len(scores)),
        "score": scores.ravel(),
    }
    flat = pd.DataFrame(columns)
    frame = pl.from_pandas(flat)
    database = duckdb.connect(config={"threads": threads})
    database.execute("create table scores as select * from flat")
    lists = scores[: len(scores) // 50].tolist()

    def by_duckdb() -> None:
        database.execute("drop table if exists by_tbtier")
        tier_table(database.table("scores"), program=TRAILBLAZER, starting_tier="Base").create("by_tbtier")

    def from_duckdb(name: str) -> pl.DataFrame:
        return database.sql(f"select * from {name}").pl()

    work = f"{len(scores):,} partners x 12 quarters, `tier_table`"
    lines: list[Row] = []
    engines: dict[str, tuple[Contestant, Contestant]] = {
        "pandas": (
            Contestant(lambda: tier_table(flat, program=TRAILBLAZER, starting_tier="Base"), pl.from_pandas),
            Contestant(lambda: _with_pandas(flat), pl.from_pandas, goal=1.5),
        ),
        "polars": (
            Contestant(lambda: tier_table(frame, program=TRAILBLAZER, starting_tier="Base"), lambda table: table),
            Contestant(lambda: _with_polars(frame), lambda table: table, goal=1.5),
        ),
        "polars, lazy": (
            Contestant(
                lambda: tier_table(frame.lazy(), program=TRAILBLAZER, starting_tier="Base").collect(), lambda table: table
            ),
            Contestant(lambda: _with_polars(frame), lambda table: table, goal=1.5),
        ),
        "duckdb": (
            Contestant(by_duckdb, lambda _: from_duckdb("by_tbtier")),
            Contestant(lambda: database.execute(_SQL), lambda _: from_duckdb("by_expert"), goal=1.5),
        ),
    }
    for engine, (ours, expert) in engines.items():
        if not _sorted(ours.answer(ours.run())).equals(_sorted(expert.answer(expert.run()))):
            raise AssertionError(f"{engine}: the script of the expert disagrees")
        samples = measure({"ours": ours.run, "expert": expert.run}, rounds=7, units=len(scores))
        loop = measure({"loop": lambda: list(map(_decide, lists))}, rounds=7, units=len(lists))["loop"]
        lines.append(Row(f"{work}, {engine}", "an expert's script in the same engine", samples["expert"], samples["ours"], 1.5))
        lines.append(Row(f"{work}, {engine}", "a loop over `evaluate(...).decisions`", loop, samples["ours"], 0.2))
    return lines


def _sorted(table: pl.DataFrame) -> pl.DataFrame:
    """Return the columns that the experts make, in order."""
    days = pl.col("effective_on").cast(pl.Date)
    return table.select(_COLUMNS).with_columns(days, pl.col("score").cast(pl.Int64)).sort("partner", "effective_on")


def _decide(scores: list[int]) -> list[tuple[Any, ...]]:
    """Return the decisions of one partner as rows of a table."""
    decisions = _evaluate(scores).decisions
    return [(one.quarter, one.effective_on, one.earned, one.before, one.after, one.kind) for one in decisions]


def _with_pandas(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table, whose rows come in the order of partners and quarters."""
    year = table["quarter"].str.slice(2, 4).astype("int64") + 2000
    number = table["quarter"].str.slice(6, 7).astype("int64")
    earned = pd.Series(np.searchsorted(_BOUNDS, table["score"], side="right"), index=table.index)
    partner, _ = pd.factorize(table["partner"])
    so_far = earned.groupby([partner, year.to_numpy()], sort=False).cummax()
    after = so_far.groupby([partner, (year + (number == 4)).to_numpy()], sort=False).cummax()
    before = after.groupby(partner, sort=False).shift(fill_value=0)
    month = (3 * number + 3).where(number < 4, 3)
    kinds = [after > before, after < before, number == 4]
    return pd.DataFrame(
        {
            "partner": table["partner"],
            "quarter": table["quarter"],
            "effective_on": pd.to_datetime({"year": year - 1 + (number == 4), "month": month, "day": 1}),
            "score": table["score"],
            "earned": _NAMES[earned],
            "before": _NAMES[before],
            "after": _NAMES[after],
            "kind": np.select(kinds, ["promoted", "downgraded", "renewed"], "unchanged"),
        }
    )


def _with_polars(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the table, whose rows come in the order of partners and quarters."""
    score, number = pl.col("score"), pl.col("number")
    after, before = pl.col("after"), pl.col("before")
    earned = pl.when(score >= 750).then(3).when(score >= 500).then(2).when(score >= 250).then(1).otherwise(0)
    month = pl.when(number < 4).then(3 * number + 3).otherwise(3)
    kind = pl.when(after > before).then(pl.lit("promoted")).when(after < before).then(pl.lit("downgraded"))
    kind = kind.when(number == 4).then(pl.lit("renewed")).otherwise(pl.lit("unchanged"))

    def name(column: str) -> pl.Expr:
        return pl.col(column).replace_strict([0, 1, 2, 3], list(_NAMES), return_dtype=pl.String)

    quarter = pl.col("quarter")
    year = quarter.str.slice(2, 2).cast(pl.Int32) + 2000
    return (
        frame.lazy()
        .with_columns(year=year, number=quarter.str.slice(6, 1).cast(pl.Int32), earned=earned)
        .with_columns(so_far=pl.col("earned").cum_max().over("partner", "year"), program_year=pl.col("year") + (number == 4))
        .with_columns(after=pl.col("so_far").cum_max().over("partner", "program_year"))
        .with_columns(before=after.shift(1, fill_value=0).over("partner"))
        .with_columns(effective_on=pl.date(pl.col("year") - 1 + (number == 4), month, 1), kind=kind)
        .with_columns(name("earned"), name("before"), name("after"))
        .select(_COLUMNS)
        .collect()
    )


def _loop_rows(scores: np.ndarray) -> list[Row]:
    """Return the lines of loops over `evaluate`, against a loop and an array that check nothing."""
    lists = scores.tolist()
    work = f"{len(lists):,} partners x 12 quarters, for each `evaluate`, then 12 `tier_on`"
    ours = Contestant(lambda: [_read(_evaluate(row)) for row in lists], _places)
    others = {
        "numpy, an array without ids": Contestant(lambda: _with_numpy(scores), np.asarray),
        "a plain loop that checks nothing, lists": Contestant(lambda: [_with_ints(row) for row in lists], np.asarray),
    }
    for name, other in others.items():
        if not np.array_equal(ours.answer(ours.run()), other.answer(other.run())):
            raise AssertionError(f"{name} disagrees with {work}")
    samples = measure({"ours": ours.run} | {name: other.run for name, other in others.items()}, rounds=9, units=len(lists))
    return [Row(work, name, samples[name], samples["ours"]) for name in others]


def _places(tiers: list[list[Tier]]) -> np.ndarray:
    return np.array([[_PLACES[tier] for tier in row] for row in tiers])


def _evaluate(scores: list[int]) -> Timeline:
    """Return the timeline of one partner."""
    return tb.evaluate(zip(_QUARTERS, scores), program=TRAILBLAZER, starting_tier="Base")


def _read(timeline: Timeline) -> list[Tier]:
    """Return the tiers held after each quarter."""
    return [timeline.tier_on(day) for day in _EFFECTIVE]


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
