"""What it takes to hold a tier on a day, by what is known on another: it is secured, open or impossible.

The quarters that count towards the day decide, as they do in a timeline.
Here they are split into those whose scores are known, those whose scores are awaited, and those that are open.
"""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import Any, ClassVar, Final, TypeAlias

import attrs

from tbtier.citations import Source, plain_sources
from tbtier.cycles import Cycle, cycle_at, latest_effective
from tbtier.decisions import (
    Evaluation,
    Reason,
    acting_rule,
    by_rule,
    carried_from,
    carry_of,
    cited_in,
    earned_reason,
    edition_id,
    missed_reason,
    once,
    plain_reason,
    star_of,
)
from tbtier.editions import Edition, Ended, Threshold
from tbtier.errors import ProgramEndedError, UnknownRuleError, WrongTypeError
from tbtier.fiscal import FiscalQuarter, ProgramYear, require_date
from tbtier.history import ScoreHistory
from tbtier.rules import Program
from tbtier.tiers import Tier
from tbtier.timeline import Timeline, require_timeline

__all__ = ["Impossible", "Open", "Plan", "Secured", "plan"]

_FORMAT: Final = "tbtier.plan/1"
_TWO_YEARS: Final = 8  # quarters; what counts towards a day is never older
_LAST: Final = FiscalQuarter(9999, 4).ordinal  # the calendar ends there


@attrs.frozen(match_args=False)
class _Answer:
    tier: Tier
    """The tier that is asked for; a higher one serves too."""
    day: date
    """The day on which it is to be held; the argument `by` of `plan`."""
    on: date
    """The day on which the question is asked."""
    program: str
    """The name of the program."""
    note: str
    """What a reader of the program's results must know; may be empty."""
    reasons: tuple[Reason, ...]
    """Why, step by step, each with its rule."""

    _name: ClassVar[str]

    def _plain(self, **facts: Any) -> dict[str, Any]:
        return {
            "format": _FORMAT,
            "answer": self._name,
            "program": self.program,
            "note": self.note,
            "tier": str(self.tier),
            "day": self.day.isoformat(),
            "on": self.on.isoformat(),
            **facts,
            "reasons": [plain_reason(reason) for reason in self.reasons],
            "sources": plain_sources(self.sources),
        }

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the reasons rest on, once."""
        return once(source for reason in self.reasons for source in reason.cited.sources)

    def _lines(self, answer: str) -> str:
        question = f"at least {self.tier} on {self.day} ({self.program}, as of {self.on})"
        note = [self.note] if self.note else []
        return "\n".join([f"{question}: {self._name}{answer}", *note, *(f"  {reason}" for reason in self.reasons)])


@attrs.frozen(match_args=False)
class Secured(_Answer):
    """The tier, or a higher one, will be held on the day whatever scores come."""

    by: FiscalQuarter | None
    """The first quarter that secures it; `None` where the starting tier or the entry tier does."""

    __match_args__ = ("by",)
    _name = "secured"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON, in the format `"tbtier.plan/1"`."""
        return self._plain(by=str(self.by) if self.by else None)

    def __str__(self) -> str:
        return self._lines(f" by {self.by}" if self.by else "")


