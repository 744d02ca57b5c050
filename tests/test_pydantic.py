"""Values as fields of pydantic models: read from text, written as text, and described by a JSON Schema."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from strategies import Partner, partners, quarters

from tbtier import FiscalQuarter, FiscalYear, ProgramYear, ScoreHistory, Tier
from tbtier.rules import Certainty


class Partnership(BaseModel):
    """A model with a field of each type."""

    quarter: FiscalQuarter
    fiscal_year: FiscalYear
    program_year: ProgramYear
    scores: ScoreHistory
    tier: Tier
    reviews: dict[FiscalQuarter, int] = {}


class Strict(Partnership):
    """The same model, without conversions by pydantic."""

    model_config = ConfigDict(strict=True)


SCORES = {"FY24 Q1": 310, "FY24 Q2": None, "FY24 Q3": "Crest"}
PLAIN = {
    "quarter": "FY24 Q1",
    "fiscal_year": "FY24",
    "program_year": "PY24",
    "scores": SCORES,
    "tier": "Crest",
    "reviews": {"FY24 Q1": 8},
}
HISTORY = ScoreHistory({"FY24 Q1": 310, "FY24 Q2": None, "FY24 Q3": Tier.CREST})
VALUES = {
    "quarter": FiscalQuarter(2024, 1),
    "fiscal_year": FiscalYear(2024),
    "program_year": ProgramYear(2024),
    "scores": HISTORY,
    "tier": Tier.CREST,
    "reviews": {FiscalQuarter(2024, 1): 8},
}


@pytest.mark.parametrize("model", [Partnership, Strict])
def test_fields_are_read_from_values_and_from_text(model: type[Partnership]) -> None:
    """A value stays unchanged, text is parsed, and JSON brings back the same value, in strict mode too."""
    given = model(**VALUES)
    assert VALUES == dict(given)
    assert given == model.model_validate_json(json.dumps(PLAIN)) == model.model_validate_json(given.model_dump_json())
    assert PLAIN == given.model_dump(mode="json") == json.loads(given.model_dump_json())
    assert given == model(**given.model_dump())
    assert dict(given) == dict(Partnership(**PLAIN))


def test_every_spelling_is_read() -> None:
    """A field accepts every text that `parse` reads, in the keys of scores too."""
    read = Partnership(
        **{**PLAIN, "quarter": "q1_fy2024", "fiscal_year": " fy2024", "scores": {"q1fy24": 310, "FY24-Q2": "crest"}}
    )
    assert (FiscalQuarter(2024, 1), FiscalYear(2024)) == (read.quarter, read.fiscal_year)
    assert ScoreHistory({"FY24 Q1": 310, "FY24 Q2": Tier.CREST}) == read.scores


@given(quarters, partners)
def test_writing_and_reading_are_inverses(quarter: FiscalQuarter, partner: Partner) -> None:
    """A quarter, its years and a history come back from JSON exactly."""
    values = (quarter, FiscalYear(quarter.year), ProgramYear(quarter.year), partner.timeline.history)
    for value in values:
        adapter: TypeAdapter[Any] = TypeAdapter(type(value))
        assert value == adapter.validate_json(adapter.dump_json(value)) == adapter.validate_python(value)
    assert values[-1].to_dict()["scores"] == TypeAdapter(ScoreHistory).dump_python(values[-1])


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"quarter": "Q5 FY24"}, "ParseError", "'Q5 FY24' is not a fiscal quarter: write it as FY24 Q1 or FY2024 Q1"),
    ({"quarter": 2024}, "WrongTypeError", "fiscal quarter must be text, got 2024"),
    ({"fiscal_year": "FY0001"}, "RangeError", "year must be from 2 to 9999, got 1"),
    ({"program_year": "FY24"}, "ParseError", "'FY24' is not a program year: write it as PY24 or PY2024"),
    ({"scores": 310}, "WrongTypeError", "scores must be a mapping from quarters to scores, or pairs of them, got 310"),
    (
        {"scores": {"FY24 Q1": 310.0}},
        "ScoreTypeError",
        "the score of FY24 Q1 must be a whole number from 0 up, got 310.0: give an int, or None where there is no score",
    ),
    (
        {"scores": {"FY24 Q1": 310, "fy24q1": 300}},
        "ScoreError",
        "the score of FY24 Q1 must be one value, got 310 and 300: keep the right one",
    ),
    (
        {"scores": {"fy24q1": "310"}},
        "ParseError",
        "'310' is not a tier in place of the score of FY24 Q1: write it as Provisional or Base or Ridge or Crest or Summit",
    ),
    ({"tier": "Gold"}, "enum", "Input should be 'Provisional', 'Base', 'Ridge', 'Crest' or 'Summit'"),
]


@pytest.mark.parametrize(("wrong", "kind", "message"), REFUSED)
def test_an_error_of_ours_is_an_error_of_the_field(wrong: dict[str, Any], kind: str, message: str) -> None:
    """Python and JSON give the same error with our message, class and facts, and the error survives JSON."""
    for call in (
        lambda: Partnership(**{**PLAIN, **wrong}),
        lambda: Partnership.model_validate_json(json.dumps({**PLAIN, **wrong})),
    ):
        with pytest.raises(ValidationError) as refused:
            call()
        (error,) = refused.value.errors()
        assert ((*wrong,), kind, message) == (error["loc"], error["type"], error["msg"])
        assert "tier" in wrong or (kind, message) == (error["ctx"]["error"], error["ctx"]["message"])
        assert json.loads(refused.value.json())


def test_a_json_schema_describes_the_fields() -> None:
    """Text is a string, and scores are an object of whole numbers, names of tiers and nulls, in requests and in responses."""
    tiers = ["Provisional", "Base", "Ridge", "Crest", "Summit"]
    scores = {"anyOf": [{"minimum": 0, "type": "integer"}, {"enum": tiers, "type": "string"}, {"type": "null"}]}
    for mode in ("validation", "serialization"):
        schema = Partnership.model_json_schema(mode=mode)
        fields = schema["properties"]
        assert ["string"] * 3 == [fields[name]["type"] for name in ("quarter", "fiscal_year", "program_year")]
        assert ("object", scores) == (fields["scores"]["type"], fields["scores"]["additionalProperties"])
        assert tiers == schema["$defs"]["Tier"]["enum"]


@given(st.sampled_from([*Tier, *Certainty]))
def test_an_enum_is_its_text(member: Tier | Certainty) -> None:
    """Pydantic knows enums, and ours too."""
    adapter = TypeAdapter(type(member))
    assert f'"{member}"'.encode() == adapter.dump_json(member)
    assert member is adapter.validate_json(f'"{member}"') is adapter.validate_python(member)


def test_pydantic_is_not_imported() -> None:
    """The library imports pydantic only when pydantic asks for a schema."""
    code = "import sys, tbtier, tbtier.formats, tbtier.errors.fields; [getattr(tbtier, name) for name in tbtier.__all__]"
    code += "; print([name for name in sys.modules if name.startswith('pydantic')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]\n" == done.stdout
