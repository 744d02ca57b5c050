"""The text of a finding, its case, and its plain data."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from made_up import APPS, MODEL
from records import RIGHT, TIMELINE
from refusals import raised_by

import tbtier as tb
from tbtier import FiscalQuarter, Tier
from tbtier.auditing.codes import CODES, Kind
from tbtier.rules.rulebook import EVALUATION_RULES

ONE_DAY = timedelta(days=1)
MISSED = tb.audit(RIGHT[:2], TIMELINE)[0]


def test_a_finding_is_printed_in_a_few_lines() -> None:
    """The text has the days, the code, the tiers, the rule, the decision and the rows."""
    assert """\
2023-09-01 to 2025-02-28: missed-rise: Crest* expected, Ridge observed
  FY24 Q2 takes effect, and the record keeps Ridge (R6: published, S1, S6)
  decided on 2023-09-01: Ridge to Crest, promoted* (FY24 Q2)
  rows[1]
* inferred, not published""" == str(MISSED)
    day, following = tb.audit([(date(2023, 3, 1), date(2023, 5, 31), "Base"), RIGHT[1], *RIGHT[2:]], TIMELINE), date(2023, 6, 1)
    assert ["2023-05-31: gap: Base expected"] == [one.headline for one in day if one.stop == following]
    many = tb.audit([(TIMELINE.start + place * ONE_DAY, "Summit") for place in range(9)], TIMELINE)[0]
    assert "  rows[0], rows[1], rows[2], rows[3], rows[4], rows[5] and 3 more" in str(many).splitlines()


def test_a_pattern_names_the_days_on_which_the_record_is_wrong() -> None:
    """The text counts all wrong days, and names at most four spans; a span of one day is one date."""
    rows = [*RIGHT[:1], (date(2023, 6, 2), "Ridge"), (date(2023, 9, 5), "Crest"), (date(2025, 3, 4), "Ridge")]
    (found,) = tb.audit(rows, TIMELINE)
    lines = str(found).splitlines()
    assert "2023-06-01 to 2025-03-03: notification-dates: Ridge expected, Base observed" == lines[0]
    assert "  wrong on 8 days: 2023-06-01, 2023-09-01 to 2023-09-04, 2025-03-01 to 2025-03-03" == lines[1]
    scores = [310, 540, 760, 0, 0, 0, 0, 310, 310, 540]
    quarters = [FiscalQuarter(2024, 1) + place for place in range(len(scores))]
    timeline = tb.evaluate(dict(zip(quarters, scores)), program=MODEL, starting_tier="Base")
    right = [(period.start, period.tier) for period in timeline.periods]
    late = [right[0], *((day + ONE_DAY, tier) for day, tier in right[1:])]
    for changes, more in ((4, ""), (5, " and 1 more")):
        (found,) = tb.audit(late[: changes + 1], timeline, as_of=late[changes][0])
        first_four = "2023-06-01, 2023-09-01, 2023-12-01, 2025-03-01"
        assert f"  wrong on {changes} days: {first_four}{more}" == str(found).splitlines()[1]


def test_a_case_has_what_salesforce_asks_for() -> None:
    """A case has the scores by quarter, the metrics and opportunities to fill in, the reasons and the sources (R11)."""
    text = MISSED.case()
    assert text == MISSED.case(date(2025, 3, 1))
    assert text.startswith(
        "The tier of our partner account from 2023-09-01 to 2025-02-28 (MODEL): Crest* expected, Ridge observed"
    )
    for part in (
        "observed\na model, not a record: the APPS edition of FY24 for all time\n",
        "  FY24 Q2  2023-07-31    540  Crest* from 500  2023-09-01",
        "Metrics to check\n  FY24 Q1: [metric, points shown, points expected]\n  FY24 Q2: [",
        "Missing opportunities\n  [opportunity, ",
        "  Crest is above Ridge, and the highest tier wins (R6: published, S1, S6)",
        "(R11: published, S2)",
        "  S2  Tectonic, Salesforce Partner Trailblazer Score explained, undated, before FY27",
    ):
        assert part in text
    assert "case account from 2023-09-01 on (MODEL)" in f"case {MISSED.case(date(2023, 9, 8)).partition('partner ')[2]}"


def test_the_star_of_a_score_alone_is_explained() -> None:
    """The tier of Q4 is inferred, and the tier of the day rests on Q1 alone."""
    timeline = tb.evaluate({"FY21 Q4": 0, "FY22 Q1": 760}, program=APPS, starting_tier=Tier.BASE, start=date(2021, 2, 1))
    (found,) = tb.audit([(timeline.start, Tier.BASE)], timeline)
    text = found.case()
    assert "to 2021-08-31 (APPS): Summit expected, Base observed\n" in text
    assert "  FY21 Q4  2021-01-31      0  Base* from 0     2021-03-01\n" in text
    assert text.endswith("\n\n* inferred, not published")


def test_a_case_shows_what_was_not_scored() -> None:
    """The table of a case marks a quarter without a score, and shows a tier that is given in place of a score."""
    timeline = tb.evaluate({"FY24 Q1": Tier.RIDGE, "FY24 Q2": None, "FY24 Q3": 540}, program=APPS, starting_tier="Base")
    (found,) = tb.audit([(date(2023, 3, 1), "Base"), (date(2023, 6, 1), "Ridge")], timeline)
    table = found.case().split("\n\n")[1].splitlines()
    assert [
        "  quarter  closed      score  earned           took effect",
        "  FY24 Q1  2023-04-30      -  Ridge            2023-06-01",
        "  FY24 Q2  2023-07-31      -  not scored       2023-09-01",
        "  FY24 Q3  2023-10-31    540  Crest* from 500  2023-12-01",
    ] == table[1:]


def test_a_case_waits_until_the_evaluation_is_over() -> None:
    """Until the last day of notification the text advises to wait, and gives the reason (R4, R5)."""
    for day in (date(2023, 8, 1), date(2023, 9, 1), date(2023, 9, 7)):
        text = MISSED.case(as_of=day)
        assert text.startswith(f"Wait until 2023-09-07 has passed before opening a case; it is {day}.\n")
        assert "FY24 Q2 is in review until 2023-08-31, and takes effect on 2023-09-01 (R4a: derived" in text
        assert "partners are notified from 2023-09-01 to 2023-09-07 (R5: published" in text
    assert MISSED.case(as_of=date(2023, 9, 8)).startswith("The tier of our partner account")
    fallen = tb.audit([*RIGHT[:3], (date(2025, 3, 1), "Base")], TIMELINE)[0]
    assert "partners are notified from 2025-03-01 to 2025-03-07 (R5a: derived" in fallen.case(date(2025, 3, 7))
    with pytest.raises(TypeError, match="as_of must be a date"):
        MISSED.case("2023-09-08")


def test_a_record_above_what_was_earned_needs_no_case() -> None:
    """If a record is too high, early, late, or wrong only on later days, its owner must correct the record."""
    early = [*RIGHT[:2], (date(2023, 8, 5), "Crest"), RIGHT[3]]
    late = [*RIGHT[:2], (date(2023, 10, 5), "Crest"), RIGHT[3]]
    high = [*RIGHT[:3], (date(2024, 6, 1), "Summit"), RIGHT[3]]
    for rows in (early, late, high):
        (found,) = tb.audit(rows, TIMELINE)
        for text in (found.case(), found.case(found.on), found.case(date(2025, 8, 1))):
            assert text.startswith("No case to open; correct the record: ")
    (low,) = tb.audit([*RIGHT[:3], (date(2024, 10, 15), "Base"), RIGHT[3]], TIMELINE)
    assert low.case(date(2024, 9, 7)).startswith("Wait until 2024-09-07 has passed")
    assert low.case(date(2024, 10, 14)).startswith("No case to open; correct the record: remove the row: the tier is kept")
    assert low.case(date(2024, 10, 15)).startswith("The tier of our partner account from 2024-10-15 on")


def test_a_code_is_one_of_the_documented() -> None:
    """Any other text is refused when a finding is made by hand; a text of a subclass becomes plain."""
    wanted = "code must be the code of a finding, got 'no-such-code': the documentation lists them"
    assert wanted == str(raised_by(lambda: attrs.evolve(MISSED, code="no-such-code")))
    assert str is type(attrs.evolve(MISSED, code=type("Text", (str,), {})("gap")).code)


DAY = date(2023, 4, 30)


@pytest.mark.parametrize(
    "spans",
    [
        [(DAY, None)],
        (),
        ([DAY, None],),
        ((DAY,),),
        ((DAY, None, None),),
        ((None, DAY),),
        ((DAY, "2023-05-01"),),
        ((DAY, 0),),
        ((DAY, None), (DAY, "")),
    ],
)
def test_spans_are_pairs_of_days(spans: Any) -> None:
    """A second day may be missing, if it is not known."""
    error = raised_by(lambda: attrs.evolve(MISSED, spans=spans))
    assert f"spans must be a tuple of pairs of days, at least one, got {spans!r}" == str(error)
    assert ((DAY, DAY), (DAY, None)) == attrs.evolve(MISSED, spans=((DAY, DAY), (DAY, None))).spans


@pytest.mark.parametrize(
    "tiers",
    [
        {"expected": None},
        {"observed": None},
        {"expected": Tier.RIDGE, "observed": Tier.RIDGE},
        {"expected": Tier.RIDGE, "observed": Tier.CREST},
        {"program": ""},
    ],
)
def test_a_case_needs_a_tier_that_is_too_low(tiers: dict[str, Any]) -> None:
    """A finding that is made by hand has a case only if both tiers are known, and the observed tier is the lower one."""
    assert attrs.evolve(MISSED, **tiers).case().startswith("No case to open; correct the record: add a row for the rise.")


def test_a_finding_by_hand_may_have_no_last_day() -> None:
    """If the stop of a finding is not known, its case has the first day alone, and its days are not counted."""
    found = attrs.evolve(MISSED, spans=((date(2023, 9, 1), None),))
    assert None is found.days
    assert 1 == attrs.evolve(found, spans=(*found.spans, (date(2024, 9, 1), date(2024, 9, 2)))).days
    assert found.case(date(2025, 8, 1)).startswith("The tier of our partner account from 2023-09-01 on (MODEL): Crest* ")


def test_a_finding_names_each_document_once() -> None:
    """The reason and the decision of a finding share documents: the sources have each of them once, the reason's first."""
    assert MISSED.decision
    assert {"S1", "S6"} <= {source.id for source in MISSED.decision.sources}
    first, second, *others = [source.id for source in MISSED.sources]
    assert ("S1", "S6", ["S2", "T2", "T3"]) == (first, second, sorted(others))


