"""Text in columns, for people, and the same tables as HTML."""

from __future__ import annotations

from tbtier import FiscalQuarter
from tbtier.rules.html import bar, in_html
from tbtier.rules.text import Starred, Table, in_columns, in_paragraphs, with_footnote


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


STAR = "* inferred, not published"


def test_a_star_anywhere_has_a_note() -> None:
    """The note follows the parts if a line, a caption or a cell is starred; a star in a plain name needs none."""
    starred = Starred("b*")
    for part in ("b*", Table(["b*"], ["c"], [["b*"]])):
        assert ["a", part] == with_footnote("a", part)
    for part in (starred, Table([starred], ["c"], []), Table([], ["c"], [["d"], [starred]])):
        assert [part, "a", STAR] == with_footnote(part, "a")


LEFT, RIGHT = ' style="text-align:left"', ' style="text-align:right"'


def test_a_table_in_html_by_hand() -> None:
    """Each row has its headings, its spans and its sides; a group begins a body, and blank lines and rows are left out."""
    rows = [["Q1", "Ridge", "310"], ["", "", ""], ["Q2", " open < Q3"], ["does not count"], ["Q3", "", "5"]]
    table = Table(["Tiers & scores", "", " of FY24"], ["quarter", "", "score"], rows, right=2)
    assert (
        f'<table style="margin:.6em 0"><caption{LEFT}>Tiers &amp; scores<br/>of FY24</caption>'
        f'<thead><tr><th scope="col"{LEFT}>quarter</th><td{LEFT}></td><th scope="col"{RIGHT}>score</th></tr></thead>'
        f'<tbody><tr><th scope="row"{LEFT}>Q1</th><td{LEFT}>Ridge</td><td{RIGHT}>310</td></tr>'
        f'<tr><th scope="row"{LEFT}>Q2</th><td colspan="2"{LEFT}>open &lt; Q3</td></tr></tbody>'
        f'<tbody><tr><th scope="rowgroup" colspan="3"{LEFT}>does not count</th></tr>'
        f'<tr><th scope="row"{LEFT}>Q3</th><td{LEFT}></td><td{RIGHT}>5</td></tr></tbody></table>'
    ) == in_html([table])


def test_parts_in_html_by_hand() -> None:
    """Parts follow each other without anything between them; a group that comes first has no empty body before it."""
    table = Table(["c"], ["d", "e"], [["group"], ["x", "y"]], key=None)
    assert (
        f'<p>a &amp; b</p><table style="margin:.6em 0"><caption{LEFT}>c</caption>'
        f'<thead><tr><th scope="col"{LEFT}>d</th><th scope="col"{LEFT}>e</th></tr></thead>'
        f'<tbody><tr><th scope="rowgroup" colspan="2"{LEFT}>group</th></tr>'
        f"<tr><td{LEFT}>x</td><td{LEFT}>y</td></tr></tbody></table><p>f</p>"
    ) == in_html([" a & b", "", table, "f"])


def test_a_bar_by_hand() -> None:
    """Boxes are as wide as their days, and the bar says in words what it shows."""
    box = "min-width:0;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;border:1px solid;padding:0 .3em"
    first, second = "Base from 2023-02-01 to 2023-04-30", "Ridge from 2023-05-01 to 2023-07-31"
    assert (
        f'<div role="img" aria-label="{first}, {second}" style="display:flex;max-width:60em;margin:.6em 0">'
        f'<span title="{first}" style="flex:89 1 0;{box}">Base</span> '
        f'<span title="{second}" style="flex:92 1 0;{box}">Ridge</span></div>'
    ) == bar([("Base", FiscalQuarter(2024, 1)), ("Ridge", FiscalQuarter(2024, 2))])
