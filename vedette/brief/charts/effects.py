"""Effects of interventions as factors on a logarithmic axis."""

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Swatch
from vedette.brief.charts.style import (
    BLUE,
    INK,
    PALE,
    RULE,
    RUST,
    Row,
    hover,
    hover_names,
    number,
    spec,
    values,
)
from vedette.brief.figures import Figure

ROOM, NAMES = 28, 225
"""Height of an intervention and width of its name, in pixels."""
EDGE = 1.15
"""The axis runs on by this factor beyond the longest interval."""


def effects_by_intervention(caption: Caption, effects: Figure) -> Chart:
    """A line for each intervention: the factor on what would have been, on a logarithmic axis.

    Columns of ``effects``: ``intervention``, ``times``, ``times_low``, ``times_high``; ``p`` stands behind
    the name; ``told_less`` and ``told_more`` bound the band of steps that could not have been told.
    """
    rows = [{**row, "name": _named(row)} for row in effects.records()]
    order = [str(row["name"]) for row in rows]
    low = min([0.5, *_ends(rows, "times_low"), *_ends(rows, "told_less")]) / EDGE
    high = max([2.0, *_ends(rows, "times_high"), *_ends(rows, "told_more")]) * EDGE
    for row in rows:
        row["band_low"], row["band_high"] = row["told_less"] or low, row["told_more"] or high
    scale = alt.Scale(type="log", domain=[low, high], nice=False)
    axis = alt.Axis(values=_ticks(low, high), format="~g", title="times what would have been")

    def x(field: str) -> alt.X:
        return alt.X(field, type="quantitative", scale=scale, axis=axis)

    names = alt.Axis(labelLimit=NAMES, minExtent=NAMES, maxExtent=NAMES, labelColor=INK)
    y = alt.Y("name", type="nominal", sort=order, title=None, axis=names)
    shown = [*hover_names("name"), *hover(".2f", "times_low", "times", "times_high")]
    base = alt.Chart(values(rows)).encode(y=y, tooltip=shown)
    band = base.mark_bar(color=RULE, height=ROOM * 0.7).encode(x=x("band_low"), x2=alt.X2("band_high"))
    one = alt.Chart(values([{"one": 1}])).mark_rule(color=RUST, strokeWidth=1.2).encode(x=x("one"))
    whisker = base.mark_rule(color=BLUE, strokeWidth=2).encode(x=x("times_low"), x2=alt.X2("times_high"))
    point = base.mark_point(filled=True, size=62, color=BLUE, opacity=1).encode(x=x("times"))
    drawn = spec(alt.layer(band, one, whisker, point), ROOM * len(rows))
    legend = (
        Swatch("middle, with the 90 % interval", "dot", BLUE),
        Swatch("no change", "line", RUST),
        Swatch("steps that could not have been told", "bar", RULE),
    )
    return Chart(caption, (Pane(drawn),), (effects,), legend=legend)


def _ends(rows: list[Row], name: str) -> list[float]:
    return [number(row[name]) for row in rows if row[name] is not None]


def _named(row: Row) -> str:
    name = str(row["intervention"])
    return name if row["p"] is None else f"{name}, p {number(row['p']):.2f}"


def _ticks(low: float, high: float) -> list[float]:
    """Round factors between the ends of a logarithmic axis."""
    steps = [1] if high / low > 100 else [1, 3] if high / low > 20 else [1, 2, 5]
    every = [step * 10.0**power for power in range(-4, 7) for step in steps]
    return [tick for tick in every if low <= tick <= high]


def effect_by_period(caption: Caption, effect: Figure) -> Chart:
    """Counts by period as dots, over the band and the middle of what would have been.

    Columns of ``effect``: ``period``, ``observed``, ``simulated_low_90``, ``simulated_median``,
    ``simulated_high_90``.
    """
    rows = effect.records()
    order = [str(row["period"]) for row in rows]
    labels = order[:: max(1, len(order) // 8)]
    axis = alt.Axis(values=labels, labelAngle=0)
    x = alt.X("period", type="nominal", sort=order, title=None, axis=axis, scale=alt.Scale(padding=0.4))
    names = ("observed", "simulated_low_90", "simulated_median", "simulated_high_90")
    shown = [*hover_names("period"), *hover(",.0f", *names)]
    base = alt.Chart(values(rows)).encode(x=x, tooltip=shown)

    def y(field: str) -> alt.Y:
        return alt.Y(field, type="quantitative", title=None, scale=alt.Scale(zero=True))

    band = base.mark_bar(color=PALE).encode(y=y("simulated_low_90"), y2=alt.Y2("simulated_high_90"))
    middle = base.mark_tick(color=BLUE, thickness=2, orient="horizontal").encode(y=y("simulated_median"))
    dots = base.mark_point(filled=True, size=46, color=RUST, opacity=1).encode(y=y("observed"))
    legend = (
        Swatch("observed", "dot", RUST),
        Swatch("would have been, middle", "line", BLUE),
        Swatch("would have been, 90 % interval", "bar", PALE),
    )
    return Chart(caption, (Pane(spec(alt.layer(band, middle, dots), 220)),), (effect,), legend=legend)
