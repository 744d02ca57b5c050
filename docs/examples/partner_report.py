"""Print a consulting partner's tiers from a CSV of quarters and scores, and the reasons and the outlook as of one day.

python partner_report.py made_up_partner.csv 2025-02-14
"""

import argparse
import csv
from datetime import date
from pathlib import Path

import tbtier as tb
from tbtier.programs import CONSULTING


def read_row(line: str) -> tuple[tb.FiscalQuarter, int | None]:
    """Return the quarter and the score of one row; an empty score means that the quarter was not scored."""
    cells = [cell.strip() for cell in next(csv.reader([line]))]
    if len(cells) != 2:
        raise ValueError(f"a row must have a quarter and a score, got {len(cells)} cells")
    quarter, score = tb.FiscalQuarter.parse(cells[0]), cells[1]
    if not score:
        return quarter, None
    if not (score.isascii() and score.isdigit()):
        raise ValueError(f"the score of {quarter} must be a whole number or empty, got {score!r}")
    CONSULTING.tier_for(int(score), quarter)  # rejects a score above the maximum here, where the line is known
    return quarter, int(score)


def read_scores(path: Path) -> tb.ScoreHistory:
    """Return the scores in a file with the columns quarter and score; lines that begin with # are skipped."""
    scores = tb.ScoreHistory()
    with path.open(encoding="utf-8-sig", newline="") as file:
        numbered = ((number, line) for number, line in enumerate(file, start=1) if line.strip() and line[0] != "#")
        header = next(csv.reader(line for _, line in numbered), [])
        if header != ["quarter", "score"]:
            raise SystemExit(f"{path}: the columns must be quarter,score, got {','.join(header)}")
        for number, line in numbered:
            try:
                scores = tb.ScoreHistory([*scores.items(), read_row(line)])
            except (ValueError, LookupError) as error:
                raise SystemExit(f"{path}:{number}: {error}") from error
    return scores


def main() -> None:
    """Read the arguments, and print the report."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("scores", type=Path, help="a CSV with the columns quarter and score")
    arguments.add_argument("day", type=date.fromisoformat, help="the day to explain, such as 2025-02-14")
    arguments.add_argument("--starting-tier", type=tb.Tier, default=CONSULTING.entry_tier, help="the tier on the first day")
    given = arguments.parse_args()
    try:
        timeline = tb.evaluate(read_scores(given.scores), program=CONSULTING, starting_tier=given.starting_tier)
        print(timeline, timeline.explain(given.day), tb.outlook(timeline, as_of=given.day), sep="\n\n")
    except (tb.errors.TbtierError, OSError) as error:
        raise SystemExit(f"{given.scores}: {error}") from error


if __name__ == "__main__":
    main()
