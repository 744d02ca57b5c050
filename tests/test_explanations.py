"""Why a tier is held on a day: the explanation of each kind of day; test_laws_of_answers proves that it is complete."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import attrs
import pytest
from made_up import APPS, GUILD, MODEL

import tbtier as tb
from tbtier import Tier
from tbtier.rules import Carryover

SCORES = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 760}
TIMELINE = tb.evaluate(SCORES, program=APPS, starting_tier=Tier.RIDGE)

EXPLAINED = """\
Crest on 2024-02-29 (APPS, PY24)

counts
   start      -  Ridge                  the tier held on 2023-03-01 (D3*)
   FY24 Q1  310  Ridge, 250 to 499      below Crest, so it changes nothing (R6)
>  FY24 Q2  540  Crest, 500 to 749*     the highest that counts, since 2023-09-01 (R6)
   FY24 Q3    -  not scored             earns nothing (D1*)

does not count
   FY24 Q4  760  Summit, 750* to 1000*  takes effect on 2024-03-01, after this day (R4)

* inferred, not published

numbers and carryover
  Ridge from 250, FY24 Q1 on   published, T2
  Crest from 500, FY24 Q1 on   published, T2
  Summit from 750, FY24 Q1 on  inferred, T2, T3: the number is cut off in T2; taken from the sister
                               program in T3
  maximum 1000, FY24 Q1 on     inferred, T4: T2 does not state it; taken from FY22

rules
  R4  The month after the quarter is the review month, and the quarter takes effect on the first day
      of the following month; Q4 takes effect on March 1 [published, S2, S1]
  R6  The tier held on March 1 is kept for the program year; an evaluation inside the year can raise
      the tier, but never lower it [published, S1, S6]
  D1  A quarter given as None was not scored and earns nothing; a tier given in place of a score is
      the earned tier; a missing quarter is an error [inferred, tbtier]
  D3  The starting tier is the tier held on the first day, after any change on that day; it is held
      but not earned, so it counts until the first March 1 after that day [inferred, tbtier]

