"""The programs whose rules are known, as data: one file each, in the order of the documents they cite.

`CONSULTING` and `ISV` have the rules of real programs; `TRAILBLAZER` is a model without a beginning and without an end.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tbtier.programs.consulting import CONSULTING
from tbtier.programs.isv import ISV
from tbtier.programs.trailblazer import TRAILBLAZER
from tbtier.rules.program import Program

__all__ = ["CONSULTING", "ISV", "PROGRAMS", "TRAILBLAZER"]

PROGRAMS: Final[Mapping[str, Program]] = MappingProxyType({known.name: known for known in (CONSULTING, ISV, TRAILBLAZER)})
"""Every program, by name."""
