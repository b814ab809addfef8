"""The cache of baselines of a case: forecasting is slow, and every comparison can use the same forecast."""

import hashlib
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np

from vedette.errors import StorageError
from vedette.files import replacing
from vedette.model import By, Measure, panel_history
from vedette.panel import Panel
from vedette.scenario.engine.baseline import Baseline, forecast_baseline
from vedette.scenario.language.mechanism import Mechanism

FOLDER = ".vedette/scenario"
PROGRAM = ("counts", "events", "panel", "evidence", "precedents", "model", "score", "scenario")
"""The rooms whose files decide what a forecast, or a hindcast, comes to."""


@cache
def program_digest() -> bytes:
    """A digest of the files of these rooms, so that no cache answers for another state of the program."""
    home, digest = Path(__file__).parents[2], hashlib.blake2b(digest_size=12)
    for room in PROGRAM:
        for file in sorted(home.joinpath(room).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(home).as_posix()}\n".encode() + file.read_bytes())
    return digest.digest()


def kept_baseline(mechanism: Mechanism, panel: Panel, draws: int, seed: int) -> Baseline:
    """`forecast_baseline`, read from the cache if the same forecast was made before.

    The file is named by a hash of everything that the forecast is made from; a cache that cannot be written
    or read is done without.
    """
    name = f"baseline-{_name(mechanism, panel, draws, seed)}.npz"
    path = mechanism.case.workspace() / FOLDER / name
    cached = _read(path, mechanism)
    if cached is not None:
        return cached
    baseline = forecast_baseline(mechanism, panel, draws, seed)
    _write(baseline, mechanism, name)
    return baseline


def _name(mechanism: Mechanism, panel: Panel, draws: int, seed: int) -> str:
    digest = hashlib.blake2b(program_digest(), digest_size=12)
    measures = sorted({group.measure for group in mechanism.file.events})
    content = (measures, draws, seed, mechanism.span, panel.grid.span)
    digest.update(repr(content).encode())
    for measure in sorted({*measures, "events"}):
        history = panel_history(panel, mechanism.case, Measure(measure), By.CELL)
        digest.update(repr(history.units).encode())
        digest.update(np.ascontiguousarray(history.values).tobytes())
    return digest.hexdigest()


def _read(file: Path, mechanism: Mechanism) -> Baseline | None:
    try:
        with np.load(file, allow_pickle=False) as stored:
            cells, past = (
                {name.removeprefix(kind): stored[name] for name in stored if name.startswith(kind)}
                for kind in ("cells-", "past-")
            )
            return Baseline(
                cells,
                tuple(stored["places"].tolist()),
                tuple(stored["strata"].tolist()),
                mechanism.span,
                str(stored["source"]),
                past,
            )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None


def _write(baseline: Baseline, mechanism: Mechanism, name: str) -> None:
    home = mechanism.case.workspace()
    tables = {f"cells-{measure}": table for measure, table in baseline.cells.items()}
    tables |= {f"past-{measure}": table for measure, table in baseline.past.items()}
    with suppress(StorageError), replacing(home / FOLDER / name, home=home) as file:
        np.savez_compressed(
            file,
            allow_pickle=False,
            places=np.array(baseline.places),
            strata=np.array(baseline.strata),
            source=np.array(baseline.source),
            **tables,
        )