sources
  T2      A made-up page, 2020
  T3      A made-up page of a sister program, 2019
  T4      A made-up page of FY22, 2021
  tbtier  A decision of this library, where the sources are silent, 2026
  S1      Invisory, Salesforce ISV Partner Program: Changes in 2024 (its FAQ repeats Salesforce
          Help), 2024
  S6      Salesforce Partner Community, Consulting Partner Program, FY22 edition, 2021
  S2      Tectonic, Salesforce Partner Trailblazer Score explained, undated, before FY27"""


def lines_of(timeline: tb.Timeline, day: str) -> dict[str, str]:
    """Return the line of the starting tier and of each quarter in plain data, with a mark at the one that decides."""
    plain = timeline.explain(date.fromisoformat(day)).to_dict()
    lines = {}
    if plain["floor"]["is_starting"]:
        lines["start"] = line(plain["floor"], "counts")
    for heading in ("counts", "does_not_count"):
        lines |= {one["quarter"]: line(one, heading.replace("_", " ")) for one in plain[heading]}
    return lines


def line(one: dict[str, Any], heading: str) -> str:
    """Return the tier, the heading and the reason of an entry of plain data as one line."""
    return f"{'> ' if one['decisive'] else ''}{one['tier']} {heading}: {one['reason']['text']} ({one['reason']['rule']})"


def test_before_anything_takes_effect() -> None:
    """The starting tier decides, and every later quarter says when it takes effect."""
    assert {
        "start": "> Ridge counts: the tier held on 2023-03-01 (D3)",
        "FY24 Q1": "Ridge does not count: takes effect on 2023-06-01, after this day (R4a)",
        "FY24 Q2": "Crest does not count: takes effect on 2023-09-01, after this day (R4a)",
        "FY24 Q3": "None does not count: takes effect on 2023-12-01, after this day (R4a)",
        "FY24 Q4": "Summit does not count: takes effect on 2024-03-01, after this day (R4)",
    } == lines_of(TIMELINE, "2023-05-31")


def test_a_part_without_quarters_has_no_heading() -> None:
    """On the first day of a timeline without scores, the starting tier counts and nothing does not."""
    first = date(2023, 3, 15)
    explanation = tb.evaluate({}, program=MODEL, starting_tier=Tier.BASE, start=first).explain(first)
    assert () == explanation.not_counting
    assert "\ncounts\n>  start  -  Base  the tier held on 2023-03-15 (D3*)\n\n* inferred" in str(explanation)


def test_inside_a_program_year() -> None:
    """In February Q4 has closed and has not taken effect; a Ridge below a Crest changes nothing."""
    assert {
        "start": "Ridge counts: the tier held on 2023-03-01 (D3)",
        "FY24 Q1": "Ridge counts: below Crest, so it changes nothing (R6)",
        "FY24 Q2": "> Crest counts: the highest that counts, since 2023-09-01 (R6)",
        "FY24 Q3": "None counts: earns nothing (D1)",
        "FY24 Q4": "Summit does not count: takes effect on 2024-03-01, after this day (R4)",
    } == lines_of(TIMELINE, "2024-02-29")


def test_after_march_1() -> None:
    """The quarters of the year that ended decide; the starting tier was held, not earned, so it no longer counts."""
    text = str(TIMELINE.explain(date(2024, 3, 1)))
    assert "   start      -  Ridge                  held and not earned, so it counted until 2024-02-29 (D3*)" in (
        text.partition("\ndoes not count\n")[2].splitlines()
    )
    assert {
        "FY24 Q1": "Ridge counts: below Summit, so it changes nothing (R7)",
        "FY24 Q2": "Crest counts: below Summit, so it changes nothing (R7)",
        "FY24 Q3": "None counts: earns nothing (D1)",
        "FY24 Q4": "> Summit counts: sets the starting tier of PY25 (R7)",
    } == lines_of(TIMELINE, "2024-03-01")


def test_a_ridge_below_a_held_crest() -> None:
    """A starting tier that is already held still decides when a quarter earns the same tier."""
    timeline = tb.evaluate({"FY24 Q1": 250, "FY24 Q2": 500}, program=APPS, starting_tier=Tier.CREST)
    assert {
        "start": "> Crest counts: the tier held on 2023-03-01 (D3)",
        "FY24 Q1": "Ridge counts: below Crest, so it changes nothing (R6)",
        "FY24 Q2": "Crest counts: also Crest, so it changes nothing (R6)",
    } == lines_of(timeline, "2023-10-01")


def test_where_q4_alone_counts() -> None:
    """Under FINAL_QUARTER the other quarters of the year that ended do not count, and the explanation says why."""
    scores = {"FY22 Q1": 0, "FY22 Q2": 505, "FY22 Q3": 0, "FY22 Q4": 300, "FY23 Q1": 600, "FY23 Q2": 300}
    timeline = tb.evaluate(scores, program=GUILD, starting_tier="Provisional")
    assert {
        "FY22 Q1": "Base does not count: only FY22 Q4 sets the starting tier of PY23 (R7)",
        "FY22 Q2": "Crest does not count: only FY22 Q4 sets the starting tier of PY23 (R7)",
        "FY22 Q3": "Base does not count: only FY22 Q4 sets the starting tier of PY23 (R7)",
        "FY22 Q4": "Ridge counts: below Crest, so it changes nothing (R7)",
        "FY23 Q1": "> Crest counts: the highest that counts, since 2022-06-01 (R6)",
        "FY23 Q2": "Ridge does not count: takes effect on 2022-09-01, after this day (R4a)",
    } == lines_of(timeline, "2022-08-31")
    text = str(timeline.explain(date(2022, 8, 31)))
    assert "   start      -  Provisional          held and not earned, so it counted until 2022-02-28 (D3*)" in (
        text.partition("\ndoes not count\n")[2].splitlines()
    )


def test_the_carryover_is_that_of_q4() -> None:
    """Where the carryover changes in mid-year, the one in force in Q4 sets the starting tier, and it alone is named."""
    edition = MODEL.edition("FY24 Q1")
    other = attrs.evolve(edition, start="FY24 Q4", carryover=Carryover.FINAL_QUARTER)
    program = attrs.evolve(MODEL, name="CHANGED", changes=(edition, other))
    scores = {"FY24 Q1": 500, "FY24 Q2": 0, "FY24 Q3": 0, "FY24 Q4": 250}
    explained = str(tb.evaluate(scores, program=program, starting_tier=program.entry_tier).explain(date(2024, 3, 1)))
    assert "carryover: the tier earned in Q4" in explained
    assert "carryover: the highest tier earned" not in explained


def test_quarters_that_took_effect_by_the_start() -> None:
    """The starting tier includes a quarter that took effect by the start, so it does not count before March 1 (D4)."""
    scores = {"FY24 Q1": 760, "FY24 Q2": 300, "FY24 Q3": 300, "FY24 Q4": 300}
    timeline = tb.evaluate(scores, program=MODEL, starting_tier=Tier.BASE, start=date(2023, 6, 1))
    assert (
        "Summit does not count: took effect by 2023-06-01: included in the starting tier as given (D4)"
        == (lines_of(timeline, "2024-02-29")["FY24 Q1"])
    )
    assert "> Ridge counts: the highest that counts, since 2023-09-01 (R6)" == lines_of(timeline, "2024-02-29")["FY24 Q2"]
    assert "> Summit counts: sets the starting tier of PY25 (R7)" == lines_of(timeline, "2024-03-01")["FY24 Q1"]


def test_where_nothing_counts() -> None:
    """Without a scored quarter the entry tier is held, and no quarter decides (D2)."""
    timeline = tb.evaluate(
        dict.fromkeys(["FY25 Q1", "FY25 Q2", "FY25 Q3", "FY25 Q4"]), program=GUILD, starting_tier="Provisional"
    )
    explanation = timeline.explain(date(2025, 3, 1))
    assert None is explanation.decisive
    assert Tier.PROVISIONAL is explanation.tier
    assert "D2" in [rule.id for rule in explanation.rules]
    assert "Provisional on 2025-03-01 (GUILD, PY26)" == str(explanation).splitlines()[0]


def test_only_two_fiscal_years_are_shown() -> None:
    """The year that set the starting tier and the one that takes effect now are shown; older and later years are not."""
    quarters = [f"FY{year} Q{number}" for year in (24, 25, 26, 27) for number in (1, 2, 3, 4)]
    timeline = tb.evaluate(dict.fromkeys(quarters, 300), program=MODEL, starting_tier="Base")
    assert quarters[4:12] == list(lines_of(timeline, "2025-03-01"))
    assert quarters[4:12] == list(lines_of(timeline, "2026-02-28"))
    assert quarters[8:16] == list(lines_of(timeline, "2026-03-01"))
    assert ["start", *quarters[0:4]] == list(lines_of(timeline, "2023-03-01"))
    assert quarters[0:8] == list(lines_of(timeline, "2024-03-01"))
    expired = "held and not earned, so it counted until 2024-02-29"
    shown = {"2024-02-29": False, "2024-03-01": True, "2025-02-28": True, "2025-03-01": False}
    assert shown == {day: expired in str(timeline.explain(date.fromisoformat(day))) for day in shown}


def test_an_explanation_is_printed_for_people() -> None:
    """The text shows the tier, the quarters that count and the others, the numbers, the rules and the sources."""
    assert EXPLAINED == str(TIMELINE.explain(date(2024, 2, 29)))


def test_a_model_says_so_where_it_explains() -> None:
    """The second line is the note of the program."""
    timeline = tb.evaluate({"FY24 Q1": 310}, program=MODEL, starting_tier="Base")
    lines = str(timeline.explain(date(2023, 6, 1))).splitlines()
    assert "a model, not a record: the APPS edition of FY24 for all time" == lines[1]
    assert "  Ridge from 250, all time  published, T2\n" in "\n".join(lines)


def test_labels_and_unknown_scores_are_printed() -> None:
    """The text shows today's name of a tier with its label then, and marks a tier that is given in place of a score."""
    timeline = tb.evaluate({"FY20 Q1": 450, "FY20 Q2": Tier.SUMMIT}, program=GUILD, starting_tier="Provisional")
    text = str(timeline.explain(date(2019, 9, 1)))
    assert "   FY20 Q1  450  Crest (Gold), 440 to 659" in text
    assert ">  FY20 Q2    -  Summit (Platinum), score not known" in text
    assert "Crest (Gold) from 440, FY19 Q1 on       published, T6" in text


