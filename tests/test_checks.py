"""The checks and the texts that every door shares, at their bounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
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

    one: object = attrs.field(validator=of_kind(int, NoneType))
    _several: object = attrs.field(default=(), validator=tuple_of(int, str))
    _private: object = attrs.field(default=0, validator=of_kind(int))


@pytest.mark.parametrize("value", [None, 0, Whole(5), 10**30 - 1, 1 - 10**30])
def test_a_value_is_of_one_of_some_types(value: object) -> None:
    """A subclass is of the type too."""
    require_of("one", value, int, NoneType)
    assert value is Checked(value).one


def test_the_error_of_a_private_field_names_the_argument() -> None:
    """A class names the argument without the underscore."""
    assert "private" == raised_by(lambda: Checked(1, (), "5")).what
    assert "several" == raised_by(lambda: Checked(1, [])).what


@pytest.mark.parametrize("value", ["5", True, 5.0, 10**30, -(10**30)])
def test_a_value_is_of_no_other_type(value: object) -> None:
    """A bool is no int; a larger int is none that a text has room for."""
    error = raised_by(lambda: Checked(value))
    assert ("one", value) == (error.what, error.value)
    assert str(error).startswith("one must be int or None, got ")


@pytest.mark.parametrize("values", [[1], (1, None), (None, 1), None])
def test_a_tuple_has_values_of_some_types(values: object) -> None:
    """The error has the name of the argument."""
    error = raised_by(lambda: Checked(1, values))
    assert f"several must be a tuple of int or str, got {values!r}" == str(error)
    assert values == error.value
    assert (1, "a") == Checked(1, (1, "a"))._several


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


@pytest.mark.parametrize(
    ("show", "text"),
    [
        (lambda: shown([[["a"]]]), "[[['a']]]"),
        (lambda: shown([[[["a"]]]]), "[[[[...]]]]"),
        (lambda: outlined("x" * 200), "x" * 200),
        (lambda: outlined("x" * 201), f"'{'x' * 97}...{'x' * 98}'"),
        (lambda: outlined(5), "5"),  # type: ignore[arg-type]
    ],
)
def test_a_value_is_shown_in_short(show: Callable[[], str], text: str) -> None:
    """Three levels, and two hundred characters."""
    assert text == show()
