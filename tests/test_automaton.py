"""A proof that the closed form and the diary agree on histories of every length: both are one finite automaton.

The state before a quarter takes effect is its number, the tier held, and what its fiscal year has earned so far. The first
two tests show that neither the diary nor the engine reads anything else, for any quarter of the calendar. The third goes
through every state that can be reached, with every result, and finds the same tier. So a history on which they differ has
a first quarter at which they differ; before it they held the same tier, so it begins in a state of the third test.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from itertools import product
from random import Random
from typing import Any

import oracle
import pytest
from made_up import BEST_OF_FOUR, Q4_ALONE
from plain import TIERS, rules_of

from tbtier import FiscalQuarter, FiscalYear, ScoreHistory, Tier, Timeline, evaluate
from tbtier.rules import Carryover, Certainty, Citation, Edition, Program, Source, Threshold

FIRST, LAST = FiscalQuarter(2, 1), FiscalQuarter(9999, 3)
"""The first and the last quarter that take effect inside the calendar, in years that begin in it."""
SURE = Citation(Certainty.PUBLISHED, (Source("T1", "A made-up document", "2024", "tests"),))


def program_of(tiers: tuple[Tier, ...], entry: Tier, carryover: Carryover) -> Program:
    """Return a made-up program for all time, with a threshold at each ten points."""
    bounds = tuple(Threshold(tier, 10 * place, SURE) for place, tier in enumerate(tiers))
    facts = {"maximum_score": 100, "maximum_citation": SURE, "carryover_citation": SURE}
    return Program(name="ANY", entry_tier=entry, changes=(Edition(None, SURE, bounds, carryover=carryover, **facts),))


SETS = [
    tuple(Tier)[1:],
    tuple(Tier)[1:3],
    (Tier.BASE, Tier.CREST),
    (Tier.RIDGE,),
    tuple(Tier)[1:4],
]
PROGRAMS = [
    program_of(tiers, entry, carryover)
    for tiers, carryover in product(SETS, Carryover)
    for entry in (Tier.PROVISIONAL, tiers[0])
]


class Recording(Mapping[Any, Any]):
    """A mapping that remembers which keys were read."""

    def __init__(self, entries: Mapping[Any, Any]) -> None:
        self.entries = entries
        self.read: set[Any] = set()

    def __getitem__(self, key: Any) -> Any:
        self.read.add(key)
        return self.entries[key]

    def __iter__(self) -> Iterator[Any]:
        raise AssertionError("only single results are read")

    def __len__(self) -> int:
        raise AssertionError("only single results are read")


class Results(list[int]):
    """The ranks that quarters earned, which remember the order in which they were read."""

    def __init__(self, ranks: list[int]) -> None:
        super().__init__(ranks)
        self.read: list[Any] = []

    def __getitem__(self, key: Any) -> Any:
        self.read.append(key)
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[int]:
        raise AssertionError("results are read one at a time, or a year at once")


def carryover_of(program: Program) -> Carryover:
    """Return how March 1 sets the tier in a made-up program."""
    return program.editions[0].carryover


@pytest.mark.parametrize("program", [BEST_OF_FOUR, Q4_ALONE], ids=lambda program: program.name)
def test_the_diary_reads_one_fiscal_year(program: Program) -> None:
    """A step of the diary reads the tier before, and results of the quarter's own fiscal year."""
    rules = rules_of(program)
    for number, held in product((1, 2, 3, 4), oracle.TIERS):
        earned = Recording({(2024, one): oracle.RIDGE for one in range(1, number + 1)})
        oracle.held_once_effective((2024, number), held, earned, rules)
        assert earned.read <= {(2024, one) for one in range(1, number + 1)}


@pytest.mark.parametrize("program", [BEST_OF_FOUR, Q4_ALONE], ids=lambda program: program.name)
def test_the_engine_reads_one_fiscal_year(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """For every quarter of the calendar the engine reads its result, and on March 1 those that the carryover names.

    The results are drawn, so that every tier meets every result thousands of times.
    """
    made: list[Results] = []

    def earned(timeline: Timeline) -> Results:
        made.append(Results(Random(4).choices(range(-1, 5), k=len(timeline._schedule.quarters))))
        return made[-1]

    monkeypatch.setattr(Timeline, "_earned", earned)
    quarters = [FIRST + number for number in range(LAST - FIRST)]
    evaluate(ScoreHistory([0] * len(quarters), quarters=quarters), program=program, starting_tier="Base")
    first = 3 if carryover_of(program) is Carryover.HIGHEST_OF_YEAR else 0
    read = made[-1].read
    found = [key for previous, key in zip([None, *read], read) if key != previous]  # a result that is a rise is read twice
    assert 39_990 == len(quarters)
    assert found == [slice(at - first, at + 1) if one.number == 4 else at for at, one in enumerate(quarters)]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda one: f"{one.entry_tier}-{len(one.tiers)}-{carryover_of(one)}")
def test_every_state_and_every_result(program: Program) -> None:
    """From every state that can be reached, with every result, the engine holds the tier of the diary."""
    rules = rules_of(program)
    lowest = {None: None} | {bound.tier: bound.score for bound in program.editions[0].thresholds}
    seen = {(1, tier.rank, ()): (tier, ()) for tier in program.tiers}
    waiting = deque(seen)
    while waiting:
        number, held, year = state = waiting.popleft()
        starting_tier, past = seen[state]
        for tier in lowest:
            rank = None if tier is None else tier.rank
            results = dict(zip([(2024, one) for one in (1, 2, 3, 4)], (*year, rank)))
            expected = oracle.held_once_effective((2024, number), held, results, rules)
            history = (*past, lowest[tier])
            # The year before, the partner held the highest tier and earned the starting tier again, or nothing.
            fallen = (lowest.get(starting_tier),) * 4 + history
            for first, scores in ((starting_tier, history), (program.tiers[-1], fallen)):
                assert TIERS[expected] is last_tier(program, first, scores)
            following = (1, expected, ()) if number == 4 else (number + 1, expected, (*year, rank))
            if following not in seen:
                seen[following] = (starting_tier, history)
                waiting.append(following)
    assert {1, 2, 3, 4} == {number for number, _, _ in seen}


def last_tier(program: Program, starting_tier: Tier, scores: tuple[int | None, ...]) -> Tier:
    """Return the tier that is held once the last of some scores takes effect."""
    history = ScoreHistory(scores, quarters=[FiscalYear(2024).quarters[0] + number for number in range(len(scores))])
    timeline = evaluate(history, program=program, starting_tier=starting_tier)
    return timeline.tier_on(program.cycle(history.quarters[-1]).effective_on)
