"""What is secured and what can still change before the next March 1 that is open, as of one day (rules R6 to R8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

import attrs

from tbtier.cycles import Cycle, cycle_at, latest_effective
from tbtier.decisions import Decision, Reason, headline, plain_decision, starred
from tbtier.errors import UnknownRuleError
from tbtier.fiscal import FiscalQuarter, FiscalYear, ProgramYear
from tbtier.planning import Impossible, Plan, Secured, ending, known_on, plain_cycle, plan, prospects
from tbtier.tables import in_columns
from tbtier.tiers import Tier
from tbtier.timeline import Timeline

__all__ = ["Outlook", "outlook"]

_FORMAT: Final = "tbtier.outlook/1"
_ONE_DAY: Final = timedelta(days=1)
_TWO_YEARS: Final = 8  # quarters: by then nothing that is known counts any more


@attrs.frozen
class Outlook:
    """What is secured and what is open on a day; made by `outlook`."""

    on: date
    """The day on which the question is asked."""
    held: Tier
    """The tier held on that day."""
    held_until: date | None
    """The first day on which it can fall, by what is known: a March 1, or one on which rules cease to be known or to hold.

    `None` if it cannot fall, since it is the entry tier.
    """
    pending: tuple[Decision, ...]
    """The decisions whose quarter has closed, and which have not taken effect yet."""
    awaited: tuple[Cycle, ...]
    """The cycles of the quarters that have closed, and whose scores the timeline does not know."""
    chances: tuple[Cycle, ...]
    """The cycles of this fiscal year that are still open; the closing day itself is open."""
    year_end: date
    """The March 1 to which the fiscal year of the day leads; in February that is not the next one, but the one after it."""
    held_on_eve: Tier | None
    """The tier held on the eve of `year_end` if nothing more is scored; `None` if that cannot be told."""
    secured: Tier | None
    """The tier held on `year_end` if nothing more is scored, and so whatever comes; `None` if that cannot be told."""
    untold: str
    """Why `secured` cannot be told: the program has ended by then, or its rules are not known; else empty."""
    known: Timeline
    """The timeline as it was known on that day, with the scores of the quarters that had closed."""

    @property
    def at_risk(self) -> bool | None:
        """Whether the tier held on the eve of `year_end` falls to `secured` if nothing more is scored; `None` if untold."""
        if self.secured is None or self.held_on_eve is None:
            return None
        return self.held_on_eve > self.secured

    def requirement(self, tier: Tier) -> Plan:
        """Return what it takes to hold a tier on `year_end`.

        Raises:
            WrongTypeError: `tier` is not a `Tier`.
            UnknownRuleError: the rules of a quarter that counts then are not known.
        """
        return plan(self.known, tier, by=self.year_end, on=self.on)

    @property
    def requirements(self) -> tuple[Plan, ...]:
        """What it takes to hold each tier that can be earned, lowest first; empty if `secured` cannot be told."""
        if self.untold:
            return ()
        split = prospects(self.known, latest_effective(self.year_end), self.on)
        editions = [*(one.edition for one in split.closed), *(edition for _, edition in (*split.awaited, *split.open))]
        return tuple(map(self.requirement, sorted({tier for edition in editions for tier in edition.tiers})))

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON: text, ints, bools, `None`, lists and dicts.

        Its `"format"` is `"tbtier.outlook/1"`; the number rises when a reader of the old form would go wrong.
        """
        return {
            "format": _FORMAT,
            "program": self.known.program.name,
            "note": self.known.program.note,
            "on": self.on.isoformat(),
            "held": str(self.held),
            "held_until": self.held_until.isoformat() if self.held_until else None,
            "pending": [plain_decision(decision) for decision in self.pending],
            "awaited": [plain_cycle(cycle) for cycle in self.awaited],
            "chances": [plain_cycle(cycle) for cycle in self.chances],
            "year_end": self.year_end.isoformat(),
            "held_on_eve": str(self.held_on_eve) if self.held_on_eve else None,
            "secured": str(self.secured) if self.secured else None,
            "at_risk": self.at_risk,
            "untold": self.untold,
            "requirements": [requirement.to_dict() for requirement in self.requirements],
        }

    def __str__(self) -> str:
        quarter, year = FiscalQuarter.containing(self.on), ProgramYear.containing(self.on)
        until = f"cannot fall before {self.held_until}" if self.held_until else "cannot fall"
        lines = [f"{self.known.program.name} on {self.on} ({quarter}, {year}): {self.held} is held, and {until}"]
        lines += [self.known.program.note] if self.known.program.note else []
        facts = [("pending", headline(decision) + (decision.evaluation.star or decision.star)) for decision in self.pending]
        facts += [("awaited", f"{cycle.quarter} closed on {cycle.closes_on}{_acts(cycle)}") for cycle in self.awaited]
        facts += [("open", f"{cycle.quarter} closes on {cycle.closes_on}{_acts(cycle)}") for cycle in self.chances]
        lines += in_columns([*facts, ("year end", f"{self.year_end}: {self._verdict()}")])
        rows = [row for requirement in self.requirements for row in _rows(requirement)]
        if rows:
            header = ("tier", f"on {self.year_end}", "score", "quarter", "closes on")
            lines += ["", *in_columns([header, *rows], right=2)]
        lines += ["* by rules that are inferred, not published"] if any("*" in line for line in lines) else []
        return "\n".join(lines)

    def _verdict(self) -> str:
        if self.secured is None:
            end = ending(self.known.program)
            return self.untold + (starred(end.cited) if end and end.text == self.untold else "")
        star = _star(self.requirement(self.secured).reasons)
        if self.at_risk:
            return f"{self.held_on_eve} is at risk, and falls to {self.secured}{star} if nothing more is scored"
        return f"{self.secured}{star} is secured"


