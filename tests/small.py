"""A small edition from a made-up book, and programs that are made of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from tbtier import Tier
from tbtier.rules import Carryover, Certainty, Citation, Edition, Program, ProgramEnd, Source, Threshold

BOOK = Source("B", "A book", "2024")
CITED = Citation(Certainty.PUBLISHED, (BOOK,))
EDITION = Edition(
    start="FY24 Q1",
    start_citation=CITED,
    thresholds=(Threshold(Tier.BASE, 0, CITED), Threshold(Tier.CREST, 10, CITED)),
    maximum_score=20,
    maximum_citation=CITED,
    carryover=Carryover.HIGHEST_OF_YEAR,
    carryover_citation=CITED,
)
ENDED = ProgramEnd(date(2030, 3, 1), "nothing", CITED)


def later(start: str | None, **changes: Any) -> Edition:
    """Return the edition with another start."""
    return attrs.evolve(EDITION, start=start, **changes)


def program(*changes: Any, entry_tier: Any = Tier.BASE) -> Program:
    """Return a program with these changes."""
    return Program("P", entry_tier, changes)
