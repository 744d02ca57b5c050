"""Enums whose members read as their text."""

from __future__ import annotations

import re
from enum import Enum, EnumMeta
from typing import TYPE_CHECKING, Self

from tbtier.errors import ParseError
from tbtier.errors.values import is_of, plain_text

__all__ = ["Named", "Ranked"]


class _ByValue(EnumMeta):
    """The class of these enums: a value that no member has goes to `_missing_` alone, since Python would also print it."""

    if not TYPE_CHECKING:  # a type checker knows what a call of an enum returns

        def __call__(cls, value, *names, **options):
            if names or options:  # which make another enum
                return super().__call__(value, *names, **options)
            if type(value) is cls:
                return value
            return (is_of(value, str) and cls._value2member_map_.get(plain_text(value))) or cls._missing_(value)


class Named(Enum, metaclass=_ByValue):
    """An enum whose members have their value as text, and a representation that evaluates.

    Raises:
        ParseError: no member has the value.
    """

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def _missing_(cls, value: object) -> None:
        words = re.sub("(?<!^)(?=[A-Z])", " ", cls.__name__).lower()
        raise ParseError(f"a {words}", value, tuple(map(str, cls)))


class Ranked(Named):
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

    if not TYPE_CHECKING:  # a type checker cannot tell its type
        __hash__ = object.__hash__  # by identity, as members are equal; the hash of `Enum` runs Python code

    def __str__(self) -> str:
        return self._text

    def __format__(self, spec: str) -> str:
        return format(self._text, spec)
