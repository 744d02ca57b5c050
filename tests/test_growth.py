"""How the work grows with the quarters and the rows: counted in the lines that Python runs through, never in time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from types import FrameType
from typing import Any

import pytest
from made_up import BEST_OF_FOUR

import tbtier as tb
from tbtier import FiscalQuarter, Tier, Timeline

FEW = 50
MANY = 4 * FEW
FIRST = date(2001, 3, 1)
TIERS = (Tier.BASE, Tier.RIDGE, Tier.CREST, Tier.SUMMIT)

Rows = list[tuple[date, date, Tier]]


def lines(work: Callable[[], object]) -> int:
    """Return how many lines some work runs through, once all that is kept from one time to the next is there."""
    count = 0

    def trace(_: FrameType, event: str, __: Any) -> Any:
        nonlocal count
        count += event == "line"  # each time around a loop is one
        return trace

    work()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def timeline_of(quarters: int, step: int = 370) -> Timeline:
    """Return a timeline whose tiers rise and fall."""
    scores = [(FiscalQuarter(2002, 1) + number, number * step % 1000) for number in range(quarters)]
    return tb.evaluate(scores, program=BEST_OF_FOUR, starting_tier=Tier.BASE)


def overlapping(rows: int) -> Rows:
    """Return rows that all have days in common."""
    days = [timedelta(days=number) for number in range(rows)]
    return [(FIRST + day, FIRST + timedelta(days=9_000) + day, tier) for day, tier in zip(days, TIERS * rows)]


def printed_decisions(quarters: int) -> Callable[[], object]:
    """Return the work of printing each decision."""
    timeline = timeline_of(quarters)
    return lambda: [str(decision) for decision in timeline.decisions]


def printed_timeline(quarters: int) -> Callable[[], object]:
    """Return the work of printing a timeline."""
    timeline = timeline_of(quarters)
    return lambda: str(timeline)


def compared(quarters: int) -> Callable[[], object]:
    """Return the work of comparing two timelines that differ again and again."""
    before, after = timeline_of(quarters), timeline_of(quarters, step=610)
    return lambda: tb.diff(before, after)


def audited(quarters: int) -> Callable[[], object]:
    """Return the work of auditing a record that is wrong again and again."""
    timeline, record = timeline_of(quarters), [(one.start, one.tier) for one in timeline_of(quarters, step=610).periods]
    return lambda: tb.audit(record, timeline)


def audited_overlap(rows: int) -> Callable[[], object]:
    """Return the work of auditing rows that all overlap, beside one timeline."""
    timeline, record = timeline_of(8), overlapping(rows)
    return lambda: tb.audit(record, timeline)


def overlap(rows: int) -> Callable[[], object]:
    """Return the work of auditing rows that all overlap."""
    record = overlapping(rows)
    return lambda: tb.audit_rows(record)


@pytest.mark.parametrize("of", [printed_decisions, printed_timeline, compared, audited, audited_overlap, overlap])
def test_work_is_linear(of: Callable[[int], Callable[[], object]]) -> None:
    """Four times the quarters or the rows take at most five times the work."""
    assert lines(of(MANY)) <= 5 * lines(of(FEW))


def test_rows_that_overlap_are_few_findings() -> None:
    """Days on which the same tiers are recorded are one finding, which names each row that covers some of them."""
    found = tb.audit_rows(overlapping(MANY))
    assert {"overlap"} == {one.code for one in found}
    assert 2 * len(TIERS) - 3 == len(found)
    assert tuple(range(MANY)) == max((one.rows for one in found), key=len)
