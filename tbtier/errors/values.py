"""Values in errors: short text, plain data and a form that pickles, for a value of any size."""

from __future__ import annotations

from reprlib import Repr
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import TypeIs

    from tbtier.formats import Fact

__all__: list[str] = []

_Kind = TypeVar("_Kind")

LONGEST: Final = 200  # characters of a value in one message; an attribute has the value


def is_of(value: object, kind: type[_Kind] | tuple[type[_Kind], ...]) -> TypeIs[_Kind]:
    """Return whether a value is of a class or a subclass; `isinstance` also believes a mock that poses as one."""
    return issubclass(type(value), kind)


def plain_text(text: str) -> str:
    """Return text as a plain str, whose methods no subclass has replaced; any other value is returned unchanged."""
    return str.__str__(text) if type(text) is not str and is_of(text, str) else text


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
        text = self._show(x)
        line = " ".join(text[: 100 * LONGEST].split())  # the representation of a data frame has several lines
        return line if len(line) <= LONGEST and len(text) <= 100 * LONGEST else f"{line[:LONGEST]}..."


_COLLECTIONS: Final = (list, tuple, set, frozenset, dict)
_CODE: Final = _Short(repr)
PROSE: Final = _Short(str)


def shown(value: object, short: _Short = _CODE) -> str:
    """Return the representation of a value, cut to a readable length; if that fails, name the type of the value."""
    if type(value) is _Substitute:
        return value.prose if short is PROSE else str.__str__(value)
    text = short.repr(value)
    return text if len(text) <= 2 * LONGEST else f"{text[: 2 * LONGEST]}..."


def plain(fact: object) -> Fact:
    """Return a fact as plain data of readable length."""
    if fact is None or (is_of(fact, int) and int.bit_length(fact) <= 3 * LONGEST):
        return fact
    text = plain_text(fact) if is_of(fact, str) else shown(fact, PROSE)
    text = text.encode(errors="backslashreplace").decode()  # JSON in UTF-8 has no surrogates
    return text if len(text) <= 2 * LONGEST else f"{text[: 2 * LONGEST]}..."


def is_small(value: object, most: int = 1_000) -> bool:
    """Return whether a value has few parts, so that its representation takes little time."""
    count = 0
    parts: list[Any] = [value]
    while parts and count <= most:
        part = parts.pop()
        kind = type(part)
        if kind in (str, bytes):
            count += len(part) // 40
        elif kind in _COLLECTIONS:
            count += len(part)
            if count <= most:
                parts += (*part, *part.values()) if kind is dict else part
    return count <= most


def outlined(text: str) -> str:
    """Return text as it is if it is short, otherwise its beginning, for the place of a fault."""
    return shown(text) if type(text) is not str or len(text) > LONGEST else text


class _Substitute(str):
    """The text of a value that does not pickle, as code, and as people write it."""

    prose: str

    def __repr__(self) -> str:
        return str(self)


def portable(fact: object) -> object:
    """Return a fact of an error, or its text if it does not pickle."""
    from pickle import dumps

    try:
        dumps(fact)
    except Exception:  # each class has its own way to refuse
        substitute = _Substitute(shown(fact))
        substitute.prose = shown(fact, PROSE)
        return substitute
    return fact
