"""An implementation of held tiers as a script would have it, and the mistakes that people make in it, one at a time.

It shares no code with tbtier; a mistake is a part of the right implementation that is replaced by a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from tbtier import FiscalQuarter, Tier

Scores = Mapping[FiscalQuarter, int | None]
Pair = tuple[int, int]

BOUNDS = ((750, Tier.SUMMIT), (500, Tier.CREST), (250, Tier.RIDGE), (0, Tier.BASE))
ONE_DAY = timedelta(days=1)


def earned_by(score: int) -> Tier:
    """Return what a score earns."""
    return next(tier for lowest, tier in BOUNDS if score >= lowest)


def acts_on(year: int, number: int) -> date:
    """Return the day on which a quarter's result acts."""
    return date(year, 3, 1) if number == 4 else date(year - 1, 3 * number + 3, 1)


def closes_on(year: int, number: int) -> date:
    """Return the last day of a quarter."""
    return (date(year, 2, 1) if number == 4 else date(year - 1, 3 * number + 2, 1)) - ONE_DAY


def inside_the_year(held: Tier, earned: Tier | None) -> Tier:
    """Return what is held once Q1, Q2 or Q3 acts."""
    return held if earned is None or earned < held else earned


def at_year_end(held: Tier, earned: list[Tier | None]) -> Tier:  # noqa: ARG001  # some mistakes need it
    """Return what is held once Q4 acts, from what the four quarters of the year earned."""
    return max((tier for tier in earned if tier is not None), default=Tier.BASE)


RIGHT: dict[str, Any] = {
    "earned_by": earned_by,
    "acts_on": acts_on,
    "inside_the_year": inside_the_year,
    "at_year_end": at_year_end,
    "acts_inside": lambda start, acts, day: start < acts <= day,
    "remembers": lambda *_: True,
}


def implementation(**wrong: Callable[..., Any]) -> Callable[[date, Scores, Tier, date], Tier]:
    """Return an implementation, with some of its parts replaced."""
    parts = SimpleNamespace(**{**RIGHT, **wrong})

    def held_on(day: date, scores: Scores, starting_tier: Tier, start: date) -> Tier:
        earned: dict[Pair, Tier | None] = {}
        for quarter, score in scores.items():
            earned[quarter.year, quarter.number] = None if score is None else parts.earned_by(score)
        acting = sorted((parts.acts_on(*quarter), quarter) for quarter in earned)
        held = starting_tier
        for acts, (year, number) in acting:
            if not parts.acts_inside(start, acts, day):
                continue
            if number == 4:
                remembered = [earned.get((year, each)) for each in (1, 2, 3, 4) if parts.remembers(start, acts_on(year, each))]
                held = parts.at_year_end(held, remembered)
            else:
                held = parts.inside_the_year(held, earned[year, number])
        return held

    return held_on


def later_by(days: int) -> Callable[[int, int], date]:
    """Return effective dates that are some days late, or early."""
    return lambda year, number: acts_on(year, number) + days * ONE_DAY


def without_review(year: int, number: int) -> date:
    """Return the day after a quarter has closed."""
    return closes_on(year, number) + ONE_DAY


def after_two_months(year: int, number: int) -> date:
    """Return the first of the third month after a quarter has closed."""
    acts = acts_on(year, number)
    return date(acts.year, acts.month + 1, 1) if acts.month < 12 else date(acts.year + 1, 1, 1)


def when_it_starts(year: int, number: int) -> date:
    """Return the first day of a quarter."""
    return closes_on(year - (number == 1), (number - 2) % 4 + 1) + ONE_DAY


def one_step_down(held: Tier, earned: list[Tier | None]) -> Tier:
    """Return a tier that falls by one step at most."""
    right = at_year_end(held, earned)
    below = [tier for tier in Tier if tier < held]
    return max(right, below[-1]) if below else right


def is_none_a_zero(held: Tier, earned: Tier | None) -> Tier:
    """Return the entry tier where a quarter was not scored."""
    return Tier.BASE if earned is None else inside_the_year(held, earned)


MISTAKES: dict[str, dict[str, Callable[..., Any]]] = {
    "the fiscal year is named by its starting year": {"acts_on": lambda year, number: acts_on(year + 1, number)},
    "thresholds are one too high": {"earned_by": lambda score: earned_by(max(score - 1, 0))},
    "thresholds are one too low": {"earned_by": lambda score: earned_by(score + 1)},
    "> for >=": {"earned_by": lambda score: next((tier for lowest, tier in BOUNDS if score > lowest), Tier.BASE)},
    "there is no review": {"acts_on": without_review},
    "the review takes two months": {"acts_on": after_two_months},
    "a result acts on the last day of the review": {"acts_on": later_by(-1)},
    "a result acts on the day of notification": {"acts_on": later_by(6)},
    "a score acts when its quarter starts": {"acts_on": when_it_starts},
    "the year is reset on February 1": {
        "acts_on": lambda year, number: date(year, 2, 1) if number == 4 else acts_on(year, number)
    },
    "February counts to the new program year": {
        "acts_on": lambda year, number: acts_on(year, number) - 28 * ONE_DAY if number == 4 else acts_on(year, number)
    },
    "March 1 looks at Q4 alone": {"at_year_end": lambda _, earned: earned[3] or Tier.BASE},
    "March 1 leaves Q4 out": {"at_year_end": lambda held, earned: at_year_end(held, earned[:3])},
    "what is held counts as earned": {"at_year_end": lambda held, earned: at_year_end(held, [*earned, held])},
    "nothing is ever downgraded": {"at_year_end": lambda held, earned: max(held, *(tier or held for tier in earned))},
    "a tier falls by one step at most": {"at_year_end": one_step_down},
    "a tier falls inside the year": {"inside_the_year": lambda held, earned: earned or held},
    "a tier never rises inside the year": {"inside_the_year": lambda held, _: held},
    "a tier rises by one step at most": {
        "inside_the_year": lambda held, earned: next(tier for tier in Tier if tier > held) if earned and earned > held else held
    },
    "a quarter that was not scored lowers the tier": {"inside_the_year": is_none_a_zero},
    "what acted by the start is forgotten on March 1": {"remembers": lambda start, acts: acts > start},
    "what acts on the first day acts once more": {"acts_inside": lambda start, acts, day: start <= acts <= day},
    "what acted before the start acts again": {"acts_inside": lambda _, acts, day: acts <= day},
    "a year without scores keeps the tier": {
        "at_year_end": lambda held, earned: at_year_end(held, earned) if any(earned) else held
    },
}
"""What people get wrong, each with the part that is wrong."""
