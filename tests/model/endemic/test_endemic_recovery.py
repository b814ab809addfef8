"""Known truths are found again, and standard errors cover them as often as they should."""

import numpy as np
import pytest
from support.plain_model import ring, simulated

from vedette.model.endemic.design import design
from vedette.model.endemic.fit import Fit, fit_design
from vedette.model.endemic.specification import Specification, lags_of
from vedette.model.endemic.weights import given_weights

UNITS = tuple("ABCDEFGH")
NU = np.exp(np.linspace(-1.0, 1.0, 8))
TRUTH = {"ar.1": np.log(0.4), "ne.1": np.log(0.3), "-log(overdisp)": -np.log(0.5)}
TRUTH |= {f"end.1.{unit}": float(np.log(nu)) for unit, nu in zip(UNITS, NU, strict=True)}


def replicate(seed: int, periods: int = 300) -> Fit:
    table = given_weights(ring(8), normalised=True).toarray()
    y = simulated(np.random.default_rng(seed), periods, NU, 0.4, 0.3, table, 0.5)
    return fit_design(design(Specification(end="fe"), y, UNITS, ring(8)))


def test_nine_in_ten_intervals_hold_the_truth() -> None:
    held: list[bool] = []
    for seed in range(40):
        found = replicate(seed)
        assert found.converged
        for each in found.coefficients:
            assert each.se is not None
            held.append(abs(each.estimate - TRUTH[each.name]) < 1.645 * each.se)
    assert len(held) == 40 * 11
    assert np.mean(held) == pytest.approx(0.9, abs=0.04)


def test_standard_errors_shrink_with_the_root_of_time() -> None:
    short, long = replicate(1, 200), replicate(1, 1800)
    ratios = [
        a.se / b.se for a, b in zip(short.coefficients, long.coefficients, strict=True) if a.se and b.se
    ]
    assert np.median(ratios) == pytest.approx(3.0, rel=0.15)


def test_the_memory_is_found_again() -> None:
    rng = np.random.default_rng(4)
    shares = 0.5 ** np.arange(6)
    shares /= shares.sum()
    y = np.zeros((1500, 4), dtype=np.int64)
    for t in range(6, len(y)):
        y[t] = rng.poisson(1.0 + 0.7 * (shares @ y[t - 6 : t][::-1]))
    found = fit_design(
        design(Specification("1", "0", "1", "poisson", lags=lags_of("geometric(6)")), y, UNITS[:4])
    )
    estimate = {each.name: each for each in found.coefficients}
    for name, truth in {"ar.1": np.log(0.7), "end.1": 0.0, "lagweights.k": 0.0}.items():
        se = estimate[name].se
        assert se is not None
        assert abs(estimate[name].estimate - truth) < 3 * se


def test_pooling_lies_between_one_level_and_many() -> None:
    """Level by level it is closer to the truth than either, on many short series; the spread is found."""
    rng = np.random.default_rng(9)
    units = tuple(f"u{k}" for k in range(60))
    levels = rng.normal(0.5, 0.6, 60)
    y = rng.poisson(np.exp(levels), (6, 60))
    wrong = {}
    for end in ("fe", "ri"):
        found = fit_design(design(Specification("0", "0", end, "poisson"), y, units))
        own = np.array([found.estimates[f"end.1.{unit}"] for unit in units])
        wrong[end] = np.abs(np.exp(own) - np.exp(levels)).mean()
        if end == "ri":
            assert 1 / np.sqrt(np.asarray(found.priors.unit_precision)) == pytest.approx([0.6], abs=0.15)
            assert (found.aic, found.bic) == (None, None)
    assert wrong["ri"] < wrong["fe"]
    assert wrong["ri"] < np.abs(np.exp(levels) - y.mean()).mean()


def test_an_offset_multiplies_and_a_covariate_is_found() -> None:
    rng = np.random.default_rng(2)
    people, troops = rng.uniform(1, 5, (400, 3)), rng.normal(size=400)
    y = rng.poisson(people * np.exp(-0.5 + 0.3 * troops[:, None]))
    asked = Specification("0", "0", "1 + troops + offset(people)", "poisson")
    found = fit_design(design(asked, y, UNITS[:3], None, {"people": people, "troops": troops}))
    assert found.estimates == pytest.approx({"end.1": -0.5, "end.troops": 0.3}, abs=0.07)


def test_another_start_ends_at_the_same_place() -> None:
    found = replicate(3)
    away = found.at._replace(shared=found.at.shared + 1.0, unit=found.at.unit - 1.0)
    again = fit_design(found.design, away)
    assert again.log_likelihood == pytest.approx(found.log_likelihood, abs=1e-8)
    assert again.estimates == pytest.approx(found.estimates, abs=1e-5)
