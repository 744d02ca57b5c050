"""How the time and the memory of `tier_table` grow with the partners and the quarters: `python benchmarks/frame_size.py`.

Each line comes from a separate process. The peak is the memory of the process while the table is made, less that before.
Linux alone lets a process reset its peak.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow

from tbtier import FiscalQuarter
from tbtier.frames import tier_table
from tbtier.programs import TRAILBLAZER

_ENGINES = ("pandas", "polars", "polars, lazy", "pyarrow", "duckdb")
_MEGABYTE = 1_000_000


def main() -> None:
    """Measure one line if the command line names an engine, and otherwise print a table of all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", nargs="*", choices=_ENGINES, default=_ENGINES)
    parser.add_argument("--partners", type=int, nargs="*", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--quarters", type=int, nargs="*", default=[4, 12, 40])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rows", type=int, default=15_000_000, help="leave out larger frames (default: %(default)s)")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        print(*_measure(arguments.engine[0], arguments.partners[0], arguments.quarters[0], arguments.threads))
        return
    print("| engine | partners | quarters | seconds | us a row | input MB | peak / input |")
    print("|--------|---------:|---------:|--------:|---------:|---------:|-------------:|")
    for engine in arguments.engine:
        for partners in arguments.partners:
            for quarters in arguments.quarters:
                if partners * quarters <= arguments.rows:
                    print(_line(engine, partners, quarters, arguments.threads), flush=True)


def _line(engine: str, partners: int, quarters: int, threads: int) -> str:
    """Return a line of the table, measured in a new process."""
    options = [f"--engine={engine}", f"--partners={partners}", f"--quarters={quarters}", f"--threads={threads}", "--alone"]
    limits = dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS"), str(threads))
    command = [sys.executable, __file__, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | limits)
    seconds, given, peak = map(float, done.stdout.split())
    rows = partners * quarters
    cells = (
        engine,
        f"{partners:,}",
        str(quarters),
        f"{seconds:.2f}",
        f"{seconds / rows * 1_000_000:.2f}",
        f"{given / _MEGABYTE:,.1f}",
        f"{peak / given:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def _measure(engine: str, partners: int, quarters: int, threads: int) -> tuple[float, int, int]:
    """Return the seconds, and the bytes of the frame and of the highest memory above that before."""
    pyarrow.set_cpu_count(threads)
    frame_of = _frames(engine, threads)
    _table(frame_of(_scores(1, 1))[0])  # imports what the engine needs
    frame, given = frame_of(_scores(partners, quarters))
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    start = perf_counter()
    _table(frame)
    return perf_counter() - start, given, _status("VmHWM") - before


def _scores(partners: int, quarters: int) -> pyarrow.Table:
    """Return made-up scores of partners whose ids have 18 characters."""
    first = FiscalQuarter(2024, 1)
    ids = np.array([f"001{number:015}" for number in range(partners)])
    columns = {
        "partner": np.repeat(ids, quarters),
        "quarter": np.tile(np.array([str(first + number) for number in range(quarters)]), partners),
        "score": np.random.default_rng(1).integers(0, 1001, size=partners * quarters),
    }
    return pyarrow.table(columns)


def _table(frame: Any) -> Any:
    """Return the table of a frame; a lazy one is collected."""
    table = tier_table(frame, program=TRAILBLAZER, starting_tier="Base")
    if isinstance(table, pl.LazyFrame):
        return table.collect()
    return table.to_arrow_table() if isinstance(table, duckdb.DuckDBPyRelation) else table


def _frames(engine: str, threads: int) -> Callable[[pyarrow.Table], tuple[Any, int]]:
    """Return a function that makes a frame of scores, and counts the bytes of the frame."""
    database = duckdb.connect(config={"threads": threads})

    def frame_of(scores: pyarrow.Table) -> tuple[Any, int]:
        if engine == "pandas":
            frame = scores.to_pandas()
            return frame, int(frame.memory_usage(deep=True).sum())
        if engine.startswith("polars"):
            polars_frame = pl.DataFrame(scores)
            size = polars_frame.to_arrow(compat_level=pl.CompatLevel.newest()).nbytes
            return polars_frame if engine == "polars" else polars_frame.lazy(), size
        if engine == "duckdb":
            name = f"scores_{len(scores)}"
            database.execute(f"create table {name} as select * from scores")
            return database.table(name), scores.nbytes
        return scores, scores.nbytes

    return frame_of


def _status(name: str) -> int:
    """Return a figure of this process in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    main()
