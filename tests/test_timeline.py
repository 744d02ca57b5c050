"""Timelines and their decisions, from given scores; test_laws_of_tiers and test_laws_of_answers have the laws."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import attrs
import pandas
import pytest
from made_up import APPS, GUILD, MODEL, T2, T3, T4, T5

import tbtier as tb
from tbtier import FiscalQuarter, FiscalYear, ScoreHistory, Tier, TierPeriod
from tbtier.errors import MissingScoreError
from tbtier.evaluation.decisions import DecisionKind
from tbtier.rules.sources import S1, S2, S6, SILENCE

SCORES = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": None, "FY24 Q4": 505}
TIMELINE = tb.evaluate(SCORES, program=APPS, starting_tier=Tier.RIDGE)


def test_a_timeline_begins_on_march_1_by_default() -> None:
    """A timeline begins with the first quarter's program year and stops when the first missing quarter takes effect (D6)."""
    assert (date(2023, 3, 1), date(2024, 6, 1)) == (TIMELINE.start, TIMELINE.stop)
    assert (APPS, ScoreHistory(SCORES), Tier.RIDGE) == (TIMELINE.program, TIMELINE.history, TIMELINE.starting_tier)


def test_a_timeline_begins_with_the_entry_tier_by_default() -> None:
    """The program states the tier at which a partner enters (R9)."""
    assert Tier.BASE is tb.evaluate(SCORES, program=APPS, starting_tier="Base").starting_tier
    assert Tier.PROVISIONAL is tb.evaluate(SCORES, program=GUILD, starting_tier="Provisional").starting_tier


def test_a_timeline_stops_with_its_program() -> None:
    """A timeline stops on the first day without its program, even if the next quarter would take effect later."""
    assert date(2024, 8, 1) == tb.evaluate({"FY25 Q1": 1}, program=APPS, starting_tier="Base").stop
    assert date(2024, 9, 1) == tb.evaluate({"FY25 Q1": 1}, program=APPS.with_edition_of("FY25 Q1"), starting_tier="Base").stop


def test_periods_are_the_longest_runs() -> None:
    """A period ends only where another tier begins."""
    first = TierPeriod(Tier.RIDGE, date(2023, 3, 1), date(2023, 9, 1), None)
    second = TierPeriod(Tier.CREST, date(2023, 9, 1), date(2024, 6, 1), FiscalQuarter(2024, 2))
    assert (first, second) == TIMELINE.periods
    assert date(2024, 5, 31) == second.last_day
    assert second.last_day in second
    assert second.start in second
    assert second.stop not in second
    assert second.stop + timedelta(days=1) not in second


def test_periods_are_the_rows_of_a_data_frame() -> None:
    """The fields of periods are the columns of a frame of pandas."""
    frame = pandas.DataFrame(TIMELINE.periods)
    assert ["tier", "start", "stop", "quarter"] == list(frame.columns)
    assert [(one.tier, one.start, one.stop, one.quarter) for one in TIMELINE.periods] == list(
        frame.itertuples(index=False, name=None)
    )


def test_a_table_is_read_at_a_glance() -> None:
    """The table has one row for each effective date, with the label of the time if it differs."""
    timeline = tb.evaluate(
        {"FY20 Q4": 700, "FY21 Q1": Tier.RIDGE}, program=GUILD, starting_tier="Provisional", start=date(2020, 2, 1)
    )
    assert [
        "GUILD from 2020-02-01 to 2020-08-31",
        "from        tier         quarter  score  earned",
        "2020-02-01  Provisional  -            -  -                  starting tier",
        "2020-03-01  Summit       FY20 Q4    700  Summit (Platinum)  promoted",
        "2020-06-01  Summit       FY21 Q1      -  Ridge (Silver)*    unchanged",
        "* inferred, not published",
    ] == str(timeline).splitlines()


