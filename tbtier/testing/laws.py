"""The laws of held tiers, each with its rule, and a check of any implementation against all laws.

A law looks at the tier held on a day, the tier held on the day before, and the rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, Final, TypeAlias

import attrs
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tbtier.checks import require_date
from tbtier.errors import WrongTypeError
from tbtier.evaluation.decisions import Decision
from tbtier.evaluation.timeline import Timeline, evaluate, require_timeline
from tbtier.fiscal import ONE_DAY, FiscalQuarter
from tbtier.programs import TRAILBLAZER
from tbtier.rules.citations import Source
from tbtier.rules.cycles import Cycle
from tbtier.rules.program import Program, require_program
from tbtier.rules.rulebook import RULE
from tbtier.rules.tiers import Tier, as_tier
from tbtier.testing.strategies import first_looked_back_on, timelines

__all__ = ["LAWS", "HeldOn", "Law", "LawViolation", "Observed", "check_laws"]

HeldOn: TypeAlias = Callable[[date, Mapping[FiscalQuarter, int | None], Tier, date], Tier]
"""An implementation to check, called with a day, the scores, the starting tier and the start, by position."""
Observed: TypeAlias = Timeline | Callable[[date], Tier] | Iterable[tuple[date, Tier | str]]
"""A tier history to check: a timeline, a function from a day to a tier, or rows of a first day and a tier, in any order."""

_EXAMPLES: Final = 300
_Settings: TypeAlias = settings  # `check_laws` has an argument of that name


class LawViolation(AssertionError):
    """A law that does not hold, with the day and the history that show it."""

    def __init__(self, law: Law, timeline: Timeline, day: date, expected: Tier, observed: Tier) -> None:
        super().__init__(law, timeline, day, expected, observed)
        self.law = law
        """The law."""
        self.timeline = timeline
        """The scores, and the tiers that follow from the scores by the rules."""
        self.day = day
        """The day on which the law does not hold."""
        self.expected = expected
        """The tier that the law expects on that day, given the tier observed on the day before."""
        self.observed = observed
        """The tier observed on that day."""

    def __str__(self) -> str:
        law, timeline, start = self.law, self.timeline, self.timeline.start
        scores = {str(quarter): score for quarter, score in timeline.history.items()}
        arguments = f"program={timeline.program.name}, starting_tier={str(timeline.starting_tier)!r}"
        in_effect = [decision for decision in timeline.decisions if decision.effective_on <= self.day]
        lines = [
            f"{law.statement} ({law.rule}: {RULE[law.rule].citation})",
            f"on {self.day}: expected {self.expected}, observed {self.observed}",
            f"evaluate({scores}, {arguments}, start=date({start.year}, {start.month}, {start.day}))",
        ]
        if not in_effect:
            return "\n".join([*lines, f"no quarter has taken effect since {start}"])
        decision = in_effect[-1]
        return "\n".join([*lines, decision.headline, *(f"  {reason}" for reason in decision.outcome_reasons)])


@attrs.frozen
class _Moment:
    """The tier observed on one day, and on the day before."""

    timeline: Timeline
    day: date
    held: Tier
    eve: Tier | None
    """The tier held on the day before; `None` on the first day to judge."""
    decision: Decision | None
    """The decision that takes effect on the day by the rules."""


@attrs.frozen
class Law:
    """One law: its statement, its rule, and a check."""

    name: str
    """A short name, which stays the same from release to release."""
    rule: str
    """The id of the rule, such as `R6`."""
    statement: str
    """The law in one sentence."""
    _expected: Callable[[_Moment], Tier | None] = attrs.field(repr=False)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that state the rule."""
        return RULE[self.rule].citation.sources

    def check(self, observed: Observed, timeline: Timeline | None = None) -> None:
        """Raise `LawViolation` for the first day on which the law does not hold.

        The check judges every day of the timeline, or every day from the first row on if the rows begin later.

        Args:
            observed: a timeline, a function from a day to a tier, or rows of a first day and a tier, in any order.
                Rows may begin before the timeline; the check ignores their tiers of earlier days.
            timeline: the scores and the rules, as `evaluate` returns them; optional if `observed` is a timeline.

        Raises:
            LawViolation: the law does not hold.
            WrongTypeError: `timeline` is missing or not a timeline, or `observed` has another type.
        """
        known = require_timeline("timeline", observed if timeline is None else timeline)
        tier_on, first, stop = _observer(observed, known)
        every_day = (first + number * ONE_DAY for number in range((stop - first).days))
        self.judge(_moments(every_day, tier_on, first, known))

    def judge(self, moments: Iterable[_Moment]) -> None:
        """Raise `LawViolation` for the first moment at which the law does not hold."""
        for moment in moments:
            expected = self._expected(moment)
            if expected is not None and moment.held is not expected:
                raise LawViolation(self, moment.timeline, moment.day, expected, moment.held)


