"""What it takes to hold a tier on a day, by what is known on another."""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import Any

from tbtier.errors import ProgramEndedError, UnknownRuleError, WrongTypeError
from tbtier.evaluation.decisions import earned_reason, missed_reason
from tbtier.evaluation.reasons import (
    Reason,
    acting_rule,
    by_rule,
    carried_from,
    carryover_of,
    cited_in,
    edition_id,
    once,
    star_of,
)
from tbtier.evaluation.timeline import Timeline
from tbtier.fiscal import FiscalQuarter, ProgramYear, require_date
from tbtier.planning.answers import Impossible, Open, Option, Plan, Secured
from tbtier.planning.prospects import Prospects, Unscored, ended_by, following, known_on, prospects
from tbtier.rules.cycles import Cycle, cycle_at, latest_effective
from tbtier.rules.editions import Threshold
from tbtier.rules.program import Program
from tbtier.rules.tiers import Tier

__all__ = ["plan"]


def exactly(known: Timeline, day: date, as_of: date) -> str:
    """Return the tier held on a day if nothing more is scored, with a star if it rests on something that is inferred.

    It rests on what earned it, and on what fell short of a higher one; a starting tier is given, and rests on nothing.
    """
    latest = latest_effective(day)
    split = prospects(known, latest, as_of)
    tier = split.secured
    given = known.schedule.opens(latest) and split.unearned is tier
    reasons = [] if given else list(plan_known(known, tier, day, as_of).reasons)
    for one in split.known:
        if one.earned is tier and (above := one.next_threshold):
            reasons.append(missed_reason(one, above))
    return f"{tier}{star_of(reasons)}"


def plan(timeline: Timeline, tier: Tier, *, by: date, as_of: date) -> Plan:
    """Return what it takes to hold a tier on a day.

    Args:
        timeline: what was scored; scores of quarters that close on the day `as_of` or later play no part.
        tier: the tier to be held; a higher one serves too.
        by: the day on which it is to be held. If it is before `as_of`, what is known on `as_of` answers.
        as_of: the day on which the question is asked.

    >>> import tbtier as tb
    >>> from tbtier.programs import TRAILBLAZER
    >>> timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": 400}, program=TRAILBLAZER)
    >>> plan(timeline, Tier.CREST, by=date(2024, 3, 1), as_of=date(2023, 11, 20)).secured_by
    FiscalQuarter(year=2024, number=2)
    >>> for option in plan(timeline, Tier.SUMMIT, by=date(2024, 3, 1), as_of=date(2023, 11, 20)).options:
    ...     print(option.score, option.cycle.quarter, option.cycle.closes_on)
    750 FY24 Q4 2024-01-31
    >>> plan(timeline, Tier.SUMMIT, by=date(2024, 2, 29), as_of=date(2023, 11, 20)).possible_from
    datetime.date(2024, 3, 1)

    Raises:
        WrongTypeError: `tier` is not a `Tier`, or a day is not a plain date.
        OutsideTimelineError: `as_of` is not in the timeline, or `by` is before it.
        UnknownRuleError: the rules of a quarter that counts towards `by` are not known.
        CalendarError: a quarter that counts towards `by` acts after the end of the calendar.
    """
    known = known_on(timeline, as_of)
    if not isinstance(tier, Tier):
        raise WrongTypeError("tier", tier, "a Tier", "Tier('Crest') reads one from its name")
    if require_date(by, "by") < timeline.start:
        raise timeline.outside(by)
    return plan_known(known, tier, by, as_of)


def plan_known(known: Timeline, tier: Tier, by: date, as_of: date) -> Plan:
    """Return what it takes to hold a tier on a day, for a timeline that holds only what is known on another."""
    program = known.program
    asked: dict[str, Any] = {"tier": tier, "by": by, "as_of": as_of, "program": program.name, "note": program.note}
    if end := ended_by(program, by):
        return Impossible(**asked, reasons=(end,), possible_from=None, unknown_reason=None)
    split = prospects(known, latest_effective(by), as_of)
    if split.unearned >= tier:
        return Secured(**asked, reasons=_unearned(known, split.unearned, by), secured_by=None)
    earning = next((one for one in split.known if one.earned and one.earned >= tier), None)
    if earning:
        reasons = (earned_reason(earning), _counts(program, earning.quarter, by))
        return Secured(**asked, reasons=reasons, secured_by=earning.quarter)
    chances = [(one, bound) for one in split.still_open if (bound := one.edition.lowest(tier))]
    awaiting_score = [(one, bound) for one in split.awaiting_score if (bound := one.edition.lowest(tier))]
    if chances or awaiting_score:
        possible = [*chances, *awaiting_score]
        return Open(
            **asked,
            reasons=(
                *(_to_score(one, bound, as_of) for one, bound in possible),
                *(_acting(one.cycle) for one, _ in possible),
                *once(_counts(program, one.cycle.quarter, by) for one, _ in possible),
            ),
            options=tuple(Option(one.cycle, bound.score) for one, bound in chances),
            awaiting_score=tuple(one.cycle for one, _ in awaiting_score),
        )
    why = _why_not(known, split, tier, by)
    try:
        later = _next_possible(known, tier, by, as_of)
    except ProgramEndedError:
        end = ended_by(program, date.max)
        return Impossible(**asked, reasons=(*why, *((end,) if end else ())), possible_from=None, unknown_reason=None)
    except UnknownRuleError as unknown:
        return Impossible(**asked, reasons=why, possible_from=None, unknown_reason=str(unknown))
    why = (*why, _acting(later)) if later else why
    return Impossible(**asked, reasons=why, possible_from=later.effective_on if later else None, unknown_reason=None)


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
    return by_rule("R6" if known.schedule.opens(latest_effective(by)) else "R7", text), *held, *missed


def _next_possible(known: Timeline, tier: Tier, by: date, as_of: date) -> Cycle | None:
    """Return the first cycle after a day from whose effective date on a tier may be held, if there is one.

    Raises:
        UnknownRuleError: the rules of a quarter before it are not known.
        ProgramEndedError: the program ends before it.
    """
    for ordinal in following(known, by, as_of):
        known.program.edition_at(ordinal)  # raises where there is none
        split = prospects(known, ordinal, as_of)
        if split.secured >= tier or any(one.edition.lowest(tier) for one in (*split.awaiting_score, *split.still_open)):
            return cycle_at(ordinal)
    return None


def _unearned(known: Timeline, tier: Tier, by: date) -> tuple[Reason, ...]:
    """Return why a tier is held that no quarter had to earn."""
    if not known.schedule.opens(latest_effective(by)):
        return (by_rule("D2", f"{tier} is the entry tier, and held if nothing is scored"),)
    year = ProgramYear.containing(by)
    held = by_rule("D3", f"{tier} is the tier held on {known.start}")
    return held, by_rule("R6", f"nothing falls inside {year}, before {year.stop}")


def _to_score(one: Unscored, bound: Threshold, as_of: date) -> Reason:
    """Return what a quarter must have scored to earn a tier."""
    quarter, closes_on = one.cycle.quarter, one.cycle.closes_on
    when = f"when {quarter} closes on {closes_on} earns"
    if closes_on < as_of:
        when = f"when {quarter} closed on {closes_on}, whose score is awaited, earned"
    return Reason(f"{bound.score} or more {when} {bound.name}", edition_id(one.edition), cited_in(one.edition, bound.citation))


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
    return Reason(f"{year} starts on {year.start} with {best} earned in {span}", "R7", carryover_of(edition))
