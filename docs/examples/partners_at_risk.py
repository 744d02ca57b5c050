"""Print every problem of two exports, who can lose a tier on the next March 1, and every fault of the CRM."""

import csv
from datetime import date
from pathlib import Path

import tbtier as tb
from tbtier.programs import CONSULTING
from tbtier.reading import read_records, read_scores

AS_OF, FIRST_DAY, HERE = date(2024, 11, 20), date(2024, 3, 1), Path(__file__).parent
SCORES = {"partner": "account name", "region": "region", "quarter": "fiscal quarter", "score": "trailblazer score"}
TIERS = {"partner": "account name", "start": "valid from", "stop": "valid to", "tier": "level"}
with (HERE / "made_up_scores.csv").open(encoding="utf-8") as export, (HERE / "made_up_crm.csv").open(encoding="utf-8") as crm:
    scores = read_scores(csv.DictReader(export), **SCORES, program=CONSULTING, blank=None)
    tiers = read_records(csv.DictReader(crm), **TIERS, program=CONSULTING, date_format="%m/%d/%Y")
print(*scores.problems, *tiers.problems, sep="\n")
for name in sorted({*scores.histories, *tiers.records}):
    rows = tiers.records.get(name, {})
    starting_tier = next((tier for start, _, tier in rows.values() if start == FIRST_DAY), None)
    try:
        timeline = tb.evaluate(scores.histories.get(name, {}), program=CONSULTING, starting_tier=starting_tier)
        view, findings = tb.outlook(timeline, as_of=AS_OF), tb.audit(rows, timeline, as_of=AS_OF)
        risk = view.requirement(view.tier_before_renewal) if view.at_risk else view.unknown_reason or "no tier is at risk"
    except tb.errors.TbtierError as error:  # a score or the starting tier is missing
        risk, findings = error, tb.audit_rows(rows, program=CONSULTING)
    print(f"\n{name}: {risk}", *findings, sep="\n")
