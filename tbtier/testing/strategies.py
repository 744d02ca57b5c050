"""Strategies that draw fiscal time, scores, histories, programs and timelines, with a bias to where mistakes live."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from tbtier.errors import WrongTypeError
from tbtier.evaluation.scores import ScoreHistory
from tbtier.evaluation.timeline import Timeline, evaluate
from tbtier.fiscal import FiscalQuarter, FiscalYear, ProgramYear, as_quarter, quarter_at
from tbtier.programs import TRAILBLAZER
from tbtier.rules.citations import Certainty, Citation, Source
from tbtier.rules.cycles import cycle_at, latest_effective
from tbtier.rules.editions import Carryover, Edition, ProgramEnd, Threshold, UnknownRules
from tbtier.rules.program import Program
from tbtier.rules.tiers import Tier

__all__ = [
    "days",
    "editions",
    "fiscal_quarters",
    "fiscal_years",
    "program_years",
    "programs",
    "score_histories",
    "scores",
    "snapshots",
    "tiers",
    "timelines",
]

_ONE_DAY: Final = timedelta(days=1)
_SIMPLEST: Final = FiscalQuarter(2024, 1)  # what years and quarters shrink to, where it is within bounds
_FIRST: Final = FiscalQuarter(2000, 1)
_LAST: Final = FiscalQuarter(2099, 4)
_FIRST_FISCAL_YEAR: Final = FiscalYear(2000)
_LAST_FISCAL_YEAR: Final = FiscalYear(2099)
_FIRST_PROGRAM_YEAR: Final = ProgramYear(2000)
_LAST_PROGRAM_YEAR: Final = ProgramYear(2099)
_EIGHT: Final = st.integers(0, 7)  # drawn beside a value, so that each shrinks by itself
MADE_UP: Final = Source("T1", "Made up by a test", "undated")


def _near(simplest: int, first: int, last: int) -> st.SearchStrategy[int]:
    """Draw an int between two bounds, both inclusive, which shrinks towards a third."""
    if first > last:
        raise InvalidArgument("the last value must not be before the first one")
    return st.integers(first - simplest, last - simplest).map(lambda distance: simplest + distance)


def fiscal_years(
    first: FiscalYear | str = _FIRST_FISCAL_YEAR, last: FiscalYear | str = _LAST_FISCAL_YEAR
) -> st.SearchStrategy[FiscalYear]:
    """Draw fiscal years from `first` to `last`, both inclusive and also given as text; they shrink towards FY24."""
    bounds = [bound if isinstance(bound, FiscalYear) else FiscalYear.parse(bound) for bound in (first, last)]
    return _near(_SIMPLEST.year, bounds[0].year, bounds[1].year).map(FiscalYear)


def program_years(
    first: ProgramYear | str = _FIRST_PROGRAM_YEAR, last: ProgramYear | str = _LAST_PROGRAM_YEAR
) -> st.SearchStrategy[ProgramYear]:
    """Draw program years from `first` to `last`, both inclusive and also given as text; they shrink towards PY24."""
    bounds = [bound if isinstance(bound, ProgramYear) else ProgramYear.parse(bound) for bound in (first, last)]
    return _near(_SIMPLEST.year, bounds[0].year, bounds[1].year).map(ProgramYear)


def fiscal_quarters(first: FiscalQuarter | str = _FIRST, last: FiscalQuarter | str = _LAST) -> st.SearchStrategy[FiscalQuarter]:
    """Draw fiscal quarters from `first` to `last`, both inclusive and also given as text; they shrink towards FY24 Q1."""
    return _near(_SIMPLEST._ordinal, as_quarter(first)._ordinal, as_quarter(last)._ordinal).map(quarter_at)


def days(first: date = _FIRST.start, last: date = _LAST.last_day) -> st.SearchStrategy[date]:
    """Draw days from `first` to `last`, both inclusive, most of them where mistakes live.

    Those are the turns of fiscal quarters, effective dates, the ends of notification and of February,
    each with the days around it, and both bounds.

    >>> from hypothesis import given
    >>> @given(days(date(2024, 2, 28), date(2024, 3, 1)))
    ... def test(day):
    ...     assert (day.month, day.day) in [(2, 28), (2, 29), (3, 1)]
    >>> test()
    """
    quarters = fiscal_quarters(FiscalQuarter.containing(first) - 1, FiscalQuarter.containing(last))
    near = st.builds(_around, quarters, st.sampled_from(_TURNS), st.integers(-1, 1))
    return near.map(lambda day: min(max(day, first), last)) | st.dates(first, last)


def _around(quarter: FiscalQuarter, turn: str, offset: int) -> date:
    cycle = cycle_at(quarter._ordinal)
    march_1 = ProgramYear(quarter.year).start
    turns = {
        "effective": cycle.effective_on,
        "closed": cycle.review_start,
        "notified": cycle.notified_by,
        "march 1": march_1,
        "mid-february": march_1 - timedelta(days=14),
    }
    return turns[turn] + timedelta(days=offset)


_TURNS: Final = ("effective", "closed", "notified", "march 1", "mid-february")


def tiers(program: Program | None = None) -> st.SearchStrategy[Tier]:
    """Draw tiers; with a program, its entry tier and those that its editions can give."""
    if program is None:
        return st.sampled_from(Tier)
    return st.sampled_from(held_in(_require_program(program)))


def held_in(program: Program) -> list[Tier]:
    """Return the tiers that a program can give, lowest first."""
    given = (tier for change in program.changes if isinstance(change, Edition) for tier in change.tiers)
    return sorted({program.entry_tier, *given})


def scores(program: Program = TRAILBLAZER, quarter: FiscalQuarter | str = _SIMPLEST) -> st.SearchStrategy[int]:
    """Draw scores that a quarter can have, many of them a threshold, one below it or one above it, and the maximum.

    Raises:
        UnknownRuleError: the rules of that quarter are not known.
    """
    edition = _require_program(program).edition(quarter)
    return _scores_near(tuple(bound.score for bound in edition.thresholds), edition.maximum_score)


@lru_cache(maxsize=256)  # to make a strategy takes longer than to draw from it
def _scores_near(bounds: tuple[int, ...], maximum: int) -> st.SearchStrategy[int]:
    near = {bound + offset for bound in bounds for offset in (-1, 0, 1)} | {maximum}
    return st.integers(0, maximum) | st.sampled_from(sorted(score for score in near if 0 <= score <= maximum))


def _require_program(program: Program) -> Program:
    if type(program) is not Program:
        raise WrongTypeError("program", program, "a Program", "tbtier.programs has some")
    return program


@lru_cache(maxsize=64)
def _spans(program: Program) -> tuple[tuple[int, int], ...]:
    """Return the ordinals of quarters whose rules are known without a break, from the first to the last, both inclusive."""
    spans: list[tuple[int, int]] = []
    known = [program.knows(quarter_at(ordinal)) for ordinal in range(_FIRST._ordinal, _LAST._ordinal + 1)]
    for ordinal, knows in enumerate(known, start=_FIRST._ordinal):
        if knows and spans and spans[-1][1] == ordinal - 1:
            spans[-1] = spans[-1][0], ordinal
        elif knows:
            spans.append((ordinal, ordinal))
    return tuple(spans)


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
    """Draw histories of quarters in a row whose rules are known.

    Args:
        program: the program whose thresholds the scores lie near.
        min_size: the lowest number of quarters, inclusive.
        max_size: the highest number of quarters, inclusive; fewer where the rules are known for fewer.
            Only those of FY2000 to FY2099 are drawn.
        unscored: whether some of them are `None`, not scored.
        gaps: whether some of them are left out, which `evaluate` refuses where they matter.
        ragged: whether the first one is any quarter, and not only a Q1.

    >>> from hypothesis import given
    >>> @given(score_histories(min_size=3, unscored=False))
    ... def test(history):
    ...     assert len(history) >= 3 and None not in history.values()
    >>> test()
    """
    return draw(_histories(program, min_size, max_size, unscored=unscored, gaps=gaps, step=1 if ragged else 4))


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
    """Draw histories that begin in any quarter (`step` is 1) or in a Q1 (4), or in one whose year is known from its Q1 on."""
    from_q1_on = step == 4 or whole_years
    if not 1 <= min_size <= max_size:
        raise InvalidArgument(f"min_size must be from 1 to max_size, {max_size}, got {min_size}")
    _require_program(program)
    spans = [(first + -first % 4 if from_q1_on else first, last) for first, last in _spans(program)]
    long_enough = [(first, last) for first, last in spans if first + min_size - 1 <= last]
    if not long_enough:
        from_where = " from a Q1 on" if from_q1_on else ""
        unknown = f"the rules of {program.name} are not known for {min_size} quarters in a row{from_where}"
        raise InvalidArgument(f"{unknown} between FY2000 and FY2099")
    first, last = draw(st.sampled_from(long_enough))
    place = draw(_near((_SIMPLEST._ordinal - first) // step, 0, (last - first - min_size + 1) // step))
    begin = first + place * step
    size = draw(st.integers(min_size, min(max_size, last - begin + 1)))
    often = draw(st.sampled_from([7, 7, 4, 4, 1]))  # eighths of the quarters that are scored
    entries: dict[FiscalQuarter, int | None] = {}
    for quarter in map(quarter_at, range(begin, begin + size)):
        score = draw(scores(program, quarter))
        scored = not unscored or draw(_EIGHT) < often
        if not gaps or draw(_EIGHT) < 7:
            entries[quarter] = score if scored else None
    return ScoreHistory(entries)


@st.composite
def snapshots(draw: st.DrawFn, program: Program = TRAILBLAZER, *, max_size: int = 6) -> list[tuple[date, int]]:
    """Draw the readings of a scorecard, in any order: for each of some quarters in a row, one or more days with a score.

    `ScoreHistory.from_snapshots` makes a history of them; the last quarter may have no reading on its closing day.
    """
    readings: dict[date, int] = {}
    for quarter in draw(score_histories(program, max_size=max_size, unscored=False)):
        offsets = st.integers(0, (quarter.last_day - quarter.start).days)
        for offset in draw(st.lists(offsets, min_size=1, max_size=4, unique=True)):
            readings[quarter.last_day - offset * _ONE_DAY] = draw(scores(program, quarter))
    return draw(st.permutations(list(readings.items())))


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
        unscored: whether some of them are `None`, not scored.
        ragged: whether the history begins in any quarter, and the timeline on any day until the last one has been reviewed,
            also on one on which a result acts; quarters that acted by then are scored like the others (rule D4).
        starting_tiers: what draws the tier held on the first day; by default `tiers(program)`.

    >>> from hypothesis import given
    >>> @given(timelines())
    ... def test(timeline):
    ...     assert timeline.tier_on(timeline.start) is timeline.starting_tier
    >>> test()
    """
    step = 1 if ragged else 4
    history = draw(_histories(program, min_size, max_size, unscored=unscored, step=step, whole_years=True))
    starting_tier = draw(tiers(program) if starting_tiers is None else starting_tiers)
    start = None
    if ragged:
        first, last = history.quarters[0].start, cycle_at(history.quarters[-1]._ordinal).review_last_day
        if not program.knows(quarter_at(looked_back_on(first))):  # in February, where March 1 looks back on the year before
            first = ProgramYear(history.quarters[0].year).start
        acting = [cycle_at(quarter._ordinal).effective_on for quarter in history.quarters[:-1]]
        start = draw(days(first, last) | st.sampled_from(acting) if acting else days(first, last))
    return evaluate(history, program=program, starting_tier=starting_tier, start=start)


