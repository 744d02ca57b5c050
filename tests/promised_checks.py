"""What is promised for the histories that `check_laws` draws."""

from __future__ import annotations

from collections.abc import Callable

from made_up import GUILD, MODEL, PUBLISHED, stated
from promised_histories import BEGINS, UNSCORED, cycle_of, of_history, of_size, starts
from promises import Promised

from tbtier import Tier, Timeline
from tbtier.rules import Program
from tbtier.testing.check import histories_to_check

LATE = Program(name="LATE", entry_tier=Tier.BASE, changes=(stated("FY24 Q2", (0, 250, 500, 750), PUBLISHED),))
"""A program whose rules are known from a Q2 on."""


def earned_by_the_start(timeline: Timeline) -> Tier | None:
    """Return what the quarter earned that takes effect on the first day, if one does and is scored."""
    for quarter, score in timeline.history.items():
        if score is not None and cycle_of(quarter).effective_on == timeline.start:
            return timeline.program.tier_for(score, quarter)
    return None


def on_effective_date_of(place: int) -> Callable[[Timeline], bool]:
    """Return a statement: a timeline starts on the effective date of one of the quarters given."""
    return starts(lambda day, cycles: len(cycles) >= abs(place) and cycles[place].effective_on == day)


ON_EFFECTIVE_DATES = {
    "starts on an effective date": starts(lambda day, cycles: day in [one.effective_on for one in cycles]),
    "starts on that of the last quarter": on_effective_date_of(-1),
    "starts on that of the last quarter but one": on_effective_date_of(-2),
    "starts on that of the first quarter": on_effective_date_of(0),
    "starts on March 1": starts(lambda day, _: (day.month, day.day) == (3, 1)),
    "one quarter": lambda timeline: len(timeline.history) == 1,
    "begins in a Q1": lambda timeline: timeline.history.quarters[0].number == 1,
}
BELOW = {
    f"starts with {tier} where {earned} was earned": lambda timeline, tier=tier, earned=earned: (
        timeline.starting_tier is tier and earned_by_the_start(timeline) is earned
    )
    for earned in MODEL.tiers
    for tier in MODEL.tiers
}

CHECKED = {
    "histories to check": Promised(
        lambda: histories_to_check(MODEL)[0],
        800,
        {
            **of_history(
                {**of_size(1, 8, 9, 10, 11, 12, 13, 14), **BEGINS, "a year not scored": UNSCORED["a year not scored"]}
            ),
            "nine quarters, not from a Q1 on": lambda timeline: (
                len(timeline.history) == 9 and timeline.history.quarters[0].number > 1
            ),
            "more than nine quarters, not from a Q1 on": lambda timeline: (
                len(timeline.history) > 9 and timeline.history.quarters[0].number > 1
            ),
            "starts on the first March 1": starts(
                lambda day, cycles: (day.month, day.day) == (3, 1) and day in cycles[0].quarter
            ),
            "starts inside the last review": starts(
                lambda day, cycles: cycles[-1].review_start < day < cycles[-1].review_last_day
            ),
        },
    ),
    "late starts to check": Promised(
        lambda: histories_to_check(MODEL)[1],
        800,
        {**of_history(of_size(1, 2, 7, 8, 9, 10)), **ON_EFFECTIVE_DATES, **BELOW},
    ),
    "late starts to check of a program with editions": Promised(
        lambda: histories_to_check(GUILD)[1],
        400,
        {
            **ON_EFFECTIVE_DATES,
            "Base was earned": lambda timeline: earned_by_the_start(timeline) is Tier.BASE,
            "starts below Base": lambda timeline: timeline.starting_tier is Tier.PROVISIONAL,
        },
    ),
    "late starts to check of a program known from a Q2 on": Promised(
        lambda: histories_to_check(LATE)[1],
        400,
        {
            **ON_EFFECTIVE_DATES,
        },
    ),
}
