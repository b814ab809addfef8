"""The coders' mixture: terms of the published table; draws, distribution and mean agree with each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.panel import KINDS, Violence, coder_cdf, coder_draws, coder_mean, kind_numbers
from vedette.panel.coders import coder_terms

STATE, NON_STATE, ONE_SIDED, ANY = range(4)
GUMBEL = 0.5772156649015329


def test_terms_of_a_hundred_deaths() -> None:
    location, scale, weight = coder_terms(100, STATE)
    assert location == pytest.approx(134.24, abs=0.01)
    assert scale == pytest.approx(32.88, abs=0.01)
    assert weight == pytest.approx(0.4167, abs=1e-4)
    assert coder_mean(100, STATE) == pytest.approx(131.04, abs=0.01)


def test_terms_by_hand_with_a_shift() -> None:
    height = np.log(21.0)
    location, scale, weight = coder_terms(20, STATE)
    assert location == pytest.approx(np.exp(0.58981 + 0.93545 * height - 0.38045) - 1)
    assert scale == pytest.approx(np.exp(-0.29973 + 0.82179 * height - 1.3234))
    assert weight == pytest.approx(1 / (1 + np.exp(0.10324 + 0.050469 * height + 0.10809)))
    plain, _, _ = coder_terms(20, ONE_SIDED)
    assert plain == pytest.approx(np.exp(0.53742 + 0.94012 * height) - 1)


@pytest.mark.parametrize("kind", range(4))
@pytest.mark.parametrize("best", [0, 1, 3, 24, 100, 5000])
def test_draws_follow_the_distribution_and_its_mean(best: int, kind: int) -> None:
    draws = coder_draws([best], [kind], np.random.default_rng([best, kind]), 40_000)[0]
    assert draws.min() >= 0
    at = np.unique(np.quantile(draws, np.linspace(0, 1, 21)).astype(int))
    found = (draws[:, None] <= at).mean(axis=0)
    assert found == pytest.approx(coder_cdf(at, best, kind), abs=0.012)
    assert draws.mean() == pytest.approx(float(coder_mean(best, kind)), abs=4 * draws.std() / 200)


@given(best=st.integers(0, 3000), kind=st.integers(0, 3))
def test_the_mean_is_that_of_the_distribution(best: int, kind: int) -> None:
    location, scale, _ = coder_terms(best, kind)
    reach = np.arange(int(location + 45 * scale) + best + 2)
    cdf = coder_cdf(reach, best, kind)
    assert (np.diff(cdf) >= 0).all()
    assert cdf[-1] == pytest.approx(1.0)
    assert coder_cdf(-1, best, kind) == 0
    assert coder_mean(best, kind) == pytest.approx((1 - cdf).sum(), rel=1e-9)


@pytest.mark.parametrize(("best", "kind"), [(100, STATE), (50, NON_STATE), (4000, ONE_SIDED), (700, ANY)])
def test_the_mean_of_large_events_needs_no_rounding(best: int, kind: int) -> None:
    location, scale, weight = coder_terms(best, kind)
    plain = weight * best + (1 - weight) * (location + GUMBEL * scale)
    assert coder_mean(best, kind) == pytest.approx(float(plain), rel=1e-4)


def test_the_report_itself_has_its_weight() -> None:
    draws = coder_draws([101], [STATE], np.random.default_rng(2), 40_000)
    _, _, weight = coder_terms(101, STATE)
    jump = coder_cdf(101, 101, STATE) - coder_cdf(100, 101, STATE)
    assert (draws == 101).mean() == pytest.approx(float(jump), abs=0.01)
    assert jump > weight


def test_an_event_does_not_depend_on_later_ones() -> None:
    few = coder_draws([5, 80], [STATE, NON_STATE], np.random.default_rng(3), 50)
    more = coder_draws([5, 80, 900, 1], [STATE, NON_STATE, ANY, ANY], np.random.default_rng(3), 50)
    assert (few == more[:2]).all()


def test_huge_events_stay_finite() -> None:
    draws = coder_draws([10**6], [STATE], np.random.default_rng(4), 1000)
    assert 10**5 < draws.mean() < 10**7
    assert np.isfinite(coder_mean(10**6, STATE))


def test_types_are_known_by_their_words() -> None:
    assert kind_numbers([kind.value for kind in KINDS]).tolist() == [0, 1, 2, 3]
    assert kind_numbers(["", "battle"]).tolist() == [ANY, ANY]
    assert KINDS[ANY] is Violence.ANY
