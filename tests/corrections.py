"""Correct one published number at a time, and print the tests that fail: those that state the number.

python tests/corrections.py

Works on a copy of the last commit in a temporary directory. Name files of tbtier/programs/ to correct only those.
"""

import argparse
import ast
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FILES = ["isv", "consulting", "trailblazer", "scorecards"]
FACTS = '-m "not hypothesis" -k "not testing and not your-own"'
# By how much the numbers of an entry are corrected, in order, so that the entry is still valid.
STEPS = {"Threshold": {1: 50}, "AttritionBand": {0: 1, 1: -1, 2: 1}}
NAMED = {"maximum_score": 50, "review_minimum": 1}


class Correction(NamedTuple):
    """A piece of source text, and its replacement."""

    place: ast.expr
    text: str

    def applied_to(self, source: str) -> str:
        """Return the source with the replacement."""
        lines = source.splitlines(keepends=True)
        line = lines[self.place.lineno - 1]
        lines[self.place.lineno - 1] = line[: self.place.col_offset] + self.text + line[self.place.end_col_offset :]
        return "".join(lines)


def corrections_of(source: str) -> Iterator[Correction]:
    """Yield a correction of each threshold, maximum, start, end, band and minimum; a threshold of 0 cannot be another."""
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        for index, step in STEPS.get(getattr(call.func, "id", ""), {}).items():
            place = call.args[index]
            if isinstance(place, ast.Constant) and isinstance(place.value, int) and (place.value or index == 2):
                yield Correction(place, str(place.value + step))
        for argument in call.keywords:
            place = argument.value
            if argument.arg in NAMED:
                yield Correction(place, str(ast.literal_eval(place) + NAMED[argument.arg]))
            elif argument.arg == "start" and ast.literal_eval(place):
                # A quarter earlier.
                yield Correction(place, f'"FY{int(ast.literal_eval(place)[2:4]) - 1} Q4"')
            elif argument.arg == "on":
                yield Correction(place, re.sub(r"\d+\)", "2)", ast.unparse(place)))


def failures(folder: Path, options: str) -> list[str]:
    """Return the tests that fail in a folder, whose package is imported."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=no", *shlex.split(options)]
    done = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)
    if done.returncode > 1:
        raise RuntimeError(done.stdout + done.stderr)
    return sorted(line.partition(" - ")[0] for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR")))


def main() -> None:
    """Correct each number, run the tests, and print what fails."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="*", default=FILES, help="names in tbtier/programs/, without .py")
    arguments.add_argument("--only", default="", help="correct only the lines that have this text")
    arguments.add_argument("--pytest", default=FACTS, help="options of pytest; by default, without the drawn examples")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "copy"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)
        for path in (copy / "tbtier" / "programs" / f"{file}.py" for file in given.files):
            source = path.read_text("utf-8")
            for correction in corrections_of(source):
                line = source.splitlines()[correction.place.lineno - 1].strip()
                if given.only not in line:
                    continue
                path.write_text(correction.applied_to(source), "utf-8")
                failed = failures(copy, given.pytest)
                print(f"{len(failed)} fail with {correction.text} at {path.name}:{correction.place.lineno}, {line}")
                print(*(f"  {name}" for name in failed), sep="\n", flush=True)
            path.write_text(source, "utf-8")


if __name__ == "__main__":
    main()
