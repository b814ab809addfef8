"""Commands that answer: forecast, score, brief."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.cli import screen
from vedette.cli.options import AsOf, ByOption, CaseName, Json, MeasureOption, Quiet, Seed
from vedette.errors import DataError
from vedette.model import By, Forecast, Measure
from vedette.periods import label
from vedette.score import Scorecard, compare

Horizons = Annotated[
    int | None, typer.Option("--horizons", min=1, max=36, help="Periods ahead; the case's own if left out.")
]
Draws = Annotated[int, typer.Option(min=2, help="How many futures to draw.")]
ModelName = Annotated[str, typer.Option("--model", help="Which baseline; a wrong name lists them.")]
First = Annotated[str | None, typer.Option("--from", help="First origin, like 2010-01.")]
Last = Annotated[str | None, typer.Option("--to", help="Last origin, like 2018-06.")]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def forecast(
    case: CaseName,
    measure: MeasureOption = Measure.DEATHS,
    by: ByOption = By.COUNTRY,
    model: ModelName = "ewma-negbin",
    horizons: Horizons = None,
    draws: Draws = commands.DRAWS,
    as_of: AsOf = None,
    seed: Seed = commands.SEED,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write all draws to this .csv or .parquet file.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say what may come, as a distribution for each period ahead.

    Example: [bold]vedette forecast iraq --by stratum --as-of 2014-05-31[/]
    """
    made = commands.forecast(case, as_of, measure, by, model, horizons, draws, seed)
    if out:
        commands.write_draws(made, out)
        screen.say(f"Wrote {out}", quiet=quiet)
    summary = forecast_table(made)
    if json:
        about = {
            "case": case,
            "measure": made.measure,
            "model": made.model,
            "origin": label(made.origin, made.step),
        }
        screen.as_json(
            {**about, "seed": seed, "draws": draws, "mark": "estimated", "rows": summary.to_dicts()}
        )
    elif not (quiet and out):
        screen.table(
            summary, f"{made.measure} after {label(made.origin, made.step)}, {made.model}, {draws} draws"
        )


def forecast_table(made: Forecast) -> pl.DataFrame:
    """A row for each unit and period: mean, median, 50 % and 90 % interval, chance of any."""
    low90, low50, median, high50, high90 = made.quantiles(LEVELS)
    shape = made.mean().shape
    rows = [
        {
            "unit": made.units[u],
            "period": label(made.periods[h], made.step),
            "mean": round(float(made.mean()[h, u]), 3),
            "median": float(median[h, u]),
            "low_50": float(low50[h, u]),
            "high_50": float(high50[h, u]),
            "low_90": float(low90[h, u]),
            "high_90": float(high90[h, u]),
            "chance_of_any": float(made.probability(1)[h, u]),
        }
        for u in range(shape[1])
        for h in range(shape[0])
    ]
    return pl.DataFrame(rows)


def score(
    case: CaseName,
    measure: MeasureOption = Measure.DEATHS,
    by: ByOption = By.COUNTRY,
    first: First = None,
    last: Last = None,
    horizons: Horizons = None,
    draws: Draws = commands.DRAWS,
    as_of: AsOf = None,
    seed: Seed = commands.SEED,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write every single score to this .csv or .parquet file.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Score every baseline on what came after each past origin.

    Example: [bold]vedette score iraq --from 2010-01 --to 2017-12 --by place[/]
    """
    with screen.progress(quiet=quiet or json) as report:
        card = commands.score(case, as_of, measure, by, first, last, horizons, draws, seed, report)
    if out:
        commands.write_scores(card, out)
        screen.say(f"Wrote {out}", quiet=quiet)
    terms = card.terms
    if json:
        screen.as_json(
            {
                "case": case,
                "measure": card.measure,
                "by": by,
                "terms": asdict(terms),
                "scores": score_table(card).to_dicts(),
                "paired": paired(card, seed),
                "by_horizon": card.means("model", "horizon").to_dicts(),
                "coverage": card.coverage("model", "horizon").to_dicts(),
                "pit": card.pit_histogram().to_dicts(),
            }
        )
    elif not (quiet and out):
        screen.table(score_table(card), f"{card.measure} by {by}, {card.table['origin'].n_unique()} origins")
        screen.say(
            f"crps_fair is the S(S-1) form; mis at level {terms.mis_level:.2f}; "
            f"tail above {terms.tail:,.0f}; {terms.draws} draws, seed {terms.seed}; lower is better"
        )


def paired(card: Scorecard, seed: int) -> list[dict[str, object]]:
    """Each model against conflictology, by block bootstrap over origins; empty with too few of them."""
    reference = _reference(card)
    try:
        pairs = [compare(card, model, reference, seed=seed) for model in card.models if model != reference]
    except DataError:
        return []
    return [asdict(pair) for pair in pairs]


def _reference(card: Scorecard) -> str:
    return next(model for model in card.models if model.startswith("conflictology"))


def score_table(card: Scorecard) -> pl.DataFrame:
    """A row for each model: mean scores, those on active units, coverage, and skill against conflictology."""
    active = card.active().means("model").select("model", pl.col("crps_fair").alias("crps_active"))
    held = card.coverage("model").filter(level=0.9).select("model", pl.col("share").alias("inside_90"))
    skill = card.skill(_reference(card)).select("model", "skill")
    whole = card.means("model")
    for part in (active, held, skill):
        whole = whole.join(part, on="model", how="left", maintain_order="left")
    kept = ("model", "crps_fair", "crps_active", "crps_tail", "mis", "ign", "log_zero", "inside_90", "skill")
    return whole.select(kept).sort("crps_fair", "model")


def brief(
    case: CaseName,
    as_of: AsOf = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for brief.html and brief.json.")] = None,
    seed: Seed = commands.SEED,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the brief: one page that works without a network, and the same for machines.

    Example: [bold]vedette brief iraq --as-of 2020-09-30 --out build/iraq[/]
    """
    with screen.progress(quiet=quiet or json) as report:
        page, data = commands.brief(case, as_of, seed, out, report)
    if json:
        print(data.read_text(encoding="utf-8"))
        return
    screen.say(f"Wrote {page} and {data}", quiet=quiet)
