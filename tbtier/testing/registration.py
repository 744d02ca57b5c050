"""The hook that Hypothesis calls when it is imported: it says which strategy draws which type.

Nothing of tbtier is imported for that. A type is registered when its own module is imported, by whoever needs the type,
and its strategy is imported when the first value is drawn.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

__all__ = ["register"]

STRATEGIES = {
    "tbtier.auditing.findings": {"Finding": "findings"},
    "tbtier.evaluation.decisions": {"Decision": "decisions"},
    "tbtier.evaluation.explanations": {"Explanation": "explanations"},
    "tbtier.evaluation.periods": {"TierPeriod": "periods"},
    "tbtier.evaluation.scores": {"ScoreHistory": "score_histories"},
    "tbtier.evaluation.timeline": {"Timeline": "timelines"},
    "tbtier.fiscal": {"FiscalQuarter": "fiscal_quarters", "FiscalYear": "fiscal_years", "ProgramYear": "program_years"},
    "tbtier.planning.outlook": {"Outlook": "outlooks"},
    "tbtier.rules.citations": {"Citation": "citations", "Source": "sources"},
    "tbtier.rules.cycles": {"Cycle": "cycles"},
    "tbtier.rules.editions": {
        "Edition": "editions",
        "ProgramEnd": "endings",
        "Threshold": "thresholds",
        "UnknownRules": "unknowns",
    },
    "tbtier.rules.program": {"Program": "programs"},
    "tbtier.scorecard.activities": {"Activity": "activities", "Metric": "metrics"},
    "tbtier.scorecard.attrition": {
        "AttritionBands": "bands",
        "AttritionPoints": "attrition_points",
        "RateBand": "rate_bands",
        "RevenueBand": "revenue_bands",
    },
    "tbtier.scorecard.cards": {"QuarterScore": "quarter_scores", "Scorecard": "scorecards", "Standing": "standings"},
    "tbtier.scorecard.showing": {"Showing": "showings"},
}


def register() -> None:
    """Register the types of the modules that are imported, and of the others when they are."""
    with suppress(Exception):  # whatever fails here, Hypothesis must not
        sys.meta_path.insert(0, _Registering())
        for name in STRATEGIES:
            if name in sys.modules:
                _register(sys.modules[name])


class _Registering:
    """Finds the modules with types to register, as they would be found without it, and registers once they are imported."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in STRATEGIES:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and spec.loader:
            execute = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                execute(module)
                with suppress(Exception):
                    _register(module)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]  # of this one loader
        return spec


def _register(module: ModuleType) -> None:
    from hypothesis.strategies import register_type_strategy

    for name, strategy in STRATEGIES[module.__name__].items():
        register_type_strategy(getattr(module, name), _drawn_by(strategy))


def _drawn_by(strategy: str) -> Any:
    """Return what Hypothesis calls for a strategy when it is asked for a value of the type."""
    return lambda _: getattr(import_module("tbtier.testing.values"), strategy)()