def test_plain_data_survives_json() -> None:
    """Text, numbers, lists and dicts only, with a format version; an inferred number says so."""
    data = TIMELINE.explain(date(2024, 2, 29)).to_dict()
    assert data == json.loads(json.dumps(data))
    names = [
        "format",
        "day",
        "tier",
        "program",
        "program_year",
        "note",
        "floor",
        "expired_floor",
        "carryover",
        "counts",
        "does_not_count",
        "rules",
        "sources",
    ]
    assert names == list(data)
    assert ("tbtier.explanation/1", "2024-02-29", "Crest", "APPS", "PY24", "") == tuple(data.values())[:6]
    assert {
        "quarter": "FY24 Q2",
        "score": 540,
        "tier": "Crest",
        "label": "Crest",
        "edition": "FY24 Q1",
        "reached": {"tier": "Crest", "score": 500, "certainty": "published", "sources": ["T2"], "note": "", "inclusive": None},
        "not_reached": {
            "tier": "Summit",
            "score": 750,
            "certainty": "inferred",
            "sources": ["T2", "T3"],
            "note": "the number is cut off in T2; taken from the sister program in T3",
            "inclusive": None,
        },
        "maximum": None,
        "effective_on": "2023-09-01",
        "decisive": True,
        "reason": {
            "text": "the highest that counts, since 2023-09-01",
            "rule": "R6",
            "certainty": "published",
            "sources": ["S1", "S6"],
            "note": "",
        },
    } == data["counts"][1]
    assert {
        "score": 1000,
        "certainty": "inferred",
        "sources": ["T4"],
        "note": "T2 does not state it; taken from FY22",
    } == data["does_not_count"][0]["maximum"]
    assert {
        "tier": "Ridge",
        "is_starting": True,
        "decisive": False,
        "reason": {
            "text": "the tier held on 2023-03-01",
            "rule": "D3",
            "certainty": "inferred",
            "sources": ["tbtier"],
            "note": "",
        },
    } == data["floor"]
    assert ["R4", "R6", "D1", "D3"] == list(data["rules"])
    assert {"text", "certainty", "sources", "note"} == set(data["rules"]["R6"])
    cited = {id for rule in data["rules"].values() for id in rule["sources"]}
    assert cited <= set(data["sources"])
    assert "invisory.co/resources/blog/salesforce-isv-partner-program-changes-in-2024" == data["sources"]["S1"]["where"]


