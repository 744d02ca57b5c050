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

    ROWS = "rows that give no tier for a day, give several, or cannot be checked"
    DAY = "the right tier, from the wrong day on"
    TIER = "a wrong tier"
    PATTERN = "one mistake, made again and again"


@attrs.frozen
class Code:
    """One kind of fault that a record can have."""

    id: str
    """The name of the code, such as `missed-rise`; it never changes."""
    kind: Kind
    """What the fault is about."""
    rule: str
    """The id of the rule that the fault breaks, such as `R6`."""
    meaning: str
    """What is wrong."""
    advice: str
    """What to do."""


_CODES: Final = (
    ("outside", Kind.ROWS, "D6", "rows on days that are not checked", "give more scores, or leave these rows out"),
    ("gap", Kind.ROWS, "D9", "days for which no row gives a tier", "add a row, or correct the stop of the row before"),
    (
        "overlap",
        Kind.ROWS,
        "D9",
        "days for which rows give different tiers",
        "keep the row that is right, and shorten the other",
    ),
    ("last-days", Kind.PATTERN, "D9", "each stop is the last day of its row", "give the first day after the row as its stop"),
    ("early-rise", Kind.DAY, "R4", "a rise before its evaluation takes effect", "start the row on the effective date"),
    ("late-rise", Kind.DAY, "R4", "a rise after its evaluation took effect", "start the next row on the effective date"),
    ("early-fall", Kind.DAY, "R8", "a fall before the March 1 on which it takes effect", "start the row on March 1"),
    ("late-fall", Kind.DAY, "R8", "a fall after the March 1 on which it took effect", "start the next row on March 1"),
    ("missed-rise", Kind.TIER, "R6", "a rise that the record lacks, in whole or in part", "add a row for the rise"),
    ("unearned-rise", Kind.TIER, "R6", "a rise above the earned tier", "remove the row, or give the score behind it"),
    ("fall-inside-year", Kind.TIER, "R6", "a fall on another day than March 1", "remove the row: the tier is kept"),
    (
        "no-evaluation",
        Kind.TIER,
        "R4",
        "a change on a day on which no evaluation takes effect",
        "remove the row, or start it on the effective date of the evaluation behind it",
    ),
    ("start-too-low", Kind.TIER, "R7", "on March 1, a lower tier than was earned", "write the expected tier"),
    ("start-too-high", Kind.TIER, "R7", "on March 1, a higher tier than was earned", "write the expected tier"),
    ("start-held", Kind.TIER, "R7", "on March 1, the tier held before", "write the expected tier"),
    ("start-final-quarter", Kind.TIER, "R7", "on March 1, the tier that Q4 alone earned", "use the best of the four quarters"),
    ("wrong-tier", Kind.TIER, "D9", "a wrong tier at the start of the record, or after a gap", "correct the tier"),
    ("year-off", Kind.PATTERN, "R1", "each change is right, one year off", "name a fiscal year by the year in which it ends"),
    ("february", Kind.PATTERN, "R2", "each March 1 is a month early", "start the program year on March 1"),
    ("no-review", Kind.PATTERN, "R4", "each change is on the day after its quarter", "leave a month for the review"),
    (
        "notification-dates",
        Kind.PATTERN,
        "R5",
        "changes are on notification days",
        "move each change to the first day of the month, when the tier takes effect",
    ),
    ("march-only", Kind.PATTERN, "R6", "no rise inside a program year is in the record", "add a row for each rise"),
    ("final-quarter-only", Kind.PATTERN, "R7", "each March 1 uses Q4 alone", "use the best of the four quarters"),
    ("never-falls", Kind.PATTERN, "R8", "no fall is in the record", "on March 1, write the expected tier"),
    ("other-edition", Kind.PATTERN, "D7", "the tiers are those of another edition", "judge each quarter by its own edition"),
)
CODES: Final[Mapping[str, Code]] = MappingProxyType({code[0]: Code(*code) for code in _CODES})
"""Every code, by its id."""
