"""Text in columns, for people."""

from __future__ import annotations

from tbtier.rules.text import in_columns, in_paragraphs


def test_columns_are_two_spaces_apart() -> None:
    """Each as wide as its widest cell, one of them set to the right, and nothing after the last one."""
    rows = [("tier", "score", "quarter"), ("Crest", 5, ""), ("Base", 500, "FY24 Q1")]
    assert ["tier   score  quarter", "Crest      5", "Base     500  FY24 Q1"] == in_columns(rows, right=1)
    assert ["a  b"] == in_columns([("a", "b")])


def test_paragraphs_are_a_hundred_wide() -> None:
    """A line is filled to a hundred characters, and what goes on is set under the text."""
    fits, breaks = in_paragraphs([("R1", "x" * 90 + " y z"), ("R2", "x" * 90 + " yy z")])
    assert "  R1  " + "x" * 90 + " y z" == fits
    assert "  R2  " + "x" * 90 + " yy\n      z" == breaks
