"""Plans to hold a tier on a day, with their answers in full; test_looking_ahead proves that they are exact."""

from __future__ import annotations

import json
from datetime import date, datetime

import attrs
import pytest
from made_up import APPS, GUILD, MODEL, T6

import tbtier as tb
from tbtier import FiscalQuarter, Impossible, Open, Secured, Tier
from tbtier.errors import OutsideTimelineError, RangeError, UnknownRuleError
from tbtier.rules import Carryover, Certainty

SCORES = {"FY24 Q1": 310, "FY24 Q2": Tier.CREST, "FY24 Q3": 400}
TIMELINE = tb.evaluate(SCORES, program=APPS, starting_tier=Tier.SUMMIT)
NOVEMBER, FEBRUARY = date(2023, 11, 20), date(2024, 2, 20)


def test_a_tier_is_secured_by_the_first_quarter_that_earned_it() -> None:
    """A quarter that earned a higher tier secures a tier too, and later quarters add nothing."""
    plan = tb.plan(TIMELINE, Tier.RIDGE, by=date(2024, 3, 1), as_of=NOVEMBER)
    assert isinstance(plan, Secured)
    assert (Tier.RIDGE, date(2024, 3, 1), FiscalQuarter(2024, 1)) == (plan.tier, plan.by, plan.secured_by)
    assert """\
at least Ridge on 2024-03-01 (APPS, as of 2023-11-20): secured by FY24 Q1
  FY24 Q1 earned Ridge from 250 (edition FY24 Q1: published, T2)
  PY25 starts on 2024-03-01 with the best tier earned in FY24 (R7: published, T2)""" == str(plan)
    assert """\
at least Crest on 2024-03-01 (APPS, as of 2023-11-20): secured by FY24 Q2
  FY24 Q2 earned Crest, by a score that is not known (D1: inferred, tbtier)
  PY25 starts on 2024-03-01 with the best tier earned in FY24 (R7: published, T2)""" == str(
        tb.plan(TIMELINE, Tier.CREST, by=date(2024, 3, 1), as_of=NOVEMBER)
    )


def test_a_tier_is_secured_inside_a_program_year() -> None:
    """A tier that has taken effect in a program year is kept until that year ends (R6)."""
    timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 540}, program=APPS, starting_tier="Base")
    assert """\
at least Crest on 2024-02-29 (APPS, as of 2023-08-01): secured by FY24 Q2
  FY24 Q2 earned Crest from 500 (edition FY24 Q1: published, T2)
  inside PY24 the highest tier wins, and nothing falls before 2024-03-01 (R6: published, S1, S6)""" == str(
        tb.plan(timeline, Tier.CREST, by=date(2024, 2, 29), as_of=date(2023, 8, 1))
    )


def test_retention_is_planned_too() -> None:
    """A Summit earned in FY24 Q2 is held on the last day of PY25, and not on the day after it."""
    timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 800}, program=MODEL, starting_tier="Base")
    on = date(2023, 9, 15)
    kept = tb.plan(timeline, Tier.SUMMIT, by=date(2025, 2, 28), as_of=on)
    assert isinstance(kept, Secured)
    assert FiscalQuarter(2024, 2) == kept.secured_by
    lost = tb.plan(timeline, Tier.SUMMIT, by=date(2025, 3, 1), as_of=on)
    assert isinstance(lost, Open)
    assert [(FiscalQuarter(2025, number), 750) for number in (1, 2, 3, 4)] == [
        (option.cycle.quarter, option.score) for option in lost.options
    ]


def test_a_tier_is_secured_by_the_starting_tier() -> None:
    """The starting tier is kept until the first March 1 (D3, R6)."""
    plan = tb.plan(TIMELINE, Tier.CREST, by=date(2024, 2, 29), as_of=NOVEMBER)
    assert isinstance(plan, Secured)
    assert plan.secured_by is None
    assert """\
at least Crest on 2024-02-29 (APPS, as of 2023-11-20): secured
  Summit is the tier held on 2023-03-01 (D3: inferred, tbtier)
  nothing falls inside PY24, before 2024-03-01 (R6: published, S1, S6)""" == str(plan)


