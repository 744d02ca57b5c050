"""Strategies of the testing kit: what they draw, how often, and what they refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from drawing import drawn
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from made_up import APPS, GUILD, MODEL, PUBLISHED, stated
from promised import HISTORIES, PROMISED, RULES, TIME
from promises import Promised, drawn_apart
from shares import SHARES

import tbtier.testing as kit
from tbtier import FiscalQuarter, FiscalYear, ProgramYear, ScoreHistory, Tier, Timeline
from tbtier.errors import ParseError, UnknownRuleError, WrongTypeError
from tbtier.rules import Program

ONE_DAY = timedelta(days=1)
ANY: Callable[[Any], bool] = lambda _: True  # noqa: E731


@pytest.mark.parametrize("name", [*TIME, *HISTORIES, *RULES])
def test_strategies_keep_their_promises(name: str) -> None:
    """Each statement is true for the share of the values that `shares.py` states, within the bounds of chance."""
    assert [] == PROMISED[name].broken(SHARES[name])


def test_every_promise_can_be_broken() -> None:
    """Each statement has a share, and none is so small that its absence could be chance."""
    assert {name: list(promised.statements) for name, promised in PROMISED.items()} == {
        name: list(shares) for name, shares in SHARES.items()
    }
    bounds = {(name, what): PROMISED[name].bounds(share) for name in SHARES for what, share in SHARES[name].items() if share}
    assert [] == [promise for promise, (low, _) in bounds.items() if low <= 0]


def test_a_broken_promise_is_named() -> None:
    """A statement that is true for more or for fewer values than promised is named, with its bounds."""
    tiers = Promised(
        kit.tiers, 400, {"a tier": lambda _: True, "no tier": lambda _: False, "Base": lambda tier: tier is Tier.BASE}
    )
    assert [] == tiers.broken({"a tier": 1, "no tier": 0, "Base": 0.2})
    assert [
        "a tier: 100.00% of the values, promised 37.50% to 62.50%",
        "no tier: 0.00% of the values, promised 10.00% to 30.00%",
    ] == tiers.broken({"a tier": 0.5, "no tier": 0.2, "Base": 0.2})


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 2, 28), date(2024, 3, 1)),
        (date(2023, 8, 14), date(2023, 8, 15)),
        (date(2023, 4, 28), date(2023, 5, 3)),
        (date(2024, 3, 1), date(2024, 3, 1)),
    ],
    ids=str,
)
def test_every_day_of_a_short_span_is_drawn(first: date, last: date) -> None:
    """Both bounds are inclusive, even if they are close together, and every day between them is drawn."""
    every_day = {first + number * ONE_DAY for number in range((last - first).days + 1)}
    assert every_day == set(drawn_apart(kit.days(first, last), 200))


def test_bounds_of_one_year_or_quarter() -> None:
    """Both bounds may be the same."""
    assert {FiscalYear(2030)} == set(drawn(kit.fiscal_years("FY30", "FY30"), 10))
    assert {ProgramYear(2030)} == set(drawn(kit.program_years("PY30", "PY30"), 10))
    assert {FiscalQuarter(2030, 2)} == set(drawn(kit.fiscal_quarters("FY30 Q2", "FY30 Q2"), 10))
    assert {date(2030, 2, 1)} == set(drawn(kit.days(date(2030, 2, 1), date(2030, 2, 1)), 10))


def test_years_are_of_a_century_by_default() -> None:
    """Without bounds, each year from FY2000 to FY2099 is drawn."""
    assert {FiscalYear(year) for year in range(2000, 2100)} == set(drawn(kit.fiscal_years(), 400))
    assert {ProgramYear(year) for year in range(2000, 2100)} == set(drawn(kit.program_years(), 400))


def simplest_of(strategy: st.SearchStrategy[Any], holds: Callable[[Any], bool], seed: int | None = None) -> Any:
    """Return the value to which a strategy shrinks, a timeline and a history by what they contain."""
    # Hypothesis draws examples that are like earlier ones, so a few hundred can all be of another kind.
    many = settings(max_examples=10_000, phases=[Phase.generate, Phase.shrink], database=None)
    found = find(strategy, holds, settings=many, random=None if seed is None else Random(seed))
    if isinstance(found, Timeline):
        return found.start, found.starting_tier, dict(found.history)
    return dict(found) if isinstance(found, ScoreHistory) else found


FY24 = FiscalYear(2024).quarters


@pytest.mark.parametrize(
    ("strategy", "holds", "simplest"),
    [
        (kit.fiscal_years(), ANY, FiscalYear(2024)),
        (kit.program_years(), ANY, ProgramYear(2024)),
        (kit.fiscal_quarters(), ANY, FiscalQuarter(2024, 1)),
        (kit.fiscal_years("FY30"), ANY, FiscalYear(2030)),
        (kit.fiscal_years(last="FY20"), ANY, FiscalYear(2020)),
        (kit.program_years("PY30"), ANY, ProgramYear(2030)),
        (kit.fiscal_quarters("FY30 Q2"), ANY, FiscalQuarter(2030, 2)),
        (kit.fiscal_quarters(last="FY20 Q3"), ANY, FiscalQuarter(2020, 3)),
        (kit.fiscal_quarters(), lambda quarter: quarter.year > 2026, FiscalQuarter(2027, 1)),
        (kit.fiscal_quarters(), lambda quarter: quarter.year < 2022, FiscalQuarter(2021, 4)),
        (kit.days(), ANY, date(2023, 6, 1)),
        (kit.tiers(), ANY, Tier.PROVISIONAL),
        (kit.tiers(APPS), ANY, Tier.BASE),
        (kit.scores(MODEL), ANY, 0),
        (kit.scores(MODEL), lambda score: score > 249, 250),
        (kit.score_histories(MODEL), ANY, {FY24[0]: 0}),
        (kit.score_histories(MODEL, gaps=True, ragged=True), ANY, {FY24[0]: 0}),
        (kit.score_histories(GUILD, min_size=2), ANY, {FY24[0]: 0, FY24[1]: 0}),
        (kit.score_histories(MODEL), lambda history: None in history.values(), {FY24[0]: None}),
        (kit.score_histories(MODEL), lambda history: 250 in history.values(), {FY24[0]: 250}),
        (kit.snapshots(MODEL), ANY, [(date(2023, 4, 30), 0)]),
    ],
)
def test_values_shrink_to_the_simplest(strategy: st.SearchStrategy[Any], holds: Callable[[Any], bool], simplest: Any) -> None:
    """A value shrinks towards FY24 Q1, the lowest score and a short history in which every quarter is scored."""
    assert simplest == simplest_of(strategy, holds)


@pytest.mark.parametrize("seed", [11, 20, 63, 68])
def test_quarters_before_an_unscored_one_are_left_out(seed: int) -> None:
    """Hypothesis can leave out a quarter as a whole, whatever it draws first."""
    assert {FY24[0]: None} == simplest_of(kit.score_histories(MODEL), lambda history: None in history.values(), seed)


@pytest.mark.parametrize(
    ("ragged", "holds", "simplest"),
    [
        (False, ANY, (date(2023, 3, 1), Tier.BASE, {FY24[0]: 0})),
        (True, ANY, (date(2023, 3, 1), Tier.BASE, {FY24[0]: 0})),
        (True, lambda timeline: len(timeline.history) == 2, (date(2023, 3, 1), Tier.BASE, {FY24[0]: 0, FY24[1]: 0})),
        (False, lambda timeline: timeline.starting_tier > Tier.RIDGE, (date(2023, 3, 1), Tier.CREST, {FY24[0]: 0})),
    ],
)
def test_timelines_shrink_to_the_simplest(ragged: bool, holds: Callable[[Timeline], bool], simplest: Any) -> None:
    """A timeline shrinks towards a lowest tier on March 1 of FY24."""
    assert simplest == simplest_of(kit.timelines(MODEL, ragged=ragged), holds)


def test_histories_begin_with_the_first_year_that_is_known_as_a_whole() -> None:
    """If the rules are known from a Q2 on, only ragged histories begin in that quarter, and no timeline does."""
    late = Program(name="LATE", entry_tier=Tier.BASE, changes=(stated("FY24 Q2", (0, 250, 500, 750), PUBLISHED),))
    fy25_q1 = FiscalQuarter(2025, 1)
    assert {fy25_q1: 0} == simplest_of(kit.score_histories(late), ANY)
    assert {FY24[1]: 0} == simplest_of(kit.score_histories(late, ragged=True), ANY)
    assert (date(2024, 3, 1), Tier.BASE, {fy25_q1: 0}) == simplest_of(kit.timelines(late, ragged=True), ANY)


def test_made_up_rules_shrink_to_one_edition() -> None:
    """A program shrinks to one edition for all time, with one tier."""
    program = simplest_of(kit.programs(), ANY)
    assert (Tier.BASE, 1, None) == (program.entry_tier, len(program.changes), program.changes[0].start)
    assert (Tier.BASE,) == program.tiers == simplest_of(kit.editions(), ANY).tiers


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
        (lambda: kit.fiscal_quarters(last=1), "last must be a FiscalQuarter or its text, got 1"),
        (lambda: kit.fiscal_years(2024), "first must be a FiscalYear or its text, got 2024"),
        (lambda: kit.fiscal_years(last=2024), "last must be a FiscalYear or its text, got 2024"),
        (lambda: kit.program_years(FiscalYear(2024)), "first must be a ProgramYear or its text, got FiscalYear"),
        (lambda: kit.program_years(last=2024), "last must be a ProgramYear or its text, got 2024"),
        (
            lambda: kit.scores(APPS, date(2021, 2, 1)),
            "quarter must be a FiscalQuarter or its text, got datetime.date(2021, 2, 1): FiscalQuarter.containing takes a date",
        ),
        (lambda: kit.score_histories(min_size="3"), "min_size must be an int, got '3'"),
        (lambda: kit.timelines(max_size=3.0), "max_size must be an int, got 3.0"),
        (lambda: kit.snapshots(max_size=True), "max_size must be an int, got True"),
        (lambda: kit.score_histories(gaps=1), "gaps must be True or False, got 1"),
        (lambda: kit.score_histories(ragged=1), "ragged must be True or False, got 1"),
        (lambda: kit.score_histories(unscored=0), "unscored must be True or False, got 0"),
        (lambda: kit.timelines(ragged=None), "ragged must be True or False, got None"),
        (lambda: kit.timelines(unscored="no"), "unscored must be True or False, got 'no'"),
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
    with pytest.raises(WrongTypeError, match="(^|: )" + re.escape(message)):
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


@given(kit.programs(), st.data())
def test_programs_have_timelines(program: Program, data: st.DataObject) -> None:
    """Timelines can be drawn for every program, and every law holds for them."""
    timeline = data.draw(kit.timelines(program, ragged=data.draw(st.booleans())))
    for law in kit.LAWS:
        law.check(timeline)
