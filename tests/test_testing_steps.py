"""The steps of the state machine, one at a time: what a system is told, and what a violation says of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from drawing import QUICKLY
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from made_up import MODEL
from systems import RightSystem

import tbtier.testing as kit
from tbtier import FiscalQuarter, Tier, evaluate
from tbtier.errors import WrongTypeError

FY24 = [FiscalQuarter(2024, number) for number in (1, 2, 3, 4)]


class Told(kit.TierMachine):
    """A system that notes what it is told, and holds what the test says."""

    program = MODEL

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[Any, ...]] = []
        self.holds: Any = Tier.BASE

    def begin(self, day: date, starting_tier: Tier) -> None:
        """Note the start."""
        self.told.append(("begin", day, starting_tier))

    def record(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Note a score."""
        self.told.append(("record", quarter, score))

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Note a correction."""
        self.told.append(("correct", quarter, score))

    def pass_to(self, day: date) -> None:
        """Note a day."""
        self.told.append(("pass_to", day))

    def tier(self) -> Tier:
        """Return what the test says."""
        return self.holds  # type: ignore[no-any-return]


class Answers:
    """Data that a test chose, in place of data that Hypothesis draws."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.labels: list[str] = []
        self.strategies: dict[str, st.SearchStrategy[Any]] = {}

    def draw(self, strategy: st.SearchStrategy[Any], label: str) -> Any:
        """Return the next answer, and note what is asked."""
        self.labels.append(label)
        self.strategies[label] = strategy
        return self.answers.pop(0)


def joined(day: date = date(2023, 5, 9), starting_tier: Tier = Tier.BASE) -> Told:
    """Return a machine whose partner has joined."""
    machine = Told()
    machine.partner_joins(day, Answers(starting_tier))
    return machine


def test_each_step_reaches_the_system_and_the_violation() -> None:
    """A step tells the system what the violation prints, and the data that are drawn are named."""
    machine = Told()
    drawn = Answers(Tier.BASE, 310, None, FY24[1], 540, 260)
    machine.partner_joins(date(2023, 5, 9), drawn)
    machine.quarter_is_scored_early(drawn)
    machine.time_passes_to_the_eve("the review ends")
    machine.time_passes_to_the_turn("the quarter takes effect")
    machine.quarter_takes_effect(drawn)
    machine.score_is_corrected(drawn)
    machine.days_pass(3)
    machine.time_passes_to_the_turn("the review begins")
    machine.quarter_is_scored(drawn)
    assert machine.told == [
        ("begin", date(2023, 5, 9), Tier.BASE),
        ("pass_to", date(2023, 8, 1)),
        ("record", FY24[1], 310),
        ("pass_to", date(2023, 8, 31)),
        ("pass_to", date(2023, 9, 1)),
        ("pass_to", date(2023, 11, 1)),
        ("record", FY24[2], None),
        ("pass_to", date(2023, 12, 1)),
        ("correct", FY24[1], 540),
        ("pass_to", date(2023, 12, 4)),
        ("pass_to", date(2024, 2, 1)),
        ("record", FY24[3], 260),
    ]
    assert ["starting_tier", "score of FY24 Q2", "score of FY24 Q3", "quarter", "score", "score of FY24 Q4"] == drawn.labels

    newest = find(drawn.strategies["quarter"], lambda _: True, settings=settings(database=None))
    assert FY24[2] == newest, "a correction shrinks to the newest score"

    machine.holds = Tier.CREST
    machine.holds_the_tier_of_the_rules()
    machine.holds = Tier.RIDGE
    with pytest.raises(kit.LawViolation) as caught:
        machine.holds_the_tier_of_the_rules()
    violation = caught.value
    scores = {"FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 260}
    assert evaluate(scores, program=MODEL, starting_tier="Base", start=date(2023, 5, 9)) == violation.timeline
    assert (date(2024, 2, 1), Tier.CREST, Tier.RIDGE) == (violation.day, violation.expected, violation.observed)
    assert "closed-form" == violation.law.name
    assert violation.steps == (
        "begin(2023-05-09, Base)",
        "pass_to(2023-08-01)",
        "record(FY24 Q2, 310)",
        "pass_to(2023-08-31)",
        "pass_to(2023-09-01)",
        "pass_to(2023-11-01)",
        "record(FY24 Q3, None)",
        "pass_to(2023-12-01)",
        "correct(FY24 Q2, 540)",
        "pass_to(2023-12-04)",
        "pass_to(2024-02-01)",
        "record(FY24 Q4, 260)",
    )


@pytest.mark.parametrize(
    ("day", "turn", "expected"),
    [
        ((5, 1), "the review ends", (5, 31)),
        ((5, 1), "the quarter takes effect", (6, 1)),
        ((5, 1), "the quarter closes", (7, 31)),
        ((5, 1), "the review begins", (8, 1)),
        ((5, 31), "the review ends", (8, 31)),
        ((5, 31), "the quarter takes effect", (6, 1)),
        ((6, 1), "the quarter closes", (7, 31)),
        ((6, 1), "the review ends", (8, 31)),
        ((6, 1), "the quarter takes effect", (8, 31)),
        ((7, 31), "the quarter closes", (8, 31)),
        ((7, 31), "the review begins", (8, 1)),
        ((4, 30), "the review begins", (5, 1)),
        ((4, 30), "the quarter closes", (5, 31)),
    ],
)
def test_time_passes_to_the_next_turn(day: tuple[int, int], turn: str, expected: tuple[int, int]) -> None:
    """A turn is later than today; time stops on the day before the quarter without a score would take effect."""
    machine = joined(date(2023, *day))
    step = machine.time_passes_to_the_turn if "begins" in turn or "takes" in turn else machine.time_passes_to_the_eve
    step(turn)
    assert ("pass_to", date(2023, *expected)) == machine.told[-1]
    machine.days_pass(7)
    assert min(date(2023, *expected) + timedelta(days=7), machine.timeline.stop - timedelta(days=1)) == machine.told[-1][1]


def test_what_the_system_holds_is_a_tier() -> None:
    """The error names the day, and what to return."""
    machine = joined()
    machine.holds = "Base"
    with pytest.raises(WrongTypeError) as caught:
        machine.holds_the_tier_of_the_rules()
    assert "what the system holds on 2023-05-09 must be a Tier, got 'Base': tier() must return one" == str(caught.value)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("begin", (date(2024, 3, 1), Tier.BASE)),
        ("record", (FY24[0], 0)),
        ("correct", (FY24[0], 0)),
        ("pass_to", (date(2024, 3, 1),)),
        ("tier", ()),
    ],
)
def test_a_machine_needs_its_adapter(name: str, arguments: tuple[Any, ...]) -> None:
    """Each of the five methods must be written."""
    with pytest.raises(NotImplementedError) as caught:
        getattr(kit.TierMachine(), name)(*arguments)
    assert f"write the method {name} of your machine, which reaches your system" == str(caught.value)


