"""The JSON Schemas of the formats, and a check of all plain data that the tests see."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator

from tbtier.errors import TbtierError
from tbtier.rules.plain import Plain

SCHEMAS: dict[str, dict[str, Any]] = {
    file.name: json.loads(file.read_text("utf-8")) for file in files("tbtier").joinpath("schemas").iterdir()
}
"""Each schema in the package, by the name of its file."""


def name_of(form: str) -> str:
    """Return the name of the file with the schema of a format."""
    name, number = form.removeprefix("tbtier.").split("/")
    return f"{name}-{number}.json"


VALIDATORS = {name: Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
"""The validator of each schema."""


def check_plain_data() -> None:
    """Make every `to_dict` check what it returns against the schema of its format, for the rest of the run.

    The checks take less than a tenth of the time of a run, so none is left out.
    """
    kinds: tuple[Any, ...] = (Plain, TbtierError)
    for kind in kinds:
        kind.to_dict = _checked(kind.to_dict)


def _checked(to_dict: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @wraps(to_dict)
    def checked(value: Any) -> Any:
        plain = to_dict(value)
        VALIDATORS[name_of(plain["format"])].validate(plain)
        return plain

    return checked
