"""The basis of the tier on one day, in worked cases; test_laws_of_answers proves that the tier follows from it."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from made_up import BEST_OF_FOUR, Q4_ALONE

import tbtier as tb
from tbtier import FiscalQuarter, Tier
from tbtier.evaluation.basis import Basis, Result, Results, ResultState
from tbtier.rules import Certainty

SCORES = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None}
TIMELINE = tb.evaluate(SCORES, program=BEST_OF_FOUR, starting_tier="Ridge")
IN_FEBRUARY = Results(TIMELINE, date(2024, 2, 10))


def states_of(basis: Basis) -> list[tuple[str, str]]:
    """Return the quarters of a basis with their states."""
    return [(str(result.quarter), str(result.state)) for result in basis.results]


def test_until_the_first_march_1_the_starting_tier_is_the_floor() -> None:
    """Only the quarters that have taken effect since the start count (D3, D4)."""
    basis = IN_FEBRUARY.basis_on(date(2024, 2, 29))
    assert (Tier.RIDGE, True, Tier.CREST) == (basis.floor, basis.is_starting, basis.tier)
    assert [("FY24 Q1", "scored"), ("FY24 Q2", "scored"), ("FY24 Q3", "not scored")] == states_of(basis)
    assert basis.results[1] is basis.decisive


def test_from_march_1_on_the_entry_tier_is_the_floor() -> None:
    """A quarter that has closed without a score awaits its score, and a quarter that has not closed is open (R7)."""
    basis = IN_FEBRUARY.basis_on(date(2024, 6, 1))
    assert (Tier.PROVISIONAL, False, Tier.CREST) == (basis.floor, basis.is_starting, basis.tier)
    assert ["scored", "scored", "not scored", "awaiting its score", "open"] == [state for _, state in states_of(basis)]
    assert ["FY24 Q4"] == [str(one.quarter) for one in basis.results if one.state is ResultState.AWAITING_SCORE]


def test_where_q4_alone_counts_the_others_do_not() -> None:
    """The carryover says which quarters set the starting tier (R7)."""
    timeline = tb.evaluate(SCORES, program=Q4_ALONE, starting_tier="Ridge")
    assert [("FY24 Q4", "awaiting its score")] == states_of(Results(timeline, date(2024, 2, 10)).basis_on(date(2024, 3, 1)))


def test_a_starting_tier_decides_where_no_quarter_earns_more() -> None:
    """No quarter is decisive if the starting tier is at least as high (R6)."""
    held = tb.evaluate({"FY24 Q1": 310}, program=BEST_OF_FOUR, starting_tier="Ridge").explain(date(2023, 6, 1)).basis
    assert (None, Tier.RIDGE) == (held.decisive, held.tier)


def test_a_floor_above_every_result_decides() -> None:
    """A quarter that earns less than the floor is not decisive, whether the floor is the starting tier or not (R6)."""
    result = TIMELINE.decisions[0].result
    for is_starting in (True, False):
        basis = Basis(date(2024, 3, 1), Tier.SUMMIT, is_starting, (result,))
        assert (Tier.RIDGE, Tier.SUMMIT, None) == (result.earned, basis.tier, basis.decisive)


@pytest.mark.parametrize(
    ("score", "reached", "missed"),
    [
        (0, "Base from 0", "Ridge from 250"),
        (249, "Base from 0", "Ridge from 250"),
        (250, "Ridge from 250", "Crest from 500"),
        (750, "Summit from 750", "None"),
        (1000, "Summit from 750", "None"),
        (None, "None", "None"),
        (Tier.CREST, "Crest from 500", "None"),
    ],
)
def test_a_result_knows_its_bounds(score: int | Tier | None, reached: str, missed: str) -> None:
    """A result has the threshold that the score reaches, and the next threshold."""
    edition = BEST_OF_FOUR.edition("FY24 Q1")
    result = Result(FiscalQuarter(2024, 1), edition, ResultState.SCORED, score)
    assert (reached, missed) == (str(result.threshold), str(result.next_threshold))
    known = isinstance(score, int)
    assert known is bool(result.citations)
    assert all(not citation.is_inferred for citation in result.citations)


def test_a_result_is_as_sure_as_its_bounds() -> None:
    """Where the source leaves open whether the bound itself is enough, the result of exactly that score is inferred (D8)."""
    edition = tb.evaluate({"FY24 Q1": 1}, program=BEST_OF_FOUR, starting_tier="Base").program.edition("FY24 Q1")
    doubt = attrs.evolve(edition.citation("Ridge"), certainty=Certainty.INFERRED)
    ridge = attrs.evolve(edition.thresholds[1], inclusive_citation=doubt)
    read = attrs.evolve(edition, thresholds=(edition.thresholds[0], ridge, *edition.thresholds[2:]))
    results = [Result(FiscalQuarter(2024, 1), read, ResultState.SCORED, score) for score in (249, 250, 251)]
    number = edition.citation("Ridge")  # of each bound
    assert [(number, number), (number, doubt, number), (number, number)] == [result.citations for result in results]


def test_a_state_has_a_name() -> None:
    """A state has one text for people and another for programs."""
    assert ("awaiting its score", "ResultState.AWAITING_SCORE") == (
        str(ResultState.AWAITING_SCORE),
        repr(ResultState.AWAITING_SCORE),
    )
