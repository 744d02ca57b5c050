"""Write a JSON Schema of each format to `tbtier/schemas`, from the types in `tbtier.formats` and the docstrings of fields.

python docs/generate_schemas.py           writes the schemas
python docs/generate_schemas.py --check   checks the schemas, and exits with 1 if one of them is out of date
"""

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from format_types import ALIASES, FORMATS, TYPES, bases_of, facts_of_errors, file_of, own_keys
from pages import write_or_check_all

from tbtier import formats

FOLDER = Path(str(formats.__file__)).with_name("schemas")  # of the imported package, which may not lie here

SIMPLE = {"str": "string", "int": "integer", "bool": "boolean", "None": "null"}
LIMITS: dict[str, dict[str, Any]] = {
    "Day": {"format": "date", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"},
    # Two digits stand for 2000 to 2099, so no year of four digits begins with 20.
    "Quarter": {"pattern": "^FY([0-9]{2}|[013-9][0-9]{3}|2[1-9][0-9]{2}) Q[1-4]$"},
    "Span": {"minItems": 2, "maxItems": 2},
}
"""What the docstring of a name says of its texts and lists, and its type does not."""
ADDED = {"ErrorFacts": ast.parse("Fact | list[Fact]", mode="eval").body}
"""The type of the other keys that a type allows: an attribute that a user adds to an error."""


def options_of(annotation: ast.expr) -> Iterator[ast.expr]:
    """Yield the types that a union joins, or the type itself."""
    if isinstance(annotation, ast.BinOp):
        yield from options_of(annotation.left)
        yield from options_of(annotation.right)
    else:
        yield annotation


def schema_of(annotation: ast.expr) -> dict[str, Any]:
    """Return the schema of a type, which refers to the definition of each name."""
    match annotation:
        case ast.BinOp():
            options = [schema_of(option) for option in options_of(annotation)]
            simple = all(option.keys() == {"type"} and isinstance(option["type"], str) for option in options)
            return {"type": [option["type"] for option in options]} if simple else {"anyOf": options}
        case ast.Name(name) if name in TYPES or name in ALIASES:
            return {"$ref": f"#/$defs/{name}"}
        case ast.Name() | ast.Constant(None) if ast.unparse(annotation) in SIMPLE:
            return {"type": SIMPLE[ast.unparse(annotation)]}
        case ast.Subscript(ast.Name("list"), entry):
            return {"type": "array", "items": schema_of(entry)}
        case ast.Subscript(ast.Name("dict"), ast.Tuple([key, value])):
            names = {} if ast.unparse(key) == "str" else {"propertyNames": schema_of(key)}
            return {"type": "object", **names, "additionalProperties": schema_of(value)}
        case ast.Subscript(ast.Name("Literal"), ast.Tuple(choices)):
            return {"enum": [ast.literal_eval(choice) for choice in choices]}
        case ast.Subscript(ast.Name("Literal"), choice):
            return {"const": ast.literal_eval(choice)}
    raise SystemExit(f"no schema for {ast.unparse(annotation)}")


def described(text: str | None, name: str) -> dict[str, str]:
    """Return the description of a type or a key, in the words of JSON; stop if there is none."""
    if not text:
        raise SystemExit(f"{name} has no docstring: add it in tbtier/formats.py")
    return {"description": " ".join(text.split()).replace("`None`", "`null`")}


def keys_of(name: str) -> Iterator[tuple[str, ast.expr, str]]:
    """Yield each key of a type and of its bases, with its type and its meaning."""
    yield from facts() if name == "ErrorFacts" else own_keys(name)
    for base in bases_of(name):
        yield from keys_of(base)


def facts() -> Iterator[tuple[str, ast.expr, str]]:
    """Yield each fact of an error once, with its type and all its meanings."""
    meanings: dict[str, list[str]] = {}
    kinds = {}
    for key, kind, meaning, names in facts_of_errors():
        kinds[key] = kind
        meanings.setdefault(key, []).append(f"{', '.join(f'`{name}`' for name in names)}: {meaning}")
    for key, each in meanings.items():
        yield key, kinds[key], " ".join(each)


def object_of(name: str) -> dict[str, Any]:
    """Return the schema of a type with keys."""
    keys = sorted(keys_of(name), key=lambda row: row[0] != "format")
    is_total = not any(keyword.arg == "total" for keyword in TYPES[name].keywords)
    return {
        "title": name,
        **described(ast.get_docstring(TYPES[name]), name),
        "type": "object",
        "properties": {key: {**described(text, f"{name}.{key}"), **schema_of(kind)} for key, kind, text in keys},
        **({"required": [key for key, *_ in keys]} if is_total else {}),
        "additionalProperties": schema_of(ADDED[name]) if name in ADDED else False,
    }


def definition_of(name: str) -> dict[str, Any]:
    """Return the schema of a type or of a name for texts and numbers."""
    if name in TYPES:
        return object_of(name)
    kind, text = ALIASES[name]
    return {**described(text, name), **schema_of(kind), **LIMITS.get(name, {})}


def names_in(schema: Any) -> set[str]:
    """Return the names of the definitions to which a schema refers."""
    if isinstance(schema, dict):
        own = {schema["$ref"].rpartition("/")[2]} if "$ref" in schema else set()
        return own.union(*map(names_in, schema.values()))
    return set().union(*map(names_in, schema)) if isinstance(schema, list) else set()


def definitions_for(schema: dict[str, Any]) -> dict[str, Any]:
    """Return every definition that a schema needs, by name."""
    found: dict[str, Any] = {}
    while missing := names_in([schema, found]) - found.keys():
        found |= {name: definition_of(name) for name in missing}
    return dict(sorted(found.items()))


def root_of(form: str, names: list[str]) -> dict[str, Any]:
    """Return the schema of a format without its definitions: a type, or any of several."""
    if len(names) == 1:
        return definition_of(names[0])
    classes = [f"`{name.removesuffix('Dict')}`" for name in names]
    text = f"The plain data of {', '.join(classes[:-1])} or {classes[-1]}."
    return {"title": form, **described(text, form), "anyOf": [{"$ref": f"#/$defs/{name}"} for name in names]}


def schema_for(form: str, names: list[str]) -> dict[str, Any]:
    """Return the schema of a format, which needs no other file."""
    root = root_of(form, names)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:tbtier:schema:{form.removeprefix('tbtier.').replace('/', ':')}",
        **root,
        "$defs": definitions_for(root),
    }


def pages_of(forms: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Yield the file of each format, with its text."""
    for form in forms:
        schema = schema_for(form, [name for name, own in FORMATS.items() if own == form])
        yield FOLDER / file_of(form), json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write_or_check_all(dict(pages_of(FORMATS.values())), str(__doc__), __file__)
