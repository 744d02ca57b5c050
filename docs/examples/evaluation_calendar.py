"""Write the evaluation dates of a fiscal year of the consulting program as an .ics file.

python evaluation_calendar.py FY25 > fy25.ics
"""

import argparse
import sys
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

import tbtier as tb
from tbtier.programs import CONSULTING


def whole_day(name: str, day: date, summary: str, stamp: datetime) -> Event:
    """Return an entry for one day; its name lets a second import replace the entry."""
    event = Event()
    event.add("uid", f"{name}@tbtier.example")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    return event


def calendar_of(year: tb.FiscalYear, stamp: datetime) -> Calendar:
    """Return three entries for each quarter."""
    calendar = Calendar()
    calendar.add("prodid", "-//tbtier//evaluation calendar//EN")
    calendar.add("version", "2.0")
    for quarter in year.quarters:
        cycle = CONSULTING.cycle(quarter)
        name = str(quarter).replace(" ", "-")
        calendar.add_component(whole_day(f"{name}-closes", cycle.closes_on, f"{quarter} closes", stamp))
        calendar.add_component(whole_day(f"{name}-takes-effect", cycle.effective_on, f"{quarter} takes effect", stamp))
        calendar.add_component(whole_day(f"{name}-notified", cycle.notified_by, f"{quarter}: last day of notification", stamp))
    return calendar


def main() -> None:
    """Read the argument, and write the file to the standard output."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("year", type=tb.FiscalYear.parse, help="the fiscal year, such as FY25")
    try:
        calendar = calendar_of(arguments.parse_args().year, datetime.now(UTC))
    except tb.errors.TbtierError as error:
        raise SystemExit(str(error)) from error
    sys.stdout.buffer.write(calendar.to_ical())


if __name__ == "__main__":
    main()
