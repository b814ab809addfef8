"""What an effect hands to a mechanism is what a mechanism takes."""

from datetime import date

import numpy as np
import pytest

from vedette.effect import Intervention, estimate_effect, estimates
from vedette.model import Conflictology, History
from vedette.periods import Step, parse
from vedette.randomness import rng_stream
from vedette.scenario.language.entries import Estimate

START = parse("2013-01", Step.MONTH)
DONE = Intervention("troops@2013-01", "More troops", "posture", "x", date(2013, 1, 1), None, "paper")


def test_entries_are_estimates_of_a_mechanism() -> None:
    counts = rng_stream(1, "estimates").poisson(20.0, (108, 1))
    history = History.of(counts, ["all"], START - 96, Step.MONTH)
    found = estimate_effect(history, "all", START, Conflictology(12), 400, 1, every=12)
    ratio, size, life = (Estimate.model_validate(entry) for entry in estimates(DONE, found))
    assert (ratio.id, size.id, life.id) == (
        "troops-2013-01-ratio",
        "troops-2013-01-size",
        "troops-2013-01-half-life",
    )
    assert (ratio.unit, life.unit) == ("number", "months")
    ends = ratio.distribution.quantile(np.array([0.05, 0.95]))
    assert ends == pytest.approx(np.quantile(found.ratios(), [0.05, 0.95]), rel=0.01)
    assert found.shock is not None
    assert life.distribution.quantile(np.array([0.95]))[0] == pytest.approx(
        found.shock.half_lives()[2], rel=0.01
    )
