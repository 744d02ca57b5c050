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
from tbtier.testing.time import days, fiscal_quarters, fiscal_years, program_years

__all__: list[str] = []

_NAMES: Final = ("Surveys", "Reviews", "Pledge 1%", "Certifications")


def metrics(maximum: int = 1000, names: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Metric]:
    """Draw metrics whose highest number of points is at most `maximum`."""
    names, pillars = names or st.sampled_from(_NAMES), st.sampled_from(["Customers", IMPACT])
    return st.builds(Metric, names, pillars, st.integers(0, maximum), st.sampled_from(StandsUntil))


def activities() -> st.SearchStrategy[Activity]:
    """Draw activities, with points that their metric can give."""
    return metrics().flatmap(lambda metric: st.builds(Activity, st.just(metric), days(), st.integers(0, metric.maximum)))


@st.composite
def scorecards(draw: st.DrawFn, *, min_size: int = 0) -> Scorecard:
    """Draw scorecards of `TRAILBLAZER`, whose points never add up to more than its maximum score."""
    received: list[Activity] = []
    several = st.lists(
        metrics(maximum=250), min_size=min_size, max_size=4, unique_by=lambda metric: (metric.name, metric.pillar)
    )
    for metric in draw(several):
        on = sorted(draw(st.sets(days(), min_size=min_size, max_size=4)))
        received += [Activity(metric, day, draw(st.integers(0, metric.maximum))) for day in on]
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
        Threshold: st.builds(Threshold, tiers(), st.integers(0, 1000), citations()),
        UnknownRules: st.builds(UnknownRules, fiscal_quarters(), st.just("made up by a test")),
        ProgramEnd: st.builds(ProgramEnd, days(), st.just("made up by a test"), citations()),
        Citation: citations(),
        Source: st.just(MADE_UP),
        Metric: metrics(),
        Activity: activities(),
        Scorecard: scorecards(),
    }
    for kind, strategy in drawn.items():
        st.register_type_strategy(kind, strategy)
