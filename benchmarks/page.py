"""What the page of `vedette brief iraq` weighs, and the processor time that Chromium takes to open it.

Seconds are those of the page's main thread until it is at rest, network off; limits stand beside them.

    python benchmarks/page.py [brief.html]
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from vedette import commands

MOST_BYTES, MOST_SECONDS = 1_500_000, 2.0
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_REST = 2000
"""Milliseconds after which a page is at rest."""


def seconds_to_open(page_file: Path, browser: str, width: int) -> float:
    """Seconds of processor time of the main thread."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=_QUIET)
        page = chromium.new_page(viewport={"width": width, "height": 900}, offline=True)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(page_file.resolve().as_uri())
        page.wait_for_timeout(_REST)
        found = session.send("Performance.getMetrics")["metrics"]
        chromium.close()
    return next(float(metric["value"]) for metric in found if metric["name"] == "TaskDuration")


def measured(page_file: Path) -> Table:
    """Bytes, and seconds at the widths of a window and of a phone."""
    table = Table("page of the Iraq brief", "measured", "at most", "ratio", title=str(page_file.name))
    size = page_file.stat().st_size
    table.add_row("bytes", f"{size:,}", f"{MOST_BYTES:,}", f"{size / MOST_BYTES:.2f}")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    for width in (1280, 390) if browser else ():
        seconds = seconds_to_open(page_file, str(browser), width)
        row = (f"CPU seconds at {width} px", f"{seconds:.2f}", f"{MOST_SECONDS:.1f}")
        table.add_row(*row, f"{seconds / MOST_SECONDS:.2f}")
    return table


def main() -> None:
    """Measures the page that is named, or writes the Iraq brief and measures its page."""
    console = Console()
    if sys.argv[1:]:
        console.print(measured(Path(sys.argv[1])))
        return
    with tempfile.TemporaryDirectory() as folder:
        console.print(measured(commands.brief("iraq", Path(folder)).files["html"]))


if __name__ == "__main__":
    main()
