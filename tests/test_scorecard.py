"""The scorecard: which quarter an activity counts for, when it shows, what metrics earn, and what a quarter sums up to."""

from __future__ import annotations

import copy
import datetime as datetime_module
import json
import math
import pickle
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import numpy
import pytest
from cards import ANSWERS
from hypothesis import given
from hypothesis import strategies as st
from strategies import days

import tbtier as tb
import tbtier.evaluation.reasons
import tbtier.rules
import tbtier.scorecard
from tbtier import FiscalQuarter, FiscalYear, errors
from tbtier.programs import CONSULTING, ISV, TRAILBLAZER
from tbtier.rules import Certainty, Citation, Source
from tbtier.rules.rulebook import Rule
from tbtier.rules.sources import S1, S2, S13, S14
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
    assessment_points,
    attrition_bands,
    attrition_rate,
    counts_for,
    pledge_shows_on,
    review_minimum,
    shows_on,
)
from tbtier.scorecard.amounts import shown
from tbtier.scorecard.published import ATTRITION_BANDS

ONE_DAY = timedelta(days=1)
NOON = datetime(2023, 4, 30, 12, tzinfo=UTC)
QUARTER_ENDS = {(4, 30): 1, (7, 31): 2, (10, 31): 3, (1, 31): 4}
"""Month and day on which a quarter closes, with its number."""


def quarter_of(day: date) -> tuple[int, int, date]:
    """Return the fiscal year, the number and the last day of the quarter of a day, by walking to the day on which it closes."""
    while (day.month, day.day) not in QUARTER_ENDS:
        day += ONE_DAY
    number = QUARTER_ENDS[day.month, day.day]
    return day.year + (number < 4), number, day


# Counting


@pytest.mark.parametrize(
    ("received", "quarter"),
    [
        (date(2023, 4, 30), "FY24 Q1"),
        (date(2023, 5, 1), "FY24 Q2"),
        (date(2023, 2, 1), "FY24 Q1"),
        (date(2023, 1, 31), "FY23 Q4"),
        (date(2024, 2, 29), "FY25 Q1"),
    ],
)
def test_an_activity_counts_for_the_quarter_in_which_it_is_received(received: date, quarter: str) -> None:
    """The published example is a survey on the last day of April 2023, and one on the next day (K1)."""
    assert quarter == str(counts_for(received))


@given(days())
def test_crediting_agrees_with_the_calendar(received: date) -> None:
    """An activity counts for the quarter that contains its day (K1), which is the one that closes next."""
    quarter = counts_for(received)
    assert FiscalQuarter.containing(received) == quarter
    assert quarter_of(received) == (quarter.year, quarter.number, quarter.last_day)


RESPONSES = [
    ({}, (0, 0, 0, 0)),
    ({date(2023, 2, 1): 30}, (30, 30, 30, 30)),
    ({date(2023, 4, 30): 30}, (30, 30, 30, 30)),
    ({date(2023, 5, 1): 30}, (0, 30, 30, 30)),
    ({date(2024, 1, 31): 30}, (0, 0, 0, 30)),
    ({date(2023, 1, 31): 30}, (0, 0, 0, 0)),
    ({date(2024, 2, 1): 30}, (0, 0, 0, 0)),
    ({date(2023, 1, 31): 30, date(2023, 8, 1): 10}, (0, 0, 10, 10)),
    ({date(2023, 5, 10): 30, date(2023, 11, 2): 50}, (0, 30, 30, 50)),
    ({date(2023, 5, 10): 50, date(2023, 11, 2): 30}, (0, 50, 50, 30)),
    ({date(2023, 5, 10): 50, date(2023, 5, 11): 20}, (0, 20, 20, 20)),
]
"""Responses, and what stands in the four quarters of FY24, by hand from the words of K2."""


@pytest.mark.parametrize(("responses", "points"), RESPONSES)
def test_an_assessment_rolls_over_within_its_year(responses: dict[date, int], points: tuple[int, ...]) -> None:
    """Nothing before the first response of the year, then the newest one, and nothing of another year (K2)."""
    assert dict(zip(FiscalYear(2024).quarters, points)) == assessment_points(responses, FiscalYear(2024))


@given(st.dictionaries(st.dates(date(2020, 1, 1), date(2025, 12, 31)), st.integers(0, 90)), st.integers(2020, 2026))
def test_an_assessment_agrees_with_a_diary(responses: dict[date, int], year: int) -> None:
    """Walked day by day, with the points put back to nothing on each February 1 (K2)."""
    standing, expected = 0, []
    day = date(year - 1, 2, 1)
    while day < date(year, 2, 1):
        standing = responses.get(day, standing)
        if (day.month, day.day) in QUARTER_ENDS:
            expected.append(standing)
        day += ONE_DAY
    assert expected == list(assessment_points(sorted(responses.items()), FiscalYear(year)).values())


# Showing


@pytest.mark.parametrize(
    ("received", "start", "last_day"),
    [
        (date(2023, 4, 30), date(2023, 6, 1), date(2023, 6, 7)),
        (date(2023, 5, 1), date(2023, 9, 1), date(2023, 9, 7)),
        (date(2024, 1, 31), date(2024, 3, 1), date(2024, 3, 7)),
        (date(2024, 2, 1), date(2024, 6, 1), date(2024, 6, 7)),
    ],
)
def test_isv_points_show_after_notification(received: date, start: date, last_day: date) -> None:
    """A survey of April 30 shows in the first week of June (K3, R5)."""
    showing = shows_on(received, program=ISV, pillar="Customers")
    assert (start, last_day, False) == (showing.start, showing.last_day, showing.approximate)
    assert ["R5a" if start.month == 3 else "R5", "K3"] == [reason.rule for reason in showing.reasons]


