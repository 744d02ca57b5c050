"""The tiers that a partner holds by the oracle, and rows that record them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import oracle
from hypothesis import strategies as st
from made_up import MODEL
from plain import RANKS, TIERS, earned_by, rules_of
from strategies import Partner, partners

from tbtier import FiscalQuarter, Tier

ONE_DAY = timedelta(days=1)

Days = dict[date, Tier]
"""A record in its simplest form: the tier of every day."""


class Truth(NamedTuple):
    """A partner, and the tier that it holds on every day by the oracle."""

    partner: Partner
    days: Days

    def __repr__(self) -> str:
        return f"{self.partner} holding {[(str(start), str(stop), str(tier)) for start, stop, tier in runs_of(self.days)]}"

    @property
    def start(self) -> date:
        """The first day."""
        return min(self.days)

    @property
    def stop(self) -> date:
        """The first unknown day."""
        return max(self.days) + ONE_DAY

    @property
    def changes(self) -> list[date]:
        """The days on which the tier changes."""
        return [day for day in self.days if day - ONE_DAY in self.days and self.days[day] is not self.days[day - ONE_DAY]]

    def until(self, day: date) -> date:
        """Return the next day on which the tier changes, or the first unknown day."""
        return next((change for change in self.changes if change > day), self.stop)

    def with_tier(self, start: date, stop: date, tier: Tier) -> Days:
        """Return a record with another tier on some days."""
        return {day: tier if start <= day < stop else right for day, right in self.days.items()}


def truth_of(partner: Partner) -> Truth:
    """Return the tiers that a partner holds by the oracle, which shares no code with the library."""
    start = partner.timeline.start
    held = oracle.tiers_by_day(start, RANKS[partner.starting_tier], earned_by(partner), rules_of(partner.program))
    return Truth(partner, {day: TIERS[rank] for day, rank in held.items()})


truths = partners.map(truth_of)
"""The tiers that partners of every kind hold."""


@st.composite
def eventful_partners(draw: st.DrawFn) -> Partner:
    """Draw a partner whose tier rises by several steps, falls, rises and falls in four years; the best quarter is never Q4.

    A record of these years can have every kind of fault and every repeated mistake.
    """
    bests = draw(st.sampled_from([(760, 260, 510, 0), (510, 0, 760, 260), (760, 0, 510, 260), (510, 260, 760, 0)]))
    scores: list[int | None] = []
    for best in bests:
        place = draw(st.sampled_from([1, 2]))
        little = st.sampled_from([None, 0])
        lower = st.sampled_from([score for score in (None, 0, 260, 510) if not score or score < best])
        scores += [*(draw(little) for _ in range(place)), best, *(draw(lower) for _ in range(3 - place))]
    quarters = (FiscalQuarter(2024, 1) + place for place in range(16))
    return Partner(dict(zip(quarters, scores)), MODEL, Tier.BASE, None)


eventful = eventful_partners().map(truth_of)
"""The tiers that eventful partners hold."""


def runs_of(days: Days) -> list[tuple[date, date, Tier]]:
    """Return a record as the fewest (first day, stop, tier) triples."""
    runs: list[tuple[date, date, Tier]] = []
    for day, tier in days.items():
        if runs and runs[-1][1] == day and runs[-1][2] is tier:
            runs[-1] = runs[-1][0], day + ONE_DAY, tier
        else:
            runs.append((day, day + ONE_DAY, tier))
    return runs


@st.composite
def rows_of(draw: st.DrawFn, days: Days, stop_of_all: date, *, closed: bool = False) -> list[tuple[Any, ...]]:
    """Draw rows of a record: split, repeated, in any order, with names or tiers, and with stops where they are needed."""
    split: list[tuple[date, date, Tier]] = []
    for start, stop, tier in runs_of(days):
        inner = draw(st.lists(st.integers(1, max(1, (stop - start).days - 1)), max_size=2))
        cuts = sorted({start, stop, *(start + place * ONE_DAY for place in inner if start + place * ONE_DAY < stop)})
        split += [(one, other, tier) for one, other in pairwise(cuts)]
    rows: list[tuple[Any, ...]] = []
    for place, (start, stop, tier) in enumerate(split):
        named = draw(st.sampled_from([tier, str(tier)]))
        goes_on = stop == (stop_of_all if place + 1 == len(split) else split[place + 1][0])
        form = draw(st.sampled_from(["closed", "open", "pair"])) if goes_on and not closed else "closed"
        row = {"closed": (start, stop, named), "open": (start, None, named), "pair": (start, named)}[form]
        rows += [row] * draw(st.sampled_from([1, 1, 1, 2]))
    return draw(st.permutations(rows))
