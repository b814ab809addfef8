"""The endemic-epidemic model against hhh4 of the R package *surveillance*, row by row of a table."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from vedette.counts import read_counts, read_neighbours
from vedette.model import History
from vedette.model.counted import counts_history
from vedette.model.endemic.boundary import Boundary
from vedette.model.endemic.design import design
from vedette.model.endemic.fit import Fit, fit, fit_design
from vedette.model.endemic.onestep import OneStep, last_periods, rolling
from vedette.model.endemic.specification import Specification
from vedette.model.endemic.weights import orders

FOLDER = Path(__file__).parent / "hhh4"
REFERENCE = json.loads((FOLDER / "reference.json").read_text(encoding="utf-8"))
MODELS: dict[str, dict[str, Any]] = REFERENCE["models"]
TOLD = [name for name, row in MODELS.items() if "coefficients" in row]
WEEKS = 52

each_model = pytest.mark.parametrize("name", MODELS)


@cache
def iraq() -> History:
    table = read_counts(FOLDER / "iraq_all.csv")
    return counts_history(table, neighbours=read_neighbours(FOLDER / "iraq_adjacency.csv", table.units))


def asked(name: str) -> Specification:
    row = MODELS[name]
    return Specification(row["ar"], row["ne"], row["end"], row["family"], row["weights"])


@cache
def fitted(name: str) -> Fit:
    return fit(iraq(), asked(name))


def as_listed(scores: OneStep) -> list[float]:
    return [scores.logs, scores.rps, scores.dss]


def test_the_panel_is_the_one_of_the_table() -> None:
    assert iraq().values.shape == (1, 782, 18)
    assert iraq().values.sum() == 6697


def test_orders_of_neighbourhood_agree() -> None:
    listed = pl.read_csv(FOLDER / "iraq_nborder.csv").select(iraq().units).to_numpy()
    touch = iraq().neighbours
    assert touch is not None
    assert orders(touch).toarray().tolist() == listed.tolist()


@each_model
def test_log_likelihood_at_the_optimum(name: str) -> None:
    found, row = fitted(name), MODELS[name]
    assert found.converged
    assert (found.n, found.k) == (REFERENCE["n"], row["k"])
    assert found.log_likelihood == pytest.approx(row["log_likelihood"], abs=2e-6 if row["boundary"] else 1e-6)
    assert found.aic == pytest.approx(row["aic"], abs=1e-4)
    if row["psi"] is not None:
        assert found.overdispersion[0].estimate == pytest.approx(row["psi"], abs=5.1e-5)


@each_model
def test_decay_or_boundary(name: str) -> None:
    found, row = fitted(name), MODELS[name]
    flat = {each.name: each.boundary for each in found.coefficients if each.boundary}
    assert flat == ({"neweights.d": Boundary.NEAREST} if row["boundary"] else {})
    if row["decay"]:
        assert found.estimates["neweights.d"] == pytest.approx(row["decay"], abs=5.1e-4)


@pytest.mark.parametrize("name", TOLD)
def test_coefficients_and_standard_errors(name: str) -> None:
    found, listed = fitted(name), MODELS[name]["coefficients"]
    assert [each.name for each in found.coefficients] == list(listed)
    assert found.bic == pytest.approx(MODELS[name]["bic"], abs=1e-5)
    for each in found.coefficients:
        estimate, se = listed[each.name]
        assert each.estimate == pytest.approx(estimate, abs=1e-5 * max(1, se / 0.05)), each.name
        assert each.se == pytest.approx(se, rel=1e-4), each.name


@each_model
def test_scores_of_the_last_year(name: str) -> None:
    found = fitted(name)
    known = (np.arange(782) < 782 - WEEKS).astype(float)
    early = fit_design(design(asked(name), iraq().values[0], iraq().units, iraq().neighbours, weight=known))
    assert as_listed(last_periods(found, found.design, WEEKS)) == pytest.approx(
        MODELS[name]["final"], abs=6e-5
    )
    assert as_listed(last_periods(early, found.design, WEEKS)) == pytest.approx(
        MODELS[name]["first"], abs=1.1e-4
    )


def test_a_history_cut_short_gives_the_same_fit_as_periods_without_weight() -> None:
    known = (np.arange(782) < 782 - WEEKS).astype(float)
    masked = design(asked("fe_only"), iraq().values[0], iraq().units, weight=known)
    cut = fit(iraq().until(iraq().span.last - WEEKS), asked("fe_only"))
    assert fit_design(masked).estimates == pytest.approx(cut.estimates, abs=1e-8)


@pytest.mark.parametrize("name", ["fe_ar_ne_norm", "st_ar_ne_raw"])
def test_scores_of_weekly_refits(name: str) -> None:
    past = iraq()
    found = rolling(asked(name), past.values[0], past.units, past.neighbours, WEEKS)
    assert as_listed(found) == pytest.approx(MODELS[name]["rolling"], abs=1.1e-4)


def test_weekly_refits_go_on_where_the_decay_runs_away() -> None:
    """Refits that fail in R give the forecasts of first-order neighbours here."""
    past = iraq()
    found = rolling(asked("fe_ar_ne_powerlaw"), past.values[0], past.units, past.neighbours, 3)
    nearest = rolling(asked("fe_ar_ne_norm"), past.values[0], past.units, past.neighbours, 3)
    assert as_listed(found) == pytest.approx(as_listed(nearest), abs=1e-6)
