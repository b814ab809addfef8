"""The record of several models side by side: a pane for each, on the same axes.

Every function takes a figure whose column ``model`` says which pane a row belongs to, panes in the order of
the table. Intervals that are not known are empty cells and are not drawn.
"""

from collections.abc import Callable

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Spec, Swatch
from vedette.brief.charts.style import (
    BLUE,
    GUTTER,
    RUST,
    SERIES,
    TINT,
    ZERO,
    Drawn,
    Row,
    along,
    groups,
    hover,
    hover_names,
    number,
    spec,
    top,
    values,
)
from vedette.brief.figures import Figure

_HEIGHT = 170
_ACROSS = 3
TALLEST = 0.4
"""Bars of a histogram are cut off above this share, so that a point forecast does not flatten all others."""
_PALE = "#cfe0ec"
_IDEAL = Swatch("perfectly calibrated", "dashed", RUST)


def score_curves(caption: Caption, scores: Figure, reference: str) -> Chart:
    """Mean score along the horizons with its interval, the reference in every pane.

    Columns of ``scores``: ``model``, ``horizon``, ``score``, ``low``, ``high`` (counts).
    """
    rows = groups(scores, "model")
    highest = top(scores.records(), "score", "high")
    panes = _panes(scores, lambda own: _curve(own, rows[reference], highest))
    legend = (
        Swatch("mean CRPS", "line", BLUE),
        Swatch("90 % interval", "area", _PALE),
        Swatch(reference, "dashed", RUST),
    )
    return Chart(caption, panes, (scores,), legend=legend, columns=_ACROSS)


def pit_histograms(caption: Caption, pit: Figure) -> Chart:
    """Where the truth fell among the draws. Columns of ``pit``: ``model``, ``low``, ``high``, ``share``."""
    highest = min(TALLEST, max(number(row["share"]) for row in pit.records()))
    panes = _panes(pit, lambda own: _histogram(own, highest))
    legend = (Swatch("share of forecasts", "hollow", BLUE), _IDEAL)
    return Chart(caption, panes, (pit,), legend=legend, columns=_ACROSS)


def interval_curves(caption: Caption, intervals: Figure) -> Chart:
    """Share of truths that intervals held, against their nominal size.

    Columns of ``intervals``: ``model``, ``nominal``, ``observed``, ``low``, ``high``, all shares.
    """
    panes = _panes(intervals, lambda own: _against(own, "nominal", BLUE))
    legend = (
        Swatch("observed share", "dot", BLUE),
        Swatch("90 % interval of it", "whisker", BLUE),
        _IDEAL,
    )
    return Chart(caption, panes, (intervals,), legend=legend, columns=_ACROSS)


def event_curves(caption: Caption, events: Figure) -> Chart:
    """How often counts were reached, against how likely the forecast held it, a colour for each count.

    Columns of ``events``: ``model``, ``event`` (in order), ``forecast``, ``observed``, ``low``, ``high``
    (shares) and ``cells``.
    """
    series = list(groups(events, "event"))
    colours = list(SERIES[: len(series)])
    panes = _panes(events, lambda own: _events(own, series, colours))
    legend = [Swatch(name, "dot", colour) for name, colour in zip(series, colours, strict=True)]
    return Chart(caption, panes, (events,), legend=(*legend, _IDEAL), columns=_ACROSS)


def _panes(figure: Figure, draw: Callable[[list[Row]], Spec]) -> tuple[Pane, ...]:
    return tuple(Pane(draw(rows), model) for model, rows in groups(figure, "model").items())


def _shares(title: str) -> alt.Axis:
    return alt.Axis(format=".0%", title=title, values=[0, 0.25, 0.5, 0.75, 1], labelOverlap="greedy")


def _up(field: str, highest: float, form: str, *, clamp: bool = False) -> alt.Y:
    axis = alt.Axis(format=form, tickCount=4, minExtent=GUTTER, maxExtent=GUTTER)
    scale = alt.Scale(domain=[0, highest], nice=True, clamp=clamp)
    return alt.Y(field, type="quantitative", title=None, scale=scale, axis=axis)


