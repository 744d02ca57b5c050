"""Data frames of every library that the tests install, and the decisions that `evaluate` makes for their partners."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from numbers import Integral
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
from strategies import known_spans, spellings

from tbtier import FiscalQuarter, Tier, evaluate
from tbtier.rules import Program

Row = dict[str, Any]


CONNECTIONS: list[duckdb.DuckDBPyConnection] = []
"""Kept open, since a relation needs its connection."""


def in_duckdb(table: pa.Table) -> duckdb.DuckDBPyRelation:
    """Return a table as a relation."""
    connection = duckdb.connect()
    CONNECTIONS.append(connection)
    connection.register("given", table)
    return connection.sql("select * from given")


ENGINES: dict[str, Callable[[Mapping[str, list[Any]]], Any]] = {
    "pandas": pd.DataFrame,
    "pandas, nullable": lambda columns: pd.DataFrame(columns).convert_dtypes(),
    "pandas, pyarrow": lambda columns: pd.DataFrame(columns).convert_dtypes(dtype_backend="pyarrow"),
    "polars": lambda columns: pl.DataFrame(columns, strict=False),
    "polars, lazy": lambda columns: pl.LazyFrame(columns, strict=False),
    "pyarrow": pa.table,
    "duckdb": lambda columns: in_duckdb(pl.DataFrame(columns, strict=False).to_arrow()),
}
"""Functions from columns to a frame, by library."""
LAZY = ("polars, lazy", "duckdb")


def in_columns(rows: Iterable[Row], names: Iterable[str]) -> dict[str, list[Any]]:
    """Return rows as columns."""
    rows = list(rows)
    return {name: [row[name] for row in rows] for name in names}


def in_rows(frame: Any) -> list[Row]:
    """Return the rows of a frame of any library, with `None` for every missing value and plain days, in order."""
    found = nw.from_native(frame)
    found = found if isinstance(found, nw.DataFrame) else found.collect()
    rows = [{name: _plain(value) for name, value in row.items()} for row in found.iter_rows(named=True)]
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value != value:
        return None
    if isinstance(value, datetime):  # a day of pandas
        return value.date() if value.time() == time() else value
    is_whole = isinstance(value, Integral) or (isinstance(value, float) and value.is_integer())
    return int(value) if is_whole and not isinstance(value, bool) else value


def scores_near(program: Program, quarter: FiscalQuarter) -> list[int]:
    """Return each threshold of a quarter's edition, with the scores beside it, and the maximum."""
    edition = program.edition(quarter)
    near = {bound.score + step for bound in edition.thresholds for step in (-1, 0, 1)} | {edition.maximum_score}
    return sorted(score for score in near if 0 <= score <= edition.maximum_score)


def random_rows(program: Program, partners: int, seed: int) -> tuple[list[Row], list[Row]]:
    """Return rows of many partners in random order and spelling, and the rows that their decisions make."""
    chance = random.Random(seed)
    given, expected = [], []
    for number in range(partners):
        known, stop = chance.choice(known_spans(program))
        q1 = known if known.number == 1 else FiscalQuarter(known.year + 1, 1)
        first = q1 + 4 * chance.randrange(max(1, (stop - q1) // 4))
        quarters = [first + place for place in range(chance.randint(1, min(16, stop - first)))]
        scores = {one: chance.choice([None, chance.choice(scores_near(program, one))]) for one in quarters}
        tier = chance.choice(program.tiers)
        expected += decisions(f"P{number}", scores, program, tier)
        for quarter, score in scores.items():
            text = chance.choice(spellings(quarter))
            given.append({"partner": f"P{number}", "quarter": text, "score": score, "start": str(tier).upper()})
    chance.shuffle(given)
    return given, sorted(expected, key=lambda row: [str(value) for value in row.values()])


def decisions(partner: str, scores: Mapping[FiscalQuarter, int | None], program: Program, tier: Tier) -> list[Row]:
    """Return the decisions of one partner, by the core, as rows of a table."""
    timeline = evaluate(scores, program=program, starting_tier=tier)
    made = timeline.decisions
    stops: list[date] = [*(decision.effective_on for decision in made[1:]), timeline.stop]
    return [
        {
            "partner": partner,
            "quarter": str(decision.quarter),
            "effective_on": decision.effective_on,
            "stop": stop,
            "score": scores[decision.quarter],
            "earned": decision.earned and str(decision.earned),
            "before": str(decision.before),
            "after": str(decision.after),
            "kind": str(decision.kind),
            "inferred": decision.is_inferred,
        }
        for decision, stop in zip(made, stops)
    ]