def test_the_entry_tier_is_always_secured() -> None:
    """No partner falls below the entry tier (D2)."""
    plan = tb.plan(TIMELINE, Tier.PROVISIONAL, by=date(2024, 7, 31), as_of=NOVEMBER)
    assert """\
at least Provisional on 2024-07-31 (APPS, as of 2023-11-20): secured
  Base is the entry tier, held if nothing is scored (D2: inferred, tbtier)""" == str(plan)
    assert json.loads(json.dumps(plan.to_dict())) == plan.to_dict()
    assert plan.to_dict()["secured_by"] is None


def test_an_open_tier_has_chances() -> None:
    """Each option has its closing day and the score under its own edition, and a quarter that awaits its score is named."""
    plan = tb.plan(TIMELINE, Tier.SUMMIT, by=date(2024, 7, 1), as_of=FEBRUARY)
    assert isinstance(plan, Open)
    assert (tb.Option(APPS.cycle("FY25 Q1"), 750),) == plan.options
    assert (APPS.cycle("FY24 Q4"),) == plan.awaiting_score
    assert date(2024, 4, 30) == plan.last_day
    assert """\
at least Summit on 2024-07-01 (APPS, as of 2024-02-20): open until 2024-04-30, and one of these is enough
  750 or more in FY25 Q1, which closes on 2024-04-30, earns Summit (edition FY24 Q1: inferred, T2, T3)
  750 or more in FY24 Q4, which closed on 2024-01-31 and awaits its score, earns Summit (edition FY24 Q1: inferred, T2, T3)
  FY25 Q1 takes effect on 2024-06-01 (R4a: derived, S2, S1)
  FY24 Q4 takes effect on 2024-03-01 (R4: published, S2, S1)
  inside PY25 the highest tier wins, and nothing falls before 2025-03-01 (R6: published, S1, S6)
  PY25 starts on 2024-03-01 with the best tier earned in FY24 (R7: published, T2)""" == str(plan)


def test_on_its_closing_day_a_quarter_is_open() -> None:
    """A quarter is still open on the day on which it closes."""
    plan = tb.plan(TIMELINE, Tier.SUMMIT, by=date(2024, 3, 1), as_of=date(2023, 10, 31))
    assert isinstance(plan, Open)
    assert "750 or more in FY24 Q3, which closes on 2023-10-31, earns Summit" == plan.reasons[0].text
    assert date(2024, 1, 31) == plan.last_day


def test_one_of_several_is_enough() -> None:
    """The first line says that one of several open or awaiting quarters is enough."""
    timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 280, "FY24 Q3": 400}, program=MODEL, starting_tier="Base")
    plan = tb.plan(timeline, Tier.SUMMIT, by=date(2024, 9, 1), as_of=FEBRUARY)
    assert isinstance(plan, Open)
    assert (2, 1) == (len(plan.options), len(plan.awaiting_score))
    assert str(plan).splitlines()[0].endswith(": open until 2024-07-31, and one of these is enough")
    alone = tb.plan(timeline, Tier.SUMMIT, by=date(2024, 3, 1), as_of=NOVEMBER)
    assert str(alone).splitlines()[0].endswith(": open until 2024-01-31")


def test_an_awaited_score_keeps_a_tier_open() -> None:
    """A plan without options stays open while a quarter awaits its score, and has no last day."""
    plan = tb.plan(TIMELINE, Tier.SUMMIT, by=date(2024, 3, 1), as_of=FEBRUARY)
    assert isinstance(plan, Open)
    assert ((), (APPS.cycle("FY24 Q4"),), None) == (plan.options, plan.awaiting_score, plan.last_day)
    assert (
        "at least Summit on 2024-03-01 (APPS, as of 2024-02-20): open, and rests on a score that is awaited"
        == str(plan).splitlines()[0]
    )
    assert plan.to_dict()["last_day"] is None


