"""What `vedette serve` takes on a copy of Iraq: start, each page warm, fifty readers, a frame of a drawing.

Beside each figure stands its ratio to a bare Starlette page, served in the same manner and run. CPU is
that of the server's process; the browser's for frames.

    PYTHONPATH=tests python benchmarks/workbench.py [--case FOLDER] [--edition NAME] [--seconds 15]
"""

import argparse
import http.client
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page
from rich.console import Console
from rich.table import Table
from support.browsing import chromium
from support.live_workbench import live_workbench
from support.walking import walked

from vedette.app import Served, workbench
from vedette.app.tokens import Doorkeeper
from vedette.case import SHIPPED

START_CPU, FIRST_MS, PAGE_MS, FRAME_MS, PEAK_MB = 3.0, 300.0, 800.0, 33.0, 400.0
"""The most that each may take."""

_BARE = """
import socket, sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
app = Starlette(routes=[Route("/", lambda request: HTMLResponse("<!doctype html><title>bare</title>"))])
listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
listening.bind(("127.0.0.1", 0))
listening.listen()
print(listening.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listening])
"""
_TICK = os.sysconf("SC_CLK_TCK")


def cpu_of(process: int) -> float:
    """The CPU seconds, user and system, that a process has used, its threads included."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def peak_of(process: int) -> float:
    """The most memory that a process has held, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


@contextmanager
def bare() -> Iterator[tuple[str, int]]:
    """A server with one bare page: its address and process."""
    with subprocess.Popen([sys.executable, "-c", _BARE], stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout
        try:
            yield f"http://127.0.0.1:{int(started.stdout.readline())}", started.pid
        finally:
            started.terminate()


class Reader:
    """Somebody who asks a server for one page after another."""

    def __init__(self, address: str, cookie: str = "") -> None:
        self.line = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
        self.headers = {"Cookie": cookie}

    def ask(self, path: str) -> bool:
        """Asks for a page, and says whether it came."""
        self.line.request("GET", path, headers=self.headers)
        answer = self.line.getresponse()
        answer.read()
        return answer.status == 200


def times_of(reader: Reader, process: int, path: str, runs: int) -> tuple[float, float]:
    """Milliseconds of a page, warm: the median by the clock, and the mean of the server's CPU."""
    reader.ask(path)
    waited, began = [], cpu_of(process)
    for _ in range(runs):
        start = time.perf_counter()
        assert reader.ask(path), path
        waited.append(time.perf_counter() - start)
    return 1000 * statistics.median(waited), 1000 * (cpu_of(process) - began) / runs


def read_together(
    address: str, cookie: str, paths: Sequence[str], readers: int, seconds: float
) -> tuple[int, int]:
    """Requests answered and refused or broken, with so many readers at once."""
    end, done = time.monotonic() + seconds, [[0, 0] for _ in range(readers)]

    def read(number: int) -> None:
        reader, order = Reader(address, cookie), random.Random(number)
        while time.monotonic() < end:
            try:
                done[number][not reader.ask(order.choice(paths))] += 1
            except (OSError, http.client.HTTPException):
                done[number][1] += 1
                reader = Reader(address, cookie)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sum(each[0] for each in done), sum(each[1] for each in done)


def frame_of(page: Page) -> float:
    """Milliseconds of CPU of the page's main thread for a step of its first slider, drawing included."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        found = session.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in found if each["name"] == "TaskDuration")

    step = """async (steps) => {
      const slider = document.querySelector("main input[type=range]");
      const frame = () => new Promise(requestAnimationFrame);
      const [low, high] = [Number(slider.min), Number(slider.max)];
      for (let i = 1; i <= steps; i++) {
        slider.value = low + Math.round((high - low) * i / steps);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        await frame();
        await frame();
      }
    }"""
    page.evaluate(step, 5)
    before, steps = spent(), 30
    page.evaluate(step, steps)
    return 1000 * (spent() - before) / steps


def frames_of(address: str, cookie: str, paths: Sequence[str]) -> Mapping[str, float]:
    """The CPU milliseconds of a frame, by the page that has a slider."""
    name, _, value = cookie.partition("=")
    found = {}
    with chromium() as browser, browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        for path in paths:
            page.goto(address + path)
            if page.locator("main input[type=range]").count():
                found[path] = frame_of(page)
    return found


def measured(case: Path, edition: str, home: Path, readers: int, seconds: float) -> Table:
    """Everything, as a table."""
    table = Table("what", "measured", "times bare", "at most", "")
    rows: list[tuple[str, float, str, float | None, float | None]] = []
    with bare() as (bare_address, bare_process), live_workbench(case, home, "--edition", edition) as live:
        rows.append(("start", cpu_of(live.process), "CPU s", cpu_of(bare_process), START_CPU))
        cookie = live.enter()
        os.environ["VEDETTE_HOME"] = str(home)
        walk = walked(live.address, cookie, workbench(Served(str(case), edition), Doorkeeper()))
        for kind, path in walk.pages.items():
            wall, cpu = times_of(Reader(live.address, cookie), live.process, path, 20)
            bare_wall, bare_cpu = times_of(Reader(bare_address), bare_process, "/", 200)
            rows.append((kind, wall, "ms", bare_wall, FIRST_MS if kind == "/" else PAGE_MS))
            rows.append((f"  {kind}, CPU", cpu, "ms", bare_cpu, None))
        pages, before = list(walk.pages.values()), cpu_of(live.process)
        came, lost = read_together(live.address, cookie, pages, readers, seconds)
        spent = cpu_of(live.process) - before
        bare_before = cpu_of(bare_process)
        bare_came, _ = read_together(bare_address, "", ["/"], readers, min(seconds, 5))
        bare_each = 1000 * (cpu_of(bare_process) - bare_before) / bare_came
        rows += [
            (
                f"{readers} readers for {seconds:.0f} s: answers a second",
                came / seconds,
                "",
                bare_came / min(seconds, 5),
                None,
            ),
            ("  CPU of an answer", 1000 * spent / max(came, 1), "ms", bare_each, None),
            ("  errors", lost, "", None, 0),
            ("  peak of memory", peak_of(live.process), "MB", peak_of(bare_process), PEAK_MB),
        ]
        for path, frame in frames_of(live.address, cookie, pages).items():
            rows.append((f"frame of {path}", frame, "ms CPU", None, FRAME_MS))
    for what, value, unit, base, most in rows:
        ratio = f"{value / base:.1f}" if base else ""
        verdict = "" if most is None else "yes" if value <= most else "NO"
        table.add_row(what, f"{value:,.1f} {unit}", ratio, "" if most is None else f"{most:g}", verdict)
    return table


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", type=Path)
    parser.add_argument("--edition", default="internal")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=15)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        case = asked.case or Path(shutil.copytree(SHIPPED / "iraq", Path(folder) / "iraq"))
        Console(width=110).print(
            measured(case, asked.edition, Path(folder) / "home", asked.readers, asked.seconds)
        )


if __name__ == "__main__":
    main()
