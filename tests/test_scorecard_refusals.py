"""Bad input to the scorecard: always a clear error, never a guess."""

from __future__ import annotations

import math
import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import numpy
import pytest
from cards import CLUB, SURVEYS

from tbtier import errors
from tbtier.scorecard import (
    Activity,
    AttritionPoints,
    Metric,
    Scorecard,
    StandsUntil,
    attrition_points,
    attrition_rate,
    counts_for,
    pledge_shows_on,
    review_minimum,
    shows_on,
)

NOON = datetime(2023, 4, 30, 12, tzinfo=UTC)


def points_of(rate: Any, *, current: Any) -> AttritionPoints:
    """Return the points by made-up bands."""
    return attrition_points(rate, current=current, quarter="FY24 Q1", program=CLUB)


ZONE = "take .date() in the time zone that is meant"
ROUNDED = "give the points as the scorecard shows them, since no source says how they are rounded"
TEXT = {
    "a datetime counts": (lambda: counts_for(NOON), errors.WrongTypeError, f"received must be a date, got {NOON!r}: {ZONE}"),
    "a datetime shows": (
        lambda: shows_on(NOON, program=CLUB, pillar="Garden"),
        errors.WrongTypeError,
        f"received must be a date, got {NOON!r}: {ZONE}",
    ),
    "a datetime pledged": (
        lambda: pledge_shows_on(NOON),
        errors.WrongTypeError,
        f"signed_up must be a date, got {NOON!r}: {ZONE}",
    ),
    "a datetime received": (
        lambda: Activity(SURVEYS, NOON, 1),
        errors.WrongTypeError,
        f"received must be a date, got {NOON!r}: {ZONE}",
    ),
    "a minimum of a program as text": (
        lambda: review_minimum("FY24 Q1", program="APPS"),
        errors.WrongTypeError,
        "program must be a Program, got 'APPS': tbtier.programs has some",
    ),
    "points of a program as text": (
        lambda: attrition_points(0, current=1, quarter="FY24 Q1", program="APPS"),
        errors.WrongTypeError,
        "program must be a Program, got 'APPS': tbtier.programs has some",
    ),
    "a quarter as an int": (
        lambda: attrition_points(0, current=1, quarter=2024, program=CLUB),
        errors.WrongTypeError,
        "fiscal quarter must be a FiscalQuarter or its text, got 2024",
    ),
    "a program as text": (
        lambda: shows_on(date(2023, 4, 3), program="APPS", pillar="Garden"),
        errors.WrongTypeError,
        "program must be a Program, got 'APPS': tbtier.programs has some",
    ),
    "no pillar": (
        lambda: shows_on(date(2023, 4, 3), program=CLUB, pillar=None),
        errors.WrongTypeError,
        "pillar must be text, got None",
    ),
    "a float": (
        lambda: Activity(SURVEYS, date(2023, 4, 3), 1.5),
        errors.WrongTypeError,
        f"points must be an int, got 1.5: {ROUNDED}",
    ),
    "half a point": (
        lambda: Activity(SURVEYS, date(2023, 4, 3), Fraction(1, 2)),
        errors.WrongTypeError,
        f"points must be an int, got Fraction(1, 2): {ROUNDED}",
    ),
    "a bool": (
        lambda: Activity(SURVEYS, date(2023, 4, 3), True),
        errors.WrongTypeError,
        f"points must be an int, got True: {ROUNDED}",
    ),
    "text": (
        lambda: Activity(SURVEYS, date(2023, 4, 3), "40"),
        errors.WrongTypeError,
        f"points must be an int, got '40': {ROUNDED}",
    ),
    "negative points": (
        lambda: Activity(SURVEYS, date(2023, 4, 3), -1),
        errors.RangeError,
        "points must be from 0 to 999999, got -1: correct it",
    ),
    "too many points": (
        lambda: Activity(SURVEYS, date(2023, 4, 3), 251),
        errors.RangeError,
        "the points of Surveys (Customers) must be at most 250, got 251: correct the points, or the maximum of the metric",
    ),
    "no metric": (
        lambda: Activity("Surveys", date(2023, 4, 3), 1),
        errors.WrongTypeError,
        "metric must be a Metric, got 'Surveys'",
    ),
    "a metric without a name": (
        lambda: Metric("", "P", 1, StandsUntil.REPLACED),
        errors.RuleDataError,
        "Metric: name: must be text, got ''",
    ),
    "a pillar with blanks": (
        lambda: Metric("M", " P", 1, StandsUntil.REPLACED),
        errors.RuleDataError,
        "Metric M: pillar: must have no blanks around it: strip it",
    ),
    "a metric with blanks": (
        lambda: Metric("M ", "P", 1, StandsUntil.REPLACED),
        errors.RuleDataError,
        "Metric M : name: must have no blanks around it: strip it",
    ),
    "a day without a quarter": (
        lambda: Activity(SURVEYS, date(1, 1, 15), 1),
        errors.RangeError,
        "day must be from 0001-02-01 to 9999-01-31, got 0001-01-15",
    ),
    "a pledge without a quarter": (
        lambda: pledge_shows_on(date(9999, 11, 30)),
        errors.RangeError,
        "day must be from 0001-02-01 to 9999-01-31, got 9999-11-30",
    ),
    "a metric without a pillar": (
        lambda: Metric("M", " ", 1, StandsUntil.REPLACED),
        errors.RuleDataError,
        "Metric M: pillar: must be text, got ' '",
    ),
    "an empty pillar": (
        lambda: Metric("M", "", 1, StandsUntil.REPLACED),
        errors.RuleDataError,
        "Metric M: pillar: must be text, got ''",
    ),
    "a metric that stands": (
        lambda: Metric("M", "P", 1, "forever"),
        errors.RuleDataError,
        "Metric M: stands_until: must be StandsUntil, got 'forever'",
    ),
    "a metric by no rule": (
        lambda: Metric("M", "P", 1, StandsUntil.REPLACED, "K2"),
        errors.RuleDataError,
        "Metric M: rule: must be Rule, got 'K2'",
    ),
    "a metric with a float": (
        lambda: Metric("M", "P", 1.0, StandsUntil.REPLACED),
        errors.WrongTypeError,
        f"maximum must be an int, got 1.0: {ROUNDED}",
    ),
    "two activities on one day": (
        lambda: Scorecard([Activity(SURVEYS, date(2023, 4, 3), 1)] * 2, program=CLUB),
        errors.RangeError,
        "the activities of Surveys (Customers) must be of different days, got 2023-04-03: keep the one that counts",
    ),
    "one name for two metrics": (
        lambda: Scorecard(
            [Activity(one, date(2023, 4, 3), 1) for one in (SURVEYS, attrs.evolve(SURVEYS, maximum=9))], program=CLUB
        ),
        errors.RuleDataError,
        "Metric Surveys (Customers): must be stated once: another metric of this name differs",
    ),
    "no activities": (
        lambda: Scorecard(None, program=CLUB),
        errors.WrongTypeError,
        "activities must be an iterable of Activity, got None",
    ),
    "bytes for activities": (
        lambda: Scorecard(b"ab", program=CLUB),
        errors.WrongTypeError,
        "activities must be an iterable of Activity, got b'ab'",
    ),
    "a pair for an activity": (
        lambda: Scorecard([("Surveys", 1)], program=CLUB),
        errors.WrongTypeError,
        "activities[0] must be an Activity, got ('Surveys', 1)",
    ),
    "a card without a program": (
        lambda: Scorecard([], program="APPS"),
        errors.WrongTypeError,
        "program must be a Program, got 'APPS': tbtier.programs has some",
    ),
    "a quarter for quarters": (
        lambda: Scorecard([], program=CLUB).history("FY24 Q1"),
        errors.WrongTypeError,
        "quarters must be an iterable of quarters, got 'FY24 Q1'",
    ),
    "no beginning": (
        lambda: attrition_rate(0, reduction=5),
        errors.RangeError,
        "beginning must be above 0, got 0: without revenue there is no attrition rate",
    ),
    "a negative beginning": (
        lambda: attrition_rate(-1, reduction=0),
        errors.RangeError,
        "beginning must be 0 or more, got -1: correct it",
    ),
    "a negative reduction": (
        lambda: attrition_rate(1, reduction=-1),
        errors.RangeError,
        "reduction must be 0 or more, got -1: correct it",
    ),
    "more than all": (
        lambda: attrition_rate(100, reduction=Decimal("100.5")),
        errors.RangeError,
        "reduction must be at most the beginning AOV, 100, got 201/2: leave out reductions of later additions",
    ),
    "a float of money": (
        lambda: attrition_rate(1.0, reduction=1),
        errors.WrongTypeError,
        "beginning must be an int, a Decimal or a Fraction, got 1.0",
    ),
    "text of money": (
        lambda: attrition_rate("5", reduction=1),
        errors.WrongTypeError,
        "beginning must be an int, a Decimal or a Fraction, got '5': Decimal(...) reads one from text",
    ),
    "not a number": (
        lambda: attrition_rate(Decimal("NaN"), reduction=1),
        errors.RangeError,
        "beginning must be a number, got NaN: leave out an unknown amount",
    ),
    "infinite": (
        lambda: attrition_rate(1, reduction=Decimal("Infinity")),
        errors.RangeError,
        "reduction must be a number, got Infinity: leave out an unknown amount",
    ),
    "a rate over 100 %": (
        lambda: points_of(7, current=1),
        errors.RangeError,
        "rate must be at most 1, which is 100 %, got 7: divide a percent by 100",
    ),
    "a rate a little over 100 %": (
        lambda: points_of(Decimal("1.01"), current=1),
        errors.RangeError,
        "rate must be at most 1, which is 100 %, got 101/100: divide a percent by 100",
    ),
    "a rate as a float": (
        lambda: points_of(0.07, current=1),
        errors.WrongTypeError,
        "rate must be an int, a Decimal or a Fraction, got 0.07",
    ),
    "NaN": (
        lambda: points_of(math.nan, current=1),
        errors.WrongTypeError,
        "rate must be an int, a Decimal or a Fraction, got nan",
    ),
    "a negative rate": (
        lambda: points_of(Decimal("-0.1"), current=1),
        errors.RangeError,
        "rate must be 0 or more, got -0.1: correct it",
    ),
    "a negative current AOV": (
        lambda: points_of(Decimal("0.1"), current=-1),
        errors.RangeError,
        "current must be 0 or more, got -1: correct it",
    ),
}


