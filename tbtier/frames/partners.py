"""The closed form in columns: the best that a partner earned in the quarters that count, by partner and fiscal year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import narwhals as nw

from tbtier.errors import FrameError
from tbtier.evaluation.basis import Basis, Result, ResultState
from tbtier.evaluation.decisions import Decision, DecisionKind
from tbtier.evaluation.reasons import any_inferred, by_rule
from tbtier.fiscal import FiscalQuarter
from tbtier.frames.rows import NONE, Fault, Rows, as_days, by_number, first_fault, looking
from tbtier.rules.cycles import cycle_of
from tbtier.rules.editions import Carryover, Edition
from tbtier.rules.program import Program
from tbtier.rules.tiers import Tier

__all__: list[str] = []

_NUMBERS: Final = (0, 1, 2, 3)  # of the quarters of a fiscal year, Q1 first
_KINDS: Final = (DecisionKind.UNCHANGED, DecisionKind.PROMOTED, DecisionKind.DOWNGRADED, DecisionKind.RENEWED)
_SHOWN: Final = 10  # rows in an error
# The result of a row is one int, so that one maximum has all of it: the score, the rank of the tier that the score earns,
# and whether that is inferred. Results have the order of their scores. A bad row has 0, and a quarter without a row `NONE`.
_RANKS: Final = 32
_BY_RANK: Final = 2
_BY_SCORE: Final = _BY_RANK * _RANKS


class Partners:
    """The partners of a frame, by fiscal year."""

    def __init__(self, frame: Any, program: Program, partner: str, quarter: str, score: str, starting_tier: Tier | str) -> None:
        given = Rows(frame, program, partner, quarter, score, starting_tier)
        self.given: Rows = given
        self.program: Program = program
        self.start: int | None = None if given.has_starts else program.tier_named(starting_tier).rank
        value = nw.col("value")
        if not given.is_whole:  # NaN and infinity are bad, and no ints
            value = nw.when(~nw.col("is_bad")).then(value).otherwise(nw.lit(NONE)).cast(nw.Int64())
        earned = given.by_edition(lambda edition: _earned(edition, value))
        result = ((value + 1) * _BY_SCORE + earned) * (~nw.col("is_bad")).cast(nw.Int64())
        self.rows: Any = given.rows.with_columns(result=result)
        finals = [one for one in given.quarters if one.number == 4 and one._ordinal in given.editions]
        self.finals: dict[int, Edition] = {one.year: given.editions[one._ordinal] for one in finals}
        self.years: Any = self._with_tiers(self._with_partners(self._by_year()))

    def _by_year(self) -> Any:
        """Return the highest and the lowest result of each quarter, by partner and fiscal year; they differ in a conflict."""
        of_number = [nw.when(nw.col("number") == n).then(nw.col("result")).alias(f"high{n}") for n in _NUMBERS]
        rows = self.rows.with_columns(*of_number, bad=nw.col("is_bad").cast(nw.Int64()))
        starts = [nw.col("start").min().alias("low"), nw.col("start").max().alias("high")] if self.given.has_starts else []
        years = rows.group_by("partner", "year").agg(
            *[nw.col(f"high{n}").max() for n in _NUMBERS],
            *[nw.col(f"high{n}").min().alias(f"low{n}") for n in _NUMBERS],
            nw.col("bad").sum(),
            nw.len().alias("rows"),
            *starts,
        )
        return years.with_columns(
            *[nw.col(f"{side}{n}").fill_null(NONE).cast(nw.Int64()) for side in ("high", "low") for n in _NUMBERS]
        )

    def _with_partners(self, years: Any) -> Any:
        """Add what the year earned for the next one, and whether all years of the partner are without a problem."""
        present = [nw.col(f"high{n}") >= 0 for n in _NUMBERS]
        ordinals = [nw.when(here).then(4 * nw.col("year") + n).alias(f"ordinal{n}") for n, here in enumerate(present)]
        years = years.with_columns(
            *[(_rank(f"high{n}") * here.cast(nw.Int64()) - 1).alias(f"rank{n}") for n, here in enumerate(present)],
            faults=nw.col("bad") + sum((nw.col(f"high{n}") != nw.col(f"low{n}")).cast(nw.Int64()) for n in _NUMBERS),
            quarters=sum(here.cast(nw.Int64()) for here in present),
            lowest=nw.min_horizontal(*ordinals),
            highest=nw.max_horizontal(*ordinals),
        )
        best = nw.max_horizontal(*[nw.col(f"rank{n}") for n in _NUMBERS])
        years = years.with_columns(best=nw.when(self._is_q4_alone()).then(nw.col("rank3")).otherwise(best))
        entry = self.program.entry_tier.rank
        years = years.with_columns(before4=nw.when(nw.col("best") > entry).then(nw.col("best")).otherwise(nw.lit(entry)))
        of_year = [nw.when(nw.col("year") == year).then(nw.col("before4")).alias(f"from{year}") for year in self.finals]
        starts = [nw.col("low").min().alias("start"), nw.col("high").max().alias("start_high")] if self.given.has_starts else []
        # Grouped and joined, since a window of pyarrow loses the order of a large frame.
        partners = years.with_columns("before4", *of_year).group_by("partner")
        partners = partners.agg(
            nw.col("lowest").min().alias("first"),
            nw.col("highest").max().alias("last"),
            nw.col("quarters").sum().alias("all_quarters"),
            nw.col("faults").sum().alias("all_faults"),
            *[nw.col(f"from{year}").max() for year in self.finals],
            *starts,
        )
        years = years.join(partners, on="partner", how="left")
        is_whole = nw.col("last") - nw.col("first") + 1 == nw.col("all_quarters")
        is_right = is_whole & (nw.col("first") % 4 == 0) & (nw.col("all_faults") == 0)
        if self.given.has_starts:
            is_right = is_right & (nw.col("start") == nw.col("start_high"))
        return years.with_columns(is_right=is_right.fill_null(False))

    def _with_tiers(self, years: Any) -> Any:
        """Add the tiers held before each quarter takes effect and after the last, and whether the decision of Q4 is inferred.

        Inside a program year, the tier is a running maximum; on March 1 it is the best that the year earned (rules R6 and R7).
        """
        before = nw.col("start") if self.given.has_starts else nw.lit(self.start)
        for year in self.finals:
            follows = (nw.col("year") == year + 1) & (nw.col("first") < 4 * nw.col("year"))
            before = nw.when(follows).then(nw.col(f"from{year}")).otherwise(before)
        years = years.with_columns(before0=before.fill_null(NONE).cast(nw.Int64()))  # null without a partner
        for n in _NUMBERS[:3]:
            years = years.with_columns(nw.max_horizontal(f"before{n}", f"rank{n}").alias(f"before{n + 1}"))
        decisive: nw.Expr = nw.col("high3")
        for n in (2, 1, 0):  # the first quarter that earned the best tier
            is_best = (nw.col(f"rank{n}") == nw.col("best")) & ~self._is_q4_alone()
            decisive = nw.when(is_best).then(nw.col(f"high{n}")).otherwise(decisive)
        inferred_carryovers = [year for year, edition in self.finals.items() if edition.citation("carryover").is_inferred]
        unearned = nw.when(nw.col("best") == NONE).then(nw.lit(_is_inferred("D2")))
        carried = unearned.otherwise(_has_inferred(decisive) | nw.col("year").is_in(inferred_carryovers))
        falls = (nw.col("before4") < nw.col("before3")) & nw.lit(_is_inferred("R8", "R8a"))
        return years.with_columns(inferred=_has_inferred(nw.col("high3")) | nw.lit(_is_inferred("R4")) | carried | falls)

    def _is_q4_alone(self) -> nw.Expr:
        alone = [year for year, edition in self.finals.items() if edition.carryover is Carryover.FINAL_QUARTER]
        return nw.col("year").is_in(alone)

    def table(self) -> Any:
        """Return a row for each partner and effective date, of the partners without a problem."""
        befores = [f"before{n}" for n in (*_NUMBERS, 4)]
        right = self.years.filter(nw.col("is_right")).select("partner", "year", "inferred", *befores)
        rows = self.rows.select("partner", "score", "ordinal", "year", "number", "result")
        if not isinstance(rows, nw.DataFrame) or self.years["rows"].sum() > self.years["quarters"].sum():
            rows = rows.unique()
        rows = rows.join(right, on=["partner", "year"], how="inner").with_columns(
            earned=_rank("result") - 1,
            before=by_number([nw.col(name) for name in befores[:4]]),
            after=by_number([nw.col(name) for name in befores[1:]]),
        )
        rose, fell = nw.col("after") > nw.col("before"), nw.col("after") < nw.col("before")
        renewed = (nw.col("after") == nw.col("before")) & (nw.col("number") == 3)
        kind = sum(number * condition.cast(nw.Int64()) for number, condition in enumerate((rose, fell, renewed), start=1))
        rows = rows.with_columns(kind=kind)
        days, as_day = as_days(rows)
        end, known = self.program.ended_on or date.max, self.given.editions
        quarters = {one._ordinal: one for one in self.given.quarters if one._ordinal in known}
        effective = {ordinal: as_day(cycle_of(one).effective_on) for ordinal, one in quarters.items()}
        stops = {ordinal: as_day(min(cycle_of(one + 1).effective_on, end)) for ordinal, one in quarters.items()}
        tiers, look = {tier.rank: str(tier) for tier in Tier}, looking(rows)
        inside = _has_inferred(nw.col("result")) | nw.lit(_is_inferred("R4a", "R6"))
        return rows.select(
            "partner",
            quarter=look("ordinal", {ordinal: str(one) for ordinal, one in quarters.items()}, None, nw.String()),
            effective_on=look("ordinal", effective, None, days),
            stop=look("ordinal", stops, None, days),
            score=nw.col("score"),
            earned=look("earned", tiers, None, nw.String()),
            before=look("before", tiers, None, nw.String()),
            after=look("after", tiers, None, nw.String()),
            kind=look("kind", dict(enumerate(map(str, _KINDS))), None, nw.String()),
            inferred=nw.when(nw.col("number") == 3).then(nw.col("inferred")).otherwise(inside),
        )

    def problems(self) -> Any:
        """Return each row with a problem."""
        sides = [f"{side}{n}" for side in ("high", "low") for n in _NUMBERS]
        starts = {"start_low": nw.col("start"), "start_high": nw.col("start_high")} if self.given.has_starts else {}
        rows = self.rows.join(
            self.years.select("partner", "year", "first", *sides, **starts), on=["partner", "year"], how="left"
        )
        following = self.rows.select("partner", ordinal=nw.col("ordinal") + 1, follows=nw.lit(True)).unique()
        rows = rows.join(following, on=["partner", "ordinal"], how="left")
        high, low = (by_number([nw.col(f"{side}{n}") for n in _NUMBERS]) for side in ("high", "low"))
        is_first = nw.col("ordinal") == nw.col("first")
        differ = (
            [Fault(nw.col("start_low") != nw.col("start_high"), "the partner has several starting tiers")] if starts else []
        )
        faults = [
            *self.given.faults,
            Fault(high != low, "the quarter has another score in another row"),
            *differ,
            Fault(is_first & (nw.col("number") != 0), "the first quarter of a partner must be a Q1"),
            Fault(~is_first & nw.col("follows").is_null(), "no row has the score of the quarter before"),
        ]
        found = rows.select("partner", "quarter", "score", problem=first_fault(faults))
        return found.filter(~nw.col("problem").is_null())

    def raise_problems(self) -> None:
        """Raise an error with the first problems of an eager frame."""
        if isinstance(self.years, nw.DataFrame) and not self.years["is_right"].all():
            found = self.problems()
            raise FrameError(tuple(found.head(_SHOWN).iter_rows()), len(found))


def _rank(result: str) -> nw.Expr:
    """Return the rank of the tier that a row earned, and 1; 0 if the row earned nothing."""
    return nw.col(result) // _BY_RANK % _RANKS


def _has_inferred(result: nw.Expr) -> nw.Expr:
    return result % _BY_RANK == 1


def _earned(edition: Edition, value: nw.Expr) -> Any:
    """Return the part of a result below the score, by the edition in force: the rank, and whether it is inferred."""
    last = _part(NONE, _is_inferred("D1"))
    below: Any = last
    for lowest, part in _steps(edition):
        below = (value >= lowest).cast(nw.Int64()) * (part - last) + below  # cheaper than cases, whose literals are columns
        last = part
    return below


def _part(rank: int, is_inferred: bool) -> int:
    return _BY_RANK * (rank + 1) + is_inferred


def _steps(edition: Edition) -> Iterator[tuple[int, int]]:
    """Yield each score from which on the rank or the certainty differs, with the part of a result below the score."""
    quarter = edition.start or FiscalQuarter(2, 1)
    bounds = {bound.score for bound in edition.thresholds}
    for score in sorted(bounds | {bound + 1 for bound in bounds}):  # a score that equals its bound may be inferred (rule D8)
        if score <= edition.maximum_score:
            result = Result(quarter, edition, ResultState.SCORED, score)
            tier = edition.threshold(score).tier
            decision = Decision(Basis(quarter.stop, tier, False, (result,)), tier)
            yield score, _part(tier.rank, any_inferred(decision.earning_reasons))


def _is_inferred(*rules: str) -> bool:
    return any_inferred(by_rule(rule, "") for rule in rules)
