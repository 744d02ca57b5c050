"""Texts of errors about long values: what is shown in full, and where a text is cut."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import numpy
import pytest
from made_up import APPS, T2
from refusals import Q1, raised_by

import tbtier as tb
from tbtier import FiscalYear, ScoreHistory, Tier, errors
from tbtier.reading import Problem, read_scores
from tbtier.rules import Program


class Long:
    """A value with a representation of some length."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __repr__(self) -> str:
        return "r" * self.length


class Nameless:
    """A value whose representation fails."""

    def __repr__(self) -> str:
        raise RuntimeError("no representation")


def message(value: object) -> str:
    """Return what a message says of a value."""
    start, _, text = str(errors.WrongTypeError("a value", value, "another")).partition(", got ")
    assert "a value must be another" == start
    return text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Long(200), "r" * 200),
        (Long(201), "r" * 200 + "..."),
        ("x" * 198, repr("x" * 198)),
        (["x" * 196, "y" * 196], repr(["x" * 196, "y" * 196])),
        (["x" * 196, "y" * 197], repr(["x" * 196, "y" * 197])[:400] + "..."),
        ([[[1]]], "[[[1]]]"),
        ([[[[1]]]], "[[[[...]]]]"),
        (2**600 - 1, str(2**600 - 1)),
        (2**600, "an int of about 181 digits"),
        (Nameless(), "a value of the type Nameless"),
        (numpy.array([[1, 2], [3, 4]]), "array([[1, 2], [3, 4]])"),
    ],
)
def test_a_value_is_cut_where_it_is_long(value: object, text: str) -> None:
    """A message shows 200 characters of a value, 400 of a collection, three levels inside it, and ints of 600 bits."""
    assert text == message(value)


@pytest.mark.parametrize(
    ("value", "fact"),
    [
        ("x" * 400, "x" * 400),
        ("x" * 401, "x" * 400 + "..."),
        (2**600 - 1, 2**600 - 1),
        (2**600, "an int of about 181 digits"),
        (-(2**600), "an int of about 181 digits"),
    ],
)
def test_a_fact_is_cut_where_it_is_long(value: object, fact: object) -> None:
    """Plain data has 400 characters of a text, and ints of 600 bits."""
    assert fact == errors.WrongTypeError("a value", value, "another").to_dict()["facts"]["value"]


def test_the_representation_of_an_error_is_cut_where_it_is_long() -> None:
    """A representation has 40,000 characters at most; a longer one, and one that fails, has each value in short."""
    around = len("WrongTypeError('a value', , 'another', '')")
    for value, text in (
        (Long(40_000 - around), "r" * (40_000 - around)),
        (Long(40_001 - around), "r" * 200 + "..."),
        (Nameless(), "a value of the type Nameless"),
        ([0] * 10_000, "[0, 0, 0, 0, 0, 0, ...]"),
    ):
        assert f"WrongTypeError('a value', {text}, 'another', '')" == repr(errors.WrongTypeError("a value", value, "another"))


def test_ten_problems_are_named() -> None:
    """A message names ten problems, and counts the others."""
    problem = Problem(2, None, None, errors.RangeError("a value", 5, "less"))
    for count, last in ((10, str(problem)), (11, "and 1 more")):
        lines = str(errors.ReadingError((problem,) * count)).split("\n  ")
        assert (f"{count} problems in the rows:", last) == (lines[0], lines[-1])


def test_facts_are_the_attributes_without_an_underscore_in_front() -> None:
    """An attribute that begins with an underscore is private to a subclass; one that ends with an underscore is a fact."""
    error: Any = errors.RangeError("a value", 5, "less")
    error._private, error.from_ = 1, 2
    assert {"what", "value", "wanted", "advice", "from_"} == {*error.to_dict()["facts"]}


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (errors.WrongTypeError("a value", 5, "text"), "a value must be text, got 5"),
        (errors.RangeError("a value", 5, "less"), "a value must be less, got 5"),
        (errors.ScoreError("a score", 5, "less"), "a score must be less, got 5"),
        (errors.ParseError("a tier", "Gold", ("Base", "Ridge")), "'Gold' is not a tier: write it as Base or Ridge"),
    ],
)
def test_an_error_by_hand_needs_no_advice(error: errors.TbtierError, text: str) -> None:
    """Without advice, the message ends with the value or the spellings."""
    assert (text, "") == (str(error), error.to_dict()["facts"]["advice"])


