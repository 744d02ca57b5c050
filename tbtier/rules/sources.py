"""The documents that the rules are read from, with their addresses where they have one."""

from __future__ import annotations

from typing import Final

from tbtier.rules.citations import Source

_CONSULTING_PAGE = "partners.salesforce.com/s/education/consultants/Consulting_Partner_Program"
_APPEXCHANGE_PAGE = "partners.salesforce.com/s/education/appinnovators/AppExchange_Partner_Program"

S1 = Source(
    "S1",
    "Invisory, Salesforce ISV Partner Program: Changes in 2024 (its FAQ repeats Salesforce Help)",
    "2024",
    "invisory.co/resources/blog/salesforce-isv-partner-program-changes-in-2024",
)
S2 = Source(
    "S2",
    "Tectonic, Salesforce Partner Trailblazer Score explained",
    "undated, before FY27",
    "gettectonic.com/salesforce-partner-trailblazer-score",
)
S3 = Source("S3", "Salesforce Help 000389753, minimum requirements and Select", "FY27")
S4 = Source("S4", "Salesforce Help 000394725, competencies and tier advancement", "2026-03-02")
S5 = Source(
    "S5",
    "Salesforce Partner Community, Consulting Partner Program Fee and Renewals",
    "undated, about PY21 to FY22",
)
S6 = Source("S6", "Salesforce Partner Community, Consulting Partner Program, FY22 edition", "2021", _CONSULTING_PAGE)
S7 = Source("S7", "Salesforce Partner Community, Consulting Partner Program, PY21 edition", "early 2020", _CONSULTING_PAGE)
S8 = Source(
    "S8",
    "Salesforce Partner Community, Consulting Partner Program, PY20 edition, with Partner News of 2019-06-01",
    "2019",
    _CONSULTING_PAGE,
)
S9 = Source("S9", "Salesforce Partner Community, Consulting Program, FY19 edition", "2018")
S10 = Source("S10", "Salesforce Help 000394716, how long a promotion is kept", "2026-04-28")
S12 = Source("S12", "CODM Software, old and new tier names", "2025", "codmsoftware.com/salesforce-ridge-partner")
S13 = Source(
    "S13",
    "Salesforce Partner Community, AppExchange Partner Program, three-pillar edition",
    "about FY21",
    _APPEXCHANGE_PAGE,
)
S14 = Source("S14", "Salesforce Partner Community, AppExchange Partner Program, FY22 edition", "2021", _APPEXCHANGE_PAGE)
S15 = Source(
    "S15",
    "Aquiva Labs, Updated AppExchange ISV program: three takeaways",
    "August 2024",
    "aquivalabs.com/updated-appexchange-isv-program-three-takeaways",
)
S16 = Source("S16", "CEPTES, Leveling up your Salesforce ISV journey", "2024-09-03", "pdo.ceptes.com/blog")
SILENCE = Source("tbtier", "A decision of this library, where the sources are silent", "2026")

SOURCES: Final = tuple(value for value in list(vars().values()) if isinstance(value, Source))
"""Every document that the library cites, in order."""
