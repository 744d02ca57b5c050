"""The scripts of the documentation as their users run them, with the published numbers of the consulting program."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs" / "examples"


def report(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the example script from the root, as the README does."""
    command = [sys.executable, "docs/examples/partner_report.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_report_shows_a_made_up_partner() -> None:
    """By the published numbers from FY24 on, the report shows rises, a renewal, a fall and an unscored quarter."""
    done = report("docs/examples/made_up_partner.csv", "2025-02-14")
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith(
        """\
CONSULTING from 2023-03-01 to 2026-02-28
from        tier         quarter  score  earned
2023-03-01  Provisional  -            -  -            starting tier
2023-06-01  Ridge        FY24 Q1    310  Ridge*       promoted
2023-09-01  Crest        FY24 Q2    520  Crest*       promoted
2023-12-01  Crest        FY24 Q3    480  Ridge*       unchanged
2024-03-01  Crest        FY24 Q4    430  Ridge*       renewed*
2024-06-01  Crest        FY25 Q1    260  Ridge*       unchanged
2024-09-01  Crest        FY25 Q2      -  not scored*  unchanged
2024-12-01  Crest        FY25 Q3    410  Ridge*       unchanged
2025-03-01  Ridge        FY25 Q4    455  Ridge*       downgraded*
2025-06-01  Ridge        FY26 Q1    300  Ridge*       unchanged
2025-09-01  Crest        FY26 Q2    610  Crest*       promoted
2025-12-01  Summit       FY26 Q3    790  Summit*      promoted
* inferred, not published

Crest on 2025-02-14 (CONSULTING, PY25)
"""
    )
    assert "   FY25 Q4  455  Ridge, 250* to 499*  takes effect on 2025-03-01, after this day (R4)" in done.stdout
    assert done.stdout.endswith(
        """\

CONSULTING on 2025-02-14 (FY26 Q1, PY25): Crest* is held, and falls on 2025-03-01
pending  2025-03-01: Crest to Ridge, downgraded* (FY25 Q4)
renewal  2025-03-01: Crest* falls to Ridge*
no open quarter takes effect by 2025-03-01; renews_on=datetime.date(2026, 3, 1) looks at the renewal after it

tier         on 2025-03-01  score  quarter  closes
Provisional  secured*
Base         secured*              FY25 Q1
Ridge        secured*              FY25 Q1
Crest        impossible*
Summit       impossible*
* inferred, not published
"""
    )


def test_the_calendar_has_the_dates_of_a_year() -> None:
    """The file has one event for each closing day, effective date and notification, up to the end of the program."""
    command = [sys.executable, "docs/examples/evaluation_calendar.py"]
    done = subprocess.run([*command, "FY25"], capture_output=True, check=False, cwd=ROOT)
    assert (0, b"") == (done.returncode, done.stderr)
    events = {str(event["uid"]): event for event in Calendar.from_ical(done.stdout).walk("VEVENT")}
    assert 12 == len(events)
    assert date(2025, 3, 1) == events["FY25-Q4-takes-effect@tbtier.example"]["dtstart"].dt
    assert date(2025, 3, 2) == events["FY25-Q4-takes-effect@tbtier.example"]["dtend"].dt
    assert date(2024, 4, 30) == events["FY25-Q1-closes@tbtier.example"]["dtstart"].dt
    assert date(2024, 9, 7) == events["FY25-Q2-notified@tbtier.example"]["dtstart"].dt
    refused = subprocess.run([*command, "FY26"], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (1, "") == (refused.returncode, refused.stdout)
    assert refused.stderr.startswith("CONSULTING does not evaluate FY26 Q4: it ended on 2026-03-01")


def test_the_report_takes_a_starting_tier() -> None:
    """The starting tier is an argument, which may be a label, and any other name is refused."""
    done = report("docs/examples/made_up_partner.csv", "2023-04-01", "--starting-tier", "Crest")
    assert "Crest on 2023-04-01 (CONSULTING, PY24)" in done.stdout
    done = report("docs/examples/made_up_partner.csv", "2023-04-01", "--starting-tier", "gold")
    assert "Crest on 2023-04-01 (CONSULTING, PY24)" in done.stdout
    done = report("docs/examples/made_up_partner.csv", "2023-04-01", "--starting-tier", "Krest")
    assert 1 == done.returncode
    assert "'Krest' is not the name of one tier: write it as Provisional or Base" in done.stderr


def test_the_report_goes_on_past_the_end(tmp_path: Path) -> None:
    """With `--model`, the published rules of one quarter hold for all time; the columns may have any headers."""
    path = tmp_path / "scores.csv"
    path.write_text('Fiscal Period,Points\nFY26 Q1,310.0\nFY26 Q2,N/A\nFY26 Q3,520\nQ4 FY26,430\nFY27 Q1,"1,000"\n')
    columns = ("--quarter", "fiscal period", "--score", "POINTS")
    done = report(str(path), "2026-06-01", *columns, "--model", "FY26 Q3")
    assert (0, "") == (done.returncode, done.stderr)
    assert "2026-06-01  Summit       FY27 Q1   1000  Summit*      promoted" in done.stdout
    done = report(str(path), "2026-06-01", *columns)
    assert (1, 2) == (done.returncode, len(done.stderr.splitlines()))
    assert f"{path}:5: CONSULTING does not evaluate FY26 Q4" in done.stderr
    assert f"{path}:6: CONSULTING does not evaluate FY27 Q1" in done.stderr


def test_the_sample_says_that_it_is_made_up() -> None:
    """Each sample says in its last line, or in its headers, that it is made up."""
    samples = sorted(EXAMPLES.glob("*.csv"))
    assert 6 == len(samples)
    for sample in samples:
        first, *_, last = sample.read_text("utf-8").splitlines()
        assert "made up" in (first + last).lower()


def test_the_script_is_short() -> None:
    """The report script has at most 60 lines."""
    assert 60 >= len((EXAMPLES / "partner_report.py").read_text().splitlines())


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            "quarter,score\nFY24 Q1,310\nFY24 Q2,1200\n",
            ":3: the score of FY24 Q2 must be a whole number from 0 to 1000, got 1200",
        ),
        ("quarter,score\n# note\n\nFY24 Q1,310\nFY24+Q2,1\n", ":5: 'FY24+Q2' is not a fiscal quarter: write it as FY24 Q1"),
        ("quarter,score\nFY24 Q1,31x\n", ":2: '31x' is not a score: write it as 310 or 1,020"),
        ("quarter,score\nFY24 Q1,310.5\n", ":2: '310.5' is not a score: write it as 310 or 1,020"),
        ("quarter,score\nFY24 Q1,-5\n", ":2: '-5' is not a score: write it as 310 or 1,020"),
        ("quarter,score\nFY24 Q1,310,7\n", ":2: the cells without a header must be empty, got ['7']"),
        (
            "quarter,score\nFY24 Q1,310\nFY24 Q1,320\n",
            ":3: the score of FY24 Q1 must be one value in rows 2, 3, got 310 and 320",
        ),
        ("quarter,score\nFY18 Q1,310\n", ":2: the rules of CONSULTING for FY18 Q1 are not known"),
        ("quarter,score\nFY26 Q4,310\n", ":2: CONSULTING does not evaluate FY26 Q4: it ended on 2026-03-01"),
        ("quarter,score\nFY24 Q1,310\nFY24 Q3,310\n", ": no score is given for FY24 Q2"),
        (
            "quarter;score\nFY24 Q1;310\n",
            ":2: the number of columns named 'quarter' must be 1, got 0: the headers are 'quarter;score'",
        ),
        ("", ": no score is given for any quarter"),
        ("quarter,score\n", ": no score is given for any quarter"),
        ("quarter,score\nFY24 Q1,310\n", ": 2025-02-14 is outside the timeline [2023-03-01, 2023-09-01)"),
    ],
)
def test_the_report_answers_a_bad_row(rows: str, message: str, tmp_path: Path) -> None:
    """The report prints the file, the line and the reason, with the published maximum and years, and no traceback."""
    path = tmp_path / "scores.csv"
    path.write_text(rows)
    done = report(str(path), "2025-02-14")
    assert 1 == done.returncode
    assert f"{path}{message}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_report_reads_what_spreadsheets_write(encoding: str, tmp_path: Path) -> None:
    """A byte order mark, other line ends, quotes and blanks do no harm to scores, and the published numbers apply."""
    path = tmp_path / "scores.csv"
    path.write_bytes('quarter,score\r\n"FY24 Q1", 310 \r\nQ2 FY24,\r\n'.encode(encoding))
    done = report(str(path), "2023-10-01")
    assert "" == done.stderr
    assert "2023-06-01  Ridge        FY24 Q1    310  Ridge*       promoted" in done.stdout
    assert "Ridge on 2023-10-01" in done.stdout