def _moments(days: Iterable[date], tier_on: Callable[[date], Tier], first: date, known: Timeline) -> Iterator[_Moment]:
    """Yield the tiers of these days, in order; do not ask for a day before `first`."""
    decisions = {decision.effective_on: decision for decision in known.decisions}
    held = cache(lambda day: _require_tier(tier_on(day), day))
    for day in days:
        yield _Moment(known, day, held(day), held(day - ONE_DAY) if day > first else None, decisions.get(day))


def _require_tier(tier: object, day: date) -> Tier:
    if not isinstance(tier, Tier):
        raise WrongTypeError(f"the tier observed on {day}", tier, "a Tier", "Tier.parse('Crest') reads one from its name")
    return tier


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
        last_month = (cycle.effective_on + 31 * ONE_DAY).replace(day=1)  # a first plus 31 days is in the next month
        months = (cycle.review_start, cycle.effective_on, last_month)
        found |= {day.replace(day=15) for day in months}
        found |= {day + offset * ONE_DAY for day in (*months, cycle.closes_on, cycle.notified_by) for offset in (-1, 0, 1)}
        quarter += 1
    return {day for day in found if timeline.start <= day < timeline.stop}


def _observer(observed: Observed, known: Timeline) -> tuple[Callable[[date], Tier], date, date]:
    """Return the observed tiers as a function, the first day to judge, and the first day after the last day to judge."""
    if isinstance(observed, Timeline):
        return observed.tier_on, max(observed.start, known.start), min(observed.stop, known.stop)
    if callable(observed):
        return observed, known.start, known.stop
    rows = sorted(_rows(observed), key=itemgetter(0))

    def tier_on(day: date) -> Tier:
        return rows[bisect_right(rows, day, key=itemgetter(0)) - 1][1]

    return tier_on, max(rows[0][0], known.start), known.stop


def _rows(observed: Any) -> list[tuple[date, Tier]]:
    """Return the first day and the tier of each row, at least one."""
    if isinstance(observed, str) or not isinstance(observed, Iterable):
        raise _not_observable(observed)
    rows = []
    for row in observed:
        try:
            first, tier = row
        except (TypeError, ValueError):
            raise _not_observable(row) from None
        first = require_date(first, "the first day of a row")
        rows.append((first, as_tier(tier, f"the tier of the row from {first} on")))
    if not rows:
        raise _not_observable(observed)
    return rows


def _not_observable(observed: object) -> WrongTypeError:
    wanted = "a timeline, a function, or rows of a first day and a tier"
    return WrongTypeError("observed", observed, wanted, "(date(2023, 3, 1), Tier.BASE) is a row")


def _starting_tier(moment: _Moment) -> Tier | None:
    return moment.timeline.starting_tier if moment.day == moment.timeline.start else None


def _nothing_falls(moment: _Moment) -> Tier | None:
    on_march_1 = (moment.day.month, moment.day.day) == (3, 1)
    return moment.eve if not on_march_1 and moment.eve and moment.held < moment.eve else None


def _effective_dates(moment: _Moment) -> Tier | None:
    return moment.eve if moment.decision is None else None


def _highest_wins(moment: _Moment) -> Tier | None:
    decision = moment.decision
    if moment.eve is None or decision is None or decision.quarter.number == 4:
        return None
    return max(moment.eve, decision.earned or moment.eve)


def _best_of_the_year(moment: _Moment) -> Tier | None:
    decision = moment.decision
    return decision.after if decision and decision.quarter.number == 4 else None


def _highest_that_counts(moment: _Moment) -> Tier | None:
    return moment.timeline.tier_on(moment.day)


LAWS: Final = (
    Law("starting-tier", "D3", "the starting tier is held on the first day", _starting_tier),
    Law("nothing-falls", "R6", "nothing falls inside a program year", _nothing_falls),
    Law("effective-dates", "R4", "a tier changes only on an effective date", _effective_dates),
    Law("highest-wins", "R6", "inside a program year the highest tier wins, from its effective date on", _highest_wins),
    Law("march-1", "R7", "March 1 begins with what was earned in the fiscal year, as the carryover says", _best_of_the_year),
    Law("closed-form", "R7", "the tier is the highest that was earned in the quarters that count", _highest_that_counts),
)
"""Every law, the clearest first; together they allow only one tier on each day."""


