"""Outlooks, with their answers in full; test_looking_ahead proves that they are exact."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime

import attrs
import pytest
from made_up import APPS, GUILD, MODEL, PUBLISHED

import tbtier as tb
from tbtier import Impossible, Secured, Tier
from tbtier.errors import OutsideTimelineError, RangeError, UnknownRuleError, WrongTypeError
from tbtier.rules import Certainty, UnknownRules

SCORES = {"FY24 Q1": 310, "FY24 Q2": 280, "FY24 Q3": 400, "FY24 Q4": 540}
TIMELINE = tb.evaluate(SCORES, program=APPS, starting_tier=Tier.SUMMIT)
NOVEMBER = date(2023, 11, 20)


def renewal_of(view: tb.Outlook) -> tuple[object, ...]:
    """Return the answers of an outlook about its renewal."""
    return view.renews_on, view.tier_before_renewal, view.secured, view.at_risk


def test_november() -> None:
    """One decision is pending, one quarter open, and the tier held is at risk."""
    view = tb.outlook(TIMELINE, as_of=NOVEMBER)
    assert (NOVEMBER, Tier.SUMMIT, date(2024, 3, 1)) == (view.as_of, view.held, view.may_fall_on)
    assert (TIMELINE.decisions[2],) == view.pending
    assert () == view.awaiting_score
    assert (APPS.cycle("FY24 Q4"),) == view.open_cycles
    assert (date(2024, 3, 1), Tier.SUMMIT, Tier.RIDGE, True) == renewal_of(view)
    assert view.unknown_reason is None
    assert tb.plan(TIMELINE, Tier.CREST, by=date(2024, 3, 1), as_of=NOVEMBER) == view.requirement(Tier.CREST)
    assert [Tier.BASE, Tier.RIDGE, Tier.CREST, Tier.SUMMIT] == [plan.tier for plan in view.requirements]
    assert (
        """\
APPS on 2023-11-20 (FY24 Q4, PY24): Summit is held, and cannot fall before 2024-03-01
pending  2023-12-01: Summit, unchanged (FY24 Q3)
open     FY24 Q4 closes on 2024-01-31, takes effect on 2024-03-01
renewal  2024-03-01: Summit is at risk, and falls to Ridge unless more is earned

tier    on 2024-03-01  score  quarter  closes
Base    secured
Ridge   secured               FY24 Q1
Crest   open            500*  FY24 Q4  2024-01-31
Summit  open            750*  FY24 Q4  2024-01-31
* inferred, not published""".splitlines()
        == str(view).splitlines()
    )


def test_the_closing_day_is_open() -> None:
    """On the last day of a quarter its score can still change; on the day after it cannot."""
    last = tb.outlook(TIMELINE, as_of=date(2023, 10, 31))
    assert ["FY24 Q3", "FY24 Q4"] == [str(cycle.quarter) for cycle in last.open_cycles]
    assert () == last.pending
    after = tb.outlook(TIMELINE, as_of=date(2023, 11, 1))
    assert ["FY24 Q4"] == [str(cycle.quarter) for cycle in after.open_cycles]
    assert ["FY24 Q3"] == [str(decision.quarter) for decision in after.pending]


def test_february_looks_at_this_march_1() -> None:
    """In February, Q4 is pending and no quarter is open; a later renewal needs its day."""
    timeline = tb.evaluate(SCORES, program=MODEL, starting_tier=Tier.SUMMIT)
    view = tb.outlook(timeline, as_of=date(2024, 2, 1))
    assert date(2024, 3, 1) == view.may_fall_on
    assert [date(2024, 3, 1)] == [decision.effective_on for decision in view.pending]
    assert (date(2024, 3, 1), Tier.SUMMIT, Tier.CREST, True) == renewal_of(view)
    assert (
        """\
