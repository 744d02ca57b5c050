"""The mistakes that `check_laws` finds, which law finds each kind alone, and the right scripts that it passes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import cycle, product

import pytest
from drawing import QUICKLY
from hypothesis import Phase, given, settings
from made_up import APPS, GUILD, MODEL
from mistakes import MISTAKES, Mistake
from right_script import CLUB, RULES, HeldOn, Scores, implementation

import tbtier.testing as kit
from tbtier import FiscalQuarter, Tier, Timeline, evaluate
from tbtier.rules import Program
from tbtier.testing.check import check_on, days_to_observe, default_settings, histories_to_check, laws_test, scores_of
from tbtier.testing.laws import moments_of

ONE_DAY = timedelta(days=1)
EXPLORES = not settings.default.derandomize
NAMED = [pytest.param(mistake, id=f"{family}: {name}") for family in MISTAKES for name, mistake in MISTAKES[family].items()]


def test_every_family_has_mistakes() -> None:
    """There are nine families of three mistakes or more, and at least forty mistakes, each with a unique name."""
    families = ["calendar", "thresholds", "lag", "floor", "carryover", "editions", "start", "unscored", "end"]
    assert families == list(MISTAKES)
    assert min(map(len, MISTAKES.values())) >= 3
    names = [name for family in MISTAKES.values() for name in family]
    assert len(names) == len(set(names)) >= 40


@pytest.mark.parametrize("mistake", NAMED)
def test_every_mistake_is_found(mistake: Mistake) -> None:
    """The check finds each mistake with its default number of examples; where the run explores, with several seeds."""
    for _ in range(5 if EXPLORES else 1):
        with pytest.raises(kit.LawViolation):
            check_without_shrinking(implementation(**mistake), mistake.get("program", MODEL))


def check_without_shrinking(wrong: HeldOn, program: Program = MODEL) -> None:
    """Check an implementation, and keep to the first history that shows a mistake."""
    for histories in histories_to_check(program):
        laws_test(wrong, histories, QUICKLY)()


@pytest.mark.parametrize("program", RULES, ids=lambda program: program.name)
def test_the_right_script_passes(program: Program) -> None:
    """A right script that shares no code with the library breaks no law, in programs with editions and with an end too."""
    kit.check_laws(implementation(program), program, settings=settings(QUICKLY, max_examples=300 if EXPLORES else 30))


def test_a_script_may_change_the_scores_that_it_is_given() -> None:
    """Each call gets a new mapping."""

    def held_on(day: date, scores: Scores, starting_tier: Tier, start: date) -> Tier:
        tier = implementation()(day, scores, starting_tier, start)
        scores.clear()  # type: ignore[attr-defined]
        return tier

    kit.check_laws(held_on, MODEL, settings=settings(QUICKLY, max_examples=5))


def test_the_settings_of_a_check() -> None:
    """It tries 300 histories of each of two kinds, and makes a violation smaller, but does not say where it varies."""
    used = default_settings()
    assert (300, (Phase.generate, Phase.shrink)) == (used.max_examples, used.phases)
    assert 2 == len(histories_to_check(MODEL))


MODEL_STARTS = ["2022-03-01", "2023-01-31", "2023-02-01", "2023-02-28", "2023-03-01", "2023-03-02", "2023-05-31", "2023-06-01"]
MODEL_STARTS += ["2023-08-17", "2024-01-01", "2024-02-29", "2024-03-01"]


@pytest.mark.parametrize(
    ("program", "first", "count", "starts"),
    [
        (MODEL, "FY23 Q1", 9, MODEL_STARTS),
        (APPS, "FY24 Q1", 5, ["2023-03-01", "2024-02-29", "2024-03-01", "2024-06-01", "2024-07-31"]),
        (GUILD, "FY25 Q1", 7, ["2024-03-01", "2025-11-30", "2025-12-01", "2026-02-01", "2026-02-28"]),
        (CLUB, "FY24 Q1", 12, ["2023-08-31", "2024-02-29", "2025-03-01", "2026-01-31", "2026-03-01", "2026-05-16"]),
    ],
    ids=["MODEL", "APPS", "GUILD", "CLUB"],
)
@pytest.mark.parametrize("starting_tier", [Tier.BASE, Tier.SUMMIT])
def test_a_right_script_breaks_no_law_from_any_first_day_on(
    program: Program, first: str, count: int, starts: list[str], starting_tier: Tier
) -> None:
    """Every day is judged, from turns, days in February and in the last review, and the last day of a program on."""
    right, quarter = implementation(program), FiscalQuarter.parse(first)
    scores = {quarter + number: score for number, score in zip(range(count), cycle([620, None, 130, 260, None, 0, 810]))}
    for start in map(date.fromisoformat, starts):
        timeline = evaluate(scores, program=program, starting_tier=starting_tier, start=start)
        days = [start + number * ONE_DAY for number in range((timeline.stop - start).days)]
        check_on(days, lambda day: right(day, scores, starting_tier, start), timeline)  # noqa: B023
    assert program.ended_on in (None, timeline.stop)


def broken_laws(days: Iterable[date], tier_on: Callable[[date], Tier], known: Timeline, first: date) -> set[str]:
    """Return the names of the laws that do not hold on some days, from a first day on."""
    moments = list(moments_of(sorted(days), tier_on, first, known))
    broken = set()
    for law in kit.LAWS:
        try:
            law._judge(moments)
        except kit.LawViolation:
            broken.add(law.name)
    return broken


def ahead_by_a_day(day: date, scores: Scores, starting_tier: Tier, start: date) -> Tier:
    """Return the tier of the next day, apart from the first day and from the day before a renewal."""
    following = day + ONE_DAY
    is_right = day == start or (following.month, following.day) == (3, 1)
    return implementation()(day if is_right else following, scores, starting_tier, start)


def stale_in_mid_month(day: date, scores: Scores, starting_tier: Tier, start: date) -> Tier:
    """Return another tier for a week around the 15th, if the timeline begins before that week."""
    right = implementation()(day, scores, starting_tier, start)
    if 12 <= day.day <= 18 and start < day.replace(day=11):
        return Tier.RIDGE if right is Tier.BASE else Tier.BASE
    return right


ALONE: dict[str, HeldOn] = {
    "starting-tier": implementation(**MISTAKES["floor"]["the starting tier is no floor"]),
    "nothing-falls": implementation(**MISTAKES["floor"]["a tier falls inside the year"]),
    "effective-dates": ahead_by_a_day,
    "highest-wins": implementation(**MISTAKES["floor"]["a tier never rises inside the year"]),
    "march-1": implementation(**MISTAKES["carryover"]["March 1 looks at Q4 alone"]),
    "closed-form": stale_in_mid_month,
}
"""A wrong implementation for each law, which breaks no other law but `closed-form`: that law is the sum of the others."""


def test_every_law_has_a_mistake_of_its_own() -> None:
    """No law is left out, and the laws keep their order: a violation names the first law that is broken."""
    assert [law.name for law in kit.LAWS] == list(ALONE)


@pytest.mark.parametrize("law", ALONE)
def test_one_law_alone_finds_a_mistake(law: str) -> None:
    """On the same histories and days, every other law but the sum of all passes the implementation that one law finds."""
    seen: set[str] = set()

    @settings(QUICKLY, max_examples=300 if EXPLORES else 50)
    @given(histories_to_check(MODEL)[0])
    def judge(timeline: Timeline) -> None:
        scores = scores_of(timeline)
        seen.update(
            broken_laws(
                days_to_observe(timeline),
                lambda day: ALONE[law](day, scores, timeline.starting_tier, timeline.start),
                timeline,
                timeline.start,
            )
        )

    judge()
    assert {law, "closed-form"} == seen


@pytest.mark.parametrize("law", ALONE)
def test_a_violation_names_the_law_that_says_most(law: str) -> None:
    """The check names the law that finds the implementation alone, and not the sum of all laws."""
    with pytest.raises(kit.LawViolation) as caught:
        kit.check_laws(ALONE[law], MODEL, settings=QUICKLY)
    assert law == caught.value.law.name


RISES_AND_FALLS = evaluate(
    {"FY24 Q2": 300, "FY24 Q3": None, "FY24 Q4": 100, "FY25 Q1": 600},
    program=MODEL,
    starting_tier="Crest",
    start=date(2023, 8, 15),
)
TURNS = [date(2023, 8, 15), date(2023, 8, 20), date(2023, 9, 1), date(2023, 12, 1), date(2024, 3, 1), date(2024, 6, 1)]


def broken_by(turns: list[date], record: tuple[Tier, ...]) -> set[str]:
    """Return the laws that a record breaks that begins on the first of these turns, and changes on the others only."""
    return broken_laws(turns, lambda day: record[bisect_right(turns, day) - 1], RISES_AND_FALLS, turns[0])


def test_the_laws_allow_one_record_and_need_each_other() -> None:
    """Of all records that change on six turns, one breaks no law; each law is broken by some that break no other law.

    Every wrong record breaks `closed-form`, since the law looks at each day for itself. So this law says the least, and it
    comes last. The other laws allow only the right record too, if it begins with the timeline.
    """
    broken = {record: broken_by(TURNS, record) for record in product(MODEL.tiers, repeat=len(TURNS))}
    right = tuple(RISES_AND_FALLS.tier_on(day) for day in TURNS)
    assert [right] == [record for record, laws in broken.items() if laws <= {"closed-form"}]
    assert [right] == [record for record, laws in broken.items() if "closed-form" not in laws]
    alone = {law for laws in broken.values() if len(laws) == 2 for law in laws}
    assert alone == set(ALONE)


def test_only_the_closed_form_judges_a_record_that_begins_late() -> None:
    """The other laws compare a day with the day before, so they pass a record that begins with a wrong tier and keeps it."""
    late = [broken_by(TURNS[2:], record) for record in product(MODEL.tiers, repeat=len(TURNS[2:]))]
    assert 3 == late.count({"closed-form"}), "one record for each tier that is not held on the first of its days"
