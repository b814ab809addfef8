"""How strongly levels are pulled home and how long homes remember, learned from sums over years ahead.

Sums that end within three years of each other are hardly more than one witness. So each candidate weighs as
often as it forecasts best among bootstrap samples of units and of blocks of three years of origins.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from vedette.model.history import FloatArray, IntArray
from vedette.model.level.filtering import filter_levels
from vedette.model.level.futures import futures
from vedette.model.level.motion import Motion
from vedette.model.level.prior import LevelPrior
from vedette.score import crps_fair

PULLS, FORGETS = (0.01, 0.02, 0.03, 0.04), (0.004, 0.008, 0.015)
SUMS, BLOCK = (24, 36), 36
WARM_UP, STRIDE, DRAWS, SAMPLES = 24, 12, 100, 300


def candidates(motion: Motion) -> Iterator[Motion]:
    """The movements tried."""
    for pull, forget in itertools.product(PULLS, FORGETS):
        yield replace(motion, pull=pull, forget=forget)


def sum_losses(counts: IntArray, prior: LevelPrior) -> dict[int, FloatArray]:
    """Fair CRPS of sums after each origin, (2, O, U) by months: of the sums and of log(1 + sum)."""
    found: dict[int, list[FloatArray]] = {}
    origins = range(WARM_UP, len(counts) - min(SUMS) + 1, STRIDE)
    kept = {origin - 1 for origin in origins}
    filtered = filter_levels(counts, prior.motion, prior.noises, prior.spike, kept)
    rng = np.random.default_rng(1)
    for origin in origins:
        draws = futures(filtered, origin - 1, prior, max(SUMS), DRAWS, 0.0, rng).cumsum(axis=1)
        for months in SUMS:
            if origin + months <= len(counts):
                truth, drawn = counts[origin : origin + months].sum(axis=0), draws[:, months - 1]
                pair = crps_fair(drawn, truth), crps_fair(np.log1p(drawn), np.log1p(truth))
                found.setdefault(months, []).append(np.stack(pair))
    return {months: np.stack(rows, axis=1) for months, rows in found.items()}


def learn_homes(tables: Sequence[IntArray], prior: LevelPrior) -> Motion:
    """The movement of a prior with the pull and the memory that forecast sums best.

    The mean of the logarithms of the candidates, each weighing as often as it is best. The loss of a sample
    is the mean, over tables, lengths and the two scores, of the logarithm of the mean score.
    """
    tried = list(candidates(prior.motion))
    losses = [
        np.stack(scores)
        for counts in tables
        for scores in _by_length([sum_losses(counts, replace(prior, motion=motion)) for motion in tried])
    ]
    rng, wins = np.random.default_rng(2), np.zeros(len(tried))
    for _ in range(SAMPLES):
        total = np.zeros(len(tried))
        for table in losses:
            sample = table[:, :, _blocks(table.shape[2], rng)][
                ..., rng.integers(0, table.shape[3], table.shape[3])
            ]
            total += np.log(sample.mean(axis=(2, 3)) + 1e-9).mean(axis=1)
        wins[int(total.argmin())] += 1
    rows = np.log([(motion.pull, motion.forget) for motion in tried])
    pull, forget = np.exp(np.average(rows, axis=0, weights=wins)).tolist()
    return replace(prior.motion, pull=pull, forget=forget)


def _by_length(losses: Sequence[dict[int, FloatArray]]) -> Iterator[list[FloatArray]]:
    """The scores of all candidates, for each length of sums that a table has."""
    for months in losses[0]:
        yield [scores[months] for scores in losses]


def _blocks(origins: int, rng: np.random.Generator) -> IntArray:
    """Origins of a bootstrap sample, as many as there are, in blocks of three years; blocks wrap around."""
    length = min(origins, BLOCK // STRIDE)
    starts = rng.integers(0, origins, -(-origins // length))
    return np.asarray(((starts[:, None] + np.arange(length)) % origins).ravel()[:origins])
