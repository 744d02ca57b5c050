"""Programs that are made up for the tests and stay as they are, whatever is corrected in the real ones."""

from __future__ import annotations

import attrs

from tbtier import Tier
from tbtier.rules import Carryover, Certainty, Citation, Edition, Program, Source, Threshold

PUBLISHED = Citation(Certainty.PUBLISHED, (Source("T2", "A made-up page", "2020"),))

_EDITION = Edition(
    start=None,
    start_citation=PUBLISHED,
    thresholds=(
        Threshold(Tier.BASE, 0, PUBLISHED),
        Threshold(Tier.RIDGE, 250, PUBLISHED),
        Threshold(Tier.CREST, 500, PUBLISHED),
        Threshold(Tier.SUMMIT, 750, PUBLISHED),
    ),
    maximum_score=1000,
    maximum_citation=PUBLISHED,
    carryover=Carryover.HIGHEST_OF_YEAR,
    carryover_citation=PUBLISHED,
)

BEST_OF_FOUR = Program(name="BEST_OF_FOUR", entry_tier=Tier.PROVISIONAL, changes=(_EDITION,))
"""A partner enters below every tier that a score earns, so that all five tiers can be held."""

Q4_ALONE = Program(
    name="Q4_ALONE",
    entry_tier=Tier.PROVISIONAL,
    changes=(attrs.evolve(_EDITION, carryover=Carryover.FINAL_QUARTER),),
)
"""The same program with the other carryover."""
