"""Rows of the tables of sums: each model against the best baseline of sums, with intervals."""

from collections.abc import Sequence

import numpy as np
from intervals import Resampled, geometric, ratio, share
from measured import Measured

from vedette.model import BoolArray

REFERENCE = "conflictology-12"
Row = dict[str, object]


def sum_rows(
    models: Sequence[Measured],
    baselines: Sequence[Measured],
    length: int,
    active: BoolArray,
    samples: Resampled,
) -> list[Row]:
    """A row for each model and baseline of sums.

    ``active`` (O, U): whether the unit saw any death in the year before the origin. ``ratio`` is that of mean
    CRPS to the baseline with the lowest, ``geometric`` the geometric mean over units of their ratios to the
    baseline that is best by that measure, ``over_conflictology`` the ratio to the sums of conflictology's
    months. ``inside`` is the coverage of the 90 % interval over active units,
    ``independent`` the effective number of sums behind it, ``inside_all`` the coverage over all units,
    ``width`` the mean width of the interval in deaths, ``fold`` the median over active units of
    (high + 1) / (low + 1).
    """
    scores = {each.name: each.sums[length] for each in (*models, *baselines)}
    names = [each.name for each in baselines]
    best = min(names, key=lambda name: float(scores[name].crps.mean()))
    usual = min(names, key=lambda name: geometric(scores[name].crps, scores[best].crps, samples)[0])
    rows: list[Row] = []
    for name, one in scores.items():
        inside, independent = share(one.inside, active, samples)
        rows.append(
            {
                "model": name,
                "periods": length,
                "crps": float(one.crps.mean()),
                "best_baseline": best,
                "ratio": ratio(one.crps, scores[best].crps, samples),
                "over_conflictology": ratio(one.crps, scores[REFERENCE].crps, samples),
                "usual_baseline": usual,
                "geometric": geometric(one.crps, scores[usual].crps, samples),
                "inside": inside,
                "independent": independent,
                "inside_all": float(one.inside.mean()),
                "width": float((one.high - one.low).mean()),
                "fold": float(np.median(((one.high + 1) / (one.low + 1))[active])),
                "cells": int(active.sum()),
            }
        )
    return rows
