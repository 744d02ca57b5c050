"""Bad input: always a clear error, never a guess."""

from __future__ import annotations

import copy
import math
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy
import pandas
import pytest

import tbtier as tb
from tbtier import FiscalQuarter, FiscalYear, ProgramYear, ScoreHistory, Tier
from tbtier.programs import CONSULTING, ISV, TRAILBLAZER
from tbtier.rules import Certainty, Citation
from tbtier.rules.sources import S3, S4, S15, S16
from tbtier.scorecard import RevenueBand, assessment_points, attrition_bands, attrition_rate

Q1, Q2, Q3 = (FiscalQuarter(2024, number) for number in (1, 2, 3))
NOON = datetime(2023, 4, 30, 12, tzinfo=UTC)
MADE_UP = Citation(Certainty.PUBLISHED, (S3,))
TIMELINE = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=ISV, starting_tier="Base")


def raised_by(call: Callable[[], Any]) -> tb.errors.TbtierError:
    """Return the error that a call raises, after the checks that hold for every error."""
    with pytest.raises(tb.errors.TbtierError) as caught:
        call()
    error = caught.value
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(error) is type(twin)
        assert str(error) == str(twin)
        assert repr(error) == repr(twin)
        assert repr(vars(error)) == repr(vars(twin))  # by text, since NaN equals nothing
    assert isinstance(error, (ValueError, LookupError, TypeError))
    assert not str(error).endswith(".")
    return error


@pytest.mark.parametrize(
    "call",
    [
        lambda: FiscalQuarter.containing(NOON),
        lambda: FiscalYear.containing(NOON),
        lambda: ProgramYear.containing(NOON),
        lambda: NOON in Q1,
        lambda: NOON in FiscalYear(2024),
        lambda: NOON in TIMELINE.periods[0],
        lambda: TIMELINE.tier_on(NOON),
        lambda: TIMELINE.period_on(NOON),
        lambda: TIMELINE.explain(NOON),
        lambda: ScoreHistory.from_snapshots([(NOON, 310)]),
        lambda: FiscalQuarter.containing(pandas.Timestamp("2023-04-30 12:00", tz="UTC")),
    ],
)
def test_a_datetime_is_no_date(call: Callable[[], Any]) -> None:
    """A datetime is refused wherever a day is meant, since its day depends on a time zone."""
    error = raised_by(call)
    assert isinstance(error, tb.errors.WrongTypeError)
    assert isinstance(error, TypeError)
    assert "day" == error.what
    assert "a date" == error.wanted
    assert str(error).startswith("day must be a date, got ")
    assert str(error).endswith(": take .date() in the time zone that is meant")


def test_a_datetime_is_no_start() -> None:
    """The first day of a timeline is a day too."""
    error = raised_by(lambda: tb.evaluate({Q1: 310}, program=ISV, starting_tier="Base", start=NOON))
    assert "start must be a date, got datetime.datetime(2023, 4, 30, 12, 0, tzinfo=datetime.timezone.utc)" in str(error)


def test_text_is_no_date() -> None:
    """Text is refused where a day is meant, with the way to read it."""
    error = raised_by(lambda: TIMELINE.tier_on("2023-04-30"))  # type: ignore[arg-type]  # what is tested
    assert "day must be a date, got '2023-04-30': date.fromisoformat reads one from text" == str(error)


@pytest.mark.parametrize("score", [True, False, "310", "", b"310", Decimal(310), Fraction(310), [310], numpy.bool_(True)])
def test_what_is_no_int_is_no_score(score: Any) -> None:
    """A bool, text, and exact numbers of another type are no scores, in a history and in a question."""
    advice = "None in a history says that there was no score"
    for call in (lambda: ScoreHistory({Q1: score}), lambda: ISV.tier_for(score, Q1)):
        error = raised_by(call)
        assert isinstance(error, tb.errors.WrongTypeError)
        assert f"score of FY24 Q1 must be an int, got {score!r}: {advice}" == str(error)
        assert ("score of FY24 Q1", "an int", advice) == (error.what, error.wanted, error.advice)
        assert score == error.value


