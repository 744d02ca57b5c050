"""The tiers that a partner can hold."""

from __future__ import annotations

from enum import Enum
from typing import Self

from tbtier.errors import ParseError, WrongTypeError

__all__ = ["Ranked", "Tier"]


class Ranked(Enum):
    """An enum ordered as its members are written, lowest first.

    Members equal nothing but themselves, unlike those of `IntEnum`.
    """

    _rank: int

    def __init__(self, _text: str) -> None:
        self._rank = len(type(self).__members__)

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

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    def __str__(self) -> str:
        return str(self.value)


class Tier(Ranked):
    """A partner tier, lowest first.

    `PROVISIONAL` is what a consulting partner is before it meets the entry minimum; no score earns it (rule R9).
    The value is the name in use since FY22: `Tier("Crest")` reads it back, and `Tier.parse` in upper or lower case.

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
    def parse(cls, text: str) -> Tier:
        """Read a tier from its name, in upper or lower case; blanks around it are ignored.

        >>> Tier.parse("crest")
        Tier.CREST

        Raises:
            WrongTypeError: `text` is not a str.
            ParseError: `text` is not the name of a tier.
        """
        if not isinstance(text, str):
            raise WrongTypeError("tier", text, "text")
        return as_tier(text, "tier")

    @classmethod
    def _missing_(cls, value: object) -> None:
        raise ParseError("a tier", value, tuple(str(tier) for tier in cls))


def as_tier(value: object, what: str) -> Tier:
    """Return a tier that is given as itself or as its name, in upper or lower case.

    Raises:
        WrongTypeError: the value is neither a tier nor text.
        ParseError: the text is not the name of a tier.
    """
    if isinstance(value, Tier):
        return value
    if not isinstance(value, str):
        raise WrongTypeError(what, value, "a Tier or its name")
    name = value.strip().casefold()
    for tier in Tier:
        if str(tier).casefold() == name:
            return tier
    raise ParseError("a tier", value, tuple(map(str, Tier)))
