"""A model for what-if questions and tests: the ISV rules of FY24 for all time."""

from __future__ import annotations

from tbtier.programs.scorecards import ISV_FY24
from tbtier.rules.citations import Certainty, Citation
from tbtier.rules.editions import Carryover, Edition, Threshold
from tbtier.rules.program import Program
from tbtier.rules.sources import S1, S6, S14
from tbtier.rules.tiers import Tier

_IN_S1 = Citation(Certainty.PUBLISHED, (S1,))
_MORE_THAN = Citation(Certainty.INFERRED, (S1,), 'S1 prints "more than" beside a band that ends one point below (D8)')
_CUT_OFF = Citation(Certainty.INFERRED, (S1, S6), "the number is cut off in S1; taken from the consulting program in S6")

TRAILBLAZER = Program(
    name="TRAILBLAZER",
    entry_tier=Tier.BASE,
    changes=(
        Edition(
            start=None,
            start_citation=_IN_S1,
            thresholds=(
                Threshold(Tier.BASE, 0, _IN_S1),
                Threshold(Tier.RIDGE, 250, _IN_S1, inclusive_citation=_MORE_THAN),
                Threshold(Tier.CREST, 500, _IN_S1, inclusive_citation=_MORE_THAN),
                Threshold(Tier.SUMMIT, 750, _CUT_OFF),
            ),
            maximum_score=1000,
            maximum_citation=Citation(Certainty.INFERRED, (S14,), "S1 does not state the maximum; taken from FY22"),
            carryover=Carryover.HIGHEST_OF_YEAR,
            carryover_citation=_IN_S1,
            scorecard=ISV_FY24,
        ),
    ),
    note="a model, not a record: the ISV edition of FY24 for all time",
)
"""The ISV edition of FY24 without a start and without an end; it stays as it is if the record is corrected."""
