"""The JSON Schemas of plain data: each format has a schema, which rejects every mistake.

Every `to_dict` of the whole run checks its plain data against the schema of its format; see `schemas.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from refusals import Q1, TIMELINE, raised_by
from schemas import SCHEMAS, VALIDATORS, name_of
from strict import typed_dicts
from test_formats import PLAIN

from tbtier.errors import ParseError
from tbtier.rules import Cycle

HINTS = [get_type_hints(kind) for kind in typed_dicts().values()]
FORMATS = sorted({get_args(hints["format"])[0] for hints in HINTS if "format" in hints})

OPEN = {"facts", "rules", "scores", "sources"}
"""The keys of dicts that may have any number of keys."""
FREE = {"column", "label", "rows", "sources", "spellings", "text", "value"}
"""The keys of text that may look like a day, a quarter or a choice."""
CHOICES = "Provisional|Base|Ridge|Crest|Summit|published|derived|inferred"
CHOICES += "|promoted|unchanged|renewed|downgraded|secured|open|impossible"
WRONG = {
    "day": (
        r"\d{4}-\d\d-\d\d",
        ("2023-13-01", "2023-00-01", "2023-02-32", "2023-02-00", "20230201", "x2023-02-01x"),
    ),
    "quarter": (r"FY\d\d Q\d", ("FY24 Q5", "FY24 Q0", "FY24Q1", "FY2024 Q1", "FY124 Q1", "Q1 FY24", "2024Q1", "xFY24 Q1x")),
    "choice": (CHOICES, ("Gold", "crest", "")),
    "format": (r"tbtier\.[a-z-]+/1", ("tbtier.other/1", "tbtier", "")),
}
"""What a text of each kind looks like, and texts that are wrong for it."""


def wrong_texts(text: str, key: str) -> Iterator[tuple[str, str]]:
    """Yield wrong texts for a day, a quarter, a choice or a format, each with its kind."""
    for kind, (right, wrong) in WRONG.items():
        if key not in FREE and re.fullmatch(right, text):
            yield from ((kind, each) for each in wrong)
    if key == "format":
        yield "number", text.replace("/1", "/2")


def mistakes_in(value: Any, key: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield a value with each mistake, after the kind of the mistake and its place, in which `*` is any entry."""
    yield "type", "", 0.5
    if isinstance(value, str):
        yield from ((kind, wrong, wrong) for kind, wrong in wrong_texts(value, key))
    elif isinstance(value, dict):
        yield "unknown key", "", {**value, "another": {}}
        for name, entry in value.items():
            others = {other: kept for other, kept in value.items() if other != name}
            if key not in OPEN:
                yield "missing key", name, others
            for kind, wrong in wrong_texts(name, key):
                yield kind, wrong, {**others, wrong: entry}
            place = "*" if key in OPEN - {"facts"} else name
            for kind, path, wrong in mistakes_in(entry, key if key in FREE else name):
                yield kind, f"{place}/{path}", {**value, name: wrong}
    elif isinstance(value, list):
        if key == "spans" and None not in value and not isinstance(value[0], list):
            yield "length", "", [*value, None]
            yield "length", "*", value[:1]
        for index, entry in enumerate(value):
            for kind, path, wrong in mistakes_in(entry, key):
                yield kind, f"*/{path}", [*value[:index], wrong, *value[index + 1 :]]


def mistakes(form: str) -> dict[tuple[str, str], Any]:
    """Return plain data of a format with one mistake: one for each kind of mistake at each place in the worked plain data."""
    found: dict[tuple[str, str], Any] = {}
    for plain in PLAIN:
        if plain["format"] == form:
            found |= {(kind, path): wrong for kind, path, wrong in mistakes_in(plain)}
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_a_schema_rejects_every_mistake(form: str) -> None:
    """An unknown or missing key, a wrong type, day, quarter or choice, and a wrong format or number are rejected everywhere."""
    found = mistakes(form)
    schema = SCHEMAS[name_of(form)]
    kinds = {"type", "unknown key", "missing key", "format", "number"}
    kinds |= {kind.lower() for kind in ("Day", "Quarter") if kind in schema["$defs"]}
    assert kinds == {kind for kind, _ in found} - {"choice", "length"}
    assert [] == [mistake for mistake, plain in found.items() if VALIDATORS[name_of(form)].is_valid(plain)]


