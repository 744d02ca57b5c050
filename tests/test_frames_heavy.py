"""The engines that need more than a package of Python, or a fork of narwhals: PySpark, which needs Java, and Dask."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest
from frames import in_columns, in_rows, random_rows
from made_up import APPS, GUILD
from test_frames import COLUMNS, FAULTY_ROWS, named_and_faulty

from tbtier.frames import problems, tier_table, tiers_on
from tbtier.rules import Program

PROGRAMS = pytest.mark.parametrize("program", [APPS, GUILD], ids=lambda program: program.name)
# narwhals says that it will leave Dask to another package, and PySpark that it was not made for the newest pandas.
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session of Spark in this process."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed")
    if not shutil.which("java"):
        pytest.skip("PySpark needs Java")
    session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


@PROGRAMS
def test_spark_has_the_decisions_of_evaluate(program: Program, spark: Any) -> None:
    """A table of PySpark has the decisions of the core."""
    rows, expected = random_rows(program, 12, seed=4)
    schema = "partner string, quarter string, score bigint, start string"
    frame = spark.createDataFrame([tuple(row[name] for name in COLUMNS) for row in rows], schema)
    table = tier_table(frame, program=program, starting_tier="start")
    assert expected == in_rows(table)
    assert in_rows(tiers_on(table, date(2024, 3, 1)))


def test_spark_finds_every_problem(spark: Any) -> None:
    """Each row that the core rejects has its problem in PySpark."""
    schema = "partner string, quarter string, score bigint, start string"
    frame = spark.createDataFrame([tuple(row[name] for name in COLUMNS) for row in FAULTY_ROWS], schema)
    assert named_and_faulty(FAULTY_ROWS) == named_and_faulty(in_rows(problems(frame, program=APPS, starting_tier="start")))


@PROGRAMS
def test_dask_has_the_decisions_of_evaluate(program: Program) -> None:
    """A table of Dask has the decisions of the core, and its problems are those of pandas."""
    dask = pytest.importorskip("dask.dataframe", reason="Dask is not installed")
    rows, expected = random_rows(program, 30, seed=5)
    frame = dask.from_pandas(pd.DataFrame(in_columns(rows, COLUMNS)).convert_dtypes(), npartitions=3)
    table = tier_table(frame, program=program, starting_tier="start")
    assert expected == in_rows(table)
    assert ["M", "M"] == [table.dtypes[name].kind for name in ("effective_on", "stop")], "days are times, as in pandas"
    faulty = dask.from_pandas(pd.DataFrame(in_columns(FAULTY_ROWS, COLUMNS)).convert_dtypes(), npartitions=2)
    assert named_and_faulty(FAULTY_ROWS) == named_and_faulty(in_rows(problems(faulty, program=APPS, starting_tier="start")))
