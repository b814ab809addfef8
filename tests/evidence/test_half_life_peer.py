"""Half-lives follow the estimator of Kaplan and Meier, as SciPy has it."""

import math

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from vedette.evidence.half_lives import median_survival


@pytest.mark.parametrize("seed", range(20))
def test_the_median_is_that_of_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, 30, size=40).astype(float)
    ended = rng.random(40) < rng.uniform(0.2, 1)
    ended[0] = True
    curve = ecdf(CensoredData(uncensored=lengths[ended], right=lengths[~ended])).sf
    reached = curve.quantiles[curve.probabilities <= 0.5 + 1e-12]
    found = median_survival(list(zip(lengths.tolist(), ended.tolist(), strict=True)))
    if len(reached):
        assert found == reached[0]
    else:
        last = lengths[ended].max()
        assert found == pytest.approx(last * math.log(0.5) / math.log(curve.evaluate(last)))
        assert found > last
