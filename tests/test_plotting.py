"""The parts of a picture, read back from its axes, are those that were worked out by hand."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import attrs
import matplotlib
import pytest
from made_up import APPS, BEST_OF_FOUR, GUILD, MODEL, PUBLISHED, stated
from matplotlib import pyplot
from matplotlib.axes import Axes
from pictures import (
    DECEMBER,
    JUNE,
    MARCH,
    NEXT_JUNE,
    NEXT_MARCH,
    NOTE,
    NOVEMBER,
    ROW_OF_HELD,
    SEPTEMBER,
    YEAR,
    apps,
    at,
    day,
    labels,
    line,
    markers,
    rectangles,
    texts,
    wide,
)

import tbtier as tb
from tbtier import Tier, errors
from tbtier.plotting import plot_timeline
from tbtier.rules import Program, ProgramEnd


@pytest.fixture(autouse=True)
def _nothing_stays_open() -> Iterator[None]:
    """Close the figures of a test."""
    open_before = pyplot.get_fignums()
    yield
    for number in {*pyplot.get_fignums()} - {*open_before}:
        pyplot.close(number)
    assert open_before == pyplot.get_fignums()


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


@pytest.mark.parametrize(("summit", "height"), [(999, 3.88), (1000, 3.34)])
def test_the_highest_tier_may_have_one_score_or_two(summit: int, height: float) -> None:
    """The maximum is at the top of a row with two scores, and at the bottom of a row with one."""
    program = Program(name="NARROW", entry_tier=Tier.BASE, changes=(stated(None, (0, 1, 2, summit), PUBLISHED),))
    axes = plot_timeline(tb.evaluate({"FY24 Q1": 1000}, program=program, starting_tier="Base"), ax=wide())
    assert [(date(2023, 4, 30), height)] == markers(axes, "o")


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
    """The cross stands on the closing day, in a separate row that has a name and a star (D1)."""
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


_INFERRED_END = ProgramEnd(date(2024, 8, 1), "badges", GUILD.changes[-1].citation)
_ENDING = attrs.evolve(BEST_OF_FOUR, name="ENDING", changes=(*BEST_OF_FOUR.changes, _INFERRED_END))


@pytest.mark.parametrize(
    ("scores", "program", "as_of", "starred"),
    [
        ({"FY24 Q1": 300}, MODEL, None, {"750*", "1000*"}),
        ({"FY24 Q1": 600, "FY24 Q2": None}, BEST_OF_FOUR, None, {"not scored*"}),
        (dict.fromkeys(tb.FiscalYear(2024).quarters, 300), BEST_OF_FOUR, None, {"downgraded*"}),
        (dict.fromkeys(tb.FiscalYear(2024).quarters, 800), _ENDING, date(2024, 4, 1), set()),
    ],
    ids=["a number", "a row", "a decision", "the title"],
)
def test_each_star_calls_for_the_note(scores: Any, program: Any, as_of: date | None, starred: set[str]) -> None:
    """A star in one place alone is enough for the note: beside a number, a row, a decision, or in the title."""
    axes = plot_timeline(tb.evaluate(scores, program=program, starting_tier=Tier.SUMMIT), as_of=as_of, ax=wide())
    everything = [*texts(axes), *(text for _, text in labels(axes.yaxis) + labels(axes.yaxis, minor=True))]
    assert starred == {text for text in everything if "*" in text}
    assert ("*" in axes.get_title(loc="left")) is (not starred)
    assert NOTE == axes.get_xlabel()


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


def test_new_thresholds_have_a_line_and_their_numbers() -> None:
    """FY22 has other numbers than FY21, from February 1 on; the line of the tier held does not move for that."""
    scores = dict.fromkeys([*tb.FiscalYear(2021).quarters, *tb.FiscalYear(2022).quarters], 430)
    axes = plot_timeline(tb.evaluate(scores, program=APPS, starting_tier="Crest"), ax=wide())
    first_day = date(2021, 2, 1)
    assert [(first_day, 0), (first_day, 4)] == line(axes, "new thresholds")
    assert [(0, "0*"), (1, "120*"), (2, "240*"), (3, "560*"), (4, "1000*")] == labels(axes.yaxis, minor=True)
    assert ["0", "210", "420", "680", "1000"] == [text for text in texts(axes) if at(axes, text) == [first_day]]
    assert {2 + ROW_OF_HELD} == {height for _, height in line(axes, "tier held")}
    spans = [tuple(day(x) for x in segment[:, 0]) for one in axes.collections for segment in one.get_segments()]
    assert [(date(2020, 3, 1), first_day)] * 5 + [(first_day, date(2022, 2, 1))] * 5 == spans


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


def test_scores_before_the_start_are_shown() -> None:
    """For a timeline that starts in October, the earlier scores of the year count on March 1, so they are in the picture."""
    timeline = tb.evaluate(YEAR, program=MODEL, starting_tier="Ridge", start=date(2023, 10, 10))
    axes = plot_timeline(timeline, ax=wide())
    assert date(2023, 2, 1) == day(axes.get_xlim()[0])
    assert 3 == len(markers(axes, "o"))
    assert date(2023, 10, 10) == line(axes, "tier held")[0][0]
    assert "start" not in " ".join(label for _, label in labels(axes.xaxis))


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


def test_quarters_have_names_where_there_is_no_room_for_scores() -> None:
    """On narrow axes the scores lose their labels before the quarters do."""
    axes = ten_years(10)
    assert "Q1" == labels(axes.xaxis)[0][1]
    assert {"*"} == set(texts(axes))


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
        axes.get_figure().savefig(BytesIO(), format="svg")  # type: ignore[union-attr]  # it has a figure


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


def test_wrong_axes_are_refused() -> None:
    """A figure in place of its axes raises an error that says what makes axes."""
    figure = pyplot.figure()
    with pytest.raises(errors.WrongTypeError, match=re.escape("ax must be Axes of matplotlib")) as caught:
        plot_timeline(apps(), ax=figure)  # type: ignore[arg-type]  # what is tested
    pyplot.close(figure)
    assert str(caught.value).endswith(": pyplot.subplots makes them")


def test_the_import_makes_no_figure_and_chooses_no_backend() -> None:
    """Importing `tbtier.plotting` imports no pyplot."""
    code = "import sys, tbtier.plotting; print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False" == done.stdout.strip()
