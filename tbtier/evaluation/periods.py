"""The longest runs of days on which one tier is held."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import attrs

from tbtier.fiscal import FiscalQuarter, require_date
from tbtier.rules.tiers import Tier

__all__ = ["TierPeriod"]

_ONE_DAY: Final = timedelta(days=1)


@attrs.frozen
class TierPeriod:
    """A longest run of days on which one tier is held."""

    tier: Tier
    """The tier."""
    start: date
    """The first day."""
    stop: date
    """The first day after the run."""
    quarter: FiscalQuarter | None
    """The quarter that took effect on `start`; `None` for the starting tier. On March 1 an earlier quarter can be decisive."""

    @property
    def last_day(self) -> date:
        """The last day, for people; the day before `stop`."""
        return self.stop - _ONE_DAY

    def __contains__(self, day: date) -> bool:
        return self.start <= require_date(day) < self.stop
