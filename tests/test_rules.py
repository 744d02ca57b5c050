"""How rules are stated, and what cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest
from made_up import BEST_OF_FOUR

import tbtier as tb
from tbtier import FiscalQuarter, Tier
from tbtier.programs import CONSULTING, ISV, PROGRAMS, TRAILBLAZER
from tbtier.rules import (
    Carryover,
    Certainty,
    Citation,
    Cycle,
    Edition,
    Program,
    ProgramEnd,
    Source,
    Threshold,
    UnknownRules,
    sources,
)
from tbtier.rules.cycles import cycle_at, latest_effective
from tbtier.rules.rulebook import EVALUATION_RULES, SCORECARD_RULES, Rule

PUBLISHED, DERIVED, INFERRED = Certainty.PUBLISHED, Certainty.DERIVED, Certainty.INFERRED
BOOK = Source("B", "A book", "2024")
CITED = Citation(PUBLISHED, (BOOK,))
EDITION = Edition(
    start="FY24 Q1",
    start_citation=CITED,
    thresholds=(Threshold(Tier.BASE, 0, CITED), Threshold(Tier.CREST, 10, CITED)),
    maximum_score=20,
    maximum_citation=CITED,
    carryover=Carryover.HIGHEST_OF_YEAR,
    carryover_citation=CITED,
)
ENDED = ProgramEnd(date(2030, 3, 1), "nothing", CITED)


def later(start: str | None, **changes: Any) -> Edition:
    """Return the edition with another start."""
    return attrs.evolve(EDITION, start=start, **changes)


def program(*changes: Any, entry_tier: Any = Tier.BASE) -> Program:
    """Return a program with these changes."""
    return Program("P", entry_tier, changes)


@pytest.mark.parametrize(
    ("call", "where", "fault"),
    [
        (lambda: Source("", "A book", "2024"), "Source: id", "must be text, got ''"),
        (lambda: Source("B", " ", "2024"), "Source: title", "must be text, got ' '"),
        (lambda: Source("B", "A book", 2024), "Source: date", "must be text, got 2024"),
        (lambda: Citation(PUBLISHED, ()), "Citation: sources", "must be a tuple of at least one Source, got ()"),
        (lambda: Citation(PUBLISHED, ("B",)), "Citation: sources", "must be a tuple of at least one Source, got ('B',)"),
        (lambda: Citation(PUBLISHED, [BOOK]), "Citation: sources", "must be a tuple of at least one Source"),
        (lambda: Citation("published", (BOOK,)), "Citation: certainty", "must be a Certainty, got 'published'"),
        (lambda: Rule("", "text", CITED), "Rule: id", "must be text, got ''"),
        (lambda: Rule("X1", "", CITED), "Rule: text", "must be text, got ''"),
        (lambda: Rule("X1", "text", BOOK), "Rule X1: citation", "must be a Citation"),
        (lambda: Threshold("Base", 0, CITED), "Threshold: tier", "must be Tier, got 'Base'"),
        (lambda: Threshold(Tier.BASE, 0, None), "Threshold of Base: citation", "must be Citation, got None"),
        (lambda: Threshold(Tier.BASE, -1, CITED), "Threshold of Base: score", "must be an int from 0 up, got -1"),
        (lambda: Threshold(Tier.BASE, 0.5, CITED), "Threshold of Base: score", "must be an int from 0 up, got 0.5"),
        (lambda: Threshold(Tier.BASE, True, CITED), "Threshold of Base: score", "must be an int from 0 up, got True"),
        (lambda: Threshold(Tier.BASE, 0, CITED, None), "Threshold of Base: label", "must be text, got None"),
        (lambda: Program("P", Tier.BASE, (EDITION,), 5), "Program P: note", "must be str, got 5"),
        (lambda: later("FY24 Q2", start_citation=None), "Edition from FY24 Q2: start_citation", "must be Citation, got None"),
        (lambda: later("FY24 Q2", maximum_citation=BOOK), "Edition from FY24 Q2: maximum_citation", "must be Citation"),
        (
            lambda: later("FY24 Q2", carryover_citation=""),
            "Edition from FY24 Q2: carryover_citation",
            "must be Citation, got ''",
        ),
        (lambda: later("FY24 Q2", carryover="Q4"), "Edition from FY24 Q2: carryover", "must be Carryover, got 'Q4'"),
        (lambda: later(None, thresholds=()), "Edition from None: thresholds[0]", "must be at score 0"),
        (lambda: later(None, thresholds=[]), "Edition from None: thresholds", "must be tuple, got []"),
        (lambda: later(None, thresholds=(Tier.BASE,)), "Edition from None: thresholds[0]", "must be Threshold"),
        (
            lambda: later(None, thresholds=EDITION.thresholds[1:]),
            "Edition from None: thresholds[0]",
            "must be at score 0, so that every score earns a tier",
        ),
        (
            lambda: later(None, thresholds=(EDITION.thresholds[0], Threshold(Tier.CREST, 0, CITED))),
            "Edition from None: thresholds[1]",
            "must be above Base at 0",
        ),
        (
            lambda: later(None, thresholds=(*EDITION.thresholds, Threshold(Tier.RIDGE, 15, CITED))),
            "Edition from None: thresholds[2]",
            "must be above Crest at 10",
        ),
        (
            lambda: later(None, thresholds=(*EDITION.thresholds, Threshold(Tier.CREST, 15, CITED))),
            "Edition from None: thresholds[2]",
            "must be above Crest at 10",
        ),
        (
            lambda: later(None, thresholds=(*EDITION.thresholds, Threshold(Tier.SUMMIT, 5, CITED))),
            "Edition from None: thresholds[2]",
            "must be above Crest at 10",
        ),
        (lambda: later(None, maximum_score=9), "Edition from None: maximum_score", "must be an int from 10 up, got 9"),
        (
            lambda: attrs.evolve(ISV.edition("FY24 Q1"), maximum_score=749),
            "Edition from FY24 Q1: maximum_score",
            "must be an int from 750 up, got 749",
        ),
        (lambda: later(None, maximum_score=20.0), "Edition from None: maximum_score", "must be an int from 10 up"),
        (lambda: Source("S0", "a title", "2024", ["x"]), "Source: where", "must be text, got ['x']"),
        (lambda: Citation(Certainty.PUBLISHED, CITED.sources, ["x"]), "Citation: note", "must be text, got ['x']"),
        (lambda: UnknownRules("FY25 Q1", ""), "UnknownRules from FY25 Q1: reason", "must be text, got ''"),
        (lambda: ProgramEnd(date(2030, 3, 1), "", CITED), "ProgramEnd on 2030-03-01: replaced_by", "must be text, got ''"),
        (lambda: ProgramEnd(date(2030, 3, 1), "x", None), "ProgramEnd on 2030-03-01: citation", "must be Citation, got None"),
        (lambda: program(), "Program P: changes[0]", "must be an Edition"),
        (lambda: program(UnknownRules("FY24 Q1", "lost")), "Program P: changes[0]", "must be an Edition"),
        (lambda: program("FY24"), "Program P: changes[0]", "must be Edition or UnknownRules or ProgramEnd, got 'FY24'"),
        (lambda: Program("P", Tier.BASE, [EDITION]), "Program P: changes", "must be tuple"),
        (lambda: Program(" ", Tier.BASE, (EDITION,)), "Program  : name", "must be text, got ' '"),
        (lambda: program(EDITION, later("FY24 Q1")), "Program P: changes[1]", "must begin after FY24 Q1"),
        (lambda: program(EDITION, later("FY23 Q4")), "Program P: changes[1]", "must begin after FY24 Q1"),
        (lambda: program(EDITION, later(None)), "Program P: changes[1]", "must begin after FY24 Q1"),
        (lambda: program(EDITION, UnknownRules("FY23 Q1", "lost")), "Program P: changes[1]", "must begin after FY24 Q1"),
        (
            lambda: program(EDITION, ProgramEnd(date(2023, 6, 1), "x", CITED)),
            "Program P: changes[1]",
            "must begin after FY24 Q1",
        ),
        (lambda: program(EDITION, ENDED, later("FY40 Q1")), "Program P: changes[2]", "must not follow the end"),
        (lambda: program(EDITION, entry_tier="Base"), "Program P: entry_tier", "must be Tier, got 'Base'"),
        (
            lambda: program(EDITION, entry_tier=Tier.RIDGE),
            "Program P: changes[0]",
            "must have no tier below Ridge, the entry tier",
        ),
    ],
)
def test_bad_rule_data_cannot_be_constructed(call: Callable[[], Any], where: str, fault: str) -> None:
    """Rules that contradict themselves, or lack a source, are refused with the path to the fault."""
    with pytest.raises(tb.errors.RuleDataError) as caught:
        call()
    assert where == caught.value.where
    assert fault in caught.value.fault
    assert f"{caught.value.where}: {caught.value.fault}" == str(caught.value)


def test_a_datetime_is_no_end() -> None:
    """The end of a program is a day."""
    with pytest.raises(tb.errors.WrongTypeError, match="ProgramEnd: on must be a date, got '2030-03-01'"):
        ProgramEnd("2030-03-01", "nothing", CITED)  # type: ignore[arg-type]  # what is tested


@pytest.mark.parametrize("given", [CONSULTING, ISV, TRAILBLAZER])
def test_every_fact_has_a_source(given: Program) -> None:
    """Each edition cites its start, its thresholds, its maximum and its carry, from the documents listed."""
    listed = {source for source in vars(sources).values() if isinstance(source, Source)}
    for change in given.changes:
        if isinstance(change, Edition):
            names = ["start", *(str(tier) for tier in change.tiers), "maximum", "carryover"]
            assert names == list(change.citations)
            assert names == list(change.certainties)
            assert set(change.sources) <= listed
            assert change.sources


def test_every_source_is_used() -> None:
    """A document that nothing cites would be a fact lost."""
    citation = {source for rule in EVALUATION_RULES for source in rule.citation.sources}
    for given in (CONSULTING, ISV):
        for change in given.changes:
            citation |= set(change.sources if isinstance(change, Edition) else ())
            citation |= set(change.citation.sources if isinstance(change, ProgramEnd) else ())
    listed = {source for source in vars(sources).values() if isinstance(source, Source)}
    assert {"S12"} == {source.id for source in listed - citation}


def test_rules_have_their_numbers() -> None:
    """R1 to R11 and D1 to D10, each once; the less sure part of a rule bears a letter."""
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
    """K1 to K7, each once; the less sure part of a rule, and what holds for another scorecard, bears a letter."""
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
    """An inferred number is never shown as a published one."""
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
    """R7: until then Q4 alone set the next starting tier."""
    assert carryover is given.edition(quarter).carryover
    assert 1000 == given.edition(quarter).maximum_score
    assert 1 == given.edition(quarter).review_months


def test_programs_know_where_they_end() -> None:
    """The first day without the program, and the tier at which partners enter."""
    assert (date(2024, 8, 1), Tier.BASE) == (ISV.ended_on, ISV.entry_tier)
    assert (date(2026, 3, 1), Tier.PROVISIONAL) == (CONSULTING.ended_on, CONSULTING.entry_tier)
    assert (None, Tier.BASE) == (TRAILBLAZER.ended_on, TRAILBLAZER.entry_tier)


@pytest.mark.parametrize(
    ("on", "first_refused"),
    [
        (date(2024, 5, 31), "FY25 Q1"),
        (date(2024, 6, 1), "FY25 Q1"),
        (date(2024, 6, 2), "FY25 Q2"),
        (date(2024, 9, 1), "FY25 Q2"),
        (date(2024, 9, 2), "FY25 Q3"),
    ],
)
def test_a_result_must_take_effect_before_the_end(on: date, first_refused: str) -> None:
    """A quarter is refused if its result would take effect on the first day without the program, or later."""
    assert first_refused == str(ProgramEnd(on, "nothing", CITED).start)


@pytest.mark.parametrize(
    ("given", "day", "quarters"),
    [
        (ISV, "2024-03-01", "FY24 Q1, FY24 Q2, FY24 Q3, FY24 Q4"),
        (ISV, "2024-07-31", "FY24 Q1, FY24 Q2, FY24 Q3, FY24 Q4, FY25 Q1"),
        (ISV, "2022-03-01", "FY22 Q4"),
        (ISV, "2022-05-31", "FY22 Q4"),
        (CONSULTING, "2022-02-28", "FY21 Q4, FY22 Q1, FY22 Q2, FY22 Q3"),
        (CONSULTING, "2023-03-01", "FY23 Q4"),
        (CONSULTING, "2024-02-29", "FY23 Q4, FY24 Q1, FY24 Q2, FY24 Q3"),
        (CONSULTING, "2024-03-01", "FY24 Q1, FY24 Q2, FY24 Q3, FY24 Q4"),
        (BEST_OF_FOUR, "2023-11-30", "FY23 Q1, FY23 Q2, FY23 Q3, FY23 Q4, FY24 Q1, FY24 Q2"),
        (BEST_OF_FOUR, "2023-12-01", "FY23 Q1, FY23 Q2, FY23 Q3, FY23 Q4, FY24 Q1, FY24 Q2, FY24 Q3"),
    ],
)
def test_these_quarters_count_towards_a_day(given: Program, day: str, quarters: str) -> None:
    """The closed form: the quarters that set the starting tier, and those that have taken effect since (R6, R7)."""
    first, last = FiscalQuarter.parse(quarters.split(", ")[0]), FiscalQuarter.parse(quarters.split(", ")[-1])
    known = [FiscalQuarter(first.year, 1) + number for number in range(last - FiscalQuarter(first.year, 1) + 1)]
    timeline = tb.evaluate(dict.fromkeys(known), program=given, starting_tier=given.entry_tier)
    basis = timeline.explain(date.fromisoformat(day)).basis
    assert quarters == ", ".join(str(result.quarter) for result in basis.results)


def test_with_edition_of_keeps_one_edition_for_all_time() -> None:
    """A what-if about rules: the name can be pasted, and the note says that it is no record."""
    then = CONSULTING.with_edition_of("FY21 Q1")
    assert "CONSULTING.with_edition_of('FY21 Q1')" == then.name
    assert then == eval(then.name)
    assert "a what-if, not a record: the edition of FY21 Q1 for all time" == then.note
    assert Tier.RIDGE is then.tier_for(450, "FY1999 Q1")
    assert Tier.PROVISIONAL is then.entry_tier
    assert None is then.ended_on
    assert "FY40 Q1" == str(then.cycle("FY40 Q1").quarter)


def test_the_model_says_that_it_is_one() -> None:
    """TRAILBLAZER is the ISV edition of FY24 for all time, and its explanations say so."""
    assert attrs.evolve(ISV.edition("FY24 Q1"), start=None) == TRAILBLAZER.edition("FY70 Q1")
    assert "a model, not a record: the ISV edition of FY24 for all time" == TRAILBLAZER.note
    assert "" == ISV.note == CONSULTING.note


def test_an_edition_may_change_in_mid_year() -> None:
    """Each change holds from its own quarter on, to the day."""
    given = program(
        later("FY24 Q1"), later("FY24 Q3", maximum_score=30), UnknownRules("FY25 Q2", "lost"), later("FY25 Q3"), ENDED
    )
    maxima = {str(q): given.edition(q).maximum_score for q in ("FY24 Q2", "FY24 Q3", "FY25 Q1", "FY25 Q3", "FY30 Q3")}
    assert {"FY24 Q2": 20, "FY24 Q3": 30, "FY25 Q1": 30, "FY25 Q3": 20, "FY30 Q3": 20} == maxima
    with pytest.raises(tb.errors.UnknownRuleError, match="known are FY24 Q1 to FY25 Q1, FY25 Q3 to FY30 Q3"):
        given.edition("FY25 Q2")
    with pytest.raises(tb.errors.ProgramEndedError):
        given.edition("FY30 Q4")
    with pytest.raises(tb.errors.UnknownRuleError, match="known are FY24 Q1 on"):
        program(EDITION).edition("FY23 Q4")


def test_every_quarter_that_counts_must_have_known_rules() -> None:
    """Not only the Q4 whose edition says how the year is carried over."""
    given = program(EDITION, UnknownRules("FY24 Q3", "lost"), later("FY24 Q4"))
    timeline = tb.evaluate({"FY24 Q1": 1}, program=given, starting_tier="Base")
    with pytest.raises(tb.errors.UnknownRuleError, match="for FY24 Q3 are not known: lost"):
        tb.plan(timeline, "Base", by=date(2024, 3, 1), as_of=date(2023, 7, 1))


def test_before_the_first_edition_nothing_is_known() -> None:
    """The last edition is in force for good."""
    known = program(EDITION)
    assert [False, True, True] == [known.knows(quarter) for quarter in ("FY23 Q4", "FY24 Q1", "FY34 Q1")]


def test_the_last_quarter_known_is_the_way_to_model_on() -> None:
    """Where the rules are not known at the end, the last quarter in which they are is named, and works."""
    given = program(EDITION, UnknownRules("FY25 Q2", "lost"), UnknownRules("FY26 Q1", "lost too"), ENDED)
    with pytest.raises(tb.errors.ProgramEndedError) as caught:
        given.edition("FY31 Q1")
    assert "FY25 Q1" == str(caught.value.last)
    assert EDITION.maximum_score == given.with_edition_of(caught.value.last).edition("FY31 Q1").maximum_score


def test_a_threshold_has_a_label() -> None:
    """The name of the time, or by default the name in use since FY22."""
    assert ("Base", "Base") == (EDITION.thresholds[0].label, EDITION.thresholds[0].name)
    gold = CONSULTING.edition("FY20 Q1").threshold(Tier.CREST)
    assert ("Gold", "Crest (Gold)", "Crest (Gold) from 450") == (gold.label, gold.name, str(gold))
    assert {Tier.BASE: "Registered", Tier.RIDGE: "Silver", Tier.CREST: "Gold", Tier.SUMMIT: "Platinum"} == (
        CONSULTING.edition("FY21 Q1").labels
    )


def test_a_cycle_is_found_again_from_its_effective_date() -> None:
    """The two paths between a quarter and its effective date are inverses, all over the calendar."""
    for ordinal in range(FiscalQuarter(2, 1)._ordinal, FiscalQuarter(9999, 4)._ordinal + 1):
        acts = cycle_at(ordinal).effective_on
        assert ordinal == latest_effective(acts)
        assert ordinal - 1 == latest_effective(acts.replace(day=1) - date.resolution)


def test_a_cycle_is_its_quarter() -> None:
    """Cycles are equal if their quarters are, and are shown by them."""
    assert Cycle(FiscalQuarter(2024, 1)) == Cycle("FY24 Q1") == ISV.cycle("FY24 Q1")
    with pytest.raises(TypeError, match="takes 2 positional arguments"):
        Cycle(FiscalQuarter(2024, 1), date(2023, 6, 1))  # type: ignore[call-arg]  # dates follow
    assert "Cycle(quarter=FiscalQuarter(year=2024, number=1))" == repr(ISV.cycle("FY24 Q1"))


def test_certainties_and_tiers_have_an_order() -> None:
    """`min` gives the certainty of a conclusion, `max` the highest tier; members equal nothing else."""
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


def test_rules_are_immutable_to_the_ground() -> None:
    """No field of a program holds a list or a dict."""

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


def test_a_fact_has_one_citation_by_any_of_its_names() -> None:
    """A tier, its name or its label, in upper or lower case; a fact that is not there is refused."""
    edition = CONSULTING.edition("FY20 Q1")
    assert (
        edition.thresholds[2].citation == edition.citation(Tier.CREST) == edition.citation("crest") == edition.citation("GOLD")
    )
    assert edition.maximum_citation == edition.citation("maximum")
    assert edition.carryover_citation == edition.citation("carryover")
    with pytest.raises(KeyError):
        edition.citation("fee")


def test_a_fact_is_no_surer_than_the_dates_of_its_edition() -> None:
    """The page that states the ISV numbers of FY21 has no date, so each of them is inferred for FY21."""
    edition = ISV.edition("FY21 Q1")
    assert Certainty.PUBLISHED is edition.thresholds[1].citation.certainty
    assert {Certainty.INFERRED} == set(edition.certainties.values())
    assert "S13 is undated" == edition.citation("Ridge").note


@pytest.mark.parametrize("text", ["Crest", "crest", "CREST", " cReSt\n"])
def test_a_tier_is_read_in_any_case(text: str) -> None:
    """Blanks around the name are ignored."""
    assert Tier.CREST is Tier.parse(text) is CONSULTING.tier_named(text)
    assert Tier.CREST is tb.evaluate({}, program=ISV, starting_tier=text, start=date(2024, 3, 1)).starting_tier


def test_a_label_is_read_by_its_program() -> None:
    """Gold is Crest in the consulting program, and nothing in the ISV program."""
    assert [Tier.BASE, Tier.RIDGE, Tier.CREST, Tier.SUMMIT] == [
        CONSULTING.tier_named(name) for name in ("registered", "SILVER", "Gold", "platinum")
    ]
    with pytest.raises(tb.errors.ParseError, match="'Gold' is not the name of one tier: write it as Provisional or Base"):
        ISV.tier_named("Gold")


def test_a_label_of_two_tiers_is_refused() -> None:
    """The same name, whatever its case, may not mean one tier here and another there."""
    renamed = attrs.evolve(EDITION.thresholds[0], label="CREST")
    given = program(attrs.evolve(EDITION, thresholds=(renamed, *EDITION.thresholds[1:])))
    with pytest.raises(tb.errors.ParseError, match="'Crest' is not the name of one tier"):
        given.tier_named("Crest")


@pytest.mark.parametrize("name", [None, 3, b"Crest"])
def test_a_name_is_text(name: object) -> None:
    """Anything but text and a tier is refused."""
    for read in (Tier.parse, CONSULTING.tier_named):
        with pytest.raises(tb.errors.WrongTypeError, match="tier must be a Tier or its name, got"):
            read(name)  # type: ignore[arg-type]  # it is refused


def test_a_tier_is_read_as_itself() -> None:
    """Where a name is read, a tier is returned as it is."""
    assert Tier.CREST is Tier.parse(Tier.CREST) is CONSULTING.tier_named(Tier.CREST) is Tier.parse(" cREST ")


def test_a_rank_cannot_be_changed() -> None:
    """The order of the tiers is fixed."""
    with pytest.raises(AttributeError):
        Tier.CREST.rank = 0  # type: ignore[misc]  # it is refused
    assert Tier.BASE < Tier.CREST


def test_programs_are_found_by_name() -> None:
    """The mapping has each program under its name, and cannot be changed."""
    assert {"CONSULTING": CONSULTING, "ISV": ISV, "TRAILBLAZER": TRAILBLAZER} == PROGRAMS
    with pytest.raises(TypeError):
        PROGRAMS["ISV"] = CONSULTING  # type: ignore[index]  # it is refused


def test_a_starting_tier_is_one_of_the_program() -> None:
    """No ISV is Provisional."""
    with pytest.raises(ValueError, match="'Provisional' is not a tier of ISV: write it as Base or Ridge or Crest or Summit"):
        tb.evaluate({"FY24 Q1": 310}, program=ISV, starting_tier="Provisional")


def test_the_lowest_threshold_of_a_tier_is_found_by_its_name_too() -> None:
    """A tier or its name is taken in any case, and anything else is refused."""
    assert EDITION.lowest(Tier.CREST) == EDITION.lowest("crest") == EDITION.thresholds[-1]
    with pytest.raises(tb.errors.ParseError, match="'Gold' is not a tier"):
        EDITION.lowest("Gold")
    with pytest.raises(tb.errors.WrongTypeError, match="tier must be a Tier or its name, got 500"):
        EDITION.lowest(500)  # type: ignore[arg-type]  # what is tested
