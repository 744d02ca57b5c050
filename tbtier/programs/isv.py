"""The ISV (AppExchange) partner program, by score from FY21 to 2024-08-01."""

from __future__ import annotations

from datetime import date

from tbtier.programs.scorecards import ISV_FY21, ISV_FY22, ISV_FY24
from tbtier.rules.citations import Certainty, Citation
from tbtier.rules.editions import Carryover, Edition, ProgramEnd, Threshold, UnknownRules
from tbtier.rules.program import Program
from tbtier.rules.sources import S1, S5, S6, S13, S14, S15, S16
from tbtier.rules.tiers import Tier

_IN_S13 = Citation(Certainty.PUBLISHED, (S13,))
_IN_S14 = Citation(Certainty.PUBLISHED, (S14,))
_IN_S1 = Citation(Certainty.PUBLISHED, (S1,))
_MORE_THAN = Citation(Certainty.INFERRED, (S1,), 'S1 prints "more than" beside a band that ends one point below (D8)')
_CUT_OFF = Citation(Certainty.INFERRED, (S1, S6), "the number is cut off in S1; taken from the consulting program in S6")
_AS_CONSULTING = Citation(Certainty.INFERRED, (S5,), "S5 is about the consulting program")

ISV = Program(
    name="ISV",
    entry_tier=Tier.BASE,
    changes=(
        Edition(
            start="FY21 Q1",
            start_citation=Citation(Certainty.INFERRED, (S13,), "S13 is undated"),
            thresholds=(
                Threshold(Tier.BASE, 0, _IN_S13),
                Threshold(Tier.RIDGE, 150, _IN_S13),
                Threshold(Tier.CREST, 250, _IN_S13),
                Threshold(Tier.SUMMIT, 600, _IN_S13),
            ),
            maximum_score=1000,
            maximum_citation=_IN_S13,
            carryover=Carryover.FINAL_QUARTER,
            carryover_citation=_AS_CONSULTING,
            scorecard=ISV_FY21,
        ),
        Edition(
            start="FY22 Q1",
            start_citation=_IN_S14,
            thresholds=(
                Threshold(Tier.BASE, 0, _IN_S14),
                Threshold(Tier.RIDGE, 250, _IN_S14),
                Threshold(Tier.CREST, 400, _IN_S14),
                Threshold(Tier.SUMMIT, 700, _IN_S14),
            ),
            maximum_score=1000,
            maximum_citation=_IN_S14,
            carryover=Carryover.FINAL_QUARTER,
            carryover_citation=_AS_CONSULTING,
            scorecard=ISV_FY22,
        ),
        UnknownRules(start="FY23 Q1", reason="no source was found"),
        Edition(
            start="FY24 Q1",
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
        ProgramEnd(
            on=date(2024, 8, 1),
            replaced_by="the journey stages Registered, Exploration, Build, Select and Summit, which are not earned by score",
            citation=Citation(Certainty.PUBLISHED, (S15, S16)),
        ),
    ),
)
"""The ISV (AppExchange) partner program; its rules of FY23 are not known."""
