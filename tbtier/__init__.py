"""Salesforce partner tiers: which tier on which day, why, and where that is written.

>>> from datetime import date
>>> import tbtier as tb
>>> from tbtier.programs import ISV
>>> timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=ISV, starting_tier=tb.Tier.RIDGE)
>>> str(timeline.tier_on(date(2023, 9, 1)))
'Crest'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tbtier.errors import (
    CalendarError,
    ConflictingScoresError,
    InexactScoreError,
    MissingScoreError,
    OutsideTimelineError,
    ParseError,
    ProgramEndedError,
    RuleDataError,
    ScoreError,
    TbtierError,
    UnknownRuleError,
    WrongTypeError,
)
from tbtier.fiscal import FiscalQuarter, FiscalYear, ProgramYear
from tbtier.history import ScoreHistory
from tbtier.tiers import Tier
from tbtier.timeline import Timeline, evaluate

if TYPE_CHECKING:
    from tbtier.comparing import Diff, Difference, diff
    from tbtier.outlooks import Outlook, outlook
    from tbtier.planning import Impossible, Open, Secured, plan
    from tbtier.timeline import Decision, Explanation, TierPeriod

__all__ = [
    "CalendarError",
    "ConflictingScoresError",
    "Decision",
    "Diff",
    "Difference",
    "Explanation",
    "FiscalQuarter",
    "FiscalYear",
    "Impossible",
    "InexactScoreError",
    "MissingScoreError",
    "Open",
    "Outlook",
    "OutsideTimelineError",
    "ParseError",
    "ProgramEndedError",
    "ProgramYear",
    "RuleDataError",
    "ScoreError",
    "ScoreHistory",
    "Secured",
    "TbtierError",
    "Tier",
    "TierPeriod",
    "Timeline",
    "UnknownRuleError",
    "WrongTypeError",
    "diff",
    "evaluate",
    "outlook",
    "plan",
]

_LATER = {
    "timeline": ("Decision", "Explanation", "TierPeriod"),
    "planning": ("Impossible", "Open", "Secured", "plan"),
    "outlooks": ("Outlook", "outlook"),
    "comparing": ("Diff", "Difference", "diff"),
}


if not TYPE_CHECKING:  # a type checker that saw it would believe in any name

    def __getattr__(name: str) -> Any:
        """Import what tells of a timeline when it is asked for."""
        for module, names in _LATER.items():
            if name in names:
                return getattr(import_module(f"tbtier.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
