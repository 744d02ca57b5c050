"""Timing: contestants take turns in every round, so that a faster or slower machine affects all of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from statistics import median
from time import perf_counter

_MICROSECONDS = 1_000_000
_SAMPLE = 0.01  # seconds


Samples = list[float]
"""The seconds that a contestant took for one unit of work, round by round."""


@dataclass(frozen=True)
class Row:
    """One line of the table: the same work done by a reference and by tbtier."""

    work: str
    reference: str
    by_reference: Samples
    by_tbtier: Samples
    goal: float | None = None
    """The highest ratio that is accepted; `None` where the reference is shown for comparison only."""

    def cells(self) -> tuple[str, ...]:
        """Return the line as it is shown; the ratio is the median of the ratios in each round."""
        ratio = median(ours / theirs for ours, theirs in zip(self.by_tbtier, self.by_reference))
        return (
            self.work,
            self.reference,
            _three_digits(median(self.by_reference) * _MICROSECONDS),
            _three_digits(median(self.by_tbtier) * _MICROSECONDS),
            f"{ratio:.2f}x" if ratio >= 0.1 else f"{ratio:.1g}x",
            "-" if self.goal is None else f"at most {self.goal:g}x",
            "-" if self.goal is None else "yes" if ratio <= self.goal else "no",
        )


def _three_digits(number: float) -> str:
    """Return a number with about three significant digits."""
    return f"{number:,.{2 if number < 10 else 1 if number < 100 else 0}f}"


def measure(contestants: Mapping[str, Callable[[], object]], *, rounds: int, units: int = 1) -> dict[str, Samples]:
    """Time all contestants in turn in every round; a call of each does `units` of work."""
    calls = {name: _calls(run) for name, run in contestants.items()}
    samples: dict[str, Samples] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            samples[name].append(_seconds(run, calls[name]) / units)
    return samples


def _calls(run: Callable[[], object]) -> int:
    """Return the number of calls in a row that take long enough to be timed, after two warm-up calls."""
    run()
    return ceil(_SAMPLE / _seconds(run, 1))


def _seconds(run: Callable[[], object], calls: int) -> float:
    """Return the seconds that a call takes, averaged over several calls in a row.

    Garbage collection stays on, since it is part of the cost; garbage of earlier contestants is collected before.
    """
    gc.collect()
    start = perf_counter()
    for _ in range(calls):
        result = run()
    stop = perf_counter()
    del result  # off the clock
    return (stop - start) / calls
