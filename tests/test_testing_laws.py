"""The laws of the testing kit: which mistakes they find, on which days, and what a violation says."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest
from drawing import QUICKLY
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck
from made_up import BEST_OF_FOUR, MODEL, Q4_ALONE
from mistakes import MISTAKES
from right_script import implementation, on_one_day

import tbtier
import tbtier.testing as kit
from tbtier import FiscalQuarter, Tier, Timeline, evaluate
from tbtier.errors import ParseError, WrongTypeError
from tbtier.rules import Cycle, ProgramEnd
from tbtier.testing.check import check_on, days_to_observe, laws_test, scores_of

ONE_DAY = timedelta(days=1)
LAWS = {law.name: law for law in kit.LAWS}


STATED = {
    "starting-tier": ("D3", "the starting tier is held on the first day"),
    "nothing-falls": ("R6", "nothing falls inside a program year"),
    "effective-dates": ("R4", "a tier changes only on an effective date"),
    "highest-wins": ("R6", "inside a program year a tier rises to what was earned, on its effective date"),
    "march-1": ("R7", "March 1 begins with what was earned in the fiscal year, as the carryover says"),
    "closed-form": ("R7", "the tier is the highest that was earned in the quarters that count"),
}


def test_what_the_laws_state() -> None:
    """Each law has a name, a rule and a statement, and its representation shows these alone."""
    assert {law.name: (law.rule, law.statement) for law in kit.LAWS} == STATED
    assert repr(kit.LAWS[1]) == "Law(name='nothing-falls', rule='R6', statement='nothing falls inside a program year')"


TIMELINE = evaluate({"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 430}, program=MODEL, starting_tier="Base")
ROWS = [(date(2023, 3, 1), Tier.BASE), (date(2023, 6, 1), Tier.RIDGE), (date(2023, 9, 1), Tier.CREST)]
FALLING = evaluate({"FY24 Q3": None, "FY24 Q4": 300}, program=MODEL, starting_tier="Summit", start=date(2023, 9, 1))
EVERY_DAY = [FALLING.start + number * ONE_DAY for number in range(1, (FALLING.stop - FALLING.start).days)]


@pytest.mark.parametrize(
    ("rows", "law", "day", "expected"),
    [
        ([(date(2023, 3, 1), Tier.RIDGE), *ROWS[1:]], "starting-tier", date(2023, 3, 1), Tier.BASE),
        ([*ROWS, (date(2023, 12, 1), Tier.RIDGE)], "nothing-falls", date(2023, 12, 1), Tier.CREST),
        ([*ROWS[:2], (date(2023, 8, 1), Tier.CREST)], "effective-dates", date(2023, 8, 1), Tier.RIDGE),
        ([*ROWS[:2], (date(2023, 8, 17), Tier.CREST)], "effective-dates", date(2023, 8, 17), Tier.RIDGE),
        (
            [*ROWS, (date(2024, 1, 20), Tier.SUMMIT), (date(2024, 1, 21), Tier.CREST)],
            "closed-form",
            date(2024, 1, 20),
            Tier.CREST,
        ),
        ([ROWS[0], ROWS[2]], "highest-wins", date(2023, 6, 1), Tier.RIDGE),
        ([*ROWS, (date(2024, 3, 1), Tier.RIDGE)], "march-1", date(2024, 3, 1), Tier.CREST),
        ([(date(2023, 9, 1), Tier.RIDGE)], "closed-form", date(2023, 9, 1), Tier.CREST),
    ],
)
def test_each_law_is_broken_alone(rows: list[tuple[date, Tier]], law: str, day: date, expected: Tier) -> None:
    """A law names the first day on which rows break it, and the tier that it expects."""
    with pytest.raises(kit.LawViolation) as caught:
        LAWS[law].check(rows, TIMELINE)
    assert (law, day, expected) == (caught.value.law.name, caught.value.day, caught.value.expected)
    assert f"on {day}: expected {expected}, observed" in str(caught.value)


def test_a_fall_is_forgiven_on_march_1_alone() -> None:
    """On every other day, February 1, February 29 and March 2 among them, a fall breaks `nothing-falls`."""
    for day in EVERY_DAY:
        rows = [(FALLING.start, Tier.SUMMIT), (day, Tier.RIDGE)]
        if day == date(2024, 3, 1):
            LAWS["nothing-falls"].check(rows, FALLING)
        else:
            with pytest.raises(kit.LawViolation) as caught:
                LAWS["nothing-falls"].check(rows, FALLING)
            assert day == caught.value.day


def test_a_change_is_allowed_on_effective_dates_alone() -> None:
    """On every other day a rise or a fall breaks `effective-dates`."""
    for day in EVERY_DAY:
        rows = [(FALLING.start, Tier.CREST), (day, Tier.SUMMIT)]
        if day in [decision.effective_on for decision in FALLING.decisions]:
            LAWS["effective-dates"].check(rows, FALLING)
        else:
            with pytest.raises(kit.LawViolation) as caught:
                LAWS["effective-dates"].check(rows, FALLING)
            assert day == caught.value.day


def test_one_wrong_day_is_enough() -> None:
    """A law checks every day: a tier that is wrong on one day alone breaks `effective-dates`."""
    for wrong in EVERY_DAY:
        with pytest.raises(kit.LawViolation):
            LAWS["closed-form"].check(lambda day: Tier.BASE if day == wrong else FALLING.tier_on(day), FALLING)  # noqa: B023


def test_the_days_to_observe_are_those_of_mistakes() -> None:
    """The check observes the first and the last day, turns of months and of reviews, the days before them, and days inside."""
    days = days_to_observe(TIMELINE)
    cycles = [Cycle(quarter) for quarter in TIMELINE.history]
    assert {TIMELINE.start, TIMELINE.stop - ONE_DAY} <= days
    assert {day + offset * ONE_DAY for day in turns_of(cycles) for offset in (-1, 0, 1)} <= days
    assert {date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 2)} <= days
    assert {date(2024, 1, 31), date(2024, 2, 1), date(2023, 12, 31), date(2024, 1, 1), date(2024, 4, 1)} <= days
    assert {date(2023, month, 15) for month in range(3, 13)} <= days
    assert all(TIMELINE.start <= day < TIMELINE.stop for day in days)
    assert len(days) < (TIMELINE.stop - TIMELINE.start).days // 2, "a slow system is asked for few days"


def test_the_last_day_of_a_program_is_observed() -> None:
    """A program may end on any day, and the day before that day is the last."""
    end = ProgramEnd(date(2023, 8, 23), "made up by a test", MODEL.edition("FY24 Q1").start_citation)
    program = attrs.evolve(MODEL, changes=(*MODEL.changes, end))
    timeline = evaluate({"FY24 Q1": 310}, program=program, starting_tier="Base")
    assert date(2023, 8, 22) == max(days_to_observe(timeline))


def turns_of(cycles: list[Cycle]) -> list[date]:
    """Return the days on which quarters close, take effect and are notified."""
    days = [day for cycle in cycles for day in (cycle.closes_on, cycle.review_start, cycle.effective_on, cycle.notified_by)]
    return [day for day in days if day + ONE_DAY < TIMELINE.stop]


EVES: dict[str, Callable[[date], bool]] = {
    "before effective dates": lambda day: (day + ONE_DAY).day == 1 and (day + ONE_DAY).month % 3 == 0,
    "before March 1": lambda day: (day + ONE_DAY).day == 1 and (day + ONE_DAY).month == 3,
    "before February 1": lambda day: (day + ONE_DAY).day == 1 and (day + ONE_DAY).month == 2,
    "before the last day of a quarter": lambda day: day + ONE_DAY == FiscalQuarter.containing(day).last_day,
    "before the last day of notification": lambda day: day.day == 6 and day.month % 3 == 0,
    "in the middle of a month": lambda day: day.day == 15,
    "on January 1": lambda day: (day.month, day.day) == (1, 1),
}


@pytest.mark.parametrize("kind", EVES)
def test_a_system_that_is_wrong_on_such_days_alone_is_found(kind: str) -> None:
    """The fixed days find the fault in one history, without a day that is drawn."""
    wrong = on_one_day(EVES[kind])
    with pytest.raises(kit.LawViolation) as caught:
        check_on(
            days_to_observe(TIMELINE),
            lambda day: wrong(day, scores_of(TIMELINE), TIMELINE.starting_tier, TIMELINE.start),
            TIMELINE,
        )
    assert EVES[kind](caught.value.day) or EVES[kind](caught.value.day - ONE_DAY)


def test_drawn_days_reach_every_day() -> None:
    """A fault on days that are neither turns nor in the middle of a month is found by the days that are drawn."""
    wrong = on_one_day(lambda day: day.day in range(18, 26))
    with pytest.raises(kit.LawViolation):
        laws_test(wrong, st.just(TIMELINE), QUICKLY)()


def test_each_law_holds_for_a_timeline_and_its_rows() -> None:
    """Rows may come in any order, and name tiers by text."""
    for law in kit.LAWS:
        law.check(TIMELINE)
        law.check(ROWS[::-1], TIMELINE)
        law.check([(day, str(tier).lower()) for day, tier in ROWS], TIMELINE)
        law.check(TIMELINE.tier_on, TIMELINE)


EARLIER = evaluate(
    {
        "FY23 Q1": 800,
        "FY23 Q2": None,
        "FY23 Q3": None,
        "FY23 Q4": 0,
        "FY24 Q1": 300,
        "FY24 Q2": 600,
        "FY24 Q3": 0,
        "FY24 Q4": 0,
    },
    program=MODEL,
    starting_tier="Base",
)


@pytest.mark.parametrize("start", [date(2023, 3, 1), date(2023, 6, 1), date(2024, 2, 1), date(2024, 3, 1), date(2024, 3, 2)])
def test_a_right_record_may_begin_before_the_timeline(start: date) -> None:
    """A change on the first day of the timeline, whose reasons are not known, breaks no law."""
    known = evaluate(EARLIER.history, program=MODEL, starting_tier=EARLIER.tier_on(start), start=start)
    rows = [(period.start, period.tier) for period in EARLIER.periods]
    for law in kit.LAWS:
        law.check(EARLIER, known)
        law.check(rows, known)


@pytest.mark.parametrize("start", [date(2022, 3, 1), date(2022, 6, 2), date(2023, 6, 2), date(2024, 2, 29), date(2024, 3, 1)])
def test_a_right_record_may_begin_later_than_the_timeline(start: date) -> None:
    """Days before the first row are not checked."""
    later = evaluate(EARLIER.history, program=MODEL, starting_tier=EARLIER.tier_on(start), start=start)
    for law in kit.LAWS:
        law.check(later, EARLIER)
        law.check([(period.start, period.tier) for period in later.periods], EARLIER)


def test_a_record_that_begins_earlier_is_checked_from_the_first_day_on() -> None:
    """The tier of the first day of the timeline, and each day after it, must be right."""
    known = evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=MODEL, starting_tier="Crest", start=date(2023, 5, 9))
    too_low = [(date(2022, 3, 1), Tier.BASE), (date(2023, 6, 1), Tier.CREST)]
    for law in ("starting-tier", "closed-form"):
        with pytest.raises(kit.LawViolation) as caught:
            LAWS[law].check(too_low, known)
        assert date(2023, 5, 9) == caught.value.day
    falls_a_day_later = [(date(2022, 3, 1), Tier.CREST), (date(2023, 5, 10), Tier.BASE)]
    for law in ("nothing-falls", "effective-dates", "closed-form"):
        with pytest.raises(kit.LawViolation) as caught:
            LAWS[law].check(falls_a_day_later, known)
        assert date(2023, 5, 10) == caught.value.day


@pytest.mark.parametrize(("observed", "known"), [(0, 1), (1, 0)])
def test_the_shorter_of_two_timelines_ends_the_check(observed: int, known: int) -> None:
    """Days that only one of the timelines covers are not checked."""
    shorter = evaluate({"FY24 Q1": 310}, program=MODEL, starting_tier="Base")
    pair = (shorter, TIMELINE)
    for law in kit.LAWS:
        law.check(pair[observed], pair[known])


def test_the_last_day_is_checked() -> None:
    """A tier that is wrong on the last day of the timeline breaks a law."""
    with pytest.raises(kit.LawViolation):
        LAWS["closed-form"].check([*ROWS, (TIMELINE.stop - ONE_DAY, Tier.SUMMIT)], TIMELINE)


@pytest.mark.parametrize("start", [date(2022, 6, 1), date(2023, 3, 1), date(2023, 9, 1)])
def test_a_wrong_timeline_is_judged_from_the_first_day_that_both_cover(start: date) -> None:
    """The timeline that is observed may begin earlier or later than the right one."""
    wrong = evaluate(EARLIER.history, program=MODEL, starting_tier="Summit", start=start)
    with pytest.raises(kit.LawViolation) as caught:
        LAWS["closed-form"].check(wrong, TIMELINE)
    assert max(start, TIMELINE.start) == caught.value.day


def test_of_two_rows_of_one_day_the_latter_counts() -> None:
    """Rows may come in any order, but for those of the same day."""
    for law in kit.LAWS:
        law.check([ROWS[2], ROWS[1], (ROWS[0][0], Tier.SUMMIT), ROWS[0]], TIMELINE)
    with pytest.raises(kit.LawViolation):
        LAWS["starting-tier"].check([ROWS[2], ROWS[1], ROWS[0], (ROWS[0][0], Tier.RIDGE)], TIMELINE)


def test_another_carryover_is_another_law() -> None:
    """A script for the best of four breaks the rules under which Q4 alone decides, and only on March 1."""
    with pytest.raises(kit.LawViolation) as caught:
        kit.check_laws(implementation(BEST_OF_FOUR), Q4_ALONE, settings=QUICKLY)
    assert "march-1" == caught.value.law.name


def test_a_violation_is_small() -> None:
    """Hypothesis makes the history short; it adds no note, since the text has the history."""
    wrong = implementation(**MISTAKES["thresholds"]["> for >="])
    with pytest.raises(kit.LawViolation) as caught:
        kit.check_laws(wrong, MODEL)
    violation = caught.value
    assert 2 >= len(violation.timeline.history)
    assert violation.expected > violation.observed
    assert not hasattr(violation, "__notes__")


def violation_of(law: str, rows: list[tuple[date, Tier]], timeline: Timeline = TIMELINE) -> kit.LawViolation:
    """Return the violation that rows lead to."""
    with pytest.raises(kit.LawViolation) as caught:
        LAWS[law].check(rows, timeline)
    return caught.value


def test_a_violation_says_all_in_a_few_lines() -> None:
    """The text has the law with its rule, the day, both tiers, the call to paste, and the decision that explains the tier."""
    violation = violation_of("nothing-falls", [*ROWS, (date(2023, 12, 1), Tier.RIDGE)])
    assert ["S1", "S6"] == [source.id for source in violation.law.sources]
    law, day, decision, reason, call, explain = str(violation).splitlines()
    assert "nothing-falls: nothing falls inside a program year (R6: published, S1, S6)" == law
    assert "on 2023-12-01: expected Crest, observed Ridge" == day
    assert "2023-12-01: Crest, unchanged (FY24 Q3)" == decision.replace("*", "")
    assert "  Crest is kept" == reason.partition(" (")[0]
    names: dict[str, Any] = {**vars(tbtier), "evaluate": evaluate, "MODEL": MODEL, "date": date}
    exec(call, names)
    assert violation.timeline == names["timeline"]
    assert "print(timeline.explain(date(2023, 12, 1)))  # paste both: it shows which quarters count" == explain
    again = pickle.loads(pickle.dumps(violation))
    assert (str(violation), violation.day, violation.law) == (str(again), again.day, again.law)


ON_A_BOUND = evaluate({"FY24 Q1": 500, "FY24 Q2": None, "FY24 Q3": 0, "FY24 Q4": 430}, program=MODEL, starting_tier="Base")


def test_a_violation_leaves_the_reading_of_bounds_to_the_explanation() -> None:
    """The text has the reasons of the decision that are rules, without those that are numbers of an edition."""
    edition = "edition for all time"
    assert [edition, "D8", edition, "R7"] == [reason.rule for reason in ON_A_BOUND.decisions[-1].outcome_reasons]
    rows = [(date(2023, 3, 1), Tier.BASE), (date(2023, 6, 1), Tier.CREST), (date(2024, 4, 10), Tier.RIDGE)]
    steps = tuple(f"pass_to({ON_A_BOUND.start + number * ONE_DAY})" for number in range(5))
    law = violation_of("nothing-falls", rows, ON_A_BOUND)
    driven = kit.LawViolation(
        law=law.law, timeline=ON_A_BOUND, day=law.day, expected=Tier.CREST, observed=Tier.RIDGE, steps=steps
    )
    lines = [
        "nothing-falls: nothing falls inside a program year (R6: published, S1, S6)",
        "on 2024-04-10: expected Crest, observed Ridge",
        "2024-03-01: Crest, renewed* (FY24 Q4)",
        "  the best tier earned in FY24 is Crest (FY24 Q1) (R7: published, T2)",
        "timeline = evaluate({'FY24 Q1': 500, 'FY24 Q2': None, 'FY24 Q3': 0, 'FY24 Q4': 430}, program=MODEL, "
        "starting_tier='Base', start=date(2023, 3, 1))",
        "print(timeline.explain(date(2024, 4, 10)))  # paste both: it shows which quarters count",
    ]
    assert lines == str(law).splitlines()
    lines[4:4] = [
        "the system was driven by pass_to(2023-03-01), pass_to(2023-03-02), pass_to(2023-03-03),",
        "  pass_to(2023-03-04), pass_to(2023-03-05)",
    ]
    assert lines == str(driven).splitlines() == str(pickle.loads(pickle.dumps(driven))).splitlines()


@pytest.mark.parametrize(("length", "lines"), [(33, 1), (34, 2)])
def test_steps_are_wrapped_at_a_hundred_characters(length: int, lines: int) -> None:
    """A line of steps has a hundred characters at most: 25 before the first step, 40, a comma and a space, and 33."""
    steps = ("x" * 40, "y" * length)
    violation = kit.LawViolation(kit.LAWS[0], TIMELINE, TIMELINE.start, Tier.BASE, Tier.CREST, steps)
    assert lines == len([line for line in str(violation).splitlines() if "xxx" in line or "yyy" in line])


def test_between_effective_dates_the_latest_decision_explains() -> None:
    """The decision is the latest that has taken effect, and there may be none yet."""
    assert "\n2023-06-01: " in str(violation_of("effective-dates", [*ROWS[:2], (date(2023, 8, 31), Tier.CREST)]))
    violation = violation_of("starting-tier", [(date(2023, 3, 1), Tier.CREST)])
    assert "\nno quarter has taken effect since 2023-03-01\n" in str(violation)


def test_an_error_of_the_implementation_is_not_hidden() -> None:
    """The error of the implementation is raised as it is."""

    def held_on(*_: object) -> Tier:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kit.check_laws(held_on, MODEL, settings=QUICKLY)

    def rows() -> Any:
        yield date(2023, 3, 1), Tier.BASE
        raise ValueError("of the caller")

    with pytest.raises(ValueError, match="of the caller"):
        kit.LAWS[0].check(rows(), TIMELINE)


def test_a_check_inside_given_is_refused() -> None:
    """Hypothesis advises against it, since the histories of one check would be drawn again for each example."""

    @given(st.booleans())
    def test(_: bool) -> None:
        kit.check_laws(implementation(), MODEL)

    with pytest.raises(FailedHealthCheck, match="nested_given"):
        test()


def test_a_function_must_return_a_tier() -> None:
    """The name of a tier is refused."""
    with pytest.raises(WrongTypeError) as caught:
        kit.LAWS[0].check(lambda _: "Base", TIMELINE)
    message = "the tier observed on 2023-03-01 must be a Tier, got 'Base': Tier.parse('Crest') reads one from its name"
    assert message == str(caught.value)


NOON = datetime(2023, 3, 1, 12)  # noqa: DTZ001  # no zone is chosen


@pytest.mark.parametrize("observed", [[], "", "Base", [1], [("2023-03-01",)], 5, None, NOON, date(2023, 3, 1), [(NOON, 0, 1)]])
def test_observations_of_another_kind_are_refused(observed: Any) -> None:
    """The error says what can be observed; rows need the timeline that they are compared with."""
    with pytest.raises(WrongTypeError) as caught:
        kit.LAWS[0].check(observed, TIMELINE)
    assert str(caught.value).startswith("observed must be a timeline, a function, or rows of a first day and a tier, got ")
    assert str(caught.value).endswith(": (date(2023, 3, 1), Tier.BASE) is a row")
    with pytest.raises(WrongTypeError, match="timeline must be a Timeline"):
        kit.LAWS[0].check(ROWS)


def test_text_is_refused_as_a_whole() -> None:
    """A text is no rows, and the error shows the text, not its first letter."""
    with pytest.raises(WrongTypeError, match="got 'Base': "):
        kit.LAWS[0].check("Base", TIMELINE)


@pytest.mark.parametrize(
    ("row", "error", "message"),
    [
        ((NOON, Tier.BASE), WrongTypeError, r"the first day of a row must be a date, got datetime.*: take \.date\(\) in"),
        (
            ("2023-03-01", Tier.BASE),
            WrongTypeError,
            "the first day of a row must be a date, got '2023-03-01': date.fromisoformat",
        ),
        ((date(2023, 3, 1), 2), WrongTypeError, "the tier of the row from 2023-03-01 on must be a Tier or its name, got 2"),
        ((date(2023, 3, 1), "Gold"), ParseError, "'Gold' is not a tier"),
    ],
)
def test_rows_hold_days_and_tiers(row: Any, error: type[Exception], message: str) -> None:
    """The error says which part of a row is of another kind, and what to do."""
    with pytest.raises(error, match=message):
        kit.LAWS[0].check([row], TIMELINE)
