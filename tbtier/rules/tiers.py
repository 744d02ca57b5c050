"""The tiers that a partner can hold."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, Self

from tbtier.errors import ParseError, WrongTypeError

__all__ = ["Ranked", "Tier"]


class Ranked(Enum):
    """An enum ordered as its members are written, lowest first.

    Members equal nothing but themselves, unlike those of `IntEnum`.
    """

    _rank: int
    _text: str

    def __init__(self, text: str) -> None:
        self._rank = len(type(self).__members__)
        self._text = text  # `value` is the same, by a descriptor that costs several times as much

    @property
    def rank(self) -> int:
        """The index in the order, from 0."""
        return self._rank

    def __lt__(self, other: Self) -> bool:
        if self.__class__ is other.__class__:
            return self._rank < other._rank
        return NotImplemented

    def __le__(self, other: Self) -> bool:
        if self.__class__ is other.__class__:
            return self._rank <= other._rank
        return NotImplemented

    def __gt__(self, other: Self) -> bool:
        if self.__class__ is other.__class__:
            return self._rank > other._rank
        return NotImplemented

    def __ge__(self, other: Self) -> bool:
        if self.__class__ is other.__class__:
            return self._rank >= other._rank
        return NotImplemented

    __hash__ = object.__hash__  # by identity, as members are equal; the hash of `Enum` runs Python code

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    def __str__(self) -> str:
        return self._text

    def __format__(self, spec: str) -> str:
        return format(self._text, spec)


class Tier(Ranked):
    """A partner tier, lowest first.

    A consulting partner is `PROVISIONAL` before it meets the entry minimum; no score earns that tier (rule R9).
    The value is the name in use since FY22: `Tier("Crest")` reads exactly that, and `Tier.parse` ignores case.

    Raises:
        ParseError: `Tier` was called with anything else.

    >>> Tier.BASE < Tier.RIDGE < Tier.CREST < Tier.SUMMIT
    True
    >>> str(max(Tier.RIDGE, Tier.CREST))
    'Crest'
    """

    PROVISIONAL = "Provisional"
    BASE = "Base"
    RIDGE = "Ridge"
    CREST = "Crest"
    SUMMIT = "Summit"

    @classmethod
    def parse(cls, text: Tier | str) -> Tier:
        """Read a tier from its name, ignoring case and blanks around it; a tier is returned unchanged.

        >>> Tier.parse("crest")
        Tier.CREST

        Raises:
            WrongTypeError: `text` is neither a tier nor text.
            ParseError: `text` is not the name of a tier.
        """
        return as_tier(text, "tier")

    @classmethod
    def _missing_(cls, value: object) -> None:
        raise ParseError("a tier", value, tuple(TIER_NAMES))


TIER_NAMES: Final[Mapping[str, Tier]] = {str(tier): tier for tier in Tier}
"""The tiers by the names in use since FY22."""


def as_tier(value: object, what: str) -> Tier:
    """Return a tier from a tier or its name; `what` names the argument in errors.

    Raises:
        WrongTypeError: the value is neither a tier nor text.
        ParseError: the text is not the name of a tier.
    """
    return tier_among(TIER_NAMES, value, what, "a tier")


def tier_among(names: Mapping[str, Tier], value: object, what: str, meant: str) -> Tier:
    """Return a tier from a tier or one of some names, ignoring case and blanks; `what` and `meant` are words for errors.

    Raises:
        WrongTypeError: the value is neither a tier nor text.
        ParseError: the text is not one of the names.
    """
    if isinstance(value, Tier):
        return value
    if not isinstance(value, str):
        raise WrongTypeError(what, value, "a Tier or its name")
    text = value.strip().casefold()
    for name, tier in names.items():
        if name.casefold() == text:
            return tier
    raise ParseError(meant, value, tuple(names))
