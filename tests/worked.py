"""Values with plain data, one or more of each kind, about made-up partners."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cards import ATTRITION, CLUB, SURVEYS
from made_up import APPS, BEST_OF_FOUR, GUILD, MODEL

import tbtier as tb
from tbtier import Timeline
from tbtier.scorecard import Activity, Scorecard, attrition_points, pledge_shows_on

ONE_DAY = timedelta(days=1)


def answers_of(timeline: Timeline, *days: date) -> Iterator[Any]:
    """Yield a timeline, the values inside it, and answers about days of it: by default the first, a middle and the last day."""
    middle = timeline.start + (timeline.stop - timeline.start) // 2
    yield from (timeline, timeline.history, *timeline.periods, *timeline.decisions)
    yield from (decision.result.cycle for decision in timeline.decisions)
    for day in days or (timeline.start, middle, timeline.stop - ONE_DAY):
        view = tb.outlook(timeline, as_of=day)
        yield from (timeline.explain(day), view, *view.requirements)
    for tier in timeline.program.tiers:
        yield from tb.audit([(timeline.start, tier)], timeline)
        other = tb.evaluate(timeline.history, program=timeline.program, starting_tier=tier, start=timeline.start)
        yield from tb.diff(timeline, other)


def _worked() -> Iterator[Any]:
    apps = tb.evaluate({"FY24 Q1": 250, "FY24 Q2": 540, "FY24 Q3": None}, program=APPS, starting_tier="Summit")
    yield from answers_of(apps)
    yield from answers_of(apps, date(2023, 11, 20))
    model = tb.evaluate({"FY24 Q1": tb.Tier.CREST, "FY24 Q2": 760, "FY24 Q3": 0}, program=MODEL, starting_tier="Base")
    yield from answers_of(model, date(2023, 4, 20), date(2023, 8, 5), date(2024, 2, 15))
    scores = dict(zip(tb.FiscalYear(2024).quarters, (250, 100, None, 300)))
    guild = tb.evaluate({**scores, "FY25 Q1": None}, program=GUILD, starting_tier="Crest")
    yield from answers_of(guild, date(2024, 3, 1), date(2024, 7, 1))
    yield from answers_of(tb.evaluate(dict.fromkeys(scores), program=BEST_OF_FOUR, starting_tier="Base"), date(2024, 3, 1))
    late = tb.evaluate(scores, program=APPS, starting_tier="Base")
    yield from answers_of(late, date(2024, 2, 15), date(2024, 3, 1))
    lost = tb.evaluate({f"FY22 Q{number}": 430 for number in (1, 2, 3, 4)}, program=APPS, starting_tier="Base")
    yield from answers_of(lost, date(2022, 2, 10))
    yield from tb.audit([(date(2021, 1, 1), "Gold"), (date(2023, 3, 1), "Base")], guild)
    yield tb.plan(apps, "Base", by=date(2024, 8, 1), as_of=date(2023, 11, 20))
    yield tb.plan(apps, "Summit", by=date(2023, 12, 1), as_of=date(2023, 11, 20))
    yield from tb.audit([(date(2023, 3, 1), date(2023, 4, 1), "Summit"), (date(2023, 5, 1), date(2023, 6, 1), "Base")], apps)
    yield from tb.audit_rows([(date(2023, 3, 1), "Crest"), (date(2023, 7, 10), "Base")])
    yield pledge_shows_on(date(2023, 4, 30))
    activities = [Activity(ATTRITION, date(2023, 2, 10), 2), Activity(SURVEYS, date(2022, 12, 10), 5)]
    yield Scorecard(activities, program=CLUB).quarter("FY24 Q1")
    yield attrition_points(Decimal("0.07"), current=1, quarter="FY24 Q1", program=CLUB)
    yield attrition_points(0, current=1, quarter="FY24 Q1", program=CLUB)


WORKED = tuple(_worked())
"""Values that show every key of every format except the format of errors; a key that may be `None` occurs both ways."""
