"""Rule data that cannot be constructed, each with the path to the fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest
from made_up import APPS
from small import BOOK, CITED, EDITION, ENDED, later, program

import tbtier as tb
from tbtier import Tier
from tbtier.rules import (
    Certainty,
    Citation,
    Program,
    ProgramEnd,
    ShowingRule,
    ShowsWhen,
    Source,
    Threshold,
    UnknownRules,
)
from tbtier.rules.rulebook import Rule

PUBLISHED, DERIVED, INFERRED = Certainty.PUBLISHED, Certainty.DERIVED, Certainty.INFERRED


@pytest.mark.parametrize(
    ("call", "where", "fault"),
    [
        (lambda: Source("", "A book", "2024"), "Source: id", "must be text, got ''"),
        (lambda: Source("B", " ", "2024"), "Source: title", "must be text, got ' '"),
        (lambda: Source("B", "A book", 2024), "Source: date", "must be text, got 2024"),
        (lambda: Citation(PUBLISHED, ()), "Citation: sources", "must be a tuple of at least one Source, got ()"),
        (lambda: Citation(PUBLISHED, ("B",)), "Citation: sources", "must be a tuple of at least one Source, got ('B',)"),
        (lambda: Citation(PUBLISHED, [BOOK]), "Citation: sources", f"must be a tuple of at least one Source, got [{BOOK!r}]"),
        (lambda: Citation("published", (BOOK,)), "Citation: certainty", "must be Certainty, got 'published'"),
        (lambda: Rule("", "text", CITED), "Rule: id", "must be text, got ''"),
        (lambda: Rule("X1", "", CITED), "Rule: text", "must be text, got ''"),
        (lambda: Rule("X1", "text", BOOK), "Rule X1: citation", f"must be Citation, got {BOOK!r}"),
        (
            lambda: Citation(PUBLISHED, (BOOK, "B")),
            "Citation: sources",
            f"must be a tuple of at least one Source, got ({BOOK!r}, 'B')",
        ),
        (lambda: Threshold("Base", 0, CITED), "Threshold: tier", "must be Tier, got 'Base'"),
        (lambda: Threshold(Tier.BASE, 0, None), "Threshold of Base: citation", "must be Citation, got None"),
        (lambda: Threshold(Tier.BASE, -1, CITED), "Threshold of Base: score", "must be an int from 0 up, got -1"),
        (lambda: Threshold(Tier.BASE, 0.5, CITED), "Threshold of Base: score", "must be an int from 0 up, got 0.5"),
        (lambda: Threshold(Tier.BASE, True, CITED), "Threshold of Base: score", "must be an int from 0 up, got True"),
        (lambda: Threshold(Tier.BASE, 0, CITED, None), "Threshold of Base: label", "must be text, got None"),
        (
            lambda: Threshold(Tier.BASE, 0, CITED, inclusive_citation="B"),
            "Threshold of Base: inclusive_citation",
            "must be Citation or None, got 'B'",
        ),
        (lambda: Program("P", Tier.BASE, (EDITION,), 5), "Program P: note", "must be text, got 5"),
        (lambda: later("FY24 Q2", start_citation=None), "Edition from FY24 Q2: start_citation", "must be Citation, got None"),
        (
            lambda: later("FY24 Q2", maximum_citation=BOOK),
            "Edition from FY24 Q2: maximum_citation",
            f"must be Citation, got {BOOK!r}",
        ),
        (
            lambda: later("FY24 Q2", carryover_citation=""),
            "Edition from FY24 Q2: carryover_citation",
            "must be Citation, got ''",
        ),
        (lambda: later("FY24 Q2", carryover="Q4"), "Edition from FY24 Q2: carryover", "must be Carryover, got 'Q4'"),
        (
            lambda: later(None, thresholds=()),
            "Edition from None: thresholds[0]",
            "must be at score 0, so that every score earns a tier",
        ),
        (lambda: later(None, thresholds=[]), "Edition from None: thresholds", "must be tuple, got []"),
        (lambda: later(None, thresholds=(Tier.BASE,)), "Edition from None: thresholds[0]", "must be Threshold, got Tier.BASE"),
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
            lambda: attrs.evolve(APPS.edition("FY24 Q1"), maximum_score=749),
            "Edition from FY24 Q1: maximum_score",
            "must be an int from 750 up, got 749",
        ),
        (lambda: later(None, maximum_score=20.0), "Edition from None: maximum_score", "must be an int from 10 up, got 20.0"),
        (lambda: Source("S0", "a title", "2024", ["x"]), "Source: where", "must be text, got ['x']"),
        (lambda: Citation(Certainty.PUBLISHED, CITED.sources, ["x"]), "Citation: note", "must be text, got ['x']"),
        (lambda: CITED.within(5), "Citation: dates", "must be Citation, got 5"),
        (lambda: ShowingRule(ShowsWhen.DAILY, CITED, "x").covers(5), "ShowingRule: pillar", "must be text, got 5"),
        (lambda: UnknownRules("FY25 Q1", ""), "UnknownRules from FY25 Q1: reason", "must be text, got ''"),
        (lambda: ProgramEnd(date(2030, 3, 1), "", CITED), "ProgramEnd on 2030-03-01: replaced_by", "must be text, got ''"),
        (lambda: ProgramEnd(date(2030, 3, 1), "x", None), "ProgramEnd on 2030-03-01: citation", "must be Citation, got None"),
        (lambda: program(), "Program P: changes[0]", "must be an Edition, since a program begins with rules that are known"),
        (
            lambda: program(UnknownRules("FY24 Q1", "lost")),
            "Program P: changes[0]",
            "must be an Edition, since a program begins with rules that are known",
        ),
        (lambda: program("FY24"), "Program P: changes[0]", "must be Edition or UnknownRules or ProgramEnd, got 'FY24'"),
        (lambda: Program("P", Tier.BASE, [EDITION]), "Program P: changes", f"must be tuple, got [{EDITION!r}]"),
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
        (
            lambda: program(EDITION, ENDED, later("FY40 Q1")),
            "Program P: changes[2]",
            "must not follow the end: state another program",
        ),
        (lambda: program(EDITION, entry_tier="Base"), "Program P: entry_tier", "must be Tier, got 'Base'"),
        (
            lambda: program(EDITION, entry_tier=Tier.RIDGE),
            "Program P: changes[0]",
            "must have no tier below Ridge, the entry tier",
        ),
    ],
)
def test_bad_rule_data_cannot_be_constructed(call: Callable[[], Any], where: str, fault: str) -> None:
    """Rules that contradict themselves or lack a source are refused with the path to the fault."""
    with pytest.raises(tb.errors.RuleDataError) as caught:
        call()
    assert where == caught.value.where
    assert fault == caught.value.fault
    assert f"{caught.value.where}: {caught.value.fault}" == str(caught.value)


def test_a_datetime_is_no_end() -> None:
    """The end of a program must be a date."""
    with pytest.raises(tb.errors.WrongTypeError, match="ProgramEnd: on must be a date, got '2030-03-01'"):
        ProgramEnd("2030-03-01", "nothing", CITED)  # type: ignore[arg-type]  # what is tested


SAME_ID = Citation(Certainty.PUBLISHED, (Source("S1", "My own handbook", "2026"),))
TWICE = Citation(Certainty.PUBLISHED, (Source("T9", "A guide", "2024"), Source("T9", "Another guide", "2025")))


@pytest.mark.parametrize(
    "changes",
    [
        (attrs.evolve(EDITION, carryover_citation=SAME_ID),),
        (attrs.evolve(EDITION, start_citation=TWICE),),
        (attrs.evolve(EDITION, thresholds=(Threshold(Tier.BASE, 0, CITED, inclusive_citation=SAME_ID),)),),
        (EDITION, attrs.evolve(ENDED, citation=SAME_ID)),
    ],
)
def test_two_documents_cannot_have_one_id(changes: Any) -> None:
    """A program cannot call another document S1, since the rules of the library cite S1, so no fact is credited to another."""
    with pytest.raises(tb.errors.RuleDataError, match=r"Source (S1|T9): must have a unique id"):
        program(*changes)


def test_a_label_does_not_take_the_name_of_another_fact() -> None:
    """A label that is also the name of a fact or of another tier stands for neither in `citation`."""
    own = {
        name: Citation(Certainty.PUBLISHED, (Source(name, "A page", "2020"),)) for name in ("base", "ridge", "crest", "carry")
    }
    bounds = (
        Threshold(Tier.BASE, 0, own["base"]),
        Threshold(Tier.RIDGE, 1, own["ridge"], "carryover"),
        Threshold(Tier.CREST, 2, own["crest"], "Base"),
    )
    edition = attrs.evolve(EDITION, start_citation=own["base"], thresholds=bounds, carryover_citation=own["carry"])
    assert (own["carry"], own["base"]) == (edition.citation("carryover"), edition.citation("Base"))
    assert (own["ridge"], own["crest"]) == (edition.citation("Ridge"), edition.citation(Tier.CREST))


@pytest.mark.parametrize("fact", [Tier.SUMMIT, "Summit", "", None, 1, b"start"])
def test_an_edition_does_not_have_every_fact(fact: Any) -> None:
    """What the edition does not state is a `KeyError`, also if a label reads like it."""
    edition = attrs.evolve(EDITION, thresholds=(*EDITION.thresholds[:1], Threshold(Tier.CREST, 10, CITED, "None")))
    with pytest.raises(KeyError):
        edition.citation(fact)


def test_the_sources_of_an_edition_include_those_of_a_reading() -> None:
    """The document behind "exactly this score is enough" is one of them (rule D8)."""
    read = Citation(Certainty.INFERRED, (Source("T8", "A reading", "2020"),))
    edition = attrs.evolve(
        EDITION, thresholds=(EDITION.thresholds[0], Threshold(Tier.CREST, 10, CITED, inclusive_citation=read))
    )
    assert read.sources[0] in edition.sources


@pytest.mark.parametrize("text", ["two\nlines", "two\r\nlines", "two\u2028lines"])
def test_names_and_notes_are_one_line(text: str) -> None:
    """A table or a representation would break at the end of a line."""
    for make in (
        lambda: Source("T1", text, "2020"),
        lambda: Threshold(Tier.BASE, 0, CITED, text),
        lambda: attrs.evolve(CITED, note=text),
        lambda: attrs.evolve(program(EDITION), note=text),
        lambda: attrs.evolve(program(EDITION), name=text),
    ):
        with pytest.raises(tb.errors.RuleDataError, match="must be one line, got"):
            make()
