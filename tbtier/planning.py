"""What it takes to hold a tier on a day, by what is known on another: it is secured, open or impossible.

It is the sentence of the timeline again: the quarters that count towards the day, split into those whose scores are known,
those whose scores are awaited, and those that are open.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final, TypeAlias

import attrs

from tbtier.citations import Citation, plain_sources
from tbtier.cycles import Cycle, cycle_at, latest_effective
from tbtier.decisions import Evaluation, Reason, acting_rule, by_rule, edition_id, once, plain_reason
from tbtier.editions import Carry, Edition, Ended, Threshold
from tbtier.errors import ProgramEndedError, UnknownRuleError, WrongTypeError
from tbtier.fiscal import FiscalQuarter, FiscalYear, ProgramYear, require_date
from tbtier.history import ScoreHistory
from tbtier.rules import Program
from tbtier.tiers import Tier
from tbtier.timeline import Timeline, require_timeline

__all__ = ["Impossible", "Open", "Plan", "Secured", "plan"]

_FORMAT: Final = "tbtier.plan/1"
_TWO_YEARS: Final = 8  # quarters: none of those that count is older


@attrs.frozen
class _Answer:
    tier: Tier
    """The tier that is asked for; a higher one serves too."""
    day: date
    """The day on which it is to be held."""
    reasons: tuple[Reason, ...] = attrs.field(kw_only=True)
    """Why, step by step, each with its rule."""

    _name: ClassVar[str]

    def _plain(self, **facts: Any) -> dict[str, Any]:
        return {
            "format": _FORMAT,
            "answer": self._name,
            "tier": str(self.tier),
            "day": self.day.isoformat(),
            **facts,
            "reasons": [plain_reason(reason) for reason in self.reasons],
            "sources": plain_sources(once(source for reason in self.reasons for source in reason.cited.sources)),
        }

    def _lines(self, answer: str) -> str:
        return "\n".join([f"{self.tier} on {self.day} is {self._name}{answer}", *(f"  {reason}" for reason in self.reasons)])


@attrs.frozen
class Secured(_Answer):
    """The tier will be held on the day whatever scores come."""

    by: FiscalQuarter | None
    """The first quarter that secures it; `None` where the starting tier or the entry tier does."""

    _name = "secured"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON, in the format `"tbtier.plan/1"`."""
        return self._plain(by=str(self.by) if self.by else None)

    def __str__(self) -> str:
        return self._lines(f" by {self.by}" if self.by else "")


@attrs.frozen
class Open(_Answer):
    """The tier will be held on the day if one of these quarters earns it."""

    chances: tuple[tuple[Cycle, int], ...]
    """The open quarters that count towards the day, each with the lowest score that earns the tier there.

    Each of them suffices alone. The first reasons belong to them, one to each, with the certainty of its score.
    """
    awaited: tuple[Cycle, ...]
    """The closed quarters that count towards the day and may have earned it: their scores are not known."""

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
        return self._lines(f" until {self.last_day}" if self.last_day else ": the scores that can bring it are awaited")


