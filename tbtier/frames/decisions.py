"""The decisions of many partners as a table: what ranks and ordinals mean, looked up at the end."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import narwhals as nw

from tbtier.evaluation.decisions import DecisionKind
from tbtier.fiscal import quarter_at
from tbtier.frames.results import rank_in, score_in
from tbtier.frames.rows import Terms, as_days, as_names, looking, remainder
from tbtier.rules.cycles import cycle_of
from tbtier.rules.tiers import Tier

__all__: list[str] = []

_KINDS: Final = dict(enumerate(map(str, DecisionKind)))
_NUMBER_OF: Final = {kind: number for number, kind in enumerate(DecisionKind)}
_TIERS: Final = {tier.rank: str(tier) for tier in Tier}


class Decisions:
    """The decisions of many partners, a row for each: `partner`, `ordinal`, `result`, `before`, `after` and `inferred`."""

    def __init__(self, terms: Terms, rows: Any) -> None:
        self.terms: Terms = terms
        self.rows: Any = rows

    def table(self) -> Any:
        """Return the decisions with their dates and names."""
        result, before, after = nw.col("result"), nw.col("before"), nw.col("after")
        rose = nw.when(after > before).then(_kind(DecisionKind.PROMOTED))
        fell = rose.when(after < before).then(_kind(DecisionKind.DOWNGRADED))
        kept = fell.when(remainder(nw.col("ordinal"), 4) == 3).then(_kind(DecisionKind.RENEWED))
        kind = kept.otherwise(_kind(DecisionKind.UNCHANGED))
        rows = self.rows.with_columns(earned=rank_in(result), kind=kind)
        days, as_day = as_days(rows)
        end, look = self.terms.program.ended_on or date.max, looking(rows)
        quarters = {ordinal: quarter_at(ordinal) for ordinal in self.terms.editions}
        names = {ordinal: str(quarter) for ordinal, quarter in quarters.items()}
        effective = {ordinal: as_day(cycle_of(quarter).effective_on) for ordinal, quarter in quarters.items()}
        stops = {ordinal: as_day(min(cycle_of(quarter + 1).effective_on, end)) for ordinal, quarter in quarters.items()}
        tiers, kinds = as_names(rows, _TIERS), as_names(rows, _KINDS)
        return rows.select(
            "partner",
            quarter=look("ordinal", names, None, nw.String()),
            effective_on=look("ordinal", effective, None, days),
            stop=look("ordinal", stops, None, days),
            score=score_in(result).cast(self.terms.score_type),
            earned=look("earned", _TIERS, None, tiers),
            before=look("before", _TIERS, None, tiers),
            after=look("after", _TIERS, None, tiers),
            kind=look("kind", _KINDS, None, kinds),
            inferred="inferred",
        )


def _kind(kind: DecisionKind) -> nw.Expr:
    return nw.lit(_NUMBER_OF[kind], nw.Int8())
