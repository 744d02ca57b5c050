"""Strategies for the properties: days near boundaries, scores near thresholds, ragged histories, made-up programs."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty
from made_up import APPS, BEST_OF_FOUR, GUILD, Q4_ALONE

from tbtier import FiscalQuarter, ProgramYear, Tier, Timeline, evaluate
from tbtier.evaluation.scores import Score
from tbtier.rules import Carryover, Certainty, Citation, Edition, Program, ProgramEnd, Source, Threshold, UnknownRules

ONE_DAY = timedelta(days=1)
FIRST_DAY, LAST_DAY = date(2, 1, 1), date(9998, 12, 31)

MADE_UP = Citation(Certainty.INFERRED, (Source("T1", "Made up by a test", "undated"),))
EARLIEST = FiscalQuarter(2019, 1)
"""The first quarter of all histories; a program that begins later says so."""

LEAP_AND_CENTURY_YEARS = (4, 100, 400, 1900, 1999, 2000, 2001, 2023, 2024, 2025, 2099, 2100, 2101, 9996, 9997)

quarters = st.builds(FiscalQuarter, st.integers(3, 9998), st.integers(1, 4))
"""Any quarter that is at least a year from the first and the last possible quarter."""


def boundary_days(first: date, last: date) -> list[date]:
    """Return the firsts of months in a span, with the days before and after them."""
    firsts = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    near = [day + offset for day in firsts for offset in (-ONE_DAY, timedelta(0), ONE_DAY)]
    return [day for day in near if first <= day <= last]


@lru_cache(maxsize=256)
def days(first: date = FIRST_DAY, last: date = LAST_DAY) -> st.SearchStrategy[date]:
    """Draw days, often next to the turn of a month."""
    if last.year - first.year < 50:
        near = boundary_days(first, last)
    else:
        near = [day for year in LEAP_AND_CENTURY_YEARS for day in boundary_days(date(year, 1, 1), date(year, 12, 31))]
    within = [day for day in near if first <= day <= last]
    return st.dates(first, last) | st.sampled_from(within) if within else st.dates(first, last)


def spellings(quarter: FiscalQuarter) -> list[str]:
    """Return the accepted spellings of a quarter."""
    year, number = quarter.year, quarter.number
    years = [f"FY{year:04}", *([f"FY{year - 2000:02}"] if 2000 <= year <= 2099 else [])]
    pairs = [(name, f"Q{number}") for name in years] + [(f"Q{number}", name) for name in years]
    texts = [between.join(pair) for pair in pairs for between in (" ", "-", "_", "")]
    return [form for text in texts for form in (text, text.lower(), f" {text}\t")]


def entries(edition: Edition) -> st.SearchStrategy[Score]:
    """Draw an entry of a history: a score, a tier in place of a score, or `None`."""
    return entries_near(edition.maximum_score, tuple((threshold.tier, threshold.score) for threshold in edition.thresholds))


@cache  # making a strategy takes longer than drawing from it
def entries_near(maximum: int, bounds: tuple[tuple[Tier, int], ...]) -> st.SearchStrategy[Score]:
    """Draw tiers, `None`, and scores that are often a threshold, one below it or one above it."""
    near = {bound + offset for _, bound in bounds for offset in (-1, 0, 1)} | {maximum}
    scores = st.sampled_from(sorted(score for score in near if 0 <= score <= maximum)) | st.integers(0, maximum)
    return scores | st.sampled_from([None, *(tier for tier, _ in bounds)])


@cache
def tiers_from(entry_tier: Tier) -> st.SearchStrategy[list[Tier]]:
    """Draw at least one of the tiers from `entry_tier` up."""
    return st.lists(st.sampled_from([tier for tier in Tier if tier >= entry_tier]), min_size=1, unique=True)


@cache
def bounds_of(size: int) -> st.SearchStrategy[list[int]]:
    """Draw `size` different scores above 0."""
    return st.lists(st.integers(1, 60), min_size=size, max_size=size, unique=True)


@st.composite
def editions(draw: st.DrawFn, start: FiscalQuarter | None, entry_tier: Tier) -> Edition:
    """Draw an edition from one quarter on: some of the tiers from `entry_tier` up, and either carryover."""
    tiers = sorted(draw(tiers_from(entry_tier)))
    scores = sorted(draw(bounds_of(len(tiers) - 1)))
    return Edition(
        start=start,
        start_citation=MADE_UP,
        thresholds=tuple(Threshold(tier, score, MADE_UP) for tier, score in zip(tiers, [0, *scores])),
        maximum_score=60 + draw(ABOVE),
        maximum_citation=MADE_UP,
        carryover=draw(CARRYOVERS),
        carryover_citation=MADE_UP,
    )


ABOVE, CARRYOVERS = st.integers(0, 3), st.sampled_from(Carryover)


@st.composite
def made_up_programs(draw: st.DrawFn) -> Program:
    """Draw a program of two to four editions, which may change in mid-year, and which may end or cease to be known."""
    entry_tier = draw(st.sampled_from([Tier.PROVISIONAL, Tier.BASE, Tier.RIDGE]))
    later = sorted(EARLIEST + place for place in draw(st.sets(st.integers(1, 14), min_size=1, max_size=3)))
    starts = [draw(st.sampled_from([None, EARLIEST])), *later]
    changes: list[Edition | UnknownRules | ProgramEnd] = [draw(editions(start, entry_tier)) for start in starts]
    last = later[-1] + draw(st.integers(0, 12))
    match draw(st.sampled_from(["open", "unknown", "ended"])):
        case "unknown":
            changes.append(UnknownRules(start=last + 1, reason="made up by a test"))
        case "ended":
            on = draw(st.dates(effective_on(last) + ONE_DAY, effective_on(last + 1)))
            changes.append(ProgramEnd(on=on, replaced_by="made up by a test", citation=MADE_UP))
    return Program(name="MADE_UP", entry_tier=entry_tier, changes=tuple(changes))


def effective_on(quarter: FiscalQuarter) -> date:
    """Return the first day of the second month after a quarter (rule R4)."""
    return date(quarter.stop.year, quarter.stop.month + 1, 1)


programs = st.sampled_from([BEST_OF_FOUR, Q4_ALONE, GUILD, APPS]) | made_up_programs()
"""Programs of every kind: models and records, with either carryover or with both in turn."""


class Partner(NamedTuple):
    """The arguments of `evaluate`."""

    scores: dict[FiscalQuarter, Score]
    program: Program
    starting_tier: Tier
    start: date | None

    def __repr__(self) -> str:
        program = self.program.name
        if program == "MADE_UP":  # in full, so that a failing example can be pasted
            program = pretty(self.program).replace(pretty(MADE_UP), "MADE_UP")
        scores = {str(quarter): score for quarter, score in self.scores.items()}
        return f"evaluate({scores}, program={program}, starting_tier={self.starting_tier!r}, start={self.start!r})"

    @property
    def timeline(self) -> Timeline:
        """The timeline that `evaluate` returns."""
        return evaluate(self.scores, program=self.program, starting_tier=self.starting_tier, start=self.start)


def known_spans(program: Program) -> list[tuple[FiscalQuarter, FiscalQuarter]]:
    """Return the spans of quarters whose rules are known without a break, each with the first quarter after it."""
    spans = []
    first = None
    for change in program.changes:
        if isinstance(change, Edition):
            first = first or change.start or EARLIEST
        elif first:
            spans.append((first, change.start))
            first = None
    return [*spans, (first, EARLIEST + 32)] if first else spans


@st.composite
def contiguous(draw: st.DrawFn, min_size: int = 1, of: st.SearchStrategy[Program] = programs) -> Partner:
    """Draw a partner with every quarter given, from the Q1 of a year on."""
    program = draw(of)
    known, stop = draw(st.sampled_from(known_spans(program)))
    first = draw(st.sampled_from([q1 for q1 in (known, known + 4) if stop - q1 >= min_size]))
    longest = min(stop - first, 16)
    size = draw(st.just(longest) | st.integers(min_size, longest))
    scores = {quarter: draw(entries(program.edition(quarter))) for quarter in (first + place for place in range(size))}
    return Partner(scores, program, draw(st.sampled_from(program.tiers)), None)


@st.composite
def ragged(draw: st.DrawFn, *, ended: bool = False) -> Partner:
    """Draw a partner who starts on any day, and whose scores begin anywhere before or after it.

    In the review month after a quarter, that quarter's score may be missing; then later scores are missing too.
    With `ended`, a quarter that ended before the start is given, and so is a quarter that had not ended.
    """
    program = draw(programs)
    known, stop = draw(st.sampled_from(known_spans(program)))
    last_day = (stop - 1 if ended else stop).last_day
    latest = last_day if program.ended_on is None else min(last_day, program.ended_on - ONE_DAY)
    start = draw(days((known + 1).start if ended else ProgramYear(known.year).start, latest))
    running = FiscalQuarter.containing(start)
    awaiting_score = not ended and effective_on(running - 1) > start and draw(st.booleans())
    earlier = [running - places for places in range(draw(st.integers(int(ended), 8)), int(awaiting_score), -1)]
    later_count = st.integers(1, 12) if ended else st.just(0) | st.integers(0, 0 if awaiting_score else 12)
    later = [running + places for places in range(draw(later_count))]
    given = [quarter for quarter in (*earlier, *later) if known <= quarter < stop]
    scores = {quarter: draw(entries(program.edition(quarter))) for quarter in given}
    return Partner(scores, program, draw(st.sampled_from(program.tiers)), start)


partners = contiguous() | ragged()
"""Partners of every kind."""
