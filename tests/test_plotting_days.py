"""A picture shows the quarters, effective dates, years and editions from its first to its last day, and no others."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest
from made_up import APPS, MODEL, PUBLISHED
from matplotlib.axes import Axes
from pictures import JUNE, NEXT_MARCH, SEPTEMBER, at, day, labels, line, markers, rectangles, wide

import tbtier as tb
from tbtier.plotting import plot_timeline, timelines
from tbtier.rules.rulebook import RULE


def started(start: date | None, scores: Any, program: Any = APPS, width: float = 12) -> Axes:
    """Return the picture of a timeline that starts on a day."""
    return plot_timeline(tb.evaluate(scores, program=program, starting_tier="Base", start=start), ax=wide(width))


@pytest.mark.parametrize(
    ("start", "left"),
    [
        (date(2023, 4, 10), date(2023, 2, 1)),
        (date(2023, 4, 1), date(2023, 2, 1)),
        (date(2023, 3, 31), date(2023, 3, 31)),
        (date(2023, 3, 20), date(2023, 3, 20)),
    ],
)
def test_a_score_has_room_on_the_left(start: date, left: date) -> None:
    """If the first quarter closes less than 30 days after the start, the picture begins with that quarter."""
    axes = started(start, {"FY24 Q1": 310})
    assert left == day(axes.get_xlim()[0])


@pytest.mark.parametrize(
    ("start", "crosses"),
    [
        (date(2023, 8, 15), [date(2023, 7, 31)]),
        (date(2023, 8, 31), [date(2023, 7, 31)]),
        (SEPTEMBER, []),
        (date(2023, 9, 5), []),
    ],
)
def test_a_quarter_without_a_score_is_shown_if_it_takes_effect_after_the_start(start: date, crosses: list[date]) -> None:
    """Q2 takes effect on September 1 and is a cross in the picture of a timeline that starts before; Q1 is in no picture."""
    axes = started(start, {"FY24 Q3": 310})
    assert crosses == [on for on, _ in markers(axes, "x")]
    assert bool(crosses) is ("not scored*" in [label for _, label in labels(axes.yaxis)])


@pytest.mark.parametrize(
    ("published", "scores", "star"),
    [
        ({"D1"}, {"FY24 Q2": None}, ""),
        ({"D5"}, {"FY24 Q2": None}, "*"),
        ({"D1"}, {"FY24 Q3": None}, "*"),
        ({"D1", "D5"}, {"FY24 Q2": None, "FY24 Q3": 540}, ""),
    ],
    ids=["given as None", "D1 is inferred", "also a missing quarter", "a score has a star"],
)
def test_the_star_of_not_scored_is_that_of_a_rule(
    published: set[str], scores: Any, star: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row has a star if a quarter in it rests on an inferred rule: D1 if it was given as `None`, D5 if it is missing."""
    rules = {**RULE, **{rule: attrs.evolve(RULE[rule], citation=PUBLISHED) for rule in published}}
    monkeypatch.setattr(timelines, "RULE", rules)
    axes = started(date(2023, 8, 15) if "FY24 Q2" not in scores else date(2023, 6, 20), scores)
    assert f"not scored{star}" in [label for _, label in labels(axes.yaxis)]


@pytest.mark.parametrize(("start", "is_named"), [(date(2023, 3, 17), True), (date(2023, 3, 18), False)])
def test_the_start_is_named_if_there_is_room(start: date, is_named: bool) -> None:
    """The start has a label if more than 75 days pass until the first effective date, which is June 1."""
    names = [label for _, label in labels(started(start, {"FY24 Q1": 310}).xaxis)]
    assert is_named is (f"start\n{start}" in names)


@pytest.mark.parametrize("start", [date(2023, 6, 5), JUNE])
def test_the_start_leaves_room_for_an_earlier_effective_date(start: date) -> None:
    """A start that is on an effective date or a few days after has no label, since the quarter has one there."""
    axes = started(start, {"FY24 Q1": 310, "FY24 Q2": 320})
    expected = ["FY24 Q1\n2023-06-01", "FY24 Q2\n2023-09-01", "FY24 Q3\n2023-12-01"]
    assert expected == [label for _, label in labels(axes.xaxis)]


def test_the_start_is_named_if_no_quarter_takes_effect() -> None:
    """A timeline that starts after the last effective date of its program has the start as its only label."""
    start = date(2024, 6, 15)
    assert [f"start\n{start}"] == [label for _, label in labels(started(start, {}).xaxis)]


def test_each_march_1_in_the_picture_has_a_line() -> None:
    """A picture from September to March 1 has a line on its last day, and none before its first day."""
    axes = started(date(2023, 9, 5), {"FY24 Q3": 310})
    assert (date(2023, 9, 5), NEXT_MARCH) == tuple(map(day, axes.get_xlim()))
    assert [NEXT_MARCH] * 2 == [on for on, _ in line(axes, "March 1 (a tier can fall)")]


@pytest.mark.parametrize(("scored", "stop", "new"), [(2, date(2020, 12, 1), []), (3, date(2021, 3, 1), [date(2021, 2, 1)] * 2)])
def test_new_thresholds_are_shown_from_their_first_day(scored: int, stop: date, new: list[date]) -> None:
    """FY22 has other numbers from February 1, 2021 on: a picture until December has no line, and one until March has it."""
    axes = started(None, dict.fromkeys(tb.FiscalYear(2021).quarters[:scored], 430))
    assert stop == day(axes.get_xlim()[1])
    assert new == [on for on, _ in line(axes, "new thresholds")]
    assert new[:1] == at(axes, "210")


@pytest.mark.parametrize(("width", "years"), [(2.1, [2023, 2026, 2029, 2032]), (4.1, [2023, 2025, 2027, 2029, 2031, 2033])])
def test_labels_of_years_stand_half_an_inch_apart(width: float, years: list[int]) -> None:
    """Ten years on 2.1 inches have 0.2 inches each, so every third has a label; on 4.1 inches, every second."""
    axes = started(None, dict.fromkeys([tb.FiscalQuarter(2024, 1) + place for place in range(40)], 100), MODEL, width)
    assert [f"Mar 1\n{year}" for year in years] == [label for _, label in labels(axes.xaxis)]


def test_the_last_effective_date_of_the_calendar_has_its_review_month() -> None:
    """A picture until the end of the calendar shows every quarter that takes effect in it, FY9999 Q4 too, and none after."""
    scores = {tb.FiscalQuarter(9999, 1) + place: 600 for place in range(3)}
    axes = started(None, scores, MODEL)
    assert [date(9998, 6, 1), date(9998, 9, 1), date(9998, 12, 1), date(9999, 3, 1)] == [
        stop for _, stop, *_ in rectangles(axes, hatch="////")
    ]
