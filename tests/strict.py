"""A strict copy of the formats, with which pydantic checks the exact keys and types of plain data and records the keys."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial, reduce
from operator import or_
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, get_args, get_type_hints

from pydantic import AfterValidator, ConfigDict, StringConstraints, TypeAdapter

from tbtier import formats

SOURCE = Path(str(formats.__file__)).read_text("utf-8")
PATTERNS = {"Day": r"^\d{4}-\d\d-\d\d$", "Quarter": r"^FY(\d\d|\d{4}) Q[1-4]$"}


def typed_dicts(module: ModuleType = formats) -> dict[str, Any]:
    """Return the public types of plain data by name."""
    return {name: kind for name, kind in vars(module).items() if hasattr(kind, "__total__") and not name.startswith("_")}


def copy_of(source: str = SOURCE, name: str = "strict_copy") -> ModuleType:
    """Return a module made from the source of the formats, whose types reject other keys and other types of values."""
    module = ModuleType(name)
    sys.modules[name] = module  # pydantic looks up the names of annotations there
    exec(compile(source, str(formats.__file__), "exec"), vars(module))
    vars(module).update({alias: Annotated[str, StringConstraints(pattern=pattern)] for alias, pattern in PATTERNS.items()})
    for kind in typed_dicts(module).values():
        kind.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)
    return module


def record_in(module: ModuleType, seen: set[tuple[str, str, bool]]) -> None:
    """Make each key in a module's types record that the key was seen, and whether its value was `None`."""
    for name, kind in typed_dicts(module).items():
        for key, annotation in kind.__annotations__.items():
            kind.__annotations__[key] = Annotated[annotation, AfterValidator(partial(_record, seen, name, key))]


def _record(seen: set[tuple[str, str, bool]], name: str, key: str, value: Any) -> Any:
    seen.add((name, key, value is None))
    return value


def readers_of(module: ModuleType) -> dict[str, Callable[[Any], Any]]:
    """Return a strict reader for each format, by the name of the format."""
    kinds: dict[str, list[Any]] = {}
    for kind in typed_dicts(module).values():
        if "format" in kind.__annotations__:
            (form,) = get_args(get_type_hints(kind)["format"])
            kinds.setdefault(form, []).append(kind)
    return {form: TypeAdapter(reduce(or_, each)).validate_python for form, each in kinds.items()}


READERS = readers_of(copy_of())
"""The readers of the unchanged formats."""
