"""The promises of every strategy."""

from __future__ import annotations

from promised_checks import CHECKED
from promised_histories import HISTORIES
from promised_rules import REGISTERED, RULES
from promised_time import TIME

__all__ = ["CHECKED", "HISTORIES", "PROMISED", "REGISTERED", "RULES", "TIME"]

PROMISED = {**TIME, **HISTORIES, **CHECKED, **RULES, **REGISTERED}
