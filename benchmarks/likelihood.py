"""Maximum likelihood of the endemic-epidemic model against hhh4() of the R package surveillance, in one run.

On the weekly Iraq panel (needs the folder that VEDETTE_SHARED names, by default ``../shared``), the median
of five, and on simulated panels of more and more units x 400 weeks. Models are named as in the hhh4
reference: ``st`` has one intercept, trend and season, ``fe`` an intercept per unit. Seconds of vedette are
those after compilation; the first fit, compilation included, stands beside them. R gets --limit seconds a
model.

    apt-get install r-cran-surveillance    # without it only vedette is measured
    python benchmarks/likelihood.py [--units 18 200 2000 13000] [--limit 180]
"""

import argparse
import csv
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array, diags_array, eye_array, kron

from vedette.model import IntArray
from vedette.model.endemic.forward import Process, simulate_forward

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = Path(os.environ.get("VEDETTE_SHARED", ROOT.parent / "shared")) / "reference" / "hhh4"
SCRIPT = Path(__file__).with_suffix(".R")
IRAQ = (
    "st_ar_ne_norm",
    "fe_ar_ne_norm",
    "fest_ar_ne_norm",
    "st_ar_ne_norm_negbinM",
    "st_ar_ne_norm_poisson",
    "st_pl0_norm",
    "fest_pl0_norm",
    "fe_ar_ne_powerlaw",
)
GROWING = ("st_ar_ne_norm", "fe_ar_ne_norm")
ENDS = {"st": "1 + trend + season(52)", "fe": "fe", "fest": "fe + trend + season(52)"}
PERIODS, SETTLING, SEED, GIGABYTE = 400, 30, 1, 2**30


@dataclass(frozen=True)
class Panel:
    """Counts (T, U) and the map: 1 where two units touch, (U, U)."""

    counts: IntArray
    touching: csr_array


@dataclass(frozen=True)
class Measured:
    """One fit: seconds (the median of several), the log-likelihood it found, peak memory in GB."""

    seconds: float
    log_likelihood: float
    peak: float
    first: float = 0.0


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, nargs="*", default=[18, 200, 2000, 13_000])
    parser.add_argument("--limit", type=float, default=240.0, help="seconds after which R is given up")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--repeats", type=int, default=5, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(vars(ours(stored(asked.folder), asked.child, asked.repeats))))
        return
    if shutil.which("Rscript") is None:
        print("R is not here: vedette alone is measured. To compare: apt-get install r-cran-surveillance")
    if REFERENCE.is_dir():
        compare("Iraq, 18 units x 782 weeks", iraq(), IRAQ, asked.limit, repeats=5)
    else:
        print(f"No Iraq panel at {REFERENCE} (set VEDETTE_SHARED).")
    for units in asked.units:
        title = f"simulated, {units} units x {PERIODS} weeks"
        compare(title, simulated(units), GROWING, asked.limit, repeats=5 if units <= 200 else 3)


def compare(title: str, panel: Panel, models: tuple[str, ...], limit: float, repeats: int) -> None:
    """One table: a row a model."""
    print(f"\n{title}, {panel.counts.sum():,} events")
    print(f"{'model':<24}{'R s':>9}{'ours s':>9}{'R/ours':>8}{'first s':>9}{'GB':>6}  log-likelihood R, ours")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store(panel, folder)
        for model in models:
            own = child(folder, model, repeats)
            theirs = reference(folder, model, repeats if len(panel.counts[0]) <= 200 else 1, limit)
            shown = "" if isinstance(theirs, str) else f"{theirs.log_likelihood:.6f}"
            seconds = "-" if isinstance(theirs, str) else f"{theirs.seconds:.3f}"
            ratio = "-" if isinstance(theirs, str) else f"{theirs.seconds / own.seconds:.1f}"
            print(
                f"{model:<24}{seconds:>9}{own.seconds:>9.3f}{ratio:>8}{own.first:>9.2f}{own.peak:>6.2f}  "
                f"{theirs if isinstance(theirs, str) else shown}, {own.log_likelihood:.6f}",
                flush=True,
            )