def test_a_model_says_so_in_its_table() -> None:
    """The second line of a table is the note of the program."""
    lines = str(tb.evaluate({"FY30 Q1": 300}, program=MODEL, starting_tier="Base")).splitlines()
    assert "a model, not a record: the APPS edition of FY24 for all time" == lines[1]


def test_a_timeline_is_equal_by_what_it_is_made_of() -> None:
    """The same scores, program, start and starting tier are the same timeline, however they were given."""
    again = tb.evaluate(list(SCORES.items())[::-1], program=APPS, starting_tier=Tier.RIDGE, start=date(2023, 3, 1))
    assert TIMELINE == again
    assert hash(TIMELINE) == hash(again)
    assert TIMELINE != tb.evaluate(SCORES, program=APPS, starting_tier="Base")
    assert TIMELINE != tb.evaluate(SCORES, program=MODEL, starting_tier=Tier.RIDGE)
    assert TIMELINE == attrs.evolve(tb.evaluate(SCORES, program=APPS, starting_tier="Base"), starting_tier=Tier.RIDGE)
    assert len(pickle.dumps(TIMELINE)) < 6_000


@pytest.mark.parametrize(
    ("start", "starting_tier", "scores", "expected"),
    [
        # Q1 took effect by the start: it is in the starting tier, and still counts on March 1 (D3, D4).
        (
            date(2023, 6, 1),
            Tier.RIDGE,
            {"FY24 Q1": 760, "FY24 Q2": 300, "FY24 Q3": 0, "FY24 Q4": 0},
            {"2023-06-01": "Ridge", "2024-02-29": "Ridge", "2024-03-01": "Summit"},
        ),
        # One day earlier, Q1 has not taken effect.
        (
            date(2023, 5, 31),
            Tier.RIDGE,
            {"FY24 Q1": 760, "FY24 Q2": 300, "FY24 Q3": 0, "FY24 Q4": 0},
            {"2023-05-31": "Ridge", "2023-06-01": "Summit", "2024-03-01": "Summit"},
        ),
        # Q1 and Q2 ended before the start and are not given: they were not scored (D5).
        (
            date(2023, 8, 1),
            Tier.CREST,
            {"FY24 Q3": 250, "FY24 Q4": 0},
            {"2023-08-01": "Crest", "2023-09-01": "Crest", "2024-02-29": "Crest", "2024-03-01": "Ridge"},
        ),
        # In February the Q4 just closed is not given: it was not scored, and the entry tier follows (D2).
        (date(2024, 2, 1), Tier.CREST, {}, {"2024-02-29": "Crest", "2024-03-01": "Base", "2024-05-31": "Base"}),
        # With a start and no scores, the starting tier is all that is known.
        (date(2023, 4, 1), Tier.CREST, {}, {"2023-04-01": "Crest", "2023-05-31": "Crest"}),
        # Quarters of earlier fiscal years are in the starting tier and do not count again.
        (
            date(2023, 3, 1),
            Tier.BASE,
            {"FY22 Q4": 900, "FY23 Q4": 900, "FY24 Q1": 250},
            {"2023-03-01": "Base", "2023-05-31": "Base", "2023-06-01": "Ridge"},
        ),
    ],
)
def test_a_timeline_may_start_on_any_day(
    start: date, starting_tier: Tier, scores: dict[str, int], expected: dict[str, str]
) -> None:
    """A quarter that took effect or ended before the start is part of the starting tier or not scored (D2 to D5)."""
    timeline = tb.evaluate(scores, program=MODEL, starting_tier=starting_tier, start=start)
    assert expected == {day: str(timeline.tier_on(date.fromisoformat(day))) for day in expected}
    assert max(expected) < str(timeline.stop)


