"""A state machine that drives a live system through quarters, reviews and year ends, and compares it with the rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tbtier.errors import WrongTypeError
from tbtier.evaluation.timeline import Timeline, evaluate
from tbtier.fiscal import FiscalQuarter
from tbtier.programs import TRAILBLAZER
from tbtier.rules.cycles import cycle_at
from tbtier.rules.program import Program
from tbtier.rules.tiers import Tier
from tbtier.testing.strategies import days, scores, tiers

__all__ = ["TierMachine"]

_ONE_DAY = timedelta(days=1)
_WRITE = "write the method {} of your machine, which reaches your system"


class TierMachine(RuleBasedStateMachine):
    """Drives a system that holds a partner's tier; subclass it, and write the five methods that reach your system.

    Hypothesis tries sequences of steps, and prints a short one after which your system holds another tier than the rules do.
    As in any state machine of Hypothesis, `MyMachine.TestCase` is what pytest runs.

    The partner joins in PY24. A quarter's score is recorded once the quarter has closed, and before its result acts:
    time does not pass that day without it, nor the end of the program. A score can be corrected at any time later.
    """

    program: ClassVar[Program] = TRAILBLAZER
    """The program whose rules apply; they must be known in FY24 Q1, and time stops where they are no more."""

    def begin(self, day: date, starting_tier: Tier) -> None:
        """Make the system begin on a day with a tier; no quarter that ended before that day was scored."""
        raise NotImplementedError(_WRITE.format("begin"))

    def record(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Give the system the score of a quarter that has closed; `None` if it was not scored."""
        raise NotImplementedError(_WRITE.format("record"))

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Give the system another score for a quarter that was recorded; the tier is as if it had been that from the start."""
        raise NotImplementedError(_WRITE.format("correct"))

    def pass_to(self, day: date) -> None:
        """Let the system know that it is a later day now."""
        raise NotImplementedError(_WRITE.format("pass_to"))

    def tier(self) -> Tier:
        """Return the tier that the system holds on the day that it is now."""
        raise NotImplementedError(_WRITE.format("tier"))

    @initialize(day=days(date(2023, 3, 1), date(2024, 2, 29)), data=st.data())
    def partner_joins(self, day: date, data: st.DataObject) -> None:
        """The first step."""
        self._start = self._day = day
        self._starting_tier = data.draw(tiers(self.program), label="starting_tier")
        self._scores: dict[FiscalQuarter, int | None] = {}
        self._next = FiscalQuarter.containing(day)
        self.begin(day, self._starting_tier)

    @precondition(lambda self: self._next.stop <= self._day and self.program.knows(self._next))
    @rule(data=st.data())
    def quarter_is_scored(self, data: st.DataObject) -> None:
        """The score of the quarter in review is recorded."""
        score = data.draw(scores(self.program, self._next) | st.none(), label=f"score of {self._next}")
        self._scores[self._next] = score
        self.record(self._next, score)
        self._next += 1

    @precondition(lambda self: self._scores)
    @rule(data=st.data())
    def score_is_corrected(self, data: st.DataObject) -> None:
        """A score that was recorded is replaced."""
        quarter = data.draw(st.sampled_from(sorted(self._scores, reverse=True)), label="quarter")
        self._scores[quarter] = data.draw(scores(self.program, quarter) | st.none(), label="score")
        self.correct(quarter, self._scores[quarter])

    @rule(turn=st.sampled_from(["quarter closes", "review begins", "eve of the effective date", "effective date"]))
    def time_passes_to(self, turn: str) -> None:
        """It is the next day of a kind."""
        quarter = FiscalQuarter.containing(self._day) - 1
        turns = []
        for place in range(3):
            cycle = cycle_at(quarter._ordinal + place)
            turns += {
                "quarter closes": [cycle.closes_on],
                "review begins": [cycle.review_start],
                "eve of the effective date": [cycle.review_last_day],
                "effective date": [cycle.effective_on],
            }[turn]
        self._pass_to(min(day for day in turns if day > self._day))

    @rule(number=st.integers(1, 7))
    def days_pass(self, number: int) -> None:
        """It is some days later."""
        self._pass_to(self._day + timedelta(days=number))

    def _pass_to(self, day: date) -> None:
        """Pass to a day, or to the last one that is known: then a score that is not recorded would act, or the program ends."""
        last = self.timeline.stop - _ONE_DAY
        if self._day < last:
            self._day = min(day, last)
            self.pass_to(self._day)

    @property
    def timeline(self) -> Timeline:
        """What the rules make of the scores recorded so far."""
        return evaluate(self._scores, program=self.program, starting_tier=self._starting_tier, start=self._start)

    @invariant()
    def holds_the_tier_of_the_rules(self) -> None:
        """The system and the rules agree."""
        expected, observed = self.timeline.tier_on(self._day), self.tier()
        if not isinstance(observed, Tier):
            raise WrongTypeError(f"what the system holds on {self._day}", observed, "a Tier", "tier() must return one")
        if observed is not expected:
            told = self.timeline.explain(self._day)
            raise AssertionError(f"on {self._day} the system holds {observed}, and the rules say {expected}\n\n{told}")
