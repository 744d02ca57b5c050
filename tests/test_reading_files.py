"""The messy files of the documentation, with answers worked out by hand, and the short script that reads them."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tbtier import ScoreHistory, Tier, errors
from tbtier.programs import CONSULTING
from tbtier.reading import PartnerRecords, PartnerScores, read_records, read_scores

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
FOOTER = "Made up by hand for the documentation of tbtier"


def rows_of(name: str, delimiter: str = ",") -> Iterator[dict[str, str]]:
    """Return the rows of a file from a reader that knows their lines."""
    return csv.DictReader(io.StringIO((EXAMPLES / name).read_text("utf-8"), newline=""), delimiter=delimiter)


@pytest.fixture
def scores() -> PartnerScores:
    """The long file, read with the maximum of the published editions."""
    columns = {"partner": "account name", "region": "region", "quarter": "fiscal quarter", "score": "trailblazer score"}
    return read_scores(rows_of("made_up_scores.csv"), **columns, program=CONSULTING, blank=None)


def test_the_long_file_has_these_scores(scores: PartnerScores) -> None:
    """Partners come in the order of the file, and each has the highest score of its regions."""
    assert list(scores.histories.items()) == [
        ("Blue Anchor", ScoreHistory({"FY25 Q1": 310, "FY25 Q2": 540, "FY25 Q3": 480})),
        ("Copper Kettle", ScoreHistory({"FY25 Q1": 260, "FY25 Q2": 275, "FY25 Q3": 240})),
        ("Drift & Daughters", ScoreHistory({"FY25 Q1": 505, "FY25 Q2": None, "FY25 Q3": 620})),
        ("Elm Street", ScoreHistory({"FY25 Q1": 1000, "FY25 Q3": 640})),
        ("Hill House", ScoreHistory({"FY25 Q2": 455})),
    ]


def test_the_long_file_has_these_regions(scores: PartnerScores) -> None:
    """A region keeps every score that could be read."""
    assert scores.regions["Blue Anchor"] == {
        "EMEA": ScoreHistory({"FY25 Q1": 310, "FY25 Q2": 540, "FY25 Q3": 480}),
        "NA": ScoreHistory({"FY25 Q1": None, "FY25 Q2": 260, "FY25 Q3": None}),
    }
    assert scores.regions["Hill House"] == {
        "EMEA": ScoreHistory({"FY25 Q1": 410, "FY25 Q2": 430}),
        "NA": ScoreHistory({"FY25 Q2": 455}),
    }


def test_the_long_file_has_these_problems(scores: PartnerScores) -> None:
    """Every row that is in no history is a problem with its line, column, value and partner; row 28 is empty."""
    quarter, points = "fiscal quarter", "trailblazer score"
    expected = [
        (15, quarter, "2024Q2", "Elm Street", errors.ParseError),
        (17, points, "310", "Fern & Oak", errors.ScoreError),
        (18, points, "320", "Fern & Oak", errors.ScoreError),
        (19, points, "1,020", "Fern & Oak", errors.ScoreError),
        (20, None, None, "Fern & Oak", errors.RangeError),
        (21, points, "1.020", "Glass Harbour", errors.ParseError),
        (22, points, "#REF!", "Glass Harbour", errors.ParseError),
        (23, points, "249.5", "Glass Harbour", errors.ParseError),
        (24, points, "410", "Hill House", errors.MissingScoreError),
        (27, "account name", "", None, errors.RangeError),
        (29, "region", "", FOOTER, errors.RangeError),
        (29, quarter, "", FOOTER, errors.ParseError),
    ]
    actual = [(one.row, one.column, one.value if one.column else None, one.partner, type(one.error)) for one in scores.problems]
    assert expected == actual


def test_the_wide_file_has_these_scores_and_problems() -> None:
    """A column headed by a quarter has scores; a column whose header only looks like a quarter has problems."""
    read = read_scores(rows_of("made_up_sheet.csv", ";"), partner="partner", program=CONSULTING, blank=None)
    assert read.histories == {
        "Blue Anchor": ScoreHistory({"FY25 Q1": 310, "FY25 Q2": 540, "FY25 Q3": 480}),
        "Copper Kettle": ScoreHistory({"FY25 Q1": 260, "FY25 Q2": 275, "FY25 Q3": None}),
        "Drift & Daughters": ScoreHistory({"FY25 Q1": 505, "FY25 Q2": None, "FY25 Q3": 620}),
        "Elm Street": ScoreHistory({"FY25 Q1": 1000, "FY25 Q2": 700}),
    }
    problems = [(problem.row, problem.column, problem.value) for problem in read.problems]
    assert [(4, "FY25 Q5", "1"), (5, "Q3 FY25", "six hundred")] == problems


@pytest.fixture
def record() -> PartnerRecords:
    """The file of the CRM, read with the published labels."""
    columns = {"partner": "account name", "start": "valid from", "stop": "valid to", "tier": "level"}
    return read_records(rows_of("made_up_crm.csv"), **columns, program=CONSULTING, date_format="%m/%d/%Y")


def test_the_crm_has_these_records(record: PartnerRecords) -> None:
    """Each row keeps the number of its line."""
    march_1, november_1, december_1 = date(2024, 3, 1), date(2024, 11, 1), date(2024, 12, 1)
    assert record.records == {
        "Blue Anchor": {2: (march_1, None, Tier.SUMMIT)},
        "Copper Kettle": {3: (march_1, november_1, Tier.CREST), 4: (november_1, None, Tier.RIDGE)},
        "Drift & Daughters": {5: (december_1, None, Tier.CREST), 6: (march_1, december_1, Tier.RIDGE)},
        "Hill House": {12: (date(2024, 6, 1), None, Tier.RIDGE)},
    }


def test_the_crm_has_these_problems(record: PartnerRecords) -> None:
    """Every row that is in no record is a problem."""
    expected = [
        (7, "level", "Diamond"),
        (8, "valid from", "2/30/2024"),
        (9, "valid from", "13/4/2024"),
        (10, "valid from", "2024-03-01"),
        (11, None, {"Account Name": "Hill House", "Valid From": "3/1/2024", "Valid To": "3/1/2024", "Level": "Base"}),
        (13, "valid from", ""),
        (13, "level", ""),
    ]
    assert expected == [(problem.row, problem.column, problem.value) for problem in record.problems]


def test_the_script_is_short_and_runs() -> None:
    """A script of at most 25 lines reads both exports, and prints problems, risks and faults."""
    script = EXAMPLES / "partners_at_risk.py"
    assert 25 >= len([line for line in script.read_text("utf-8").splitlines() if line])
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    lines = done.stdout.splitlines()
    assert 19 == len([line for line in lines if line.startswith("row ")])
    assert "2024-11-01 to 2024-11-20: fall-inside-year: Crest expected, Ridge observed" in lines
    partners = [previous + line.partition(" on ")[0] for previous, line in pairwise(lines) if not previous]
    assert partners == [
        "Blue Anchor: at least Summit",
        "Copper Kettle: at least Crest",
        "Drift & Daughters: no tier is at risk",
        "Elm Street: starting_tier must be a Tier or its name, got None",
        "Hill House: starting_tier must be a Tier or its name, got None",
    ]
