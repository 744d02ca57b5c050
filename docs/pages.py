"""Generated pages: each is written by a separate script, which can also check that the page is current."""

import argparse
from pathlib import Path


def write_or_check(page: Path, text: str, description: str, script: str) -> None:
    """Write a page; with `--check` on the command line, exit with 1 instead if the page does not have this text."""
    write_or_check_all({page: text}, description, script)


def write_or_check_all(pages: dict[Path, str], description: str, script: str) -> None:
    """Write pages; with `--check` on the command line, exit with 1 instead if one of them does not have its text."""
    arguments = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a page is out of date")
    check = arguments.parse_args().check
    for page, text in pages.items():
        if not check:
            page.parent.mkdir(exist_ok=True)
            page.write_text(text, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{page.name} does not match the code: run python docs/{Path(script).name}")
