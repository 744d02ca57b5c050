"""Measure tbtier against the usual alternatives, and print a table: `python benchmarks/run.py`."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version

_LIBRARIES = ("tbtier", "attrs", "python-dateutil", "numpy", "pandas", "polars", "duckdb", "narwhals", "fiscalyear")
_HEADING = ("work", "reference", "reference us", "tbtier us", "ratio", "goal", "met?")
_TO_THE_RIGHT = {"reference us", "tbtier us", "ratio"}


def main() -> None:
    """Measure all rows and print them."""
    arguments = _arguments()
    os.environ["POLARS_MAX_THREADS"] = str(arguments.threads)  # read when polars is imported
    import growth
    import imports
    import many_partners
    import on_demand
    import one_date
    import one_partner
    from fiscalyear import setup_fiscal_calendar

    setup_fiscal_calendar(start_year="previous", start_month=2, start_day=1)
    rows = [
        *one_date.rows(),
        *one_partner.rows(),
        *on_demand.rows(),
        *growth.rows(),
        *imports.rows(),
        *many_partners.rows(arguments.partners, arguments.threads),
    ]
    print(_circumstances(arguments.threads), end="\n\n")
    print("\n".join(_table([row.cells() for row in rows])))


def _arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partners", type=int, default=100_000, help="how many in the last rows (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=1, help="how many polars and duckdb may use (default: %(default)s)")
    return parser.parse_args()


def _circumstances(threads: int) -> str:
    """Return the date, the machine and the versions of the measurement."""
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    machine = f"{platform.system()} {platform.machine()}, {threads} of {os.cpu_count()} CPUs for polars and duckdb"
    return f"{datetime.now(UTC):%Y-%m-%d}, {python}, {machine}, {libraries}"


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the lines of a Markdown table that is also neat as text."""
    cells = [_HEADING, *rows]
    columns = [_column(column, to_right=column[0] in _TO_THE_RIGHT) for column in zip(*cells)]
    return [f"| {' | '.join(line)} |" for line in zip(*columns)]


def _column(cells: tuple[str, ...], *, to_right: bool) -> list[str]:
    """Return a column's cells in one width, with the rule below its heading."""
    width = max(map(len, cells))
    rule = "-" * (width - 1) + (":" if to_right else "-")
    heading, *others = (cell.rjust(width) if to_right else cell.ljust(width) for cell in cells)
    return [heading, rule, *others]


if __name__ == "__main__":
    main()