@pytest.mark.parametrize("score", [249.5, 250.0, math.nan, math.inf, numpy.float64(310)])
def test_a_float_is_no_score(score: float) -> None:
    """A float is refused as a wrong value and as a wrong type, and NaN is told what to be."""
    for call in (lambda: ISV.tier_for(score, Q1), lambda: tb.evaluate({Q1: score}, program=ISV, starting_tier="Base")):
        error = raised_by(call)
        assert isinstance(error, tb.errors.ScoreTypeError)
        assert isinstance(error, ValueError)
        assert isinstance(error, TypeError)
        assert Q1 == error.quarter
        assert score is error.score
        assert "the score of FY24 Q1 must be a whole number " in str(error)
        assert f"got {score!r}: give an int, or None where there is no score" in str(error)


@pytest.mark.parametrize("score", [-1, 1001, 10**9])
def test_a_score_lies_within_its_bounds(score: int) -> None:
    """A score is from 0 to the maximum of its edition, both included."""
    error = raised_by(lambda: ISV.tier_for(score, "FY24 Q1"))
    assert isinstance(error, tb.errors.ScoreError)
    assert isinstance(error, ValueError)
    assert not isinstance(error, TypeError)
    assert (Q1, score, 1000, ()) == (error.quarter, error.score, error.maximum, error.tiers)
    advice = "correct it, or give None where there is no score"
    assert f"the score of FY24 Q1 must be a whole number from 0 to 1000, got {score}: {advice}" == str(error)


def test_a_score_above_the_maximum_is_refused_with_its_quarter() -> None:
    """Evaluation names the quarter, the value and the bounds, wherever the quarter stands."""
    error = raised_by(lambda: tb.evaluate({Q1: 310, Q2: None, Q3: 1001}, program=ISV, starting_tier="Base"))
    assert "the score of FY24 Q3 must be a whole number from 0 to 1000, got 1001" in str(error)


def test_a_negative_score_is_refused_at_the_door() -> None:
    """A history refuses a score below 0 before any edition is known."""
    error = raised_by(lambda: ScoreHistory({Q1: -1}))
    assert isinstance(error, tb.errors.ScoreError)
    assert None is error.maximum
    assert "the score of FY24 Q1 must be a whole number 0 or more, got -1" in str(error)


def test_an_edition_asked_directly_names_no_quarter() -> None:
    """An edition has no quarter to name."""
    error = raised_by(lambda: ISV.edition("FY24 Q1").threshold(1001))
    assert "the score must be a whole number from 0 to 1000, got 1001" in str(error)
    error = raised_by(lambda: ISV.edition("FY24 Q1").threshold("310"))  # type: ignore[arg-type]  # what is tested
    assert "score must be an int, got '310': None in a history says that there was no score" == str(error)


def test_a_tier_that_no_score_earns_is_refused() -> None:
    """Provisional is held and never earned, so it cannot stand in place of a score."""
    error = raised_by(lambda: tb.evaluate({Q1: Tier.PROVISIONAL}, program=CONSULTING, starting_tier="Provisional"))
    assert isinstance(error, tb.errors.ScoreError)
    assert (Tier.BASE, Tier.RIDGE, Tier.CREST, Tier.SUMMIT) == error.tiers
    assert (
        "the tier earned in place of a score of FY24 Q1 must be one of Base, Ridge, Crest, Summit, got Tier.PROVISIONAL"
        == str(error)
    )


