"""A state machine that drives a live system through quarters, reviews and renewals, and compares it with the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tbtier.errors import WrongTypeError
from tbtier.errors.values import is_of
from tbtier.evaluation.timeline import Timeline, evaluate
from tbtier.fiscal import ONE_DAY, FiscalQuarter, ProgramYear
from tbtier.programs import TRAILBLAZER
from tbtier.rules.cycles import Cycle
from tbtier.rules.program import Program
from tbtier.rules.tiers import Tier
from tbtier.testing.check import default_settings
from tbtier.testing.laws import LAWS, LawViolation
from tbtier.testing.strategies import scores, tiers
from tbtier.testing.time import days

__all__ = ["TierMachine"]

__tracebackhide__ = True  # pytest prints no line of this module, so that a failure ends in the test of the user

_JOINS_IN: Final = ProgramYear(2024)
# Many short sequences find as many mistakes as few long ones, and Hypothesis makes them shorter in less time.
_SEQUENCES: Final = 400
_STEPS: Final = 25
_WRITE: Final = "write the method {} of your machine, which reaches your system"
_EVES: Final = {
    "the quarter closes": lambda cycle: cycle.closes_on,
    "the review ends": lambda cycle: cycle.review_last_day,
}
_TURNS: Final = {
    "the review begins": lambda cycle: cycle.review_start,
    "the quarter takes effect": lambda cycle: cycle.effective_on,
}


class TierMachine(RuleBasedStateMachine):
    """A state machine that drives a system of tiers; subclass it, and write the five methods that reach your system.

    Hypothesis tries sequences of steps, and the test raises the `LawViolation` with the shortest sequence found after which
    your system and the rules disagree. As with any state machine of Hypothesis, pytest runs `MyMachine.TestCase`;
    its `settings` are 400 sequences of 25 steps, without a deadline and without an example database.

    The partner joins in PY24. The machine records the score of a quarter after the quarter has closed, and before it
    takes effect: while the score is missing, time stops on the day before the effective date. Time also stops on the
    last day of the program. The machine can correct any recorded score at any time.
    """

    program: ClassVar[Program] = TRAILBLAZER
    """The program; its rules must be known in FY24 Q1, and time stops where the known rules end."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        case = RuleBasedStateMachine.__dict__["TestCase"].__get__(None, cls)
        run = case.runTest

        def run_briefly(self: Any) -> None:
            try:
                run(self)
            except LawViolation as found:  # the text has the steps, and Hypothesis adds them again
                raise LawViolation(*found.args) from None

        run_briefly.__dict__.update(run.__dict__)  # by which pytest knows a test of Hypothesis
        case.runTest = run_briefly
        case.settings = settings(
            default_settings(), max_examples=_SEQUENCES, stateful_step_count=_STEPS, suppress_health_check=list(HealthCheck)
        )
        cls.TestCase = case  # kept here, since Hypothesis keeps the cases of the last 128 machines alone

    def begin(self, day: date, starting_tier: Tier) -> None:
        """Start your system on a day with a tier; no quarter that ended before that day was scored."""
        raise NotImplementedError(_WRITE.format("begin"))

    def record(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Give your system the score of a quarter that has closed; `None` if the quarter was not scored."""
        raise NotImplementedError(_WRITE.format("record"))

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Replace the score of a recorded quarter in your system; the tier is then as if the new score had been the first."""
        raise NotImplementedError(_WRITE.format("correct"))

    def pass_to(self, day: date) -> None:
        """Move your system to a later day."""
        raise NotImplementedError(_WRITE.format("pass_to"))

    def tier(self) -> Tier:
        """Return the tier that your system holds on the latest day it was given."""
        raise NotImplementedError(_WRITE.format("tier"))

    @initialize(day=days(_JOINS_IN.start, _JOINS_IN.last_day), data=st.data())
    def partner_joins(self, day: date, data: st.DataObject) -> None:
        """Start the system: the first step."""
        self._start = self._day = day
        self._starting_tier = data.draw(tiers(self.program), label="starting_tier")
        self._scores: dict[FiscalQuarter, int | None] = {}
        self._evaluate()
        self._next = FiscalQuarter.containing(day)
        self._steps = [f"begin({day}, {self._starting_tier})"]
        self.begin(day, self._starting_tier)

    @precondition(lambda self: self._next.stop <= self._day and self.program.knows(self._next))
    @rule(data=st.data())
    def quarter_is_scored(self, data: st.DataObject) -> None:
        """Record the score of the first closed quarter without a score."""
        self._record(data)

    @precondition(lambda self: self._day < self._next.stop <= self._last_day and self.program.knows(self._next))
    @rule(data=st.data())
    def quarter_is_scored_early(self, data: st.DataObject) -> None:
        """Pass to the first day of the next review, and record the score on that day."""
        self._pass_to(self._next.stop)
        self._record(data)

    @precondition(lambda self: self._day < self._next.stop <= self._last_day and self.program.knows(self._next))
    @rule(data=st.data())
    def quarter_takes_effect(self, data: st.DataObject) -> None:
        """Record the next score on the first day of the next review, and pass to the day on which it takes effect."""
        self._pass_to(self._next.stop)
        self._record(data)
        self._pass_to_next(_TURNS["the quarter takes effect"])

    def _record(self, data: st.DataObject) -> None:
        score = data.draw(scores(self.program, self._next) | st.none(), label=f"score of {self._next}")
        self._scores[self._next] = score
        self._evaluate()
        self._steps.append(f"record({self._next}, {score})")
        self.record(self._next, score)
        self._next += 1

    @precondition(lambda self: self._scores)
    @rule(data=st.data())
    def score_is_corrected(self, data: st.DataObject) -> None:
        """Replace the score of any recorded quarter."""
        quarter = data.draw(st.sampled_from(sorted(self._scores, reverse=True)), label="quarter")
        self._scores[quarter] = data.draw(scores(self.program, quarter) | st.none(), label="score")
        self._evaluate()
        self._steps.append(f"correct({quarter}, {self._scores[quarter]})")
        self.correct(quarter, self._scores[quarter])

    @precondition(lambda self: self._day < self._last_day)
    @rule(eve=st.sampled_from(sorted(_EVES)))
    def time_passes_to_the_eve(self, eve: str) -> None:
        """Pass to the next day before a review begins or a quarter takes effect."""
        self._pass_to_next(_EVES[eve])

    @precondition(lambda self: self._day < self._last_day)
    @rule(turn=st.sampled_from(sorted(_TURNS)))
    def time_passes_to_the_turn(self, turn: str) -> None:
        """Pass to the next day on which a review begins or a quarter takes effect."""
        self._pass_to_next(_TURNS[turn])

    @precondition(lambda self: self._day < self._last_day or not self.program.knows(self._next))  # so one step is possible
    @rule(number=st.integers(1, 7))
    def days_pass(self, number: int) -> None:
        """Pass to a day within a week."""
        self._pass_to(self._day + number * ONE_DAY)

    def _pass_to_next(self, turn: Callable[[Cycle], date]) -> None:
        previous = FiscalQuarter.containing(self._day) - 1
        turns = (turn(Cycle(previous + places)) for places in range(3))
        self._pass_to(min(day for day in turns if day > self._day))

    def _pass_to(self, day: date) -> None:
        if self._day < self._last_day:
            self._day = min(day, self._last_day)
            self._steps.append(f"pass_to({self._day})")
            self.pass_to(self._day)

    @property
    def _last_day(self) -> date:
        """The last day before a missing score would take effect or the program ends."""
        return self.timeline.stop - ONE_DAY

    @property
    def timeline(self) -> Timeline:
        """The tiers that follow from the recorded scores by the rules."""
        return self._timeline

    def _evaluate(self) -> None:
        self._timeline = evaluate(self._scores, program=self.program, starting_tier=self._starting_tier, start=self._start)

    @invariant()
    def holds_the_tier_of_the_rules(self) -> None:
        """Compare the system with the rules."""
        expected, observed = self.timeline.tier_on(self._day), self.tier()
        if not is_of(observed, Tier):
            raise WrongTypeError(f"what the system holds on {self._day}", observed, "a Tier", "tier() must return one")
        if observed is not expected:
            raise LawViolation(LAWS[-1], self.timeline, self._day, expected, observed, tuple(self._steps))