def _star(reasons: Iterable[Reason]) -> str:
    """Return `*` if any of the reasons is inferred."""
    return max(starred(reason.cited) for reason in reasons)


def _acts(cycle: Cycle) -> str:
    return f", acts on {cycle.effective_on}"


def _rows(requirement: Plan) -> list[tuple[str, ...]]:
    """Return what it takes to hold a tier as lines of a table; a star marks what is inferred."""
    tier, reasons = str(requirement.tier), requirement.reasons
    if isinstance(requirement, Secured):
        return [(tier, f"secured{_star(reasons)}", "", str(requirement.by or ""), "")]
    if isinstance(requirement, Impossible):
        return [(tier, f"impossible{_star(reasons)}", "", "", "")]
    scored, others = reasons[: len(requirement.chances)], reasons[len(requirement.chances) :]
    rows = [
        (f"open{_star(others)}", f"{score}{starred(reason.cited)}", str(cycle.quarter), str(cycle.closes_on))
        for (cycle, score), reason in zip(requirement.chances, scored)
    ]
    rows += [(f"awaited{_star(others)}", "", str(cycle.quarter), str(cycle.closes_on)) for cycle in requirement.awaited]
    return [(tier if place == 0 else "", *row) for place, row in enumerate(rows)]


def outlook(timeline: Timeline, *, on: date) -> Outlook:
    """Return what is secured and what can still change, as of one day.

    Args:
        timeline: what was scored; scores of quarters that close on the day `on` or later play no part.
        on: the day on which the question is asked.

    >>> import tbtier as tb
    >>> from tbtier.programs import TRAILBLAZER
    >>> scores = {"FY24 Q1": 310, "FY24 Q2": 280, "FY24 Q3": 400}
    >>> timeline = tb.evaluate(scores, program=TRAILBLAZER, starting_tier=Tier.SUMMIT)
    >>> view = outlook(timeline, on=date(2023, 11, 20))
    >>> print(view.held, view.held_until, view.secured, view.at_risk)
    Summit 2024-03-01 Ridge True

    Raises:
        WrongTypeError: `on` is not a plain date.
        OutsideTimelineError: `on` is not in the timeline.
    """
    known, held = known_on(timeline, on), timeline.tier_on(on)
    running, year = FiscalQuarter.containing(on), FiscalYear.containing(on)
    year_end = ProgramYear(year.year + 1).start
    closed = range(known.course.after, running.ordinal)
    still_open = range(running.ordinal, FiscalQuarter(year.year, 4).ordinal + 1)
    secured, untold = _floor(known, year_end, on)
    return Outlook(
        on=on,
        held=held,
        held_until=_held_until(known, held, on),
        pending=tuple(decision for decision in known.decisions if decision.effective_on > on),
        awaited=tuple(cycle_at(ordinal) for ordinal in closed if known.program.knows(ordinal)),
        chances=tuple(cycle_at(ordinal) for ordinal in still_open if known.program.knows(ordinal)),
        year_end=year_end,
        held_on_eve=_floor(known, year_end - _ONE_DAY, on)[0],
        secured=secured,
        untold=untold,
        known=known,
    )


def _floor(known: Timeline, day: date, on: date) -> tuple[Tier | None, str]:
    """Return the tier held on a day if nothing more is scored, or why it cannot be told."""
    end, ended_on = ending(known.program), known.program.ended_on
    if end and ended_on and ended_on <= day:
        return None, end.text
    try:
        return prospects(known, latest_effective(day), on).floor, ""
    except UnknownRuleError as unknown:
        return None, str(unknown)


def _held_until(known: Timeline, held: Tier, on: date) -> date | None:
    """Return the first day on which a tier is not held for sure, by what is known; `None` if there is none."""
    program = known.program
    last = max(FiscalQuarter.containing(on).ordinal, program.last_change) + _TWO_YEARS
    for ordinal in range(latest_effective(on) + 1, last + 1):
        acts = cycle_at(ordinal).effective_on
        if not program.knows(ordinal):
            return min(acts, program.ended_on or acts)
        if prospects(known, ordinal, on).floor < held:
            return acts
    return None
