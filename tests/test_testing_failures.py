"""What pytest prints when a user's test fails: the law, the history and both tiers, and nothing of the kit's own source."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tbtier.testing

KIT = Path(tbtier.testing.__file__).parent
TESTS = Path(__file__).parent
PREAMBLE = """
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from mistakes import MISTAKES
from right_script import implementation
from systems import ForgetsCorrections
from tbtier.programs import TRAILBLAZER
from tbtier.testing import LAWS, check_laws, timelines

MARCH_1 = LAWS[4]
held_on = implementation(**MISTAKES["carryover"]["March 1 looks at Q4 alone"])
"""
FAILING = {
    "check_laws in a plain test": (
        14,
        """
def test_tiers():
    check_laws(held_on, TRAILBLAZER)
""",
    ),
    "check_laws in a test with given": (
        26,
        """
@settings(phases=[Phase.generate], database=None, suppress_health_check=[HealthCheck.nested_given], deadline=None)
@given(st.booleans())
def test_tiers(cached):
    check_laws(held_on, TRAILBLAZER)
""",
    ),
    "a law in a test with given": (
        30,
        """
@settings(database=None, deadline=None, derandomize=True)
@given(timelines(TRAILBLAZER, max_size=5))
def test_tiers(timeline):
    scores = dict(timeline.history)
    MARCH_1.check(lambda day: held_on(day, scores, timeline.starting_tier, timeline.start), timeline)
""",
    ),
    "the state machine": (
        14,
        """
test_tiers = ForgetsCorrections.TestCase
""",
    ),
}
"""Tests of users, each with the most lines that its failure may have: with `given`, pytest prints the test twice."""


def failure(tmp_path: Path, test: str) -> list[str]:
    """Return the lines that pytest prints between the heading of the failures and the short summary."""
    (tmp_path / "test_mine.py").write_text(PREAMBLE + test)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist", "test_mine.py"]
    paths = os.pathsep.join([str(TESTS), str(KIT.parents[1])])
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": paths}, capture_output=True, text=True, check=False)
    assert 1 == done.returncode, done.stdout + done.stderr
    (printed,) = re.findall(r"=+ FAILURES =+\n(.*?)\n=+ short test summary info", done.stdout, flags=re.DOTALL)
    return str(printed).splitlines()


def source_of_the_kit() -> set[str]:
    """Return the lines of the kit's modules that are too long to be in other text by chance."""
    lines = {line.strip() for module in KIT.glob("*.py") for line in module.read_text(encoding="utf-8").splitlines()}
    return {line for line in lines if len(line) > 12}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.exhaustive] * (" with given" in kind)) for kind in FAILING]
)
def test_a_failure_is_short_and_complete(kind: str, tmp_path: Path) -> None:
    """It has the law and its rule, the day with both tiers and the history, in few lines and without our source."""
    most, test = FAILING[kind]
    lines = failure(tmp_path, test)
    text = "\n".join(lines)
    assert most >= len(lines), text
    assert re.search(r"LawViolation: (march-1|closed-form): .* \(R7: published, ", text)
    assert re.search(r"on 20\d\d-\d\d-\d\d: expected (\w+), observed (?!\1)\w+", text)
    assert re.search(
        r"timeline = evaluate\(\{'FY\d\d Q\d': .*\}, program=(TRAILBLAZER|MODEL), starting_tier='\w+', start=", text
    )
    assert re.search(r"print\(timeline.explain\(date\(20\d\d, \d+, \d+\)\)\)", text)
    shown = {line.lstrip("E>| ").strip() for line in lines} - {line.strip() for line in test.splitlines()}
    assert not shown & source_of_the_kit()
    assert ("the system was driven by begin(" in text) == (kind == "the state machine")


NESTED = """
@given(st.booleans())
def test_tiers(cached):
    check_laws(held_on, TRAILBLAZER)
"""


def test_a_check_inside_given_is_refused_in_few_lines(tmp_path: Path) -> None:
    """Hypothesis advises against it, and says how to have it all the same; its own source is not printed."""
    lines = failure(tmp_path, NESTED)
    assert any("HealthCheck.nested_given" in line for line in lines)
    assert 25 >= len(lines), "\n".join(lines)