@pytest.mark.parametrize("pillar", [IMPACT, "impact", " IMPACT "])
def test_impact_shows_within_the_quarter(pillar: str) -> None:
    """From the day itself to the last day of the quarter (K3)."""
    showing = shows_on(date(2023, 4, 3), program=ISV, pillar=pillar)
    assert (date(2023, 4, 3), date(2023, 5, 1)) == (showing.start, showing.stop)
    assert ["K3a"] == [reason.rule for reason in showing.reasons]
    assert "shows from 2023-04-03 to 2023-04-30" == showing.headline


@pytest.mark.parametrize("pillar", [IMPACT, "Customers"])
def test_consulting_points_show_daily(pillar: str) -> None:
    """On the day itself or the next one, which is how "daily" is read (K3)."""
    showing = shows_on(date(2023, 4, 30), program=CONSULTING, pillar=pillar)
    assert (date(2023, 4, 30), date(2023, 5, 1)) == (showing.start, showing.last_day)
    assert "shows from 2023-04-30 to 2023-05-01*" == showing.headline


def test_a_pledge_shows_after_about_a_month() -> None:
    """A span, since months are 28 to 31 days, and marked, since the source says "about" (K4)."""
    showing = pledge_shows_on(date(2023, 2, 1))
    assert (date(2023, 3, 1), date(2023, 3, 4), True) == (showing.start, showing.last_day, showing.approximate)
    assert ["K4", "K4a"] == [reason.rule for reason in showing.reasons]
    assert str(showing).startswith("shows about from 2023-03-01 to 2023-03-04\n  about one month passes")


@given(
    st.dates(date(2023, 2, 1), date(2024, 4, 30)), st.sampled_from([ISV, CONSULTING]), st.sampled_from([IMPACT, "Customers"])
)
def test_what_shows_never_precedes_what_counts(received: date, program: Any, pillar: str) -> None:
    """Points show on the day of the activity at the earliest, and so never before the quarter that they count for."""
    showing = shows_on(received, program=program, pillar=pillar)
    assert counts_for(received).start <= received <= showing.start <= showing.last_day
    if pillar == IMPACT and program == ISV:
        assert showing.stop == counts_for(received).stop
    assert received < pledge_shows_on(received).start


@pytest.mark.parametrize("program", [TRAILBLAZER, ISV.with_edition_of("FY24 Q1")])
def test_other_programs_do_not_say_when_points_show(program: Any) -> None:
    """A model has no scorecard."""
    with pytest.raises(
        errors.UnknownRuleError,
        match=r"^the days of showing of .* for FY24 Q1 are not known: no source says when points show; known are those of ISV",
    ):
        shows_on(date(2023, 4, 3), program=program, pillar=IMPACT)


def test_nothing_shows_where_no_rules_are_known() -> None:
    """FY23 of ISV was not found, and FY25 Q2 is not evaluated."""
    with pytest.raises(errors.UnknownRuleError):
        shows_on(date(2022, 4, 3), program=ISV, pillar=IMPACT)
    with pytest.raises(errors.ProgramEndedError):
        shows_on(date(2024, 5, 1), program=ISV, pillar=IMPACT)


# Metrics


@pytest.mark.parametrize(
    ("quarter", "reviews", "enough"),
    [
        ("FY21 Q1", 4, False),
        ("FY21 Q4", 5, True),
        ("FY22 Q1", 7, False),
        ("FY22 Q4", 8, True),
        ("FY24 Q1", 7, False),
        ("FY25 Q1", 8, True),
    ],
)
def test_the_minimum_of_reviews_is_included(quarter: str, reviews: int, enough: bool) -> None:
    """5 in FY21, 8 in FY22 and from FY24 on (K5)."""
    assert enough is (reviews >= review_minimum(quarter))


@pytest.mark.parametrize("question", [review_minimum, attrition_bands])
def test_metrics_are_not_known_where_the_program_is_not(question: Callable[[str], Any]) -> None:
    """Before FY21, in FY23, and after the end."""
    for quarter in ("FY20 Q4", "FY23 Q1"):
        with pytest.raises(errors.UnknownRuleError, match="known are FY21 Q1 to FY22 Q4, FY24 Q1 to FY25 Q1"):
            question(quarter)
    with pytest.raises(errors.ProgramEndedError):
        question("FY25 Q2")


def test_the_bands_of_attrition_of_fy24_are_not_known() -> None:
    """S1 tells how attrition is counted, and not what it earns (K7)."""
    expected = (
        "^the attrition bands of ISV for FY24 Q1 are not known: no source was found; known are those of the editions from"
    )
    with pytest.raises(errors.UnknownRuleError, match=expected) as caught:
        attrition_bands("FY24 Q1")
    assert (FiscalQuarter(2024, 1), "ISV", "attrition bands") == (caught.value.quarter, caught.value.program, caught.value.what)
    assert str(caught.value).endswith("FY21 Q1 and FY22 Q1; state your own as AttritionBands")
    assert str(caught.value) == str(pickle.loads(pickle.dumps(caught.value)))


def percent(text: str) -> Decimal:
    """Return a rate that is written in percent."""
    return Decimal(text) / 100


