"""The quarters that count towards a day, split by what is known of them on another."""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs

from tbtier.evaluation.decisions import Evaluation
from tbtier.evaluation.reasons import Reason
from tbtier.evaluation.scores import ScoreHistory
from tbtier.evaluation.timeline import Timeline, require_timeline
from tbtier.fiscal import FiscalQuarter, require_date
from tbtier.rules.cycles import Cycle, cycle_at, latest_effective
from tbtier.rules.editions import Edition, ProgramEnd
from tbtier.rules.program import Program
from tbtier.rules.tiers import Tier

__all__: list[str] = []

_TWO_YEARS: Final = 8  # quarters; what counts towards a day is never older
_LAST: Final = FiscalQuarter(9999, 4).ordinal  # the calendar ends there


def known_on(timeline: Timeline, as_of: date) -> Timeline:
    """Return what a timeline was on a day, when only the quarters that had closed before it were scored.

    Raises:
        WrongTypeError: `timeline` is not a timeline, or `as_of` not a plain date.
        OutsideTimelineError: the timeline does not reach the day.
    """
    require_timeline("timeline", timeline).tier_on(require_date(as_of, "as_of"))
    closed = ScoreHistory({quarter: score for quarter, score in timeline.history.items() if quarter.stop <= as_of})
    return attrs.evolve(timeline, history=closed)


@attrs.frozen
class Unscored:
    """A quarter whose score is not known, with the edition that judges it."""

    cycle: Cycle
    edition: Edition


@attrs.frozen
class Prospects:
    """The quarters that count towards a day, split by what is known of them on another."""

    unearned: Tier
    """What is held whatever any of them earns: the starting tier until the first March 1, then the entry tier."""
    known: tuple[Evaluation, ...]
    """Those whose scores are known."""
    awaiting_score: tuple[Unscored, ...]
    """Those that have closed, and whose scores are not known."""
    still_open: tuple[Unscored, ...]
    """Those that have not closed."""

    @property
    def secured(self) -> Tier:
        """The tier held if nothing more is scored; it is held whatever comes, since no score lowers a tier."""
        return max([self.unearned, *(one.earned for one in self.known if one.earned)])


def prospects(known: Timeline, latest: int, as_of: date) -> Prospects:
    """Return what counts once the quarter with the ordinal `latest` is the last that has acted.

    Raises:
        UnknownRuleError: the rules of a quarter that counts are not known.
        ProgramEndedError: the program has ended by then.
    """
    schedule, program = known.schedule, known.program
    running = FiscalQuarter.containing(as_of).ordinal
    quarters = {ordinal: Unscored(cycle_at(ordinal), program.edition_at(ordinal)[0]) for ordinal in schedule.counting(latest)}
    return Prospects(
        known.starting_tier if schedule.opens(latest) else program.entry_tier,
        tuple(known.evaluation_at(ordinal) for ordinal in quarters if ordinal < schedule.after),
        tuple(quarter for ordinal, quarter in quarters.items() if schedule.after <= ordinal < running),
        tuple(quarter for ordinal, quarter in quarters.items() if ordinal >= running),
    )


def following(known: Timeline, day: date, as_of: date) -> range:
    """Return the ordinals of the quarters that act after a day, as far as anything new can happen.

    Two years after the last change of the rules and the last score that is known, neither counts any more.
    """
    latest = latest_effective(day)
    last = max(FiscalQuarter.containing(as_of).ordinal, latest, known.program.last_change)
    return range(latest + 1, min(last + _TWO_YEARS, _LAST) + 1)


def ended_by(program: Program, day: date) -> Reason | None:
    """Return why no tier is told on a day, if the program has ended by then."""
    last = program.changes[-1]
    if not isinstance(last, ProgramEnd) or day < last.on:
        return None
    text = f"no further evaluation: {program.name} ends on {last.on}, replaced by {last.replaced_by}"
    return Reason(text, f"end of {program.name}", last.citation)