def test_a_file_that_is_not_there_is_said() -> None:
    """The report names a missing file."""
    done = report("nowhere.csv", "2025-02-14")
    assert (1, "nowhere.csv: [Errno 2] No such file or directory: 'nowhere.csv'\n") == (done.returncode, done.stderr)


def audit(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script that audits a record."""
    command = [sys.executable, "docs/examples/audit_record.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


MADE_UP_RECORD = ("docs/examples/made_up_record.csv", "--scores", "docs/examples/made_up_partner.csv")


def test_the_audit_finds_what_is_wrong_in_a_made_up_record() -> None:
    """Each fault by the published numbers has its lines in the output, and the exit code is 1."""
    done = audit(*MADE_UP_RECORD)
    assert (1, "") == (done.returncode, done.stderr)
    codes = ["2023-08-01 to 2023-08-31: early-rise", "2025-03-01 to 2025-08-31: start-held"]
    codes += ["2025-12-01 to 2025-12-03: late-rise", "2026-03-01: outside"]
    paragraphs = done.stdout.strip().split("\n\n")
    assert codes == [": ".join(paragraph.split(": ")[:2]).split("\n")[0] for paragraph in paragraphs]
    rows = [re.findall(r"rows\[\d\]", paragraph)[0] for paragraph in paragraphs]
    assert ["rows[4]", "rows[5]", "rows[5]", "rows[7]"] == rows
    one_day = audit(*MADE_UP_RECORD, "--on", "2023-08-15", "--starting-tier", "Provisional")
    assert ["early-rise", "outside"] == re.findall(r"^\S+(?: to \S+)?: ([a-z-]+)", one_day.stdout, re.MULTILINE)


def test_the_audit_prints_json_lines() -> None:
    """Each finding is a JSON object on one line, with the lines of the file."""
    done = audit(*MADE_UP_RECORD, "--json")
    assert 1 == done.returncode
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["early-rise", "start-held", "late-rise", "outside"] == [finding["code"] for finding in findings]
    assert [[4], [5], [5], [7]] == [finding["rows"] for finding in findings]
    assert {"tbtier.finding/1"} == {finding["format"] for finding in findings}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_audit_of_a_right_record_is_silent(encoding: str, tmp_path: Path) -> None:
    """A record that is right by the published numbers has no output, whatever its order, labels, blanks and quotes."""
    path = tmp_path / "record.csv"
    rows = ["tier, start,stop", "Gold,2023-09-01, 2024-03-01", '"Silver" ,2023-06-01,', "", "# a note", "Crest,2024-03-01,"]
    rows += ["Provisional,2023-03-01,2023-06-01", "Silver,2023-06-01,"]
    path.write_bytes("\r\n".join(rows).encode(encoding))
    done = audit(str(path), *MADE_UP_RECORD[1:], "--on", "2025-02-14")
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
    done = audit(str(path))
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)


def test_the_audit_without_scores() -> None:
    """Without scores the audit checks the rows alone."""
    done = audit(MADE_UP_RECORD[0])
    assert 1 == done.returncode
    assert ["no-evaluation", "no-evaluation", "outside"] == re.findall(r": ([a-z-]+)(?::|$)", done.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("start,tier\n2023-03-01,Base\n2023-06-31,Ridge\n", ":3: '2023-06-31' is not a date"),
        ("start,tier\n2023-03-01,Base\n01.06.2023,Ridge\n", ":3: '01.06.2023' is not a clear date: write it as 2023-01-06 or"),
        ("start,tier\n,Base\n", ":2: '' is not a date"),
        ("start,tier\n2023-03-01,Base\n\n2023-06-01,Krest\n", ":4: 'Krest' is not the name of one tier: write it as"),
        ("start,tier\n2023-03-01,\n", ":2: '' is not the name of one tier"),
        ("start,tier\n2023-03-01,Base,1\n", ":2: the cells without a header must be empty, got ['1']"),
        (
            "day,tier\n2023-03-01,Base\n",
            ":2: the number of columns named 'start' must be 1, got 0: the headers are 'day', 'tier'",
        ),
        ("start,stop,tier\n2023-03-01,2023-03-01,Base\n", ":2: the stop of row 2 must be after its first day, 2023-03-01"),
        ("", ": there are no rows"),
        ("start,tier\n", ": there are no rows"),
        (f"start,tier\n2023-03-01,{'x' * 200_000}\n", ": field larger than field limit"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_audit_answers_a_bad_row(rows: str, message: str, tmp_path: Path) -> None:
    """The audit prints the file, the line and the reason, with an exit code of 2 and no traceback."""
    path = tmp_path / "record.csv"
    path.write_text(rows)
    done = audit(str(path))
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith(f"{path}{message}")
    assert "Traceback" not in done.stderr


def test_the_audit_says_which_file_is_wrong(tmp_path: Path) -> None:
    """The audit names a missing file, and a file with bad scores, such as one above the published maximum."""
    missing = audit("nowhere.csv")
    assert (2, "nowhere.csv: [Errno 2] No such file or directory: 'nowhere.csv'\n") == (missing.returncode, missing.stderr)
    path = tmp_path / "scores.csv"
    path.write_text("quarter,score\nFY24 Q1,310\nFY24 Q2,1200\n")
    done = audit(MADE_UP_RECORD[0], "--scores", str(path))
    assert 2 == done.returncode
    assert done.stderr.startswith(f"{path}:3: the score of FY24 Q2 must be a whole number from 0 to 1000, got 1200")
    path.write_text("quarter,score\nFY24 Q1,310\nFY24 Q3,120\n")
    done = audit(MADE_UP_RECORD[0], "--scores", str(path))
    assert (2, f"{path}: no score is given for FY24 Q2") == (done.returncode, done.stderr.partition(": give")[0])
    done = audit(MADE_UP_RECORD[0], "--on", "2024-01-01")
    assert 2 == done.returncode
    assert "--starting-tier and --on need --scores" in done.stderr
