"""What is secured and what can still change before the year end, as of one day (rules R6 to R8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import attrs

from tbtier.errors import UnknownRuleError
from tbtier.evaluation.decisions import Decision, plain_decision
from tbtier.evaluation.reasons import once, plain_reason, star_of, starred
from tbtier.evaluation.text import footnote, in_columns
from tbtier.evaluation.timeline import Timeline
from tbtier.fiscal import FiscalQuarter, FiscalYear, ProgramYear
from tbtier.planning.answers import Impossible, Plan, Secured
from tbtier.planning.plan import exactly, plan
from tbtier.planning.prospects import Prospects, ended_by, following, known_on, prospects
from tbtier.rules.citations import plain_sources
from tbtier.rules.cycles import Cycle, cycle_at, latest_effective, plain_cycle
from tbtier.rules.tiers import Tier

__all__ = ["Outlook", "outlook"]

_FORMAT: Final = "tbtier.outlook/1"
_ONE_DAY: Final = timedelta(days=1)


@attrs.frozen
class Outlook:
    """What is secured and what is open on a day; made by `outlook`."""

    as_of: date
    """The day on which the question is asked."""
    held: Tier
    """The tier held on that day."""
    may_fall_on: date | None
    """The first day on which it can fall, by what is known: a March 1, or the day on which its rules end or are not known.

    `None` if there is none, since it is not above the entry tier and the program goes on.
    """
    pending: tuple[Decision, ...]
    """The decisions whose quarter has closed, and which have not taken effect yet."""
    awaiting_score: tuple[Cycle, ...]
    """The cycles of the quarters that have closed, and whose scores the timeline does not know; there is at most one."""
    open_cycles: tuple[Cycle, ...]
    """The cycles of the quarters of the day's fiscal year that have not closed; on its closing day a quarter is still open.

    With the carry `FINAL_QUARTER` only Q4 counts towards `renews_on`; the others can still promote before it.
    """
    renews_on: date
    """The March 1 to which the fiscal year of the day leads; in February that is not the next one, but the one after it."""
    tier_before_renewal: Tier | None
    """The tier held on the eve of `renews_on` if nothing more is scored; `None` if that cannot be told."""
    secured: Tier | None
    """The tier held on `renews_on` if nothing more is scored, and so whatever comes; `None` if that cannot be told."""
    unknown_reason: str | None
    """Why `secured` or `tier_before_renewal` is not known: the program has ended by then, or rules are not known; or `None`."""
    known: Timeline
    """The timeline as it was known on that day, with the scores of the quarters that had closed before it."""

    @property
    def at_risk(self) -> bool | None:
        """Whether the tier held on the eve of `renews_on` falls to `secured` if nothing more is scored; `None` if untold."""
        if self.secured is None or self.tier_before_renewal is None:
            return None
        return self.tier_before_renewal > self.secured

    def requirement(self, tier: Tier) -> Plan:
        """Return what it takes to hold a tier on `renews_on`; where the program has ended by then, it is impossible.

        Raises:
            WrongTypeError: `tier` is not a `Tier`.
            UnknownRuleError: the rules of a quarter that counts then are not known.
        """
        return plan(self.known, tier, by=self.renews_on, as_of=self.as_of)

    @property
    def requirements(self) -> tuple[Plan, ...]:
        """What it takes to hold the entry tier and each that can be earned, lowest first; empty if `secured` cannot be told."""
        if self.secured is None:
            return ()
        split = self._prospects
        editions = [*(one.edition for one in split.known), *(one.edition for one in (*split.awaiting_score, *split.still_open))]
        return tuple(map(self.requirement, sorted({split.unearned, *(tier for edition in editions for tier in edition.tiers)})))

    @property
    def _prospects(self) -> Prospects:
        return prospects(self.known, latest_effective(self.renews_on), self.as_of)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON: text, ints, bools, `None`, lists and dicts.

        Its `"format"` is `"tbtier.outlook/1"`; the number rises when a reader of the old form would go wrong.
        """
        requirements, end = self.requirements, ended_by(self.known.program, self.renews_on)
        citation = [source for told in (*self.pending, *requirements) for source in told.sources]
        return {
            "format": _FORMAT,
            "program": self.known.program.name,
            "note": self.known.program.note,
            "as_of": self.as_of.isoformat(),
            "held": str(self.held),
            "may_fall_on": self.may_fall_on.isoformat() if self.may_fall_on else None,
            "pending": [plain_decision(decision) for decision in self.pending],
            "awaiting_score": [plain_cycle(cycle) for cycle in self.awaiting_score],
            "open_cycles": [plain_cycle(cycle) for cycle in self.open_cycles],
            "renews_on": self.renews_on.isoformat(),
            "tier_before_renewal": str(self.tier_before_renewal) if self.tier_before_renewal else None,
            "secured": str(self.secured) if self.secured else None,
            "at_risk": self.at_risk,
            "unknown_reason": self.unknown_reason,
            "end": plain_reason(end) if end else None,
            "requirements": [requirement.to_dict() for requirement in requirements],
            "sources": plain_sources(once([*citation, *(end.citation.sources if end else ())])),
        }

    def __str__(self) -> str:
        quarter, year = FiscalQuarter.containing(self.as_of), ProgramYear.containing(self.as_of)
        lines = [f"{self.known.program.name} on {self.as_of} ({quarter}, {year}): {self._held()}"]
        lines += [self.known.program.note] if self.known.program.note else []
        facts = [("pending", decision.headline) for decision in self.pending]
        facts += [
            ("awaiting", f"{_dates(cycle, 'closed')}: at least {self._least(cycle)} from then") for cycle in self.awaiting_score
        ]
        facts += [("open", f"{_dates(cycle, 'closes')}{self._standing(cycle)}") for cycle in self.open_cycles]
        facts += [("year end", f"{self.renews_on}: {self._verdict()}")]
        rows = self._table()
        table = [("tier", f"on {self.renews_on}", "score", "quarter", "closes"), *rows] if rows else []
        lines += [*in_columns(facts), *(["", *in_columns(table, right=2)] if table else [])]
        return "\n".join([*lines, *footnote([[lines[0]], *facts, *rows])])

    def _held(self) -> str:
        """Return what is held, and until when it is."""
        until, program = self.may_fall_on, self.known.program
        held = f"{exactly(self.known, self.as_of, self.as_of)} is held"
        if until is None:
            return f"{held}, and cannot fall"
        if end := ended_by(program, until):
            return f"{held} until {until - _ONE_DAY}, when the program ends{starred(end.citation)}"
        if not program.knows(latest_effective(until)):
            return f"{held} at least until {until - _ONE_DAY}; the rules after that are not known"
        if any(decision.effective_on == until for decision in self.pending):
            return f"{held}, and falls on {until}"
        return f"{held}, and cannot fall before {until}"

    def _least(self, cycle: Cycle) -> str:
        """Return what is held at least once a quarter acts."""
        return exactly(self.known, cycle.effective_on, self.as_of)

    def _standing(self, cycle: Cycle) -> str:
        """Return that an open quarter can promote inside the year and does not count towards its end, if that is so."""
        if self.secured is None or cycle in [one.cycle for one in self._prospects.still_open]:
            return ""
        return f", and does not count towards {self.renews_on}"

    def _verdict(self) -> str:
        if self.secured is None:
            end = ended_by(self.known.program, self.renews_on)
            return f"{self.unknown_reason}{starred(end.citation) if end else ''}"
        secured = exactly(self.known, self.renews_on, self.as_of)
        if self.tier_before_renewal is None:
            return f"{secured} is secured; whether it falls to that cannot be told, {self.unknown_reason}"
        if not self.at_risk:
            return f"{secured} is secured"
        risky = (
            f"{self.tier_before_renewal}"
            if self.tier_before_renewal is self.held
            else f"{self.tier_before_renewal}, held by then,"
        )
        return f"{risky} is at risk, and falls to {secured} unless more is earned"

    def _table(self) -> list[tuple[str, ...]]:
        """Return what it takes to hold each tier as lines of a table; a star marks what is inferred.

        A tier is as sure as a higher one that is secured.
        """
        told: list[list[tuple[str, ...]]] = []
        sure = False
        for requirement in reversed(self.requirements):
            star = "" if sure else star_of(requirement.reasons)
            sure = sure or (isinstance(requirement, Secured) and not star)
            told.append(self._rows(requirement, star))
        return [row for rows in reversed(told) for row in rows]

    def _rows(self, requirement: Plan, star: str) -> list[tuple[str, ...]]:
        tier, reasons = str(requirement.tier), requirement.reasons
        if isinstance(requirement, Secured):
            return [(tier, f"secured{star}", "", str(requirement.secured_by or ""), "")]
        if isinstance(requirement, Impossible):
            return [(tier, f"impossible{star}", "", "", "")]
        options = [("open", cycle, score) for cycle, score in [(option.cycle, option.score) for option in requirement.options]]
        for cycle in requirement.awaiting_score:
            bound = self.known.program.edition(cycle.quarter).lowest(requirement.tier)
            options += [("awaiting", cycle, bound.score)] if bound else []
        star = star_of(reasons[len(options) :])
        rows = [
            (f"{answer}{star}", f"{score}{starred(reason.citation)}", str(cycle.quarter), str(cycle.closes_on))
            for (answer, cycle, score), reason in zip(options, reasons)
        ]
        return [(tier if place == 0 else "", *row) for place, row in enumerate(rows)]


