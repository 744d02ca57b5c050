"""The errors themselves: the class, the words and the facts of each refusal, and what a copy keeps."""

from __future__ import annotations

import copy
import json
import math
import pickle
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from inspect import signature
from typing import Any

import pyarrow
import pytest
from cards import CLUB
from made_up import APPS, T7, T8
from refusals import Q1, Q2, Q3, TIMELINE, raised_by

import tbtier as tb
from tbtier import FiscalQuarter, FiscalYear, ScoreHistory, Tier, errors
from tbtier.frames import tier_table
from tbtier.reading import Problem, read_scores
from tbtier.rules import Certainty, Citation, Source
from tbtier.scorecard import attrition_points, attrition_rate

CORRECT = "correct it, or give None where there is no score"
KNOWN = "FY21 Q1 to FY22 Q4, FY24 Q1 to FY25 Q1"
BADGES = "badges, which are not earned by score"
ONE_ROW = pyarrow.table({"partner": ["a"], "quarter": ["FY24 Q2"], "score": [5]})

# For each refusal: its class, its words, and its facts.
REFUSALS: dict[str, tuple[Callable[[], Any], type[errors.TbtierError], str, dict[str, Any]]] = {
    "a value of a wrong type": (
        lambda: TIMELINE.tier_on("2023-04-30"),  # type: ignore[arg-type]  # what is tested
        errors.WrongTypeError,
        "day must be a date, got '2023-04-30': date.fromisoformat reads one from text",
        {"what": "day", "value": "2023-04-30", "wanted": "a date", "advice": "date.fromisoformat reads one from text"},
    ),
    "a value out of bounds": (
        lambda: FiscalYear(1),
        errors.RangeError,
        "year must be from 2 to 9999, got 1",
        {"what": "year", "value": 1, "wanted": "from 2 to 9999", "advice": ""},
    ),
    "an amount out of bounds": (
        lambda: attrition_rate(100, reduction=Fraction(201, 2)),
        errors.RangeError,
        "reduction must be at most the beginning AOV, 100, got 201/2: leave out reductions of later additions",
        {"value": Fraction(201, 2), "wanted": "at most the beginning AOV, 100"},
    ),
    "a score above the maximum": (
        lambda: APPS.tier_for(1001, "FY24 Q1"),
        errors.ScoreError,
        f"the score of FY24 Q1 must be a whole number from 0 to 1000, got 1001: {CORRECT}",
        {"what": "the score of FY24 Q1", "value": 1001, "advice": CORRECT, "quarter": Q1, "maximum": 1000},
    ),
    "two scores for one quarter": (
        lambda: ScoreHistory([("FY24 Q1", 310), (Q1, None)]),
        errors.ScoreError,
        "the score of FY24 Q1 must be one value, got 310 and None: keep the right one",
        {"value": (310, None), "wanted": "one value", "quarter": Q1, "maximum": None},
    ),
    "a score of a wrong type": (
        lambda: APPS.tier_for(310.0, "FY24 Q1"),  # type: ignore[arg-type]  # what is tested
        errors.ScoreTypeError,
        "the score of FY24 Q1 must be a whole number from 0 to 1000, got 310.0: give an int, or None where there is no score",
        {"value": 310.0, "wanted": "a whole number from 0 to 1000", "quarter": Q1, "maximum": 1000},
    ),
    "text in another spelling": (
        lambda: FiscalQuarter.parse("FY24 Q5"),
        errors.ParseError,
        "'FY24 Q5' is not a fiscal quarter: write it as FY24 Q1 or FY2024 Q1",
        {"what": "a fiscal quarter", "text": "FY24 Q5", "spellings": ("FY24 Q1", "FY2024 Q1"), "advice": ""},
    ),
    "a gap in the scores": (
        lambda: tb.evaluate({"FY24 Q1": 310, "FY24 Q3": 1}, program=APPS, starting_tier="Base"),
        errors.MissingScoreError,
        "no score is given for FY24 Q2: give None for a quarter that was not scored,"
        " or start= (a day after those quarters ended) if the partner was not scored before it",
        {"quarters": (Q2,)},
    ),
    "rules that are not known": (
        lambda: APPS.edition("FY23 Q1"),
        errors.UnknownRuleError,
        f"the rules of APPS for FY23 Q1 are not known: the page is lost; known are {KNOWN}",
        {
            "program": "APPS",
            "quarter": FiscalQuarter(2023, 1),
            "reason": "the page is lost",
            "known": KNOWN,
            "what": "rules",
        },
    ),
    "a number between bands": (
        lambda: attrition_points(0, current=3000, quarter="FY24 Q1", program=CLUB),
        errors.UnknownRuleError,
        "the attrition points of CLUB for FY24 Q1 are not known: an AOV of 3000 is in no printed band;"
        " known are 0 to 1000, 1000 to 2000",
        {"program": "CLUB", "quarter": Q1, "what": "attrition points"},
    ),
    "a program that ended": (
        lambda: APPS.edition("FY25 Q2"),
        errors.ProgramEndedError,
        f"APPS does not evaluate FY25 Q2: it ended on 2024-08-01, replaced by {BADGES} (published, T7, T8); leave out the"
        " quarters after FY25 Q1, or model the program without an end by APPS.with_edition_of('FY25 Q1')",
        {
            "program": "APPS",
            "quarter": FiscalQuarter(2025, 2),
            "reason": "it ended on 2024-08-01",
            "known": KNOWN,
            "ended_on": date(2024, 8, 1),
            "replaced_by": BADGES,
            "citation": Citation(Certainty.PUBLISHED, (T7, T8)),
            "last": FiscalQuarter(2025, 1),
            "start": None,
        },
    ),
    "a day outside a timeline": (
        lambda: TIMELINE.tier_on(date(2024, 1, 15)),
        errors.OutsideTimelineError,
        "2024-01-15 is outside the timeline [2023-03-01, 2023-12-01):"
        " the score of FY24 Q3 is needed to go on; FY24 Q3 takes effect on 2023-12-01",
        {"day": date(2024, 1, 15), "start": date(2023, 3, 1), "stop": date(2023, 12, 1), "quarter": Q3},
    ),
    "rows that cannot be read": (
        lambda: read_scores([{"FY24 Q1": "1.020"}]).raise_problems(),
        errors.ReadingError,
        "1 problem in the rows:\n  row 2, column 'FY24 Q1': '1.020' is not a clear score:"
        " write it as 1020 or 1.02; a point may separate thousands or decimals",
        {"problems": read_scores([{"FY24 Q1": "1.020"}]).problems},
    ),
    "rows of a frame with a problem": (
        lambda: tier_table(ONE_ROW, program=APPS, starting_tier="Base"),
        errors.FrameError,
        "1 row has a problem:\n  'a', 'FY24 Q2', 5: the first quarter of a partner must be a Q1",
        {"rows": (("a", "FY24 Q2", 5, "the first quarter of a partner must be a Q1"),), "count": 1},
    ),
    "rules without a source": (
        lambda: Citation(Certainty.PUBLISHED, ()),
        errors.RuleDataError,
        "Citation: sources: must be a tuple of at least one Source, got ()",
        {"where": "Citation: sources", "fault": "must be a tuple of at least one Source, got ()"},
    ),
}
# The built-in errors that each class is.
BUILT_INS: dict[type[errors.TbtierError], set[type[Exception]]] = {
    errors.WrongTypeError: {TypeError},
    errors.RangeError: {ValueError},
    errors.ScoreError: {ValueError},
    errors.ScoreTypeError: {TypeError, ValueError},
    errors.ParseError: {ValueError},
    errors.MissingScoreError: {ValueError},
    errors.ReadingError: {ValueError},
    errors.FrameError: {ValueError},
    errors.UnknownRuleError: {LookupError},
    errors.ProgramEndedError: {LookupError},
    errors.OutsideTimelineError: {LookupError},
    errors.RuleDataError: {ValueError},
}


