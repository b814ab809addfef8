"""The forecast of a table of counts, made and written block by block of units."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from vedette.commands.forecast_result import no_sums, summary
from vedette.counts import CountTable
from vedette.model import Forecast, exchange
from vedette.model.exchange import ViewsLevel
from vedette.model.exchange.details import FILE as SUBMISSION_DETAILS
from vedette.model.forecasting import Outline


@dataclass(frozen=True)
class ForecastOutputs:
    """Files that a forecast is written to: draws (``.csv``, ``.parquet``), NetCDF, a submission to VIEWS."""

    out: Path | None = None
    netcdf: Path | None = None
    views: Path | None = None
    views_details: Path | None = None
    views_ids: Path | None = None

    @contextmanager
    def open(self, table: CountTable, outline: Outline) -> Iterator["OpenOutputs"]:
        """Gives the files that were asked for, to add blocks of units to; none stands before it is whole."""
        writers: list[Callable[[Forecast], None]] = []
        paths: list[Path] = []
        with ExitStack() as stack:
            if self.out:
                writers.append(stack.enter_context(exchange.draws_writer(self.out, outline, table.notation)))
                paths.append(self.out)
            if self.netcdf:
                no_sums(outline, "--netcdf")
                parts = {"place": table.places, "stratum": table.strata} if table.strata else {}
                file = exchange.netcdf_writer(self.netcdf, outline, table.notation, parts, terms(table))
                writers.append(stack.enter_context(file))
                paths.append(self.netcdf)
            if self.views:
                no_sums(outline, "--views")
                path, add = stack.enter_context(self._submission(self.views, table, outline=outline))
                writers.append(add)
                paths.append(path)
            yield OpenOutputs(tuple(writers), tuple(paths))

    def _submission(self, folder: Path, table: CountTable, *, outline: Outline) -> Any:
        level = ViewsLevel.PGM if table.unit_column.startswith("priogrid") else ViewsLevel.CM
        team = exchange.read_details(self.views_details or folder / SUBMISSION_DETAILS)
        ids = exchange.read_ids(self.views_ids, level) if self.views_ids else None
        return exchange.views_writer(folder, outline, team, ids, level)


@dataclass(frozen=True)
class OpenOutputs:
    """Files that blocks of units are added to, and their paths."""

    writers: tuple[Callable[[Forecast], None], ...]
    paths: tuple[Path, ...]

    def add(self, block: Forecast) -> None:
        """Adds the draws of some of the units to every file."""
        for write in self.writers:
            write(block)


def terms(table: CountTable) -> str:
    """Returns on what terms a forecast made from a table may be used."""
    return f"Made from {table.file}: the terms of that table apply."


@dataclass(frozen=True, eq=False)
class TableForecast:
    """A forecast of a table of counts, in numbers for each unit and period; the draws are in its files.

    ``about`` is what was forecast from and the terms of the model, ``origin`` the last period that was known,
    as the table writes it, ``written`` the files, ``notes`` what to know of it, ``details`` more for
    machines.
    """

    outline: Outline
    rows: pl.DataFrame
    about: Mapping[str, str]
    origin: str
    written: tuple[Path, ...]
    notes: tuple[str, ...]
    details: Mapping[str, Any]

    def table(self) -> pl.DataFrame:
        """Returns a row for each unit and period: mean, median, 50 % and 90 % interval, chance of any."""
        return self.rows

    def document(self) -> dict[str, Any]:
        """Returns what was forecast, from when, by which model, and the rows of `table`."""
        return {
            **self.about,
            "measure": self.outline.measure,
            "model": self.outline.model,
            "origin": self.origin,
            "seed": self.outline.seed,
            "draws": self.outline.draws,
            "mark": "estimated",
            "notes": list(self.notes),
            **self.details,
            "rows": self.rows.to_dicts(),
        }


def summed_up(blocks: Iterable[Forecast], table: CountTable, *, files: OpenOutputs) -> pl.DataFrame:
    """Writes blocks to files and returns their numbers, units in the order of the table."""
    parts = []
    for block in blocks:
        files.add(block)
        parts.append(summary(block, table.notation))
    order = pl.DataFrame({"unit": table.units}).with_row_index("place")
    return (
        pl.concat(parts)
        .join(order, on="unit", maintain_order="left")
        .sort("place", maintain_order=True)
        .drop("place")
    )
