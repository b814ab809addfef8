"""The scorecard: every score of every forecast cell, and what it adds up to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from vedette.errors import UsageError
from vedette.score.checks import positive

SCORES = ("crps", "crps_fair", "crps_tail", "log_zero", "ign", "mis")
THRESHOLDS = (1, 25, 100, 1000)
NOISE = {"model": pl.String, "origin": pl.Int64, "cells": pl.Int64, "variance": pl.Float64}
AXES = ("model", "unit", "origin", "horizon", "period")


@dataclass(frozen=True)
class Terms:
    """The terms of scoring, printed with every table.

    ``draws`` per forecast; ``seed``; ``mis_level`` nominal coverage of the interval score; ``levels`` of the
    coverage columns; ``tail`` the count above which `crps_tail` looks; ``resample`` the number of draws IGN
    was brought to (None: as they were); ``active_periods`` how far back an event makes a unit active;
    ``thresholds`` of the columns that say how likely the forecast held it that they are reached.
    """

    draws: int
    seed: int
    mis_level: float
    levels: tuple[float, ...]
    tail: float
    resample: int | None
    active_periods: int
    thresholds: tuple[int, ...] = THRESHOLDS


def inside(level: float) -> str:
    """The name of the column for coverage of the central interval of a level.

    >>> inside(0.9)
    'inside_90'
    """
    return f"inside_{100 * level:g}"


def at_least(threshold: int) -> str:
    """The name of the column for the share of draws that reach a threshold.

    >>> at_least(25)
    'at_least_25'
    """
    return f"at_least_{threshold}"


@dataclass(frozen=True, eq=False)
class Scorecard:
    """Scores of forecast cells, one row for each model, unit, origin and horizon.

    ``table`` has the columns model, unit, origin, horizon, period (whole numbers of the step), truth,
    active (any event of the unit in the year up to the origin), the six scores in ``SCORES`` (counts, nats
    for log_zero, bits for ign; lower is better), pit, one true/false column ``inside_50`` ... for each
    level, and one share of draws ``at_least_25`` ... for each threshold. ``terms`` says how they were made.

    ``noise`` has a row for each model and origin: ``cells`` scored and ``variance`` of their summed fair CRPS
    that is due to the draws (`draw_noise`); None where the card holds only some of those cells.
    """

    table: pl.DataFrame
    measure: str
    terms: Terms
    noise: pl.DataFrame | None = None

    @property
    def models(self) -> tuple[str, ...]:
        """The models scored, in the order they were given."""
        return tuple(self.table["model"].unique(maintain_order=True))

    def active(self) -> "Scorecard":
        """Only the cells of units with any event in the year up to the origin."""
        return replace(self, table=self.table.filter("active"), noise=None)

    def tail(self) -> "Scorecard":
        """Only the cells whose truth exceeds the tail threshold.

        For looking, not for ranking: choosing cells by outcome rewards whoever shouts loudest. To rank by
        the tail use the ``crps_tail`` of all cells.
        """
        return replace(self, table=self.table.filter(pl.col("truth") > self.terms.tail), noise=None)

    def means(self, *by: str) -> pl.DataFrame:
        """Mean of each score and the number of cells, by ``by`` (axes of the table; "model" if none given).

        Raises:
            UsageError: an axis that the table does not have.
        """
        axes = axes_of(by or ("model",))
        return self.table.group_by(axes, maintain_order=True).agg(
            pl.len().alias("cells"), *(pl.col(score).mean() for score in SCORES)
        )

    def skill(self, baseline: str, *by: str, score: str = "crps_fair") -> pl.DataFrame:
        """1 - score / score of the baseline, by model and ``by``; 0 is no better, 1 is perfect.

        Null where the baseline scores 0. Columns: model, *by, the score, skill.

        Raises:
            UsageError: a baseline, axis or score that the card does not have.
        """
        self._must_hold(baseline)
        axes = axes_of(by)
        means = self.means("model", *axes).select("model", *axes, must_be_score(score))
        ours, base = pl.col(score), pl.col("base")
        against = means.filter(model=baseline).select(*axes, base=ours)
        joined = means.join(against, on=axes, how="left") if axes else means.join(against, how="cross")
        skill = pl.when(base > 0).then(1 - ours / base)
        return joined.with_columns(skill.alias("skill")).drop("base")

    def coverage(self, *by: str) -> pl.DataFrame:
        """Share of cells whose central interval held the truth, by ``by`` ("model" if none given) and level.

        Columns: *by, level, share, cells.

        Raises:
            UsageError: an axis that the table does not have.
        """
        axes = axes_of(by or ("model",))
        each = [
            self.table.group_by(axes, maintain_order=True).agg(
                pl.lit(level).alias("level"),
                pl.col(inside(level)).mean().alias("share"),
                pl.len().alias("cells"),
            )
            for level in self.terms.levels
        ]
        return pl.concat(each)

    def pit_histogram(self, bins: int = 10) -> pl.DataFrame:
        """Share of cells in each of ``bins`` equal parts of the PIT, by model; all are 1/bins if calibrated.

        Columns: model, low, high, share.

        Raises:
            UsageError: fewer than one bin.
        """
        positive("bins", bins)
        place = (pl.col("pit") * bins).floor().cast(pl.Int64).clip(0, bins - 1).alias("bin")
        counted = self.table.group_by("model", place).agg(pl.len().alias("cells"))
        edges = [(number, number / bins, (number + 1) / bins) for number in range(bins)]
        frame = pl.DataFrame({"model": self.models}).join(
            pl.DataFrame(edges, schema=["bin", "low", "high"], orient="row"), how="cross"
        )
        whole = frame.join(counted, on=["model", "bin"], how="left", maintain_order="left")
        cells = pl.col("cells").fill_null(0)
        return whole.select("model", "low", "high", share=cells / cells.sum().over("model"))

    def seed_noise(self) -> pl.DataFrame:
        """How far the mean fair CRPS of each model would move with another seed: one standard error.

            sqrt( sum over origins of variance ) / cells

        Origins have keys of their own, so that their luck adds up as if independent. Two models closer than
        about twice this need more draws before they can be told apart. Columns: model, crps_fair,
        standard_error (null below 4 draws); no rows where ``noise`` is None.
        """
        noise = pl.DataFrame(schema=NOISE) if self.noise is None else self.noise
        error = pl.col("variance").sum().sqrt() / pl.col("cells").sum()
        each = noise.group_by("model", maintain_order=True).agg(standard_error=error.fill_nan(None))
        return each.join(
            self.means("model").select("model", "crps_fair"), on="model", maintain_order="left"
        ).select("model", "crps_fair", "standard_error")

    def scores_of(self, model: str, score: str) -> pl.DataFrame:
        """One score of one model by cell: origin, unit, horizon and the score.

        Raises:
            UsageError: a model or score that the card does not have.
        """
        self._must_hold(model)
        return self.table.filter(model=model).select("origin", "unit", "horizon", must_be_score(score))

    def _must_hold(self, model: str) -> None:
        if model not in self.models:
            raise UsageError(f"{model!r} was not scored: choose one of {', '.join(self.models)}.")


def axes_of(names: Sequence[str]) -> list[str]:
    """The names, each an axis of the table.

    Raises:
        UsageError: one is not.
    """
    wrong = [name for name in names if name not in AXES]
    if wrong:
        raise UsageError(f"{', '.join(wrong)}: no axis of a scorecard; choose from {', '.join(AXES)}.")
    return list(names)


def must_be_score(name: str) -> str:
    """The name, one of ``SCORES``.

    Raises:
        UsageError: it is not.
    """
    if name not in SCORES:
        raise UsageError(f"{name!r} is no score: choose one of {', '.join(SCORES)}.")
    return name