def test_faults_of_the_record_alone_need_no_case() -> None:
    """The owner of the record must correct a gap, a repeated mistake and a finding without scores."""
    (gap,) = tb.audit([(date(2023, 3, 1), date(2023, 5, 1), "Base"), *RIGHT[1:]], TIMELINE)
    (system,) = tb.audit(
        [*RIGHT[:1], (date(2023, 5, 1), "Ridge"), (date(2023, 8, 1), "Crest"), (date(2025, 2, 1), "Ridge")], TIMELINE
    )
    (fall,) = tb.audit_rows([(date(2023, 3, 1), "Crest"), (date(2023, 7, 10), "Base")])
    for found in (gap, system, fall):
        for text in (found.case(), found.case(date(2023, 3, 2))):
            assert text.startswith("No case to open; correct the record: ")
            assert text.endswith(f"{found.headline}\n  {found.reason}")


def test_a_case_about_the_starting_tier_has_no_scores() -> None:
    """The case names the starting tier if no score has changed it."""
    timeline = tb.evaluate({"FY24 Q1": 10}, program=APPS, starting_tier=Tier.CREST)
    (found,) = tb.audit([(date(2023, 3, 1), "Crest"), (date(2023, 4, 1), "Base")], timeline)
    assert (None, False) == (found.decision, found.is_inferred)
    text = found.case(date(2023, 4, 2))
    assert "The score expected, by quarter\n  Crest was already held when our records begin, and no score" in text
    assert "Metrics to check\n  [quarter]: [metric, points shown, points expected]" in text