@attrs.frozen(match_args=False)
class Open(_Answer):
    """The tier, or a higher one, will be held on the day if one of these quarters earns it, and else not."""

    chances: tuple[tuple[Cycle, int], ...]
    """The open quarters that count towards the day, each with the lowest score that suffices there, with nothing else scored.

    The first of the reasons belong to them, one to each, with the certainty of its score.
    """
    awaited: tuple[Cycle, ...]
    """The closed quarters that count towards the day and may have earned it: their scores are not known."""

    __match_args__ = ("chances", "awaited", "last_day")
    _name = "open"

    @property
    def last_day(self) -> date | None:
        """The day on which the last chance closes; `None` if all scores that can bring the tier are awaited."""
        return max((cycle.closes_on for cycle, _ in self.chances), default=None)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON, in the format `"tbtier.plan/1"`."""
        return self._plain(
            chances=[{**plain_cycle(cycle), "score": score} for cycle, score in self.chances],
            awaited=[plain_cycle(cycle) for cycle in self.awaited],
            last_day=self.last_day.isoformat() if self.last_day else None,
        )

    def __str__(self) -> str:
        if not self.chances:
            return self._lines(", and rests on a score that is awaited")
        if len(self.chances) + len(self.awaited) == 1:
            return self._lines(f" until {self.last_day}")
        return self._lines(f" until {self.last_day}, and one of these is enough")


@attrs.frozen(match_args=False)
class Impossible(_Answer):
    """Neither the tier nor a higher one will be held on the day, whatever scores come."""

    possible_from: date | None
    """The first day after it on which the tier may be held; `None` if there is none, or if it is untold."""
    untold: str | None
    """Why `possible_from` cannot be told, where the rules of a quarter are not known; else `None`."""

    __match_args__ = ("reason", "possible_from")
    _name = "impossible"

    @property
    def reason(self) -> str:
        """Why, in one sentence; the text of the first of the reasons."""
        return self.reasons[0].text

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON, in the format `"tbtier.plan/1"`."""
        possible_from = self.possible_from.isoformat() if self.possible_from else None
        return self._plain(possible_from=possible_from, untold=self.untold)

    def __str__(self) -> str:
        later = f"; {self.possible_from} is the first day on which it may be held" if self.possible_from else ""
        return self._lines(later or (f"; when it may be held cannot be told, {self.untold}" if self.untold else ""))


Plan: TypeAlias = Secured | Open | Impossible
"""What it takes to hold a tier on a day."""


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
    awaited: tuple[Unscored, ...]
    """Those that have closed, and whose scores are not known."""
    still_open: tuple[Unscored, ...]
    """Those that have not closed."""

    @property
    def secured(self) -> Tier:
        """The tier held if nothing more is scored; it is held whatever comes, since no score lowers a tier."""
        return max([self.unearned, *(one.earned for one in self.known if one.earned)])


def prospects(known: Timeline, latest: int, on: date) -> Prospects:
    """Return what counts once the quarter with the ordinal `latest` is the last that has acted.

    Raises:
        UnknownRuleError: the rules of a quarter that counts are not known.
        ProgramEndedError: the program has ended by then.
    """
    course, program = known.course, known.program
    running = FiscalQuarter.containing(on).ordinal
    quarters = {ordinal: Unscored(cycle_at(ordinal), program.edition_at(ordinal)[0]) for ordinal in course.counting(latest)}
    return Prospects(
        known.starting_tier if course.opens(latest) else program.entry_tier,
        tuple(known.evaluation_at(ordinal) for ordinal in quarters if ordinal < course.after),
        tuple(quarter for ordinal, quarter in quarters.items() if course.after <= ordinal < running),
        tuple(quarter for ordinal, quarter in quarters.items() if ordinal >= running),
    )


def following(known: Timeline, day: date, on: date) -> range:
    """Return the ordinals of the quarters that act after a day, as far as anything new can happen.

    Two years after the last change of the rules and the last score that is known, neither counts any more.
    """
    latest = latest_effective(day)
    last = max(FiscalQuarter.containing(on).ordinal, latest, known.program.last_change)
    return range(latest + 1, min(last + _TWO_YEARS, _LAST) + 1)


def exactly(known: Timeline, day: date, on: date) -> str:
    """Return the tier held on a day if nothing more is scored, with a star if it rests on something that is inferred.

    It rests on what earned it, and on what fell short of a higher one; a starting tier is given, and rests on nothing.
    """
    latest = latest_effective(day)
    split = prospects(known, latest, on)
    tier = split.secured
    given = known.course.opens(latest) and split.unearned is tier
    reasons = [] if given else list(plan_known(known, tier, day, on).reasons)
    for one in split.known:
        if one.earned is tier and (above := one.next_threshold):
            reasons.append(missed_reason(one, above))
    return f"{tier}{star_of(reasons)}"


def ended_by(program: Program, day: date) -> Reason | None:
    """Return why no tier is told on a day, if the program has ended by then."""
    last = program.changes[-1]
    if not isinstance(last, Ended) or day < last.on:
        return None
    text = f"no further evaluation: {program.name} ends on {last.on}, replaced by {last.replaced_by}"
    return Reason(text, f"end of {program.name}", last.cited)


