"""Comparison of plans and outlooks with the oracle, which walks through every combination of possible scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import BEST_OF_FOUR, Q4_ALONE
from plain import RANKS, earned_by, rules_of
from strategies import Partner, contiguous, days, entries, ragged

import tbtier as tb
from tbtier import Decision, FiscalQuarter, FiscalYear, Impossible, Open, Secured, Tier
from tbtier.errors import UnknownRuleError
from tbtier.evaluation.scores import Score
from tbtier.rules import Edition, Program, UnknownRules
from tbtier.rules.cycles import Cycle

ONE_DAY = timedelta(days=1)

Pages = list[oracle.Page]


class World:
    """A partner on a day by the oracle: the past as known on that day, and the possible futures."""

    def __init__(self, partner: Partner, on: date) -> None:
        """Walk from the partner's start to the day, with the scores of the quarters that have closed by then."""
        self.partner, self.on = partner, on
        self.rules = rules_of(partner.program)
        self.earned = {quarter: tier for quarter, tier in earned_by(partner).items() if oracle.last_day(quarter) < on}
        self.start = partner.start or date(min(quarter.year for quarter in partner.scores) - 1, 3, 1)
        self.first_given = min(earned_by(partner), default=None)

    def undecided(self, quarter: oracle.Quarter) -> bool:
        """Return whether the score of a quarter is unknown on the day: the quarter is open or awaiting its score."""
        excused = oracle.last_day(quarter) < self.start and not (self.first_given and self.first_given < quarter)
        return quarter not in self.earned and not excused

    def unknown(self, quarter: oracle.Quarter) -> bool:
        """Return whether the rules of a quarter are unknown."""
        changes = [one for one in self.partner.program.changes if isinstance(one, Edition | UnknownRules)]
        begun = [one for one in changes if one.start is None or (one.start.year, one.start.number) <= quarter]
        return not begun or isinstance(begun[-1], UnknownRules)

    def outcomes(self, quarter: oracle.Quarter) -> list[int | None]:
        """Return the tiers that a quarter can earn, and `None`."""
        return [None, *(tier for tier, _ in oracle.edition_in_force(quarter, self.rules).lowest_scores)]

    def effective(self, until: date) -> list[oracle.Quarter]:
        """Return the quarters that take effect after the partner's start, up to and including a day."""
        pages = oracle.calendar(self.start + ONE_DAY, until + ONE_DAY)
        return [quarter for _, quarter in pages if quarter is not None]

    def held(self, by: date, later: dict[oracle.Quarter, int | None]) -> int:
        """Return the tier held on a day in one future."""
        held = RANKS[self.partner.starting_tier]
        earned = {**self.earned, **later}
        diary = oracle.walk(oracle.calendar(self.start + ONE_DAY, by + ONE_DAY), (held,), earned, self.rules)
        return diary[-1][0] if diary else held

    def futures(self, by: date) -> set[int]:
        """Return the tiers held on a day in every future: each undecided quarter with each of its outcomes."""
        held = (RANKS[self.partner.starting_tier],)
        return set(self._grow(oracle.calendar(self.start + ONE_DAY, by + ONE_DAY), held, dict(self.earned)))

    def _grow(self, pages: Pages, held: tuple[int, ...], earned: dict[oracle.Quarter, int | None]) -> Sequence[int]:
        for place, (_, quarter) in enumerate(pages):
            if quarter is not None and self.undecided(quarter) and quarter not in earned:
                diary = oracle.walk(pages[:place], held, earned, self.rules)
                before = diary[-1] if diary else held
                leaves: list[int] = []
                for outcome in self.outcomes(quarter):
                    leaves += self._grow(pages[place:], before, {**earned, quarter: outcome})
                return leaves
        diary = oracle.walk(pages, held, earned, self.rules)
        return diary[-1] if diary else held

    def best(self, by: date) -> int:
        """Return the tier held on a day if every undecided quarter earns the highest tier."""
        undecided = [quarter for quarter in self.effective(by) if self.undecided(quarter)]
        tables = {quarter: oracle.edition_in_force(quarter, self.rules).lowest_scores for quarter in undecided}
        return self.held(by, {quarter: table[-1][0] for quarter, table in tables.items()})

    def evaluates(self, quarter: oracle.Quarter) -> bool:
        """Return whether the rules of a quarter are known, and the quarter takes effect before the program ends."""
        ended_on = self.rules.ended_on
        return not self.unknown(quarter) and (ended_on is None or quarter in self.effective(ended_on - ONE_DAY))

    def may_fall_on(self, on: date) -> date | None:
        """Return the first later day on which the tier can be lower or is unknown, or `None`."""
        held = self.held(on, {})
        for day in (on + ahead * ONE_DAY for ahead in range(1, 366 * 12)):
            quarter = oracle.acting_on(day)
            if day == self.rules.ended_on or (quarter and (self.unknown(quarter) or self.held(day, {}) < held)):
                return day
        return None

    def counting(self, by: date) -> set[oracle.Quarter]:
        """Return the quarters whose rules must be known to determine the tier on a day."""
        year = by.year if by.month >= 3 else by.year - 1  # the calendar year of the last March 1
        inside = {quarter for quarter in self.effective(by) if quarter[0] == year + 1}
        q4 = (year, 4)
        if q4 not in self.effective(by):
            return inside
        best_of_four = not self.unknown(q4) and oracle.edition_in_force(q4, self.rules).carryover == "HIGHEST_OF_YEAR"
        return inside | {q4} | ({(year, 1), (year, 2), (year, 3)} if best_of_four else set())