@pytest.mark.parametrize("case", TEXT)
def test_bad_input_is_rejected(case: str) -> None:
    """The error has the class that its fault asks for, and its text names the fault and what to do."""
    call, kind, text = TEXT[case]
    with pytest.raises(errors.TbtierError) as caught:
        call()
    assert kind is type(caught.value)
    assert text == str(caught.value)


def test_ints_of_other_libraries_are_points() -> None:
    """A numpy int is accepted as points, as it is as a score."""
    points = Activity(SURVEYS, date(2023, 4, 3), numpy.int64(40)).points
    assert (40, int) == (points, type(points))


DOORS = {
    "a beginning": lambda amount: attrition_rate(amount, reduction=1),
    "a reduction": lambda amount: attrition_rate(1, reduction=amount),
    "a rate": lambda amount: points_of(amount, current=1),
    "an AOV": lambda amount: points_of(0, current=amount),
}
"""Every function that takes an amount."""
GIANT = 10**100_000
UNFIT = {
    "a large exponent": (Decimal("1E+50000000"), errors.RangeError, "got 1E+50000000: round it"),
    "a large negative exponent": (Decimal("-1E+50000000"), errors.RangeError, "got -1E+50000000: round it"),
    "a small exponent": (Decimal("1E-50000000"), errors.RangeError, "got 1E-50000000: round it"),
    "a zero with a large exponent": (Decimal("0E+50000000"), errors.RangeError, "got 0E+50000000: round it"),
    "many digits": (Decimal("1" * 100_000), errors.RangeError, "got 1111"),
    "many decimal places": (Decimal(f"0.{'1' * 100_000}"), errors.RangeError, "got 0.1111"),
    "a giant int": (GIANT, errors.RangeError, "got an int of about 100001 digits: round it"),
    "a giant negative int": (-GIANT, errors.RangeError, "got an int of about 100001 digits: round it"),
    "a giant fraction": (Fraction(GIANT, 3), errors.RangeError, "got a value of the type Fraction: round it"),
    "a fine fraction": (Fraction(1, GIANT + 1), errors.RangeError, "got a value of the type Fraction: round it"),
    "a long NaN": (Decimal(f"NaN{'1' * 100_000}"), errors.RangeError, "must be a number, got NaN1111"),
    "a signalling NaN": (Decimal("sNaN"), errors.RangeError, "must be a number, got sNaN: leave out"),
    "long text": ("1" * 100_000, errors.WrongTypeError, "got '1111"),
    "a bool": (True, errors.WrongTypeError, "must be an int, a Decimal or a Fraction, got True"),
    "a numpy bool": (numpy.True_, errors.WrongTypeError, f"must be an int, a Decimal or a Fraction, got {numpy.True_!r}"),
    "a numpy float": (numpy.float64(1), errors.WrongTypeError, "must be an int, a Decimal or a Fraction, got"),
}
"""A value that is not a usable amount, its error, and a part of the text."""


