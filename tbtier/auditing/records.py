"""Records: the tiers of a partner in another system, as rows in any order (rule D9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final, TypeAlias

import attrs

from tbtier.errors import RangeError, WrongTypeError
from tbtier.fiscal import require_date
from tbtier.rules.program import Program
from tbtier.rules.tiers import TIER_NAMES, Tier, tier_among

__all__ = ["Row", "Rows"]

Row: TypeAlias = tuple[date, Tier | str] | tuple[date, date | None, Tier | str]
"""A first day and a tier; or a first day, the first day after the row (`None` if the row goes on), and a tier."""
Rows: TypeAlias = Iterable[Row]
"""The rows of a record, in any order."""

# On any other day no quarter has taken effect yet, or no quarter contains the day.
_FIRST_DAY: Final = date(1, 6, 1)
_LAST_DAY: Final = date(9999, 1, 31)
_SHAPE: Final = "a (first day, tier) pair or a (first day, stop, tier) triple"


@attrs.frozen
class Entry:
    """One row of a record, as read."""

    place: int
    """The index of the row, from 0."""
    start: date
    """The first day."""
    given: date | None
    """The stop as given."""
    stop: date | None
    """The first day after the row: the stop as given, or the first day of the next row; `None` if the row goes on."""
    tier: Tier | str
    """The tier, or its name."""


@attrs.frozen
class Stretch:
    """A run of days that the same rows cover."""

    start: date
    stop: date | None
    """The first day after the run; `None` if the run goes on."""
    tiers: tuple[Tier, ...]
    """The recorded tiers, lowest first: empty in a gap, several where rows contradict each other."""
    places: tuple[int, ...]
    """The indexes of the rows."""
    expected: Tier | None = None
    """The tier held on these days; `None` if it is not known."""

    @property
    def tier(self) -> Tier | None:
        """The recorded tier; `None` in a gap or where rows contradict each other."""
        return self.tiers[0] if len(self.tiers) == 1 else None


def named_in(program: Program | None) -> dict[str, Tier]:
    """Return the tiers by the names in use since FY22 and the labels of all editions of a program."""
    return program.tier_names if program else dict(TIER_NAMES)


def read_rows(rows: Any) -> list[Entry]:
    """Return rows in the order of their first days.

    Raises:
        WrongTypeError: a row is neither a pair nor a triple, or a day in it is not a plain date.
        RangeError: the first day of a row is before 0001-06-01 or after 9999-01-31.
        RangeError: the stop of a row is not after its first day.
    """
    if isinstance(rows, (str, bytes)) or not isinstance(rows, Iterable):
        raise WrongTypeError("rows", rows, f"an iterable, each row {_SHAPE}")
    entries = sorted((_read(place, row) for place, row in enumerate(rows)), key=lambda entry: entry.start)
    starts = sorted({entry.start for entry in entries})
    following = dict(pairwise([*starts, None]))
    return [attrs.evolve(entry, stop=_stop_of(entry, following[entry.start])) for entry in entries]


def _stop_of(entry: Entry, following: date | None) -> date | None:
    """Return the first day after a row; `None` if the row goes on, which many systems write as 9999-12-31."""
    if entry.given is None:
        return following
    return entry.given if entry.given <= _LAST_DAY else None


def _read(place: int, row: Any) -> Entry:
    if isinstance(row, (str, bytes)) or not isinstance(row, Sequence) or len(row) not in (2, 3):
        raise WrongTypeError(f"rows[{place}]", row, _SHAPE)
    start, given, tier = row if len(row) == 3 else (row[0], None, row[1])
    start = require_date(start, f"the first day of rows[{place}]")
    if not _FIRST_DAY <= start <= _LAST_DAY:
        raise RangeError(f"the first day of rows[{place}]", start, f"from {_FIRST_DAY} to {_LAST_DAY}")
    if given is not None:
        given = require_date(given, f"the stop of rows[{place}]")
        if given <= start:
            advice = "give the first day after the row, or None where it goes on"
            raise RangeError(f"the stop of rows[{place}]", given, f"after its first day, {start}", advice)
    return Entry(place, start, given, given, tier)


def read_tier(entry: Entry, names: Mapping[str, Tier]) -> Tier:
    """Return the tier of a row.

    Raises:
        WrongTypeError: the tier is neither a `Tier` nor text.
        ParseError: the text is not the name of a tier.
    """
    row = f"rows[{entry.place}]"
    return tier_among(names, entry.tier, f"the tier of {row}", f"the name of one tier ({row})")


def stretches(entries: Iterable[Entry], names: Mapping[str, Tier], cuts: Iterable[date]) -> Iterator[Stretch]:
    """Yield the recorded days as stretches, cut on the given days and wherever a row begins or stops.

    Raises:
        WrongTypeError: a tier is neither a `Tier` nor text.
        ParseError: the text of a tier is not the name of a tier.
    """
    recorded = [(entry, read_tier(entry, names)) for entry in entries]
    turns = {day for entry, _ in recorded for day in (entry.start, entry.stop) if day is not None}
    days = sorted({*turns, *cuts})
    coming = iter(recorded)
    following = next(coming, None)
    going: list[tuple[Entry, Tier]] = []
    for day, until in zip(days, [*days[1:], None]):
        going = [one for one in going if one[0].stop is None or one[0].stop > day]
        while following and following[0].start <= day:
            going.append(following)
            following = next(coming, None)
        tiers = tuple(sorted({tier for _, tier in going}))
        if until is not None or going:
            yield Stretch(day, until, tiers, tuple(entry.place for entry, _ in going))


def merged(recorded: Iterable[Stretch], held_on: Callable[[date], Tier] | None = None) -> list[Stretch]:
    """Return the stretches with the tier held on their first day; neighbours with the same tiers are merged."""
    runs: list[list[Stretch]] = []
    for stretch in recorded:
        stretch = attrs.evolve(stretch, expected=held_on(stretch.start)) if held_on else stretch
        previous = runs[-1][-1] if runs else None
        if previous and previous.tiers == stretch.tiers and (previous.tier is None or previous.expected is stretch.expected):
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    places = [tuple(dict.fromkeys(place for one in run for place in one.places)) for run in runs]
    return [attrs.evolve(run[0], stop=run[-1].stop, places=rows) for run, rows in zip(runs, places)]
