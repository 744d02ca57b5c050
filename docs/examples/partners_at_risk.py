"""Print every problem in two exports, every fault in the CRM, and each partner that can lose a tier on the next March 1."""

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
print(*scores.problems, *tiers.problems, sep="\n", end="\n\n")
starting = {name: tier for name, rows in tiers.records.items() for start, _, tier in rows.values() if start == FIRST_DAY}
at_risk = []
for name, history in scores.histories.items():
    try:
        timeline = tb.evaluate(history, program=CONSULTING, starting_tier=starting.get(name))
        if (view := tb.outlook(timeline, as_of=AS_OF)).at_risk:
            at_risk.append((view.may_fall_on, name, view.requirement(view.tier_before_renewal)))
        print(*(f"{name}, {finding}\n" for finding in tb.audit(tiers.records[name], timeline, as_of=AS_OF)), sep="\n")
    except tb.errors.TbtierError as error:
        print(f"{name}: {error}\n")
print(*(f"{name}: {plan}" for _, name, plan in sorted(at_risk)), sep="\n")
