"""The summary of a scorecard as plain lists for machines."""

from dataclasses import asdict
from typing import Any

import polars as pl

from vedette.errors import DataError
from vedette.score.paired import Comparison, compare
from vedette.score.reliability import event_reliability, interval_reliability
from vedette.score.resample import bands
from vedette.score.scorecard import SCORES, Scorecard

Rows = list[dict[str, Any]]


def summarise(card: Scorecard, seed: int = 1) -> dict[str, Any]:
    """The summary of a scorecard: lists of rows, each row a dict.

    ``scores`` by model (`score_table`); ``paired`` differences from the reference for each score, with
    block-bootstrap intervals; ``seed_noise``; ``by_horizon`` and ``by_unit`` mean scores, with low and high
    of crps_fair; ``active`` and ``tail`` mean scores of those cells alone; ``coverage`` of intervals that
    include their ends; ``pit``; ``reliability`` of intervals and of events.

    Args:
        card: any scorecard.
        seed: of the resampling.

    >>> from vedette.model import History, Last
    >>> from vedette.periods import Step
    >>> from vedette.score.rolling import backtest
    >>> history = History.of([[period % 3] for period in range(40)], ["IQ-NI"], 24161, Step.MONTH)
    >>> found = summarise(backtest(history, [Last()], range(24180, 24198), horizons=2, draws=4))
    >>> sorted(found)[:5], found["seed_noise"][0]["standard_error"]
    (['active', 'by_horizon', 'by_unit', 'coverage', 'paired'], 0.0)
    """
    return {
        "reference": reference(card),
        "scores": score_table(card).to_dicts(),
        "paired": [asdict(pair) for pair in differences(card, seed)],
        "seed_noise": card.seed_noise().to_dicts(),
        "by_horizon": _along(card, "horizon", seed),
        "by_unit": _along(card, "unit", seed),
        "active": card.active().means("model").to_dicts(),
        "tail": card.tail().means("model").to_dicts(),
        "coverage": card.coverage("model", "horizon").to_dicts(),
        "pit": card.pit_histogram().to_dicts(),
        "reliability": {
            "intervals": interval_reliability(card, seed=seed).to_dicts(),
            "events": event_reliability(card, seed=seed).to_dicts(),
        },
    }


def reference(card: Scorecard) -> str:
    """The model that others are measured against: the first conflictology, else the first model."""
    conflictology = (model for model in card.models if model.startswith("conflictology"))
    return next(conflictology, card.models[0])


def differences(card: Scorecard, seed: int = 1) -> list[Comparison]:
    """Each model against the reference, for each score; none with fewer than two blocks of origins."""
    base = reference(card)
    others = [model for model in card.models if model != base]
    try:
        return [compare(card, model, base, score, seed=seed) for score in SCORES for model in others]
    except DataError:
        return []


def score_table(card: Scorecard) -> pl.DataFrame:
    """A row for each model, best first: mean scores, those of active units, coverage, skill, seed noise.

    ``skill`` is against the `reference`; ``seed_noise`` the standard error of crps_fair due to the draws.
    """
    active = card.active().means("model").select("model", pl.col("crps_fair").alias("crps_active"))
    coverage = card.coverage("model").filter(level=0.9)
    parts = (
        active,
        coverage.select("model", pl.col("share").alias("inside_90")),
        card.skill(reference(card)).select("model", "skill"),
        card.seed_noise().select("model", pl.col("standard_error").alias("seed_noise")),
    )
    whole = card.means("model")
    for part in parts:
        whole = whole.join(part, on="model", how="left", maintain_order="left")
    crps = ("model", "crps_fair", "seed_noise", "crps_active", "crps_tail")
    return whole.select(*crps, "mis", "ign", "log_zero", "inside_90", "skill").sort("crps_fair", "model")


def _along(card: Scorecard, axis: str, seed: int) -> Rows:
    """Mean scores along an axis, with the bootstrap interval of crps_fair."""
    band = bands(card, "crps_fair", axis, seed=seed).select("model", axis, "low", "high")
    means = card.means("model", axis)
    return means.join(band, on=["model", axis], how="left", maintain_order="left").to_dicts()
