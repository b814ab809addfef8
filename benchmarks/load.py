"""How long loading event files and placing the events take, against DuckDB reading the same CSV, in one run.

    python benchmarks/load.py [--rows 2000000]

Needs the Iraq file of UCDP GED in the folder that VEDETTE_SHARED names (by default ``../shared``).
Each measurement is a process of its own; seconds are those of the work, ``whole`` those of the process.
"""

import argparse
import csv
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IRAQ = "data/iraq/ucdp_ged_irq_1989_2018_hdx.csv"
_FIRST_ID = 1_000_000


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000, help="rows of the large file")
    parser.add_argument("--child", choices=("own", "ours"), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(_timed(asked.child, asked.file)))
        return
    source = Path(os.environ.get("VEDETTE_SHARED", ROOT.parent / "shared")) / IRAQ
    if not source.is_file():
        print(f"Nothing measured: {IRAQ} is not there. Set VEDETTE_SHARED to the folder that holds it.")
        return
    print(
        f"{'file':<20} {'rows':>9} {'DuckDB s':>9} {'load s':>9} {'ratio':>6} {'whole s':>8} {'peak MB':>8}"
    )
    _line("Iraq", source, _count(source), repeat=5)
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.csv"
        _repeat(source, large, asked.rows)
        _line("Iraq, repeated", large, asked.rows, repeat=1)


def _line(name: str, file: Path, rows: int, repeat: int) -> None:
    own = min((_measured("own", file) for _ in range(repeat)), key=lambda found: found["seconds"])
    ours = min((_measured("ours", file) for _ in range(repeat)), key=lambda found: found["seconds"])
    ratio = ours["seconds"] / own["seconds"]
    print(
        f"{name:<20} {rows:>9,} {own['seconds']:>9.2f} {ours['seconds']:>9.2f} {ratio:>6.2f} "
        f"{ours['whole']:>8.2f} {ours['peak']:>8.0f}"
    )


def _measured(child: str, file: Path) -> dict[str, float]:
    begun = time.perf_counter()
    command = [sys.executable, __file__, "--child", child, "--file", str(file)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(found.stdout)
    return measured | {"whole": time.perf_counter() - begun}


def _timed(child: str, file: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        seconds = _own(file, Path(folder)) if child == "own" else _ours(file, Path(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak": peak}


def _own(file: Path, folder: Path) -> float:
    import duckdb

    begun = time.perf_counter()
    with duckdb.connect(folder / "own.duckdb") as connection:
        connection.execute("CREATE TABLE events AS SELECT * FROM read_csv(?)", [str(file)])
    return time.perf_counter() - begun


def _ours(file: Path, folder: Path) -> float:
    from vedette.case import read_case
    from vedette.events import load, open_events, placed_spots, ways

    os.environ["VEDETTE_HOME"] = str(folder)
    case = read_case("iraq")
    begun = time.perf_counter()
    load(case, [file])
    ways(placed_spots(open_events(case), case))
    return time.perf_counter() - begun


def _count(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as text:
        return sum(1 for _ in csv.reader(text)) - 2


def _repeat(source: Path, target: Path, rows: int) -> None:
    """Writes the rows of a file again and again, each time with new ids."""
    with source.open(encoding="utf-8", newline="") as text:
        header, tags, *events = csv.reader(text)
    tails = [_written(event[1:]) for event in events]
    with target.open("w", encoding="utf-8", newline="") as out:
        out.write(_written(header) + _written(tags))
        for start in range(0, rows, len(tails)):
            part = tails[: rows - start]
            out.write("".join(f"{_FIRST_ID + start + n},{tail}" for n, tail in enumerate(part)))


def _written(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


if __name__ == "__main__":
    main()
