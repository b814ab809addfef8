"""Score sums of periods, such as the deaths of a year, on what came after each past origin of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from vedette.commands.age import DataAge
from vedette.commands.defaults import DRAWS, SEED
from vedette.commands.known import age_of, named, panel_of, read_counted_case
from vedette.commands.scoring import history_to_score, origins_between
from vedette.errors import UsageError
from vedette.model import By, Measure, Truth, methods, sum_baselines
from vedette.panel import history_notes
from vedette.periods import Ahead, Span, Step
from vedette.progress import Report, part, quiet
from vedette.score import backtest_sums


@dataclass(frozen=True, eq=False)
class SumScoreResult:
    """The record of models and baselines at sums of periods; ``name`` is the case as it was asked for.

    ``scores`` has a row for each model, origin, unit and length of a sum, as `vedette.score.backtest_sums`
    gives it. ``notes``: what to know of the history that was scored.
    """

    name: str
    measure: Measure
    by: By
    step: Step
    scores: pl.DataFrame
    draws: int
    seed: int
    age: DataAge
    notes: tuple[str, ...] = ()

    def table(self) -> pl.DataFrame:
        """Returns a row for each length and model, best first: fair CRPS, how often 90 % held, its width.

        ``over_best`` is the CRPS over that of the best baseline of sums, below 1 where the model is better.
        """
        means = self.scores.group_by("periods", "model", maintain_order=True).agg(
            pl.col("crps_fair").mean(),
            pl.col("inside").mean().alias("inside_90"),
            (pl.col("high") - pl.col("low")).mean().alias("width_90"),
            pl.len().alias("sums"),
            pl.col("baseline").first(),
        )
        best = pl.col("crps_fair").filter(pl.col("baseline")).min().over("periods")
        over = pl.when(best > 0).then(pl.col("crps_fair") / best)
        ranked = means.with_columns(over_best=over).sort("periods", "crps_fair", maintain_order=True)
        return ranked.select(
            "periods",
            "model",
            pl.col("crps_fair", "over_best", "inside_90").round(4),
            pl.col("width_90").round(1),
            "sums",
        )

    def apart(self) -> dict[int, int]:
        """Returns by length how many of the sums of a unit do not overlap."""
        found = {}
        for (periods,), rows in self.scores.group_by("periods", maintain_order=True):
            count, free = 0, -1
            for origin in rows["origin"].unique().sort():
                if origin >= free:
                    count, free = count + 1, origin + int(str(periods))
            found[int(str(periods))] = count
        return found

    def document(self) -> dict[str, Any]:
        """Returns the terms of scoring, the rows of `table`, and the scores by unit."""
        by_unit = self.scores.group_by("periods", "model", "unit", maintain_order=True).agg(
            pl.col("crps_fair").mean(), pl.col("inside").mean().alias("inside_90")
        )
        return {
            **{"case": self.name, "measure": self.measure, "by": self.by},
            **{"data": self.age.document(), "notes": list(self.notes)},
            **{"draws": self.draws, "seed": self.seed},
            "sums_that_do_not_overlap": self.apart(),
            "scores": self.table().to_dicts(),
            "by_unit": by_unit.to_dicts(),
        }


def score_sums(
    case: str,
    sums: Sequence[Ahead],
    *,
    models: Sequence[str] = (),
    measure: Measure = Measure.DEATHS,
    by: By = By.COUNTRY,
    first: str | None = None,
    last: str | None = None,
    months: Ahead | None = None,
    as_of: date | None = None,
    truth: Truth = Truth.BEST,
    draws: int = DRAWS,
    seed: int = SEED,
    report: Report = quiet,
) -> SumScoreResult:
    """Scores sums of the next periods over rolling origins, beside baselines that draw the sum itself.

    ``models`` are the pool if none is named. Units are forecast for themselves, as in `score`.

    Raises:
        UsageError: a sum that does not begin with the next period, months beside sums, an uncertain truth, a
            file in place of a case, no origin between first and last, or no model of a name.
        DataError: no sum after the origins is observed whole.
    """
    _refuse(sums, months=months, truth=truth)
    read = read_counted_case(case, f"vedette counts score {case} ACTUALS")
    _, panel, _ = panel_of(read, as_of, seed=seed)
    past, _ = history_to_score(read, panel, measure=measure, by=by, truth=truth)
    notes = history_notes(read, panel)
    chosen = named(models or ["pool"], methods(by, read.step))
    lengths = sorted({one.last for one in sums})
    origins = origins_between(past, first, last=last or _last_whole(past.span, lengths[0]), notes=notes)
    offset = 0.05 if by in (By.PLACE, By.CELL) else 0.5
    baselines = sum_baselines(read.step, offset)
    table = backtest_sums(
        past, chosen, baselines, origins, lengths, draws, seed, progress=part(report, "Scoring")
    )
    simple = [baseline.name for baseline in baselines]
    scores = table.with_columns(baseline=pl.col("model").is_in(simple))
    return SumScoreResult(case, measure, by, read.step, scores, draws, seed, age_of(read, as_of), notes)


def _last_whole(span: Span, length: int) -> str | None:
    """Returns the last origin that has a whole sum after it; None where none has."""
    labels = span.labels()
    return labels[-1 - length] if len(labels) > length else None


def _refuse(sums: Sequence[Ahead], *, months: Ahead | None, truth: Truth) -> None:
    later = next((one for one in sums if one.first != 1), None)
    if later:
        raise UsageError(
            f"--sum: expected sums that begin with the next period, like 12 or 24; found {later.first}-"
            f"{later.last}. Score --sum {later.last}."
        )
    if months:
        raise UsageError("--sum says itself which periods are added up. Leave out --months.")
    if truth is not Truth.BEST:
        raise UsageError("--truth uncertain is about single periods. Leave it out, or leave out --sum.")
