"""Laws of the public values: representations, pickles and copies are inverses."""

from __future__ import annotations

import copy
import datetime
import pickle
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from held import boundaries_of, held_by
from hypothesis import given
from made_up import BEST_OF_FOUR
from strategies import Partner, contiguous, partners

import tbtier
import tbtier.evaluation.basis
import tbtier.evaluation.decisions
import tbtier.evaluation.reasons
import tbtier.rules
from tbtier import (
    Decision,
    Difference,
    Explanation,
    Finding,
    FiscalQuarter,
    FiscalYear,
    Outlook,
    ProgramYear,
    ScoreHistory,
    Tier,
    TierPeriod,
    Timeline,
    audit,
    diff,
    evaluate,
    outlook,
)
from tbtier.evaluation.basis import Result
from tbtier.evaluation.reasons import Reason
from tbtier.rules import Citation, Cycle, Edition, Program, Source
from tbtier.rules.plain import Answer

ONE_DAY = timedelta(days=1)
VALUE_TYPES = {
    Citation,
    Cycle,
    Decision,
    Difference,
    Edition,
    Explanation,
    Finding,
    FiscalQuarter,
    FiscalYear,
    Outlook,
    Program,
    ProgramYear,
    ScoreHistory,
    Source,
    Tier,
    TierPeriod,
    Timeline,
}
"""The public values."""
ONE, ANOTHER = (evaluate({"FY24 Q1": 310}, program=BEST_OF_FOUR, starting_tier=name) for name in ("Base", "Summit"))
"""Two timelines that differ."""


def values_of(timeline: Timeline) -> Iterator[Any]:
    """Yield a value of every public type, and those inside them."""
    yield from (timeline, timeline.history, timeline.program, timeline.starting_tier)
    yield from (FiscalQuarter.containing(timeline.start), ProgramYear.containing(timeline.start))
    yield FiscalYear.containing(timeline.start)
    edition = timeline.program.editions[0]
    yield from (edition, edition.carryover, edition.carryover_citation, edition.carryover_citation.certainty, *edition.sources)
    yield from timeline.program.changes
    yield from edition.thresholds
    yield from timeline.periods
    decision = timeline.decisions[-1]
    yield from (decision, decision.kind, decision.result, decision.result.cycle, *decision.reasons)
    view = outlook(timeline, as_of=timeline.start)
    yield from (view, *view.requirements, *diff(ONE, ANOTHER))
    yield from audit([(ONE.start, ANOTHER.starting_tier)], ONE)
    yield from (timeline.explain(timeline.start), timeline.explain(timeline.stop - ONE_DAY))


def names_for(program: Program) -> dict[str, Any]:
    """Return the names that a representation may use: the public ones, the program's own, and `datetime`."""
    evaluation = (tbtier.evaluation.basis, tbtier.evaluation.reasons, tbtier.evaluation.decisions)
    modules = (tbtier, tbtier.rules, *evaluation)
    public = {name: getattr(module, name) for module in modules for name in module.__all__}
    return {**public, program.name: program, "BEST_OF_FOUR": BEST_OF_FOUR, "datetime": datetime}


@given(contiguous())
def test_representation_and_value_are_inverses(partner: Partner) -> None:
    """Every public value is what its representation evaluates to; that of an answer or an edition is short instead."""
    names = names_for(partner.program)
    values = list(values_of(partner.timeline))
    assert VALUE_TYPES <= {type(value) for value in values}
    for value in values:
        if isinstance(value, (Answer, Edition, Program, Reason, Result)):
            continue
        again = eval(repr(value), dict(names))
        assert type(value) is type(again)
        assert value == again
        assert hash(value) == hash(again)


@given(contiguous())
def test_pickles_and_copies_are_inverses(partner: Partner) -> None:
    """Every public value is equal to its pickle, its copy and its deep copy, and has their hash."""
    values = list(values_of(partner.timeline))
    assert VALUE_TYPES <= {type(value) for value in values}
    for value in values:
        for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert type(value) is type(again)
            assert value == again
            assert hash(value) == hash(again)
            assert repr(value) == repr(again)


@given(partners)
def test_a_timeline_answers_the_same_after_a_pickle(partner: Partner) -> None:
    """A timeline that was pickled or copied holds, decides and explains the same."""
    timeline = partner.timeline
    for again in (pickle.loads(pickle.dumps(timeline)), copy.copy(timeline), copy.deepcopy(timeline)):
        assert held_by(timeline) == held_by(again)
        assert timeline.decisions == again.decisions
        assert [timeline.explain(day) for day in boundaries_of(timeline)] == [
            again.explain(day) for day in boundaries_of(again)
        ]
