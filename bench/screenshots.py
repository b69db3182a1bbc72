"""The picture of the README: an archived page as it was kept, and the clean page made of it.

    python bench/screenshots.py [--page archives/…html] [--into docs/before-after.png]

Needs the test dependency group and Debian's Chromium.
"""

from __future__ import annotations

import argparse
import base64
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Route, sync_playwright

import endleaf

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDTH, HEIGHT = 760, 900

BOTH = """<!DOCTYPE html><meta charset=utf-8><style>
body { margin: 0; padding: 24px; background: #d8d4cc; display: flex; gap: 24px; font: 15px sans-serif; color: #333 }
figure { margin: 0; flex: 1 } figcaption { margin: 0 0 8px } img { width: 100%; box-shadow: 0 2px 10px #0004 }
</style><figure><figcaption>as the archive shows it</figcaption><img src="data:image/png;base64,{before}"></figure>
<figure><figcaption>as endleaf renders it</figcaption><img src="data:image/png;base64,{after}"></figure>"""


def shot(browser: Browser, markup: str, folder: Path, width: int, height: int) -> bytes:
    """A page's picture, with every request to the outside refused."""
    page = browser.new_page(viewport={"width": width, "height": height}, java_script_enabled=False)
    path = folder / "page.html"
    path.write_text(markup, "utf-8")
    page.route("**/*", _only_what_is_here)
    page.goto(path.as_uri())
    picture = page.screenshot()
    page.close()
    return picture


def _only_what_is_here(route: Route) -> None:
    if route.request.url.startswith(("file:", "data:")):
        route.continue_()
    else:
        route.abort()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", type=Path, default=Path("archives/coasts-lights-2004.html"))
    parser.add_argument("--into", type=Path, default=Path("docs/before-after.png"))
    options = parser.parse_args()
    (capture,) = endleaf.read(options.page)
    clean = endleaf.render(endleaf.page_from(capture), "html")
    kept = options.page.read_text("utf-8", "replace")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pictures = [
            base64.b64encode(shot(browser, markup, Path(folder), WIDTH, HEIGHT)).decode() for markup in (kept, clean)
        ]
        both = BOTH.replace("{before}", pictures[0]).replace("{after}", pictures[1])
        options.into.write_bytes(shot(browser, both, Path(folder), 1500, 960))
        browser.close()
    print(options.into)


if __name__ == "__main__":
    main()
