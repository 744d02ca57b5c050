"""Strategies for made-up rules: citations, editions and programs."""

from __future__ import annotations

from functools import cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from tbtier.errors.checks import require_int
from tbtier.errors.values import shown
from tbtier.fiscal import ONE_DAY, FiscalQuarter
from tbtier.rules.citations import Certainty, Citation, Source
from tbtier.rules.cycles import Cycle
from tbtier.rules.editions import Carryover, Edition, ProgramEnd, Threshold, UnknownRules
from tbtier.rules.program import Program
from tbtier.rules.tiers import Tier, as_tier
from tbtier.testing.time import SIMPLEST, bound, days

__all__ = ["editions", "programs"]

MADE_UP: Final = Source("T1", "Made up by a test", "undated")


def citations() -> st.SearchStrategy[Citation]:
    """Draw citations of a made-up document."""
    return _CITATIONS


_CITATIONS: Final = st.builds(Citation, st.sampled_from(Certainty), st.just((MADE_UP,)))
_MAXIMA: Final = st.integers(60, 64)
_CARRYOVERS: Final = st.sampled_from(Carryover)


@cache  # making a strategy takes longer than drawing from it
def _tiers_from(lowest: Tier) -> st.SearchStrategy[list[Tier]]:
    return st.lists(st.sampled_from([tier for tier in Tier if tier >= lowest]), min_size=1, unique=True)


@cache
def _bounds(count: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(1, 60), min_size=count, max_size=count, unique=True)


@st.composite
def editions(draw: st.DrawFn, start: FiscalQuarter | str | None = None, entry_tier: Tier | str = Tier.BASE) -> Edition:
    """Draw editions from one quarter on: one tier or more from `entry_tier` up, low thresholds, and either carryover.

    Raises:
        WrongTypeError: `start` is neither a quarter nor text, or `entry_tier` neither a tier nor text.
        ParseError: the text of the quarter or of the tier is in another spelling.
    """
    given = draw(_tiers_from(as_tier(entry_tier, "entry_tier")))
    bounds = draw(_bounds(len(given) - 1))
    citation = draw(citations())
    return Edition(
        start=None if start is None else bound(FiscalQuarter, "start", start),
        start_citation=citation,
        thresholds=tuple(Threshold(tier, score, citation) for tier, score in zip(sorted(given), [0, *sorted(bounds)])),
        maximum_score=draw(_MAXIMA),
        maximum_citation=citation,
        carryover=draw(_CARRYOVERS),
        carryover_citation=citation,
    )


@st.composite
def programs(draw: st.DrawFn, *, max_editions: int = 3) -> Program:
    """Draw programs of one edition or more, which may change in mid-year, and may end or become unknown.

    The first edition begins in FY24 Q1 or has no beginning; each following edition begins within three years of the previous.
    The name of each program is `MADE_UP`; the representation of the program shows the rules.

    Raises:
        WrongTypeError: `max_editions` is not an int.
        InvalidArgument: `max_editions` is below 1.
    """
    max_editions = require_int(max_editions, "max_editions")
    if max_editions < 1:
        raise InvalidArgument(f"max_editions must be 1 or more, got {shown(max_editions)}")
    entry_tier = draw(st.sampled_from([Tier.BASE, Tier.PROVISIONAL, Tier.RIDGE]))
    changes: list[Edition | UnknownRules | ProgramEnd] = [draw(editions(draw(st.sampled_from([None, SIMPLEST])), entry_tier))]
    last = SIMPLEST
    for _ in range(draw(st.integers(0, max_editions - 1))):
        last += draw(st.integers(1, 12))
        changes.append(draw(editions(last, entry_tier)))
    last += draw(st.integers(0, 12))
    match draw(st.sampled_from(["goes on", "unknown", "ended"])):
        case "unknown":
            changes.append(UnknownRules(last + 1, "made up by a test"))
        case "ended":
            following = Cycle(last + 1).effective_on
            on = draw(st.just(following) | days(Cycle(last).effective_on + ONE_DAY, following))
            changes.append(ProgramEnd(on, "made up by a test", draw(citations())))
    return Program("MADE_UP", entry_tier, tuple(changes))
