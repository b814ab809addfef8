"""What the data cannot tell is reported, never raised, and never a number that is none."""

import numpy as np
import pytest
from support.plain_model import ring, simulated

from vedette.errors import DataError
from vedette.model import History, IntArray
from vedette.model.endemic.boundary import Boundary
from vedette.model.endemic.fit import Fit, fit
from vedette.model.endemic.onestep import rolling
from vedette.model.endemic.specification import Specification
from vedette.periods import Step

UNITS = tuple("ABCDEF")


def past(counts: object, neighbours: object = None) -> History:
    made = np.asarray(counts)
    touch = None if neighbours is None else np.asarray(neighbours)
    return History.of(made, UNITS[: made.shape[1]], 0, Step.WEEK, neighbours=touch)


def poisson(periods: int = 80, level: float = 2.0, seed: int = 1) -> IntArray:
    return np.random.default_rng(seed).poisson(level, (periods, 6))


def flat(found: Fit) -> dict[str, Boundary]:
    for each in found.coefficients:
        assert (each.se is None) == (each.boundary is not None)
        assert np.isfinite(each.estimate)
        assert each.se is None or np.isfinite(each.se)
    return {each.name: each.boundary for each in found.coefficients if each.boundary}


def test_a_unit_without_events_has_no_endemic_part() -> None:
    y = poisson()
    y[:, 2] = 0
    found = fit(past(y), Specification("0", "0", "fe", "poisson"))
    assert flat(found) == {"end.1.C": Boundary.VANISHED}
    assert found.converged


def test_the_other_standard_errors_are_those_without_that_unit() -> None:
    y = simulated(np.random.default_rng(1), 150, np.full(6, 1.0), 0.5, 0.0, ring(6), 0.0)
    y[:, 2] = 0
    asked = Specification("1", "0", "fe", "poisson")
    whole = {each.name: each for each in fit(past(y), asked).coefficients}
    kept = fit(History.of(np.delete(y, 2, axis=1), [u for u in UNITS if u != "C"], 0, Step.WEEK), asked)
    for each in kept.coefficients:
        assert whole[each.name].estimate == pytest.approx(each.estimate, abs=1e-5)
        assert whole[each.name].se == pytest.approx(each.se, rel=1e-4)


def test_counts_less_varied_than_a_poisson_have_no_dispersion() -> None:
    y = np.tile([[2, 3, 2], [3, 2, 3]], (30, 1))
    found = fit(past(y), Specification("0", "0", "1", "negbin1"))
    assert flat(found) == {"-log(overdisp)": Boundary.POISSON}
    assert found.overdispersion[0].estimate == 0.0
    plain = fit(past(y), Specification("0", "0", "1", "poisson"))
    assert found.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-6)


def test_nothing_feeds_itself() -> None:
    """Counts that turn round each week push the autoregression to 0."""
    y = np.tile([[6, 0, 6], [0, 6, 0]], (30, 1))
    assert flat(fit(past(y), Specification("1", "0", "1", "poisson"))) == {"ar.1": Boundary.VANISHED}


def test_neighbours_that_are_nowhere_say_nothing() -> None:
    found = fit(past(poisson(), np.zeros((6, 6))), Specification())
    assert flat(found)["ne.1"] in (Boundary.FLAT, Boundary.VANISHED)
    assert found.converged


@pytest.mark.parametrize("weights", ["raw", "norm", "powerlaw", "pl0-norm", "order2"])
def test_isolated_places_and_maps_in_pieces(weights: str) -> None:
    touch = np.zeros((6, 6))
    touch[0, 1] = touch[1, 0] = touch[2, 3] = touch[3, 2] = touch[3, 4] = touch[4, 3] = 1
    found = fit(past(poisson(), touch), Specification("0" if weights == "pl0-norm" else "1", weights=weights))
    flat(found)
    assert np.isfinite(found.log_likelihood)


def test_two_columns_that_are_one_are_flat() -> None:
    series = np.linspace(0, 1, 80)
    asked = Specification("0", "0", "1 + one + two", "poisson")
    found = fit(past(poisson()), asked, covariates={"one": series, "two": 2 * series})
    assert flat(found) == {"end.one": Boundary.FLAT, "end.two": Boundary.FLAT}


def test_small_and_large_covariates_are_no_boundary() -> None:
    series = np.random.default_rng(5).normal(size=80)
    asked = Specification("0", "0", "1 + x", "poisson")
    small = fit(past(poisson()), asked, covariates={"x": 1e-6 * series})
    large = fit(past(poisson()), asked, covariates={"x": 1e6 * series})
    assert flat(small) == flat(large) == {}
    assert small.estimates["end.x"] * 1e-6 == pytest.approx(large.estimates["end.x"] * 1e6, rel=1e-4)


def test_two_periods_are_enough() -> None:
    found = fit(past([[1, 0, 2], [2, 1, 0]]), Specification("1", "0", "1"))
    flat(found)
    assert found.n == 3


def test_rolling_refits_survive_a_unit_that_wakes_up() -> None:
    y = poisson(60)
    y[:55, 4] = 0
    y[55:, 4] = 5
    scores = rolling(Specification("1", "1", "fe"), y, UNITS, ring(6), 8)
    assert np.isfinite([scores.logs, scores.rps]).all()
    assert scores.logs < 20


@pytest.mark.parametrize(
    ("counts", "asked", "words"),
    [
        (
            [[0, 0], [0, 0], [0, 0]],
            Specification("1", "0", "1"),
            "no events in the 2 periods after the first",
        ),
        ([[1, 2]], Specification("1", "0", "1"), "expected more than 1 period, "),
        (
            [[0, 0], [1, 0], [0, 2]],
            Specification("1", "0", "0"),
            "2 counts have no earlier count to come from",
        ),
        ([[1, 0], [1, 2]], Specification("1", "1", "1"), "no neighbours are known"),
        ([[1, 0], [1, 2]], Specification("1", "0", "1 + troops"), "covariate 'troops': expected one of"),
    ],
)
def test_panels_that_cannot_be_fitted(counts: list[list[int]], asked: Specification, words: str) -> None:
    with pytest.raises(DataError, match=words):
        fit(past(counts), asked)


@pytest.mark.parametrize(
    ("series", "words"),
    [
        (np.ones(79), "expected a value for each of 80 periods"),
        (np.ones((80, 2)), "for each of 6; found shape"),
        (np.full(80, np.nan), "expected finite numbers; found"),
    ],
)
def test_covariates_that_do_not_fit(series: object, words: str) -> None:
    with pytest.raises(DataError, match=words):
        fit(past(poisson()), Specification("0", "0", "1 + x"), covariates={"x": np.asarray(series)})


def test_neighbours_of_another_panel() -> None:
    with pytest.raises(DataError, match="expected a table of 6 rows and columns"):
        fit(past(poisson()), Specification(), np.zeros((5, 5)))