def check_laws(held_on: HeldOn, program: Program = TRAILBLAZER, *, settings: _Settings | None = None) -> None:
    """Check an implementation against every law, and raise the violation with the smallest history found.

    A pass is no proof. The check draws 300 histories of up to 13 quarters, and 300 histories of up to 9 quarters that
    start on an effective date, most of them where mistakes are likely. The profile of Hypothesis in use decides whether
    every run draws the same histories (`derandomize`).

    Args:
        held_on: the implementation, called as `held_on(day, scores, starting_tier, start)`.
            `scores` maps quarters to an int or `None` (not scored), and reaches back to the first quarter that can count.
        program: the program whose rules apply, and whose tiers are the starting tiers.
        settings: settings of Hypothesis, which replace all settings of this check; the default settings have no deadline
            and no example database.

    Raises:
        LawViolation: a law does not hold; the violation names the law, its rule, the history, the day and both tiers.
        WrongTypeError: an argument has another type, or the implementation does not return a `Tier`.

    >>> def held_on(day, scores, starting_tier, start):
    ...     return Tier.BASE
    >>> try:
    ...     check_laws(held_on)
    ... except LawViolation:
    ...     print("not every partner is Base")
    not every partner is Base
    """
    _require_kinds(held_on, settings)
    for drawn in histories_to_check(require_program(program)):
        laws_test(held_on, drawn, settings)()


def _require_kinds(held_on: object, given_settings: object) -> None:
    if not callable(held_on):
        wanted = "a function of a day, the scores, the starting tier and the start"
        raise WrongTypeError("held_on", held_on, wanted, "return the tier that your system holds on the day")
    if given_settings is not None and not isinstance(given_settings, settings):
        raise WrongTypeError("settings", given_settings, "settings of Hypothesis", "settings(max_examples=50) makes some")


def histories_to_check(program: Program) -> tuple[st.SearchStrategy[Timeline], st.SearchStrategy[Timeline]]:
    """Return two strategies, the simpler histories first, so that their violations are smaller."""
    return timelines(program, max_size=13) | timelines(program, max_size=9, ragged=True), late_starts(program)


def laws_test(held_on: HeldOn, drawn: st.SearchStrategy[Timeline], settings: _Settings | None = None) -> Callable[[], None]:
    """Return the check as a Hypothesis test, which can take a seed."""

    @(settings or _default_settings())
    @given(drawn, st.lists(st.integers(0, 5000), max_size=3))
    def laws_hold(timeline: Timeline, offsets: list[int]) -> None:
        scores = scores_of(timeline)
        length = (timeline.stop - timeline.start).days
        days = days_to_observe(timeline) | {timeline.start + offset % length * ONE_DAY for offset in offsets}
        check_on(days, lambda day: held_on(day, dict(scores), timeline.starting_tier, timeline.start), timeline)

    return laws_hold


def check_on(days: Iterable[date], tier_on: Callable[[date], Tier], known: Timeline) -> None:
    """Raise `LawViolation` for the first law that does not hold, on the first of these days on which it does not hold."""
    moments = list(_moments(sorted(days), tier_on, known.start, known))
    for law in LAWS:
        law.judge(moments)


def _default_settings() -> settings:
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
    """Draw timelines that start on an effective date, most of them below what that quarter earned (rules D3 and D4)."""
    timeline = draw(timelines(program, max_size=9, ragged=True))
    effective = {quarter: Cycle(quarter).effective_on for quarter in timeline.history.quarters[:-1]}
    possible = [quarter for quarter, day in effective.items() if program.knows(first_looked_back_on(day))]
    if not possible:
        return timeline
    quarter = draw(st.sampled_from(possible))
    earned = draw(st.sampled_from(program.edition(quarter).thresholds))
    tier = draw(st.sampled_from([tier for tier in program.tiers if tier < earned.tier] or [earned.tier]))
    history = timeline.history.with_score(quarter, earned.score)
    return evaluate(history, program=program, starting_tier=tier, start=effective[quarter])


def scores_of(timeline: Timeline) -> dict[FiscalQuarter, int | None]:
    """Return the score of every quarter that can count, `None` for a quarter that was not scored (rules D1 and D5)."""
    first, history = first_looked_back_on(timeline.start), timeline.history
    quarters = (first + places for places in range(history.quarters[-1] - first + 1))
    return {quarter: score if isinstance(score := history.get(quarter), int) else None for quarter in quarters}
