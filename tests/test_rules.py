"""Editions, programs and cycles: the rules in force in a quarter, and their answers."""

from __future__ import annotations

from datetime import date

import pytest
from made_up import APPS, BEST_OF_FOUR, GUILD
from small import CITED, EDITION, ENDED, later, program

import tbtier as tb
from tbtier import FiscalQuarter, Tier
from tbtier.rules import Certainty, Cycle, Program, ProgramEnd, UnknownRules
from tbtier.rules.cycles import cycle_at, latest_effective

PUBLISHED, DERIVED, INFERRED = Certainty.PUBLISHED, Certainty.DERIVED, Certainty.INFERRED


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
        (APPS, "2024-03-01", "FY24 Q1, FY24 Q2, FY24 Q3, FY24 Q4"),
        (APPS, "2024-07-31", "FY24 Q1, FY24 Q2, FY24 Q3, FY24 Q4, FY25 Q1"),
        (APPS, "2022-03-01", "FY22 Q4"),
        (APPS, "2022-05-31", "FY22 Q4"),
        (GUILD, "2022-02-28", "FY21 Q4, FY22 Q1, FY22 Q2, FY22 Q3"),
        (GUILD, "2023-03-01", "FY23 Q4"),
        (GUILD, "2024-02-29", "FY23 Q4, FY24 Q1, FY24 Q2, FY24 Q3"),
        (GUILD, "2024-03-01", "FY24 Q1, FY24 Q2, FY24 Q3, FY24 Q4"),
        (BEST_OF_FOUR, "2023-11-30", "FY23 Q1, FY23 Q2, FY23 Q3, FY23 Q4, FY24 Q1, FY24 Q2"),
        (BEST_OF_FOUR, "2023-12-01", "FY23 Q1, FY23 Q2, FY23 Q3, FY23 Q4, FY24 Q1, FY24 Q2, FY24 Q3"),
    ],
)
def test_these_quarters_count_towards_a_day(given: Program, day: str, quarters: str) -> None:
    """The quarters that set the starting tier count, and so do the quarters that have taken effect since (R6, R7)."""
    first, last = FiscalQuarter.parse(quarters.split(", ")[0]), FiscalQuarter.parse(quarters.split(", ")[-1])
    known = [FiscalQuarter(first.year, 1) + number for number in range(last - FiscalQuarter(first.year, 1) + 1)]
    timeline = tb.evaluate(dict.fromkeys(known), program=given, starting_tier=given.entry_tier)
    basis = timeline.explain(date.fromisoformat(day)).basis
    assert quarters == ", ".join(str(result.quarter) for result in basis.results)


def test_with_edition_of_keeps_one_edition_for_all_time() -> None:
    """The name of the what-if program can be pasted, and its note says that it is not a record."""
    then = GUILD.with_edition_of("FY21 Q1")
    assert "GUILD.with_edition_of('FY21 Q1')" == then.name
    assert then == eval(then.name) == GUILD.with_edition_of(" fy2021q1 ")
    assert "a what-if, not a record: the edition of FY21 Q1 for all time" == then.note
    assert Tier.RIDGE is then.tier_for(450, "FY1999 Q1")
    assert Tier.PROVISIONAL is then.entry_tier
    assert None is then.ended_on
    assert "FY40 Q1" == str(then.cycle("FY40 Q1").quarter)


def test_an_edition_may_change_in_mid_year() -> None:
    """Each edition is in force from its own quarter on."""
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
    with pytest.raises(tb.errors.UnknownRuleError, match=r"known are the beginning to FY24 Q4$"):
        program(later(None), UnknownRules("FY25 Q1", "lost")).edition("FY25 Q1")


def test_every_quarter_that_counts_must_have_known_rules() -> None:
    """A plan needs the rules of each quarter that counts, not only of the Q4 that sets the carryover."""
    given = program(EDITION, UnknownRules("FY24 Q3", "lost"), later("FY24 Q4"))
    timeline = tb.evaluate({"FY24 Q1": 1}, program=given, starting_tier="Base")
    with pytest.raises(tb.errors.UnknownRuleError, match="for FY24 Q3 are not known: lost"):
        tb.plan(timeline, "Base", by=date(2024, 3, 1), as_of=date(2023, 7, 1))


def test_before_the_first_edition_nothing_is_known() -> None:
    """The rules are known from the first edition on, and the last edition stays in force."""
    known = program(EDITION)
    assert [False, True, True] == [known.knows(quarter) for quarter in ("FY23 Q4", "FY24 Q1", "FY34 Q1")]