MODEL on 2024-02-01 (FY25 Q1, PY24): Summit is held, and falls on 2024-03-01
a model, not a record: the APPS edition of FY24 for all time
pending  2024-03-01: Summit to Crest, downgraded* (FY24 Q4)
renewal  2024-03-01: Summit falls to Crest*
no open quarter takes effect by 2024-03-01; renews_on=datetime.date(2025, 3, 1) looks at the renewal after it
"""
        == str(view).partition("\n\n")[0] + "\n"
    )
    later = tb.outlook(timeline, as_of=date(2024, 2, 1), renews_on=date(2025, 3, 1))
    assert (date(2025, 3, 1), Tier.CREST, Tier.BASE, True) == renewal_of(later)
    assert ["FY25 Q1", "FY25 Q2", "FY25 Q3", "FY25 Q4"] == [str(cycle.quarter) for cycle in later.open_cycles]
    assert (
        """\
MODEL on 2024-02-01 (FY25 Q1, PY24): Summit is held, and falls on 2024-03-01
a model, not a record: the APPS edition of FY24 for all time
pending  2024-03-01: Summit to Crest, downgraded* (FY24 Q4)
open     FY25 Q1 closes on 2024-04-30, takes effect on 2024-06-01
open     FY25 Q2 closes on 2024-07-31, takes effect on 2024-09-01
open     FY25 Q3 closes on 2024-10-31, takes effect on 2024-12-01
open     FY25 Q4 closes on 2025-01-31, takes effect on 2025-03-01
renewal  2025-03-01: Crest*, held by then, is at risk, and falls to Base* unless more is earned
"""
        == str(later).partition("\n\n")[0] + "\n"
    )
    january, march = tb.outlook(timeline, as_of=date(2024, 1, 31)), tb.outlook(timeline, as_of=date(2024, 3, 1))
    assert (date(2024, 3, 1), date(2025, 3, 1)) == (january.renews_on, march.renews_on)
    assert (Tier.CREST, (), date(2025, 3, 1)) == (march.held, march.pending, march.may_fall_on)


@pytest.mark.parametrize("renews_on", [date(2023, 3, 1), date(2024, 2, 29), date(2024, 3, 2), date(2024, 6, 1), NOVEMBER])
def test_a_renewal_is_a_later_march_1(renews_on: date) -> None:
    """The outlook rejects any other day."""
    with pytest.raises(ValueError, match=f"renews_on must be a March 1 after 2023-11-20, got {renews_on}"):
        tb.outlook(TIMELINE, as_of=NOVEMBER, renews_on=renews_on)


def test_a_renewal_is_after_the_day_of_asking() -> None:
    """On March 1 the program year has started, so the outlook rejects that day as a renewal."""
    with pytest.raises(ValueError, match="renews_on must be a March 1 after 2024-03-01, got 2024-03-01"):
        tb.outlook(TIMELINE, as_of=date(2024, 3, 1), renews_on=date(2024, 3, 1))


def test_a_quarter_that_awaits_its_score() -> None:
    """A quarter that awaits its score secures nothing, and may earn any tier."""
    timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 280}, program=APPS, starting_tier=Tier.CREST)
    view = tb.outlook(timeline, as_of=NOVEMBER)
    assert ((), (APPS.cycle("FY24 Q3"),)) == (view.pending, view.awaiting_score)
    assert Tier.RIDGE is view.secured
    assert (
        """\
APPS on 2023-11-20 (FY24 Q4, PY24): Crest is held, and cannot fall before 2024-03-01
awaiting  FY24 Q3 closed on 2023-10-31, takes effect on 2023-12-01: at least Crest from then
open      FY24 Q4 closes on 2024-01-31, takes effect on 2024-03-01
renewal   2024-03-01: Crest is at risk, and falls to Ridge unless more is earned

tier    on 2024-03-01  score  quarter  closes
Base    secured
Ridge   secured               FY24 Q1
Crest   open            500*  FY24 Q4  2024-01-31
        awaiting        500*  FY24 Q3  2023-10-31
Summit  open            750*  FY24 Q4  2024-01-31
        awaiting        750*  FY24 Q3  2023-10-31
