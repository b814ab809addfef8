"""Past and forecast by month as figures, for the fans of several sections."""

import polars as pl

from vedette.brief.figures import CellFormat, Column, Figure, Mark, Table
from vedette.brief.inputs.findings import Findings
from vedette.brief.sections.columns import series
from vedette.message import say
from vedette.model import Forecast
from vedette.periods import label

HISTORY = 24
_LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
_BANDS = {
    **{f"low{level}": say("low end, {level}", level=f"{level} %") for level in (90, 80, 50)},
    "median": say("median"),
    **{f"high{level}": say("high end, {level}", level=f"{level} %") for level in (50, 80, 90)},
}
_PAST = series(say("month"), Column("stratum", say("of")))
_AHEAD = (
    Column("stratum", say("of")),
    Column("period", say("month")),
    Column("mean", say("mean"), CellFormat.NUMBER, 1),
    *(Column(band, title, CellFormat.NUMBER) for band, title in _BANDS.items()),
)


def past_figure(findings: Findings, past: pl.DataFrame, key: str) -> Figure:
    """Deaths by month. Columns of ``past``: ``stratum`` (the pane), ``period``, ``low``, ``best``, ``high``, ``mark``."""
    mark = Mark.ESTIMATED if (past["mark"] == Mark.ESTIMATED.value).any() else Mark.OBSERVED
    table = Table.of(past, _PAST)
    return Figure(
        f"past-{key}", say("Deaths by month"), mark, findings.chain(mark), "deaths a month", table=table
    )


def ahead_figure(findings: Findings, forecast: Forecast, names: dict[str, str], key: str) -> Figure:
    """Mean, median and intervals of the named units of a forecast, by month ahead."""
    return Figure(
        f"forecast-{key}",
        say("Forecast of deaths by month"),
        Mark.ESTIMATED,
        findings.forecast_chain,
        "deaths a month",
        table=Table.of(_rows(forecast, names), _AHEAD),
    )


def _rows(forecast: Forecast, names: dict[str, str]) -> list[dict[str, str | float]]:
    quantiles, mean = forecast.quantiles(_LEVELS), forecast.mean()
    return [
        {
            "stratum": name,
            "period": label(period, forecast.step),
            "mean": float(mean[h, u]),
            **{band: float(quantiles[b, h, u]) for b, band in enumerate(_BANDS)},
        }
        for unit, name in names.items()
        for u in [forecast.units.index(unit)]
        for h, period in enumerate(forecast.periods)
    ]
