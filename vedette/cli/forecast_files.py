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

MOST_ROWS = 5000
"""Rows that are printed."""


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

    @property
    def outputs(self) -> commands.ForecastOutputs:
        """The same as the commands take it."""
        return commands.ForecastOutputs(**vars(self))

    def write(self, result: commands.ForecastResult) -> list[Path]:
        """Writes the files that were asked for; returns their paths."""
        written = [result.write_draws(self.out)] if self.out else []
        written += [result.write_netcdf(self.netcdf)] if self.netcdf else []
        if self.views:
            written.append(result.write_views(self.views, details=self.views_details, ids=self.views_ids))
        return written


def print_forecast(
    result: commands.ForecastResult | commands.TableForecast,
    written: Sequence[Path],
    *,
    printing: TablePrinting,
    data: commands.DataAge | None = None,
) -> None:
    """Prints a forecast as a table or as JSON; with --quiet and a file written, nothing."""
    rows = result.table()
    screen.keep(rows, printing.csv, quiet=printing.quiet or printing.json)
    if printing.json:
        screen.as_json(result.document())
        return
    for path in written:
        screen.say(f"Wrote {path}", quiet=printing.quiet)
    if not (printing.quiet and written):
        outline, draws = result.outline, counted(result.outline.draws, "draw")
        added = " added up," if outline.firsts else ""
        title = f"{outline.measure}{added} after {result.origin}, {outline.model}, {draws}"
        shown = rows.head(MOST_ROWS).drop("unit") if "name" in rows.columns else rows.head(MOST_ROWS)
        screen.table(shown, title)
        if len(shown) < len(rows):
            screen.say(f"{len(shown):,} of {counted(len(rows), 'row')}; --csv FILE keeps all of them.")
        screen.age(data, quiet=printing.quiet)
