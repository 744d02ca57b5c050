"""Where two timelines differ, and why."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import APPS, GUILD
from strategies import Partner, entries, partners

import tbtier as tb
from tbtier import FiscalQuarter, Tier
from tbtier.errors import OutsideTimelineError

ONE_DAY = timedelta(days=1)
SCORES = tb.ScoreHistory({"FY24 Q1": 310, "FY24 Q2": 280, "FY24 Q3": 400, "FY24 Q4": 430})
BEFORE = tb.evaluate(SCORES, program=APPS, starting_tier=Tier.BASE)
AFTER = tb.evaluate(SCORES.with_score("FY24 Q2", 540), program=APPS, starting_tier=Tier.BASE)


def test_a_corrected_score() -> None:
    """Each span has both tiers, and the decisions behind them."""
    (span,) = tb.diff(BEFORE, AFTER)
    assert (date(2023, 9, 1), date(2024, 6, 1), date(2024, 5, 31)) == (span.start, span.stop, span.last_day)
    assert (Tier.RIDGE, Tier.CREST) == (span.before, span.after)
    assert (BEFORE.decisions[0], AFTER.decisions[1]) == (span.decision_before, span.decision_after)
    assert ["S2", "T2", "S1", "S6", "T3"] == [source.id for source in span.sources]
    assert "2023-09-01 to 2024-05-31: Ridge (FY24 Q1: promoted), then Crest (FY24 Q2: promoted*)" == str(span)


def test_the_same_timeline_has_no_differences() -> None:
    """The result is empty."""
    assert () == tb.diff(BEFORE, BEFORE)


def test_another_starting_tier() -> None:
    """Before any quarter takes effect, a tier is the starting tier."""
    other = tb.evaluate(SCORES, program=APPS, starting_tier=Tier.SUMMIT)
    first, second = tb.diff(BEFORE, other)
    assert (None, None) == (first.decision_before, first.decision_after)
    assert (date(2023, 3, 1), date(2023, 6, 1), date(2024, 3, 1)) == (first.start, first.stop, second.stop)
    assert "2023-03-01 to 2023-05-31: Base (starting tier), then Summit (starting tier)" == str(first)
    assert "2023-06-01 to 2024-02-29: Ridge (FY24 Q1: promoted), then Summit (starting tier)" == str(second)
    assert (None, None) == (first.to_dict()["decision_before"], first.to_dict()["decision_after"])


def test_other_rules() -> None:
    """Under the rules of FY21, a score of 450 in FY20 would have earned Ridge and not Crest."""
    scores = {f"FY20 Q{number}": 450 for number in (1, 2, 3, 4)}
    (span,) = tb.diff(
        tb.evaluate(scores, program=GUILD, starting_tier="Provisional"),
        tb.evaluate(scores, program=GUILD.with_edition_of("FY21 Q1"), starting_tier="Provisional"),
    )
    assert (date(2019, 6, 1), date(2020, 6, 1), Tier.CREST, Tier.RIDGE) == (span.start, span.stop, span.before, span.after)


def test_only_days_that_both_cover_are_compared() -> None:
    """A timeline knows no days beyond its scores, so a difference does not include them."""
    shorter = tb.evaluate({"FY24 Q1": 550}, program=APPS, starting_tier="Base", start=date(2023, 5, 15))
    assert [(date(2023, 6, 1), date(2023, 9, 1))] == [(span.start, span.stop) for span in tb.diff(BEFORE, shorter)]
    for scores in ({}, {"FY24 Q1": 310}):  # the longer timeline changes on the day on which the shorter one stops
        short = tb.evaluate(scores, program=APPS, starting_tier="Base", start=date(2023, 3, 1))
        assert () == tb.diff(AFTER, short)
    with pytest.raises(OutsideTimelineError) as apart:
        tb.diff(BEFORE, tb.evaluate({"FY22 Q1": 1}, program=APPS, starting_tier="Base"))
    facts = apart.value.day, apart.value.start, apart.value.stop, apart.value.reason
    assert (date(2021, 3, 1), BEFORE.start, BEFORE.stop, "the two timelines have no day in common") == facts
    next_to_it = tb.evaluate({}, program=APPS, starting_tier="Base", start=date(2024, 6, 1))
    with pytest.raises(OutsideTimelineError, match="have no day in common"):
        tb.diff(BEFORE, next_to_it)


def test_wrong_kinds_are_refused() -> None:
    """Both arguments must be timelines."""
    with pytest.raises(TypeError, match="before must be a Timeline, got ScoreHistory"):
        tb.diff(SCORES, AFTER)
    with pytest.raises(TypeError, match="after must be a Timeline, got ScoreHistory"):
        tb.diff(BEFORE, SCORES)


def test_plain_data_survives_json() -> None:
    """Plain data has text, `None`, lists and dicts, with the version of the format."""
    (span,) = tb.diff(BEFORE, AFTER)
    plain = span.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    before, after, sources = plain.pop("decision_before"), plain.pop("decision_after"), plain.pop("sources")
    assert {
        "format": "tbtier.difference/1",
        "start": "2023-09-01",
        "stop": "2024-06-01",
        "before": "Ridge",
        "after": "Crest",
    } == plain
    reasons = after.pop("reasons")
    assert {
        "quarter": "FY24 Q2",
        "effective_on": "2023-09-01",
        "earned": "Crest",
        "before": "Ridge",
        "after": "Crest",
        "kind": "promoted",
    } == after
    assert {
        "text": "Crest is above Ridge, and the highest tier wins",
        "rule": "R6",
        "certainty": "published",
        "sources": ["S1", "S6"],
        "note": "",
    } == reasons[-1]
    assert "promoted" == before["kind"]
    cited = {
        source for decision in (before, {"reasons": reasons}) for reason in decision["reasons"] for source in reason["sources"]
    }
    assert cited == set(sources)
    fallen = tb.evaluate(dict.fromkeys(SCORES), program=APPS, starting_tier=Tier.SUMMIT)
    unscored = tb.diff(fallen, AFTER)[-1].to_dict()["decision_before"]
    assert ("Base", None) == (unscored["after"], unscored["earned"])


@given(partners, st.data())
def test_the_spans_are_the_days_that_differ(partner: Partner, data: st.DataObject) -> None:
    """A span covers exactly the days on which the tiers differ, and has one pair of tiers."""
    before = partner.timeline
    quarters = sorted(partner.scores)
    scores = before.history
    if quarters:
        changed: FiscalQuarter = data.draw(st.sampled_from(quarters))
        scores = scores.with_score(changed, data.draw(entries(partner.program.edition(changed))))
    tier = data.draw(st.sampled_from(partner.program.tiers))
    after = tb.evaluate(scores, program=partner.program, starting_tier=tier, start=before.start)
    found = tb.diff(before, after)
    differing: dict[date, tuple[Tier, Tier]] = {}
    for span in found:
        for offset in range((span.stop - span.start).days):
            assert span.start + offset * ONE_DAY not in differing
            differing[span.start + offset * ONE_DAY] = span.before, span.after
    day = before.start
    while day < before.stop:
        tiers = before.tier_on(day), after.tier_on(day)
        assert differing.get(day) == (None if tiers[0] is tiers[1] else tiers)
        day += ONE_DAY
    for one, other in pairwise(found):
        assert one.stop < other.start or (one.before, one.after) != (other.before, other.after)
