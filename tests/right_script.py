"""A script that works out held tiers, as a team would write it; it shares no code with tbtier.

The rules of each made-up program are copied here by hand. A mistake replaces one part of the right script by a wrong part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple

from made_up import APPS, BEST_OF_FOUR, GUILD, MODEL, PUBLISHED, Q4_ALONE, stated

from tbtier import FiscalQuarter, Tier
from tbtier.rules import Carryover, Program, ProgramEnd

Scores = Mapping[FiscalQuarter, int | None]
HeldOn = Callable[[date, Scores, Tier, date], Tier]
Pair = tuple[int, int]
Bounds = tuple[tuple[int, Tier], ...]

ONE_DAY = timedelta(days=1)

CLUB = Program(
    name="CLUB",
    entry_tier=Tier.PROVISIONAL,
    changes=(
        stated("FY23 Q1", (0, 100, 200, 300), PUBLISHED),
        stated("FY24 Q3", (0, 400, 600, 800), PUBLISHED, carryover=Carryover.FINAL_QUARTER),
        stated("FY25 Q3", (0, 150, 300, 450), PUBLISHED),
        stated("FY26 Q1", (0, 150, 300, 450), PUBLISHED, carryover=Carryover.FINAL_QUARTER),
        ProgramEnd(on=date(2026, 5, 17), replaced_by="nothing", citation=PUBLISHED),
    ),
)
"""A program of a few years whose thresholds and carryover change in mid-year, and which ends in mid-month."""


class Edition(NamedTuple):
    """The rules from one quarter on."""

    first: Pair
    bounds: Bounds
    """The lowest score of each tier, the highest tier first."""
    is_best_of_four: bool = False
    """Whether March 1 looks at all quarters of the fiscal year, and not at Q4 alone."""


class Rules(NamedTuple):
    """The rules of one program."""

    entry_tier: Tier
    editions: tuple[Edition, ...]
    ended_on: date = date.max


def bounds(ridge: int, crest: int, summit: int) -> Bounds:
    """Return the lowest score of each tier."""
    return ((summit, Tier.SUMMIT), (crest, Tier.CREST), (ridge, Tier.RIDGE), (0, Tier.BASE))


ALWAYS = (1, 1)
BOUNDS = bounds(250, 500, 750)
RULES = {
    MODEL: Rules(Tier.BASE, (Edition(ALWAYS, BOUNDS, is_best_of_four=True),)),
    BEST_OF_FOUR: Rules(Tier.PROVISIONAL, (Edition(ALWAYS, BOUNDS, is_best_of_four=True),)),
    Q4_ALONE: Rules(Tier.PROVISIONAL, (Edition(ALWAYS, BOUNDS),)),
    APPS: Rules(
        Tier.BASE,
        (
            Edition((2021, 1), bounds(120, 240, 560)),
            Edition((2022, 1), bounds(210, 420, 680)),
            Edition((2024, 1), BOUNDS, is_best_of_four=True),
        ),
        date(2024, 8, 1),
    ),
    GUILD: Rules(
        Tier.PROVISIONAL,
        (
            Edition((2019, 1), bounds(220, 440, 660)),
            Edition((2021, 1), BOUNDS),
            Edition((2024, 1), BOUNDS, is_best_of_four=True),
        ),
        date(2026, 3, 1),
    ),
    CLUB: Rules(
        Tier.PROVISIONAL,
        (
            Edition((2023, 1), bounds(100, 200, 300), is_best_of_four=True),
            Edition((2024, 3), bounds(400, 600, 800)),
            Edition((2025, 3), bounds(150, 300, 450), is_best_of_four=True),
            Edition((2026, 1), bounds(150, 300, 450)),
        ),
        date(2026, 5, 17),
    ),
}


def in_force(rules: Rules, quarter: Pair) -> Edition:
    """Return the edition in force in a quarter."""
    for edition in reversed(rules.editions):
        if edition.first <= quarter:
            return edition
    return rules.editions[0]


def earned_by(score: int, bounds: Bounds = BOUNDS) -> Tier:
    """Return the tier that a score earns."""
    return next(tier for lowest, tier in bounds if score >= lowest)


def effective_on(year: int, number: int) -> date:
    """Return the day on which a quarter takes effect."""
    return date(year, 3, 1) if number == 4 else date(year - 1, 3 * number + 3, 1)


def closes_on(year: int, number: int) -> date:
    """Return the last day of a quarter."""
    return (date(year, 2, 1) if number == 4 else date(year - 1, 3 * number + 2, 1)) - ONE_DAY


def inside_the_year(held: Tier, earned: Tier | None) -> Tier:
    """Return the tier held once Q1, Q2 or Q3 has taken effect."""
    return held if earned is None or earned < held else earned


def at_renewal(held: Tier, earned: list[Tier | None], entry: Tier = Tier.BASE) -> Tier:  # noqa: ARG001  # some mistakes need it
    """Return the tier held once Q4 has taken effect, given the tiers that the quarters that count have earned."""
    return max((tier for tier in earned if tier is not None), default=entry)


RIGHT: dict[str, Callable[..., Any]] = {
    "scores": lambda scores: scores,
    "edition": lambda rules, quarter, _: in_force(rules, quarter),
    "is_best_of_four": lambda rules, quarter: in_force(rules, quarter).is_best_of_four,
    "earned_by": earned_by,
    "effective_on": effective_on,
    "first_tier": lambda starting_tier, *_: starting_tier,
    "inside_the_year": inside_the_year,
    "at_renewal": at_renewal,
    "counts": lambda start, _, effective, day: start < effective <= day,
    "remembers": lambda *_: True,
    "year": lambda year: [(year, 1), (year, 2), (year, 3), (year, 4)],
    "runs": lambda day, ended_on: day < ended_on,
}
"""The parts of the right script."""


def implementation(program: Program = MODEL, **wrong: Callable[..., Any]) -> HeldOn:
    """Return the script for one program, with some of its parts replaced."""
    rules, parts = RULES[program], SimpleNamespace(**{**RIGHT, **wrong})

    def held_on(day: date, scores: Scores, starting_tier: Tier, start: date) -> Tier:
        if not parts.runs(day, rules.ended_on):
            return rules.entry_tier
        known = parts.scores({(quarter.year, quarter.number): score for quarter, score in scores.items()})
        earned: dict[Pair, Tier | None] = {}
        for quarter, score in known.items():
            bounds = parts.edition(rules, quarter, day).bounds
            earned[quarter] = None if score is None else parts.earned_by(score, bounds)
        held = parts.first_tier(starting_tier, rules.entry_tier, start, day)
        for effective, (year, number) in sorted((parts.effective_on(*quarter), quarter) for quarter in earned):
            if not parts.counts(start, closes_on(year, number), effective, day):
                continue
            if number == 4:
                looked_at = parts.year(year) if parts.is_best_of_four(rules, (year, 4)) else [(year, 4)]
                remembered = [earned.get(quarter) for quarter in looked_at if parts.remembers(start, effective_on(*quarter))]
                held = parts.at_renewal(held, remembered, rules.entry_tier)
            else:
                held = parts.inside_the_year(held, earned[year, number])
        return held

    return held_on


def on_one_day(is_wrong: Callable[[date], bool]) -> HeldOn:
    """Return the script, with another tier on days of one kind."""
    right = implementation()

    def held_on(day: date, scores: Scores, starting_tier: Tier, start: date) -> Tier:
        tier = right(day, scores, starting_tier, start)
        if is_wrong(day):
            return Tier.RIDGE if tier is Tier.BASE else Tier.BASE
        return tier

    return held_on
