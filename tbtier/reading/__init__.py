"""Rows of text or values, as exports and sheets have them, into scores and recorded tiers.

Every row that has a value is in a result or in a problem, and no problem stops the reading.
"""

from tbtier.reading.records import PartnerRecords, read_records
from tbtier.reading.scores import PartnerScores, read_scores
from tbtier.reading.sheets import Problem, SheetRows

__all__ = ["PartnerRecords", "PartnerScores", "Problem", "SheetRows", "read_records", "read_scores"]
