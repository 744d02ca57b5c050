"""Tiers of many partners in columns: a row for each partner and effective date, in the data frame of any library.

The user's own engine does the work, through narwhals. For the few quarters of a frame, the core says what each score earns,
how sure that is, and what each March 1 looks back on; the engine looks this up, and takes the highest.
"""

try:
    from tbtier.frames.tables import problems, tier_table, tiers_on
except ImportError as _missing:
    raise ImportError("tbtier.frames needs narwhals: python -m pip install 'tbtier[frames]'") from _missing

__all__ = ["problems", "tier_table", "tiers_on"]
