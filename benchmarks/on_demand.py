"""What is made when it is asked for: texts and an audit of one partner, next to one evaluation of its twelve quarters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from measure import Row, measure

import tbtier as tb
from tbtier import FiscalQuarter, Timeline
from tbtier.programs import TRAILBLAZER

_EVALUATE = "`evaluate` of 12 quarters"
_QUARTERS = [FiscalQuarter(year, number) for year in (2024, 2025, 2026) for number in (1, 2, 3, 4)]
_SCORES = dict(zip(_QUARTERS, [310, 540, 280, 505, 120, 260, 240, 90, 770, 300, 520, 410]))
_GOALS = {"`outlook`, printed": 25.0}


def rows() -> list[Row]:
    """Return the measured lines; a text of one day is the mean over days in 36 months in a row."""
    contestants = _contestants()
    samples = measure({name: run for name, (run, _) in contestants.items()}, rounds=30)
    by_unit = {name: [sample / contestants[name][1] for sample in samples[name]] for name in contestants}
    reference = by_unit.pop(_EVALUATE)
    return [Row(work, _EVALUATE, reference, each, goal=_GOALS.get(work)) for work, each in by_unit.items()]


def _contestants() -> dict[str, tuple[Callable[[], object], int]]:
    """Return what is timed, each with how often one call does the work."""
    timeline = _evaluated()
    days = _days(timeline)
    record = [(period.start, period.tier) for period in timeline.periods]
    if tb.audit(record, timeline):
        raise AssertionError("the record is right")
    return {
        _EVALUATE: (_evaluated, 1),
        "`outlook`, printed": (lambda: [str(tb.outlook(timeline, as_of=day)) for day in days], len(days)),
        "`explain`, printed": (lambda: [str(timeline.explain(day)) for day in days], len(days)),
        "the 12 decisions, printed": (lambda: [str(decision) for decision in timeline.decisions], 1),
        "the timeline, printed": (lambda: str(timeline), 1),
        "`audit` of a right record": (lambda: tb.audit(record, timeline), 1),
    }


def _evaluated() -> Timeline:
    """Return the timeline, made from quarters that are given as themselves."""
    return tb.evaluate(_SCORES, program=TRAILBLAZER, starting_tier="Base")


def _days(timeline: Timeline) -> list[date]:
    """Return the fifteenth day of each month of a timeline."""
    months = range(12 * timeline.start.year + timeline.start.month - 1, 12 * timeline.stop.year + timeline.stop.month - 1)
    return [date(month // 12, month % 12 + 1, 15) for month in months]
