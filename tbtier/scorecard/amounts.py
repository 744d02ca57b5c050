"""Exact numbers: points, percents and sums of money, but no floats."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias

from tbtier.errors import RangeError, WrongTypeError
from tbtier.errors.checks import require_int
from tbtier.errors.values import is_of

__all__ = ["Amount", "Exact"]

Amount: TypeAlias = int | Decimal | Fraction
"""An exact number as users give it: an int, a `decimal.Decimal` or a `fractions.Fraction`."""
Exact: TypeAlias = int | Fraction
"""An exact number as tbtier keeps it: an int if it is whole."""

DIGITS: Final = 30  # no sum of money needs more; a Decimal of a few characters can have millions


def require_amount(value: Any, what: str, digits: int = DIGITS) -> Exact:
    """Return `value` exactly if it is an exact number from 0 up, neither too large nor too fine."""
    if is_of(value, Decimal):
        value = Decimal(value)  # a plain one, whose methods no subclass has replaced
        if not value.is_finite():
            raise RangeError(what, value, "a number", "leave out an unknown amount")
    elif is_of(value, Fraction):
        value = Fraction(*Fraction.as_integer_ratio(value))  # a plain one too
    else:
        value = _whole(value, what)
    limit = 10**digits
    # Check the size of a Decimal before the conversion, which would write out all of its digits.
    if isinstance(value, Decimal):
        fits = value.adjusted() < digits and int(value.as_tuple().exponent) >= -digits
    else:
        fits = abs(value) < limit and value.denominator <= limit
    if not fits:
        raise RangeError(what, value, f"below 1E+{digits}, with a denominator up to 1E+{digits}", "round it")
    if value < 0:
        raise RangeError(what, value, "0 or more", "correct it")
    return kept(Fraction(value))


def _whole(value: Any, what: str) -> int:
    try:
        return require_int(value, what)
    except WrongTypeError:
        advice = "Decimal(...) reads one from text" if is_of(value, str) else ""
        raise WrongTypeError(what, value, "an int, a Decimal or a Fraction", advice) from None


def kept(value: Exact) -> Exact:
    """Return a number as an int if it is whole."""
    return value.numerator if value.denominator == 1 else value


def shown(value: Exact) -> str:
    """Return a number for people: as a decimal of up to four places if it is one, otherwise as a fraction."""
    whole, rest = divmod(value * 10_000, 10_000)
    return f"{whole}.{int(rest):04}".rstrip("0").rstrip(".") if rest == int(rest) else str(value)