def test_each_chance_has_the_score_of_its_own_edition() -> None:
    """FY21 Q4 follows the edition of FY21, whose start is inferred, and FY22 Q1 by the published edition of FY22 (D7)."""
    timeline = tb.evaluate({"FY21 Q1": 100}, program=APPS, starting_tier="Base")
    plan = tb.plan(timeline, Tier.SUMMIT, by=date(2021, 6, 1), as_of=date(2020, 5, 20))
    assert isinstance(plan, Open)
    assert [("FY21 Q4", 560), ("FY22 Q1", 680)] == [(str(option.cycle.quarter), option.score) for option in plan.options]
    inferred, published = plan.reasons[:2]
    assert (Certainty.INFERRED, Certainty.PUBLISHED) == (inferred.citation.certainty, published.citation.certainty)
    assert APPS.edition("FY21 Q1").start_citation.note == inferred.citation.note
    assert "PY22 starts on 2021-03-01 with the tier earned in FY21 Q4 (R7: inferred, T5)" in str(plan)


def test_a_merged_citation_names_all_sources() -> None:
    """A score is as sure as its threshold and the start of its edition are together."""
    timeline = tb.evaluate({"FY23 Q1": 100}, program=GUILD, starting_tier="Provisional")
    plan = tb.plan(timeline, Tier.CREST, by=date(2023, 7, 1), as_of=date(2022, 5, 20))
    edition = GUILD.edition("FY24 Q1")
    assert isinstance(plan, Open)
    assert "500 or more in FY24 Q1, which closes on 2023-04-30, earns Crest" == plan.reasons[1].text
    assert edition.citations["Crest"] == plan.reasons[1].citation
    dated = attrs.evolve(edition.start_citation, sources=(T6,), note="dated by a test")
    number = attrs.evolve(edition.citations["Crest"], certainty=Certainty.PUBLISHED, note="read by a test")
    merged = number.within(dated)
    assert (Certainty.INFERRED, (*number.sources, T6), "read by a test; dated by a test") == attrs.astuple(
        merged, recurse=False
    )


def test_an_impossible_tier_says_why_and_from_when_it_is_possible() -> None:
    """In February no quarter of the old year is open, and those of the new year take effect from June on."""
    timeline = tb.evaluate({**SCORES, "FY24 Q4": 430}, program=APPS, starting_tier="Base")
    plan = tb.plan(timeline, Tier.SUMMIT, by=date(2024, 3, 2), as_of=FEBRUARY)
    assert isinstance(plan, Impossible)
    assert date(2024, 6, 1) == plan.possible_from
    text = "no quarter that counts towards 2024-03-02 can still earn Summit; the tier is Crest"
    assert text == plan.reason
    assert f"""\
at least Summit on 2024-03-02 (APPS, as of 2024-02-20): impossible; 2024-06-01 is the first day on which it may be held
  {text} (R7: published, S1, S5, S10)
  FY24 Q2 earned Crest, by a score that is not known (D1: inferred, tbtier)
  PY25 starts on 2024-03-01 with the best tier earned in FY24 (R7: published, T2)
  430 in FY24 Q4 is below Crest from 500 (edition FY24 Q1: published, T2)
  FY25 Q1 takes effect on 2024-06-01 (R4a: derived, S2, S1)""" == str(plan)
    assert "2024-06-01" == plan.to_dict()["possible_from"]


def test_a_pending_decision_can_make_it_possible() -> None:
    """The tier that Q4 has earned is held from March 1 on."""
    timeline = tb.evaluate({**SCORES, "FY24 Q4": 800}, program=APPS, starting_tier="Base")
    plan = tb.plan(timeline, Tier.SUMMIT, by=FEBRUARY, as_of=FEBRUARY)
    assert isinstance(plan, Impossible)
    assert date(2024, 3, 1) == plan.possible_from
    assert ["R6", "D1", "R6", "edition FY24 Q1", "R4"] == [reason.rule for reason in plan.reasons]


