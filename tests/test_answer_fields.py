"""Answers that are made or evolved by hand: each field is checked, and kept as a plain value."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest
from cards import CLUB
from made_up import APPS, MODEL, PUBLISHED

import tbtier as tb
from tbtier import FiscalQuarter, Tier
from tbtier.errors import WrongTypeError
from tbtier.scorecard import Activity, Metric, Scorecard, Standing, StandsUntil, attrition_points, pledge_shows_on

METRIC = Metric("Surveys", "Success", 100, StandsUntil.YEAR_END)
CARD = Scorecard([Activity(METRIC, date(2023, 4, 30), 60)], program=MODEL)
SCORES = {"FY24 Q1": 310, "FY24 Q2": 540, "FY24 Q3": 400}
TIMELINE = tb.evaluate(SCORES, program=MODEL, starting_tier="Base")
OTHER = tb.evaluate({**SCORES, "FY24 Q1": 510}, program=MODEL, starting_tier="Base")
UNKNOWN_NEXT = tb.evaluate(dict.fromkeys((f"FY22 Q{number}" for number in (1, 2, 3, 4)), 0), program=APPS, starting_tier="Base")
MARCH_1, FEBRUARY = date(2024, 3, 1), date(2024, 2, 20)
OPEN = tb.plan(TIMELINE, "Summit", by=date(2024, 9, 1), as_of=FEBRUARY)
ANSWERS: list[Any] = [
    tb.plan(TIMELINE, "Ridge", by=MARCH_1, as_of=FEBRUARY),
    OPEN,
    tb.plan(TIMELINE, "Summit", by=FEBRUARY, as_of=FEBRUARY),
    tb.plan(UNKNOWN_NEXT, "Summit", by=date(2022, 3, 1), as_of=date(2022, 2, 20)),
    tb.Option(MODEL.cycle("FY24 Q1"), 250),
    TIMELINE.decisions[0],
    TIMELINE.explain(FEBRUARY),
    TIMELINE.periods[-1],
    tb.diff(TIMELINE, OTHER)[0],
    tb.audit([(TIMELINE.start, Tier.BASE)], TIMELINE)[0],
    CARD.quarter("FY24 Q1"),
    CARD.quarter("FY24 Q1").standings[0],
    pledge_shows_on(date(2023, 4, 3)),
    attrition_points(Fraction(1, 10), current=1500, quarter="FY24 Q1", program=CLUB),
]


DAYS = {"by", "as_of", "start", "stop", "possible_from"}


def fields_of(value: Any) -> list[str]:
    """Return the names by which the fields of a value are given."""
    if dataclasses.is_dataclass(value):
        return [field.name for field in dataclasses.fields(value)]
    return [field.alias or field.name for field in attrs.fields(type(value)) if field.init]


def with_field(value: Any, name: str, other: object) -> Any:
    """Return a value with one field replaced."""
    evolve: Any = dataclasses.replace if dataclasses.is_dataclass(value) else attrs.evolve
    return evolve(value, **{name: other})


def each_field(values: list[Any]) -> list[Any]:
    """Return each field of some values, as parameters of a test."""
    return [pytest.param(one, name, id=f"{type(one).__name__}.{name}") for one in values for name in fields_of(one)]


FIELDS = each_field(ANSWERS)
RULES: list[Any] = [
    METRIC,
    *CARD.activities,
    APPS,
    *APPS.changes,
    APPS.edition("FY24 Q1").thresholds[2],
    PUBLISHED,
    *PUBLISHED.sources,
]


@pytest.mark.parametrize(("answer", "name"), FIELDS)
def test_each_field_is_checked(answer: Any, name: str) -> None:
    """A value of another kind is refused when the answer is made, and not when it is printed."""
    for other in (object(), (object(),)):
        with pytest.raises(WrongTypeError) as raised:
            with_field(answer, name, other)
        assert other is raised.value.value
        assert raised.value.what in ({name, "day"} if name in DAYS else {name})


class Day(date):
    """A day of another class."""


class Text(str):
    """A text of another class."""


def of_a_subclass(value: object) -> object:
    """Return a day or a text as a value of a subclass; `None` for any other value."""
    if type(value) is date:
        return Day(value.year, value.month, value.day)
    return Text(value) if type(value) is str else None


@pytest.mark.parametrize(("answer", "name"), [*FIELDS, *each_field(RULES)])
def test_each_field_is_plain(answer: Any, name: str) -> None:
    """A day or a text of a subclass becomes a plain one, and the answer stays equal."""
    given = getattr(answer, name, None)
    if (other := of_a_subclass(given)) is not None:
        made = with_field(answer, name, other)
        assert type(given) is type(getattr(made, name))
        assert answer == made


def test_an_open_plan_is_made_without_what_only_the_library_knows() -> None:
    """The reasons about time are for the star of an outlook; they make no other plan."""
    assert isinstance(OPEN, tb.Open)
    made = tb.Open(Tier.SUMMIT, OPEN.by, OPEN.as_of, OPEN.program, OPEN.note, OPEN.reasons, OPEN.options, OPEN.awaiting_score)
    assert made == OPEN


def test_a_standing_replaces_nothing_by_default() -> None:
    """The activity that was replaced may be left out."""
    assert Standing(METRIC, FiscalQuarter(2024, 1), None).replaced is None


def test_the_program_of_a_scorecard_is_named() -> None:
    """It is no second positional argument."""
    with pytest.raises(TypeError, match="positional"):
        Scorecard([], MODEL)  # type: ignore[call-arg,misc]
