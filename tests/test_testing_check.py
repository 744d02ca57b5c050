"""The parts of `check_laws`: the days on which it asks, the scores that it gives, its settings, and what it refuses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import settings
from hypothesis.database import InMemoryExampleDatabase
from made_up import APPS, MODEL
from promised import CHECKED
from right_script import implementation
from shares import SHARES

import tbtier.testing as kit
from tbtier import FiscalQuarter, Tier, evaluate
from tbtier.errors import WrongTypeError
from tbtier.rules import ProgramEnd
from tbtier.testing.check import check_on, days_to_observe, default_settings, scores_of

ONE_DAY = timedelta(days=1)
HALF_A_YEAR = evaluate({"FY24 Q1": 310}, program=MODEL, starting_tier="Base")
UP_TO_JULY = {
    3: {1, 2, 6, 7, 8, 15, 31},
    4: {1, 2, 15, 29, 30},
    5: {1, 2, 15, 31},
    6: {1, 2, 6, 7, 8, 15, 30},
    7: {1, 2, 15, 30, 31},
}
"""The days to observe of each month, worked out by hand."""


def in_2023(days: dict[int, set[int]]) -> set[date]:
    """Return the days of some months."""
    return {date(2023, month, day) for month, numbers in days.items() for day in numbers}


def test_every_day_to_observe() -> None:
    """A timeline from March 1 until September 1: turns with the days beside them, the 15th of each month, and both ends."""
    assert in_2023({**UP_TO_JULY, 8: {1, 2, 15, 31}}) == days_to_observe(HALF_A_YEAR)


def test_the_days_to_observe_of_a_program_that_ends() -> None:
    """If the program ends when the quarter does, the days before the closing day and the closing day are observed."""
    end = ProgramEnd(date(2023, 8, 1), "made up by a test", MODEL.edition("FY24 Q1").start_citation)
    ending = attrs.evolve(MODEL, changes=(*MODEL.changes, end))
    assert in_2023(UP_TO_JULY) == days_to_observe(evaluate({"FY24 Q1": 310}, program=ending, starting_tier="Base"))


def test_the_scores_that_an_implementation_is_given() -> None:
    """They reach from the first quarter that can count to the last quarter given; a quarter that was not scored is `None`."""
    scores = {"FY24 Q2": 310, "FY24 Q3": None, "FY24 Q4": 0}
    timeline = evaluate(scores, program=MODEL, starting_tier="Base", start=date(2023, 9, 1))
    year = FiscalQuarter(2024, 1), FiscalQuarter(2024, 2), FiscalQuarter(2024, 3), FiscalQuarter(2024, 4)
    assert dict(zip(year, (None, 310, None, 0))) == scores_of(timeline)


def test_the_first_wrong_day_is_named() -> None:
    """The days to ask may be in any order."""
    days = [HALF_A_YEAR.start + number * ONE_DAY for number in range(100, 0, -1)]
    with pytest.raises(kit.LawViolation) as caught:
        check_on(days, lambda _: Tier.SUMMIT, HALF_A_YEAR)
    assert ("closed-form", date(2023, 3, 2)) == (caught.value.law.name, caught.value.day)


@pytest.mark.parametrize("name", CHECKED)
def test_histories_to_check_keep_their_promises(name: str) -> None:
    """Each statement is true for the share of the histories that `shares.py` states, within the bounds of chance."""
    assert [] == CHECKED[name].broken(SHARES[name])


def test_the_default_settings_do_not_depend_on_the_profile() -> None:
    """Whatever profile is in use, there is no deadline and no example database, and one violation alone is printed."""
    strict = settings(deadline=1, database=InMemoryExampleDatabase(), print_blob=True, report_multiple_bugs=True)
    before = settings.get_current_profile_name()
    settings.register_profile("strict", strict)
    settings.load_profile("strict")
    try:
        used = default_settings()
    finally:
        settings.load_profile(before)
    assert (None, None, False, False) == (used.deadline, used.database, used.print_blob, used.report_multiple_bugs)


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (
            (HALF_A_YEAR,),
            {},
            "held_on must be a function of a day, the scores, the starting tier and the start, got <Timeline: MODEL from "
            "2023-03-01 to 2023-08-31, Base, Ridge>: return the tier that your system holds on the day",
        ),
        ((implementation(), "APPS"), {}, "program must be a Program, got 'APPS': tbtier.programs has some"),
        (
            (implementation(), APPS),
            {"settings": 50},
            "settings must be settings of Hypothesis, got 50: settings(max_examples=50) makes some",
        ),
    ],
)
def test_arguments_of_another_kind_are_refused(arguments: Any, options: Any, message: str) -> None:
    """The error names the argument, and says what to give."""
    with pytest.raises(WrongTypeError) as caught:
        kit.check_laws(*arguments, **options)
    assert message == str(caught.value)
