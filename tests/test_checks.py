"""The checks and the texts that every door shares, at their bounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import count
from types import NoneType
from typing import Any

import attrs
import pytest
from refusals import raised_by

import tbtier as tb
from tbtier import Tier, errors
from tbtier.errors.checks import bounded, of_kind, require_after, require_of, require_row_number, require_whole, tuple_of
from tbtier.errors.values import is_small, outlined, shown
from tbtier.rules import Source

DAY = date(2023, 4, 30)


@pytest.mark.parametrize("number", [10**100, -(10**100)], ids=["above", "below"])
def test_the_number_of_a_row_has_a_hundred_digits_at_most(number: int) -> None:
    """It is written in texts."""
    wanted = f"the number of a row must be a number of up to 100 digits, got {number}"
    assert wanted == str(raised_by(lambda: tb.audit_rows({number: (DAY, Tier.BASE)})))
    assert 10**100 - 1 == require_row_number(10**100 - 1)
    assert 1 - 10**100 == require_row_number(1 - 10**100)


def test_a_row_has_two_or_three_values() -> None:
    """A fourth one is not left out."""
    row = (DAY, date(2023, 9, 1), Tier.BASE, "a remark")
    error = raised_by(lambda: tb.audit_rows([row]))  # type: ignore[list-item]
    assert (errors.WrongTypeError, "rows[0]", row) == (type(error), error.what, error.value)


def test_as_many_values_as_allowed_are_read() -> None:
    """One more is read to know that there are too many."""
    numbers = count()
    assert [0, 1, 2] == bounded(iter(range(3)), "rows", 3)
    assert "the number of rows must be at most 3, got 4: give an iterable that ends" == str(
        raised_by(lambda: bounded(numbers, "rows", 3))
    )
    assert 4 == next(numbers)


class Whole(int):
    """An int of another class."""


@attrs.frozen
class Checked:
    """A value whose fields are checked."""

    one: object = attrs.field(validator=of_kind(int, NoneType, Source))
    _several: object = attrs.field(default=(), validator=tuple_of(int, NoneType, Source))
    _private: object = attrs.field(default=0, validator=of_kind(int))


class Note(Source):
    """A source of another class."""


@pytest.mark.parametrize("value", [None, 0, 10**30 - 1, 1 - 10**30, Note("N", "A note", "2024")])
def test_a_value_is_of_one_of_some_types(value: object) -> None:
    """A subclass of a class without numbers is of the type too."""
    require_of("one", value, int, NoneType, Source)
    assert value is Checked(value).one
    assert (value,) == Checked(1, (value,))._several


def test_the_error_of_a_private_field_names_the_argument() -> None:
    """A class names the argument without the underscore."""
    assert "private" == raised_by(lambda: Checked(1, (), "5")).what
    assert "several" == raised_by(lambda: Checked(1, [])).what


@pytest.mark.parametrize("value", ["5", True, Whole(5), Fraction(5), 5.0, 10**30, -(10**30)])
def test_a_value_is_of_no_other_type(value: object) -> None:
    """A bool is no int, nor is a number of another subclass, which may lie; a text has no room for a larger int."""
    error = raised_by(lambda: Checked(value))
    assert ("one", value) == (error.what, error.value)
    assert str(error).startswith("one must be int or None or Source, got ")
    assert ("a number of a subclass is refused" if type(value) in (bool, Whole) else "") == error.advice


@pytest.mark.parametrize("values", [[1], (1, "5"), ("5", 1), (1, True), (Whole(5),), None])
def test_a_tuple_has_values_of_some_types(values: object) -> None:
    """The error has the name of the argument."""
    error = raised_by(lambda: Checked(1, values))
    assert f"several must be a tuple of int or None or Source, got {values!r}" == str(error)
    assert values == error.value


def test_a_span_has_a_day() -> None:
    """The error has the stop."""
    stop = date(2023, 4, 29)
    wanted = "stop must be after start, 2023-04-30, got 2023-04-29: give the first day after the span"
    assert wanted == str(raised_by(lambda: require_after("stop", stop, DAY)))


@pytest.mark.parametrize(
    ("value", "most"),
    [(-1, ""), (10**30, ", below 1E+30"), (1e31, ""), ("5", ""), (True, "")],
)
def test_a_number_of_a_rule_is_whole(value: object, most: str) -> None:
    """The bound above is said to those who reach it."""
    assert f"here: must be an int from 0 up{most}, got {value!r}" == str(raised_by(lambda: require_whole("here", value)))
    require_whole("here", 10**30 - 1)


NOUGHTS = [0] * 1000
SMALL: list[tuple[Any, bool]] = [
    (NOUGHTS, True),
    ([*NOUGHTS, 0], False),
    (tuple(NOUGHTS), True),
    ((*NOUGHTS, 0), False),
    (set(range(1000)), True),
    (set(range(1001)), False),
    (frozenset(range(1001)), False),
    (dict.fromkeys(range(1000)), True),
    (dict.fromkeys(range(1001)), False),
    (["x" * 400, *NOUGHTS[1:]], False),
    ("x" * 40_039, True),
    ("x" * 40_040, False),
    (b"x" * 40_039, True),
    (b"x" * 40_040, False),
    ({"x" * 40_040: 0}, False),
    ({0: "x" * 40_040}, False),
    (({0: [{0: NOUGHTS}]},), False),
    (bytearray(100_000), True),
]


@pytest.mark.parametrize(("value", "small"), SMALL)
def test_a_small_value_has_a_thousand_parts_at_most(value: object, small: bool) -> None:
    """Forty characters count as a part."""
    assert small is is_small(value)


class Printed:
    """A value with a given representation."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


@pytest.mark.parametrize(
    ("show", "text"),
    [
        (lambda: shown([[["a"]]]), "[[['a']]]"),
        (lambda: shown([[[["a"]]]]), "[[[[...]]]]"),
        (lambda: outlined("x" * 200), "x" * 200),
        (lambda: outlined("x" * 201), f"'{'x' * 97}...{'x' * 98}'"),
        (lambda: shown(Printed("a\n" + " " * 19_997 + "b")), "a b"),
        (lambda: shown(Printed("a\n" + " " * 19_998 + "b")), "a..."),
        (lambda: shown(Printed("ab " * 67)), f"{'ab ' * 66}ab"),
        (lambda: shown(Printed("ab " * 67 + "c")), f"{'ab ' * 66}ab..."),
        (lambda: outlined(5), "5"),  # type: ignore[arg-type]
    ],
)
def test_a_value_is_shown_in_short(show: Callable[[], str], text: str) -> None:
    """Three levels, and two hundred characters of one line; of a long text only the beginning is looked at."""
    assert text == show()
