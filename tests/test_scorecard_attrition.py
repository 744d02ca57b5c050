"""Attrition: the rate from its components, and the points by the bands of an edition."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from cards import CLUB, GUESSED, MINE, RULES
from hypothesis import given
from hypothesis import strategies as st

from tbtier import FiscalQuarter, errors
from tbtier.rules import AttritionBand, Certainty, Edition, ScorecardRules, ShowingRule, ShowsWhen
from tbtier.scorecard import AttritionPoints, attrition_points, attrition_rate


def points_in_fy24(rate: Any, current: Any = 1000) -> AttritionPoints:
    """Return the points by the made-up bands."""
    return attrition_points(rate, current=current, quarter="FY24 Q1", program=CLUB)


amounts = st.integers(1, 10**9) | st.fractions(Fraction(1, 100), 10**9) | st.decimals(Decimal("0.01"), 10**9, places=2)
amounts = amounts.map(lambda amount: amount.limit_denominator(10**15) if isinstance(amount, Fraction) else amount)


@st.composite
def revenues(draw: st.DrawFn) -> tuple[Any, Fraction]:
    """Draw a beginning AOV, and a reduction of at most that AOV."""
    beginning = draw(amounts)
    return beginning, draw(st.fractions(0, 1, max_denominator=1000)) * Fraction(beginning)


@given(revenues())
def test_a_rate_is_the_fall_divided_by_the_beginning(given_revenues: tuple[Any, Fraction]) -> None:
    """The rate is exact (K6)."""
    beginning, reduction = given_revenues
    rate = attrition_rate(beginning, reduction=reduction)
    assert rate * Fraction(beginning) == reduction
    assert type(rate) is Fraction


@given(revenues())
def test_every_rate_is_accepted_for_points(given_revenues: tuple[Any, Fraction]) -> None:
    """A rate of `attrition_rate` has points, or lies between two bands (K7)."""
    beginning, reduction = given_revenues
    rate = attrition_rate(beginning, reduction=reduction)
    if any(
        low < rate < high for low, high in [(Fraction(49, 1000), Fraction(5, 100)), (Fraction(199, 1000), Fraction(20, 100))]
    ):
        with pytest.raises(errors.UnknownRuleError):
            points_in_fy24(rate)
    else:
        assert rate == points_in_fy24(rate).rate


FINEST = Fraction(1, 10**30 - 1)


def test_the_finest_rate_is_accepted_for_points() -> None:
    """Amounts at both limits give a rate within the limits of a rate."""
    beginning = 10**30 - 1 - FINEST
    rate = attrition_rate(beginning, reduction=Fraction(1, 10**30))
    assert (rate, 50) == (points_in_fy24(rate).rate, points_in_fy24(rate).points)


@pytest.mark.parametrize(
    ("rate", "current", "points", "inferred"),
    [
        ("0", 0, 50, False),
        ("4.9", 1000, 50, True),
        ("4.9", 1001, 100, False),
        ("4.9", 2000, 100, True),
        ("5", 999, Fraction(41, 2), False),
        ("19.9", 1999, 41, False),
        ("20", 2000, 0, True),
        ("100", 2000, 0, True),
    ],
)
def test_points_are_the_percent_possible_of_the_band(rate: str, current: Any, points: Any, inferred: bool) -> None:
    """The points are exact; a citation of a band, or an AOV on a bound (K7a), can make them inferred."""
    earned = points_in_fy24(Decimal(rate) / 100, current)
    assert (points, Fraction(rate) / 100) == (earned.points, earned.rate)
    assert inferred is any(reason.is_inferred for reason in earned.reasons)


@st.composite
def printed_rates(draw: st.DrawFn) -> Fraction:
    """Draw a rate in one of the made-up bands."""
    band = draw(st.sampled_from(RULES.rate_bands))
    highest = Fraction(1) if band.highest is None else Fraction(band.highest, 1000)
    return draw(st.fractions(Fraction(band.lowest, 1000), highest, max_denominator=10**6))


@given(printed_rates(), printed_rates(), st.integers(0, 2000))
def test_less_attrition_never_earns_less(rate: Fraction, other: Fraction, current: int) -> None:
    """A higher rate has the same points or fewer."""
    lower, upper = sorted([rate, other])
    assert points_in_fy24(upper, current).points <= points_in_fy24(lower, current).points


@pytest.mark.parametrize(
    ("current", "text"),
    [
        (Decimal("4.05"), "4.05"),
        (Decimal("4.5"), "4.5"),
        (Decimal("4.0005"), "4.0005"),
        (Decimal("4.00"), "4"),
        (Decimal("0.05"), "0.05"),
        (100, "100"),
        (Decimal("100.10"), "100.1"),
        (Fraction(1, 3), "1/3"),
        (Decimal("1.00005"), "20001/20000"),
    ],
)
def test_amounts_are_shown_with_every_digit(current: Any, text: str) -> None:
    """A decimal keeps the zeros after its point, and another number is a fraction."""
    assert f"  an AOV of {text} is in the band " in str(points_in_fy24(0, current))


def test_points_explain_themselves() -> None:
    """Each step names its rule and its source."""
    expected = """\
