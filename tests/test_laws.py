"""The laws that hold whatever is scored, each with the rule that it proves where it is a rule that says so."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import oracle
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made_up import BEST_OF_FOUR, GUILD, MODEL
from plain import RANKS, earned_by, rules_of
from strategies import (
    FIRST_DAY,
    LAST_DAY,
    MADE_UP,
    Partner,
    boundary_days,
    contiguous,
    days,
    effective_on,
    entries,
    partners,
    quarters,
    ragged,
    spellings,
)

import tbtier
import tbtier.evaluation.basis
import tbtier.evaluation.decisions
import tbtier.evaluation.reasons
import tbtier.rules
from tbtier import (
    Decision,
    Difference,
    Explanation,
    Finding,
    FiscalQuarter,
    FiscalYear,
    Outlook,
    ProgramYear,
    ScoreHistory,
    Tier,
    TierPeriod,
    Timeline,
    audit,
    diff,
    evaluate,
    outlook,
)
from tbtier.errors import MissingScoreError, ProgramEndedError
from tbtier.evaluation.scores import Score
from tbtier.rules import Carryover, Citation, Cycle, Edition, Program, ProgramEnd, Source

ONE_DAY = timedelta(days=1)

EFFECTIVE = {(3, 1): 4, (6, 1): 1, (9, 1): 2, (12, 1): 3}
"""Month and day of each effective date, with the number of the quarter that acts then."""
YEARS = range(2, 10_000)


def days_of(timeline: Timeline) -> list[date]:
    """Return every day that a timeline covers."""
    return [timeline.start + offset * ONE_DAY for offset in range((timeline.stop - timeline.start).days)]


def effective_dates_of(timeline: Timeline) -> list[date]:
    """Return every effective date after the first day of a timeline."""
    return [day for day in days_of(timeline)[1:] if (day.month, day.day) in EFFECTIVE]


def boundaries_of(timeline: Timeline) -> list[date]:
    """Return the first and the last day of a timeline, its effective dates and the days before them."""
    acting = effective_dates_of(timeline)
    return sorted({timeline.start, timeline.stop - ONE_DAY, *acting, *(day - ONE_DAY for day in acting)})


def held_by(timeline: Timeline) -> dict[date, Tier]:
    """Return the tier held on every day."""
    return {day: timeline.tier_on(day) for day in days_of(timeline)}


def first_march_1_after(day: date) -> date:
    """Return the first March 1 after a day."""
    return date(day.year if (day.month, day.day) < (3, 1) else day.year + 1, 3, 1)


def worth(partner: Partner, quarter: FiscalQuarter) -> Tier | None:
    """Return what a quarter of a partner has earned."""
    score = partner.scores[quarter]
    return score if score is None or isinstance(score, Tier) else partner.program.tier_for(score, quarter)


@st.composite
def partners_with_two_entries(draw: st.DrawFn) -> tuple[Partner, FiscalQuarter, Score, Score]:
    """Draw a partner, a quarter of its history, and two things that could stand there."""
    partner = draw(partners)
    partner = partner if partner.scores else draw(contiguous())
    quarter = draw(st.sampled_from(sorted(partner.scores)))
    entry = entries(partner.program.edition(quarter))
    return partner, quarter, draw(entry), draw(entry)


def with_entry(partner: Partner, quarter: FiscalQuarter, score: Score) -> Partner:
    """Return the same partner with another score."""
    return partner._replace(scores={**partner.scores, quarter: score})


@given(partners)
def test_tier_changes_only_on_effective_dates(partner: Partner) -> None:
    """A tier changes on March 1, June 1, September 1 or December 1, and on no other day (R4)."""
    timeline = partner.timeline
    changed = [day for (_, before), (day, after) in pairwise(held_by(timeline).items()) if before is not after]
    assert not [day for day in changed if (day.month, day.day) not in EFFECTIVE]
    assert changed == [decision.effective_on for decision in timeline.changes]


@given(partners)
def test_tier_is_never_lowered_inside_a_program_year(partner: Partner) -> None:
    """From one day to the next of the same program year, the held tier stays or rises (R6)."""
    steps = pairwise(held_by(partner.timeline).items())
    inside = [(one, other) for one, other in steps if ProgramYear.containing(one[0]) == ProgramYear.containing(other[0])]
    assert not [day for (_, before), (day, after) in inside if after < before]


@given(partners)
def test_tier_is_lowered_only_on_march_1(partner: Partner) -> None:
    """Where the held tier falls, the day is a March 1 and the decision says that it is a downgrade (R8)."""
    timeline = partner.timeline
    held = held_by(timeline)
    fallen = [day for (_, before), (day, after) in pairwise(held.items()) if after < before]
    assert not [day for day in fallen if (day.month, day.day) != (3, 1)]
    kinds = {decision.effective_on: str(decision.kind) for decision in timeline.decisions}
    assert fallen == [day for day, kind in kinds.items() if kind == "downgraded"]


@given(partners)
def test_march_1_gives_what_was_earned_and_not_what_was_held(partner: Partner) -> None:
    """On March 1 the tier is the best that the fiscal year earned, or the entry tier if nothing was scored (R7, R8, D2)."""
    for decision in partner.timeline.decisions:
        if decision.quarter.number == 4:
            year = FiscalYear(decision.quarter.year).quarters
            carryover = partner.program.edition(decision.quarter).carryover
            counting = year if carryover is Carryover.HIGHEST_OF_YEAR else year[3:]
            earned = [worth(partner, quarter) for quarter in counting if partner.scores.get(quarter) is not None]
            assert max(earned, default=partner.program.entry_tier) is decision.after


@given(partners, st.data())
def test_starting_tier_counts_until_the_first_march_1(partner: Partner, data: st.DataObject) -> None:
    """Who starts higher is never lower for it, and from the first March 1 on there is no difference (D3, R7)."""
    lower, higher = sorted([partner.starting_tier, data.draw(st.sampled_from(partner.program.tiers))])
    one, two = (held_by(partner._replace(starting_tier=tier).timeline) for tier in (lower, higher))
    assert not [day for day in one if one[day] > two[day]]
    parted = [day for day in one if one[day] is not two[day]]
    assert not [day for day in parted if day >= first_march_1_after(min(one))]
    assert (lower is not higher) == (min(one) in parted)


@given(partners_with_two_entries())
def test_raising_a_score_never_lowers_the_tier(drawn: tuple[Partner, FiscalQuarter, Score, Score]) -> None:
    """Where one quarter earns more, the held tier is the same or higher on every day (R6, R7)."""
    partner, quarter, *scores = drawn
    one, two = (with_entry(partner, quarter, score) for score in scores)
    earned = [-1 if tier is None else tier.rank for tier in (worth(one, quarter), worth(two, quarter))]
    lower, higher = (one, two) if earned[0] <= earned[1] else (two, one)
    held = held_by(higher.timeline)
    assert not [day for day, tier in held_by(lower.timeline).items() if held[day] < tier]


@given(partners_with_two_entries())
def test_a_score_acts_from_its_effective_date_to_the_end_of_the_next_program_year(
    drawn: tuple[Partner, FiscalQuarter, Score, Score],
) -> None:
    """Another score in one quarter changes no day before it acts, and none after the next program year (R4, R7)."""
    partner, quarter, *scores = drawn
    one, two = (held_by(with_entry(partner, quarter, score).timeline) for score in scores)
    assert one.keys() == two.keys()
    changed = [day for day in one if one[day] is not two[day]]
    acts, over = Cycle(quarter).effective_on, date(quarter.year + 1, 3, 1)
    assert not [day for day in changed if not acts <= day < over]


@given(partners, st.data())
def test_later_scores_never_change_earlier_days(partner: Partner, data: st.DataObject) -> None:
    """A history that is cut short gives the same tiers as the whole one, only for fewer days (R3, R4, D6)."""
    ended = sum(quarter.stop <= (partner.start or date.min) for quarter in partner.scores)  # without them, D5 would apply
    kept = data.draw(st.integers(ended if partner.start else 1, len(partner.scores)))
    timeline = partner.timeline
    cut = partner._replace(scores=dict(list(partner.scores.items())[:kept])).timeline
    assert cut.stop <= timeline.stop
    assert {day: timeline.tier_on(day) for day in days_of(cut)} == held_by(cut)


@given(partners, st.data())
def test_a_tier_in_place_of_a_score_changes_nothing(partner: Partner, data: st.DataObject) -> None:
    """Where the tier that a score earned stands in its place, every day is the same (D1)."""
    replaced = data.draw(st.sets(st.sampled_from(sorted(partner.scores)))) if partner.scores else set()
    scores = {
        quarter: worth(partner, quarter) if quarter in replaced else partner.scores[quarter] for quarter in partner.scores
    }
    assert held_by(partner.timeline) == held_by(partner._replace(scores=scores).timeline)


@given(ragged(ended=True), st.data())
def test_a_quarter_that_ended_before_the_start_may_be_left_out(partner: Partner, data: st.DataObject) -> None:
    """To begin later with quarters that ended before the start is to say that they were not scored (D5)."""
    ended = [quarter for quarter in partner.scores if quarter.stop <= partner.start]
    count = data.draw(st.integers(1, min(len(ended), len(partner.scores) - 1)))
    dropped = sorted(partner.scores)[:count]
    unscored = {quarter: None if quarter in dropped else score for quarter, score in partner.scores.items()}
    without = {quarter: score for quarter, score in partner.scores.items() if quarter not in dropped}
    expected = partner._replace(scores=unscored).timeline
    assert held_by(expected) == held_by(partner._replace(scores=without).timeline)


def needed_by(partner: Partner) -> list[FiscalQuarter]:
    """Return the quarters before the last one given which had not ended by the start."""
    return [quarter for quarter in sorted(partner.scores)[:-1] if quarter.stop > partner.timeline.start]


@given(partners, st.data())
def test_a_quarter_that_had_not_ended_by_the_start_cannot_be_left_out(partner: Partner, data: st.DataObject) -> None:
    """Where one quarter of many is left out, it is an error that names it, unless it ended before the start (D1, D5)."""
    if not needed_by(partner):
        partner = data.draw(contiguous(min_size=2), label="one whose quarters are needed")
    start, needed = partner.timeline.start, needed_by(partner)
    dropped = data.draw(st.sets(st.sampled_from(needed), min_size=1))
    scores = {quarter: score for quarter, score in partner.scores.items() if quarter not in dropped}
    with pytest.raises(MissingScoreError) as caught:
        evaluate(scores, program=partner.program, starting_tier=partner.program.entry_tier, start=start)
    assert tuple(sorted(dropped)) == caught.value.quarters


@example(on=date(2024, 6, 1), away=-1)
@example(on=date(2024, 3, 1), away=-1)
@given(on=days(date(2019, 1, 1), date(2029, 1, 1)), away=st.integers(-3, 1))
def test_a_program_evaluates_what_acts_before_its_end(on: date, away: int) -> None:
    """A quarter is evaluated if its result acts before the program's end, and is refused if it acts later or that day (D6)."""
    end = ProgramEnd(on=on, replaced_by="made up by a test", citation=MADE_UP)
    program = Program(name="MADE_UP", entry_tier=Tier.BASE, changes=(*MODEL.changes, end))
    quarter = FiscalQuarter.containing(on) + away
    if effective_on(quarter) < on:
        assert Tier.CREST is program.tier_for(500, quarter)
        assert (
            on
            >= evaluate({quarter: 500}, program=program, starting_tier=program.entry_tier, start=quarter.start).stop
            > effective_on(quarter)
        )
    else:
        with pytest.raises(ProgramEndedError):
            program.tier_for(500, quarter)
        with pytest.raises(ProgramEndedError):
            evaluate({quarter: 500}, program=program, starting_tier=program.entry_tier, start=quarter.start)


