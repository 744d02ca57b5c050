"""The dates of one quarter's evaluation (rules R3, R4 and R5)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs
from dateutil.relativedelta import relativedelta

from tbtier.fiscal import ONE_DAY, FiscalQuarter, as_quarter, ordinal_of, quarter_at
from tbtier.rules.plain import Plain

if TYPE_CHECKING:
    from tbtier.formats import CycleDict

__all__ = ["Cycle"]

# The same for every edition: Q4 takes effect on March 1, when a program year starts (R2), only if a review takes
# one month (R4).
REVIEW_MONTHS: Final = 1
_REVIEW: Final = relativedelta(months=REVIEW_MONTHS)
_REST_OF_FIRST_WEEK: Final = timedelta(days=6)


@attrs.frozen
class Cycle(Plain["CycleDict"]):
    """One quarter's evaluation as dates.

    >>> cycle = Cycle(FiscalQuarter(2024, 1))
    >>> print(cycle.closes_on, cycle.review_start, cycle.review_last_day, cycle.effective_on, cycle.notified_by)
    2023-04-30 2023-05-01 2023-05-31 2023-06-01 2023-06-07
    """

    _format = "tbtier.cycle/1"

    quarter: FiscalQuarter = attrs.field(converter=as_quarter)
    """The evaluated quarter; its text is accepted too."""
    closes_on: date = attrs.field(
        init=False,
        eq=False,
        repr=False,
        default=attrs.Factory(lambda self: self.quarter.last_day, takes_self=True),
    )
    """The last day of the quarter; the score that stands when it ends is the one evaluated (R3)."""
    effective_on: date = attrs.field(
        init=False,
        eq=False,
        repr=False,
        default=attrs.Factory(lambda self: self.quarter.stop + _REVIEW, takes_self=True),
    )
    """The day on which the quarter takes effect: the first of the month after the review (R4)."""

    @property
    def review_start(self) -> date:
        """The first day of the review month (R4)."""
        return self.quarter.stop

    @property
    def review_last_day(self) -> date:
        """The last day of the review month (R4)."""
        return self.effective_on - ONE_DAY

    @property
    def notified_by(self) -> date:
        """The last day of the week in which partners are notified, which begins on `effective_on` (R5)."""
        return self.effective_on + _REST_OF_FIRST_WEEK

    def _plain(self) -> dict[str, Any]:
        names = ("quarter", "closes_on", "effective_on", "notified_by")
        return {name: getattr(self, name) for name in names}


@cache  # there are fewer than 40,000
def cycle_at(ordinal: int) -> Cycle:
    """Return the cycle of the quarter with this ordinal, shared to save time."""
    return Cycle(quarter_at(ordinal))


def cycle_of(quarter: FiscalQuarter) -> Cycle:
    """Return the cycle of a quarter, shared to save time."""
    return cycle_at(quarter._ordinal)


def latest_effective(day: date) -> int:
    """Return the ordinal of the latest quarter that has taken effect by a day: the inverse of `effective_on`."""
    return ordinal_of(12 * day.year + day.month - REVIEW_MONTHS) - 1


def latest_cycle(day: date) -> Cycle:
    """Return the cycle of the latest quarter that has taken effect by a day."""
    return cycle_at(latest_effective(day))
