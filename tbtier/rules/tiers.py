"""The tiers that a partner can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tbtier.errors import ParseError, WrongTypeError
from tbtier.errors.values import is_of, plain_text
from tbtier.rules.named import Ranked

__all__ = ["Tier"]


class Tier(Ranked):
    """A partner tier, lowest first.

    A consulting partner is `PROVISIONAL` before it meets the entry minimum; no score earns that tier (rule R9).
    The value is the name in use since FY22: `Tier("Crest")` reads exactly that, and `Tier.parse` ignores case.

    Raises:
        ParseError: `Tier` is called with any other value.

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


TIER_NAMES: Final[Mapping[str, Tier]] = {str(tier): tier for tier in Tier}
"""The tiers by the names in use since FY22."""


def as_tier(value: object, what: str) -> Tier:
    """Return a tier from a tier or its name; `what` names the argument in errors, which are those of `Tier.parse`."""
    return tier_among(TIER_NAMES, value, what, "a tier")


def tier_among(names: Mapping[str, Tier], value: object, what: str, meant: str) -> Tier:
    """Return a tier from a tier or one of some names, ignoring case and blanks; `what` and `meant` are used in errors."""
    if type(value) is str and value in names:  # as it is mostly written, at a third of the cost
        return names[value]
    if type(value) is Tier:
        return value
    if not is_of(value, str):
        raise WrongTypeError(what, value, "a Tier or its name")
    text = plain_text(value).strip().casefold()
    for name, tier in names.items():
        if name.casefold() == text:
            return tier
    raise ParseError(meant, value, tuple(names))