@given(partners, st.data())
def test_order_and_spelling_change_nothing(partner: Partner, data: st.DataObject) -> None:
    """Pairs in any order, with quarters in any accepted spelling and some of them twice, are the same history."""
    pairs = list(partner.scores.items())
    pairs += data.draw(st.lists(st.sampled_from(pairs), max_size=3)) if pairs else []
    shuffled = data.draw(st.permutations(pairs))
    spelled = [(data.draw(st.sampled_from([quarter, *spellings(quarter)])), score) for quarter, score in shuffled]
    expected = partner.timeline
    timeline = evaluate(spelled, program=partner.program, starting_tier=partner.starting_tier, start=partner.start)
    assert expected == timeline
    assert held_by(expected) == held_by(timeline)


@given(partners)
def test_periods_cover_the_timeline_without_gap_or_overlap(partner: Partner) -> None:
    """Periods begin at the start, follow one on the other and end at the stop, each with another tier than the last (R6)."""
    timeline = partner.timeline
    periods = timeline.periods
    assert (timeline.start, timeline.stop) == (periods[0].start, periods[-1].stop)
    for former, latter in pairwise(periods):
        assert former.stop == latter.start
        assert former.tier is not latter.tier
    assert all(period.start < period.stop for period in periods)


@given(partners)
def test_periods_hold_the_tier_of_each_of_their_days(partner: Partner) -> None:
    """Every day lies in one period, which has its tier, and which `period_on` finds (R4)."""
    timeline = partner.timeline
    spread = {day: period for period in timeline.periods for day in days_of(timeline) if day in period}
    assert held_by(timeline) == {day: period.tier for day, period in spread.items()}
    for day in boundaries_of(timeline):
        assert spread[day] == timeline.period_on(day)


