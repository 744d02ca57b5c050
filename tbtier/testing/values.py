"""The strategies that Hypothesis is told of by the hook: those of the kit, and one for each type that has none there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from hypothesis import strategies as st

from tbtier.auditing import audit
from tbtier.citations import Source
from tbtier.cycles import Cycle, cycle_at
from tbtier.decisions import Decision
from tbtier.editions import Ended, Threshold, Unknown
from tbtier.explanations import Explanation
from tbtier.findings import Finding
from tbtier.outlooks import Outlook, outlook
from tbtier.periods import TierPeriod
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
from tbtier.timeline import Timeline

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


def sources() -> st.SearchStrategy[Source]:
    """Draw a document that is made up."""
    return st.just(MADE_UP)


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    """Draw thresholds of all tiers."""
    return Threshold(draw(tiers()), draw(st.integers(0, 1000)), draw(citations()))


def unknowns() -> st.SearchStrategy[Unknown]:
    """Draw quarters from which on rules are not known."""
    return st.builds(Unknown, fiscal_quarters(), st.just("made up by a test"))


def endings() -> st.SearchStrategy[Ended]:
    """Draw ends of programs."""
    return st.builds(Ended, days(), st.just("made up by a test"), citations())


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
    return _asked(lambda timeline, day: outlook(timeline, on=day))


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Draw what is wrong in a record that begins with another tier than its timeline."""
    timeline = draw(timelines())
    tier = draw(tiers().filter(lambda tier: tier is not timeline.starting_tier))
    return draw(st.sampled_from(audit([(timeline.start, tier)], timeline)))


def _asked(question: Any) -> st.SearchStrategy[Any]:
    """Draw the answers to a question about a day of a timeline."""
    return timelines().flatmap(
        lambda timeline: days(timeline.start, timeline.stop - _ONE_DAY).map(lambda day: question(timeline, day))
    )
