"""Enums: their text, their representation, and what they refuse."""

from __future__ import annotations

import pytest

from tbtier import Tier, errors
from tbtier.auditing.codes import Kind
from tbtier.evaluation.basis import ResultState
from tbtier.evaluation.decisions import DecisionKind
from tbtier.rules import Carryover, Certainty, ShowsWhen
from tbtier.rules.named import Named
from tbtier.scorecard import StandsUntil

ENUMS: list[type[Named]] = [Carryover, Certainty, DecisionKind, Kind, ResultState, ShowsWhen, StandsUntil, Tier]


@pytest.mark.parametrize("enum", ENUMS)
def test_a_member_reads_as_its_value(enum: type[Named]) -> None:
    """The text is the value, which the class reads back, and the representation evaluates."""
    for member in enum:
        assert member is enum(str(member)) is eval(repr(member), {enum.__name__: enum})


@pytest.mark.parametrize("enum", ENUMS)
@pytest.mark.parametrize("value", ["x", "", None, 1])
def test_another_value_is_refused(enum: type[Named], value: object) -> None:
    """The error has the value and every text that is accepted."""
    with pytest.raises(errors.ParseError) as refused:
        enum(value)
    assert (value, tuple(map(str, enum))) == (refused.value.text, refused.value.spellings)


def test_the_error_names_the_kind_in_words() -> None:
    """The name of the class is split into words."""
    with pytest.raises(errors.ParseError, match=r"^.x. is not a decision kind: write it as promoted or unchanged or"):
        DecisionKind("x")
