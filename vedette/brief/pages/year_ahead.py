"""The year ahead: deaths in all, the odds of more than lately, and a fan by month."""

from dataclasses import replace

import numpy as np
import polars as pl

from vedette.brief.blocks import Caption, Chart, Section
from vedette.brief.charts import fan
from vedette.brief.figures import Figure, Mark
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.known import deaths_in, last_months, month_words, span_words
from vedette.brief.prose import Paragraph, text
from vedette.brief.sections.ahead import months_added, total_of
from vedette.brief.sections.fans import HISTORY, ahead_figure, past_figure
from vedette.brief.words import chance_clause, likelihood
from vedette.message import say, say_many
from vedette.model import FloatArray
from vedette.periods import Ahead, Span
from vedette.rounding import estimate

TIMES = 2
_HEIGHT = 190


def year_ahead(findings: Findings, *, half: bool) -> Section:
    """The total with the odds that it is twice the last one, and the fan."""
    return Section(
        "year-ahead",
        _headline(findings),
        (_fan(findings, half=half), _twice(findings)),
        say("The months ahead"),
        half,
    )


def months_ahead(findings: Findings) -> Span:
    """The months that are added up: all that are forecast, a year at most."""
    periods, months = findings.outlook.country.periods, months_added(findings)
    return Span(int(periods[0]), int(periods[months - 1]), findings.span.step)


def totals_ahead(findings: Findings) -> FloatArray:
    """Deaths over those months in each draw, (S,)."""
    forecast = findings.outlook.country.summed(Ahead(1, months_added(findings)))
    return np.asarray(forecast.draws[:, 0, 0], dtype=np.float64)


def lately(findings: Findings) -> int | None:
    """Deaths in as many of the last months, best estimate; None where no file covers a part of them."""
    row = deaths_in(findings, last_months(findings, months_added(findings)))
    return None if row is None else int(str(row["best"]))


def chance_of_more(findings: Findings, than: int) -> Figure:
    """The chance that more people die in the months ahead."""
    draws = totals_ahead(findings)
    share = float((draws > than).mean())
    return Figure(
        f"chance-above-{than}-ahead-1-to-{months_added(findings)}",
        f"Chance of more than {than:,} deaths from {span_words(months_ahead(findings))}",
        Mark.ESTIMATED,
        findings.forecast_chain,
        "probability",
        value=share,
        show=likelihood(share, len(draws), findings.case.scale),
    )


def clause(findings: Findings, chance: Figure) -> dict[str, str]:
    """What stands before (``it_is``) and after (``that``) a chance, so that a sentence can follow; in English alone."""
    draws = len(findings.outlook.country.draws)
    before, after = chance_clause(float(str(chance.value)), draws, findings.case.scale)
    return {"it_is": before, "that": after}


def _twice(findings: Findings) -> Paragraph:
    """The total, and the odds that it is more than twice that of as many months before."""
    total, before = total_of(findings), lately(findings)
    months = months_added(findings)
    middle = float(str(total.value))
    words = say_many(middle, "In all {total:band} death", "In all {total:band} deaths")
    if months == 1:
        words = say_many(middle, "In that month {total:band} death", "In that month {total:band} deaths")
    if not before:
        return text(say("{deaths}, in brackets the 90 % interval.", deaths=words), total=total)
    chance = chance_of_more(findings, TIMES * before)
    words = say_many(
        months,
        "{deaths}; {it_is} {twice}{that} they are more than twice those of the month before.",
        "{deaths}; {it_is} {twice}{that} they are more than twice those of the {count} months before.",
        deaths=words,
        **clause(findings, chance),
    )
    return text(words, total=total, twice=chance)


def _headline(findings: Findings) -> str:
    """The first month: its middle, and what one draw in twenty exceeds."""
    forecast = findings.outlook.country
    median, high = forecast.quantiles([0.5, 0.95])[:, 0, 0]
    first = month_words(int(forecast.periods[0]), findings.span)
    return say_many(
        float(median),
        "{month}: about {middle} death; one chance in 20 of more than {high}",
        "{month}: about {middle} deaths; one chance in 20 of more than {high}",
        month=first,
        middle=estimate(float(median)),
        high=estimate(float(high)),
    )


def _fan(findings: Findings, *, half: bool) -> Chart:
    forecast, country = findings.outlook.country, findings.case.country.name
    past = findings.national.tail(HISTORY).with_columns(pl.lit(country).alias("stratum"))
    caption = Caption(
        "fan-on-page-one",
        "",
        say_many(
            past.height,
            "Deaths a month in {country}: the last {count} month and the {ahead} ahead",
            "Deaths a month in {country}: the last {count} months and the {ahead} ahead",
            country=country,
            ahead=len(forecast.periods),
        ),
        say(
            "Bars of past deaths by month and, for {span}, nested intervals around a median. {headline}.",
            span=span_words(months_ahead(findings)),
            headline=_headline(findings),
        ),
    )
    drawn = fan(
        caption,
        past_figure(findings, past, "country"),
        ahead_figure(findings, forecast, {forecast.units[0]: country}, "country"),
    )
    panes = tuple(replace(pane, spec={**pane.spec, "height": _HEIGHT}, title="") for pane in drawn.panes)
    return replace(drawn, panes=panes, columns=2 if half else 1)
