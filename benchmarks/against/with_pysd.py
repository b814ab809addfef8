"""The mechanism of an ensemble in PySD: a `model.run` for each draw, or all draws as an array in one.

The first is what the manual of PySD shows, the second what somebody might do who has many draws. All of the
mechanism is in it: bounds, thresholds, shocks, branches, scatter and events. A run is given the numbers, the
noise and the futures of draws of the ensemble, so its paths must come out alike.

Martin-Martinez et al. 2022, Journal of Open Source Software 7(78), 4329, https://pysd.readthedocs.io.
"""

import importlib
import importlib.util
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from against.xmile import entry, word, xmile
from vedette.model import FloatArray
from vedette.scenario import Ensemble
from vedette.scenario.language.plan import plan_of

RELATIVE, ABSOLUTE = 2e-5, 1e-6
"""How far paths may lie apart: an ensemble keeps them in single precision."""


@dataclass(frozen=True)
class Measured:
    """Seconds to translate the model, and of all draws of a scenario; the most that a value is apart."""

    reading: float
    scenario: float
    apart: float


def installed() -> bool:
    """Whether PySD is here; vedette does not bring it."""
    return importlib.util.find_spec("pysd") is not None


def one_by_one(made: Ensemble, draws: int) -> Measured:
    """Runs some draws, each under another scenario in turn, sets them beside the ensemble, and scales up.

    What a run is given is made before the clock starts. The first run is not timed.

    Raises:
        AssertionError: a path differs from that of the ensemble.
    """
    model, reading = _read(xmile(made.mechanism, made.baseline))
    _run(model, made, 0, 0)
    seconds, apart = 0.0, 0.0
    for draw in range(draws):
        scenario = draw % len(made.names)
        took, found = _run(model, made, scenario, draw)
        seconds += took
        apart = max(apart, _apart(made, made.paths[scenario, draw], found))
    return Measured(reading, seconds / draws * made.draws, apart)


def at_once(made: Ensemble, scenario: int) -> Measured:
    """Runs all draws of one scenario as an array.

    Raises:
        AssertionError: a path differs from that of the ensemble.
    """
    model, reading = _read(xmile(made.mechanism, made.baseline, made.draws))
    seconds, found = _run(model, made, scenario, slice(None))
    return Measured(reading, seconds, _apart(made, made.paths[scenario], found))


def _read(text: str) -> tuple[Any, float]:
    """The model in PySD, which writes it as Python beside the file and loads that; and the seconds of it."""
    pysd = importlib.import_module("pysd")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "mechanism.xmile")
        file.write_text(text, encoding="utf-8")
        start = time.perf_counter()
        return pysd.read_xmile(str(file)), time.perf_counter() - start


def _run(model: Any, made: Ensemble, scenario: int, draw: int | slice) -> tuple[float, FloatArray]:
    """Seconds, and what the ensemble keeps at the beginning of each month and after the last.

    Of one draw (T + 1, N), of all (D, T + 1, N).
    """
    columns = [entry(name) for name in made.kept]
    given = _given(made, scenario, draw)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Replacing a constant value with a time-dependent value")
        start = time.perf_counter()
        table = model.run(params=given, return_columns=columns, flatten_output=False)
        seconds = time.perf_counter() - start
    paths = [np.stack([np.asarray(cell, dtype=np.float64) for cell in table[name]], -1) for name in columns]
    return seconds, np.stack(paths, axis=-1)


def _given(made: Ensemble, scenario: int, draw: int | slice) -> dict[str, Any]:
    """What does not move from month to month as constants, since series take longer; the rest as series."""
    plan = plan_of(made.mechanism.file)
    levers = made.mechanism.lever_paths(made.scenarios[scenario])
    paths: dict[str, FloatArray] = dict(zip(plan.levers, levers.T, strict=True))
    for group in made.mechanism.file.events:
        paths[f"{group.id}_forecast"] = made.baseline.group(group)[made.future[draw]]
    for place, name in enumerate(plan.noises):
        paths[f"{name}_noise"] = made.noise[draw, :, place]
    given = {word(name): _number(column[draw]) for name, column in made.quantities.items()}
    for place, name in enumerate(plan.gates):
        given[word(f"{name}_holds")] = _number(made.drawn.gates[draw, place])
    return given | {word(name): _series(path) for name, path in paths.items()}


def _number(values: Any) -> Any:
    """A number, or an array over the draws."""
    if np.ndim(values) == 0:
        return float(values)
    names = [f"d{draw}" for draw in range(len(values))]
    array = importlib.import_module("xarray").DataArray
    return array(np.asarray(values, np.float64), {"draw": names}, ["draw"])


def _series(path: FloatArray) -> Any:
    """What stands for (T,) or (D, T) over time."""
    if np.all(path[..., :1] == path):
        return _number(path[..., 0])
    months = [_number(path[..., month]) for month in range(path.shape[-1])]
    held = np.empty(len(months), dtype=object if path.ndim > 1 else np.float64)
    for month, value in enumerate(months):
        held[month] = value
    return importlib.import_module("pandas").Series(held)


def _apart(made: Ensemble, wanted: Any, found: FloatArray) -> float:
    """The most that a value of (..., T, N) is apart from PySD, which tells stocks a month later."""
    stocks = {stock.id for stock in made.mechanism.file.stocks}
    later = np.array([name in stocks for name in made.kept])
    found = np.where(later, found[..., 1:, :], found[..., :-1, :])
    np.testing.assert_allclose(wanted, found, RELATIVE, ABSOLUTE, err_msg="PySD and vedette differ")
    return float(np.max(np.abs(wanted - found) / np.maximum(np.abs(found), ABSOLUTE / RELATIVE)))
