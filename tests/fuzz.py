"""Every public callable, called with hostile values: what a call returns works, and what it raises is ours.

`python tests/fuzz.py` goes on until it is stopped, and prints each fault once, with the command that repeats it;
`--seconds 60` stops by itself, and `--seed 3` draws other calls.
"""

from __future__ import annotations

import argparse
import builtins
import json
import pickle
import re
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import matplotlib
from doors import DOORS, Door, drawn
from hostile import OwnError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import HypothesisWarning
from hypothesis.strategies import SearchStrategy
from matplotlib import pyplot

from tbtier import errors
from tbtier.errors.values import shown

SECONDS = 1.0  # of processor time, for one call and for each use of its result
LONGEST = 4_000  # characters of a message
MEMORY = 6 * 2**30  # bytes, for the command

BY_PYTHON = re.compile(r"truth value of a|boolean value of NA|__\w+__\W+(must|should|returned|method)|non-iterator")
"""What Python says of the methods of the caller's own objects: an array is neither true nor false, a liar's text is no text."""

Uses = Iterator[tuple[str, Callable[[], object]]]
"""What users do with a result or an error, each with its name."""


class TooSlowError(BaseException):
    """The end of the time that a call may take; no `except Exception` catches it."""


class Limit:
    """A limit of processor time, by a signal that comes again and again: a callback of the garbage collector hides an error."""

    is_on = False

    @classmethod
    def stop(cls, *_: object) -> None:
        """Raise an error if the limit is on; a late signal is ignored."""
        if cls.is_on:
            raise TooSlowError


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `TooSlowError` in the block when it has taken some seconds of processor time."""
    signal.signal(signal.SIGPROF, Limit.stop)
    Limit.is_on = True
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)
    try:
        yield
    finally:
        Limit.is_on = False
        signal.setitimer(signal.ITIMER_PROF, 0)


def fault_in(door: Door, arguments: dict[str, Any], seconds: float = SECONDS) -> tuple[str, str] | None:
    """Return what is wrong with a call, and where; `None` if nothing is."""
    step = "call"
    try:
        with limited(seconds):
            used = uses_after(door, dict(arguments))
        for step, use in used:  # noqa: B007  # named in the fault
            with limited(seconds), suppress(errors.TbtierError):  # such as an outlook to the end of the calendar
                use()
    except OwnError:
        return None
    except TooSlowError as slow:
        return f"{step}: takes more than {seconds} s", place_of(slow)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # such as a panic of Rust, in a library for frames
        is_foreign = step == "draw" or door.is_operator  # Hypothesis prints arguments; both values have operators
        if BY_PYTHON.search(str(error)) or (is_foreign and not place_of(error)):
            return None
        text = traceback.format_exception_only(error)[-1].strip()
        return f"{step}: {type(error).__name__}: {text[:300]}", place_of(error)
    finally:
        pyplot.close("all")
    return None


def uses_after(door: Door, arguments: dict[str, Any]) -> Uses:
    """Call a door; return the uses of what it returned or raised, and raise an error that it may not raise."""
    several = [arguments.pop(name) for name in ("self", "regions") if name in arguments and not isinstance(door.call, type)]
    function = arguments.get("observed", arguments.get("held_on"))
    try:
        return uses(door.call(*several, **arguments), door)
    except errors.TbtierError as error:
        return uses_of_error(error)
    except door.allowed:
        return iter(())
    except Exception:
        if callable(function):  # the caller's
            return iter(())
        raise


def place_of(error: BaseException) -> str:
    """Return the last line of the library that an error came through."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if "/tbtier/" in one.filename]
    return f"{frames[-1].filename.partition('/tbtier/')[2]}:{frames[-1].lineno} {frames[-1].name}" if frames else ""