@pytest.mark.parametrize("score", [numpy.int64(540), numpy.uint16(540), pandas.Series([540], dtype="Int64")[0]])
def test_integers_of_numpy_and_pandas_are_scores(score: Any) -> None:
    """Integers of numpy and pandas are ints, and are kept as such."""
    history = ScoreHistory({Q1: score})
    assert (int,) == tuple(map(type, history.scores))
    assert Tier.CREST is ISV.tier_for(score, Q1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FY24",
        "FY24 Q0",
        "FY24 Q5",
        "FY24  Q1",
        "FY24 Q1 (open)",
        "FY2024 - Q1",
        "FY124 Q1",
        "Q1 FY24 Q1",
        "F Y24 Q1",
        "FY\u0662\u0664 Q1",
        "FY24 Q\uff11",
        "2023-04-30",
    ],
)
def test_quarter_text_is_in_an_accepted_spelling(text: str) -> None:
    """Any other spelling is refused with a good one, also non-ASCII digits and trailing text."""
    for call in (lambda: FiscalQuarter.parse(text), lambda: ScoreHistory({text: 310}), lambda: ISV.edition(text)):
        error = raised_by(call)
        assert isinstance(error, tb.errors.ParseError)
        assert isinstance(error, ValueError)
        assert text == error.text
        assert f"{text!r} is not a fiscal quarter: write it as FY24 Q1 or FY2024 Q1" == str(error)


@pytest.mark.parametrize("text", ["2024Q1", "24Q1", "2024 Q1", "2024-Q1", "Q1 2024", "q1_24", " 2024q1 "])
def test_a_bare_year_raises_a_question(text: str) -> None:
    """A pandas period by calendar quarter looks the same, and means another quarter."""
    error = raised_by(lambda: FiscalQuarter.parse(text))
    assert isinstance(error, tb.errors.ParseError)
    assert "write it as FY24 Q1 or FY2024 Q1; say FY if the year is a fiscal one; the text of a pandas period" in str(error)
    assert "FiscalQuarter.from_period" in error.advice


@pytest.mark.parametrize(
    ("kind", "name", "text", "good"),
    [
        (FiscalYear, "a fiscal year", "PY24", ("FY24", "FY2024")),
        (FiscalYear, "a fiscal year", "FY24 Q1", ("FY24", "FY2024")),
        (FiscalYear, "a fiscal year", "FY024", ("FY24", "FY2024")),
        (ProgramYear, "a program year", "FY24", ("PY24", "PY2024")),
        (ProgramYear, "a program year", "2024", ("PY24", "PY2024")),
    ],
)
def test_year_text_is_in_an_accepted_spelling(
    kind: type[FiscalYear | ProgramYear], name: str, text: str, good: tuple[str, ...]
) -> None:
    """A fiscal year and a program year are not read for one another."""
    error = raised_by(lambda: kind.parse(text))
    assert isinstance(error, tb.errors.ParseError)
    assert (name, text, good) == (error.what, error.text, error.spellings)


