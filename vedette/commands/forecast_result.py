"""A forecast as the commands answer with it: its table, its document, its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from vedette.case import Case
from vedette.commands.known import KnownCase, without_place_document
from vedette.counts import Notation
from vedette.errors import UsageError
from vedette.model import By, Forecast, exchange
from vedette.model.exchange import ViewsLevel
from vedette.model.exchange.details import FILE as SUBMISSION_DETAILS
from vedette.model.forecasting import Outline
from vedette.panel import WithoutPlace, without_place

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def summary(forecast: Forecast, notation: Notation) -> pl.DataFrame:
    """Returns a row for each unit and period or sum: mean, median, 50 % and 90 % interval, chance of any."""
    low90, low50, median, high50, high90 = (level.T.ravel() for level in forecast.quantiles(LEVELS))
    periods = exchange.layer_texts(forecast.outline, notation)
    return pl.DataFrame(
        {
            "unit": [unit for unit in forecast.units for _ in periods],
            "period": periods * len(forecast.units),
            "mean": forecast.mean().T.ravel().round(3),
            "median": median,
            "low_50": low50,
            "high_50": high50,
            "low_90": low90,
            "high_90": high90,
            "chance_of_any": forecast.probability(1).T.ravel(),
        }
    )


def unit_names(case: Case, by: By, *, units: Sequence[str]) -> Mapping[str, str]:
    """Returns what the units of a forecast of a case are called: its country, places, regions, strata."""
    if by is By.COUNTRY:
        return dict.fromkeys(units, case.country.name)
    regions = {region.id: region.name for region in case.regions}
    names = {**case.places.names, **regions, **{stratum.id: stratum.name for stratum in case.strata}}
    return {unit: ", ".join(names.get(part, part) for part in unit.rsplit("/", 1)) for unit in units}


def no_sums(outline: Outline, option: str) -> None:
    """Raises `UsageError` for a forecast that holds sums, where a file holds single periods."""
    if outline.firsts:
        raise UsageError(f"{option} holds single periods. Leave out --sum, or write the sums with --out.")


@dataclass(frozen=True, eq=False)
class ForecastResult:
    """A forecast, and what its files say beside the draws.

    ``about`` is what was forecast from and the terms of the model; ``notation`` how periods are written;
    ``parts`` the place and the stratum of each unit, where it has them; ``licence`` the terms of the data;
    ``level`` what a unit is in a VIEWS submission, ``by`` of a case; ``known`` the case that was forecast, if
    it was one;
    ``notes`` what to know of the history that was learned from; ``details`` more for machines.
    """

    forecast: Forecast
    about: Mapping[str, str]
    notation: Notation
    parts: Mapping[str, Sequence[str]]
    licence: str
    level: ViewsLevel = ViewsLevel.CM
    by: By = By.COUNTRY
    known: KnownCase | None = None
    notes: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def outline(self) -> Outline:
        """What was forecast, without the draws."""
        return self.forecast.outline

    @property
    def origin(self) -> str:
        """The last period that was known, as the table of counts writes it."""
        return str(self.notation.write(self.forecast.origin))

    def table(self) -> pl.DataFrame:
        """Returns a row for each unit and period: mean, median, 50 % and 90 % interval, chance of any.

        Places, regions and strata of a case are written with their names too.
        """
        rows, names = summary(self.forecast, self.notation), self._names()
        if not names:
            return rows
        return rows.insert_column(1, rows["unit"].replace_strict(names).alias("name"))

    def _names(self) -> Mapping[str, str]:
        if self.known is None or self.by is By.COUNTRY:
            return {}
        return unit_names(self.known.case, self.by, units=self.forecast.units)

    @property
    def without_place(self) -> tuple[WithoutPlace, ...]:
        """The deaths without a place in the last two years, for a forecast of a case by place."""
        if self.known is None or not self.by.of_places:
            return ()
        return without_place(self.known.panel, self.known.case)

    def document(self) -> dict[str, Any]:
        """Returns what was forecast, from when, by which model, and the rows of `table`."""
        return {
            **self.about,
            "measure": self.forecast.measure,
            "model": self.forecast.model,
            "origin": self.origin,
            "seed": self.forecast.seed,
            "draws": len(self.forecast.draws),
            "mark": "estimated",
            **({"data": self.known.age.document()} if self.known else {}),
            **without_place_document(self.without_place),
            "notes": list(self.notes),
            **self.details,
            "rows": self.table().to_dicts(),
        }

    def write_draws(self, out: Path) -> Path:
        """Writes every draw to a .csv or .parquet file."""
        return exchange.write_draws(self.forecast, out, self.notation)

    def write_netcdf(self, out: Path) -> Path:
        """Writes every draw to a .nc file, with the licence of the data; raises `UsageError` for sums."""
        no_sums(self.outline, "--netcdf")
        return exchange.write_netcdf(self.forecast, out, self.notation, self.parts, self.licence)

    def write_views(self, folder: Path, *, details: Path | None = None, ids: Path | None = None) -> Path:
        """Writes a submission to the VIEWS prediction challenge.

        ``details`` says who submits, by default the ``submission_details.yml`` of the folder; ``ids`` gives
        the number of each unit where units are not numbers.

        Raises:
            UsageError: the forecast holds sums; details, ids or units that make no submission.
        """
        no_sums(self.outline, "--views")
        team = exchange.read_details(details or folder / SUBMISSION_DETAILS)
        numbers = exchange.read_ids(ids, self.level) if ids else None
        return exchange.write_views(self.forecast, folder, team, numbers, self.level)
