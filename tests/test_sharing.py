"""Threads, processes, interpreters and frozen time: the answers are the same everywhere, and what is kept is bounded."""

from __future__ import annotations

import multiprocessing
import pickle
import subprocess
import sys
import tracemalloc
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from functools import cache
from gc import collect
from importlib import import_module

import attrs
import freezegun
import pytest
from asked import answer
from made_up import APPS, MODEL

import tbtier as tb
from tbtier import FiscalQuarter, ScoreHistory, Tier, evaluate, outlook
from tbtier.errors import ParseError
from tbtier.fiscal import _read_quarter, quarters_from
from tbtier.rules import Program

DATES = (date,)
"""The class of Python; freezegun replaces it in every module, but does not look into tuples."""


@cache
def expected() -> list[str]:
    """Return the answers, made in one thread."""
    return [answer(number) for number in range(24)]


def test_eight_threads() -> None:
    """Eight threads that ask at once, with empty caches, get the answers of one."""
    code = "import sys; sys.path.insert(0, 'tests'); sys.setswitchinterval(1e-6); import test_sharing as t; t.ask_in_threads()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


def ask_in_threads() -> None:
    """Ask every question in eight threads at once, in an interpreter that has asked nothing before."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(answer, list(range(24)) * 8))
    assert found == expected() * 8


@pytest.mark.parametrize("method", sorted({"fork", "spawn"} & set(multiprocessing.get_all_start_methods())))
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # of pytest's workers
def test_processes(method: str) -> None:
    """Processes that are forked with full caches, or that start anew, give the same answers; timelines travel by pickle."""
    timeline = evaluate({"FY24 Q1": 310}, program=APPS, starting_tier="Base")
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        assert expected()[:6] == list(pool.map(answer, range(6)))
        assert timeline == pool.submit(pickle.loads, pickle.dumps(timeline)).result()


def test_a_subinterpreter() -> None:
    """A second interpreter in one process gives the same answer."""
    # In a separate process: before Python 3.12, the second interpreter breaks the decimals of the first.
    code = "import sys; sys.path.insert(0, 'tests'); import test_sharing as t; t.ask_in_a_subinterpreter()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


def ask_in_a_subinterpreter() -> None:
    """Ask one question in a second interpreter of this process."""
    interpreters = import_module("_xxsubinterpreters" if sys.version_info < (3, 13) else "_interpreters")
    made = interpreters.create()
    code = f"import sys; sys.path[:0] = {sys.path}; from asked import answer; assert answer(3) == {expected()[3]!r}"
    try:
        failed = interpreters.run_string(made, code)
    finally:
        interpreters.destroy(made)
    assert failed is None


def test_frozen_time_leaves_nothing() -> None:
    """Days that are made or given while freezegun freezes time are days of Python afterwards, in answers and in pickles."""
    scores = {str(FiscalQuarter(2062, 1) + place): 310 for place in range(5)}  # not asked before, so not in a cache
    with freezegun.freeze_time("2061-06-01"):
        today = date.today()  # noqa: DTZ011  # what is frozen
        assert type(today) is not DATES[0]
        timeline = evaluate(scores, program=MODEL, starting_tier="Base", start=today)
        view = outlook(timeline, as_of=today)
        assert FiscalQuarter.containing(today) == FiscalQuarter(2062, 2)
    later = evaluate(scores, program=MODEL, starting_tier="Base")
    days = [timeline.start, timeline.stop, view.as_of, view.renews_on, later.start, later.stop]
    days += [decision.effective_on for one in (timeline, later) for decision in one.decisions]
    days += [day for quarter in later.history for day in (quarter.start, quarter.stop, MODEL.cycle(quarter).closes_on)]
    assert set(DATES) == {type(day) for day in days}
    assert b"freezegun" not in pickle.dumps((timeline, view, later))


def test_caches_are_bounded() -> None:
    """Long spans, long texts and many programs leave less than a megabyte behind."""
    evaluate({"FY24 Q1": 310}, program=MODEL, starting_tier="Base")
    for number in range(400):
        list(map(str, [FiscalQuarter(2, 1) + number]))
    collect()
    tracemalloc.start()
    for number in range(100):  # spans of a thousand quarters
        first = FiscalQuarter(1000 + number, 1)
        scores = tb.ScoreHistory([0] * 1000, quarters=[first + place for place in range(1000)])
        evaluate(scores, program=MODEL, starting_tier="Base")
    for number in range(100):  # texts of a hundred thousand characters
        FiscalQuarter.parse(" " * (100_000 + number) + "FY24 Q1")
        with pytest.raises(ParseError):
            FiscalQuarter.parse("x" * (100_000 + number))
    for number in range(100):
        program = attrs.evolve(MODEL, name=f"MODEL {number}")
        evaluate({"FY24 Q1": 310}, program=program, starting_tier="Base")
    del scores, program
    collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 1_000_000


class Impostor(str):
    """A text that equals another text, and is a value of another class."""

    def strip(self, *_: object) -> str:  # type: ignore[override]
        """Return another text."""
        return "FY99 Q4"


def test_caches_cannot_be_poisoned() -> None:
    """A value of another class that equals a value in a cache gives the answer of that value, before and after."""
    assert FiscalQuarter.parse(Impostor("FY31 Q2")) == FiscalQuarter(2031, 2) == FiscalQuarter.parse("FY31 Q2")
    twin: Program = attrs.evolve(MODEL, note="another note, and an equal span")
    for program in (MODEL, twin, MODEL):
        timeline = evaluate({"FY31 Q1": 310}, program=program, starting_tier=Tier.BASE)
        assert program.note == timeline.explain(timeline.start).note
    assert type(evaluate({"FY31 Q1": True + 0}, program=MODEL, starting_tier="Base").history["FY31 Q1"]) is int


def test_spans_and_texts_are_kept_up_to_a_length() -> None:
    """A span of 128 quarters and a text of 128 characters are kept, and longer ones are not."""
    for count, kept in ((1, True), (127, True), (128, True), (129, False), (1000, False)):
        assert kept is (quarters_from(8000, count) is quarters_from(8000, count))
        scores = ScoreHistory([310] * count, quarters=quarters_from(8000, count))
        one, other = (evaluate(scores, program=MODEL, starting_tier=tier) for tier in ("Base", "Ridge"))
        assert kept is (one._schedule is other._schedule)
        assert one == evaluate(ScoreHistory(scores), program=MODEL, starting_tier="Base")
        before = _read_quarter.cache_info()
        FiscalQuarter.parse("FY24 Q1".rjust(max(7, count)))
        FiscalQuarter.parse("FY24 Q1".rjust(max(7, count)))
        after = _read_quarter.cache_info()
        assert kept is (after.hits > before.hits)
        assert kept or after == before