@given(partners)
def test_periods_begin_with_the_quarter_that_acted(partner: Partner) -> None:
    """A period names the quarter whose result acted on its first day, except where it begins with the starting tier (R4)."""
    first, *later = partner.timeline.periods
    assert first.quarter is None
    for period in later:
        assert Cycle(period.quarter).effective_on == period.start


@given(partners)
def test_there_is_one_decision_for_every_effective_date(partner: Partner) -> None:
    """Every effective date after the start has its decision, by the quarter that closed a month before (R4)."""
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
    """A decision's earned tier is what its own edition gives for the score, or `None` where there was none (D1, D7)."""
    for decision in partner.timeline.decisions:
        expected = worth(partner, decision.quarter) if decision.quarter in partner.scores else None
        assert expected is decision.earned


@given(partners)
def test_the_explanation_alone_reproduces_the_answer(partner: Partner) -> None:
    """What JSON keeps of an explanation has the tier as the highest of the floor and what counts; one decides (R6, R7)."""
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
    """Every quarter of an explanation has its score, its tier and its effective date as they are (D1, D7)."""
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
def test_the_carryover_is_that_of_the_edition_which_judges_q4(day: date, expected: str) -> None:
    """The carryover changes with FY24, and the program year that FY23 sets still follows the old one to its end (R7, D7)."""
    scores = {
        quarter: 760 if quarter.number == 1 else 0 for year in (22, 23, 24) for quarter in FiscalYear(2000 + year).quarters
    }
    timeline = evaluate({**scores, "FY25 Q1": 0}, program=GUILD, starting_tier="Provisional")
    counted = [one["quarter"] for one in timeline.explain(day).to_dict()["counts"]]
    assert expected == ", ".join(counted)
    assert max(GUILD.tier_for(timeline.history[quarter], quarter) for quarter in counted) is timeline.tier_on(day)


