"""Text for people: tables, lines, and the star that marks what is inferred.

An answer states its tables once: `printed` prints them, and the module `html` shows them in a notebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

__all__: list[str] = []


class Starred(str):
    """Text with a star: something in it is inferred and not published."""

    __slots__ = ()


class Implied(str):
    """A caption or a heading that only a notebook shows: in text, the place of the cells implies it."""

    __slots__ = ()


class Table(NamedTuple):
    """Rows under a caption and a heading; text prints them in columns.

    The last cell of a short row spans the columns that are left, and a single cell is the heading of a group of rows.
    Blank lines of the caption and blank rows are for text alone.
    """

    caption: Sequence[str]
    """What the table is about, in one or more lines."""
    heading: Sequence[str]
    """The heading of each column."""
    rows: Sequence[Sequence[str]]
    """The cells, row by row."""
    right: int | None = None
    """The index of the column that is set to the right, as numbers are."""
    key: int | None = 0
    """The index of the column that names the rows; `None` if there is none."""

    def lines(self) -> list[str]:
        """Return the caption, the heading and the rows as lines of text."""
        rows = [["" if isinstance(name, Implied) else name for name in self.heading]] if _said(self.heading) else []
        rows += map(list, self.rows)
        columns = iter(in_columns([row for row in rows if len(row) == len(self.heading)], self.right))
        return [*_said(self.caption), *("  ".join(row) if len(row) < len(self.heading) else next(columns) for row in rows)]


class Reasons(Table):
    """Reasons, each with its text, its rule and its citation; text prints each as a line."""

    __slots__ = ()

    def lines(self) -> list[str]:
        """Return the caption and the reasons as lines of text."""
        return [*_said(self.caption), *(f"  {explained(*row)}" for row in self.rows)]


class Entries(Table):
    """Names, each with its text, which text prints as a paragraph."""

    __slots__ = ()

    def lines(self) -> list[str]:
        """Return the caption and the paragraphs as lines of text."""
        return [*_said(self.caption), *in_paragraphs([(name, text) for name, text in self.rows])]


Part: TypeAlias = Table | str
"""A part of an answer: a table, or a line between tables."""


def implied(*names: str) -> tuple[str, ...]:
    """Return a heading that only a notebook shows."""
    return tuple(map(Implied, names))


def explained(text: str, rule: str, citation: object) -> str:
    """Return a reason as text: what happened, with the rule and its citation."""
    return f"{text} ({rule}: {citation})"


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


def printed(parts: Iterable[Part]) -> str:
    """Return the parts of an answer as text."""
    return "\n".join(line for part in parts for line in ([part] if isinstance(part, str) else part.lines()))


def with_footnote(*parts: Part) -> list[Part]:
    """Return parts with the line that says what a star means, if something in them is starred."""
    rows = [row for part in parts for row in ([[part]] if isinstance(part, str) else [part.caption, *part.rows])]
    return [*parts, *footnote(rows)]


def in_columns(rows: Sequence[Sequence[object]], right: int | None = None) -> list[str]:
    """Return each row as a line with its cells in columns two spaces apart; the column `right` is set to the right."""
    texts = [[str(cell) for cell in row] for row in rows]
    columns: list[list[str]] = []
    for index, column in enumerate(zip(*texts)):
        width = max(map(len, column))
        columns.append([text.rjust(width) if index == right else text.ljust(width) for text in column])
    return ["  ".join(row).rstrip() for row in zip(*columns)]


def _said(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if not isinstance(text, Implied)]


def in_paragraphs(entries: Sequence[tuple[str, str]], width: int = 100) -> list[str]:
    """Return each entry as its name and its text, indented and wrapped."""
    hang = 4 + max((len(name) for name, _ in entries))
    return [_wrapped(f"  {name}".ljust(hang), text, hang, width) for name, text in entries]


@lru_cache(maxsize=1024)  # the rules and the sources are the same in most texts
def _wrapped(name: str, text: str, hang: int, width: int) -> str:
    from textwrap import fill

    return fill(text, width, initial_indent=name, subsequent_indent=" " * hang)
