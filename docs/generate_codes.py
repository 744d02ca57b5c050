"""Write `codes.md` from `tbtier.auditing.codes`, and run the example of each code for its output.

python docs/generate_codes.py           writes the page
python docs/generate_codes.py --check   checks the page, and exits with 1 if it is out of date
"""

import ast
import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pages import write_or_check

from tbtier.auditing.codes import CODES, Code, Kind

PAGE = Path(__file__).with_name("codes.md")
WIDTH = 88

INTRODUCTION = """\
---
myst:
  html_meta:
    description: Every fault that an audit finds in a record of Salesforce partner tiers, with advice, the rule and an example.
tocdepth: 2
---

# The codes of findings

<!-- Written by docs/generate_codes.py from tbtier.auditing.codes. Change the data, not this page. -->

[`audit`](how-to/audit-a-record.md) gives each fault of a record a code.
A code never changes, so scripts can rely on it; the table says what to do.
If Salesforce shows a tier that is too low, open a case; correct every other fault in the record.
"""

EXAMPLE = """\
## The example

The example is a made-up partner with scores from FY24 to FY27.
On this page each row is text: its first day, its stop if it has one, and its tier.
"""

SETTING = """\
from datetime import date
import tbtier as tb
from tbtier.programs import CONSULTING, TRAILBLAZER
years = {
    2024: [310, 540, None, 430],
    2025: [260, 310, 300, 280],
    2026: [100, 790, 100, 100],
    2027: [260, 510, 300, 280],
}
scores = {}
for year, four in years.items():
    scores.update(zip(tb.FiscalYear(year).quarters, four))
timeline = tb.evaluate(scores, program=TRAILBLAZER, starting_tier="Base")
for period in timeline.periods:
    print(period.start, period.tier)
def audited(*rows, timeline=timeline):
    split = [row.split() for row in rows]
    record = [(*map(date.fromisoformat, days), tier) for *days, tier in split]
    for finding in tb.audit(record, timeline):
        print(finding)
"""

RISES = "2023-03-01 Base, 2023-06-01 Ridge, 2023-09-01 Crest"
FALLS = "2025-03-01 Ridge, 2025-09-01 Summit, 2027-03-01 Crest"

EXAMPLES = {
    "outside": f"2022-03-01 2023-03-01 Ridge, {RISES}, {FALLS}",
    "gap": f"2023-03-01 2023-06-01 Base, 2023-07-01 2023-09-01 Ridge, 2023-09-01 Crest, {FALLS}",
    "overlap": f"2023-03-01 2023-07-01 Base, 2023-06-01 2023-09-01 Ridge, 2023-09-01 Crest, {FALLS}",
    "early-rise": f"2023-03-01 Base, 2023-06-01 Ridge, 2023-08-01 Crest, {FALLS}",
    "late-rise": f"2023-03-01 Base, 2023-06-01 Ridge, 2023-09-05 Crest, {FALLS}",
    "early-fall": f"{RISES}, 2025-02-14 Ridge, 2025-09-01 Summit, 2027-03-01 Crest",
    "late-fall": f"{RISES}, 2025-03-05 Ridge, 2025-09-01 Summit, 2027-03-01 Crest",
    "missed-rise": f"2023-03-01 Base, 2023-06-01 Ridge, {FALLS}",
    "unearned-rise": f"{RISES}, 2024-09-01 Summit, {FALLS}",
    "fall-inside-year": f"{RISES}, 2024-06-01 Ridge, {FALLS}",
    "no-evaluation": f"{RISES}, 2024-10-15 Summit, {FALLS}",
    "start-too-low": f"{RISES}, 2025-03-01 Base, 2025-09-01 Summit, 2027-03-01 Crest",
    "start-too-high": f"{RISES}, 2025-03-01 Summit, 2027-03-01 Crest",
    "start-held": f"{RISES}, 2025-09-01 Summit, 2027-03-01 Crest",
    "start-final-quarter": f"{RISES}, 2024-03-01 Ridge, 2025-09-01 Summit, 2027-03-01 Crest",
    "wrong-tier": f"2023-03-01 Ridge, 2023-09-01 Crest, {FALLS}",
    "last-days": f"2023-03-01 2023-05-31 Base, 2023-06-01 2023-08-31 Ridge, 2023-09-01 Crest, {FALLS}",
    "year-off": "2023-03-01 Crest, 2024-03-01 Ridge, 2024-09-01 Summit, 2026-03-01 Crest",
    "february": f"{RISES}, 2025-02-01 Ridge, 2025-09-01 Summit, 2027-02-01 Crest",
    "no-review": "2023-03-01 Base, 2023-05-01 Ridge, 2023-08-01 Crest, 2025-02-01 Ridge, 2025-08-01 Summit, 2027-02-01 Crest",
    "notification-dates": "2023-03-01 Base, 2023-06-06 Ridge, 2023-09-05 Crest, 2025-03-04 Ridge, 2025-09-01 Summit, "
    "2027-03-01 Crest",
    "march-only": "2023-03-01 Base, 2024-03-01 Crest, 2025-03-01 Ridge, 2026-03-01 Summit, 2027-03-01 Crest",
    "final-quarter-only": f"{RISES}, 2024-03-01 Ridge, 2025-09-01 Summit, 2026-03-01 Base, 2026-06-01 Ridge, 2026-09-01 Crest, "
    "2027-03-01 Ridge",
    "never-falls": f"{RISES}, 2025-09-01 Summit",
}
"""A record with one fault, by the code of the fault; commas separate the rows."""