def looked_back_on(start: date) -> int:
    """Return the ordinal of the first quarter that a March 1 looks back on in a timeline from `start` on."""
    return (latest_effective(start) + 1) // 4 * 4


def citations() -> st.SearchStrategy[Citation]:
    """Draw citations of a document that is made up."""
    return st.builds(Citation, st.sampled_from(Certainty), st.just((MADE_UP,)))


@st.composite
def editions(draw: st.DrawFn, start: FiscalQuarter | str | None = None, entry_tier: Tier = Tier.BASE) -> Edition:
    """Draw editions from one quarter on: one tier or more from `entry_tier` up, low thresholds, and either carry."""
    given = draw(st.lists(st.sampled_from([tier for tier in Tier if tier >= entry_tier]), min_size=1, unique=True))
    places = len(given) - 1
    bounds = draw(st.lists(st.integers(1, 60), min_size=places, max_size=places, unique=True))
    citation = draw(citations())
    return Edition(
        start=start,
        start_citation=citation,
        thresholds=tuple(Threshold(tier, score, citation) for tier, score in zip(sorted(given), [0, *sorted(bounds)])),
        maximum_score=draw(st.integers(60, 64)),
        maximum_citation=citation,
        carryover=draw(st.sampled_from(Carryover)),
        carryover_citation=citation,
    )


