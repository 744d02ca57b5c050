"""Salesforce partner tiers: work out a partner's tier on any day, and see the rule and source behind it.

>>> from datetime import date
>>> import tbtier as tb
>>> from tbtier.programs import ISV
>>> timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 600}, program=ISV, starting_tier="Ridge")
>>> str(timeline.tier_on(date(2023, 9, 1)))
'Crest'
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

# Each public name with the module that has it; a type checker reads the same names from the stub beside this file.
_HOMES = {
    "audit": "auditing.audit",
    "audit_rows": "auditing.audit",
    "Finding": "auditing.findings",
    "errors": "errors",
    "Decision": "evaluation.decisions",
    "diff": "evaluation.diff",
    "Difference": "evaluation.diff",
    "Explanation": "evaluation.explanations",
    "TierPeriod": "evaluation.periods",
    "Score": "evaluation.scores",
    "ScoreHistory": "evaluation.scores",
    "evaluate": "evaluation.timeline",
    "Timeline": "evaluation.timeline",
    "FiscalQuarter": "fiscal",
    "FiscalYear": "fiscal",
    "ProgramYear": "fiscal",
    "Impossible": "planning.answers",
    "Open": "planning.answers",
    "Option": "planning.answers",
    "Plan": "planning.answers",
    "Secured": "planning.answers",
    "outlook": "planning.outlook",
    "Outlook": "planning.outlook",
    "plan": "planning.plan",
    "Program": "rules.program",
    "Tier": "rules.tiers",
}

__all__ = sorted(_HOMES)  # a list of names


def __getattr__(name: str) -> Any:
    """Import a name when it is first used, so that unused modules cost nothing."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"tbtier.{_HOMES[name]}")
    globals()[name] = value = module if name == _HOMES[name] else getattr(module, name)
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
