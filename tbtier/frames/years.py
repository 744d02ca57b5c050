"""The closed form in columns: the best that a partner earned in the quarters that count, by partner and fiscal year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import narwhals as nw

from tbtier.frames.decisions import Decisions
from tbtier.frames.results import has_inferred, is_inferred, rank_in, result_of, result_type
from tbtier.frames.rows import NONE, Rows, Terms, remainder
from tbtier.rules.editions import Carryover, Edition

__all__: list[str] = []

_NUMBERS: Final = (0, 1, 2, 3)  # of the quarters of a fiscal year, Q1 first


class Years:
    """The fiscal years of partners, each with the results of its quarters."""

    def __init__(self, rows: Rows) -> None:
        self.terms: Terms = rows.terms
        editions = rows.terms.editions
        self.finals: dict[int, Edition] = {ordinal // 4: one for ordinal, one in editions.items() if ordinal % 4 == 3}
        self.numbers: Any = rows.rows.select("number").unique()
        self.years: Any = self._with_best(_results(rows))

    def _with_best(self, results: Any) -> Any:
        """Return the results with the tiers that they earned, the best of the year, and what March 1 makes of it (rule R7)."""
        present = [nw.col(f"high{n}") >= 0 for n in _NUMBERS]
        ranks = [nw.when(here).then(rank_in(nw.col(f"high{n}"))).otherwise(nw.lit(NONE)) for n, here in enumerate(present)]
        ordinals = {f"ordinal{n}": nw.when(here).then(4 * nw.col("year") + n) for n, here in enumerate(present)}
        differ = [(nw.col(f"high{n}") != nw.col(f"low{n}")).cast(nw.Int8()) for n in _NUMBERS]
        years = results.with_columns(**ordinals).select(
            *("partner", "year", "start", "other_start", *_columns("high")),
            *[rank.cast(nw.Int8()).alias(f"rank{n}") for n, rank in enumerate(ranks)],
            first=nw.min_horizontal(*ordinals),
            last=nw.max_horizontal(*ordinals),
            quarters=sum(here.cast(nw.Int8()) for here in present),
            faults=sum(differ, nw.col("is_bad")),
        )
        best = nw.max_horizontal(*_columns("rank"))
        best = nw.when(self._is_q4_alone()).then(nw.col("rank3")).otherwise(best)
        entry = self.terms.program.entry_tier.rank
        carried = nw.when(nw.col("best") > entry).then(nw.col("best")).otherwise(nw.lit(entry))
        return years.with_columns(best=best.cast(nw.Int8())).with_columns(before4=carried.cast(nw.Int8()))

    def decisions(self) -> Decisions | None:
        """Return the decisions of the partners without a problem, or `None` if an eager frame has another partner.

        Inside a program year, the tier is a running maximum; on March 1 it is the best that the year earned (rules R6 and R7).
        """
        years = self._with_partners()
        if isinstance(years, nw.DataFrame) and not years["is_right"].all():
            return None
        years = years.filter(nw.col("is_right"))
        before = nw.col("start")
        for year in self.finals:
            follows = (nw.col("year") == year + 1) & (nw.col("first") < 4 * nw.col("year"))
            before = nw.when(follows).then(nw.col(f"from{year}")).otherwise(before)
        years = years.with_columns(before0=before.cast(nw.Int8()))
        for n in _NUMBERS[:3]:
            years = years.with_columns(nw.max_horizontal(f"before{n}", f"rank{n}").alias(f"before{n + 1}"))
        result, held = nw.col("result"), [*_columns("before"), "before4"]
        years = years.select("partner", "year", *_columns("high"), *held, q4_inferred=self._is_q4_inferred())
        # A cross join with at most four numbers: joined with the rows of the user, the years would take twice the time.
        decisions = years.join(self.numbers, how="cross").select(
            *("partner", "number", "q4_inferred"),
            ordinal=4 * nw.col("year") + nw.col("number"),
            result=_of_number(_columns("high")),
            before=_of_number(held[:4]),
            after=_of_number(held[1:]),
        )
        inside = has_inferred(result) | nw.lit(is_inferred("R4a", "R6"))
        inferred = nw.when(nw.col("number") == 3).then(nw.col("q4_inferred")).otherwise(inside)
        return Decisions(self.terms, decisions.with_columns(inferred=inferred).filter(result > NONE))

    def _with_partners(self) -> Any:
        """Return the years with the first quarter of the partner, the tiers of March 1, and whether all its rows are right."""
        carried = {f"from{year}": nw.when(nw.col("year") == year).then(nw.col("before4")) for year in self.finals}
        # Grouped and joined, since a window of pyarrow loses the order of a large frame.
        partners = self.years.with_columns("before4", **carried).group_by("partner")
        partners = partners.agg(
            nw.col("first").min(),
            nw.col("last").max(),
            nw.col("quarters").sum(),
            nw.col("faults").sum(),
            nw.col("start").min(),
            nw.col("other_start").max(),
            *[nw.col(name).max() for name in carried],
        )
        is_whole = nw.col("last") - nw.col("first") + 1 == nw.col("quarters")
        is_right = is_whole & (remainder(nw.col("first"), 4) == 0) & (nw.col("faults") == 0)
        is_right = is_right & (nw.col("start") == nw.col("other_start"))
        partners = partners.select("partner", "first", "start", *carried, is_right=is_right)
        own = ["partner", "year", "best", "before4", *_columns("high"), *_columns("rank")]
        years = self.years.select(*own).join(partners, on="partner", how="left")
        return years.with_columns(nw.col("is_right").fill_null(False))  # a null partner is joined with nothing

    def _is_q4_inferred(self) -> nw.Expr:
        """Return whether the decision of March 1 is inferred."""
        decisive: nw.Expr = nw.col("high3")
        for n in (2, 1, 0):  # the first quarter that earned the best tier
            is_best = (nw.col(f"rank{n}") == nw.col("best")) & ~self._is_q4_alone()
            decisive = nw.when(is_best).then(nw.col(f"high{n}")).otherwise(decisive)
        inferred_carryovers = [year for year, edition in self.finals.items() if edition.citation("carryover").is_inferred]
        unearned = nw.when(nw.col("best") == NONE).then(nw.lit(is_inferred("D2")))
        carried = unearned.otherwise(has_inferred(decisive) | nw.col("year").is_in(inferred_carryovers))
        falls = (nw.col("before4") < nw.col("before3")) & nw.lit(is_inferred("R8", "R8a"))
        return has_inferred(nw.col("high3")) | nw.lit(is_inferred("R4")) | carried | falls

    def _is_q4_alone(self) -> nw.Expr:
        alone = [year for year, edition in self.finals.items() if edition.carryover is Carryover.FINAL_QUARTER]
        return nw.col("year").is_in(alone)


def _results(rows: Rows) -> Any:
    """Return the highest and the lowest result of each quarter, by partner and fiscal year; they differ in a conflict."""
    bad, result = nw.col("is_bad").cast(nw.Int8()), nw.col("result")
    of_number = {f"high{n}": nw.when(nw.col("number") == n).then(result) for n in _NUMBERS}
    years = rows.rows.with_columns(result=result_of(rows)).select("partner", "year", "start", is_bad=bad, **of_number)
    results = years.group_by("partner", "year").agg(
        *[nw.col(f"high{n}").max() for n in _NUMBERS],
        *[nw.col(f"high{n}").min().alias(f"low{n}") for n in _NUMBERS],
        nw.col("is_bad").max(),
        nw.col("start").min(),
        nw.col("start").max().alias("other_start"),
    )
    number = result_type(rows.terms)
    sides = [*_columns("high"), *_columns("low")]
    return results.with_columns(*[nw.col(side).fill_null(NONE).cast(number) for side in sides])


def _columns(name: str) -> list[str]:
    return [f"{name}{n}" for n in _NUMBERS]


def _of_number(columns: Sequence[str]) -> nw.Expr:
    """Return the column for the number of a row's quarter."""
    *others, last = columns
    chosen: nw.Expr = nw.col(last)
    for number, column in enumerate(others):
        chosen = nw.when(nw.col("number") == number).then(nw.col(column)).otherwise(chosen)
    return chosen
