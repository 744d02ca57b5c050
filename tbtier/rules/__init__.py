"""The rules of programs, stated as dated changes with their sources; and the rules that all programs share.

This package exports the types that make up a program; the rules of all programs are in `tbtier.rules.rulebook`.
"""

from __future__ import annotations

from typing import Any

# Each public name with the module that has it; a type checker reads the same names from the stub beside this file.
_HOMES = {
    "Certainty": "citations",
    "Citation": "citations",
    "Source": "citations",
    "Cycle": "cycles",
    "Carryover": "editions",
    "Edition": "editions",
    "ProgramEnd": "editions",
    "Threshold": "editions",
    "UnknownRules": "editions",
    "Program": "program",
    "AttritionBand": "scorecards",
    "ScorecardRules": "scorecards",
    "ShowingRule": "scorecards",
    "ShowsWhen": "scorecards",
}

__all__ = sorted(_HOMES)  # a list of names


def __getattr__(name: str) -> Any:
    """Import a name when it is first used: a tier alone needs none of the other modules."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(f"tbtier.rules.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return [*__all__]