@pytest.mark.parametrize("text", ["Gold", "crest", "", 3, None])
def test_tier_text_is_the_name_in_use(text: Any) -> None:
    """A label of another time is no name of a tier: which tier it was depends on the edition."""
    error = raised_by(lambda: Tier(text))
    assert isinstance(error, tb.errors.ParseError)
    assert f"{text!r} is not a tier: write it as Provisional or Base or Ridge or Crest or Summit" == str(error)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: FiscalQuarter.parse(2024), "fiscal quarter must be text, got 2024"),
        (lambda: FiscalQuarter.parse(None), "fiscal quarter must be text, got None"),
        (lambda: ScoreHistory({date(2023, 4, 30): 310}), "FiscalQuarter.containing takes a date"),
        (lambda: FiscalYear.parse(24), "year must be text, got 24"),
        (lambda: FiscalQuarter("2024", 1), "year must be an int, got '2024'"),
        (lambda: FiscalQuarter(2024, True), "quarter number must be an int, got True"),
        (lambda: FiscalQuarter(2024, 1.0), "quarter number must be an int, got 1.0"),
        (lambda: FiscalYear(True), "year must be an int, got True"),
        (lambda: ProgramYear(None), "year must be an int, got None"),
        (lambda: ScoreHistory("FY24 Q1"), "scores must be a mapping from quarters to scores, or pairs of them"),
        (lambda: ScoreHistory(["FY24 Q1"]), "an entry of the scores must be a pair of a quarter and its score"),
        (lambda: ScoreHistory([("FY24 Q1", 1, 2)]), "an entry of the scores must be a pair of a quarter and its score"),
        (lambda: ScoreHistory([5]), "an entry of the scores must be a pair of a quarter and its score"),
        (
            lambda: tb.evaluate({Q1: 310}, program="ISV", starting_tier="Base"),
            "program must be a Program, got 'ISV': tbtier.programs has some",
        ),
        (lambda: ScoreHistory(5), "scores must be a mapping from quarters to scores, or pairs of them, got 5"),
        (
            lambda: tb.evaluate(None, program=ISV, starting_tier="Base"),
            "scores must be a mapping from quarters to scores, or pairs of them",
        ),
        (lambda: ScoreHistory.from_snapshots([5]), "a snapshot must be a pair of a day and the score read on it, got 5"),
        (lambda: ScoreHistory.from_snapshots([(1, 2, 3)]), "a snapshot must be a pair of a day and the score read on it"),
        (lambda: tb.Timeline(ISV, {}, Tier.BASE, date(2024, 3, 1)), "history must be a ScoreHistory, got {}"),
        (lambda: tb.Timeline(None, ScoreHistory(), Tier.BASE, date(2024, 3, 1)), "program must be a Program, got None"),
        (
            lambda: tb.Timeline(ISV, ScoreHistory(), "Ridge", date(2024, 3, 1)),
            "starting_tier must be a Tier, got 'Ridge': Tier.parse('Crest') reads one from its name",
        ),
        (
            lambda: tb.evaluate({Q1: 310}, program=ISV, starting_tier=3),
            "starting_tier must be a Tier or its name, got 3",
        ),
    ],
)
def test_a_value_of_another_kind_is_refused(call: Callable[[], Any], message: str) -> None:
    """What was wanted, what was got and where are said for every kind of value."""
    error = raised_by(call)
    assert isinstance(error, tb.errors.WrongTypeError)
    assert message in str(error)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: FiscalQuarter(1, 4), "year must be from 2 to 9999, got 1"),
        (lambda: FiscalQuarter(10000, 1), "year must be from 2 to 9999, got 10000"),
        (lambda: FiscalQuarter(2024, 0), "quarter number must be from 1 to 4, got 0"),
        (lambda: FiscalQuarter(2024, 5), "quarter number must be from 1 to 4, got 5"),
        (lambda: FiscalQuarter(9999, 4) + 1, "year must be from 2 to 9999, got 10000"),
        (lambda: FiscalQuarter(2, 1) - 1, "year must be from 2 to 9999, got 1"),
        (lambda: FiscalQuarter.containing(date(1, 1, 31)), "day must be from 0001-02-01 to 9999-01-31, got 0001-01-31"),
        (lambda: FiscalQuarter.containing(date.max), "day must be from 0001-02-01 to 9999-01-31, got 9999-12-31"),
        (lambda: FiscalQuarter.parse("FY0001 Q4"), "year must be from 2 to 9999, got 1"),
        (lambda: FiscalYear(0), "year must be from 2 to 9999, got 0"),
        (lambda: FiscalYear.containing(date(9999, 2, 1)), "day must be from 0001-02-01 to 9999-01-31, got 9999-02-01"),
        (lambda: ProgramYear.containing(date(1, 2, 28)), "day must be from 0001-03-01 to 9999-02-28, got 0001-02-28"),
        (lambda: ProgramYear.containing(date(9999, 3, 1)), "day must be from 0001-03-01 to 9999-02-28, got 9999-03-01"),
        (
            lambda: tb.evaluate({FiscalQuarter(9999, 4): 1}, program=TRAILBLAZER, starting_tier="Base", start=date(9999, 1, 1)),
            "got 10000",
        ),
    ],
)
def test_the_calendar_has_ends(call: Callable[[], Any], message: str) -> None:
    """Beyond the calendar there is a clear error of our own, not an OverflowError from elsewhere."""
    error = raised_by(call)
    assert isinstance(error, tb.errors.RangeError)
    assert isinstance(error, ValueError)
    assert message in str(error)


