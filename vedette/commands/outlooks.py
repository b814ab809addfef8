"""A forecast as the brief has it: by month, as totals over months, and with simple forecasts beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.brief.words import chance, word
from vedette.case import Case, read_case
from vedette.changes import forecast_deaths
from vedette.commands.age import DataAge, age_of_counts
from vedette.commands.defaults import SEED
from vedette.commands.forecast_result import LEVELS, unit_names
from vedette.commands.known import panel_of
from vedette.evidence import edition_of
from vedette.model import PARTS, By, Forecast, History, Measure, contest, histories_of_parts
from vedette.model import forecast as forecast_from
from vedette.panel import Panel, history_notes, without_place
from vedette.periods import Ahead, Step, label
from vedette.progress import Report, quiet

SPANS = (1, 3, 6, 12, 24, 36)
"""Over how many months ahead totals are told, as far as the forecast reaches."""
_DRAWS = 1000
"""Futures of a simple forecast."""
_BANDS = ("low_90", "low_50", "median", "high_50", "high_90")


@dataclass(frozen=True, eq=False)
class OutlookResult:
    """The deaths forecast by unit, in the same futures as in the brief.

    ``months`` has a row for each unit and month, ``totals`` one for each unit and number of months added up,
    with the deaths of as many months before and the chance of more; ``rivals`` one for each unit and simple
    forecast, over all months. ``scale`` names the words of likelihood.
    """

    by: By
    origin: str
    draws: int
    seed: int
    scale: str
    months: pl.DataFrame
    totals: pl.DataFrame
    rivals: pl.DataFrame
    age: DataAge
    notes: tuple[str, ...]

    def table(self) -> pl.DataFrame:
        """Returns `months`."""
        return self.months

    def document(self) -> dict[str, Any]:
        """Returns what was forecast, from when, in how many futures, and the rows of the three tables."""
        return {
            "by": self.by.value,
            "origin": self.origin,
            "draws": self.draws,
            "seed": self.seed,
            "scale": self.scale,
            "mark": "estimated",
            "data": self.age.document(),
            "notes": list(self.notes),
            "months": self.months.to_dicts(),
            "totals": self.totals.to_dicts(),
            "rivals": self.rivals.to_dicts(),
        }


def outlook(
    case: str,
    *,
    by: str = By.COUNTRY.value,
    as_of: date | None = None,
    edition: str | None = None,
    months: int | None = None,
    seed: int = SEED,
    report: Report = quiet,
) -> OutlookResult:
    """Returns the forecast of deaths that the brief of an edition gives, with totals over months.

    Args:
        case: the case.
        by: country, place, stratum, or cell for place and stratum.
        as_of: the day up to which things are known.
        edition: for whom; the first edition of the case if left out.
        months: how many months ahead; as many as the case names if left out, and no more.
        seed: of all random numbers.
        report: called with what is being done.

    Raises:
        UsageError: no such edition.
        DataError: too few months to learn from.
    """
    read, units = edition_of(read_case(case), edition), By(by)
    holdings, panel, _ = panel_of(read, as_of, seed=seed, step=Step.MONTH)
    report("Forecasting", 0.0)
    pasts = histories_of_parts(panel, read, Measure.DEATHS)
    made = forecast_deaths(read, pasts, seed)
    parts = dict(zip(PARTS, (made.country, made.places, made.strata, made.cells), strict=True))
    reach = min(months or read.horizon, read.horizon)
    whole, past = parts[units].ahead(1, reach), pasts[units]
    report("Forecasting with simple rules", 0.5)
    names = unit_names(read, units, units=whole.units)
    rivals = list(_rivals(past, units, reach=reach, names=names, seed=seed))
    report("Forecasting with simple rules", 1.0)
    return OutlookResult(
        units,
        label(whole.origin, whole.step),
        len(whole.draws),
        seed,
        read.scale,
        pl.DataFrame(list(_months(whole, names))),
        pl.DataFrame(list(_totals(whole, past, names=names, scale=read.scale)), infer_schema_length=None),
        pl.DataFrame(rivals),
        age_of_counts(read, holdings, panel=panel),
        (*_unplaced(read, panel, units=units), *history_notes(read, panel)),
    )


def _unplaced(read: Case, panel: Panel, *, units: By) -> Iterator[str]:
    """How many deaths have no place, for numbers by place."""
    for one in without_place(panel, read) if units.of_places else ():
        if one.count:
            first, last = one.span.labels()[0], one.span.labels()[-1]
            yield (
                f"{one.count:,} of the {one.total:,} deaths of {first} to {last} have no place: {one.why}. "
                f"Numbers by place spread {one.spread:,} of them over the areas."
            )


def _months(whole: Forecast, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    bands, any_ = whole.quantiles(LEVELS), whole.probability(1)
    for u, unit in enumerate(whole.units):
        for h, period in enumerate(whole.periods):
            yield {
                "unit": unit,
                "name": names[unit],
                "period": label(period, whole.step),
                **_banded(bands[:, h, u]),
                "chance_of_any": float(any_[h, u]),
            }


def _totals(
    whole: Forecast, past: History, *, names: Mapping[str, str], scale: str
) -> Iterator[dict[str, Any]]:
    reach = len(whole.horizons)
    spans = sorted({*(span for span in SPANS if span < reach), reach})
    added = whole.summed(*(Ahead(1, span) for span in spans))
    bands, draws = added.quantiles(LEVELS), len(added.draws)
    for u, unit in enumerate(whole.units):
        for layer, span in enumerate(spans):
            before = _before(past, unit, months=span)
            more = None if before is None else float(np.mean(added.draws[:, layer, u] > before))
            yield {
                "unit": unit,
                "name": names[unit],
                "months": span,
                "last": label(whole.periods[span - 1], whole.step),
                **_banded(bands[:, layer, u]),
                "before": before,
                "more": more,
                "chance": "" if more is None else str(chance(more, draws)),
                "word": "" if more is None else str(word(more, draws, scale) or ""),
            }


def _before(past: History, unit: str, *, months: int) -> int | None:
    """The counts of a unit in the last months known; None where there are not so many."""
    truth = past.truth
    return None if months > len(truth) else int(truth[-months:, past.units.index(unit)].sum())


def _rivals(
    past: History, by: By, *, reach: int, names: Mapping[str, str], seed: int
) -> Iterator[dict[str, Any]]:
    for name, model in contest(by, past.span.step).items():
        if name == "pool":
            continue
        simple = forecast_from(model, past, past.span.last, reach, _DRAWS, seed).summed(Ahead(1, reach))
        bands = simple.quantiles(LEVELS)
        for u, unit in enumerate(simple.units):
            yield {"unit": unit, "name": names[unit], "model": name, **_banded(bands[:, 0, u])}


def _banded(values: npt.NDArray[np.float64]) -> dict[str, float]:
    return {band: float(value) for band, value in zip(_BANDS, values, strict=True)}
