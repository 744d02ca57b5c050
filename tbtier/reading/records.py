"""Recorded tiers by partner, from the rows of an export or a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from tbtier.errors import TbtierError, WrongTypeError
from tbtier.errors.checks import require_row
from tbtier.reading.cells import day_in, require_format, stop_after, stop_in, tier_in
from tbtier.reading.sheets import Reading, Sheet, SheetRows
from tbtier.rules.program import Program, require_program
from tbtier.rules.tiers import TIER_NAMES, Tier

__all__ = ["PartnerRecords", "read_records"]


@attrs.frozen
class PartnerRecords(Reading):
    """Recorded tiers by partner, and the problems of the rows."""

    records: Mapping[str, Mapping[int, tuple[date, date | None, Tier]]]
    """The record of each partner, as `audit` takes it: the first day, the stop and the tier of each row, by row number."""


def read_records(
    rows: SheetRows,
    *,
    partner: str | None = None,
    start: str,
    tier: str,
    stop: str | None = None,
    last_day: str | None = None,
    program: Program | None = None,
    date_format: str | None = None,
) -> PartnerRecords:
    """Return the recorded tiers in the rows of an export or a sheet, by partner, and the problems.

    A day is a date, a datetime at midnight without a time zone, or text: `2023-04-30`, or the form of `date_format`.
    `audit` takes each record, and its findings name the row numbers.

    Args:
        rows: as for `read_scores`, with the same numbers.
        partner: the header of the partners; by default, all rows belong to one partner, named `""`.
        start: the header of the first days.
        tier: the header of the tiers.
        stop: the header of the stops; a stop is the first day after its row, and a row with a blank stop goes on.
        last_day: the header of the last days, for rows that have these in place of stops.
        program: the program whose labels are read as tiers; by default, only the names in use since FY22 are read.
        date_format: the format of days that are text, as `datetime.strptime` takes it, such as `"%m/%d/%Y"`.

    >>> rows = [{"Account": "Blue Anchor", "From": "6/1/2023", "Level": "ridge"}]
    >>> read_records(rows, partner="Account", start="From", tier="Level", date_format="%m/%d/%Y").records
    {'Blue Anchor': {2: (datetime.date(2023, 6, 1), None, Tier.RIDGE)}}
    >>> print(*read_records(rows, partner="Account", start="From", tier="Level").problems)
    row 2, column 'From': '6/1/2023' is not a clear date: write it as 2023-06-01 or 2023-01-06; give the order with date_format=

    Raises:
        WrongTypeError: an argument has the wrong type, or `stop` and `last_day` are both given.
        ParseError: `date_format` does not write and read whole days.
        RangeError: `date_format` has more than 100 characters.
    """
    names = TIER_NAMES if program is None else require_program(program).tier_names
    require_format(date_format)
    if not (stop is None or last_day is None):
        raise WrongTypeError("last_day", last_day, "None, since stop is given", "the two say the same in two ways")
    sheet = Sheet(partner=partner, start=start, tier=tier, stop=stop, last_day=last_day)
    columns = sheet.columns
    records: dict[str, dict[int, tuple[date, date | None, Tier]]] = {}
    for row in sheet.rows(rows):
        name, first = row.partner_cell(), row.read(columns["start"], day_in, date_format)
        after = row.read(columns["stop"] or columns["last_day"], stop_in if last_day is None else stop_after, date_format)
        held = row.read(columns["tier"], tier_in, names)
        if name and first and after and held:
            recorded = (first.reading, after.reading or None, held.reading)
            try:
                require_row(recorded, f"row {row.number}")
            except TbtierError as error:
                row.refuse(None, row.given, error)
            else:
                records.setdefault(name.reading, {})[row.number] = recorded
    return PartnerRecords(sheet.problems_in_order(), records)
