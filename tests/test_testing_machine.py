"""The state machine of the testing kit: the days on which it stops, the scores that it corrects, the systems that it finds."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from drawing import QUICKLY
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from made_up import APPS
from mistakes import MISTAKES
from right_script import CLUB, implementation
from systems import ONE_DAY, WRONG, ForgetsCorrections, RightSystem

import tbtier.testing as kit
from tbtier import FiscalQuarter, Tier
from tbtier.errors import WrongTypeError
from tbtier.rules import Program

EXPLORES = not settings.default.derandomize
MISTAKEN = [name for family in MISTAKES.values() for name in family if name in WRONG]
MACHINE = settings(QUICKLY, max_examples=200 if EXPLORES else 50, stateful_step_count=50)


@pytest.mark.parametrize(
    "mistake", [pytest.param(name, marks=[pytest.mark.exhaustive] * (name in MISTAKEN[1::2])) for name in WRONG]
)
def test_the_machine_finds_a_wrong_system(mistake: str) -> None:
    """The sequences and steps that it tries by default are enough.

    The seed is among those that `systems.py` measures, so that no run depends on chance.
    """
    system = seed(0)(type("Seeded", (WRONG[mistake],), {}))
    case = system.TestCase("runTest")
    assert (400, 25) == (case.settings.max_examples, case.settings.stateful_step_count)
    case.settings = settings(case.settings, phases=[Phase.generate])
    with pytest.raises(kit.LawViolation) as caught:
        case.runTest()
    assert caught.value.steps[0].startswith("begin("), "the violation has the calls that lead to it"


def test_the_machine_passes_a_right_system_and_stops_where_others_are_wrong() -> None:
    """A right system passes; steps end on the days before quarters close and take effect, with their score or without it."""
    seen = Counter[str]()
    began: set[tuple[date, Tier]] = set()

    class Watched(RightSystem):
        """A system that counts the days that it sees, and the corrections."""

        def begin(self, day: date, starting_tier: Tier) -> None:
            """Note the first day and the starting tier."""
            super().begin(day, starting_tier)
            began.add((day, starting_tier))

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

    run_state_machine_as_test(Watched, settings=settings(MACHINE, max_examples=200 if EXPLORES else 100))
    days, starting_tiers = map(set, zip(*began))
    assert (min(days), max(days) > date(2024, 2, 1)) == (date(2023, 3, 1), True)
    assert starting_tiers == {Tier.BASE, Tier.RIDGE, Tier.CREST, Tier.SUMMIT}
    assert 8 == len(seen)
    assert min(seen.values()) >= 20, seen
    assert seen["a correction of an older score"] >= 60, seen
    assert seen["an effective date"] >= 60, seen


def test_a_budget_can_be_set() -> None:
    """The settings of a machine are those of Hypothesis, by decorator too, and a subclass begins with the default again."""

    @settings(max_examples=3, stateful_step_count=4)
    class Small(RightSystem):
        """A system that is tried for twelve steps."""

    class Larger(Small):
        """A system that is tried as often as any."""

    assert (3, 4) == (Small.TestCase.settings.max_examples, Small.TestCase.settings.stateful_step_count)
    assert (400, 25) == (Larger.TestCase.settings.max_examples, Larger.TestCase.settings.stateful_step_count)
    assert (None, None) == (Larger.TestCase.settings.deadline, Larger.TestCase.settings.database)
    assert set(HealthCheck) == set(Larger.TestCase.settings.suppress_health_check)


def test_pytest_knows_a_test_of_hypothesis() -> None:
    """Options of Hypothesis, such as `--hypothesis-seed` and `-m hypothesis`, reach a machine."""
    assert RightSystem.TestCase.runTest.is_hypothesis_test


class SpeaksInNames(RightSystem):
    """A system that returns names of tiers."""

    def tier(self) -> Any:
        """Return the name."""
        return str(super().tier())


@pytest.mark.parametrize("rules", [APPS, CLUB], ids=lambda program: program.name)
def test_the_machine_passes_right_systems_of_other_programs(rules: Program) -> None:
    """A right system passes where editions change; time stops with the program, and the last day is seen."""
    seen = set()

    class Watched(RightSystem):
        """A system that notes the days that it sees."""

        program = rules
        held_on = staticmethod(implementation(rules))

        def pass_to(self, day: date) -> None:
            """Note the day."""
            super().pass_to(day)
            seen.add(day)

    run_state_machine_as_test(Watched, settings=settings(MACHINE, max_examples=100 if EXPLORES else 20))
    assert rules is not APPS or date(2024, 7, 31) == max(seen)
    assert rules is not CLUB or date(2025, 3, 1) <= max(seen) < date(2026, 5, 17)


def test_the_machine_asks_for_tiers() -> None:
    """The name of a tier is refused."""
    with pytest.raises(WrongTypeError, match=r"what the system holds on .* must be a Tier, got"):
        run_state_machine_as_test(SpeaksInNames, settings=MACHINE)


def test_the_machine_finds_a_short_way() -> None:
    """The printed sequence has few steps."""
    with pytest.raises(kit.LawViolation) as caught:
        ForgetsCorrections.TestCase("runTest").runTest()
    begin, *_ = steps = caught.value.steps
    assert 8 >= len(steps), steps
    assert begin == f"begin({caught.value.timeline.start}, {caught.value.timeline.starting_tier})"
    assert f"the system was driven by {begin}, " in str(caught.value)
    assert any(step.startswith("correct(") for step in steps)
    assert not hasattr(caught.value, "__notes__"), "the steps are there once"


def test_a_machine_keeps_its_test_among_many() -> None:
    """The test of a machine, and the settings that somebody gave it, are the same after two hundred other machines."""
    test = ForgetsCorrections.TestCase
    others = [type("Another", (RightSystem,), {}) for _ in range(200)]
    assert test is ForgetsCorrections.TestCase
    assert 201 == len({test, *(other.TestCase for other in others)})