def test_a_tier_in_place_of_a_score_has_no_score_in_plain_data() -> None:
    """The tier and its label are there; the score is null, and no bound was applied."""
    data = tb.evaluate({"FY24 Q1": Tier.CREST}, program=APPS, starting_tier="Base").explain(date(2023, 6, 1)).to_dict()
    (result,) = data["counts"]
    names = ("score", "tier", "label", "reached", "not_reached", "maximum")
    assert (None, "Crest", "Crest", None, None, None) == tuple(result[name] for name in names)


@pytest.mark.parametrize(("score", "inferred"), [(249, False), (250, True), (251, False), (499, False), (500, True)])
def test_a_score_that_is_exactly_a_bound_says_how_it_is_read(score: int, inferred: bool) -> None:
    """A score of exactly 250 earns Ridge only by D8 if the page prints "more than 250"; a score of 251 does not need D8."""
    timeline = tb.evaluate({"FY24 Q1": score}, program=APPS, starting_tier="Base")
    explanation, decision = timeline.explain(date(2023, 6, 1)), timeline.decisions[0]
    assert inferred is ("D8" in [rule.id for rule in explanation.rules])
    assert inferred is ("D8" in [reason.rule for reason in decision.reasons])
    assert inferred is (f", {score}* to " in str(explanation))


def test_an_entry_tier_that_does_not_decide_has_no_reason() -> None:
    """Three of the four quarters were scored, so plain data must not say that nothing was."""
    floor = TIMELINE.explain(date(2024, 3, 1)).to_dict()["floor"]
    assert {"tier": "Base", "is_starting": False, "decisive": False, "reason": None} == floor


@pytest.mark.parametrize("day", ["2023-05-31", "2023-06-01", "2024-02-29", "2024-03-01"])
def test_every_rule_that_is_cited_is_listed(day: str) -> None:
    """Each reason in plain data names a rule whose text and sources are there too."""
    data = TIMELINE.explain(date.fromisoformat(day)).to_dict()
    reasons = [one["reason"] for one in (data["floor"], *data["counts"], *data["does_not_count"])]
    assert set() == {reason["rule"] for reason in reasons if reason} - set(data["rules"])


