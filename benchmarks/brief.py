"""Where the time of `vedette brief iraq` goes, what memory it takes, and the panel against plain sums.

The panel is compared with Polars grouping the same events by month, place and dyad in the same run.

    python benchmarks/brief.py
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl
from rich.console import Console
from rich.table import Table

from vedette.brief.compose import compose
from vedette.brief.inputs.findings import find
from vedette.brief.writing import write_brief
from vedette.case import read_case
from vedette.events import load, open_events
from vedette.panel import gather, make_panel, present
from vedette.periods import Step, period_column

T = TypeVar("T")
ROUNDS = 5
REAL = (
    Path(os.environ.get("VEDETTE_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data" / "iraq"
)
FILES = ("ucdp_ged_irq_1989_2018_hdx.csv", "irq_ged211_precise_2019_2020_adm1.csv")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds that a piece of work takes, and what it gives."""
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def cpu(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds of this process that a piece of work takes, and what it gives."""
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def fastest(work: Callable[[], object]) -> float:
    """The least of several timings."""
    return min(timed(work)[0] for _ in range(ROUNDS))


def brief(folder: Path) -> Table:
    """Seconds by stage of one warm brief, and the memory of this process at its peak."""
    case = read_case("iraq")
    gather(case)
    reading, case = timed(lambda: read_case("iraq"))
    gathering, held = timed(lambda: gather(case))
    known = case.as_of or present(held.cells, case, held.step)
    counting, panel = timed(lambda: make_panel(held.cells, case, known, held.step, 1))
    finding, found = timed(lambda: find(case, held, panel, known, 1, lambda what, share: None))
    composing, made = timed(lambda: compose(found))
    writing, _ = timed(lambda: write_brief(made, folder))
    setting, _ = cpu(lambda: write_brief(made, folder, ("pdf",)))
    wording, _ = cpu(lambda: write_brief(made, folder, ("docx",)))
    stages = {
        "read the case": reading,
        "gather the cells": gathering,
        "make the panel": counting,
        "score past forecasts, forecast": finding,
        "compose": composing,
        "write": writing,
    }
    table = Table("stage", "seconds", title="vedette brief iraq, warm")
    for stage, seconds in stages.items():
        table.add_row(stage, f"{seconds:.2f}")
    table.add_row("all", f"{sum(stages.values()):.2f}")
    table.add_row("PDF after it, CPU", f"{setting:.2f}")
    table.add_row("Word after PDF, CPU", f"{wording:.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform != "darwin" else 2**30)
    table.add_row("peak memory, GB", f"{peak:.2f}")
    return table


def panels() -> Table:
    """The panel from the store against Polars adding the same events up."""
    case = read_case("iraq")
    known = case.as_of or present(gather(case).cells, case, Step.MONTH)
    table = Table("panel", "seconds", "plain sums", "ratio", title="Panel of Iraq from the store")
    for step in (Step.MONTH, Step.WEEK):

        def made(step: Step = step) -> object:
            return make_panel(gather(case, step).cells, case, known, step, 1)

        def plain(step: Step = step) -> object:
            events = open_events(case).table(case.dataset, None)
            keys = [period_column("date_end", step), pl.col("place_name"), pl.col("dyad_id")]
            return events.group_by(keys).agg(pl.len(), pl.col("low", "best", "high").sum())

        ours, theirs = fastest(made), fastest(plain)
        table.add_row(step.value, f"{ours:.3f}", f"{theirs:.3f}", f"{ours / theirs:.1f}")
    return table


def main() -> None:
    """Prints the tables; says so where real data are not at hand."""
    console = Console()
    with tempfile.TemporaryDirectory() as home:
        os.environ["VEDETTE_HOME"] = home
        console.print(brief(Path(home) / "alone"))
        if not REAL.is_dir():
            console.print(f"No event files at {REAL} (set VEDETTE_SHARED): weeks are not measured.")
            return
        load(read_case("iraq"), [REAL / name for name in FILES])
        console.print(panels())


if __name__ == "__main__":
    main()
