"""The files that a forecast may be written to, and how a forecast is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import TablePrinting
from vedette.cli.text import screen
from vedette.plurals import counted


@dataclass(frozen=True)
class ForecastFiles:
    """Files to write."""

    out: Annotated[
        Path | None, typer.Option("--out", help="Write all draws to this .csv or .parquet file.")
    ] = None
    netcdf: Annotated[
        Path | None, typer.Option("--netcdf", metavar="FILE", help="Write all draws to this .nc file.")
    ] = None
    views: Annotated[
        Path | None,
        typer.Option(
            "--views", metavar="FOLDER", help="Write a submission to the VIEWS prediction challenge."
        ),
    ] = None
    views_details: Annotated[
        Path | None,
        typer.Option(
            "--views-details", metavar="FILE", help="Who submits; submission_details.yml of the folder."
        ),
    ] = None
    views_ids: Annotated[
        Path | None,
        typer.Option("--views-ids", metavar="FILE", help="The country_id or priogrid_gid of each unit."),
    ] = None

    def write(self, result: commands.ForecastResult) -> list[Path]:
        """Writes the files that were asked for; returns their paths."""
        written = [result.write_draws(self.out)] if self.out else []
        written += [result.write_netcdf(self.netcdf)] if self.netcdf else []
        if self.views:
            written.append(result.write_views(self.views, details=self.views_details, ids=self.views_ids))
        return written


def print_forecast(
    result: commands.ForecastResult, written: Sequence[Path], *, printing: TablePrinting
) -> None:
    """Prints a forecast as a table or as JSON; with --quiet and a file written, nothing."""
    screen.keep(result.table(), printing.csv, quiet=printing.quiet or printing.json)
    screen.unplaced(result.without_place, quiet=printing.quiet)
    if printing.json:
        screen.as_json(result.document())
        return
    for path in written:
        screen.say(f"Wrote {path}", quiet=printing.quiet)
    if not (printing.quiet and written):
        forecast = result.forecast
        draws = counted(len(forecast.draws), "draw")
        title = f"{forecast.measure} after {result.origin}, {forecast.model}, {draws}"
        rows = result.table()
        screen.table(rows.drop("unit") if "name" in rows.columns else rows, title)
        screen.age(result.known.age if result.known else None, quiet=printing.quiet)
