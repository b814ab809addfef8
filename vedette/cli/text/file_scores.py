"""Scores of forecasts in files, told."""

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from vedette.cli.text import screen
from vedette.plurals import counted
from vedette.score import SCORES, Scorecard, unit_bands

ForecastFile = Annotated[
    Path | None,
    typer.Option("--forecast", metavar="FILE", help="Score these draws: a file, or a VIEWS submission."),
]
ActualsFile = Annotated[
    Path | None, typer.Option("--actuals", metavar="FILE", help="The counts that came, for --forecast.")
]
AgainstFile = Annotated[
    Path | None, typer.Option("--against", metavar="FILE", help="Draws of another forecast, for the skill.")
]


class Rules(StrEnum):
    """Whose conventions a forecast file is read and scored by."""

    VEDETTE = "vedette"
    VIEWS = "views"


RulesOption = Annotated[
    Rules,
    typer.Option("--rules", help="Conventions for --forecast: our own, or those of the VIEWS challenge."),
]

_CHALLENGE = ("crps", "ign", "mis")


def tell_files(
    card: Scorecard, files: dict[str, str], rules: Rules, seed: int, *, json: bool, quiet: bool
) -> None:
    """Prints the scores of forecasts in files: a table for people, everything for machines."""
    main = "crps" if rules is Rules.VIEWS else "crps_fair"
    baseline = card.models[1] if len(card.models) > 1 else None
    bands = unit_bands(card, main, baseline, seed=seed)
    if json:
        screen.as_json({**files, "rules": rules, "terms": asdict(card.terms), **_record(card, bands)})
    elif not quiet:
        screen.table(_table(card, bands, main, rules), _title(card))
        screen.say(_terms(card, main, rules))


def _record(card: Scorecard, bands: pl.DataFrame) -> dict[str, object]:
    return {
        "scores": card.means("model").to_dicts(),
        "bands": bands.to_dicts(),
        "seed_noise": card.seed_noise().to_dicts(),
        "by_horizon": card.means("model", "horizon").to_dicts(),
        "by_unit": card.means("model", "unit").to_dicts(),
        "active": card.active().means("model").to_dicts(),
        "coverage": card.coverage("model").to_dicts(),
        "pit": card.pit_histogram().to_dicts(),
    }


def _table(card: Scorecard, bands: pl.DataFrame, main: str, rules: Rules) -> pl.DataFrame:
    kept = _CHALLENGE if rules is Rules.VIEWS else tuple(name for name in SCORES if name != "crps")
    inside = card.coverage("model").filter(level=0.9).select("model", pl.col("share").alias("inside_90"))
    ends = bands.select("model", "low", "high", "skill")
    whole = card.means("model").select("model", "cells", *kept)
    for part in (ends, inside):
        whole = whole.join(part, on="model", how="left", maintain_order="left")
    return whole.select("model", main, "low", "high", pl.exclude("model", main, "low", "high", "cells"))


def _title(card: Scorecard) -> str:
    cells = card.table.filter(model=card.models[0])
    return (
        f"{counted(cells.height, 'cell')}: {counted(cells['unit'].n_unique(), 'unit')}, "
        f"{counted(cells['period'].n_unique(), 'period')}, {counted(cells['origin'].n_unique(), 'origin')}"
    )


def _terms(card: Scorecard, main: str, rules: Rules) -> str:
    form = "crps of the draws as they are" if rules is Rules.VIEWS else "crps_fair is the S(S-1) form"
    against = f"; skill against {card.models[1]}" if len(card.models) > 1 else ""
    return (
        f"{form}, low and high its 90 % interval over units; ign after {card.terms.resample} draws; "
        f"mis at level {card.terms.mis_level:.2f}; {counted(card.terms.draws, 'draw')}{against}; lower is "
        "better"
    )
