"""Conversion of partners and programs into the oracle's plain values."""

from __future__ import annotations

import oracle
from strategies import Partner

from tbtier import Tier
from tbtier.rules import Edition, Program

TIERS = (Tier.PROVISIONAL, Tier.BASE, Tier.RIDGE, Tier.CREST, Tier.SUMMIT)
"""The tiers in the order of the oracle's numbers."""
RANKS = {tier: rank for rank, tier in enumerate(TIERS)}


def rules_of(program: Program) -> oracle.Rules:
    """Return the rules of a program in the oracle's plain values."""
    editions = [
        oracle.Edition(
            (0, 0) if edition.start is None else (edition.start.year, edition.start.number),
            tuple((RANKS[threshold.tier], threshold.score) for threshold in edition.thresholds),
            edition.carryover.name,
        )
        for edition in program.changes
        if isinstance(edition, Edition)
    ]
    return oracle.Rules(RANKS[program.entry_tier], tuple(editions), program.ended_on)


def earned_by(partner: Partner) -> dict[oracle.Quarter, int | None]:
    """Return the tier that each quarter of a partner has earned."""
    rules = rules_of(partner.program)
    earned: dict[oracle.Quarter, int | None] = {}
    for quarter, score in partner.scores.items():
        pair = quarter.year, quarter.number
        if isinstance(score, Tier):
            earned[pair] = RANKS[score]
        else:
            earned[pair] = None if score is None else oracle.earned_by(score, pair, rules)
    return earned
