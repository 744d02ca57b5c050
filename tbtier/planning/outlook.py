"""What is secured, at risk and still open before the next renewal, as of one day (rules R6 to R8)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from tbtier.errors import RangeError, UnknownRuleError
from tbtier.errors.checks import require_date
from tbtier.evaluation.decisions import Decision
from tbtier.evaluation.reasons import Reason, any_inferred, unique
from tbtier.evaluation.timeline import Timeline, require_timeline
from tbtier.fiscal import ONE_DAY, FiscalQuarter, ProgramYear
from tbtier.planning.answers import Impossible, Plan, Secured
from tbtier.planning.plan import KnownResults, ended_by, following, held_citations
from tbtier.rules.citations import Source
from tbtier.rules.cycles import Cycle, cycle_of, latest_cycle
from tbtier.rules.plain import Answer
from tbtier.rules.text import Part, Table, implied, joined, starred, with_footnote
from tbtier.rules.tiers import Tier, as_tier

if TYPE_CHECKING:
    from tbtier.formats import OutlookDict

__all__ = ["Outlook", "outlook"]


@attrs.frozen(repr=False)
class Outlook(Answer["OutlookDict"]):
    """What is secured, at risk and still open before the next renewal; made by `outlook`."""

    known: Timeline
    """The timeline as it was known on `as_of`."""
    as_of: date
    """The day on which the question is asked."""
    renews_on: date
    """The March 1 of the renewal, after `as_of`."""
    held: Tier = attrs.field(init=False, eq=False)
    """The tier held on `as_of`."""
    may_fall_on: date | None = attrs.field(init=False, eq=False)
    """The first day on which the tier can fall, as far as is known: a March 1, or the day on which the program ends
    or a quarter without known rules takes effect; `None` if the tier cannot fall."""
    pending: tuple[Decision, ...] = attrs.field(init=False, eq=False)
    """The decisions of quarters that have closed but have not taken effect yet."""
    awaiting_score: tuple[Cycle, ...] = attrs.field(init=False, eq=False)
    """The cycles of closed quarters whose score the timeline does not have."""
    open_cycles: tuple[Cycle, ...] = attrs.field(init=False, eq=False)
    """The cycles of quarters that have not closed and take effect on or before `renews_on`.

    On its closing day a quarter is still open. With the carryover `FINAL_QUARTER` only Q4 counts towards the renewal;
    the others can still promote before it.
    """
    tier_before_renewal: Tier | None = attrs.field(init=False, eq=False)
    """The tier held on the day before `renews_on` if nothing more is scored; `None` if that is not known."""
    secured: Tier | None = attrs.field(init=False, eq=False)
    """The tier held on `renews_on` whatever scores come; `None` if that is not known."""
    unknown_reason: str | None = attrs.field(init=False, eq=False)
    """Why `secured` or `tier_before_renewal` is not known: the program ends, or rules are unknown; `None` if both are known."""
    # What follows from the three fields above is worked out once: the text, the plain data and the requirements share it.
    _results: KnownResults = attrs.field(init=False, eq=False)

    _format = "tbtier.outlook/1"

    def __attrs_post_init__(self) -> None:
        as_of = require_date(self.as_of, "as_of")
        known = require_timeline("known", self.known).as_known_on(as_of)
        renews_on = _require_renewal(as_of, self.renews_on)
        results, program = KnownResults(known, as_of), known.program
        running, last = FiscalQuarter.containing(as_of), latest_cycle(renews_on).quarter
        awaited = known._schedule.first_unknown  # the only one: the timeline stops before another quarter closes
        closed = [awaited] if awaited < running else []
        still_open = [running + number for number in range(last - running + 1)]
        held = results.basis_on(as_of).tier
        secured, unknown_reason = _tier_on(results, renews_on)
        before, unknown_reason_before = _tier_on(results, renews_on - ONE_DAY)
        derived = {
            "known": known,
            "as_of": as_of,
            "renews_on": renews_on,
            "held": held,
            "may_fall_on": _may_fall_on(results, held, as_of),
            "pending": _pending(results, as_of),
            "awaiting_score": tuple(cycle_of(quarter) for quarter in closed if program.knows(quarter)),
            "open_cycles": tuple(cycle_of(quarter) for quarter in still_open if program.knows(quarter)),
            "tier_before_renewal": before,
            "secured": secured,
            "unknown_reason": unknown_reason or unknown_reason_before,
            "_results": results,
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    @property
    def at_risk(self) -> bool | None:
        """Whether the tier held before the renewal falls on `renews_on` if nothing more is scored; `None` if not known."""
        if self.secured is None or self.tier_before_renewal is None:
            return None
        return self.tier_before_renewal > self.secured

    def requirement(self, tier: Tier | str) -> Plan:
        """Return the score needed, and by when, to hold a tier on `renews_on`.

        Raises:
            WrongTypeError: `tier` is neither a `Tier` nor text.
            ParseError: the text is not the name of a tier.
            UnknownRuleError: the rules of a quarter that counts then are not known.
        """
        return self._results.answer(as_tier(tier, "tier"), self.renews_on)

    @property
    def requirements(self) -> tuple[Plan, ...]:
        """The plans for the entry tier and each tier that can be earned, lowest first; empty if `secured` is not known."""
        if self.secured is None:
            return ()
        basis = self._results.basis_on(self.renews_on)
        tiers = {basis.floor}.union(*(result.edition.tiers for result in basis.results))
        return tuple(self.requirement(tier) for tier in sorted(tiers))

    def _end(self) -> Reason | None:
        """Return the end of the program, if it comes by the renewal or by the day on which the tier can fall."""
        return ended_by(self.known.program, max(self.renews_on, self.may_fall_on or self.renews_on))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the pending decisions, the requirements and the end of the program rest on, in order."""
        end = self._end()
        cited = [source for answer in (*self.pending, *self.requirements) for source in answer.sources]
        return unique([*cited, *(end.citation.sources if end else ())])

    def _plain(self) -> dict[str, Any]:
        return {
            "program": self.known.program.name,
            "note": self.known.program.note,
            "as_of": self.as_of,
            "held": self._plain_tier(self.held, self.as_of),
            "may_fall_on": self.may_fall_on,
            "pending": self.pending,
            "awaiting_score": self.awaiting_score,
            "open_cycles": self.open_cycles,
            "renews_on": self.renews_on,
            "tier_before_renewal": self._plain_tier(self.tier_before_renewal, self.renews_on - ONE_DAY),
            "secured": self._plain_tier(self.secured, self.renews_on),
            "at_risk": self.at_risk,
            "unknown_reason": self.unknown_reason,
            "end": self._end(),
            "requirements": self.requirements,
        }

    def _parts(self) -> list[Part]:
        quarter, year = FiscalQuarter.containing(self.as_of), ProgramYear.containing(self.as_of)
        first = joined(f"{self.known.program.name} on {self.as_of} ({quarter}, {year}): ", self._held())
        facts = [("pending", decision.headline) for decision in self.pending]
        for cycle in self.awaiting_score:
            least = self._starred_tier(cycle.effective_on)
            facts.append(("awaiting", joined(f"{_dates(cycle, 'closed')}: at least ", least, " from then")))
        facts += [("open", f"{_dates(cycle, 'closes')}{self._standing(cycle)}") for cycle in self.open_cycles]
        facts.append(("renewal", joined(f"{self.renews_on}: ", self._verdict())))
        caption = [first, *([self.known.program.note] if self.known.program.note else [])]
        parts: list[Part] = [Table(caption, implied("about", "dates and tiers"), facts)]
        if not self.open_cycles and self.secured is not None:
            later = ProgramYear.containing(self.renews_on).stop
            parts.append(f"no open quarter takes effect by {self.renews_on}; renews_on={later!r} looks at the renewal after it")
        if rows := self._table():
            heading = "tier", f"on {self.renews_on}", "score", "quarter", "closes"
            parts += ["", Table(implied("the score needed for each tier"), heading, rows, right=2)]
        return with_footnote(*parts)

    def _held(self) -> str:
        """Return the tier that is held, and until when it cannot fall."""
        until, program = self.may_fall_on, self.known.program
        held = joined(self._starred_tier(self.as_of), " is held, and ")
        if until is None:
            return joined(held, "cannot fall")
        if end := ended_by(program, until):
            return joined(held, starred(f"cannot fall before {until}, when the program ends", end.is_inferred))
        if not program.knows(latest_cycle(until).quarter):
            return joined(held, f"cannot fall before {until}; the rules after that are not known")
        falls = any(decision.effective_on == until for decision in self.pending)
        return joined(held, f"falls on {until}" if falls else f"cannot fall before {until}")

    def _standing(self, cycle: Cycle) -> str:
        """Return a remark about an open quarter that does not count towards the renewal; empty for any other quarter."""
        if self.secured is None or cycle.quarter in [one.quarter for one in self._results.basis_on(self.renews_on).results]:
            return ""
        return f", and does not count towards {self.renews_on}"

    def _verdict(self) -> str:
        if self.secured is None:
            end = ended_by(self.known.program, self.renews_on)
            return starred(self.unknown_reason, bool(end and end.is_inferred))
        secured = self._starred_tier(self.renews_on)
        if self.tier_before_renewal is None:
            return joined(secured, f" is secured; whether the tier falls is not known: {self.unknown_reason}")
        if not self.at_risk:
            return joined(secured, " is secured")
        before = self._starred_tier(self.renews_on - ONE_DAY)
        if not self.open_cycles and not self.awaiting_score:
            return joined(before, " falls to ", secured)
        by_then = "" if self.tier_before_renewal is self.held else ", held by then,"
        return joined(before, f"{by_then} is at risk, and falls to ", secured, " unless more is earned")

    def _table(self) -> list[tuple[str, ...]]:
        """Return the requirement of each tier as lines of a table; a star marks what is inferred.

        A tier is at least as sure as a higher tier that is secured.
        """
        blocks: list[list[tuple[str, ...]]] = []
        sure = False
        for requirement in reversed(self.requirements):
            is_inferred = not sure and any_inferred(requirement.reasons)
            sure = isinstance(requirement, Secured) and not is_inferred
            blocks.append(self._rows(requirement, is_inferred))
        return [row for block in reversed(blocks) for row in block]

    def _rows(self, requirement: Plan, is_inferred: bool) -> list[tuple[str, ...]]:
        tier = str(requirement.tier)
        if isinstance(requirement, Secured):
            return [(tier, starred("secured", is_inferred), "", str(requirement.secured_by or ""), "")]
        if isinstance(requirement, Impossible):
            return [(tier, starred("impossible", is_inferred), "", "", "")]
        still_open = [option.cycle for option in requirement.options]
        possible = [("open", cycle) for cycle in still_open] + [("awaiting", cycle) for cycle in requirement.awaiting_score]
        by_timing = any_inferred(requirement._timing)
        rows: list[tuple[str, ...]] = []
        for state, cycle in possible:
            edition = self._results.of(cycle.quarter).edition
            bound = edition.lowest(requirement.tier)
            assert bound is not None  # since the quarter can earn the tier
            score = starred(bound.score, any(citation.is_inferred for citation in edition._reaching(bound, bound.score)))
            rows.append((tier, starred(state, by_timing), score, str(cycle.quarter), str(cycle.closes_on)))
            tier = ""
        return rows

    def _starred_tier(self, day: date) -> str:
        """Return the tier held on a day if nothing more is scored, with a star if it rests on something that is inferred."""
        return starred(self._results.basis_on(day).tier, self._is_inferred(day))

    def _is_inferred(self, day: date) -> bool:
        """Return whether the tier of a day rests on something that is inferred."""
        return any(citation.is_inferred for citation in held_citations(self._results, self._results.basis_on(day)))

    def _plain_tier(self, tier: Tier | None, day: date) -> dict[str, Any] | None:
        return None if tier is None else {"tier": tier, "is_inferred": self._is_inferred(day)}


