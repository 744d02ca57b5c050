"""The ISV edition of FY24 for all time: a model for what-if questions, not a record."""

from __future__ import annotations

import attrs

from tbtier.programs.isv import ISV
from tbtier.rules.program import Program

TRAILBLAZER = Program(
    name="TRAILBLAZER",
    entry_tier=ISV.entry_tier,
    changes=(attrs.evolve(ISV.edition("FY24 Q1"), start=None),),
    note="a model, not a record: the ISV edition of FY24 for all time",
)
"""The ISV edition of FY24 without a beginning and without an end."""
