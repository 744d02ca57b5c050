"""Strategies for tiers, scores, histories and timelines, which often draw values where mistakes are likely."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from tbtier.errors import WrongTypeError
from tbtier.errors.checks import require_bool, require_int
from tbtier.errors.values import is_of, shown
from tbtier.evaluation.scores import ScoreHistory
from tbtier.evaluation.timeline import Timeline, evaluate
from tbtier.fiscal import ONE_DAY, FiscalQuarter, ProgramYear
from tbtier.programs import TRAILBLAZER
from tbtier.rules.cycles import Cycle
from tbtier.rules.editions import Edition
from tbtier.rules.program import Program, require_program
from tbtier.rules.tiers import Tier
from tbtier.testing.time import FIRST, LAST, SIMPLEST, bound, days

__all__ = ["score_histories", "scores", "snapshots", "tiers", "timelines"]

_CHANCES: Final = st.integers(0, 8 * 8 - 1)  # drawn beside a score, so that each shrinks by itself: two numbers from 0 to 7
_KINDS_OF_STARTS: Final = st.sampled_from(["simple", "any", "in the last review", "on its first or last day", "effective"])
_SCORED_EIGHTHS: Final = st.sampled_from([7, 7, 4, 1, 0])  # of the quarters of one fiscal year; 0 scores no quarter of the year


def tiers(program: Program | None = None) -> st.SearchStrategy[Tier]:
    """Draw tiers; with a program, only tiers that a partner of the program can hold.

    Raises:
        WrongTypeError: `program` is not a Program.
    """
    return st.sampled_from(Tier) if program is None else st.sampled_from(require_program(program).tiers)


def scores(program: Program = TRAILBLAZER, quarter: FiscalQuarter | str = SIMPLEST) -> st.SearchStrategy[int]:
    """Draw scores that a quarter can have, often a threshold, one less, one more, or the maximum.

    Raises:
        WrongTypeError: `program` is not a Program, or `quarter` neither a quarter nor text.
        ParseError: the text of the quarter is in another spelling.
        UnknownRuleError: the rules of that quarter are not known.
    """
    return _scores_near(*_bounds(require_program(program).edition(bound(FiscalQuarter, "quarter", quarter))))


def _bounds(edition: Edition) -> tuple[tuple[int, ...], int]:
    """Return the scores of the thresholds, and the maximum."""
    return tuple([threshold.score for threshold in edition.thresholds]), edition.maximum_score


@lru_cache(maxsize=256)  # making a strategy takes longer than drawing from it
def _scores_near(bounds: tuple[int, ...], maximum: int) -> st.SearchStrategy[int]:
    near = {bound + offset for bound in bounds for offset in (-1, 0, 1)} | {maximum}
    return st.integers(0, maximum) | st.sampled_from(sorted(score for score in near if 0 <= score <= maximum))


@lru_cache(maxsize=256)
def _quarters_near(bounds: tuple[int, ...], maximum: int) -> st.SearchStrategy[tuple[int, int]]:
    return _quarter(_scores_near(bounds, maximum))


@st.composite
def _quarter(draw: st.DrawFn, scores: st.SearchStrategy[int]) -> tuple[int, int]:
    """Draw a score and a number for its chances at once, so that Hypothesis can leave out the whole quarter.

    A tuple of strategies would do, but Hypothesis explains each part of a tuple, which takes most of the time of a failure.
    """
    return draw(scores), draw(_CHANCES)


@lru_cache(maxsize=64)
def _spans(program: Program) -> tuple[tuple[FiscalQuarter, FiscalQuarter], ...]:
    """Return the spans of quarters whose rules are known without a break, each as its first and its last quarter."""
    spans: list[tuple[FiscalQuarter, FiscalQuarter]] = []
    for quarter in (FIRST + places for places in range(LAST - FIRST + 1)):
        if not program.knows(quarter):
            continue
        if spans and quarter - spans[-1][1] == 1:
            spans[-1] = spans[-1][0], quarter
        else:
            spans.append((quarter, quarter))
    return tuple(spans)


def _before_a_change(program: Program, first: FiscalQuarter, last: FiscalQuarter, step: int) -> list[int]:
    """Return how many steps after `first` those histories begin whose first year has the last quarter of an edition."""
    ends = [edition.start - 1 for edition in program.editions if edition.start] + [last] * (last < LAST)
    return sorted({(end - back - first) // step for end in ends for back in range(4) if first <= end - back and end <= last})


@st.composite
def score_histories(
    draw: st.DrawFn,
    program: Program = TRAILBLAZER,
    *,
    min_size: int = 1,
    max_size: int = 12,
    unscored: bool = True,
    gaps: bool = False,
    ragged: bool = False,
) -> ScoreHistory:
    """Draw histories of quarters in a row whose rules are known, often on both sides of a change of the rules.

    Args:
        program: the program whose thresholds the scores lie near.
        min_size: the lowest number of quarters, inclusive; missing quarters are not counted.
        max_size: the highest number of quarters, inclusive; a shorter span of known rules limits it.
            All quarters are from FY2000 to FY2099.
        unscored: whether some quarters are `None`, not scored; often a whole fiscal year is.
        gaps: whether some quarters are missing; `evaluate` rejects a missing quarter that matters.
        ragged: whether the history may begin in any quarter, and not only in a Q1.

    Raises:
        WrongTypeError: `program` is not a Program, a size not an int, or a flag not a bool.
        InvalidArgument: `min_size` is below 1 or above `max_size`, or the rules are not known for that many quarters.

    >>> from hypothesis import given
    >>> @given(score_histories(min_size=3, unscored=False))
    ... def test(history):
    ...     assert len(history) >= 3 and None not in history.values()
    >>> test()
    """
    step = 1 if require_bool(ragged, "ragged") else 4
    return draw(_histories(program, min_size, max_size, unscored=unscored, gaps=gaps, step=step))


@st.composite
def _histories(
    draw: st.DrawFn,
    program: Program,
    min_size: int,
    max_size: int,
    *,
    unscored: bool,
    gaps: bool = False,
    step: int,
    whole_years: bool = False,
) -> ScoreHistory:
    """Draw histories that begin in any quarter (`step` 1), in a Q1 (4), or in a quarter whose year is known from its Q1 on."""
    from_q1_on = step == 4 or whole_years
    unscored, gaps = require_bool(unscored, "unscored"), require_bool(gaps, "gaps")
    min_size, max_size = require_int(min_size, "min_size"), require_int(max_size, "max_size")
    if not 1 <= min_size <= max_size:
        raise InvalidArgument(f"min_size must be from 1 to max_size, {shown(max_size)}, got {shown(min_size)}")
    spans = _spans(require_program(program))
    if from_q1_on:
        spans = tuple((first + (1 - first.number) % 4, last) for first, last in spans)
    long_enough = [(first, last) for first, last in spans if last - first + 1 >= min_size]
    if not long_enough:
        from_where = " from a Q1 on" if from_q1_on else ""
        unknown = f"the rules of {program.name} are not known for {shown(min_size)} quarters in a row{from_where}"
        raise InvalidArgument(f"{unknown} between FY2000 and FY2099")
    first, last = draw(st.sampled_from(long_enough))
    steps = (last - first - min_size + 1) // step
    simplest = (SIMPLEST - first) // step  # the distance shrinks towards 0, as near as it can
    distances = st.integers(-simplest, steps - simplest)
    if often := [places - simplest for places in _before_a_change(program, first, last, step) if places <= steps]:
        distances |= st.sampled_from(often)
    begin = first + step * (simplest + draw(distances))
    size = draw(st.integers(min_size, min(max_size, last - begin + 1)))
    scored_eighths = draw(_SCORED_EIGHTHS)
    entries: dict[FiscalQuarter, int | None] = {}
    quarter = begin
    while len(entries) < size:
        if quarter.number == 1 and entries:
            scored_eighths = draw(_SCORED_EIGHTHS)
        score, chance = draw(_quarters_near(*_bounds(program.edition(quarter))))
        missing, scored = divmod(chance, 8)
        can_be_missing = gaps and last - quarter >= size - len(entries)
        if not can_be_missing or missing < 7:
            entries[quarter] = score if scored < scored_eighths or not unscored else None
        quarter += 1
    return ScoreHistory(entries)


@st.composite
def snapshots(draw: st.DrawFn, program: Program = TRAILBLAZER, *, max_size: int = 6) -> list[tuple[date, int]]:
    """Draw the readings of a scorecard, in any order: one to four days with a score in each of some quarters in a row.

    `ScoreHistory.from_snapshots` turns the readings into a history. About half of the last quarters have no reading on
    their closing day, and so no score.

    Raises:
        WrongTypeError: `program` is not a Program, or `max_size` not an int.
        InvalidArgument: `max_size` is below 1.
    """
    readings: dict[date, int] = {}
    for quarter in draw(score_histories(program, max_size=max_size)):
        for offset in draw(_days_before_closing((quarter.last_day - quarter.start).days)):
            readings[quarter.last_day - offset * ONE_DAY] = draw(scores(program, quarter))
    return draw(st.permutations(list(readings.items())))


@lru_cache(maxsize=8)
def _days_before_closing(length: int) -> st.SearchStrategy[list[int]]:
    """Draw how many days before the closing day a quarter is read; often 0, or on its first day."""
    return st.lists(st.integers(0, length) | st.sampled_from([0, length]), min_size=1, max_size=4, unique=True)


@st.composite
def timelines(
    draw: st.DrawFn,
    program: Program = TRAILBLAZER,
    *,
    min_size: int = 1,
    max_size: int = 12,
    unscored: bool = True,
    ragged: bool = False,
    starting_tiers: st.SearchStrategy[Tier] | None = None,
) -> Timeline:
    """Draw timelines of histories in a row.

    Args:
        program: the program whose rules apply.
        min_size: the lowest number of quarters given, inclusive.
        max_size: the highest number of quarters given, inclusive.
        unscored: whether some quarters are `None`, not scored; often a whole fiscal year is.
        ragged: whether the history begins in any quarter, and the timeline on any day until the last review is over.
            Effective dates and the days of the last review are drawn often. Quarters that have taken effect by
            the first day are scored like the others (rule D4).
        starting_tiers: a strategy for the tier held on the first day; by default `tiers(program)`.

    Raises:
        WrongTypeError: `program` is not a Program, a size not an int, a flag not a bool, or `starting_tiers` not a strategy.
        InvalidArgument: `min_size` is below 1 or above `max_size`, or the rules are not known for that many quarters.

    >>> from hypothesis import given
    >>> @given(timelines())
    ... def test(timeline):
    ...     assert timeline.tier_on(timeline.start) is timeline.starting_tier
    >>> test()
    """
    step = 1 if require_bool(ragged, "ragged") else 4
    history = draw(_histories(program, min_size, max_size, unscored=unscored, step=step, whole_years=True))
    if starting_tiers is None:
        starting_tiers = tiers(program)
    elif not is_of(starting_tiers, st.SearchStrategy):
        raise WrongTypeError("starting_tiers", starting_tiers, "a strategy", "st.just(Tier.BASE) is one")
    starting_tier = draw(starting_tiers)
    start = draw(_starts(program, history.quarters)) if ragged else None
    return evaluate(history, program=program, starting_tier=starting_tier, start=start)


@st.composite
def _starts(draw: st.DrawFn, program: Program, quarters: tuple[FiscalQuarter, ...]) -> date:
    """Draw first days of a timeline, from the start of the first quarter until the last review is over."""
    last = Cycle(quarters[-1])
    first_day = quarters[0].start
    if not program.knows(first_looked_back_on(first_day)):  # a start in February looks back on the year before
        first_day = ProgramYear(quarters[0].year).start
    match draw(_KINDS_OF_STARTS):
        case "simple":
            return max(first_day, ProgramYear(quarters[0].year).start)
        case "effective" if len(quarters) > 1:
            return Cycle(draw(st.sampled_from(quarters[:-1]))).effective_on
        case "in the last review":
            return draw(days(max(first_day, last.review_start), last.review_last_day))
        case "on its first or last day":
            return draw(st.sampled_from([max(first_day, last.review_start), last.review_last_day]))
        case _:
            return draw(days(first_day, last.review_last_day))


def first_looked_back_on(start: date) -> FiscalQuarter:
    """Return the first quarter that a March 1 looks back on in a timeline from `start` on."""
    return FiscalQuarter(ProgramYear.containing(start).year, 1)
