"""Records: the tiers of a partner in another system, as rows in any order (rule D9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter
from typing import Any, Final, NamedTuple, TypeAlias

import attrs

from tbtier.errors import WrongTypeError
from tbtier.errors.checks import LAST_DAY, ROW, bounded, iterator_of, pairs_of, require_row, require_row_number, too_many
from tbtier.rules.program import Program
from tbtier.rules.tiers import TIER_NAMES, Tier, tier_among

__all__ = ["Row", "Rows"]

Row: TypeAlias = tuple[date, Tier | str] | tuple[date, date | None, Tier | str]
"""A first day and a tier; or a first day, the first day after the row (`None` if the row goes on), and a tier."""
Rows: TypeAlias = Iterable[Row] | Mapping[int, Row]
"""The rows of a record, in any order; or the rows by their numbers, such as the lines of a file."""


_MOST_ROWS: Final = 10_000  # of one partner; a row a day for 27 years
_MOST_OVERLAPS: Final = 1_000_000  # numbers of rows, added up over all runs of days
_ONE_PARTNER: Final = "give the rows of one partner"


@attrs.frozen
class Entry:
    """One row of a record, as read."""

    place: int
    """The number of the row: its key if the rows are given by numbers, otherwise its index, from 0."""
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
    """The numbers of the rows."""
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
        WrongTypeError: a row is neither a pair nor a triple, its number is not an int, or a day in it is not a plain date.
        RangeError: the first day of a row is before 0001-06-01 or after 9999-01-31.
        RangeError: the stop of a row is not after its first day.
        RangeError: there are more than 10,000 rows, as from an iterator without an end.
    """
    wanted = f"an iterable, each row {ROW}, or a mapping from ints to such rows"
    if isinstance(rows, (str, bytes)):
        raise WrongTypeError("rows", rows, wanted)
    is_numbered = isinstance(rows, Mapping)
    pairs = pairs_of(rows, "rows", wanted) if is_numbered else enumerate(iterator_of(rows, "rows", wanted))
    numbered = bounded(pairs, "rows", _MOST_ROWS, _ONE_PARTNER)
    places = ((require_row_number(number), row) for number, row in numbered)
    read = sorted(((place, *require_row(row, f"rows[{place}]")) for place, row in places), key=itemgetter(1))
    following = dict(pairwise([*dict.fromkeys(start for _, start, _, _ in read), None]))
    return [Entry(place, start, given, _stop_of(given, following[start]), tier) for place, start, given, tier in read]


def _stop_of(given: date | None, following: date | None) -> date | None:
    """Return the first day after a row; `None` if the row goes on, which many systems write as 9999-12-31."""
    if given is None:
        return following
    return given if given <= LAST_DAY else None


def read_tier(entry: Entry, names: Mapping[str, Tier]) -> Tier:
    """Return the tier of a row.

    Raises:
        WrongTypeError: the tier is neither a `Tier` nor text.
        ParseError: the text is not the name of a tier.
    """
    row = f"rows[{entry.place}]"
    return tier_among(names, entry.tier, f"the tier of {row}", f"the name of one tier ({row})")


class _Turn(NamedTuple):
    """A day on which a row begins or stops, or the held tier can change, and the days until the next such day."""

    day: date
    until: date | None
    tiers: tuple[Tier, ...]
    begun: list[Entry]
    expected: Tier | None

    @property
    def said(self) -> tuple[tuple[Tier, ...], Tier | None]:
        """The recorded tiers; and the held tier, if the record has exactly one tier."""
        return self.tiers, self.expected if len(self.tiers) == 1 else None


def stretches(
    entries: Iterable[Entry],
    names: Mapping[str, Tier],
    cuts: Iterable[date] = (),
    held_on: Callable[[date], Tier] | None = None,
) -> list[Stretch]:
    """Return the recorded days as the longest runs with the same recorded tiers and the same held tier.

    Each run has the numbers of all rows that cover some of its days.

    Args:
        entries: the rows, in the order of their first days.
        names: the tiers by their names.
        cuts: the days on which the held tier can change.
        held_on: a function from a day to the held tier, if that is known.

    Raises:
        WrongTypeError: a tier is neither a `Tier` nor text.
        ParseError: the text of a tier is not the name of a tier.
        RangeError: there are more than a million numbers of rows in all runs together.
    """
    found: list[Stretch] = []
    going: list[Entry] = []  # the rows of the run, in order
    overlaps = 0
    for _, turns in groupby(_turns(entries, names, cuts, held_on), key=attrgetter("said")):
        run = list(turns)
        start = run[0].day
        going = [entry for entry in going if entry.stop is None or entry.stop > start]
        going += [entry for turn in run for entry in turn.begun]
        overlaps += len(going)
        if overlaps > _MOST_OVERLAPS:
            raise too_many("overlaps", _MOST_OVERLAPS, f"close each row, and {_ONE_PARTNER}")
        found.append(Stretch(start, run[-1].until, run[0].tiers, tuple([entry.place for entry in going]), run[0].expected))
    return found


def _turns(
    entries: Iterable[Entry], names: Mapping[str, Tier], cuts: Iterable[date], held_on: Callable[[date], Tier] | None
) -> Iterator[_Turn]:
    recorded = [(entry, read_tier(entry, names)) for entry in entries]
    stopping = sorted([(entry.stop, tier) for entry, tier in recorded if entry.stop])
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