* inferred, not published""".splitlines()
        == str(view).splitlines()
    )


def test_what_is_earned_is_not_at_risk() -> None:
    """A tier that was earned in the year is held until the March 1 after the next one."""
    timeline = tb.evaluate({"FY25 Q1": 310, "FY25 Q2": 550}, program=GUILD, starting_tier="Provisional")
    view = tb.outlook(timeline, as_of=date(2024, 10, 1))
    assert (Tier.CREST, date(2026, 3, 1)) == (view.held, view.may_fall_on)
    assert (Tier.CREST, Tier.CREST, False) == (view.tier_before_renewal, view.secured, view.at_risk)
    assert "renewal  2025-03-01: Crest* is secured" in str(view).splitlines()
    assert "Crest        secured*              FY25 Q2" in str(view).splitlines()


def test_the_entry_tier_cannot_fall() -> None:
    """No day exists on which the entry tier can fall, unless the program ends."""
    view = tb.outlook(tb.evaluate({}, program=MODEL, starting_tier="Base", start=NOVEMBER), as_of=NOVEMBER)
    assert view.may_fall_on is None
    assert "Base is held, and cannot fall\n" in str(view)
    assert view.to_dict()["may_fall_on"] is None


def test_with_the_other_carryover_only_q4_counts_on_march_1() -> None:
    """The other open quarters can still promote inside the year, so the outlook shows them; they secure nothing (R7)."""
    timeline = tb.evaluate({"FY22 Q1": 100}, program=GUILD, starting_tier=Tier.CREST)
    view = tb.outlook(timeline, as_of=date(2021, 5, 20))
    assert ["FY22 Q2", "FY22 Q3", "FY22 Q4"] == [str(cycle.quarter) for cycle in view.open_cycles]
    (line,) = (line for line in str(view).splitlines() if line.startswith("open     FY22 Q3"))
    assert line.endswith("closes on 2021-10-31, takes effect on 2021-12-01, and does not count towards 2022-03-01")
    assert """\
open     FY22 Q4 closes on 2022-01-31, takes effect on 2022-03-01
renewal  2022-03-01: Crest is at risk, and falls to Provisional* unless more is earned

tier         on 2022-03-01  score  quarter  closes
Provisional  secured*
Base         open               0  FY22 Q4  2022-01-31
Ridge        open             250  FY22 Q4  2022-01-31
Crest        open             500  FY22 Q4  2022-01-31
Summit       open             750  FY22 Q4  2022-01-31
* inferred, not published""" in str(view)


def test_an_end_is_an_answer() -> None:
    """Where the program ends by the renewal, there is no further evaluation, and no tier can be held."""
    timeline = tb.evaluate({"FY26 Q1": 300, "FY26 Q2": 790}, program=GUILD, starting_tier=Tier.CREST)
    view = tb.outlook(timeline, as_of=date(2025, 11, 20))
    assert (Tier.SUMMIT, date(2026, 3, 1)) == (view.held, view.may_fall_on)
    assert ((GUILD.cycle("FY26 Q3"),), ()) == (view.awaiting_score, view.open_cycles)
    assert (Tier.SUMMIT, None, None, ()) == (view.tier_before_renewal, view.secured, view.at_risk, view.requirements)
    assert isinstance(view.requirement(Tier.BASE), Impossible)
    assert (
        """\