def test_every_missing_quarter_is_named() -> None:
    """A gap and an earlier quarter of the first year are named at once, with both ways out."""
    error = raised_by(
        lambda: tb.evaluate({"FY24 Q2": 310, "FY24 Q4": 300, "FY25 Q3": 1}, program=TRAILBLAZER, starting_tier="Base")
    )
    assert isinstance(error, tb.errors.MissingScoreError)
    assert isinstance(error, ValueError)
    assert ["FY24 Q1", "FY24 Q3", "FY25 Q1", "FY25 Q2"] == list(map(str, error.quarters))
    assert (
        "no score is given for FY24 Q1, FY24 Q3, FY25 Q1, FY25 Q2: give None for a quarter that was not scored,"
        " or start= (a day after those quarters ended) if the partner was not scored before it" == str(error)
    )


def test_nothing_at_all_is_missing_too() -> None:
    """Without a quarter and without a start there is nothing to begin from."""
    error = raised_by(lambda: tb.evaluate({}, program=ISV, starting_tier="Base"))
    assert isinstance(error, tb.errors.MissingScoreError)
    assert () == error.quarters
    assert "no score is given for any quarter: give at least one, or start= (the first day of the timeline)" == str(error)


def test_a_region_that_lacks_a_quarter_is_refused() -> None:
    """The best of several regions is not told from fewer of them (R10)."""
    us, france = ScoreHistory({Q1: 310, Q2: 300}), ScoreHistory({Q2: 505, Q3: 1})
    error = raised_by(lambda: ScoreHistory.highest(us, france))
    assert isinstance(error, tb.errors.MissingScoreError)
    assert str(error).endswith(": give each region, and None for a quarter in which it was not scored")
    assert (Q1, Q3) == error.quarters
    assert () == raised_by(lambda: ScoreHistory.highest()).quarters  # type: ignore[attr-defined]  # the same class


def test_a_score_and_a_tier_have_no_order() -> None:
    """Regions with a score here and a tier there cannot be compared without an edition."""
    us, france = ScoreHistory({Q1: 310}), ScoreHistory({Q1: Tier.CREST})
    error = raised_by(lambda: ScoreHistory.highest(us, france))
    assert isinstance(error, tb.errors.WrongTypeError)
    assert (
        "scores of FY24 Q1 in several regions must be all ints or all tiers, got [310, Tier.CREST]:"
        " an int and a tier have no order" == str(error)
    )


def test_two_scores_for_one_quarter_are_refused() -> None:
    """Both scores are named, however the quarter is spelled; the same score twice is no conflict."""
    error = raised_by(lambda: ScoreHistory([("FY24 Q1", 310), (Q1, None)]))
    assert isinstance(error, tb.errors.ScoreError)
    assert isinstance(error, ValueError)
    assert (Q1, (310, None)) == (error.on, error.scores)
    assert "FY24 Q1 has two different scores, 310 and None: keep the right one" == str(error)
    assert {Q1: 310} == dict(ScoreHistory([("FY24 Q1", 310), (Q1, 310)]))


def test_two_readings_on_one_day_are_refused() -> None:
    """A scorecard has one score on a day."""
    day = date(2023, 4, 30)
    error = raised_by(lambda: ScoreHistory.from_snapshots([(day, 310), (day, 311)]))
    assert isinstance(error, tb.errors.ScoreError)
    assert (day, (310, 311)) == (error.on, error.scores)
    assert (311, 310) == raised_by(lambda: ScoreHistory.from_snapshots([(day, 311), (day, 310)])).scores  # type: ignore[attr-defined]  # the same class
    assert {Q1: 310} == dict(ScoreHistory.from_snapshots([(day, 310), (day, 310)]))


