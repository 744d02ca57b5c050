"""The longest runs of days on which one tier is held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import NoneType
from typing import TYPE_CHECKING, Any

from tbtier.errors.checks import require_after, require_date, require_of
from tbtier.fiscal import FiscalQuarter, Span
from tbtier.rules.plain import Plain
from tbtier.rules.tiers import Tier

if TYPE_CHECKING:
    from tbtier.formats import TierPeriodDict

__all__ = ["TierPeriod"]


# A dataclass of Python, since pandas makes columns of its fields. `field` hides the properties of the base from it.
@dataclass(frozen=True, slots=True)
class TierPeriod(Plain["TierPeriodDict"], Span):
    """A longest run of days on which one tier is held; `pandas.DataFrame(timeline.periods)` has its fields as columns."""

    tier: Tier
    """The tier."""
    start: date = field()
    """The first day."""
    stop: date = field()
    """The first day after the run."""
    quarter: FiscalQuarter | None
    """The quarter that took effect on `start`; `None` for the starting tier. On March 1 an earlier quarter can be decisive."""

    _format = "tbtier.tier-period/1"

    def __post_init__(self) -> None:
        require_of("tier", self.tier, Tier)
        start, stop = require_date(self.start, "start"), require_date(self.stop, "stop")
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "stop", stop)
        require_after("stop", stop, start)
        require_of("quarter", self.quarter, FiscalQuarter, NoneType)

    def _plain(self) -> dict[str, Any]:
        return {"tier": self.tier, "start": self.start, "stop": self.stop, "quarter": self.quarter}
