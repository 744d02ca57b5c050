"""What strategies promise for days, years, quarters, scores and tiers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from made_up import APPS
from promises import Promised

import tbtier.testing as kit
from tbtier import FiscalQuarter, FiscalYear, ProgramYear, Tier

ONE_DAY = timedelta(days=1)
# Months and days as the rules print them, so that no date here comes from the library.
TURNS = {
    "the first day of a review": {(2, 1), (5, 1), (8, 1), (11, 1)},
    "the effective date": {(3, 1), (6, 1), (9, 1), (12, 1)},
    "the last day of notification": {(3, 7), (6, 7), (9, 7), (12, 7)},
    "March 1": {(3, 1)},
    "mid-February": {(2, 15)},
}
FIRST, LAST = date(2021, 4, 20), date(2022, 10, 11)


def lies(days: set[tuple[int, int]], offset: int) -> Callable[[date], bool]:
    """Return a statement: a day is `offset` days after one of some days of the year."""
    return lambda day: ((turn := day - offset * ONE_DAY).month, turn.day) in days


SIDES_OF_TURNS = {
    f"{side}{turn}": lies(days, offset)
    for turn, days in TURNS.items()
    for side, offset in {"the day before ": -1, "": 0, "the day after ": 1}.items()
}


def values(each: Iterable[Any]) -> dict[str, Callable[[Any], bool]]:
    """Return a statement for each of these values."""
    return {str(value): lambda drawn, value=value: drawn == value for value in each}


TIME = {
    "days": Promised(
        kit.days,
        2000,
        {
            **SIDES_OF_TURNS,
            "none of these": lambda day: not any(holds(day) for holds in SIDES_OF_TURNS.values()),
            "the last day of a February": lambda day: day.month == 2 and (day + ONE_DAY).month == 3,
            "about a mid-February after 2050": lambda day: day.year > 2050 and day.month == 2 and 14 <= day.day <= 16,
            "before FY24": lambda day: day < date(2023, 2, 1),
            "in the first ten years": lambda day: day < date(2009, 2, 1),
            "in the last ten years": lambda day: day >= date(2089, 2, 1),
            "from FY2000 to FY2099": lambda day: date(1999, 2, 1) <= day <= date(2099, 1, 31),
            **values([date(1999, 2, 1), date(1999, 2, 2), date(2099, 1, 30), date(2099, 1, 31)]),
        },
    ),
    "days of eighteen months": Promised(
        lambda: kit.days(FIRST, LAST),
        1200,
        {
            **values([FIRST, FIRST + ONE_DAY, LAST - ONE_DAY, LAST, date(2022, 2, 28)]),
            "within": lambda day: FIRST <= day <= LAST,
            "in the first quarter": lambda day: day < date(2021, 8, 1),
            "in the last quarter": lambda day: day >= date(2022, 8, 1),
        },
    ),
    "days of six weeks": Promised(
        lambda: kit.days(date(2024, 2, 1), date(2024, 3, 14)),
        4000,
        {
            **values([date(2024, 2, 1), date(2024, 3, 1)]),
            "none of these": lambda day: not any(holds(day) for holds in SIDES_OF_TURNS.values()),
        },
    ),
    "fiscal years": Promised(
        lambda: kit.fiscal_years("FY19", FiscalYear(2028)), 600, values(map(FiscalYear, range(2019, 2029)))
    ),
    "program years": Promised(
        lambda: kit.program_years("PY19", ProgramYear(2028)), 600, values(map(ProgramYear, range(2019, 2029)))
    ),
    "fiscal quarters": Promised(
        lambda: kit.fiscal_quarters("FY23 Q3", FiscalQuarter(2025, 2)),
        600,
        values(FiscalQuarter(2023, 3) + places for places in range(8)),
    ),
    "all fiscal quarters": Promised(
        kit.fiscal_quarters,
        600,
        {
            **{f"a Q{number}": lambda quarter, number=number: quarter.number == number for number in (1, 2, 3, 4)},
            "before FY24": lambda quarter: quarter.year < 2024,
            "in the last ten years": lambda quarter: quarter.year > 2089,
            "from FY2000 to FY2099": lambda quarter: 2000 <= quarter.year <= 2099,
        },
    ),
    "scores of FY22": Promised(
        lambda: kit.scores(APPS, "FY22 Q1"),
        2000,
        {
            **values((0, 1, 209, 210, 211, 419, 420, 421, 679, 680, 681, 1000)),
            "near no bound": lambda score: all(abs(score - bound) > 1 for bound in (0, 210, 420, 680)) and score != 1000,
            "from 0 to 1000": lambda score: 0 <= score <= 1000,
        },
    ),
    "scores of FY21": Promised(
        lambda: kit.scores(APPS, FiscalQuarter(2021, 4)),
        1600,
        values((119, 120, 121, 239, 240, 241, 559, 560, 561, 1000)),
    ),
    "tiers": Promised(kit.tiers, 400, values(Tier)),
    "tiers of a program": Promised(lambda: kit.tiers(APPS), 400, values(Tier)),
}
