"""Check in a browser that no page of the built site is wider than a phone.

python docs/check_width.py SITE CHROMIUM   needs playwright, and the path of a Chromium
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PHONE = {"width": 390, "height": 844}
WIDEST = "Math.max(...[document.documentElement, ...document.querySelectorAll('.content')].map(part => part.scrollWidth))"


def main(site: Path, chromium: str) -> int:
    """Print each page that is wider than a phone, with its width; return the exit code."""
    wide = 0
    with sync_playwright() as driver:
        page = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page(viewport=PHONE)
        for path in sorted(site.resolve().rglob("*.html")):
            page.goto(path.as_uri())
            width = page.evaluate(WIDEST)
            if width > PHONE["width"]:
                print(f"{path.relative_to(site.resolve())} is {width} pixels wide")
                wide += 1
    print(f"{wide} pages are too wide")
    return min(wide, 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
