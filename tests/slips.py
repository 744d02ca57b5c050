"""The mistakes that people make in one expression or statement, each as the text that they write instead."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import attrs

Change = tuple[str, ast.AST, str]
"""The kind of a mistake, the place, and the text there."""

COMPARED: dict[type[ast.cmpop], tuple[ast.cmpop, ...]] = {
    ast.Lt: (ast.LtE(), ast.Gt()),
    ast.LtE: (ast.Lt(), ast.GtE()),
    ast.Gt: (ast.GtE(), ast.Lt()),
    ast.GtE: (ast.Gt(), ast.LtE()),
    ast.Eq: (ast.NotEq(),),
    ast.NotEq: (ast.Eq(),),
    ast.Is: (ast.IsNot(),),
    ast.IsNot: (ast.Is(),),
    ast.In: (ast.NotIn(),),
    ast.NotIn: (ast.In(),),
}
COMPUTED: dict[type[ast.operator], ast.operator] = {ast.Add: ast.Sub(), ast.Sub: ast.Add(), ast.FloorDiv: ast.Mult()}
TWINS = ["min max", "any all", "ljust rjust", "startswith endswith", "lower upper", "keys values", "bisect_left bisect_right"]
TWINS += ["lstrip rstrip", "removeprefix removesuffix", "partition rpartition", "split rsplit", "floor ceil", "add discard"]
WORDS = ["earned held", "start stop", "starts ends", "first last", "before after", "above below", "fiscal program", "day year"]
WORDS += ["lowest highest", "rises falls", "closes starts", "inside outside", "from until", "Q4 Q1", "and or", "tier score"]
WORDS += ["minimum maximum", "is was", "are were", "a the", "not never", "in on", "of by"]
OTHER = {one: other for pair in [*WORDS, *TWINS] for one, other in (pair.split(), reversed(pair.split()))}
FUNCTIONS = {name for pair in TWINS for name in pair.split()}
WRAPPERS = {"sorted": "list", "reversed": "list", "unique": "tuple"}


def after_each(names: list[str]) -> dict[str, str]:
    """Return for each name the next, and the first for the last."""
    return dict(zip(names, names[1:] + names[:1]))


@attrs.frozen(eq=False, slots=False)
class Names:
    """The names of a package that are easily confused: fields of one class with one type, and members of one enum."""

    trees: tuple[ast.Module, ...]

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Read the names of all modules in a folder."""
        return cls(tuple(ast.parse(file.read_bytes()) for file in sorted(folder.rglob("*.py"))))

    @cached_property
    def _classes(self) -> list[ast.ClassDef]:
        return [node for tree in self.trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]

    @cached_property
    def _siblings(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for node in self._classes:
            of_type: dict[tuple[str, bool], list[str]] = defaultdict(list)
            for one in node.body:
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
                    of_type[ast.unparse(one.annotation), False].append(one.target.id)
                elif isinstance(one, ast.FunctionDef) and one.returns:
                    is_method = not any("property" in ast.unparse(each) for each in one.decorator_list)
                    of_type[ast.unparse(one.returns), is_method].append(one.name)
            for names in of_type.values():
                public = [name for name in dict.fromkeys(names) if not name.startswith("__")]
                if len(public) > 1:
                    found = {**after_each(public), **found}
        return found

    @cached_property
    def _members(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for node in self._classes:
            if any("Enum" in ast.unparse(base) for base in node.bases):
                assigned = [one.targets[0] for one in node.body if isinstance(one, ast.Assign)]
                names = [target.id for target in assigned if isinstance(target, ast.Name)]
                found |= {(node.name, name): following for name, following in after_each(names).items()}
        return found

    def instead(self, node: ast.Attribute) -> str | None:
        """Return the name that somebody could write by mistake for an attribute, if any."""
        if isinstance(node.value, ast.Name) and (node.value.id, node.attr) in self._members:
            return self._members[node.value.id, node.attr]
        return OTHER[node.attr] if node.attr in FUNCTIONS else self._siblings.get(node.attr)


def text_of(node: ast.AST) -> str:
    """Return the text of an expression that may stand anywhere."""
    text = ast.unparse(node)
    return f"({text})" if isinstance(node, ast.BinOp | ast.BoolOp | ast.Compare | ast.IfExp | ast.UnaryOp) else text


def with_fields(node: Any, **changes: object) -> Any:
    """Return a copy of a node with other fields."""
    changed = copy(node)
    for name, value in changes.items():
        setattr(changed, name, value)
    return changed


def without(values: list[Any], place: int) -> list[Any]:
    """Return a list without one of its values."""
    return values[:place] + values[place + 1 :]


def wrong_words(text: str) -> str:
    """Return a text with one wrong word, or a word more or less."""
    words = text.split(" ")
    for word, other in OTHER.items():  # the words that matter most come first
        if word in words:
            place = words.index(word)
            return " ".join([*words[:place], other, *words[place + 1 :]])
    kept = [place for place, word in enumerate(words) if word]
    return " ".join(without(words, kept[-1])) if len(kept) > 1 else f"{text}x"


def are_confused(one: ast.expr, other: ast.expr) -> bool:
    """Return whether two arguments look alike, so that somebody could write them in the wrong order."""
    if type(one) is not type(other) or isinstance(one, ast.Starred) or ast.dump(one) == ast.dump(other):
        return False
    if isinstance(one, ast.Constant) and isinstance(other, ast.Constant):
        return type(one.value) is type(other.value)
    return not isinstance(other, ast.Name) or not other.id[:1].isupper()  # isinstance(value, Class)


class Slips:
    """The mistakes that can be made in one node, by the type of the node."""

    def __init__(self, names: Names, locals_: dict[str, str]) -> None:
        self.names = names
        self.locals = locals_

    def of(self, node: ast.AST) -> Iterator[Change]:
        """Yield the mistakes that can be made in a node, without those in the nodes inside it."""
        make: Callable[[Any], Iterator[Change]] | None = getattr(self, f"of_{type(node).__name__}", None)
        return make(node) if make else iter(())

    def of_Compare(self, node: ast.Compare) -> Iterator[Change]:
        """Yield other comparisons."""
        for place, operator in enumerate(node.ops):
            for other in COMPARED[type(operator)]:
                ops = [*node.ops[:place], other, *node.ops[place + 1 :]]
                yield "comparison", node, text_of(with_fields(node, ops=ops))

    def of_BoolOp(self, node: ast.BoolOp) -> Iterator[Change]:
        """Yield `and` for `or`, and each condition dropped."""
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "condition", node, text_of(with_fields(node, op=other))
        for place in range(len(node.values)):
            rest = without(node.values, place)
            yield "dropped condition", node, text_of(rest[0] if len(rest) == 1 else with_fields(node, values=rest))

    def of_UnaryOp(self, node: ast.UnaryOp) -> Iterator[Change]:
        """Yield the operand alone."""
        if not isinstance(node.op, ast.USub) or not isinstance(node.operand, ast.Constant):
            yield "condition", node, text_of(node.operand)

    def of_If(self, node: ast.If) -> Iterator[Change]:
        """Yield a case that never occurs."""
        yield "dropped case", node.test, "False"

    def of_IfExp(self, node: ast.IfExp) -> Iterator[Change]:
        """Yield the two results in each other's place."""
        yield "condition", node, text_of(with_fields(node, body=node.orelse, orelse=node.body))

    def of_comprehension(self, node: ast.comprehension) -> Iterator[Change]:
        """Yield each condition dropped."""
        for test in node.ifs:
            yield "dropped condition", test, "True"

    def of_BinOp(self, node: ast.BinOp) -> Iterator[Change]:
        """Yield another operator, and the left operand alone."""
        if type(node.op) in COMPUTED:
            yield "arithmetic", node, text_of(with_fields(node, op=COMPUTED[type(node.op)]))
        if isinstance(node.op, ast.Add | ast.Sub):
            yield "arithmetic", node, text_of(node.left)

    def of_Constant(self, node: ast.Constant) -> Iterator[Change]:
        """Yield the numbers above and below, the other truth, or a wrong word."""
        if isinstance(node.value, bool):
            yield "constant", node, str(not node.value)
        elif isinstance(node.value, int):
            yield "constant", node, str(node.value + 1)
            yield "constant", node, f"({node.value - 1})"
        elif isinstance(node.value, str):
            yield "word", node, repr(wrong_words(node.value))

    def of_JoinedStr(self, node: ast.JoinedStr) -> Iterator[Change]:
        """Yield a wrong word in each part between values, and each value dropped."""
        for place, part in enumerate(node.values):
            wrong = [ast.Constant(wrong_words(str(part.value)))] if isinstance(part, ast.Constant) else []
            values = [*node.values[:place], *wrong, *node.values[place + 1 :]]
            yield "word" if wrong else "dropped element", node, ast.unparse(with_fields(node, values=values))

    def of_Call(self, node: ast.Call) -> Iterator[Change]:
        """Yield the twin of a function, neighbours in each other's place, and each argument with a name dropped."""
        if isinstance(node.func, ast.Name) and node.func.id in WRAPPERS:
            yield "function", node.func, WRAPPERS[node.func.id]
        in_any_order = isinstance(node.func, ast.Name) and node.func.id in ("max", "min")
        for place in range(0 if in_any_order else len(node.args) - 1):
            one, other = node.args[place : place + 2]
            if are_confused(one, other):
                yield (
                    "swapped",
                    node,
                    text_of(with_fields(node, args=[*node.args[:place], other, one, *node.args[place + 2 :]])),
                )
        for place, argument in enumerate(node.args):
            if isinstance(argument, ast.Starred):
                yield "dropped element", node, text_of(with_fields(node, args=without(node.args, place)))
        for place in range(len(node.keywords)):
            yield "dropped argument", node, text_of(with_fields(node, keywords=without(node.keywords, place)))

    def of_Name(self, node: ast.Name) -> Iterator[Change]:
        """Yield the twin of a function, and another variable of the same kind."""
        if isinstance(node.ctx, ast.Load) and node.id in FUNCTIONS:
            yield "function", node, OTHER[node.id]
        elif isinstance(node.ctx, ast.Load) and node.id in self.locals:
            yield "name", node, self.locals[node.id]

    def of_Attribute(self, node: ast.Attribute) -> Iterator[Change]:
        """Yield another field of the same class and type."""
        if isinstance(node.ctx, ast.Load) and (name := self.names.instead(node)):
            yield "field", node, text_of(with_fields(node, attr=name))

    def _of_elements(self, node: Any) -> Iterator[Change]:
        for place in range(len(node.elts)):
            yield "dropped element", node, ast.unparse(with_fields(node, elts=without(node.elts, place)))

    def of_Tuple(self, node: ast.Tuple) -> Iterator[Change]:
        """Yield each element dropped."""
        if isinstance(node.ctx, ast.Load):
            yield from self._of_elements(node)

    of_List = of_Tuple

    def of_Set(self, node: ast.Set) -> Iterator[Change]:
        """Yield each element dropped."""
        if len(node.elts) > 1:
            yield from self._of_elements(node)

    def of_Dict(self, node: ast.Dict) -> Iterator[Change]:
        """Yield each entry dropped."""
        for place in range(len(node.keys)):
            rest = with_fields(node, keys=without(node.keys, place), values=without(node.values, place))
            yield "dropped element", node, text_of(rest)

    def of_Slice(self, node: ast.Slice) -> Iterator[Change]:
        """Yield each bound one later and one earlier, and dropped; a number is changed where it stands."""
        for name in ("lower", "upper"):
            bound = getattr(node, name)
            if bound is None:
                continue
            if not isinstance(bound, ast.Constant | ast.UnaryOp):
                yield "slice", bound, f"{text_of(bound)} + 1"
                yield "slice", bound, f"{text_of(bound)} - 1"
            yield "slice", node, ast.unparse(with_fields(node, **{name: None}))

    def _dropped(self, node: ast.AST) -> Iterator[Change]:
        yield "dropped statement", node, "pass"

    def of_Expr(self, node: ast.Expr) -> Iterator[Change]:
        """Yield nothing done; a generator stays one."""
        yield "dropped statement", node, "yield from ()" if isinstance(node.value, ast.Yield | ast.YieldFrom) else "pass"

    of_AugAssign = of_Continue = of_Break = _dropped

    def of_Assign(self, node: ast.Assign) -> Iterator[Change]:
        """Yield nothing done, where a value is replaced."""
        target = node.targets[0]
        used = {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
        if isinstance(target, ast.Attribute | ast.Subscript) or (isinstance(target, ast.Name) and target.id in used):
            yield "dropped statement", node, "pass"