@given(days())
def test_every_day_lies_in_exactly_one_quarter(day: date) -> None:
    """A day lies in the quarter that contains it, and in neither of its neighbours (R1)."""
    quarter = FiscalQuarter.containing(day)
    assert [quarter] == [near for near in (quarter - 1, quarter, quarter + 1) if day in near]
    assert quarter.start <= day <= quarter.last_day < quarter.stop


@given(days(date(4, 1, 1), date(9996, 12, 31)))
def test_every_day_lies_in_exactly_one_year(day: date) -> None:
    """A day lies in one fiscal year, that of its quarter, and in one program year, that of the month before (R1, R2)."""
    year = FiscalQuarter.containing(day).year
    near = range(year - 2, year + 3)
    assert [year] == [one for one in near if day in FiscalYear(one)] == [FiscalYear.containing(day).year]
    program_year = year - 1 if day.month == 2 else year
    assert [program_year] == [one for one in near if day in ProgramYear(one)] == [ProgramYear.containing(day).year]


def test_quarters_follow_one_on_the_other() -> None:
    """From year 2 to 9998 each quarter starts where the former stops, with the days of its three months (R1)."""
    chain = [FiscalQuarter(year, number) for year in YEARS for number in (1, 2, 3, 4)]
    assert chain[0].start < FIRST_DAY < LAST_DAY < chain[-1].stop
    for former, latter in pairwise(chain):
        assert former + 1 == latter
        assert former.stop == latter.start
        assert {former} == {FiscalQuarter.containing(former.start), FiscalQuarter.containing(former.last_day)}
    lengths = {1: {28 + 31 + 30, 29 + 31 + 30}, 2: {31 + 30 + 31}, 3: {31 + 30 + 31}, 4: {30 + 31 + 31}}
    for number, expected in lengths.items():
        assert expected == {(quarter.stop - quarter.start).days for quarter in chain if quarter.number == number}


