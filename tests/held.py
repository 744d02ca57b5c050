"""Days of a timeline, and the tiers held on them."""

from __future__ import annotations

from datetime import date, timedelta

from strategies import Partner

from tbtier import FiscalQuarter, Tier, Timeline

ONE_DAY = timedelta(days=1)
EFFECTIVE = {(3, 1): 4, (6, 1): 1, (9, 1): 2, (12, 1): 3}
"""Month and day of each effective date, with the number of the quarter that takes effect then."""


def days_of(timeline: Timeline) -> list[date]:
    """Return every day that a timeline covers."""
    return [timeline.start + offset * ONE_DAY for offset in range((timeline.stop - timeline.start).days)]


def effective_dates_of(timeline: Timeline) -> list[date]:
    """Return every effective date after the first day of a timeline."""
    return [day for day in days_of(timeline)[1:] if (day.month, day.day) in EFFECTIVE]


def boundaries_of(timeline: Timeline) -> list[date]:
    """Return the first and the last day of a timeline, its effective dates and the days before them."""
    effective = effective_dates_of(timeline)
    return sorted({timeline.start, timeline.stop - ONE_DAY, *effective, *(day - ONE_DAY for day in effective)})


def held_by(timeline: Timeline) -> dict[date, Tier]:
    """Return the tier held on every day."""
    return {day: timeline.tier_on(day) for day in days_of(timeline)}


def first_march_1_after(day: date) -> date:
    """Return the first March 1 after a day."""
    return date(day.year if (day.month, day.day) < (3, 1) else day.year + 1, 3, 1)


def worth(partner: Partner, quarter: FiscalQuarter) -> Tier | None:
    """Return the tier that a quarter of a partner has earned."""
    score = partner.scores[quarter]
    return score if score is None or isinstance(score, Tier) else partner.program.tier_for(score, quarter)
