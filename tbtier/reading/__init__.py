"""Scores and recorded tiers, read from the rows of exports and sheets.

Every row with a value gives a result, a problem or both, and no problem stops the reading.
"""

from tbtier.reading.records import PartnerRecords, read_records
from tbtier.reading.scores import PartnerScores, read_scores
from tbtier.reading.sheets import Problem, SheetRows

__all__ = ["PartnerRecords", "PartnerScores", "Problem", "SheetRows", "read_records", "read_scores"]
