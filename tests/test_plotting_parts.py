"""Every part of a picture is where the list beside this file says, and looks as the list says.

python tests/test_plotting_parts.py writes the lists again; read what changed before you commit them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from made_up import APPS, GUILD, MODEL
from matplotlib.axes import Axes
from parts import parts
from pictures import NOVEMBER, YEAR, wide
from test_plotting_images import OTHER_YEARS

import tbtier as tb
from tbtier import Tier
from tbtier.plotting import plot_timeline

LISTS = Path(__file__).with_name("images")
PICTURES: dict[str, tuple[Any, ...]] = {
    "as-of": (YEAR, APPS, Tier.SUMMIT, NOVEMBER, 12),
    "two-editions": (OTHER_YEARS, GUILD, Tier.PROVISIONAL, None, 14),
    "narrow": ({**YEAR, "FY25 Q1": 800}, APPS, Tier.SUMMIT, None, 3),
    "years": ({tb.FiscalQuarter(2024, 1) + n: 600 if n % 8 == 0 else 100 for n in range(16)}, MODEL, Tier.BASE, None, 1.6),
    "later": ({**YEAR, "FY25 Q1": 800}, MODEL, Tier.SUMMIT, NOVEMBER, 3),
    "ahead": ({"FY24 Q1": 310, "FY24 Q2": Tier.CREST}, APPS, Tier.CREST, date(2023, 5, 10), 4),
}


def drawn(name: str) -> Axes:
    """Return a picture."""
    scores, program, starting_tier, as_of, width = PICTURES[name]
    return plot_timeline(tb.evaluate(scores, program=program, starting_tier=starting_tier), as_of=as_of, ax=wide(width))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_these_parts(name: str) -> None:
    """A picture has the listed lines, rectangles, texts, ticks and entries of its legend, at these places and in this look."""
    assert (LISTS / f"{name}.txt").read_text("utf-8").splitlines() == parts(drawn(name))


def test_the_settings_of_a_user_change_no_marker_of_a_picture() -> None:
    """Markers, and the ends of the dashes of the tier held, are as listed, under other settings of matplotlib too."""
    with matplotlib.rc_context({"lines.markersize": 20, "lines.dash_capstyle": "round"}):
        for name in ("later", "two-editions", "ahead"):
            listed = (LISTS / f"{name}.txt").read_text("utf-8").splitlines()
            expected, actual = [
                [part for part in all_parts if "; marker" in part or part.startswith("line tier held after")]
                for all_parts in (listed, parts(drawn(name)))
            ]
            assert expected == actual


if __name__ == "__main__":
    for picture in PICTURES:
        (LISTS / f"{picture}.txt").write_text("".join(f"{line}\n" for line in parts(drawn(picture))), "utf-8")
