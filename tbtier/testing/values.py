"""The strategies that Hypothesis is told of by the hook: those of the kit, and one for each type that has none there."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

from hypothesis import strategies as st

from tbtier.auditing.audit import audit
from tbtier.auditing.findings import Finding
from tbtier.evaluation.decisions import Decision
from tbtier.evaluation.explanations import Explanation
from tbtier.evaluation.periods import TierPeriod
from tbtier.evaluation.timeline import Timeline
from tbtier.fiscal import FiscalQuarter
from tbtier.planning.outlook import Outlook, outlook
from tbtier.programs import ISV, TRAILBLAZER
from tbtier.rules.citations import Source
from tbtier.rules.cycles import Cycle, cycle_at
from tbtier.rules.editions import ProgramEnd, Threshold, UnknownRules
from tbtier.rules.tiers import Tier
from tbtier.scorecard import (
    IMPACT,
    Activity,
    AttritionBands,
    AttritionPoints,
    Metric,
    QuarterScore,
    RateBand,
    RevenueBand,
    Scorecard,
    Showing,
    Standing,
    StandsUntil,
    pledge_shows_on,
    shows_on,
)
from tbtier.testing.strategies import (
    MADE_UP,
    citations,
    days,
    editions,
    fiscal_quarters,
    fiscal_years,
    program_years,
    programs,
    score_histories,
    tiers,
    timelines,
)

__all__ = [
    "citations",
    "editions",
    "fiscal_quarters",
    "fiscal_years",
    "program_years",
    "programs",
    "score_histories",
    "timelines",
]

_ONE_DAY: Final = timedelta(days=1)
_NAMES: Final = ("Surveys", "Reviews", "Pledge 1%", "Certifications")


def sources() -> st.SearchStrategy[Source]:
    """Draw a document that is made up."""
    return st.just(MADE_UP)


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    """Draw thresholds of all tiers."""
    return Threshold(draw(tiers()), draw(st.integers(0, 1000)), draw(citations()))


def unknowns() -> st.SearchStrategy[UnknownRules]:
    """Draw quarters from which on rules are not known."""
    return st.builds(UnknownRules, fiscal_quarters(), st.just("made up by a test"))


def endings() -> st.SearchStrategy[ProgramEnd]:
    """Draw ends of programs."""
    return st.builds(ProgramEnd, days(), st.just("made up by a test"), citations())


def cycles() -> st.SearchStrategy[Cycle]:
    """Draw the evaluations of quarters as dates."""
    return fiscal_quarters().map(lambda quarter: cycle_at(quarter.ordinal))


def decisions() -> st.SearchStrategy[Decision]:
    """Draw decisions of timelines."""
    return timelines().flatmap(lambda timeline: st.sampled_from(timeline.decisions))


def periods() -> st.SearchStrategy[TierPeriod]:
    """Draw periods of timelines."""
    return timelines().flatmap(lambda timeline: st.sampled_from(timeline.periods))


def explanations() -> st.SearchStrategy[Explanation]:
    """Draw explanations of days of timelines."""
    return _asked(Timeline.explain)


def outlooks() -> st.SearchStrategy[Outlook]:
    """Draw outlooks as of days of timelines."""
    return _asked(lambda timeline, day: outlook(timeline, as_of=day))


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Draw what is wrong in a record that begins with another tier than its timeline."""
    timeline = draw(timelines())
    tier = draw(st.sampled_from([tier for tier in Tier if tier is not timeline.starting_tier]))
    return draw(st.sampled_from(audit([(timeline.start, tier)], timeline)))


def metrics(maximum: int = 1000, names: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Metric]:
    """Draw metrics with up to so many points."""
    names, pillars = names or st.sampled_from(_NAMES), st.sampled_from(["Customers", IMPACT])
    return st.builds(Metric, names, pillars, st.integers(0, maximum), st.sampled_from(StandsUntil))


def activities() -> st.SearchStrategy[Activity]:
    """Draw what was received, with points that its metric can give."""
    return metrics().flatmap(lambda metric: st.builds(Activity, st.just(metric), days(), st.integers(0, int(metric.maximum))))


@st.composite
def scorecards(draw: st.DrawFn, *, min_size: int = 0) -> Scorecard:
    """Draw scorecards of the model, whose points never sum up to more than its maximum."""
    received: list[Activity] = []
    several = st.lists(
        metrics(maximum=250), min_size=min_size, max_size=4, unique_by=lambda metric: (metric.name, metric.pillar)
    )
    for metric in draw(several):
        on = sorted(draw(st.sets(days(), min_size=min_size, max_size=4)))
        received += [Activity(metric, day, draw(st.integers(0, int(metric.maximum)))) for day in on]
    return Scorecard(received, program=TRAILBLAZER)


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


def _asked(question: Any) -> st.SearchStrategy[Any]:
    """Draw the answers to a question about a day of a timeline."""
    return timelines().flatmap(
        lambda timeline: days(timeline.start, timeline.stop - _ONE_DAY).map(lambda day: question(timeline, day))
    )
