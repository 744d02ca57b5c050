"""Pictures of a made-up year, and what their axes say: lines, dots, rectangles and texts, as days and heights."""

from __future__ import annotations

from datetime import date
from typing import Any

from made_up import APPS
from matplotlib.axes import Axes
from matplotlib.dates import num2date
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import tbtier as tb
from tbtier import Tier

YEAR = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 430}
NOVEMBER = date(2023, 11, 20)
MARCH, JUNE, SEPTEMBER, DECEMBER = date(2023, 3, 1), date(2023, 6, 1), date(2023, 9, 1), date(2023, 12, 1)
NEXT_MARCH, NEXT_JUNE = date(2024, 3, 1), date(2024, 6, 1)
NOTE = "* inferred, not published"
ROW_OF_HELD = 0.16
"""The height of the line of the tier held in its row."""


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