def ours(panel: Panel, model: str, repeats: int) -> Measured:
    """vedette in this process."""
    from vedette.model import History
    from vedette.model.endemic.fit import fit
    from vedette.model.endemic.specification import Specification
    from vedette.periods import Step

    parts = model.split("_")
    families = {"poisson": "poisson", "negbinM": "negbinM"}
    weights = {"powerlaw": "powerlaw", "pl0": "pl0-norm", "norm": "norm"}
    specification = Specification(
        ar="1" if "ar" in parts else "0",
        end=ENDS[parts[0]],
        family=next((families[part] for part in parts if part in families), "negbin1"),
        weights=next(weights[part] for part in parts if part in weights),
    )
    units = [f"u{unit}" for unit in range(panel.counts.shape[1])]
    history = History.of(panel.counts, units, 0, Step.WEEK)
    seconds = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        found = fit(history, specification, panel.touching)
        seconds.append(time.perf_counter() - start)
    return Measured(statistics.median(seconds[1:]), float(found.log_likelihood), peak(), seconds[0])


def child(folder: Path, model: str, repeats: int) -> Measured:
    """vedette in a process of its own, so that its memory is its own."""
    command = [sys.executable, __file__, "--child", model, "--folder", str(folder), "--repeats", str(repeats)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return Measured(**json.loads(found.stdout))


def reference(folder: Path, model: str, repeats: int, limit: float) -> Measured | str:
    """R in a process of its own; why not, in words, where it gave no answer."""
    if shutil.which("Rscript") is None:
        return "R is not here"
    command = ["Rscript", "--vanilla", str(SCRIPT), str(folder), model, str(repeats)]
    try:
        found = subprocess.run(
            command, capture_output=True, text=True, timeout=limit, check=False, preexec_fn=_bounded
        )
    except subprocess.TimeoutExpired:
        return f"R not done after {limit:.0f} s"
    if found.returncode:
        lines = found.stderr.strip().splitlines() or ["no word"]
        return f"R gave up: {lines[-1].strip()}"
    read = json.loads(found.stdout.splitlines()[-1])
    return Measured(read["seconds"], read["log_likelihood"], read["peak"])


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (8 * GIGABYTE, 8 * GIGABYTE))


def iraq() -> Panel:
    """The weekly panel of the reference."""
    with (REFERENCE / "iraq_all.csv").open(encoding="utf-8", newline="") as text:
        counts = np.array([row[1:] for row in list(csv.reader(text))[1:]], dtype=np.int64)
    with (REFERENCE / "iraq_adjacency.csv").open(encoding="utf-8", newline="") as text:
        touching = np.array([row[1:] for row in list(csv.reader(text))[1:]], dtype=np.float64)
    return Panel(counts, csr_array(touching))


def simulated(units: int) -> Panel:
    """Weeks of a grid, after some to settle: mean levels that differ, a season, memory and spill-over."""
    rng = np.random.default_rng(SEED)
    wide = int(np.ceil(np.sqrt(units)))
    line = diags_array([1.0, 1.0, 1.0], offsets=[-1, 0, 1], shape=(wide, wide))
    touching = csr_array(kron(line, line) - eye_array(wide * wide))[:units, :units]
    touching.eliminate_zeros()
    weights = csr_array(diags_array(1.0 / touching.sum(axis=1)) @ touching)
    weeks = np.arange(PERIODS + SETTLING)[:, None]
    endemic = np.exp(rng.normal(-1.5, 0.7, units) + 0.3 * np.sin(2 * np.pi * weeks / 52))
    process = Process(endemic, 0.45, 0.25, 0.6, np.ones(1), weights)
    weeks_ahead = simulate_forward(process, np.zeros((1, 1, units)), len(weeks), 1, rng)
    return Panel(weeks_ahead[0, SETTLING:], touching)


def store(panel: Panel, folder: Path) -> None:
    """The panel where both programs find it; pairs of touching units are numbered from 1."""
    found = panel.touching.tocoo()
    pairs = np.stack([found.row, found.col], axis=1) + 1
    for name, cells in {"counts": panel.counts, "pairs": pairs}.items():
        (folder / f"{name}.bin").write_bytes(np.asarray(cells.T, dtype="<i4").tobytes())
        (folder / f"{name}.size").write_text(f"{cells.shape[0]} {cells.shape[1]}\n", encoding="utf-8")


def stored(folder: Path) -> Panel:
    """What `store` wrote."""
    cells = {}
    for name in ("counts", "pairs"):
        rows, columns = (int(word) for word in (folder / f"{name}.size").read_text(encoding="utf-8").split())
        read = np.frombuffer((folder / f"{name}.bin").read_bytes(), dtype="<i4")
        cells[name] = read.reshape(columns, rows).T.astype(np.int64)
    source, target = cells["pairs"].T - 1
    units = cells["counts"].shape[1]
    return Panel(cells["counts"], csr_array((np.ones(len(source)), (source, target)), shape=(units, units)))


def peak() -> float:
    """Most memory this process has held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        2**20 if sys.platform != "darwin" else GIGABYTE
    )


if __name__ == "__main__":
    main()
