"""The longest runs of days on which one tier is held."""

from __future__ import annotations

from datetime import date

import attrs

from tbtier.fiscal import FiscalQuarter, Span
from tbtier.rules.tiers import Tier

__all__ = ["TierPeriod"]


@attrs.frozen
class TierPeriod(Span):
    """A longest run of days on which one tier is held."""

    tier: Tier
    """The tier."""
    start: date
    """The first day."""
    stop: date
    """The first day after it."""
    quarter: FiscalQuarter | None
    """The quarter that took effect on `start`; `None` for the starting tier. On March 1 an earlier quarter can be decisive."""