def test_every_day_lies_in_the_quarter_of_its_month() -> None:
    """Each day of a century and each turn of a month long before and after is in the quarter that its month says (R1)."""
    number = {2: 1, 3: 1, 4: 1, 5: 2, 6: 2, 7: 2, 8: 3, 9: 3, 10: 3, 11: 4, 12: 4, 1: 4}
    every = map(date.fromordinal, range(date(1999, 1, 1).toordinal(), date(2102, 1, 1).toordinal()))
    for day in [*every, *boundary_days(FIRST_DAY, date(450, 1, 1)), *boundary_days(date(9600, 1, 1), LAST_DAY)]:
        expected = day.year if day.month == 1 else day.year + 1, number[day.month]
        quarter = FiscalQuarter.containing(day)
        assert expected == (quarter.year, quarter.number)


@pytest.mark.parametrize("kind", [FiscalYear, ProgramYear])
def test_years_follow_one_on_the_other(kind: type[FiscalYear] | type[ProgramYear]) -> None:
    """From year 2 to 9999 each year starts where the former stops, after 365 or 366 days (R1, R2)."""
    chain = [kind(year) for year in YEARS]
    month = {FiscalYear: 2, ProgramYear: 3}[kind]
    for former, latter in pairwise(chain):
        assert date(former.year, month, 1) == former.stop == latter.start
        assert {former} == {kind.containing(former.start), kind.containing(former.last_day)}
    lengths = {(year.stop - year.start).days for year in chain}
    assert lengths == {365, 366}


def test_text_and_quarter_are_inverses() -> None:
    """Every quarter is read back from its text, and the text is the same again (R1)."""
    for year in YEARS:
        name = f"FY{year - 2000:02}" if 2000 <= year <= 2099 else f"FY{year:04}"
        for number in (1, 2, 3, 4):
            quarter = FiscalQuarter(year, number)
            assert f"{name} Q{number}" == str(quarter)
            assert quarter == FiscalQuarter.parse(str(quarter))


@given(quarters)
def test_every_spelling_is_read_as_its_quarter(quarter: FiscalQuarter) -> None:
    """Whichever of the accepted spellings is used, the same quarter is read (R1)."""
    assert {quarter} == {FiscalQuarter.parse(text) for text in spellings(quarter)}


@pytest.mark.parametrize(("kind", "prefix"), [(FiscalYear, "FY"), (ProgramYear, "PY")])
def test_text_and_year_are_inverses(kind: type[FiscalYear] | type[ProgramYear], prefix: str) -> None:
    """Every fiscal year and program year is read back from its text, short or long (R1, R2)."""
    for year in YEARS:
        name = f"{prefix}{year - 2000:02}" if 2000 <= year <= 2099 else f"{prefix}{year:04}"
        assert name == str(kind(year))
        assert {kind(year)} == {kind.parse(name), kind.parse(f"{prefix}{year:04}")}


