"""Draw the pictures of the documentation with matplotlib.

python docs/generate_pictures.py          writes them into docs/_static/pictures
python docs/generate_pictures.py FOLDER   writes them into another folder

One version of matplotlib writes the same bytes each time; versions differ, so there is no check of bytes.
"""

import argparse
import io
from datetime import date
from pathlib import Path

import matplotlib
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from PIL import Image

import tbtier as tb
from tbtier.plotting import plot_timeline
from tbtier.programs import ISV
from tbtier.rules import Cycle

PICTURES = Path(__file__).with_name("_static") / "pictures"
WIDTH = 900  # pixels of a PNG
INK, PALE, BLUE = "#1a1a1a", "#5f5f5f", "#1f4e79"
RUNNING, REVIEW, NOTIFIED = 2.0, 1.0, 0.0  # the heights of the three bars


def readme_timeline() -> tb.Timeline:
    """Return the timeline of the README."""
    scores = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 430}
    return tb.evaluate(scores, program=ISV, starting_tier=tb.Tier.SUMMIT)


def write(axes: Axes, folder: Path, name: str, *, in_png: bool = False) -> None:
    """Write a picture as SVG, and also as PNG for pages that show no SVG; close its figure."""
    figure = axes.get_figure()
    assert isinstance(figure, matplotlib.figure.Figure)
    figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
    if in_png:
        drawn = io.BytesIO()
        figure.savefig(drawn, dpi=WIDTH / figure.get_figwidth())
        Image.open(drawn).convert("RGB").quantize(64).save(folder / f"{name}.png", optimize=True)  # few colours, a small file
    pyplot.close(figure)


def plot_fiscal_year(year: tb.FiscalYear) -> Axes:
    """Draw the dates of a fiscal year: its quarters, their review months and effective dates, and the weeks of notification."""
    _, axes = pyplot.subplots(figsize=(8.4, 3.4), layout="constrained")
    cycles = [ISV.cycle(quarter) for quarter in year.quarters]
    for cycle in cycles:
        plot_cycle(axes, cycle)
    march = cycles[-1].effective_on
    axes.axvline(date2num(march), color=INK, linewidth=1.6, zorder=1)
    style = {"textcoords": "offset points", "fontsize": "small", "va": "bottom"}
    axes.annotate(
        f"March 1: PY{march.year % 100 + 1} starts,\na tier can fall", (date2num(march), 2.95), (0, 3), ha="center", **style
    )
    axes.set_yticks([RUNNING, REVIEW, NOTIFIED], ["the quarter runs", "the review", "partners are notified"])
    days = [day for cycle in cycles for day in (cycle.closes_on, cycle.effective_on)]
    names = [name for cycle in cycles for name in (f"closes\n{cycle.closes_on}", f"\n\neffective\n{cycle.effective_on}")]
    axes.set_xticks(date2num([year.start, *days]), [f"starts\n{year.start}", *names], fontsize="x-small")
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.set_ylim(-0.6, 2.95)
    axes.set_xlim(date2num(year.start), date2num(date(march.year, 3, 12)))
    axes.set_title(f"The fiscal year {year}", loc="left", fontsize="medium", pad=8)
    return axes


def plot_partners() -> Axes:
    """Draw two partners in one figure, as in the how-to page."""
    _, (first, second) = pyplot.subplots(2, figsize=(8.2, 8.4), layout="constrained")
    plot_timeline(readme_timeline(), ax=first)
    first.set_title("Paper Harbour", loc="left")
    first.get_legend().remove()
    scores = {"FY24 Q1": 260, "FY24 Q2": None, "FY24 Q3": 780, "FY24 Q4": 510}
    other = tb.evaluate(scores, program=ISV, starting_tier=tb.Tier.BASE)
    plot_timeline(other, ax=second).set_title("Tin Kite", loc="left")
    return second


def plot_cycle(axes: Axes, cycle: Cycle) -> None:
    """Draw the cycle of a quarter: the days until it closes, its review month, and the week of notification."""
    first, closed, effective = date2num([cycle.quarter.start, cycle.review_start, cycle.effective_on])
    notified = date2num(cycle.notified_by) + 1
    axes.barh(RUNNING, closed - first, left=first, height=0.6, color="#d3e0ee", edgecolor=BLUE)
    axes.barh(REVIEW, effective - closed, left=closed, height=0.6, color="white", edgecolor=PALE, hatch="////")
    axes.barh(NOTIFIED, notified - effective, left=effective, height=0.6, color=INK)
    for day, low, style in ((closed, REVIEW + 0.3, ":"), (effective, -0.6, "-")):
        axes.vlines(day, low, RUNNING - 0.3, colors=INK, linewidths=0.9, linestyles=style)
    axes.annotate(str(cycle.quarter), ((first + closed) / 2, RUNNING), ha="center", va="center")
    place = {"textcoords": "offset points", "ha": "right", "va": "center", "fontsize": "x-small"}
    axes.annotate(f"by {cycle.notified_by}", (effective, NOTIFIED), (-4, 0), **place)


def main(folder: Path) -> None:
    """Write the pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "tbtier", "font.family": "DejaVu Sans"}):
        write(plot_timeline(readme_timeline()), folder, "timeline", in_png=True)
        write(plot_timeline(readme_timeline(), as_of=date(2023, 11, 20)), folder, "timeline-as-of", in_png=True)
        write(plot_partners(), folder, "partners")
        write(plot_fiscal_year(tb.FiscalYear(2024)), folder, "fiscal-year")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=PICTURES)
    matplotlib.use("Agg")
    main(parser.parse_args().folder)