def _dates(cycle: Cycle, closes: str) -> str:
    return f"{cycle.quarter} {closes} on {cycle.closes_on}, takes effect on {cycle.effective_on}"


def outlook(timeline: Timeline, *, as_of: date, renews_on: date | None = None) -> Outlook:
    """Return the outlook before a renewal, as of one day: what is secured, at risk and still open.

    Args:
        timeline: the timeline with the scores; quarters that close on `as_of` or later are ignored.
        as_of: the day on which the question is asked.
        renews_on: the March 1 to look at; by default the first March 1 after `as_of`, in February too.

    >>> import tbtier as tb
    >>> from tbtier.programs import CONSULTING
    >>> scores = {"FY24 Q1": 310, "FY24 Q2": 280, "FY24 Q3": 400}
    >>> timeline = tb.evaluate(scores, program=CONSULTING, starting_tier="Summit")
    >>> view = outlook(timeline, as_of=date(2023, 11, 20))
    >>> print(view.held, view.may_fall_on, view.secured, view.at_risk)
    Summit 2024-03-01 Ridge True

    Raises:
        WrongTypeError: a day is not a plain date.
        OutsideTimelineError: `as_of` is not in the timeline.
        RangeError: `renews_on` is not a March 1 after `as_of`.
        RangeError: the renewal is after the end of the calendar.
    """
    as_of = require_date(as_of, "as_of")
    known = require_timeline("timeline", timeline).as_known_on(as_of)
    return Outlook(known, as_of, ProgramYear.containing(as_of).stop if renews_on is None else renews_on)


