"""A made-up program with scorecard rules, made-up metrics, and strategies for scorecards."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
from hypothesis import strategies as st
from made_up import BEST_OF_FOUR, PUBLISHED

from tbtier import Tier
from tbtier.rules import (
    AttritionBand,
    Certainty,
    Citation,
    Edition,
    Program,
    ProgramEnd,
    ScorecardRules,
    ShowingRule,
    ShowsWhen,
    Source,
    UnknownRules,
)
from tbtier.rules.rulebook import Rule
from tbtier.scorecard import Activity, Metric, Scorecard, StandsUntil

ONE_DAY = timedelta(days=1)
MINE = Citation(Certainty.PUBLISHED, (Source("mine", "A made-up page", "2026"),))
GUESSED = Citation(Certainty.INFERRED, (Source("guess", "A made-up page that is cut off", "2026"),))

RULES = ScorecardRules(
    showing=(ShowingRule(ShowsWhen.WITHIN_QUARTER, MINE, pillar="Garden"), ShowingRule(ShowsWhen.NOTIFIED, MINE)),
    review_minimum=3,
    review_minimum_citation=MINE,
    rate_bands=(
        AttritionBand(0, 49, 100, MINE),
        AttritionBand(50, 199, 41, MINE),
        AttritionBand(200, None, 0, GUESSED),
    ),
    aov_bands=(AttritionBand(0, 1000, 50, MINE), AttritionBand(1000, 2000, 100, MINE)),
)
DAILY = ScorecardRules(showing=(ShowingRule(ShowsWhen.DAILY, GUESSED),))

(_EDITION,) = BEST_OF_FOUR.changes
assert isinstance(_EDITION, Edition)
CLUB = Program(
    name="CLUB",
    entry_tier=Tier.BASE,
    changes=(
        attrs.evolve(_EDITION, start="FY22 Q1", scorecard=DAILY),
        attrs.evolve(_EDITION, start="FY23 Q1", start_citation=GUESSED, scorecard=RULES),
        attrs.evolve(_EDITION, start="FY24 Q1", maximum_citation=GUESSED, scorecard=RULES),
        UnknownRules(start="FY25 Q1", reason="made up by a test"),
        attrs.evolve(_EDITION, start="FY26 Q1"),
        ProgramEnd(on=date(2026, 3, 1), replaced_by="a raffle", citation=PUBLISHED),
    ),
)
"""Points show daily in FY22 and by pillar in FY23 and FY24; FY25 is unknown, and FY26 has no scorecard rules."""

SURVEYS = Metric("Surveys", "Customers", 250, StandsUntil.QUARTER_END)
ASSESSMENT = Metric.technology_adoption_assessment(pillar="Customers", maximum=150)
ATTRITION = Metric("Attrition", "Growth", 250, StandsUntil.REPLACED)
PLEDGE = Metric("Pledge", "Garden", 50, StandsUntil.YEAR_END, Rule("M1", "It stands for the year", MINE))
METRICS = (SURVEYS, ASSESSMENT, ATTRITION, PLEDGE)

QUARTER_ENDS = {(4, 30): 1, (7, 31): 2, (10, 31): 3, (1, 31): 4}
"""Month and day on which a quarter closes, with the number of the quarter."""


def quarter_of(day: date) -> tuple[int, int, date]:
    """Return the fiscal year, the number and the last day of the quarter of a day, by walking to its last day."""
    while (day.month, day.day) not in QUARTER_ENDS:
        day += ONE_DAY
    number = QUARTER_ENDS[day.month, day.day]
    return day.year + (number < 4), number, day


@st.composite
def scorecards(draw: st.DrawFn, *, min_size: int = 0) -> Scorecard:
    """Draw a scorecard with at least `min_size` activities of each metric, in the order of days."""
    activities: list[Activity] = []
    for metric in METRICS:
        received = draw(st.sets(st.dates(date(2021, 12, 1), date(2025, 3, 31)), min_size=min_size, max_size=5))
        points = st.integers(0, metric.maximum)
        activities += [Activity(metric, day, draw(points)) for day in sorted(received)]
    by_day = draw(st.booleans())
    return Scorecard(sorted(activities, key=lambda one: one.received) if by_day else activities, program=BEST_OF_FOUR)
