"""All countries of the UCDP country-month file: months, sums of twelve, onsets, chances of a tenfold year."""

import itertools
from collections.abc import Sequence

import numpy as np
from intervals import Resampled, geometric, ratio, resample, share
from measured import MONTHS, Measured, over_origins, tenfold
from sum_tables import REFERENCE, Row, sum_rows

from vedette.model import BoolArray, FloatArray, History, IntArray

ONSET, FOLLOWED = 20, 3
CHANCES = (0.0, 0.01, 0.05, 0.2, 1.01)


def country_rows(
    history: History, origins: Sequence[int], models: Sequence[Measured], baselines: Sequence[Measured]
) -> dict[str, list[Row]]:
    """The tables of the country file, intervals over countries."""
    came, last = over_origins(history, origins, MONTHS)
    samples = resample(len(origins), len(history.units), None)
    return {
        "months": month_rows(models, last > 0, samples),
        "sums": sum_rows(models, baselines, MONTHS, last > 0, samples),
        "onsets": onset_rows(history, origins, models),
        "tenfold": tenfold_rows(models, came >= tenfold(last), samples),
    }


def month_rows(models: Sequence[Measured], active: BoolArray, samples: Resampled) -> list[Row]:
    """Single months: CRPS, its ratio to conflictology, and the geometric mean of that over countries."""
    scores = {each.name: each.months.mean(axis=1) for each in models if each.months is not None}
    return [
        {
            "model": name,
            "crps": float(ours.mean()),
            "ratio": ratio(ours, scores[REFERENCE], samples),
            "geometric": geometric(ours, scores[REFERENCE], samples),
            "quiet": float(ours[~active].mean()) if not active.all() else None,
        }
        for name, ours in scores.items()
    ]


def onsets(counts: IntArray) -> list[tuple[int, int]]:
    """Rows and units of the months with 20 deaths or more after a year without any, of counts (T, U)."""
    silent = np.stack([counts[max(0, row - MONTHS) : row].sum(axis=0) == 0 for row in range(len(counts))])
    silent[:MONTHS] = False
    return [(int(row), int(unit)) for row, unit in np.argwhere(silent & (counts >= ONSET))]


def onset_rows(history: History, origins: Sequence[int], models: Sequence[Measured]) -> list[Row]:
    """CRPS of the months in which violence broke out, and of those that followed.

    ``before``: the month of the onset, forecast from each origin in the year before it. ``after``: months 1
    to 12 ahead, forecast from the month of the onset and from the two that follow it; ``after_sums`` and
    ``inside`` the CRPS and the coverage of their sums.
    """
    first, at = history.span.first, {origin: row for row, origin in enumerate(origins)}
    found = onsets(history.truth)
    before = [
        (at[first + row - ahead], ahead - 1, unit)
        for row, unit in found
        for ahead in range(1, MONTHS + 1)
        if first + row - ahead in at
    ]
    after = [
        (at[first + row + later], unit)
        for row, unit in found
        for later in range(FOLLOWED)
        if first + row + later in at
    ]
    rows: list[Row] = []
    for each in models:
        if each.months is None or not before or not after:
            continue
        held = each.sums[MONTHS]
        rows.append(
            {
                "model": each.name,
                "onsets": len({(row, unit) for row, unit in found if first + row - 1 in at}),
                "before": float(np.mean([each.months[cell] for cell in before])),
                "after": float(np.mean([each.months[row, :, unit].mean() for row, unit in after])),
                "after_sums": float(np.mean([held.crps[cell] for cell in after])),
                "inside": float(np.mean([held.inside[cell] for cell in after])),
                "cells": len(after),
            }
        )
    return rows


def tenfold_rows(models: Sequence[Measured], came: BoolArray, samples: Resampled) -> list[Row]:
    """How often a tenfold year came true, by the chance that a model gave it."""
    rows: list[Row] = []
    for each in models:
        if each.tenfold is None or each.name not in ("pool", "level"):
            continue
        chance: FloatArray = each.tenfold
        for low, high in itertools.pairwise(CHANCES):
            there = (chance >= low) & (chance < high)
            if not there.any():
                continue
            true, independent = share(came, there, samples)
            rows.append(
                {
                    "model": each.name,
                    "low": low,
                    "high": min(high, 1.0),
                    "cells": int(there.sum()),
                    "given": float(chance[there].mean()),
                    "came": true,
                    "came_true": int((came & there).sum()),
                    "independent": independent,
                }
            )
    return rows
