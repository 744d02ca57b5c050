"""The codes of findings: every kind of fault that a record of tiers can have."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from tbtier.rules.named import Named

__all__ = ["CODES", "Code", "Kind"]


class Kind(Named):
    """What a finding is about."""

    ROWS = "the rows: they give no tier for a day, or several, or cannot be judged"
    DAY = "the right tier, from the wrong day on"
    TIER = "a wrong tier"
    PATTERN = "one mistake, made again and again"


@attrs.frozen
class Code:
    """One kind of fault that a record can have."""

    id: str
    """Its name, such as `missed-rise`; it stays what it is."""
    kind: Kind
    """What it is about."""
    rule: str
    """The id of the rule that it breaks, such as `R6`."""
    meaning: str
    """What is wrong."""
    advice: str
    """What to do."""


_CODES: Final = (
    ("outside", Kind.ROWS, "D6", "rows on days that are not judged", "give more scores, or leave these rows out"),
    ("gap", Kind.ROWS, "D9", "days for which no row gives a tier", "add a row, or correct the stop of the one before"),
    (
        "overlap",
        Kind.ROWS,
        "D9",
        "days for which rows give different tiers",
        "keep the row that is right, and shorten the other",
    ),
    ("last-days", Kind.PATTERN, "D9", "each stop is the last day of its row", "give the first day after the row as its stop"),
    ("early-rise", Kind.DAY, "R4", "a rise before its evaluation takes effect", "let the row begin when it takes effect"),
    ("late-rise", Kind.DAY, "R4", "a rise after its evaluation took effect", "let the next row begin when it takes effect"),
    ("early-fall", Kind.DAY, "R8", "a fall before the March 1 on which it takes effect", "let the row begin on March 1"),
    ("late-fall", Kind.DAY, "R8", "a fall after the March 1 on which it took effect", "let the next row begin on March 1"),
    ("missed-rise", Kind.TIER, "R6", "a rise that is not in the record, or not all of it", "add a row for the rise"),
    ("unearned-rise", Kind.TIER, "R6", "a rise to more than was earned", "take the row out, or give the score behind it"),
    ("fall-inside-year", Kind.TIER, "R6", "a fall on another day than March 1", "take the row out: the tier is kept"),
    (
        "no-evaluation",
        Kind.TIER,
        "R4",
        "a change on a day on which no evaluation takes effect",
        "take the row out, or let it begin when the evaluation behind it takes effect",
    ),
    ("start-too-low", Kind.TIER, "R7", "a March 1 with less than what counts earned", "write the expected tier"),
    ("start-too-high", Kind.TIER, "R7", "a March 1 with more than what counts earned", "write the expected tier"),
    ("start-held", Kind.TIER, "R7", "a March 1 with the tier held before it", "write the expected tier"),
    ("start-final-quarter", Kind.TIER, "R7", "a March 1 with what Q4 alone earned", "look at the four quarters of the year"),
    ("wrong-tier", Kind.TIER, "D9", "a record, or what follows a gap, that begins with a wrong tier", "correct the tier"),
    ("year-off", Kind.PATTERN, "R1", "each change is right, one year off", "name a fiscal year by the year in which it ends"),
    ("february", Kind.PATTERN, "R2", "each March 1 is a month early", "let the program year begin on March 1"),
    ("no-review", Kind.PATTERN, "R4", "each change is on the day after its quarter", "leave a month for the review"),
    (
        "notification-dates",
        Kind.PATTERN,
        "R5",
        "changes are on days of notification",
        "let each change be on the first day of the month, when the tier takes effect",
    ),
    ("march-only", Kind.PATTERN, "R6", "no rise inside a program year is in the record", "add a row for each rise"),
    ("final-quarter-only", Kind.PATTERN, "R7", "each March 1 looks at Q4 alone", "look at the four quarters of the year"),
    ("never-falls", Kind.PATTERN, "R8", "no fall is in the record", "on March 1, write the expected tier"),
    ("other-edition", Kind.PATTERN, "D7", "the tiers are those of another edition", "judge each quarter by its own edition"),
)
CODES: Final[Mapping[str, Code]] = MappingProxyType({code[0]: Code(*code) for code in _CODES})
"""Every code, by its id."""
