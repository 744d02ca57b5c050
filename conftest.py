"""The examples in the documentation, in the README and in docstrings run as tests."""

from __future__ import annotations

import re
import sys
from doctest import DocTestParser, DocTestRunner
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser
from sybil.parsers.rest import DocTestParser as DocstringParser

import tbtier

sys.path.insert(0, str(Path(__file__).parent / "docs" / "examples"))
PACKAGE = Path(tbtier.__file__).parent
BLANK_LINE_IN_OUTPUT = re.compile(r"^\n(?=\n*(?!>>>)[^\n])", re.MULTILINE)


def run_session(example: Example) -> str:
    """Run a fence of a Markdown page; what it prints goes on, over blank lines, to the next prompt."""
    session = BLANK_LINE_IN_OUTPUT.sub("<BLANKLINE>\n", example.parsed)
    name = f"{Path(example.path).name}:{example.line}"
    test = DocTestParser().get_doctest(session, {}, name, example.path, example.line)
    test.globs = example.namespace
    failures: list[str] = []
    DocTestRunner().run(test, out=failures.append, clear_globs=False)
    return "".join(failures)


pages = Sybil([CodeBlockParser("pycon", run_session)], pattern="*.md")
docstrings = Sybil([DocstringParser()], pattern="*.py", path=str(PACKAGE))
pytest_collect_file = pages.pytest()


class Docstrings:
    """Collects docstrings; a plugin, since the hooks of this file see no package outside its folder."""

    pytest_collect_file = staticmethod(docstrings.pytest())


def pytest_configure(config: pytest.Config) -> None:
    """Collect docstrings from the package that is imported, also where that is a wheel and the tests are a copy."""
    config.pluginmanager.register(Docstrings())
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        config.args.append(str(PACKAGE))
