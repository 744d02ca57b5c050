"""What was scored: how a history is made, read and changed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import attrs
import numpy
import pandas
import pytest

from tbtier import FiscalQuarter, FiscalYear, ScoreHistory, Tier, errors
from tbtier.errors import MissingScoreError, ParseError, ScoreError, WrongTypeError

Q1, Q2, Q3, Q4 = (FiscalQuarter(2024, number) for number in (1, 2, 3, 4))


@pytest.mark.parametrize(
    "given",
    [
        {"FY24 Q1": 310, "FY24 Q2": None},
        {Q1: 310, Q2: None},
        {"FY2024-Q1": 310, Q2: None},
        [("FY24 Q1", 310), (Q2, None)],
        [[Q2, None], [Q1, 310]],
        iter([(Q2, None), (Q1, 310), (Q1, 310)]),
        pandas.Series([310, None], index=["FY24 Q1", "FY24 Q2"], dtype=object),
        ScoreHistory({Q1: 310, Q2: None}),
    ],
)
def test_a_history_is_made_from_mappings_and_pairs(given: object) -> None:
    """A quarter may be its text, the order is free, and a repeated entry is no conflict."""
    history = ScoreHistory(given)  # type: ignore[arg-type]  # all that is accepted
    assert (Q1, Q2) == history.quarters
    assert (310, None) == history.scores


def test_a_history_is_a_mapping_from_quarters() -> None:
    """It is read as a mapping is, also by the text of a quarter."""
    history = ScoreHistory({Q1: 310, Q2: Tier.CREST})
    assert 310 == history["FY24 Q1"] == history[Q1]
    assert Tier.CREST is history.get("FY24 Q2")  # type: ignore[arg-type]  # text works too
    assert None is history.get(Q3)
    assert Q1 in history
    assert Q3 not in history
    assert [Q1, Q2] == list(history)
    assert 2 == len(history)
    assert {Q1: 310, Q2: Tier.CREST} == dict(history)
    with pytest.raises(KeyError, match="number=3"):
        history[Q3]


def test_a_history_is_shown_as_it_is_made() -> None:
    """Its repr is what a person would write."""
    history = ScoreHistory({"Q2 FY24": Tier.CREST, "fy24 q1": 310, "FY2024Q4": None})
    assert "ScoreHistory({'FY24 Q1': 310, 'FY24 Q2': Tier.CREST, 'FY24 Q4': None})" == repr(history)
    assert "ScoreHistory({})" == repr(ScoreHistory())


def test_a_zero_is_a_score() -> None:
    """0 is scored and earns the lowest tier; None is not scored."""
    assert ScoreHistory({Q1: 0}) != ScoreHistory({Q1: None})
    assert (0,) == ScoreHistory({Q1: 0}).scores


def test_a_score_is_put_in_its_place() -> None:
    """`with_score` adds or replaces, and leaves the history it was asked of as it was."""
    history = ScoreHistory({Q1: 310, Q3: 1})
    assert ScoreHistory({Q1: 310, Q2: 540, Q3: 1}) == history.with_score("FY24 Q2", 540)
    assert ScoreHistory({Q1: None, Q3: 1}) == history.with_score(Q1, None)
    assert ScoreHistory({Q1: 310, Q3: 1}) == history


def test_snapshots_stand_at_the_end_of_their_quarter() -> None:
    """R3: the last reading in a quarter is its score, whatever stood before it."""
    readings = [
        (date(2023, 11, 2), 700),
        (date(2023, 4, 30), 310),
        (date(2023, 5, 1), 330),
        (date(2023, 2, 1), 900),
        (date(2023, 7, 24), 540),
        (date(2023, 8, 1), 0),
    ]
    assert ScoreHistory({Q1: 310, Q2: 540, Q3: 0}) == ScoreHistory.from_snapshots(readings)


def test_the_last_quarter_must_have_closed() -> None:
    """A reading in mid-quarter is no score until a later one shows that the quarter is over, or it is of the last day."""
    assert ScoreHistory() == ScoreHistory.from_snapshots([(date(2023, 4, 29), 310)])
    assert ScoreHistory({Q1: 310}) == ScoreHistory.from_snapshots([(date(2023, 4, 30), 310)])
    assert ScoreHistory({Q1: 310}) == ScoreHistory.from_snapshots([(date(2023, 4, 29), 310), (date(2023, 5, 1), 1)])
    assert ScoreHistory() == ScoreHistory.from_snapshots([])


def test_a_quarter_without_a_reading_is_left_out() -> None:
    """No reading is carried over into a quarter that was never read."""
    readings = [(date(2023, 4, 30), 310), (date(2023, 8, 1), 400), (date(2023, 10, 31), 410)]
    assert ScoreHistory({Q1: 310, Q3: 410}) == ScoreHistory.from_snapshots(readings)


def test_the_best_region_counts() -> None:
    """R10: quarter by quarter, the best of several regions; an unscored one loses to any other."""
    us = ScoreHistory({Q1: 310, Q2: None, Q3: None, Q4: Tier.CREST})
    france = ScoreHistory({Q1: 250, Q2: 0, Q3: None, Q4: Tier.SUMMIT})
    assert ScoreHistory({Q1: 310, Q2: 0, Q3: None, Q4: Tier.SUMMIT}) == ScoreHistory.highest(us, france)
    assert us == ScoreHistory.highest(us)


def test_a_history_answers_like_any_mapping() -> None:
    """What is not a quarter is not in the history, and has the default."""
    history = ScoreHistory({"FY24 Q1": 310, "FY24 Q4": None, "FY25 Q2": 100})
    assert [310, None, 100] == [history.get(quarter, 0) for quarter in ("q1 fy24", "FY24 Q4", "FY25 Q2")]
    for absent in ("FY24 Q2", "FY23 Q4", "FY25 Q3", "nonsense", "2024Q1", None, 7, date(2023, 4, 30)):
        assert absent not in history
        assert 0 == history.get(absent, 0)
    assert "FY24 Q4" in history
    with pytest.raises(KeyError):
        history["FY24 Q2"]
    with pytest.raises(ParseError):
        history["nonsense"]


def test_regions_are_given_as_to_evaluate() -> None:
    """A history, a mapping and pairs make one history of the best."""
    regions = ScoreHistory({Q1: 310}), {"FY24 Q1": 505}, [("FY24 Q1", None)]
    assert ScoreHistory({Q1: 505}) == ScoreHistory.highest(*regions)


def test_snapshots_are_given_as_a_mapping_too() -> None:
    """A mapping from days has one score a day."""
    days = {date(2023, 4, 29): 300, date(2023, 4, 30): 310}
    assert ScoreHistory({Q1: 310}) == ScoreHistory.from_snapshots(days) == ScoreHistory.from_snapshots(pandas.Series(days))


def test_a_number_of_any_length_is_a_score_but_not_of_thousands_of_digits() -> None:
    """The maximum belongs to an edition; Python writes no more than 4,300 digits, so a history would have no plain data."""
    history = ScoreHistory({Q1: 10**29, Q2: 310})
    assert {"FY24 Q1": 10**29, "FY24 Q2": 310} == history.to_dict()["scores"]
    for score in (10**30, 10**5000):
        with pytest.raises(ScoreError, match="from 0 up, below 1E"):
            ScoreHistory({Q1: score})


class Broken:
    """A mapping by its looks alone."""

    items = 3


SNAPSHOTS = [None, 7, ScoreHistory, "2023-04-30", [None], [7], [(None, 310)], [(7, 310)], pandas.Series([310]), Broken()]


@pytest.mark.parametrize("snapshots", SNAPSHOTS)
def test_snapshots_are_pairs(snapshots: object) -> None:
    """Anything else is refused by an error of the library."""
    with pytest.raises(WrongTypeError):
        ScoreHistory.from_snapshots(snapshots)  # type: ignore[arg-type]  # it is refused


@pytest.mark.parametrize("scores", [None, 7, ScoreHistory, dict, Tier, "FY24 Q1", b"FY24 Q1", numpy.array(7), Broken()])
def test_scores_are_a_mapping_or_pairs(scores: object) -> None:
    """Anything else is refused by an error of the library."""
    with pytest.raises(WrongTypeError, match="scores must be a mapping from quarters to scores, or pairs of them, got"):
        ScoreHistory(scores)  # type: ignore[arg-type]  # it is refused


def test_a_history_is_made_from_scores_and_their_quarters() -> None:
    """So `attrs.evolve` replaces either, and returns an equal history if nothing changes."""
    history = ScoreHistory([310, None], quarters=["FY24 Q1", FiscalQuarter(2024, 2)])
    assert ScoreHistory({"FY24 Q1": 310, "FY24 Q2": None}) == history == attrs.evolve(history)
    assert ScoreHistory({"FY24 Q1": 505, "FY24 Q2": 0}) == attrs.evolve(history, scores=(505, 0))
    assert ScoreHistory({"FY25 Q1": 310, "FY25 Q2": None}) == attrs.evolve(history, quarters=FiscalYear(2025).quarters[:2])
    table = pandas.DataFrame({"quarter": ["FY24 Q1", "FY24 Q2"], "score": [310, 540]})
    assert ScoreHistory({"FY24 Q1": 310, "FY24 Q2": 540}) == ScoreHistory(table["score"], quarters=table["quarter"])


@pytest.mark.parametrize(
    ("scores", "quarters", "error", "message"),
    [
        ([310], ["FY24 Q1", "FY24 Q2"], errors.RangeError, "the number of scores must be 2, one for each quarter, got 1"),
        ([310], 4, errors.WrongTypeError, "quarters must be an iterable of quarters, got 4"),
        (310, ["FY24 Q1"], errors.WrongTypeError, "scores must be an iterable of scores, one for each quarter, got 310"),
        ([310, 505], ["FY24 Q1", "FY24 Q1"], errors.ScoreError, "the score of FY24 Q1"),
        ({"FY24 Q1": 310}, ["FY24 Q1"], errors.WrongTypeError, "scores must be an iterable of scores, one for each quarter"),
        ({310, 505}, ["FY24 Q1", "FY24 Q2"], errors.WrongTypeError, "scores must be an iterable of scores"),
        ([310], "FY24 Q1", errors.WrongTypeError, "quarters must be an iterable of quarters, got 'FY24 Q1'"),
    ],
)
def test_scores_that_do_not_fit_their_quarters_are_refused(
    scores: Any, quarters: Any, error: type[Exception], message: str
) -> None:
    """A score without a quarter is never left out."""
    with pytest.raises(error, match=re.escape(message)):
        ScoreHistory(scores, quarters=quarters)


@pytest.mark.parametrize("listed", ["7", b"7", Tier, {1: 310}, {310}])
def test_scores_and_their_quarters_have_an_order(listed: Any) -> None:
    """Text, a class, a mapping and a set are no lists of scores or quarters, even though Python iterates over them."""
    quarters = [Q1 + place for place in range(len(listed))]
    with pytest.raises(WrongTypeError, match="scores must be an iterable of scores, one for each quarter, got "):
        ScoreHistory(listed, quarters=quarters)
    with pytest.raises(WrongTypeError, match="quarters must be an iterable of quarters, got "):
        ScoreHistory([310] * len(listed), quarters=listed)


def test_a_quarter_is_not_a_score() -> None:
    """A pair in the wrong order is refused with the library's own error, whatever names the quarter."""
    for pair in (("FY24 Q1", Q2), (Q1, Q2)):
        with pytest.raises(WrongTypeError, match=re.escape("the score of FY24 Q1 must be a whole number from 0 up")):
            ScoreHistory([pair])  # type: ignore[list-item]  # it is refused


