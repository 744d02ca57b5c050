"""A timeline, the record that is right for it, and findings in short."""

from __future__ import annotations

from datetime import date, timedelta

from made_up import MODEL

import tbtier as tb
from tbtier import Tier

SCORES = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 430, "FY25 Q1": 260, "FY25 Q2": 310, "FY25 Q3": 300}
TIMELINE = tb.evaluate({**SCORES, "FY25 Q4": 280}, program=MODEL, starting_tier=Tier.BASE)
"""Base until June 2023, then Ridge, from September 2023 Crest, from March 2025 Ridge."""
RIGHT = [(date(2023, 3, 1), "Base"), (date(2023, 6, 1), "Ridge"), (date(2023, 9, 1), "Crest"), (date(2025, 3, 1), "Ridge")]


def days_in(found: tb.Finding) -> list[date]:
    """Return the days of the spans of a finding, one after the other, as often as they are in a span."""
    days: list[date] = []
    for start, stop in found.spans:
        assert stop
        days += [start + number * timedelta(days=1) for number in range((stop - start).days)]
    return days


def in_short(*found: tb.Finding) -> list[tuple[str, str, str | None, str | None]]:
    """Return findings as their codes, days and tiers."""
    return [(one.code, str(one.on), one.expected and str(one.expected), one.observed and str(one.observed)) for one in found]
