"""What strategies promise, and how often they draw it.

`python tests/promises.py 20` measures every promise among 20 times as many values as the tests draw, beside its bounds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from math import ceil, sqrt
from typing import Any

import attrs
from drawing import drawn
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

_IN_A_LIST, _LISTS, _SKIPPED = 25, 10, 2
_STANDARD_DEVIATIONS = 5


@attrs.frozen
class Promised:
    """What a strategy promises: statements about a value, and the share of the values for which each is true."""

    strategy: Callable[[], st.SearchStrategy[Any]]
    number: int
    """How many values a test draws."""
    statements: Mapping[str, Callable[[Any], bool]]

    def bounds(self, share: float) -> tuple[float, float]:
        """Return the lowest and the highest share that chance allows.

        The values are drawn independently, so the number of those that make a statement true is binomial.
        Five standard deviations on each side leave chance less than one failure in a million.
        """
        distance = _STANDARD_DEVIATIONS * sqrt(share * (1 - share) / self.number)
        return max(0.0, share - distance), min(1.0, share + distance)

    def broken(self, shares: Mapping[str, float]) -> list[str]:
        """Return the promises that are not kept, each with what was measured and its bounds."""
        values = drawn_apart(self.strategy(), self.number)
        faults = []
        for statement, share in shares.items():
            low, high = self.bounds(share)
            measured = share_of(values, self.statements[statement])
            if not low <= measured <= high:
                faults.append(f"{statement}: {measured:.2%} of the values, promised {low:.2%} to {high:.2%}")
        return faults


def share_of(values: list[Any], is_true: Callable[[Any], bool]) -> float:
    """Return the share of the values for which a statement is true."""
    return sum(map(is_true, values)) / len(values)


def drawn_apart(strategy: st.SearchStrategy[Any], number: int) -> list[Any]:
    """Return values of a strategy, each drawn independently of the others.

    The first two examples of a run of Hypothesis are simple, and after ten examples it begins to vary earlier ones.
    So each run draws ten lists, and the first two are left out.
    The profile decides whether the seeds of the runs are the same each time.
    """
    runs = ceil(number / (_IN_A_LIST * (_LISTS - _SKIPPED)))
    seeds = drawn(st.integers(2**32, 2**64), runs + _SKIPPED)[_SKIPPED:]
    return [value for each in seeds for values in _lists(strategy, each)[_SKIPPED:] for value in values][:number]


def _lists(strategy: st.SearchStrategy[Any], from_seed: int) -> list[list[Any]]:
    lists: list[list[Any]] = []

    @seed(from_seed)
    @settings(
        max_examples=_LISTS, phases=[Phase.generate], deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.lists(strategy, min_size=_IN_A_LIST, max_size=_IN_A_LIST))
    def draw(values: list[Any]) -> None:
        lists.append(values)

    draw()
    return lists


def measure(factor: int, names: list[str]) -> None:
    """Print the share of each statement among more values, with its bounds in a test."""
    from promised import PROMISED
    from shares import SHARES

    for name, promised in PROMISED.items():
        if names and name not in names:
            continue
        values = drawn_apart(promised.strategy(), promised.number * factor)
        print(f"{name}: {len(values)} values, {promised.number} in a test")
        for statement, is_true in promised.statements.items():
            measured = share_of(values, is_true)
            low, high = promised.bounds(SHARES.get(name, {}).get(statement, measured))
            print(f"  {measured:7.2%} ({low:7.2%} to {high:7.2%})  {statement}", flush=True)


if __name__ == "__main__":
    measure(int(sys.argv[1]), sys.argv[2:])
