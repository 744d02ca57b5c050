"""Make the mistakes that people make, one at a time, and print those that no test notices.

python -m pip install -e ".[test]" && python tests/mutation.py evaluation planning

Tries the rooms that the command line names, by default all, as they are in the last commit.
What was tried is kept in `.mutation/`: a run that was stopped goes on where it was, and the run of another commit begins with
the tests that noticed a mutant before.
With `--table`, prints the mutants that are alive, the numbers of each room, and the reasons of the equivalent ones.
Needs Python 3.12 or later, and a system that can fork.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import time
import tomllib
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from functools import partial
from importlib import import_module
from itertools import accumulate
from pathlib import Path

from attempts import Host, Lines, Test, answer_of, imported, in_child
from mutants import Mutant, mutants
from slips import Names

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".mutation"
EQUIVALENT = Path(__file__).with_name("equivalent")  # a file for each room
PRELOADED = "numpy pandas pyarrow.parquet polars duckdb pydantic jsonschema matplotlib.pyplot narwhals.stable.v2 cattrs"
PRELOADED += " icalendar freezegun fastapi.testclient tqdm xdist attrs dateutil.relativedelta sybil.parsers.myst"
PRELOADED += " hypothesis.strategies hypothesis.stateful hypothesis.extra.numpy hypothesis.internal.conjecture.engine"
Limits = tuple[float, float]
QUICK = 0.1, 3.0  # seconds of a test that is tried on each mutant, and of all that are
ALL = 2.0, 300.0  # the same for each mutant that is alive then
FEW = 12  # likely tests


def order(mutant: Mutant, tests: list[Test], before: Lines, noticed: Counter[str]) -> list[Test]:
    """Return the tests that can notice a mutant, the likely ones first; any test can, if its lines are run before the first."""
    room = room_of(mutant.module)
    likely = {test.id for test in tests if not test.lines.get(mutant.module, frozenset()).isdisjoint(mutant.lines)}
    if mutant.is_in_function and before.get(mutant.module, frozenset()).isdisjoint(mutant.lines):
        tests = [test for test in tests if test.id in likely]
    return sorted(tests, key=lambda test: (-noticed[test.id], test.id not in likely, room not in test.id, test.seconds))


class Run:
    """The mutants of some rooms, and what became of them."""

    def __init__(self, rooms: list[str], jobs: int, part: float) -> None:
        self.rooms, self.jobs, self.part = rooms, jobs, part
        self.commit = git("rev-parse", "--short=12", "HEAD")
        self.folder = KEPT / self.commit
        self.log = KEPT / "tried.jsonl"
        KEPT.mkdir(exist_ok=True)
        self.hints: dict[tuple[str, str], str] = {}
        self.tried: dict[tuple[str, str], str | None] = {}
        self.thorough: set[tuple[str, str]] = set()
        self.read()
        given = [one for file in sorted(EQUIVALENT.glob("*.toml")) for one in tomllib.loads(file.read_text())["equivalent"]]
        self.reasons = {tuple(name.split(" ", 1)): one["reason"] for one in given for name in one["mutants"]}

    def read(self) -> None:
        """Read what was tried before; other commits say which test may notice a mutant."""
        for line in self.log.read_text().splitlines() if self.log.exists() else ():
            one = json.loads(line)
            if one["by"] and "::" in one["by"]:
                self.hints[one["module"], one["name"]] = one["by"]
            if one["commit"] == self.commit:
                self.tried[one["module"], one["name"]] = one["by"]
                if one["thorough"]:
                    self.thorough.add((one["module"], one["name"]))

    def prepare(self) -> None:
        """Check out the commit, and import what the tests need, but not the package."""
        if not self.folder.exists():
            git("clone", "-q", str(ROOT), str(self.folder))
        os.chdir(self.folder)
        os.environ.pop("CI", None)
        sys.path[:] = [str(self.folder), *(path for path in sys.path if Path(path) not in (ROOT, ROOT / "tests"))]
        for name in PRELOADED.split():
            import_module(name)
        assert not any(name.split(".")[0] == "tbtier" for name in sys.modules)
        package = self.folder / "tbtier"
        names = Names.of(package)
        files = {str(file.relative_to(package)): file for file in sorted(package.rglob("*.py"))}
        in_rooms = {module: file for module, file in files.items() if room_of(module) in self.rooms}
        self.mutants = [one for module, file in in_rooms.items() for one in mutants(module, file.read_bytes(), names)]
        gc.freeze()

    def waiting(self, *, in_functions: bool) -> list[Mutant]:
        """Return the mutants that were not tried."""
        untried = [one for one in self.mutants if (one.module, one.name) not in self.tried]
        return [one for one in untried[:: round(1 / self.part)] if one.is_in_function is in_functions]

    def tests(self) -> tuple[list[Test], Lines]:
        """Return all tests, and the lines that are run before the first."""
        survey = json.loads((self.folder / "survey.json").read_text())
        return [Test(one["id"], one["seconds"], in_sets(one["lines"])) for one in survey["tests"]], in_sets(survey["before"])

    def try_functions(self, host: Host) -> None:
        """Try the mutants of functions, where all tests are collected."""
        if not (self.folder / "survey.json").exists():
            status, found = answer_of(in_child(host.survey, 3600, self.folder), self.folder)
            if status:
                raise SystemExit("a test fails without a mistake too")
            (self.folder / "survey.json").write_text(json.dumps(found))
        self.try_each(self.waiting(in_functions=True), host.patched, QUICK)

    def try_all(self) -> None:
        """Try each mutant that was not tried yet."""
        self.prepare()
        host = Host(self.folder, self.try_functions)
        process = os.fork()
        if not process:
            os._exit(host.main())
        if os.waitpid(process, 0)[1]:
            raise SystemExit("the tests of functions stopped early")
        self.read()
        self.try_each(self.waiting(in_functions=False), partial(imported, self.folder), QUICK)
        doubtful = [one for one in self.mutants if self.is_alive(one) and (one.module, one.name) not in self.thorough]
        print(*(f"still alive: {one.module} {one.name}" for one in doubtful), sep="\n", flush=True)
        self.try_each(doubtful, partial(imported, self.folder), ALL)

    def is_alive(self, mutant: Mutant) -> bool:
        """Return whether a mutant was tried and not noticed, without a reason."""
        key = (mutant.module, mutant.name)
        return key in self.tried and not self.tried[key] and key not in self.reasons

    def try_each(self, mutants: list[Mutant], attempt: Callable[[Mutant, list[Test]], str | None], limits: Limits) -> None:
        """Try mutants, several at once, each with the test that noticed it before, a few likely tests, and then the others."""
        every, before = self.tests()
        known = {test.id: test for test in every}
        tests = [test for test in every if test.seconds <= limits[0]]
        print(f"{len(mutants)} mutants to try with {len(tests)} tests", flush=True)
        noticed: dict[str, Counter[str]] = defaultdict(Counter)
        waiting: deque[tuple[Mutant, list[list[Test]] | None]] = deque((mutant, None) for mutant in mutants)
        running: dict[int, tuple[Mutant, list[list[Test]]]] = {}
        begin, done = time.monotonic(), 0
        while waiting or running:
            while waiting and len(running) < self.jobs:
                mutant, batches = waiting.popleft()
                if batches is None:
                    hint = known.get(self.hints.get((mutant.module, mutant.name), ""))
                    in_order = order(mutant, tests, before if limits == ALL else {}, noticed[mutant.module])
                    spent = accumulate(test.seconds for test in in_order)
                    enough = [test for test, seconds in zip(in_order, spent) if seconds <= limits[1]]
                    batches = [[hint] if hint else [], enough[:FEW], enough[FEW:]]
                now, *rest = [batch for batch in batches if batch] or [[]]
                process = in_child(lambda: attempt(mutant, now), 10 + int(2 * limits[1]), self.folder)  # noqa: B023  # at once
                running[process] = mutant, rest
            process = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT).si_pid  # type: ignore[union-attr]
            mutant, rest = running.pop(process)
            status, by = answer_of(process, self.folder)
            if not status and by is None and rest:
                waiting.appendleft((mutant, rest))
                continue
            done += 1
            noticed[mutant.module][by or ""] += 1
            self.keep(mutant, by or ("time" if status else None), limits)
            if done % 500 == 0:
                print(f"{done} of {len(mutants)} in {time.monotonic() - begin:.0f} s", flush=True)

    def keep(self, mutant: Mutant, by: str | None, limits: Limits) -> None:
        """Keep which test noticed a mutant."""
        self.tried[mutant.module, mutant.name] = by
        one = {
            "commit": self.commit,
            "module": mutant.module,
            "kind": mutant.kind,
            "name": mutant.name,
            "by": by,
            "thorough": limits == ALL,
        }
        with self.log.open("a") as log:
            log.write(json.dumps(one) + "\n")

    def table(self) -> str:
        """Return the mutants without a reason, the reasons without a mutant, the numbers of each room, and all reasons."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        reasons: Counter[tuple[str, str]] = Counter()
        alive = []
        for (module, name), by in sorted(self.tried.items()):
            reason = "" if by else self.reasons.get((module, name), "")
            became = "killed" if by else "equivalent" if reason else "alive"
            counts[room_of(module)][became] += 1
            reasons[room_of(module), reason] += became == "equivalent"
            alive += [f"{module} {name}"] if became == "alive" else []
        untried = self.reasons.keys() - self.tried.keys() if self.part == 1 else ()
        gone = sorted(key for key in untried if room_of(key[0]) in counts)
        alive += [f"no such mutant: {module} {name}" for module, name in gone]
        kinds = "killed", "equivalent", "alive"
        rows = [["room", "mutants", *kinds], ["---", *["--:"] * 4]]
        rows += [
            [f"`{room}`", f"{here.total():,}", *(f"{here[kind]:,}" for kind in kinds)] for room, here in sorted(counts.items())
        ]
        why = [["room", "why no test can notice", "mutants"], ["---", "---", "--:"]]
        why += [[f"`{room}`", reason, str(count)] for (room, reason), count in sorted(reasons.items()) if count]
        texts = ["\n".join(f"| {' | '.join(row)} |" for row in table) for table in (rows, why)]
        return "\n\n".join(["\n".join(alive), f"At commit `{self.commit}`:", *texts]).strip()


def git(*arguments: str) -> str:
    """Run git in the repository."""
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def in_sets(lines: dict[str, list[int]]) -> Lines:
    """Return the lines of each module as a set."""
    return {module: frozenset(numbers) for module, numbers in lines.items()}


def room_of(module: str) -> str:
    """Return the room of a module."""
    return module.partition("/")[0].removesuffix(".py").replace("__init__", "tbtier")


def main() -> None:
    """Run what the command line says."""
    package = ROOT / "tbtier"
    every = sorted({room_of(str(file.relative_to(package))) for file in package.rglob("*.py")} - {"schemas"})
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rooms", nargs="*", default=every, help=f"some of {', '.join(every)}")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many mutants to try at once")
    arguments.add_argument("--part", type=float, default=1, help="the part of the mutants to try, such as 0.1")
    arguments.add_argument("--table", action="store_true", help="print what became of the mutants of the last commit")
    given = arguments.parse_args()
    run = Run(given.rooms, given.jobs, given.part)
    if not given.table:
        run.try_all()
    print(run.table())


if __name__ == "__main__":
    main()