def _dates(cycle: Cycle, closes: str) -> str:
    return f"{cycle.quarter} {closes} on {cycle.closes_on}, acts on {cycle.effective_on}"


def outlook(timeline: Timeline, *, as_of: date) -> Outlook:
    """Return what is secured and what can still change, as of one day.

    Args:
        timeline: what was scored; scores of quarters that close on the day `as_of` or later play no part.
        as_of: the day on which the question is asked.

    >>> import tbtier as tb
    >>> from tbtier.programs import TRAILBLAZER
    >>> scores = {"FY24 Q1": 310, "FY24 Q2": 280, "FY24 Q3": 400}
    >>> timeline = tb.evaluate(scores, program=TRAILBLAZER, starting_tier=Tier.SUMMIT)
    >>> view = outlook(timeline, as_of=date(2023, 11, 20))
    >>> print(view.held, view.may_fall_on, view.secured, view.at_risk)
    Summit 2024-03-01 Ridge True

    Raises:
        WrongTypeError: `as_of` is not a plain date.
        OutsideTimelineError: `as_of` is not in the timeline.
        CalendarError: the year ends after the end of the calendar.
    """
    known, held = known_on(timeline, as_of), timeline.tier_on(as_of)
    running, year = FiscalQuarter.containing(as_of), FiscalYear.containing(as_of)
    renews_on = cycle_at(FiscalQuarter(year.year, 4).ordinal).effective_on
    closed = range(known.schedule.after, running.ordinal)
    still_open = range(running.ordinal, FiscalQuarter(year.year, 4).ordinal + 1)
    secured, unknown_reason = _secured_on(known, renews_on, as_of)
    tier_before_renewal, unknown_reason_before = _secured_on(known, renews_on - _ONE_DAY, as_of)
    return Outlook(
        as_of=as_of,
        held=held,
        may_fall_on=_may_fall_on(known, held, as_of),
        pending=tuple(decision for decision in known.decisions if decision.effective_on > as_of),
        awaiting_score=tuple(cycle_at(ordinal) for ordinal in closed if known.program.knows(ordinal)),
        open_cycles=tuple(cycle_at(ordinal) for ordinal in still_open if known.program.knows(ordinal)),
        renews_on=renews_on,
        tier_before_renewal=tier_before_renewal,
        secured=secured,
        unknown_reason=unknown_reason or unknown_reason_before,
        known=known,
    )


def _secured_on(known: Timeline, day: date, as_of: date) -> tuple[Tier | None, str | None]:
    """Return the tier held on a day if nothing more is scored, or why it cannot be told."""
    if end := ended_by(known.program, day):
        return None, end.text
    try:
        return prospects(known, latest_effective(day), as_of).secured, None
    except UnknownRuleError as unknown:
        return None, str(unknown)


def _may_fall_on(known: Timeline, held: Tier, as_of: date) -> date | None:
    """Return the first day on which a tier is not held for sure, by what is known; `None` if there is none."""
    program = known.program
    for ordinal in following(known, as_of, as_of):
        acts = cycle_at(ordinal).effective_on
        if not program.knows(ordinal):
            return min(acts, program.ended_on or acts)
        if prospects(known, ordinal, as_of).secured < held:
            return acts
    return None