@attrs.frozen
class Impossible(_Answer):
    """The tier will not be held on the day, whatever scores come."""

    possible_from: date | None
    """The first day from then on on which it may be held; `None` if there is none, as far as rules are known."""

    _name = "impossible"

    @property
    def reason(self) -> str:
        """Why, in one sentence; the text of the first of the reasons."""
        return self.reasons[0].text

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON, in the format `"tbtier.plan/1"`."""
        return self._plain(possible_from=self.possible_from.isoformat() if self.possible_from else None)

    def __str__(self) -> str:
        return self._lines(f", and possible from {self.possible_from} on" if self.possible_from else "")


Plan: TypeAlias = Secured | Open | Impossible
"""What it takes to hold a tier on a day."""


def known_on(timeline: Timeline, day: date) -> Timeline:
    """Return what a timeline was on a day, when only quarters that had closed by then were scored.

    Raises:
        WrongTypeError: `day` is not a plain date.
        OutsideTimelineError: the timeline does not reach the day.
    """
    require_timeline("timeline", timeline).tier_on(day)
    closed = ScoreHistory({quarter: score for quarter, score in timeline.history.items() if quarter.stop <= day})
    return attrs.evolve(timeline, history=closed)


@attrs.frozen
class Prospects:
    """The quarters that count towards a day, split by what is known of them on another."""

    base: Tier
    """What is held whatever any of them earns: the starting tier until the first March 1, then the entry tier."""
    closed: tuple[Evaluation, ...]
    """Those whose scores are known."""
    awaited: tuple[tuple[Cycle, Edition], ...]
    """Those that have closed and whose scores are not known, each with the edition that judges it."""
    open: tuple[tuple[Cycle, Edition], ...]
    """Those that have not closed, each with the edition that judges it."""

    @property
    def floor(self) -> Tier:
        """The tier held if nothing more is scored; it is held whatever comes, since no score lowers a tier."""
        return max([self.base, *(one.earned for one in self.closed if one.earned)])


def prospects(known: Timeline, latest: int, on: date) -> Prospects:
    """Return what counts once the quarter with the ordinal `latest` is the last that has acted.

    Raises:
        UnknownRuleError: the rules of a quarter that counts are not known.
        ProgramEndedError: the program has ended by then.
    """
    course, program = known.course, known.program
    running = FiscalQuarter.containing(on).ordinal
    quarters = {ordinal: (cycle_at(ordinal), program.edition_at(ordinal)[0]) for ordinal in course.counting(latest)}
    return Prospects(
        known.starting_tier if course.opens(latest) else program.entry_tier,
        tuple(known.evaluation_at(ordinal) for ordinal in quarters if ordinal < course.after),
        tuple(quarter for ordinal, quarter in quarters.items() if course.after <= ordinal < running),
        tuple(quarter for ordinal, quarter in quarters.items() if ordinal >= running),
    )


def ending(program: Program) -> Reason | None:
    """Return why a program that ends evaluates nothing from then on; `None` if it has no end."""
    last = program.changes[-1]
    if not isinstance(last, Ended):
        return None
    text = f"no further evaluation: {program.name} ends on {last.on}, replaced by {last.replaced_by}"
    return Reason(text, f"end of {program.name}", last.cited)


def plan(timeline: Timeline, tier: Tier, *, by: date, on: date) -> Plan:
    """Return what it takes to hold a tier on a day.

    Args:
        timeline: what was scored; scores of quarters that close on the day `on` or later play no part.
        tier: the tier to be held; a higher one serves too.
        by: the day on which it is to be held.
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
    """
    known = known_on(timeline, on)
    if not isinstance(tier, Tier):
        raise WrongTypeError("tier", tier, "a Tier", "Tier('Crest') reads one from its name")
    if require_date(by, "by") < known.start:
        known.tier_on(by)  # says that it is before the timeline
    end = ending(known.program)
    if end and known.program.ended_on and by >= known.program.ended_on:
        return Impossible(tier, by, None, reasons=(end,))
    split = prospects(known, latest_effective(by), on)
    if split.floor >= tier:
        return _secured(known, split, tier, by)
    chances = [(cycle, edition, bound) for cycle, edition in split.open if (bound := _bound(edition, tier))]
    awaited = tuple(cycle for cycle, edition in split.awaited if _bound(edition, tier))
    if not chances and not awaited:
        return _impossible(known, split, tier, by, on)
    cycles = [*(cycle for cycle, _, _ in chances), *awaited]
    reasons = [
        *(_scored(*chance) for chance in chances),
        *(by_rule("R3a", f"the score with which {cycle.quarter} closed on {cycle.closes_on} is awaited") for cycle in awaited),
        *(by_rule(acting_rule(cycle.quarter), f"{cycle.quarter} acts on {cycle.effective_on}") for cycle in cycles),
        *dict.fromkeys(_counts(known.program, cycle.quarter, by) for cycle in cycles),
    ]
    return Open(tier, by, tuple((cycle, bound.score) for cycle, _, bound in chances), awaited, reasons=tuple(reasons))


def _secured(known: Timeline, split: Prospects, tier: Tier, by: date) -> Secured:
    program = known.program
    earning = next((one for one in split.closed if one.earned and one.earned >= tier), None)
    if split.base < tier and earning:
        bound, quarter = earning.threshold, earning.quarter
        earned = (
            Reason(f"{quarter} earned {bound}", edition_id(earning.edition), bound.cited)
            if earning.bounds and bound
            else by_rule("D1", f"{quarter} earned {earning.earned}, by a score that is not known")
        )
        return Secured(tier, by, quarter, reasons=(earned, _counts(program, quarter, by)))
    if known.course.opens(latest_effective(by)):
        year = ProgramYear.containing(by)
        held = by_rule("D3", f"{split.base} is the tier held on {known.start}")
        return Secured(tier, by, None, reasons=(held, by_rule("R6", f"nothing falls inside {year}, before {year.stop}")))
    return Secured(tier, by, None, reasons=(by_rule("D2", f"{split.base} is the entry tier, and held if nothing is scored"),))


def _impossible(known: Timeline, split: Prospects, tier: Tier, by: date, on: date) -> Impossible:
    program = known.program
    text = f"no open or awaited quarter that counts on {by} can earn {tier}, and without one the tier is {split.floor}"
    carried = [] if known.course.opens(latest_effective(by)) else [_carried(program, ProgramYear.containing(by))]
    possible, later = None, None
    try:
        possible = _next_possible(known, tier, by, on)
    except ProgramEndedError:
        later = ending(program)
    except UnknownRuleError as unknown:
        text += f"; {unknown}"
    if possible:
        later = by_rule(acting_rule(possible.quarter), f"{possible.quarter} acts on {possible.effective_on}")
    reasons = (by_rule("R6", text), *carried, *([later] if later else []))
    return Impossible(tier, by, possible.effective_on if possible else None, reasons=reasons)


def _next_possible(known: Timeline, tier: Tier, by: date, on: date) -> Cycle | None:
    """Return the first cycle after a day from whose effective date on a tier may be held, if there is one.

    Once all that is known has ceased to count, and the last change of the rules has come, nothing new can happen.

    Raises:
        UnknownRuleError: the rules of a quarter before it are not known.
        ProgramEndedError: the program ends before it.
    """
    last = max(FiscalQuarter.containing(on).ordinal, latest_effective(by), known.program.last_change) + _TWO_YEARS
    for ordinal in range(latest_effective(by) + 1, last + 1):
        known.program.edition_at(ordinal)
        split = prospects(known, ordinal, on)
        if split.floor >= tier or any(_bound(edition, tier) for _, edition in (*split.awaited, *split.open)):
            return cycle_at(ordinal)
    return None


def _bound(edition: Edition, tier: Tier) -> Threshold | None:
    """Return the lowest threshold of a tier or a higher one; `None` if no score earns that."""
    return next((threshold for threshold in edition.thresholds if threshold.tier >= tier), None)


def _scored(cycle: Cycle, edition: Edition, bound: Threshold) -> Reason:
    """Return that a score earns a tier, as sure as both the threshold and the dates of its edition are."""
    cited, dated = bound.cited, edition.start_cited
    if dated.certainty < cited.certainty:
        cited = Citation(dated.certainty, once((*cited.sources, *dated.sources)), dated.note)
    text = f"{bound.score} or more when {cycle.quarter} closes on {cycle.closes_on} earns {bound.name}"
    return Reason(text, edition_id(edition), cited)


def _counts(program: Program, quarter: FiscalQuarter, by: date) -> Reason:
    """Return why a quarter counts towards a day."""
    year = ProgramYear.containing(by)
    if quarter.year < year.year:
        return _carried(program, year)
    return by_rule("R6", f"inside {year} the highest tier wins, and nothing falls before {year.stop}")


def _carried(program: Program, year: ProgramYear) -> Reason:
    """Return what a program year starts with."""
    edition = program.edition(FiscalQuarter(year.year - 1, 4))
    best = "the best tier" if edition.carry is Carry.HIGHEST_OF_YEAR else "the tier"
    earned = FiscalYear(year.year - 1) if edition.carry is Carry.HIGHEST_OF_YEAR else FiscalQuarter(year.year - 1, 4)
    return Reason(f"{year} starts on {year.start} with {best} earned in {earned}", "R7", edition.carry_cited)


def plain_cycle(cycle: Cycle) -> dict[str, str]:
    """Return a cycle as plain data."""
    return {
        "quarter": str(cycle.quarter),
        "closes_on": cycle.closes_on.isoformat(),
        "effective_on": cycle.effective_on.isoformat(),
        "notified_by": cycle.notified_by.isoformat(),
    }
