"""The laws of held tiers, each with the rule that it follows from, and a check of somebody else's implementation.

A law looks at what is observed: on some days of a timeline, and often on the eve of them, which tier is held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final, TypeAlias

import attrs
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tbtier.errors import WrongTypeError
from tbtier.evaluation.basis import Results
from tbtier.evaluation.decisions import Decision
from tbtier.evaluation.reasons import RULE
from tbtier.evaluation.timeline import Timeline, evaluate, require_timeline
from tbtier.fiscal import FiscalQuarter, quarter_at
from tbtier.programs import TRAILBLAZER
from tbtier.rules.citations import Source
from tbtier.rules.cycles import cycle_at
from tbtier.rules.program import Program
from tbtier.rules.tiers import Tier
from tbtier.testing.strategies import held_in, looked_back_on, timelines

__all__ = ["LAWS", "HeldOn", "Law", "LawViolation", "Observed", "check_laws"]

HeldOn: TypeAlias = Callable[[date, Mapping[FiscalQuarter, int | None], Tier, date], Tier]
"""An implementation to check: it is called with a day, the scores, the starting tier and the start, by position."""
Observed: TypeAlias = Timeline | Callable[[date], Tier] | Iterable[tuple[date, Tier]]
"""What is observed: a timeline, a function from a day to a tier, or the first day and the tier of each period, in order."""

_ONE_DAY: Final = timedelta(days=1)
_EXAMPLES: Final = 300


class LawViolation(AssertionError):
    """A law that does not hold, with the day and the history that show it."""

    def __init__(self, law: Law, timeline: Timeline, day: date, expected: Tier, observed: object) -> None:
        super().__init__(law, timeline, day, expected, observed)
        self.law = law
        """The law."""
        self.timeline = timeline
        """What was scored, and what the rules make of it."""
        self.day = day
        """The day on which it does not hold."""
        self.expected = expected
        """The tier that the law asks for on that day, given what is observed on the eve."""
        self.observed = observed
        """What is observed."""

    def __str__(self) -> str:
        timeline = self.timeline
        acted = [decision for decision in timeline.decisions if decision.effective_on <= self.day]
        scores = {str(quarter): score for quarter, score in timeline.history.items()}
        arguments = f"program={timeline.program.name}, starting_tier={timeline.starting_tier!r}, start={timeline.start!r}"
        told = str(acted[-1]) if acted else f"nothing has taken effect since {timeline.start}"
        return (
            f"{self.law.statement} ({self.law.rule}: {RULE[self.law.rule].citation})\n"
            f"on {self.day}: expected {self.expected}, observed {self.observed}\n"
            f"evaluate({scores}, {arguments})\n{told}"
        )


@attrs.frozen
class _Moment:
    """What is observed on one day."""

    timeline: Timeline
    day: date
    held: Tier
    eve: Tier | None
    """The tier held on the eve; `None` on the first day that is observed."""
    decision: Decision | None
    """What takes effect on the day by the rules."""


@attrs.frozen
class Law:
    """One law: what it says, the rule that it follows from, and a check."""

    name: str
    """A short name, which stays the same from release to release."""
    rule: str
    """The id of the rule, such as `R6`."""
    statement: str
    """What it says."""
    _expected: Callable[[_Moment], Tier | None] = attrs.field(repr=False)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that the rule rests on."""
        return RULE[self.rule].citation.sources

    def check(self, observed: Observed, timeline: Timeline | None = None) -> None:
        """Raise `LawViolation` for the first day on which the law does not hold.

        Args:
            observed: a timeline, a function from a day to a tier, or rows of a first day and a tier, in any order.
                Days before the first row, or outside the timeline observed, are not judged.
            timeline: what was scored, and under which rules; may be left out if `observed` is a timeline.

        Raises:
            LawViolation: the law does not hold.
            WrongTypeError: `timeline` is missing or not a timeline, or `observed` is not what can be observed.
        """
        known = require_timeline("timeline", observed if timeline is None else timeline)
        self._judge(_moments(days_of(known), observed, known))

    def _judge(self, moments: Iterable[_Moment]) -> None:
        """Raise `LawViolation` for the first moment at which the law does not hold."""
        for moment in moments:
            expected = self._expected(moment)
            if expected is not None and moment.held is not expected:
                raise LawViolation(self, moment.timeline, moment.day, expected, moment.held)


def check_on(days: Iterable[date], observed: Observed, known: Timeline) -> None:
    """Raise `LawViolation` for the first law that does not hold, and the first of these days on which it does not."""
    moments = list(_moments(days, observed, known))
    for law in LAWS:
        law._judge(moments)


def _moments(days: Iterable[date], observed: Observed, known: Timeline) -> Iterator[_Moment]:
    """Yield what is observed on those of these days that are judged."""
    tier_on, first, stop = _observer(observed, known)
    decisions = {decision.effective_on: decision for decision in known.decisions}
    for day in days:
        if first <= day < stop:
            eve = _tier(tier_on, day - _ONE_DAY) if day > first else None
            yield _Moment(known, day, _tier(tier_on, day), eve, decisions.get(day))


def _tier(tier_on: Callable[[date], Tier], day: date) -> Tier:
    observed = tier_on(day)
    if not isinstance(observed, Tier):
        raise WrongTypeError(f"what is observed on {day}", observed, "a Tier", "Tier('Crest') reads one from its name")
    return observed


