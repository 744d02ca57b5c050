"""The import of the testing kit: its names, the types that it registers, and an environment without Hypothesis."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from datetime import date

import attrs
import pytest
from drawing import drawn
from hypothesis import find
from hypothesis import strategies as st
from promised import REGISTERED
from promises import drawn_apart
from shares import SHARES

import tbtier.testing as kit
from tbtier import FiscalQuarter, FiscalYear, ProgramYear, ScoreHistory, Tier, Timeline
from tbtier.programs import TRAILBLAZER
from tbtier.rules import Carryover, Certainty, Citation, Edition, Program, ProgramEnd, Source, Threshold, UnknownRules
from tbtier.scorecard import Activity, Metric, Scorecard, StandsUntil
from tbtier.testing.values import _BEGINNINGS

TAKEN_IN = [Citation, Edition, FiscalQuarter, FiscalYear, Program, ProgramEnd, ProgramYear, ScoreHistory, Source, Threshold]
TAKEN_IN += [Tier, Timeline, UnknownRules, Certainty, Carryover, Activity, Metric, Scorecard, StandsUntil]


@pytest.mark.parametrize("kind", TAKEN_IN, ids=lambda kind: kind.__name__)
def test_types_are_registered(kind: type) -> None:
    """Hypothesis draws each type that users have as an argument or a field."""
    assert all(isinstance(value, kind) for value in drawn(st.from_type(kind), 20))


@pytest.mark.parametrize("name", REGISTERED)
def test_registered_types_are_drawn_in_every_kind(name: str) -> None:
    """Each statement is true for the share of the values that `shares.py` states, within the bounds of chance."""
    assert [] == REGISTERED[name].broken(SHARES[name])


def two_years_to_the_day(card: Scorecard) -> bool:
    """Return whether activities are from the first day of a quarter to the last day of the eighth."""
    days = [activity.received for activity in card.activities]
    quarters = [FiscalQuarter.containing(day) for day in (min(days), max(days))] if days else []
    return bool(days) and quarters[1] - quarters[0] == 7 and [min(days), max(days)] == [quarters[0].start, quarters[1].last_day]


def test_activities_of_two_years_are_drawn() -> None:
    """Both ends of the two years are drawn, in about one scorecard of sixteen."""
    assert any(map(two_years_to_the_day, drawn(st.from_type(Scorecard), 400)))


def test_the_simplest_values() -> None:
    """Numbers begin at 0, and what is made up says so."""
    simplest = {
        kind: find(st.from_type(kind), lambda _: True) for kind in (Threshold, Metric, UnknownRules, ProgramEnd, Source)
    }
    assert (Tier.PROVISIONAL, 0) == (simplest[Threshold].tier, simplest[Threshold].score)
    assert ("Surveys", "Customers", 0) == (simplest[Metric].name, simplest[Metric].pillar, simplest[Metric].maximum)
    assert (FiscalQuarter(2024, 1), "made up by a test") == (simplest[UnknownRules].start, simplest[UnknownRules].reason)
    assert (date(2023, 6, 1), "made up by a test") == (simplest[ProgramEnd].on, simplest[ProgramEnd].replaced_by)
    assert Source("T1", "Made up by a test", "undated") == simplest[Source]


def test_scorecards_end_with_the_century() -> None:
    """The first quarter is early enough for two years up to FY2099, and may be as late."""
    assert FiscalQuarter(2098, 1) == max(drawn_apart(_BEGINNINGS, 5000))


# One field each: Hypothesis fills the fields of a class in the order of a set, which is another one in each process.
@attrs.frozen
class Joined:
    """A class of a user, with a quarter."""

    quarter: FiscalQuarter


@attrs.frozen
class Rated:
    """A class of a user, with a tier."""

    tier: Tier


def test_classes_that_contain_them_are_built() -> None:
    """`from_type` and `builds` fill the field, once attrs has resolved the annotations."""
    attrs.resolve_types(Joined)
    attrs.resolve_types(Rated)
    assert all(isinstance(joined.quarter, FiscalQuarter) for joined in drawn(st.from_type(Joined), 20))
    assert all(isinstance(rated.tier, Tier) for rated in drawn(st.builds(Rated), 20))


def run(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter, with some variables of the environment."""
    command = [sys.executable, "-P", "-c", code]
    return subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True, check=False)


DRAWS = """
from hypothesis import Phase, given, settings, strategies as st
from tbtier.testing import *
from tbtier.scorecard import Scorecard

@settings(max_examples=40, derandomize=True, database=None, phases=[Phase.generate])
@given(timelines(ragged=True), snapshots(), programs(), days(), st.from_type(Scorecard))
def draw(timeline, snapshots, program, day, scorecard):
    print(timeline, snapshots, program, day, scorecard.activities)

draw()
"""


def test_every_process_draws_the_same() -> None:
    """What a strategy draws depends on the seed of Hypothesis alone, and not on that of hashes, as the order of a set does."""
    printed = [run(DRAWS, PYTHONHASHSEED=seed).stdout for seed in ("1", "2", "3")]
    assert printed[0].count("TRAILBLAZER") >= 40
    assert {printed[0]} == set(printed)


def test_the_import_registers_the_types() -> None:
    """Hypothesis knows a quarter after the import of the kit, and nothing is imported together with Hypothesis."""
    unknown = "import hypothesis, sys; print([name for name in sys.modules if name.startswith('tbtier')]); "
    known = "import tbtier.testing; print(hypothesis.strategies.from_type(tbtier.FiscalQuarter).validate())"
    done = run(unknown + known)
    assert ["[]", "None"] == done.stdout.split(), done.stderr


@pytest.mark.parametrize("stub", ["None", "types.ModuleType('hypothesis')"])
def test_without_hypothesis_the_library_works(stub: str) -> None:
    """The kit names the extra to install, even if a stub replaces Hypothesis; nothing else needs Hypothesis."""
    absent = f"import sys, types; sys.modules['hypothesis'] = {stub}; "
    assert "Base" == run(absent + "import tbtier; print(tbtier.Tier.BASE)").stdout.strip()
    done = run(absent + "import tbtier.testing")
    assert done.stderr.strip().endswith(
        "ImportError: tbtier.testing needs Hypothesis: python -m pip install 'tbtier[hypothesis]'"
    )


def test_the_kit_draws_from_the_model_by_default() -> None:
    """The program of each strategy, of the laws and of the machine is TRAILBLAZER if no other is given."""
    for call in (kit.check_laws, kit.scores, kit.score_histories, kit.snapshots, kit.timelines):
        assert TRAILBLAZER is inspect.signature(call).parameters["program"].default
    assert TRAILBLAZER is kit.TierMachine.program


def test_the_kit_promises_its_names() -> None:
    """Every name in `__all__` exists, and the names are in order."""
    assert sorted(kit.__all__) == kit.__all__
    assert all(getattr(kit, name) is not None for name in kit.__all__)
