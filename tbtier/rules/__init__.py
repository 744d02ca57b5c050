"""How the rules of programs are stated: dated changes, each with its sources; and the rules that all programs share.

This package hands on the constructors of a program; the rules of all programs are in `tbtier.rules.rulebook`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tbtier.rules.citations import Certainty, Citation, Source
    from tbtier.rules.cycles import Cycle
    from tbtier.rules.editions import Carryover, Edition, ProgramEnd, Threshold, UnknownRules
    from tbtier.rules.program import Program
    from tbtier.rules.scorecards import AttritionBand, ScorecardRules, ShowingRule, ShowsWhen

__all__ = [
    "AttritionBand",
    "Carryover",
    "Certainty",
    "Citation",
    "Cycle",
    "Edition",
    "Program",
    "ProgramEnd",
    "ScorecardRules",
    "ShowingRule",
    "ShowsWhen",
    "Source",
    "Threshold",
    "UnknownRules",
]

_HOMES = {
    "citations": ("Certainty", "Citation", "Source"),
    "cycles": ("Cycle",),
    "editions": ("Carryover", "Edition", "ProgramEnd", "Threshold", "UnknownRules"),
    "program": ("Program",),
    "scorecards": ("AttritionBand", "ScorecardRules", "ShowingRule", "ShowsWhen"),
}


if not TYPE_CHECKING:  # a type checker that saw it would believe in any name

    def __getattr__(name: str) -> Any:
        """Import a name when it is first asked for, since a tier alone needs none of the other modules."""
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names:
                globals()[name] = value = getattr(import_module(f"tbtier.rules.{home}"), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
