"""Columns of every type that may have scores, and the types of the columns in a table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl
import pyarrow as pa
import pytest
from frames import ENGINES, LAZY, in_duckdb, in_rows
from made_up import APPS

from tbtier import errors
from tbtier.frames import problems, tier_table


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint8(), pa.int16(), pa.float32(), pa.uint64(), pa.decimal128(38, 2)], ids=str)
@pytest.mark.parametrize("engine", ["pyarrow", "polars", "pandas", "duckdb"])
def test_numbers_of_any_type(kind: pa.DataType, engine: str) -> None:
    """Small ints, floats and decimals are scores if they are whole."""
    table = pa.table(
        {"partner": ["a"] * 2, "quarter": ["FY24 Q1", "FY24 Q2"], "score": pa.array([Decimal(100), None]).cast(kind)}
    )
    given = {"pyarrow": table, "polars": pl.from_arrow(table), "pandas": table.to_pandas()}
    frame = given[engine] if engine in given else in_duckdb(table)
    if engine == "pandas" and kind == pa.decimal128(38, 2):
        with pytest.raises(errors.WrongTypeError, match="got 'Object'"):
            tier_table(frame, program=APPS, starting_tier="Base")
    else:
        rows = in_rows(tier_table(frame, program=APPS, starting_tier="Base"))
        assert [("Base", False), ("Base", True)] == [(row["after"], row["inferred"]) for row in rows]


TYPES = {pl.Int8: pl.Int8, pl.UInt8: pl.UInt8, pl.UInt64: pl.UInt64, pl.Float32: pl.Float32, pl.Decimal(38, 2): pl.Int64}


@pytest.mark.parametrize(("kind", "expected"), TYPES.items(), ids=str)
def test_scores_keep_their_type(kind: Any, expected: Any) -> None:
    """The scores in a table have the type of the frame if that is one of ints or floats, and are ints otherwise."""
    frame = pl.DataFrame({"partner": ["a"], "quarter": ["FY24 Q1"], "score": pl.Series([100]).cast(kind)})
    assert expected == tier_table(frame, program=APPS, starting_tier="Base").schema["score"]


def test_days_are_of_the_type_that_the_library_has() -> None:
    """Days are plain days, and in pandas, which has none, moments at midnight."""
    columns = {"partner": ["a"], "quarter": ["FY24 Q1"], "score": [100]}
    kinds = {"polars": {"Date"}, "pyarrow": {"date32[day]"}, "pandas": {"datetime64[us]", "datetime64[ns]"}}
    for engine, names in kinds.items():
        table = tier_table(ENGINES[engine](columns), program=APPS, starting_tier="Base")
        types = table.dtypes if engine == "pandas" else table.schema
        found = {types.field(name).type if engine == "pyarrow" else types[name] for name in ("effective_on", "stop")}
        assert names >= set(map(str, found))


@pytest.mark.parametrize("engine", ENGINES)
def test_tiers_are_in_order_where_a_library_has_such_a_type(engine: str) -> None:
    """In pandas and polars a tier is an ordered category; elsewhere it is text."""
    columns = {"partner": ["a"], "quarter": ["FY24 Q1"], "score": [100]}
    table = nw.from_native(tier_table(ENGINES[engine](columns), program=APPS, starting_tier="Base"))
    kinds = [table.collect_schema()[name] for name in ("before", "after", "kind")]
    wanted = nw.Enum if table.implementation.is_pandas_like() or table.implementation.is_polars() else nw.String
    assert [wanted] * 3 == [type(kind) for kind in kinds]


BEYOND = [2**63, 2**64 - 1]
ON_BOTH_SIDES = [*BEYOND, 2**70, -(2**70), -1]
MAKERS: dict[str, Any] = {
    "polars": lambda frame, _: frame,
    "polars, lazy": lambda frame, _: frame.lazy(),
    "pyarrow": lambda frame, _: frame.to_arrow(),
    "pandas": lambda frame, _: frame.to_pandas(),
    "duckdb": lambda frame, kind: in_duckdb(frame.cast({"score": pl.String}).to_arrow()).project(
        f"partner, quarter, score::{'ubigint' if kind == pl.UInt64 else 'hugeint'} as score"
    ),
}


@pytest.mark.parametrize(
    ("engine", "kind", "numbers"),
    [*((one, pl.UInt64, BEYOND) for one in MAKERS), *((one, pl.Int128, ON_BOTH_SIDES) for one in (*LAZY, "polars"))],
    ids=str,
)
def test_a_number_beyond_all_scores_is_a_problem(engine: str, kind: Any, numbers: list[int]) -> None:
    """A number that only a wide type of ints can take is a problem of its row; null and a right number of the type are not."""
    partners = list("abcdefg")[: len(numbers) + 2]
    given = pl.DataFrame({"partner": partners, "quarter": ["FY24 Q1"] * len(partners)})
    given = given.with_columns(score=pl.Series([5, None, *numbers], dtype=kind))
    found = in_rows(problems(MAKERS[engine](given, kind), program=APPS, starting_tier="Base"))
    assert partners[2:] == [row["partner"] for row in found]
    assert {"the score is not a whole number from 0 to the maximum"} == {row["problem"] for row in found}


def test_the_widest_ints_of_duckdb() -> None:
    """A number that takes 128 bits without a sign is a problem of its row too."""
    numbers = [100, 2**64, 2**127, 2**128 - 1]
    given = pl.DataFrame({"partner": list("abcd"), "quarter": ["FY24 Q1"] * 4, "score": list(map(str, numbers))})
    frame = in_duckdb(given.to_arrow()).project("partner, quarter, score::uhugeint as score")
    found = in_rows(problems(frame, program=APPS, starting_tier="Base"))
    assert ["b", "c", "d"] == sorted(row["partner"] for row in found)
