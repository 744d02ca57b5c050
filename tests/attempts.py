"""Ways to run tests on a mutant, each in a new process: put into functions that are there, or imported anew."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, TypeAlias

import attrs
import pytest
from mutants import Mutant

PYTEST = "-q -x -s --tb=no --no-header -p no:cacheprovider -p no:xdist -p no:anyio -p no:randomly -p no:unraisableexception"
PYTEST += " -p no:threadexception --assert=plain --override-ini=addopts= --hypothesis-profile=mutation"

Lines: TypeAlias = dict[str, frozenset[int]]
"""Numbers of lines by module."""


@attrs.frozen
class Test:
    """A test, with the lines that it runs in each module."""

    id: str
    seconds: float
    lines: Lines = attrs.field(repr=False, eq=False)


class Loader(MetaPathFinder, SourceFileLoader):
    """Imports one module from another source."""

    def __init__(self, name: str, path: str, source: bytes) -> None:
        super().__init__(name, path)
        self.source = source

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Find the module."""
        found = PathFinder.find_spec(name, path, target) if name == self.name else None
        if found:
            found.loader = self
        return found

    def get_code(self, fullname: str) -> Any:  # noqa: ARG002  # the name of importlib
        """Compile the source."""
        return compile(self.source, self.path, "exec", dont_inherit=True)


class Chosen:
    """A plugin of pytest that runs some tests in an order, and keeps which of them failed."""

    def __init__(self, tests: list[Test]) -> None:
        self.ranks = {test.id: rank for rank, test in enumerate(tests)}
        self.failed: str | None = None

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out all other tests, and sort these."""
        items[:] = sorted((item for item in items if item.nodeid in self.ranks), key=lambda item: self.ranks[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the first test that failed."""
        if report.failed and self.failed is None:
            self.failed = report.nodeid


class Survey:
    """What each test takes, and the lines of the package that it runs."""

    TOOL = 4

    def __init__(self, package: Path) -> None:
        self.package = f"{package}{os.sep}"
        self.found: list[dict[str, Any]] = []
        events = sys.monitoring
        events.use_tool_id(self.TOOL, "survey")
        events.set_events(self.TOOL, events.events.LINE)
        events.register_callback(self.TOOL, events.events.LINE, self.line)
        self.lines: dict[str, set[int]] = defaultdict(set)

    def stop(self) -> dict[str, list[int]]:
        """Watch no longer; return the lines that were run."""
        events = sys.monitoring
        events.set_events(self.TOOL, 0)
        events.free_tool_id(self.TOOL)
        return self.seen()

    def seen(self) -> dict[str, list[int]]:
        """Return the lines that were run since the last test began."""
        return {module: sorted(numbers) for module, numbers in self.lines.items()}

    def line(self, code: Any, number: int) -> Any:
        """Note a line, once in a test."""
        if code.co_filename.startswith(self.package):
            self.lines[code.co_filename.removeprefix(self.package)].add(number)
        return sys.monitoring.DISABLE

    def watch(self, item: pytest.Item) -> None:
        """Run a test, and note its time and its lines."""
        self.lines.clear()
        sys.monitoring.restart_events()
        begin = os.times()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        seconds = sum(os.times()[:4]) - sum(begin[:4])  # with those of its processes
        self.found.append({"id": item.nodeid, "seconds": seconds, "lines": self.seen()})


def in_child(work: Callable[[], Any], seconds: int, answers: Path) -> int:
    """Do some work in a new process, with a limit to its time, which writes its answer into a folder; return the process."""
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        os.setpgid(0, 0)  # with the processes that tests begin
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        used = int(time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, used + seconds + 5))
        signal.alarm(5 * seconds)
        with tempfile.TemporaryDirectory() as folder:
            os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
            (answers / f"{os.getpid()}.json").write_text(json.dumps(work()))
        code = 0
    finally:
        os._exit(code)


def answer_of(process: int, answers: Path) -> tuple[int, Any]:
    """Wait for a process, and end those that it began; return how it ended, and its answer."""
    _, status = os.waitpid(process, 0)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    file = answers / f"{process}.json"
    text = file.read_text() if file.exists() else ""
    file.unlink(missing_ok=True)
    return status, json.loads(text or "null")


def imported(folder: Path, mutant: Mutant, tests: list[Test]) -> str | None:
    """Import a mutant, and run some tests on it; return the test that noticed it, if any."""
    path = folder / "tbtier" / mutant.module
    name = ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
    sys.meta_path.insert(0, Loader(name, str(path), mutant.source))
    chosen = Chosen(tests)
    files = dict.fromkeys(test.id.partition("::")[0] for test in tests)
    code = pytest.main([*PYTEST.split(), *files], plugins=[chosen]) if files else pytest.ExitCode.OK
    noticed_nothing = pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED  # none, if their parameters have other names
    return chosen.failed or (None if code in noticed_nothing else "import")


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of each function and class in a module, at any depth."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from codes_in(one)


class Host:
    """A plugin of pytest that puts mutants into the functions of the package once all tests are collected."""

    def __init__(self, folder: Path, work: Callable[[Host], None]) -> None:
        self.folder, self.work = folder, work
        self.chosen = Chosen([])

    def main(self) -> int:
        """Collect all tests, note which lines that runs, and do the work."""
        self.watched = Survey(self.folder / "tbtier")
        return int(pytest.main([*PYTEST.split(), "tests"], plugins=[self]))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Do the work in place of running the tests."""
        self.before = self.watched.stop()
        threads = {file.read_text().strip() for file in Path("/proc/self/task").glob("*/comm")}
        assert "polars-0" not in threads, "a test used polars when it was collected: forks would wait for its threads"
        session.config.pluginmanager.register(self.chosen)
        self.items = {item.nodeid: item for item in session.items}
        self.functions: dict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)
        self.caches = []
        for one in gc.get_objects():
            if isinstance(one, FunctionType):
                code = one.__code__
                self.functions[code.co_filename, code.co_qualname, code.co_firstlineno].append(one)
            elif type(one).__name__ == "_lru_cache_wrapper" and one.__module__.startswith("tbtier"):
                self.caches.append(one)
        gc.freeze()
        self.work(self)
        return True

    def survey(self) -> dict[str, Any]:
        """Run all tests once; return what each took and ran, and the lines that were run before the first."""
        survey = Survey(self.folder / "tbtier")
        for item in self.items.values():
            self.clear()  # so that a test runs the lines that an earlier test has run too
            survey.watch(item)
        assert self.chosen.failed is None
        return {"tests": survey.found, "before": self.before}

    def put(self, mutant: Mutant) -> None:
        """Put a mutant into the functions."""
        path = str(self.folder / "tbtier" / mutant.module)
        codes = [
            code
            for code in codes_in(compile(mutant.source, path, "exec", dont_inherit=True))
            if code.co_firstlineno <= mutant.lines[0] <= max(line or 0 for *_, line in code.co_lines())
        ]
        functions = [
            (function, code) for code in codes for function in self.functions[path, code.co_qualname, code.co_firstlineno]
        ]
        assert functions
        for function, code in functions:
            if code.co_freevars == function.__code__.co_freevars:  # otherwise Python refuses, and the import tells
                function.__code__ = code
        self.clear()

    def clear(self) -> None:
        """Clear the caches of the package."""
        for cache in self.caches:
            cache.cache_clear()

    def patched(self, mutant: Mutant, tests: list[Test]) -> str | None:
        """Put a mutant into the functions, and run some tests on it; return the test that noticed it, if any."""
        self.put(mutant)
        for test in tests:
            item = self.items[test.id]
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
            if self.chosen.failed:
                return self.chosen.failed
        return None
