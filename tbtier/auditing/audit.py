"""The check of a record of tiers against the rules (rule D9): each fault with its first day and its reason."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

import attrs

from tbtier.auditing.faults import faults, faults_of_rows
from tbtier.auditing.findings import Finding, finding
from tbtier.auditing.patterns import ENOUGH, TEXTS, explained_by, may_fall, pattern_of_days, patterns
from tbtier.auditing.records import Entry, Rows, Stretch, named_in, read_rows, read_tier, stretches
from tbtier.errors import ParseError
from tbtier.errors.checks import require_date
from tbtier.evaluation.reasons import unique
from tbtier.evaluation.timeline import Timeline, outside, require_timeline
from tbtier.fiscal import ONE_DAY
from tbtier.rules.program import Program, require_program
from tbtier.rules.tiers import Tier

__all__ = ["audit", "audit_rows"]


def audit(rows: Rows, timeline: Timeline, *, as_of: date | None = None) -> tuple[Finding, ...]:
    """Return the faults of a record of tiers, compared with a timeline; empty if the record is right.

    Args:
        rows: (first day, tier) pairs or (first day, stop, tier) triples, in any order. A stop is the first day after its row;
            a row without a stop goes on until the next row begins. A tier may be its name, or a label of any edition.
            In a mapping from numbers to rows, such as the lines of a file, each row has its number in findings and errors.
        timeline: the expected tiers; days outside the timeline are not checked.
        as_of: the day on which the record was read, inclusive; later days are not checked. By default, all days are checked.

    >>> import tbtier as tb
    >>> from tbtier.programs import TRAILBLAZER
    >>> timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=TRAILBLAZER, starting_tier="Base")
    >>> for finding in audit([(date(2023, 3, 1), "Base"), (date(2023, 6, 1), "Ridge")], timeline):
    ...     print(finding.on, finding.code, finding.expected, finding.observed)
    2023-09-01 missed-rise Crest Ridge

    Raises:
        WrongTypeError: a row, its number, or a value in it, has the wrong type, or `as_of` is not a plain date.
        ParseError: the text of a tier is not the name of a tier.
        RangeError: the first day of a row is before 0001-06-01 or after 9999-01-31.
        RangeError: the stop of a row is not after its first day.
        RangeError: there are more than 10,000 rows, or a million overlaps of rows.
        OutsideTimelineError: `as_of` is before the timeline.
    """
    require_timeline("timeline", timeline)
    stop = timeline.stop
    if as_of is not None:
        as_of = require_date(as_of, "as_of")
        if as_of < timeline.start:
            raise outside(timeline, as_of)
        stop = as_of + ONE_DAY if as_of < stop else stop
    names = named_in(timeline.program)
    entries, found = _with_stops(read_rows(rows))
    inside, others = _within(entries, names, timeline.start, stop)
    cuts = [*(period.start for period in timeline.periods if period.start < stop), stop]
    recorded = stretches(inside, names, cuts, timeline.tier_on)
    return _in_order(*found, *others, *_as_patterns(faults(timeline, recorded), timeline, recorded))


def audit_rows(rows: Rows, *, program: Program | None = None) -> tuple[Finding, ...]:
    """Return the faults that a record of tiers has whatever the scores are; empty if some scores could explain the record.

    These are gaps, rows that contradict each other, falls inside a program year, and changes when nothing takes effect.

    Args:
        rows: as for `audit`.
        program: the program whose labels are read as tiers, and after whose end no row is checked;
            by default only the names in use since FY22 are read, and all rows are checked.

    >>> for finding in audit_rows([(date(2023, 3, 1), "Crest"), (date(2023, 10, 15), "Ridge")]):
    ...     print(finding.on, finding.code, finding.expected, finding.observed)
    2023-10-15 fall-inside-year Crest Ridge

    Raises:
        WrongTypeError: a row, its number, or a value in it, has the wrong type, or `program` is not a `Program`.
        ParseError: the text of a tier is not the name of a tier.
        RangeError: the first day of a row is before 0001-06-01 or after 9999-01-31.
        RangeError: the stop of a row is not after its first day.
        RangeError: there are more than 10,000 rows, or a million overlaps of rows.
    """
    if program is not None:
        require_program(program)
    names = named_in(program)
    entries, found = _with_stops(read_rows(rows))
    inside, outside = _within(entries, names, date.min, program.ended_on if program else None)
    recorded = stretches(inside, names)
    single = list(faults_of_rows(recorded))
    if pattern := pattern_of_days(_changes(recorded)):
        code, days = pattern
        seen = set(days)
        explained = [one for one in single if one.on in seen and (one.code == "no-evaluation" or may_fall(one.on))]
        single = _as_one(code, f"{TEXTS[code]} ({len(days)} times)", explained, single) if explained else single
    return _in_order(*found, *outside, *single)


def _in_order(*found: Finding) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda one: one.on))


def _with_stops(entries: Sequence[Entry]) -> tuple[Sequence[Entry], list[Finding]]:
    """Return the rows with each stop as the first day after its row, and a finding if the stops were last days."""
    starts = [entry.start for entry in entries]
    closed = [(entry, entry.given, bisect_right(starts, entry.start)) for entry in entries if entry.given]
    apart = [(entry, given, starts[place] - given) for entry, given, place in closed if place < len(starts)]
    short = [(entry.place, given) for entry, given, days in apart if days == ONE_DAY]
    if len({given for _, given in short}) < ENOUGH or any(not days for _, _, days in apart):
        return entries, []
    corrected = [attrs.evolve(entry, stop=entry.stop + ONE_DAY) if entry.given and entry.stop else entry for entry in entries]
    text = "rows stop on the day before the next one begins, so all stops are read as last days"
    days = [(given, given + ONE_DAY) for _, given in short]
    return corrected, [finding("last-days", days, text, rows=tuple(place for place, _ in short))]


def _within(
    entries: Sequence[Entry], names: Mapping[str, Tier], start: date, stop: date | None
) -> tuple[list[Entry], list[Finding]]:
    """Return the rows within the days that are checked, and findings for the rows outside."""
    early = [entry for entry in entries if entry.stop and entry.stop <= start]
    late = [entry for entry in entries if stop and stop <= entry.start]
    outside = []
    for when, rows in ((f"before {start}", early), (f"after {stop - ONE_DAY}" if stop else "", late)):
        if rows:
            text = f"days {when} are not checked"
            tiers, places = [_read_if_known(entry, names) for entry in rows], tuple(entry.place for entry in rows)
            stops = [entry.stop for entry in rows if entry.stop]
            last = max(stops) if len(stops) == len(rows) else None
            outside.append(finding("outside", [(rows[0].start, last)], text, observed=tiers[0], rows=places))
    return [
        _cut(entry, start, stop)
        for entry in entries
        if (entry.stop is None or start < entry.stop) and (stop is None or entry.start < stop)
    ], outside


def _cut(entry: Entry, start: date, stop: date | None) -> Entry:
    """Return a row without the days that are not checked."""
    after = min((day for day in (entry.stop, stop) if day), default=None)
    return Entry(entry.place, max(entry.start, start), entry.given, after, entry.tier)


def _read_if_known(entry: Entry, names: Mapping[str, Tier]) -> Tier | None:
    try:
        return read_tier(entry, names)
    except ParseError:  # such as a tier of the program that replaced this one
        return None


def _as_patterns(found: Sequence[Finding], timeline: Timeline, recorded: Sequence[Stretch]) -> list[Finding]:
    """Return the findings, merging all findings that one pattern explains."""
    if len(found) < ENOUGH:
        return list(found)
    made = [(pattern, lines) for pattern in patterns(timeline, _changes(recorded)) if (lines := pattern.beside(recorded))]
    explained = [(pattern, [one for one in found if explained_by(lines, one.on, one.stop)]) for pattern, lines in made]
    most = max(explained, key=lambda one: len(one[1]), default=None)  # the first, if several explain as much
    if most is None or len(most[1]) < ENOUGH:
        return list(found)
    pattern, several = most
    return _as_one(pattern.code, f"{pattern.text} ({len(several)} times)", several, found)


def _changes(recorded: Sequence[Stretch]) -> list[date]:
    """Return the days on which a record goes from one tier to another."""
    return [
        following.start
        for previous, following in pairwise(recorded)
        if previous.tier and following.tier and previous.tier is not following.tier
    ]


def _as_one(code: str, text: str, explained: Sequence[Finding], found: Sequence[Finding]) -> list[Finding]:
    """Return the findings, with the explained findings merged into one."""
    first, known = explained[0], {id(one) for one in explained}
    whole = finding(
        code,
        [span for one in explained for span in one.spans],
        text,
        expected=first.expected,
        observed=first.observed,
        rows=unique(place for one in explained for place in one.rows),
        decision=first.decision,
        program=first.program,
        note=first.note,
    )
    return [whole, *(one for one in found if id(one) not in known)]
