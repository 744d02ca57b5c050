"""The laws of held tiers, each with its rule.

A law looks at the tier held on a day, the tier held on the day before, and the rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from operator import itemgetter
from textwrap import fill
from typing import Any, Final, TypeAlias

import attrs

from tbtier.errors import WrongTypeError
from tbtier.errors.checks import bounded, iterator_of, require_date
from tbtier.errors.values import is_of
from tbtier.evaluation.decisions import Decision
from tbtier.evaluation.timeline import Timeline, require_timeline
from tbtier.fiscal import ONE_DAY
from tbtier.rules.citations import Source
from tbtier.rules.rulebook import RULE
from tbtier.rules.tiers import Tier, as_tier

__all__ = ["LAWS", "Law", "LawViolation", "Observed"]

__tracebackhide__ = True  # pytest prints no line of this module, so that a failure ends in the test of the user

Observed: TypeAlias = Timeline | Callable[[date], Tier] | Iterable[tuple[date, Tier | str]]
"""A tier history to check: a timeline, a function from a day to a tier, or rows of a first day and a tier, in any order."""


_OBSERVABLE: Final = "a timeline, a function, or rows of a first day and a tier"
_A_ROW: Final = "(date(2023, 3, 1), Tier.BASE) is a row"


class LawViolation(AssertionError):
    """A law that does not hold, with the day and the history that show it."""

    def __init__(
        self, law: Law, timeline: Timeline, day: date, expected: Tier, observed: Tier, steps: tuple[str, ...] = ()
    ) -> None:
        super().__init__(law, timeline, day, expected, observed, steps)
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
        self.steps = steps
        """The calls with which a `TierMachine` has driven the system to that day; empty without a machine."""

    def __str__(self) -> str:
        law, timeline, day, start = self.law, self.timeline, self.day, self.timeline.start
        lines = [
            f"{law.name}: {law.statement} ({law.rule}: {RULE[law.rule].citation})",
            f"on {day}: expected {self.expected}, observed {self.observed}",
        ]
        if in_effect := [decision for decision in timeline.decisions if decision.effective_on <= day]:
            reasons = [reason for reason in in_effect[-1].outcome_reasons if reason.rule in RULE and reason.rule != "D8"]
            lines += [in_effect[-1].headline, *(f"  {reason}" for reason in reasons)]
        else:
            lines.append(f"no quarter has taken effect since {start}")
        if self.steps:
            lines.append(fill(f"the system was driven by {', '.join(self.steps)}", 100, subsequent_indent="  "))
        scores = {str(quarter): score for quarter, score in timeline.history.items()}
        arguments = f"program={timeline.program.name}, starting_tier={str(timeline.starting_tier)!r}"
        lines += [  # to paste: the explanation has the numbers
            f"timeline = evaluate({scores}, {arguments}, start=date({start.year}, {start.month}, {start.day}))",
            f"print(timeline.explain(date({day.year}, {day.month}, {day.day})))  # paste both: it shows which quarters count",
        ]
        return "\n".join(lines)


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
                Of two rows of the same day, the latter counts.
                Rows may begin before the timeline; the check ignores their tiers of earlier days.
            timeline: the scores and the rules, as `evaluate` returns them; optional if `observed` is a timeline.

        Raises:
            LawViolation: the law does not hold.
            WrongTypeError: `timeline` is missing or not a timeline, or `observed` has another type.
        """
        known = require_timeline("timeline", observed if timeline is None else timeline)
        tier_on, first, stop = _observer(observed, known)
        every_day = (first + number * ONE_DAY for number in range((stop - first).days))
        self._judge(moments_of(every_day, tier_on, first, known))

    def _judge(self, moments: Iterable[_Moment]) -> None:
        """Raise `LawViolation` for the first moment at which the law does not hold."""
        for moment in moments:
            expected = self._expected(moment)
            if expected is not None and moment.held is not expected:
                raise LawViolation(self, moment.timeline, moment.day, expected, moment.held)


def moments_of(days: Iterable[date], tier_on: Callable[[date], Tier], first: date, known: Timeline) -> Iterator[_Moment]:
    """Yield the tiers of these days, in order; do not ask for a day before `first`."""
    decisions = {decision.effective_on: decision for decision in known.decisions}
    held = cache(lambda day: _require_tier(tier_on(day), day))
    for day in days:
        yield _Moment(known, day, held(day), held(day - ONE_DAY) if day > first else None, decisions.get(day))


def _require_tier(tier: object, day: date) -> Tier:
    if not is_of(tier, Tier):
        raise WrongTypeError(f"the tier observed on {day}", tier, "a Tier", "Tier.parse('Crest') reads one from its name")
    return tier


def _observer(observed: Observed, known: Timeline) -> tuple[Callable[[date], Tier], date, date]:
    """Return the observed tiers as a function, the first day to judge, and the first day after the last day to judge."""
    if is_of(observed, Timeline):
        return observed.tier_on, max(observed.start, known.start), min(observed.stop, known.stop)
    if callable(observed):
        return observed, known.start, known.stop
    rows = sorted(_rows(observed), key=itemgetter(0))

    def tier_on(day: date) -> Tier:
        return rows[bisect_right(rows, day, key=itemgetter(0)) - 1][1]

    return tier_on, max(rows[0][0], known.start), known.stop


def _rows(observed: Any) -> list[tuple[date, Tier]]:
    """Return the first day and the tier of each row, at least one."""
    if is_of(observed, str):
        raise _not_observable(observed)
    rows = []
    for row in bounded(iterator_of(observed, "observed", _OBSERVABLE, _A_ROW), "rows"):
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
    return WrongTypeError("observed", observed, _OBSERVABLE, _A_ROW)


def _starting_tier(moment: _Moment) -> Tier | None:
    return moment.timeline.starting_tier if moment.day == moment.timeline.start else None


def _nothing_falls(moment: _Moment) -> Tier | None:
    on_march_1 = (moment.day.month, moment.day.day) == (3, 1)
    return moment.eve if not on_march_1 and moment.eve and moment.held < moment.eve else None


def _effective_dates(moment: _Moment) -> Tier | None:
    return moment.eve if moment.decision is None else None


def _highest_wins(moment: _Moment) -> Tier | None:
    eve, decision = moment.eve, moment.decision
    if eve is None or decision is None or decision.quarter.number == 4:
        return None
    highest = max(eve, decision.earned or eve)
    return highest if max(highest, moment.held) > eve else None  # a fall alone breaks `nothing-falls`


def _best_of_the_year(moment: _Moment) -> Tier | None:
    decision = moment.decision
    return decision.after if decision and decision.quarter.number == 4 else None


def _highest_that_counts(moment: _Moment) -> Tier | None:
    return moment.timeline.tier_on(moment.day)


LAWS: Final = (
    Law("starting-tier", "D3", "the starting tier is held on the first day", _starting_tier),
    Law("nothing-falls", "R6", "nothing falls inside a program year", _nothing_falls),
    Law("effective-dates", "R4", "a tier changes only on an effective date", _effective_dates),
    Law("highest-wins", "R6", "inside a program year a tier rises to what was earned, on its effective date", _highest_wins),
    Law("march-1", "R7", "March 1 begins with what was earned in the fiscal year, as the carryover says", _best_of_the_year),
    Law("closed-form", "R7", "the tier is the highest that was earned in the quarters that count", _highest_that_counts),
)
"""Every law, the clearest first; together they allow only one tier on each day.

Each of the first five laws finds mistakes that the other four pass. `closed-form` looks at each day for itself and finds every
mistake, even in a record that begins late; it comes last, since it says least about the mistake.
"""
