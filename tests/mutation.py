"""Change the core in small ways, one at a time, and print the changes that no test notices.

python -m pip install -e ".[test,mutation]" && python tests/mutation.py

Works on copies of the last commit in a temporary directory. Name files of tbtier/ to mutate only those.
What survives is listed with its reason in docs/contributing.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = [f"evaluation/{name}" for name in ("timeline", "schedule", "basis", "scores", "decisions", "explanations")]
FILES += [f"evaluation/{name}" for name in ("reasons", "periods", "diff")]
FILES += [f"rules/{name}" for name in ("program", "editions", "cycles", "tiers", "citations", "scorecards", "text")]
FILES += ["fiscal", "errors/__init__", "errors/checks", "errors/values"]
FILES += [f"planning/{name}" for name in ("plan", "outlook", "answers")]
FILES += [f"auditing/{name}" for name in ("audit", "records", "faults", "patterns", "findings", "cases")]
FILES += [f"scorecard/{name}" for name in ("activities", "showing", "amounts", "attrition", "cards", "stated")]
FILES += [f"reading/{name}" for name in ("cells", "sheets", "scores", "records")]
FILES += [f"frames/{name}" for name in ("rows", "problems", "results", "years", "decisions", "tables")]
# The quick ones first: most mutants do not live to see the others.
QUICK = [
    "worked_cases",
    "published_rules",
    "rules",
    "rule_data",
    "tiers",
    "basis",
    "timeline",
    "explanations",
    "planning",
    "outlook",
    "diff",
    "tables",
    "scorecard_worked_cases",
    "scorecard_cards",
    "scorecard_counting",
    "scorecard_attrition",
    "scorecard_refusals",
    "auditing",
    "audit_cases",
    "audit_habits",
    "audit_rows",
    "audit_faults",
    "audit_patterns",
    "reading_files",
    "reading_scores",
    "reading_rows",
    "reading_records",
    "frames",
]
THOROUGH = ["fiscal", "history", "errors", "laws_of_tiers", "laws_of_answers", "laws_of_time", "laws_of_values"]
THOROUGH += ["closed_form", "looking_ahead"]
# Unions in annotations, arithmetic that nobody would write, and order between things that have none.
LEFT_OUT = [
    "core/ReplaceBinaryOperator_BitOr_.*",
    "core/ReplaceBinaryOperator_.*_(Pow|LShift|RShift|BitAnd|BitOr|BitXor|Mod|Div)",
    "core/ReplaceBinaryOperator_(Add|Sub)_(Mul|FloorDiv)",
    "core/ReplaceComparisonOperator_(Is|IsNot)_(Lt|LtE|Gt|GtE|Eq|NotEq)",
    "core/ReplaceComparisonOperator_.*_(Is|IsNot)",
]
CONFIG = """
[cosmic-ray]
module-path = {paths}
timeout = 120.0
excluded-modules = []
test-command = "sh -c '{quick} && {thorough}'"
[cosmic-ray.distributor]
name = "local"
[cosmic-ray.filters.operators-filter]
exclude-operators = {left_out}
"""


def run(folder: Path, *command: str) -> str:
    """Run a command in a folder, so that the package there is imported, and return its output."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout


def survivors(folder: Path, files: list[str]) -> tuple[int, list[str]]:
    """Return how many mutants of some files were tried in a folder of their own, and the diffs of those that lived."""
    folder.mkdir()
    run(folder, "git", "clone", "-q", str(ROOT), "copy")
    copy = folder / "copy"
    pytest = f"{sys.executable} -m pytest -x -q -n 0 -p no:cacheprovider --hypothesis-profile=mutation"
    quick, thorough = (" ".join([pytest, *(f"tests/test_{name}.py" for name in names)]) for names in (QUICK, THOROUGH))
    paths = json.dumps([f"tbtier/{file}.py" for file in files])
    config = CONFIG.format(paths=paths, quick=quick, thorough=thorough, left_out=json.dumps(LEFT_OUT))
    (folder / "mutation.toml").write_text(config)
    tool = str(Path(sys.executable).with_name("cosmic-ray"))
    run(copy, tool, "init", "../mutation.toml", "../session.sqlite")
    run(copy, tool.replace("cosmic-ray", "cr-filter-operators"), "../session.sqlite", "../mutation.toml")
    run(copy, tool, "exec", "../mutation.toml", "../session.sqlite")
    results = [json.loads(line) for line in run(copy, tool, "dump", "../session.sqlite").splitlines()]
    tried = [result for _, result in results if result and result["worker_outcome"] == "normal"]
    return len(tried), [result["diff"] for result in tried if result["test_outcome"] == "survived"]


def main() -> None:
    """Divide the files among the jobs, run them, and print what lived."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="*", default=FILES, help="names in tbtier/, without .py")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many to run at once")
    given = arguments.parse_args()
    shares = [share for job in range(given.jobs) if (share := given.files[job :: given.jobs])]
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(given.jobs) as pool:
        folders = [Path(temporary) / str(job) for job in range(len(shares))]
        done = list(pool.map(survivors, folders, shares))
    for _, diffs in done:
        print(*diffs, sep="\n")
    tried, lived = sum(count for count, _ in done), sum(len(diffs) for _, diffs in done)
    print(f"{tried} mutants, {lived} survived")


if __name__ == "__main__":
    main()
