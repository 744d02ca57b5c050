"""Pictures without their texts look like the images beside this file, and the script writes the pictures of the pages.

python tests/test_plotting_images.py writes the images again; look at them before you commit them.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from made_up import APPS, GUILD
from matplotlib.figure import Figure
from matplotlib.testing.compare import compare_images

import tbtier as tb
from tbtier.plotting import plot_timeline

ROOT = Path(__file__).parents[1]
IMAGES = Path(__file__).with_name("images")
TOLERANCE = 3.0
"""The root mean square of the differences of the colours, from 0 to 255; 3.8 and 3.11 of matplotlib do not differ."""

YEAR = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 430}
OTHER_YEARS = dict(zip(map(tb.FiscalQuarter(2020, 1).__add__, range(8)), [100, 610, tb.Tier.CREST, 430, 450, None, 900, 260]))
PICTURES: dict[str, tuple[Any, ...]] = {
    "one-year": (YEAR, APPS, tb.Tier.SUMMIT, None),
    "as-of": (YEAR, APPS, tb.Tier.SUMMIT, date(2023, 11, 20)),
    "two-editions": (OTHER_YEARS, GUILD, tb.Tier.PROVISIONAL, None),
}


def drawn(name: str) -> Figure:
    """Return a picture without its texts."""
    scores, program, starting_tier, as_of = PICTURES[name]
    figure = Figure(figsize=(6, 2.5), dpi=60)
    axes = plot_timeline(
        tb.evaluate(scores, program=program, starting_tier=starting_tier),
        as_of=as_of,
        ax=figure.add_axes((0.05, 0.05, 0.9, 0.9)),
    )
    for text in axes.texts:
        text.set_text("")
    axes.set_title("", loc="left")
    axes.set_xlabel("")
    axes.tick_params(axis="both", which="both", labelbottom=False, labelleft=False)
    legend = axes.get_legend()
    assert legend is not None
    legend.remove()
    return figure


def difference(figure: Figure, name: str, folder: Path) -> str | None:
    """Return how a picture differs from its image; `None` if the two look alike."""
    expected, actual = folder / f"{name}-expected.png", folder / f"{name}.png"
    expected.write_bytes((IMAGES / f"{name}.png").read_bytes())  # a difference is written beside it
    figure.savefig(actual)
    return compare_images(str(expected), str(actual), TOLERANCE)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_looks_like_its_image(name: str, tmp_path: Path) -> None:
    """A picture looks like the image that a person has looked at."""
    assert difference(drawn(name), name, tmp_path) is None


@pytest.mark.parametrize("name", PICTURES)
def test_a_step_that_moves_is_noticed(name: str, tmp_path: Path) -> None:
    """The comparison fails if the line of the tier held is one row lower, or is a month late."""
    for move in ("row", "month"):
        figure = drawn(name)
        (held,) = [line for line in figure.axes[0].lines if line.get_label() == "tier held"]
        days, heights = held.get_data()
        held.set_data((days, heights - 1) if move == "row" else (days + 30, heights))
        assert difference(figure, name, tmp_path) is not None, move


def test_the_script_writes_the_pictures_of_the_pages(tmp_path: Path) -> None:
    """The script writes the files that the pages show, and these are the files in the repository."""
    done = subprocess.run(
        [sys.executable, "docs/generate_pictures.py", str(tmp_path)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (0, "") == (done.returncode, done.stderr)
    written = {path.name for path in tmp_path.iterdir()}
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    shown = {name for page in pages for name in re.findall(r"_static/pictures/([\w.-]+)", page.read_text("utf-8"))}
    assert {"timeline.svg", "timeline-as-of.svg", "partners.svg", "fiscal-year.svg"} <= shown
    assert shown <= written
    assert written == {path.name for path in (ROOT / "docs" / "_static" / "pictures").iterdir()}


def test_the_pictures_of_the_pages_are_text_and_small() -> None:
    """An SVG file has its words as text and no date, and no file is large."""
    for path in (ROOT / "docs" / "_static" / "pictures").iterdir():
        assert path.stat().st_size < (60_000 if path.suffix == ".svg" else 80_000)
        if path.suffix == ".svg":
            text = path.read_text("utf-8")
            assert "FY24 Q1" in text
            assert "<dc:date>" not in text


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    for picture in PICTURES:
        drawn(picture).savefig(IMAGES / f"{picture}.png")
