"""The cluster: the same bytes as on one core, though a worker is killed; clear words where there is none."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from distributed import LocalCluster

from vedette.errors import ClusterError, DataError
from vedette.model import Conflictology, EwmaNegBin, History, IntArray, Model
from vedette.periods import Step
from vedette.score import DistributedMap, Scorecard, backtest, distributed_map
from vedette.score.cluster import software

FIRST = 1000


@dataclass(frozen=True)
class Assassin:
    """Conflictology whose first simulation anywhere kills the process it runs in."""

    marker: Path
    name: str = "assassin"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        try:
            self.marker.touch(exist_ok=False)
        except FileExistsError:
            return Conflictology(4).simulate(history, horizons, draws, rng)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("unreachable")


@dataclass(frozen=True)
class Broken:
    """A model that finds the data wanting."""

    name: str = "broken"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        raise DataError("broken: expected more; found less. Load more.")


def card(models: list[Model], mapper: DistributedMap = map) -> Scorecard:
    values = np.random.default_rng(1).negative_binomial(0.5, 0.05, (60, 3))
    history = History.of(values, ["a", "b", "c"], FIRST, Step.MONTH, measure="deaths")
    return backtest(history, models, range(1020, 1050), horizons=4, draws=60, seed=3, mapper=mapper)


def written(table: pl.DataFrame | None) -> str:
    assert table is not None
    return table.write_csv(float_precision=17)


def test_a_worker_killed_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    seen.touch()
    alone = card([EwmaNegBin(), Assassin(seen)])
    marker = tmp_path / "killed"
    with distributed_map("local") as mapper:
        spoiled = card([EwmaNegBin(), Assassin(marker)], mapper)
        with pytest.raises(DataError, match="broken: expected more; found less"):
            card([Broken()], mapper)
    assert marker.exists()
    assert written(spoiled.table) == written(alone.table)
    assert written(spoiled.noise) == written(alone.noise)
    assert spoiled.terms == alone.terms


def test_an_address_at_which_nobody_answers_is_told_with_the_cure() -> None:
    said = r"--cluster tcp://127.0.0.1:9: no Dask scheduler answered within 0.5 seconds.*--cluster local"
    with pytest.raises(ClusterError, match=said), distributed_map("tcp://127.0.0.1:9", timeout=0.5):
        pass


@pytest.mark.parametrize("address", ["", "no such address", "ftp://x:1", "tcp://x"])
def test_what_is_no_address_is_told_too(address: str) -> None:
    with (
        pytest.raises(ClusterError, match=r"no address of a Dask scheduler.*like tcp://"),
        distributed_map(address),
    ):
        pass


@contextmanager
def scheduler(workers: int) -> Iterator[str]:
    """The address of a scheduler on this machine."""
    with LocalCluster(
        n_workers=workers, processes=False, host="127.0.0.1", protocol="tcp://", dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


def test_a_scheduler_that_runs_already_gives_the_same_too() -> None:
    alone = card([Conflictology(4)])
    with scheduler(1) as address, distributed_map(address) as mapper:
        assert written(card([Conflictology(4)], mapper).table) == written(alone.table)


def test_a_scheduler_without_workers_is_told() -> None:
    said = r"--cluster tcp://.*: the scheduler has no workers. Start some with `dask worker tcp://"
    with (
        scheduler(0) as address,
        pytest.raises(ClusterError, match=said),
        distributed_map(address, timeout=0.5),
    ):
        pass


def test_workers_with_other_software_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    other = {"tcp://10.0.0.7:1": {**software(), "vedette": "0.0.1"}}
    monkeypatch.setattr("vedette.score.cluster._asked", lambda *_: other)
    said = r"tcp://10.0.0.7:1 has vedette 0.0.1 \(here .*\). Install on the workers what is installed here"
    with scheduler(0) as address, pytest.raises(ClusterError, match=said), distributed_map(address):
        pass


def test_nothing_of_dask_is_imported_unless_asked_for() -> None:
    program = (
        "import sys; from vedette.score import distributed_map\n"
        "with distributed_map(None) as mapper: print(list(mapper(abs, [-1])))\n"
        "print([name for name in sys.modules if name.startswith(('dask', 'distributed'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[1]", "[]"]


def test_software_names_what_the_numbers_rest_on() -> None:
    assert {"vedette", "numpy", "scipy", "scoringrules"} <= set(software())