@pytest.mark.parametrize(
    ("call", "quarter", "message"),
    [
        (lambda: ISV.edition("FY23 Q1"), "FY23 Q1", "the rules of ISV for FY23 Q1 are not known: no source was found"),
        (lambda: ISV.cycle("FY23 Q4"), "FY23 Q4", "the rules of ISV for FY23 Q4 are not known: no source was found"),
        (lambda: ISV.tier_for(310, "FY23 Q2"), "FY23 Q2", "known are FY21 Q1 to FY22 Q4, FY24 Q1 to FY25 Q1"),
        (lambda: ISV.with_edition_of("FY23 Q2"), "FY23 Q2", "known are FY21 Q1 to FY22 Q4, FY24 Q1 to FY25 Q1"),
        (lambda: ISV.edition("FY20 Q4"), "FY20 Q4", "it is before the first edition known"),
        (lambda: CONSULTING.edition("FY18 Q4"), "FY18 Q4", "known are FY19 Q1 to FY26 Q3"),
        (lambda: tb.evaluate({"FY23 Q1": 310}, program=ISV, starting_tier="Base"), "FY23 Q1", "no source was found"),
        (lambda: tb.evaluate({"FY23 Q1": None}, program=ISV, starting_tier="Base"), "FY23 Q1", "no source was found"),
        (lambda: tb.evaluate({}, program=ISV, starting_tier="Base", start=date(2023, 2, 1)), "FY23 Q1", "no source was found"),
        (lambda: tb.evaluate({}, program=ISV, starting_tier="Base", start=date(2022, 6, 1)), "FY23 Q1", "no source was found"),
        (
            lambda: tb.evaluate({"FY20 Q4": 310, "FY21 Q1": 310}, program=ISV, starting_tier="Base", start=date(2020, 3, 1)),
            "FY20 Q4",
            "it is before the first edition known",
        ),
    ],
)
def test_a_quarter_without_known_rules_is_refused(call: Callable[[], Any], quarter: str, message: str) -> None:
    """What is known is said, and from when."""
    error = raised_by(call)
    assert isinstance(error, tb.errors.UnknownRuleError)
    assert isinstance(error, LookupError)
    assert not isinstance(error, tb.errors.ProgramEndedError)
    assert quarter == str(error.quarter)
    assert message in str(error)
    assert error.reason in str(error)
    assert error.known in str(error)


@pytest.mark.parametrize(
    ("call", "quarter"),
    [
        (lambda: ISV.edition("FY25 Q2"), "FY25 Q2"),
        (lambda: ISV.cycle("FY30 Q4"), "FY30 Q4"),
        (lambda: ISV.tier_for(310, "FY25 Q2"), "FY25 Q2"),
        (lambda: ISV.with_edition_of("FY25 Q2"), "FY25 Q2"),
        (lambda: tb.evaluate({"FY25 Q1": 310, "FY25 Q2": 300}, program=ISV, starting_tier="Base"), "FY25 Q2"),
        (lambda: tb.evaluate({}, program=ISV, starting_tier="Base", start=date(2024, 8, 1)), "FY25 Q2"),
        (lambda: tb.evaluate({}, program=ISV, starting_tier="Base", start=date(2025, 3, 1)), "FY26 Q1"),
    ],
)
def test_a_quarter_after_the_end_of_its_program_is_refused(call: Callable[[], Any], quarter: str) -> None:
    """The date, what came in its place, the source, and the way to model it all the same."""
    error = raised_by(call)
    assert isinstance(error, tb.errors.ProgramEndedError)
    assert isinstance(error, tb.errors.UnknownRuleError)
    assert "ISV" == error.program
    assert quarter == str(error.quarter)
    assert date(2024, 8, 1) == error.ended_on
    assert Citation(Certainty.PUBLISHED, (S15, S16)) == error.citation
    assert "FY25 Q1" == str(error.last)
    assert "it ended on 2024-08-01" == error.reason
    assert "FY21 Q1 to FY22 Q4, FY24 Q1 to FY25 Q1" == error.known
    assert (
        f"ISV does not evaluate {quarter}: it ended on 2024-08-01, replaced by {error.replaced_by} (published, S15, S16);"
        " leave out what comes after FY25 Q1, or model it without an end by ISV.with_edition_of('FY25 Q1')" == str(error)
    )
    assert Tier.RIDGE is eval("ISV.with_edition_of('FY25 Q1')").tier_for(310, "FY25 Q2")


def test_a_result_on_the_day_of_the_end_decides_nothing() -> None:
    """FY26 Q4 of consulting would act on 2026-03-01, and that is the first day without the program."""
    error = raised_by(lambda: CONSULTING.cycle("FY26 Q4"))
    assert isinstance(error, tb.errors.ProgramEndedError)
    assert ("FY26 Q3", (S3, S4)) == (str(error.last), error.citation.sources)
    assert "(inferred, S3, S4)" in str(error)
    assert date(2025, 12, 1) == CONSULTING.cycle("FY26 Q3").effective_on