@pytest.mark.parametrize(("call", "kind", "words", "facts"), REFUSALS.values(), ids=REFUSALS)
def test_each_refusal_has_a_class_words_and_facts(
    call: Callable[[], Any], kind: type[errors.TbtierError], words: str, facts: dict[str, Any]
) -> None:
    """A message is built from facts, which are attributes, and a representation evaluates to an equal error."""
    error = raised_by(call)
    assert kind is type(error)
    assert words == str(error)
    assert facts == {name: getattr(error, name) for name in facts}
    names = (
        vars(errors)
        | {"Problem": Problem}
        | {"FiscalQuarter": FiscalQuarter, "Fraction": Fraction, "datetime": __import__("datetime")}
    )
    again = eval(repr(error), names | {"Problem": Problem, "Citation": Citation, "Certainty": Certainty, "Source": Source})
    assert (kind, words, vars(error)) == (type(again), str(again), vars(again))
    named = kind(**{name: getattr(error, name) for name in signature(kind).parameters})
    assert (words, vars(error), error.args) == (str(named), vars(named), named.args)


@pytest.mark.parametrize("kind", BUILT_INS)
def test_each_error_is_a_built_in_too(kind: type[errors.TbtierError]) -> None:
    """Code that does not know the library catches the built-in errors that it expects."""
    assert issubclass(kind, errors.TbtierError)
    assert BUILT_INS[kind] == {one for one in (TypeError, ValueError, LookupError) if issubclass(kind, one)}


