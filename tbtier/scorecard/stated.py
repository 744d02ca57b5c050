"""The scorecard rules that the edition of a quarter states."""

from __future__ import annotations

from typing import Literal

from tbtier.errors import UnknownRuleError
from tbtier.fiscal import FiscalQuarter, as_quarter
from tbtier.rules.editions import Edition
from tbtier.rules.program import Program, require_program
from tbtier.rules.scorecards import ScorecardRules

__all__ = ["review_minimum"]

_Field = Literal["showing", "review_minimum", "rate_bands"]


def scorecard_rules(program: Program, quarter: FiscalQuarter, field: _Field, what: str) -> ScorecardRules:
    """Return the scorecard rules of the edition in force in a quarter; raise `UnknownRuleError` unless they state `field`."""
    require_program(program)
    rules = _stating(program.edition(quarter), field)
    if rules is None:
        starts = [edition.start for edition in program.editions if _stating(edition, field)]
        known = f"those of the editions from {' and '.join(map(str, starts))}" if starts else "those of no edition"
        raise UnknownRuleError(program.name, quarter, "its edition states none", known, what)
    return rules


def _stating(edition: Edition, field: _Field) -> ScorecardRules | None:
    return edition.scorecard if getattr(edition.scorecard, field, None) not in (None, ()) else None


def review_minimum(quarter: FiscalQuarter | str, *, program: Program) -> int:
    """Return the lowest number of reviews in the year with which an app rating earns points, inclusive (rule K5).

    >>> from tbtier.programs import ISV
    >>> review_minimum("FY21 Q1", program=ISV), review_minimum("FY24 Q1", program=ISV)
    (5, 8)

    Raises:
        WrongTypeError: `program` is not a `Program`.
        UnknownRuleError: the number, or every rule of the quarter, is unknown.
        ProgramEndedError: the program no longer evaluates the quarter.
    """
    minimum = scorecard_rules(program, as_quarter(quarter), "review_minimum", "review minimum").review_minimum
    assert minimum is not None  # the edition states it
    return minimum