def days_of(timeline: Timeline) -> list[date]:
    """Return the days of a timeline on which a mistake would show, in order.

    Its first day and its last, the turns of quarters, effective dates and days of notification, and the days around them.
    """
    found = {timeline.start, timeline.stop - _ONE_DAY}
    quarter = FiscalQuarter.containing(timeline.start) - 1
    while quarter.start < timeline.stop:
        cycle = cycle_at(quarter._ordinal)
        turns = (cycle.review_start, cycle.effective_on, cycle.notified_by)
        found |= {turn + offset * _ONE_DAY for turn in turns for offset in (-1, 0, 1)}
        quarter += 1
    return sorted(day for day in found if timeline.start <= day < timeline.stop)


def _observer(observed: Observed, timeline: Timeline) -> tuple[Callable[[date], Tier], date, date]:
    """Return what is observed as a function, the first day on which it is, and the first day after that on which it is not."""
    if isinstance(observed, Timeline):
        return observed.tier_on, max(observed.start, timeline.start), observed.stop
    if callable(observed):
        return observed, timeline.start, timeline.stop
    try:
        rows = sorted((first, tier) for first, tier in observed)
        first = rows[0][0]
    except (TypeError, ValueError, IndexError):
        raise WrongTypeError("observed", observed, "a timeline, a function, or rows of a first day and a tier") from None
    return lambda day: [tier for begins, tier in rows if begins <= day][-1], max(first, timeline.start), timeline.stop


def _starting_tier(moment: _Moment) -> Tier | None:
    return moment.timeline.starting_tier if moment.day == moment.timeline.start else None


def _nothing_falls(moment: _Moment) -> Tier | None:
    march_1 = (moment.day.month, moment.day.day) == (3, 1)
    return moment.eve if not march_1 and moment.eve and moment.held < moment.eve else None


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
"""Every law, the most telling first; together they allow one tier on every day."""


def check_laws(held_on: HeldOn, program: Program = TRAILBLAZER, *, settings: settings | None = None) -> None:
    """Check an implementation against every law, on histories of up to 13 quarters, until one breaks a law and is made small.

    A pass is no proof: 300 histories are drawn, and 300 that start on an effective date, with a bias to where mistakes live.
    Whether they are the same in each run is up to the profile of Hypothesis in use (`derandomize`).

    Args:
        held_on: the implementation, called as `held_on(day, scores, starting_tier, start)`.
            `scores` maps quarters to an int or `None` (not scored), and reaches back to the first quarter that can count.
        program: the program whose rules apply; its entry tier and those of its editions are the starting tiers.
        settings: settings of Hypothesis, in place of all those of this check, which has no deadline and keeps no database.

    Raises:
        LawViolation: a law does not hold; it names the law, its rule and source, the history, the day and both tiers.
        WrongTypeError: the implementation returns something else than a `Tier`.

    >>> def held_on(day, scores, starting_tier, start):
    ...     return Tier.BASE  # whatever the partner began with
    >>> try:
    ...     check_laws(held_on)
    ... except LawViolation as violation:
    ...     print(violation.observed, violation.expected > Tier.BASE)
    Base True
    """
    for drawn in histories_to_check(program):
        laws_test(held_on, drawn, settings)()


def histories_to_check(program: Program) -> tuple[st.SearchStrategy[Timeline], st.SearchStrategy[Timeline]]:
    """Return what is drawn, one after the other: the first are simpler, so that what they find is smaller."""
    return timelines(program, max_size=13) | timelines(program, max_size=9, ragged=True), late_starts(program)


def laws_test(held_on: HeldOn, drawn: st.SearchStrategy[Timeline], settings: settings | None = None) -> Callable[[], None]:
    """Return the check as a test of Hypothesis, which can be seeded."""

    @(settings or _default_settings())
    @given(drawn, st.lists(st.integers(0, 1000), max_size=3))
    def laws_hold(timeline: Timeline, offsets: list[int]) -> None:
        scores = scores_of(timeline)
        tier_on = cache(lambda day: held_on(day, dict(scores), timeline.starting_tier, timeline.start))
        length = (timeline.stop - timeline.start).days
        days = {*days_of(timeline), *(timeline.start + offset % length * _ONE_DAY for offset in offsets)}
        check_on(sorted(days), tier_on, timeline)

    return laws_hold


def _default_settings() -> settings:
    """Return the settings of a check, made when it runs: whether it repeats its examples is up to the profile in use."""
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
    """Draw timelines that start on the day on which a result acts, most of them below what it earned (rules D3 and D4)."""
    timeline = draw(timelines(program, max_size=9, ragged=True))
    acting = {quarter: cycle_at(quarter._ordinal).effective_on for quarter in timeline.history.quarters[:-1]}
    possible = [quarter for quarter, day in acting.items() if program.knows(quarter_at(looked_back_on(day)))]
    if not possible:
        return timeline
    quarter = draw(st.sampled_from(possible))
    earned = draw(st.sampled_from(program.edition(quarter).thresholds))
    tier = draw(st.sampled_from([tier for tier in held_in(program) if tier < earned.tier] or [earned.tier]))
    history = timeline.history.with_score(quarter, earned.score)
    return evaluate(history, program=program, starting_tier=tier, start=acting[quarter])


def scores_of(timeline: Timeline) -> dict[FiscalQuarter, int | None]:
    """Return the score of every quarter that can count, `None` for those that ended before the start (rule D5)."""
    results = map(Results(timeline).of, timeline.schedule.quarters)
    return {result.quarter: result.score if isinstance(result.score, int) else None for result in results}
