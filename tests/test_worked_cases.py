"""The worked cases and the boundary days, as answers written by hand from the sources."""

from __future__ import annotations

from datetime import date

import pytest

import tbtier as tb
from tbtier import FiscalQuarter, FiscalYear, ProgramYear, Tier
from tbtier.programs import CONSULTING, ISV, TRAILBLAZER
from tbtier.rules import Edition, Program


@pytest.mark.parametrize(
    ("program", "quarter", "score", "tier", "label"),
    [
        (ISV, "FY24 Q1", 249, "Base", "Base"),
        (ISV, "FY24 Q1", 250, "Ridge", "Ridge"),
        (ISV, "FY24 Q1", 499, "Ridge", "Ridge"),
        (ISV, "FY24 Q1", 500, "Crest", "Crest"),
        (ISV, "FY24 Q1", 749, "Crest", "Crest"),
        (ISV, "FY24 Q1", 750, "Summit", "Summit"),
        (ISV, "FY21 Q3", 149, "Base", "Base"),
        (ISV, "FY21 Q3", 150, "Ridge", "Ridge"),
        (ISV, "FY21 Q3", 260, "Crest", "Crest"),
        (ISV, "FY21 Q4", 599, "Crest", "Crest"),
        (ISV, "FY21 Q4", 600, "Summit", "Summit"),
        (ISV, "FY22 Q1", 260, "Ridge", "Ridge"),
        (ISV, "FY22 Q2", 399, "Ridge", "Ridge"),
        (ISV, "FY22 Q1", 400, "Crest", "Crest"),
        (ISV, "FY22 Q3", 699, "Crest", "Crest"),
        (ISV, "FY22 Q4", 700, "Summit", "Summit"),
        (CONSULTING, "FY20 Q1", 249, "Base", "Registered"),
        (CONSULTING, "FY20 Q1", 250, "Ridge", "Silver"),
        (CONSULTING, "FY20 Q1", 449, "Ridge", "Silver"),
        (CONSULTING, "FY20 Q1", 450, "Crest", "Gold"),
        (CONSULTING, "FY20 Q1", 699, "Crest", "Gold"),
        (CONSULTING, "FY20 Q1", 700, "Summit", "Platinum"),
        (CONSULTING, "FY21 Q1", 450, "Ridge", "Silver"),
        (CONSULTING, "FY21 Q1", 700, "Crest", "Gold"),
        (CONSULTING, "FY21 Q4", 750, "Summit", "Platinum"),
        (CONSULTING, "FY22 Q1", 500, "Crest", "Crest"),
        (CONSULTING, "FY23 Q1", 749, "Crest", "Crest"),
        (CONSULTING, "FY26 Q3", 750, "Summit", "Summit"),
        (CONSULTING, "FY19 Q1", 0, "Base", "Registered"),
        (CONSULTING, "FY24 Q1", 1000, "Summit", "Summit"),
        (TRAILBLAZER, "FY1950 Q1", 500, "Crest", "Crest"),
    ],
)
def test_a_score_earns_the_tier_of_its_edition(program: Program, quarter: str, score: int, tier: str, label: str) -> None:
    """Each published bound is inclusive, and a score earns a tier by the edition of its quarter (W1, W2)."""
    assert tier == str(program.tier_for(score, quarter))
    assert label == program.edition(quarter).labels[Tier(tier)]


