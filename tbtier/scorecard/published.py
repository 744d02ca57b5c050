"""The numbers of metrics that were published, by edition of the ISV program (rules K5 and K7)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import attrs

from tbtier.errors import UnknownRuleError
from tbtier.evaluation.reasons import RULE
from tbtier.fiscal import FiscalQuarter, as_quarter
from tbtier.programs import ISV
from tbtier.rules.citations import Certainty, Citation
from tbtier.rules.sources import S1, S13, S14
from tbtier.scorecard.attrition import AttritionBands, RateBand, RevenueBand

__all__ = ["attrition_bands", "review_minimum"]

_S13: Final = Citation(Certainty.PUBLISHED, (S13,))
_S14: Final = Citation(Certainty.PUBLISHED, (S14,))

REVIEW_MINIMA: Final = {
    "FY21 Q1": (5, _S13),
    "FY22 Q1": (8, _S14),
    "FY24 Q1": (8, Citation(Certainty.PUBLISHED, (S1,), "lowered from 10, and since when it was 10 is not said")),
}
"""The lowest number of reviews in the year, by the quarter in which its edition begins, and where that is written."""


def _rates(points: Sequence[int], citation: Citation, last: Citation) -> tuple[RateBand, ...]:
    """Return the bands that are printed, with the points for each."""
    ends = [
        (0, Decimal("4.9")),
        (5, Decimal("9.9")),
        (10, Decimal("14.9")),
        (15, Decimal("19.9")),
        (20, Decimal("24.9")),
        (25, None),
    ]
    return tuple(
        RateBand(lowest, highest, earned, citation if highest else last) for (lowest, highest), earned in zip(ends, points)
    )


def _revenues(percents: Sequence[tuple[int, int]], citation: Citation) -> tuple[RevenueBand, ...]:
    return tuple(RevenueBand(up_to, percent, citation, RULE["K7a"].citation) for up_to, percent in percents)


ATTRITION_BANDS: Final = {
    "FY21 Q1": AttritionBands(
        "ISV FY21",
        _rates(
            (250, 200, 150, 100, 50, 0),
            _S13,
            last=Citation(Certainty.INFERRED, (S13,), "the points from 25 % on are not printed"),
        ),
        _revenues(((500_000, 10), (1_000_000, 25), (2_500_000, 60), (5_000_000, 80), (10_000_000, 95)), _S13),
    ),
    "FY22 Q1": AttritionBands(
        "ISV FY22",
        _rates((200, 160, 120, 80, 40, 0), _S14, last=_S14),
        _revenues(((500_000, 10), (1_000_000, 25)), _S14),
    ),
}
"""The bands of attrition, by the quarter in which their edition begins."""


def review_minimum(quarter: FiscalQuarter | str) -> int:
    """Return the lowest number of reviews in the year with which the rating of an app earns points, inclusive (rule K5).

    The page with the number of FY21 bears no date: that it is of that year is inferred.

    >>> review_minimum("FY21 Q1"), review_minimum("FY24 Q1")
    (5, 8)

    Raises:
        UnknownRuleError: the rules of `ISV` for that quarter are not known.
        ProgramEndedError: `ISV` has ended by then.
    """
    return REVIEW_MINIMA[str(ISV.edition(quarter).start)][0]


def attrition_bands(quarter: FiscalQuarter | str) -> AttritionBands:
    """Return what attrition earns by the edition of the ISV program in force in a quarter (rule K7).

    Where the dates of the edition are inferred, so are its bands.

    >>> from tbtier.scorecard import attrition_rate
    >>> print(attrition_bands("FY22 Q1").points(attrition_rate(750_000, current=697_500), current=697_500))
    40 points
      7 % is in the band 5 to 9.9 %, which earns 160 (bands ISV FY22: published, S14)
      697500 is in the band to 1000000, with 25 % possible (bands ISV FY22: published, S14)
      160 times 25 % is 40 (K6: published, S1, S13, S14)

    Raises:
        UnknownRuleError: the bands for that quarter are not known; state them as `AttritionBands`.
        ProgramEndedError: `ISV` has ended by then.
    """
    quarter = as_quarter(quarter)
    edition = ISV.edition(quarter)
    bands = ATTRITION_BANDS.get(str(edition.start))
    if bands is None:
        known = f"those of the editions from {' and '.join(ATTRITION_BANDS)}; state your own as AttritionBands"
        raise UnknownRuleError(ISV.name, quarter, "no source was found", known, "attrition bands")
    return AttritionBands(
        bands.name,
        tuple(attrs.evolve(band, citation=band.citation.within(edition.start_citation)) for band in bands.rates),
        tuple(attrs.evolve(band, citation=band.citation.within(edition.start_citation)) for band in bands.revenues),
    )