20.5 points*
  7 % is in the band 5 to 19.9 %, which earns 41 (K7: published, mine)
  an AOV of 1000 is in the band 0 to 1000, with 50 % possible (K7: published, mine)
  a band up to 1000 includes that sum (K7a: inferred, S13, S14)
  50 % of 41 is 20.5 (K6: published, S1, S13, S14)"""
    assert expected == str(points_in_fy24(Decimal("0.07")))


def test_points_are_as_certain_as_the_dates_of_their_edition() -> None:
    """The FY23 edition of the program has inferred dates, so its points are inferred."""
    earned = attrition_points(0, current=1, quarter="FY23 Q2", program=CLUB)
    assert [Certainty.INFERRED] * 2 == [reason.citation.certainty for reason in earned.reasons[:2]]
    assert MINE.sources + GUESSED.sources == earned.reasons[0].citation.sources


def test_a_band_of_aovs_can_be_open() -> None:
    """A band without an upper end is printed with its lowest AOV, also where it is not the band that counts."""
    open_above = attrs.evolve(RULES, aov_bands=(RULES.aov_bands[0], AttritionBand(1500, None, 100, MINE)))
    program = attrs.evolve(CLUB, changes=(attrs.evolve(CLUB.edition("FY24 Q1"), scorecard=open_above),))
    earned = attrition_points(0, current=1500, quarter="FY24 Q1", program=program)
    assert "an AOV of 1500 is in the band 1500 and more, with 100 % possible" == earned.reasons[1].text
    with pytest.raises(errors.UnknownRuleError, match=r"in no printed band; known are 0 to 1000, 1500 and more$"):
        attrition_points(0, current=1200, quarter="FY24 Q1", program=program)


def test_a_what_if_program_has_the_bands_of_its_origin() -> None:
    """A program with one edition for all time keeps the bands of the edition."""
    then = CLUB.with_edition_of("FY24 Q1")
    assert points_in_fy24(0) == attrition_points(0, current=1000, quarter=FiscalQuarter(2040, 1), program=then)


def test_points_survive_json() -> None:
    """Points that are not whole are text, and every reason has its sources."""
    plain = points_in_fy24(Decimal("0.07"), 1).to_dict()
    assert plain == json.loads(json.dumps(plain))
    assert ("tbtier.attrition/1", "41/2", "7/100") == (plain["format"], plain["points"], plain["rate"])
    assert [["mine"], ["mine"], ["S1", "S13", "S14"]] == [reason["sources"] for reason in plain["reasons"]]
    assert (50, 0) == (points_in_fy24(0, 1).to_dict()["points"], points_in_fy24(0, 1).to_dict()["rate"])


UNKNOWN = [
    ("0.0495", 1, "a rate of 4.95 % is in no printed band; known are 0 to 4.9 %, 5 to 19.9 %, 20 % and more"),
    ("0.07", 2001, "an AOV of 2001 is in no printed band; known are 0 to 1000, 1000 to 2000"),
]


@pytest.mark.parametrize(("rate", "current", "text"), UNKNOWN)
def test_a_number_in_no_band_has_no_points(rate: str, current: int, text: str) -> None:
    """A rate between two bands, and an AOV beyond the last band, are errors that list the bands (K7)."""
    with pytest.raises(errors.UnknownRuleError) as caught:
        points_in_fy24(Decimal(rate), current)
    assert f"the attrition points of CLUB for FY24 Q1 are not known: {text}" == str(caught.value)
    assert (FiscalQuarter(2024, 1), "CLUB", "attrition points") == (
        caught.value.quarter,
        caught.value.program,
        caught.value.what,
    )


def test_an_edition_without_bands_has_no_points() -> None:
    """The error names the editions that print bands."""
    with pytest.raises(
        errors.UnknownRuleError, match=r"its edition states none; known are those of the editions from FY23 Q1 and FY24"
    ):
        attrition_points(0, current=1, quarter="FY22 Q1", program=CLUB)
    with pytest.raises(errors.UnknownRuleError, match=r"known are FY22 Q1 to FY24 Q4, FY26 Q1 to"):
        attrition_points(0, current=1, quarter="FY25 Q1", program=CLUB)
    with pytest.raises(errors.ProgramEndedError):
        attrition_points(0, current=1, quarter="FY27 Q1", program=CLUB)


def rates(*bands: Any) -> ScorecardRules:
    """Return scorecard rules with bands of rates."""
    return ScorecardRules(rate_bands=bands, aov_bands=(BAND,))


def aovs(*bands: Any) -> ScorecardRules:
    """Return scorecard rules with bands of AOVs."""
    return ScorecardRules(rate_bands=(BAND,), aov_bands=bands)


BAND = AttritionBand(0, 49, 100, MINE)
DAILY = ShowingRule(ShowsWhen.DAILY, MINE)
OVER = BAND._replace(value=101)
RULE_FAULTS = [
    (lambda: rates(AttritionBand(5, 4, 1, MINE)), "rate_bands[0].highest: must be an int from 5 up, got 4"),
    (lambda: rates(BAND._replace(citation=None)), "rate_bands[0].citation: must be Citation, got None"),
    (lambda: rates(BAND._replace(lowest=-1)), "rate_bands[0].lowest: must be an int from 0 up, got -1"),
    (lambda: rates(BAND._replace(highest=4.9)), "rate_bands[0].highest: must be an int from 0 up, got 4.9"),
    (lambda: rates(BAND._replace(value=True)), "rate_bands[0].value: must be an int from 0 up, got True"),
    (lambda: rates(BAND, 5), "rate_bands[1]: must be AttritionBand, got 5"),
    (lambda: aovs(BAND._replace(highest=4.9)), "aov_bands[0].highest: must be an int from 0 up, got 4.9"),
    (lambda: aovs(BAND, AttritionBand(48, 90, 1, MINE)), "aov_bands[1]: must be above the band from 0 to 49"),
    (lambda: rates(), "aov_bands: must be given together with rate_bands, since points need both"),
    (lambda: rates(BAND, BAND), "rate_bands[1]: must be above the band from 0 to 49"),
    (lambda: rates(BAND, AttritionBand(48, 90, 1, MINE)), "rate_bands[1]: must be above the band from 0 to 49"),
    (lambda: rates(AttritionBand(0, None, 1, MINE), BAND), "rate_bands[1]: must be above the band from 0 to None"),
    (lambda: aovs(), "aov_bands: must be given together with rate_bands, since points need both"),
    (lambda: aovs(OVER), "aov_bands[0].value: must be at most 100, got 101"),
    (lambda: ScorecardRules(rate_bands=(BAND,), aov_bands=[BAND]), f"aov_bands: must be tuple, got [{BAND!r}]"),
    (lambda: ScorecardRules(showing=[]), "showing: must be tuple, got []"),
    (lambda: ScorecardRules(showing=(MINE,)), f"showing[0]: must be ShowingRule, got {MINE!r}"),
    (lambda: ScorecardRules(showing=(DAILY._replace(shows="daily"),)), "showing[0].shows: must be ShowsWhen, got 'daily'"),
    (lambda: ScorecardRules(showing=(DAILY._replace(citation="S1"),)), "showing[0].citation: must be Citation, got 'S1'"),
    (lambda: ScorecardRules(showing=(DAILY._replace(pillar=" "),)), "showing[0].pillar: must be text, got ' '"),
    (lambda: ScorecardRules(review_minimum=True), "review_minimum: must be an int from 0 up, got True"),
    (lambda: ScorecardRules(review_minimum=-1), "review_minimum: must be an int from 0 up, got -1"),
    (lambda: ScorecardRules(review_minimum=1), "review_minimum_citation: must be Citation, got None"),
    (lambda: ScorecardRules(review_minimum_citation=MINE), f"review_minimum_citation: must be None, got {MINE!r}"),
]


@pytest.mark.parametrize(("call", "text"), RULE_FAULTS)
def test_scorecard_rules_that_contradict_themselves_are_rejected(call: Callable[[], Any], text: str) -> None:
    """The constructor names the path to the fault."""
    with pytest.raises(errors.RuleDataError) as caught:
        call()
    assert f"ScorecardRules: {text}" == str(caught.value)


def test_the_scorecard_of_an_edition_is_scorecard_rules() -> None:
    """The edition rejects another type."""
    edition = CLUB.edition("FY24 Q1")
    facts = {name: getattr(edition, name) for name in ("start", "thresholds", "maximum_score", "carryover")}
    citations = {f"{name}_citation": MINE for name in ("start", "maximum", "carryover")}
    with pytest.raises(errors.RuleDataError, match=r"^Edition from FY24 Q1: scorecard: must be ScorecardRules, got 5$"):
        Edition(**facts, **citations, scorecard=5)


def test_when_points_show_is_readable() -> None:
    """The text of a member is a phrase, and its representation is its name."""
    assert "once the partner is notified of the evaluation" == str(ShowsWhen.NOTIFIED)
    assert "ShowsWhen.NOTIFIED" == repr(ShowsWhen.NOTIFIED)


def test_a_rate_is_as_fine_as_a_quotient_of_amounts() -> None:
    """So a rate that `attrition_rate` returns is never too fine."""
    assert Fraction(1, 10**120) == points_in_fy24(Fraction(1, 10**120)).rate
    with pytest.raises(errors.RangeError, match=r"^rate must be below 1E\+120, with a denominator up to 1E\+120, got"):
        points_in_fy24(Fraction(1, 10**120 + 1))
