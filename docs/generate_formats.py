"""Write `formats.md` from the types in `tbtier.formats` and the docstrings of the fields behind their keys.

python docs/generate_formats.py           writes the page
python docs/generate_formats.py --check   checks the page, and exits with 1 if it is out of date
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from format_types import ALIASES, FORMATS, TYPES, bases_of, facts_of_errors, file_of, own_keys
from pages import write_or_check

PAGE = Path(__file__).with_name("formats.md")

INTRODUCTION = """\
---
myst:
  html_meta:
    description: Every key of the plain data that to_dict returns, with a JSON Schema for each format.
---

# The formats of plain data

<!-- Written by docs/generate_formats.py from tbtier.formats and the docstrings of fields. Change these, not this page. -->

The `to_dict` of a value, an answer or an error returns plain data that survives JSON.
This page lists the keys of that data.
Each type on this page is a `TypedDict` in `tbtier.formats`, so a type checker knows the keys.
The number of a format rises when code that reads the old form would fail.
In JSON, `None` is `null`.
"""

SCHEMAS = """\
## JSON Schemas

The package contains a JSON Schema (draft 2020-12) of each format, for programs in any language; the table links to all of them.
A schema rejects a missing key, an unknown key, and a value of another type; only the facts of an error may have more keys.
A file is named after its format and needs no other file:

```pycon
>>> import json
>>> from importlib.resources import files
>>> text = files("tbtier").joinpath("schemas/timeline-1.json").read_text(encoding="utf-8")
>>> schema = json.loads(text)
>>> schema["$id"]
'urn:tbtier:schema:timeline:1'
```

In Python, [jsonschema](https://python-jsonschema.readthedocs.io) (4.18 or later) checks plain data against a schema:

```pycon
>>> from jsonschema import Draft202012Validator
>>> from tbtier import evaluate
>>> from tbtier.programs import ISV
>>> validator = Draft202012Validator(schema)
>>> plain = evaluate({"FY24 Q1": 310}, program=ISV, starting_tier="Base").to_dict()
>>> validator.is_valid(plain)
True
>>> plain["periods"][0]["start"] = "1 March 2023"
>>> [error.json_path for error in validator.iter_errors(plain)]
['$.periods[0].start']
```

Use the schemas of the `tbtier` release that wrote the data.
A release may add a key without a new number, and its schema then requires that key.
"""


def keys_of(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield each key of a type with its type and its meaning, in words; leave out the keys of public bases."""
    for key, kind, meaning in own_keys(name):
        yield f"`{key}`", words(kind), meaning
    for base in bases_of(name):
        if base.startswith("_"):
            yield from keys_of(base)


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


def facts() -> Iterator[tuple[str, str, str, str]]:
    """Yield each fact of an error with its type, its meaning, and the errors that have it, in words."""
    for key, kind, meaning, names in facts_of_errors():
        yield f"`{key}`", words(kind), meaning, ", ".join(f"`{name}`" for name in names)


def formats_of() -> Iterator[tuple[str, str, str, str]]:
    """Yield each format with the class whose `to_dict` returns it, its type, and its schema."""
    for name, form in FORMATS.items():
        returned_by = "every error" if name == "ErrorDict" else f"`{name.removesuffix('Dict')}`"
        yield f'`"{form}"`', returned_by, link_to(name), f"[{file_of(form)}](../tbtier/schemas/{file_of(form)})"


def section(name: str) -> Iterator[str]:
    """Yield the section about a type."""
    yield f"## {name}\n\n{ast.get_docstring(TYPES[name])}"
    if more := " and ".join(link_to(base) for base in bases_of(name) if not base.startswith("_")):
        yield f"It also has the keys of {more}."
    yield ""
    if name == "ErrorFacts":
        yield table(("key", "type", "meaning", "errors"), facts())
    else:
        yield table(("key", "type", "meaning"), keys_of(name))


def parts() -> Iterator[str]:
    """Yield the parts of the page."""
    yield INTRODUCTION
    yield table(("format", "`to_dict` of", "keys", "JSON Schema"), formats_of())
    yield SCHEMAS
    public = [name for name in TYPES if not name.startswith("_")]
    for name in sorted(public, key=lambda name: not name.endswith("Dict")):
        yield "\n".join(section(name))
    yield "## Texts and numbers\n"
    yield table(("name", "type", "meaning"), ((name, words(kind), text) for name, (kind, text) in ALIASES.items()))


if __name__ == "__main__":
    write_or_check(PAGE, "\n".join(parts()), str(__doc__), __file__)
