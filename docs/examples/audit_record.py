"""Audit the tiers of a consulting partner in a CSV, and exit with 1 if anything is wrong, or with 2 if a file cannot be read.

python audit_record.py made_up_record.csv --scores made_up_partner.csv
"""

import argparse
import csv
import json
import re
import sys
from datetime import date
from pathlib import Path

from partner_report import read_scores

import tbtier as tb
from tbtier.programs import CONSULTING


def read_record(path: Path) -> dict[int, tuple[date, date | None, str]]:
    """Return the rows of a file by line: start, stop if there is one, and tier; lines that begin with # are skipped."""
    rows: dict[int, tuple[date, date | None, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        numbered = ((number, line) for number, line in enumerate(file, start=1) if line.strip() and line[0] != "#")
        header = [cell.strip() for cell in next(csv.reader(line for _, line in numbered), [])]
        if sorted(header) not in (["start", "tier"], ["start", "stop", "tier"]):
            raise ValueError(f"the columns must be start,tier or start,stop,tier, got {','.join(header)}")
        for number, line in numbered:
            cells = [cell.strip() for cell in next(csv.reader([line]))]
            if len(cells) != len(header):
                raise ValueError(f"line {number}: a row must have {len(header)} cells, got {len(cells)}")
            row = dict(zip(header, cells))
            try:
                stop = date.fromisoformat(row["stop"]) if row.get("stop") else None
                rows[number] = date.fromisoformat(row["start"]), stop, row["tier"]
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from error
    if not rows:
        raise ValueError("there are no rows")
    return rows


def with_lines(text: object) -> str:
    """Return text that names the lines of the file instead of rows, which have the numbers of their lines."""
    return re.sub(r"(?<!')rows\[(\d+)\]", r"line \1", str(text))


def main() -> int:
    """Read the arguments, print the findings, and return the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("record", type=Path, help="a CSV with the columns start, tier and, optionally, stop")
    arguments.add_argument("--scores", type=Path, help="a CSV with the columns quarter and score")
    arguments.add_argument("--starting-tier", type=tb.Tier, help="the tier on the first day; Provisional by default")
    arguments.add_argument("--on", type=date.fromisoformat, help="the day on which the record was read")
    arguments.add_argument("--json", action="store_true", help="print each finding as a line of JSON")
    given = arguments.parse_args()
    if not given.scores and (given.starting_tier or given.on):
        arguments.error("--starting-tier and --on need --scores")
    file = given.scores
    try:
        scores = read_scores(given.scores) if given.scores else None
        starting_tier = given.starting_tier or CONSULTING.entry_tier
        timeline = scores and tb.evaluate(scores, program=CONSULTING, starting_tier=starting_tier)
        file = given.record
        record = read_record(given.record)
        findings = tb.audit(record, timeline, as_of=given.on) if timeline else tb.audit_rows(record, program=CONSULTING)
    except SystemExit as error:  # from partner_report; the message names the file
        print(error, file=sys.stderr)
        return 2
    except (ValueError, LookupError, OSError, csv.Error) as error:
        print(f"{file}: {with_lines(error)}", file=sys.stderr)
        return 2
    for finding in findings:
        if given.json:
            print(json.dumps(finding.to_dict()))
        else:
            print(with_lines(finding), end="\n\n")
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
