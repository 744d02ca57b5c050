"""The scorecard rules of the known programs, by edition (rules K3, K5 and K7)."""

from __future__ import annotations

from typing import Final

from tbtier.rules.citations import Certainty, Citation
from tbtier.rules.scorecards import IMPACT, AttritionBand, ScorecardRules, ShowingRule, ShowsWhen
from tbtier.rules.sources import S1, S2, S13, S14

_IN_S13: Final = Citation(Certainty.PUBLISHED, (S13,))
_IN_S14: Final = Citation(Certainty.PUBLISHED, (S14,))
_IN_S1: Final = Citation(Certainty.PUBLISHED, (S1,))

_ISV_SHOWING: Final = (
    ShowingRule(ShowsWhen.WITHIN_QUARTER, _IN_S1, pillar=IMPACT),
    ShowingRule(ShowsWhen.NOTIFIED, _IN_S1),
)

# Rates are in tenths of a percent, as they are printed.
ISV_FY21: Final = ScorecardRules(
    showing=_ISV_SHOWING,
    review_minimum=5,
    review_minimum_citation=_IN_S13,
    rate_bands=(
        AttritionBand(0, 49, 250, _IN_S13),
        AttritionBand(50, 99, 200, _IN_S13),
        AttritionBand(100, 149, 150, _IN_S13),
        AttritionBand(150, 199, 100, _IN_S13),
        AttritionBand(200, 249, 50, _IN_S13),
        AttritionBand(250, None, 0, Citation(Certainty.INFERRED, (S13,), "S13 does not print the points from 25 % on")),
    ),
    aov_bands=(
        AttritionBand(0, 500_000, 10, _IN_S13),
        AttritionBand(500_000, 1_000_000, 25, _IN_S13),
        AttritionBand(1_000_000, 2_500_000, 60, _IN_S13),
        AttritionBand(2_500_000, 5_000_000, 80, _IN_S13),
        AttritionBand(5_000_000, 10_000_000, 95, _IN_S13),
    ),
)
ISV_FY22: Final = ScorecardRules(
    showing=_ISV_SHOWING,
    review_minimum=8,
    review_minimum_citation=_IN_S14,
    rate_bands=(
        AttritionBand(0, 49, 200, _IN_S14),
        AttritionBand(50, 99, 160, _IN_S14),
        AttritionBand(100, 149, 120, _IN_S14),
        AttritionBand(150, 199, 80, _IN_S14),
        AttritionBand(200, 249, 40, _IN_S14),
        AttritionBand(250, None, 0, _IN_S14),
    ),
    # The other bands of S14 cannot be read.
    aov_bands=(
        AttritionBand(0, 500_000, 10, _IN_S14),
        AttritionBand(500_000, 1_000_000, 25, _IN_S14),
    ),
)
ISV_FY24: Final = ScorecardRules(
    showing=_ISV_SHOWING,
    review_minimum=8,
    review_minimum_citation=Citation(Certainty.PUBLISHED, (S1,), "lowered from 10; no source says when the minimum became 10"),
)
CONSULTING_DAILY: Final = ScorecardRules(
    showing=(ShowingRule(ShowsWhen.DAILY, Citation(Certainty.INFERRED, (S2,), "no source says how soon points show")),),
)
