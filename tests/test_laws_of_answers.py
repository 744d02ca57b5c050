"""Laws of periods, decisions and explanations: each agrees with the tier held on every day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise

import oracle
import pytest
from held import EFFECTIVE, boundaries_of, days_of, effective_dates_of, first_march_1_after, held_by, worth
from hypothesis import given
from made_up import GUILD
from plain import RANKS, earned_by, rules_of
from strategies import Partner, contiguous, partners

from tbtier import FiscalQuarter, FiscalYear, Tier, evaluate
from tbtier.rules import Cycle

ONE_DAY = timedelta(days=1)


@given(partners)
def test_periods_cover_the_timeline_without_gap_or_overlap(partner: Partner) -> None:
    """Periods begin at the start, follow each other to the stop, and have another tier than the previous one (R6)."""
    timeline = partner.timeline
    periods = timeline.periods
    assert (timeline.start, timeline.stop) == (periods[0].start, periods[-1].stop)
    for former, latter in pairwise(periods):
        assert former.stop == latter.start
        assert former.tier is not latter.tier
    assert all(period.start < period.stop for period in periods)


@given(partners)
def test_periods_hold_the_tier_of_each_of_their_days(partner: Partner) -> None:
    """Every day lies in one period, which has its tier (R4)."""
    timeline = partner.timeline
    spread = {day: period for period in timeline.periods for day in days_of(timeline) if day in period}
    assert held_by(timeline) == {day: period.tier for day, period in spread.items()}


@given(partners)
def test_periods_begin_with_the_quarter_that_acted(partner: Partner) -> None:
    """A period names the quarter that took effect on its first day, unless it begins with the starting tier (R4)."""
    first, *later = partner.timeline.periods
    assert first.quarter is None
    for period in later:
        assert Cycle(period.quarter).effective_on == period.start


@given(partners)
def test_there_is_one_decision_for_every_effective_date(partner: Partner) -> None:
    """Every effective date after the start has one decision, by the quarter that closed a month before (R4)."""
    timeline = partner.timeline
    assert effective_dates_of(timeline) == [decision.effective_on for decision in timeline.decisions]
    for decision in timeline.decisions:
        day = decision.effective_on
        assert EFFECTIVE[day.month, day.day] == decision.quarter.number
        assert day.replace(month=day.month - 1) - ONE_DAY == decision.quarter.last_day


@given(partners)
def test_decisions_say_what_is_held_before_and_after(partner: Partner) -> None:
    """A decision's tiers are those held on the day before its effective date and on that day (R4, R6, R7)."""
    timeline = partner.timeline
    decisions = timeline.decisions
    expected = [(timeline.tier_on(day - ONE_DAY), timeline.tier_on(day)) for day in effective_dates_of(timeline)]
    assert expected == [(decision.before, decision.after) for decision in decisions]
    assert [decision for decision in decisions if decision.before is not decision.after] == list(timeline.changes)


@given(partners)
def test_decisions_earn_what_their_quarter_is_worth(partner: Partner) -> None:
    """The earned tier of a decision is what its own edition gives for the score, or `None` without a score (D1, D7)."""
    for decision in partner.timeline.decisions:
        expected = worth(partner, decision.quarter) if decision.quarter in partner.scores else None
        assert expected is decision.earned


@given(partners)
def test_the_explanation_alone_reproduces_the_answer(partner: Partner) -> None:
    """The tier is the highest of the floor and the results that count in JSON, and one of them decides (R6, R7)."""
    timeline = partner.timeline
    for day in boundaries_of(timeline):
        plain = json.loads(json.dumps(timeline.explain(day).to_dict()))
        floor = Tier(plain["floor"]["tier"])
        earned = [Tier(one["tier"]) for one in plain["counts"] if one["tier"] is not None]
        assert timeline.tier_on(day) is max([floor, *earned]) is Tier(plain["tier"])
        decisive = [Tier(one["tier"]) for one in plain["counts"] if one["decisive"]]
        decisive += [floor] if plain["floor"]["decisive"] else []
        assert [timeline.tier_on(day)] == decisive
        assert not [one for one in plain["does_not_count"] if one["decisive"]]


@given(partners)
def test_an_explanation_considers_the_history_as_given(partner: Partner) -> None:
    """Every quarter of an explanation has the score, the tier and the effective date of the history (D1, D7)."""
    timeline = partner.timeline
    for day in boundaries_of(timeline):
        plain = timeline.explain(day).to_dict()
        for one in (*plain["counts"], *plain["does_not_count"]):
            quarter = FiscalQuarter.parse(one["quarter"])
            earned = worth(partner, quarter) if quarter in partner.scores else None
            score = partner.scores.get(quarter)
            assert (None if isinstance(score, Tier) else score) == one["score"]
            assert (None if earned is None else str(earned)) == one["tier"]
            assert Cycle(quarter).effective_on.isoformat() == one["effective_on"]


@given(contiguous())
def test_a_full_history_is_carried_over(partner: Partner) -> None:
    """After the first March 1, the tier is the best that the oracle finds in the quarters of the diary's year (R6, R7, D2)."""
    timeline, rules, earned = partner.timeline, rules_of(partner.program), earned_by(partner)
    for day in boundaries_of(timeline):
        if day >= first_march_1_after(timeline.start):
            year = day.year if day.month >= 3 else day.year - 1
            carryover = oracle.edition_in_force((year, 4), rules).carryover
            before = [(year, number) for number in (1, 2, 3, 4)] if carryover == "HIGHEST_OF_YEAR" else [(year, 4)]
            inside = [(year + 1, number) for number in (1, 2, 3) if date(year, 3 * number + 3, 1) <= day]
            counting = [*before, *inside]
            best = [earned[quarter] for quarter in counting if earned[quarter] is not None]
            assert max(best, default=rules.entry_tier) == RANKS[timeline.tier_on(day)]
            plain = timeline.explain(day).to_dict()["counts"]
            assert [f"FY{year % 100:02} Q{number}" for year, number in counting] == [one["quarter"] for one in plain]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 2, 28), "FY22 Q4, FY23 Q1, FY23 Q2, FY23 Q3"),
        (date(2023, 3, 1), "FY23 Q4"),
        (date(2024, 2, 29), "FY23 Q4, FY24 Q1, FY24 Q2, FY24 Q3"),
        (date(2024, 3, 1), "FY24 Q1, FY24 Q2, FY24 Q3, FY24 Q4"),
        (date(2024, 6, 1), "FY24 Q1, FY24 Q2, FY24 Q3, FY24 Q4, FY25 Q1"),
    ],
)
def test_the_carryover_is_that_of_the_edition_of_q4(day: date, expected: str) -> None:
    """The carryover changes with FY24, and the program year that FY23 sets still follows the old one to its end (R7, D7)."""
    scores = {
        quarter: 760 if quarter.number == 1 else 0 for year in (22, 23, 24) for quarter in FiscalYear(2000 + year).quarters
    }
    timeline = evaluate({**scores, "FY25 Q1": 0}, program=GUILD, starting_tier="Provisional")
    counted = [one["quarter"] for one in timeline.explain(day).to_dict()["counts"]]
    assert expected == ", ".join(counted)
    assert max(GUILD.tier_for(timeline.history[quarter], quarter) for quarter in counted) is timeline.tier_on(day)
