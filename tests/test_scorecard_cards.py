"""Scorecards: the score that activities add up to when a quarter ends, and the reasons for each metric."""

from __future__ import annotations

import copy
import datetime as datetime_module
import json
import pickle
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from cards import (
    ASSESSMENT,
    ATTRITION,
    CLUB,
    METRICS,
    MINE,
    ONE_DAY,
    PLEDGE,
    QUARTER_ENDS,
    RULES,
    SURVEYS,
    quarter_of,
    scorecards,
)
from hypothesis import given
from hypothesis import strategies as st
from made_up import BEST_OF_FOUR

import tbtier as tb
import tbtier.evaluation.reasons
import tbtier.rules
import tbtier.scorecard
from tbtier import FiscalQuarter, FiscalYear, errors
from tbtier.rules.plain import Answer
from tbtier.rules.rulebook import Rule
from tbtier.scorecard import (
    Activity,
    Metric,
    Scorecard,
    StandsUntil,
    attrition_points,
    counts_for,
    pledge_shows_on,
    shows_on,
)

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
"""Made-up responses, and the points that stand in the four quarters of FY24, by hand from the words of K2."""


@pytest.mark.parametrize(("responses", "points"), RESPONSES)
def test_an_assessment_rolls_over_within_its_year(responses: dict[date, int], points: tuple[int, ...]) -> None:
    """The latest response of the fiscal year stands, and nothing stands before the first response (K2)."""
    card = Scorecard([Activity(ASSESSMENT, *response) for response in responses.items()], program=BEST_OF_FOUR)
    assert dict(zip(FiscalYear(2024).quarters, points)) == dict(card.history(FiscalYear(2024).quarters))


def diary(card: Scorecard) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield the points that stand when each quarter ends, walking day by day and putting lapsed points back to 0."""
    standing: dict[str, Any] = {metric.name: 0 for metric in METRICS}
    day = date(2021, 11, 1)
    while day < date(2025, 5, 1):
        standing |= {one.metric.name: one.points for one in card.activities if one.received == day}
        if (day.month, day.day) in QUARTER_ENDS:
            year, number, _ = quarter_of(day)
            yield year, number, dict(standing)
            standing["Surveys"] = 0
            if number == 4:
                standing |= {"Technology Adoption Assessment": 0, "Pledge": 0}
        day += ONE_DAY


@given(scorecards())
def test_a_quarter_agrees_with_a_diary(card: Scorecard) -> None:
    """The diary gives the same points for each metric, and the same score."""
    history = card.history([FiscalQuarter(year, number) for year, number, _ in diary(card)])
    for year, number, standing in diary(card):
        quarter = card.quarter(f"FY{year} Q{number}")
        assert {one.name: standing[one.name] for one in card.metrics} == {
            one.metric.name: one.points for one in quarter.standings
        }
        assert quarter.score == sum(standing.values()) == history[quarter.quarter]


@given(scorecards(min_size=1), st.data())
def test_the_order_of_activities_does_not_matter(card: Scorecard, data: st.DataObject) -> None:
    """The same activities in another order give the same points for each metric."""
    shuffled = Scorecard(data.draw(st.permutations(card.activities)), program=card.program)
    for quarter in FiscalYear(2024).quarters:
        assert set(card.quarter(quarter).standings) == set(shuffled.quarter(quarter).standings)


@given(scorecards(min_size=1), st.data())
def test_scores_are_monotone_in_points(card: Scorecard, data: st.DataObject) -> None:
    """More points for an activity never give a lower score."""
    index = data.draw(st.integers(0, len(card.activities) - 1))
    activity = card.activities[index]
    points = data.draw(st.integers(activity.points, activity.metric.maximum))
    better = list(card.activities)
    better[index] = attrs.evolve(activity, points=points)
    quarters = [*FiscalYear(2023).quarters, *FiscalYear(2024).quarters, *FiscalYear(2025).quarters]
    before, after = card.history(quarters), Scorecard(better, program=card.program).history(quarters)
    assert all(before[quarter] <= after[quarter] for quarter in quarters)  # type: ignore[operator]  # ints, by construction


@given(scorecards(), st.dates(date(2021, 12, 1), date(2025, 3, 31)))
def test_a_quarter_ignores_later_activities(card: Scorecard, day: date) -> None:
    """A quarter that closed before an activity has the same score with the activity and without."""
    known = Scorecard([one for one in card.activities if one.received <= day], program=card.program)
    quarter = counts_for(day) - 1
    assert card.quarter(quarter).score == known.quarter(quarter).score


CARD = Scorecard(
    [
        Activity(PLEDGE, date(2023, 6, 14), 50),
        Activity(ASSESSMENT, date(2023, 3, 20), 90),
        Activity(SURVEYS, date(2023, 4, 30), 220),
        Activity(ATTRITION, date(2023, 2, 10), 120),
        Activity(ASSESSMENT, date(2023, 9, 5), 140),
    ],
    program=CLUB,
)


def test_a_quarter_explains_itself() -> None:
    """Each metric has its points, their activity, and the rule by which they stand, with a star if it is inferred."""
    expected = """\
