"""The command that says what may come."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.cli.fitting import CovariatesFile
from vedette.cli.options import (
    AsOf,
    ByOption,
    CaseOrPanel,
    Cluster,
    Draws,
    FillZeros,
    Json,
    Months,
    NeighboursFile,
    Origin,
    PanelFile,
    PanelMeasure,
    Quiet,
    Seed,
    StepOption,
    one_of,
    only_with,
)
from vedette.cli.text import screen
from vedette.counts import CountTable, Form, Notation
from vedette.errors import UsageError
from vedette.model import By, Forecast, Measure
from vedette.model.endemic.formula import WORDS
from vedette.model.endemic.member import ComponentFormulas
from vedette.model.exchange import ViewsLevel, write_netcdf
from vedette.plurals import counted

ModelName = Annotated[str, typer.Option("--model", help="Which model; a wrong name lists them.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write all draws to this .csv or .parquet file.")]
NetCdf = Annotated[
    Path | None, typer.Option("--netcdf", metavar="FILE", help="Write all draws to this .nc file.")
]
ViewsFolder = Annotated[
    Path | None,
    typer.Option("--views", metavar="FOLDER", help="Write a submission to the VIEWS prediction challenge."),
]
ViewsDetails = Annotated[
    Path | None,
    typer.Option(
        "--views-details", metavar="FILE", help="Who submits; submission_details.yml of the folder."
    ),
]
ViewsIds = Annotated[
    Path | None,
    typer.Option("--views-ids", metavar="FILE", help="The country_id or priogrid_gid of each unit."),
]

Ar = Annotated[
    str | None,
    typer.Option(metavar="TERMS", help=f"What feeds itself, of endemic-epidemic: {WORDS}; 1 if left out."),
]
Ne = Annotated[
    str | None,
    typer.Option(metavar="TERMS", help="What spills over from neighbours; 1 if left out and units touch."),
]
End = Annotated[
    str | None,
    typer.Option(metavar="TERMS", help='What happens anyway, like "ri + troops"; ri if left out.'),
]

Register = Annotated[bool, typer.Option("--register", help="Put it into the register of the case.")]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Made:
    """A forecast and what is written with it: how its periods read, what units are made of, on what terms."""

    forecast: Forecast
    about: Mapping[str, str]
    notation: Notation
    parts: Mapping[str, Sequence[str]]
    licence: str
    level: ViewsLevel = ViewsLevel.CM


def forecast(
    case: CaseOrPanel = None,
    panel: PanelFile = None,
    neighbours: NeighboursFile = None,
    step: StepOption = None,
    fill_zeros: FillZeros = False,
    measure: PanelMeasure = None,
    by: ByOption = By.COUNTRY,
    model: ModelName = "pool",
    ar: Ar = None,
    ne: Ne = None,
    end: End = None,
    covariates: CovariatesFile = None,
    months: Months = None,
    draws: Draws = commands.DRAWS,
    as_of: AsOf = None,
    origin: Origin = None,
    seed: Seed = commands.SEED,
    out: Out = None,
    netcdf: NetCdf = None,
    views: ViewsFolder = None,
    views_details: ViewsDetails = None,
    views_ids: ViewsIds = None,
    register: Register = False,
    cluster: Cluster = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say what may come, as a distribution for each period ahead.

    Example: [bold]vedette forecast iraq --by stratum --as-of 2014-05-31[/]
    """
    one_of(case=case, panel=panel)
    terms = ComponentFormulas(ar, ne, end)
    if register and (terms or covariates):
        raise UsageError("--register keeps no terms and no covariates. Leave it out, or leave these out.")
    if panel:
        only_with("CASE", as_of=as_of, by=by is not By.COUNTRY, register=register, cluster=cluster)
        table, past = commands.read_panel(panel, neighbours, step, fill_zeros, measure)
        with screen.remarks(quiet=quiet):
            ahead = commands.forecast_panel(
                table, past, origin, model, months, draws, seed, terms, covariates
            )
        made = _of_panel(table, ahead)
    else:
        name = str(case)
        only_with("--panel", origin=origin, neighbours=neighbours, step=step, fill_zeros=fill_zeros)
        counted = measure or Measure.DEATHS
        with screen.remarks(quiet=quiet):
            ahead = commands.forecast(
                name, as_of, counted, by, model, months, draws, seed, cluster, terms, covariates
            )
        made = _of_case(name, ahead, by)
    made = replace(made, about={**made.about, **_words(terms, covariates)})
    wrote = []
    if register:
        issued, new = commands.issue_forecast(str(case), made.forecast, as_of, measure or Measure.DEATHS, by)
        said = "Registered as" if new else "Registered before, unchanged:"
        screen.warn([f"{said} {issued.id}"], quiet=quiet)
    if out:
        wrote.append(commands.write_draws(made.forecast, out, made.notation))
    if netcdf:
        wrote.append(write_netcdf(made.forecast, netcdf, made.notation, made.parts, made.licence))
    if views:
        wrote.append(commands.write_views(made.forecast, views, views_details, views_ids, made.level))
    _tell(made, draws, seed, wrote, json=json, quiet=quiet)


def _words(terms: ComponentFormulas, covariates: Path | None) -> dict[str, str]:
    """What was said of the model, as said."""
    file = {"covariates": covariates.name} if covariates else {}
    return {name: said for name, said in asdict(terms).items() if said} | file


def _of_panel(table: CountTable, ahead: Forecast) -> Made:
    parts = {"place": table.places, "stratum": table.strata} if table.strata else {}
    level = ViewsLevel.PGM if table.unit_column.startswith("priogrid") else ViewsLevel.CM
    licence = f"Made from {table.file}: the terms of that table apply."
    return Made(ahead, {"panel": table.file}, table.notation, parts, licence, level)


def _of_case(case: str, ahead: Forecast, by: By) -> Made:
    notation = Notation(Form.LABEL, ahead.step)
    return Made(ahead, {"case": case}, notation, _parts(ahead.units, by), commands.credits_of(case))


def _parts(units: Sequence[str], by: By) -> Mapping[str, Sequence[str]]:
    """The place and the stratum of each unit, as far as units have one."""
    if by in (By.PLACE, By.STRATUM):
        return {by.value: units}
    if by is By.CELL:
        place, stratum = zip(*(unit.rsplit("/", 1) for unit in units), strict=True)
        return {"place": place, "stratum": stratum}
    return {}


def _tell(made: Made, draws: int, seed: int, wrote: list[Path], *, json: bool, quiet: bool) -> None:
    ahead, origin = made.forecast, str(made.notation.write(made.forecast.origin))
    summary = forecast_table(ahead, made.notation)
    if json:
        about = {
            "measure": ahead.measure,
            "model": ahead.model,
            "origin": origin,
            "seed": seed,
            "draws": draws,
        }
        screen.as_json({**made.about, **about, "mark": "estimated", "rows": summary.to_dicts()})
        return
    for path in wrote:
        screen.say(f"Wrote {path}", quiet=quiet)
    if not (quiet and wrote):
        screen.table(summary, f"{ahead.measure} after {origin}, {ahead.model}, {counted(draws, 'draw')}")


def forecast_table(made: Forecast, notation: Notation | None = None) -> pl.DataFrame:
    """A row for each unit and period: mean, median, 50 % and 90 % interval, chance of any."""
    low90, low50, median, high50, high90 = made.quantiles(LEVELS)
    written = notation or Notation(Form.LABEL, made.step)
    shape = made.mean().shape
    rows = [
        {
            "unit": made.units[u],
            "period": str(written.write(made.periods[h])),
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
