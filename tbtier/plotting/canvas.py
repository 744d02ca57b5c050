"""The axes of a picture, with the texts on them and the parts that the legend explains."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from textwrap import fill
from typing import Any, Final

import attrs
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.patches import Rectangle
from matplotlib.transforms import ScaledTranslation

from tbtier.rules.text import footnote

__all__: list[str] = []

# Shades, dashes and markers carry the meaning: the picture can be printed in black and white.
INK: Final = "#1a1a1a"
PALE: Final = "#5f5f5f"
LINES: Final = "#b4b4b4"
ON_WHITE: Final[dict[str, Any]] = {"boxstyle": "square,pad=0.12", "facecolor": "white", "edgecolor": "none", "alpha": 0.8}
_IN_LINE: Final = 14.5  # characters of the title on an inch
_IN_ENTRY: Final = 2.0  # inches of an entry of the legend


def number(day: date) -> float:
    """Return the number of a day on an axis of matplotlib."""
    return float(date2num(day))  # type: ignore[no-untyped-call]  # of some versions


@attrs.define(eq=False)
class Canvas:
    """The axes of a picture; heights are rows, and days are dates."""

    ax: Axes
    texts: list[str] = attrs.field(factory=list)
    """Every text on the axes: a starred text calls for the note."""
    entries: dict[str, Artist] = attrs.field(factory=dict)
    """The parts that the legend explains, by name."""

    @property
    def inches(self) -> float:
        """The width of the axes."""
        return float(self.ax.get_window_extent().width / self.ax.figure.dpi)

    def text(self, day: date, height: float, text: str, offset: tuple[float, float] = (0, 0), **style: Any) -> None:
        """Write a text, some points away from a day and a height."""
        self.texts.append(text)
        style = {"fontsize": "small", "color": INK, "va": "center", "bbox": ON_WHITE, "zorder": 5, **style}
        style |= {"textcoords": "offset points", "annotation_clip": False}
        self.ax.annotate(text, (number(day), height), xytext=offset, **style)

    def line(self, name: str, points: Iterable[tuple[date, float]], **style: Any) -> None:
        """Draw a line; the legend explains it if it has a name."""
        days, heights = zip(*points)
        (line,) = self.ax.plot([number(day) for day in days], [*heights], **style)
        self.explain(name, line)

    def markers(self, name: str, points: Iterable[tuple[date, float]], **style: Any) -> None:
        """Draw a marker at each point."""
        self.line(name, points, linestyle="none", **{"color": INK, "zorder": 4, **style})

    def patch(self, name: str, days: tuple[date, date], heights: tuple[float, float], **style: Any) -> None:
        """Draw a rectangle; the legend explains it if it has a name."""
        (start, stop), (low, high) = map(number, days), heights
        self.explain(name, self.ax.add_patch(Rectangle((start, low), stop - start, high - low, **style)))

    def explain(self, name: str, part: Artist) -> None:
        """Label the first part of each name, so that another legend of the same axes names it once too."""
        is_first = bool(name) and name not in self.entries
        part.set_label(name if is_first else "_")
        if is_first:
            self.entries[name] = part

    def finish(self, title: Iterable[str], pad: float, order: tuple[str, ...]) -> None:
        """Write the title some points above the axes, the legend in an order, and the note if there is a star."""
        lines = [*title]
        self.texts += lines
        wrapped = "\n".join(fill(line, max(20, int(self.inches * _IN_LINE))) for line in lines)
        self.ax.set_title(wrapped, loc="left", fontsize="medium", pad=pad)
        self.ax.set_xlabel(next(iter(footnote([self.texts])), ""), loc="right", fontsize="small")
        self.ax.spines[["top", "right"]].set_visible(False)
        handles = [self.entries[name] for name in sorted(self.entries, key=order.index)]
        columns = max(1, int(self.inches / _IN_ENTRY))
        lines_of_days = max((label.get_text().count("\n") for label in self.ax.get_xticklabels()), default=0)
        below = ScaledTranslation(0, -0.48 - 0.14 * lines_of_days, self.ax.figure.dpi_scale_trans)
        place: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": (0, 0), "bbox_transform": self.ax.transAxes + below}
        self.ax.legend(handles=handles, ncols=columns, fontsize="small", frameon=False, borderaxespad=0, **place)
