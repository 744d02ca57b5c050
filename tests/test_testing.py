"""The kit for tests: what the strategies reach, that the laws find mistakes, and that the machine does."""

from __future__ import annotations

import datetime
import pickle
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.stateful import run_state_machine_as_test
from mistakes import MISTAKES, implementation

import tbtier
import tbtier.testing as kit
from tbtier import FiscalQuarter, FiscalYear, ProgramYear, ScoreHistory, Tier, Timeline, evaluate
from tbtier.errors import WrongTypeError
from tbtier.evaluation.decisions import DecisionKind
from tbtier.programs import CONSULTING, ISV, TRAILBLAZER
from tbtier.rules import Carryover, Certainty, Citation, Edition, Program, ProgramEnd, Source, Threshold, UnknownRules
from tbtier.scorecard import (
    Activity,
    Metric,
    Scorecard,
    StandsUntil,
)
from tbtier.testing.laws import histories_to_check, laws_test

ONE_DAY = timedelta(days=1)
QUICKLY = settings(max_examples=300, phases=[Phase.generate])


def drawn(strategy: st.SearchStrategy[Any], number: int = 400) -> list[Any]:
    """Return what a strategy draws."""
    values: list[Any] = []

    @settings(QUICKLY, max_examples=number)
    @given(strategy)
    def draw(value: Any) -> None:
        values.append(value)

    draw()
    return values


