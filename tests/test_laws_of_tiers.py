"""Laws of the tier held on each day for all scores, each with the rule that it proves."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from held import EFFECTIVE, days_of, first_march_1_after, held_by, worth
from hypothesis import example, given
from hypothesis import strategies as st
from made_up import MODEL
from strategies import MADE_UP, Partner, contiguous, days, effective_on, entries, partners, ragged, spellings

from tbtier import FiscalQuarter, FiscalYear, ProgramYear, Tier, evaluate
from tbtier.errors import MissingScoreError, ProgramEndedError
from tbtier.evaluation.scores import Score
from tbtier.rules import Carryover, Cycle, Program, ProgramEnd

ONE_DAY = timedelta(days=1)


@st.composite
def partners_with_two_entries(draw: st.DrawFn) -> tuple[Partner, FiscalQuarter, Score, Score]:
    """Draw a partner, a quarter of its history, and two entries for that quarter."""
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
    """A higher starting tier never gives a lower tier, and makes no difference from the first March 1 on (D3, R7)."""
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
    """Another score in one quarter changes no day before its effective date, and none after the next program year (R4, R7)."""
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
    """The tier that a score earned can replace the score, and every day stays the same (D1)."""
    replaced = data.draw(st.sets(st.sampled_from(sorted(partner.scores)))) if partner.scores else set()
    scores = {
        quarter: worth(partner, quarter) if quarter in replaced else partner.scores[quarter] for quarter in partner.scores
    }
    assert held_by(partner.timeline) == held_by(partner._replace(scores=scores).timeline)


@given(ragged(ended=True), st.data())
def test_a_quarter_that_ended_before_the_start_may_be_left_out(partner: Partner, data: st.DataObject) -> None:
    """Leaving out the first quarters that ended before the start is the same as giving them as `None` (D5)."""
    ended = [quarter for quarter in partner.scores if quarter.stop <= partner.start]
    count = data.draw(st.integers(1, min(len(ended), len(partner.scores) - 1)))
    dropped = sorted(partner.scores)[:count]
    unscored = {quarter: None if quarter in dropped else score for quarter, score in partner.scores.items()}
    without = {quarter: score for quarter, score in partner.scores.items() if quarter not in dropped}
    expected = partner._replace(scores=unscored).timeline
    assert held_by(expected) == held_by(partner._replace(scores=without).timeline)


def needed_by(partner: Partner) -> list[FiscalQuarter]:
    """Return the quarters before the last given one which had not ended by the start."""
    return [quarter for quarter in sorted(partner.scores)[:-1] if quarter.stop > partner.timeline.start]


@given(partners, st.data())
def test_a_quarter_that_had_not_ended_by_the_start_cannot_be_left_out(partner: Partner, data: st.DataObject) -> None:
    """The error names each quarter that is left out, unless it ended before the start (D1, D5)."""
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
    """A quarter is evaluated if its result takes effect before the end of the program, and is refused otherwise (D6)."""
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
    """Pairs in any order and spelling, some of them twice, are the same history."""
    pairs = list(partner.scores.items())
    pairs += data.draw(st.lists(st.sampled_from(pairs), max_size=3)) if pairs else []
    shuffled = data.draw(st.permutations(pairs))
    spelled = [(data.draw(st.sampled_from([quarter, *spellings(quarter)])), score) for quarter, score in shuffled]
    expected = partner.timeline
    timeline = evaluate(spelled, program=partner.program, starting_tier=partner.starting_tier, start=partner.start)
    assert expected == timeline
    assert held_by(expected) == held_by(timeline)
