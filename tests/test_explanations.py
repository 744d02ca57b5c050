"""Why a tier is held on a day: what is said of each kind of day; that it is the whole truth is proved in test_laws."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import attrs
import pytest

import tbtier as tb
from tbtier import Tier
from tbtier.programs import CONSULTING, ISV, TRAILBLAZER
from tbtier.rules import Carryover, Certainty, Citation, Source

SCORES = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 760}
TIMELINE = tb.evaluate(SCORES, program=ISV, starting_tier=Tier.RIDGE)

EXPLAINED = """\
Crest on 2024-02-29 (ISV, PY24)

counts
   start      -  Ridge                  the tier held on 2023-03-01 (D3*)
   FY24 Q1  310  Ridge, 250 to 499      below Crest, so it changes nothing (R6)
>  FY24 Q2  540  Crest, 500 to 749*     the highest that counts, since 2023-09-01 (R6)
   FY24 Q3    -  not scored             earns nothing (D1*)

does not count
   FY24 Q4  760  Summit, 750* to 1000*  takes effect on 2024-03-01, after this day (R4)

* inferred, not published

numbers and carryover
  Ridge from 250, FY24 Q1 on   published, S1
  Crest from 500, FY24 Q1 on   published, S1
  Summit from 750, FY24 Q1 on  inferred, S1, S6: the number is cut off in S1; taken from the
                               consulting program in S6
  maximum 1000, FY24 Q1 on     inferred, S14: S1 does not state it; taken from FY22

rules
  R4  The month after the quarter is for review, and the result takes effect on the first day of the
      month after that; for Q4 that is March 1 [published, S2, S1]
  R6  The tier held on March 1 is kept for the program year; an evaluation inside it can raise it,
      never lower it [published, S1, S6]
  D1  A quarter given as None was not scored and earns nothing; a tier in place of a score is what
      was earned; a quarter left out is an error [inferred, tbtier]
  D3  The starting tier is the tier held on the first day, and includes whatever takes effect on
      that day; it is held but not earned, so it counts until the first March 1 after that day
      [inferred, tbtier]

