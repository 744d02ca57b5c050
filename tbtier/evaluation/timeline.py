"""From scores to the tier on every day.

The tier on a day is the highest tier earned in the quarters that count towards that day,
and until the first March 1 the starting tier counts too. Everything here is a view of that sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, final

import attrs

from tbtier.errors import MissingScoreError, OutsideTimelineError, UnknownRuleError, WrongTypeError
from tbtier.evaluation.schedule import MISSING, Schedule, schedule_of
from tbtier.evaluation.scores import Score, ScoreHistory, Scores
from tbtier.fiscal import FiscalQuarter, ProgramYear, pretty, quarter_at, require_date
from tbtier.rules.cycles import cycle_at, latest_effective
from tbtier.rules.program import Program
from tbtier.rules.tiers import Tier

if TYPE_CHECKING:
    from tbtier.evaluation.decisions import Decision, Evaluation
    from tbtier.evaluation.explanations import Explanation
    from tbtier.evaluation.periods import TierPeriod

__all__ = ["Decision", "Explanation", "TierPeriod", "Timeline", "evaluate"]

_TIERS: Final = tuple(Tier)  # by rank
_ONE_DAY: Final = timedelta(days=1)


@final
@attrs.frozen
class Timeline:
    """The tier held on every day from `start` to before `stop`; made by `evaluate`."""

    program: Program = attrs.field(repr=lambda program: program.name)
    """The program whose rules apply."""
    history: ScoreHistory
    """What was scored."""
    starting_tier: Tier
    """The tier held on `start` (rule D3)."""
    start: date
    """The first day."""
    schedule: Schedule = attrs.field(init=False, eq=False, repr=False)
    """What the program says about these quarters, for the engine."""
    # The rank of the tier held at first, and once each quarter has acted; bytes, which cost the garbage collector nothing.
    _held: bytes = attrs.field(init=False, eq=False, repr=False)

    _repr_pretty_ = pretty

    def __attrs_post_init__(self) -> None:
        require_program(self.program)
        if type(self.history) is not ScoreHistory:
            raise WrongTypeError("history", self.history, "a ScoreHistory", "evaluate makes one")
        if not isinstance(self.starting_tier, Tier):
            raise WrongTypeError("starting_tier", self.starting_tier, "a Tier", "Tier('Crest') reads one from its name")
        if type(self.start) is not date:
            require_date(self.start, "start")
        quarters = self.history.quarters
        schedule = schedule_of(self.program, self.start, quarters[-1].ordinal + 1 if quarters else None)
        object.__setattr__(self, "schedule", schedule)
        object.__setattr__(self, "_held", self._evaluate())

    def __reduce__(self) -> tuple[Any, ...]:
        return Timeline, (self.program, self.history, self.starting_tier, self.start)

    def _evaluate(self) -> bytes:
        """Return the rank of the tier held at first, and once each quarter has acted.

        This is the closed form: inside a program year a running maximum,
        on March 1 the maximum of the quarters that count then.
        """
        rank, entry = self.starting_tier.rank, self.program.entry_tier.rank
        earned = self._earned()
        held = [rank]
        for place, first in self.schedule.acting:
            if first is not None:
                best = max(earned[first : place + 1])
                rank = best if best > entry else entry
            elif earned[place] > rank:
                rank = earned[place]
            held.append(rank)
        return bytes(held)

    def _earned(self) -> list[int]:
        """Return the rank of what each quarter of the course earned."""
        schedule, scores = self.schedule, self.history.scores
        if self.history.quarters != schedule.quarters:
            scores = self._filled()
        earned: list[int] = []
        for edition, places in schedule.judged:
            earned += edition.ranks(scores[places], schedule.base + places.start)
        return earned

    def _filled(self) -> tuple[Score, ...]:
        """Return the score of each quarter of the course, with `None` for those that may be missing (rule D5)."""
        schedule, history = self.schedule, self.history
        wanted = schedule.quarters
        excused = min((*history.quarters[:1], FiscalQuarter.containing(self.start)))
        if missing := tuple(quarter for quarter in wanted if quarter not in history and quarter >= excused):
            raise MissingScoreError(missing, MISSING)
        for quarter, score in history.items():
            if quarter.ordinal < schedule.base:  # too early to count, but not to be wrong
                self.program.edition(quarter).ranks((score,), quarter.ordinal)
        return tuple(map(history.get, wanted))

    @property
    def stop(self) -> date:
        """The first day that is not known: the day on which the first quarter not given acts, or the program's end (D6)."""
        return self.schedule.stop

    def tier_on(self, day: date) -> Tier:
        """Return the tier that is held on a day.

        >>> from tbtier.programs import ISV
        >>> timeline = evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=ISV)
        >>> print(timeline.tier_on(date(2023, 8, 31)), timeline.tier_on(date(2023, 9, 1)))
        Ridge Crest

        Raises:
            WrongTypeError: `day` is not a plain date.
            OutsideTimelineError: `day` is before `start`, or not before `stop`.
        """
        if type(day) is not date:
            require_date(day)
        schedule = self.schedule
        if not self.start <= day < schedule.stop:
            raise self.outside(day)
        return _TIERS[self._held[(12 * day.year + day.month - schedule.month) // 3]]

    @property
    def periods(self) -> tuple[TierPeriod, ...]:
        """The longest runs of days on which one tier is held, in order; they cover the timeline without gap or overlap."""
        from tbtier.evaluation.periods import TierPeriod

        begins: list[tuple[Tier, date, FiscalQuarter | None]] = [(self.starting_tier, self.start, None)]
        for ordinal, (before, after) in self._steps():
            if after is not before:
                begins.append((after, cycle_at(ordinal).effective_on, quarter_at(ordinal)))
        stops = [*(start for _, start, _ in begins[1:]), self.stop]
        return tuple(TierPeriod(tier, start, stop, quarter) for (tier, start, quarter), stop in zip(begins, stops))

    def period_on(self, day: date) -> TierPeriod:
        """Return the longest run of days with one tier that a day lies in.

        Raises:
            WrongTypeError: `day` is not a plain date.
            OutsideTimelineError: `day` is before `start`, or not before `stop`.
        """
        self.tier_on(day)
        return next(period for period in self.periods if day < period.stop)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What each effective date after `start` did, in order, also where nothing changed."""
        from tbtier.evaluation.decisions import Decision

        return tuple(
            Decision(
                tuple(self.evaluation_at(counting) for counting in self.schedule.counting(ordinal)),
                before,
                after,
            )
            for ordinal, (before, after) in self._steps()
        )

    @property
    def changes(self) -> tuple[Decision, ...]:
        """The decisions that changed the tier."""
        return tuple(decision for decision in self.decisions if decision.before is not decision.after)

    def explain(self, day: date) -> Explanation:
        """Return why a tier is held on a day.

        Raises:
            WrongTypeError: `day` is not a plain date.
            OutsideTimelineError: `day` is before `start`, or not before `stop`.
        """
        from tbtier.evaluation.explanations import explain

        tier = self.tier_on(day)
        latest = latest_effective(day)
        renews_on = (latest + 1) // 4 * 4 - 1  # the Q4 that acted on the last March 1
        known = range(max(self.schedule.base, renews_on - 3), min(renews_on + 5, self.schedule.after))
        evaluations = [self.evaluation_at(ordinal) for ordinal in known]
        return explain(day, tier, self.program, self.starting_tier, self.start, evaluations, self.schedule.counting(latest))

    def _steps(self) -> Iterable[tuple[int, tuple[Tier, Tier]]]:
        """Return the quarters that acted after `start`, by ordinal, with the tiers held before and after."""
        return enumerate(pairwise(_TIERS[rank] for rank in self._held), start=self.schedule.settled + 1)

    def evaluation_at(self, ordinal: int) -> Evaluation:
        """Return what the quarter with this ordinal earned, whether it was given or is excused (rule D5)."""
        from tbtier.evaluation.decisions import Evaluation

        quarter = quarter_at(ordinal)
        given = quarter in self.history
        return Evaluation(quarter, self.history[quarter] if given else None, self.program.edition(quarter), given)

    def outside(self, day: date) -> OutsideTimelineError:
        """Return the error that says why a day is not in the timeline, and what would reach it."""
        if day < self.start:
            year = ProgramYear.containing(max(day, ProgramYear(2).start)).year  # the first one that there is
            quarter = FiscalQuarter(year, 1)
            reason = f"give a start= by then, and the scores from {quarter} on"
        else:
            quarter = quarter_at(self.schedule.after)
            reason = f"the score of {quarter} is needed to go on, which acts on {cycle_at(quarter.ordinal).effective_on}"
        try:
            self.program.edition(quarter)
        except UnknownRuleError as unknown:
            return OutsideTimelineError(day, self.start, self.stop, str(unknown))
        return OutsideTimelineError(day, self.start, self.stop, reason, quarter)

    def __str__(self) -> str:
        from tbtier.evaluation.text import footnote, in_columns

        rows = [("from", "tier", "quarter", "score", "earned", "")]
        rows.append((str(self.start), str(self.starting_tier), "-", "-", "-", "starting tier"))
        for decision in self.decisions:
            score = decision.evaluation.score
            shown = "-" if score is None or isinstance(score, Tier) else str(score)
            threshold = decision.evaluation.threshold
            earned = f"{threshold.name}{decision.evaluation.star}" if threshold else "not scored"
            acts, tier, kind = str(decision.effective_on), str(decision.after), f"{decision.kind}{decision.star}"
            rows.append((acts, tier, str(decision.quarter), shown, earned, kind))
        lines = [f"{self.program.name} from {self.start} to {self.stop - _ONE_DAY}"]
        lines += [self.program.note] if self.program.note else []
        lines += in_columns(rows, right=3)
        lines += footnote(rows)
        return "\n".join(lines)


if not TYPE_CHECKING:  # a type checker that saw it would believe in any name

    def __getattr__(name: str) -> Any:
        """Import what tells of a timeline when it is asked for: a third of the import time, and most programs never ask."""
        rooms = {"Decision": "decisions", "Explanation": "explanations", "TierPeriod": "periods"}
        if name in rooms:
            return getattr(import_module(f"tbtier.evaluation.{rooms[name]}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def require_timeline(what: str, value: object) -> Timeline:
    """Return a value that is a `Timeline`."""
    if not isinstance(value, Timeline):
        raise WrongTypeError(what, value, "a Timeline", "evaluate makes one")
    return value


def require_program(program: object) -> None:
    """Raise `WrongTypeError` unless a value is a `Program`."""
    if type(program) is not Program:
        raise WrongTypeError("program", program, "a Program", "tbtier.programs has some")


@cache  # there are fewer than 10,000
def _year_start(year: int) -> date:
    return ProgramYear(year).start


def evaluate(
    scores: Scores,
    *,
    program: Program,
    starting_tier: Tier | None = None,
    start: date | None = None,
) -> Timeline:
    """Return the tier on every day, as far as the scores reach.

    Args:
        scores: the score of each quarter: a `ScoreHistory`, a mapping, or pairs; a quarter may be given as its text.
            `None` says that a quarter was not scored, and a `Tier` what it earned where the score is not known.
        program: the program whose rules apply.
        starting_tier: the tier held on `start`; by default the program's entry tier (rules R9 and D3).
        start: the first day of the timeline; by default March 1 of the first quarter's fiscal year,
            which must then be given from its Q1 on (rule D5).

    >>> from tbtier.programs import ISV
    >>> timeline = evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=ISV, starting_tier=Tier.RIDGE)
    >>> for period in timeline.periods:
    ...     print(period.start, period.tier)
    2023-03-01 Ridge
    2023-09-01 Crest

    Raises:
        WrongTypeError: an argument is of a kind that is refused, such as a datetime for `start` or a float for a score.
        ScoreError: a score is below 0, above its edition's maximum, or not a whole number.
        ParseError: the text of a quarter is in no accepted spelling.
        ConflictingScoresError: a quarter is given twice with different scores.
        MissingScoreError: a quarter that can count is neither given nor ended before `start`.
        UnknownRuleError: the rules of a quarter are not known.
        ProgramEndedError: a quarter's result would act on or after the program's end, or `start` is not before it.
    """
    require_program(program)
    history = ScoreHistory(scores)
    if start is None:
        if not history.quarters:
            raise MissingScoreError((), "give at least one, or start= (the first day of the timeline)")
        start = _year_start(history.quarters[0].year)
    return Timeline(program, history, program.entry_tier if starting_tier is None else starting_tier, start)
