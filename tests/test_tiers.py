"""Tiers: their order, and the names and labels by which they are read."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from made_up import APPS, GUILD
from small import EDITION, program

import tbtier as tb
from tbtier import Tier
from tbtier.rules import Carryover, Certainty

PUBLISHED, DERIVED, INFERRED = Certainty.PUBLISHED, Certainty.DERIVED, Certainty.INFERRED


def test_certainties_and_tiers_have_an_order() -> None:
    """`min` gives the certainty of a conclusion, `max` gives the highest tier, and members equal only themselves."""
    assert INFERRED is min(PUBLISHED, DERIVED, INFERRED)
    assert INFERRED < DERIVED < PUBLISHED
    assert Tier.PROVISIONAL < Tier.BASE < Tier.RIDGE < Tier.CREST < Tier.SUMMIT
    assert Tier.SUMMIT > Tier.CREST >= Tier.CREST <= Tier.CREST
    assert Tier.RIDGE <= Tier.CREST
    assert not Tier.CREST < Tier.CREST
    assert not Tier.CREST > Tier.CREST
    assert not Tier.CREST <= Tier.RIDGE
    assert not Tier.RIDGE >= Tier.CREST
    assert Tier.SUMMIT >= Tier.BASE
    assert [0, 1, 2, 3, 4] == [tier.rank for tier in Tier]
    assert Tier.BASE != 1
    assert Tier.BASE != "Base"
    for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
        assert NotImplemented is getattr(Tier.BASE, compare)(INFERRED)
    assert ("Crest", "Tier.CREST", Tier.CREST) == (str(Tier.CREST), repr(Tier.CREST), Tier("Crest"))
    assert ("the tier earned in Q4", "Carryover.FINAL_QUARTER") == (str(Carryover.FINAL_QUARTER), repr(Carryover.FINAL_QUARTER))


def test_a_rank_cannot_be_changed() -> None:
    """The order of the tiers is fixed."""
    with pytest.raises(AttributeError):
        Tier.CREST.rank = 0  # type: ignore[misc]  # it is refused
    assert Tier.BASE < Tier.CREST


def test_a_threshold_has_a_label() -> None:
    """The label is the name of the time, and by default the name in use since FY22."""
    assert ("Base", "Base") == (EDITION.thresholds[0].label, EDITION.thresholds[0].name)
    gold = GUILD.edition("FY20 Q1").threshold(Tier.CREST)
    assert ("Gold", "Crest (Gold)", "Crest (Gold) from 440") == (gold.label, gold.name, str(gold))
    assert {Tier.BASE: "Bronze", Tier.RIDGE: "Silver", Tier.CREST: "Gold", Tier.SUMMIT: "Platinum"} == (
        GUILD.edition("FY21 Q1").labels
    )


@pytest.mark.parametrize("text", ["Crest", "crest", "CREST", " cReSt\n"])
def test_a_tier_is_read_in_any_case(text: str) -> None:
    """Case and blanks around the name are ignored."""
    assert Tier.CREST is Tier.parse(text) is GUILD.tier_named(text)
    assert Tier.CREST is tb.evaluate({}, program=APPS, starting_tier=text, start=date(2024, 3, 1)).starting_tier


def test_a_label_is_read_by_its_program() -> None:
    """Gold is Crest in a program with that label, and no tier in a program without it."""
    assert [Tier.BASE, Tier.RIDGE, Tier.CREST, Tier.SUMMIT] == [
        GUILD.tier_named(name) for name in ("bronze", "SILVER", "Gold", "platinum")
    ]
    with pytest.raises(tb.errors.ParseError, match="'Gold' is not the name of one tier: write it as Provisional or Base"):
        APPS.tier_named("Gold")


def test_a_label_of_two_tiers_is_refused() -> None:
    """A name that is a label of one tier and the name of another is refused."""
    renamed = attrs.evolve(EDITION.thresholds[0], label="CREST")
    given = program(attrs.evolve(EDITION, thresholds=(renamed, *EDITION.thresholds[1:])))
    with pytest.raises(tb.errors.ParseError, match="'Crest' is not the name of one tier"):
        given.tier_named("Crest")


@pytest.mark.parametrize("name", [None, 3, b"Crest"])
def test_a_name_is_text(name: object) -> None:
    """Only text and tiers are read as tiers."""
    for read in (Tier.parse, GUILD.tier_named):
        with pytest.raises(tb.errors.WrongTypeError, match="tier must be a Tier or its name, got"):
            read(name)  # type: ignore[arg-type]  # it is refused


def test_a_tier_is_read_as_itself() -> None:
    """A tier is returned unchanged where a name is read."""
    assert Tier.CREST is Tier.parse(Tier.CREST) is GUILD.tier_named(Tier.CREST) is Tier.parse(" cREST ")


def test_a_starting_tier_is_one_of_the_program() -> None:
    """A partner cannot hold a tier below the entry tier of its program."""
    with pytest.raises(ValueError, match="'Provisional' is not a tier of APPS: write it as Base or Ridge or Crest or Summit"):
        tb.evaluate({"FY24 Q1": 310}, program=APPS, starting_tier="Provisional")


def test_the_lowest_threshold_of_a_tier_is_found_by_its_name_too() -> None:
    """A tier or its name in any case is accepted, and anything else is refused."""
    assert EDITION.lowest(Tier.CREST) == EDITION.lowest("crest") == EDITION.thresholds[-1]
    with pytest.raises(tb.errors.ParseError, match="'Gold' is not a tier"):
        EDITION.lowest("Gold")
    with pytest.raises(tb.errors.WrongTypeError, match="tier must be a Tier or its name, got 500"):
        EDITION.lowest(500)  # type: ignore[arg-type]  # what is tested