def test_every_error_is_in_one_module() -> None:
    """The errors are public in `tbtier.errors` alone, and each of them has a refusal here."""
    assert {kind.__name__ for kind in BUILT_INS} | {"TbtierError"} == set(errors.__all__)
    assert {kind for _, kind, _, _ in REFUSALS.values()} == set(BUILT_INS)
    assert tb.errors is errors
    assert not [name for name in errors.__all__ if hasattr(tb, name)]


class Unprintable:
    """A value whose representation fails."""

    def __repr__(self) -> str:
        raise RuntimeError("no representation")


def nested(depth: int) -> list[object]:
    """Return a list in a list, and so on."""
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


HUGE = {
    "an int": 10**5000,
    "a deep list": nested(100_000),
    "a long list": ["x" * 1000] * 10_000,
    "a dict": dict.fromkeys(range(10_000), "x" * 1000),
    "text": "x" * 10**6,
    "bytes": b"x" * 10**6,
    "a fraction": Fraction(10**5000, 3),
    "no representation": Unprintable(),
}


@pytest.mark.parametrize("value", HUGE.values(), ids=HUGE)
def test_a_message_is_short_whatever_the_value(value: Any) -> None:
    """Long numbers, deep and long values, and a value without a representation are cut or named by their type."""
    for call in (
        lambda: tb.evaluate({Q1: value}, program=APPS, starting_tier="Base"),
        lambda: APPS.tier_for(value, Q1),
        lambda: FiscalQuarter(value, 1),
        lambda: FiscalQuarter.parse(value),
        lambda: FiscalQuarter.containing(value),
        lambda: tb.evaluate({}, program=APPS, starting_tier=value, start=date(2023, 3, 1)),
        lambda: Citation(value, ()),
    ):
        with pytest.raises(errors.TbtierError) as refused:
            call()
        assert 600 > len(str(refused.value))
        assert 1500 > len(repr(refused.value))
        assert str(refused.value) == str(pickle.loads(pickle.dumps(refused.value)))


def test_a_long_number_is_shown_by_its_length() -> None:
    """Python refuses to write more than 4,300 digits, so a message says how many there are."""
    with pytest.raises(errors.ScoreError) as refused:
        APPS.tier_for(10**5000, Q1)
    assert f"from 0 to 1000, got an int of about 5001 digits: {CORRECT}" in str(refused.value)


def copies(error: errors.TbtierError) -> list[Any]:
    """Return an error as it comes out of a pickle, a copy and a deep copy."""
    return [pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)]


@pytest.mark.parametrize(("call", "kind", "words", "facts"), REFUSALS.values(), ids=REFUSALS)
def test_a_copied_error_keeps_what_was_added(
    call: Callable[[], Any], kind: type[errors.TbtierError], words: str, facts: dict[str, Any]
) -> None:
    """Notes and attributes survive a pickle, a copy and a deep copy, as the facts do."""
    error: Any = raised_by(call)
    error.add_note("row 7")
    error.row = 7
    for twin in copies(error):
        assert (kind, words, ["row 7"], 7) == (type(twin), str(twin), twin.__notes__, twin.row)
        assert facts == {name: getattr(twin, name) for name in facts}


