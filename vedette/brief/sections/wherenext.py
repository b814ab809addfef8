"""Where next: fans of the places that expect most deaths, and expected deaths that add up."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import polars as pl

from vedette.brief.blocks import Block, Caption, Shown
from vedette.brief.charts import fan
from vedette.brief.figures import CellFormat, Column, Figure, Mark, Table
from vedette.brief.inputs.findings import Findings
from vedette.brief.sections.fans import HISTORY, ahead_figure, past_figure
from vedette.brief.words import SCALES, chance, word
from vedette.model import By, Forecast, IntArray
from vedette.panel import NOWHERE
from vedette.periods import label
from vedette.plurals import plural
from vedette.rounding import estimate, interval

_FANS, _TOP = 4, 8
_THRESHOLD = 10
_ALL = "all"


def where_next(findings: Findings) -> tuple[Block, ...]:
    """Fans of the places with the highest expectation, and a table of the first month."""
    return (_fans(findings), _table(findings))


def expected(findings: Findings) -> Block:
    """Expected deaths over all months ahead by place and who fights, with sums."""
    outlook = findings.outlook
    places, cells = (_over(outlook.of[by]) for by in (By.PLACE, By.CELL))
    parts = cells.mean(axis=0).reshape(places.shape[1], -1)
    names = [findings.place_names[unit] for unit in outlook.of[By.PLACE].units]
    kinds = list(findings.strata)
    rows = [
        _row(name, dict(zip(kinds, parts[place], strict=True)), places[:, place])
        for place, name in sorted(enumerate(names), key=lambda one: -places[:, one[0]].mean())
    ]
    country = _over(outlook.country)[:, 0]
    whole = dict(zip(kinds, _over(outlook.of[By.STRATUM]).mean(axis=0), strict=True))
    rows.append(_row(f"{findings.case.country.name}, all places", whole, country))
    columns = (
        Column("place", "place"),
        *(Column(f"stratum-{kind}", name, CellFormat.NUMBER) for kind, name in findings.strata.items()),
        Column(_ALL, "all", CellFormat.NUMBER),
        Column("ninety", "90 % interval of all", CellFormat.NUMBER),
    )
    months = len(outlook.country.horizons)
    window = "next month" if months == 1 else f"next {months} months"
    figure = Figure(
        "forecast-sums",
        f"Expected deaths in the {window}",
        Mark.ESTIMATED,
        findings.forecast_chain,
        "deaths",
        table=Table.of(rows, columns),
    )
    note = (
        "Means over all draws, which add up across places and across who fights, shown rounded. Few draws in which violence "
        "leaps pull a mean above the middle of its draws. Intervals do not add up: not all places have their worst "
        "months at once."
    )
    return Shown(figure, f"Expected deaths in the {window}, place by place, add up", note)


def _over(forecast: Forecast) -> IntArray:
    """Draws of the sum over all months ahead, (S, U)."""
    return np.asarray(forecast.draws.sum(axis=1))


def _row(name: str, parts: Mapping[str, float], draws: IntArray) -> dict[str, str | float]:
    low, high = np.quantile(draws, [0.05, 0.95])
    shares = {f"stratum-{kind}": float(part) for kind, part in parts.items()}
    return {"place": name, **shares, _ALL: float(draws.mean()), "ninety": interval(float(low), float(high))}


def _ranked(forecast: Forecast) -> list[str]:
    """The units by expected deaths over all months ahead, the most first."""
    means = forecast.mean().sum(axis=0)
    return [forecast.units[u] for u in np.lexsort((np.arange(len(forecast.units)), -means))]


def _fans(findings: Findings) -> Block:
    forecast, names = findings.outlook.of[By.PLACE], findings.place_names
    ranked = [unit for unit in _ranked(forecast) if unit != NOWHERE]
    first = {unit: names[unit] for unit in ranked[:_FANS]}
    groups = [group for group in findings.panel.grid.places if group[0] in first]
    table = findings.whole(groups).with_columns(pl.col("group").replace_strict(first).alias("stratum"))
    past = pl.concat([table.filter(stratum=name).tail(HISTORY) for name in first.values()])
    caption = Caption(
        "fan-places",
        "Where next: " + ", ".join(first.values()),
        f"Deaths a month in {plural(len(first), 'the place that expects', f'the {len(first)} places that expect')} most in the "
        "months ahead, each on its own scale",
        "A fan for each of these places. The numbers are in the tables below the chart, with those of all other places.",
    )
    drawn = fan(
        caption,
        past_figure(findings, past, "places-drawn"),
        ahead_figure(findings, forecast, first, "places-drawn"),
    )
    every = ahead_figure(findings, forecast, {unit: names[unit] for unit in forecast.units}, "places")
    return replace(drawn, data=(*drawn.data, replace(every, title="Forecast of deaths by month, all places")))


def _table(findings: Findings) -> Block:
    forecast = findings.outlook.of[By.PLACE]
    low, median, high = forecast.quantiles([0.05, 0.5, 0.95])[:, 0]
    above, mean = forecast.probability(_THRESHOLD)[0], forecast.mean()[0]
    order = np.lexsort((np.arange(len(forecast.units)), -mean))[:_TOP]
    draws = len(forecast.draws)
    rows = [
        {
            "place": findings.place_names[forecast.units[u]],
            "median": estimate(float(median[u])),
            "ninety": interval(float(low[u]), float(high[u])),
            "chance": chance(float(above[u]), draws),
            "word": word(float(above[u]), draws, findings.case.scale) or "no word",
        }
        for u in order
    ]
    columns = (
        Column("place", "place"),
        Column("median", "median", CellFormat.NUMBER),
        Column("ninety", "90 % interval", CellFormat.NUMBER),
        Column("chance", f"chance of {_THRESHOLD} or more", CellFormat.NUMBER),
        Column("word", f"in words ({SCALES[findings.case.scale].name})"),
    )
    month = label(forecast.periods[0], forecast.step)
    figure = Figure(
        "forecast-next-month",
        f"Deaths by place in {month}",
        Mark.ESTIMATED,
        findings.forecast_chain,
        "deaths",
        table=Table.of(rows, columns),
    )
    return Shown(figure, f"Deaths in {month}, the places with the highest expectation")
