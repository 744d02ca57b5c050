"""Work on very many rows or quarters; `python tests/large.py` prints the seconds of processor time that each takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle
from typing import Any

import pandas
from made_up import MODEL, TIERS

import tbtier as tb
from tbtier import FiscalQuarter, ScoreHistory, Tier, Timeline
from tbtier.frames import problems, tier_table
from tbtier.reading import read_records, read_scores
from tbtier.scorecard import Activity, Metric, Scorecard, StandsUntil

Work = Callable[[], object]
MOST_ROWS = 10_000  # of a record
FIRST, FIRST_DAY = FiscalQuarter(3, 1), date(2, 3, 1)


def scores(quarters: int, step: int = 370) -> dict[FiscalQuarter, int]:
    """Return scores that rise and fall."""
    return {FIRST + number: number * step % 1000 for number in range(quarters)}


def evaluated(quarters: int, step: int = 370) -> Timeline:
    """Return a timeline whose tiers rise and fall."""
    return tb.evaluate(scores(quarters, step), program=MODEL, starting_tier="Base")


def of_timeline(use: Callable[[Timeline], object]) -> Callable[[int], Work]:
    """Return what is done with a timeline as work."""

    def work(quarters: int) -> Work:
        timeline = evaluated(quarters)
        return lambda: use(timeline)

    return work


def of_rows(make: Callable[[int], Any], use: Callable[[Any], object]) -> Callable[[int], Work]:
    """Return what is done with rows as work."""

    def work(rows: int) -> Work:
        made = make(rows)
        return lambda: use(made)

    return work


def days(rows: int) -> list[date]:
    """Return days in a row."""
    return [FIRST_DAY + timedelta(days=number) for number in range(rows)]


def record(rows: int) -> list[tuple[date, Tier]]:
    """Return rows of a record, one a day."""
    return list(zip(days(rows), cycle(TIERS)))


def overlapping(rows: int) -> list[tuple[date, date, Tier]]:
    """Return rows of a record: forty-eight for all days, and one for each third day that contradicts them."""
    each = [(day, day + timedelta(days=1), Tier.BASE) for day in days(3 * rows)[::3]]
    return [(FIRST_DAY, each[-1][1], Tier.CREST)] * 48 + each[48:]


def cells(rows: int) -> list[dict[str, Any]]:
    """Return rows of an export, twelve of each partner, one of them wrong."""
    quarters = [f"FY{year} Q{number}" for year in (24, 25, 26) for number in (1, 2, 3, 4)]
    return [
        {"Account": f"P{number // 12}", "Quarter": quarters[number % 12], "Score": number % 1000, "From": day, "Level": "Crest"}
        for number, day in enumerate(days(rows))
    ]


def frame(rows: int) -> Any:
    """Return the same rows as a frame of pandas."""
    return pandas.DataFrame(cells(rows)).rename(columns={"Account": "partner", "Quarter": "quarter", "Score": "score"})


def activities(rows: int) -> list[Activity]:
    """Return activities of one metric, one a day."""
    metric = Metric("Surveys", "Success", 1000, StandsUntil.REPLACED)
    return [Activity(metric, day, number % 1000) for number, day in enumerate(days(rows))]


def last_march_1(timeline: Timeline) -> date:
    """Return the last March 1 that a timeline covers."""
    return date(timeline.stop.year - 1, 3, 1)


QUARTERS: dict[str, Callable[[int], Work]] = {
    "evaluate": of_rows(scores, lambda made: tb.evaluate(made, program=MODEL, starting_tier="Base")),
    "highest": of_rows(scores, lambda made: ScoreHistory.highest(made, made)),
    "text": of_timeline(str),
    "html": of_timeline(lambda timeline: timeline._repr_html_()),
    "plain data": of_timeline(lambda timeline: timeline._document()),
    "sources": of_timeline(lambda timeline: timeline.sources),
    "diff": of_rows(lambda quarters: (evaluated(quarters), evaluated(quarters, 610)), lambda made: tb.diff(*made)),
    "explain": of_timeline(lambda timeline: str(timeline.explain(timeline.start))),
    "outlook": of_timeline(lambda timeline: str(tb.outlook(timeline, as_of=timeline.start, renews_on=last_march_1(timeline)))),
    "plan": of_timeline(lambda timeline: tb.plan(timeline, "Summit", by=last_march_1(timeline), as_of=timeline.start)),
    "audit": of_timeline(lambda timeline: tb.audit([(one.start, one.tier) for one in timeline.periods][:MOST_ROWS], timeline)),
}
"""Work on ten thousand quarters."""

RECORD: dict[str, Callable[[int], Work]] = {
    "audit": of_rows(lambda rows: (record(rows), evaluated(rows)), lambda made: tb.audit(*made)),
    "overlaps": of_rows(lambda rows: (overlapping(rows), evaluated(rows // 30 + 5)), lambda made: tb.audit(*made)),
    "audit_rows": of_rows(record, tb.audit_rows),
}
"""Work on the ten thousand rows that a record can have."""

ROWS: dict[str, Callable[[int], Work]] = {
    "snapshots": of_rows(days, lambda made: ScoreHistory.from_snapshots([(day, 310) for day in made])),
    "scorecard": of_rows(activities, lambda made: Scorecard(made, program=MODEL).quarter("FY24 Q1")),
    "scores": of_rows(cells, lambda made: read_scores(made, partner="Account", quarter="Quarter", score="Score")),
    "records": of_rows(cells, lambda made: read_records(made, partner="Account", start="From", tier="Level")),
    "frames": of_rows(frame, lambda made: tier_table(made, program=MODEL, starting_tier="Base")),
    "problems": of_rows(frame, lambda made: problems(made, program=MODEL, starting_tier="Base")),
}
"""Work on a hundred thousand rows."""

BY_ENGINES = ("frames", "problems")
"""Work that is done by the engine of a data frame, whose lines are not counted."""

if __name__ == "__main__":
    for sizes, number in ((QUARTERS, 10_000), (RECORD, MOST_ROWS), (ROWS, 100_000)):
        for name, of in sizes.items():
            work = of(number)
            before = time.process_time()
            work()
            print(f"{number:>7,} {name:<12} {time.process_time() - before:.2f} s")
