"""The mutants of a module: the same module with one mistake, for each mistake that people make."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress

import attrs
from slips import Change, Names, Slips, after_each


@attrs.frozen
class Mutant:
    """A module with one mistake, in a statement of a function, or in one that runs when the module is imported."""

    module: str
    kind: str
    name: str  # which stays when other parts of the module change
    lines: range
    is_in_function: bool
    source: bytes = attrs.field(repr=False, eq=False)


SKIPPED = {"annotation", "returns", "decorator_list", "bases", "type_params", "format_spec"}


def is_for_types(node: ast.AST) -> bool:
    """Return whether a node is a docstring, a list of public names, an import, or there for type checkers alone."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.UnaryOp(operand=ast.Name(id="TYPE_CHECKING"))):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if name.startswith("__"):
            return True
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.strip("_")[:1].isupper() and not name.isupper():
            return isinstance(value, ast.Subscript | ast.BinOp) or "TypeVar" in ast.unparse(value)
        case ast.FunctionDef():
            return any(ast.unparse(each) in ("overload", "abstractmethod") for each in node.decorator_list)
        case ast.Call(func=ast.Name(id="cast" | "TypeVar")):
            return True
    return False


def locals_of(node: ast.FunctionDef) -> dict[str, str]:
    """Return for each variable of a function another of the same kind: an argument of its type, or its neighbour in a tuple."""
    groups: dict[str, list[str]] = defaultdict(list)
    for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]:
        if argument.annotation:
            groups[ast.unparse(argument.annotation)].append(argument.arg)
    for place, each in enumerate(ast.walk(node)):
        if isinstance(each, ast.Tuple) and isinstance(each.ctx, ast.Store):
            groups[str(place)] = [one.id for one in each.elts if isinstance(one, ast.Name) and one.id != "_"]
    pairs = [after_each(names) for names in groups.values() if len(names) > 1]
    return {name: other for each in pairs for name, other in each.items()}


@attrs.frozen
class Around:
    """What is around a node: the names of the classes and functions, the lines of the statement, and the variables."""

    place: str = ""
    lines: range = range(0)
    is_in_function: bool = False
    locals: dict[str, str] = attrs.Factory(dict)

    def inside(self, node: ast.AST) -> Around:
        """Return what is around the nodes inside a node; a statement with a body has its first lines only."""
        place = f"{self.place}.{node.name}".strip(".") if isinstance(node, ast.FunctionDef | ast.ClassDef) else self.place
        if not isinstance(node, ast.stmt):
            return self
        body = getattr(node, "body", None)
        stop = body[0].lineno if body else (node.end_lineno or 0) + 1
        variables = {**self.locals, **locals_of(node)} if isinstance(node, ast.FunctionDef) else self.locals
        return Around(place, range(node.lineno, max(stop, node.lineno + 1)), self.is_in_function, variables)


def changes(node: ast.AST, names: Names, around: Around) -> Iterator[tuple[Around, Change]]:
    """Yield the mistakes that can be made in a node and in all nodes inside it."""
    if is_for_types(node):
        return
    around = around.inside(node)
    for change in Slips(names, around.locals).of(node):
        yield around, change
    for name, value in ast.iter_fields(node):
        inside = value if isinstance(value, list) else [value]
        if name in SKIPPED:
            continue
        if name == "values" and isinstance(node, ast.JoinedStr):
            inside = [each.value for each in inside if isinstance(each, ast.FormattedValue)]
        within = attrs.evolve(around, is_in_function=True) if name == "body" and isinstance(node, ast.FunctionDef) else around
        for each in inside:
            if isinstance(each, ast.AST):
                yield from changes(each, names, within)


def mutants(module: str, source: bytes, names: Names) -> Iterator[Mutant]:
    """Yield a module with each mistake, once for each text that results, in the order of its lines."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    seen, times = {source}, Counter[str]()
    for around, (kind, node, text) in changes(ast.parse(source), names, Around()):
        begin, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
        mistaken = source[:begin] + text.encode() + source[end:]
        with suppress(SyntaxError):
            compile(mistaken, module, "exec")
            if mistaken not in seen:
                seen.add(mistaken)
                name = f"{around.place or 'module'}: {' '.join(source[begin:end].decode().split())} -> {text}"
                times[name] += 1
                numbered = name if times[name] == 1 else f"{name} ({times[name]})"
                yield Mutant(module, kind, numbered, around.lines, around.is_in_function, mistaken)