def test_the_carryover_is_that_of_q4() -> None:
    """A carryover that changes in mid-year is the one in force in Q4, and its citation is merged."""
    edition = MODEL.edition("FY24 Q1")
    dated = attrs.evolve(edition.start_citation, certainty=Certainty.INFERRED, note="dated by a test")
    other = attrs.evolve(edition, start="FY24 Q4", start_citation=dated, carryover=Carryover.FINAL_QUARTER)
    program = attrs.evolve(MODEL, name="CHANGED", changes=(edition, other))
    timeline = tb.evaluate(
        {"FY24 Q1": 500, "FY24 Q2": 0, "FY24 Q3": 0, "FY24 Q4": 260}, program=program, starting_tier=program.entry_tier
    )
    plan = tb.plan(timeline, Tier.RIDGE, by=date(2024, 3, 1), as_of=FEBRUARY)
    assert isinstance(plan, Secured)
    assert FiscalQuarter(2024, 4) == plan.secured_by
    earned, carried = plan.reasons
    assert dated == carried.citation
    assert Certainty.INFERRED is earned.citation.certainty
    assert "dated by a test" == earned.citation.note
    assert "PY25 starts on 2024-03-01 with the tier earned in FY24 Q4" == carried.text


def test_answers_are_matched_by_what_they_say() -> None:
    """The positions of a pattern are the fields of the answer, not of the question."""
    match tb.plan(TIMELINE, Tier.RIDGE, by=date(2024, 3, 1), as_of=NOVEMBER):
        case Secured(by):
            assert FiscalQuarter(2024, 1) == by
    match tb.plan(TIMELINE, Tier.SUMMIT, by=date(2024, 3, 1), as_of=NOVEMBER):
        case Open(options, awaiting_score, last_day):
            assert ((tb.Option(APPS.cycle("FY24 Q4"), 750),), (), date(2024, 1, 31)) == (options, awaiting_score, last_day)
    match tb.plan(TIMELINE, Tier.BASE, by=date(2024, 8, 1), as_of=NOVEMBER):
        case Impossible(reason, possible_from):
            assert reason.startswith("no further evaluation")
            assert possible_from is None
    assert "note" in tb.plan(TIMELINE, Tier.BASE, by=date(2024, 8, 1), as_of=NOVEMBER).to_dict()


def test_a_model_says_so_in_its_plans() -> None:
    """The first two lines of a plan name its program, its day and the note of the program."""
    timeline = tb.evaluate({"FY24 Q1": 310}, program=MODEL, starting_tier="Base")
    plan = tb.plan(timeline, Tier.RIDGE, by=date(2024, 3, 1), as_of=date(2023, 5, 1))
    assert ["at least Ridge on 2024-03-01 (MODEL, as of 2023-05-01): secured by FY24 Q1", MODEL.note] == str(plan).splitlines()[
        :2
    ]
    plain = plan.to_dict()
    assert ("MODEL", MODEL.note, "2023-05-01") == (plain["program"], plain["note"], plain["as_of"])


def test_after_the_end_of_a_program_everything_is_impossible() -> None:
    """The reason is the end of the program, with its source."""
    plan = tb.plan(TIMELINE, Tier.BASE, by=date(2024, 8, 1), as_of=FEBRUARY)
    assert isinstance(plan, Impossible)
    assert plan.possible_from is None
    assert """\
at least Base on 2024-08-01 (APPS, as of 2024-02-20): impossible
  no further evaluation: APPS ends on 2024-08-01, replaced by badges, which are not earned by score \
(end of APPS: published, T7, T8)""" == str(plan)
    assert plan.to_dict()["possible_from"] is None
    before = tb.plan(TIMELINE, Tier.BASE, by=date(2024, 7, 31), as_of=FEBRUARY)
    assert isinstance(before, Secured)


def test_a_tier_that_no_quarter_can_earn_before_the_end_is_impossible() -> None:
    """After the last quarter has closed, the reasons end with the end of the program."""
    timeline = tb.evaluate({**SCORES, "FY24 Q4": 430, "FY25 Q1": 300}, program=APPS, starting_tier="Base")
    plan = tb.plan(timeline, Tier.SUMMIT, by=date(2024, 5, 10), as_of=date(2024, 5, 10))
    assert isinstance(plan, Impossible)
    assert plan.possible_from is None
    assert "no further evaluation: APPS ends on 2024-08-01" in plan.reasons[-1].text