sources
  S1      Invisory, Salesforce ISV Partner Program: Changes in 2024 (its FAQ repeats Salesforce
          Help), 2024
  S6      Salesforce Partner Community, Consulting Partner Program, FY22 edition, 2021
  S14     Salesforce Partner Community, AppExchange Partner Program, FY22 edition, 2021
  tbtier  A decision of this library, where the sources are silent, 2026
  S2      Tectonic, Salesforce Partner Trailblazer Score explained, undated, before FY27"""


def told(timeline: tb.Timeline, day: str) -> dict[str, str]:
    """Return what plain data say of the starting tier and of each quarter, with a mark at what decides."""
    plain = timeline.explain(date.fromisoformat(day)).to_dict()
    lines = {}
    if plain["floor"]["is_starting"]:
        lines["start"] = line(plain["floor"], "counts")
    for heading in ("counts", "does_not_count"):
        lines |= {one["quarter"]: line(one, heading.replace("_", " ")) for one in plain[heading]}
    return lines


def line(one: dict[str, Any], heading: str) -> str:
    """Return what plain data say of one thing in a line."""
    return f"{'> ' if one['decisive'] else ''}{one['tier']} {heading}: {one['reason']['text']} ({one['reason']['rule']})"


def test_before_anything_takes_effect() -> None:
    """The starting tier decides, and every later quarter says when it takes effect."""
    assert {
        "start": "> Ridge counts: the tier held on 2023-03-01 (D3)",
        "FY24 Q1": "Ridge does not count: takes effect on 2023-06-01, after this day (R4a)",
        "FY24 Q2": "Crest does not count: takes effect on 2023-09-01, after this day (R4a)",
        "FY24 Q3": "None does not count: takes effect on 2023-12-01, after this day (R4a)",
        "FY24 Q4": "Summit does not count: takes effect on 2024-03-01, after this day (R4)",
    } == told(TIMELINE, "2023-05-31")


def test_inside_a_program_year() -> None:
    """In February Q4 has closed and has not taken effect; a Ridge under a Crest changes nothing."""
    assert {
        "start": "Ridge counts: the tier held on 2023-03-01 (D3)",
        "FY24 Q1": "Ridge counts: below Crest, so it changes nothing (R6)",
        "FY24 Q2": "> Crest counts: the highest that counts, since 2023-09-01 (R6)",
        "FY24 Q3": "None counts: earns nothing (D1)",
        "FY24 Q4": "Summit does not count: takes effect on 2024-03-01, after this day (R4)",
    } == told(TIMELINE, "2024-02-29")


def test_after_march_1() -> None:
    """The quarters of the year that ended decide; the starting tier was held, and counts no more."""
    assert {
        "FY24 Q1": "Ridge counts: below Summit, so it changes nothing (R7)",
        "FY24 Q2": "Crest counts: below Summit, so it changes nothing (R7)",
        "FY24 Q3": "None counts: earns nothing (D1)",
        "FY24 Q4": "> Summit counts: sets the starting tier of PY25 (R7)",
    } == told(TIMELINE, "2024-03-01")


def test_a_ridge_under_a_held_crest() -> None:
    """What was held already is not decided anew."""
    timeline = tb.evaluate({"FY24 Q1": 250, "FY24 Q2": 500}, program=ISV, starting_tier=Tier.CREST)
    assert {
        "start": "> Crest counts: the tier held on 2023-03-01 (D3)",
        "FY24 Q1": "Ridge counts: below Crest, so it changes nothing (R6)",
        "FY24 Q2": "Crest counts: also Crest, so it changes nothing (R6)",
    } == told(timeline, "2023-10-01")


def test_where_q4_alone_counts() -> None:
    """Under FINAL_QUARTER the other quarters of the year that ended are said not to count."""
    scores = {"FY22 Q1": 0, "FY22 Q2": 505, "FY22 Q3": 0, "FY22 Q4": 300, "FY23 Q1": 600, "FY23 Q2": 300}
    timeline = tb.evaluate(scores, program=CONSULTING, starting_tier="Provisional")
    assert {
        "FY22 Q1": "Base does not count: only FY22 Q4 sets the starting tier of PY23 (R7)",
        "FY22 Q2": "Crest does not count: only FY22 Q4 sets the starting tier of PY23 (R7)",
        "FY22 Q3": "Base does not count: only FY22 Q4 sets the starting tier of PY23 (R7)",
        "FY22 Q4": "Ridge counts: below Crest, so it changes nothing (R7)",
        "FY23 Q1": "> Crest counts: the highest that counts, since 2022-06-01 (R6)",
        "FY23 Q2": "Ridge does not count: takes effect on 2022-09-01, after this day (R4a)",
    } == told(timeline, "2022-08-31")


def test_the_carryover_is_that_of_q4() -> None:
    """Where the carryover changes in mid-year, the one in force in Q4 sets the starting tier, and it alone is named."""
    edition = TRAILBLAZER.edition("FY24 Q1")
    other = attrs.evolve(edition, start="FY24 Q4", carryover=Carryover.FINAL_QUARTER)
    program = attrs.evolve(TRAILBLAZER, name="CHANGED", changes=(edition, other))
    scores = {"FY24 Q1": 500, "FY24 Q2": 0, "FY24 Q3": 0, "FY24 Q4": 250}
    explained = str(tb.evaluate(scores, program=program, starting_tier=program.entry_tier).explain(date(2024, 3, 1)))
    assert "carryover: the tier earned in Q4" in explained
    assert "carryover: the highest tier earned" not in explained


def test_quarters_that_took_effect_by_the_start() -> None:
    """It is in the starting tier, so it does not count before March 1 (D4)."""
    scores = {"FY24 Q1": 760, "FY24 Q2": 300, "FY24 Q3": 300, "FY24 Q4": 300}
    timeline = tb.evaluate(scores, program=TRAILBLAZER, starting_tier=Tier.BASE, start=date(2023, 6, 1))
    assert (
        "Summit does not count: took effect by 2023-06-01: included in the starting tier as given (D4)"
        == (told(timeline, "2024-02-29")["FY24 Q1"])
    )
    assert "> Ridge counts: the highest that counts, since 2023-09-01 (R6)" == told(timeline, "2024-02-29")["FY24 Q2"]
    assert "> Summit counts: sets the starting tier of PY25 (R7)" == told(timeline, "2024-03-01")["FY24 Q1"]


def test_where_nothing_counts() -> None:
    """Without a scored quarter the entry tier is held, and no quarter decides (D2)."""
    timeline = tb.evaluate(
        dict.fromkeys(["FY25 Q1", "FY25 Q2", "FY25 Q3", "FY25 Q4"]), program=CONSULTING, starting_tier="Provisional"
    )
    explanation = timeline.explain(date(2025, 3, 1))
    assert None is explanation.decisive
    assert Tier.PROVISIONAL is explanation.tier
    assert "D2" in [rule.id for rule in explanation.rules]
    assert "Provisional on 2025-03-01 (CONSULTING, PY26)" == str(explanation).splitlines()[0]


def test_only_what_bears_on_the_day_is_considered() -> None:
    """The fiscal year that set the starting tier and the one whose results act now; older and later ones say nothing."""
    quarters = [f"FY{year} Q{number}" for year in (24, 25, 26, 27) for number in (1, 2, 3, 4)]
    timeline = tb.evaluate(dict.fromkeys(quarters, 300), program=TRAILBLAZER, starting_tier="Base")
    assert quarters[4:12] == list(told(timeline, "2025-03-01"))
    assert quarters[4:12] == list(told(timeline, "2026-02-28"))
    assert quarters[8:16] == list(told(timeline, "2026-03-01"))
    assert ["start", *quarters[0:4]] == list(told(timeline, "2023-03-01"))
    assert quarters[0:8] == list(told(timeline, "2024-03-01"))


def test_an_explanation_is_printed_for_people() -> None:
    """The tier, what counts and what does not, the numbers, the rules, and where all that is written."""
    assert EXPLAINED == str(TIMELINE.explain(date(2024, 2, 29)))


def test_a_model_says_so_where_it_explains() -> None:
    """The note of a program stands in the second line."""
    timeline = tb.evaluate({"FY24 Q1": 310}, program=TRAILBLAZER, starting_tier="Base")
    lines = str(timeline.explain(date(2023, 6, 1))).splitlines()
    assert "a model, not a record: the ISV edition of FY24 for all time" == lines[1]
    assert "  Ridge from 250, all time  published, S1\n" in "\n".join(lines)


def test_labels_and_unknown_scores_are_printed() -> None:
    """The name of the time stands beside today's; a tier in place of a score says so."""
    timeline = tb.evaluate({"FY20 Q1": 450, "FY20 Q2": Tier.SUMMIT}, program=CONSULTING, starting_tier="Provisional")
    text = str(timeline.explain(date(2019, 9, 1)))
    assert "   FY20 Q1  450  Crest (Gold), 450 to 699" in text
    assert ">  FY20 Q2    -  Summit (Platinum), score not known" in text
    assert "Crest (Gold) from 450, FY19 Q1 on       published, S9, S8" in text


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
        "counts",
        "does_not_count",
        "rules",
        "sources",
    ]
    assert names == list(data)
    assert ("tbtier.explanation/1", "2024-02-29", "Crest", "ISV", "PY24", "") == tuple(data.values())[:6]
    assert {
        "quarter": "FY24 Q2",
        "score": 540,
        "tier": "Crest",
        "label": "Crest",
        "edition": "FY24 Q1",
        "reached": {"tier": "Crest", "score": 500, "certainty": "published", "sources": ["S1"], "note": ""},
        "not_reached": {
            "tier": "Summit",
            "score": 750,
            "certainty": "inferred",
            "sources": ["S1", "S6"],
            "note": "the number is cut off in S1; taken from the consulting program in S6",
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
        "sources": ["S14"],
        "note": "S1 does not state it; taken from FY22",
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
    data = tb.evaluate({"FY24 Q1": Tier.CREST}, program=ISV, starting_tier="Base").explain(date(2023, 6, 1)).to_dict()
    (result,) = data["counts"]
    names = ("score", "tier", "label", "reached", "not_reached", "maximum")
    assert (None, "Crest", "Crest", None, None, None) == tuple(result[name] for name in names)


@pytest.mark.parametrize(("score", "inferred"), [(249, False), (250, True), (251, False), (499, False), (500, True)])
def test_a_score_that_is_exactly_a_bound_says_how_it_is_read(score: int, inferred: bool) -> None:
    """S1 prints "more than 250" beside "0-249", so that 250 is enough rests on D8; 251 does not."""
    timeline = tb.evaluate({"FY24 Q1": score}, program=ISV, starting_tier="Base")
    explanation, decision = timeline.explain(date(2023, 6, 1)), timeline.decisions[0]
    assert inferred is ("D8" in [rule.id for rule in explanation.rules])
    assert inferred is ("D8" in [reason.rule for reason in decision.reasons])
    assert inferred is (f", {score}* to " in str(explanation))


def test_every_source_that_is_cited_is_listed() -> None:
    """No id in plain data dangles, whatever was scored."""
    for scores in ({"FY22 Q1": Tier.CREST}, {"FY22 Q1": None}, {"FY22 Q1": 1000}, {"FY22 Q1": 0}):
        data = tb.evaluate(scores, program=ISV, starting_tier="Base").explain(date(2021, 6, 1)).to_dict()
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
    timeline = tb.evaluate(
        {"FY24 Q2": None, "FY24 Q3": 300}, program=TRAILBLAZER, starting_tier="Base", start=date(2023, 5, 31)
    )
    assert "None counts: ended before the start: earns nothing (D5)" == told(timeline, "2023-11-30")["FY24 Q1"]
    assert "None counts: earns nothing (D1)" == told(timeline, "2023-11-30")["FY24 Q2"]
    first, second = timeline.decisions[:2]
    assert "D5: FY24 Q1 is not given and ended before the timeline starts: it earns nothing" == (
        f"{first.reasons[0].rule}: {first.reasons[0].text}"
    )
    assert "D1" == second.reasons[0].rule


def test_dates_that_are_inferred_are_shown() -> None:
    """The thresholds of FY21 are published, that they are those of FY21 is not: every number of FY21 is inferred."""
    timeline = tb.evaluate({"FY21 Q4": 160}, program=ISV, starting_tier="Base", start=date(2021, 2, 1))
    assert "2021-03-01  Ridge  FY21 Q4    160  Ridge*  promoted*" in str(timeline)
    assert "* by rules that are inferred, not published" == str(timeline).splitlines()[-1]
    assert ">  FY21 Q4  160  Ridge, 150* to 249*" in str(timeline.explain(date(2021, 3, 1)))
    assert "160 earns Ridge from 150 (edition FY21 Q1: inferred, S13)" in str(timeline.decisions[0])
    assert "carryover: the tier earned in Q4  inferred, S5" in str(timeline.explain(date(2021, 3, 1)))


def test_the_entry_tier_is_explained() -> None:
    """Where nothing counts, the text says so."""
    timeline = tb.evaluate(
        dict.fromkeys(["FY25 Q1", "FY25 Q2", "FY25 Q3", "FY25 Q4"]), program=CONSULTING, starting_tier="Provisional"
    )
    assert ">  entry tier: Provisional, since nothing that counts was scored (D2*)" in str(timeline.explain(date(2025, 3, 1)))


def test_two_sources_cannot_share_an_id() -> None:
    """A program of one's own may not call another document S1, since the rules cite S1 too."""
    mine = Citation(Certainty.PUBLISHED, (Source("S1", "My own handbook", "2026"),))
    edition = attrs.evolve(TRAILBLAZER.edition("FY24 Q1"), carryover_citation=mine)
    program = attrs.evolve(TRAILBLAZER, changes=(edition,))
    timeline = tb.evaluate(
        dict.fromkeys(["FY24 Q1", "FY24 Q2", "FY24 Q3", "FY24 Q4"], 1), program=program, starting_tier=program.entry_tier
    )
    with pytest.raises(tb.errors.RuleDataError, match="Source S1: must have a unique id"):
        timeline.explain(date(2024, 3, 1)).to_dict()
