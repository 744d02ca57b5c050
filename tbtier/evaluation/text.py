"""Text in columns, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__: list[str] = []


def in_columns(rows: Sequence[Sequence[object]], right: int | None = None) -> list[str]:
    """Return each row as a line with its cells in columns two spaces apart; the column `right` is set to the right."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts)]
    return [
        "  ".join(
            text.rjust(width) if place == right else text.ljust(width) for place, (text, width) in enumerate(zip(row, widths))
        ).rstrip()
        for row in texts
    ]


def footnote(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the line that tells what a star means, if there is one in these rows."""
    return ["* by rules that are inferred, not published"] if any("*" in cell for row in rows for cell in row) else []


def in_paragraphs(entries: Sequence[tuple[str, str]], width: int = 100) -> list[str]:
    """Return each entry as its name and its text, indented and wrapped."""
    from textwrap import fill

    hang = 4 + max((len(name) for name, _ in entries))
    return [fill(text, width, initial_indent=f"  {name}".ljust(hang), subsequent_indent=" " * hang) for name, text in entries]