FY21, FY22 = ATTRITION_BANDS["FY21 Q1"], ATTRITION_BANDS["FY22 Q1"]
ATTRITION = [
    (FY21, "7", 750_000, Fraction(50), True),
    (FY22, "7", 750_000, Fraction(40), True),
    *[(FY21, rate, 1, Fraction(points, 10), True) for rate, points in [("0", 250), ("4.9", 250), ("5", 200), ("9.9", 200)]],
    *[(FY21, rate, 1, Fraction(points, 10), True) for rate, points in [("10", 150), ("14.9", 150), ("15", 100), ("19.9", 100)]],
    *[
        (FY21, rate, 1, Fraction(points, 10), sure)
        for rate, points, sure in [("20", 50, True), ("24.9", 50, True), ("25", 0, False)]
    ],
    (FY21, "100", 1, Fraction(0), False),
    *[(FY22, rate, 1, Fraction(points, 10), True) for rate, points in [("0", 200), ("4.9", 200), ("5", 160), ("9.9", 160)]],
    *[(FY22, rate, 1, Fraction(points, 10), True) for rate, points in [("10", 120), ("14.9", 120), ("15", 80), ("19.9", 80)]],
    *[(FY22, rate, 1, Fraction(points, 10), True) for rate, points in [("20", 40), ("24.9", 40), ("25", 0), ("100", 0)]],
    *[(FY21, "1", aov, Fraction(points), sure) for aov, points, sure in [(0, 25, True), (500_000, 25, False)]],
    *[
        (FY21, "1", aov, Fraction(125, 2), sure)
        for aov, sure in [(500_001, True), (Decimal("500000.01"), True), (1_000_000, False)]
    ],
    *[(FY21, "1", aov, Fraction(150), sure) for aov, sure in [(1_000_001, True), (2_500_000, False)]],
    *[(FY21, "1", aov, Fraction(200), sure) for aov, sure in [(2_500_001, True), (5_000_000, False)]],
    *[(FY21, "1", aov, Fraction(475, 2), sure) for aov, sure in [(5_000_001, True), (10_000_000, False)]],
    *[(FY22, "1", aov, Fraction(points), sure) for aov, points, sure in [(500_000, 20, False), (500_001, 50, True)]],
    (FY22, "1", 1_000_000, Fraction(50), False),
]
"""Bands, a rate in percent, the current AOV, the points, and whether all of it was published; by hand from K6 and K7."""


@pytest.mark.parametrize(("bands", "rate", "current", "points", "sure"), ATTRITION)
def test_attrition_earns_what_its_bands_do(
    bands: AttritionBands, rate: str, current: Any, points: Fraction, sure: bool
) -> None:
    """The points of the band, times the percent possible; 7 % on 750K is 50 in FY21 and 40 in FY22."""
    earned = bands.points(percent(rate), current=current)
    assert (points, Fraction(rate) / 100) == (earned.points, earned.rate)
    assert sure is all(reason.citation.certainty is Certainty.PUBLISHED for reason in earned.reasons)
    assert str(earned).startswith(
        "37.5 points\n" if points == Fraction(75, 2) else f"{float(points):g} points{'' if sure else '*'}\n"
    )


@pytest.mark.parametrize(
    ("bands", "rate", "current", "what"),
    [
        *[(FY21, rate, 1, f"a rate of {rate} %") for rate in ("4.95", "4.91", "4.99", "9.95", "14.95", "19.95", "24.95")],
        (FY22, "4.95", 1, "a rate of 4.95 %"),
        (FY21, "7", 10_000_001, "a current AOV of 10000001"),
        (FY22, "7", 1_000_001, "a current AOV of 1000001"),
        (FY22, "7", 2_500_000, "a current AOV of 2500000"),
    ],
)
def test_between_and_beyond_the_bands_nothing_is_known(bands: AttritionBands, rate: str, current: int, what: str) -> None:
    """4.95 % lies between two printed bands, and of FY22 two bands of revenue can be read: refused, not rounded (K7)."""
    with pytest.raises(errors.UnknownRuleError) as caught:
        bands.points(percent(rate), current=current)
    assert (bands.name, f"no band has {what}") == (caught.value.program, caught.value.reason)
    known = "known are 0 to 4.9 %, 5 to 9.9 %" if "rate" in what else "known are to 500000, to 1000000"
    assert f"the points of {bands.name} are not known: no band has {what}; {known}" in str(caught.value)
    assert isinstance(caught.value, LookupError)


amounts = st.integers(1, 10**9) | st.fractions(Fraction(1, 100), 10**9) | st.decimals(Decimal("0.01"), 10**9, places=2)


@given(amounts, st.data())
def test_a_rate_is_what_fell_of_what_there_was(beginning: Any, data: st.DataObject) -> None:
    """From the current AOV and from the reductions alike, and exactly (K6)."""
    cuts = sorted(data.draw(st.lists(st.fractions(0, 1), max_size=4)))
    shares = [upper - lower for lower, upper in zip([Fraction(0), *cuts], cuts)]
    reductions = [share * Fraction(beginning) for share in shares]
    rate = attrition_rate(beginning, reductions=iter(reductions))
    assert (cuts[-1] if cuts else 0) == rate
    assert rate == attrition_rate(beginning, current=Fraction(beginning) - sum(reductions))
    assert type(rate) is Fraction


@st.composite
def printed_rates(draw: st.DrawFn) -> Fraction:
    """Draw a rate that lies in a band, of which both editions print the same."""
    band = draw(st.sampled_from(FY21.rates))
    highest = Fraction(1) if band.highest is None else Fraction(band.highest, 100)
    return draw(st.fractions(Fraction(band.lowest, 100), highest))


@given(printed_rates(), printed_rates(), st.integers(0, 10_000_000))
def test_less_attrition_never_earns_less(rate: Fraction, other: Fraction, current: int) -> None:
    """Points fall as the rate rises."""
    for bands, highest in ((FY21, 10_000_000), (FY22, 1_000_000)):
        lower, upper = sorted([rate, other])
        more, less = bands.points(lower, current=min(current, highest)), bands.points(upper, current=min(current, highest))
        assert less.points <= more.points


# From metrics to a history

