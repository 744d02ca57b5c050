"""The state machine of the testing kit: the days on which it stops, the scores that it corrects, the systems that it finds."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from drawing import QUICKLY
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from made_up import APPS, MODEL
from mistakes import MISTAKES, implementation

import tbtier.testing as kit
from tbtier import FiscalQuarter, Tier
from tbtier.errors import WrongTypeError
from tbtier.rules import Cycle

ONE_DAY = timedelta(days=1)
MACHINE = settings(QUICKLY, max_examples=200, stateful_step_count=50)


class RightSystem(kit.TierMachine):
    """A system that keeps what it is given, and works out the tier by the right script."""

    program = MODEL
    held_on = staticmethod(implementation())

    def begin(self, day: date, starting_tier: Tier) -> None:
        """Keep the first day and the starting tier."""
        self.now = self.began = day
        self.first_tier = starting_tier
        self.known: dict[FiscalQuarter, int | None] = {}

    def record(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Keep the score."""
        assert quarter not in self.known
        assert quarter.last_day < self.now
        self.known[quarter] = score

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Replace the score."""
        assert quarter in self.known
        self.known[quarter] = score

    def pass_to(self, day: date) -> None:
        """Keep the day."""
        assert day > self.now
        self.now = day

    def tier(self) -> Tier:
        """Work out the tier."""
        renewal = {FiscalQuarter(self.began.year, 4): None} if self.began.month == 2 else {}
        return self.held_on(self.now, {**renewal, **self.known}, self.first_tier, self.began)

    @property
    def awaits_score(self) -> bool:
        """Whether the score of a quarter is missing that has closed since the partner joined."""
        last_closed = FiscalQuarter.containing(self.now) - 1
        return last_closed not in self.known and last_closed.stop > self.began


class ForgetsCorrections(RightSystem):
    """A system that ignores corrections."""

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Ignore the score."""


class CorrectsTheNewestOnly(RightSystem):
    """A system that ignores corrections of all scores but the newest."""

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Replace the score of the newest quarter."""
        if quarter == max(self.known):
            super().correct(quarter, score)


class CorrectsTheReviewOnly(RightSystem):
    """A system that ignores corrections once a quarter has taken effect."""

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Replace the score of a quarter in review."""
        if Cycle(quarter).effective_on > self.now:
            super().correct(quarter, score)


class RenewsOnFebruary1(RightSystem):
    """A system whose renewal is on February 1."""

    held_on = staticmethod(implementation(**MISTAKES["the renewal is on February 1"]))


class TakesEffectADayEarly(RightSystem):
    """A system that is wrong on the day before an effective date alone."""

    held_on = staticmethod(implementation(**MISTAKES["a score takes effect on the last day of the review"]))


class CannotWait(RightSystem):
    """A system that is wrong on the last day on which a score may be missing, and only then."""

    def tier(self) -> Tier:
        """Return the entry tier where the score is still missing on the last day of the review."""
        if self.awaits_score and (self.now + ONE_DAY).day == 1 and (self.now + ONE_DAY).month % 3 == 0:
            return Tier.BASE
        return super().tier()


