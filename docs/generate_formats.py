"""Write `formats.md` from the types in `tbtier.formats` and the docstrings of the fields behind their keys.

python docs/generate_formats.py           writes the page
python docs/generate_formats.py --check   checks the page, and exits with 1 if it is out of date
"""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pages import write_or_check

import tbtier
from tbtier import errors, formats, reading, rules, scorecard
from tbtier.evaluation import basis, reasons
from tbtier.rules import rulebook

PAGE = Path(__file__).with_name("formats.md")

INTRODUCTION = """\
# The formats of plain data

<!-- Written by docs/generate_formats.py from tbtier.formats and the docstrings of fields. Change these, not this page. -->

The `to_dict` of a value, an answer or an error returns plain data that survives JSON.
This page lists the keys of that data.
Each type on this page is a `TypedDict` in `tbtier.formats`, so a type checker knows the keys.
The number of a format rises when code that reads the old form would fail.
In JSON, `None` is `null`.
"""

FORMAT = "The name and the number of the format."
TREE = ast.parse(inspect.getsource(formats))
TYPES = {node.name: node for node in TREE.body if isinstance(node, ast.ClassDef)}
HOMES = (tbtier, rules, scorecard, reading, basis, reasons, rulebook)
OTHERS = {"BoundFacts": rules.Threshold, "FloorFacts": basis.Basis, "_PlanFacts": tbtier.Secured}
"""The class behind a type that does not have the name of the class."""


def documented(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield the names that statements assign, and the properties that they define, each with its docstring."""
    for statement, following in zip(body, [*body[1:], None]):
        if isinstance(statement, ast.FunctionDef):
            yield statement.name, ast.get_docstring(statement) or ""
            yield from documented(statement.body)
        target = statement.target if isinstance(statement, ast.AnnAssign) else None
        if isinstance(statement, ast.Assign):
            target = statement.targets[0]
        name = target.attr if isinstance(target, ast.Attribute) else target.id if isinstance(target, ast.Name) else ""
        if name and isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            yield name, inspect.cleandoc(str(following.value.value))


def fields_of(kind: type) -> dict[str, str]:
    """Return the docstring of each field and property that a class or one of its bases has."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("tbtier."):
            found |= dict(documented(body_of(one)))
    return found


def body_of(kind: type) -> list[ast.stmt]:
    """Return the statements of a class."""
    (node,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(node, ast.ClassDef)
    return node.body


def class_of(name: str) -> Any:
    """Return the class behind a type; or `None`."""
    plain = name.removesuffix("Dict").removesuffix("Facts")
    return OTHERS.get(name) or next((getattr(home, plain) for home in HOMES if hasattr(home, plain)), None)


def bases_of(name: str) -> list[str]:
    """Return the types whose keys a type inherits."""
    return [base.id for base in TYPES[name].bases if isinstance(base, ast.Name) and base.id in TYPES]


def keys_of(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield each key of a type with its type and its meaning; leave out the keys of public bases."""
    node, kind = TYPES[name], class_of(name)
    own, behind = dict(documented(node.body)), fields_of(kind) if kind else {}
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            key = statement.target.id
            meaning = FORMAT if key == "format" else own.get(key) or behind.get(key, "")
            yield key, words(statement.annotation), " ".join(meaning.split())
    for base in bases_of(name):
        if base.startswith("_"):
            yield from keys_of(base)


def _aliases() -> Iterator[tuple[str, tuple[ast.expr, str]]]:
    meanings = dict(documented(TREE.body))
    for statement in TREE.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
            yield statement.target.id, (statement.value, meanings.get(statement.target.id, ""))


ALIASES = dict(_aliases())
"""The names of texts and numbers, each with its type and its meaning."""


def link_to(name: str) -> str:
    """Return a link to the section about a type."""
    return f"[{name}](#{'texts-and-numbers' if name in ALIASES else name.lower()})"


def words(annotation: ast.expr) -> str:
    """Return a type in words, with a link to each type on the page."""
    match annotation:
        case ast.Name(name):
            return link_to(name) if name in TYPES or name in ALIASES else name
        case ast.BinOp(one, _, another):
            return f"{words(one)} or {words(another)}"
        case ast.Subscript(ast.Name("list"), entry):
            return f"list of {words(entry)}"
        case ast.Subscript(ast.Name("dict"), ast.Tuple([key, value])):
            return f"dict from {words(key)} to {words(value)}"
        case ast.Subscript(ast.Name("Literal"), ast.Tuple(choices)):
            return " or ".join(map(words, choices))
        case ast.Subscript(ast.Name("Literal"), choice):
            return words(choice)
        case ast.Constant(value):
            return "None" if value is None else f'`"{value}"`'
    raise SystemExit(f"no words for {ast.unparse(annotation)}")


def table(heading: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """Return rows as a table, and stop if a cell is empty."""
    lines = [f"| {' | '.join(heading)} |", "|" + "---|" * len(heading)]
    for row in rows:
        if not all(row):
            raise SystemExit(f"a cell of {row} is empty: add a docstring to the key in tbtier/formats.py")
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


def facts_of_errors() -> Iterator[tuple[str, str, str, str]]:
    """Yield each fact of an error with its type, the errors that have it, and its meaning."""
    kinds = [getattr(errors, name) for name in errors.__all__]
    for key, kind, own in keys_of("ErrorFacts"):
        meanings: dict[str, list[str]] = {}
        for error in kinds:
            if meaning := fields_of(error).get(key):
                meanings.setdefault(" ".join(meaning.split()), []).append(f"`{error.__name__}`")
        for meaning, names in meanings.items():
            yield f"`{key}`", kind, own or meaning, ", ".join(names)


def formats_of() -> Iterator[tuple[str, str, str]]:
    """Yield each format with the class whose `to_dict` returns it, and its type."""
    for name in TYPES:
        if name.endswith("Dict"):
            returned_by = "every error" if name == "ErrorDict" else f"`{name.removesuffix('Dict')}`"
            (kind,) = (kind for key, kind, _ in keys_of(name) if key == "format")
            yield kind, returned_by, link_to(name)


def section(name: str) -> Iterator[str]:
    """Yield the section about a type."""
    yield f"## {name}\n\n{ast.get_docstring(TYPES[name])}"
    if more := " and ".join(link_to(base) for base in bases_of(name) if not base.startswith("_")):
        yield f"It also has the keys of {more}."
    yield ""
    if name == "ErrorFacts":
        yield table(("key", "type", "meaning", "errors"), facts_of_errors())
    else:
        yield table(("key", "type", "meaning"), ((f"`{key}`", *row) for key, *row in keys_of(name)))


def parts() -> Iterator[str]:
    """Yield the parts of the page."""
    yield INTRODUCTION
    yield table(("format", "`to_dict` of", "keys"), formats_of())
    public = [name for name in TYPES if not name.startswith("_")]
    for name in sorted(public, key=lambda name: not name.endswith("Dict")):
        yield "\n".join(section(name))
    yield "## Texts and numbers\n"
    yield table(("name", "type", "meaning"), ((name, words(kind), text) for name, (kind, text) in ALIASES.items()))


if __name__ == "__main__":
    write_or_check(PAGE, "\n".join(parts()), str(__doc__), __file__)