@pytest.mark.parametrize(("call", "kind", "words", "facts"), REFUSALS.values(), ids=REFUSALS)
def test_plain_data_of_an_error_has_its_class_words_and_facts(
    call: Callable[[], Any], kind: type[errors.TbtierError], words: str, facts: dict[str, Any]
) -> None:
    """The facts are the attributes, added attributes too, but not the notes."""
    error: Any = raised_by(call)
    error.add_note("row 7")
    error.row = 7
    plain = error.to_dict()
    assert ("tbtier.error/1", kind.__name__, words) == (plain["format"], plain["error"], plain["message"])
    assert {*vars(error)} - {"__notes__"} == {*plain["facts"]} >= {*facts, "row"}


def test_facts_are_plain_data() -> None:
    """Ints, bools, text and `None` stay; quarters, days, citations and other values become text, and tuples lists."""
    ended = raised_by(lambda: APPS.edition("FY25 Q2")).to_dict()["facts"]
    assert ("FY25 Q2", "2024-08-01", None) == (ended["quarter"], ended["ended_on"], ended["start"])
    assert ("published, T7, T8", "FY25 Q1") == (ended["citation"], ended["last"])
    for value, fact in [
        (1200, 1200),
        (True, True),
        (None, None),
        ("caf\xe9", "caf\xe9"),
        ("\ud800", "\\ud800"),
        (310.5, "310.5"),
        (math.nan, "nan"),
        (Tier.CREST, "Crest"),
        ([1, "a"], "[1, 'a']"),
        ((1, "a", (2,)), [1, "a", "(2,)"]),
    ]:
        plain = errors.RangeError("a value", value, "another").to_dict()["facts"]["value"]
        assert (type(fact), fact) == (type(plain), plain)


def test_problems_are_plain_data() -> None:
    """A problem has its row and its column, and the class and the message of its error; at most 10 are named."""
    read = read_scores([{"partner": "Blue Anchor", "FY24 Q1": "many"}] * 99, partner="partner")
    first, *others = raised_by(read.raise_problems).to_dict()["facts"]["problems"]
    assert {
        "row": 2,
        "column": "FY24 Q1",
        "partner": "Blue Anchor",
        "error": "ParseError",
        "message": str(read.problems[0].error),
    } == first
    assert [*range(3, 12)] == [one["row"] for one in others]


@pytest.mark.parametrize("value", [*HUGE.values(), tuple(HUGE.values()) * 99], ids=[*HUGE, "a tuple"])
def test_plain_data_of_an_error_is_short_whatever_the_value(value: Any) -> None:
    """A log line has a bound, as a message has."""
    error = errors.WrongTypeError("a value", value, "another")
    assert 7000 > len(json.dumps(error.to_dict()))


class RowEnded(errors.ProgramEndedError):
    """An error of a user, made from other arguments."""

    def __init__(self, row: int, error: Any) -> None:
        super().__init__("APPS", Q1, "", date(2024, 8, 1), "", error.citation, Q1)
        self.row = row


def test_a_subclass_survives_a_copy() -> None:
    """A subclass may take other arguments than its base."""
    error = RowEnded(7, raised_by(lambda: APPS.edition("FY25 Q2")))
    for twin in copies(error):
        assert (RowEnded, 7, str(error), error.args) == (type(twin), twin.row, str(twin), twin.args)


def test_a_value_that_does_not_pickle_leaves_its_text() -> None:
    """An error about a function or a generator comes back from a worker process; a copy keeps the value."""
    value: Any = (number for number in ())
    error: Any = raised_by(lambda: FiscalQuarter.containing(value))
    twin = pickle.loads(pickle.dumps(error))
    assert (str(error), repr(error), repr(value)) == (str(twin), repr(twin), twin.value)
    assert value is copy.copy(error).value


def test_a_tier_by_no_name_is_text_in_another_spelling() -> None:
    """`Tier` called with no name of a tier raises the error of `Tier.parse`."""
    for call in (lambda: Tier("Gold"), lambda: Tier.parse("Gold")):
        error = raised_by(call)
        assert errors.ParseError is type(error)
        assert "'Gold' is not a tier: write it as Provisional or Base or Ridge or Crest or Summit" == str(error)