GUILD on 2025-11-20 (FY26 Q4, PY26): Summit* is held, and cannot fall before 2026-03-01, when the program ends*
awaiting  FY26 Q3 closed on 2025-10-31, takes effect on 2025-12-01: at least Summit* from then
renewal   2026-03-01: no further evaluation: GUILD ends on 2026-03-01, replaced by a checklist*
* inferred, not published""".splitlines()
        == str(view).splitlines()
    )
    february = tb.outlook(
        tb.evaluate({"FY26 Q1": 300, "FY26 Q2": 790, "FY26 Q3": 0}, program=GUILD, starting_tier="Provisional"),
        as_of=date(2026, 2, 20),
    )
    assert ((), (), Tier.SUMMIT) == (february.awaiting_score, february.open_cycles, february.tier_before_renewal)


def test_a_published_end_has_no_star() -> None:
    """An end that is published is shown without a star; the tier that cannot fall before it may be inferred."""
    view = tb.outlook(TIMELINE, as_of=date(2024, 2, 20), renews_on=date(2025, 3, 1))
    assert date(2024, 3, 1) == view.may_fall_on
    assert ["FY25 Q1"] == [str(cycle.quarter) for cycle in view.open_cycles]
    assert str(view).splitlines()[-2].endswith("which are not earned by score")
    march = tb.outlook(TIMELINE, as_of=date(2024, 3, 1))
    assert date(2024, 8, 1) == march.may_fall_on
    first, *_, last = str(march).splitlines()
    assert first.endswith(": Crest* is held, and cannot fall before 2024-08-01, when the program ends")
    assert "* inferred, not published" == last
    assert march.tier_before_renewal is None
    assert ["FY25 Q1"] == [str(cycle.quarter) for cycle in march.open_cycles]
    (end,) = (line for line in str(march).splitlines() if line.startswith("renewal"))
    assert end.endswith("which are not earned by score")
    assert "published" == march.to_dict()["end"]["certainty"]


def test_unknown_rules_are_reported() -> None:
    """The rules of FY23 are unknown, so the outlook answers for 2022-03-01 and reports the reason for 2023-03-01."""
    scores = {"FY22 Q1": 300, "FY22 Q2": 790, "FY22 Q3": 1, "FY22 Q4": 650}
    timeline = tb.evaluate(scores, program=APPS, starting_tier="Base")
    near = tb.outlook(timeline, as_of=date(2022, 2, 20))
    assert (date(2022, 3, 1), Tier.SUMMIT, Tier.CREST, True) == renewal_of(near)
    assert date(2022, 3, 1) == near.may_fall_on
    assert ["FY22 Q4"] == [str(decision.quarter) for decision in near.pending]
    view = tb.outlook(timeline, as_of=date(2022, 2, 20), renews_on=date(2023, 3, 1))
    assert () == view.open_cycles
    assert (None, None, None, ()) == (view.tier_before_renewal, view.secured, view.at_risk, view.requirements)
    assert view.unknown_reason.startswith("the rules of APPS for FY23 Q4 are not known: the page is lost")
    with pytest.raises(UnknownRuleError):
        view.requirement(Tier.BASE)
    assert f"renewal  2023-03-01: {view.unknown_reason}" in str(view).splitlines()
    held = tb.outlook(timeline, as_of=date(2022, 3, 1))
    assert (Tier.CREST, date(2022, 6, 1)) == (held.held, held.may_fall_on)


def test_a_tier_before_the_renewal_that_is_not_known_is_reported() -> None:
    """If the rules of the closed Q4 are unknown, so is the tier before the next renewal."""
    edition = MODEL.edition("FY24 Q1")
    changes = (attrs.evolve(edition, start="FY22 Q1"), UnknownRules("FY23 Q4", "lost"), attrs.evolve(edition, start="FY24 Q1"))
    program = attrs.evolve(MODEL, name="GAP", changes=changes)
    timeline = tb.evaluate({"FY23 Q1": 300, "FY23 Q2": 800, "FY23 Q3": 1}, program=program, starting_tier=program.entry_tier)
    view = tb.outlook(timeline, as_of=date(2023, 2, 10), renews_on=date(2024, 3, 1))
    assert (Tier.BASE, None, None) == (view.secured, view.tier_before_renewal, view.at_risk)
    unknown = "the rules of GAP for FY23 Q4 are not known: lost; known are FY22 Q1 to FY23 Q3, FY24 Q1 on"
    assert unknown == view.unknown_reason
    assert f"renewal  2024-03-01: Base* is secured; whether the tier falls is not known: {unknown}" in str(view)
    assert "Summit* is held, and cannot fall before 2023-03-01; the rules after that are not known" in str(view)
    assert 4 == len(view.requirements)


def test_a_tier_is_as_sure_as_a_higher_one_that_is_secured() -> None:
    """Base is secured by the entry tier, which is inferred, and by a published Ridge as well."""
    lines = str(tb.outlook(TIMELINE, as_of=NOVEMBER)).splitlines()
    assert "Base    secured" in lines
    assert "Base    secured*" in str(tb.outlook(TIMELINE, as_of=date(2023, 3, 1))).splitlines()


def test_an_entry_tier_that_was_earned_is_as_sure_as_in_its_explanation() -> None:
    """All of Base from 0, Ridge from 250 and the carryover are published, so a Base that 100 earns has no star."""
    timeline = tb.evaluate({f"FY24 Q{number}": 100 for number in (1, 2, 3, 4)}, program=APPS, starting_tier=Tier.BASE)
    assert ">  FY24 Q1  100  Base, 0 to 249  sets the starting tier of PY25 (R7)" in str(timeline.explain(date(2024, 3, 1)))
    view = tb.outlook(timeline, as_of=date(2024, 3, 1))
    assert {"tier": "Base", "is_inferred": False} == view.to_dict()["held"]
    assert "Base is held, and cannot fall before 2024-08-01, when the program ends" in str(view)


def test_what_falls_short_of_an_inferred_number_is_inferred() -> None:
    """720 falls short of Summit only if Summit begins at 750, which is inferred."""
    timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 720, "FY24 Q3": None}, program=APPS, starting_tier=Tier.SUMMIT)
    assert "Summit is at risk, and falls to Crest* unless more is earned" in str(tb.outlook(timeline, as_of=NOVEMBER))
    low = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": 320, "FY24 Q3": None}, program=APPS, starting_tier=Tier.SUMMIT)
    assert "Summit is at risk, and falls to Ridge unless more is earned" in str(tb.outlook(low, as_of=NOVEMBER))


def test_the_calendar_ends_in_fiscal_year_9999() -> None:
    """An outlook reaches as far as the last quarter, and no program year exists beyond."""
    for tier in (Tier.BASE, Tier.SUMMIT):
        timeline = tb.evaluate({}, program=MODEL, start=date(9997, 4, 1), starting_tier=tier)
        assert tier is tb.outlook(timeline, as_of=date(9997, 4, 1)).held
    timeline = tb.evaluate({}, program=MODEL, start=date(9998, 4, 1), starting_tier=Tier.SUMMIT)
    assert date(9999, 3, 1) == tb.outlook(timeline, as_of=date(9998, 4, 1)).may_fall_on
    with pytest.raises(RangeError):
        str(tb.outlook(timeline, as_of=date(9998, 4, 1)))


def test_a_tier_that_cannot_be_earned_is_impossible() -> None:
    """The table shows a tier that Q4 cannot earn, if another edition that counts has that tier."""
    edition = MODEL.edition("FY24 Q1")
    low = attrs.evolve(edition, start="FY24 Q4", thresholds=edition.thresholds[:3])
    program = attrs.evolve(MODEL, name="LOW", changes=(edition, low))
    view = tb.outlook(
        tb.evaluate({"FY24 Q1": 1, "FY24 Q2": 1, "FY24 Q3": 1}, program=program, starting_tier=program.entry_tier),
        as_of=NOVEMBER,
    )
    plan = view.requirements[-1]
    assert isinstance(plan, Impossible)
    assert (Tier.SUMMIT, None) == (plan.tier, plan.possible_from)
    assert "Summit  impossible" in str(view)
    assert isinstance(view.requirements[0], Secured)


def test_plain_data_survives_json() -> None:
    """Plain data has text, ints, bools, `None`, lists and dicts, with the version of the format."""
    plain = tb.outlook(TIMELINE, as_of=NOVEMBER).to_dict()
    assert json.loads(json.dumps(plain)) == plain
    requirements = plain.pop("requirements")
    assert {"S1", "S2", "S6", "T2", "T3", "tbtier"} == set(plain.pop("sources"))
    pending = plain.pop("pending")
    assert ["secured", "secured", "open", "open"] == [requirement["answer"] for requirement in requirements]
    assert ["FY24 Q3"] == [decision["quarter"] for decision in pending]
    assert {
        "format": "tbtier.outlook/1",
        "program": "APPS",
        "note": "",
        "as_of": "2023-11-20",
        "held": {"tier": "Summit", "is_inferred": False},
        "may_fall_on": "2024-03-01",
        "awaiting_score": [],
        "open_cycles": [
            {
                "quarter": "FY24 Q4",
                "closes_on": "2024-01-31",
                "effective_on": "2024-03-01",
                "notified_by": "2024-03-07",
            }
        ],
        "renews_on": "2024-03-01",
        "tier_before_renewal": {"tier": "Summit", "is_inferred": False},
        "secured": {"tier": "Ridge", "is_inferred": False},
        "at_risk": True,
        "unknown_reason": None,
        "end": None,
    } == plain
    ended = tb.outlook(TIMELINE, as_of=date(2024, 3, 1)).to_dict()
    assert (None, None, None, []) == (ended["tier_before_renewal"], ended["secured"], ended["at_risk"], ended["requirements"])
    awaiting_score = tb.outlook(
        tb.evaluate({"FY24 Q1": 310}, program=APPS, starting_tier="Base"), as_of=date(2023, 8, 1)
    ).to_dict()
    assert ["FY24 Q2"] == [cycle["quarter"] for cycle in awaiting_score["awaiting_score"]]


def test_the_tier_before_the_renewal_is_as_sure_as_its_own_reasons() -> None:
    """A pending Summit is inferred, even if the tier that is held is not."""
    timeline = tb.evaluate({"FY24 Q1": 310, "FY24 Q2": None, "FY24 Q3": 800}, program=APPS, starting_tier="Base")
    plain = tb.outlook(timeline, as_of=NOVEMBER).to_dict()
    assert {"tier": "Ridge", "is_inferred": False} == plain["held"]
    assert {"tier": "Summit", "is_inferred": True} == plain["tier_before_renewal"]


def test_a_quarter_below_the_held_tier_makes_it_no_less_sure() -> None:
    """What a quarter would have needed for a lower tier does not matter."""
    (edition,) = MODEL.editions
    base, ridge, crest, summit = (attrs.evolve(bound, citation=PUBLISHED) for bound in edition.thresholds)
    doubtful = attrs.evolve(ridge, citation=attrs.evolve(PUBLISHED, certainty=Certainty.INFERRED))
    program = attrs.evolve(MODEL, changes=(attrs.evolve(edition, thresholds=(base, doubtful, crest, summit)),))
    timeline = tb.evaluate({"FY24 Q1": 100, "FY24 Q2": 540}, program=program, starting_tier="Base")
    assert {"tier": "Crest", "is_inferred": False} == tb.outlook(timeline, as_of=date(2023, 9, 1)).to_dict()["held"]


def test_an_open_quarter_is_starred_if_its_counting_is_inferred() -> None:
    """Whether a quarter counts is a fact apart from the score that it needs."""
    (edition,) = MODEL.editions
    doubtful = attrs.evolve(edition, carryover_citation=attrs.evolve(PUBLISHED, certainty=Certainty.INFERRED))
    for rules, shown in ((edition, "open "), (doubtful, "open*")):
        timeline = tb.evaluate({"FY24 Q1": 100}, program=attrs.evolve(MODEL, changes=(rules,)), starting_tier="Base")
        assert f"Ridge   {shown}" in str(tb.outlook(timeline, as_of=date(2023, 5, 20)))


def test_the_end_of_the_program_is_named_if_it_comes_by_the_renewal() -> None:
    """The tier can fall before the end, and the end comes before a later renewal."""
    view = tb.outlook(TIMELINE, as_of=NOVEMBER, renews_on=date(2025, 3, 1))
    assert (date(2024, 3, 1), None) == (view.may_fall_on, view.secured)
    assert view.to_dict()["end"]["text"].startswith("no further evaluation: APPS ends on 2024-08-01")
    assert "T7" in [source.id for source in view.sources]


def test_an_open_quarter_is_listed_if_the_renewal_is_the_end() -> None:
    """It is not said to count or not to count where no tier is known on the renewal."""
    scores = dict.fromkeys((f"FY26 Q{number}" for number in (1, 2)), 300)
    view = tb.outlook(tb.evaluate(scores, program=GUILD, starting_tier="Provisional"), as_of=date(2025, 9, 15))
    assert (None, Tier.RIDGE) == (view.secured, view.tier_before_renewal)
    assert "open     FY26 Q3 closes on 2025-10-31, takes effect on 2025-12-01" in str(view).splitlines()


def test_a_tier_can_fall_on_the_last_march_1_of_the_calendar() -> None:
    """FY9999 Q4 is the last quarter that there is."""
    timeline = tb.evaluate({"FY9998 Q4": 800, "FY9999 Q1": 0}, program=MODEL, starting_tier="Base", start=date(9998, 1, 1))
    view = tb.outlook(timeline, as_of=date(9998, 6, 15))
    assert (Tier.SUMMIT, date(9999, 3, 1)) == (view.held, view.may_fall_on)


class Day(date):
    """A day of another class."""


def test_an_outlook_keeps_plain_days() -> None:
    """Days of a subclass become dates."""
    view = tb.Outlook(TIMELINE, Day(2023, 11, 20), Day(2024, 3, 1))
    assert {date} == {type(view.as_of), type(view.renews_on)}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: tb.Outlook(None, NOVEMBER, date(2024, 3, 1)), "known must be a Timeline, got None: evaluate makes one"),
        (lambda: tb.Outlook(TIMELINE, "today", date(2024, 3, 1)), "as_of must be a date, got 'today'"),
        (lambda: tb.Outlook(TIMELINE, NOVEMBER, 2024), "renews_on must be a date, got 2024"),
        (lambda: tb.outlook(TIMELINE, as_of=NOVEMBER).requirement(3), "tier must be a Tier or its name, got 3"),
    ],
)
def test_an_argument_of_another_kind_is_named(call: Callable[[], object], message: str) -> None:
    """The message has the name of the argument that is wrong."""
    with pytest.raises(WrongTypeError) as refused:
        call()
    assert str(refused.value).startswith(message)


def test_days_outside_and_wrong_kinds_are_refused() -> None:
    """`as_of` must be a date in the timeline."""
    with pytest.raises(OutsideTimelineError, match="the score of FY25 Q1 is needed to go on"):
        tb.outlook(TIMELINE, as_of=date(2024, 6, 1))
    with pytest.raises(TypeError, match="as_of must be a date, got datetime"):
        tb.outlook(TIMELINE, as_of=datetime(2024, 2, 1))  # noqa: DTZ001
    with pytest.raises(TypeError, match="timeline must be a Timeline, got None: evaluate makes one"):
        tb.outlook(None, as_of=NOVEMBER)


def test_an_outlook_that_is_evolved_is_made_anew() -> None:
    """It never looks ahead, and refuses what `outlook` refuses."""
    view = tb.outlook(TIMELINE, as_of=NOVEMBER)
    earlier = attrs.evolve(view, as_of=date(2023, 4, 20))
    assert tb.outlook(TIMELINE, as_of=date(2023, 4, 20)) == earlier
    assert str(tb.outlook(TIMELINE, as_of=date(2023, 4, 20))) == str(earlier)
    for day in (date(2024, 5, 1), date(2023, 3, 1), NOVEMBER):
        with pytest.raises(tb.errors.RangeError, match="renews_on must be a March 1 after"):
            attrs.evolve(view, renews_on=day)
    with pytest.raises(tb.errors.OutsideTimelineError):
        attrs.evolve(view, as_of=date(2020, 1, 1))
    for missing in ("known", "as_of", "renews_on"):
        with pytest.raises(tb.errors.WrongTypeError):
            attrs.evolve(view, **{missing: None})