def test_only_some_formats_have_no_days_quarters_or_choices() -> None:
    """Every other schema rejects wrong days, wrong quarters and wrong choices."""
    tried = {form: {kind for kind, _ in mistakes(form)} for form in FORMATS}
    assert ["tbtier.attrition/1", "tbtier.score-history/1"] == [form for form in FORMATS if "day" not in tried[form]]
    assert ["tbtier.attrition/1", "tbtier.showing/1"] == [form for form in FORMATS if "quarter" not in tried[form]]
    assert ["tbtier.cycle/1", "tbtier.error/1"] == [form for form in FORMATS if "choice" not in tried[form]]


def test_every_format_has_a_schema() -> None:
    """The name of a file is that of its format; the file of an earlier number may stay."""
    assert {name_of(form) for form in FORMATS} <= SCHEMAS.keys()
    numbers = dict(form.removeprefix("tbtier.").split("/") for form in FORMATS)
    for name in SCHEMAS:
        stem, _, number = name.removesuffix(".json").rpartition("-")
        assert 1 <= int(number) <= int(numbers[stem]), name


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema(name: str) -> None:
    """A schema obeys draft 2020-12, has a unique id, needs no other file, and uses each of its definitions."""
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator.META_SCHEMA["$id"] == schema["$schema"]
    stem, _, number = name.removesuffix(".json").rpartition("-")
    assert f"urn:tbtier:schema:{stem}:{number}" == schema["$id"]
    assert {f"#/$defs/{definition}" for definition in schema["$defs"]} == set(values_of(schema, "$ref"))


def values_of(value: Any, key: str) -> Iterator[Any]:
    """Yield what has a key, at any depth."""
    if isinstance(value, dict):
        yield from (entry for name, entry in value.items() if name == key)
    for entry in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from values_of(entry, key)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_a_schema_describes_every_type_and_key(schema: dict[str, Any]) -> None:
    """Each type and each key has a description, which says `null` and not `None`."""
    keys = [key for properties in values_of(schema, "properties") for key in properties.values()]
    for one in (schema, *schema["$defs"].values(), *keys):
        assert one["description"].endswith(".")
        assert "`None`" not in one["description"]


def test_a_day_must_be_in_the_calendar() -> None:
    """A validator that checks formats rejects February 30 too."""
    schema = SCHEMAS["cycle-1.json"]
    wrong = {**Cycle(Q1).to_dict(), "closes_on": "2023-02-30"}
    assert Draft202012Validator(schema).is_valid(wrong)
    assert not Draft202012Validator(schema, format_checker=FormatChecker()).is_valid(wrong)


def test_an_added_attribute_of_an_error_is_a_fact() -> None:
    """The facts of an error may have other keys, whose values are facts or lists of facts."""
    error: Any = raised_by(lambda: TIMELINE.program.tier_named("Krest"))
    error.row, error.rows_before, error.origin = 7, (1, None, "a"), {"file": "a.csv"}
    facts = error.to_dict()["facts"]
    assert (7, [1, None, "a"], "{'file': 'a.csv'}") == (facts["row"], facts["rows_before"], facts["origin"])


def test_plain_data_is_checked_wherever_the_tests_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this run, a `to_dict` that does not match its schema raises an error, in answers and in errors."""
    monkeypatch.setattr(Cycle, "_plain", lambda _: {"quarter": Q1})
    with pytest.raises(ValidationError, match="'closes_on' is a required property"):
        Cycle(Q1).to_dict()
    monkeypatch.setattr(ParseError, "_facts", lambda _: {"what": 7})
    with pytest.raises(ValidationError, match="7 is not of type 'string'"):
        ParseError("a tier", "Gold", ("Base",)).to_dict()
