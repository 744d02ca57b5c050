"""The consulting partner program, by score from FY19 to 2026-03-01.

Up to FY21 the same four ranks had other names, such as Gold for Crest (S12).
"""

from __future__ import annotations

from datetime import date

from tbtier.programs.scorecards import CONSULTING_DAILY
from tbtier.rules.citations import Certainty, Citation
from tbtier.rules.editions import Carryover, Edition, ProgramEnd, Threshold
from tbtier.rules.program import Program
from tbtier.rules.sources import S1, S2, S3, S4, S5, S6, S7, S8, S9, S10
from tbtier.rules.tiers import Tier

_IN_S9_S8 = Citation(Certainty.PUBLISHED, (S9, S8))
_IN_S7 = Citation(Certainty.PUBLISHED, (S7,))
_IN_S6 = Citation(Certainty.PUBLISHED, (S6,))
_IN_S5 = Citation(Certainty.PUBLISHED, (S5,))
_AS_FY22 = Citation(Certainty.INFERRED, (S6, S2), "S6 states the bound for FY22; S2 states the name")
_MAXIMUM_OF_FY22 = Citation(Certainty.INFERRED, (S6,), "taken from FY22")
# No table of a later year was found.
_BANDS_OF_FY22 = (
    Threshold(Tier.BASE, 0, _AS_FY22),
    Threshold(Tier.RIDGE, 250, _AS_FY22),
    Threshold(Tier.CREST, 500, _AS_FY22),
    Threshold(Tier.SUMMIT, 750, _AS_FY22),
)

CONSULTING = Program(
    name="CONSULTING",
    entry_tier=Tier.PROVISIONAL,
    changes=(
        Edition(
            start="FY19 Q1",
            start_citation=Citation(Certainty.PUBLISHED, (S9,)),
            thresholds=(
                Threshold(Tier.BASE, 0, _IN_S9_S8, "Registered"),
                Threshold(Tier.RIDGE, 250, _IN_S9_S8, "Silver"),
                Threshold(Tier.CREST, 450, _IN_S9_S8, "Gold"),
                Threshold(Tier.SUMMIT, 700, _IN_S9_S8, "Platinum"),
            ),
            maximum_score=1000,
            maximum_citation=Citation(Certainty.PUBLISHED, (S8,)),
            carryover=Carryover.FINAL_QUARTER,
            carryover_citation=_IN_S5,
            scorecard=CONSULTING_DAILY,
        ),
        Edition(
            start="FY21 Q1",
            start_citation=_IN_S7,
            thresholds=(
                Threshold(Tier.BASE, 0, _IN_S7, "Registered"),
                Threshold(Tier.RIDGE, 250, _IN_S7, "Silver"),
                Threshold(Tier.CREST, 500, _IN_S7, "Gold"),
                Threshold(Tier.SUMMIT, 750, _IN_S7, "Platinum"),
            ),
            maximum_score=1000,
            maximum_citation=_IN_S7,
            carryover=Carryover.FINAL_QUARTER,
            carryover_citation=_IN_S5,
            scorecard=CONSULTING_DAILY,
        ),
        Edition(
            start="FY22 Q1",
            start_citation=_IN_S6,
            thresholds=(
                Threshold(Tier.BASE, 0, _IN_S6),
                Threshold(Tier.RIDGE, 250, _IN_S6),
                Threshold(Tier.CREST, 500, _IN_S6),
                Threshold(Tier.SUMMIT, 750, _IN_S6),
            ),
            maximum_score=1000,
            maximum_citation=_IN_S6,
            carryover=Carryover.FINAL_QUARTER,
            carryover_citation=_IN_S5,
            scorecard=CONSULTING_DAILY,
        ),
        Edition(
            start="FY23 Q1",
            start_citation=Citation(Certainty.INFERRED, (S2,), "S2 is undated, but has the tier names of FY22"),
            thresholds=_BANDS_OF_FY22,
            maximum_score=1000,
            maximum_citation=_MAXIMUM_OF_FY22,
            carryover=Carryover.FINAL_QUARTER,
            carryover_citation=Citation(Certainty.INFERRED, (S5,), "taken from FY22"),
            scorecard=CONSULTING_DAILY,
        ),
        Edition(
            start="FY24 Q1",
            start_citation=Citation(Certainty.INFERRED, (S1,), "the ISV program changed its carryover in that quarter"),
            thresholds=_BANDS_OF_FY22,
            maximum_score=1000,
            maximum_citation=_MAXIMUM_OF_FY22,
            carryover=Carryover.HIGHEST_OF_YEAR,
            carryover_citation=Citation(
                Certainty.INFERRED, (S1, S10), "S1 is about the ISV program, S10 about the consulting program in 2026"
            ),
            scorecard=CONSULTING_DAILY,
        ),
        ProgramEnd(
            on=date(2026, 3, 1),
            replaced_by="the tiers Provisional, Select and Summit, which follow a checklist and not a score",
            citation=Citation(Certainty.INFERRED, (S3, S4), "the new tiers are published; the end of the score is inferred"),
        ),
    ),
)
"""The consulting partner program; its rules before FY19 are not known."""
