"""Where the strategies draw often, in exact numbers: shares cannot show a bound that is off by one."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from drawing import drawn
from made_up import APPS, GUILD, MODEL
from promises import drawn_apart
from right_script import CLUB

import tbtier.testing as kit
from tbtier import FiscalQuarter
from tbtier.rules import Cycle, Program, ProgramEnd, UnknownRules
from tbtier.testing.made_up import _bounds
from tbtier.testing.strategies import _CHANCES, _SCORED_EIGHTHS, _before_a_change, _spans
from tbtier.testing.time import _TURNS

ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("program", "spans"),
    [
        (MODEL, ["FY00 Q1 FY99 Q4"]),
        (APPS, ["FY21 Q1 FY22 Q4", "FY24 Q1 FY25 Q1"]),
        (GUILD, ["FY19 Q1 FY26 Q3"]),
        (CLUB, ["FY23 Q1 FY26 Q4"]),
    ],
    ids=["MODEL", "APPS", "GUILD", "CLUB"],
)
def test_spans_of_known_rules(program: Program, spans: list[str]) -> None:
    """A span is from the first to the last quarter whose rules are known, and a quarter that is not known ends it."""
    assert spans == [f"{first} {last}" for first, last in _spans(program)]


@pytest.mark.parametrize(
    ("program", "step", "steps"),
    [
        (MODEL, 1, [[]]),
        (MODEL, 4, [[]]),
        (APPS, 1, [[0, 1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4]]),
        (APPS, 4, [[0, 1], [0, 1]]),
        (GUILD, 1, [[*range(4, 20), *range(27, 31)]]),
        (GUILD, 4, [[1, 2, 3, 4, 6, 7]]),
        (CLUB, 1, [[*range(2, 16)]]),
        (CLUB, 4, [[0, 1, 2, 3]]),
    ],
)
def test_histories_begin_before_a_change(program: Program, step: int, steps: list[list[int]]) -> None:
    """In the first year of these histories, an edition or the known rules end.

    So histories of GUILD begin from FY20 Q1 on, four quarters after the first, since its second edition begins with FY21.
    """
    assert steps == [_before_a_change(program, first, last, step) for first, last in _spans(program)]


def test_how_many_quarters_of_a_year_are_scored() -> None:
    """Seven eighths of the quarters of two years of five, and a half, one eighth and none of the others."""
    assert set(range(64)) == set(drawn_apart(_CHANCES, 2000))
    shares = {eighths: number / 2000 for eighths, number in Counter(drawn_apart(_SCORED_EIGHTHS, 2000)).items()}
    assert shares == pytest.approx({7: 0.4, 4: 0.2, 1: 0.2, 0: 0.2}, abs=0.06)


def test_the_turns_of_a_quarter() -> None:
    """The days of a quarter that are drawn often, and of the program year named as its fiscal year."""
    assert {name: turn(FiscalQuarter(2024, 1)) for name, turn in _TURNS.items()} == {
        "effective": date(2023, 6, 1),
        "closed": date(2023, 5, 1),
        "notified": date(2023, 6, 7),
        "March 1": date(2023, 3, 1),
        "mid-February": date(2023, 2, 15),
    }


def test_made_up_thresholds_are_from_1_to_60() -> None:
    """Both bounds are drawn, as often as asked, and never the same twice in one edition."""
    drawn_bounds = drawn(_bounds(4), 600)
    assert set(range(1, 61)) == {bound for bounds in drawn_bounds for bound in bounds}
    assert {4} == {len(set(bounds)) for bounds in drawn_bounds} == set(map(len, drawn_bounds))


def known_quarters(program: Program) -> int:
    """Return for how many quarters the last edition applies."""
    first = [FiscalQuarter(2024, 1), *(edition.start for edition in program.editions[1:])][-1]
    assert isinstance(first, FiscalQuarter)
    return next(number for number in range(20) if not program.knows(first + number))


def test_made_up_programs_end_within_three_years_and_a_quarter() -> None:
    """The rules become unknown 1 to 13 quarters after the last edition has begun, or the program ends on any day of a cycle."""
    programs = drawn_apart(kit.programs(), 800)
    unknown = [program for program in programs if isinstance(program.changes[-1], UnknownRules)]
    assert set(range(1, 14)) == set(map(known_quarters, unknown))
    assert {"made up by a test"} == {program.changes[-1].reason for program in unknown}  # type: ignore[union-attr]

    ends = [program.changes[-1] for program in programs if isinstance(program.changes[-1], ProgramEnd)]
    assert {"made up by a test"} == {end.replaced_by for end in ends}
    ended = [(end.on, Cycle(FiscalQuarter.containing(end.on) - 1).effective_on) for end in ends]
    assert any(on - effective == ONE_DAY for on, effective in ended)
    assert any(on == effective for on, effective in ended)
