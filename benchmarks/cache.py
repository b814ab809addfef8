"""What the cache spares: `vedette brief` and `vedette changes` of Iraq with an empty cache, and again.

Each is a process of its own, whose processor time and largest memory the system reports. Then how many bytes
are kept, and what it takes to hash what the forecast of the brief depends on.

    python benchmarks/cache.py
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from vedette.cache import digest_of
from vedette.cache.folder import entries
from vedette.case import read_case
from vedette.commands.known import panel_of
from vedette.model import PARTS, Measure, panel_history
from vedette.periods import Step

ASKED = {
    "brief": ("brief", "iraq"),
    "changes": ("changes", "iraq", "--from", "2019-12-31", "--to", "2020-01-31"),
}
MOST_RATIO, MOST_MEMORY = 0.2, 1.2
"""What a second run may take of the first, and the gigabytes that a run may take."""
GIGABYTE = 2**20 if sys.platform != "darwin" else 2**30
"""In the unit in which the system reports memory."""


def run(words: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Processor seconds and gigabytes at most of a command in a process of its own."""
    command = [sys.executable, "-m", "vedette", *words]
    with (folder / "printed").open("w") as printed:
        process = subprocess.Popen(command, stdout=printed, stderr=printed, cwd=folder)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{(folder / 'printed').read_text()}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / GIGABYTE


def twice(folder: Path) -> Table:
    """Each command with nothing kept of it, and again."""
    table = Table("command", "CPU s", "again", "ratio", "GB", "again", title="With an empty cache, and again")
    for name, words in ASKED.items():
        (first, most), (second, less) = run(words, folder), run(words, folder)
        table.add_row(
            name,
            f"{first:.1f}",
            f"{second:.1f}",
            f"{second / first:.2f} (at most {MOST_RATIO})",
            f"{most:.2f} (at most {MOST_MEMORY})",
            f"{less:.2f}",
        )
    return table


def kept(home: Path) -> str:
    """How many entries the cache of Iraq has, and their bytes."""
    sizes = [state.st_size / 2**20 for _, state in entries(home)]
    return f"{len(sizes)} entries of {sum(sizes):.1f} MB are kept, the largest of {max(sizes):.1f} MB"


def hashing() -> str:
    """What it takes to hash the histories behind the forecast of a brief."""
    case = read_case("iraq")
    _, panel, _ = panel_of(case, None, seed=1, step=Step.MONTH)
    pasts = {by: panel_history(panel, case, Measure.DEATHS, by) for by in PARTS}
    size = sum(
        each.nbytes for past in pasts.values() for each in (past.values, past.events) if each is not None
    )
    start = time.process_time()
    digest_of(pasts)
    return f"{size / 2**20:.0f} MB of counts are hashed in {time.process_time() - start:.2f} CPU s"


def main() -> None:
    """Prints the table and the two lines."""
    console = Console()
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, VEDETTE_HOME=home):
        console.print(twice(Path(home)))
        console.print(kept(read_case("iraq").cache.home))
        console.print(hashing())


if __name__ == "__main__":
    main()
