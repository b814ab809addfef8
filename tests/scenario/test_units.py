"""Units multiply and divide; distributions keep to their ends and to what is said of them."""

import numpy as np
import pytest
from scipy import stats

from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.units import dimensions, over, spoken, times


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        (("people/month", "months"), "people"),
        (("share/month", "people"), "people/month"),
        (("index", "USD/month"), "USD/month"),
        (("deaths/month", "number"), "deaths/month"),
        (("attacks", "attacks"), "attacks^2"),
    ],
)
def test_products(product: tuple[str, ...], expected: str) -> None:
    assert spoken(times(*map(dimensions, product))) == expected


def test_quotients() -> None:
    assert spoken(over(dimensions("deaths"), dimensions("attacks"))) == "deaths/attacks"
    assert spoken(over(dimensions("index"), dimensions("months"))) == "1/month"
    assert spoken(over(dimensions("people"), dimensions("people"))) == "number"


@pytest.mark.parametrize(
    ("given", "low", "middle", "high"),
    [
        ({"form": "normal", "low": -1, "high": 1}, -1, 0, 1),
        ({"form": "lognormal", "low": 1, "high": 100}, 1, 10, 100),
        ({"form": "uniform", "low": 0, "high": 2}, 0.1, 1, 1.9),
        ({"form": "triangular", "low": 0, "mode": 1, "high": 2}, np.sqrt(0.1), 1, 2 - np.sqrt(0.1)),
        ({"form": "point", "value": 3}, 3, 3, 3),
        ({"form": "beta", "mean": 0.5, "weight": 2}, 0.05, 0.5, 0.95),
    ],
)
def test_quantiles(given: dict[str, object], low: float, middle: float, high: float) -> None:
    found = Distribution.model_validate(given).quantile(np.array([0.05, 0.5, 0.95]))
    np.testing.assert_allclose(found, [low, middle, high], atol=1e-9)


def test_quantiles_are_those_of_scipy() -> None:
    chance = np.linspace(0.001, 0.999, 200)
    leaning = Distribution.model_validate({"form": "triangular", "low": -3, "mode": -3, "high": 5})
    skewed = Distribution.model_validate({"form": "triangular", "low": 1, "mode": 4, "high": 4.5})
    believed = Distribution.model_validate({"form": "beta", "mean": 0.2, "weight": 9})
    np.testing.assert_allclose(leaning.quantile(chance), stats.triang.ppf(chance, 0.0, -3, 8))
    np.testing.assert_allclose(skewed.quantile(chance), stats.triang.ppf(chance, 3 / 3.5, 1, 3.5))
    np.testing.assert_allclose(believed.quantile(chance), stats.beta.ppf(chance, 1.8, 7.2))


def test_what_is_cut_off_is_never_drawn() -> None:
    cut = Distribution.model_validate({"form": "normal", "low": -1, "high": 1, "least": 0, "most": 0.5})
    drawn = cut.quantile(np.linspace(0.0001, 0.9999, 999))
    assert cut.support == (0.0, 0.5)
    assert drawn.min() >= 0
    assert drawn.max() <= 0.5
    log = Distribution.model_validate({"form": "lognormal", "low": 1, "high": 9, "least": 2})
    assert log.quantile(np.array([0.001])) >= 2