def test_rules_that_are_not_known_have_advice() -> None:
    """The message of unknown rules names the quarter and the advice, if there are any."""
    for quarter, advice, text in (
        (None, "", "the rules of APPS are not known: the page is lost; known are FY24 Q1"),
        (Q1, "ask", "the rules of APPS for FY24 Q1 are not known: the page is lost; known are FY24 Q1; ask"),
    ):
        assert text == str(errors.UnknownRuleError("APPS", quarter, "the page is lost", "FY24 Q1", advice=advice))


def test_a_start_after_the_end_is_an_argument_of_its_error() -> None:
    """The arguments of the error have the start too, so its representation is complete."""
    error = raised_by(lambda: tb.evaluate({}, program=APPS, starting_tier="Base", start=date(2025, 3, 1)))
    assert (8, date(2025, 3, 1)) == (len(error.args), error.args[-1])
    assert repr(error).endswith(f", {date(2025, 3, 1)!r})")


@pytest.mark.parametrize("name", ["bool", "bool_"])
def test_a_bool_of_any_numpy_is_no_score(name: str) -> None:
    """The bool of numpy is named `bool_` up to numpy 1, and older versions accept it as an index."""
    value = type(name, (), {"__index__": lambda _: 1})()
    assert errors.ScoreTypeError is type(raised_by(lambda: ScoreHistory({Q1: value})))


def test_the_bounds_of_a_score_are_scores() -> None:
    """0 and the maximum are scores, as ints of Python and of numpy."""
    for kind in (int, numpy.int64):
        assert (0, 1000) == ScoreHistory({Q1: kind(0), Q1 + 1: kind(1000)}).scores
        assert (Tier.BASE, Tier.SUMMIT) == (APPS.tier_for(kind(0), Q1), APPS.tier_for(kind(1000), Q1))


class Whole:
    """A whole number of another library."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __index__(self) -> int:
        return self.number


@pytest.mark.parametrize("kind", [int, Whole])
def test_a_score_without_a_maximum_has_bounds_too(kind: Any) -> None:
    """A score is from 0 to 1E+30, exclusive, as an int of Python and as a whole number of another library."""
    advice = "correct it, or give None where there is no score"
    for score, wanted in ((-1, "a whole number from 0 up"), (10**30, "a whole number from 0 up, below 1E+30")):
        error = raised_by(lambda score=score: ScoreHistory({Q1: kind(score)}))
        assert f"the score of FY24 Q1 must be {wanted}, got {score}: {advice}" == str(error)
    assert (10**30 - 1,) == ScoreHistory({Q1: kind(10**30 - 1)}).scores


@pytest.mark.parametrize("number", [True, "2"])
def test_an_int_is_no_bool_and_no_text(number: Any) -> None:
    """The error names what is wanted, the value, and what to do if there is advice."""
    assert f"year must be an int, got {number!r}" == str(raised_by(lambda: FiscalYear(number)))
    assert (
        f"the number of a row must be an int, got {number!r}:"
        " to_dict('records') of a data frame gives rows, and so does a list of mappings"
    ) == str(raised_by(lambda: read_scores({number: {"FY24 Q1": 1}})))


@pytest.mark.parametrize("row", ["ab", b"ab", {date(2023, 3, 1): 1, "Base": 2}, {1, 2}])
def test_a_row_is_a_sequence(row: Any) -> None:
    """Text, bytes, a set and a mapping are no rows, even with two items."""
    error = raised_by(lambda: tb.audit_rows([row]))
    assert isinstance(error, errors.WrongTypeError)
    assert ("rows[0]", row) == (error.what, error.value)


def test_a_label_is_one_line() -> None:
    """The error of a text of several lines shows the text."""
    error = raised_by(lambda: attrs.evolve(T2, title="a page\nof two lines"))
    assert str(error).endswith(r"must be one line, got 'a page\nof two lines'")
    assert errors.RuleDataError is type(raised_by(lambda: Program(name="A\nB", entry_tier=Tier.BASE, changes=APPS.changes)))
