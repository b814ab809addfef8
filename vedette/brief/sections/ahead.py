"""What is likely next: fans, a table with words beside numbers, and sums that agree."""

import numpy as np
import polars as pl

from vedette.brief.blocks import Block, Caption, Section, Shown
from vedette.brief.charts import fan, forecast_columns
from vedette.brief.figures import Figure, Mark, Table
from vedette.brief.inputs.findings import Findings
from vedette.brief.prose import text
from vedette.brief.sections.fans import HISTORY, ahead_figure, past_figure
from vedette.brief.sections.wherenext import expected, where_next
from vedette.brief.words import SCALES, chance, likelihood, word
from vedette.message import say
from vedette.model import YEAR, By, Forecast
from vedette.periods import Ahead, label
from vedette.plurals import counted, plural
from vedette.rounding import estimate, interval


def ahead(findings: Findings) -> Section:
    """Deaths in the months ahead: the country, who fights, and where."""
    forecast = findings.outlook.country
    paragraph = text(
        "All forecasts here are one forecast, made by the {model}: {draws} futures of the country, each with its places and "
        "those who fight there. In every single one the places add up to the country, and so do those who fight; "
        "therefore expected deaths add up too, while medians and ends of intervals do not. The pool carries the past on "
        "and knows nothing of decisions to come.",
        model=_fact(findings, "method", "Method of the forecast", "method", forecast.model),
        draws=_fact(findings, "draws", "Futures drawn", "draws", len(forecast.draws)),
    )
    blocks = (
        paragraph,
        _fan(findings),
        _table(findings),
        _strata(findings),
        *where_next(findings),
        expected(findings),
    )
    return Section("ahead", say("What is likely next"), blocks)


def _fact(findings: Findings, key: str, title: str, unit: str, value: str | int) -> Figure:
    return Figure(f"forecast-{key}", title, Mark.ESTIMATED, findings.forecast_chain, unit, value=value)


def threshold(findings: Findings) -> int:
    """A round number near the monthly mean of the last twelve months; the brief gives the chance of more deaths."""
    mean = int(findings.over(findings.last_year, findings.panel.grid.everywhere)["best"][0]) / len(
        findings.last_year
    )
    step = 5 if mean < 50 else 25 if mean < 250 else 100
    return max(step, round(mean / step) * step)


def chance_above(findings: Findings, horizon: int) -> Figure:
    """The chance that deaths of a month exceed the threshold, in words and number."""
    forecast = findings.outlook.country
    share = float(forecast.probability(threshold(findings) + 1)[horizon - 1, 0])
    return Figure(
        f"chance-above-{threshold(findings)}-ahead-{horizon}",
        f"Chance of more than {threshold(findings)} deaths in {label(forecast.periods[horizon - 1], forecast.step)}",
        Mark.ESTIMATED,
        findings.forecast_chain,
        "probability",
        value=share,
        show=likelihood(share, len(forecast.draws), findings.case.scale),
    )


def median_of(findings: Findings, horizon: int) -> Figure:
    """The median forecast of a month with its 90 % interval."""
    country = findings.outlook.country
    named = f"deaths-ahead-{horizon}", f"Deaths in {label(country.periods[horizon - 1], country.step)}"
    return _middle(findings, country, horizon, named)


def total_of(findings: Findings) -> Figure:
    """The median forecast of the sum over the months ahead, a year at most, with its 90 % interval."""
    country, last = findings.outlook.country, months_added(findings)
    begin, end = (label(country.periods[place], country.step) for place in (0, last - 1))
    named = f"deaths-ahead-1-to-{last}", f"Deaths from {begin} to {end}"
    return _middle(findings, country.summed(Ahead(1, last)), 1, named)


def _middle(findings: Findings, forecast: Forecast, layer: int, named: tuple[str, str]) -> Figure:
    """The median of a layer of draws of the country with its 90 % interval, under an id and a title."""
    low, median, high = forecast.quantiles([0.05, 0.5, 0.95])[:, layer - 1, 0]
    return Figure(
        *named,
        Mark.ESTIMATED,
        findings.forecast_chain,
        "deaths",
        value=float(median),
        low=float(low),
        high=float(high),
        band="90 % interval",
        forecast=True,
    )


def months_added(findings: Findings) -> int:
    """Over how many periods ahead the forecast is added up: all of them, a year at most."""
    return min(len(findings.outlook.country.horizons), YEAR[findings.outlook.country.step])


def _fan(findings: Findings) -> Block:
    forecast = findings.outlook.country
    names = {forecast.units[0]: findings.case.country.name}
    past = findings.national.tail(HISTORY).with_columns(pl.lit(findings.case.country.name).alias("stratum"))
    median = float(np.median(forecast.draws[:, 0, 0]))
    caption = Caption(
        "fan-country",
        f"A month ahead the middle forecast is {estimate(median)} {plural(median, 'death')}; the spread is what matters",
        f"Deaths a month in {findings.case.country.name}: the last {counted(past.height, 'month')}, and "
        f"{counted(len(forecast.horizons), 'month')} ahead",
        "Bars of past deaths and nested intervals of the forecast. The numbers are in the tables.",
    )
    return fan(
        caption, past_figure(findings, past, "country"), ahead_figure(findings, forecast, names, "country")
    )


def _strata(findings: Findings) -> Block:
    forecast = findings.outlook.of[By.STRATUM]
    table = findings.table(findings.panel.grid.everywhere).with_columns(
        pl.col("stratum").replace_strict(findings.strata)
    )
    past = pl.concat([group.tail(HISTORY) for _, group in table.group_by("stratum", maintain_order=True)])
    caption = Caption(
        "fan-strata",
        "Who fights: each forecast on its own scale",
        "Deaths a month by who fights, and the months ahead",
        "A fan for each stratum. The numbers are in the tables below the chart.",
        "A stratum without recent events is forecast at or near zero; that is a limit of the method, not an assurance.",
    )
    return fan(
        caption,
        past_figure(findings, past, "strata"),
        ahead_figure(findings, forecast, findings.strata, "strata"),
    )


def _table(findings: Findings) -> Block:
    forecast, limit, draws = (
        findings.outlook.country,
        threshold(findings),
        len(findings.outlook.country.draws),
    )
    low90, low50, median, high50, high90 = forecast.quantiles([0.05, 0.25, 0.5, 0.75, 0.95])[:, :, 0]
    above = forecast.probability(limit + 1)[:, 0]
    rows = [
        {
            "period": label(period, forecast.step),
            "median": estimate(float(median[h])),
            "fifty": interval(float(low50[h]), float(high50[h])),
            "ninety": interval(float(low90[h]), float(high90[h])),
            "chance": chance(float(above[h]), draws),
            "word": word(float(above[h]), draws, findings.case.scale) or "no word",
        }
        for h, period in enumerate(forecast.periods)
    ]
    figure = Figure(
        "forecast-table",
        "Deaths by month ahead",
        Mark.ESTIMATED,
        findings.forecast_chain,
        "deaths a month",
        table=Table.of(rows, forecast_columns(f"{limit} deaths", findings.case.scale)),
    )
    note = f"Words by {SCALES[findings.case.scale].name}; {limit} is near the monthly mean of the last twelve months."
    return Shown(figure, "Month by month, with words beside numbers", note)