def test_a_quarter_too_early_to_count_must_still_be_right() -> None:
    """A quarter that does not count must still be valid: its rules, its score and its place."""
    with pytest.raises(tb.errors.ScoreError, match="score of FY22 Q4 must be a whole number from 0 to 1000"):
        tb.evaluate({"FY22 Q4": 1001, "FY24 Q1": 1}, program=APPS, starting_tier="Base", start=date(2023, 3, 1))
    with pytest.raises(tb.errors.UnknownRuleError, match="FY23 Q4"):
        tb.evaluate({"FY23 Q4": 1, "FY24 Q1": 1}, program=APPS, starting_tier="Base", start=date(2023, 3, 1))
    with pytest.raises(tb.errors.MissingScoreError) as caught:
        tb.evaluate({"FY22 Q4": 1, "FY24 Q2": 1}, program=APPS, starting_tier="Base", start=date(2023, 5, 1))
    assert (FiscalQuarter(2024, 1),) == caught.value.quarters


def test_a_quarter_is_excused_only_before_the_first_one_given() -> None:
    """A quarter that ended before the start may be left out if no earlier quarter is given (D5, D6)."""
    assert date(2023, 12, 1) == tb.evaluate({"FY24 Q2": 1}, program=APPS, starting_tier="Base", start=date(2023, 5, 1)).stop
    with pytest.raises(tb.errors.MissingScoreError, match="no score is given for FY24 Q1:"):
        tb.evaluate({"FY24 Q2": 1}, program=APPS, starting_tier="Base", start=date(2023, 4, 30))
    with pytest.raises(tb.errors.MissingScoreError, match="no score is given for FY24 Q2:"):
        tb.evaluate({"FY24 Q1": 1, "FY24 Q3": 1}, program=APPS, starting_tier="Base", start=date(2023, 8, 19))
    assert date(2023, 9, 1) == tb.evaluate({"FY24 Q1": 1}, program=APPS, starting_tier="Base", start=date(2023, 8, 19)).stop
    with pytest.raises(tb.errors.MissingScoreError, match="no score is given for FY24 Q2, FY24 Q3:"):
        tb.evaluate({"FY24 Q1": 1}, program=APPS, starting_tier="Base", start=date(2023, 11, 1))


def test_a_timeline_may_start_in_the_last_february() -> None:
    """A quarter that ended before the start and would take effect after the end of the program is not needed."""
    scores = {"FY26 Q1": 300, "FY26 Q2": 300, "FY26 Q3": 300}
    for start in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28)):
        assert date(2026, 3, 1) == tb.evaluate(scores, program=GUILD, starting_tier="Provisional", start=start).stop
        assert date(2026, 3, 1) == tb.evaluate({}, program=GUILD, starting_tier="Provisional", start=start).stop
    assert date(2022, 6, 1) == tb.evaluate({}, program=APPS, starting_tier="Base", start=date(2022, 5, 1)).stop


def test_a_score_is_checked_in_its_own_place() -> None:
    """The error names the quarter with the wrong score, even in the second edition of a timeline."""
    scores = {"FY20 Q1": 1, "FY20 Q2": 1, "FY20 Q3": 1, "FY20 Q4": 1, "FY21 Q1": 1, "FY21 Q2": 1001}
    with pytest.raises(tb.errors.ScoreError, match="the score of FY21 Q2 must be"):
        tb.evaluate(scores, program=GUILD, starting_tier="Provisional")


def test_there_is_one_decision_an_effective_date() -> None:
    """An effective date without a change has a decision, and Q4 and the new starting tier share one (R7)."""
    facts = [
        (str(one.effective_on), str(one.quarter), one.earned, one.before, one.after, one.kind) for one in TIMELINE.decisions
    ]
    assert [
        ("2023-06-01", "FY24 Q1", Tier.RIDGE, Tier.RIDGE, Tier.RIDGE, DecisionKind.UNCHANGED),
        ("2023-09-01", "FY24 Q2", Tier.CREST, Tier.RIDGE, Tier.CREST, DecisionKind.PROMOTED),
        ("2023-12-01", "FY24 Q3", None, Tier.CREST, Tier.CREST, DecisionKind.UNCHANGED),
        ("2024-03-01", "FY24 Q4", Tier.CREST, Tier.CREST, Tier.CREST, DecisionKind.RENEWED),
    ] == facts
    assert (TIMELINE.decisions[1],) == TIMELINE.changes
    counting = [" ".join(str(one.quarter) for one in decision.basis.results) for decision in TIMELINE.decisions]
    assert "FY24 Q1" == counting[0]
    assert "FY24 Q1 FY24 Q2 FY24 Q3 FY24 Q4" == counting[3]


