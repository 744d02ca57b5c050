"""Text in columns, for people."""

from __future__ import annotations

from collections.abc import Sequence

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
