"""Which quarter an activity counts for, and when its points show."""

from __future__ import annotations

import json
from datetime import date

import attrs
import pytest
from cards import CLUB, DAILY, MINE, quarter_of
from hypothesis import given
from hypothesis import strategies as st
from made_up import BEST_OF_FOUR
from strategies import days

from tbtier import FiscalQuarter, errors
from tbtier.rules import Edition, Program, ScorecardRules, ShowingRule, ShowsWhen
from tbtier.scorecard import Showing, counts_for, pledge_shows_on, review_minimum, shows_on


@given(days())
def test_an_activity_counts_for_the_quarter_in_which_it_is_received(received: date) -> None:
    """An activity counts for the quarter that contains its day, which is the next quarter to close (K1)."""
    quarter = counts_for(received)
    assert quarter_of(received) == (quarter.year, quarter.number, quarter.last_day)


@pytest.mark.parametrize(
    ("received", "start", "last_day", "rule"),
    [
        (date(2023, 4, 30), date(2023, 6, 1), date(2023, 6, 7), "R5"),
        (date(2023, 5, 1), date(2023, 9, 1), date(2023, 9, 7), "R5"),
        (date(2024, 1, 31), date(2024, 3, 1), date(2024, 3, 7), "R5a"),
    ],
)
def test_points_show_after_notification(received: date, start: date, last_day: date, rule: str) -> None:
    """Points show in the week in which partners are notified of the quarter (K3, R5)."""
    showing = shows_on(received, program=CLUB, pillar="Customers")
    assert (start, last_day, False) == (showing.start, showing.last_day, showing.approximate)
    assert [rule, "K3"] == [reason.rule for reason in showing.reasons]
    assert MINE == showing.reasons[1].citation


@pytest.mark.parametrize("pillar", ["Garden", "garden", " GARDEN "])
def test_a_pillar_can_show_within_the_quarter(pillar: str) -> None:
    """Points of such a pillar show from the day of the activity to the last day of the quarter (K3a)."""
    showing = shows_on(date(2023, 4, 3), program=CLUB, pillar=pillar)
    assert (date(2023, 4, 3), date(2023, 5, 1)) == (showing.start, showing.stop)
    assert "points of the Garden pillar show within FY24 Q1 (K3a: published, mine)" == str(*showing.reasons)
    assert "shows from 2023-04-03 to 2023-04-30" == showing.headline


@pytest.mark.parametrize("pillar", ["Garden", "Customers"])
def test_points_can_show_daily(pillar: str) -> None:
    """Points of every pillar show on the day itself or the next day (K3c)."""
    showing = shows_on(date(2021, 4, 30), program=CLUB, pillar=pillar)
    assert (date(2021, 4, 30), date(2021, 5, 1)) == (showing.start, showing.last_day)
    assert "shows from 2021-04-30 to 2021-05-01*" == showing.headline
    daily = "the scorecard moves daily, so points received on 2021-04-30 show on that day or the next"
    assert f"{daily} (K3c: inferred, guess)" == str(*showing.reasons)


def test_a_pledge_shows_after_about_a_month() -> None:
    """The days span months of 28 to 31 days, and are approximate (K4)."""
    showing = pledge_shows_on(date(2023, 2, 1))
    assert (date(2023, 3, 1), date(2023, 3, 4), True) == (showing.start, showing.last_day, showing.approximate)
    assert ["K4", "K4a"] == [reason.rule for reason in showing.reasons]
    assert str(showing).startswith("shows about from 2023-03-01 to 2023-03-04\n  about one month passes")


@given(st.dates(date(2021, 2, 1), date(2024, 1, 31)), st.sampled_from(["Garden", "Customers"]))
def test_points_never_show_before_they_are_received(received: date, pillar: str) -> None:
    """Points show on the day of the activity at the earliest."""
    showing = shows_on(received, program=CLUB, pillar=pillar)
    assert counts_for(received).start <= received <= showing.start <= showing.last_day
    assert received < pledge_shows_on(received).start


