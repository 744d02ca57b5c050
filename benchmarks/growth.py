"""How the time grows with the quarters and with the rows: four times as many take about four times as long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from measure import Row, measure

import tbtier as tb
from tbtier import FiscalQuarter, Tier, Timeline
from tbtier.programs import TRAILBLAZER

_FEW = 1_000
_MANY = 4 * _FEW
_FIRST = date(2001, 3, 1)
_TIERS = (Tier.BASE, Tier.RIDGE, Tier.CREST, Tier.SUMMIT)

Work = Callable[[], object]


def rows() -> list[Row]:
    """Return the measured lines."""
    lines = []
    for name, made in _WORKS.items():
        samples = measure({"few": made(_FEW), "many": made(_MANY)}, rounds=15)
        lines.append(Row(f"{name} {_MANY:,}", f"the same of {_FEW:,}", samples["few"], samples["many"], goal=6))
    return lines


def _timeline(quarters: int, step: int = 37) -> Timeline:
    """Return a timeline whose tiers rise and fall."""
    scores = [(FiscalQuarter(2002, 1) + number, number * step % 1000) for number in range(quarters)]
    return tb.evaluate(scores, program=TRAILBLAZER, starting_tier="Base")


def _decisions(quarters: int) -> Work:
    timeline = _timeline(quarters)
    return lambda: [str(decision) for decision in timeline.decisions]


def _diff(quarters: int) -> Work:
    before, after = _timeline(quarters), _timeline(quarters, step=61)
    return lambda: tb.diff(before, after)


def _audit(quarters: int) -> Work:
    timeline, record = _timeline(quarters), [(one.start, one.tier) for one in _timeline(quarters, step=61).periods]
    return lambda: tb.audit(record, timeline)


def _overlap(rows: int) -> Work:
    days = [timedelta(days=number) for number in range(rows)]
    record = [(_FIRST + day, _FIRST + timedelta(days=9_000) + day, tier) for day, tier in zip(days, _TIERS * rows)]
    return lambda: tb.audit_rows(record)


_WORKS: dict[str, Callable[[int], Work]] = {
    "decisions, printed, of quarters:": _decisions,
    "`diff`, of quarters:": _diff,
    "`audit` of a wrong record, of quarters:": _audit,
    "`audit_rows`, of rows that all overlap:": _overlap,
}