RIGHT = f"{RISES}, {FALLS}"

GOLDEN = """\
golden = dict(zip(tb.FiscalYear(2020).quarters, [460, 710, 100, 460]))
golden["FY21 Q1"] = 100
consulting = tb.evaluate(golden, program=CONSULTING, starting_tier="Provisional")
"""


def call(record: str, *others: str) -> str:
    """Return the statement that audits a record, on one line, or on several if it is long."""
    arguments = [*(f'"{row}"' for row in record.split(", ")), *others]
    line = f"audited({', '.join(arguments)})"
    return line if len(line) <= WIDTH else "\n".join(["audited(", *(f"    {one}," for one in arguments), ")"])


def source_of(code: Code) -> str:
    """Return the statements that show a code."""
    if code.id == "other-edition":
        record = "2019-03-01 Provisional, 2019-06-01 Silver, 2019-09-01 Gold, 2020-03-01 Silver"
        return GOLDEN + call(record, "timeline=consulting")
    return call(EXAMPLES[code.id])


def session(source: str, names: dict[str, Any]) -> str:
    """Return an interactive session: some statements, each with its output."""
    lines: list[str] = []
    for statement in ast.parse(source).body:
        text = ast.get_source_segment(source, statement) or ""
        first, *others = text.splitlines()
        lines += [f">>> {first}", *(f"... {line}" for line in others)]
        with contextlib.redirect_stdout(io.StringIO()) as shown:
            exec(compile(ast.Module([statement], []), PAGE.name, "exec"), names)
        lines += shown.getvalue().splitlines()
    return "```pycon\n" + "\n".join(lines) + "\n```\n"


def entry(code: Code, names: dict[str, Any]) -> str:
    """Return the section about a code, with its example."""
    shown = session(source_of(code), names)
    if shown.count(f": {code.id}") != 1:
        raise SystemExit(f"the example of {code.id} does not show it:\n{shown}")
    sentences = (f"{text[0].upper()}{text[1:]}." for text in (code.meaning, code.advice))
    return (
        f"### {code.id}\n\n"
        + "\n".join([*sentences, f"The rule is [{code.rule}](rules.md#{str(code.rule).lower()})."])
        + f"\n\n{shown}"
    )


def overview() -> str:
    """Return all codes in a table."""
    rows = [f"| [{code.id}](#{code.id}) | {code.meaning} | {code.advice} |" for code in CODES.values()]
    return "\n".join(["| code | what is wrong | what to do |", "|---|---|---|", *rows]) + "\n"


def parts() -> Iterator[str]:
    """Yield the parts of the page."""
    names: dict[str, Any] = {}
    yield INTRODUCTION
    yield overview()
    yield EXAMPLE
    yield session(SETTING + call(RIGHT), names)
    yield "A right record has no findings, so the last call prints nothing.\n"
    for kind in Kind:
        yield f"## {kind.value[0].upper()}{kind.value[1:]}\n"
        for code in CODES.values():
            if code.kind is kind:
                yield entry(code, names)


if __name__ == "__main__":
    write_or_check(PAGE, "\n".join(parts()), str(__doc__), __file__)
