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
from vedette.brief.words import SCALES, chance, estimate, interval, likelihood, word
from vedette.model import By
from vedette.periods import label
from vedette.plurals import counted, plural


def ahead(found: Findings) -> Section:
    """Deaths in the months ahead: the country, who fights, and where."""
    made = found.outlook.country
    paragraph = text(
        "All forecasts here are one forecast, made by the {model}: {draws} futures of the country, each with its places and "
        "those who fight there. In every single one the places add up to the country, and so do those who fight; "
        "therefore expected deaths add up too, while medians and ends of intervals do not. The pool carries the past on "
        "and knows nothing of decisions to come.",
        model=_fact(found, "method", "Method of the forecast", "method", made.model),
        draws=_fact(found, "draws", "Futures drawn", "draws", len(made.draws)),
    )
    blocks = (paragraph, _fan(found), _table(found), _strata(found), *where_next(found), expected(found))
    return Section("ahead", "What is likely next", blocks)


def _fact(found: Findings, key: str, title: str, unit: str, value: str | int) -> Figure:
    return Figure(f"forecast-{key}", title, Mark.ESTIMATED, found.forecast_chain, unit, value=value)


def threshold(found: Findings) -> int:
    """A round number near the monthly mean of the last twelve months; a forecast is asked whether it exceeds it."""
    mean = int(found.over(found.last_year, found.panel.grid.everywhere)["best"][0]) / len(found.last_year)
    step = 5 if mean < 50 else 25 if mean < 250 else 100
    return max(step, round(mean / step) * step)


def chance_above(found: Findings, horizon: int) -> Figure:
    """The chance that deaths of a month exceed the threshold, in words and number."""
    made = found.outlook.country
    share = float(made.probability(threshold(found) + 1)[horizon - 1, 0])
    return Figure(
        f"chance-above-{horizon}",
        f"Chance of more than {threshold(found)} deaths in {label(made.periods[horizon - 1], made.step)}",
        Mark.ESTIMATED,
        found.forecast_chain,
        "probability",
        value=share,
        show=likelihood(share, len(made.draws), found.case.scale),
    )


def median_of(found: Findings, horizon: int) -> Figure:
    """The median forecast of a month with its 90 % interval."""
    made = found.outlook.country
    low, median, high = made.quantiles([0.05, 0.5, 0.95])[:, horizon - 1, 0]
    return Figure(
        f"deaths-ahead-{horizon}",
        f"Deaths in {label(made.periods[horizon - 1], made.step)}",
        Mark.ESTIMATED,
        found.forecast_chain,
        "deaths",
        value=float(median),
        low=float(low),
        high=float(high),
        band="90 % interval",
    )


def _fan(found: Findings) -> Block:
    made = found.outlook.country
    names = {made.units[0]: found.case.country.name}
    past = found.national.tail(HISTORY).with_columns(pl.lit(found.case.country.name).alias("stratum"))
    median = float(np.median(made.draws[:, 0, 0]))
    caption = Caption(
        "fan-country",
        f"A month ahead the middle forecast is {estimate(median)} {plural(median, 'death')}; the spread is what matters",
        f"Deaths a month in {found.case.country.name}: the last {counted(past.height, 'month')}, and "
        f"{counted(len(made.horizons), 'month')} ahead",
        "Bars of past deaths and nested intervals of the forecast. The numbers are in the tables.",
    )
    return fan(caption, past_figure(found, past, "country"), ahead_figure(found, made, names, "country"))


def _strata(found: Findings) -> Block:
    made = found.outlook.of[By.STRATUM]
    table = found.table(found.panel.grid.everywhere).with_columns(
        pl.col("stratum").replace_strict(found.strata)
    )
    past = pl.concat([group.tail(HISTORY) for _, group in table.group_by("stratum", maintain_order=True)])
    caption = Caption(
        "fan-strata",
        "Who fights: each forecast on its own scale",
        "Deaths a month by who fights, and the months ahead",
        "A fan for each stratum. The numbers are in the tables below the chart.",
        "A stratum without recent events is forecast at or near zero; that is a limit of the method, not an assurance.",
    )
    return fan(caption, past_figure(found, past, "strata"), ahead_figure(found, made, found.strata, "strata"))


def _table(found: Findings) -> Block:
    made, limit, draws = found.outlook.country, threshold(found), len(found.outlook.country.draws)
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
        found.forecast_chain,
        "deaths a month",
        table=Table.of(rows, forecast_columns(f"{limit} deaths", found.case.scale)),
    )
    note = f"Words by {SCALES[found.case.scale].name}; {limit} is near the monthly mean of the last twelve months."
    return Shown(figure, "Month by month, with words beside numbers", note)
