"""Values that are refused: days, scores, text, and the ends of the calendar."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy
import pandas
import pytest
from made_up import APPS, GUILD, MODEL
from refusals import NOON, Q1, Q2, Q3, TIMELINE, raised_by

import tbtier as tb
from tbtier import FiscalQuarter, FiscalYear, ProgramYear, ScoreHistory, Tier, errors


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
        lambda: TIMELINE.explain(NOON),
        lambda: ScoreHistory.from_snapshots([(NOON, 310)]),
        lambda: FiscalQuarter.containing(pandas.Timestamp("2023-04-30 12:00", tz="UTC")),
    ],
)
def test_a_datetime_is_no_date(call: Callable[[], Any]) -> None:
    """A datetime is refused wherever a day is meant, since its day depends on a time zone."""
    error = raised_by(call)
    assert isinstance(error, errors.WrongTypeError)
    assert isinstance(error, TypeError)
    assert "day" == error.what
    assert "a date" == error.wanted
    assert str(error).startswith("day must be a date, got ")
    assert str(error).endswith(": take .date() in the time zone that is meant")


def test_a_datetime_is_no_start() -> None:
    """The first day of a timeline is a day too."""
    error = raised_by(lambda: tb.evaluate({Q1: 310}, program=APPS, starting_tier="Base", start=NOON))
    assert "start must be a date, got datetime.datetime(2023, 4, 30, 12, 0, tzinfo=datetime.timezone.utc)" in str(error)


class Whenever:
    """A date as the library whenever has it."""

    def py_date(self) -> date:
        """Return the date of Python."""
        return date(2023, 4, 30)


class Arrow:
    """A moment as the library arrow has it: not a datetime, with a date."""

    def date(self) -> date:
        """Return the date of Python."""
        return date(2023, 4, 30)


NO_DAY = "there is no day; leave it out"


@pytest.mark.parametrize(
    ("day", "advice"),
    [
        ("2023-04-30", "date.fromisoformat reads one from text"),
        (Q1, "take .start or .last_day"),
        (numpy.datetime64("2023-04-30"), "take .astype('datetime64[D]').item()"),
        (Whenever(), "take .py_date()"),
        (Arrow(), "take .date() in the time zone that is meant"),
        (20230430, "convert it to a datetime.date"),
        (numpy.array([1, 2]), "convert it to a datetime.date"),
        (None, NO_DAY),
        (math.nan, NO_DAY),
        (pandas.NaT, NO_DAY),
        (pandas.NA, NO_DAY),
        (numpy.datetime64("NaT", "D"), NO_DAY),
    ],
)
def test_only_a_date_is_a_day(day: Any, advice: str) -> None:
    """The message says how to convert the value to a date, or that there is no day."""
    with pytest.raises(errors.WrongTypeError) as refused:
        TIMELINE.tier_on(day)
    assert f"day must be a date, got {refused.value._got()}: {advice}" == str(refused.value)


def test_the_ways_to_a_date_lead_there() -> None:
    """What a message advises for a day of another library is a date."""
    assert date(2023, 4, 30) == numpy.datetime64("2023-04-30T12:00").astype("datetime64[D]").item()
    assert date(2023, 4, 30) == pandas.Timestamp("2023-04-30").date()


@pytest.mark.parametrize(
    "score",
    [
        *(True, False, numpy.bool_(True), "310", "", b"310", Decimal(310), Fraction(310), [310]),
        *(249.5, 250.0, math.nan, math.inf, numpy.float64(310), pandas.NA, pandas.NaT),
    ],
)
def test_only_an_int_is_a_score(score: Any) -> None:
    """A bool, a float, NaN, text and exact numbers of another type are refused as a wrong type and as a wrong value."""
    text = isinstance(score, (str, bytes))
    advice = (
        "int(...) reads a number, and tbtier.reading.read_scores an export"
        if text
        else "give an int, or None where there is no score"
    )
    for call in (lambda: ScoreHistory({Q1: score}), lambda: APPS.tier_for(score, Q1)):
        error = raised_by(call)
        assert isinstance(error, errors.ScoreTypeError)
        assert isinstance(error, errors.WrongTypeError)
        assert str(error).startswith("the score of FY24 Q1 must be a whole number from 0 ")
        assert str(error).endswith(f"got {score!r}: {advice}")
        assert (Q1, "the score of FY24 Q1", advice) == (error.quarter, error.what, error.advice)
        assert score is error.value


@pytest.mark.parametrize("score", [-1, 1001, 10**9, numpy.int64(1001)])
def test_a_score_lies_within_its_bounds(score: int) -> None:
    """A score is from 0 to the maximum of its edition, both included."""
    error = raised_by(lambda: APPS.tier_for(score, "FY24 Q1"))
    assert errors.ScoreError is type(error)
    assert (Q1, score, 1000) == (error.quarter, error.value, error.maximum)
    advice = "correct it, or give None where there is no score"
    assert f"the score of FY24 Q1 must be a whole number from 0 to 1000, got {score}: {advice}" == str(error)


def test_a_score_above_the_maximum_is_refused_with_its_quarter() -> None:
    """Evaluation names the quarter, the value and the bounds, wherever the quarter stands."""
    error = raised_by(lambda: tb.evaluate({Q1: 310, Q2: None, Q3: 1001}, program=APPS, starting_tier="Base"))
    assert "the score of FY24 Q3 must be a whole number from 0 to 1000, got 1001" in str(error)


def test_a_history_refuses_a_negative_score() -> None:
    """A history refuses a score below 0 before any edition is known."""
    error = raised_by(lambda: ScoreHistory({Q1: -1}))
    assert isinstance(error, errors.ScoreError)
    assert None is error.maximum
    assert "the score of FY24 Q1 must be a whole number from 0 up, got -1" in str(error)


def test_an_edition_asked_directly_names_no_quarter() -> None:
    """An edition has no quarter to name."""
    error = raised_by(lambda: APPS.edition("FY24 Q1").threshold(1001))
    assert "the score must be a whole number from 0 to 1000, got 1001" in str(error)
    error = raised_by(lambda: APPS.edition("FY24 Q1").threshold("310"))  # type: ignore[arg-type]  # what is tested
    assert str(error).startswith(
        "the score must be a whole number from 0 to 1000, got '310': int(...) reads a number, and tbtier.reading.read_scores"
    )


def test_a_tier_that_no_score_earns_is_refused() -> None:
    """Provisional is held and never earned, so it cannot stand in place of a score."""
    error = raised_by(lambda: tb.evaluate({Q1: Tier.PROVISIONAL}, program=GUILD, starting_tier="Provisional"))
    assert isinstance(error, errors.ScoreError)
    assert (Q1, 1000, Tier.PROVISIONAL) == (error.quarter, error.maximum, error.value)
    assert (
        "the tier earned in place of a score of FY24 Q1 must be one of Base, Ridge, Crest, Summit, got Provisional:"
        " no score earns another tier" == str(error)
    )
    error = raised_by(lambda: GUILD.edition("FY24 Q1").threshold(Tier.PROVISIONAL))
    assert str(error).startswith("the tier earned in place of a score must be one of Base, Ridge, Crest, Summit, got Prov")


@pytest.mark.parametrize("score", [numpy.int64(540), numpy.uint16(540), pandas.Series([540], dtype="Int64")[0]])
def test_integers_of_numpy_and_pandas_are_scores(score: Any) -> None:
    """Integers of numpy and pandas are ints, and are kept as such."""
    history = ScoreHistory({Q1: score})
    assert (int,) == tuple(map(type, history.scores))
    assert Tier.CREST is APPS.tier_for(score, Q1)


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
    for call in (lambda: FiscalQuarter.parse(text), lambda: ScoreHistory({text: 310}), lambda: APPS.edition(text)):
        error = raised_by(call)
        assert isinstance(error, errors.ParseError)
        assert isinstance(error, ValueError)
        assert text == error.text
        assert f"{text!r} is not a fiscal quarter: write it as FY24 Q1 or FY2024 Q1" == str(error)


@pytest.mark.parametrize("text", ["2024Q1", "24Q1", "2024 Q1", "2024-Q1", "Q1 2024", "q1_24", " 2024q1 "])
def test_a_bare_year_raises_a_question(text: str) -> None:
    """A pandas period by calendar quarter looks the same, and means another quarter."""
    error = raised_by(lambda: FiscalQuarter.parse(text))
    assert isinstance(error, errors.ParseError)
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
    """A fiscal year does not read the text of a program year, and the reverse."""
    error = raised_by(lambda: kind.parse(text))
    assert isinstance(error, errors.ParseError)
    assert (name, text, good) == (error.what, error.text, error.spellings)


@pytest.mark.parametrize("text", ["Gold", "crest", "", 3, None])
def test_tier_text_is_the_name_in_use(text: Any) -> None:
    """`Tier` reads the names in use since FY22: the tier of a label depends on the edition."""
    error = raised_by(lambda: Tier(text))
    assert isinstance(error, errors.ParseError)
    assert f"{text!r} is not a tier: write it as Provisional or Base or Ridge or Crest or Summit" == str(error)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: FiscalQuarter.parse(2024), "fiscal quarter must be text, got 2024"),
        (lambda: FiscalQuarter.parse(None), "fiscal quarter must be text, got None"),
        (lambda: ScoreHistory({date(2023, 4, 30): 310}), "FiscalQuarter.containing takes a date"),
        (lambda: APPS.edition(pandas.Period("2023Q1")), "FiscalQuarter.from_period takes a pandas Period"),
        (lambda: APPS.edition(None), "fiscal quarter must be a FiscalQuarter or its text, got None"),
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
            lambda: tb.evaluate({Q1: 310}, program="APPS", starting_tier="Base"),
            "program must be a Program, got 'APPS': tbtier.programs has some",
        ),
        (lambda: ScoreHistory(5), "scores must be a mapping from quarters to scores, or pairs of them, got 5"),
        (
            lambda: tb.evaluate(None, program=APPS, starting_tier="Base"),
            "scores must be a mapping from quarters to scores, or pairs of them",
        ),
        (lambda: ScoreHistory.from_snapshots([5]), "a snapshot must be a pair of a day and the score read on it, got 5"),
        (lambda: ScoreHistory.from_snapshots([(1, 2, 3)]), "a snapshot must be a pair of a day and the score read on it"),
        (
            lambda: ScoreHistory.from_snapshots(7),
            "snapshots must be a mapping from days to the scores read on them, or pairs of them, got 7",
        ),
        (
            lambda: tb.Timeline(APPS, {}, Tier.BASE, date(2024, 3, 1)),
            "history must be a ScoreHistory, got {}: evaluate makes one",
        ),
        (lambda: tb.Timeline(None, ScoreHistory(), Tier.BASE, date(2024, 3, 1)), "program must be a Program, got None"),
        (
            lambda: tb.Timeline(APPS, ScoreHistory(), "Ridge", date(2024, 3, 1)),
            "starting_tier must be a Tier, got 'Ridge': Tier.parse('Crest') reads one from its name",
        ),
        (
            lambda: tb.evaluate({Q1: 310}, program=APPS, starting_tier=3),
            "starting_tier must be a Tier or its name, got 3",
        ),
    ],
)
def test_a_value_of_another_kind_is_refused(call: Callable[[], Any], message: str) -> None:
    """The message names the argument, the wanted type and the value."""
    error = raised_by(call)
    assert isinstance(error, errors.WrongTypeError)
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
        (lambda: FiscalYear.containing(date(9999, 3, 1)), "day must be from 0001-02-01 to 9999-01-31, got 9999-03-01"),
        (lambda: FiscalYear.containing(date(9999, 2, 1)), "day must be from 0001-02-01 to 9999-01-31, got 9999-02-01"),
        (lambda: ProgramYear.containing(date(1, 2, 28)), "day must be from 0001-03-01 to 9999-02-28, got 0001-02-28"),
        (lambda: ProgramYear.containing(date(9999, 3, 1)), "day must be from 0001-03-01 to 9999-02-28, got 9999-03-01"),
        (
            lambda: tb.evaluate({FiscalQuarter(9999, 4): 1}, program=MODEL, starting_tier="Base", start=date(9999, 1, 1)),
            "got 10000",
        ),
    ],
)
def test_the_calendar_has_ends(call: Callable[[], Any], message: str) -> None:
    """Beyond the calendar there is a clear error of our own, not an OverflowError from elsewhere."""
    error = raised_by(call)
    assert isinstance(error, errors.RangeError)
    assert isinstance(error, ValueError)
    assert message in str(error)


def test_a_score_and_a_tier_have_no_order() -> None:
    """Regions with a score here and a tier there cannot be compared without an edition."""
    us, france = ScoreHistory({Q1: 310}), ScoreHistory({Q1: Tier.CREST})
    error = raised_by(lambda: ScoreHistory.highest(us, france))
    assert isinstance(error, errors.WrongTypeError)
    assert (
        "scores of FY24 Q1 in several regions must be all ints or all tiers, got [310, Tier.CREST]:"
        " an int and a tier have no order" == str(error)
    )


def test_two_scores_for_one_quarter_are_refused() -> None:
    """Both scores are named, however the quarter is spelled; the same score twice is no conflict."""
    error = raised_by(lambda: ScoreHistory([("FY24 Q1", 310), (Q1, None)]))
    assert isinstance(error, errors.ScoreError)
    assert isinstance(error, ValueError)
    assert (Q1, (310, None)) == (error.quarter, error.value)
    assert "the score of FY24 Q1 must be one value, got 310 and None: keep the right one" == str(error)
    assert {Q1: 310} == dict(ScoreHistory([("FY24 Q1", 310), (Q1, 310)]))


def test_two_readings_on_one_day_are_refused() -> None:
    """A scorecard has one score on a day."""
    day = date(2023, 4, 30)
    error = raised_by(lambda: ScoreHistory.from_snapshots([(day, 310), (day, 311)]))
    assert isinstance(error, errors.ScoreError)
    assert (Q1, (310, 311)) == (error.quarter, error.value)
    assert "the score on 2023-04-30 must be one value, got 310 and 311: keep the right one" == str(error)
    assert (311, 310) == raised_by(lambda: ScoreHistory.from_snapshots([(day, 311), (day, 310)])).value  # type: ignore[attr-defined]  # the same class
    assert {Q1: 310} == dict(ScoreHistory.from_snapshots([(day, 310), (day, 310)]))
