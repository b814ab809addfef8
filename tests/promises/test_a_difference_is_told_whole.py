"""A difference is told whole: its median, mean and tail, and how often it is better; ties are ties."""

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import FILES, flat, lay, read

from vedette.scenario import run
from vedette.scenario.answers import tables


def test_a_difference_has_its_mean_median_tail_and_odds(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), FILES))
    made = run(mechanism, ["stay", "leave"], flat(mechanism, 2.0, futures=50), 200, 1)
    (row,) = tables.differences(made, ["deaths"]).to_dicts()
    months = made.path("rebel-deaths").astype(float)
    stay, leave = months.sum(axis=2)
    change = leave - stay
    assert (row["scenario"], row["against"]) == ("leave", "stay")
    assert row["mean"] == pytest.approx(change.mean())
    assert row["median"] == pytest.approx(np.median(change))
    assert (row["low_90"], row["high_90"]) == pytest.approx(np.quantile(change, [0.05, 0.95]))
    assert row["worst_5"] == pytest.approx(np.sort(change)[-10:].mean())
    assert (row["better"], row["same"], row["worse"]) == pytest.approx(
        ((change < 0).mean(), (change == 0).mean(), (change > 0).mean())
    )
    assert row["mean_error"] > 0
    assert row["median_error"] > 0
    assert row["worst_5_error"] > 0