def test_the_last_quarter_known_is_the_way_to_model_on() -> None:
    """The error names the last quarter with known rules, and its edition can be used for all time."""
    given = program(EDITION, UnknownRules("FY25 Q2", "lost"), UnknownRules("FY26 Q1", "lost too"), ENDED)
    with pytest.raises(tb.errors.ProgramEndedError) as caught:
        given.edition("FY31 Q1")
    assert "FY25 Q1" == str(caught.value.last)
    assert "FY24 Q1 to FY25 Q1" == caught.value.known
    assert EDITION.maximum_score == given.with_edition_of(caught.value.last).edition("FY31 Q1").maximum_score


def test_a_cycle_is_found_again_from_its_effective_date() -> None:
    """A quarter and its effective date determine each other in every year of the calendar."""
    for ordinal in range(FiscalQuarter(2, 1)._ordinal, FiscalQuarter(9999, 4)._ordinal + 1):
        acts = cycle_at(ordinal).effective_on
        assert ordinal == latest_effective(acts)
        assert ordinal - 1 == latest_effective(acts.replace(day=1) - date.resolution)


def test_a_cycle_is_its_quarter() -> None:
    """Cycles are equal if their quarters are, and show their quarter."""
    assert Cycle(FiscalQuarter(2024, 1)) == Cycle("FY24 Q1") == APPS.cycle("FY24 Q1")
    with pytest.raises(TypeError, match="takes 2 positional arguments"):
        Cycle(FiscalQuarter(2024, 1), date(2023, 6, 1))  # type: ignore[call-arg]  # dates follow
    assert "Cycle(quarter=FiscalQuarter(year=2024, number=1))" == repr(APPS.cycle("FY24 Q1"))


def test_a_fact_has_one_citation_by_any_of_its_names() -> None:
    """A citation is found by a tier, its name or its label in upper or lower case, and an unknown fact is refused."""
    edition = GUILD.edition("FY20 Q1")
    assert (
        edition.thresholds[2].citation == edition.citation(Tier.CREST) == edition.citation("crest") == edition.citation("GOLD")
    )
    assert edition.maximum_citation == edition.citation("maximum")
    assert edition.carryover_citation == edition.citation("carryover")
    with pytest.raises(KeyError):
        edition.citation("fee")


@pytest.mark.parametrize("score", range(21))
def test_every_score_earns_the_tier_of_its_bound(score: int) -> None:
    """Crest begins at 10, Base below; a history of one score is judged as the score alone is."""
    given = program(EDITION)
    timeline = tb.evaluate({"FY24 Q1": score}, program=given, starting_tier="Base")
    earned = Tier.CREST if score >= 10 else Tier.BASE
    assert earned is given.tier_for(score, "FY24 Q1") is timeline.tier_on(date(2023, 6, 1))


@pytest.mark.parametrize("score", [21, 22])
def test_no_score_above_the_maximum_earns_a_tier(score: int) -> None:
    """The maximum is 20, for a history as for a score alone."""
    for judge in (
        lambda: program(EDITION).tier_for(score, "FY24 Q1"),
        lambda: tb.evaluate({"FY24 Q1": score}, program=program(EDITION), starting_tier="Base"),
    ):
        with pytest.raises(tb.errors.ScoreError, match=f"must be a whole number from 0 to 20, got {score}"):
            judge()


def test_the_quarter_of_a_score_is_read_from_its_text() -> None:
    """The error has the quarter itself, and rejects what is none."""
    with pytest.raises(tb.errors.ScoreError, match="the score of FY24 Q1 must be") as caught:
        EDITION.threshold(21, "FY24 Q1")  # type: ignore[arg-type]
    assert FiscalQuarter(2024, 1) == caught.value.quarter
    with pytest.raises(tb.errors.WrongTypeError):
        EDITION.threshold(5, 5)  # type: ignore[arg-type]


def test_a_fact_is_no_surer_than_the_dates_of_its_edition() -> None:
    """The page that states the numbers of FY21 has no date, so each number is inferred for FY21."""
    edition = APPS.edition("FY21 Q1")
    assert Certainty.PUBLISHED is edition.thresholds[1].citation.certainty
    assert {Certainty.INFERRED} == set(edition.certainties.values())
    assert "T6 has no date" == edition.citation("Ridge").note
