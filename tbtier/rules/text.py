"""Text for people: columns, paragraphs, and the star that marks what is inferred."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

__all__: list[str] = []


class Starred(str):
    """Text with a star: something in it is inferred and not published."""

    __slots__ = ()


def starred(text: object, is_inferred: bool, after: str = "") -> str:
    """Return text with a star behind it if it rests on something that is inferred, and more text after the star."""
    return Starred(f"{text}*{after}") if is_inferred else f"{text}{after}"


def joined(*texts: str) -> str:
    """Return texts as one, which is starred if one of them is."""
    whole = "".join(texts)
    return Starred(whole) if any(isinstance(text, Starred) for text in texts) else whole


def footnote(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the line that says what a star means, if one of these cells is starred."""
    stars = any(isinstance(cell, Starred) for row in rows for cell in row)
    return ["* inferred, not published"] if stars else []


def in_columns(rows: Sequence[Sequence[object]], right: int | None = None) -> list[str]:
    """Return each row as a line with its cells in columns two spaces apart; the column `right` is set to the right."""
    texts = [[str(cell) for cell in row] for row in rows]
    columns: list[list[str]] = []
    for index, column in enumerate(zip(*texts)):
        width = max(map(len, column))
        columns.append([text.rjust(width) if index == right else text.ljust(width) for text in column])
    return ["  ".join(row).rstrip() for row in zip(*columns)]


def in_paragraphs(entries: Sequence[tuple[str, str]], width: int = 100) -> list[str]:
    """Return each entry as its name and its text, indented and wrapped."""
    hang = 4 + max((len(name) for name, _ in entries))
    return [_wrapped(f"  {name}".ljust(hang), text, hang, width) for name, text in entries]


@lru_cache(maxsize=1024)  # the rules and the sources are the same in most texts
def _wrapped(name: str, text: str, hang: int, width: int) -> str:
    from textwrap import fill

    return fill(text, width, initial_indent=name, subsequent_indent=" " * hang)
