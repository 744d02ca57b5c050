"""What the published programs state besides their numbers: sources, certainties, carryovers, labels and ends."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from tbtier import Tier
from tbtier.programs import CONSULTING, ISV, PROGRAMS, TRAILBLAZER
from tbtier.rules import Carryover, Certainty, Edition, Program, ProgramEnd, Source, Threshold, sources
from tbtier.rules.rulebook import EVALUATION_RULES, SCORECARD_RULES

PUBLISHED, DERIVED, INFERRED = Certainty.PUBLISHED, Certainty.DERIVED, Certainty.INFERRED


@pytest.mark.parametrize("given", [CONSULTING, ISV, TRAILBLAZER])
def test_every_fact_has_a_source(given: Program) -> None:
    """Each edition cites its start, its thresholds, its maximum and its carryover from the listed documents."""
    listed = {source for source in vars(sources).values() if isinstance(source, Source)}
    for change in given.changes:
        if isinstance(change, Edition):
            names = ["start", *(str(tier) for tier in change.tiers), "maximum", "carryover"]
            assert names == list(change.citations)
            assert names == list(change.certainties)
            assert set(change.sources) <= listed
            assert change.sources


def test_every_source_is_used() -> None:
    """Some rule or edition cites each document but S12, which states the names of tiers."""
    citation = {source for rule in EVALUATION_RULES for source in rule.citation.sources}
    for given in (CONSULTING, ISV):
        for change in given.changes:
            citation |= set(change.sources if isinstance(change, Edition) else ())
            citation |= set(change.citation.sources if isinstance(change, ProgramEnd) else ())
    listed = {source for source in vars(sources).values() if isinstance(source, Source)}
    assert {"S12"} == {source.id for source in listed - citation}


def test_rules_have_their_numbers() -> None:
    """The rules are R1 to R11 and D1 to D10, and the less sure part of a rule has a letter."""
    ids = [rule.id for rule in EVALUATION_RULES]
    assert len(set(ids)) == len(ids)
    assert {*(f"R{n}" for n in range(1, 12)), *(f"D{n}" for n in range(1, 11))} == {id.rstrip("a") for id in ids}
    sure = {rule.id: rule.citation.certainty for rule in EVALUATION_RULES}
    assert {"R3a": DERIVED, "R4a": DERIVED, "R5a": DERIVED, "R8a": INFERRED} == {
        id: certainty for id, certainty in sure.items() if id.endswith("a")
    }
    assert {PUBLISHED} == {sure[f"R{n}"] for n in range(1, 12)}
    assert {INFERRED} == {sure[f"D{n}"] for n in range(1, 11)}


def test_rules_of_the_scorecard_have_their_numbers() -> None:
    """The rules are K1 to K7, and a part that is less sure or about another scorecard has a letter."""
    sure = {rule.id: rule.citation.certainty for rule in SCORECARD_RULES}
    assert len(SCORECARD_RULES) == len(sure)
    assert {f"K{n}" for n in range(1, 8)} == {id.rstrip("abc") for id in sure}
    less = {"K2a": DERIVED, "K3c": INFERRED, "K4a": DERIVED, "K7a": INFERRED}
    assert less == {id: certainty for id, certainty in sure.items() if certainty is not PUBLISHED}
    assert not set(sure) & {rule.id for rule in EVALUATION_RULES}


@pytest.mark.parametrize(
    ("given", "quarter", "inferred"),
    [
        (ISV, "FY24 Q1", {"Summit", "maximum"}),
        (ISV, "FY21 Q1", {"start", "Base", "Ridge", "Crest", "Summit", "maximum", "carryover"}),
        (ISV, "FY22 Q1", {"carryover"}),
        (CONSULTING, "FY19 Q1", set()),
        (CONSULTING, "FY21 Q1", set()),
        (CONSULTING, "FY22 Q1", set()),
        (CONSULTING, "FY23 Q1", {"start", "Base", "Ridge", "Crest", "Summit", "maximum", "carryover"}),
        (CONSULTING, "FY24 Q1", {"start", "Base", "Ridge", "Crest", "Summit", "maximum", "carryover"}),
        (TRAILBLAZER, "FY24 Q1", {"Summit", "maximum"}),
    ],
)
def test_what_is_inferred_says_so(given: Program, quarter: str, inferred: set[str]) -> None:
    """An edition names each fact that no source publishes for its years."""
    certainties = given.edition(quarter).certainties
    assert inferred == {fact for fact, certainty in certainties.items() if certainty is not PUBLISHED}


@pytest.mark.parametrize(
    ("given", "quarter", "carryover"),
    [
        (ISV, "FY21 Q4", Carryover.FINAL_QUARTER),
        (ISV, "FY22 Q4", Carryover.FINAL_QUARTER),
        (ISV, "FY24 Q4", Carryover.HIGHEST_OF_YEAR),
        (CONSULTING, "FY20 Q4", Carryover.FINAL_QUARTER),
        (CONSULTING, "FY21 Q4", Carryover.FINAL_QUARTER),
        (CONSULTING, "FY22 Q4", Carryover.FINAL_QUARTER),
        (CONSULTING, "FY23 Q4", Carryover.FINAL_QUARTER),
        (CONSULTING, "FY24 Q4", Carryover.HIGHEST_OF_YEAR),
        (CONSULTING, "FY26 Q3", Carryover.HIGHEST_OF_YEAR),
        (TRAILBLAZER, "FY1999 Q4", Carryover.HIGHEST_OF_YEAR),
    ],
)
def test_the_carryover_changed_in_fy24(given: Program, quarter: str, carryover: Carryover) -> None:
    """Until FY23 Q4 alone set the next starting tier (R7); every edition has a maximum of 1000 and a review of one month."""
    assert carryover is given.edition(quarter).carryover
    assert 1000 == given.edition(quarter).maximum_score
    assert 1 == given.edition(quarter).review_months


def test_programs_know_where_they_end() -> None:
    """The ISV program ended on 2024-08-01 and the consulting program on 2026-03-01, and TRAILBLAZER has no end."""
    assert (date(2024, 8, 1), Tier.BASE) == (ISV.ended_on, ISV.entry_tier)
    assert (date(2026, 3, 1), Tier.PROVISIONAL) == (CONSULTING.ended_on, CONSULTING.entry_tier)
    assert (None, Tier.BASE) == (TRAILBLAZER.ended_on, TRAILBLAZER.entry_tier)


def test_consulting_tiers_had_other_names_until_fy21() -> None:
    """The labels of the consulting program until FY21 are Registered, Silver, Gold and Platinum."""
    for quarter in ("FY19 Q1", "FY20 Q4", "FY21 Q4"):
        assert ["Registered", "Silver", "Gold", "Platinum"] == list(CONSULTING.edition(quarter).labels.values())
    for given, quarter in ((CONSULTING, "FY22 Q1"), (ISV, "FY21 Q1")):
        assert ["Base", "Ridge", "Crest", "Summit"] == list(given.edition(quarter).labels.values())
    assert [Tier.BASE, Tier.RIDGE, Tier.CREST, Tier.SUMMIT] == [
        CONSULTING.tier_named(name) for name in ("registered", "SILVER", "Gold", "platinum")
    ]


def test_the_model_says_that_it_is_one() -> None:
    """TRAILBLAZER is the ISV edition of FY24 for all time, and its note says that it is a model."""
    assert attrs.evolve(ISV.edition("FY24 Q1"), start=None) == TRAILBLAZER.edition("FY70 Q1")
    assert "a model, not a record: the ISV edition of FY24 for all time" == TRAILBLAZER.note
    assert "" == ISV.note == CONSULTING.note


def test_rules_are_immutable_to_the_ground() -> None:
    """No field of a published program holds a list, a dict or a set."""

    def fields(value: object) -> list[object]:
        if isinstance(value, tuple):
            return [value, *(inner for one in value for inner in fields(one))]
        if attrs.has(type(value)):
            return [value, *(inner for one in attrs.fields(type(value)) for inner in fields(getattr(value, one.name)))]
        return [value]

    for given in (CONSULTING, ISV, TRAILBLAZER):
        found = {type(value) for value in fields(given)}
        assert Threshold in found
        assert not found & {list, dict, set, bytearray}
        hash(given)


def test_programs_are_found_by_name() -> None:
    """The mapping has each program under its name, and cannot be changed."""
    assert {"CONSULTING": CONSULTING, "ISV": ISV, "TRAILBLAZER": TRAILBLAZER} == PROGRAMS
    with pytest.raises(TypeError):
        PROGRAMS["ISV"] = CONSULTING  # type: ignore[index]  # it is refused
