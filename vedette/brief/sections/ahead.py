"""What is likely next: a fan, a table with words beside numbers, and where."""

import numpy as np
import polars as pl

from vedette.brief.blocks import Block, Caption, Section, Shown
from vedette.brief.charts import fan, forecast_columns
from vedette.brief.figures import Column, Figure, Kind, Mark, Table
from vedette.brief.findings import Findings
from vedette.brief.prose import text
from vedette.brief.sections.columns import series
from vedette.brief.words import SCALES, chance, estimate, interval, likelihood, word
from vedette.model import By, Forecast
from vedette.periods import label

_HISTORY = 24
_TOP = 8
_PLACE_THRESHOLD = 10
_LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
_BANDS = ("low90", "low80", "low50", "median", "high50", "high80", "high90")
_FAN = (Column("stratum", "between"), Column("period", "month"), *(Column(b, b, Kind.NUMBER) for b in _BANDS))
_PAST = series("month", Column("stratum", "between"))


def ahead(found: Findings) -> Section:
    """Deaths in the months ahead: the country, who fights, and where."""
    paragraph = text(
        "Each forecast is made by the baseline that did best at past origins: {model} for the country, {strata} by who "
        "fights, {places} by place. Baselines carry the past on and know nothing of decisions to come.",
        model=_method(found, By.COUNTRY),
        strata=_method(found, By.STRATUM),
        places=_method(found, By.PLACE),
    )
    blocks: list[Block] = [paragraph, _fan(found), _table(found), _strata(found), _places(found)]
    return Section("ahead", "What is likely next", tuple(blocks))


def _method(found: Findings, units: By) -> Figure:
    made = found.outlooks[units]
    chain = found.fit_chain(made)
    return Figure(
        f"method-{units.value}", "Method of the forecast", Mark.ESTIMATED, chain, "method", value=made.model
    )


def threshold(found: Findings) -> int:
    """A round number near the monthly mean of the last twelve months; a forecast is asked whether it exceeds it."""
    mean = int(found.over(found.last_year, found.panel.grid.everywhere)["best"][0]) / len(found.last_year)
    step = 5 if mean < 50 else 25 if mean < 250 else 100
    return max(step, round(mean / step) * step)


def chance_above(found: Findings, horizon: int) -> Figure:
    """The chance that deaths of a month exceed the threshold, in words and number."""
    made = found.outlooks[By.COUNTRY]
    share = float(made.probability(threshold(found) + 1)[horizon - 1, 0])
    return Figure(
        f"chance-above-{horizon}",
        f"Chance of more than {threshold(found)} deaths in {label(made.periods[horizon - 1], made.step)}",
        Mark.ESTIMATED,
        found.fit_chain(made),
        "probability",
        value=share,
        show=likelihood(share, len(made.draws), found.case.scale),
    )


def median_of(found: Findings, horizon: int) -> Figure:
    """The median forecast of a month with its 90 % interval."""
    made = found.outlooks[By.COUNTRY]
    low, median, high = made.quantiles([0.05, 0.5, 0.95])[:, horizon - 1, 0]
    return Figure(
        f"deaths-ahead-{horizon}",
        f"Deaths in {label(made.periods[horizon - 1], made.step)}",
        Mark.ESTIMATED,
        found.fit_chain(made),
        "deaths",
        value=float(median),
        low=float(low),
        high=float(high),
        band="90 % interval",
    )


def _fan_rows(made: Forecast, names: dict[str, str]) -> list[dict[str, str | float]]:
    quantiles = made.quantiles(_LEVELS)
    return [
        {
            "stratum": names[unit],
            "period": label(period, made.step),
            **{band: float(quantiles[b, h, u]) for b, band in enumerate(_BANDS)},
        }
        for u, unit in enumerate(made.units)
        for h, period in enumerate(made.periods)
    ]


def _fan(found: Findings) -> Block:
    made = found.outlooks[By.COUNTRY]
    names = {made.units[0]: found.case.country.name}
    past = found.national.tail(_HISTORY).with_columns(pl.lit(found.case.country.name).alias("stratum"))
    median = float(np.median(made.draws[:, 0, 0]))
    caption = Caption(
        "fan-country",
        f"A month ahead the middle forecast is {estimate(median)} deaths; the spread is what matters",
        f"Deaths a month in {found.case.country.name}: the last {past.height} months, and {len(made.horizons)} months ahead",
        "Bars of past deaths and nested intervals of the forecast. The numbers are in the tables.",
    )
    return fan(caption, _past_figure(found, past, "country"), _ahead_figure(found, made, names, "country"))