MINE = Citation(Certainty.PUBLISHED, (Source("mine", "A made-up page", "2026"),))
SURVEYS = Metric("Surveys", "Customers", 250, StandsUntil.QUARTER_END)
ASSESSMENT = Metric.technology_adoption_assessment(pillar="Customers", maximum=150)
ATTRITION_METRIC = Metric("Attrition", "Growth", 250, StandsUntil.REPLACED)
PLEDGE = Metric("Pledge 1%", IMPACT, 50, StandsUntil.YEAR_END, Rule("M1", "It stands for the year", MINE))
METRICS = (SURVEYS, ASSESSMENT, ATTRITION_METRIC, PLEDGE)


@st.composite
def scorecards(draw: st.DrawFn, *, min_size: int = 0) -> Scorecard:
    """Draw a scorecard, with its activities in the order of days, and so many of each metric at least."""
    activities: list[Activity] = []
    for metric in METRICS:
        received = draw(st.sets(st.dates(date(2021, 12, 1), date(2025, 3, 31)), min_size=min_size, max_size=5))
        points = st.integers(0, int(metric.maximum))
        activities += [Activity(metric, day, draw(points)) for day in sorted(received)]
    order = draw(st.sampled_from([None, "by day"]))
    return Scorecard(activities if order is None else sorted(activities, key=lambda one: one.received), program=TRAILBLAZER)


def diary(card: Scorecard) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield the points that stand when each quarter ends, walking day by day: what lapses is put back to nothing."""
    standing: dict[str, Any] = {metric.name: 0 for metric in METRICS}
    day = date(2021, 11, 1)
    while day < date(2025, 5, 1):
        standing |= {one.metric.name: one.points for one in card.activities if one.received == day}
        if (day.month, day.day) in QUARTER_ENDS:
            year, number, _ = quarter_of(day)
            yield year, number, dict(standing)
            standing["Surveys"] = 0
            if number == 4:
                standing |= {"Technology Adoption Assessment": 0, "Pledge 1%": 0}
        day += ONE_DAY


@given(scorecards())
def test_a_quarter_agrees_with_a_diary(card: Scorecard) -> None:
    """Metric by metric, pillar by pillar, and as a history."""
    history = card.history([FiscalQuarter(year, number) for year, number, _ in diary(card)])
    for year, number, standing in diary(card):
        quarter = card.quarter(f"FY{year} Q{number}")
        assert {one.name: standing[one.name] for one in card.metrics} == {
            one.metric.name: one.points for one in quarter.standings
        }
        assert sum(quarter.pillars.values()) == quarter.score == sum(standing.values()) == history[quarter.quarter]
        assert {one.pillar for one in card.metrics} == set(quarter.pillars)


@given(scorecards(min_size=1), st.data())
def test_scores_are_monotone_in_points(card: Scorecard, data: st.DataObject) -> None:
    """Who gets more points for an activity never has a lower score."""
    place = data.draw(st.integers(0, len(card.activities) - 1))
    activity = card.activities[place]
    points = data.draw(st.integers(int(activity.points), int(activity.metric.maximum)))
    better = list(card.activities)
    better[place] = attrs.evolve(activity, points=points)
    quarters = [*FiscalYear(2023).quarters, *FiscalYear(2024).quarters, *FiscalYear(2025).quarters]
    before, after = card.history(quarters), Scorecard(better, program=card.program).history(quarters)
    assert all(before[quarter] <= after[quarter] for quarter in quarters)  # type: ignore[operator]  # ints, by construction


@given(scorecards(), st.dates(date(2021, 12, 1), date(2025, 3, 31)))
def test_what_is_received_later_changes_nothing(card: Scorecard, day: date) -> None:
    """A quarter that had closed before an activity has the same score with it and without."""
    known = Scorecard([one for one in card.activities if one.received <= day], program=card.program)
    quarter = counts_for(day) - 1
    assert card.quarter(quarter).score == known.quarter(quarter).score


CARD = Scorecard(
    [
        Activity(PLEDGE, date(2023, 6, 14), 50),
        Activity(ASSESSMENT, date(2023, 3, 20), 90),
        Activity(SURVEYS, date(2023, 4, 30), 220),
        Activity(ATTRITION_METRIC, date(2023, 2, 10), 120),
        Activity(ASSESSMENT, date(2023, 9, 5), 140),
    ],
    program=ISV,
)


def test_a_quarter_explains_itself() -> None:
    """Each metric with its points, where they come from, and by which rule they stand; a star where none is published."""
    expected = """\
