"""Salesforce partner tiers: which tier on which day, why, and where that is written.

>>> from datetime import date
>>> import tbtier as tb
>>> from tbtier.programs import ISV
>>> timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=ISV, starting_tier=tb.Tier.RIDGE)
>>> str(timeline.tier_on(date(2023, 9, 1)))
'Crest'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tbtier.auditing import audit, audit_rows
    from tbtier.comparing import Diff, Difference, diff
    from tbtier.decisions import Decision
    from tbtier.errors import (
        ActivityOrderError,
        AmountError,
        CalendarError,
        ConflictingScoresError,
        InexactScoreError,
        MissingScoreError,
        OutsideTimelineError,
        ParseError,
        ProgramEndedError,
        RowError,
        RuleDataError,
        ScoreError,
        TbtierError,
        UnknownBandError,
        UnknownRuleError,
        WrongTypeError,
    )
    from tbtier.explanations import Explanation
    from tbtier.findings import Finding
    from tbtier.fiscal import FiscalQuarter, FiscalYear, ProgramYear
    from tbtier.history import ScoreHistory
    from tbtier.outlooks import Outlook, outlook
    from tbtier.periods import TierPeriod
    from tbtier.planning import plan
    from tbtier.plans import Impossible, Open, Secured
    from tbtier.tiers import Tier
    from tbtier.timeline import Timeline, evaluate

__all__ = [
    "ActivityOrderError",
    "AmountError",
    "CalendarError",
    "ConflictingScoresError",
    "Decision",
    "Diff",
    "Difference",
    "Explanation",
    "Finding",
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
    "RowError",
    "RuleDataError",
    "ScoreError",
    "ScoreHistory",
    "Secured",
    "TbtierError",
    "Tier",
    "TierPeriod",
    "Timeline",
    "UnknownBandError",
    "UnknownRuleError",
    "WrongTypeError",
    "audit",
    "audit_rows",
    "diff",
    "evaluate",
    "outlook",
    "plan",
]

_HOMES = {
    "auditing": ("audit", "audit_rows"),
    "comparing": ("Diff", "Difference", "diff"),
    "decisions": ("Decision",),
    "explanations": ("Explanation",),
    "findings": ("Finding",),
    "fiscal": ("FiscalQuarter", "FiscalYear", "ProgramYear"),
    "history": ("ScoreHistory",),
    "outlooks": ("Outlook", "outlook"),
    "periods": ("TierPeriod",),
    "planning": ("plan",),
    "plans": ("Impossible", "Open", "Secured"),
    "tiers": ("Tier",),
    "timeline": ("Timeline", "evaluate"),
    "errors": tuple(name for name in __all__ if name.endswith("Error")),
}


if not TYPE_CHECKING:  # a type checker that saw it would believe in any name

    def __getattr__(name: str) -> Any:
        """Import a name when it is first asked for: what is not used costs nothing."""
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names:
                globals()[name] = value = getattr(import_module(f"tbtier.{home}"), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
