"""The base classes of answers, of every value with text for people, and of every value with plain data that survives JSON."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar, cast

from tbtier.rules.citations import Source, by_id

if TYPE_CHECKING:
    from tbtier.rules.text import Part

__all__: list[str] = []

_LONGEST: Final = 270

Keys = TypeVar("Keys", covariant=True)
"""A type in `tbtier.formats`."""


class Plain(Generic[Keys]):
    """A value with plain data.

    A subclass returns its facts from `_plain`; the function `plain` converts them to plain data at any depth.
    """

    __slots__ = ()

    _format: ClassVar[str]

    if not TYPE_CHECKING:  # making a `typing` alias for each subclass takes longer than making the subclass

        def __class_getitem__(cls, _):
            return cls

    @abstractmethod
    def _plain(self) -> dict[str, Any]:
        """Return the facts of the value, before they become plain data."""

    def _document(self) -> dict[str, Any]:
        return {"format": self._format, **plain(self._plain())}

    def to_dict(self) -> Keys:
        """Return plain data that survives JSON: text, ints, bools, `None`, lists and dicts.

        `"format"` names the format, such as `tbtier.plan/1`; its number rises when code that reads the old form would fail.
        Citations name their sources by id, and `"sources"` of an answer describes each source once.
        An exact number that is not whole is text, such as `"7/2"`. The types in `tbtier.formats` list the keys.

        Raises:
            RuleDataError: two documents have the same id, as they can in a difference between two programs.
        """
        return cast("Keys", self._document())


class Printed:
    """A value with text for people, which a notebook shows as tables; a subclass returns both at once from `_parts`."""

    __slots__ = ()

    @abstractmethod
    def _parts(self) -> list[Part]:
        """Return the tables and the lines of the text, in order."""

    def __str__(self) -> str:
        from tbtier.rules.text import printed

        return printed(self._parts())

    def _repr_html_(self) -> str:
        """Return the text as HTML: a notebook calls this method."""
        from tbtier.rules.html import in_html

        return in_html(self._parts())


class Answer(Printed, Plain[Keys]):
    """An answer: text for people, plain data for programs, and the documents that it rests on."""

    __slots__ = ()

    @property
    @abstractmethod
    def sources(self) -> tuple[Source, ...]:
        """Every document that the answer rests on, in order."""

    def __repr__(self) -> str:
        return titled(self)

    def _document(self) -> dict[str, Any]:
        return {**super()._document(), "sources": plain(by_id(self.sources))}


def titled(value: object) -> str:
    """Return a representation with the first line of a value's text, without its sources and not too long for a cell."""
    line = str(value).partition("\n")[0]
    return f"<{type(value).__name__}: {line if len(line) <= _LONGEST else f'{line[: _LONGEST - 3]}...'}>"


def plain(value: Any) -> Any:
    """Return a value as plain data.

    A value with `_plain` becomes a dict of its facts; any other value, such as a day, a tier or a quarter, becomes text.
    """
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, dict):
        return {str(key): plain(fact) for key, fact in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(entry) for entry in value]
    return plain(value._plain()) if hasattr(value, "_plain") else str(value)