@given(quarters, st.integers(-4, 4), st.integers(-4, 4))
def test_quarters_are_counted(quarter: FiscalQuarter, one: int, other: int) -> None:
    """Adding and taking away quarters are inverses, and the order of quarters is that of their days (R1)."""
    assert one == (quarter + one) - quarter
    assert quarter == quarter + one - one == quarter - one + one
    assert ((quarter + one).start < (quarter + other).start) == (quarter + one < quarter + other)
    assert (one == other) == (quarter + one == quarter + other)


VALUE_TYPES = {
    Citation,
    Cycle,
    Decision,
    Difference,
    Edition,
    Explanation,
    Finding,
    FiscalQuarter,
    FiscalYear,
    Outlook,
    Program,
    ProgramYear,
    ScoreHistory,
    Source,
    Tier,
    TierPeriod,
    Timeline,
}
"""The public values."""


ONE, ANOTHER = (evaluate({"FY24 Q1": 310}, program=BEST_OF_FOUR, starting_tier=name) for name in ("Base", "Summit"))
"""Two timelines that differ."""


def values_of(timeline: Timeline) -> Iterator[Any]:
    """Yield a value of every public type, and those inside them."""
    yield from (timeline, timeline.history, timeline.program, timeline.starting_tier)
    yield from (FiscalQuarter.containing(timeline.start), ProgramYear.containing(timeline.start))
    yield FiscalYear.containing(timeline.start)
    edition = next(change for change in timeline.program.changes if isinstance(change, Edition))
    yield from (edition, edition.carryover, edition.carryover_citation, edition.carryover_citation.certainty, *edition.sources)
    yield from timeline.program.changes
    yield from edition.thresholds
    yield from timeline.periods
    decision = timeline.decisions[-1]
    yield from (decision, decision.kind, decision.result, decision.result.cycle, *decision.reasons)
    view = outlook(timeline, as_of=timeline.start)
    yield from (view, *view.requirements, *diff(ONE, ANOTHER))
    yield from audit([(ONE.start, ANOTHER.starting_tier)], ONE)
    yield from (timeline.explain(timeline.start), timeline.explain(timeline.stop - ONE_DAY))


def names_for(program: Program) -> dict[str, Any]:
    """Return the names that a representation may use: the public ones, the program's own, and `datetime`."""
    evaluation = (tbtier.evaluation.basis, tbtier.evaluation.reasons, tbtier.evaluation.decisions)
    modules = (tbtier, tbtier.rules, *evaluation)
    public = {name: getattr(module, name) for module in modules for name in module.__all__}
    return {**public, program.name: program, "BEST_OF_FOUR": BEST_OF_FOUR, "datetime": datetime}


@given(contiguous())
def test_representation_and_value_are_inverses(partner: Partner) -> None:
    """Every public value is what its representation evaluates to."""
    names = names_for(partner.program)
    values = list(values_of(partner.timeline))
    assert VALUE_TYPES <= {type(value) for value in values}
    for value in values:
        again = eval(repr(value), dict(names))
        assert type(value) is type(again)
        assert value == again
        assert hash(value) == hash(again)


@given(contiguous())
def test_pickles_and_copies_are_inverses(partner: Partner) -> None:
    """Every public value is equal to its pickle, its copy and its deep copy, and has their hash."""
    values = list(values_of(partner.timeline))
    assert VALUE_TYPES <= {type(value) for value in values}
    for value in values:
        for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert type(value) is type(again)
            assert value == again
            assert hash(value) == hash(again)
            assert repr(value) == repr(again)


@given(partners)
def test_a_timeline_answers_the_same_after_a_pickle(partner: Partner) -> None:
    """A timeline that was pickled or copied holds, decides and explains the same."""
    timeline = partner.timeline
    for again in (pickle.loads(pickle.dumps(timeline)), copy.copy(timeline), copy.deepcopy(timeline)):
        assert held_by(timeline) == held_by(again)
        assert timeline.decisions == again.decisions
        assert [timeline.explain(day) for day in boundaries_of(timeline)] == [
            again.explain(day) for day in boundaries_of(again)
        ]