@pytest.mark.parametrize("unfit", UNFIT)
@pytest.mark.parametrize("door", DOORS)
def test_every_door_for_amounts_rejects_unfit_values(door: str, unfit: str) -> None:
    """The error comes at once, its text is short, and it can be pickled."""
    amount, kind, text = UNFIT[unfit]
    with pytest.raises(errors.TbtierError) as caught:
        DOORS[door](amount)
    assert kind is type(caught.value)
    assert text in str(caught.value)
    assert len(str(caught.value)) < 400
    assert str(caught.value) == str(pickle.loads(pickle.dumps(caught.value)))


POINTS = {
    "points": lambda points: Activity(SURVEYS, date(2023, 4, 3), points),
    "a maximum": lambda points: Metric("M", "P", points, StandsUntil.REPLACED),
}
"""Every function that takes points."""


@pytest.mark.parametrize("unfit", UNFIT)
@pytest.mark.parametrize("door", POINTS)
def test_every_door_for_points_rejects_unfit_values(door: str, unfit: str) -> None:
    """The error comes at once, its text is short, and it can be pickled."""
    points, *_ = UNFIT[unfit]
    with pytest.raises(errors.RangeError if type(points) is int else errors.WrongTypeError) as caught:
        POINTS[door](points)
    assert len(str(caught.value)) < 500
    assert str(caught.value) == str(pickle.loads(pickle.dumps(caught.value)))