def test_days_lie_where_mistakes_live() -> None:
    """Many are effective dates, turns of quarters, in February or next to those, and a leap day is drawn too."""
    days = drawn(kit.days())
    kinds = Counter[str]()
    for day in days:
        next_day = day + ONE_DAY
        kinds["effective"] += day.day == 1 and day.month in (3, 6, 9, 12)
        kinds["eve of effective"] += next_day.day == 1 and next_day.month in (3, 6, 9, 12)
        kinds["turn of a quarter"] += 1 in (day.day, next_day.day) and 2 in (day.month % 3, next_day.month % 3)
        kinds["february"] += day.month == 2
        kinds["notified"] += day.day == 7 and day.month in (3, 6, 9, 12)
    assert all(number >= len(days) // 40 for number in kinds.values()), kinds
    assert kinds["february"] >= len(days) // 10, "with days drawn evenly it would be a thirteenth"
    assert date(2024, 2, 29) in drawn(kit.days(date(2024, 2, 1), date(2024, 3, 31)))
    assert FiscalYear(2000).start <= min(days) <= max(days) <= FiscalYear(2099).last_day


def test_days_keep_within_their_bounds() -> None:
    """Both bounds are inclusive, also where they are close together."""
    first, last = date(2024, 2, 28), date(2024, 3, 1)
    assert {first, first + ONE_DAY, last} == set(drawn(kit.days(first, last), 100))


def test_scores_lie_near_thresholds() -> None:
    """Each threshold, one below it and one above it, and both ends of the scale."""
    found = Counter(drawn(kit.scores(ISV, "FY22 Q1")))
    assert {0, 1, 249, 250, 251, 399, 400, 401, 699, 700, 701, 1000} <= set(found)
    assert max(found) == 1000
    assert len(found) > 50


def test_bounds_are_inclusive() -> None:
    """Years and quarters reach their bounds, which may be given as text, and shrink towards FY24 if they can."""
    assert {FiscalYear(2023), FiscalYear(2024)} == set(drawn(kit.fiscal_years(FiscalYear(2023), FiscalYear(2024)), 50))
    assert {ProgramYear(2024), ProgramYear(2025)} == set(drawn(kit.program_years(ProgramYear(2024), ProgramYear(2025)), 50))
    quarters = [FiscalQuarter(2024, 4), FiscalQuarter(2025, 1)]
    assert quarters == sorted(set(drawn(kit.fiscal_quarters("FY24 Q4", FiscalQuarter(2025, 1)), 50)))
    assert {FiscalYear(2023), FiscalYear(2024)} == set(drawn(kit.fiscal_years("FY23", "FY24"), 50))
    assert {ProgramYear(2024), ProgramYear(2025)} == set(drawn(kit.program_years("PY24", "PY25"), 50))
    anything: Callable[[Any], bool] = lambda _: True  # noqa: E731
    assert (FiscalYear(2024), ProgramYear(2024)) == (find(kit.fiscal_years(), anything), find(kit.program_years(), anything))
    assert FiscalQuarter(2024, 1) == find(kit.fiscal_quarters(), anything)
    assert FiscalQuarter(2030, 2) == find(kit.fiscal_quarters("FY30 Q2"), anything)


def test_tiers_of_a_program() -> None:
    """Those that it can give, with its entry tier; or all."""
    assert set(Tier) == set(drawn(kit.tiers(), 100)) == set(drawn(kit.tiers(CONSULTING), 100))
    assert set(Tier) - {Tier.PROVISIONAL} == set(drawn(kit.tiers(ISV), 100))


@pytest.mark.parametrize("program", [TRAILBLAZER, CONSULTING, ISV], ids=lambda program: program.name)
def test_timelines_reach_every_kind_of_decision(program: Program) -> None:
    """Promoted, held, renewed and downgraded; scored and not; in every quarter; on starts of any kind."""
    timelines = drawn(kit.timelines(program) | kit.timelines(program, ragged=True))
    decisions = [decision for timeline in timelines for decision in timeline.decisions]
    kinds = Counter(decision.kind for decision in decisions)
    assert all(kinds[kind] >= len(decisions) // 50 for kind in DecisionKind), kinds
    assert {1, 2, 3, 4} == {decision.quarter.number for decision in decisions}
    assert {None, *program.changes[0].tiers} == {decision.earned for decision in decisions}
    starts = {(timeline.start.month, timeline.start.day) for timeline in timelines}
    assert len(starts) > 20
    assert any(len(timeline.history) == 1 for timeline in timelines)
    assert any(len(timeline.history) >= 9 for timeline in timelines) or program is not TRAILBLAZER


def test_histories_have_what_is_asked_for() -> None:
    """Sizes are inclusive; gaps, quarters that were not scored and ragged starts are there only if they are asked for."""
    plain = drawn(kit.score_histories(min_size=2, max_size=5, unscored=False))
    assert {2, 3, 4, 5} == {len(history) for history in plain}
    assert all(history.quarters[0].number == 1 and None not in history.scores for history in plain)
    assert all(history.quarters[-1] - history.quarters[0] == len(history) - 1 for history in plain)
    ragged = drawn(kit.score_histories(gaps=True, ragged=True))
    assert {1, 2, 3, 4} == {history.quarters[0].number for history in ragged if history}
    assert any(None in history.scores for history in ragged)
    assert any(history and history.quarters[-1] - history.quarters[0] >= len(history) for history in ragged)


@pytest.mark.parametrize(
    ("strategy", "message"),
    [
        (lambda: kit.fiscal_quarters("FY25 Q1", "FY24 Q1"), "the last value must not be before the first one"),
        (lambda: kit.score_histories(min_size=0), "min_size must be from 1 to max_size, 12, got 0"),
        (lambda: kit.timelines(max_size=2, min_size=3), "min_size must be from 1 to max_size, 2, got 3"),
        (lambda: kit.timelines(ISV, min_size=9), "the rules of ISV are not known for 9 quarters in a row from a Q1 on between"),
        (
            lambda: kit.score_histories(ISV, min_size=9, ragged=True),
            "for 9 quarters in a row between FY2000 and FY2099",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(strategy: Callable[[], Any], message: str) -> None:
    """With what was asked for, and why there is none."""
    with pytest.raises(InvalidArgument, match=re.escape(message)):
        drawn(strategy(), 1)


@pytest.mark.parametrize("strategy", [kit.timelines, kit.score_histories, kit.scores, kit.tiers])
def test_a_program_is_asked_for(strategy: Callable[[Any], Any]) -> None:
    """Its name is none."""
    with pytest.raises(WrongTypeError, match="program must be a Program, got 'ISV'"):
        drawn(strategy("ISV"), 1)


def test_snapshots_make_histories() -> None:
    """They come in any order, with one score a day, and some of them end on a closing day and some do not."""
    snapshots = drawn(kit.snapshots())
    histories = list(map(ScoreHistory.from_snapshots, snapshots))
    assert any(readings != sorted(readings) for readings in snapshots)
    last = [max(day for day, _ in readings) for readings in snapshots]
    complete = [FiscalQuarter.containing(day) in history for day, history in zip(last, histories)]
    assert {True, False} == set(complete)


def test_programs_are_of_every_kind() -> None:
    """One edition or several, either carry, with an end, without one, and with rules that cease to be known."""
    programs = drawn(kit.programs(), 150)
    assert {1, 2, 3} == {sum(isinstance(change, Edition) for change in program.changes) for program in programs}
    assert {Edition, UnknownRules, ProgramEnd} == {type(program.changes[-1]) for program in programs}
    assert set(Carryover) == {
        change.carryover for program in programs for change in program.changes if isinstance(change, Edition)
    }
    single = drawn(kit.programs(max_editions=1), 30)
    assert {1} == {sum(isinstance(change, Edition) for change in program.changes) for program in single}


@given(kit.programs(), st.data())
def test_programs_have_timelines(program: Program, data: st.DataObject) -> None:
    """Whatever program is drawn, timelines are drawn for it, and every law holds for them."""
    timeline = data.draw(kit.timelines(program, ragged=data.draw(st.booleans())))
    for law in kit.LAWS:
        law.check(timeline)


TAKEN_IN = [Citation, Edition, FiscalQuarter, FiscalYear, Program, ProgramEnd, ProgramYear, ScoreHistory, Source, Threshold]
TAKEN_IN += [Tier, Timeline, UnknownRules, Certainty, Carryover, Activity, Metric, Scorecard, StandsUntil]


@pytest.mark.parametrize("kind", TAKEN_IN, ids=lambda kind: kind.__name__)
def test_types_are_registered(kind: type) -> None:
    """Hypothesis draws each type that code takes in."""
    assert all(isinstance(value, kind) for value in drawn(st.from_type(kind), 20))


@attrs.frozen
class Account:
    """A class of a user, with a field of a public type."""

    joined: FiscalQuarter
    tier: Tier


def test_classes_that_contain_them_are_built() -> None:
    """`from_type` and `builds` know what is inside, as soon as attrs knows what the annotations mean."""
    attrs.resolve_types(Account)
    assert all(isinstance(account.joined, FiscalQuarter) for account in drawn(st.from_type(Account), 20))
    assert all(isinstance(account.tier, Tier) for account in drawn(st.builds(Account), 20))


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter."""
    return subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)


def test_hypothesis_does_not_import_the_library() -> None:
    """Only who imports the kit pays for it."""
    done = run("import sys, hypothesis; print([name for name in sys.modules if name.startswith('tbtier')])")
    assert "[]" == done.stdout.strip(), done.stderr


@pytest.mark.parametrize("stub", ["None", "types.ModuleType('hypothesis')"])
def test_without_hypothesis_the_library_works(stub: str) -> None:
    """The kit says what to install, also where a stub stands in the place of Hypothesis, and nothing else needs it."""
    absent = f"import sys, types; sys.modules['hypothesis'] = {stub}; "
    assert "Base" == run(absent + "import tbtier; print(tbtier.Tier.BASE)").stdout.strip()
    done = run(absent + "import tbtier.testing")
    assert done.stderr.strip().endswith(
        "ImportError: tbtier.testing needs Hypothesis: python -m pip install 'tbtier[hypothesis]'"
    )


def test_the_kit_promises_its_names() -> None:
    """Every name in `__all__` is there."""
    assert sorted(kit.__all__) == kit.__all__
    assert all(getattr(kit, name) is not None for name in kit.__all__)


def test_the_right_implementation_passes() -> None:
    """A script that does it right, and shares no code with the library, breaks no law."""
    kit.check_laws(implementation())


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_is_found(mistake: str) -> None:
    """Within the budget that a check has by default; where the run explores, by several seeds."""
    wrong = implementation(**MISTAKES[mistake])
    for _ in range(1 if settings.default.derandomize else 5):
        with pytest.raises(kit.LawViolation):
            check_without_shrinking(wrong)


def check_without_shrinking(wrong: Callable[..., Any]) -> None:
    """Check an implementation, and keep to the first history that shows a mistake."""
    for drawn in histories_to_check(TRAILBLAZER):
        laws_test(wrong, drawn, QUICKLY)()


def test_a_violation_is_minimal_and_says_all() -> None:
    """The law, its rule and source, the shortest history, the day, and both tiers."""
    wrong = implementation(**MISTAKES["> for >="])
    with pytest.raises(kit.LawViolation) as caught:
        kit.check_laws(wrong)
    violation = caught.value
    assert "highest-wins" == violation.law.name
    assert ["S1", "S6"] == [source.id for source in violation.law.sources]
    assert 2 >= len(violation.timeline.history)
    assert violation.expected > violation.observed
    assert violation.day in [decision.effective_on for decision in violation.timeline.decisions]
    lines = str(violation).splitlines()
    assert "inside a program year the highest tier wins, from its effective date on (R6: published, S1, S6)" == lines[0]
    assert f"on {violation.day}: expected {violation.expected}, observed {violation.observed}" == lines[1]
    names = {**{name: getattr(tbtier, name) for name in tbtier.__all__}, "TRAILBLAZER": TRAILBLAZER, "datetime": datetime}
    called = eval(lines[2], names)
    assert violation.timeline == called
    assert any(str(decision) in str(violation) for decision in violation.timeline.decisions)
    printed = [note for note in violation.__notes__ if "laws_hold(" in note]
    assert all(f"timeline={violation.timeline!r}" in note for note in printed)
    assert printed
    again = pickle.loads(pickle.dumps(violation))
    assert (str(violation), violation.day, violation.law) == (str(again), again.day, again.law)


def test_an_error_of_the_implementation_is_not_hidden() -> None:
    """What it raises is what is seen."""

    def held_on(*_: object) -> Tier:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kit.check_laws(held_on, settings=QUICKLY)


def test_another_carry_is_another_law() -> None:
    """An implementation of the best of four breaks the rules under which Q4 alone decides, and only on March 1."""
    edition = attrs.evolve(TRAILBLAZER.edition("FY24 Q1"), carryover=Carryover.FINAL_QUARTER)
    program = attrs.evolve(TRAILBLAZER, name="Q4_ALONE", changes=(edition,))
    kit.check_laws(implementation(**MISTAKES["March 1 looks at Q4 alone"]), program, settings=QUICKLY)
    with pytest.raises(kit.LawViolation) as caught:
        kit.check_laws(implementation(), program, settings=QUICKLY)
    assert "march-1" == caught.value.law.name


TIMELINE = evaluate(
    {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 430}, program=TRAILBLAZER, starting_tier="Base"
)
ROWS = [(date(2023, 3, 1), Tier.BASE), (date(2023, 6, 1), Tier.RIDGE), (date(2023, 9, 1), Tier.CREST)]


def test_each_law_holds_for_a_timeline_and_its_rows() -> None:
    """In any order, and also where the rows begin later than the timeline."""
    for law in kit.LAWS:
        law.check(TIMELINE)
        law.check(ROWS[::-1], TIMELINE)
        law.check(ROWS[1:], TIMELINE)
        law.check(TIMELINE.tier_on, TIMELINE)


@pytest.mark.parametrize(
    ("rows", "law", "day", "expected"),
    [
        ([(date(2023, 3, 1), Tier.RIDGE), *ROWS[1:]], "starting-tier", date(2023, 3, 1), Tier.BASE),
        ([*ROWS, (date(2023, 12, 1), Tier.RIDGE)], "nothing-falls", date(2023, 12, 1), Tier.CREST),
        ([*ROWS[:2], (date(2023, 8, 1), Tier.CREST)], "effective-dates", date(2023, 8, 1), Tier.RIDGE),
        ([ROWS[0], ROWS[2]], "highest-wins", date(2023, 6, 1), Tier.RIDGE),
        ([*ROWS, (date(2024, 3, 1), Tier.RIDGE)], "march-1", date(2024, 3, 1), Tier.CREST),
        ([(date(2023, 9, 1), Tier.RIDGE)], "closed-form", date(2023, 9, 1), Tier.CREST),
    ],
)
def test_each_law_is_broken_alone(rows: list[tuple[date, Tier]], law: str, day: date, expected: Tier) -> None:
    """Rows of a record break the law that they break, on the day on which they do."""
    (broken,) = [each for each in kit.LAWS if each.name == law]
    with pytest.raises(kit.LawViolation) as caught:
        broken.check(rows, TIMELINE)
    assert (law, day, expected) == (caught.value.law.name, caught.value.day, caught.value.expected)
    assert f"on {day}: expected {expected}, observed" in str(caught.value)


def test_a_shorter_timeline_is_judged_as_far_as_it_goes() -> None:
    """What another timeline does not cover breaks no law."""
    shorter = evaluate({"FY24 Q1": 310}, program=TRAILBLAZER, starting_tier="Base")
    for law in kit.LAWS:
        law.check(shorter, TIMELINE)


def test_what_is_observed_must_be_a_tier() -> None:
    """The name of a tier is none."""
    with pytest.raises(WrongTypeError, match="what is observed on 2023-03-01 must be a Tier, got 'Base'"):
        kit.LAWS[0].check(lambda _: "Base", TIMELINE)


def test_before_anything_has_acted_a_violation_says_so() -> None:
    """There is no decision to tell of."""
    with pytest.raises(kit.LawViolation, match="nothing has taken effect since 2023-03-01"):
        kit.LAWS[0].check([(date(2023, 3, 1), Tier.CREST)], TIMELINE)


@pytest.mark.parametrize("observed", [[], [1], [("2023-03-01",)], 5, [(date(2023, 3, 1), Tier.BASE, 0)]])
def test_what_cannot_be_observed_is_refused(observed: Any) -> None:
    """And so is a record without the timeline that it is compared with."""
    with pytest.raises(WrongTypeError, match="observed must be a timeline, a function, or rows"):
        kit.LAWS[0].check(observed, TIMELINE)
    with pytest.raises(WrongTypeError, match="timeline must be a Timeline"):
        kit.LAWS[0].check(ROWS)


class RightSystem(kit.TierMachine):
    """A system that keeps what it is told and works out the tier by the plain implementation."""

    held_on = staticmethod(implementation())

    def begin(self, day: date, starting_tier: Tier) -> None:
        """Keep what is told."""
        self.now = self.began = day
        self.first_tier = starting_tier
        self.known: dict[FiscalQuarter, int | None] = {}

    def record(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Keep what is told."""
        assert quarter not in self.known
        assert quarter.last_day < self.now
        self.known[quarter] = score

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Keep what is told."""
        assert quarter in self.known
        self.known[quarter] = score

    def pass_to(self, day: date) -> None:
        """Keep what is told."""
        assert day >= self.now
        self.now = day

    def tier(self) -> Tier:
        """Work it out."""
        renews_on = {FiscalQuarter(self.began.year, 4): None} if self.began.month == 2 else {}
        return self.held_on(self.now, {**renews_on, **self.known}, self.first_tier, self.began)


class ForgetsCorrections(RightSystem):
    """A system that takes no correction."""

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Forget it."""


class ResetsInFebruary(RightSystem):
    """A system whose year ends in February."""

    held_on = staticmethod(implementation(**MISTAKES["the year is reset on February 1"]))


MACHINE = settings(QUICKLY, max_examples=100, stateful_step_count=25)


def test_the_machine_passes_a_right_system() -> None:
    """Through quarters, reviews, corrections and year ends."""
    run_state_machine_as_test(RightSystem, settings=MACHINE)


@pytest.mark.parametrize("system", [ForgetsCorrections, ResetsInFebruary])
def test_the_machine_finds_a_wrong_system(system: type[kit.TierMachine]) -> None:
    """It says on which day, which tiers, and why."""
    with pytest.raises(AssertionError, match="the system holds") as caught:
        run_state_machine_as_test(system, settings=MACHINE)
    assert "\n\ncounts\n" in str(caught.value)


class SellsAnApp(RightSystem):
    """A system under a program that ends."""

    program = ISV


class SpeaksInNames(RightSystem):
    """A system that gives names of tiers."""

    def tier(self) -> Any:
        """Give the name."""
        return str(super().tier())


def test_the_machine_stops_with_the_program() -> None:
    """Time does not pass its end."""
    run_state_machine_as_test(SellsAnApp, settings=MACHINE)


def test_the_machine_asks_for_tiers() -> None:
    """A name is none."""
    with pytest.raises(WrongTypeError, match=r"what the system holds on .* must be a Tier, got"):
        run_state_machine_as_test(SpeaksInNames, settings=MACHINE)


def test_the_machine_finds_a_short_way() -> None:
    """The steps that it prints are few."""
    shortly = settings(MACHINE, max_examples=300, phases=[Phase.generate, Phase.shrink])
    with pytest.raises(AssertionError) as caught:
        run_state_machine_as_test(ForgetsCorrections, settings=shortly)
    steps = [line for note in caught.value.__notes__ for line in note.splitlines() if line.startswith("state.")]
    assert 12 >= len([step for step in steps if "holds_the_tier" not in step]), steps


def test_a_machine_needs_its_adapter() -> None:
    """Each of the five methods is asked for."""
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