@st.composite
def programs(draw: st.DrawFn, *, max_editions: int = 3) -> Program:
    """Draw programs of one edition or more, which may change in mid-year, and may end or cease to be known.

    The first edition begins in FY24 Q1 or has no beginning, and each of the others within three years after the one before.
    Their name is `MADE_UP`; a representation of a program has all of it.
    """
    entry_tier = draw(st.sampled_from([Tier.BASE, Tier.PROVISIONAL, Tier.RIDGE]))
    changes: list[Edition | UnknownRules | ProgramEnd] = [draw(editions(draw(st.sampled_from([None, _SIMPLEST])), entry_tier))]
    last = _SIMPLEST
    for _ in range(draw(st.integers(0, max_editions - 1))):
        last += draw(st.integers(1, 12))
        changes.append(draw(editions(last, entry_tier)))
    last += draw(st.integers(0, 12))
    match draw(st.sampled_from(["goes on", "unknown", "ended"])):
        case "unknown":
            changes.append(UnknownRules(last + 1, "made up by a test"))
        case "ended":
            on = draw(st.dates(cycle_at(last._ordinal).effective_on + _ONE_DAY, cycle_at(last._ordinal + 1).effective_on))
            changes.append(ProgramEnd(on, "made up by a test", draw(citations())))
    return Program("MADE_UP", entry_tier, tuple(changes))