@pytest.mark.parametrize("quarter", ["FY22 Q4", "FY24 Q1"])
@pytest.mark.parametrize("pillar", ["Garden", "Customers"])
def test_a_what_if_program_shows_points_as_its_origin_does(quarter: str, pillar: str) -> None:
    """A program with one edition for all time keeps the scorecard rules of the edition."""
    day = FiscalQuarter.parse(quarter).start
    then = CLUB.with_edition_of(quarter)
    assert shows_on(day, program=CLUB, pillar=pillar) == shows_on(day, program=then, pillar=pillar)
    assert 3 == review_minimum("FY30 Q1", program=CLUB.with_edition_of("FY24 Q1"))


def test_a_rule_for_every_pillar_can_show_within_the_quarter() -> None:
    """A rule without a pillar names none in its reason."""
    rules = ScorecardRules(showing=(ShowingRule(ShowsWhen.WITHIN_QUARTER, MINE),))
    showing = shows_on(date(2023, 4, 3), program=with_rules(rules), pillar="Customers")
    assert "points show within FY24 Q1 (K3a: published, mine)" == str(*showing.reasons)


def with_rules(rules: ScorecardRules | None) -> Program:
    """Return a program with scorecard rules for all time."""
    (edition,) = BEST_OF_FOUR.changes
    assert isinstance(edition, Edition)
    return attrs.evolve(BEST_OF_FOUR, changes=(attrs.evolve(edition, scorecard=rules),))


def test_a_program_without_scorecard_rules_says_so() -> None:
    """The error says that no edition states when points show, or how many reviews are needed."""
    with pytest.raises(errors.UnknownRuleError) as caught:
        shows_on(date(2023, 4, 3), program=BEST_OF_FOUR, pillar="Garden")
    expected = "the days of showing of BEST_OF_FOUR for FY24 Q1 are not known: its edition states none; known are"
    assert f"{expected} those of no edition" == str(caught.value)
    with pytest.raises(errors.UnknownRuleError, match=r"its edition states none; known are those of no edition$"):
        review_minimum("FY24 Q1", program=with_rules(DAILY))


def test_an_edition_without_scorecard_rules_names_those_that_have_them() -> None:
    """The error names the first quarters of the editions that state the fact."""
    with pytest.raises(errors.UnknownRuleError, match=r"known are those of the editions from FY22 Q1 and FY23 Q1 and FY24 Q1$"):
        shows_on(date(2025, 4, 3), program=CLUB, pillar="Garden")
    with pytest.raises(errors.UnknownRuleError, match=r"known are those of the editions from FY23 Q1 and FY24 Q1$"):
        review_minimum("FY22 Q1", program=CLUB)


def test_a_pillar_without_a_rule_is_unknown() -> None:
    """The error names the pillars that have a rule."""
    rules = [ShowingRule(ShowsWhen.NOTIFIED, MINE, pillar=pillar) for pillar in ("Garden", "Growth")]
    program = with_rules(ScorecardRules(showing=tuple(rules)))
    assert date(2023, 6, 1) == shows_on(date(2023, 4, 3), program=program, pillar="Garden").start
    with pytest.raises(errors.UnknownRuleError) as caught:
        shows_on(date(2023, 4, 3), program=program, pillar="Sea")
    assert (
        "the days of showing of BEST_OF_FOUR for FY24 Q1 are not known: no rule covers the pillar 'Sea';"
        " known are those of the pillar Garden, those of the pillar Growth" == str(caught.value)
    )


def test_quarters_without_known_rules_show_nothing() -> None:
    """Unknown rules and the end of the program are errors."""
    with pytest.raises(errors.UnknownRuleError):
        shows_on(date(2024, 4, 3), program=CLUB, pillar="Garden")
    with pytest.raises(errors.ProgramEndedError):
        shows_on(date(2026, 5, 1), program=CLUB, pillar="Garden")


@pytest.mark.parametrize(
    ("showing", "days", "approximate"),
    [
        (shows_on(date(2023, 4, 30), program=CLUB, pillar="Garden"), ("2023-04-30", "2023-05-01"), False),
        (pledge_shows_on(date(2023, 2, 1)), ("2023-03-01", "2023-03-05"), True),
    ],
)
def test_showing_survives_json(showing: Showing, days: tuple[str, str], approximate: bool) -> None:
    """The plain data of a showing has its days, and says whether they are approximate."""
    plain = showing.to_dict()
    assert plain == json.loads(json.dumps(plain))
    assert ("tbtier.showing/1", *days, approximate) == (plain["format"], plain["start"], plain["stop"], plain["approximate"])
