"""The programs whose rules are known, as data: one file each, in the order of the documents they cite.

`CONSULTING` and `ISV` are the record; `TRAILBLAZER` is a model without a beginning and without an end.
"""

from __future__ import annotations

from tbtier.programs.consulting import CONSULTING
from tbtier.programs.isv import ISV
from tbtier.programs.trailblazer import TRAILBLAZER

__all__ = ["CONSULTING", "ISV", "TRAILBLAZER"]
