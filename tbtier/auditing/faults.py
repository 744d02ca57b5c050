"""The single faults of a record: its tier on each run of days, beside the correct tier (rules R4 to R8, and D9)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

import attrs

from tbtier.auditing.findings import Finding, finding
from tbtier.auditing.records import Stretch
from tbtier.evaluation.basis import Results
from tbtier.evaluation.decisions import Decision, deciding
from tbtier.evaluation.periods import TierPeriod
from tbtier.evaluation.reasons import carried_span, unique
from tbtier.evaluation.timeline import Timeline
from tbtier.fiscal import ProgramYear
from tbtier.rules.citations import Citation
from tbtier.rules.cycles import cycle_at, latest_cycle
from tbtier.rules.tiers import Tier

__all__: list[str] = []


@attrs.frozen
class _Fault:
    code: str
    text: str
    citation: Citation | None = None
    """A citation more specific than that of the rule, if there is one."""


def faults(timeline: Timeline, recorded: Sequence[Stretch]) -> list[Finding]:
    """Return the faults of a record, by the held tiers; together they cover every day on which the record is wrong."""
    program, periods = timeline.program, timeline.periods
    decisions: tuple[Decision, ...] = ()  # made for the first fault, since most records are right
    found: list[Finding] = []
    for previous, stretch, following in zip((None, *recorded), recorded, (*recorded[1:], None)):
        if fault := _fault(timeline, periods, previous, stretch, following):
            decisions = decisions or timeline.decisions
            facts = {"decision": deciding(decisions, stretch.start), "program": program.name, "note": program.note}
            found.append(_finding(fault, stretch, stretch.expected, **facts))
        elif stretch.tier is not stretch.expected:
            whole = found[-1]
            found[-1] = attrs.evolve(whole, spans=((whole.on, stretch.stop),), rows=unique((*whole.rows, *stretch.places)))
    return found


def _finding(fault: _Fault, stretch: Stretch, expected: Tier | None, **facts: Any) -> Finding:
    """Return a fault as a finding about the days of a stretch."""
    return finding(
        fault.code,
        [(stretch.start, stretch.stop)],
        fault.text,
        fault.citation,
        expected=expected,
        observed=stretch.tier,
        rows=stretch.places,
        **facts,
    )


def _fault(
    timeline: Timeline,
    periods: Sequence[TierPeriod],
    previous: Stretch | None,
    stretch: Stretch,
    following: Stretch | None,
) -> _Fault | None:
    """Return the fault that begins on a day; `None` if the day is correct, or if the fault began earlier."""
    day, observed, expected = stretch.start, stretch.tier, timeline.tier_on(stretch.start)
    if observed is None:
        return _contradiction(stretch)
    if observed is expected:
        return None
    if previous is None or previous.tier is None:
        return _Fault("wrong-tier", f"the record {'goes on' if previous else 'begins'} with {observed}")
    cycle, year = latest_cycle(day), ProgramYear.containing(day)
    kept = observed is previous.tier
    if kept and previous.tier is previous.expected and following and following.tier is following.expected is expected:
        code = "late-rise" if observed < expected else "late-fall"
        return _Fault(code, f"{cycle.quarter} takes effect on {day}, and the record follows on {following.start}")
    if year.start == day:
        return _at_year_start(timeline, previous, stretch, observed, expected)
    if observed < previous.tier:
        if (
            following
            and following.tier is following.expected is observed
            and latest_cycle(following.start).quarter.start <= day
        ):
            return _Fault(
                "early-fall",
                f"{latest_cycle(following.start).quarter} takes effect on {following.start}, and nothing falls before",
            )
        return _Fault("fall-inside-year", f"nothing falls inside {year}, and the record falls from {previous.tier}")
    if observed < expected and cycle.effective_on == day:
        return _Fault("missed-rise", f"{cycle.quarter} takes effect, and the record {'keeps' if kept else 'has'} {observed}")
    return None if kept else _rise(periods, day, observed, expected)


def _contradiction(stretch: Stretch) -> _Fault:
    """Return the fault of days that no row covers, or for which rows give different tiers."""
    if not stretch.tiers:
        return _Fault("gap", "no row covers these days")
    return _Fault("overlap", f"rows give {' and '.join(map(str, stretch.tiers))} for the same days")


def _rise(periods: Sequence[TierPeriod], day: date, observed: Tier, expected: Tier) -> _Fault:
    """Return the fault of a rise inside a program year to a tier that is not held."""
    index = bisect_right(periods, day, key=attrgetter("start"))
    coming = periods[index] if index < len(periods) else None
    if coming and coming.tier is observed > expected and latest_cycle(coming.start).quarter.start <= day:
        cycle = latest_cycle(coming.start)
        return _Fault("early-rise", f"{cycle.quarter} closes on {cycle.closes_on}, and takes effect on {cycle.effective_on}")
    cycle = latest_cycle(day)
    if cycle.effective_on == day:
        return _Fault("unearned-rise", f"{cycle.quarter} takes effect, and does not raise the tier to {observed}")
    return _no_evaluation(day)


def _no_evaluation(day: date) -> _Fault:
    last = latest_cycle(day)
    following = cycle_at(last.quarter._ordinal + 1)
    return _Fault("no-evaluation", f"no evaluation takes effect between {last.effective_on} and {following.effective_on}")


def _at_year_start(timeline: Timeline, previous: Stretch, stretch: Stretch, observed: Tier, expected: Tier) -> _Fault:
    """Return the fault of a wrong tier on a March 1."""
    final = Results(timeline, stretch.start).of(latest_cycle(stretch.start).quarter)
    decides, year = carried_span(final.edition, final.quarter.year), ProgramYear.containing(stretch.start)
    starts = f"{decides} sets {expected} as the starting tier of {year}, and the record has {observed}"
    citation = final.edition.citation("carryover")
    if observed in (previous.tier, previous.expected):
        before = "as before" if observed is previous.tier else "which was held before"
        return _Fault("start-held", f"{starts}, {before}", citation=citation)
    if observed is (final.earned or timeline.program.entry_tier):  # the expected tier where Q4 alone counts
        return _Fault("start-final-quarter", f"{starts}, which is what {final.quarter} alone earned", citation=citation)
    return _Fault("start-too-low" if observed < expected else "start-too-high", starts, citation=citation)


def faults_of_rows(recorded: Sequence[Stretch]) -> Iterator[Finding]:
    """Yield the faults that a record has whatever the scores are."""
    previous: Stretch | None = None  # the last stretch with exactly one tier
    held = kept = min(Tier)  # that tier; and the highest tier of the program year so far
    for stretch in recorded:
        day, tier, year = stretch.start, stretch.tier, ProgramYear.containing(stretch.start)
        if tier is None:
            yield _finding(_contradiction(stretch), stretch, None)
            continue
        if previous is None or previous.start < year.start:
            covers_march_1 = previous and previous.stop and year.start < previous.stop
            kept = held if covers_march_1 else tier
        if tier < min(held, kept):
            text = f"nothing falls inside {year}, and the record falls from {held}"
            yield finding("fall-inside-year", [(day, None)], text, expected=kept, observed=tier, rows=stretch.places)
        elif tier > max(held, kept) and previous and previous.stop == day and latest_cycle(day).effective_on != day:
            text = f"{_no_evaluation(day).text}, and the record rises from {held}"
            yield finding("no-evaluation", [(day, None)], text, observed=tier, rows=stretch.places)
        else:
            kept = max(kept, tier)
        previous, held = stretch, tier
