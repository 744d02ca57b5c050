"""Print a consulting partner's tiers from a CSV of scores, and explain one day, with the outlook as of that day.

python partner_report.py made_up_partner.csv 2025-02-14
"""

import argparse
import csv
from datetime import date
from pathlib import Path

import tbtier as tb
from tbtier.programs import CONSULTING
from tbtier.reading import Problem, read_scores


def rows_of(path: Path) -> "csv.DictReader[str]":
    """Return the rows of a CSV, whose first line has the headers; lines that begin with # are notes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return csv.DictReader(["\n" if line.startswith("#") else line for line in file])


def in_file(path: Path, problems: tuple[Problem, ...]) -> str:
    """Return one line for each problem, which begins with the file and the line."""
    return "\n".join(f"{path}:{problem.row}: {problem.error}" for problem in problems)


def main() -> None:
    """Read the arguments, and print the report, or all problems of the file."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("scores", type=Path, help="a CSV with a quarter and its score in each row")
    arguments.add_argument("day", type=date.fromisoformat, help="the day to explain, such as 2025-02-14")
    arguments.add_argument("--quarter", default="quarter", help="the header of the quarters; 'quarter' by default")
    arguments.add_argument("--score", default="score", help="the header of the scores; 'score' by default")
    arguments.add_argument("--starting-tier", default=CONSULTING.entry_tier, help="the tier on the first day")
    arguments.add_argument("--model", help="a quarter whose rules apply for all time, even after the program's end")
    given = arguments.parse_args()
    try:
        program = CONSULTING.with_edition_of(given.model) if given.model else CONSULTING
        read = read_scores(rows_of(given.scores), quarter=given.quarter, score=given.score, program=program, blank=None)
        if read.problems:
            raise SystemExit(in_file(given.scores, read.problems))
        history, tier = read.histories.get("", tb.ScoreHistory()), CONSULTING.tier_named(given.starting_tier)
        timeline = tb.evaluate(history, program=program, starting_tier=tier)
        print(timeline, timeline.explain(given.day), tb.outlook(timeline, as_of=given.day), sep="\n\n")
    except (tb.errors.TbtierError, OSError, UnicodeError, csv.Error) as error:
        raise SystemExit(f"{given.scores}: {error}") from error


if __name__ == "__main__":
    main()
