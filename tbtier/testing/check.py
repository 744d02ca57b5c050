"""A check of any implementation against all laws, with drawn histories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, TypeAlias

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck

from tbtier.errors import WrongTypeError
from tbtier.errors.values import is_of
from tbtier.evaluation.timeline import Timeline, evaluate
from tbtier.fiscal import ONE_DAY, FiscalQuarter
from tbtier.programs import TRAILBLAZER
from tbtier.rules.cycles import Cycle
from tbtier.rules.program import Program, require_program
from tbtier.rules.tiers import Tier
from tbtier.testing.laws import LAWS, LawViolation, moments_of
from tbtier.testing.strategies import first_looked_back_on, timelines

__all__ = ["HeldOn", "check_laws"]

__tracebackhide__ = True  # pytest prints no line of this module, so that a failure ends in the test of the user

HeldOn: TypeAlias = Callable[[date, Mapping[FiscalQuarter, int | None], Tier, date], Tier]
"""An implementation to check, called with a day, the scores, the starting tier and the start, by position."""

_EXAMPLES: Final = 300
_Settings: TypeAlias = settings  # `check_laws` has an argument of that name


def check_laws(held_on: HeldOn, program: Program = TRAILBLAZER, *, settings: _Settings | None = None) -> None:
    """Check an implementation against every law, and raise the violation with the smallest history found.

    A pass is no proof. The check draws 300 histories of up to 13 quarters, and 300 histories of up to 9 quarters, most of
    which start on the effective date of a quarter, in a lower tier than that quarter earned: mistakes are likely there.
    The profile of Hypothesis in use decides whether every run draws the same histories (`derandomize`).

    Args:
        held_on: the implementation, called as `held_on(day, scores, starting_tier, start)`.
            `scores` maps quarters to an int or `None` (not scored), and reaches back to the first quarter that can count.
        program: the program whose rules apply, and whose tiers are the starting tiers.
        settings: settings of Hypothesis, which replace all settings of this check; the default settings have no deadline
            and no example database.

    Raises:
        LawViolation: a law does not hold; the violation names the law, its rule, the history, the day and both tiers.
        WrongTypeError: an argument has another type, or the implementation does not return a `Tier`.

    >>> from tbtier.testing import LawViolation
    >>> def held_on(day, scores, starting_tier, start):
    ...     return Tier.BASE
    >>> try:
    ...     check_laws(held_on)
    ... except LawViolation:
    ...     print("not every partner is Base")
    not every partner is Base
    """
    _require_kinds(held_on, settings)
    try:
        for drawn in histories_to_check(require_program(program)):
            laws_test(held_on, drawn, settings)()
    except LawViolation as found:  # the text has the history, and Hypothesis adds it again
        raise LawViolation(*found.args) from None
    except FailedHealthCheck as unhealthy:
        raise unhealthy.with_traceback(None) from None  # without a page of the source of Hypothesis


def _require_kinds(held_on: object, given_settings: object) -> None:
    if not callable(held_on):
        wanted = "a function of a day, the scores, the starting tier and the start"
        raise WrongTypeError("held_on", held_on, wanted, "return the tier that your system holds on the day")
    if given_settings is not None and not is_of(given_settings, settings):
        raise WrongTypeError("settings", given_settings, "settings of Hypothesis", "settings(max_examples=50) makes some")


def histories_to_check(program: Program) -> tuple[st.SearchStrategy[Timeline], st.SearchStrategy[Timeline]]:
    """Return two strategies, the simpler histories first, so that their violations are smaller."""
    return timelines(program, max_size=13) | timelines(program, max_size=9, ragged=True), late_starts(program)


def laws_test(held_on: HeldOn, drawn: st.SearchStrategy[Timeline], settings: _Settings | None = None) -> Callable[[], None]:
    """Return the check as a Hypothesis test, which can take a seed."""

    @(settings or default_settings())
    @given(drawn, st.lists(st.integers(0, 5000), max_size=3))
    def laws_hold(timeline: Timeline, offsets: list[int]) -> None:
        scores = scores_of(timeline)
        length = (timeline.stop - timeline.start).days
        days = days_to_observe(timeline) | {timeline.start + offset % length * ONE_DAY for offset in offsets}
        check_on(days, lambda day: held_on(day, dict(scores), timeline.starting_tier, timeline.start), timeline)

    return laws_hold


def check_on(days: Iterable[date], tier_on: Callable[[date], Tier], known: Timeline) -> None:
    """Raise `LawViolation` for the first law that does not hold, on the first of these days on which it does not hold."""
    moments = list(moments_of(sorted(days), tier_on, known.start, known))
    for law in LAWS:
        law._judge(moments)


def default_settings() -> settings:
    """Return the settings of a check, made when the check runs: the profile in use decides whether examples repeat."""
    return settings(
        max_examples=_EXAMPLES,
        phases=(Phase.generate, Phase.shrink),
        deadline=None,
        database=None,
        print_blob=False,
        report_multiple_bugs=False,
    )


@st.composite
def late_starts(draw: st.DrawFn, program: Program) -> Timeline:
    """Draw timelines that start on the effective date of a quarter, in a lower tier than it earned (rules D3 and D4).

    If no tier is lower, they start in the tier that it earned; a timeline of one quarter starts on any day.
    """
    timeline = draw(timelines(program, max_size=9, ragged=True))
    possible = timeline.history.quarters[:-1]  # the program may end when the last quarter takes effect
    if not possible:
        return timeline
    quarter = draw(st.sampled_from(possible))
    earned = draw(st.sampled_from(program.edition(quarter).thresholds))
    tier = draw(st.sampled_from([tier for tier in program.tiers if tier < earned.tier] or [earned.tier]))
    history = timeline.history.with_score(quarter, earned.score)
    return evaluate(history, program=program, starting_tier=tier, start=Cycle(quarter).effective_on)


def scores_of(timeline: Timeline) -> dict[FiscalQuarter, int | None]:
    """Return the score of every quarter that can count, `None` for a quarter that was not scored (rules D1 and D5)."""
    first, history = first_looked_back_on(timeline.start), timeline.history
    quarters = (first + places for places in range(history.quarters[-1] - first + 1))
    return {quarter: score if isinstance(score := history.get(quarter), int) else None for quarter in quarters}


def days_to_observe(timeline: Timeline) -> set[date]:
    """Return the days of a timeline on which a mistake would show.

    These are the first and the last day of the timeline, the 15th and the days around the first of every month, and the
    days around the last day of each quarter and of each week of notification. They include every closing day,
    and the day before every effective date and every March 1.
    """
    found = {timeline.start, timeline.stop - ONE_DAY}
    quarter = FiscalQuarter.containing(timeline.start) - 1
    while quarter.start < timeline.stop:
        cycle = Cycle(quarter)
        months = (cycle.review_start, cycle.effective_on, quarter.last_day.replace(day=1))
        found |= {day.replace(day=15) for day in months}
        found |= {day + offset * ONE_DAY for day in (*months, cycle.closes_on, cycle.notified_by) for offset in (-1, 0, 1)}
        quarter += 1
    return {day for day in found if timeline.start <= day < timeline.stop}
