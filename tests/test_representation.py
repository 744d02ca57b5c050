"""What every answer and every program has: a short representation, plain data that survives JSON, and a printed table."""

from __future__ import annotations

import dataclasses
import datetime
import json
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis.vendor.pretty import pretty
from made_up import BEST_OF_FOUR, PUBLISHED, Q4_ALONE

import tbtier as tb
from tbtier import ScoreHistory, Tier, Timeline
from tbtier.rules import Certainty, Citation, Program, ProgramEnd, Source, Threshold, UnknownRules
from tbtier.rules.plain import titled
from tbtier.scorecard import Activity, Metric, Scorecard, StandsUntil, pledge_shows_on

SCORES = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": Tier.CREST}
TIMELINE = tb.evaluate(SCORES, program=BEST_OF_FOUR, starting_tier="Ridge")
NOVEMBER = date(2023, 11, 20)
FINDING = tb.audit([(TIMELINE.start, "Base"), (date(2023, 9, 1), "Crest")], TIMELINE)[0]
DIFFERENCE = tb.diff(TIMELINE, tb.evaluate(SCORES, program=BEST_OF_FOUR, starting_tier="Summit"))[0]
VIEW = tb.outlook(TIMELINE, as_of=NOVEMBER)

ANSWERS = {
    "tbtier.timeline/1": (TIMELINE, "<Timeline: BEST_OF_FOUR from 2023-03-01 to 2024-05-31, Ridge, Crest>"),
    "tbtier.decision/1": (TIMELINE.decisions[1], "<Decision: 2023-09-01: Ridge to Crest, promoted (FY24 Q2)>"),
    "tbtier.explanation/1": (TIMELINE.explain(NOVEMBER), "<Explanation: Crest on 2023-11-20 (BEST_OF_FOUR, PY24)>"),
    "tbtier.outlook/1": (
        VIEW,
        "<Outlook: BEST_OF_FOUR on 2023-11-20 (FY24 Q4, PY24): Crest is held, and cannot fall before 2025-03-01>",
    ),
    "tbtier.plan/1": (
        VIEW.requirement("Summit"),
        "<Open: at least Summit on 2024-03-01 (BEST_OF_FOUR, as of 2023-11-20): open until 2024-01-31>",
    ),
    "tbtier.difference/1": (
        DIFFERENCE,
        "<Difference: 2023-03-01 to 2023-08-31: Ridge (starting tier), then Summit (starting tier)>",
    ),
    "tbtier.finding/1": (FINDING, "<Finding: 2023-03-01 to 2023-08-31: wrong-tier: Ridge expected, Base observed>"),
    "tbtier.showing/1": (pledge_shows_on(date(2023, 4, 30)), "<Showing: shows about from 2023-05-28 to 2023-05-31>"),
}


@pytest.mark.parametrize("form", ANSWERS)
def test_the_representation_of_an_answer_is_its_first_line(form: str) -> None:
    """It names no document, however many the answer rests on."""
    answer, shown = ANSWERS[form]
    assert shown == repr(answer)


@pytest.mark.parametrize("form", ANSWERS)
def test_plain_data_survive_json_and_list_their_sources(form: str) -> None:
    """Every answer names its format, and every id of a source in it is one of its sources, which are all of the answer's."""
    answer, _ = ANSWERS[form]
    plain = answer.to_dict()
    assert plain == json.loads(json.dumps(plain))
    assert form == plain["format"]
    assert {source.id: source.title for source in answer.sources} == {
        name: source["title"] for name, source in plain["sources"].items()
    }
    assert set(cited_in({**plain, "sources": None})) <= set(plain["sources"])


def cited_in(value: Any) -> list[str]:
    """Return the ids of sources in plain data."""
    if isinstance(value, dict):
        own = value["sources"] if "certainty" in value else []
        return [*own, *(name for entry in value.values() for name in cited_in(entry))]
    return [name for entry in value for name in cited_in(entry)] if isinstance(value, list) else []


def test_a_timeline_of_many_tiers_names_the_first_and_the_last() -> None:
    """The periods have them all."""
    scores = {f"FY{year} Q{number}": 800 if year % 2 else 100 for year in range(24, 32) for number in (1, 2, 3, 4)}
    timeline = tb.evaluate(scores, program=BEST_OF_FOUR, starting_tier="Crest")
    assert ["Crest", *["Base", "Summit"] * 4] == [str(period.tier) for period in timeline.periods]
    assert repr(timeline).endswith(", Crest, Base, Summit, Base, Summit, ..., Summit>")


def test_a_timeline_of_six_tiers_names_all() -> None:
    """Nothing is left out where a dash of dots would save nothing."""
    scores = {f"FY{year} Q{number}": 800 if year % 2 else 100 for year in range(24, 29) for number in (1, 2, 3, 4)}
    timeline = tb.evaluate(scores, program=BEST_OF_FOUR, starting_tier="Crest")
    assert repr(timeline).endswith(", Crest, Base, Summit, Base, Summit, Base>")


LONGER = tb.evaluate({**SCORES, "FY25 Q1": 505}, program=BEST_OF_FOUR, starting_tier="Ridge")
CHANGED = tb.diff(LONGER, tb.evaluate({**SCORES, "FY24 Q1": 760}, program=BEST_OF_FOUR, starting_tier="Ridge"))[0]


