"""One certainty for one fact: every view of an edition's number says what `edition.citation` says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import BEST_OF_FOUR
from strategies import Partner, contiguous, made_up_programs

import tbtier as tb
from tbtier import Tier, Timeline
from tbtier.programs import PROGRAMS
from tbtier.rules import Certainty, Citation, Edition, Program, ProgramEnd, Source, Threshold
from tbtier.rules.rulebook import EVALUATION_RULES

ONE_DAY = timedelta(days=1)
PAGE = Path(__file__).parents[1] / "docs" / "rules.md"
Claim = tuple[str, tuple[str, ...]]
"""A certainty and the ids of the sources beside it."""


@st.composite
def cited_programs(draw: st.DrawFn) -> Program:
    """Draw a program in which each fact has a source that no other fact has, so that a claim shows which fact it is about."""
    program = draw(made_up_programs())
    certainties = st.sampled_from(Certainty)

    def cited(fact: str) -> Citation:
        return Citation(draw(certainties), (Source(fact, "A made-up page", "2020"),))

    changes: list[Any] = []
    for index, change in enumerate(program.changes):
        name = f"E{index}"
        if isinstance(change, Edition):
            bounds = tuple(attrs.evolve(bound, citation=cited(f"{name}-{bound.tier}")) for bound in change.thresholds)
            facts = {f"{fact}_citation": cited(f"{name}-{fact}") for fact in ("start", "maximum", "carryover")}
            change = attrs.evolve(change, thresholds=bounds, **facts)
        changes.append(change)
    return attrs.evolve(program, changes=tuple(changes))


def claim(citation: Citation) -> Claim:
    """Return a citation as its certainty and the ids of its sources."""
    return str(citation.certainty), tuple(source.id for source in citation.sources)


def claims_in_text(text: str) -> Iterator[Claim]:
    """Yield each certainty that a text prints, with the ids after it."""
    for certainty, ids in re.findall(r"\b(published|derived|inferred), (?!not published)([\w-]+(?:,\s+[\w-]+)*)", text):
        yield certainty, tuple(re.split(r",\s+", ids))


def claims_in_plain(value: Any) -> Iterator[Claim]:
    """Yield each certainty in plain data, with the ids beside it."""
    if isinstance(value, dict):
        if "certainty" in value:
            yield value["certainty"], tuple(value["sources"])
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            yield from claims_in_plain(entry)


def views_of(timeline: Timeline) -> Iterator[tuple[str, str, Any]]:
    """Yield each answer about a timeline, as its kind, its text and its plain data."""
    days = [timeline.start, timeline.periods[-1].start, timeline.stop - ONE_DAY]
    answers: list[Any] = [timeline, *timeline.decisions, *(timeline.explain(day) for day in days)]
    answers += [tb.outlook(timeline, as_of=day) for day in days]
    answers += [tb.plan(timeline, tier, by=days[-1], as_of=day) for day in days[::2] for tier in timeline.program.tiers]
    lowest, highest = timeline.program.tiers[0], timeline.program.tiers[-1]
    another = attrs.evolve(timeline, starting_tier=lowest if timeline.starting_tier is highest else highest)
    findings = tb.audit([(period.start, lowest) for period in another.periods], timeline)
    answers += [*tb.diff(timeline, another), *findings]
    for answer in answers:
        yield type(answer).__name__, str(answer), answer.to_dict()
    for finding in findings:
        yield "case", finding.case(), {}


def stated(program: Program) -> dict[Claim, str]:
    """Return the claims that a view may make, each with its fact: those of the editions, the rulebook and the program's end."""
    facts = {
        claim(citation): f"{change.start} {fact}"
        for change in program.changes
        if isinstance(change, Edition)
        for fact, citation in change.citations.items()
    }
    ends = [change.citation for change in program.changes if isinstance(change, ProgramEnd)]
    others = [*(rule.citation for rule in EVALUATION_RULES), *ends]
    return {**dict.fromkeys(map(claim, others), ""), **facts}


@given(contiguous(of=cited_programs()))
def test_every_view_says_what_the_citation_says(partner: Partner) -> None:
    """No text and no plain data of an answer gives a fact another certainty, or other sources, than its edition does."""
    allowed = stated(partner.program)
    for kind, text, plain in views_of(partner.timeline):
        for made in (*claims_in_text(text), *claims_in_plain(plain)):
            assert made in allowed, kind


FIXED = attrs.evolve(
    BEST_OF_FOUR,
    changes=(
        attrs.evolve(
            BEST_OF_FOUR.changes[0],
            thresholds=tuple(
                Threshold(tier, score, Citation(Certainty.INFERRED, (Source(f"bound-{tier}", "A made-up page", "2020"),)))
                for tier, score in ((Tier.BASE, 0), (Tier.RIDGE, 250), (Tier.CREST, 500), (Tier.SUMMIT, 750))
            ),
            carryover_citation=Citation(Certainty.INFERRED, (Source("carried", "A made-up page", "2020"),)),
        ),
    ),
)
"""A program whose bounds and carryover have sources of their own."""


def test_every_kind_of_view_names_the_numbers() -> None:
    """Each kind of answer that rests on a bound claims something about it, so that the law above has something to check."""
    timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 520, "FY24 Q3": 0, "FY24 Q4": 260}, program=FIXED, starting_tier="Base")
    numbers = {one for one, fact in stated(FIXED).items() if fact and one[0] == "inferred"}
    in_text, in_plain = set(), set()
    for kind, text, plain in views_of(timeline):
        in_text |= {kind} if numbers & set(claims_in_text(text)) else set()
        in_plain |= {kind} if numbers & set(claims_in_plain(plain)) else set()
    assert {"Decision", "Explanation", "Secured", "Open", "Impossible", "case"} <= in_text
    assert {
        "Timeline",
        "Decision",
        "Explanation",
        "Outlook",
        "Secured",
        "Open",
        "Impossible",
        "Difference",
        "Finding",
    } <= in_plain


def starred_facts(program: Program) -> list[list[bool]]:
    """Return for each edition which of its facts are inferred: its start, its bounds, its maximum and its carryover."""
    return [[citation.is_inferred for citation in edition.citations.values()] for edition in program.editions]


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_printed_table_of_a_program_has_the_same_stars(name: str) -> None:
    """A printed program stars a fact if its citation is inferred, and no other fact."""
    rows = [re.split(r" {2,}", line) for line in str(PROGRAMS[name]).splitlines()]
    editions = [row for row in rows if len(row) == 7 and row[0] != "from"]
    assert starred_facts(PROGRAMS[name]) == [[cell.endswith("*") for cell in row] for row in editions]


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_page_of_the_rules_has_the_same_certainties(name: str) -> None:
    """The documentation's two tables of an edition, side by side and in full, say what its citations say."""
    section = PAGE.read_text(encoding="utf-8").split(f"Its name in the library is `{name}`.")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| ")]
    editions = PROGRAMS[name].editions
    overview = [row for row in rows if len(row) == 7 and row[0] != "quarters" and row[1] != "not known"]
    assert starred_facts(PROGRAMS[name]) == [[cell.endswith(r"\*") for cell in row] for row in overview]
    in_full = [(row[2], tuple(re.findall(r"\[(.*?)\]\(#", row[3]))) for row in rows if len(row) == 5 and row[0] != "fact"]
    facts = [(edition, fact) for edition in editions for fact in edition.citations if fact != "start" or edition.start]
    assert [claim(edition.citation(fact)) for edition, fact in facts] == in_full
