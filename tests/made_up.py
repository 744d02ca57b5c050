"""Programs that are made up for the tests and stay as they are, whatever is corrected in the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs

from tbtier import Tier
from tbtier.rules import Carryover, Certainty, Citation, Edition, Program, ProgramEnd, Source, Threshold, UnknownRules

TIERS = (Tier.BASE, Tier.RIDGE, Tier.CREST, Tier.SUMMIT)
METALS = ("Bronze", "Silver", "Gold", "Platinum")

T2 = Source("T2", "A made-up page", "2020")
T3 = Source("T3", "A made-up page of a sister program", "2019")
T4 = Source("T4", "A made-up page of FY22", "2021")
T5 = Source("T5", "A made-up page about renewals", "undated")
T6 = Source("T6", "A made-up page without a date", "about FY21")
T7 = Source("T7", "A made-up farewell", "2024-08-02", "example.com/farewell")
T8 = Source("T8", "A made-up newsletter", "2024-09")

PUBLISHED = Citation(Certainty.PUBLISHED, (T2,))
_IN_T4 = Citation(Certainty.PUBLISHED, (T4,))
_IN_T5 = Citation(Certainty.PUBLISHED, (T5,))
_IN_T6 = Citation(Certainty.PUBLISHED, (T6,))
_BY_T5 = Citation(Certainty.INFERRED, (T5,), "T5 says it of a sister program")
_AS_FY22 = Citation(Certainty.INFERRED, (T4, T2), "taken from FY22")


def stated(start: str | None, scores: Sequence[int], citation: Citation, labels: Sequence[str] = (), **others: Any) -> Edition:
    """Return an edition whose facts have one citation, apart from those that are given."""
    names = labels or [str(tier) for tier in TIERS]
    facts: dict[str, Any] = {
        "start_citation": citation,
        "thresholds": tuple(Threshold(tier, score, citation, name) for tier, score, name in zip(TIERS, scores, names)),
        "maximum_score": 1000,
        "maximum_citation": citation,
        "carryover": Carryover.HIGHEST_OF_YEAR,
        "carryover_citation": citation,
    }
    return Edition(start=start, **{**facts, **others})


_EDITION = stated(None, (0, 250, 500, 750), PUBLISHED)

BEST_OF_FOUR = Program(name="BEST_OF_FOUR", entry_tier=Tier.PROVISIONAL, changes=(_EDITION,))
"""A partner enters below every tier that a score earns, so that all five tiers can be held."""

Q4_ALONE = Program(
    name="Q4_ALONE",
    entry_tier=Tier.PROVISIONAL,
    changes=(attrs.evolve(_EDITION, carryover=Carryover.FINAL_QUARTER),),
)
"""The same program with the other carryover."""

_MORE_THAN = Citation(Certainty.INFERRED, (T2,), 'T2 prints "more than" beside a band that ends one point below')
_CUT_OFF = Citation(Certainty.INFERRED, (T2, T3), "the number is cut off in T2; taken from the sister program in T3")
_base, _ridge, _crest, _summit = _EDITION.thresholds
_APPS_FY24 = attrs.evolve(
    _EDITION,
    start="FY24 Q1",
    thresholds=(
        _base,
        attrs.evolve(_ridge, inclusive_citation=_MORE_THAN),
        attrs.evolve(_crest, inclusive_citation=_MORE_THAN),
        attrs.evolve(_summit, citation=_CUT_OFF),
    ),
    maximum_citation=Citation(Certainty.INFERRED, (T4,), "T2 does not state it; taken from FY22"),
)

APPS = Program(
    name="APPS",
    entry_tier=Tier.BASE,
    changes=(
        stated(
            "FY21 Q1",
            (0, 120, 240, 560),
            _IN_T6,
            start_citation=Citation(Certainty.INFERRED, (T6,), "T6 has no date"),
            carryover=Carryover.FINAL_QUARTER,
            carryover_citation=_BY_T5,
        ),
        stated("FY22 Q1", (0, 210, 420, 680), _IN_T4, carryover=Carryover.FINAL_QUARTER, carryover_citation=_BY_T5),
        UnknownRules(start="FY23 Q1", reason="the page is lost"),
        _APPS_FY24,
        ProgramEnd(
            on=date(2024, 8, 1),
            replaced_by="badges, which are not earned by score",
            citation=Citation(Certainty.PUBLISHED, (T7, T8)),
        ),
    ),
)
"""FY23 is unknown, FY21 has no published date, a number of FY24 is inferred, and the end falls between effective dates."""

MODEL = Program(
    name="MODEL",
    entry_tier=Tier.BASE,
    changes=(attrs.evolve(_APPS_FY24, start=None),),
    note="a model, not a record: the APPS edition of FY24 for all time",
)
"""The last edition of `APPS` without a beginning and without an end."""

GUILD = Program(
    name="GUILD",
    entry_tier=Tier.PROVISIONAL,
    changes=(
        stated("FY19 Q1", (0, 220, 440, 660), _IN_T6, METALS, carryover=Carryover.FINAL_QUARTER, carryover_citation=_IN_T5),
        stated("FY21 Q1", (0, 250, 500, 750), PUBLISHED, METALS, carryover=Carryover.FINAL_QUARTER, carryover_citation=_IN_T5),
        stated("FY22 Q1", (0, 250, 500, 750), _IN_T4, carryover=Carryover.FINAL_QUARTER, carryover_citation=_IN_T5),
        stated("FY23 Q1", (0, 250, 500, 750), _AS_FY22, carryover=Carryover.FINAL_QUARTER, carryover_citation=_BY_T5),
        stated("FY24 Q1", (0, 250, 500, 750), _AS_FY22),
        ProgramEnd(
            on=date(2026, 3, 1),
            replaced_by="a checklist",
            citation=Citation(Certainty.INFERRED, (T7, T8), "that the score ended then is not published"),
        ),
    ),
)
"""Tiers had other names until FY21, the carryover changed in FY24, FY23 on is inferred, and the end is an effective date."""