@pytest.mark.parametrize("answer", [LONGER, *LONGER.decisions, LONGER.explain(NOVEMBER), VIEW, *VIEW.requirements, CHANGED])
def test_an_answer_names_each_document_once(answer: Any) -> None:
    """A document behind several parts of an answer is not repeated."""
    names = [source.id for source in answer.sources]
    assert sorted(set(names)) == sorted(names)


def test_a_representation_fits_in_a_cell() -> None:
    """It ends after some 300 characters, however long a name is; the text has all of it."""
    program = attrs.evolve(BEST_OF_FOUR, name="X" * 500)
    view = tb.outlook(tb.evaluate(SCORES, program=program, starting_tier="Ridge"), as_of=NOVEMBER)
    assert f"<Outlook: {'X' * 267}...>" == repr(view)
    assert "cannot fall before 2025-03-01" in str(view)
    for length, shown in ((270, "X" * 270), (271, "X" * 267 + "...")):
        assert f"<Headed: {shown}>" == titled(Headed("X" * length))


class Headed(str):
    """A text."""


def test_a_scorecard_is_shown_by_its_program() -> None:
    """Its activities are counted, since each states its metric and a rule."""
    metric = Metric("Surveys", pillar="Success", maximum=100, stands_until=StandsUntil.YEAR_END)
    card = Scorecard([Activity(metric, date(2023, 4, 30), 60)], program=BEST_OF_FOUR)
    assert "<Scorecard: BEST_OF_FOUR, activities: 1>" == repr(card)


def test_hypothesis_shows_the_call_that_makes_a_timeline() -> None:
    """A failing example can be pasted; the program is shown by its name."""
    shown = pretty(TIMELINE)
    names = {
        "BEST_OF_FOUR": BEST_OF_FOUR,
        "Timeline": Timeline,
        "ScoreHistory": ScoreHistory,
        "Tier": Tier,
        "datetime": datetime,
    }
    assert shown.startswith("Timeline(program=BEST_OF_FOUR, history=ScoreHistory({'FY24 Q1': 310, ")
    assert TIMELINE == eval(shown, names)


def test_what_answers_are_made_of_is_shown_briefly() -> None:
    """A result, a basis, a reason, an edition and a program are shown by what tells them apart."""
    decision = TIMELINE.decisions[0]
    (edition,) = BEST_OF_FOUR.changes
    assert "<Result: FY24 Q1, scored, 310>" == repr(decision.result)
    assert "<Result: FY24 Q3, not scored>" == repr(TIMELINE.decisions[2].result)
    assert "<Basis: Ridge on 2023-06-01>" == repr(decision.basis)
    assert "<Reason: 310 earns Ridge from 250 (edition for all time: published, T2)>" == repr(decision.reasons[1])
    assert "<Edition: all time, Base from 0, Ridge from 250, Crest from 500, Summit from 750>" == repr(edition)
    assert "<Program: BEST_OF_FOUR>" == repr(BEST_OF_FOUR)


GUESSED = Citation(Certainty.INFERRED, (Source("T3", "Another made-up page", "2020"),))


def test_a_program_is_printed_as_a_table() -> None:
    """Editions are rows; what is inferred has a star; other changes are sentences between them."""
    (edition,) = Q4_ALONE.changes
    assert not isinstance(edition, (UnknownRules, ProgramEnd))
    bounds = (Threshold(Tier.BASE, 0, PUBLISHED, "Bronze"), Threshold(Tier.CREST, 40, GUESSED))
    program = Program(
        name="CLUB",
        entry_tier=Tier.BASE,
        changes=(
            attrs.evolve(edition, start="FY20 Q1", thresholds=bounds, maximum_score=60),
            UnknownRules(start="FY21 Q1", reason="the page is lost"),
            attrs.evolve(edition, start="FY22 Q1", start_citation=GUESSED),
            ProgramEnd(on=date(2022, 6, 1), replaced_by="a raffle", citation=GUESSED),
        ),
        note="made up",
    )
    assert str(program).splitlines() == [
        "CLUB: a partner enters as Base",
        "made up",
        "",
        "from      Base        Ridge  Crest  Summit  maximum  carryover",
        "FY20 Q1   0 (Bronze)  -      40*    -       60       the tier earned in Q4",
        "FY21 Q1  the rules are not known: the page is lost",
        "FY22 Q1*  0*          250*   500*   750*    1000*    the tier earned in Q4*",
        "2022-06-01  the program ends*, replaced by a raffle",
        "* inferred, not published",
    ]


VALUES = [answer for answer, _ in ANSWERS.values()] + [
    BEST_OF_FOUR,
    *BEST_OF_FOUR.changes,
    PUBLISHED,
    *PUBLISHED.sources,
    TIMELINE.history,
    TIMELINE.periods[0],
    TIMELINE.decisions[0].basis,
    TIMELINE.decisions[0].result,
    TIMELINE.decisions[0].result.cycle,
    TIMELINE.decisions[0].reasons[0],
    tb.FiscalQuarter(2024, 1),
    tb.FiscalYear(2024),
    tb.ProgramYear(2024),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_that_is_evolved_without_a_change_is_equal(value: Any) -> None:
    """`attrs.evolve`, or `replace` of a dataclass, works with every value, and derives the same fields again."""
    assert value == (attrs.evolve(value) if attrs.has(type(value)) else dataclasses.replace(value))
