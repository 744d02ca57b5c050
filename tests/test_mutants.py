"""The mutants of a module, one kind of mistake at a time, against those that were written by hand."""

from __future__ import annotations

import ast
import sys

import pytest
from mutants import mutants
from slips import Names

CLASSES = """
class Cycle:
    start: date
    stop: date
    number: int

class Kind(Enum):
    ROWS = "rows"
    TIER = "tier"
"""
MADE: dict[str, tuple[str, set[str]]] = {
    "a bound belongs to the other side": ("a < b", {"(a <= b)", "(a > b)"}),
    "two conditions": ("a and b", {"(a or b)", "a", "b"}),
    "a condition upside down": ("not a", {"a"}),
    "two results in each other's place": ("a if b else c", {"(c if b else a)"}),
    "a condition of a comprehension": ("[a for a in b if a.c]", {"[a for a in b if True]"}),
    "an operator, and a value left out": ("a + b", {"(a - b)", "a"}),
    "numbers": ("7", {"8", "(6)"}),
    "a truth": ("True", {"False"}),
    "a word that has a twin": ("'the score earned'", {"'the score held'"}),
    "a word less": ("'no quarter'", {"'no'"}),
    "another word": ("'key'", {"'keyx'"}),
    "a function that has a twin": ("min(a)", {"max(a)"}),
    "an order that is lost": ("sorted(a)", {"list(a)"}),
    "arguments in each other's place": ("f(a, b, 'c')", {"f(b, a, 'c')", "f(a, b, 'cx')"}),
    "arguments that cannot be confused": ("isinstance(a, Kind)", set()),
    "an argument left out": ("f(a=b)", {"f()"}),
    "elements left out": ("(a, *b)", {"(*b,)", "(a,)"}),
    "entries left out": ("{a: b, **c}", {"{**c}", "{a: b}"}),
    "a slice": ("a[b:]", {"a[b + 1:]", "a[b - 1:]", "a[:]"}),
    "another field of the class, of the same type": ("a.start", {"a.stop"}),
    "a field alone of its type": ("a.number", set()),
    "another member of the enum": ("Kind.ROWS", {"Kind.TIER"}),
    "a method that has a twin": ("a.ljust(b)", {"a.rjust(b)"}),
}


def made(source: str) -> set[str]:
    """Return the texts of all mutants of a module."""
    names = Names((ast.parse(CLASSES),))
    return {mutant.source.decode() for mutant in mutants("a.py", source.encode(), names)}


@pytest.mark.parametrize(("right", "wrong"), MADE.values(), ids=MADE)
def test_each_mistake_is_made_once(right: str, wrong: set[str]) -> None:
    """An expression has the mutants that were written by hand, and no others."""
    assert made(f"x = {right}") == {f"x = {text}" for text in wrong}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="before 3.12, Python does not say where the parts of an f-string are")
def test_mistakes_in_a_formatted_text() -> None:
    """A formatted text has a wrong word or lacks a value, and its values are wrong."""
    assert made("x = f'from {a.start}'") == {"x = f'until {a.start}'", "x = f'from '", "x = f'from {a.stop}'"}


def test_mistakes_in_statements() -> None:
    """A case never occurs, and a statement does nothing."""
    source = "def f(a):\n    if a:\n        a.b()\n    a += c\n    yield a"
    ways = {("if a", "if False"), ("a.b()", "pass"), ("a += c", "pass"), ("yield a", "yield from ()")}
    assert made(source) == {source.replace(*way) for way in ways}


def test_variables_of_one_type_are_confused() -> None:
    """A variable stands for an argument of the same type, or for its neighbour in a tuple."""
    assert made("def f(a: date, b: date, c: int): return a, c") >= {"def f(a: date, b: date, c: int): return b, c"}
    assert made("def f(a):\n    b, c = a\n    g(b)") >= {"def f(a):\n    b, c = a\n    g(c)"}


def test_what_is_there_for_types_has_no_mutants() -> None:
    """Annotations, docstrings, imports, and what only a type checker reads, have none."""
    source = '"""A text."""\nfrom a import b\n__all__ = ["c"]\nif TYPE_CHECKING:\n    c = 1\nd: Literal["e"]\n'
    source += "Pair = tuple[int, int]\nRow: TypeAlias = int | str\n@overload\ndef f(a: Literal[1] = 2): ...\n"
    assert made(source) == set()


def test_a_name_tells_mutants_apart() -> None:
    """Two mutants of one text in one function have two names, and each knows its statement and whether importing runs it."""
    found = list(mutants("a.py", b"def f(a=1):\n    b = g(\n        1,\n    )\n", Names(())))
    assert [mutant.name for mutant in found[:4]] == ["f: 1 -> 2", "f: 1 -> (0)", "f: 1 -> 2 (2)", "f: 1 -> (0) (2)"]
    assert [(list(mutant.lines), mutant.is_in_function) for mutant in found[1:3]] == [([1], False), ([2, 3, 4], True)]
