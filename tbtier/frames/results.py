"""The result of a quarter as one int: the score, the rank of the tier that the score earns, and whether that is inferred.

Results have the order of their scores, so that one maximum of an engine has all three. A bad row has the result 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import narwhals as nw

from tbtier.evaluation.basis import Basis, Result, ResultState
from tbtier.evaluation.decisions import Decision
from tbtier.evaluation.reasons import any_inferred, by_rule
from tbtier.fiscal import FiscalQuarter
from tbtier.frames.rows import NONE, Rows, Terms, remainder
from tbtier.rules.editions import Edition

__all__: list[str] = []

_RANKS: Final = 32  # more than there are tiers
_BY_RANK: Final = 2
_BY_SCORE: Final = _BY_RANK * _RANKS


def result_of(rows: Rows) -> nw.Expr:
    """Return the results of rows."""
    value = nw.col("value")
    if not rows.is_whole:  # NaN and infinity are bad, and no ints
        value = nw.when(~nw.col("is_bad")).then(value).otherwise(nw.lit(NONE)).cast(nw.Int64())
    earned = rows.terms.by_edition(lambda edition: _earned(edition, value))
    result: nw.Expr = ((value + 1) * _BY_SCORE + earned) * (~nw.col("is_bad")).cast(nw.Int8())
    return result.cast(result_type(rows.terms))


def result_type(terms: Terms) -> Any:
    """Return the smallest type that takes all results."""
    highest = max((edition.maximum_score for edition in terms.editions.values()), default=0)
    return nw.Int32() if (highest + 2) * _BY_SCORE < 2**31 else nw.Int64()


def score_in(result: nw.Expr) -> nw.Expr:
    """Return the score, or null if the quarter was not scored."""
    return nw.when(result >= _BY_SCORE).then(result // _BY_SCORE - 1)


def rank_in(result: nw.Expr) -> nw.Expr:
    """Return the rank of the tier that was earned, or `NONE` if none was."""
    return (remainder(result // _BY_RANK, _RANKS) - 1).cast(nw.Int8())


def has_inferred(result: nw.Expr) -> nw.Expr:
    """Return whether the tier that was earned is inferred."""
    return remainder(result, _BY_RANK) == 1


def is_inferred(*rules: str) -> bool:
    """Return whether one of several rules is inferred."""
    return any_inferred(by_rule(rule, "") for rule in rules)


def _earned(edition: Edition, value: nw.Expr) -> Any:
    """Return the part of a result below the score, by the edition in force: the rank, and whether it is inferred."""
    last = _part(NONE, is_inferred("D1"))
    below: Any = last
    for lowest, part in _steps(edition):
        below = (value >= lowest).cast(nw.Int64()) * (part - last) + below  # cheaper than cases, whose literals are columns
        last = part
    return below


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


def _part(rank: int, is_inferred: bool) -> int:
    return _BY_RANK * (rank + 1) + is_inferred