def reasons(scores: dict[str, object], quarter: str, **arguments: object) -> list[str]:
    """Return the reasons for the decision of one quarter."""
    arguments = {"program": APPS, "starting_tier": arguments.get("program", APPS).entry_tier, **arguments}  # type: ignore[attr-defined]  # a program
    timeline = tb.evaluate(scores, **arguments)  # type: ignore[arg-type]  # given by the tests below
    decision = next(one for one in timeline.decisions if str(one.quarter) == quarter)
    return [f"{reason.rule}: {reason.text} [{reason.citation.certainty}]" for reason in decision.reasons]


def test_reasons_of_a_rise() -> None:
    """The reasons name the threshold reached, the threshold not reached, the day, and the rule of the highest tier."""
    assert [
        "R3a: FY24 Q2 closed on 2023-07-31 with a score of 540 [derived]",
        "edition FY24 Q1: 540 earns Crest from 500 [published]",
        "edition FY24 Q1: 540 is below Summit from 750 [inferred]",
        "R4a: the review ends; FY24 Q2 takes effect on 2023-09-01 [derived]",
        "R6: Crest is above Ridge, and the highest tier wins [published]",
    ] == reasons(SCORES, "FY24 Q2", starting_tier=Tier.RIDGE)


@pytest.mark.parametrize(
    ("score", "starting_tier", "expected"),
    [
        (310, Tier.CREST, "R6: Ridge is below Crest, and nothing falls inside a program year [published]"),
        (310, Tier.RIDGE, "R6: Ridge is already held [published]"),
        (None, Tier.RIDGE, "R6: Ridge is kept [published]"),
    ],
)
def test_reasons_of_no_change(score: int | None, starting_tier: Tier, expected: str) -> None:
    """A lower tier, an equal tier and a quarter without a score have different reasons."""
    assert expected == reasons({"FY24 Q1": score}, "FY24 Q1", starting_tier=starting_tier)[-1]


def test_reasons_without_a_score() -> None:
    """A quarter without a score earns nothing, and a tier can stand for an unknown score (D1)."""
    assert "D1: FY24 Q1 was not scored and earns nothing [inferred]" == reasons({"FY24 Q1": None}, "FY24 Q1")[0]
    found = reasons({"FY24 Q1": Tier.CREST}, "FY24 Q1")
    assert "D1: FY24 Q1 earned Crest, by a score that is not known [inferred]" == found[0]
    assert "R4a: the review ends; FY24 Q1 takes effect on 2023-06-01 [derived]" == found[1]


def test_the_highest_tier_is_below_nothing() -> None:
    """The highest tier has no threshold above it that was not reached."""
    found = reasons({"FY24 Q1": 750}, "FY24 Q1")
    assert "edition FY24 Q1: 750 earns Summit from 750 [inferred]" == found[1]
    assert 4 == len(found)