def test_every_reading_is_checked() -> None:
    """A reading that a later one replaces must be a score too."""
    with pytest.raises(ScoreError, match="the score of FY24 Q1 must be a whole number from 0 up, got -1"):
        ScoreHistory.from_snapshots([(date(2023, 4, 24), -1), (date(2023, 4, 30), 310)])


class Named(date):
    """A day with a text of its own."""

    def __str__(self) -> str:
        return "the last day"


def test_a_reading_has_a_plain_day() -> None:
    """A day of a subclass is read by its date."""
    day = Named(2023, 4, 30)
    with pytest.raises(ScoreError, match="the score on 2023-04-30 must be one value, got 310 and 311"):
        ScoreHistory.from_snapshots([(day, 310), (day, 311)])


def test_missing_quarters_are_named_in_order() -> None:
    """The order is that of time, not that of a set."""
    quarters = tuple(FiscalQuarter(2023, 1) + place for place in range(9))
    with pytest.raises(MissingScoreError) as missing:
        ScoreHistory.highest({}, dict.fromkeys(quarters, 1))
    assert quarters == missing.value.quarters


def test_a_quarter_is_found_in_any_history() -> None:
    """A gap before a quarter is no obstacle, whatever the years and the numbers of the quarters."""
    first, later = FiscalQuarter(500, 1), FiscalQuarter(2024, 1)
    history = ScoreHistory(dict.fromkeys([*(first + place for place in range(24)), *(later + place for place in range(4))], 1))
    assert [first, first + 23, later, later + 3] == [history.quarters[place] for place in (0, 23, 24, 27)]
    absent = [first - 1, first + 24, first + 27, first + 28, later - 1, later + 4]
    assert not [quarter for quarter in absent if quarter in history]
    assert all(quarter in history for quarter in history.quarters)
