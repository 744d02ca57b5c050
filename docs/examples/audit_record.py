"""Audit a consulting partner's tiers in a CSV; exit with 1 if there is a finding, or with 2 if a file cannot be read.

python audit_record.py made_up_record.csv --scores made_up_partner.csv
"""

import argparse
import csv
import json
import sys
from datetime import date
from pathlib import Path

from partner_report import in_file, rows_of

import tbtier as tb
from tbtier.programs import CONSULTING
from tbtier.reading import read_records, read_scores


def main() -> int:
    """Read the arguments, print the findings, and return the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("record", type=Path, help="a CSV with a first day and a tier in each row")
    arguments.add_argument("--start", default="start", help="the header of the first days; 'start' by default")
    arguments.add_argument(
        "--stop", help="the header of the stops, each the first day after its row; 'stop' by default, if there is such a column"
    )
    arguments.add_argument("--tier", default="tier", help="the header of the tiers; 'tier' by default")
    arguments.add_argument("--date-format", help="the format of the days, such as %%m/%%d/%%Y; 2023-04-30 by default")
    arguments.add_argument("--scores", type=Path, help="a CSV with the columns quarter and score")
    arguments.add_argument("--starting-tier", help="the tier on the first day; Provisional by default")
    arguments.add_argument("--on", type=date.fromisoformat, help="the day on which the record was read")
    arguments.add_argument("--json", action="store_true", help="print each finding as a line of JSON")
    given = arguments.parse_args()
    if not given.scores and (given.starting_tier or given.on):
        arguments.error("--starting-tier and --on need --scores")
    file = given.record
    try:
        rows = rows_of(file)
        stop = given.stop or ("stop" if "stop" in map(str.strip, rows.fieldnames or ()) else None)
        columns = {"start": given.start, "stop": stop, "tier": given.tier}
        read = read_records(rows, **columns, program=CONSULTING, date_format=given.date_format)
        problems, record = in_file(file, read.problems), read.records.get("", {})
        if not record and not problems:
            problems = f"{file}: there are no rows"
        findings = tb.audit_rows(record, program=CONSULTING)
        if given.scores:
            file = given.scores
            scores = read_scores(rows_of(file), quarter="quarter", score="score", program=CONSULTING, blank=None)
            problems = "\n".join(filter(None, (problems, in_file(file, scores.problems))))
            tier = CONSULTING.tier_named(given.starting_tier or CONSULTING.entry_tier)
            if not problems:
                timeline = tb.evaluate(scores.histories.get("", {}), program=CONSULTING, starting_tier=tier)
                findings = tb.audit(record, timeline, as_of=given.on)
    except (tb.errors.TbtierError, OSError, UnicodeError, csv.Error) as error:
        problems = f"{file}: {error}"
    if problems:
        print(problems, file=sys.stderr)
        return 2
    for finding in findings:
        print(json.dumps(finding.to_dict()) if given.json else f"{finding}\n")
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
