"""The base of every value with plain data that survives JSON, and of every answer."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from tbtier.rules.citations import Source, by_id

__all__: list[str] = []

Keys = TypeVar("Keys", covariant=True)
"""A type in `tbtier.formats`."""


class Plain(Generic[Keys]):
    """A value with plain data.

    A subclass returns the facts of its plain data from `_plain`; `plain` converts them at any depth.
    """

    __slots__ = ()

    _format: ClassVar[str]

    if not TYPE_CHECKING:  # an alias of `typing` for each subclass takes longer to make than the subclass

        def __class_getitem__(cls, _):
            return cls

    @abstractmethod
    def _plain(self) -> dict[str, Any]:
        """Return the facts of the value, as values."""

    def _document(self) -> dict[str, Any]:
        return {"format": self._format, **plain(self._plain())}

    def to_dict(self) -> Keys:
        """Return plain data that survives JSON: text, ints, bools, `None`, lists and dicts.

        `"format"` names the form, such as `tbtier.plan/1`; its number rises if readers of the old form would fail.
        Citations name their sources by id, and `"sources"` of an answer has each of them once.
        An exact number that is not whole is text, such as `"7/2"`. The types in `tbtier.formats` have the keys.

        Raises:
            RuleDataError: two documents have the same id, as they can in a difference between two programs.
        """
        return cast("Keys", self._document())


class Answer(Plain[Keys]):
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
    """Return a representation with the first line of a value's text, without the documents that it rests on."""
    return f"<{type(value).__name__}: {str(value).partition(chr(10))[0]}>"


def plain(value: Any) -> Any:
    """Return a value as plain data.

    A value with `_plain` becomes a dict of these facts; any other value, such as a day, a tier or a quarter, becomes text.
    """
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, dict):
        return {str(key): plain(fact) for key, fact in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(entry) for entry in value]
    return plain(value._plain()) if hasattr(value, "_plain") else str(value)
