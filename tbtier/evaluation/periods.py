"""The longest runs of days on which one tier is held."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from tbtier.fiscal import FiscalQuarter, Span
from tbtier.rules.plain import Plain
from tbtier.rules.tiers import Tier

if TYPE_CHECKING:
    from tbtier.formats import TierPeriodDict

__all__ = ["TierPeriod"]


@attrs.frozen
class TierPeriod(Plain["TierPeriodDict"], Span):
    """A longest run of days on which one tier is held."""

    tier: Tier
    """The tier."""
    start: date
    """The first day."""
    stop: date
    """The first day after the run."""
    quarter: FiscalQuarter | None
    """The quarter that took effect on `start`; `None` for the starting tier. On March 1 an earlier quarter can be decisive."""

    _format = "tbtier.tier-period/1"

    def _plain(self) -> dict[str, Any]:
        return attrs.asdict(self, recurse=False)
