"""Readers of printed text and of HTML for notebooks, which share no code with the library: both become lines of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

Lines = list[list[str]]

IMPLIED = [
    ["reason", "rule", "certainty and sources"],
    ["about", "dates and tiers"],
    ["decisive", "quarter", "score", "tier and its scores", "why"],
    ["fact", "certainty and sources"],
    ["rule", "text and sources"],
    ["source", "document"],
    ["the score needed for each tier"],
]
"""The captions and the headings that only a notebook shows."""
PARAGRAPHS = ("numbers and carryover", "rules", "sources")
REASON = re.compile(r"  (.*) \(([^()]*): ((?:published|derived|inferred), .*)\)")


def elements(html: str) -> ElementTree.Element:
    """Return a page as a tree; raise an error if it is not well-formed."""
    return ElementTree.fromstring(f"<div>{html}</div>")


def cells_of_page(html: str) -> Lines:
    """Return the cells of a page that text has too, line by line, without the bar of a timeline."""
    lines = [cells for cells in page_lines(elements(html)) if cells not in IMPLIED]
    return [cells[:-1] if cells[-2:] == ["earned", "decision"] else cells for cells in lines]


def page_lines(page: ElementTree.Element) -> Iterator[list[str]]:
    """Yield each line of a page: a paragraph, a line of a caption, or the cells of a row that are not empty."""
    for part in page:
        if part.tag == "p":
            yield [text_of(part)]
        for caption in part.iter("caption"):
            yield from ([line] for line in (caption.text, *(end.tail for end in caption)) if line)
        for row in part.iter("tr"):
            yield [text_of(cell) for cell in row if text_of(cell)]


def text_of(element: ElementTree.Element) -> str:
    """Return all text in an element."""
    return "".join(element.itertext())


def cells_of_text(text: str) -> Lines:
    """Return the cells of a printed answer, line by line: columns are at least two spaces apart."""
    lines: Lines = []
    in_paragraphs = False
    for line in text.split("\n"):
        in_paragraphs = (in_paragraphs and bool(line)) or line in PARAGRAPHS
        if in_paragraphs and re.match("   ", line):  # it goes on
            lines[-1][-1] += f" {line.strip()}"
        elif reason := REASON.fullmatch(line):
            lines.append(list(reason.groups()))
        elif line:
            lines.append(re.split(" {2,}", line.strip(), maxsplit=1 if in_paragraphs else 0))
    return lines