class WorksOutTomorrow(RightSystem):
    """A system whose nightly job works out the tier of the next day, so that it is wrong once the score is known in time."""

    def pass_to(self, day: date) -> None:
        """Keep the following day until a score comes."""
        super().pass_to(day)
        self.ahead = ONE_DAY

    def record(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Keep the score, and work out the tier of the day."""
        super().record(quarter, score)
        self.ahead = timedelta(0)

    def tier(self) -> Tier:
        """Work out the tier of the day that the job last looked at."""
        now, self.now = self.now, self.now + getattr(self, "ahead", timedelta(0))
        tier = super().tier()
        self.now = now
        return tier


class ClosesADayEarly(RightSystem):
    """A system that is wrong on the last day of a quarter, and only then."""

    def tier(self) -> Tier:
        """Return the entry tier on the last day of a quarter."""
        return Tier.BASE if self.now == FiscalQuarter.containing(self.now).last_day else super().tier()


WRONG = [ForgetsCorrections, CorrectsTheNewestOnly, CorrectsTheReviewOnly, RenewsOnFebruary1]
WRONG += [TakesEffectADayEarly, WorksOutTomorrow, CannotWait, ClosesADayEarly]


@pytest.mark.parametrize("system", WRONG, ids=lambda system: system.__name__)
def test_the_machine_finds_a_wrong_system(system: type[kit.TierMachine]) -> None:
    """The error names the day and both tiers, and explains the right one."""
    with pytest.raises(AssertionError, match="the system holds") as caught:
        run_state_machine_as_test(system, settings=MACHINE)
    assert "\n\ncounts\n" in str(caught.value)


def test_the_machine_passes_a_right_system_and_stops_where_others_are_wrong() -> None:
    """A right system passes; steps end on the days before quarters close and take effect, with their score or without it."""
    seen = Counter[str]()

    class Watched(RightSystem):
        """A system that counts the days that it sees, and the corrections."""

        def tier(self) -> Tier:
            """Count the kind of the day."""
            now, following = self.now, self.now + ONE_DAY
            score = "awaiting its score" if self.awaits_score else "scored"
            seen[f"the day before an effective date, {score}"] += following.day == 1 and following.month % 3 == 0
            seen[f"the day before March 1, {score}"] += (following.day, following.month) == (1, 3)
            seen["the last day of a quarter"] += now == FiscalQuarter.containing(now).last_day
            seen["an effective date"] += now.day == 1 and now.month % 3 == 0
            return super().tier()

        def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
            """Count the corrections of older scores."""
            super().correct(quarter, score)
            seen["a correction of an older score"] += quarter < max(self.known)

        def pass_to(self, day: date) -> None:
            """Count the days before an effective date whose score has been recorded already."""
            super().pass_to(day)
            is_last = (day + ONE_DAY).day == 1 and (day + ONE_DAY).month % 3 == 0
            seen["a pass to the last day of a review whose score is recorded"] += is_last and not self.awaits_score

    run_state_machine_as_test(Watched, settings=MACHINE)
    assert 8 == len(seen)
    assert min(seen.values()) >= 30, seen
    assert seen["a correction of an older score"] >= 100, seen
    assert seen["an effective date"] >= 120, seen


class SellsAnApp(RightSystem):
    """A system under a program that ends."""

    program = APPS


class SpeaksInNames(RightSystem):
    """A system that returns names of tiers."""

    def tier(self) -> Any:
        """Return the name."""
        return str(super().tier())


def test_the_machine_stops_with_the_program() -> None:
    """Time does not pass the end of the program."""
    run_state_machine_as_test(SellsAnApp, settings=MACHINE)


def test_the_machine_asks_for_tiers() -> None:
    """The name of a tier is refused."""
    with pytest.raises(WrongTypeError, match=r"what the system holds on .* must be a Tier, got"):
        run_state_machine_as_test(SpeaksInNames, settings=MACHINE)


def test_the_machine_finds_a_short_way() -> None:
    """The printed sequence has few steps."""
    shortly = settings(MACHINE, max_examples=300, phases=[Phase.generate, Phase.shrink])
    with pytest.raises(AssertionError) as caught:
        run_state_machine_as_test(ForgetsCorrections, settings=shortly)
    steps = [line for note in caught.value.__notes__ for line in note.splitlines() if line.startswith("state.")]
    assert 12 >= len([step for step in steps if "holds_the_tier" not in step]), steps


def test_a_machine_needs_its_adapter() -> None:
    """Each of the five methods must be written."""
    machine = kit.TierMachine()
    for call in (
        lambda: machine.begin(date(2024, 3, 1), Tier.BASE),
        lambda: machine.record(FiscalQuarter(2024, 1), 0),
        lambda: machine.correct(FiscalQuarter(2024, 1), 0),
        lambda: machine.pass_to(date(2024, 3, 1)),
        machine.tier,
    ):
        with pytest.raises(NotImplementedError, match="write the method"):
            call()
