"""A table of many units is forecast and written block by block: the files hold the same draws."""

import json
from pathlib import Path

import h5netcdf
import numpy as np
import polars as pl
import pytest

from vedette import commands
from vedette.commands import CountFile, ForecastOutputs
from vedette.commands import counts as counts_command
from vedette.counts import read_counts
from vedette.errors import UsageError
from vedette.model import (
    History,
    IntArray,
    Pool,
    blocks,
    counts_history,
    forecast,
    read_draws,
    read_forecasts,
)
from vedette.model.pool import learning
from vedette.periods import Ahead, Step, from_views_month

CELLS, MONTHS, DRAWS = 11, 46, 20
DETAILS = """\
team: Lookout
short_title: A pool
even_shorter_identifier: pool
authors: [Ada Lovelace]
contact: ada@analytical.org
"""


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "UNITS", 4)


def counts() -> IntArray:
    rng = np.random.default_rng(8)
    cells = rng.negative_binomial(0.4, np.linspace(0.9, 0.05, CELLS), (MONTHS, CELLS))
    return cells.astype(np.int64)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    month, cell = (axis.ravel() for axis in np.indices((MONTHS, CELLS)))
    path = tmp_path / "cells.parquet"
    frame = {"month_id": month + 409, "priogrid_gid": 150000 + cell, "outcome": counts().ravel()}
    pl.DataFrame(frame).write_parquet(path)
    return path


def expected() -> IntArray:
    units = [str(150000 + cell) for cell in range(CELLS)]
    past = History.of(counts(), units, from_views_month(409), Step.MONTH, measure="deaths")
    return forecast(Pool(), past, past.span.last, 14, DRAWS, seed=1).draws[:, 2:]


def made(table: Path, **files: Path) -> commands.TableForecast:
    months, outputs = Ahead(3, 14), ForecastOutputs(**files)
    return commands.forecast_counts(CountFile(table), months=months, draws=DRAWS, seed=1, files=outputs)


def test_all_files_hold_the_draws_of_python(table: Path, tmp_path: Path) -> None:
    (tmp_path / "details.yml").write_text(DETAILS)
    files = {"netcdf": tmp_path / "cube.nc", "views": tmp_path / "sent"}
    result = made(table, out=tmp_path / "draws.csv", **files, views_details=tmp_path / "details.yml")
    made(table, out=tmp_path / "draws.parquet")
    assert [path.name for path in result.written] == ["draws.csv", "cube.nc", "pool_pgm_2018.parquet"]
    whole = expected()
    for ahead in (
        read_draws(tmp_path / "draws.csv"),
        read_draws(tmp_path / "draws.parquet"),
        *read_forecasts(tmp_path / "sent"),
    ):
        order = [ahead.units.index(str(150000 + cell)) for cell in range(CELLS)]
        assert ahead.draws[:, :, order].tobytes() == whole.tobytes()
    with h5netcdf.File(tmp_path / "cube.nc", "r") as file:
        assert np.array_equal(file.variables["outcome"][:], whole)
        assert next(iter(file.variables["unit"][:])) in ("150000", b"150000")


def test_the_rows_are_in_the_order_of_the_table(table: Path) -> None:
    rows, whole = made(table).table(), expected()
    assert rows["unit"].unique(maintain_order=True).to_list() == [str(150000 + cell) for cell in range(CELLS)]
    assert rows["mean"].to_list() == pytest.approx(whole.mean(axis=0).T.ravel().tolist(), abs=6e-4)
    assert rows["median"].to_list() == np.median(whole, axis=0).T.ravel().tolist()
    assert json.loads(json.dumps(made(table).document()))["draws"] == DRAWS


def test_progress_is_by_unit(table: Path) -> None:
    told: list[float] = []
    commands.forecast_counts(
        CountFile(table), "last", months=Ahead(1, 1), draws=2, report=lambda _, share: told.append(share)
    )
    commands.forecast_counts(
        CountFile(table), "level", months=Ahead(1, 1), draws=2, report=lambda _, share: told.append(share)
    )
    assert told == pytest.approx([1.0, 4 / 11, 8 / 11, 1.0])


def test_it_is_said_how_many_units_the_pool_learned_from(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts_command, "MOST_UNITS", 10)
    assert any("from 10 of 11 units" in note for note in made(table).notes)
    monkeypatch.setattr(counts_command, "MOST_UNITS", 11)
    assert not any("units, spread" in note for note in made(table).notes)


@pytest.mark.parametrize("descending", [False, True])
def test_sums_are_told_from_what_the_months_were_tied_by(
    table: Path, monkeypatch: pytest.MonkeyPatch, descending: bool
) -> None:
    """Of many units a sample teaches: the same for the draws, for what is said of sums, in every order."""
    monkeypatch.setattr(learning, "MOST_UNITS", 5)
    pl.read_parquet(table).sort("priogrid_gid", descending=descending).write_parquet(table)
    sums = [Ahead(1, 12)]
    said = commands.forecast_counts(CountFile(table), sums=sums, draws=DRAWS, seed=1).document()
    past = counts_history(read_counts(table))
    model = blocks.blocks_of(Pool(), past, past.span.last, 12, DRAWS, 1)[0].model
    assert isinstance(model, Pool) and model.learned and model.learned.inside
    assert said["ties"]["along"] == round(model.learned.ties.along, 3)
    assert said["ties"]["across"] == round(model.learned.ties.across, 3)
    assert said["past_sums"]["inside_90_as_drawn"] == round(model.learned.inside.drawn, 3)
    assert said["past_sums"]["sums"] == model.learned.inside.sums > 0


def test_where_a_file_cannot_be_made_nothing_is_left(table: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(UsageError, match=r"write NetCDF to a file that ends in \.nc"):
        made(table, out=tmp_path / "draws.parquet", netcdf=tmp_path / "cube.txt")
    with pytest.raises(UsageError, match=r"ends in \.csv or \.parquet"):
        made(table, out=tmp_path / "draws.txt")
    assert sorted(path.name for path in tmp_path.iterdir()) == before
