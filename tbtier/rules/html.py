"""Answers as HTML, for notebooks: plain tables without scripts, style sheets and colours, so that any page can hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from tbtier.fiscal import Span
from tbtier.rules.text import Part, Table

__all__: list[str] = []

# Notebooks set every cell to the right and every caption to the middle.
_LEFT: Final = ' style="text-align:left"'
_RIGHT: Final = ' style="text-align:right"'
_TABLE: Final = "margin:.6em 0"
_BAR: Final = "display:flex;max-width:60em;margin:.6em 0"
_BOX: Final = "min-width:0;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;border:1px solid;padding:0 .3em"


def in_html(parts: Iterable[Part]) -> str:
    """Return the parts of an answer as HTML, in the order of the text."""
    return "".join(_table(part) if isinstance(part, Table) else _line(part) for part in parts)


def _line(text: str) -> str:
    return f"<p>{escape(text.strip())}</p>" if text else ""


def _table(table: Table) -> str:
    caption = "<br/>".join(escape(line.strip()) for line in table.caption if line)
    heading = "".join(_cell(name, "col", index == table.right) for index, name in enumerate(table.heading))
    bodies: list[list[str]] = [[]]  # joined at the end: adding to text that is in a list copies the text
    for row in filter(any, table.rows):
        if len(row) == 1:
            bodies.append([])
        bodies[-1].append(_row(row, table))
    rows = "".join(f"<tbody>{''.join(body)}</tbody>" for body in bodies if body)
    head = f"<caption{_LEFT}>{caption}</caption><thead><tr>{heading}</tr></thead>"
    return f'<table style="{_TABLE}">{head}{rows}</table>'


def _row(row: Sequence[str], table: Table) -> str:
    """Return a row; the last cell of a short row spans the columns that are left."""
    *cells, last = row
    start = "".join(_cell(text, "row" * (index == table.key), index == table.right) for index, text in enumerate(cells))
    end = _cell(last, "" if cells else "rowgroup", len(cells) == table.right, len(table.heading) - len(cells))
    return f"<tr>{start}{end}</tr>"


def _cell(text: str, scope: str, right: bool, spanned: int = 1) -> str:
    tag = "th" if scope and text else "td"  # an empty cell names nothing
    scoped = f' scope="{scope}"' if tag == "th" else ""
    span = f' colspan="{spanned}"' if spanned > 1 else ""
    return f"<{tag}{scoped}{span}{_RIGHT if right else _LEFT}>{escape(text.strip())}</{tag}>"


def bar(periods: Iterable[tuple[str, Span]]) -> str:
    """Return named spans of days as boxes in a row, each as wide as its days, with the days as its title."""
    named = [
        (escape(name), f"{escape(name)} from {span.start} to {span.last_day}", (span.stop - span.start).days)
        for name, span in periods
    ]
    boxes = [f'<span title="{title}" style="flex:{days} 1 0;{_BOX}">{name}</span>' for name, title, days in named]
    spoken = ", ".join(title for _, title, _ in named)
    return f'<div role="img" aria-label="{spoken}" style="{_BAR}">{" ".join(boxes)}</div>'