@pytest.mark.parametrize(
    ("case", "program", "starting_tier", "first", "scores", "expected"),
    [
        ("W3", CONSULTING, "Crest", "FY22 Q1", [300, 100, 0], {"2021-03-01": "Crest", "2022-02-28": "Crest"}),
        (
            "W4",
            CONSULTING,
            "Base",
            "FY22 Q1",
            [300],
            {"2021-03-01": "Base", "2021-05-31": "Base", "2021-06-01": "Ridge", "2021-08-31": "Ridge"},
        ),
        (
            "W5",
            CONSULTING,
            "Base",
            "FY22 Q1",
            [100, 505],
            {"2021-06-01": "Base", "2021-08-31": "Base", "2021-09-01": "Crest", "2021-11-30": "Crest"},
        ),
        (
            "W6",
            ISV,
            "Summit",
            "FY24 Q1",
            [260, 300, 400, 300],
            {"2023-03-01": "Summit", "2024-02-01": "Summit", "2024-02-29": "Summit", "2024-03-01": "Ridge"},
        ),
        (
            "W7",
            ISV,
            "Base",
            "FY24 Q1",
            [100, 520, 300, 300],
            {"2023-08-31": "Base", "2023-09-01": "Crest", "2024-02-29": "Crest", "2024-03-01": "Crest"},
        ),
        (
            "W8",
            CONSULTING,
            "Base",
            "FY22 Q1",
            [100, 520, 300, 300],
            {"2021-08-31": "Base", "2021-09-01": "Crest", "2022-02-28": "Crest", "2022-03-01": "Ridge"},
        ),
        (
            "W9",
            ISV,
            "Crest",
            "FY24 Q1",
            [100, 100, 100, 760],
            {"2024-01-31": "Crest", "2024-02-01": "Crest", "2024-02-29": "Crest", "2024-03-01": "Summit"},
        ),
        (
            "nothing scored, so the entry tier (D2)",
            CONSULTING,
            "Summit",
            "FY25 Q1",
            [None, None, None, None],
            {"2025-02-28": "Summit", "2025-03-01": "Provisional"},
        ),
        (
            "held and not earned plays no part on March 1 (R7, D3)",
            ISV,
            "Summit",
            "FY24 Q1",
            [0, None, 249, 0],
            {"2024-02-29": "Summit", "2024-03-01": "Base", "2024-05-31": "Base"},
        ),
        (
            "a tier in place of a score (D1)",
            ISV,
            "Base",
            "FY24 Q1",
            [Tier.RIDGE, None, Tier.SUMMIT],
            {"2023-06-01": "Ridge", "2023-11-30": "Ridge", "2023-12-01": "Summit"},
        ),
        (
            "judged by the edition of its own quarter (D7)",
            CONSULTING,
            "Base",
            "FY20 Q1",
            [0, 0, 0, 450, 450],
            {"2020-02-29": "Base", "2020-03-01": "Crest", "2020-06-01": "Crest"},
        ),
    ],
)
def test_the_tier_on_a_day(
    case: str, program: Program, starting_tier: str, first: str, scores: list[tb.history.Score], expected: dict[str, str]
) -> None:
    """The published numbers and carryovers give these tiers day by day (W3 to W9, D1 to D3, D7)."""
    start = FiscalQuarter.parse(first)
    history = {start + place: score for place, score in enumerate(scores)}
    timeline = tb.evaluate(history, program=program, starting_tier=Tier(starting_tier))
    assert expected == {day: str(timeline.tier_on(date.fromisoformat(day))) for day in expected}, case


@pytest.mark.parametrize(
    ("day", "quarter", "fiscal_year", "program_year"),
    [
        ("2023-01-31", "FY23 Q4", "FY23", "PY23"),
        ("2023-02-01", "FY24 Q1", "FY24", "PY23"),
        ("2023-02-28", "FY24 Q1", "FY24", "PY23"),
        ("2023-03-01", "FY24 Q1", "FY24", "PY24"),
        ("2023-04-30", "FY24 Q1", "FY24", "PY24"),
        ("2023-05-01", "FY24 Q2", "FY24", "PY24"),
        ("2023-05-31", "FY24 Q2", "FY24", "PY24"),
        ("2023-06-01", "FY24 Q2", "FY24", "PY24"),
        ("2023-07-31", "FY24 Q2", "FY24", "PY24"),
        ("2023-08-01", "FY24 Q3", "FY24", "PY24"),
        ("2023-10-31", "FY24 Q3", "FY24", "PY24"),
        ("2023-11-01", "FY24 Q4", "FY24", "PY24"),
        ("2023-12-31", "FY24 Q4", "FY24", "PY24"),
        ("2024-01-31", "FY24 Q4", "FY24", "PY24"),
        ("2024-02-15", "FY25 Q1", "FY25", "PY24"),
        ("2024-02-29", "FY25 Q1", "FY25", "PY24"),
        ("2024-03-01", "FY25 Q1", "FY25", "PY25"),
        ("2019-03-01", "FY20 Q1", "FY20", "PY20"),
        ("2000-01-31", "FY00 Q4", "FY00", "PY00"),
        ("2000-02-29", "FY01 Q1", "FY01", "PY00"),
        ("1999-01-31", "FY1999 Q4", "FY1999", "PY1999"),
        ("2099-01-31", "FY99 Q4", "FY99", "PY99"),
        ("2100-02-28", "FY2101 Q1", "FY2101", "PY2100"),
        ("2100-03-01", "FY2101 Q1", "FY2101", "PY2101"),
        ("0001-03-01", "FY0002 Q1", "FY0002", "PY0002"),
        ("9999-01-31", "FY9999 Q4", "FY9999", "PY9999"),
    ],
)
def test_a_day_has_one_quarter_and_two_years(day: str, quarter: str, fiscal_year: str, program_year: str) -> None:
    """February is in the new fiscal year, and still in the old program year (R1, R2, W10)."""
    on = date.fromisoformat(day)
    assert quarter == str(FiscalQuarter.containing(on))
    assert fiscal_year == str(FiscalYear.containing(on))
    assert program_year == str(ProgramYear.containing(on))


