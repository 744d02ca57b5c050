"""A kit for testing tiers: strategies that draw values, the laws of held tiers, and a machine that drives a live system.

This is the only part of tbtier that imports Hypothesis, which comes with the extra `tbtier[hypothesis]`.
The import registers the types of the library with Hypothesis, so that `st.from_type(FiscalQuarter)` draws quarters.

>>> from tbtier.programs import TRAILBLAZER
>>> from tbtier.testing import check_laws
>>> import tbtier as tb
>>> def held_on(day, scores, starting_tier, start):
...     timeline = tb.evaluate(scores, program=TRAILBLAZER, starting_tier=starting_tier, start=start)
...     return timeline.tier_on(day)
>>> check_laws(held_on)
"""

from __future__ import annotations

try:
    from tbtier.testing.time import days, fiscal_quarters, fiscal_years, program_years
except ImportError as _missing:
    raise ImportError("tbtier.testing needs Hypothesis: python -m pip install 'tbtier[hypothesis]'") from _missing

from tbtier.testing.check import check_laws
from tbtier.testing.laws import LAWS, Law, LawViolation
from tbtier.testing.machine import TierMachine
from tbtier.testing.made_up import editions, programs
from tbtier.testing.strategies import score_histories, scores, snapshots, tiers, timelines
from tbtier.testing.values import register

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

register()