def _pending(results: KnownResults, as_of: date) -> tuple[Decision, ...]:
    """Return the decisions of quarters that have closed and take effect after a day."""
    known = results.timeline
    days = [cycle_of(quarter).effective_on for quarter in known._schedule.quarters]
    return tuple(Decision(results.basis_on(day), known.tier_on(day - ONE_DAY)) for day in days if day > as_of)


def _require_renewal(as_of: date, renews_on: date) -> date:
    """Return a day if it is a March 1 after another day; otherwise raise `RangeError`."""
    day = require_date(renews_on, "renews_on")
    if (day.month, day.day) != (3, 1) or day <= as_of:
        raise RangeError("renews_on", day, f"a March 1 after {as_of}", "leave it out for the next one")
    return day


def _tier_on(results: KnownResults, day: date) -> tuple[Tier | None, str | None]:
    """Return the tier held on a day if nothing more is scored, or the reason why the tier is not known."""
    if end := ended_by(results.timeline.program, day):
        return None, end.text
    try:
        return results.basis_on(day).tier, None
    except UnknownRuleError as unknown:
        return None, str(unknown)


def _may_fall_on(results: KnownResults, held: Tier, as_of: date) -> date | None:
    """Return the first day on which a tier can fall, as far as is known; `None` if there is none."""
    program = results.timeline.program
    for cycle in following(results, as_of):
        if not program.knows(cycle.quarter):
            return min(cycle.effective_on, program.ended_on or cycle.effective_on)
        if cycle.quarter.number == 4 and results.basis_on(cycle.effective_on).tier < held:
            return cycle.effective_on
    return None