@pytest.mark.parametrize(
    ("scores", "starting_tier", "expected"),
    [
        (
            [310, 540, None, 505],
            Tier.CREST,
            [
                "edition FY24 Q1: FY24 Q2 earned Crest from 500 [published]",
                "R7: the best tier earned in FY24 is Crest (FY24 Q2, FY24 Q4) [published]",
            ],
        ),
        (
            [310, 540, None, 505],
            Tier.SUMMIT,
            [
                "edition FY24 Q1: FY24 Q2 earned Crest from 500 [published]",
                "R7: the best tier earned in FY24 is Crest (FY24 Q2, FY24 Q4) [published]",
                "R8: Summit was held, but not earned in FY24, so it falls on this March 1 [published]",
                "R8a: it falls straight to Crest [inferred]",
            ],
        ),
        (
            [310, 0, None, 100],
            Tier.SUMMIT,
            [
                "edition FY24 Q1: FY24 Q1 earned Ridge from 250 [published]",
                "edition FY24 Q1: 310 in FY24 Q1 is below Crest from 500 [published]",
                "R7: the best tier earned in FY24 is Ridge (FY24 Q1) [published]",
                "R8: Summit was held, but not earned in FY24, so it falls on this March 1 [published]",
                "R8a: it falls straight to Ridge [inferred]",
            ],
        ),
        (
            [100, 100, 100, 760],
            Tier.CREST,
            ["R7: the best tier earned in FY24 is Summit (FY24 Q4) [published]"],
        ),
        (
            [None, None, None, None],
            Tier.RIDGE,
            [
                "D2: nothing was scored in FY24, so the tier is the entry tier, Base [inferred]",
                "R8: Ridge was held, but not earned in FY24, so it falls on this March 1 [published]",
                "R8a: it falls straight to Base [inferred]",
            ],
        ),
    ],
)
def test_reasons_on_march_1(scores: list[int | None], starting_tier: Tier, expected: list[str]) -> None:
    """The best quarter of the year decides, a tier that was only held falls, and a fall of several steps is one fall."""
    history = dict(zip(map(str, FiscalYear(2024).quarters), scores))
    found = reasons(history, "FY24 Q4", starting_tier=starting_tier)
    assert expected == found[-len(expected) :]
    assert "R4: the review ends; FY24 Q4 takes effect on 2024-03-01 [published]" == found[-len(expected) - 1]


def test_reasons_where_q4_alone_decides() -> None:
    """Under FINAL_QUARTER an earlier quarter of the year does not save the tier."""
    found = reasons({"FY22 Q1": 0, "FY22 Q2": 505, "FY22 Q3": 0, "FY22 Q4": 300}, "FY22 Q4", program=GUILD)
    assert [
        "R7: FY22 Q4 alone decides, and earned Ridge [published]",
        "R8: Crest was held, but not earned in FY22 Q4, so it falls on this March 1 [published]",
        "R8a: it falls straight to Ridge [inferred]",
    ] == found[-3:]


def test_march_1_shows_the_first_quarter_that_earned_the_tier() -> None:
    """The numbers are those of the earliest of the quarters, even if a later one has no score to compare (R7)."""
    timeline = tb.evaluate(
        {"FY24 Q1": 540, "FY24 Q2": Tier.CREST, "FY24 Q3": None, "FY24 Q4": None}, program=APPS, starting_tier="Base"
    )
    assert [
        "FY24 Q1 earned Crest from 500",
        "540 in FY24 Q1 is below Summit from 750",
        "the best tier earned in FY24 is Crest (FY24 Q1, FY24 Q2)",
    ] == [reason.text for reason in timeline.decisions[-1].outcome_reasons]


def test_a_bound_that_is_reached_exactly_has_the_label_of_the_time() -> None:
    """The reason names the tier, with the label of the edition if that differs (D8)."""
    (edition,) = MODEL.editions
    ridge = attrs.evolve(edition.thresholds[1], label="Silver")
    labelled = attrs.evolve(edition, thresholds=(edition.thresholds[0], ridge, *edition.thresholds[2:]))
    timeline = tb.evaluate({"FY24 Q1": 250}, program=attrs.evolve(MODEL, changes=(labelled,)), starting_tier="Base")
    assert "250 is read as included in Ridge (Silver)" in [reason.text for reason in timeline.decisions[0].reasons]