def test_plain_data_survives_json() -> None:
    """Plain data has text, ints, bools, `None`, lists and dicts, with the version of the format."""
    plain = MISSED.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    decision, reason, sources = plain.pop("decision"), plain.pop("reason"), plain.pop("sources")
    assert {
        "format": "tbtier.finding/1",
        "code": "missed-rise",
        "program": "MODEL",
        "note": "a model, not a record: the APPS edition of FY24 for all time",
        "on": "2023-09-01",
        "stop": "2025-03-01",
        "spans": [["2023-09-01", "2025-03-01"]],
        "days": 547,
        "expected": "Crest",
        "observed": "Ridge",
        "is_inferred": True,
        "rule": "R6",
        "rows": [1],
    } == plain
    assert ("R6", "published", "FY24 Q2") == (reason["rule"], reason["certainty"], decision["quarter"])
    assert {"S1", "S2", "S6", "T2", "T3"} == set(sources)
    (alone,) = tb.audit_rows([(date(2023, 3, 1), "Crest"), (date(2023, 7, 10), "Base")])
    assert (None, None, "", "") == tuple(alone.to_dict()[name] for name in ("stop", "decision", "program", "note"))


def test_every_code_has_a_rule() -> None:
    """Each code names a rule, says what is wrong, and says what to do."""
    for name, code in CODES.items():
        assert name == code.id
        assert code.rule in {rule.id for rule in EVALUATION_RULES}
        assert isinstance(code.kind, Kind)
        assert all((code.meaning, code.advice))