def uses(result: Any, door: Door) -> Uses:
    """Yield what users do with a result or an error, each with its name."""
    if isinstance(result, SearchStrategy):
        yield "draw", lambda: drawn_from(result, door.allowed)
    elif type(result) in (tuple, list):
        for one in result[:2]:
            if type(one).__module__.startswith("tbtier"):
                yield from uses(one, door)
    elif type(result).__module__.startswith("tbtier") and door.checks:
        yield "hash", lambda: hash_of(result)
        for name in ("repr", "str", "format"):
            yield name, lambda name=name: getattr(builtins, name)(result)
        for name in dir(type(result)):
            if not name.startswith("_") or name == "_repr_html_":
                found = getattr(type(result), name)
                yield name, lambda name=name: getattr(result, name)
                if name in ("to_dict", "_repr_html_", "case"):
                    yield name, lambda found=found: json.dumps(found(result))
        yield "==", lambda: require(result == result, "equals itself")
        twins: list[Any] = []
        yield "pickle", lambda: twins.append(pickled(result))
        if door.name in ("read_scores", "read_records"):
            return  # their problems keep the cells, and a pickle has the text of a cell that does not pickle
        yield "==", lambda: require(without_addresses(repr(twins[0])) == without_addresses(repr(result)), "survives a pickle")


def uses_of_error(error: errors.TbtierError) -> Uses:
    """Yield what users do with an error."""
    error.add_note("a note")
    yield "message", lambda: require(len(str(error)) <= LONGEST, "has a short message")
    yield "repr", lambda: require(len(repr(error)) <= 100 * LONGEST, "has a short representation")
    yield "to_dict", lambda: require(len(json.dumps(error.to_dict())) <= 10 * LONGEST, "is short as plain data")

    def copied() -> None:
        twin = pickle.loads(pickle.dumps(error))
        require(type(twin) is type(error) and twin.__notes__[-1] == "a note", "survives a pickle")
        require(without_addresses(str(twin)) == without_addresses(str(error)), "has the same message after a pickle")
        require([*vars(twin)] == [*vars(error)], "keeps its facts in a pickle")

    yield "pickle", copied


def hash_of(value: object) -> None:
    """Hash a value; a value with a dict in it has no hash, as in Python."""
    try:
        hash(value)
    except TypeError as error:
        if "unhashable" not in str(error):
            raise


def pickled(value: object) -> object:
    """Send a value through a pickle, unless a class of the caller in it does not pickle."""
    try:
        return pickle.loads(pickle.dumps(value))
    except (OwnError, pickle.PicklingError) as error:
        require("Liar" in str(error) or isinstance(error, OwnError), f"pickles: {error}")
    return value


def without_addresses(text: str) -> str:
    """Return text without the addresses of objects."""
    return re.sub(" at 0x[0-9a-fA-F]+", "", text)


def require(holds: bool, what: str) -> None:
    """Raise `AssertionError` unless something holds."""
    if not holds:
        raise AssertionError(f"not true: it {what}")


def drawn_from(strategy: SearchStrategy[Any], allowed: tuple[type[BaseException], ...]) -> None:
    """Draw one value from a strategy, which may refuse its arguments only then."""

    @settings(max_examples=1, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(strategy)
    def draw(_: Any) -> None:
        pass

    with suppress(*allowed):
        draw()


def faults(seed: int, numbers: Iterable[int], seconds: float = SECONDS) -> Iterator[tuple[int, str, str, str]]:
    """Yield each fault in the calls of a seed: the number of the call, its door, what is wrong, and where."""
    for number in numbers:
        door, arguments = drawn(seed, number)
        if found := fault_in(door, arguments, seconds):
            yield number, door.name, *found


def main() -> int:
    """Try calls until the time is over, and print each fault once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after this time")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--call", type=int, help="repeat one call, and show its arguments")
    asked = parser.parse_args()
    matplotlib.use("Agg")
    with suppress(ImportError):  # where the system has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))  # an iterator without an end fills it
    warnings.simplefilter("error")
    warnings.simplefilter("ignore", HypothesisWarning)
    if asked.call is not None:
        door, arguments = drawn(asked.seed, asked.call)
        print(door.name, {name: shown(value) for name, value in arguments.items()}, fault_in(door, arguments), sep="\n")
        return 0
    start, seen, number = time.monotonic(), set(), 0
    try:
        for number in count():
            for _, name, what, where in faults(asked.seed, [number]):
                if (kind := (where or name, re.sub("'.*?'", "", what)[:60])) not in seen:
                    seen.add(kind)
                    again = f"python tests/fuzz.py --seed {asked.seed} --call {number}"
                    print(f"{name}: {what}", f"at {where}", again, sep="\n  ", flush=True)
            if time.monotonic() - start > asked.seconds:
                break
    except KeyboardInterrupt:
        pass
    print(f"{number + 1} calls of {len(DOORS)} callables, {len(seen)} faults")
    return bool(seen)


if __name__ == "__main__":
    sys.exit(main())
