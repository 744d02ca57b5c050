"""What it takes to test tiers: strategies that draw them, the laws they obey, and a machine that drives a live system.

The only part of tbtier that imports hypothesis; it comes with the extra `tbtier[hypothesis]`.

>>> from tbtier.programs import TRAILBLAZER
>>> from tbtier.testing import check_laws
>>> import tbtier as tb
>>> def held_on(day, scores, starting_tier, start):
...     timeline = tb.evaluate(scores, program=TRAILBLAZER, starting_tier=starting_tier, start=start)
...     return timeline.tier_on(day)
>>> check_laws(held_on)
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tbtier.testing.laws import LAWS, Law, LawViolation, check_laws
    from tbtier.testing.machine import TierMachine
    from tbtier.testing.strategies import (
        days,
        editions,
        fiscal_quarters,
        fiscal_years,
        program_years,
        programs,
        score_histories,
        scores,
        snapshots,
        tiers,
        timelines,
    )

if find_spec("hypothesis") is None:
    raise ImportError("tbtier.testing needs Hypothesis: python -m pip install 'tbtier[hypothesis]'")

__all__ = [
    "LAWS",
    "Law",
    "LawViolation",
    "TierMachine",
    "check_laws",
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

_HOMES = {
    "laws": ("LAWS", "Law", "LawViolation", "check_laws"),
    "machine": ("TierMachine",),
    "strategies": tuple(name for name in __all__ if name.islower() and name != "check_laws"),
}


if not TYPE_CHECKING:  # a type checker that saw it would believe in any name

    def __getattr__(name: str) -> Any:
        """Import a name when it is first asked for, since the hook for Hypothesis lies here too, and must be light."""
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names:
                globals()[name] = value = getattr(import_module(f"tbtier.testing.{home}"), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
