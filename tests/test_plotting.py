"""The parts of a picture, read back from its axes, are those that were worked out by hand."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from made_up import APPS, BEST_OF_FOUR, GUILD, MODEL
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.dates import num2date
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import tbtier as tb
from tbtier import Tier, errors
from tbtier.plotting import plot_timeline

ROOT = Path(__file__).parents[1]
YEAR = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 430}
NOVEMBER = date(2023, 11, 20)
MARCH, JUNE, SEPTEMBER, DECEMBER = date(2023, 3, 1), date(2023, 6, 1), date(2023, 9, 1), date(2023, 12, 1)
NEXT_MARCH, NEXT_JUNE = date(2024, 3, 1), date(2024, 6, 1)
NOTE = "* inferred, not published"
ROW_OF_HELD = 0.16
"""The height of the line of the tier held in its row."""


@pytest.fixture(autouse=True)
def _nothing_stays_open() -> Iterator[None]:
    """Close the figures of a test."""
    open_before = pyplot.get_fignums()
    yield
    for number in {*pyplot.get_fignums()} - {*open_before}:
        pyplot.close(number)
    assert open_before == pyplot.get_fignums()


def apps(**scores: Any) -> tb.Timeline:
    """Return the timeline of the made-up year, with other scores for some quarters, such as `q4=800`."""
    year = {quarter: scores.get(quarter[-2:].lower(), score) for quarter, score in YEAR.items()}
    return tb.evaluate(year, program=APPS, starting_tier=Tier.SUMMIT)


def wide(width: float = 12) -> Axes:
    """Return axes of a width in inches, which pyplot does not know."""
    return Figure(figsize=(width, 4)).add_axes((0, 0, 1, 1))


def day(number: float) -> date:
    """Return the day of a number on the axis."""
    return num2date(number).date()


def line(axes: Axes, label: str) -> list[tuple[date, float]]:
    """Return the points of the line with a label, without repetition; none if there is no such line."""
    points = [(day(x), round(float(y), 3)) for one in axes.lines if one.get_label() == label for x, y in one.get_xydata()]
    return list(dict.fromkeys(points))


def markers(axes: Axes, marker: str | int, face: str = "#1a1a1a") -> list[tuple[date, float]]:
    """Return the points with a marker, filled in a colour."""
    drawn = [one for one in axes.lines if one.get_marker() == marker and one.get_markerfacecolor() == face]
    return [(day(x), round(float(y), 3)) for one in drawn for x, y in one.get_xydata()]


def rectangles(axes: Axes, **properties: Any) -> list[tuple[date, date, float, float]]:
    """Return the first day, the stop and the heights of the rectangles with some properties."""
    found = []
    for patch in axes.patches:
        if isinstance(patch, Rectangle) and all(getattr(patch, f"get_{name}")() == value for name, value in properties.items()):
            (x, y), width, height = patch.get_xy(), patch.get_width(), patch.get_height()
            found.append((day(x), day(x + width), round(y, 3), round(y + height, 3)))
    return found


def texts(axes: Axes) -> list[str]:
    """Return every text in the axes that is not empty, in the order of drawing."""
    return [text.get_text() for text in axes.texts if text.get_text()]


def at(axes: Axes, text: str) -> list[date]:
    """Return the days beside which a text stands."""
    return [day(one.xy[0]) for one in axes.texts if one.get_text() == text]  # type: ignore[attr-defined]  # all are annotations


def labels(axis: Any, *, minor: bool = False) -> list[tuple[float, str]]:
    """Return the labelled ticks of an axis."""
    return [
        (float(tick), label.get_text()) for tick, label in zip(axis.get_ticklocs(minor=minor), axis.get_ticklabels(minor=minor))
    ]


def test_the_tier_held_is_a_line_of_steps() -> None:
    """Summit is held until March 1, 2024, and then Crest: the line falls from its row to the row below."""
    axes = plot_timeline(apps(), ax=wide())
    summit, crest = 3 + ROW_OF_HELD, 2 + ROW_OF_HELD
    assert [(MARCH, summit), (NEXT_MARCH, summit), (NEXT_MARCH, crest), (NEXT_JUNE, crest)] == line(axes, "tier held")


def test_the_row_of_the_tier_held_is_shaded() -> None:
    """The row is shaded from the first day of a period to its stop."""
    axes = plot_timeline(apps(), ax=wide())
    shade = matplotlib.colors.to_rgba("#d3e0ee")
    assert [(MARCH, NEXT_MARCH, 3, 4), (NEXT_MARCH, NEXT_JUNE, 2, 3)] == rectangles(axes, facecolor=shade)


def test_a_score_is_a_dot_in_the_row_of_its_tier() -> None:
    """A dot stands on the closing day; 310 is 60/250, 540 is 40/250 and 430 is 180/250 of the way to the next tier."""
    axes = plot_timeline(apps(), ax=wide())
    heights = [1 + 0.34 + 0.54 * 60 / 250, 2 + 0.34 + 0.54 * 40 / 250, 1 + 0.34 + 0.54 * 180 / 250]
    days = [date(2023, 4, 30), date(2023, 7, 31), date(2024, 1, 31)]
    assert [*zip(days, (round(height, 3) for height in heights))] == markers(axes, "o")
    assert [date(2023, 4, 30)] == at(axes, "310")
    assert [date(2024, 1, 31)] == at(axes, "430")


@pytest.mark.parametrize(("score", "height"), [(0, 0.34), (250, 1.34), (749, 2 + 0.34 + 0.54 * 249 / 250), (1000, 3.88)])
def test_a_dot_stays_in_its_row(score: int, height: float) -> None:
    """Even the lowest and the highest score of a tier are inside its row, above the line of the tier held."""
    axes = plot_timeline(tb.evaluate({"FY24 Q1": score}, program=APPS, starting_tier="Base"), ax=wide())
    assert [(date(2023, 4, 30), round(height, 3))] == markers(axes, "o")


def test_the_effective_date_is_an_arrowhead() -> None:
    """Each result has an arrowhead on its effective date, at its own height."""
    axes = plot_timeline(apps(), ax=wide())
    heads = markers(axes, 5, "#5f5f5f")
    assert [JUNE, SEPTEMBER, DECEMBER, NEXT_MARCH] == [on for on, _ in heads]
    dots = markers(axes, "o") + markers(axes, "x")
    assert sorted(height for _, height in dots) == sorted(height for _, height in heads)


def test_a_quarter_without_a_score_is_a_cross_below_the_rows() -> None:
    """The cross stands on the closing day, in a row of its own that has a name and a star (D1)."""
    axes = plot_timeline(apps(), ax=wide())
    assert [(date(2023, 10, 31), -0.27)] == markers(axes, "x")
    assert (-0.27, "not scored*") in labels(axes.yaxis)
    assert (-0.55, 4.55) == axes.get_ylim()
    scored = plot_timeline(apps(q3=100), ax=wide())
    assert [] == markers(scored, "x")
    assert (0.0, 4.55) == scored.get_ylim()


def test_a_tier_in_place_of_a_score_is_a_diamond() -> None:
    """The diamond stands in the middle of the heights of its row, and is named with a star (D1)."""
    axes = plot_timeline(apps(q2=Tier.CREST), ax=wide())
    assert [(date(2023, 7, 31), 2 + (0.34 + 0.88) / 2)] == markers(axes, "D")
    assert [date(2023, 7, 31)] == at(axes, "Crest*")


def test_the_review_months_are_shaded() -> None:
    """The month before each effective date is hatched over all rows, also the month of the score that is not given."""
    axes = plot_timeline(apps(), ax=wide())
    months = [(date(2023, month, 1), date(2023, month + 1, 1)) for month in (5, 8, 11)]
    months += [(date(2024, 2, 1), NEXT_MARCH), (date(2024, 5, 1), NEXT_JUNE)]
    assert [(*month, -0.55, 4.0) for month in months] == rectangles(axes, hatch="////")


def test_the_ticks_are_the_effective_dates() -> None:
    """Each effective date has its quarter and its day, and the first tick is the start."""
    axes = plot_timeline(apps(), ax=wide())
    expected = ["FY24 Q1\n2023-06-01", "FY24 Q2\n2023-09-01", "FY24 Q3\n2023-12-01", "FY24 Q4\n2024-03-01"]
    expected += ["FY25 Q1\n2024-06-01", "start\n2023-03-01"]
    assert expected == [label for _, label in labels(axes.xaxis)]
    assert [JUNE, SEPTEMBER, DECEMBER, NEXT_MARCH, NEXT_JUNE, MARCH] == [day(tick) for tick, _ in labels(axes.xaxis)]
    assert (MARCH, NEXT_JUNE) == tuple(map(day, axes.get_xlim()))


def test_the_rows_have_the_tiers_and_their_lowest_scores() -> None:
    """Tiers stand in the middle of their rows, and scores on the lines between them; an inferred number has a star."""
    axes = plot_timeline(apps(q3=100), ax=wide())
    rows = [(0.5, "Base"), (1.5, "Ridge"), (2.5, "Crest"), (3.5, "Summit"), (4.28, "decision")]
    assert rows == labels(axes.yaxis)
    assert [(0, "0"), (1, "250"), (2, "500"), (3, "750*"), (4, "1000*")] == labels(axes.yaxis, minor=True)


def test_each_effective_date_has_its_decision() -> None:
    """The kind of each decision stands above its effective date; the fall rests on an inferred rule, and has a star (R8a)."""
    axes = plot_timeline(apps(q1=760, q2=1), ax=wide())
    assert [JUNE, SEPTEMBER, DECEMBER] == at(axes, "unchanged")
    assert [NEXT_MARCH] == at(axes, "renewed*")
    assert [NEXT_MARCH] == at(plot_timeline(apps(), ax=wide()), "downgraded*")


def test_the_star_of_a_score_is_that_of_the_timeline() -> None:
    """540 is below an inferred number, and 250 equals a number that is read as included: both have a star, 310 has none."""
    axes = plot_timeline(apps(q3=250), ax=wide())
    assert {"310", "540*", "250*", "430"} == {text for text in texts(axes) if text[0].isdigit()}


def test_the_note_is_there_only_with_a_star() -> None:
    """Only a picture with a star has the note; a program without inferred facts has neither."""
    assert NOTE == plot_timeline(apps(), ax=wide()).get_xlabel()
    sure = tb.evaluate({"FY24 Q1": 600, "FY24 Q2": 540}, program=BEST_OF_FOUR, starting_tier="Base")
    axes = plot_timeline(sure, ax=wide())
    everything = [*texts(axes), *(text for _, text in labels(axes.yaxis) + labels(axes.yaxis, minor=True))]
    assert ("", []) == (axes.get_xlabel(), [text for text in everything if "*" in text])


def test_the_title_names_the_program_and_its_note() -> None:
    """The title has the program, the days, and the remark of a model."""
    timeline = tb.evaluate(YEAR, program=MODEL, starting_tier="Base")
    title = "MODEL: tier held from 2023-03-01 to 2024-05-31\na model, not a record: the APPS edition of FY24 for all time"
    assert title == plot_timeline(timeline, ax=wide()).get_title(loc="left")


def test_the_legend_names_each_part_once() -> None:
    """The legend of a picture has its parts only, each with one name, and so has a legend that is made afterwards."""
    axes = plot_timeline(apps(), ax=wide())
    names = ["tier held", "score on the closing day", "not scored", "the quarter takes effect", "review month"]
    names += ["March 1 (a tier can fall)"]
    legend = axes.get_legend()
    assert legend is not None
    assert names == [text.get_text() for text in legend.get_texts()]
    assert sorted(names) == sorted(axes.get_legend_handles_labels()[1])


def test_what_comes_after_the_day_is_dashed_and_hollow() -> None:
    """As of November 20, the line is solid until that day and dashed from then on, and the score of January is hollow."""
    axes = plot_timeline(apps(), as_of=NOVEMBER, ax=wide())
    summit, crest = 3 + ROW_OF_HELD, 2 + ROW_OF_HELD
    assert [(MARCH, summit), (NOVEMBER, summit)] == line(axes, "tier held")
    later = [(NOVEMBER, summit), (NEXT_MARCH, summit), (NEXT_MARCH, crest), (NEXT_JUNE, crest)]
    assert later == line(axes, "tier held after the as-of day")
    styles = {one.get_label(): one.is_dashed() for one in axes.lines}
    assert (False, True) == (styles["tier held"], styles["tier held after the as-of day"])
    assert [date(2024, 1, 31)] == [on for on, _ in markers(axes, "o", "white")]
    assert [date(2023, 4, 30), date(2023, 7, 31)] == [on for on, _ in markers(axes, "o")]


def test_the_closing_day_is_still_open() -> None:
    """A score is known from the day after its quarter closes."""
    on_closing_day = plot_timeline(apps(), as_of=date(2023, 7, 31), ax=wide())
    assert [date(2023, 4, 30)] == [on for on, _ in markers(on_closing_day, "o")]
    day_after = plot_timeline(apps(), as_of=date(2023, 8, 1), ax=wide())
    assert [date(2023, 4, 30), date(2023, 7, 31)] == [on for on, _ in markers(day_after, "o")]


def test_the_fall_ahead_and_the_floor_secured() -> None:
    """A frame around Crest says what is secured from March 1, and an arrow falls from the row of Summit to that frame."""
    axes = plot_timeline(apps(), as_of=NOVEMBER, ax=wide())
    assert [(NEXT_MARCH, NEXT_JUNE, 2, 3)] == rectangles(axes, linewidth=1.4)
    assert ["as of 2023-11-20", "Crest*\nsecured", "Summit\nat risk"] == texts(axes)[-3:]
    (arrow,) = [one for one in axes.texts if one.arrow_patch]  # type: ignore[attr-defined]  # all are annotations
    assert (3.8, 3) == (arrow.get_position()[1], arrow.xy[1])  # type: ignore[attr-defined]
    title = "Renewal on 2024-03-01: Summit is at risk, and falls to Crest* unless more is earned"
    assert title == axes.get_title(loc="left").splitlines()[1]


def test_later_scores_change_nothing_that_is_secured() -> None:
    """A score that closes after the day moves the dashed line, but neither the frame nor the arrow."""
    axes = plot_timeline(apps(q4=800), as_of=NOVEMBER, ax=wide())
    assert {3 + ROW_OF_HELD} == {height for _, height in line(axes, "tier held after the as-of day")}
    assert [(NEXT_MARCH, NEXT_JUNE, 2, 3)] == rectangles(axes, linewidth=1.4)
    assert "Summit\nat risk" in texts(axes)


def test_a_fall_that_is_decided_is_no_risk() -> None:
    """In February every quarter has closed: the tier falls."""
    assert "Summit\nfalls" in texts(plot_timeline(apps(), as_of=date(2024, 2, 10), ax=wide()))


def test_what_is_secured_needs_no_arrow() -> None:
    """A tier that is secured has a frame and no arrow."""
    axes = plot_timeline(apps(q1=800), as_of=NOVEMBER, ax=wide())
    assert ["as of 2023-11-20", "Summit*\nsecured"] == texts(axes)[-2:]
    assert not [one for one in axes.texts if one.arrow_patch]  # type: ignore[attr-defined]  # all are annotations


def test_without_more_scores_a_dotted_line_goes_on() -> None:
    """From the stop of the timeline to March 1, a dotted line shows the tier held if nothing more is scored."""
    timeline = tb.evaluate({"FY24 Q1": 310}, program=APPS, starting_tier=Tier.CREST)
    axes = plot_timeline(timeline, as_of=date(2023, 5, 10), ax=wide())
    crest = 2 + ROW_OF_HELD
    assert [(SEPTEMBER, crest), (DECEMBER, crest), (NEXT_MARCH, crest)] == line(axes, "tier held if nothing more is scored")
    assert [(NEXT_MARCH, NEXT_JUNE, 1, 2)] == rectangles(axes, linewidth=1.4)


def test_the_frame_ends_with_the_program_year() -> None:
    """A tier is secured until the March 1 after the renewal, even if the timeline goes on."""
    quarters = tb.FiscalQuarter(2024, 1), tb.FiscalQuarter(2025, 1), tb.FiscalQuarter(2026, 1)
    scores = {first + number: 600 for first in quarters for number in range(4)}
    axes = plot_timeline(tb.evaluate(scores, program=MODEL, starting_tier="Base"), as_of=NOVEMBER, ax=wide())
    assert [(NEXT_MARCH, date(2025, 3, 1), 2, 3)] == rectangles(axes, linewidth=1.4)


def test_new_thresholds_have_a_line_and_their_numbers() -> None:
    """FY22 has other numbers than FY21, from February 1 on; the line of the tier held does not move for that."""
    scores = dict.fromkeys([*tb.FiscalYear(2021).quarters, *tb.FiscalYear(2022).quarters], 430)
    axes = plot_timeline(tb.evaluate(scores, program=APPS, starting_tier="Crest"), ax=wide())
    first_day = date(2021, 2, 1)
    assert [(first_day, 0), (first_day, 4)] == line(axes, "new thresholds")
    assert [(0, "0*"), (1, "120*"), (2, "240*"), (3, "560*"), (4, "1000*")] == labels(axes.yaxis, minor=True)
    assert ["0", "210", "420", "680", "1000"] == [text for text in texts(axes) if at(axes, text) == [first_day]]
    assert {2 + ROW_OF_HELD} == {height for _, height in line(axes, "tier held")}


def test_an_edition_without_other_numbers_is_not_marked() -> None:
    """FY24 changes the carryover of the guild only: there is no line."""
    scores = dict.fromkeys([*tb.FiscalYear(2023).quarters, *tb.FiscalYear(2024).quarters], 430)
    axes = plot_timeline(tb.evaluate(scores, program=GUILD, starting_tier="Base"), ax=wide(20))
    assert [] == line(axes, "new thresholds")


def test_provisional_has_a_row_if_it_is_held() -> None:
    """The row of Provisional is the lowest, with labels of the time beside the numbers; if nobody holds it, there is no row."""
    scores = dict.fromkeys(tb.FiscalYear(2019).quarters, 300)
    axes = plot_timeline(tb.evaluate(scores, program=GUILD, starting_tier=Tier.PROVISIONAL), ax=wide())
    assert (0.5, "Provisional") == labels(axes.yaxis)[0]
    assert (1, "Bronze 0") == labels(axes.yaxis, minor=True)[0]
    assert [(date(2018, 3, 1), ROW_OF_HELD), (date(2018, 6, 1), ROW_OF_HELD)] == line(axes, "tier held")[:2]
    base = plot_timeline(tb.evaluate(scores, program=GUILD, starting_tier=Tier.BASE), ax=wide())
    assert (0.5, "Base") == labels(base.yaxis)[0]


def test_the_end_of_a_program_is_marked() -> None:
    """A timeline that ends with its program says so, with a star if the end is inferred; any other timeline does not."""
    ended = tb.evaluate({**YEAR, "FY25 Q1": 300}, program=APPS, starting_tier="Base")
    assert [date(2024, 8, 1)] == at(plot_timeline(ended, ax=wide()), "the program ends")
    assert [] == at(plot_timeline(apps(), ax=wide()), "the program ends")
    scores = dict.fromkeys([*tb.FiscalYear(2025).quarters, "FY26 Q1", "FY26 Q2", "FY26 Q3"], 300)
    guild = tb.evaluate(scores, program=GUILD, starting_tier="Base")
    assert [date(2026, 3, 1)] == at(plot_timeline(guild, ax=wide()), "the program ends*")


def test_an_outlook_beyond_the_end_has_no_frame() -> None:
    """Nothing is secured beyond the end of a program, and the title says why."""
    ended = tb.evaluate({**YEAR, "FY25 Q1": 300}, program=APPS, starting_tier="Base")
    axes = plot_timeline(ended, as_of=date(2024, 4, 2), ax=wide())
    assert [] == rectangles(axes, linewidth=1.4)
    assert date(2024, 8, 1) == day(axes.get_xlim()[1])
    assert "Renewal on 2025-03-01: no further evaluation" in axes.get_title(loc="left")


def test_scores_before_the_start_are_shown() -> None:
    """For a timeline that starts in October, the earlier scores of the year count on March 1, so they are in the picture."""
    timeline = tb.evaluate(YEAR, program=MODEL, starting_tier="Ridge", start=date(2023, 10, 10))
    axes = plot_timeline(timeline, ax=wide())
    assert date(2023, 2, 1) == day(axes.get_xlim()[0])
    assert 3 == len(markers(axes, "o"))
    assert date(2023, 10, 10) == line(axes, "tier held")[0][0]


def test_a_timeline_without_scores() -> None:
    """A timeline until the first evaluation has no dots and no decisions."""
    axes = plot_timeline(tb.evaluate({}, program=APPS, starting_tier="Base", start=date(2023, 3, 15)), ax=wide())
    assert [(date(2023, 3, 15), ROW_OF_HELD), (JUNE, ROW_OF_HELD)] == line(axes, "tier held")
    assert ([], (0, 4)) == (texts(axes), axes.get_ylim())


def ten_years(width: float) -> Axes:
    """Return the picture of ten years, with a fall each March and a rise each June, on axes of a width."""
    first = tb.FiscalQuarter(2024, 1)
    scores = {first + number: 600 if number % 8 == 0 else 100 for number in range(40)}
    return plot_timeline(tb.evaluate(scores, program=MODEL, starting_tier="Base"), ax=wide(width))


def test_changes_are_triangles_where_there_is_no_room_for_words() -> None:
    """On narrow axes a change is a triangle, with a star beside the falls, and quarters have short names."""
    axes = ten_years(16)
    assert [(date(2023 + 2 * number, 6, 1), 4.28) for number in range(5)] == markers(axes, "^")
    assert [(date(2025 + 2 * number, 3, 1), 4.28) for number in range(5)] == markers(axes, "v", "#1a1a1a")
    assert [date(2025 + 2 * number, 3, 1) for number in range(5)] == at(axes, "*")
    names = [label for _, label in labels(axes.xaxis)]
    assert ["Q1", "Q2", "Q3", "Q4\nFY24\n2024-03-01", "Q1"] == names[:5]
    assert 40 == sum(text.rstrip("*").isdigit() for text in texts(axes))


def test_only_years_are_named_where_there_is_no_room_for_quarters() -> None:
    """On very narrow axes only some of the years have labels, and scores have none; the dots and the ticks are all there."""
    axes = ten_years(4)
    assert ["Mar 1\n2023", "Mar 1\n2025"] == [label for _, label in labels(axes.xaxis)][:2]
    assert 40 == len(markers(axes, "o"))
    assert 41 == len(axes.get_xticks(minor=True)) + len([tick for tick in axes.get_xticks() if day(tick) > MARCH])
    assert {"*"} == set(texts(axes))


def test_the_edges_of_the_calendar() -> None:
    """The first and the last timelines that there are can be drawn, and looked ahead from."""
    for first, count, as_of in ((2, 3, date(1, 6, 2)), (9998, 6, date(9998, 2, 1)), (9998, 7, None)):
        scores = {tb.FiscalQuarter(first, 1) + number: 600 for number in range(count)}
        axes = plot_timeline(tb.evaluate(scores, program=MODEL, starting_tier="Base"), as_of=as_of, ax=wide())
        axes.get_figure().savefig("/dev/null", format="svg")  # type: ignore[union-attr]  # it has a figure


def test_the_given_axes_are_used() -> None:
    """The picture is drawn into the given axes, which are returned, and no figure of pyplot is made."""
    given, before = wide(), pyplot.get_fignums()
    assert given is plot_timeline(apps(), ax=given)
    assert before == pyplot.get_fignums()


def test_a_figure_is_made_without_axes() -> None:
    """Without axes there is one more figure of pyplot, as wide as the quarters need, up to 16 inches."""
    before = pyplot.get_fignums()
    short = plot_timeline(tb.evaluate({"FY24 Q1": 1}, program=APPS, starting_tier="Base"))
    assert len(before) + 1 == len(pyplot.get_fignums())
    long = plot_timeline(tb.evaluate(dict.fromkeys(tb.FiscalYear(2024).quarters, 1), program=MODEL, starting_tier="Base"))
    assert 6.4 == short.figure.bbox.width / short.figure.dpi < long.figure.bbox.width / long.figure.dpi < 16


def test_no_setting_changes() -> None:
    """A picture leaves the settings of matplotlib as they are."""
    before = dict(matplotlib.rcParams)
    plot_timeline(apps(), as_of=NOVEMBER)
    assert before == dict(matplotlib.rcParams)


@pytest.mark.parametrize(
    ("timeline", "as_of", "error", "message"),
    [
        (YEAR, None, errors.WrongTypeError, "timeline must be a Timeline"),
        (apps(), datetime(2023, 11, 20), errors.WrongTypeError, "as_of must be a date"),  # noqa: DTZ001  # has no zone
        (apps(), "2023-11-20", errors.WrongTypeError, "as_of must be a date"),
        (apps(), NEXT_JUNE, errors.OutsideTimelineError, "2024-06-01 is outside the timeline"),
        (apps(), date(2023, 2, 28), errors.OutsideTimelineError, "2023-02-28 is outside the timeline"),
    ],
    ids=["a mapping", "a datetime", "text", "too late", "too early"],
)
def test_a_wrong_argument_is_refused(timeline: Any, as_of: Any, error: type[Exception], message: str) -> None:
    """An argument of the wrong type, or a day outside the timeline, raises the error of `outlook`, and makes no figure."""
    before = pyplot.get_fignums()
    with pytest.raises(error, match=re.escape(message)):
        plot_timeline(timeline, as_of=as_of)
    assert before == pyplot.get_fignums()


def test_the_import_makes_no_figure_and_chooses_no_backend() -> None:
    """Importing `tbtier.plotting` imports no pyplot."""
    code = "import sys, tbtier.plotting; print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False" == done.stdout.strip()


def test_the_extra_is_named_where_it_is_missing() -> None:
    """Without matplotlib, the import says how to install it."""
    code = "import sys; sys.modules['matplotlib'] = None; import tbtier.plotting"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ImportError: tbtier.plotting needs matplotlib: python -m pip install 'tbtier[plot]'" in done.stderr