def _strata(found: Findings) -> Block:
    made = found.outlooks[By.STRATUM]
    table = found.table(found.panel.grid.everywhere).with_columns(
        pl.col("stratum").replace_strict(found.strata)
    )
    past = pl.concat([group.tail(_HISTORY) for _, group in table.group_by("stratum", maintain_order=True)])
    caption = Caption(
        "fan-strata",
        "Who fights: each forecast on its own scale",
        "Deaths a month by who fights, and the months ahead",
        "A fan for each stratum. The numbers are in the tables below the chart.",
        "A stratum without recent events is forecast at or near zero; that is a limit of the method, not an assurance.",
    )
    return fan(
        caption, _past_figure(found, past, "strata"), _ahead_figure(found, made, found.strata, "strata")
    )


def _past_figure(found: Findings, past: pl.DataFrame, key: str) -> Figure:
    mark = Mark.ESTIMATED if (past["mark"] == Mark.ESTIMATED.value).any() else Mark.OBSERVED
    return Figure(
        f"past-{key}",
        "Deaths by month",
        mark,
        found.chain(mark),
        "deaths a month",
        table=Table.of(past, _PAST),
    )


def _ahead_figure(found: Findings, made: Forecast, names: dict[str, str], key: str) -> Figure:
    return Figure(
        f"forecast-{key}",
        "Forecast of deaths by month",
        Mark.ESTIMATED,
        found.fit_chain(made),
        "deaths a month",
        table=Table.of(_fan_rows(made, names), _FAN),
    )


def _table(found: Findings) -> Block:
    made, limit, draws = found.outlooks[By.COUNTRY], threshold(found), len(found.outlooks[By.COUNTRY].draws)
    low90, low50, median, high50, high90 = made.quantiles([0.05, 0.25, 0.5, 0.75, 0.95])[:, :, 0]
    above = made.probability(limit + 1)[:, 0]
    rows = [
        {
            "period": label(period, made.step),
            "median": estimate(float(median[h])),
            "fifty": interval(float(low50[h]), float(high50[h])),
            "ninety": interval(float(low90[h]), float(high90[h])),
            "chance": chance(float(above[h]), draws),
            "word": word(float(above[h]), draws, found.case.scale) or "no word",
        }
        for h, period in enumerate(made.periods)
    ]
    figure = Figure(
        "forecast-table",
        "Deaths by month ahead",
        Mark.ESTIMATED,
        found.fit_chain(made),
        "deaths a month",
        table=Table.of(rows, forecast_columns(f"{limit} deaths", found.case.scale)),
    )
    note = f"Words by {SCALES[found.case.scale].name}; {limit} is near the monthly mean of the last twelve months."
    return Shown(figure, "Month by month, with words beside numbers", note)


def _places(found: Findings) -> Block:
    made = found.outlooks[By.PLACE]
    low, median, high = made.quantiles([0.05, 0.5, 0.95])[:, 0]
    above = made.probability(_PLACE_THRESHOLD)[0]
    order = np.lexsort((np.arange(len(made.units)), -made.mean()[0]))[:_TOP]
    draws = len(made.draws)
    rows = [
        {
            "place": found.case.places.names[made.units[u]],
            "median": estimate(float(median[u])),
            "ninety": interval(float(low[u]), float(high[u])),
            "chance": chance(float(above[u]), draws),
            "word": word(float(above[u]), draws, found.case.scale) or "no word",
        }
        for u in order
    ]
    columns = (
        Column("place", "place"),
        Column("median", "median", Kind.NUMBER),
        Column("ninety", "90 % interval", Kind.NUMBER),
        Column("chance", f"chance of {_PLACE_THRESHOLD} or more", Kind.NUMBER),
        Column("word", f"in words ({SCALES[found.case.scale].name})"),
    )
    month = label(made.periods[0], made.step)
    figure = Figure(
        "forecast-places",
        f"Deaths by place in {month}",
        Mark.ESTIMATED,
        found.fit_chain(made),
        "deaths",
        table=Table.of(rows, columns),
    )
    return Shown(figure, f"Where next: deaths in {month}, the places with the highest expectation")