def test_a_day_after_the_timeline_needs_a_score() -> None:
    """The day, the span, and the quarter whose score would be needed."""
    for ask in (TIMELINE.tier_on, TIMELINE.period_on, TIMELINE.explain):
        error = raised_by(lambda ask=ask: ask(date(2023, 12, 1)))  # type: ignore[misc]  # bound at once
        assert isinstance(error, tb.errors.OutsideTimelineError)
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
    """The quarter from which scores would be needed is named."""
    error = raised_by(lambda: tb.evaluate({"FY24 Q1": 310}, program=TRAILBLAZER, starting_tier="Base").tier_on(day))
    assert isinstance(error, tb.errors.OutsideTimelineError)
    assert quarter == str(error.quarter)
    assert f"give a start= by then, and the scores from {quarter} on" == error.reason


def test_a_day_before_all_rules_is_said_to_be_so() -> None:
    """No earlier start helps where the rules of the earlier quarters are not known."""
    error = raised_by(lambda: TIMELINE.tier_on(date(2023, 2, 28)))
    assert isinstance(error, tb.errors.OutsideTimelineError)
    assert None is error.quarter
    assert "the rules of ISV for FY23 Q1 are not known: no source was found" in error.reason


def test_many_missing_quarters_are_counted() -> None:
    """A mistyped year does not fill the screen: the message names twelve, the attribute all."""
    error = raised_by(lambda: tb.evaluate({"FY24 Q1": 310, "FY2204 Q2": 540}, program=TRAILBLAZER, starting_tier="Base"))
    assert isinstance(error, tb.errors.MissingScoreError)
    assert 4 * 180 == len(error.quarters)
    assert ", FY27 Q1 and 708 more: give None" in str(error)
    scores = {FiscalQuarter(2024, 1): 310}
    twelve = raised_by(
        lambda: tb.evaluate({**scores, FiscalQuarter(2024, 1) + 13: 0}, program=TRAILBLAZER, starting_tier="Base")
    )
    assert 12 == len(twelve.quarters)
    assert ", FY27 Q1: give None" in str(twelve)


def test_rules_that_are_not_known_are_said_before_scores_that_are_missing() -> None:
    """In February 2023 the quarters of FY23 are wanted, and no rules of the ISV program were found for them."""
    error = raised_by(lambda: tb.evaluate({}, program=ISV, starting_tier="Base", start=date(2023, 2, 10)))
    assert isinstance(error, tb.errors.UnknownRuleError)
    assert FiscalQuarter(2023, 1) == error.quarter


def test_a_day_after_the_end_of_the_program_needs_nothing() -> None:
    """Where the program has ended, or no rules are known, no score helps, and that is said."""
    ended = tb.evaluate({"FY25 Q1": 310}, program=ISV, starting_tier="Base")
    error = raised_by(lambda: ended.tier_on(date(2024, 8, 1)))
    assert isinstance(error, tb.errors.OutsideTimelineError)
    assert (date(2024, 8, 1), None) == (error.stop, error.quarter)
    assert "ISV does not evaluate FY25 Q2: it ended on 2024-08-01" in error.reason
    assert Tier.RIDGE is ended.tier_on(date(2024, 7, 31))
    unknown = tb.evaluate(dict.fromkeys(FiscalYear(2022).quarters, 310), program=ISV, starting_tier="Base")
    error = raised_by(lambda: unknown.tier_on(date(2022, 6, 1)))
    assert isinstance(error, tb.errors.OutsideTimelineError)
    assert None is error.quarter
    assert "the rules of ISV for FY23 Q1 are not known" in error.reason