@st.composite
def questions(draw: st.DrawFn) -> tuple[Partner, date]:
    """Draw a partner, and a day in its timeline."""
    partner = draw(contiguous() | ragged())
    timeline = partner.timeline
    return partner, draw(days(timeline.start, timeline.stop - ONE_DAY))


def assert_plans_are_exact(partner: Partner, on: date, by: date, futures: Callable[[World], set[int]] | None = None) -> None:
    """Compare the plans for all tiers with the tiers held on the day in every future."""
    timeline = partner.timeline
    ended_on = partner.program.ended_on
    if ended_on and by >= ended_on:
        for tier in Tier:
            answer = tb.plan(timeline, tier, by=by, as_of=on)
            assert isinstance(answer, Impossible)
            assert answer.possible_from is None
            assert "no further evaluation" in answer.reason
        return
    world = World(partner, on)
    if any(map(world.unknown, world.counting(by))):
        with pytest.raises(UnknownRuleError):
            tb.plan(timeline, Tier.BASE, by=by, as_of=on)
        return
    held = futures(world) if futures else world.futures(by)
    for tier in Tier:
        wanted = RANKS[tier]
        answer = tb.plan(timeline, tier, by=by, as_of=on)
        assert (tier, by) == (answer.tier, answer.by)
        if min(held) >= wanted:
            assert isinstance(answer, Secured)
            assert_secured(World(partner, on), answer, by, wanted)
        elif max(held) < wanted:
            assert isinstance(answer, Impossible)
            assert first_possible(world, by, wanted) == answer.possible_from
        else:
            assert isinstance(answer, Open)
            assert_chances_suffice(world, answer, by, wanted)


def assert_secured(world: World, answer: Secured, by: date, wanted: int) -> None:
    """Check that the securing quarter alone is enough; without a securing quarter, no score is needed."""
    known = world.earned
    if answer.secured_by is None:
        world.earned = dict.fromkeys(known)
        assert world.held(by, {}) >= wanted
        return
    pair = answer.secured_by.year, answer.secured_by.number
    world.earned = {**dict.fromkeys(known), pair: known[pair]}
    assert world.held(by, {}) >= wanted
    world.earned = dict.fromkeys(known)
    assert world.held(by, {}) < wanted