@pytest.mark.parametrize(
    ("quarter", "closes_on", "review_start", "review_last_day", "effective_on", "notified_by"),
    [
        ("FY24 Q1", "2023-04-30", "2023-05-01", "2023-05-31", "2023-06-01", "2023-06-07"),
        ("FY24 Q2", "2023-07-31", "2023-08-01", "2023-08-31", "2023-09-01", "2023-09-07"),
        ("FY24 Q3", "2023-10-31", "2023-11-01", "2023-11-30", "2023-12-01", "2023-12-07"),
        ("FY24 Q4", "2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01", "2024-03-07"),
        ("FY2100 Q4", "2100-01-31", "2100-02-01", "2100-02-28", "2100-03-01", "2100-03-07"),
    ],
)
def test_a_cycle_has_these_dates(
    quarter: str, closes_on: str, review_start: str, review_last_day: str, effective_on: str, notified_by: str
) -> None:
    """A quarter closes, is reviewed for a month, and takes effect on the first of the next month (R3 to R5)."""
    cycle = TRAILBLAZER.cycle(quarter)
    expected = [closes_on, review_start, review_last_day, effective_on, notified_by]
    dates = [cycle.closes_on, cycle.review_start, cycle.review_last_day, cycle.effective_on, cycle.notified_by]
    assert expected == list(map(str, dates))


Q4_ALONE, BEST_OF_FOUR = "FINAL_QUARTER", "HIGHEST_OF_YEAR"
EDITIONS = {
    ("CONSULTING", "FY19 Q1"): ([0, 250, 450, 700], 1000, Q4_ALONE),
    ("CONSULTING", "FY21 Q1"): ([0, 250, 500, 750], 1000, Q4_ALONE),
    ("CONSULTING", "FY22 Q1"): ([0, 250, 500, 750], 1000, Q4_ALONE),
    ("CONSULTING", "FY23 Q1"): ([0, 250, 500, 750], 1000, Q4_ALONE),
    ("CONSULTING", "FY24 Q1"): ([0, 250, 500, 750], 1000, BEST_OF_FOUR),
    ("ISV", "FY21 Q1"): ([0, 150, 250, 600], 1000, Q4_ALONE),
    ("ISV", "FY22 Q1"): ([0, 250, 400, 700], 1000, Q4_ALONE),
    ("ISV", "FY24 Q1"): ([0, 250, 500, 750], 1000, BEST_OF_FOUR),
    ("TRAILBLAZER", "None"): ([0, 250, 500, 750], 1000, BEST_OF_FOUR),
}
"""What each edition states, written by hand from its source: the lowest scores of Base, Ridge, Crest and Summit, and so on."""


def test_every_edition_is_stated_by_hand() -> None:
    """Each edition has the published start, bounds, maximum and carryover, written by hand from its source."""
    stated = {
        (program.name, str(edition.start)): (
            [threshold.score for threshold in edition.thresholds],
            edition.maximum_score,
            edition.carryover.name,
        )
        for program in (CONSULTING, ISV, TRAILBLAZER)
        for edition in program.changes
        if isinstance(edition, Edition)
    }
    assert EDITIONS == stated
    assert {(Tier.BASE, Tier.RIDGE, Tier.CREST, Tier.SUMMIT)} == {
        edition.tiers
        for program in (CONSULTING, ISV, TRAILBLAZER)
        for edition in program.changes
        if isinstance(edition, Edition)
    }
