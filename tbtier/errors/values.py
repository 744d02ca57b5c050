"""Values in errors: short text, plain data and a form that pickles, for a value of any size."""

from __future__ import annotations

from reprlib import Repr
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from tbtier.formats import Fact

__all__: list[str] = []

LONGEST: Final = 200  # characters of a value in one message; an attribute has the value


class _Short(Repr):
    """A maker of short text for a value of any size and depth, from its outer levels and its first items."""

    def __init__(self, show: Callable[[object], str]) -> None:
        super().__init__()
        self.maxlevel = 3
        self.maxstring = LONGEST
        self._show = show

    def repr1(self, x: object, level: int) -> str:
        try:
            return super().repr1(x, level)
        except Exception:  # the representation of a foreign class can raise any error, and its name can be `str`
            return f"a value of the type {type(x).__name__}"

    def repr_int(self, x: int, level: int) -> str:  # noqa: ARG002  # the base class passes the level
        bits = x.bit_length()
        # Python refuses to write more than 4,300 digits. A bit is 0.30103 digits.
        return repr(x) if bits <= 3 * LONGEST else f"an int of about {bits * 30103 // 100000 + 1} digits"

    def repr_instance(self, x: object, level: int) -> str:  # noqa: ARG002  # the base class passes the level
        text = " ".join(self._show(x).split())  # the representation of a data frame has several lines
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


_CODE: Final = _Short(repr)
PROSE: Final = _Short(str)


def shown(value: object, short: _Short = _CODE) -> str:
    """Return the representation of a value, cut to a readable length; if that fails, name the type of the value."""
    text = short.repr(value)
    return text if len(text) <= 2 * LONGEST else f"{text[: 2 * LONGEST]}..."


def plain(fact: object) -> Fact:
    """Return a fact as plain data of readable length."""
    if fact is None or (isinstance(fact, int) and fact.bit_length() <= 3 * LONGEST):
        return fact
    text = fact if isinstance(fact, str) else shown(fact, PROSE)
    text = text.encode(errors="backslashreplace").decode()  # JSON in UTF-8 has no surrogates
    return text if len(text) <= 2 * LONGEST else f"{text[: 2 * LONGEST]}..."


class _Substitute(str):
    """The text of a value that does not pickle."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def portable(fact: object) -> object:
    """Return a fact of an error, or its text if it does not pickle."""
    from pickle import dumps

    try:
        dumps(fact)
    except Exception:  # each class has its own way to refuse
        return _Substitute(shown(fact))
    return fact