def _curve(own: list[Row], reference: list[Row], highest: float) -> Spec:
    across = along(own, "periods ahead")
    y = _up("score", highest, ",~f")
    base = alt.Chart(values(own)).encode(x=across)
    band = base.mark_area(color=_PALE).encode(y=_up("low", highest, ",~f"), y2=alt.Y2("high"))
    other = alt.Chart(values(reference)).mark_line(color=RUST, strokeDash=[5, 3], strokeWidth=1.4)
    line = base.mark_line(color=BLUE, strokeWidth=2, point={"size": 18, "filled": True, "color": BLUE})
    shown = hover(",.2f", "score", "low", "high")
    layers: list[Drawn] = [other.encode(x=across, y=y), line.encode(y=y, tooltip=shown)]
    if all(row["low"] is not None for row in own):
        layers.insert(0, band)
    return spec(alt.layer(*layers), _HEIGHT)


def _histogram(rows: list[Row], highest: float) -> Spec:
    y = _up("share", highest, ".0%", clamp=True)
    across = alt.X(
        "low", type="quantitative", scale=alt.Scale(domain=[0, 1]), axis=_shares("place among draws")
    )
    bar = alt.Chart(values(rows)).mark_bar(color=TINT, stroke=BLUE, strokeWidth=1)
    flat = alt.Chart(values([{"share": 1 / len(rows)}]))
    line = flat.mark_rule(color=RUST, strokeDash=[5, 3], strokeWidth=1.4).encode(y=y)
    shown = hover(".1%", "low", "high", "share")
    return spec(
        alt.layer(bar.encode(x=across, x2=alt.X2("high"), y=y, y2=ZERO, tooltip=shown), line), _HEIGHT
    )


def _against(rows: list[Row], nominal: str, colour: str) -> Spec:
    across = alt.X(
        nominal, type="quantitative", scale=alt.Scale(domain=[0, 1]), axis=_shares("size of interval")
    )
    base = alt.Chart(values(rows)).encode(x=across)
    point = base.mark_point(filled=True, size=34, color=colour, opacity=1)
    layers: list[Drawn] = [_diagonal(nominal, across)]
    if all(row["low"] is not None for row in rows):
        whisker = base.mark_rule(color=colour, strokeWidth=1.4)
        layers.append(whisker.encode(y=_up("low", 1, ".0%"), y2=alt.Y2("high")))
    shown = hover(".0%", nominal, "observed", "low", "high")
    layers.append(point.encode(y=_up("observed", 1, ".0%"), tooltip=shown))
    return spec(alt.layer(*layers), _HEIGHT)


def _events(rows: list[Row], series: list[str], colours: list[str]) -> Spec:
    across = alt.X(
        "forecast", type="quantitative", scale=alt.Scale(domain=[0, 1]), axis=_shares("chance forecast")
    )
    colour = alt.Color("event", type="nominal", scale=alt.Scale(domain=series, range=colours), legend=None)
    known = [row for row in rows if row["low"] is not None]
    base = alt.Chart(values(rows)).encode(x=across, color=colour, y=_up("observed", 1, ".0%"))
    whisker = alt.Chart(values(known)).mark_rule(strokeWidth=1, opacity=0.7)
    point = base.mark_point(filled=True, size=34, opacity=1)
    shown = [
        *hover_names("event"),
        *hover(".0%", "forecast", "observed", "low", "high"),
        *hover(",", "cells"),
    ]
    layers: list[Drawn] = [_diagonal("forecast", across), base.mark_line(strokeWidth=1, opacity=0.45)]
    if known:
        layers.insert(1, whisker.encode(x=across, y=_up("low", 1, ".0%"), y2=alt.Y2("high"), color=colour))
    return spec(alt.layer(*layers, point.encode(tooltip=shown)), _HEIGHT)


def _diagonal(nominal: str, across: alt.X) -> Drawn:
    ends: list[Row] = [{nominal: 0, "observed": 0}, {nominal: 1, "observed": 1}]
    line: alt.Chart = alt.Chart(values(ends)).mark_line(color=RUST, strokeDash=[5, 3], strokeWidth=1.2)
    return line.encode(x=across, y=_up("observed", 1, ".0%"))
