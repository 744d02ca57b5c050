"""What strategies promise for made-up rules, and for the registered types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from promises import Promised

import tbtier.testing as kit
from tbtier import FiscalQuarter, Tier
from tbtier.rules import Carryover, Certainty, Citation, Cycle, Program, ProgramEnd, Threshold, UnknownRules
from tbtier.scorecard import Activity, Metric, Scorecard, StandsUntil


def each(what: str, read: Callable[[Any], Any], values: Iterable[Any]) -> dict[str, Callable[[Any], bool]]:
    """Return a statement for each value of one fact."""
    return {f"{what} {value}": lambda drawn, value=value: read(drawn) == value for value in values}


def starts(program: Program) -> list[FiscalQuarter]:
    """Return the quarters from which an edition applies, after the first edition."""
    return [edition.start for edition in program.editions[1:]]


def distances(program: Program) -> list[int]:
    """Return how many quarters lie between the starts of the editions, from FY24 Q1 on."""
    return [later - sooner for sooner, later in pairwise([FiscalQuarter(2024, 1), *starts(program)])]


def ends_on_an_effective_date(program: Program) -> bool:
    """Return whether the program ends on an effective date."""
    return program.changes[-1].on == Cycle(FiscalQuarter.containing(program.changes[-1].on) - 1).effective_on


def ends(program: Program) -> bool:
    """Return whether the program ends."""
    return isinstance(program.changes[-1], ProgramEnd)


def until_the_end(program: Program) -> int:
    """Return for how many quarters the last edition applies, up to 100."""
    first = [FiscalQuarter(2024, 1), *starts(program)][-1]
    return next((places for places in range(100) if not program.knows(first + places)), 100)


PROGRAMS = {
    **each("number of editions", lambda program: len(program.editions), (0, 1, 2, 3, 4)),
    **each("last change", lambda program: type(program.changes[-1]).__name__, ("Edition", "UnknownRules", "ProgramEnd")),
    **each("entry tier", lambda program: program.entry_tier, Tier),
    **each("start", lambda program: program.editions[0].start, (None, FiscalQuarter(2024, 1))),
    **each("name", lambda program: program.name, ("MADE_UP",)),
    "an edition begins in mid-year": lambda program: any(start.number != 1 for start in starts(program)),
    "an edition begins in a Q1": lambda program: any(start.number == 1 for start in starts(program)),
    "an edition begins after one quarter": lambda program: 1 in distances(program),
    "an edition begins after three years": lambda program: 12 in distances(program),
    "each edition begins within three years": lambda program: all(1 <= places <= 12 for places in distances(program)),
    "the carryover changes": lambda program: len({edition.carryover for edition in program.editions}) == 2,
    "the tiers change": lambda program: len({edition.tiers for edition in program.editions}) > 1,
    "no tier is below the entry tier": lambda program: min(program.tiers) >= program.entry_tier,
    "ends on an effective date": lambda program: ends(program) and ends_on_an_effective_date(program),
    "ends on another day": lambda program: ends(program) and not ends_on_an_effective_date(program),
    "the last edition applies for one or two quarters": lambda program: until_the_end(program) in (1, 2),
    "the last edition applies for 12 or 13 quarters": lambda program: until_the_end(program) in (12, 13),
    "the last edition applies for longer and ends": lambda program: 13 < until_the_end(program) < 100,
}
EDITIONS = {
    **each("number of tiers", lambda edition: len(edition.tiers), (0, 1, 2, 3, 4, 5)),
    **each("lowest tier", lambda edition: edition.tiers[0], Tier),
    **each("carryover", lambda edition: edition.carryover, Carryover),
    **each("maximum", lambda edition: edition.maximum_score, range(60, 66)),
    **each("certainty", lambda edition: edition.start_citation.certainty, Certainty),
    **each("start", lambda edition: edition.start, (None,)),
    "a threshold from 1 to 6": lambda edition: any(1 <= one.score <= 6 for one in edition.thresholds[1:]),
    "a threshold from 55 to 60": lambda edition: any(55 <= one.score <= 60 for one in edition.thresholds[1:]),
    "thresholds from 1 to 60": lambda edition: all(1 <= one.score <= 60 for one in edition.thresholds[1:]),
}


def of_metric(read: Callable[[Any], Metric]) -> dict[str, Callable[[Any], bool]]:
    """Return statements about a metric."""
    return {
        **each("name", lambda drawn: read(drawn).name, ("Surveys", "Reviews", "Pledge 1%", "Certifications")),
        **each("pillar", lambda drawn: read(drawn).pillar, ("Customers", "Impact")),
        **each("stands until", lambda drawn: read(drawn).stands_until, StandsUntil),
        "a maximum above 1000": lambda drawn: read(drawn).maximum > 1000,
    }


def metrics_of(card: Scorecard) -> list[Metric]:
    """Return the metric of each activity."""
    return [activity.metric for activity in card.activities]


def quarters_of(card: Scorecard) -> list[FiscalQuarter]:
    """Return the quarter in which each activity was received."""
    return [FiscalQuarter.containing(activity.received) for activity in card.activities]


CARDS = {
    **each("number of metrics", lambda card: len(card.metrics), (0, 1, 2, 3)),
    "two metrics of one name": lambda card: len({metric.name for metric in card.metrics}) < len(card.metrics),
    "two metrics of one name and pillar": lambda card: (
        len({(metric.name, metric.pillar) for metric in card.metrics}) < len(card.metrics)
    ),
    "two activities in one quarter": lambda card: len(set(quarters_of(card))) < len(card.activities),
    "activities in two years": lambda card: len({quarter.year for quarter in quarters_of(card)}) == 2,
    "a metric three times": lambda card: any(metrics_of(card).count(metric) == 3 for metric in card.metrics),
    "a metric four times": lambda card: any(metrics_of(card).count(metric) == 4 for metric in card.metrics),
    "an activity with all points": lambda card: any(one.points == one.metric.maximum for one in card.activities),
    "an activity without points": lambda card: any(one.points == 0 for one in card.activities),
    "an activity with some points": lambda card: any(0 < one.points < one.metric.maximum for one in card.activities),
    "two years": lambda card: not card.activities or max(quarters_of(card)) - min(quarters_of(card)) < 8,
    "a metric above 200 points": lambda card: any(metric.maximum > 200 for metric in card.metrics),
    "250 points at most": lambda card: all(metric.maximum <= 250 for metric in card.metrics),
}

RULES = {
    "programs": Promised(kit.programs, 400, PROGRAMS),
    "programs of one edition": Promised(
        lambda: kit.programs(max_editions=1), 40, each("number of editions", lambda program: len(program.editions), (1,))
    ),
    "editions": Promised(kit.editions, 600, EDITIONS),
    "editions from a quarter and a tier": Promised(
        lambda: kit.editions("FY25 Q2", Tier.CREST),
        400,
        {
            **each("start", lambda edition: edition.start, (FiscalQuarter(2025, 2),)),
            "Crest alone": lambda edition: edition.tiers == (Tier.CREST,),
            "Summit alone": lambda edition: edition.tiers == (Tier.SUMMIT,),
            "Crest and Summit": lambda edition: edition.tiers == (Tier.CREST, Tier.SUMMIT),
        },
    ),
}
REGISTERED = {
    "registered citations": Promised(
        lambda: st.from_type(Citation), 400, each("certainty", lambda citation: citation.certainty, Certainty)
    ),
    "registered thresholds": Promised(
        lambda: st.from_type(Threshold),
        600,
        {
            **each("tier", lambda threshold: threshold.tier, Tier),
            **each("certainty", lambda threshold: threshold.citation.certainty, Certainty),
            "from 0 to 1000": lambda threshold: 0 <= threshold.score <= 1000,
        },
    ),
    "registered ends": Promised(
        lambda: st.from_type(ProgramEnd),
        400,
        {
            **each("certainty", lambda end: end.citation.certainty, Certainty),
            "on the first of a month": lambda end: end.on.day == 1,
        },
    ),
    "registered unknown rules": Promised(
        lambda: st.from_type(UnknownRules), 400, each("start in a Q", lambda unknown: unknown.start.number, (1, 2, 3, 4))
    ),
    "registered metrics": Promised(lambda: st.from_type(Metric), 600, of_metric(lambda metric: metric)),
    "registered activities": Promised(
        lambda: st.from_type(Activity),
        600,
        {
            **of_metric(lambda activity: activity.metric),
            "all points": lambda activity: activity.points == activity.metric.maximum,
            "no points": lambda activity: activity.points == 0,
            "received in a February": lambda activity: activity.received.month == 2,
        },
    ),
    "registered scorecards": Promised(lambda: st.from_type(Scorecard), 240, CARDS),
}
