"""The facts behind the tier of one day: a floor, and the results of the quarters that count.

The tier on a day is the highest tier earned in the quarters that count towards that day,
and until the first March 1 the starting tier counts too. A `Basis` is this sentence as a value.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from tbtier.evaluation.scores import Score
from tbtier.fiscal import FiscalQuarter
from tbtier.rules.citations import Citation
from tbtier.rules.cycles import Cycle, cycle_of, latest_effective
from tbtier.rules.editions import Edition, Threshold
from tbtier.rules.named import Named
from tbtier.rules.tiers import Tier

if TYPE_CHECKING:
    from tbtier.evaluation.timeline import Timeline

__all__ = ["Basis", "Result", "ResultState"]


class ResultState(Named):
    """What is known about the score of a quarter."""

    SCORED = "scored"
    """The quarter has a score, or the tier that it earned."""
    NOT_SCORED = "not scored"
    """The quarter has no score and earns nothing (rules D1 and D5)."""
    AWAITING_SCORE = "awaiting its score"
    """The quarter has closed, and the timeline does not have its score."""
    OPEN = "open"
    """The quarter has not closed."""


@attrs.frozen
class Result:
    """The result of one quarter: its score, and what the score earns under the edition in force (rule D7)."""

    quarter: FiscalQuarter
    """The quarter."""
    edition: Edition
    """The edition in force in the quarter."""
    state: ResultState
    """What is known about the score."""
    score: Score = None
    """The score; the earned tier if the score is not known; `None` if there is neither."""
    given: bool = True
    """Whether the quarter can have a score: `False` if it ended before the timeline starts and has none (rule D5)."""

    earned: Tier | None = attrs.field(init=False, eq=False)
    """The tier that this quarter alone is worth; `None` without a score."""
    threshold: Threshold | None = attrs.field(init=False, eq=False)
    """The threshold that was reached; `None` without a score."""
    next_threshold: Threshold | None = attrs.field(init=False, eq=False)
    """The lowest threshold that the score does not reach; `None` if there is none, or the score is not known."""

    def __attrs_post_init__(self) -> None:
        edition, score = self.edition, self.score
        reached = None if score is None else edition.threshold(score, self.quarter)
        above = None if reached is None or isinstance(score, Tier) else edition._above(reached)
        object.__setattr__(self, "earned", None if reached is None else reached.tier)
        object.__setattr__(self, "threshold", reached)
        object.__setattr__(self, "next_threshold", above)

    @property
    def cycle(self) -> Cycle:
        """The quarter's evaluation as dates."""
        return cycle_of(self.quarter)

    def __repr__(self) -> str:
        score = f", {self.score}" if self.state is ResultState.SCORED else ""
        return f"<Result: {self.quarter}, {self.state}{score}>"

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of the numbers that decide what the score earns: the bound that it reaches, and the next bound."""
        if not isinstance(self.score, int):
            return ()
        bounds = [bound for bound in (self.threshold, self.next_threshold) if bound]
        return tuple(citation for bound in bounds for citation in self.edition._reaching(bound, self.score))


@attrs.frozen
class Basis:
    """The facts behind the tier of one day (rules R6 and R7)."""

    day: date
    """The day."""
    floor: Tier
    """The tier held if no quarter earns more: the starting tier until the first March 1, then the entry tier."""
    is_starting: bool
    """Whether the floor is the starting tier (rule D3)."""
    results: tuple[Result, ...]
    """The quarters that count towards the day, in order."""

    tier: Tier = attrs.field(init=False, eq=False)
    """The tier held on the day if no open quarter is scored; no score can lower it."""
    decisive: Result | None = attrs.field(init=False, eq=False)
    """The first result that is worth the tier; `None` if the floor decides.

    A starting tier is held without being earned, so it decides where no quarter earns more.
    """

    def __attrs_post_init__(self) -> None:
        tier, decisive = self.floor, None
        for result in self.results:
            earned = result.earned
            if earned and (earned > tier or (earned is tier and not decisive and not self.is_starting)):
                tier, decisive = earned, result
        object.__setattr__(self, "tier", tier)
        object.__setattr__(self, "decisive", decisive)

    def __repr__(self) -> str:
        return f"<Basis: {self.tier} on {self.day}>"


class Results:
    """The results of a timeline, and the bases of its days and of later days, as of one day.

    Results and bases are kept, since decisions, outlooks and plans ask for the same ones many times.
    """

    def __init__(self, timeline: Timeline, as_of: date) -> None:
        self.timeline: Timeline = timeline
        self.as_of: date = as_of
        self._kept: dict[int, Result] = {}  # by the ordinal of the quarter
        self._bases: dict[date, Basis] = {}

    def of(self, quarter: FiscalQuarter) -> Result:
        """Return the result of a quarter.

        Raises:
            UnknownRuleError: the rules of the quarter are not known.
            ProgramEndedError: the program does not evaluate the quarter.
        """
        ordinal = quarter._ordinal
        if ordinal not in self._kept:
            self._kept[ordinal] = self._result(quarter)
        return self._kept[ordinal]

    def _result(self, quarter: FiscalQuarter) -> Result:
        timeline = self.timeline
        edition, _ = timeline.program._edition_at(quarter._ordinal)
        if quarter._ordinal >= timeline._schedule.after:
            closed = quarter.stop <= self.as_of
            return Result(quarter, edition, ResultState.AWAITING_SCORE if closed else ResultState.OPEN)
        index = timeline.history._index_of(quarter._ordinal)
        if index is None:
            return Result(quarter, edition, ResultState.NOT_SCORED, given=False)
        score = timeline.history.scores[index]
        return Result(quarter, edition, ResultState.NOT_SCORED if score is None else ResultState.SCORED, score)

    def basis_on(self, day: date) -> Basis:
        """Return the basis of a day; its errors are those of `of` for each quarter that counts."""
        if day not in self._bases:
            timeline, schedule, latest = self.timeline, self.timeline._schedule, latest_effective(day)
            is_starting = schedule.is_starting(latest)
            floor = timeline.starting_tier if is_starting else timeline.program.entry_tier
            self._bases[day] = Basis(day, floor, is_starting, tuple(map(self.of, schedule.counting(latest))))
        return self._bases[day]