def assert_chances_suffice(world: World, answer: Open, by: date, wanted: int) -> None:
    """Check that each option alone is enough, that one point less is not, and that no quarter is left out."""
    undecided = [quarter for quarter in world.effective(by) if world.undecided(quarter)]
    lowest: dict[oracle.Quarter, int] = {}
    for quarter in undecided:
        for tier, score in oracle.edition_in_force(quarter, world.rules).lowest_scores:
            if world.held(by, {quarter: tier}) >= wanted:
                lowest[quarter] = score
                break
    chances = {pair(option.cycle): option.score for option in answer.options}
    assert {quarter: score for quarter, score in lowest.items() if oracle.last_day(quarter) >= world.on} == chances
    awaiting_score = [(cycle.quarter.year, cycle.quarter.number) for cycle in answer.awaiting_score]
    assert [quarter for quarter in lowest if oracle.last_day(quarter) < world.on] == awaiting_score
    for quarter, score in chances.items():
        assert world.held(by, {quarter: oracle.earned_by(score, quarter, world.rules)}) >= wanted
        less = oracle.earned_by(score - 1, quarter, world.rules) if score else None
        assert world.held(by, {quarter: less}) < wanted
    closing = [oracle.last_day(quarter) for quarter in chances]
    assert max(closing, default=None) == answer.last_day
    assert [(option.cycle.closes_on, option.score) for option in answer.options] == sorted(zip(closing, chances.values()))
    assert len(answer.reasons) > len(answer.options)


def first_possible(world: World, by: date, wanted: int) -> date | None:
    """Return the first day from `by` on on which a tier is held in the best future, or `None`."""
    for day in (by + ahead * ONE_DAY for ahead in range(1, 366 * 12)):
        quarter = oracle.acting_on(day)
        if day == world.rules.ended_on or (quarter and world.unknown(quarter)):
            return None
        if quarter and world.best(day) >= wanted:
            return day
    return None


@given(questions(), st.integers(0, 330))
def test_plans_are_exact(question: tuple[Partner, date], ahead: int) -> None:
    """A plan is secured if every future holds the tier, impossible if none does, and else open, with all its chances."""
    partner, on = question
    assert_plans_are_exact(partner, on, on + ahead * ONE_DAY)


@given(questions(), st.integers(0, 366 * 6))
def test_plans_are_exact_years_ahead(question: tuple[Partner, date], ahead: int) -> None:
    """Years ahead there are too many futures to walk: the one without a score and the best one bound all others."""
    partner, on = question
    by = on + ahead * ONE_DAY
    assert_plans_are_exact(partner, on, by, lambda world: {world.held(by, {}), world.best(by)})


@given(questions(), st.integers(0, 366))
def test_plans_for_days_that_are_past(question: tuple[Partner, date], ago: int) -> None:
    """What was held on a day in the past is secured, and what was not is impossible."""
    partner, on = question
    assert_plans_are_exact(partner, on, max(on - ago * ONE_DAY, partner.timeline.start))


SCORES: dict[FiscalQuarter, Score] = dict(zip((*FiscalYear(2024).quarters, *FiscalYear(2025).quarters), [310, 540, 100, 260]))
SPECIAL_DAYS = sorted(
    date(year, month, 1) + offset * ONE_DAY for year in (2023, 2024) for month in range(2, 13) for offset in (-1, 0, 1, 27, 28)
)


@pytest.mark.parametrize("program", [BEST_OF_FOUR, Q4_ALONE], ids=["best of four", "Q4 alone"])
@pytest.mark.parametrize("on", [day for day in SPECIAL_DAYS if date(2023, 3, 1) <= day < date(2024, 6, 1)], ids=str)
def test_plans_on_every_kind_of_day(on: date, program: Program) -> None:
    """Plans are exact in quarters, review months and February, around effective dates, and on the first and the last day."""
    partner = Partner(SCORES, program, Tier.SUMMIT, None)
    renews_on = date(on.year + (on.month > 1), 3, 1)
    for by in {on, on + ONE_DAY, renews_on - ONE_DAY, renews_on}:
        assert_plans_are_exact(partner, on, by)