def test_where_rules_are_not_known_it_is_not_said_when_a_tier_is_possible() -> None:
    """The rules of FY23 are not known, so the plan gives no day on which the tier is possible."""
    timeline = tb.evaluate({f"FY22 Q{number}": 300 for number in (1, 2, 3, 4)}, program=APPS, starting_tier="Base")
    plan = tb.plan(timeline, Tier.SUMMIT, by=date(2022, 3, 1), as_of=date(2022, 2, 20))
    assert isinstance(plan, Impossible)
    assert plan.possible_from is None
    unknown = "the rules of APPS for FY23 Q1 are not known: the page is lost; known are FY21 Q1 to FY22 Q4, FY24 Q1 to FY25 Q1"
    assert unknown == plan.unknown_reason == plan.to_dict()["unknown_reason"]
    question = "at least Summit on 2022-03-01 (APPS, as of 2022-02-20)"
    assert f"{question}: impossible; when it may be held is not known: {unknown}" == str(plan).splitlines()[0]
    with pytest.raises(UnknownRuleError, match="the rules of APPS for FY23 Q1 are not known"):
        tb.plan(timeline, Tier.SUMMIT, by=date(2022, 6, 1), as_of=date(2022, 2, 20))


def test_beyond_unknown_rules_there_are_known_ones() -> None:
    """A day that depends only on quarters with known rules is planned, even across unknown ones."""
    timeline = tb.evaluate({"FY22 Q1": 300}, program=APPS, starting_tier="Base")
    plan = tb.plan(timeline, Tier.CREST, by=date(2024, 3, 1), as_of=date(2021, 5, 20))
    assert isinstance(plan, Open)
    assert ["FY24 Q1", "FY24 Q2", "FY24 Q3", "FY24 Q4"] == [str(option.cycle.quarter) for option in plan.options]


def test_a_tier_that_later_rules_bring_is_possible_from_then() -> None:
    """The plan looks ahead to the last change of the rules, however far it is."""
    (edition,) = MODEL.editions
    before = attrs.evolve(edition, thresholds=edition.thresholds[:3], maximum_score=749)
    program = attrs.evolve(MODEL, changes=(before, attrs.evolve(edition, start="FY30 Q2")))
    timeline = tb.evaluate({"FY24 Q1": 310}, program=program, starting_tier="Base")
    plan = tb.plan(timeline, Tier.SUMMIT, by=date(2024, 3, 1), as_of=date(2023, 5, 20))
    assert isinstance(plan, Impossible)
    assert date(2029, 9, 1) == plan.possible_from


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"tier": 3}, r"tier must be a Tier or its name, got 3"),
        ({"by": datetime(2024, 3, 1)}, "by must be a date, got datetime"),  # noqa: DTZ001
        ({"as_of": "2024-02-20"}, "as_of must be a date, got '2024-02-20'"),
        ({"timeline": APPS}, "timeline must be a Timeline, got <Program: APPS>"),
    ],
)
def test_wrong_kinds_are_refused(given: dict[str, object], message: str) -> None:
    """The error names the argument and the wanted type."""
    arguments = {"timeline": TIMELINE, "tier": Tier.CREST, "by": date(2024, 3, 1), "as_of": FEBRUARY, **given}
    with pytest.raises(TypeError, match=message):
        tb.plan(**arguments)


def test_days_outside_are_refused() -> None:
    """`as_of` must be in the timeline, `by` not before it, and no March 1 lies beyond the calendar."""
    with pytest.raises(OutsideTimelineError, match="2024-03-01 is outside the timeline"):
        tb.plan(TIMELINE, Tier.CREST, by=date(2024, 3, 1), as_of=date(2024, 3, 1))
    with pytest.raises(OutsideTimelineError, match="2023-02-28 is outside the timeline"):
        tb.plan(TIMELINE, Tier.CREST, by=date(2023, 2, 28), as_of=NOVEMBER)
    last = tb.evaluate({}, program=MODEL, starting_tier="Base", start=date(9998, 4, 1))
    with pytest.raises(RangeError):
        tb.plan(last, Tier.CREST, by=date.max, as_of=date(9998, 4, 1))
