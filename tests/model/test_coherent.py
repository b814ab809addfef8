"""Forecasts whose sums agree."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from support.fourland import CaseFolder
from support.running import Run

from vedette.case import read_case
from vedette.errors import UsageError
from vedette.model import (
    By,
    Coherent,
    Conflictology,
    Forecast,
    History,
    IntArray,
    Measure,
    forecast_coherent,
    panel_history,
    reconcile,
    reconcile_parts,
)
from vedette.model.sums import each_in_order_of, filled, fitted, in_step, rounded, scaled, seed, share_moved
from vedette.panel import gather, make_panel
from vedette.periods import Step


def names(places: int, strata: int) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    place, stratum = tuple(f"p{i}" for i in range(places)), tuple(f"s{k}" for k in range(strata))
    return place, stratum, tuple(f"{p}/{s}" for p in place for s in stratum)


def said(draws: IntArray, units: tuple[str, ...]) -> Forecast:
    horizons = tuple(range(1, draws.shape[1] + 1))
    return Forecast(draws.astype(np.int64), 24161, Step.MONTH, horizons, units, "deaths", "pool", 1)


def agree(made: Coherent) -> bool:
    country, places, strata = made.country.draws[:, :, 0], made.places.draws, made.strata.draws
    cells = made.cells.draws.reshape(*places.shape, strata.shape[2])
    return bool(
        (cells >= 0).all()
        and (cells.sum(axis=3) == places).all()
        and (cells.sum(axis=2) == strata).all()
        and (places.sum(axis=2) == country).all()
        and (strata.sum(axis=2) == country).all()
    )


def four(rng: np.random.Generator, draws: int, horizons: int, places: int, strata: int) -> list[Forecast]:
    """Four forecasts made each for themselves, with many zeros."""
    units = (("all",), *names(places, strata))
    return [
        said(rng.negative_binomial(0.3, 0.3 / (0.3 + 60 / len(names)), (draws, horizons, len(names))), names)
        for names in units
    ]


@st.composite
def fours(draw: st.DrawFn) -> list[Forecast]:
    shape = [draw(st.integers(low, high)) for low, high in ((2, 6), (1, 2), (1, 4), (1, 4))]
    draws, horizons, places, strata = shape
    counts = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 100_000))
    return [
        said(draw(arrays(np.int64, (draws, horizons, len(units)), elements=counts)), units)
        for units in (("all",), *names(places, strata))
    ]


@given(fours())
def test_sums_agree_in_every_draw_whatever_is_given(forecasts: list[Forecast]) -> None:
    made = reconcile(*forecasts)
    assert agree(made)
    assert (made.country.draws == forecasts[0].draws).all()


def test_sums_agree_in_a_forecast_of_real_size() -> None:
    forecasts = four(np.random.default_rng(3), 500, 3, 19, 5)
    made = reconcile(*forecasts)
    assert agree(made)
    again = reconcile(*forecasts)
    assert made.cells.draws.tobytes() == again.cells.draws.tobytes()
    assert agree(made.ahead(2, 3))
    assert made.ahead(2, 3).cells.periods == (24163, 24164)


def test_parts_that_add_up_already_keep_their_paths() -> None:
    rng = np.random.default_rng(5)
    draws = np.arange(200)[:, None, None] * 10 + rng.integers(0, 3, (200, 2, 6))
    parts, country = said(draws[rng.permutation(200)], names(6, 1)[0]), draws.sum(axis=2, keepdims=True)
    assert (reconcile_parts(said(country, ("all",)), parts).forecast.draws == draws).all()


def test_parts_are_brought_near_by_order_before_they_are_scaled() -> None:
    """Independent parts of a country: each month of each part keeps its draws until it is scaled."""
    rng = np.random.default_rng(6)
    country = said(rng.negative_binomial(1.0, 1 / 61, (400, 6, 1)), ("all",))
    parts = rng.negative_binomial(1.0, 1 / 11, (6, 6, 400))
    total = np.ascontiguousarray(country.draws[:, :, 0].T)
    near = in_step(parts, total, 0.3, rng)
    assert (np.sort(near) == np.sort(parts)).all()
    assert share_moved(near, total) < 0.9 * share_moved(parts, total)
    made = reconcile_parts(country, said(parts.transpose(2, 1, 0), names(6, 1)[0]))
    assert made.moved < share_moved(parts, total)
    assert (made.forecast.draws.sum(axis=2) == country.draws[:, :, 0]).all()


def test_neither_country_nor_strata_depend_on_the_places() -> None:
    rng = np.random.default_rng(7)
    country, places, strata, cells = four(rng, 60, 3, 6, 3)
    _, others, _, crossed = four(rng, 60, 3, 2, 3)
    one, two = reconcile(country, places, strata, cells), reconcile(country, others, strata, crossed)
    assert (one.country.draws == country.draws).all()
    assert (one.strata.draws == two.strata.draws).all()
    assert agree(one)
    assert agree(two)


def test_a_path_keeps_what_goes_together_over_time() -> None:
    """Two places that are quiet or violent throughout: their sums over time stay as wide as they were."""
    rng = np.random.default_rng(8)
    draws = rng.poisson(rng.gamma(1.0, 20.0, (500, 1, 2)) * np.ones((1, 6, 1)))
    country = said(rng.permutation(draws.sum(axis=2, keepdims=True)), ("all",))
    made = reconcile_parts(country, said(draws, ("a", "b"))).forecast.draws
    assert made.sum(axis=1).std(axis=0) == pytest.approx(draws.sum(axis=1).std(axis=0), rel=0.15)
    assert (made.sum(axis=2) == country.draws[:, :, 0]).all()


@given(fours())
def test_parts_add_up_to_the_country_whatever_is_given(forecasts: list[Forecast]) -> None:
    country, places, *_ = forecasts
    made = reconcile_parts(country, places).forecast
    assert (made.draws.sum(axis=2) == country.draws[:, :, 0]).all()
    assert (made.draws >= 0).all()


def test_one_joint_truth_is_found_again_from_its_margins() -> None:
    """Margins of one joint distribution, shuffled apart: the cells keep who is where."""
    rng = np.random.default_rng(6)
    mean = np.array([[40.0, 0.0, 4.0], [0.0, 25.0, 1.0], [6.0, 6.0, 0.0]])
    truth = rng.poisson(mean * rng.gamma(2.0, 0.5, (4000, 1, 1, 1)), (4000, 1, 3, 3))
    shuffled = [truth[rng.permutation(4000)] for _ in range(3)]
    place, stratum, cell = names(3, 3)
    made = reconcile(
        said(truth.sum(axis=(2, 3))[:, :, None], ("all",)),
        said(shuffled[0].sum(axis=3), place),
        said(shuffled[1].sum(axis=2), stratum),
        said(shuffled[2].reshape(4000, 1, 9), cell),
    )
    found = made.cells.draws.mean(axis=(0, 1)).reshape(3, 3)
    assert found == pytest.approx(mean, abs=1.5)
    for part, margin in ((made.places, truth.sum(axis=3)), (made.strata, truth.sum(axis=2))):
        wanted = np.quantile(margin, (0.1, 0.5, 0.9), axis=0)[:, 0]
        assert part.quantiles((0.1, 0.5, 0.9))[:, 0] == pytest.approx(wanted, rel=0.1, abs=1.0)


def test_a_case_by_hand() -> None:
    """Two places and two strata: the larger country goes with the larger sum, and the rest is forced."""
    place, stratum, cell = names(2, 2)
    made = reconcile(
        said(np.array([[[2]], [[8]]]), ("all",)),
        said(np.array([[[3, 1]], [[0, 1]]]), place),
        said(np.array([[[0, 1]], [[4, 4]]]), stratum),
        said(np.array([[[3, 0, 1, 0]], [[0, 0, 0, 1]]]), cell),
    )
    assert made.country.draws.ravel().tolist() == [2, 8]
    assert made.strata.draws[:, 0].tolist() == [[0, 2], [4, 4]]
    assert agree(made)


def test_nothing_in_places_is_dealt_by_their_mean_shares() -> None:
    draws = np.array([[3, 0], [1, 0]])
    assert scaled(draws, np.array([8, 8])).tolist() == [[6, 6], [2, 2]]
    assert scaled(np.zeros((2, 1), np.int64), np.array([8])).tolist() == [[4], [4]]


def test_rounding_keeps_expectations_and_is_never_off_by_one() -> None:
    rng = np.random.default_rng(8)
    table = np.repeat(rng.dirichlet(np.full(6, 0.4))[:, None] * 7, 20_000, axis=1)
    total = np.full(20_000, 7)
    found = rounded(table, total, np.full(table.shape, 7), rng.random(20_000))
    assert (found.sum(axis=0) == 7).all()
    assert (np.abs(found - table) < 1).all()
    assert found.mean(axis=1) == pytest.approx(table[:, 0], abs=0.02)


def plain_rounding(row: list[float], total: int, most: list[int], start: float) -> list[int]:
    found, over = [], start
    for value, top in zip(row, most, strict=True):
        wanted = min(value, top)
        over += wanted - int(wanted)
        found.append(int(wanted) + int(over >= 1))
        over -= over >= 1
    for unit, top in enumerate(most):
        more = min(top - found[unit], total - sum(found))
        found[unit] += max(more, 0)
    return found


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 9)), min_size=1, max_size=6), st.integers(0, 15)
)
def test_rounding_is_what_a_plain_loop_does(cells: list[tuple[int, int]], sixteenths: int) -> None:
    most, row = [top for _, top in cells], [value / 64 for value, _ in cells]
    start, total = sixteenths / 16, sum(most)
    row = [min(value, top) for value, top in zip(row, most, strict=True)]
    total = int(np.ceil(sum(row)))
    wide = (np.array(row)[:, None], np.array([total]), np.array(most)[:, None], np.array([start]))
    assert rounded(*wide).ravel().tolist() == plain_rounding(row, total, most, start)


def test_fitting_is_what_plain_loops_do() -> None:
    rng = np.random.default_rng(9)
    cells = rng.poisson(1.0, (4, 3, 1))
    target = rng.poisson(2.0, (4, 3))
    places, strata = target.sum(axis=1)[:, None], target.sum(axis=0)[:, None]
    plain = seed(cells, places, strata)[:, :, 0].copy()
    for _ in range(20):
        for i in range(4):
            plain[i] *= places[i, 0] / plain[i].sum()
        for k in range(3):
            plain[:, k] *= strata[k, 0] / plain[:, k].sum()
    assert fitted(seed(cells, places, strata), places, strata)[:, :, 0] == pytest.approx(plain)


def test_cells_that_fit_already_are_hardly_moved() -> None:
    cells = np.random.default_rng(10).negative_binomial(0.5, 0.05, (6, 3, 300))
    start = np.random.default_rng(11).random((2, 300))
    found = filled(cells, cells.sum(axis=1), cells.sum(axis=0), start)
    assert np.abs(found - cells).sum() < 0.1 * cells.sum()


def test_order_is_taken_over_and_nothing_else() -> None:
    rng = np.random.default_rng(12)
    leader, draws = rng.permutation(50), rng.integers(0, 1000, (3, 50))
    led = each_in_order_of(leader[None], draws[None], rng.random((2, 1, 50)))[0]
    assert (np.argsort(led.sum(axis=0), kind="stable") == np.argsort(leader)).all()
    assert sorted(map(tuple, led.T)) == sorted(map(tuple, draws.T))
    each = each_in_order_of(draws, draws[:, None][::-1], rng.random((2, 3, 50)))[:, 0]
    assert (np.sort(each, axis=1) == np.sort(draws[::-1], axis=1)).all()
    assert np.corrcoef(each[0], draws[0])[0, 1] > 0.9


def broken(mistake: str) -> list[Forecast]:
    country, places, strata, cells = four(np.random.default_rng(1), 10, 2, 3, 2)
    match mistake:
        case "origin":
            return [country, replace(places, origin=24162), strata, cells]
        case "draws":
            return [country, places, replace(strata, draws=strata.draws[:5]), cells]
        case "measure":
            return [country, places, strata, replace(cells, measure="events")]
        case "order":
            return [country, places, strata, replace(cells, units=cells.units[::-1])]
        case _:
            return [places, places, strata, cells]


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("origin", r"deaths: expected .* of the country, \('deaths', 24161.*found \('deaths', 24162"),
        ("draws", r"same terms"),
        ("measure", r"events: expected .*found \('events'"),
        ("order", r"6 cells of 3 places and 2 strata in their order; found 1 and 6, p2/s1 first"),
        ("country", r"expected one country .*; found 3 and 6"),
    ],
)
def test_forecasts_that_do_not_fit_are_refused(mistake: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        reconcile(*broken(mistake))


def histories(folder: Path) -> dict[By, History]:
    case = read_case(str(folder))
    panel = make_panel(gather(case).cells, case, date(2014, 12, 31), case.step, seed=1)
    parts = (By.COUNTRY, By.PLACE, By.STRATUM, By.CELL)
    return {by: panel_history(panel, case, Measure.DEATHS, by) for by in parts}


def test_a_case_is_forecast_in_parts_that_add_up(case_folder: CaseFolder) -> None:
    past = histories(case_folder())
    made = forecast_coherent(Conflictology(12), past, horizons=3, draws=200, seed=1)
    assert agree(made)
    assert made.cells.draws.shape == (200, 3, 4 * 3)
    assert (made.cells.units, made.cells.measure) == (past[By.CELL].units, "deaths")
    del past[By.CELL], past[By.PLACE]
    with pytest.raises(UsageError, match="found none by place or by place,stratum"):
        forecast_coherent(Conflictology(12), past, horizons=3, draws=200, seed=1)


def test_the_command_gives_cells_that_add_up(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    import xarray as xr

    folder, data = case_folder(), {}
    for by in ("country", "place,stratum"):
        out = tmp_path / f"{by}.nc"
        words = ("--by", by, "--draws", 60, "--months", "2-3", "--quiet", "--netcdf", out)
        done = run("forecast", folder, *words, home=tmp_path)
        assert done.returncode == 0, done.stderr
        data[by] = xr.open_dataset(out).load()
    cells, country = data["place,stratum"], data["country"]
    assert cells["unit"].values[:2].tolist() == ["FO-A/rebels", "FO-A/militias"]
    assert set(cells["place"].values) == {"FO-A", "FO-B", "FO-C", "FO-D"}
    assert set(cells["stratum"].values) == {"rebels", "militias", "other"}
    sums = cells["outcome"].sum("unit").values
    assert (sums == country["outcome"].values[:, :, 0]).all()


def test_the_shipped_case_is_forecast_by_place_and_stratum(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "draws.parquet"
    words = ("--by", "place,stratum", "--months", "1-3", "--draws", 40, "--quiet", "--out", out)
    done = run("forecast", "iraq", *words, home=tmp_path)
    assert done.returncode == 0, done.stderr
    made = pl.read_parquet(out)
    assert made.height == 18 * 4 * 3 * 40
    assert made["unit"].unique(maintain_order=True)[:2].to_list() == ["IQ-AN/islamic-state", "IQ-AN/militias"]
