"""The rows of a frame that have a problem, by themselves or beside the other rows of their partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from tbtier.frames.results import result_of
from tbtier.frames.rows import NONE, Fault, Rows

__all__: list[str] = []


def problems_in(rows: Rows) -> Any:
    """Return each row with a problem, with the first of its problems."""
    results = rows.rows.with_columns(result=result_of(rows))
    quarters = results.group_by("partner", "ordinal").agg(
        nw.col("result").min().alias("low"), nw.col("result").max().alias("high")
    )
    known = nw.when(nw.col("ordinal") > NONE).then(nw.col("ordinal"))
    partners = results.select("partner", "start", first=known).group_by("partner")
    partners = partners.agg(
        nw.col("first").min(), nw.col("start").min().alias("low_start"), nw.col("start").max().alias("high_start")
    )
    following = quarters.select("partner", ordinal=(nw.col("ordinal") + 1).cast(nw.Int32()), follows=nw.lit(True))
    found = rows.rows.join(partners, on="partner", how="left")
    for others in (quarters, following):
        found = found.join(others, on=["partner", "ordinal"], how="left")
    is_first = nw.col("ordinal") == nw.col("first")
    faults = [
        *rows.faults,
        Fault(nw.col("low") != nw.col("high"), "the quarter has another score in another row"),
        Fault(nw.col("low_start") != nw.col("high_start"), "the partner has several starting tiers"),
        Fault(is_first & (nw.col("number") != 0), "the first quarter of a partner must be a Q1"),
        Fault(~is_first & nw.col("follows").is_null(), "no row has the score of the quarter before"),
    ]
    return found.select("partner", "quarter", "score", problem=_first(faults)).filter(~nw.col("problem").is_null())


def _first(faults: Sequence[Fault]) -> nw.Expr:
    """Return the text of the first fault of a row, or null for a row without a fault."""
    *others, last = faults
    text: nw.Expr = nw.when(last.condition).then(nw.lit(last.text))
    for fault in reversed(others):
        text = nw.when(fault.condition).then(nw.lit(fault.text)).otherwise(text)
    return text
