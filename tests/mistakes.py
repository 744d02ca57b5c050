"""A script that works out held tiers, and the mistakes that people make in it, one at a time.

The script shares no code with tbtier; a mistake replaces one part of the right script by a wrong part.
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
    """Return the tier that a score earns."""
    return next(tier for lowest, tier in BOUNDS if score >= lowest)


def effective_on(year: int, number: int) -> date:
    """Return the day on which a quarter takes effect."""
    return date(year, 3, 1) if number == 4 else date(year - 1, 3 * number + 3, 1)


def closes_on(year: int, number: int) -> date:
    """Return the last day of a quarter."""
    return (date(year, 2, 1) if number == 4 else date(year - 1, 3 * number + 2, 1)) - ONE_DAY


def inside_the_year(held: Tier, earned: Tier | None) -> Tier:
    """Return the tier held once Q1, Q2 or Q3 has taken effect."""
    return held if earned is None or earned < held else earned


def at_renewal(held: Tier, earned: list[Tier | None]) -> Tier:  # noqa: ARG001  # some mistakes need it
    """Return the tier held once Q4 has taken effect, given the tiers that the four quarters of the year earned."""
    return max((tier for tier in earned if tier is not None), default=Tier.BASE)


RIGHT: dict[str, Any] = {
    "earned_by": earned_by,
    "effective_on": effective_on,
    "inside_the_year": inside_the_year,
    "at_renewal": at_renewal,
    "counts": lambda start, _, effective, day: start < effective <= day,
    "remembers": lambda *_: True,
}


def implementation(**wrong: Callable[..., Any]) -> Callable[[date, Scores, Tier, date], Tier]:
    """Return the script, with some of its parts replaced."""
    parts = SimpleNamespace(**{**RIGHT, **wrong})

    def held_on(day: date, scores: Scores, starting_tier: Tier, start: date) -> Tier:
        earned: dict[Pair, Tier | None] = {}
        for quarter, score in scores.items():
            earned[quarter.year, quarter.number] = None if score is None else parts.earned_by(score)
        in_order = sorted((parts.effective_on(*quarter), quarter) for quarter in earned)
        held = starting_tier
        for effective, (year, number) in in_order:
            if not parts.counts(start, closes_on(year, number), effective, day):
                continue
            if number == 4:
                remembered = [
                    earned.get((year, each)) for each in (1, 2, 3, 4) if parts.remembers(start, effective_on(year, each))
                ]
                held = parts.at_renewal(held, remembered)
            else:
                held = parts.inside_the_year(held, earned[year, number])
        return held

    return held_on


def on_one_day(is_wrong: Callable[[date], bool]) -> Callable[[date, Scores, Tier, date], Tier]:
    """Return the script, with another tier on days of one kind."""
    right = implementation()

    def held_on(day: date, scores: Scores, starting_tier: Tier, start: date) -> Tier:
        tier = right(day, scores, starting_tier, start)
        if is_wrong(day):
            return Tier.RIDGE if tier is Tier.BASE else Tier.BASE
        return tier

    return held_on


def later_by(days: int) -> Callable[[int, int], date]:
    """Return effective dates that are some days late, or early."""
    return lambda year, number: effective_on(year, number) + days * ONE_DAY


def without_review(year: int, number: int) -> date:
    """Return the day after a quarter has closed."""
    return closes_on(year, number) + ONE_DAY


def after_two_months(year: int, number: int) -> date:
    """Return the first of the third month after a quarter has closed."""
    right = effective_on(year, number)
    return date(right.year, right.month + 1, 1) if right.month < 12 else date(right.year + 1, 1, 1)


def when_it_starts(year: int, number: int) -> date:
    """Return the first day of a quarter."""
    return closes_on(year - (number == 1), (number - 2) % 4 + 1) + ONE_DAY


def on_q4(wrong: Callable[[int], date]) -> Callable[[int, int], date]:
    """Return effective dates of which only that of Q4 is wrong."""
    return lambda year, number: wrong(year) if number == 4 else effective_on(year, number)


def one_step_down(held: Tier, earned: list[Tier | None]) -> Tier:
    """Return a tier that falls by one step at most."""
    right = at_renewal(held, earned)
    below = [tier for tier in Tier if tier < held]
    return max(right, below[-1]) if below else right


def none_is_zero(held: Tier, earned: Tier | None) -> Tier:
    """Return the entry tier where a quarter was not scored."""
    return Tier.BASE if earned is None else inside_the_year(held, earned)


def one_step_up(held: Tier, earned: Tier | None) -> Tier:
    """Return a tier that rises by one step at most."""
    return next(tier for tier in Tier if tier > held) if earned and earned > held else held


MISTAKES: dict[str, dict[str, Callable[..., Any]]] = {
    "the fiscal year is named by its starting year": {"effective_on": lambda year, number: effective_on(year + 1, number)},
    "thresholds are one too high": {"earned_by": lambda score: earned_by(max(score - 1, 0))},
    "thresholds are one too low": {"earned_by": lambda score: earned_by(score + 1)},
    "> for >=": {"earned_by": lambda score: next((tier for lowest, tier in BOUNDS if score > lowest), Tier.BASE)},
    "there is no review": {"effective_on": without_review},
    "the review takes two months": {"effective_on": after_two_months},
    "the review takes 28 days": {"effective_on": lambda year, number: closes_on(year, number) + 29 * ONE_DAY},
    "a score takes effect on the last day of the review": {"effective_on": later_by(-1)},
    "a score takes effect a day late": {"effective_on": later_by(1)},
    "a score takes effect on the day of notification": {"effective_on": later_by(6)},
    "a score takes effect when its quarter starts": {"effective_on": when_it_starts},
    "a score takes effect on the day on which its quarter closes": {"effective_on": closes_on},
    "the renewal is on February 1": {"effective_on": on_q4(lambda year: date(year, 2, 1))},
    "the renewal is on the last day of January": {"effective_on": on_q4(lambda year: date(year, 1, 31))},
    "the renewal is on the last day of February": {"effective_on": on_q4(lambda year: date(year, 3, 1) - ONE_DAY)},
    "February has 28 days": {"effective_on": on_q4(lambda year: date(year, 2, 1) + 28 * ONE_DAY)},
    "March 1 looks at Q4 alone": {"at_renewal": lambda _, earned: earned[3] or Tier.BASE},
    "March 1 leaves Q4 out": {"at_renewal": lambda held, earned: at_renewal(held, earned[:3])},
    "the held tier counts as earned": {"at_renewal": lambda held, earned: at_renewal(held, [*earned, held])},
    "nothing is ever downgraded": {"at_renewal": lambda held, earned: max(held, *(tier or held for tier in earned))},
    "a tier falls by one step at most": {"at_renewal": one_step_down},
    "a tier falls inside the year": {"inside_the_year": lambda held, earned: earned or held},
    "a tier never rises inside the year": {"inside_the_year": lambda held, _: held},
    "a tier rises by one step at most": {"inside_the_year": one_step_up},
    "a quarter that was not scored lowers the tier": {"inside_the_year": none_is_zero},
    "March 1 forgets what took effect by the start": {"remembers": lambda start, effective: effective > start},
    "what takes effect on the first day counts again": {
        "counts": lambda start, _, effective, day: start <= effective <= day,
    },
    "what took effect before the start counts again": {"counts": lambda _, __, effective, day: effective <= day},
    "a quarter in review at the start never takes effect": {
        "counts": lambda start, closed, effective, day: start <= closed and start < effective <= day,
    },
    "a year without scores keeps the tier": {
        "at_renewal": lambda held, earned: at_renewal(held, earned) if any(earned) else held
    },
}
"""The mistakes that people make, each with the part that is wrong."""
