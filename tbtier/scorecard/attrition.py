"""Attrition: the rate by which revenue fell, and what that earns by bands (rules K6 and K7)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

import attrs

from tbtier.errors import RangeError, RuleDataError, UnknownRuleError, WrongTypeError
from tbtier.evaluation.reasons import Reason, any_inferred, by_rule, plain_reason
from tbtier.rules.citations import Citation, require_text
from tbtier.rules.editions import require_kind
from tbtier.scorecard.amounts import (
    Amount,
    Exact,
    as_percent,
    as_points,
    as_revenue,
    kept,
    plain_number,
    require_amount,
    shown,
    total,
)

__all__ = ["AttritionBands", "AttritionPoints", "RateBand", "RevenueBand", "attrition_rate"]

_FORMAT: Final = "tbtier.attrition/1"


def attrition_rate(beginning: Amount, *, current: Amount | None = None, reductions: Iterable[Amount] | None = None) -> Fraction:
    """Return the total by which the beginning AOV fell over the past 12 months, divided by the beginning AOV (rule K6).

    Args:
        beginning: the annual recurring revenue paid to Salesforce one year ago.
        current: the AOV today, if nothing was added since; or else
        reductions: the amounts by which it fell since.

    >>> attrition_rate(750_000, current=697_500)
    Fraction(7, 100)
    >>> attrition_rate(750_000, reductions=[40_000, 12_500])
    Fraction(7, 100)

    Raises:
        WrongTypeError: an amount is not an exact number, or not just one of `current` and `reductions` is given.
        RangeError: an amount is negative, `beginning` is 0, `current` is above it, or the reductions are.
    """
    whole = require_amount(beginning, "beginning")
    if not whole:
        raise RangeError("beginning", whole, "above 0", "there is no rate where nothing could fall")
    if (current is None) is (reductions is None):
        raise WrongTypeError("the AOV since", (current, reductions), "given as either current or reductions")
    if reductions is None:
        rest = require_amount(current, "current")
        if rest > whole:
            advice = "give the reductions of the year: what was added does not say what fell"
            raise RangeError("current", rest, f"at most the beginning AOV, {shown(whole)}", advice)
        return Fraction(whole - rest, whole)
    if isinstance(reductions, (str, bytes)) or not isinstance(reductions, Iterable):
        raise WrongTypeError("reductions", reductions, "an iterable of exact numbers")
    fell = total(require_amount(one, f"reductions[{place}]") for place, one in enumerate(reductions))
    if fell > whole:
        advice = "leave out reductions of what was sold since"
        raise RangeError("the sum of the reductions", fell, f"at most the beginning AOV, {shown(whole)}", advice)
    return Fraction(fell, whole)


@attrs.frozen
class RateBand:
    """A band of rates as it is printed, and the points that it earns.

    Raises:
        WrongTypeError: a number is not exact.
        RangeError: a number is negative.
        RuleDataError: it ends before it begins, or has no citation.
    """

    lowest: Exact = attrs.field(converter=as_percent)
    """The lowest rate in percent, inclusive."""
    highest: Exact | None = attrs.field(converter=attrs.converters.optional(as_percent))
    """The highest rate in percent, inclusive; `None` if there is none."""
    points: Exact = attrs.field(converter=as_points)
    """The points for a rate in it."""
    citation: Citation
    """Where that is written."""

    def __attrs_post_init__(self) -> None:
        require_kind(Citation, f"RateBand from {shown(self.lowest)}: citation", self.citation)
        if self.highest is not None and self.highest < self.lowest:
            raise RuleDataError(f"RateBand from {shown(self.lowest)}: highest", f"must not be below it, got {self.highest!r}")

    def has(self, percent: Exact) -> bool:
        """Return whether a rate in percent is in the band."""
        return self.lowest <= percent and (self.highest is None or percent <= self.highest)

    def __str__(self) -> str:
        return (
            f"{shown(self.lowest)} % and more" if self.highest is None else f"{shown(self.lowest)} to {shown(self.highest)} %"
        )


@attrs.frozen
class RevenueBand:
    """A band of current AOV, which ends where the next one begins, and the percent of points that is possible in it.

    Raises:
        WrongTypeError: a number is not exact.
        RangeError: a number is negative, or the percent above 100.
        RuleDataError: it has no citation.
    """

    up_to: Exact = attrs.field(converter=as_revenue)
    """The highest AOV, inclusive."""
    percent: Exact = attrs.field(converter=as_percent)
    """The percent possible."""
    citation: Citation
    """Where that is written."""
    up_to_citation: Citation = attrs.field(default=attrs.Factory(lambda self: self.citation, takes_self=True))
    """Where it is written that the highest AOV is in the band, and not in the next one; by default in the same place."""

    def __attrs_post_init__(self) -> None:
        require_kind(Citation, f"RevenueBand to {shown(self.up_to)}: citation", self.citation)
        require_kind(Citation, f"RevenueBand to {shown(self.up_to)}: up_to_citation", self.up_to_citation)
        if self.percent > 100:
            raise RangeError("a percent", self.percent, "at most 100")

    def __str__(self) -> str:
        return f"to {shown(self.up_to)}"


@attrs.frozen
class AttritionPoints:
    """What a rate of attrition earns, and why; made by `AttritionBands.points`."""

    points: Exact
    """The points; how they are rounded is not published."""
    rate: Exact
    """The rate of attrition, from 0 to 1."""
    reasons: tuple[Reason, ...]
    """Why, one step after another."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that survives JSON: text, ints and lists; numbers are text if they are not whole.

        Its `"format"` is `"tbtier.attrition/1"`; the number rises when a reader of the old form would go wrong.
        """
        return {
            "format": _FORMAT,
            "points": plain_number(self.points),
            "rate": plain_number(self.rate),
            "reasons": [plain_reason(reason) for reason in self.reasons],
        }

    def __str__(self) -> str:
        return "\n".join(
            [
                f"{shown(self.points)} points{'*' if any_inferred(self.reasons) else ''}",
                *(f"  {reason}" for reason in self.reasons),
            ]
        )


@attrs.frozen
class AttritionBands:
    """What attrition earns in one edition of the rules.

    >>> from decimal import Decimal
    >>> from tbtier.rules import Certainty, Source
    >>> cited = Citation(Certainty.PUBLISHED, (Source("mine", "A page that I read", "2026"),))
    >>> rates = RateBand(0, Decimal("4.9"), 100, cited), RateBand(5, None, 0, cited)
    >>> bands = AttritionBands("mine", rates, (RevenueBand(1_000_000, 50, cited),))
    >>> bands.points(Decimal("0.03"), current=800_000).points
    50

    Raises:
        RuleDataError: it has no name, no bands, or bands that do not ascend.
    """

    name: str
    """What it is called in answers, such as `ISV FY21`."""
    rates: tuple[RateBand, ...]
    """The bands of the rate, lowest first; between two of them nothing is known."""
    revenues: tuple[RevenueBand, ...]
    """The bands of current AOV, lowest first; beyond the last one nothing is known."""

    def __attrs_post_init__(self) -> None:
        where = f"AttritionBands {self.name}"
        require_text("AttritionBands: name", self.name)
        for name, kind in (("rates", RateBand), ("revenues", RevenueBand)):
            bands = getattr(self, name)
            require_kind(tuple, f"{where}: {name}", bands)
            if not bands:
                raise RuleDataError(f"{where}: {name}", "must have a band")
            for place, band in enumerate(bands):
                require_kind(kind, f"{where}: {name}[{place}]", band)
        for place, (former, latter) in enumerate(pairwise(self.rates), start=1):
            if former.highest is None or latter.lowest <= former.highest:
                raise RuleDataError(f"{where}: rates[{place}]", f"must be above {former}")
        for place, (less, more) in enumerate(pairwise(self.revenues), start=1):
            if more.up_to <= less.up_to:
                raise RuleDataError(f"{where}: revenues[{place}]", f"must be above {shown(less.up_to)}")

    def points(self, rate: Amount, *, current: Amount) -> AttritionPoints:
        """Return what a rate of attrition earns: the points of its band, times the percent possible (rules K6 and K7).

        Args:
            rate: the rate, from 0 to 1 inclusive, as `attrition_rate` returns it.
            current: the current AOV.

        Raises:
            WrongTypeError: a number is not exact.
            RangeError: the rate is above 1, or a number is negative.
            UnknownRuleError: the rate lies between two bands as they are printed, or the AOV beyond the last one known.
        """
        exact = Fraction(require_amount(rate, "rate"))
        if exact > 1:
            raise RangeError("rate", kept(exact), "at most 1, which is 100 %", "divide a percent by 100")
        percent, revenue = kept(exact * 100), require_amount(current, "current")
        of_rate = next((band for band in self.rates if band.has(percent)), None)
        if of_rate is None:
            raise UnknownRuleError(
                self.name,
                None,
                f"no band has a rate of {shown(percent)} %",
                ", ".join(map(str, self.rates)),
                "points",
                "state bands of your own if you know more",
            )
        of_revenue = next((band for band in self.revenues if revenue <= band.up_to), None)
        if of_revenue is None:
            raise UnknownRuleError(
                self.name,
                None,
                f"no band has a current AOV of {shown(revenue)}",
                ", ".join(map(str, self.revenues)),
                "points",
                "state bands of your own if you know more",
            )
        points, possible = kept(Fraction(of_rate.points * of_revenue.percent) / 100), shown(of_revenue.percent)
        where, most = f"bands {self.name}", shown(of_rate.points)
        reasons = [
            Reason(f"{shown(percent)} % is in the band {of_rate}, which earns {most}", where, of_rate.citation),
            Reason(f"{shown(revenue)} is in the band {of_revenue}, with {possible} % possible", where, of_revenue.citation),
        ]
        if revenue == of_revenue.up_to and of_revenue.up_to_citation != of_revenue.citation:
            reasons.append(Reason(f"the band to {shown(revenue)} includes that sum", where, of_revenue.up_to_citation))
        reasons.append(by_rule("K6", f"{most} times {possible} % is {shown(points)}"))
        return AttritionPoints(points, kept(exact), tuple(reasons))
