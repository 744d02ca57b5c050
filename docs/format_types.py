"""The types in `tbtier.formats` as syntax: each with its keys, and each key with the docstring of the field behind it."""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from typing import Any

import tbtier
from tbtier import errors, formats, reading, rules, scorecard
from tbtier.evaluation import basis, reasons
from tbtier.rules import rulebook

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


@cache
def fields_of(kind: type) -> dict[str, str]:
    """Return the docstring of each field and property that a class or one of its bases has."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("tbtier."):
            found |= dict(documented(body_of(one)))
    return found


@cache
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


def own_keys(name: str) -> Iterator[tuple[str, ast.expr, str]]:
    """Yield each key that a type itself declares, with its type and its meaning; leave out the facts of errors."""
    node, kind = TYPES[name], class_of(name)
    own, behind = dict(documented(node.body)), fields_of(kind) if kind else {}
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            key = statement.target.id
            meaning = FORMAT if key == "format" else own.get(key) or behind.get(key, "")
            yield key, statement.annotation, " ".join(meaning.split())


def facts_of_errors() -> Iterator[tuple[str, ast.expr, str, list[str]]]:
    """Yield each fact of an error with its type, one of its meanings, and the errors in which it has this meaning."""
    kinds = [getattr(errors, name) for name in errors.__all__]
    for key, kind, own in own_keys("ErrorFacts"):
        meanings: dict[str, list[str]] = {}
        for error in kinds:
            if meaning := fields_of(error).get(key):
                meanings.setdefault(" ".join(meaning.split()), []).append(error.__name__)
        for meaning, names in meanings.items():
            yield key, kind, own or meaning, names


def _aliases() -> Iterator[tuple[str, tuple[ast.expr, str]]]:
    meanings = dict(documented(TREE.body))
    for statement in TREE.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
            yield statement.target.id, (statement.value, meanings.get(statement.target.id, ""))


ALIASES = dict(_aliases())
"""The names of texts and numbers, each with its type and its meaning."""


def _formats() -> Iterator[tuple[str, str]]:
    for name in TYPES:
        if name.endswith("Dict"):
            (form,) = {form for one in (name, *bases_of(name)) for key, form, _ in own_keys(one) if key == "format"}
            yield name, ast.literal_eval(form.slice)


FORMATS = dict(_formats())
"""The format of each type that a `to_dict` returns, by the name of the type."""


def file_of(form: str) -> str:
    """Return the name of the file with the JSON Schema of a format."""
    return f"{form.removeprefix('tbtier.').replace('/', '-')}.json"