def test_a_machine_may_have_another_base() -> None:
    """The options of a class reach the other bases."""

    class Named:
        """A class whose subclasses have a name."""

        def __init_subclass__(cls, *, called: str = "nothing", **options: Any) -> None:
            super().__init_subclass__(**options)
            cls.called = called

    class Machine(Told, Named, called="mine"):
        """A machine with a name."""

    assert "mine" == Machine.called
    assert Told.TestCase is not Machine.TestCase


def test_an_error_of_the_system_names_what_was_drawn() -> None:
    """Hypothesis adds its notes to an error that is no violation, and they name the score."""

    class Fails(RightSystem):
        """A system without a method."""

        def record(self, quarter: FiscalQuarter, score: int | None) -> None:
            """Fail."""
            raise LookupError(quarter, score)

    Fails.TestCase.settings = settings(QUICKLY, phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck))
    with pytest.raises(LookupError) as caught:
        Fails.TestCase("runTest").runTest()
    notes = "\n".join(caught.value.__notes__)
    assert "Draw 1 (starting_tier): " in notes
    assert "(score of FY2" in notes


def test_a_violation_has_the_steps_once() -> None:
    """Hypothesis adds no note to a violation, whose text has the steps; its test is one of Hypothesis."""

    class Summit(RightSystem):
        """A system in which everybody is in the highest tier."""

        def tier(self) -> Tier:
            """Return the highest tier."""
            return Tier.SUMMIT

    assert Summit.TestCase.runTest.is_hypothesis_test
    Summit.TestCase.settings = settings(Summit.TestCase.settings, max_examples=20)
    with pytest.raises(kit.LawViolation) as caught:
        Summit.TestCase("runTest").runTest()
    assert not hasattr(caught.value, "__notes__")
    assert caught.value.steps == (f"begin({caught.value.day}, {caught.value.expected})",)
