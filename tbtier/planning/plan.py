"""The score needed, and by when, to hold a tier on a given day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from tbtier.errors import ProgramEndedError, UnknownRuleError
from tbtier.errors.checks import require_date
from tbtier.evaluation.basis import Basis, Result, Results, ResultState
from tbtier.evaluation.reasons import (
    Reason,
    by_edition,
    by_rule,
    carried_span,
    earned_citations,
    earned_reasons,
    inclusive_reasons,
    missed_reason,
    timing_rule,
    unique,
)
from tbtier.evaluation.timeline import Timeline, outside, require_timeline
from tbtier.fiscal import FiscalQuarter, ProgramYear
from tbtier.planning.answers import Impossible, Open, Option, Plan, Secured
from tbtier.rules.citations import Certainty, Citation
from tbtier.rules.cycles import Cycle, cycle_of, latest_cycle
from tbtier.rules.editions import Threshold
from tbtier.rules.program import Program
from tbtier.rules.rulebook import RULE
from tbtier.rules.tiers import Tier, as_tier

__all__ = ["plan"]

_TWO_YEARS: Final = 8  # quarters; what counts towards a day is never older
_LAST: Final = FiscalQuarter(9999, 4)  # the calendar ends there


def plan(timeline: Timeline, tier: Tier | str, *, by: date, as_of: date) -> Plan:
    """Return the score needed, and by when, to hold a tier on a given day.

    Args:
        timeline: the timeline with the scores; quarters that close on `as_of` or later are ignored.
        tier: the tier to hold, or its name; a higher tier is enough too.
        by: the day on which to hold the tier. For a day before `as_of`, the answer still uses every score known as of `as_of`.
        as_of: the day on which the question is asked.

    >>> import tbtier as tb
    >>> from tbtier.programs import CONSULTING
    >>> scores = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": 400}
    >>> timeline = tb.evaluate(scores, program=CONSULTING, starting_tier="Base")
    >>> plan(timeline, "Crest", by=date(2024, 3, 1), as_of=date(2023, 11, 20)).secured_by
    FiscalQuarter(year=2024, number=2)
    >>> for option in plan(timeline, "Summit", by=date(2024, 3, 1), as_of=date(2023, 11, 20)).options:
    ...     print(option.score, option.cycle.quarter, option.cycle.closes_on)
    750 FY24 Q4 2024-01-31
    >>> plan(timeline, "Summit", by=date(2024, 2, 29), as_of=date(2023, 11, 20)).possible_from
    datetime.date(2024, 3, 1)

    Raises:
        WrongTypeError: `tier` is neither a `Tier` nor text, or a day is not a plain date.
        ParseError: the text is not the name of a tier.
        OutsideTimelineError: `as_of` is not in the timeline, or `by` is before it.
        UnknownRuleError: the rules of a quarter that counts towards `by` are not known.
        RangeError: a quarter that counts towards `by` takes effect after the end of the calendar.
    """
    as_of = require_date(as_of, "as_of")
    known = require_timeline("timeline", timeline).as_known_on(as_of)
    tier, by = as_tier(tier, "tier"), require_date(by, "by")
    if by < timeline.start:
        raise outside(timeline, by)
    return KnownResults(known, as_of).answer(tier, by)


class KnownResults(Results):
    """The results of a timeline as known on a day, with the answers given so far.

    An outlook asks for the same answers for its text, its plain data and its requirements.
    """

    def __init__(self, timeline: Timeline, as_of: date) -> None:
        super().__init__(timeline, as_of)
        self._answers: dict[tuple[Tier, date], Plan] = {}
        self._counting: dict[tuple[int, int], Reason] = {}

    def answer(self, tier: Tier, by: date) -> Plan:
        """Return the score needed, and by when, to hold a tier on a given day; its errors are those of `plan`."""
        if (tier, by) not in self._answers:
            self._answers[tier, by] = _answer(self, tier, by)
        return self._answers[tier, by]

    def counting_reason(self, fiscal_year: int, by: date) -> Reason:
        """Return the reason why a quarter of a fiscal year counts towards a day."""
        year = ProgramYear.containing(by)
        if (fiscal_year, year.year) not in self._counting:
            self._counting[fiscal_year, year.year] = _counting_reason(self.timeline.program, fiscal_year, year)
        return self._counting[fiscal_year, year.year]


def _answer(results: KnownResults, tier: Tier, by: date) -> Plan:
    program = results.timeline.program
    asked: dict[str, Any] = {
        "tier": tier,
        "by": by,
        "as_of": results.as_of,
        "program": program.name,
        "note": program.note,
    }
    if end := ended_by(program, by):
        return Impossible(**asked, reasons=(end,), possible_from=None, unknown_reason=None)
    basis = results.basis_on(by)
    if basis.floor >= tier:
        return Secured(**asked, reasons=_floor_reasons(results, basis), secured_by=None)
    if surest := _surest(basis, tier):
        result, bound = surest
        why = (*earned_reasons(result, bound), results.counting_reason(result.quarter.year, by))
        return Secured(**asked, reasons=why, secured_by=result.quarter)
    still_open, awaiting = _can_earn(basis, tier, ResultState.OPEN), _can_earn(basis, tier, ResultState.AWAITING_SCORE)
    if possible := [*still_open, *awaiting]:
        scores = [reason for result, bound in possible for reason in _score_reasons(result, bound)]
        timing = (
            *(_effective_reason(result.cycle) for result, _ in possible),
            *(results.counting_reason(year, by) for year in unique(result.quarter.year for result, _ in possible)),
        )
        options = tuple(Option(result.cycle, bound.score) for result, bound in still_open)
        cycles = tuple(result.cycle for result, _ in awaiting)
        return Open(**asked, reasons=(*scores, *timing), options=options, awaiting_score=cycles, timing=timing)
    why = _why_not(results, basis, tier)
    try:
        later = _next_possible(results, tier, by)
    except ProgramEndedError:
        end = ended_by(program, date.max)
        return Impossible(**asked, reasons=(*why, *([end] if end else [])), possible_from=None, unknown_reason=None)
    except UnknownRuleError as unknown:
        return Impossible(**asked, reasons=why, possible_from=None, unknown_reason=str(unknown))
    why = (*why, _effective_reason(later)) if later else why
    return Impossible(**asked, reasons=why, possible_from=later.effective_on if later else None, unknown_reason=None)


def ended_by(program: Program, day: date) -> Reason | None:
    """Return the reason why no tier is known on a day, if the program has ended by then."""
    end = program.end
    if end is None or day < end.on:
        return None
    text = f"no further evaluation: {program.name} ends on {end.on}, replaced by {end.replaced_by}"
    return Reason(text, f"end of {program.name}", end.citation)


def following(results: Results, day: date) -> Iterator[Cycle]:
    """Yield the cycles that take effect after a day, as long as anything can still change.

    Two years after the last change of the rules and the last known score, neither counts any longer.
    """
    latest = latest_cycle(day).quarter
    changed = results.timeline.program.changes[-1].start
    seen = [FiscalQuarter.containing(results.as_of), *([changed] if changed else [])]
    for number in range(1, min(max(seen) - latest + _TWO_YEARS, _LAST - latest) + 1):
        yield cycle_of(latest + number)


def held_citations(results: Results, basis: Basis) -> tuple[Citation, ...]:
    """Return the citations behind the tier of a basis: of what earned the tier, and of what fell short of a higher tier.

    A starting tier is given, so it has no citations. An entry tier that was earned does not rest on the rule for a year
    without scores.
    """
    tier, is_given = basis.tier, basis.is_starting and basis.floor is basis.tier
    surest = None if is_given else _surest(basis, tier)
    if surest is None:
        return () if is_given else (RULE["D2"].citation,)
    counting = _counting_citation(results.timeline.program, surest[0].quarter.year, ProgramYear.containing(basis.day))
    missed = [(result.edition, result.next_threshold) for result in basis.results if result.earned is tier]
    return *earned_citations(*surest), counting, *(edition.citation(above.tier) for edition, above in missed if above)


def _surest(basis: Basis, tier: Tier) -> tuple[Result, Threshold] | None:
    """Return the first result, among the surest, that has earned a tier or a higher tier, with its surest bound.

    Each bound between the tier and the score is enough, and some bounds may be surer than others.
    """
    surest: tuple[Certainty, Result, Threshold] | None = None
    for result in basis.results:
        for bound in result.edition._between(tier, result.earned) if result.earned else ():
            certainty = min([citation.certainty for citation in earned_citations(result, bound)])
            if surest is None or certainty > surest[0]:
                surest = certainty, result, bound
    return surest[1:] if surest else None


def _can_earn(basis: Basis, tier: Tier, state: ResultState) -> list[tuple[Result, Threshold]]:
    """Return the results in a state that can still earn a tier, each with the lowest threshold that is enough."""
    results = [result for result in basis.results if result.state is state]
    return [(result, bound) for result in results if (bound := result.edition.lowest(tier))]


def _why_not(results: KnownResults, basis: Basis, tier: Tier) -> tuple[Reason, ...]:
    """Return the reasons why a tier cannot be held: what is held instead, and what fell short of the tier."""
    held = basis.tier
    text = f"no quarter that counts towards {basis.day} can still earn {tier}; the tier is {held}"
    decisive = basis.decisive
    if decisive is None:
        why: tuple[Reason, ...] = _floor_reasons(results, basis)
    else:
        why = (*earned_reasons(decisive), results.counting_reason(decisive.quarter.year, basis.day))
    best: dict[object, tuple[int, Result]] = {}
    for result in basis.results:
        if isinstance(result.score, int):
            rival = best.get(result.edition)
            if rival is None or rival[0] <= result.score:
                best[result.edition] = result.score, result
    missed = [missed_reason(result, above) for _, result in best.values() if (above := result.next_threshold)]
    return by_rule("R6" if basis.is_starting else "R7", text), *why, *missed


def _next_possible(results: Results, tier: Tier, by: date) -> Cycle | None:
    """Return the first cycle after a day that may bring a tier; `None` if there is none.

    Raises:
        UnknownRuleError: the rules of a quarter before it are not known.
        ProgramEndedError: the program ends before it.
    """
    for cycle in following(results, by):
        basis = results.basis_on(cycle.effective_on)  # raises where the rules of the quarter are not known
        states = (ResultState.OPEN, ResultState.AWAITING_SCORE)
        if basis.tier >= tier or any(_can_earn(basis, tier, state) for state in states):
            return cycle
    return None


def _floor_reasons(results: Results, basis: Basis) -> tuple[Reason, ...]:
    """Return the reasons why the floor of a basis is held without being earned."""
    if not basis.is_starting:
        return (by_rule("D2", f"{basis.floor} is the entry tier, held if nothing is scored"),)
    year = ProgramYear.containing(basis.day)
    held = by_rule("D3", f"{basis.floor} is the tier held on {results.timeline.start}")
    return held, by_rule("R6", f"nothing falls inside {year}, before {year.stop}")


def _score_reasons(result: Result, bound: Threshold) -> Iterator[Reason]:
    """Yield the reasons that state which score is enough in a quarter."""
    closes = f"closes on {result.cycle.closes_on}"
    if result.state is ResultState.AWAITING_SCORE:
        closes = f"closed on {result.cycle.closes_on} and awaits its score"
    text = f"{bound.score} or more in {result.quarter}, which {closes}, earns {bound.name}"
    yield by_edition(result.edition, text, result.edition.citation(bound.tier))
    yield from inclusive_reasons(bound.score, bound)


def _effective_reason(cycle: Cycle) -> Reason:
    return by_rule(timing_rule(cycle.quarter), f"{cycle.quarter} takes effect on {cycle.effective_on}")


def _counting_citation(program: Program, fiscal_year: int, year: ProgramYear) -> Citation:
    """Return the citation for counting a quarter of a fiscal year in a program year."""
    if fiscal_year == year.year:
        return RULE["R6"].citation
    return program.edition(FiscalQuarter(fiscal_year, 4)).citation("carryover")


def _counting_reason(program: Program, fiscal_year: int, year: ProgramYear) -> Reason:
    citation = _counting_citation(program, fiscal_year, year)
    if fiscal_year == year.year:
        return Reason(f"inside {year} the highest tier wins, and nothing falls before {year.stop}", "R6", citation)
    span = carried_span(program.edition(FiscalQuarter(fiscal_year, 4)), fiscal_year)
    best = "the tier" if isinstance(span, FiscalQuarter) else "the best tier"
    return Reason(f"{year} starts on {year.start} with {best} earned in {span}", "R7", citation)
