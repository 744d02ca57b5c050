"""Where two timelines differ: what another score, or another rule, would have changed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from types import NoneType
from typing import TYPE_CHECKING, Any

import attrs

from tbtier.errors import OutsideTimelineError
from tbtier.errors.checks import after_start, as_day, of_kind
from tbtier.evaluation.decisions import Decision, deciding
from tbtier.evaluation.reasons import unique
from tbtier.evaluation.timeline import Timeline, require_timeline
from tbtier.fiscal import Span
from tbtier.rules.citations import Source
from tbtier.rules.plain import Answer
from tbtier.rules.text import Part, starred
from tbtier.rules.tiers import Tier

if TYPE_CHECKING:
    from tbtier.formats import DifferenceDict

__all__ = ["Difference", "diff"]


@attrs.frozen(repr=False)
class Difference(Answer["DifferenceDict"], Span):
    """A longest run of days on which two timelines hold two different tiers."""

    start: date = attrs.field(converter=as_day)
    """The first day."""
    stop: date = attrs.field(converter=as_day, validator=after_start)
    """The first day after the run."""
    before: Tier = attrs.field(validator=of_kind(Tier))
    """The tier in the first timeline."""
    after: Tier = attrs.field(validator=of_kind(Tier))
    """The tier in the second timeline."""
    decision_before: Decision | None = attrs.field(validator=of_kind(Decision, NoneType))
    """The decision of the first timeline that set its tier; `None` if that is still the starting tier."""
    decision_after: Decision | None = attrs.field(validator=of_kind(Decision, NoneType))
    """The decision of the second timeline that set its tier; `None` if that is still the starting tier."""

    _format = "tbtier.difference/1"

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the two decisions rest on, in order."""
        decisions = [decision for decision in (self.decision_before, self.decision_after) if decision]
        return unique(source for decision in decisions for source in decision.sources)

    def _plain(self) -> dict[str, Any]:
        return attrs.asdict(self, recurse=False)

    def _parts(self) -> list[Part]:
        before, after = _set_by(self.decision_before), _set_by(self.decision_after)
        return [f"{self.start} to {self.last_day}: {self.before} ({before}), then {self.after} ({after})"]


def _set_by(decision: Decision | None) -> str:
    return starred(f"{decision.quarter}: {decision.kind}", decision.is_inferred) if decision else "starting tier"


def diff(before: Timeline, after: Timeline) -> tuple[Difference, ...]:
    """Return the spans in which two timelines differ, in order: for what-if questions, and after a corrected score.

    Only days that both timelines cover are compared.

    >>> import tbtier as tb
    >>> from tbtier.programs import CONSULTING
    >>> scores = tb.ScoreHistory({"FY22 Q1": 240, "FY22 Q2": 310})
    >>> before = tb.evaluate(scores, program=CONSULTING, starting_tier=Tier.BASE)
    >>> after = tb.evaluate(scores.with_score("FY22 Q1", 260), program=CONSULTING, starting_tier=Tier.BASE)
    >>> for difference in diff(before, after):
    ...     print(difference)
    2021-06-01 to 2021-08-31: Base (starting tier), then Ridge (FY22 Q1: promoted)

    Raises:
        WrongTypeError: an argument is not a `Timeline`.
        OutsideTimelineError: the timelines have no day in common.
    """
    timelines = require_timeline("before", before), require_timeline("after", after)
    start, stop = max(before.start, after.start), min(before.stop, after.stop)
    if start >= stop:
        raise OutsideTimelineError(after.start, before.start, before.stop, "the two timelines have no day in common")
    begun = {period.start for timeline in timelines for period in timeline.periods}
    starts = [start, *sorted(day for day in begun if start < day < stop)]
    decisions = before.decisions, after.decisions
    return tuple(
        Difference(first, until, *tiers, *(deciding(known, first) for known in decisions))
        for first, until in pairwise([*starts, stop])
        if (tiers := (before.tier_on(first), after.tier_on(first))) and tiers[0] is not tiers[1]
    )