def test_an_amount_that_cannot_be_keeps_its_facts() -> None:
    """What it was given as, the number, the bounds, and what to do."""
    error = raised_by(lambda: attrition_rate(100, reductions=[60, Decimal("40.5")]))
    assert isinstance(error, tb.errors.RangeError)
    assert isinstance(error, ValueError)
    what, advice = "the sum of the reductions", "leave out reductions of what was sold since"
    assert (what, Fraction(201, 2), "at most the beginning AOV, 100", advice) == (
        error.what,
        error.value,
        error.wanted,
        error.advice,
    )
    assert f"{what} must be at most the beginning AOV, 100, got 201/2: {advice}" == str(error)
    assert "a percent must be at most 100, got 101" == str(raised_by(lambda: RevenueBand(1, 101, MADE_UP)))


def test_activities_out_of_order_keep_their_days() -> None:
    """Of the one before, and of the one that is not after it."""
    early, late = date(2023, 4, 2), date(2023, 4, 3)
    error = raised_by(lambda: assessment_points([(late, 1), (early, 1)], FiscalYear(2024)))
    assert isinstance(error, tb.errors.RangeError)
    assert isinstance(error, ValueError)
    day = "the day after 2023-04-03 among the responses must be a later one, got"
    assert f"{day} 2023-04-02: sort them by day" == str(error)
    assert early == error.value
    same = raised_by(lambda: assessment_points([(late, 1), (late, 1)], FiscalYear(2024)))
    assert f"{day} 2023-04-03: keep the one that counts" == str(same)


def test_a_number_between_bands_keeps_its_facts() -> None:
    """The bands, the number with what it is, and what is known."""
    error = raised_by(lambda: attrition_bands("FY22 Q1").points(Decimal("0.07"), current=2_000_000))
    assert isinstance(error, tb.errors.UnknownRuleError)
    assert isinstance(error, LookupError)
    assert ("ISV FY22", "a current AOV of 2000000", ("to 500000", "to 1000000")) == (error.bands, error.value, error.known)
    advice = "state bands of your own if you know more"
    assert (
        f"the bands ISV FY22 do not say what a current AOV of 2000000 is worth: known are to 500000, to 1000000; {advice}"
        == str(error)
    )


def test_every_error_is_a_built_in_too() -> None:
    """One base, and a built-in beside it, so that callers need not know the library to catch an error."""
    for name in tb.errors.__all__:
        kind = getattr(tb.errors, name)
        assert not hasattr(tb, name)
        assert issubclass(kind, tb.errors.TbtierError)
        assert kind is tb.errors.TbtierError or issubclass(kind, (ValueError, LookupError, TypeError))


class Unprintable:
    """A value whose representation fails."""

    def __repr__(self) -> str:
        raise RuntimeError("no representation")


def nested(depth: int) -> list[object]:
    """Return a list in a list, and so on."""
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value", [10**5000, nested(100_000), "x" * 10**6, Unprintable()], ids=["int", "nested", "text", "none"]
)
def test_a_message_is_short_whatever_the_value(value: object) -> None:
    """A number of thousands of digits, deep nesting, long text and a value without a representation are shown shortly."""
    for call in (
        lambda: tb.evaluate({Q1: value}, program=ISV, starting_tier="Base"),
        lambda: ISV.tier_for(value, Q1),
        lambda: FiscalQuarter(value, 1),
        lambda: FiscalQuarter.parse(value),
        lambda: FiscalQuarter.containing(value),
        lambda: tb.evaluate({}, program=ISV, starting_tier=value, start=date(2023, 3, 1)),
    ):
        with pytest.raises(tb.errors.TbtierError) as refused:
            call()
        assert len(str(refused.value)) < 600
        assert len(repr(refused.value)) < 1000


def test_a_copied_error_keeps_what_was_added() -> None:
    """Notes, attributes and a subclass survive a pickle, a copy and a deep copy; the representation evaluates."""
    error = raised_by(lambda: ISV.edition("FY25 Q2"))
    error.add_note("row 7")
    error.row = 7
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert (type(error), str(error), ["row 7"], 7) == (type(again), str(again), again.__notes__, again.row)
        assert (error.quarter, error.ended_on, error.citation, error.last) == (
            again.quarter,
            again.ended_on,
            again.citation,
            again.last,
        )
