"""Check the built pages: every internal link and anchor resolves, and every page has one heading and a description.

python docs/check_site.py SITE
"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

WITHOUT_SOURCE = {"search.html"}
"""Pages that Sphinx writes by itself."""


class Page(HTMLParser):
    """What the check needs to know of one page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.headings = 0
        self.descriptions: list[str] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an anchor, a link, a heading or a description."""
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        self.links += [given[name] for name in ("href", "src") if name in given]
        self.headings += tag == "h1"
        if tag == "meta" and given.get("name") == "description":
            self.descriptions.append(given.get("content", ""))


def faults_of_links(path: Path, page: Page, pages: dict[Path, Page]) -> list[str]:
    """Return the links of a page to files or anchors of the site that do not exist."""
    faults = []
    for link in page.links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.is_file():
            faults.append(f"links to {link}, which does not exist")
        elif target in pages and parts.fragment and unquote(parts.fragment) not in pages[target].anchors:
            faults.append(f"links to {link}, and the anchor does not exist")
    return faults


def faults_of(path: Path, page: Page, pages: dict[Path, Page]) -> list[str]:
    """Return all faults of a page."""
    faults = faults_of_links(path, page, pages)
    if path.name in WITHOUT_SOURCE:
        return faults
    if page.headings != 1:
        faults.append(f"has {page.headings} headings of the first level: give it one")
    if len(page.descriptions) != 1 or not page.descriptions[0]:
        faults.append(f"has {len(page.descriptions)} descriptions: give it one, as `html_meta` of `myst`")
    return faults


def main(site: Path) -> int:
    """Print every fault of a built site; return the exit code."""
    site = site.resolve()
    paths = [path for path in sorted(site.rglob("*.html")) if "_static" not in path.relative_to(site).parts]
    pages = {path: Page(path) for path in paths}
    found = [f"{path.relative_to(site)} {fault}" for path in paths for fault in faults_of(path, pages[path], pages)]
    print(*found, f"{len(pages)} pages, {len(found)} faults", sep="\n")
    return 1 if found or not pages else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
