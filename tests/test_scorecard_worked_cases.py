"""The scorecard numbers of the real programs, by hand from RULES: K1 to K7 and their sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tbtier import errors
from tbtier.programs import CONSULTING, ISV
from tbtier.rules import Certainty, Program
from tbtier.rules.sources import S1, S2, S13, S14
from tbtier.scorecard import IMPACT, attrition_points, counts_for, pledge_shows_on, review_minimum, shows_on


@pytest.mark.parametrize(
    ("received", "quarter"),
    [
        (date(2023, 4, 30), "FY24 Q1"),
        (date(2023, 5, 1), "FY24 Q2"),
        (date(2023, 2, 1), "FY24 Q1"),
        (date(2023, 1, 31), "FY23 Q4"),
        (date(2024, 2, 29), "FY25 Q1"),
    ],
)
def test_a_survey_counts_for_the_quarter_in_which_it_is_received(received: date, quarter: str) -> None:
    """The published example is a survey on 2023-04-30, and a survey on the next day (K1)."""
    assert quarter == str(counts_for(received))


SHOWING = [
    (ISV, "Customers", date(2023, 4, 30), date(2023, 6, 1), date(2023, 6, 7), S1),
    (ISV, "Customers", date(2024, 1, 31), date(2024, 3, 1), date(2024, 3, 7), S1),
    (ISV, IMPACT, date(2023, 4, 3), date(2023, 4, 3), date(2023, 4, 30), S1),
    (ISV, IMPACT, date(2020, 4, 3), date(2020, 4, 3), date(2020, 4, 30), S1),
    (CONSULTING, IMPACT, date(2023, 4, 30), date(2023, 4, 30), date(2023, 5, 1), S2),
    (CONSULTING, "Customers", date(2018, 4, 30), date(2018, 4, 30), date(2018, 5, 1), S2),
    (ISV.with_edition_of("FY24 Q1"), IMPACT, date(2029, 4, 3), date(2029, 4, 3), date(2029, 4, 30), S1),
    (CONSULTING.with_edition_of("FY20 Q1"), "Customers", date(2029, 4, 3), date(2029, 4, 3), date(2029, 4, 4), S2),
]
"""Program, pillar, the day of the activity, the first and the last day of showing, and the source."""


@pytest.mark.parametrize(("program", "pillar", "received", "start", "last_day", "source"), SHOWING)
def test_points_show_as_published(
    program: Program, pillar: str, received: date, start: date, last_day: date, source: object
) -> None:
    """ISV points show after notification or, for Impact, within the quarter; consulting points show daily (K3)."""
    showing = shows_on(received, program=program, pillar=pillar)
    assert (start, last_day) == (showing.start, showing.last_day)
    assert (source,) == showing.reasons[-1].citation.sources
    assert (source is S2) is showing.reasons[-1].is_inferred


def test_a_pledge_cites_its_source() -> None:
    """S1 states the month that passes after the sign-up (K4)."""
    assert {(S1,)} == {reason.citation.sources for reason in pledge_shows_on(date(2023, 4, 3)).reasons}


@pytest.mark.parametrize(
    ("quarter", "minimum", "source"),
    [
        ("FY21 Q1", 5, S13),
        ("FY21 Q4", 5, S13),
        ("FY22 Q1", 8, S14),
        ("FY22 Q4", 8, S14),
        ("FY24 Q1", 8, S1),
        ("FY25 Q1", 8, S1),
    ],
)
def test_the_rating_of_an_app_needs_reviews(quarter: str, minimum: int, source: object) -> None:
    """The published minimum is 5 reviews in FY21, and 8 in FY22 and from FY24 on (K5)."""
    assert minimum == review_minimum(quarter, program=ISV)
    rules = ISV.edition(quarter).scorecard
    assert rules is not None
    assert rules.review_minimum_citation is not None
    assert (source,) == rules.review_minimum_citation.sources


def _rates(quarter: str, points: list[int]) -> list[tuple[str, str, Any, Any]]:
    """Return both ends of each band of rates, the lower with an AOV of 10 percent and the upper with one of 25 percent."""
    lower = [(quarter, rate, 1, Fraction(earned, 10)) for rate, earned in zip(["0", "5", "10", "15", "20", "25"], points)]
    ends = ["4.9", "9.9", "14.9", "19.9", "24.9", "100"]
    return lower + [(quarter, rate, 600_000, Fraction(earned, 4)) for rate, earned in zip(ends, points)]


# Each band of AOVs has another rate, and few cases are in a Q1 or a Q4, so that no number and no start stands in many.
ATTRITION = [
    ("FY21 Q1", "7", 750_000, 50),
    ("FY22 Q1", "7", 750_000, 40),
    *_rates("FY21 Q2", [250, 200, 150, 100, 50, 0]),
    *_rates("FY22 Q3", [200, 160, 120, 80, 40, 0]),
    *[("FY21 Q4", "1", aov, 25) for aov in (0, 500_000)],
    *[("FY21 Q3", "22", aov, Fraction(25, 2)) for aov in (500_001, Decimal("500000.01"), 1_000_000)],
    *[("FY21 Q3", "12", aov, 90) for aov in (1_000_001, 2_500_000)],
    *[("FY21 Q3", "17", aov, 80) for aov in (2_500_001, 5_000_000)],
    *[("FY21 Q3", "7", aov, 190) for aov in (5_000_001, 10_000_000)],
    *[("FY22 Q4", "1", aov, 20) for aov in (0, 500_000)],
    *[("FY22 Q2", "12", aov, 30) for aov in (500_001, Decimal("500000.01"), 1_000_000)],
]
"""Quarter, a rate in percent, the current AOV, and the points; by hand from K6 and K7."""


@pytest.mark.parametrize(("quarter", "rate", "current", "points"), ATTRITION)
def test_attrition_earns_the_published_points(quarter: str, rate: str, current: Any, points: Any) -> None:
    """The published points of a rate are multiplied by the published percent of an AOV, and FY21 is inferred."""
    earned = attrition_points(Decimal(rate) / 100, current=current, quarter=quarter, program=ISV)
    assert points == earned.points
    by_bands = [reason.citation for reason in earned.reasons if reason.rule == "K7"]
    in_fy21 = quarter.startswith("FY21")
    assert [(S13,) if in_fy21 else (S14,)] * 2 == [citation.sources for citation in by_bands]
    assert {Certainty.INFERRED if in_fy21 else Certainty.PUBLISHED} == {citation.certainty for citation in by_bands}


def test_the_points_from_25_percent_on_are_inferred_in_fy21() -> None:
    """S13 does not print the points from 25 % on, and S14 does (K7)."""
    last = {
        quarter: attrition_points(1, current=1, quarter=quarter, program=ISV).reasons[0].citation.note
        for quarter in ("FY21 Q1", "FY22 Q1")
    }
    assert {"FY21 Q1": "S13 does not print the points from 25 % on", "FY22 Q1": ""} == last


@pytest.mark.parametrize(
    ("quarter", "rate", "current"),
    [
        *[("FY21 Q1", rate, 1) for rate in ("4.91", "4.95", "4.99", "9.95", "14.95", "19.95", "24.95")],
        *[("FY22 Q1", rate, 1) for rate in ("4.91", "4.95", "4.99", "9.95", "14.95", "19.95", "24.95")],
        ("FY21 Q1", "7", 10_000_001),
        ("FY22 Q1", "7", 1_000_001),
        ("FY22 Q1", "7", 2_500_000),
        ("FY23 Q1", "7", 1),
        ("FY24 Q1", "7", 1),
    ],
)
def test_no_points_are_known_without_a_printed_band(quarter: str, rate: str, current: int) -> None:
    """The printed bands leave out 4.95 %, S14 is readable up to 1,000,000, and S1 prints no bands (K7)."""
    with pytest.raises(errors.UnknownRuleError):
        attrition_points(Decimal(rate) / 100, current=current, quarter=quarter, program=ISV)


def test_consulting_prints_no_attrition_bands_and_no_review_minimum() -> None:
    """Only the ISV program has attrition bands and a review minimum (K5, K7)."""
    with pytest.raises(errors.UnknownRuleError, match=r"known are those of no edition$"):
        attrition_points(0, current=1, quarter="FY22 Q1", program=CONSULTING)
    with pytest.raises(errors.UnknownRuleError, match=r"known are those of no edition$"):
        review_minimum("FY22 Q1", program=CONSULTING)