def known_on(timeline: Timeline, on: date) -> Timeline:
    """Return what a timeline was on a day, when only the quarters that had closed before it were scored.

    Raises:
        WrongTypeError: `timeline` is not a timeline, or `on` not a plain date.
        OutsideTimelineError: the timeline does not reach the day.
    """
    require_timeline("timeline", timeline).tier_on(require_date(on, "on"))
    closed = ScoreHistory({quarter: score for quarter, score in timeline.history.items() if quarter.stop <= on})
    return attrs.evolve(timeline, history=closed)


def plan(timeline: Timeline, tier: Tier, *, by: date, on: date) -> Plan:
    """Return what it takes to hold a tier on a day.

    Args:
        timeline: what was scored; scores of quarters that close on the day `on` or later play no part.
        tier: the tier to be held; a higher one serves too.
        by: the day on which it is to be held. If it is before `on`, what is known on `on` answers.
        on: the day on which the question is asked.

    >>> import tbtier as tb
    >>> from tbtier.programs import TRAILBLAZER
    >>> timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": 400}, program=TRAILBLAZER)
    >>> plan(timeline, Tier.CREST, by=date(2024, 3, 1), on=date(2023, 11, 20)).by
    FiscalQuarter(year=2024, number=2)
    >>> for cycle, score in plan(timeline, Tier.SUMMIT, by=date(2024, 3, 1), on=date(2023, 11, 20)).chances:
    ...     print(score, cycle.quarter, cycle.closes_on)
    750 FY24 Q4 2024-01-31
    >>> plan(timeline, Tier.SUMMIT, by=date(2024, 2, 29), on=date(2023, 11, 20)).possible_from
    datetime.date(2024, 3, 1)

    Raises:
        WrongTypeError: `tier` is not a `Tier`, or a day is not a plain date.
        OutsideTimelineError: `on` is not in the timeline, or `by` is before it.
        UnknownRuleError: the rules of a quarter that counts towards `by` are not known.
        CalendarError: a quarter that counts towards `by` acts after the end of the calendar.
    """
    known = known_on(timeline, on)
    if not isinstance(tier, Tier):
        raise WrongTypeError("tier", tier, "a Tier", "Tier('Crest') reads one from its name")
    if require_date(by, "by") < timeline.start:
        raise timeline.outside(by)
    return plan_known(known, tier, by, on)


def plan_known(known: Timeline, tier: Tier, by: date, on: date) -> Plan:
    """Return what it takes to hold a tier on a day, for a timeline that holds only what is known on another."""
    program = known.program
    asked: dict[str, Any] = {"tier": tier, "day": by, "on": on, "program": program.name, "note": program.note}
    if end := ended_by(program, by):
        return Impossible(**asked, reasons=(end,), possible_from=None, untold=None)
    split = prospects(known, latest_effective(by), on)
    if split.unearned >= tier:
        return Secured(**asked, reasons=_unearned(known, split.unearned, by), by=None)
    earning = next((one for one in split.known if one.earned and one.earned >= tier), None)
    if earning:
        reasons = (earned_reason(earning), _counts(program, earning.quarter, by))
        return Secured(**asked, reasons=reasons, by=earning.quarter)
    chances = [(one, bound) for one in split.still_open if (bound := one.edition.lowest(tier))]
    awaited = [(one, bound) for one in split.awaited if (bound := one.edition.lowest(tier))]
    if chances or awaited:
        options = [*chances, *awaited]
        return Open(
            **asked,
            reasons=(
                *(_to_score(one, bound, on) for one, bound in options),
                *(_acting(one.cycle) for one, _ in options),
                *once(_counts(program, one.cycle.quarter, by) for one, _ in options),
            ),
            chances=tuple((one.cycle, bound.score) for one, bound in chances),
            awaited=tuple(one.cycle for one, _ in awaited),
        )
    why = _why_not(known, split, tier, by)
    try:
        possible = _next_possible(known, tier, by, on)
    except ProgramEndedError:
        end = ended_by(program, date.max)
        return Impossible(**asked, reasons=(*why, *((end,) if end else ())), possible_from=None, untold=None)
    except UnknownRuleError as unknown:
        return Impossible(**asked, reasons=why, possible_from=None, untold=str(unknown))
    later = (_acting(possible),) if possible else ()
    return Impossible(**asked, reasons=(*why, *later), possible_from=possible.effective_on if possible else None, untold=None)


