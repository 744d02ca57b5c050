"""Public callables with hostile values, in a fixed number of calls: `python tests/fuzz.py` makes as many as it is let."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import fuzz
import pytest
from doors import DOORS, MADE_BY_USERS, PUBLIC, Door, drawn
from fuzz import fault_in, faults
from hostile import OwnError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from large import BY_ENGINES, QUARTERS, RECORD, ROWS, Work
from test_growth import lines

from tbtier.errors import WrongTypeError

CALLS = 2_500
LARGE = {f"{name} of quarters": of for name, of in QUARTERS.items()}
LARGE |= {f"{name} of a record": of for name, of in RECORD.items() if name != "overlaps"}  # which add up
LARGE |= {f"{name} of rows": of for name, of in ROWS.items() if name not in BY_ENGINES}
PATIENCE = 20.0  # seconds of processor time, where the command allows one: a slow machine is no fault of the code
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")


def test_every_public_callable_is_called() -> None:
    """Each function, class and public method is a door, and each of its parameters has right values."""
    names = {door.name for door in DOORS}
    found = {name for name, one in PUBLIC.items() if callable(one) and inspect.getmodule(one) is not None}
    assert found - MADE_BY_USERS <= names
    assert {"Timeline.explain", "Finding.case", "FiscalQuarter.parse", "ScoreHistory by an operator"} <= names
    for door in DOORS:
        assert all(door.right.values()), door.name


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_right_values_are_right(door: Door) -> None:
    """The first right values of all parameters give a result, or one of our errors, that works."""
    assert None is fault_in(door, {name: values[0] for name, values in door.right.items()}, PATIENCE)


def test_calls_with_hostile_values_return_or_raise_ours() -> None:
    """A fixed number of calls: results work, and errors are ours or those of the caller's objects, short, and pickle."""
    assert [] == list(faults(0, range(CALLS), PATIENCE))


@pytest.mark.exhaustive
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.integers(1, 10**9))
def test_calls_of_other_seeds_do_too(seed: int) -> None:
    """Other calls on every run."""
    assert [] == list(faults(seed, range(1_000), PATIENCE))


def careless(day: Any) -> str:
    """Return the year of a day, without a check."""
    return str(day.year)


def endless(rows: Any) -> int:
    """Count rows that may never end."""
    return sum(1 for _ in rows)


def lazy(text: Any) -> None:
    """Raise an error with all of a value in it."""
    raise WrongTypeError("text", text, "x" * 5_000)


@pytest.mark.parametrize(
    ("call", "value", "fault"),
    [
        (careless, "x", "call: AttributeError: AttributeError: 'str' object has no attribute 'year'"),
        (endless, iter(int, 1), "call: takes more than 0.05 s"),
        (lazy, 1, "message: AssertionError: AssertionError: not true: it has a short message"),
    ],
)
def test_a_fault_is_found(call: Callable[[Any], Any], value: Any, fault: str) -> None:
    """A foreign error, a call without an end and a long message are faults."""
    name = next(iter(inspect.signature(call).parameters))
    found = fault_in(Door("made_up", call, {name: [value]}), {name: value}, 0.05)
    assert (fault, "") == found


def test_an_error_of_the_callers_own_object_is_no_fault() -> None:
    """A value whose own method raises may be heard."""

    def asked(value: Any) -> str:
        raise OwnError(value)

    assert None is fault_in(Door("made_up", asked, {"value": [1]}), {"value": 1})


@pytest.mark.parametrize("of", LARGE.values(), ids=LARGE)
def test_work_on_large_values_is_linear(of: Callable[[int], Work]) -> None:
    """Twice the quarters or the rows take at most two and a half times the work, counted in lines and never in time."""
    assert lines(of(300)) <= 2.5 * lines(of(150))


def test_a_call_is_repeated_by_its_seed_and_number() -> None:
    """The same seed and number draw the same call, as the command prints them."""
    for number in range(50):
        door, arguments = drawn(7, number)
        again, twins = drawn(7, number)
        assert (door.name, [*arguments]) == (again.name, [*twins])


def test_the_command_prints_the_faults(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Each fault is printed once, with its place and the command that repeats it; the last line counts."""
    monkeypatch.setattr(fuzz, "fault_in", lambda *_: ("call: made up", "here.py:1 call"))
    monkeypatch.setattr("sys.argv", ["fuzz.py", "--seconds", "0", "--seed", "5"])
    monkeypatch.setattr(fuzz, "MEMORY", -1)
    assert fuzz.main()
    first, where, again, count = capsys.readouterr().out.splitlines()
    assert ("  at here.py:1 call", "  python tests/fuzz.py --seed 5 --call 0") == (where, again)
    assert first.endswith(": call: made up")
    assert count == f"1 calls of {len(DOORS)} callables, 1 faults"