def assert_outlook_is_exact(partner: Partner, on: date) -> None:
    """Compare an outlook with the oracle's walk through every future."""
    world, view = World(partner, on), tb.outlook(partner.timeline, as_of=on)
    program = partner.program
    assert RANKS[view.held] == world.held(on, {})
    assert world.may_fall_on(on) == view.may_fall_on
    renews_on = date(on.year + (on.month > 2), 3, 1)
    assert (on, renews_on) == (view.as_of, view.renews_on)
    evaluated = [quarter for quarter in world.effective(renews_on) if world.evaluates(quarter)]
    in_review = [quarter for quarter in evaluated if oracle.last_day(quarter) < on and quarter not in world.effective(on)]
    assert [quarter for quarter in in_review if not world.undecided(quarter)] == [pair(one) for one in view.pending]
    assert [quarter for quarter in in_review if world.undecided(quarter)] == [pair(one) for one in view.awaiting_score]
    still_open = [quarter for quarter in evaluated if oracle.last_day(quarter) >= on]
    assert still_open == [pair(one) for one in view.open_cycles]
    if program.ended_on and renews_on >= program.ended_on:
        assert view.unknown_reason.startswith("no further evaluation")
    elif any(map(world.unknown, world.counting(renews_on))):
        assert "are not known" in view.unknown_reason
    else:
        assert view.unknown_reason is None
        assert min(world.futures(renews_on)) == RANKS[view.secured]
        assert world.held(renews_on - ONE_DAY, {}) == RANKS[view.tier_before_renewal]
        assert (world.held(renews_on - ONE_DAY, {}) > RANKS[view.secured]) == view.at_risk
        for requirement in view.requirements:
            assert tb.plan(partner.timeline, requirement.tier, by=renews_on, as_of=on) == requirement
            assert view.requirement(requirement.tier) == requirement
        return
    assert (None, None, ()) == (view.secured, view.at_risk, view.requirements)


def pair(one: Cycle | Decision) -> oracle.Quarter:
    """Return the quarter of a cycle or a decision as a pair."""
    return one.quarter.year, one.quarter.number


@settings(max_examples=60)
@given(questions())
def test_outlooks_are_exact(question: tuple[Partner, date]) -> None:
    """What is secured is the least of all futures, and the rest of an outlook is as the diary has it."""
    assert_outlook_is_exact(*question)


@pytest.mark.parametrize("program", [BEST_OF_FOUR, Q4_ALONE], ids=["best of four", "Q4 alone"])
@pytest.mark.parametrize("on", [day for day in SPECIAL_DAYS if date(2023, 3, 1) <= day < date(2024, 6, 1)], ids=str)
def test_outlooks_on_every_kind_of_day(on: date, program: Program) -> None:
    """Outlooks are exact in quarters, review months and February, around effective dates, and on the first and the last day."""
    assert_outlook_is_exact(Partner(SCORES, program, Tier.SUMMIT, None), on)


@given(questions(), st.data())
def test_nobody_looks_ahead(question: tuple[Partner, date], data: st.DataObject) -> None:
    """Scores of quarters that close on the day or after it change no answer, whether they are there or not."""
    partner, on = question
    timeline = partner.timeline
    scores: dict[FiscalQuarter, Score] = {}
    for quarter in sorted(partner.scores):
        if quarter.last_day >= on:
            if data.draw(st.booleans(), label="given no more"):
                break
            scores[quarter] = data.draw(entries(partner.program.edition(quarter)), label=str(quarter))
        else:
            scores[quarter] = partner.scores[quarter]
    other = tb.evaluate(scores, program=partner.program, starting_tier=partner.starting_tier, start=timeline.start)
    view = tb.outlook(timeline, as_of=on)
    assert view == tb.outlook(other, as_of=on)
    assert str(view) == str(tb.outlook(other, as_of=on))
    tier, by = data.draw(st.sampled_from(Tier)), on + data.draw(st.integers(0, 800)) * ONE_DAY
    try:
        answer = tb.plan(timeline, tier, by=by, as_of=on)
    except UnknownRuleError as unknown:
        with pytest.raises(UnknownRuleError, match=re.escape(str(unknown))):
            tb.plan(other, tier, by=by, as_of=on)
    else:
        assert answer == tb.plan(other, tier, by=by, as_of=on)
