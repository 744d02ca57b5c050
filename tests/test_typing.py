# pyright: strict
"""What a type checker knows of plain data: mypy and pyright read this file too, and fail if they know less."""

from __future__ import annotations

from datetime import date
from typing import assert_type

import tbtier as tb
from tbtier.formats import DecisionFacts, ErrorDict, ImpossibleFacts, OpenDict, OpenFacts, OptionFacts, SecuredFacts, TierName
from tbtier.programs import TRAILBLAZER
from tbtier.rules import Cycle

TIMELINE = tb.evaluate({"FY24 Q1": 310}, program=TRAILBLAZER, starting_tier="Base")


def test_a_type_checker_knows_the_keys_of_answers() -> None:
    """Keys have types at any depth, and a wrong key is an error."""
    plain = TIMELINE.to_dict()
    assert_type(plain["periods"][0]["tier"], TierName)
    assert_type(plain["decisions"], list[DecisionFacts])
    assert_type(plain["sources"]["S1"]["title"], str)
    assert_type(TIMELINE.periods[0].to_dict()["stop"], str)
    assert_type(TIMELINE.history.to_dict()["scores"]["FY24 Q1"], int | TierName | None)
    assert_type(Cycle(tb.FiscalQuarter(2024, 1)).to_dict()["closes_on"], str)
    view = tb.outlook(TIMELINE, as_of=date(2023, 6, 20)).to_dict()
    assert_type(view["requirements"], list[SecuredFacts | OpenFacts | ImpossibleFacts])
    assert "tiers" not in plain or plain["tiers"]  # type: ignore[typeddict-item]  # no such key


def test_a_type_checker_tells_plans_apart() -> None:
    """The key `answer` says which of the three plans it is."""
    plain = tb.plan(TIMELINE, "Summit", by=date(2024, 3, 1), as_of=date(2023, 6, 20)).to_dict()
    assert plain["answer"] == "open"
    assert_type(plain, OpenDict)
    assert_type(plain["options"], list[OptionFacts])


def test_a_type_checker_knows_the_keys_of_errors() -> None:
    """Every error has the same four keys."""
    plain = tb.errors.RuleDataError("Program ISV", "must have a source").to_dict()
    assert_type(plain, ErrorDict)
    assert_type(plain["message"], str)
    assert_type(plain["facts"].get("where"), str | None)
