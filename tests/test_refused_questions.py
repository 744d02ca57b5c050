"""Questions that are refused: scores that are missing, rules that are not known, days outside, and amounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from made_up import APPS, GUILD, MODEL, T7, T8
from refusals import Q1, Q2, Q3, TIMELINE, raised_by

import tbtier as tb
from tbtier import FiscalQuarter, FiscalYear, ScoreHistory, Tier, errors
from tbtier.rules import Certainty, Citation
from tbtier.scorecard import Activity, Metric, Scorecard, StandsUntil, attrition_rate


def test_every_missing_quarter_is_named() -> None:
    """The error names a gap and a missing quarter at the beginning together, with both ways out."""
    error = raised_by(lambda: tb.evaluate({"FY24 Q2": 310, "FY24 Q4": 300, "FY25 Q3": 1}, program=MODEL, starting_tier="Base"))
    assert isinstance(error, errors.MissingScoreError)
    assert isinstance(error, ValueError)
    assert ["FY24 Q1", "FY24 Q3", "FY25 Q1", "FY25 Q2"] == list(map(str, error.quarters))
    assert (
        "no score is given for FY24 Q1, FY24 Q3, FY25 Q1, FY25 Q2: give None for a quarter that was not scored,"
        " or start= (a day after those quarters ended) if the partner was not scored before it" == str(error)
    )


def test_nothing_at_all_is_missing_too() -> None:
    """Without a quarter and without a start no timeline can begin."""
    error = raised_by(lambda: tb.evaluate({}, program=APPS, starting_tier="Base"))
    assert isinstance(error, errors.MissingScoreError)
    assert () == error.quarters
    assert "no score is given for any quarter: give at least one, or start= (the first day of the timeline)" == str(error)


def test_a_region_that_lacks_a_quarter_is_refused() -> None:
    """The best of several regions needs a score, or `None`, from each of them (R10)."""
    us, france = ScoreHistory({Q1: 310, Q2: 300}), ScoreHistory({Q2: 505, Q3: 1})
    error = raised_by(lambda: ScoreHistory.highest(us, france))
    assert isinstance(error, errors.MissingScoreError)
    assert str(error).endswith(": give each region, and None for a quarter in which it was not scored")
    assert (Q1, Q3) == error.quarters
    assert () == raised_by(lambda: ScoreHistory.highest()).quarters  # type: ignore[attr-defined]  # the same class


@pytest.mark.parametrize(
    ("call", "quarter", "message"),
    [
        (lambda: APPS.edition("FY23 Q1"), "FY23 Q1", "the rules of APPS for FY23 Q1 are not known: the page is lost"),
        (lambda: APPS.cycle("FY23 Q4"), "FY23 Q4", "the rules of APPS for FY23 Q4 are not known: the page is lost"),
        (lambda: APPS.tier_for(310, "FY23 Q2"), "FY23 Q2", "known are FY21 Q1 to FY22 Q4, FY24 Q1 to FY25 Q1"),
        (lambda: APPS.with_edition_of("FY23 Q2"), "FY23 Q2", "known are FY21 Q1 to FY22 Q4, FY24 Q1 to FY25 Q1"),
        (lambda: APPS.edition("FY20 Q4"), "FY20 Q4", "it is before the first known edition"),
        (lambda: GUILD.edition("FY18 Q4"), "FY18 Q4", "known are FY19 Q1 to FY26 Q3"),
        (lambda: tb.evaluate({"FY23 Q1": 310}, program=APPS, starting_tier="Base"), "FY23 Q1", "the page is lost"),
        (lambda: tb.evaluate({"FY23 Q1": None}, program=APPS, starting_tier="Base"), "FY23 Q1", "the page is lost"),
        (lambda: tb.evaluate({}, program=APPS, starting_tier="Base", start=date(2023, 2, 1)), "FY23 Q1", "the page is lost"),
        (lambda: tb.evaluate({}, program=APPS, starting_tier="Base", start=date(2022, 6, 1)), "FY23 Q1", "the page is lost"),
        (
            lambda: tb.evaluate({"FY20 Q4": 310, "FY21 Q1": 310}, program=APPS, starting_tier="Base", start=date(2020, 3, 1)),
            "FY20 Q4",
            "it is before the first known edition",
        ),
    ],
)
def test_a_quarter_without_known_rules_is_refused(call: Callable[[], Any], quarter: str, message: str) -> None:
    """The message names the quarters whose rules are known."""
    error = raised_by(call)
    assert isinstance(error, errors.UnknownRuleError)
    assert isinstance(error, LookupError)
    assert not isinstance(error, errors.ProgramEndedError)
    assert quarter == str(error.quarter)
    assert message in str(error)
    assert error.reason in str(error)
    assert error.known in str(error)


@pytest.mark.parametrize(
    ("call", "quarter"),
    [
        (lambda: APPS.edition("FY25 Q2"), "FY25 Q2"),
        (lambda: APPS.cycle("FY30 Q4"), "FY30 Q4"),
        (lambda: APPS.tier_for(310, "FY25 Q2"), "FY25 Q2"),
        (lambda: APPS.with_edition_of("FY25 Q2"), "FY25 Q2"),
        (lambda: tb.evaluate({"FY25 Q1": 310, "FY25 Q2": 300}, program=APPS, starting_tier="Base"), "FY25 Q2"),
    ],
)
def test_a_quarter_after_the_end_of_its_program_is_refused(call: Callable[[], Any], quarter: str) -> None:
    """The message has the date, the replacement, the source, and the way to model the program without an end."""
    error = raised_by(call)
    assert isinstance(error, errors.ProgramEndedError)
    assert isinstance(error, errors.UnknownRuleError)
    assert "APPS" == error.program
    assert quarter == str(error.quarter)
    assert date(2024, 8, 1) == error.ended_on
    assert Citation(Certainty.PUBLISHED, (T7, T8)) == error.citation
    assert "FY25 Q1" == str(error.last)
    assert "it ended on 2024-08-01" == error.reason
    assert "FY21 Q1 to FY22 Q4, FY24 Q1 to FY25 Q1" == error.known
    assert (
        f"APPS does not evaluate {quarter}: it ended on 2024-08-01, replaced by {error.replaced_by} (published, T7, T8);"
        " leave out the quarters after FY25 Q1, or model the program without an end by APPS.with_edition_of('FY25 Q1')"
        == str(error)
    )
    assert Tier.RIDGE is eval("APPS.with_edition_of('FY25 Q1')").tier_for(310, "FY25 Q2")


@pytest.mark.parametrize("start", [date(2024, 8, 1), date(2025, 3, 1)])
def test_a_start_after_the_end_of_its_program_is_refused(start: date) -> None:
    """The error names the start, and no quarter that nobody gave."""
    error = raised_by(lambda: tb.evaluate({}, program=APPS, starting_tier="Base", start=start))
    assert isinstance(error, errors.ProgramEndedError)
    assert (start, date(2024, 8, 1)) == (error.start, error.ended_on)
    assert str(error).startswith(f"APPS does not have a timeline that starts on {start}: it ended on 2024-08-01, replaced by")
    assert str(error).endswith(
        "; give an earlier start=, or model the program without an end by APPS.with_edition_of('FY25 Q1')"
    )
    assert "FY25 Q2" not in str(error)


def test_a_result_on_the_day_of_the_end_decides_nothing() -> None:
    """FY26 Q4 would take effect on 2026-03-01, the first day without the program."""
    error = raised_by(lambda: GUILD.cycle("FY26 Q4"))
    assert isinstance(error, errors.ProgramEndedError)
    assert ("FY26 Q3", (T7, T8)) == (str(error.last), error.citation.sources)
    assert "(inferred, T7, T8)" in str(error)
    assert date(2025, 12, 1) == GUILD.cycle("FY26 Q3").effective_on


def test_a_day_after_the_timeline_needs_a_score() -> None:
    """The error names the day, the span, and the quarter whose score is needed."""
    for ask in (TIMELINE.tier_on, TIMELINE.explain):
        error = raised_by(lambda ask=ask: ask(date(2023, 12, 1)))  # type: ignore[misc]  # bound at once
        assert isinstance(error, errors.OutsideTimelineError)
        assert isinstance(error, LookupError)
        assert (date(2023, 12, 1), date(2023, 3, 1), date(2023, 12, 1)) == (error.day, error.start, error.stop)
        assert Q3 == error.quarter
        assert (
            "2023-12-01 is outside the timeline [2023-03-01, 2023-12-01):"
            " the score of FY24 Q3 is needed to go on; FY24 Q3 takes effect on 2023-12-01" == str(error)
        )
    assert Tier.CREST is TIMELINE.tier_on(date(2023, 11, 30))
    assert Q3 == raised_by(lambda: TIMELINE.tier_on(date.max)).quarter  # type: ignore[attr-defined]  # the same class


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2023, 2, 28), "FY23 Q1"),
        (date(2022, 3, 1), "FY23 Q1"),
        (date(2022, 2, 28), "FY22 Q1"),
        (date(1, 3, 1), "FY0002 Q1"),
        (date.min, "FY0002 Q1"),
    ],
)
def test_a_day_before_the_timeline_needs_an_earlier_start(day: date, quarter: str) -> None:
    """The error names the quarter from which scores are needed."""
    error = raised_by(lambda: tb.evaluate({"FY24 Q1": 310}, program=MODEL, starting_tier="Base").tier_on(day))
    assert isinstance(error, errors.OutsideTimelineError)
    assert quarter == str(error.quarter)
    assert f"give a start= by then, and the scores from {quarter} on" == error.reason


def test_a_day_before_all_rules_is_said_to_be_so() -> None:
    """The error gives no earlier start if the rules of the earlier quarters are not known."""
    error = raised_by(lambda: TIMELINE.tier_on(date(2023, 2, 28)))
    assert isinstance(error, errors.OutsideTimelineError)
    assert None is error.quarter
    assert "the rules of APPS for FY23 Q1 are not known: the page is lost" in error.reason


def test_many_missing_quarters_are_counted() -> None:
    """The message names twelve missing quarters and the number of the others, and the attribute has all."""
    error = raised_by(lambda: tb.evaluate({"FY24 Q1": 310, "FY2204 Q2": 540}, program=MODEL, starting_tier="Base"))
    assert isinstance(error, errors.MissingScoreError)
    assert 4 * 180 == len(error.quarters)
    assert ", FY27 Q1 and 708 more: give None" in str(error)
    scores = {FiscalQuarter(2024, 1): 310}
    twelve = raised_by(lambda: tb.evaluate({**scores, FiscalQuarter(2024, 1) + 13: 0}, program=MODEL, starting_tier="Base"))
    assert 12 == len(twelve.quarters)
    assert ", FY27 Q1: give None" in str(twelve)


def test_rules_that_are_not_known_are_said_before_scores_that_are_missing() -> None:
    """In February 2023 the quarters of FY23 are needed, and the error is about their unknown rules."""
    error = raised_by(lambda: tb.evaluate({}, program=APPS, starting_tier="Base", start=date(2023, 2, 10)))
    assert isinstance(error, errors.UnknownRuleError)
    assert FiscalQuarter(2023, 1) == error.quarter


def test_a_day_after_the_end_of_the_program_needs_nothing() -> None:
    """The error names no quarter if the program has ended or the rules are not known."""
    ended = tb.evaluate({"FY25 Q1": 310}, program=APPS, starting_tier="Base")
    error = raised_by(lambda: ended.tier_on(date(2024, 8, 1)))
    assert isinstance(error, errors.OutsideTimelineError)
    assert (date(2024, 8, 1), None) == (error.stop, error.quarter)
    assert "APPS does not evaluate FY25 Q2: it ended on 2024-08-01" in error.reason
    assert Tier.RIDGE is ended.tier_on(date(2024, 7, 31))
    unknown = tb.evaluate(dict.fromkeys(FiscalYear(2022).quarters, 310), program=APPS, starting_tier="Base")
    error = raised_by(lambda: unknown.tier_on(date(2022, 6, 1)))
    assert isinstance(error, errors.OutsideTimelineError)
    assert None is error.quarter
    assert "the rules of APPS for FY23 Q1 are not known" in error.reason


def test_an_amount_that_cannot_be_keeps_its_facts() -> None:
    """The error keeps the name, the number, the bounds and the advice."""
    error = raised_by(lambda: attrition_rate(100, reduction=Decimal("100.5")))
    assert isinstance(error, errors.RangeError)
    assert isinstance(error, ValueError)
    what, advice = "reduction", "leave out reductions of later additions"
    assert (what, Fraction(201, 2), "at most the beginning AOV, 100", advice) == (
        error.what,
        error.value,
        error.wanted,
        error.advice,
    )
    assert f"{what} must be at most the beginning AOV, 100, got 201/2: {advice}" == str(error)


def test_two_activities_of_one_day_keep_the_day() -> None:
    """The error names the metric, and keeps the day."""
    activity = Activity(Metric("Surveys", "Customers", 9, StandsUntil.REPLACED), date(2023, 4, 3), 1)
    error = raised_by(lambda: Scorecard([activity, activity], program=APPS))
    assert isinstance(error, errors.RangeError)
    assert isinstance(error, ValueError)
    text = "the activities of Surveys (Customers) must be of different days, got 2023-04-03: keep the one that counts"
    assert (text, date(2023, 4, 3)) == (str(error), error.value)
