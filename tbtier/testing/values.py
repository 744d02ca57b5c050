"""Strategies for the scorecard, and the registration of the library's types with Hypothesis."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from tbtier.evaluation.scores import ScoreHistory
from tbtier.evaluation.timeline import Timeline
from tbtier.fiscal import FiscalQuarter, FiscalYear, ProgramYear
from tbtier.programs import TRAILBLAZER
from tbtier.rules.citations import Citation, Source
from tbtier.rules.editions import Edition, ProgramEnd, Threshold, UnknownRules
from tbtier.rules.program import Program
from tbtier.scorecard import IMPACT, Activity, Metric, Scorecard, StandsUntil
from tbtier.testing.made_up import MADE_UP, citations, editions, programs
from tbtier.testing.strategies import score_histories, tiers, timelines
from tbtier.testing.time import LAST, SIMPLEST, days, fiscal_quarters, fiscal_years, program_years

__all__: list[str] = []

_HIGHEST: Final = TRAILBLAZER.edition(SIMPLEST).maximum_score
_MOST_METRICS: Final = 4


def metrics(maximum: int = _HIGHEST) -> st.SearchStrategy[Metric]:
    """Draw metrics whose highest number of points is at most `maximum`."""
    names, pillars = (
        st.sampled_from(["Surveys", "Reviews", "Pledge 1%", "Certifications"]),
        st.sampled_from(["Customers", IMPACT]),
    )
    return st.builds(Metric, names, pillars, st.integers(0, maximum), st.sampled_from(StandsUntil))


# Made once: making these strategies takes longer than drawing from them.
_METRICS: Final = metrics()
_DAYS: Final = days()
_SEVERAL_METRICS: Final = st.lists(
    metrics(_HIGHEST // _MOST_METRICS), max_size=_MOST_METRICS, unique_by=lambda metric: (metric.name, metric.pillar)
)
_BEGINNINGS: Final = fiscal_quarters(last=LAST - 7)


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    """Draw activities, with points that their metric can give, often none or all."""
    metric = draw(_METRICS)
    return Activity(metric, draw(_DAYS), draw(points_of(metric)))


def points_of(metric: Metric) -> st.SearchStrategy[int]:
    """Draw points of a metric, often none or all."""
    return st.integers(0, metric.maximum) | st.sampled_from([0, metric.maximum])


@st.composite
def scorecards(draw: st.DrawFn) -> Scorecard:
    """Draw scorecards of `TRAILBLAZER` of two years, whose points never add up to more than its maximum score."""
    received: list[Activity] = []
    first = draw(_BEGINNINGS)
    several_days = st.lists(days(first.start, (first + 7).last_day), max_size=4, unique=True)
    for metric in draw(_SEVERAL_METRICS):
        received += [Activity(metric, day, draw(points_of(metric))) for day in draw(several_days)]
    return Scorecard(received, program=TRAILBLAZER)


def register() -> None:
    """Register a strategy for each type that users have as an argument or a field, so that Hypothesis can draw values."""
    drawn: dict[type, st.SearchStrategy[object]] = {
        FiscalQuarter: fiscal_quarters(),
        FiscalYear: fiscal_years(),
        ProgramYear: program_years(),
        ScoreHistory: score_histories(),
        Timeline: timelines(),
        Program: programs(),
        Edition: editions(),
        Threshold: st.builds(Threshold, tiers(), st.integers(0, _HIGHEST), citations()),
        UnknownRules: st.builds(UnknownRules, fiscal_quarters(), st.just("made up by a test")),
        ProgramEnd: st.builds(ProgramEnd, _DAYS, st.just("made up by a test"), citations()),
        Citation: citations(),
        Source: st.just(MADE_UP),
        Metric: _METRICS,
        Activity: activities(),
        Scorecard: scorecards(),
    }
    for kind, strategy in drawn.items():
        st.register_type_strategy(kind, strategy)