@pytest.mark.parametrize("maximum", [0, 999_999])
def test_a_maximum_has_up_to_six_digits(maximum: int) -> None:
    """The bounds are allowed, and the error for the next number states them."""
    assert maximum == Metric("M", "P", maximum, StandsUntil.REPLACED).maximum
    with pytest.raises(errors.RangeError, match=r"^maximum must be from 0 to 999999, got"):
        Metric("M", "P", maximum + 1 if maximum else -1, StandsUntil.REPLACED)


LARGEST, FINEST = 10**30 - 1, Fraction(1, 10**30)


@pytest.mark.parametrize("amount", [LARGEST, Decimal(LARGEST), FINEST, Decimal("1E-30"), Decimal("0.0"), 0])
def test_amounts_within_the_limits_are_exact(amount: Any) -> None:
    """An amount below 1E+30 with a denominator up to 1E+30 is kept exactly."""
    assert Fraction(amount) == attrition_rate(LARGEST, reduction=amount) * LARGEST


@pytest.mark.parametrize("amount", [10**30, Decimal("1E+30"), Fraction(1, 10**30 + 1), Decimal("1E-31")])
def test_amounts_beyond_the_limits_are_rejected(amount: Any) -> None:
    """The error states the limits."""
    with pytest.raises(errors.RangeError, match=r"^beginning must be below 1E\+30, with a denominator up to 1E\+30, got"):
        attrition_rate(amount, reduction=0)
