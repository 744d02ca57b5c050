"""The examples: each page of the documentation, the README and each docstring is one test."""

from __future__ import annotations

import ast
import re
from doctest import DocTest, DocTestParser, DocTestRunner
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser

import tbtier

ROOT = Path(__file__).parents[1]
BLANK_LINE_IN_OUTPUT = re.compile(r"^\n(?=\n*(?!>>>)[^\n])", re.MULTILINE)
MODULES = ["tbtier", *(module.name for module in walk_packages(tbtier.__path__, "tbtier."))]


def failures_of(test: DocTest) -> str:
    """Run examples, and return what differs from what they promise."""
    failures: list[str] = []
    DocTestRunner().run(test, out=failures.append, clear_globs=False)
    return "".join(failures)


def run_session(example: Example) -> str:
    """Run a fence of a page, whose examples go on where those of the fence before ended; output may have blank lines."""
    session = BLANK_LINE_IN_OUTPUT.sub("<BLANKLINE>\n", example.parsed)
    test = DocTestParser().get_doctest(
        session, {}, f"{Path(example.path).name}:{example.line}", str(example.path), example.line
    )
    test.globs = example.namespace
    return failures_of(test)


READER = Sybil([CodeBlockParser("pycon", run_session)])
PAGES = [page for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))) if "```pycon" in page.read_text("utf-8")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_says_what_is(page: Path) -> None:
    """The examples of a page run from top to bottom and print what the page shows, often by the published numbers."""
    for example in READER.parse(page).examples():
        example.evaluate()


def docstrings() -> list[Any]:
    """Return every docstring with an example, by the name of what it belongs to."""
    found = []
    for name in MODULES:
        path = Path(str(import_module(name).__file__))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
                text, line = ast.get_docstring(node), getattr(node, "lineno", 0)
                if text and ">>> " in text:
                    found.append(pytest.param(name, text, line, id=f"{name}:{getattr(node, 'name', '')}:{line}"))
    return found


@pytest.mark.parametrize(("module", "text", "line"), docstrings())
def test_a_docstring_says_what_is(module: str, text: str, line: int) -> None:
    """The example of a docstring uses only names of its module, and prints what it shows, often by the published numbers."""
    names = vars(import_module(module)).copy()
    assert "" == failures_of(DocTestParser().get_doctest(text, names, module, module, line))