ISV FY24 Q2: 260 of 1000* when it closes on 2023-07-31
pillar     metric                          points  of   received    counts for  stands until
Impact     Pledge 1%                           50  50   2023-06-14  FY24 Q2     the fiscal year ends (M1)
Customers  Technology Adoption Assessment      90  150  2023-03-20  FY24 Q1     the fiscal year ends (K2)
Customers  Surveys                              0  250  -           -           the quarter ends (D10*)
Growth     Attrition                          120  250  2023-02-10  FY24 Q1     it is replaced (D10*)
* by rules that are inferred, not published"""
    quarter = CARD.quarter("FY24 Q2")
    assert expected == str(quarter)
    assert {"Impact": 50, "Customers": 90, "Growth": 120} == quarter.pillars
    assert {"S1", "tbtier", "S14", "mine"} == {source.id for source in quarter.sources}


def test_each_standing_has_its_reasons() -> None:
    """What counted for the quarter, what still stands, and what does not, with the rule."""
    reasons = {one.metric.name: [str(reason) for reason in one.reasons] for one in CARD.quarter("FY24 Q2").standings}
    assert {
        "Pledge 1%": [
            "received on 2023-06-14, so it counts for FY24 Q2 (K1: published, S1)",
            "stands until the fiscal year ends (M1: published, mine)",
        ],
        "Technology Adoption Assessment": [
            "received on 2023-03-20, so it counts for FY24 Q1 (K1: published, S1)",
            "stands until the fiscal year ends (K2: published, S1)",
        ],
        "Surveys": ["nothing was received in FY24 Q2 (D10: inferred, tbtier)"],
        "Attrition": [
            "received on 2023-02-10, so it counts for FY24 Q1 (K1: published, S1)",
            "stands until it is replaced (D10: inferred, tbtier)",
        ],
    } == reasons
    none = {
        one.metric.name: str(one.reasons[0])
        for one in Scorecard(CARD.activities, program=TRAILBLAZER).quarter("FY23 Q4").standings
    }
    assert {
        "Pledge 1%": "nothing was received in FY23 by the end of FY23 Q4 (M1: published, mine)",
        "Technology Adoption Assessment": "nothing was received in FY23 by the end of FY23 Q4 (K2: published, S1)",
        "Surveys": "nothing was received in FY23 Q4 (D10: inferred, tbtier)",
        "Attrition": "nothing was received by the end of FY23 Q4 (D10: inferred, tbtier)",
    } == none


def test_what_is_replaced_is_said() -> None:
    """By K2a for the assessment, by the rule of the metric for others, and only where the older points would still stand."""
    third = {one.metric.name: [str(reason) for reason in one.reasons] for one in CARD.quarter("FY24 Q3").standings}
    assert [
        "received on 2023-09-05, so it counts for FY24 Q3 (K1: published, S1)",
        "replaces what was received on 2023-03-20 (K2a: derived, S1)",
        "stands until the fiscal year ends (K2: published, S1)",
    ] == third["Technology Adoption Assessment"]
    growth = [Activity(ATTRITION_METRIC, date(2022, 5, 1), 5), Activity(ATTRITION_METRIC, date(2023, 5, 1), 7)]
    (standing,) = Scorecard(growth, program=ISV).quarter("FY24 Q2").standings
    assert "replaces what was received on 2022-05-01 (D10: inferred, tbtier)" == str(standing.reasons[1])
    surveys = [Activity(SURVEYS, date(2023, 4, 30), 5), Activity(SURVEYS, date(2023, 5, 1), 7)]
    (standing,) = Scorecard(surveys, program=ISV).quarter("FY24 Q2").standings
    assert (None, ["K1", "D10"]) == (standing.replaced, [reason.rule for reason in standing.reasons])


def test_a_star_is_for_what_is_inferred() -> None:
    """Of the maximum also where only the dates of its edition are, and never for a star in a name."""
    assert str(Scorecard([], program=ISV).quarter("FY21 Q1")).startswith("ISV FY21 Q1: 0 of 1000* ")
    assert str(Scorecard([], program=ISV).quarter("FY22 Q1")).startswith("ISV FY22 Q1: 0 of 1000 ")
    named = Metric("A*", "Growth", 9, StandsUntil.YEAR_END, Rule("M1", "It stands for the year", MINE))
    surveyed = str(Scorecard([Activity(SURVEYS, date(2021, 3, 1), 9)], program=ISV).quarter("FY22 Q1"))
    assert surveyed.endswith("  the quarter ends (D10*)\n* by rules that are inferred, not published")
    assert "inferred" not in str(Scorecard([Activity(named, date(2021, 3, 1), 9)], program=ISV).quarter("FY22 Q1"))


def test_a_history_is_for_evaluate() -> None:
    """From activities to a timeline."""
    history = CARD.history(["FY24 Q1", "FY24 Q2"])
    assert tb.ScoreHistory({"FY24 Q1": 430, "FY24 Q2": 260}) == history
    assert "Ridge" == str(tb.evaluate(history, program=ISV, starting_tier="Base").tier_on(date(2023, 9, 1)))


def test_quarters_without_known_rules_have_no_score() -> None:
    """Since their maximum is not known."""
    with pytest.raises(errors.UnknownRuleError):
        CARD.quarter("FY23 Q1")
    with pytest.raises(errors.ProgramEndedError):
        CARD.history(["FY25 Q1", "FY25 Q2"])


def test_a_card_without_activities_scores_nothing() -> None:
    """Nothing is 0, not unknown."""
    quarter = Scorecard([], program=TRAILBLAZER).quarter("FY24 Q1")
    assert (0, {}, ()) == (quarter.score, quarter.pillars, quarter.standings)
    assert str(quarter).startswith("TRAILBLAZER FY24 Q1: 0 of 1000* when it closes on 2023-04-30\n")


@given(scorecards())
def test_plain_data_survives_json(card: Scorecard) -> None:
    """What comes back from JSON is what was written."""
    quarter = card.quarter("FY24 Q2")
    plain = quarter.to_dict()
    assert plain == json.loads(json.dumps(plain))
    assert ("tbtier.quarter-score/1", quarter.score) == (plain["format"], plain["score"])
    assert quarter.score == sum(one["points"] for one in plain["standings"])
    shown = shows_on(date(2023, 4, 30), program=ISV, pillar=IMPACT).to_dict()
    assert shown == json.loads(json.dumps(shown))
    assert ("tbtier.showing/1", "2023-04-30", "2023-05-01") == (shown["format"], shown["start"], shown["stop"])
    earned = FY21.points(percent("12"), current=750_000).to_dict()
    assert earned == json.loads(json.dumps(earned))
    assert ("tbtier.attrition/1", "75/2", "3/25") == (earned["format"], earned["points"], earned["rate"])
    assert [["S13"], ["S13"], ["S1", "S13", "S14"]] == [reason["sources"] for reason in earned["reasons"]]


def test_fractions_sum_up_to_whole_scores() -> None:
    """37.5 points of attrition need another half; how a sum is rounded is not published."""
    half = Activity(ATTRITION_METRIC, date(2023, 2, 10), FY21.points(percent("12"), current=750_000).points)
    assert Fraction(75, 2) == half.points
    card = Scorecard([half, Activity(SURVEYS, date(2023, 2, 10), Decimal("2.5"))], program=ISV)
    assert 40 == card.quarter("FY24 Q1").score
    assert ["75/2", "5/2"] == [one["points"] for one in card.quarter("FY24 Q1").to_dict()["standings"]]
    with pytest.raises(
        errors.RangeError, match=r"^the sum of the points of FY24 Q1 must be a whole number, got 75/2: how points are"
    ):
        Scorecard([half], program=ISV).quarter("FY24 Q1")


def test_a_score_has_a_maximum() -> None:
    """That of the edition; what becomes of points above it is not published."""
    most, one = Metric("Most", "Growth", 1000, StandsUntil.QUARTER_END), Metric("One", "Growth", 1, StandsUntil.QUARTER_END)
    card = [Activity(most, date(2023, 2, 10), 1000)]
    assert 1000 == Scorecard(card, program=ISV).quarter("FY24 Q1").score
    with pytest.raises(
        errors.RangeError, match=r"^the sum of the points of FY24 Q1 must be at most 1000, got 1001: correct them"
    ):
        Scorecard([*card, Activity(one, date(2023, 2, 11), 1)], program=ISV).quarter("FY24 Q1")


VALUES = [Activity, AttritionBands, AttritionPoints, Metric, QuarterScore, RateBand, RevenueBand, Scorecard, Showing, Standing]


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_values_are_what_they_say(kind: type, data: st.DataObject) -> None:
    """Every value is equal to its representation, its pickle and its copies, and has their hash."""
    modules = (tbtier.scorecard, tbtier.rules, tbtier.evaluation.reasons)
    names = {name: getattr(module, name) for module in modules for name in module.__all__}
    value = data.draw(ANSWERS[kind] if kind in ANSWERS else st.from_type(kind))
    again = eval(
        repr(value),
        {
            **names,
            "Rule": Rule,
            "Tier": tb.Tier,
            "Fraction": Fraction,
            "FiscalQuarter": FiscalQuarter,
            "datetime": datetime_module,
        },
    )
    for twin in (again, pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert type(value) is type(twin)
        assert value == twin
        assert hash(value) == hash(twin)


# Bad input

TEXT = {
    "a datetime counts": (lambda: counts_for(NOON), errors.WrongTypeError, "received must be a date, got datetime"),
    "a datetime shows": (
        lambda: shows_on(NOON, program=ISV, pillar=IMPACT),
        errors.WrongTypeError,
        "received must be a date",
    ),
    "a datetime pledged": (lambda: pledge_shows_on(NOON), errors.WrongTypeError, "signed_up must be a date"),
    "a datetime received": (lambda: Activity(SURVEYS, NOON, 1), errors.WrongTypeError, "received must be a date"),
    "a program as text": (
        lambda: shows_on(date(2023, 4, 3), program="ISV", pillar=IMPACT),
        errors.WrongTypeError,
        "program must be a Program",
    ),
    "no pillar": (
        lambda: shows_on(date(2023, 4, 3), program=ISV, pillar=None),
        errors.WrongTypeError,
        "pillar must be text, got None",
    ),
    "a float": (
        lambda: Activity(SURVEYS, date(2023, 4, 3), 1.5),
        errors.WrongTypeError,
        "points must be an int, a Decimal or a Fraction, got 1.5",
    ),
    "a bool": (lambda: Activity(SURVEYS, date(2023, 4, 3), True), errors.WrongTypeError, "points must be an int, a Decimal"),
    "text": (
        lambda: Activity(SURVEYS, date(2023, 4, 3), "40"),
        errors.WrongTypeError,
        "points must be an int, a Decimal or a Fraction, got '40': Decimal(...) reads one from text",
    ),
    "negative points": (
        lambda: Activity(SURVEYS, date(2023, 4, 3), -1),
        errors.RangeError,
        "points must be 0 or more, got -1",
    ),
    "too many points": (
        lambda: Activity(SURVEYS, date(2023, 4, 3), 251),
        errors.RangeError,
        "the points of Surveys (Customers) must be at most 250, got 251: correct them, or the maximum of the metric",
    ),
    "no metric": (
        lambda: Activity("Surveys", date(2023, 4, 3), 1),
        errors.WrongTypeError,
        "metric must be a Metric, got 'Surveys'",
    ),
    "a metric without a name": (lambda: Metric("", "P", 1, StandsUntil.REPLACED), errors.RuleDataError, "Metric: name"),
    "a pillar with blanks": (
        lambda: Metric("M", " P", 1, StandsUntil.REPLACED),
        errors.RuleDataError,
        "Metric M: pillar: must have no blanks around it: strip it",
    ),
    "a metric with blanks": (
        lambda: Metric("M ", "P", 1, StandsUntil.REPLACED),
        errors.RuleDataError,
        "Metric M : name: must have no blanks around it: strip it",
    ),
    "a day without a quarter": (
        lambda: Activity(SURVEYS, date(1, 1, 15), 1),
        errors.RangeError,
        "day must be from 0001-02-01",
    ),
    "a response without a quarter": (
        lambda: assessment_points({date(9999, 2, 1): 1}, FiscalYear(2024)),
        errors.RangeError,
        "day must be from 0001-02-01",
    ),
    "a pledge without a quarter": (
        lambda: pledge_shows_on(date(9999, 11, 30)),
        errors.RangeError,
        "day must be from 0001-02-01",
    ),
    "a metric without a pillar": (
        lambda: Metric("M", " ", 1, StandsUntil.REPLACED),
        errors.RuleDataError,
        "Metric M: pillar",
    ),
    "a metric that stands": (lambda: Metric("M", "P", 1, "forever"), errors.RuleDataError, "Metric M: stands_until"),
    "a metric by no rule": (
        lambda: Metric("M", "P", 1, StandsUntil.REPLACED, "K2"),
        errors.RuleDataError,
        "Metric M: rule: must be Rule",
    ),
    "a metric with a float": (
        lambda: Metric("M", "P", 1.0, StandsUntil.REPLACED),
        errors.WrongTypeError,
        "maximum must be an int",
    ),
    "a year as text": (
        lambda: assessment_points({}, "FY24"),
        errors.WrongTypeError,
        "year must be a FiscalYear, got 'FY24'",
    ),
    "a response alone": (
        lambda: assessment_points([date(2023, 4, 3)], FiscalYear(2024)),
        errors.WrongTypeError,
        "a response must be a pair",
    ),
    "no responses": (lambda: assessment_points(5, FiscalYear(2024)), errors.WrongTypeError, "responses must be a mapping"),
    "a response at noon": (
        lambda: assessment_points([(NOON, 1)], FiscalYear(2024)),
        errors.WrongTypeError,
        "the day of a response must be a date",
    ),
    "a response with a float": (
        lambda: assessment_points([(date(2023, 4, 3), 0.5)], FiscalYear(2024)),
        errors.WrongTypeError,
        "the points of the response on 2023-04-03 must be an int",
    ),
    "responses out of order": (
        lambda: assessment_points([(date(2023, 4, 3), 1), (date(2023, 4, 2), 1)], FiscalYear(2024)),
        errors.RangeError,
        "the day after 2023-04-03 among the responses must be a later one, got 2023-04-02: sort them by day",
    ),
    "two responses on one day": (
        lambda: assessment_points([(date(2023, 4, 3), 1), (date(2023, 4, 3), 1)], FiscalYear(2024)),
        errors.RangeError,
        "the day after 2023-04-03 among the responses must be a later one, got 2023-04-03: keep the one that counts",
    ),
    "activities out of order": (
        lambda: Scorecard([Activity(SURVEYS, date(2023, 4, 3), 1), Activity(SURVEYS, date(2023, 4, 2), 1)], program=ISV),
        errors.RangeError,
        "the day after 2023-04-03 among the activities of Surveys (Customers) must be a later one",
    ),
    "one name for two metrics": (
        lambda: Scorecard(
            [Activity(one, date(2023, 4, 3), 1) for one in (SURVEYS, attrs.evolve(SURVEYS, maximum=9))], program=ISV
        ),
        errors.RuleDataError,
        "Metric Surveys (Customers): must be stated once: another one of this name says something else",
    ),
    "no activities": (
        lambda: Scorecard(None, program=ISV),
        errors.WrongTypeError,
        "activities must be an iterable of Activity",
    ),
    "a pair for an activity": (
        lambda: Scorecard([(SURVEYS, 1)], program=ISV),
        errors.WrongTypeError,
        "activities[0] must be an Activity",
    ),
    "a card without a program": (lambda: Scorecard([], program="ISV"), errors.WrongTypeError, "program must be a Program"),
    "a quarter for quarters": (
        lambda: CARD.history("FY24 Q1"),
        errors.WrongTypeError,
        "quarters must be an iterable of quarters",
    ),
    "no beginning": (
        lambda: attrition_rate(0, current=0),
        errors.RangeError,
        "beginning must be above 0, got 0: there is no rate",
    ),
    "a negative beginning": (
        lambda: attrition_rate(-1, current=0),
        errors.RangeError,
        "beginning must be 0 or more, got -1",
    ),
    "a negative AOV": (lambda: attrition_rate(1, current=-1), errors.RangeError, "current must be 0 or more, got -1"),
    "growth": (
        lambda: attrition_rate(100, current=101),
        errors.RangeError,
        "current must be at most the beginning AOV, 100, got 101: give the reductions of the year",
    ),
    "neither": (
        lambda: attrition_rate(1),
        errors.WrongTypeError,
        "the AOV since must be given as either current or reductions",
    ),
    "both": (
        lambda: attrition_rate(1, current=1, reductions=[]),
        errors.WrongTypeError,
        "given as either current or reductions",
    ),
    "a reduction alone": (lambda: attrition_rate(1, reductions=1), errors.WrongTypeError, "reductions must be an iterable"),
    "a negative reduction": (
        lambda: attrition_rate(1, reductions=[0, -1]),
        errors.RangeError,
        "reductions[1] must be 0 or more",
    ),
    "more than all": (
        lambda: attrition_rate(100, reductions=[60, Decimal("40.5")]),
        errors.RangeError,
        "the sum of the reductions must be at most the beginning AOV, 100, got 201/2",
    ),
    "a float of money": (
        lambda: attrition_rate(1.0, current=1),
        errors.WrongTypeError,
        "beginning must be an int, a Decimal",
    ),
    "not a number": (
        lambda: attrition_rate(Decimal("NaN"), current=1),
        errors.RangeError,
        "beginning must be a number, got NaN",
    ),
    "infinite": (lambda: attrition_rate(1, current=Decimal("Infinity")), errors.RangeError, "current must be a number"),
    "a rate over 100 %": (
        lambda: FY21.points(7, current=1),
        errors.RangeError,
        "rate must be at most 1, which is 100 %, got 7: divide a percent",
    ),
    "a rate as a float": (
        lambda: FY21.points(0.07, current=1),
        errors.WrongTypeError,
        "rate must be an int, a Decimal or a Fraction, got 0.07",
    ),
    "NaN": (
        lambda: FY21.points(math.nan, current=1),
        errors.WrongTypeError,
        "rate must be an int, a Decimal or a Fraction, got nan",
    ),
    "a negative rate": (
        lambda: FY21.points(Decimal("-0.1"), current=1),
        errors.RangeError,
        "rate must be 0 or more, got -0.1",
    ),
    "a negative current AOV": (
        lambda: FY21.points(Decimal("0.1"), current=-1),
        errors.RangeError,
        "current must be 0 or more",
    ),
}


@pytest.mark.parametrize("case", TEXT)
def test_bad_input_is_refused(case: str) -> None:
    """Always a clear error, never a guess."""
    call, kind, text = TEXT[case]
    with pytest.raises(errors.TbtierError) as caught:
        call()
    assert kind is type(caught.value)
    assert text in str(caught.value)


def test_ints_of_other_libraries_are_points() -> None:
    """As they are scores."""
    points = Activity(SURVEYS, date(2023, 4, 3), numpy.int64(40)).points
    assert (40, int) == (points, type(points))


BAND = RateBand(0, Decimal("4.9"), 100, MINE)
REVENUE = RevenueBand(1000, 50, MINE)


def test_bands_of_your_own() -> None:
    """With their source, and without a gap if there is none."""
    own = AttritionBands("mine", (BAND, RateBand(Decimal("4.9001"), None, 0, MINE)), (REVENUE,))
    earned = own.points(Decimal("0.01"), current=999)
    assert 50 == earned.points
    assert "  1 % is in the band 0 to 4.9 %, which earns 100 (bands mine: published, mine)" in str(earned).splitlines()
    assert 0 == own.points(Decimal("0.0495"), current=1000).points


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: RateBand(5, 4, 1, MINE), "RateBand from 5: highest: must not be below it, got 4"),
        (lambda: RateBand(5, 6, 1, None), "RateBand from 5: citation: must be Citation, got None"),
        (lambda: RevenueBand(5, 6, None), "RevenueBand to 5: citation: must be Citation, got None"),
        (lambda: RevenueBand(5, 6, MINE, "S1"), "RevenueBand to 5: up_to_citation: must be Citation, got 'S1'"),
        (lambda: RevenueBand(5, 101, MINE), "a percent must be at most 100, got 101"),
        (lambda: AttritionBands("", (BAND,), (REVENUE,)), "AttritionBands: name: must be text"),
        (lambda: AttritionBands("mine", [BAND], (REVENUE,)), "AttritionBands mine: rates: must be tuple"),
        (lambda: AttritionBands("mine", (), (REVENUE,)), "AttritionBands mine: rates: must have a band"),
        (lambda: AttritionBands("mine", (BAND,), ()), "AttritionBands mine: revenues: must have a band"),
        (lambda: AttritionBands("mine", (BAND, REVENUE), (REVENUE,)), "AttritionBands mine: rates[1]: must be RateBand"),
        (lambda: AttritionBands("mine", (BAND, BAND), (REVENUE,)), "AttritionBands mine: rates[1]: must be above 0 to 4.9 %"),
        (
            lambda: AttritionBands("mine", (RateBand(0, None, 1, MINE), RateBand(5, 6, 1, MINE)), (REVENUE,)),
            "AttritionBands mine: rates[1]: must be above 0 % and more",
        ),
        (lambda: AttritionBands("mine", (BAND,), (REVENUE, REVENUE)), "AttritionBands mine: revenues[1]: must be above 1000"),
    ],
)
def test_bands_that_contradict_themselves_are_refused(call: Callable[[], Any], text: str) -> None:
    """At the constructor, with the path to the fault."""
    with pytest.raises(errors.TbtierError) as caught:
        call()
    assert isinstance(caught.value, ValueError)
    assert str(caught.value).startswith(text)


def test_what_is_inferred_of_an_edition_is_inferred_of_its_bands() -> None:
    """That the page of S13 is of FY21 is inferred, so that what it earned in FY21 is; of FY22 it is published."""
    assert FY22 == attrition_bands("FY22 Q4")
    in_fy21 = attrition_bands("FY21 Q3")
    assert [(one.points, one.lowest, one.highest) for one in FY21.rates] == [
        (one.points, one.lowest, one.highest) for one in in_fy21.rates
    ]
    assert {Certainty.INFERRED} == {one.citation.certainty for one in (*in_fy21.rates, *in_fy21.revenues)}
    assert (50, 40) == tuple(bands.points(percent("7"), current=750_000).points for bands in (in_fy21, FY22))
    assert str(in_fy21.points(percent("7"), current=750_000)).startswith("50 points*\n")


def test_every_fact_has_its_source() -> None:
    """S13 is the page of FY21, S14 that of FY22, S1 tells of 2024."""
    assert ((S13,), (S14,)) == (FY21.rates[0].citation.sources, FY22.rates[0].citation.sources)
    assert Certainty.INFERRED is FY21.rates[-1].citation.certainty
    assert Certainty.PUBLISHED is FY22.rates[-1].citation.certainty
    assert {S1} == {source for reason in pledge_shows_on(date(2023, 4, 3)).reasons for source in reason.citation.sources}
    assert {S2} == {
        source for one in shows_on(date(2023, 4, 3), program=CONSULTING, pillar="").reasons for source in one.citation.sources
    }
    assert isinstance(pledge_shows_on(date(2023, 4, 3)), Showing)


@pytest.mark.parametrize(
    "value",
    [Decimal("1E+50000000"), Decimal("1E-50000000"), 10**5000, Fraction(1, 10**400)],
    ids=["large", "small", "int", "fraction"],
)
def test_a_number_of_too_many_digits_is_refused(value: Any) -> None:
    """Arithmetic with it would not end soon, and no sum of money has so many."""
    for call in (lambda: Activity(SURVEYS, date(2023, 4, 3), value), lambda: attrition_rate(value, current=0)):
        with pytest.raises(errors.RangeError, match="a number of at most 300 digits before and after the point, got"):
            call()


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(405, 100), "4.05"), (Fraction(45, 10), "4.5"), (Fraction(1, 3), "1/3"), (7, "7")]
)
def test_an_amount_is_shown_with_its_zeros(value: Any, text: str) -> None:
    """4.05 is not 4.5."""
    assert text == shown(value)
