"""The public callables with the right values of their parameters, and calls of them, with one or two hostile values each."""

from __future__ import annotations

import builtins
import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from importlib import import_module
from itertools import cycle, islice
from pkgutil import iter_modules
from random import Random
from typing import Any, NamedTuple

import hypothesis.errors
from hostile import DAYS, ENDLESS, KINDS, NUMBERS, TEXTS, Listed, OwnError, Posing, Text, Whole, liar
from right import ARGUMENTS, SELVES

import tbtier
from tbtier import errors, testing

ROOMS = [import_module(f"tbtier.{room.name}") for room in iter_modules(tbtier.__path__) if room.name != "fiscal"]
PUBLIC = {
    name: getattr(room, name) for room in [tbtier, *ROOMS] for name in getattr(room, "__all__", []) if room is not tbtier.errors
}
PUBLIC |= {name: getattr(errors, name) for name in errors.__all__}
MADE_BY_USERS = {"TierMachine", "TbtierError"}
"""A base class that users complete, and one that takes any arguments."""
STORES = {"AttritionBand", "Law", "LawViolation", "PartnerRecords", "PartnerScores", "Problem", "ShowingRule"}
"""Classes that keep any value, as errors do: the library makes the values, or `ScorecardRules` checks them."""
VALUES: list[list[Any]] = [*KINDS, list(PUBLIC.values()), [one for values in ARGUMENTS.values() for one in values]]
POSES = [date, datetime, str, bytes, int, float, tuple, list, dict, Decimal, Fraction]
POSES += [one for one in PUBLIC.values() if inspect.isclass(one)]


class Door(NamedTuple):
    """A public callable: its name, the parameters with their right values, and whether it is an operator."""

    name: str
    call: Callable[..., Any]
    right: dict[str, list[Any]]
    optional: frozenset[str] = frozenset()
    is_operator: bool = False

    @property
    def allowed(self) -> tuple[type[BaseException], ...]:
        """The classes of errors that a call may raise: ours, those of the caller's objects, and those of its docstring."""
        if self.is_operator:  # as for the values of Python: no order, no sum, no item, no such format
            return errors.TbtierError, OwnError, TypeError, LookupError, ValueError
        if self.call.__module__.startswith("tbtier.testing"):
            return errors.TbtierError, OwnError, hypothesis.errors.InvalidArgument, testing.LawViolation
        named = re.findall(r"^ +(\w+): ", (inspect.getdoc(self.call) or "").partition("Raises:")[2], re.M)
        return errors.TbtierError, OwnError, *(getattr(builtins, name) for name in named if hasattr(builtins, name))

    @property
    def checks(self) -> bool:
        """Whether the call checks what it is given, so that its result works."""
        kind = self.call if inspect.isclass(self.call) else object
        return self.name not in STORES and not issubclass(kind, errors.TbtierError)


def right_values(door: str, name: str) -> list[Any]:
    """Return the right values of a parameter; raise `KeyError` if there are none."""
    parts = door.split(".")
    keys = [".".join([*parts[:length], name]) for length in (2, 1, 0)]
    return ARGUMENTS[next((key for key in keys if key in ARGUMENTS), name)]


def selves(name: str) -> list[Any]:
    """Return values of a public class."""
    kind = PUBLIC[name]
    if issubclass(kind, Enum):
        return list(kind)
    return SELVES.get(name) or [kind(**{name: values[0] for name, values in door(name, kind).right.items()})]


def door(name: str, call: Callable[..., Any]) -> Door:
    """Return a callable with the right values of its parameters."""
    parameters = list(inspect.signature(call).parameters.values())
    if isinstance(call, type) and issubclass(call, Enum):  # since Python 3.12, its signature has another name
        parameters = [inspect.Parameter("value", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    right = {one.name: right_values(name, one.name) for one in parameters if one.name != "self"}
    if inspect.isfunction(call) and "." in name:  # a method that was read from its class
        right["self"] = selves(name.partition(".")[0])
    optional = [one.name for one in parameters if one.default is not inspect.Parameter.empty and one.name != "settings"]
    return Door(name, call, right, frozenset(optional))


def doors() -> Iterator[Door]:
    """Yield every public callable: functions, classes, their public methods, and the operators of their values."""
    for name, one in PUBLIC.items():
        if not callable(one) or name in MADE_BY_USERS:
            continue
        yield door(name, one)
        if not inspect.isclass(one):
            continue
        for method in dir(one):
            found = getattr(one, method)
            if not method.startswith("_") and (inspect.ismethod(found) or inspect.isfunction(found)):
                yield door(f"{name}.{method}", found)
        right = {"self": selves(name), "operator": ARGUMENTS["operator"], "other": [*selves(name), *ARGUMENTS["other"]]}
        yield Door(f"{name} by an operator", lambda self, operator, other: operator(self, other), right, is_operator=True)


DOORS = list(doors())


def near(draw: Random, value: Any) -> Any:
    """Draw a value that is almost a right one."""
    kind = draw.randrange(8)
    if type(value) is dict and value:
        pairs = [(key, item) for key, item in value.items()]
        place = draw.randrange(len(pairs))
        pairs[place] = [(anything(draw), pairs[place][1]), (pairs[place][0], anything(draw))][kind % 2]
        if kind < 5:
            with suppress(Exception):  # a key that does not hash
                return dict(pairs)
        return near(draw, pairs)
    if type(value) in (list, tuple) and value:
        items = list(value)
        place = draw.randrange(len(items))
        items[place] = near(draw, items[place]) if draw.random() < 0.5 else anything(draw)
        made: list[Callable[[], Any]] = [lambda: items, lambda: tuple(items), lambda: iter(items), lambda: cycle(value)]
        made += [lambda: (one for one in items), lambda: items * 1_000, lambda: Listed(items), lambda: items]
        return made[kind]()
    if type(value) is str:
        place = draw.randint(0, len(value))
        text = value[:place] + draw.choice([*TEXTS, "\ud800", "'", "0", "\n"]) + value[draw.randint(place, len(value)) :]
        return [text, Text(value), type("Liar", (str,), {"strip": lambda *_: 5})(value), text][kind % 4]
    if type(value) is date:
        return draw.choice(DAYS)
    if type(value) is int:
        return draw.choice([value + 1, value - 1, Whole(value), *NUMBERS])
    return anything(draw)


def anything(draw: Random) -> Any:
    """Draw any value."""
    kind = draw.random()
    if kind < 0.1:
        return draw.choice(ENDLESS)()
    if kind < 0.3:
        return liar(draw)
    return Posing(draw.choice(POSES)) if kind < 0.4 else draw.choice(draw.choice(VALUES))


def drawn(seed: int, number: int) -> tuple[Door, dict[str, Any]]:
    """Return a call: its door, and the arguments, most of which are right."""
    draw, door = Random(f"{seed}/{number}"), DOORS[number % len(DOORS)]
    arguments = {
        name: draw.choice(right) for name, right in door.right.items() if name not in door.optional or draw.random() < 0.6
    }
    replaced = [name for name in arguments if name not in ("self", "operator")]
    for name in draw.sample(replaced, min(len(replaced), draw.choice([0, 1, 1, 1, 2]))):
        arguments[name] = near(draw, arguments[name]) if draw.random() < 0.5 else anything(draw)
    if door.name in ("read_scores", "read_records") and hasattr(type(arguments["rows"]), "__next__"):
        with suppress(OwnError, TypeError):  # of a liar that is no iterator
            arguments["rows"] = islice(arguments["rows"], 1_000)  # the documentation asks for an end
    return door, arguments
