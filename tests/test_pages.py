"""The pages of the documentation: the tables of names, the descriptions, and the width of examples."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import tbtier
import tbtier.rules

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
ROOMS = [f"tbtier.{room.name}" for room in iter_modules(tbtier.__path__)]
HANDED_ON = {"tbtier.fiscal"}
"""Rooms whose names are imported from `tbtier`."""

PUBLIC = ["tbtier", *(room for room in ROOMS if hasattr(import_module(room), "__all__") and room not in HANDED_ON)]
INTERNAL = re.compile(r"tbtier\.(auditing|evaluation|planning|rules\.rulebook|testing\.check|testing\.laws)\.")
WIDTH = 88
LONG_OUTPUT = {
    "how-to/audit-a-record.md": r"The tier of our partner account from|  S1  ",
    "how-to/embed.md": r"Copper Kettle: no score is given",
    "how-to/read-an-export.md": r"row \d+",
    "how-to/serve.md": r"'",
    "how-to/test-your-own.md": r"timeline = evaluate\(",
    "tutorial/explanation.md": r" {3}|  [RSD\d]+  |  (?:Summit|maximum) ",
    "tutorial/looking-ahead.md": r"at least Summit on|no open quarter",
    "tutorial/scorecard.md": r"ISV on 2023-11-20|pillar  |Customers  |Growth  |Impact  ",
}
"""The beginnings of lines that the library prints longer than a page is wide: sentences wrap, and columns scroll."""

REASON = re.compile(r"  \S(?!.*\S {2,}\S).*")
"""A sentence under an answer, which wraps."""


def name_of(page: Path) -> str:
    """Return the path of a page below `docs`."""
    return page.relative_to(DOCS).as_posix()


def names_in_tables() -> list[str]:
    """Return the names in the tables of the reference."""
    tables = re.findall(
        r"^\.\. autosummary::\n(.*?)```",
        "".join(page.read_text("utf-8") for page in (DOCS / "reference").glob("*.md")),
        re.M | re.S,
    )
    return [line.strip(" ~") for table in tables for line in table.splitlines() if "tbtier." in line]


def test_the_reference_lists_each_public_name_once() -> None:
    """Each public name is in one table of the reference; `tbtier.Program` and `tbtier.errors` are there under other names."""
    public = [f"{module}.{name}" for module in PUBLIC for name in import_module(module).__all__]
    assert tbtier.Program is tbtier.rules.Program
    public.remove("tbtier.Program")
    public.remove("tbtier.errors")
    assert sorted(public) == sorted(name for name in names_in_tables() if not INTERNAL.match(name))


def test_the_page_about_stability_lists_each_public_module() -> None:
    """The page about stability lists the modules with public names, and the module of formats."""
    listed = re.findall(r"^\| `(tbtier.*?)` \|", (DOCS / "stability.md").read_text("utf-8"), re.M)
    assert sorted([*PUBLIC, "tbtier.formats"]) == sorted(listed)


def test_no_table_has_a_name_twice() -> None:
    """The types that come with answers are listed once, too."""
    assert sorted(set(names_in_tables())) == sorted(names_in_tables())


def test_every_name_in_a_table_is_described() -> None:
    """The reference describes each name of its tables on the page of the table."""
    for page in (DOCS / "reference").glob("*.md"):
        text = page.read_text("utf-8")
        listed = re.findall(r"^   ~?(tbtier\.\S+)$", text, re.M)
        described = re.findall(r"^\.\. auto(?:class|data|exception|function):: (tbtier[\w.]+)", text, re.M)
        assert sorted(listed) == sorted(described), page.name


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_has_a_description(page: Path) -> None:
    """Each page has a description of 40 to 160 characters for search engines, and no other page has the same."""
    found = re.match(r"---\n(?:.*\n)*?myst:\n  html_meta:\n    description: (.*)\n(?:.*\n)*?---\n", page.read_text("utf-8"))
    assert found
    assert 40 <= len(found[1].strip('"')) <= 160
    assert [page] == [other for other in PAGES if f"    description: {found[1]}\n" in other.read_text("utf-8")]


def long_outputs(page: Path) -> Iterator[str]:
    """Yield each long line of output in the examples of a page, but for reasons and for messages of errors."""
    for session in re.findall(r"^```pycon\n(.*?)^```", page.read_text("utf-8"), re.M | re.S):
        for line in session.splitlines():
            if len(line) > WIDTH and not re.match(r">>>|\.\.\.|tbtier\.errors\.\w+: ", line) and not REASON.fullmatch(line):
                yield line


@pytest.mark.parametrize("page", [page for page in PAGES if "```pycon" in page.read_text("utf-8")], ids=name_of)
def test_examples_fit_a_page(page: Path) -> None:
    """A line of output has 88 characters or fewer, but for sentences that wrap, and for the lines listed above."""
    allowed = re.compile(LONG_OUTPUT.get(name_of(page), r"(?!)"))
    assert [] == [line for line in long_outputs(page) if not allowed.match(line)]


def test_no_exception_is_left_over() -> None:
    """Each page that may have long lines has one."""
    assert sorted(LONG_OUTPUT) == sorted(name_of(page) for page in PAGES if [*long_outputs(page)])


HEAD = '<title>A page</title><meta name="description" content="A made-up page">'


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<h1 id="one">One</h1><a href="#one">here</a><a href="https://example.org">away</a>', ""),
        ('<h1>One</h1><a href="other.html">there</a>', "links to other.html, which does not exist"),
        ('<h1>One</h1><a href="index.html#two">there</a>', "links to index.html#two, and the anchor does not exist"),
        ("<h1>One</h1><h1>Two</h1>", "has 2 headings of the first level: give it one"),
        (f"<h1>One</h1>{HEAD}", "has 2 descriptions: give it one, as `html_meta` of `myst`"),
    ],
)
def test_the_check_of_the_site_finds_a_fault(body: str, fault: str, tmp_path: Path) -> None:
    """`check_site.py` names each page with a broken link or anchor, or without one heading and one description."""
    (tmp_path / "index.html").write_text(f"<html><head>{HEAD}</head><body>{body}</body></html>", encoding="utf-8")
    command = [sys.executable, str(DOCS / "check_site.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [f"index.html {fault}"] if fault else []
    assert (len(found), [*found, f"1 pages, {len(found)} faults"]) == (done.returncode, done.stdout.splitlines())
