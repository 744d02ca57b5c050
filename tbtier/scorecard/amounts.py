"""Exact numbers: points, percents and sums of money; floats are refused."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias

from tbtier.errors import RangeError, WrongTypeError
from tbtier.fiscal import require_int

__all__ = ["Amount", "Exact"]

Amount: TypeAlias = int | Decimal | Fraction
"""An exact number, as it is given."""
Exact: TypeAlias = int | Fraction
"""An exact number, as it is kept: an int where it is whole."""

_DIGITS: Final = 300
_LIMIT: Final[int] = 10**_DIGITS


def require_amount(value: Any, what: str) -> Exact:
    """Return `value` exactly if it is a number from 0 up that is exact.

    Raises:
        WrongTypeError: it is a float, a bool, text or no number at all.
        RangeError: it is negative, infinite or not a number.
    """
    try:
        exact = value if isinstance(value, (Decimal, Fraction)) else require_int(value, what)
    except WrongTypeError:
        advice = "Decimal(...) reads one from text" if isinstance(value, str) else ""
        raise WrongTypeError(what, value, "an int, a Decimal or a Fraction", advice) from None
    if isinstance(exact, Decimal) and not exact.is_finite():
        raise RangeError(what, value, "a number", "leave out what is not known")
    if exact < 0:
        raise RangeError(what, value, "0 or more", "correct it")
    if _is_unwieldy(exact):
        raise RangeError(what, value, f"a number of at most {_DIGITS} digits before and after the point", "correct it")
    return kept(Fraction(exact))


def _is_unwieldy(value: int | Decimal | Fraction) -> bool:
    """Return whether a number has so many digits that arithmetic with it would not end soon."""
    if isinstance(value, Decimal):
        smallest = value.as_tuple().exponent
        return value.adjusted() >= _DIGITS or not isinstance(smallest, int) or smallest < -_DIGITS
    numerator, denominator = value.as_integer_ratio()
    return numerator >= _LIMIT * denominator or denominator > _LIMIT


def as_points(value: Any) -> Exact:
    """Return points exactly."""
    return require_amount(value, "points")


def as_maximum(value: Any) -> Exact:
    """Return the most points exactly."""
    return require_amount(value, "maximum")


def as_percent(value: Any) -> Exact:
    """Return a percent exactly."""
    return require_amount(value, "a percent")


def as_revenue(value: Any) -> Exact:
    """Return a sum of money exactly."""
    return require_amount(value, "a sum of money")


def kept(value: Exact) -> Exact:
    """Return a number as an int if it is whole."""
    return value.numerator if value.denominator == 1 else value


def total(values: Iterable[Exact]) -> Exact:
    """Return the sum of some numbers."""
    return kept(sum(values, Fraction(0)))


def plain_number(value: Exact) -> int | str:
    """Return a number as plain data: an int if it is whole, else text."""
    return value if isinstance(value, int) else str(value)


def shown(value: Exact) -> str:
    """Return a number for people: with a decimal point if it ends after a few digits, else as a fraction."""
    whole, rest = divmod(value * 10_000, 10_000)
    return f"{whole}.{int(rest):04}".rstrip("0").rstrip(".") if rest == int(rest) else str(value)