def test_every_source_that_is_cited_is_listed() -> None:
    """Each source id in plain data has an entry, for any kind of score."""
    for scores in ({"FY22 Q1": Tier.CREST}, {"FY22 Q1": None}, {"FY22 Q1": 1000}, {"FY22 Q1": 0}):
        data = tb.evaluate(scores, program=APPS, starting_tier="Base").explain(date(2021, 6, 1)).to_dict()
        cited = [*_cited(data["floor"]), *_cited(data["counts"]), *_cited(data["does_not_count"]), *_cited(data["rules"])]
        assert set(cited) == set(data["sources"])


def _cited(data: object) -> list[str]:
    if isinstance(data, list):
        return [id for one in data for id in _cited(one)]
    if isinstance(data, dict):
        return [*data.get("sources", []), *(id for one in data.values() if isinstance(one, (dict, list)) for id in _cited(one))]
    return []


def test_a_quarter_not_given_differs_from_one_given_as_none() -> None:
    """D5 and D1 are two reasons for one result."""
    timeline = tb.evaluate({"FY24 Q2": None, "FY24 Q3": 300}, program=MODEL, starting_tier="Base", start=date(2023, 5, 31))
    assert "None counts: ended before the start: earns nothing (D5)" == lines_of(timeline, "2023-11-30")["FY24 Q1"]
    assert "None counts: earns nothing (D1)" == lines_of(timeline, "2023-11-30")["FY24 Q2"]
    first, second = timeline.decisions[:2]
    assert "D5: FY24 Q1 is not given and ended before the timeline starts: it earns nothing" == (
        f"{first.reasons[0].rule}: {first.reasons[0].text}"
    )
    assert "D1" == second.reasons[0].rule


def test_dates_that_are_inferred_are_shown() -> None:
    """The edition of FY21 has published thresholds and an inferred start, so each of its numbers has a star."""
    timeline = tb.evaluate({"FY21 Q4": 130}, program=APPS, starting_tier="Base", start=date(2021, 2, 1))
    assert "2021-03-01  Ridge  FY21 Q4    130  Ridge*  promoted*" in str(timeline)
    assert "* inferred, not published" == str(timeline).splitlines()[-1]
    assert ">  FY21 Q4  130  Ridge, 120* to 239*" in str(timeline.explain(date(2021, 3, 1)))
    assert "130 earns Ridge from 120 (edition FY21 Q1: inferred, T6)" in str(timeline.decisions[0])
    text = str(timeline.explain(date(2021, 3, 1)))
    assert "  Ridge from 120, FY21 Q1 on        inferred, T6: T6 has no date" in text.splitlines()
    assert "  Crest from 240, FY21 Q1 on        inferred, T6: T6 has no date" in text.splitlines()
    assert "carryover: the tier earned in Q4  inferred, T5" in text
    assert "edition, FY21 Q1 on" not in text


def test_the_entry_tier_is_explained() -> None:
    """Where nothing counts, the text says so."""
    timeline = tb.evaluate(
        dict.fromkeys(["FY25 Q1", "FY25 Q2", "FY25 Q3", "FY25 Q4"]), program=GUILD, starting_tier="Provisional"
    )
    assert ">  entry tier: Provisional, since nothing that counts was scored (D2*)" in str(timeline.explain(date(2025, 3, 1)))


def test_plain_data_have_what_the_text_has() -> None:
    """The reading of a score that is exactly a bound, the starting tier that has expired, and the carryover."""
    exact = tb.evaluate({"FY24 Q1": 250}, program=APPS, starting_tier="Base").explain(date(2023, 6, 1)).to_dict()
    assert "inferred" == exact["counts"][0]["reached"]["inclusive"]["certainty"]
    assert exact["counts"][0]["not_reached"]["inclusive"] is None
    assert (None, None) == (exact["expired_floor"], exact["carryover"])
    unscored = tb.evaluate(dict.fromkeys(tb.FiscalYear(2024).quarters), program=APPS, starting_tier="Crest")
    later = unscored.explain(date(2024, 3, 1)).to_dict()
    assert ("Crest", "D3") == (later["expired_floor"]["tier"], later["expired_floor"]["reason"]["rule"])
    assert ("the highest tier earned in the four quarters", "published") == (
        later["carryover"]["text"],
        later["carryover"]["certainty"],
    )