def _why_not(known: Timeline, split: Prospects, tier: Tier, by: date) -> tuple[Reason, ...]:
    """Return why nothing can bring a tier: what is held without it, and what fell short of it."""
    text = f"no open or awaited quarter that counts towards {by} can earn {tier}, and without one the tier is {split.secured}"
    earning = next((one for one in split.known if one.earned is split.secured), None)
    if split.unearned is split.secured or not earning:
        held = _unearned(known, split.unearned, by)
    else:
        held = earned_reason(earning), _counts(known.program, earning.quarter, by)
    scored = [(one.score, one) for one in split.known if isinstance(one.score, int)]
    best = {one.edition: one for _, one in sorted(scored, key=itemgetter(0))}
    missed = [missed_reason(one, above) for one in best.values() if (above := one.next_threshold)]
    return by_rule("R6" if known.course.opens(latest_effective(by)) else "R7", text), *held, *missed


def _next_possible(known: Timeline, tier: Tier, by: date, on: date) -> Cycle | None:
    """Return the first cycle after a day from whose effective date on a tier may be held, if there is one.

    Raises:
        UnknownRuleError: the rules of a quarter before it are not known.
        ProgramEndedError: the program ends before it.
    """
    for ordinal in following(known, by, on):
        known.program.edition_at(ordinal)  # raises where there is none
        split = prospects(known, ordinal, on)
        if split.secured >= tier or any(one.edition.lowest(tier) for one in (*split.awaited, *split.still_open)):
            return cycle_at(ordinal)
    return None


def _unearned(known: Timeline, tier: Tier, by: date) -> tuple[Reason, ...]:
    """Return why a tier is held that no quarter had to earn."""
    if not known.course.opens(latest_effective(by)):
        return (by_rule("D2", f"{tier} is the entry tier, and held if nothing is scored"),)
    year = ProgramYear.containing(by)
    held = by_rule("D3", f"{tier} is the tier held on {known.start}")
    return held, by_rule("R6", f"nothing falls inside {year}, before {year.stop}")


def _to_score(one: Unscored, bound: Threshold, on: date) -> Reason:
    """Return what a quarter must have scored to earn a tier."""
    quarter, closes_on = one.cycle.quarter, one.cycle.closes_on
    when = f"when {quarter} closes on {closes_on} earns"
    if closes_on < on:
        when = f"when {quarter} closed on {closes_on}, whose score is awaited, earned"
    return Reason(f"{bound.score} or more {when} {bound.name}", edition_id(one.edition), cited_in(one.edition, bound.cited))


def _acting(cycle: Cycle) -> Reason:
    return by_rule(acting_rule(cycle.quarter), f"{cycle.quarter} acts on {cycle.effective_on}")


def _counts(program: Program, quarter: FiscalQuarter, by: date) -> Reason:
    """Return why a quarter counts towards a day."""
    year = ProgramYear.containing(by)
    if quarter.year < year.year:
        return _carried(program, year)
    return by_rule("R6", f"inside {year} the highest tier wins, and nothing falls before {year.stop}")


def _carried(program: Program, year: ProgramYear) -> Reason:
    """Return what a program year starts with."""
    edition = program.edition(FiscalQuarter(year.year - 1, 4))
    span = carried_from(edition, year.year - 1)
    best = "the tier" if isinstance(span, FiscalQuarter) else "the best tier"
    return Reason(f"{year} starts on {year.start} with {best} earned in {span}", "R7", carry_of(edition))


def plain_cycle(cycle: Cycle) -> dict[str, str]:
    """Return a cycle as plain data."""
    return {
        "quarter": str(cycle.quarter),
        "closes_on": cycle.closes_on.isoformat(),
        "effective_on": cycle.effective_on.isoformat(),
        "notified_by": cycle.notified_by.isoformat(),
    }
