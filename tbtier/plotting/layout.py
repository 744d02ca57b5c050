"""The geometry of a picture: a row for each tier, a height for each score, and the days from left to right.

All rows have the same height, so that a tier is at one height in all editions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Final

import attrs

from tbtier.errors.checks import LAST_DAY
from tbtier.evaluation.basis import Result, Results
from tbtier.evaluation.timeline import Timeline
from tbtier.fiscal import FiscalQuarter
from tbtier.planning.outlook import Outlook
from tbtier.rules.cycles import Cycle, cycle_at, latest_effective
from tbtier.rules.editions import Edition
from tbtier.rules.text import starred
from tbtier.rules.tiers import Tier

__all__: list[str] = []

# Parts of the height of a row: the line of the held tier lies near the floor, and the dots of scores above that line.
HELD: Final = 0.16
_LOWEST_SCORE: Final = 0.34
_HIGHEST_SCORE: Final = 0.88
NOT_SCORED: Final = -0.27
DECISIONS: Final = 0.28  # above the highest row
_MARGIN: Final = timedelta(days=30)
DAYS: Final = 91.3  # of a quarter, about

_LAST: Final = FiscalQuarter(9999, 4)  # the calendar ends there


@attrs.frozen(slots=False)
class Layout:
    """What a picture shows, and where."""

    timeline: Timeline
    view: Outlook | None
    """The outlook, if the picture looks ahead."""

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """The results to show: of each quarter that takes effect in the timeline, and of earlier quarters with a score
        that count towards its first March 1."""
        schedule, results = self.timeline._schedule, Results(self.timeline, self.timeline.stop)
        shown = (results.of(quarter) for quarter in schedule.quarters)
        return tuple(result for result in shown if result.score is not None or result.cycle.effective_on > self.timeline.start)

    @cached_property
    def left(self) -> date:
        """The first day: of the timeline, or of the first quarter if that closes before there is room for its score."""
        start = self.timeline.start
        return min([start, *(result.quarter.start for result in self.results if result.cycle.closes_on < start + _MARGIN)])

    @cached_property
    def right(self) -> date:
        """The last day: of the timeline, or three months after the renewal that is ahead."""
        if self.view is None or self.view.secured is None:
            return self.timeline.stop
        return max(self.timeline.stop, self.view.renews_on.replace(month=6))

    @property
    def quarters(self) -> float:
        """The width in quarters, about."""
        return (self.right - self.left).days / DAYS

    @cached_property
    def cycles(self) -> tuple[Cycle, ...]:
        """The cycles of the quarters that take effect from the first to the last day, if their rules are known."""
        first, last = latest_effective(self.left) + 1, min(latest_effective(self.right), _LAST._ordinal)
        cycles = [cycle_at(ordinal) for ordinal in range(first, last + 1)]
        return tuple(cycle for cycle in cycles if self.timeline.program.knows(cycle.quarter))

    @cached_property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers with a row: each tier that a score earns, and each tier that is held or secured."""
        shown = {tier for _, _, numbers in self.editions for tier in numbers if tier}
        shown.update(period.tier for period in self.timeline.periods)
        if self.view and self.view.secured:
            shown.add(self.view.secured)
        return tuple(sorted(shown))

    @cached_property
    def editions(self) -> tuple[tuple[date, date, dict[Tier | None, str]], ...]:
        """The numbers in force, each with their first day in the picture and the day after the last one."""
        return tuple(self._editions())

    def _editions(self) -> Iterator[tuple[date, date, dict[Tier | None, str]]]:
        program, left, right = self.timeline.program, self.left, self.right
        first, last = FiscalQuarter.containing(left), FiscalQuarter.containing(min(right, LAST_DAY))
        quarters = [first + place for place in range(last - first + 1)]
        known = [quarter for quarter in quarters if program.knows(quarter)]
        for numbers, group in groupby(known, key=lambda quarter: bounds(program.edition(quarter))):
            in_turn = list(group)
            yield max(left, in_turn[0].start), min(right, in_turn[-1].stop), numbers

    @property
    def top(self) -> float:
        """The height above all rows, which leaves room for the decisions."""
        return len(self.tiers) + (0.55 if self.timeline.decisions else 0.0)

    @property
    def bottom(self) -> float:
        """The height below all rows, which leaves room for the quarters that were not scored."""
        return -0.55 if any(result.score is None for result in self.results) else 0.0

    @property
    def years(self) -> tuple[date, ...]:
        """Each March 1 in the picture, on which a program year starts (rule R2)."""
        days = (date(year, 3, 1) for year in range(self.left.year, self.right.year + 1))
        return tuple(day for day in days if self.left <= day <= self.right)

    def floor(self, tier: Tier) -> int:
        """Return the height at which the row of a tier begins."""
        return self.tiers.index(tier)

    def height(self, result: Result) -> float:
        """Return the height of a score: in the row of its tier, the higher the nearer it is to the next tier."""
        reached, score = result.threshold, result.score
        if reached is None:
            return NOT_SCORED
        if isinstance(score, int):
            above = result.next_threshold.score if result.next_threshold else result.edition.maximum_score
            part = (score - reached.score) / max(1, above - reached.score)
        else:
            part = 0.5
        return self.floor(reached.tier) + _LOWEST_SCORE + part * (_HIGHEST_SCORE - _LOWEST_SCORE)


def bounds(edition: Edition) -> dict[Tier | None, str]:
    """Return the lower bound of each tier as text, and the maximum under `None`; a star marks what is inferred."""
    texts: dict[Tier | None, str] = {}
    for bound in edition.thresholds:
        label = "" if bound.label == str(bound.tier) else f"{bound.label} "
        texts[bound.tier] = starred(f"{label}{bound.score}", edition.citation(bound.tier).is_inferred)
    return {**texts, None: starred(edition.maximum_score, edition.citation("maximum").is_inferred)}
