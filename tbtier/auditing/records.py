"""A record: the tiers that somebody else wrote down, as rows in any order (rule D9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter
from typing import Any, Final, NamedTuple, TypeAlias

import attrs

from tbtier.errors import RangeError, WrongTypeError
from tbtier.fiscal import require_date
from tbtier.rules.program import Program
from tbtier.rules.tiers import TIER_NAMES, Tier, tier_among

__all__ = ["Row", "Rows"]

Row: TypeAlias = tuple[date, Tier | str] | tuple[date, date | None, Tier | str]
"""A first day and a tier; or a first day, the first day after the row (`None` where the row goes on), and a tier."""
Rows: TypeAlias = Iterable[Row]
"""What a record is made from, in any order."""

# On any other day no quarter has taken effect yet, or no quarter contains the day.
_FIRST_DAY: Final = date(1, 6, 1)
_LAST_DAY: Final = date(9999, 1, 31)
_SHAPE: Final = "a (first day, tier) pair or a (first day, stop, tier) triple"


@attrs.frozen
class Entry:
    """A row that was read."""

    place: int
    """Its place among the rows, from 0."""
    start: date
    """The first day."""
    given: date | None
    """The stop, as it was given."""
    stop: date | None
    """The first day after it: the one given, or the first day of the next row; `None` if there is neither."""
    tier: Tier | str
    """The tier, or its text."""


@attrs.frozen
class Stretch:
    """A run of days that the same rows cover, so that they have the same tiers."""

    start: date
    stop: date | None
    """The first day after it; `None` if it goes on."""
    tiers: tuple[Tier, ...]
    """The recorded tiers, lowest first: empty in a gap, several where rows contradict each other."""
    places: tuple[int, ...]
    """The places of the rows."""
    expected: Tier | None = None
    """The tier held on these days, where that is known."""

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
        RangeError: a row stops before it has begun.
    """
    if isinstance(rows, (str, bytes)) or not isinstance(rows, Iterable):
        raise WrongTypeError("rows", rows, f"an iterable, each row {_SHAPE}")
    read = sorted((_read(place, row) for place, row in enumerate(rows)), key=itemgetter(1))
    following = dict(pairwise([*dict.fromkeys(start for _, start, _, _ in read), None]))
    return [Entry(place, start, given, _stop_of(given, following[start]), tier) for place, start, given, tier in read]


def _stop_of(given: date | None, following: date | None) -> date | None:
    """Return the first day after a row; `None` where it goes on: a stop such as 9999-12-31 is how systems write that."""
    if given is None:
        return following
    return given if given <= _LAST_DAY else None


def _read(place: int, row: Any) -> tuple[int, date, date | None, Any]:
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
    return place, start, given, tier


def read_tier(entry: Entry, names: Mapping[str, Tier]) -> Tier:
    """Return the tier of a row.

    Raises:
        WrongTypeError: it is neither a tier nor text.
        ParseError: the text names no tier.
    """
    row = f"rows[{entry.place}]"
    return tier_among(names, entry.tier, f"the tier of {row}", f"the name of one tier ({row})")


class _Turn(NamedTuple):
    """A day on which a row begins or stops, or the tier held can change, and the days from then on to the next such day."""

    day: date
    until: date | None
    tiers: tuple[Tier, ...]
    begun: list[Entry]
    expected: Tier | None

    @property
    def said(self) -> tuple[tuple[Tier, ...], Tier | None]:
        """What the record says; and where that is one tier, the tier held beside it."""
        return self.tiers, self.expected if len(self.tiers) == 1 else None


def stretches(
    entries: Iterable[Entry],
    names: Mapping[str, Tier],
    cuts: Iterable[date] = (),
    held_on: Callable[[date], Tier] | None = None,
) -> list[Stretch]:
    """Return the recorded days from the first cut on, in the longest runs with the same tiers beside the same tier held.

    Each run names every row that covers some of its days: if k rows overlap while the recorded tiers change m times,
    there are up to k times m places to return. Apart from them and from sorting, the time grows with the number of rows.

    Args:
        entries: the rows, in the order of their first days.
        names: the tiers by their names.
        cuts: the days on which the tier held can change.
        held_on: the tier held on a day, where that is known.

    Raises:
        WrongTypeError: a tier is neither a tier nor text.
        ParseError: the text of a tier names none.
    """
    found: list[Stretch] = []
    going: list[Entry] = []  # the rows of the run, in order
    for _, turns in groupby(_turns(entries, names, cuts, held_on), key=attrgetter("said")):
        run = list(turns)
        start = run[0].day
        going = [entry for entry in going if entry.stop is None or entry.stop > start]
        going += [entry for turn in run for entry in turn.begun]
        found.append(Stretch(start, run[-1].until, run[0].tiers, tuple([entry.place for entry in going]), run[0].expected))
    return found


def _turns(
    entries: Iterable[Entry], names: Mapping[str, Tier], cuts: Iterable[date], held_on: Callable[[date], Tier] | None
) -> Iterator[_Turn]:
    recorded = [(entry, read_tier(entry, names)) for entry in entries]
    stopping = sorted([(entry.stop, tier) for entry, tier in recorded if entry.stop], key=itemgetter(0))
    days = sorted({*cuts, *(entry.start for entry, _ in recorded), *(stop for stop, _ in stopping)})
    recorded.reverse()  # what comes next is taken from the end
    stopping.reverse()
    going = dict.fromkeys(Tier, 0)  # how many rows give each tier, lowest first
    for day, until in zip(days, [*days[1:], None]):
        while stopping and stopping[-1][0] <= day:
            _, tier = stopping.pop()
            going[tier] -= 1
        begun: list[Entry] = []
        while recorded and recorded[-1][0].start <= day:
            entry, tier = recorded.pop()
            begun.append(entry)
            going[tier] += 1
        tiers = tuple([tier for tier, rows in going.items() if rows])
        if until is not None or tiers:
            yield _Turn(day, until, tiers, begun, held_on(day) if held_on else None)
