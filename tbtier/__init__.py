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
    from tbtier.auditing.audit import audit, audit_rows
    from tbtier.auditing.findings import Finding
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
    from tbtier.evaluation.decisions import Decision
    from tbtier.evaluation.diff import Difference, diff
    from tbtier.evaluation.explanations import Explanation
    from tbtier.evaluation.periods import TierPeriod
    from tbtier.evaluation.scores import ScoreHistory
    from tbtier.evaluation.timeline import Timeline, evaluate
    from tbtier.fiscal import FiscalQuarter, FiscalYear, ProgramYear
    from tbtier.planning.answers import Impossible, Open, Option, Plan, Secured
    from tbtier.planning.outlook import Outlook, outlook
    from tbtier.planning.plan import plan
    from tbtier.rules.tiers import Tier

__all__ = [
    "ActivityOrderError",
    "AmountError",
    "CalendarError",
    "ConflictingScoresError",
    "Decision",
    "Difference",
    "Explanation",
    "Finding",
    "FiscalQuarter",
    "FiscalYear",
    "Impossible",
    "InexactScoreError",
    "MissingScoreError",
    "Open",
    "Option",
    "Outlook",
    "OutsideTimelineError",
    "ParseError",
    "Plan",
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
    "auditing.audit": ("audit", "audit_rows"),
    "auditing.findings": ("Finding",),
    "evaluation.decisions": ("Decision",),
    "evaluation.diff": ("Difference", "diff"),
    "evaluation.explanations": ("Explanation",),
    "evaluation.periods": ("TierPeriod",),
    "evaluation.scores": ("ScoreHistory",),
    "evaluation.timeline": ("Timeline", "evaluate"),
    "fiscal": ("FiscalQuarter", "FiscalYear", "ProgramYear"),
    "planning.answers": ("Impossible", "Open", "Option", "Plan", "Secured"),
    "planning.outlook": ("Outlook", "outlook"),
    "planning.plan": ("plan",),
    "rules.tiers": ("Tier",),
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
