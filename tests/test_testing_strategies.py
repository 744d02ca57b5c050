"""Strategies of the testing kit: what they draw, how often, and what they refuse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from drawing import drawn
from hypothesis import find, given
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from made_up import APPS, GUILD, MODEL

import tbtier.testing as kit
from tbtier import FiscalQuarter, FiscalYear, ProgramYear, ScoreHistory, Tier, Timeline
from tbtier.errors import ParseError, UnknownRuleError, WrongTypeError
from tbtier.evaluation.decisions import DecisionKind
from tbtier.rules import Carryover, Cycle, Edition, Program, ProgramEnd, UnknownRules

ONE_DAY = timedelta(days=1)


def test_days_lie_where_mistakes_live() -> None:
    """Many days are effective dates, turns of quarters, in February or next to those; a leap day is drawn too."""
    days = drawn(kit.days())
    kinds = Counter[str]()
    for day in days:
        next_day = day + ONE_DAY
        kinds["effective"] += day.day == 1 and day.month in (3, 6, 9, 12)
        kinds["day before effective"] += next_day.day == 1 and next_day.month in (3, 6, 9, 12)
        kinds["turn of a quarter"] += 1 in (day.day, next_day.day) and 2 in (day.month % 3, next_day.month % 3)
        kinds["february"] += day.month == 2
        kinds["notified"] += day.day == 7 and day.month in (3, 6, 9, 12)
    assert all(number >= len(days) // 60 for number in kinds.values()), kinds
    assert kinds["february"] >= len(days) // 10, "with days drawn evenly it would be a thirteenth"
    assert date(2024, 2, 29) in drawn(kit.days(date(2024, 2, 1), date(2024, 3, 31)))
    assert FiscalYear(2000).start <= min(days) <= max(days) <= FiscalYear(2099).last_day


def test_days_keep_within_their_bounds() -> None:
    """Both bounds are inclusive, even if they are close together."""
    first, last = date(2024, 2, 28), date(2024, 3, 1)
    assert {first, first + ONE_DAY, last} == set(drawn(kit.days(first, last), 100))


def test_scores_lie_near_thresholds() -> None:
    """Scores are often a threshold, one below it or one above it, or an end of the scale."""
    found = Counter(drawn(kit.scores(APPS, "FY22 Q1"), 1000))
    assert {0, 1, 209, 210, 211, 419, 420, 421, 679, 680, 681, 1000} <= set(found)
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
    """Without a program all tiers are drawn; with a program, the tiers that its partners can hold."""
    assert set(Tier) == set(drawn(kit.tiers(), 100)) == set(drawn(kit.tiers(GUILD), 100))
    assert set(Tier) - {Tier.PROVISIONAL} == set(drawn(kit.tiers(APPS), 100))


@pytest.mark.parametrize("program", [MODEL, GUILD, APPS], ids=lambda program: program.name)
def test_timelines_reach_every_kind_of_decision(program: Program) -> None:
    """Timelines have every kind of decision, in every quarter, with scores and without, from many first days on."""
    timelines = drawn(kit.timelines(program) | kit.timelines(program, ragged=True))
    decisions = [decision for timeline in timelines for decision in timeline.decisions]
    kinds = Counter(decision.kind for decision in decisions)
    assert all(kinds[kind] >= len(decisions) // 100 for kind in DecisionKind), kinds
    assert {1, 2, 3, 4} == {decision.quarter.number for decision in decisions}
    assert {None, *program.changes[0].tiers} == {decision.earned for decision in decisions}
    starts = {(timeline.start.month, timeline.start.day) for timeline in timelines}
    assert len(starts) > 12
    assert any(len(timeline.history) == 1 for timeline in timelines)
    assert any(len(timeline.history) >= 9 for timeline in timelines) or program is not MODEL


def whole_years(timeline: Timeline) -> list[set[int | None]]:
    """Return the scores of each fiscal year whose four quarters are given."""
    history = timeline.history
    years = [FiscalYear(quarter.year).quarters for quarter in history if quarter.number == 4]
    return [{history[quarter] for quarter in quarters} for quarters in years if quarters[0] in history]


def test_a_whole_year_is_often_without_a_score() -> None:
    """The entry tier follows on March 1, even from a higher tier: one timeline in sixteen or more shows that."""
    timelines = drawn(kit.timelines(MODEL))
    empty = [timeline for timeline in timelines if {None} in whole_years(timeline)]
    assert len(empty) >= len(timelines) // 12
    falls = [timeline for timeline in empty if any(decision.after < decision.before for decision in timeline.changes)]
    assert len(falls) >= len(timelines) // 16


def test_each_year_is_without_a_score_for_itself() -> None:
    """A whole year without a score often stands beside a year with scores."""
    years = [whole_years(timeline) for timeline in drawn(kit.timelines(MODEL, min_size=8), 1000)]
    mixed = [scores for scores in years if {None} in scores and any(year != {None} for year in scores)]
    assert len(mixed) >= len(years) // 4


def test_starting_tiers_are_those_asked_for() -> None:
    """A strategy of starting tiers takes the place of all tiers of the program."""
    timelines = drawn(kit.timelines(MODEL, starting_tiers=st.sampled_from([Tier.RIDGE, Tier.CREST])), 50)
    assert {Tier.RIDGE, Tier.CREST} == {timeline.starting_tier for timeline in timelines}


def test_starts_lie_in_every_kind_of_month() -> None:
    """Ragged timelines start on effective dates, and in the review of the last quarter that is given."""
    timelines = drawn(kit.timelines(MODEL, ragged=True))
    kinds = Counter[str]()
    for timeline in timelines:
        cycles = [Cycle(quarter) for quarter in timeline.history]
        kinds["effective"] += timeline.start in [cycle.effective_on for cycle in cycles]
        kinds["last review"] += cycles[-1].review_start <= timeline.start < cycles[-1].effective_on
        kinds["last day of the last review"] += timeline.start == cycles[-1].review_last_day
        kinds["February"] += timeline.start.month == 2
    assert kinds["effective"] >= len(timelines) // 40, kinds
    assert kinds["last review"] >= len(timelines) // 8, kinds
    assert kinds["last day of the last review"] >= len(timelines) // 40, kinds
    assert kinds["February"] >= len(timelines) // 25, kinds


def test_histories_have_what_is_asked_for() -> None:
    """Sizes are inclusive; gaps, quarters without a score and ragged starts are drawn only if they are asked for."""
    plain = drawn(kit.score_histories(MODEL, min_size=2, max_size=5, unscored=False))
    assert {2, 3, 4, 5} == {len(history) for history in plain}
    assert all(history.quarters[0].number == 1 and None not in history.scores for history in plain)
    assert all(history.quarters[-1] - history.quarters[0] == len(history) - 1 for history in plain)
    ragged = drawn(kit.score_histories(MODEL, gaps=True, ragged=True))
    assert {1, 2, 3, 4} == {history.quarters[0].number for history in ragged if history}
    assert any(None in history.scores for history in ragged)
    assert any(history and history.quarters[-1] - history.quarters[0] >= len(history) for history in ragged)


@pytest.mark.parametrize(
    ("strategy", "message"),
    [
        (lambda: kit.fiscal_quarters("FY25 Q1", "FY24 Q1"), "last must not be before first, got first=FY25 Q1, last=FY24 Q1"),
        (lambda: kit.fiscal_years("FY25", "FY24"), "last must not be before first, got first=FY25, last=FY24"),
        (lambda: kit.program_years("PY25", "PY24"), "last must not be before first, got first=PY25, last=PY24"),
        (lambda: kit.days(date(2024, 3, 2), date(2024, 3, 1)), "got first=2024-03-02, last=2024-03-01"),
        (lambda: kit.score_histories(min_size=0), "min_size must be from 1 to max_size, 12, got 0"),
        (lambda: kit.snapshots(max_size=0), "min_size must be from 1 to max_size, 0, got 1"),
        (lambda: kit.timelines(max_size=2, min_size=3), "min_size must be from 1 to max_size, 2, got 3"),
        (
            lambda: kit.timelines(APPS, min_size=9),
            "the rules of APPS are not known for 9 quarters in a row from a Q1 on between",
        ),
        (
            lambda: kit.score_histories(APPS, min_size=9, ragged=True),
            "for 9 quarters in a row between FY2000 and FY2099",
        ),
        (lambda: kit.programs(max_editions=0), "max_editions must be 1 or more, got 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused(strategy: Callable[[], Any], message: str) -> None:
    """The error names the argument and its bounds."""
    with pytest.raises(InvalidArgument, match=re.escape(message)):
        drawn(strategy(), 1)


NOON = datetime(2024, 2, 1, 12)  # noqa: DTZ001  # no zone is chosen


@pytest.mark.parametrize(
    ("strategy", "message"),
    [
        (lambda: kit.days("2024-02-01"), "first must be a date, got '2024-02-01': date.fromisoformat reads one from text"),
        (lambda: kit.days(last=NOON), "last must be a date, got datetime"),
        (lambda: kit.days(NOON), "take .date() in the time zone that is meant"),
        (lambda: kit.fiscal_quarters(NOON), "first must be a FiscalQuarter or its text, got datetime"),
        (lambda: kit.fiscal_years(last=2024), "last must be a FiscalYear or its text, got 2024"),
        (lambda: kit.program_years(FiscalYear(2024)), "first must be a ProgramYear or its text, got FiscalYear"),
        (lambda: kit.scores(APPS, date(2021, 2, 1)), "FiscalQuarter.containing takes a date"),
        (lambda: kit.score_histories(min_size="3"), "min_size must be an int, got '3'"),
        (lambda: kit.timelines(max_size=3.0), "max_size must be an int, got 3.0"),
        (lambda: kit.snapshots(max_size=True), "max_size must be an int, got True"),
        (
            lambda: kit.timelines(starting_tiers="Base"),
            "starting_tiers must be a strategy, got 'Base': st.just(Tier.BASE) is one",
        ),
        (lambda: kit.programs(max_editions=None), "max_editions must be an int, got None"),
        (lambda: kit.editions(date(2024, 2, 1)), "start must be a FiscalQuarter or its text"),
        (lambda: kit.editions(entry_tier=1), "entry_tier must be a Tier or its name, got 1"),
    ],
)
def test_values_of_another_kind_are_refused(strategy: Callable[[], Any], message: str) -> None:
    """The error names the argument, and says what to give."""
    with pytest.raises(WrongTypeError, match=re.escape(message)):
        drawn(strategy(), 1)


def test_text_is_read_as_elsewhere() -> None:
    """Bounds and tiers may be text, and other spellings are refused."""
    assert Tier.RIDGE <= min(drawn(kit.editions("FY24 Q1", "ridge"), 20)[0].tiers)
    with pytest.raises(ParseError, match="'2024Q1' is not a fiscal quarter"):
        kit.fiscal_quarters("2024Q1")
    with pytest.raises(UnknownRuleError, match="FY23 Q1"):
        kit.scores(APPS, "FY23 Q1")


@pytest.mark.parametrize("strategy", [kit.timelines, kit.score_histories, kit.scores, kit.tiers, kit.snapshots])
def test_a_program_is_asked_for(strategy: Callable[[Any], Any]) -> None:
    """The name of a program is refused."""
    with pytest.raises(WrongTypeError, match="program must be a Program, got 'APPS'"):
        drawn(strategy("APPS"), 1)


def test_snapshots_make_histories() -> None:
    """Readings come in any order, with one score a day; some end on a closing day and some do not."""
    snapshots = drawn(kit.snapshots())
    histories = list(map(ScoreHistory.from_snapshots, snapshots))
    assert any(readings != sorted(readings) for readings in snapshots)
    last = [max(day for day, _ in readings) for readings in snapshots]
    complete = [FiscalQuarter.containing(day) in history for day, history in zip(last, histories)]
    assert {True, False} == set(complete)


def test_programs_are_of_every_kind() -> None:
    """Programs have one edition or several, either carryover, and go on, end or cease to be known."""
    programs = drawn(kit.programs(), 150)
    assert {1, 2, 3} == {len(program.editions) for program in programs}
    assert {Edition, UnknownRules, ProgramEnd} == {type(program.changes[-1]) for program in programs}
    assert set(Carryover) == {edition.carryover for program in programs for edition in program.editions}
    single = drawn(kit.programs(max_editions=1), 30)
    assert {1} == {len(program.editions) for program in single}


@given(kit.programs(), st.data())
def test_programs_have_timelines(program: Program, data: st.DataObject) -> None:
    """Timelines can be drawn for every program, and every law holds for them."""
    timeline = data.draw(kit.timelines(program, ragged=data.draw(st.booleans())))
    for law in kit.LAWS:
        law.check(timeline)
