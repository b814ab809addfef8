"""The sampled latent level: a known truth is covered, same seed same bytes, bad panels are refused."""

import warnings

import numpy as np
import pytest

from vedette.errors import DataError
from vedette.model import FloatArray, History, forecast
from vedette.model.bayes import LevelBayes, Posterior, PosteriorDoubt, Sampler
from vedette.model.bayes.walk import Walk
from vedette.periods import Step

UNITS = ("a", "b")
SHORT = LevelBayes(Sampler(chains=2, warmup=150, draws=100))
TRUTH = {"reversion": 0.1, "step": 0.2, "jump_share": 0.05, "jump_size": 4.0, "shared": 0.3, "size": 3.0}


def panel(seed: int, periods: int = 30) -> History:
    """A panel from a known walk; two draws of it, so that the middle one is taken."""
    rng = np.random.default_rng(seed)
    one = {name: np.array([value]) for name, value in TRUTH.items()}
    home = np.log([[20.0, 3.0]])
    counts = Walk(**one, home=home).ahead(home, periods, rng)
    return History.of(np.concatenate([counts, counts]), UNITS, 24000, Step.MONTH)


@pytest.fixture(scope="module")
def found() -> Posterior:
    return SHORT.posterior(panel(1), np.random.default_rng(5))


def test_the_truth_is_covered(found: Posterior) -> None:
    low, high = ({name: np.quantile(found.flat(name), level) for name in TRUTH} for level in (0.005, 0.995))
    assert all(low[name] < value < high[name] for name, value in TRUTH.items())
    assert found.flat("home").mean(axis=0) == pytest.approx(np.log([20.0, 3.0]), abs=1.2)


def test_every_number_is_summed_up(found: Posterior) -> None:
    names = [each.name for each in found.marginals]
    assert names == [*TRUTH, "home[a]", "home[b]", "level[a]", "level[b]"]
    assert all(np.isfinite([each.mean, each.sd, each.low, each.high]).all() for each in found.marginals)


def test_same_seed_same_bytes() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PosteriorDoubt)
        first, again = (forecast(SHORT, panel(1), 24029, 6, 50, seed=3).draws for _ in range(2))
    assert first.tobytes() == again.tobytes()
    assert first.shape == (50, 6, 2)
    assert first.min() >= 0


def test_a_doubtful_posterior_warns() -> None:
    with pytest.warns(PosteriorDoubt, match="level-bayes: few independent draws"):
        SHORT.simulate(panel(2), 1, 10, np.random.default_rng(1))


def test_a_level_beyond_all_bounds_still_gives_counts() -> None:
    one = np.ones(1)
    wild = Walk(0.01 * one, 50 * one, one, 9 * one, 0 * one, one, np.zeros((1, 2)))
    ahead = wild.ahead(np.zeros((1, 2)), 36, np.random.default_rng(1))
    assert 0 <= ahead.min() <= ahead.max() < 2e9


@pytest.mark.parametrize(
    ("counts", "words"),
    [(np.ones((1, 2)), "at least 2 periods; found 1"), (np.zeros((9, 2)), "no events in 9 periods")],
)
def test_a_panel_that_says_nothing(counts: FloatArray, words: str) -> None:
    with pytest.raises(DataError, match=words):
        SHORT.simulate(History.of(counts, UNITS, 0, Step.MONTH), 3, 10, np.random.default_rng(1))
