"""Strategies for what the scorecard answers, which only the tests draw."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from tbtier import FiscalQuarter
from tbtier.programs import ISV
from tbtier.scorecard import (
    IMPACT,
    AttritionBands,
    AttritionPoints,
    QuarterScore,
    RateBand,
    RevenueBand,
    Showing,
    Standing,
    pledge_shows_on,
    shows_on,
)
from tbtier.testing import days
from tbtier.testing.strategies import citations
from tbtier.testing.values import scorecards


def quarter_scores() -> st.SearchStrategy[QuarterScore]:
    """Draw the scores of quarters in which something was received."""
    return scorecards(min_size=1).flatmap(
        lambda card: st.sampled_from(card.activities).map(lambda one: card.quarter(one.counts_for))
    )


def standings() -> st.SearchStrategy[Standing]:
    """Draw what metrics give when a quarter ends."""
    return quarter_scores().flatmap(lambda quarter: st.sampled_from(quarter.standings))


def showings() -> st.SearchStrategy[Showing]:
    """Draw when points show: by the ISV scorecard, or after a pledge."""
    received = days(FiscalQuarter(2024, 1).start, FiscalQuarter(2025, 1).last_day)
    by_isv = st.builds(shows_on, received, program=st.just(ISV), pillar=st.sampled_from(["Customers", IMPACT]))
    return by_isv | received.map(pledge_shows_on)


@st.composite
def bands(draw: st.DrawFn) -> AttritionBands:
    """Draw bands of attrition, as they are printed: each ends a tenth of a percent before the next one begins."""
    lowest = [0, *sorted(draw(st.sets(st.integers(1, 99), max_size=4)))]
    highest = [*(next_one - Fraction(1, 10) for next_one in lowest[1:]), None]
    points, citation = st.integers(0, 250), draw(citations())
    rates = tuple(RateBand(first, last, draw(points), citation) for first, last in zip(lowest, highest))
    sums = sorted(draw(st.sets(st.integers(1, 10_000_000), min_size=1, max_size=4)))
    return AttritionBands("MADE_UP", rates, tuple(RevenueBand(up_to, draw(st.integers(0, 100)), citation) for up_to in sums))


def rate_bands() -> st.SearchStrategy[RateBand]:
    """Draw bands of rates."""
    return bands().flatmap(lambda drawn: st.sampled_from(drawn.rates))


def revenue_bands() -> st.SearchStrategy[RevenueBand]:
    """Draw bands of revenue."""
    return bands().flatmap(lambda drawn: st.sampled_from(drawn.revenues))


def attrition_points() -> st.SearchStrategy[AttritionPoints]:
    """Draw what a rate at the beginning of a band earns."""
    return bands().flatmap(
        lambda drawn: st.builds(
            drawn.points,
            st.sampled_from(drawn.rates).map(lambda band: Fraction(band.lowest, 100)),
            current=st.integers(0, int(drawn.revenues[-1].up_to)),
        )
    )


ANSWERS: dict[type, st.SearchStrategy[object]] = {
    AttritionBands: bands(),
    AttritionPoints: attrition_points(),
    QuarterScore: quarter_scores(),
    RateBand: rate_bands(),
    RevenueBand: revenue_bands(),
    Showing: showings(),
    Standing: standings(),
}