CLUB FY24 Q2: 260 of 1000* when it closes on 2023-07-31
pillar     metric                          points  of   received    counts for  stands until
Garden     Pledge                              50  50   2023-06-14  FY24 Q2     the fiscal year ends (M1)
Customers  Technology Adoption Assessment      90  150  2023-03-20  FY24 Q1     the fiscal year ends (K2)
Customers  Surveys                              0  250  -           -           the quarter ends (D10*)
Growth     Attrition                          120  250  2023-02-10  FY24 Q1     it is replaced (D10*)
* inferred, not published"""
    quarter = CARD.quarter("FY24 Q2")
    assert expected == str(quarter)
    assert ["S1", "mine", "tbtier", "guess"] == [source.id for source in quarter.sources]


def test_each_standing_has_its_reasons() -> None:
    """The reasons say which activity stands and until when, or that nothing was received, each with its rule."""
    reasons = {one.metric.name: [str(reason) for reason in one.reasons] for one in CARD.quarter("FY24 Q2").standings}
    assert {
        "Pledge": [
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
        for one in Scorecard(CARD.activities, program=BEST_OF_FOUR).quarter("FY23 Q4").standings
    }
    assert {
        "Pledge": "nothing was received in FY23 by the end of FY23 Q4 (M1: published, mine)",
        "Technology Adoption Assessment": "nothing was received in FY23 by the end of FY23 Q4 (K2: published, S1)",
        "Surveys": "nothing was received in FY23 Q4 (D10: inferred, tbtier)",
        "Attrition": "nothing was received by the end of FY23 Q4 (D10: inferred, tbtier)",
    } == none


def test_a_reason_names_the_replaced_activity() -> None:
    """K2a or the rule of the metric is cited, and only if the older points would still stand."""
    third = {one.metric.name: [str(reason) for reason in one.reasons] for one in CARD.quarter("FY24 Q3").standings}
    assert [
        "received on 2023-09-05, so it counts for FY24 Q3 (K1: published, S1)",
        "replaces what was received on 2023-03-20 (K2a: derived, S1)",
        "stands until the fiscal year ends (K2: published, S1)",
    ] == third["Technology Adoption Assessment"]
    growth = [Activity(ATTRITION, date(2022, 5, 1), 5), Activity(ATTRITION, date(2023, 5, 1), 7)]
    (standing,) = Scorecard(growth, program=CLUB).quarter("FY24 Q2").standings
    assert "replaces what was received on 2022-05-01 (D10: inferred, tbtier)" == str(standing.reasons[1])
    surveys = [Activity(SURVEYS, date(2023, 4, 30), 5), Activity(SURVEYS, date(2023, 5, 1), 7)]
    (standing,) = Scorecard(surveys, program=CLUB).quarter("FY24 Q2").standings
    assert (None, ["K1", "D10"]) == (standing.replaced, [reason.rule for reason in standing.reasons])


def test_a_star_marks_what_is_inferred() -> None:
    """A maximum is as certain as the dates of its edition, and a star in a name needs no footnote."""
    assert str(Scorecard([], program=CLUB).quarter("FY23 Q1")).startswith("CLUB FY23 Q1: 0 of 1000* ")
    assert str(Scorecard([], program=CLUB).quarter("FY22 Q1")).startswith("CLUB FY22 Q1: 0 of 1000 ")
    named = Metric("A*", "Growth", 9, StandsUntil.YEAR_END, Rule("M1", "It stands for the year", MINE))
    surveyed = str(Scorecard([Activity(SURVEYS, date(2021, 3, 1), 9)], program=CLUB).quarter("FY22 Q1"))
    assert surveyed.endswith("  the quarter ends (D10*)\n* inferred, not published")
    assert "inferred" not in str(Scorecard([Activity(named, date(2021, 3, 1), 9)], program=CLUB).quarter("FY22 Q1"))


def test_metrics_of_two_pillars_can_have_one_name() -> None:
    """Each has points of its own."""
    metrics = [Metric("Surveys", pillar, 9, StandsUntil.YEAR_END) for pillar in ("Customers", "Growth")]
    card = Scorecard([Activity(metric, date(2023, 4, 3), 4) for metric in metrics], program=CLUB)
    assert ([4, 4], 8) == ([one.points for one in card.quarter("FY24 Q1").standings], card.quarter("FY24 Q1").score)


def test_a_history_is_for_evaluate() -> None:
    """The history of a scorecard gives a timeline."""
    history = CARD.history(["FY24 Q1", "FY24 Q2"])
    assert tb.ScoreHistory({"FY24 Q1": 430, "FY24 Q2": 260}) == history
    assert "Ridge" == str(tb.evaluate(history, program=CLUB, starting_tier="Base").tier_on(date(2023, 9, 1)))


def test_quarters_without_known_rules_have_no_score() -> None:
    """Their maximum is unknown, or the program has ended."""
    with pytest.raises(errors.UnknownRuleError):
        CARD.quarter("FY25 Q1")
    with pytest.raises(errors.ProgramEndedError):
        CARD.history(["FY24 Q1", "FY27 Q1"])


def test_a_card_without_activities_scores_0() -> None:
    """No activities give a score of 0, which is not an unknown score."""
    quarter = Scorecard([], program=BEST_OF_FOUR).quarter("FY24 Q1")
    assert (0, ()) == (quarter.score, quarter.standings)
    assert str(quarter).startswith("BEST_OF_FOUR FY24 Q1: 0 of 1000 when it closes on 2023-04-30\n")


@given(scorecards())
def test_plain_data_survives_json(card: Scorecard) -> None:
    """The score and the points of its metrics come back from JSON as they were written."""
    quarter = card.quarter("FY24 Q2")
    plain = quarter.to_dict()
    assert plain == json.loads(json.dumps(plain))
    assert ("tbtier.quarter-score/1", quarter.score) == (plain["format"], plain["score"])
    assert quarter.score == sum(one["points"] for one in plain["standings"])


def test_a_score_has_the_maximum_of_its_edition() -> None:
    """The maximum itself is a score, and a sum above the maximum is an error."""
    most, one = Metric("Most", "Growth", 1000, StandsUntil.QUARTER_END), Metric("One", "Growth", 1, StandsUntil.QUARTER_END)
    card = [Activity(most, date(2023, 2, 10), 1000)]
    assert 1000 == Scorecard(card, program=CLUB).quarter("FY24 Q1").score
    with pytest.raises(
        errors.RangeError,
        match=r"^the sum of the points of FY24 Q1 must be at most 1000, got 1001:"
        r" correct the points, since no source says what happens above the maximum$",
    ):
        Scorecard([*card, Activity(one, date(2023, 2, 11), 1)], program=CLUB).quarter("FY24 Q1")


MODULES = (tbtier.scorecard, tbtier.rules, tbtier.evaluation.reasons)
NAMES = {name: getattr(module, name) for module in MODULES for name in module.__all__}
NAMES |= {"Rule": Rule, "Tier": tb.Tier, "Fraction": Fraction, "FiscalQuarter": FiscalQuarter, "datetime": datetime_module}
ANSWERS = [
    RULES,
    shows_on(date(2023, 4, 30), program=CLUB, pillar="Garden"),
    shows_on(date(2023, 4, 30), program=CLUB, pillar="Customers"),
    pledge_shows_on(date(2023, 4, 30)),
    attrition_points(Decimal("0.07"), current=1, quarter="FY24 Q1", program=CLUB),
]


def check_value(value: Any) -> None:
    """Check that a value equals its pickle and its copies, and has their hash; and its representation, if it is no answer."""
    twins = [pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)]
    if not isinstance(value, (Answer, Scorecard)):
        twins.append(eval(repr(value), dict(NAMES)))
    for twin in twins:
        assert type(value) is type(twin)
        assert value == twin
        assert hash(value) == hash(twin)


@pytest.mark.parametrize("value", ANSWERS, ids=lambda value: type(value).__name__)
def test_answers_and_rules_are_values(value: Any) -> None:
    """Each is equal to its representation, its pickle and its copies."""
    check_value(value)


@given(scorecards(min_size=1))
def test_scorecards_are_values(card: Scorecard) -> None:
    """A scorecard and everything in it are equal to their representations, their pickles and their copies."""
    quarter = card.quarter(card.activities[0].counts_for)
    for value in (card, card.activities[0], card.metrics[0], quarter, *quarter.standings):
        check_value(value)
