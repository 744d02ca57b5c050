"""The mistakes that people make in a script that works out held tiers, one at a time and in families.

Each mistake replaces one part of the right script in `right_script.py`; `program` is the program that shows it, `MODEL` if
there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from made_up import APPS, BEST_OF_FOUR, GUILD, Q4_ALONE
from right_script import (
    CLUB,
    ONE_DAY,
    Bounds,
    Pair,
    Rules,
    at_renewal,
    closes_on,
    earned_by,
    effective_on,
    in_force,
    inside_the_year,
)

from tbtier import Tier

Mistake = dict[str, Any]
"""The parts that are wrong, and the program that shows it."""


def later_by(time: timedelta | relativedelta) -> Callable[[int, int], date]:
    """Return effective dates that are some time late, or early."""
    return lambda year, number: effective_on(year, number) + time


def after_closing(wait: timedelta | relativedelta) -> Callable[[int, int], date]:
    """Return effective dates that follow a wait after the first day of the review."""
    return lambda year, number: closes_on(year, number) + ONE_DAY + wait


def on_q4(wrong: Callable[[int], date]) -> Callable[[int, int], date]:
    """Return effective dates of which only that of Q4 is wrong."""
    return lambda year, number: wrong(year) if number == 4 else effective_on(year, number)


def when_it_starts(year: int, number: int) -> date:
    """Return the first day of a quarter."""
    return closes_on(year - (number == 1), (number - 2) % 4 + 1) + ONE_DAY


def on_a_working_day(year: int, number: int) -> date:
    """Return the first working day from the effective date on."""
    first = effective_on(year, number)
    return first + timedelta((0, 0, 0, 0, 0, 2, 1)[first.weekday()])


CALENDAR: dict[str, Mistake] = {
    "the fiscal year is named by its starting year": {"effective_on": lambda year, number: effective_on(year + 1, number)},
    "the fiscal year begins in April": {"effective_on": later_by(relativedelta(months=2))},
    "quarters are numbered from zero": {"effective_on": lambda year, number: effective_on(year, number - 1)},
    "January belongs to the next fiscal year": {"effective_on": on_q4(lambda year: date(year + 1, 3, 1))},
    "the renewal is on January 1": {"effective_on": on_q4(lambda year: date(year, 1, 1))},
    "the renewal is on February 1": {"effective_on": on_q4(lambda year: date(year, 2, 1))},
    "the renewal is on the last day of January": {"effective_on": on_q4(lambda year: date(year, 1, 31))},
    "the renewal is on the last day of February": {"effective_on": on_q4(lambda year: date(year, 3, 1) - ONE_DAY)},
    "February has 28 days": {"effective_on": on_q4(lambda year: date(year, 2, 1) + timedelta(28))},
    "February has 29 days": {"effective_on": on_q4(lambda year: date(year, 2, 1) + timedelta(29))},
    "a year has 365 days": {"effective_on": on_q4(lambda year: date(2023, 3, 1) + (year - 2023) * timedelta(365))},
}


def cut_to_three_digits(score: int, bounds: Bounds) -> Tier:
    """Return the tier that the first three digits of a score earn."""
    return earned_by(int(str(score)[:3]), bounds)


def compared_as_text(score: int, bounds: Bounds) -> Tier:
    """Return the tier whose bound comes before the score in the order of texts."""
    return next(tier for lowest, tier in bounds if str(score) >= str(lowest))


def with_gaps(score: int, bounds: Bounds) -> Tier:
    """Return the tier of the band of a score, where the last point of each band is in none."""
    tier = earned_by(score, bounds)
    return tier if earned_by(score + 1, bounds) is tier else Tier.BASE


THRESHOLDS: dict[str, Mistake] = {
    "thresholds are one too low": {"earned_by": lambda score, bounds: earned_by(score + 1, bounds)},
    "> for >=": {"earned_by": lambda score, bounds: next((tier for lowest, tier in bounds if score > lowest), Tier.BASE)},
    "the lowest threshold is compared first": {"earned_by": lambda score, bounds: earned_by(score, bounds[::-1])},
    "the last point of a band is in none": {"earned_by": with_gaps},
    "scores are rounded to hundreds": {"earned_by": lambda score, bounds: earned_by(round(score, -2), bounds)},
    "scores are compared as text": {"earned_by": compared_as_text},
    "a score of four digits is cut to three": {"earned_by": cut_to_three_digits},
}
LAG: dict[str, Mistake] = {
    "there is no review": {"effective_on": after_closing(timedelta(0))},
    "the review takes two months": {"effective_on": after_closing(relativedelta(months=2))},
    "the review takes 28 days": {"effective_on": after_closing(timedelta(28))},
    "the review takes 30 days": {"effective_on": after_closing(timedelta(30))},
    "the review ends a month and a day after the closing day": {
        "effective_on": lambda year, number: closes_on(year, number) + relativedelta(months=1) + ONE_DAY,
    },
    "a score takes effect on the last day of the review": {"effective_on": later_by(timedelta(-1))},
    "a score takes effect a day late": {"effective_on": later_by(timedelta(1))},
    "a score takes effect on the next working day": {"effective_on": on_a_working_day},
    "a score takes effect on the day of notification": {"effective_on": later_by(timedelta(6))},
    "a score takes effect when its quarter starts": {"effective_on": when_it_starts},
    "a score takes effect on the day on which its quarter closes": {"effective_on": closes_on},
}


def one_step_up(held: Tier, earned: Tier | None) -> Tier:
    """Return a tier that rises by one step at most."""
    return next(tier for tier in Tier if tier > held) if earned and earned > held else held


def one_step_down(held: Tier, lowest: Tier) -> Tier:
    """Return the tier below the held one, or a higher lowest tier."""
    return max([lowest, *[tier for tier in Tier if tier < held][-1:]])


FLOOR: dict[str, Mistake] = {
    "a tier falls inside the year": {"inside_the_year": lambda held, earned: earned or held},
    "a tier falls by one step inside the year": {
        "inside_the_year": lambda held, earned: one_step_down(held, earned) if earned and earned < held else earned or held,
    },
    "a tier never rises inside the year": {"inside_the_year": lambda held, _: held},
    "a tier rises by one step at most": {"inside_the_year": one_step_up},
    "a tier is kept only if it is earned again": {"inside_the_year": lambda held, earned: min(held, earned or held)},
    "the starting tier is no floor": {"first_tier": lambda _, entry, *__: entry},
    "the floor of a new year is the tier held before": {
        "at_renewal": lambda held, earned, _: max(held, at_renewal(held, earned))
    },
}


def last_scored(_: Tier, earned: list[Tier | None], entry: Tier) -> Tier:
    """Return the tier that the last scored quarter has earned."""
    return next((tier for tier in earned[::-1] if tier), entry)


CARRYOVER: dict[str, Mistake] = {
    "March 1 looks at Q4 alone": {"is_best_of_four": lambda *_: False},
    "March 1 looks at the best of four where Q4 decides": {"program": Q4_ALONE, "is_best_of_four": lambda *_: True},
    "March 1 leaves Q4 out": {"year": lambda year: [(year, 1), (year, 2), (year, 3)]},
    "March 1 looks back from the Q4 of the year before": {
        "year": lambda year: [(year - 1, 4), (year, 1), (year, 2), (year, 3)],
    },
    "March 1 looks at the last scored quarter": {"at_renewal": last_scored},
    "March 1 brings everybody back to the entry tier": {"at_renewal": lambda _, __, entry: entry},
    "March 1 can only lower a tier": {"at_renewal": lambda held, earned, entry: min(held, at_renewal(held, earned, entry))},
    "a tier falls by one step at most": {
        "at_renewal": lambda held, earned, entry: max(one_step_down(held, entry), at_renewal(held, earned, entry)),
    },
}


def fiscal_quarter(day: date) -> Pair:
    """Return the fiscal quarter of a day."""
    return day.year + (day.month > 1), (day.month - 2) % 12 // 3 + 1


def by_quarter(of: Callable[[Pair, date], Pair]) -> Callable[[Rules, Pair, date], Any]:
    """Return the edition in force in another quarter."""
    return lambda rules, quarter, day: in_force(rules, of(quarter, day))


def shifted(quarter: Pair, quarters: int) -> Pair:
    """Return the quarter that is some quarters later, or earlier."""
    year, index = divmod(4 * quarter[0] + quarter[1] - 1 + quarters, 4)
    return year, index + 1


EDITIONS: dict[str, Mistake] = {
    "the latest edition is used for every quarter": {"program": CLUB, "edition": lambda rules, *_: rules.editions[-1]},
    "the first edition is used for every quarter": {"program": CLUB, "edition": lambda rules, *_: rules.editions[0]},
    "a quarter is judged by the edition of the day on which it takes effect": {
        "program": CLUB,
        "edition": by_quarter(lambda quarter, _: fiscal_quarter(effective_on(*quarter))),
    },
    "old quarters are judged again by a new edition": {
        "program": CLUB,
        "edition": by_quarter(lambda quarter, day: max(quarter, fiscal_quarter(day))),
    },
    "an edition begins a quarter late": {"program": CLUB, "edition": by_quarter(lambda quarter, _: shifted(quarter, -1))},
    "an edition begins a year late": {"program": CLUB, "edition": by_quarter(lambda quarter, _: shifted(quarter, -4))},
    "an edition begins with the fiscal year that it changes": {
        "program": CLUB,
        "edition": by_quarter(lambda quarter, _: (quarter[0], 4)),
    },
    "an edition begins with the next fiscal year": {
        "program": CLUB,
        "edition": by_quarter(lambda quarter, _: (quarter[0], 1)),
    },
    "a new edition keeps the carryover": {"program": CLUB, "is_best_of_four": lambda *_: True},
    "the carryover is that of Q1": {
        "program": CLUB,
        "is_best_of_four": lambda rules, quarter: in_force(rules, (quarter[0], 1)).is_best_of_four,
    },
    "the carryover is that of the year that begins": {
        "program": CLUB,
        "is_best_of_four": lambda rules, quarter: in_force(rules, shifted(quarter, 1)).is_best_of_four,
    },
}
START: dict[str, Mistake] = {
    "March 1 forgets what took effect by the start": {"remembers": lambda start, effective: effective > start},
    "what takes effect on the first day counts again": {
        "counts": lambda start, _, effective, day: start <= effective <= day,
    },
    "what took effect before the start counts again": {"counts": lambda _, __, effective, day: effective <= day},
    "a quarter in review at the start never takes effect": {
        "counts": lambda start, closed, effective, day: start <= closed and effective <= day,
    },
    "the quarter in which a partner joins does not count": {
        "counts": lambda start, closed, effective, day: start < closed - timedelta(85) and effective <= day,
    },
    "a partner who joins in February is not renewed": {
        "counts": lambda start, _, effective, day: start < effective <= day and effective - start > timedelta(29),
    },
    "the starting tier is kept for the first twelve months": {
        "counts": lambda start, _, effective, day: (
            start < effective <= day and (effective.month != 3 or day >= start + timedelta(365))
        ),
    },
    "the first day has no tier yet": {
        "first_tier": lambda starting_tier, entry, start, day: entry if day == start else starting_tier,
    },
}


def carried_forward(scores: dict[Pair, int | None]) -> dict[Pair, int | None]:
    """Return the scores with the last score in place of each `None`, as `ffill` of a data frame does."""
    last = None
    return {quarter: (last := last if score is None else score) for quarter, score in scores.items()}


def moved_up(scores: dict[Pair, int | None]) -> dict[Pair, int | None]:
    """Return the scores without gaps: the scored quarters take the places of the first quarters."""
    scored = [score for score in scores.values() if score is not None]
    return dict(zip(scores, [*scored, *[None] * (len(scores) - len(scored))]))


def only_if_scored(scores: dict[Pair, int | None]) -> dict[Pair, int | None]:
    """Return the quarters that have a row: a quarter that was not scored has none."""
    return {quarter: score for quarter, score in scores.items() if score is not None}


def none_as(value: int) -> Callable[[dict[Pair, int | None]], dict[Pair, int | None]]:
    """Return scores with a number in place of each `None`."""
    return lambda scores: {quarter: value if score is None else score for quarter, score in scores.items()}


UNSCORED: dict[str, Mistake] = {
    "a quarter that was not scored lowers the tier": {
        "inside_the_year": lambda held, earned: inside_the_year(held, earned) if earned else Tier.BASE,
    },
    "a quarter that was not scored has a score of zero": {"program": BEST_OF_FOUR, "scores": none_as(0)},
    "a score of zero is no score": {
        "program": BEST_OF_FOUR,
        "scores": lambda scores: {quarter: score or None for quarter, score in scores.items()},
    },
    "NULL sorts above every score": {"scores": none_as(1000)},
    "the last score is carried forward": {"scores": carried_forward},
    "later scores move up into a quarter that was not scored": {"scores": moved_up},
    "March 1 is skipped if Q4 was not scored": {"scores": only_if_scored},
    "a year without scores keeps the tier": {
        "at_renewal": lambda held, earned, _: at_renewal(held, earned) if any(earned) else held,
    },
    "a year counts only if every quarter was scored": {
        "at_renewal": lambda held, earned, _: at_renewal(held, earned) if all(earned) else Tier.BASE,
    },
}
END: dict[str, Mistake] = {
    "the program ends a day early": {"program": APPS, "runs": lambda day, ended_on: day < ended_on - ONE_DAY},
    "the end is read with the day first": {"program": APPS, "runs": lambda day, _: day < date(2024, 1, 8)},
    "the program ends with its last program year": {"program": APPS, "runs": lambda day, _: day < date(2024, 3, 1)},
    "the program ends with its last fiscal year": {"program": GUILD, "runs": lambda day, _: day < date(2026, 2, 1)},
    "the program ends with its last effective date": {"program": APPS, "runs": lambda day, _: day < date(2024, 6, 1)},
    "the program ends with the month before": {
        "program": APPS,
        "runs": lambda day, ended_on: day < (ended_on - ONE_DAY).replace(day=1),
    },
    "the program ends on the first of its last month": {
        "program": CLUB,
        "runs": lambda day, ended_on: day < ended_on.replace(day=1),
    },
    "the last renewal is left out": {
        "program": APPS,
        "counts": lambda start, _, effective, day: start < effective <= day and effective != date(2024, 3, 1),
    },
    "no quarter of the last, unfinished year is judged": {
        "program": GUILD,
        "counts": lambda start, _, effective, day: start < effective <= day and effective < date(2025, 6, 1),
    },
}

MISTAKES: dict[str, dict[str, Mistake]] = {
    "calendar": CALENDAR,
    "thresholds": THRESHOLDS,
    "lag": LAG,
    "floor": FLOOR,
    "carryover": CARRYOVER,
    "editions": EDITIONS,
    "start": START,
    "unscored": UNSCORED,
    "end": END,
}
"""The mistakes that people make, by family."""
