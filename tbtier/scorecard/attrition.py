"""Attrition: the rate at which revenue fell, and the points for it (rules K6 and K7)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs

from tbtier.errors import RangeError, UnknownRuleError
from tbtier.errors.checks import tuple_of
from tbtier.evaluation.reasons import Reason, any_inferred, by_rule, reasons_table, sources_of
from tbtier.fiscal import FiscalQuarter, as_quarter
from tbtier.rules.citations import Source
from tbtier.rules.plain import Answer
from tbtier.rules.program import Program
from tbtier.rules.scorecards import AttritionBand
from tbtier.rules.text import Part, starred
from tbtier.scorecard.amounts import DIGITS, Amount, Exact, kept, require_amount, shown
from tbtier.scorecard.stated import scorecard_rules

if TYPE_CHECKING:
    from tbtier.formats import AttritionPointsDict

__all__ = ["AttritionPoints", "attrition_points", "attrition_rate"]

_POINTS: Final = "attrition points"


def attrition_rate(beginning: Amount, *, reduction: Amount) -> Fraction:
    """Return the total reduction of the beginning AOV over the past 12 months, divided by the beginning AOV (rule K6).

    Args:
        beginning: the annual recurring revenue paid to Salesforce one year ago.
        reduction: the sum of all reductions of that revenue in the year; additions in the year do not make it smaller.

    >>> attrition_rate(750_000, reduction=52_500)
    Fraction(7, 100)

    Raises:
        WrongTypeError: an amount is not an exact number.
        RangeError: an amount is negative, too large or too fine; `beginning` is 0; or `reduction` is above `beginning`.
    """
    whole, fell = require_amount(beginning, "beginning"), require_amount(reduction, "reduction")
    if not whole:
        raise RangeError("beginning", whole, "above 0", "without revenue there is no attrition rate")
    if fell > whole:
        wanted = f"at most the beginning AOV, {shown(whole)}"
        raise RangeError("reduction", fell, wanted, "leave out reductions of later additions")
    return Fraction(fell, whole)


def _as_points(points: Amount) -> Exact:
    return require_amount(points, "points", 2 * DIGITS)  # a product of two numbers that a band prints


def _as_rate(rate: Amount) -> Exact:
    """Return a rate exactly, from 0 to 1, inclusive."""
    exact = require_amount(rate, "rate", 4 * DIGITS)  # the quotient of two amounts, each itself a quotient
    if exact > 1:
        raise RangeError("rate", exact, "at most 1, which is 100 %", "divide a percent by 100")
    return exact


@attrs.frozen(repr=False)
class AttritionPoints(Answer["AttritionPointsDict"]):
    """The points for an attrition rate, with the reasons; the result of `attrition_points`."""

    points: Exact = attrs.field(converter=_as_points)
    """The exact points; no source says how they are rounded."""
    rate: Exact = attrs.field(converter=_as_rate)
    """The attrition rate, from 0 to 1."""
    reasons: tuple[Reason, ...] = attrs.field(validator=tuple_of(Reason))
    """The steps of the calculation, each with its citation."""

    _format = "tbtier.attrition/1"

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that the reasons rest on, in order."""
        return sources_of(self.reasons)

    def _plain(self) -> dict[str, Any]:
        return attrs.asdict(self, recurse=False)

    def _parts(self) -> list[Part]:
        return [reasons_table([starred(f"{shown(self.points)} points", any_inferred(self.reasons))], self.reasons)]


def attrition_points(rate: Amount, *, current: Amount, quarter: FiscalQuarter | str, program: Program) -> AttritionPoints:
    """Return the points for an attrition rate, by the bands that the edition of a quarter prints (rules K6 and K7).

    Args:
        rate: the rate from 0 to 1, inclusive, as `attrition_rate` returns it.
        current: the current AOV.
        quarter: the quarter whose edition applies.
        program: the program, such as `ISV`.

    >>> from tbtier.programs import ISV
    >>> print(attrition_points(attrition_rate(750_000, reduction=52_500), current=697_500, quarter="FY22 Q1", program=ISV))
    40 points
      7 % is in the band 5 to 9.9 %, which earns 160 (K7: published, S14)
      an AOV of 697500 is in the band 500000 to 1000000, with 25 % possible (K7: published, S14)
      25 % of 160 is 40 (K6: published, S1, S13, S14)

    Raises:
        WrongTypeError: a number is not exact, or `program` is not a `Program`.
        RangeError: the rate is above 1, or a number is negative, too large or too fine.
        UnknownRuleError: the edition prints no bands, the rate lies between two bands, or the AOV is beyond the last band.
        ProgramEndedError: the program no longer evaluates the quarter.
    """
    exact, aov = _as_rate(rate), require_amount(current, "current")
    quarter = as_quarter(quarter)
    rules, dates = scorecard_rules(program, quarter, "rate_bands", _POINTS), program.edition(quarter).start_citation
    percent = f"{shown(kept(Fraction(exact * 100)))} %"
    rate_band, aov_band = _band_of(exact * 1000, rules.rate_bands), _band_of(aov, rules.aov_bands)  # in tenths of a percent
    if rate_band is None:
        reason, known = f"a rate of {percent} is in no printed band", ", ".join(map(printed_rates, rules.rate_bands))
        raise UnknownRuleError(program.name, quarter, reason, known, _POINTS)
    if aov_band is None:
        reason, known = f"an AOV of {shown(aov)} is in no printed band", ", ".join(map(printed_aovs, rules.aov_bands))
        raise UnknownRuleError(program.name, quarter, reason, known, _POINTS)
    points = kept(Fraction(rate_band.value * aov_band.value, 100))
    by_rate = f"{percent} is in the band {printed_rates(rate_band)}, which earns {rate_band.value}"
    by_aov = f"an AOV of {shown(aov)} is in the band {printed_aovs(aov_band)}, with {aov_band.value} % possible"
    reasons = [
        Reason(by_rate, "K7", rate_band.citation.within(dates)),
        Reason(by_aov, "K7", aov_band.citation.within(dates)),
    ]
    if aov == aov_band.highest:
        reasons.append(by_rule("K7a", f"a band up to {shown(aov)} includes that sum"))
    reasons.append(by_rule("K6", f"{aov_band.value} % of {rate_band.value} is {shown(points)}"))
    return AttritionPoints(points, exact, tuple(reasons))


def _band_of(number: Exact, bands: tuple[AttritionBand, ...]) -> AttritionBand | None:
    return next((one for one in bands if one.lowest <= number and (one.highest is None or number <= one.highest)), None)


def printed_rates(band: AttritionBand) -> str:
    """Return the rates of a band in percent, as text."""
    lowest = shown(Fraction(band.lowest, 10))
    return f"{lowest} % and more" if band.highest is None else f"{lowest} to {shown(Fraction(band.highest, 10))} %"


def printed_aovs(band: AttritionBand) -> str:
    """Return the AOVs of a band, as text."""
    return f"{band.lowest} and more" if band.highest is None else f"{band.lowest} to {band.highest}"
