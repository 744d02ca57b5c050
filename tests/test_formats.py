"""The formats of plain data: each `to_dict` has the keys and the types that a type checker reads."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from made_up import APPS
from pydantic import ValidationError
from refusals import Q1, raised_by
from strategies import Partner, partners
from strict import READERS, SOURCE, copy_of, readers_of, record_in, typed_dicts
from test_errors import REFUSALS
from worked import WORKED, answers_of

from tbtier import ScoreHistory, Tier, formats
from tbtier.reading import read_records

REFUSED = [raised_by(call) for call, *_ in REFUSALS.values()]
REFUSED += [raised_by(lambda: ScoreHistory({Q1: True})), raised_by(lambda: ScoreHistory([None])), raised_by(lambda: Tier(None))]
REFUSED.append(raised_by(lambda: APPS.changes[0].threshold(1001)))
ROWS = [
    {"account": "", "from": date(2023, 3, 1), "to": None, "tier": "Base"},
    {"account": "Blue Anchor", "from": date(2023, 3, 1), "to": date(2023, 2, 1), "tier": "Base"},
]
READ = read_records(ROWS, partner="account", start="from", stop="to", tier="tier")
REFUSED.append(raised_by(READ.raise_problems))
PLAIN: list[dict[str, Any]] = [value.to_dict() for value in (*WORKED, *REFUSED)]


def test_plain_data_names_every_tier() -> None:
    """A type checker reads the names of all tiers, and of no others."""
    assert tuple(map(str, Tier)) == get_args(formats.TierName)


def test_worked_plain_data_has_the_keys_and_types_of_its_format() -> None:
    """No key is missing or added, every type is exact, and JSON brings the same back."""
    for plain in PLAIN:
        assert plain == READERS[plain["format"]](plain) == json.loads(json.dumps(plain))


@given(partners)
def test_drawn_plain_data_has_the_keys_and_types_of_its_format(partner: Partner) -> None:
    """So do answers about drawn partners of drawn programs."""
    for value in answers_of(partner.timeline):
        plain = value.to_dict()
        assert plain == READERS[plain["format"]](plain)


def test_every_key_of_every_format_occurs() -> None:
    """The worked values show each key, and `None` wherever a type allows `None`, so every key and every `None` is needed."""
    module, seen = copy_of(), set()
    record_in(module, seen)
    recording = readers_of(module)
    for plain in PLAIN:
        recording[plain["format"]](plain)
    expected = {(name, key, False) for name, kind in typed_dicts().items() for key in kind.__annotations__}
    for name, kind in typed_dicts().items():
        expected |= {(name, key, True) for key, hint in get_type_hints(kind).items() if type(None) in get_args(hint)}
    assert expected == seen


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("    notified_by: Day\n", ""),
        ("    notified_by: Day\n", "    notified_by: Day\n    opens_on: Day\n"),
        ("    notified_by: Day\n", "    notified_by: Quarter\n"),
        ("    rows: list[int]\n", "    rows: list[str]\n"),
        ("    earned: TierName | None\n", "    earned: TierName\n"),
        ('Literal["tbtier.outlook/1"]', 'Literal["tbtier.outlook/2"]'),
        ('"unchanged", "renewed"', '"unchanged"'),
    ],
)
def test_a_wrong_format_is_found(right: str, wrong: str) -> None:
    """A missing key, an extra key, another type, a missing `None`, another number and a missing name each fail."""
    assert 1 == SOURCE.count(right)
    changed = readers_of(copy_of(SOURCE.replace(right, wrong)))
    with pytest.raises((ValidationError, KeyError)):
        _ = [changed[plain["format"]](plain) for plain in PLAIN]


def sources_in(value: Any) -> list[Any]:
    """Return every `sources` inside plain data."""
    if isinstance(value, dict):
        own = [value["sources"]] if "sources" in value else []
        return [*own, *(one for entry in value.values() for one in sources_in(entry))]
    return [one for entry in value for one in sources_in(entry)] if isinstance(value, list) else []


def test_an_error_has_some_of_the_facts() -> None:
    """The facts of an error are the only keys that may be missing."""
    kinds = {name: kind for name, kind in vars(formats).items() if hasattr(kind, "__optional_keys__")}
    assert {"ErrorFacts"} == {name for name, kind in kinds.items() if kind.__optional_keys__}
    assert not kinds["ErrorFacts"].__required_keys__


def test_documents_are_listed_once() -> None:
    """Only the top level of plain data has documents; everything inside names the documents by id."""
    for plain in PLAIN:
        documents = plain.get("sources", {})
        for ids in sources_in([entry for key, entry in plain.items() if key != "sources"]):
            assert isinstance(ids, list)
            assert set(ids) <= set(documents)


@pytest.mark.parametrize("history", [value for value in WORKED if type(value) is ScoreHistory], ids=repr)
def test_scores_are_read_back(history: ScoreHistory) -> None:
    """Text among the scores is the name of a tier, so the scores of plain data come back exactly."""
    scores = json.loads(json.dumps(history.to_dict()))["scores"]
    assert history == ScoreHistory({name: Tier(score) if isinstance(score, str) else score for name, score in scores.items()})


def test_the_formats_need_no_other_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pydantic, and therefore without typing_extensions, the types use `TypedDict` of typing."""
    monkeypatch.setitem(sys.modules, "typing_extensions", None)
    plain = copy_of()
    assert typed_dicts(plain).keys() == typed_dicts().keys()
    assert "typing" == plain.TypedDict.__module__