def test_scores_may_end_long_before_the_start() -> None:
    """Quarters that ended before the start do not count; from the first that counts on, none may be missing (D5)."""
    timeline = tb.evaluate({"FY22 Q4": 310}, program=MODEL, starting_tier="Crest", start=date(2023, 3, 1))
    assert (Tier.CREST, date(2023, 6, 1)) == (timeline.tier_on(date(2023, 5, 31)), timeline.stop)
    with pytest.raises(MissingScoreError) as missing:
        tb.evaluate({"FY22 Q4": 310}, program=MODEL, starting_tier="Crest", start=date(2023, 10, 1))
    assert (FiscalQuarter(2024, 1), FiscalQuarter(2024, 2)) == missing.value.quarters


def test_only_march_1_has_the_star_of_the_carryover() -> None:
    """Only a decision on March 1 applies the carryover, so only that decision is inferred with it."""
    timeline = tb.evaluate(
        {"FY24 Q3": None, "FY24 Q4": None}, program=GUILD, starting_tier="Provisional", start=date(2023, 11, 1)
    )
    assert [("FY24 Q3", False), ("FY24 Q4", True)] == [
        (str(one.quarter), any(reason.is_inferred for reason in one.outcome_reasons)) for one in timeline.decisions
    ]


def test_a_decision_names_its_sources() -> None:
    """A decision lists each document of its reasons once, in the order of the reasons."""
    assert (S2, T2, T3, S1, S6) == TIMELINE.decisions[1].sources
    assert (SILENCE, S2, S1, S6) == TIMELINE.decisions[2].sources
    assert (S2, T4, S1, T5) == tb.evaluate(
        {"FY22 Q1": 1, "FY22 Q2": 1, "FY22 Q3": 1, "FY22 Q4": 1}, program=GUILD, starting_tier="Provisional"
    ).decisions[3].sources


def test_a_decision_is_printed_with_its_reasons() -> None:
    """The text has one line for the result and one line for each reason."""
    assert [
        "2023-12-01: Crest, unchanged (FY24 Q3)",
        "  FY24 Q3 was not scored and earns nothing (D1: inferred, tbtier)",
        "  the review ends; FY24 Q3 takes effect on 2023-12-01 (R4a: derived, S2, S1)",
        "  Crest is kept (R6: published, S1, S6)",
    ] == str(TIMELINE.decisions[2]).splitlines()
    assert ["promoted", "unchanged", "renewed", "downgraded"] == list(map(str, DecisionKind))
    assert "DecisionKind.UNCHANGED" == repr(DecisionKind.UNCHANGED)


def test_a_timeline_may_lie_at_the_ends_of_the_calendar() -> None:
    """The first program year has no fiscal year before it, and the last quarter but one is the last to take effect."""
    first = tb.evaluate({"FY0002 Q1": 500}, program=MODEL, starting_tier="Base")
    assert (date(1, 3, 1), date(1, 9, 1)) == (first.start, first.stop)
    assert (Tier.BASE, Tier.CREST) == (first.tier_on(date(1, 5, 31)), first.tier_on(date(1, 6, 1)))
    last = tb.evaluate({FiscalQuarter(9999, number): 500 for number in (1, 2, 3)}, program=MODEL, starting_tier="Base")
    assert (Tier.CREST, date(9999, 3, 1)) == (last.tier_on(date(9999, 2, 28)), last.stop)


def test_a_long_timeline_is_one_too() -> None:
    """Ninety-nine years of the same score change the tier once."""
    start = FiscalQuarter(2001, 1)
    timeline = tb.evaluate({start + place: 500 for place in range(4 * 99)}, program=MODEL, starting_tier="Base")
    assert [Tier.BASE, Tier.CREST] == [period.tier for period in timeline.periods]
    assert Tier.CREST is timeline.tier_on(timeline.stop - timedelta(days=1))
    assert 4 * 99 == len(timeline.decisions)
