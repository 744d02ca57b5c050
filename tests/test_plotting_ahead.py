"""A picture as of a day shows what comes later dashed or hollow, the fall that is ahead, and the tier that is secured."""

from __future__ import annotations

from datetime import date

import attrs
from made_up import APPS, BEST_OF_FOUR, MODEL, Q4_ALONE
from pictures import (
    DECEMBER,
    JUNE,
    MARCH,
    NEXT_JUNE,
    NEXT_MARCH,
    NOVEMBER,
    ROW_OF_HELD,
    SEPTEMBER,
    YEAR,
    apps,
    day,
    labels,
    line,
    markers,
    rectangles,
    texts,
    wide,
)

import tbtier as tb
from tbtier import Tier
from tbtier.plotting import plot_timeline
from tbtier.rules import UnknownRules


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


def test_a_score_that_is_awaited_is_a_risk() -> None:
    """In February the last quarter has closed; without its score, the tier is still at risk."""
    timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": 1}, program=APPS, starting_tier="Summit")
    assert "Summit\nat risk" in texts(plot_timeline(timeline, as_of=date(2024, 2, 10), ax=wide()))


def test_a_floor_that_nobody_holds_yet_has_a_row() -> None:
    """The tier secured has a row even if the partner never held it."""
    timeline = tb.evaluate({"FY24 Q1": None}, program=BEST_OF_FOUR, starting_tier="Ridge")
    axes = plot_timeline(timeline, as_of=date(2023, 5, 10), ax=wide())
    assert "Provisional" in [label for _, label in labels(axes.yaxis)]
    assert [(NEXT_MARCH, NEXT_JUNE, 0, 1)] == rectangles(axes, linewidth=1.4)


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


def test_the_dotted_line_begins_where_a_later_score_counts() -> None:
    """As of May, the later score of Q2 is not known: from September on the timeline is above the dotted line."""
    timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=APPS, starting_tier="Base")
    axes = plot_timeline(timeline, as_of=date(2023, 5, 10), ax=wide())
    ridge, crest = 1 + ROW_OF_HELD, 2 + ROW_OF_HELD
    assert [(SEPTEMBER, ridge), (DECEMBER, ridge), (NEXT_MARCH, ridge)] == line(axes, "tier held if nothing more is scored")
    assert (DECEMBER, crest) == line(axes, "tier held after the as-of day")[-1]


def test_the_dotted_line_needs_no_tier_before_the_start() -> None:
    """A timeline that starts in the week after Q1 took effect can be looked ahead from on its first day."""
    start = date(2023, 6, 5)
    timeline = tb.evaluate({"FY24 Q1": 310}, program=APPS, starting_tier="Base", start=start)
    axes = plot_timeline(timeline, as_of=start, ax=wide())
    base = ROW_OF_HELD
    assert [(SEPTEMBER, base), (DECEMBER, base), (NEXT_MARCH, base)] == line(axes, "tier held if nothing more is scored")
    assert [(NEXT_MARCH, NEXT_JUNE, 1, 2)] == rectangles(axes, linewidth=1.4)


def test_the_frame_ends_with_the_program_year() -> None:
    """A tier is secured until the March 1 after the renewal, even if the timeline goes on."""
    quarters = tb.FiscalQuarter(2024, 1), tb.FiscalQuarter(2025, 1), tb.FiscalQuarter(2026, 1)
    scores = {first + number: 600 for first in quarters for number in range(4)}
    axes = plot_timeline(tb.evaluate(scores, program=MODEL, starting_tier="Base"), as_of=NOVEMBER, ax=wide())
    assert [(NEXT_MARCH, date(2025, 3, 1), 2, 3)] == rectangles(axes, linewidth=1.4)


def test_an_outlook_beyond_the_end_has_no_frame() -> None:
    """Nothing is secured beyond the end of a program, and the title says why."""
    ended = tb.evaluate({**YEAR, "FY25 Q1": 300}, program=APPS, starting_tier="Base")
    axes = plot_timeline(ended, as_of=date(2024, 4, 2), ax=wide())
    assert [] == rectangles(axes, linewidth=1.4)
    assert date(2024, 8, 1) == day(axes.get_xlim()[1])
    assert "Renewal on 2025-03-01: no further evaluation" in axes.get_title(loc="left")


def test_a_frame_without_an_arrow_if_the_fall_is_not_known() -> None:
    """If Q4 alone decides and the rules of Q3 are unknown, the entry tier is secured, and whether the tier falls is not known.

    The entry tier has a row, and Q3 has neither a review month nor a tick.
    """
    first, last = attrs.evolve(Q4_ALONE.editions[0], start="FY22 Q1"), attrs.evolve(Q4_ALONE.editions[0], start="FY24 Q4")
    gap = attrs.evolve(Q4_ALONE, name="GAP", changes=(first, UnknownRules("FY24 Q3", "lost"), last))
    timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=gap, starting_tier="Base")
    axes = plot_timeline(timeline, as_of=NOVEMBER, ax=wide())
    assert [(NEXT_MARCH, NEXT_JUNE, 0, 1)] == rectangles(axes, linewidth=1.4)
    assert "Provisional*\nsecured" == texts(axes)[-1]
    assert [JUNE, SEPTEMBER, NEXT_MARCH, NEXT_JUNE] == [stop for _, stop, *_ in rectangles(axes, hatch="////")]
    assert [JUNE, SEPTEMBER, NEXT_MARCH, NEXT_JUNE, MARCH] == [day(tick) for tick, _ in labels(axes.xaxis)]
    assert "whether the tier falls is not known" in axes.get_title(loc="left").replace("\n", " ")
