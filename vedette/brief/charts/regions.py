"""Named regions apart from the rest: paired bars on one axis."""

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Swatch
from vedette.brief.charts.style import BAR, INK, PALE, Drawn, Row, groups, spec, top, values
from vedette.brief.figures import Figure
from vedette.rounding import decimal


def region_bars(caption: Caption, counts: Figure) -> Chart:
    """Horizontal bars, one a region and period, with low and high and the number at the end.

    Columns of ``counts``: ``region`` (in order), ``period`` (in order; the last is drawn dark), ``low``,
    ``best``, ``high``.
    """
    names, periods = list(groups(counts, "region")), list(groups(counts, "period"))
    colours = [PALE] * (len(periods) - 1) + [BAR]
    chart = _bars(counts.records(), names, periods, colours)
    height = (18 * len(periods) + 14) * len(names)
    legend = [Swatch(period, "bar", colour) for period, colour in zip(periods, colours, strict=True)]
    legend.append(Swatch("low to high", "whisker", INK))
    return Chart(caption, (Pane(spec(chart, height)),), (counts,), legend=tuple(legend))


def _bars(rows: list[Row], names: list[str], periods: list[str], colours: list[str]) -> Drawn:
    labelled = [{**row, "label": decimal(float(row["best"] or 0))} for row in rows]
    scale = alt.Scale(domain=[0, 1.12 * top(rows, "high")])

    def x(field: str) -> alt.X:
        return alt.X(field, type="quantitative", title=None, scale=scale, axis=alt.Axis(format=",~f"))

    band = alt.Scale(paddingInner=0.25, paddingOuter=0.1)
    base = alt.Chart(values(labelled)).encode(
        y=alt.Y(
            "region",
            type="nominal",
            sort=names,
            title=None,
            scale=band,
            axis=alt.Axis(labelLimit=140, grid=False, labelColor=INK),
        ),
        yOffset=alt.YOffset("period", type="nominal", sort=periods),
    )
    fill = alt.Color("period", type="nominal", scale=alt.Scale(domain=periods, range=colours), legend=None)
    bar = base.mark_bar(height={"band": 0.82}, stroke=BAR, strokeWidth=0.8).encode(x=x("best"), color=fill)
    whisker = base.mark_rule(opacity=0.75).encode(x=x("low"), x2=alt.X2("high"))
    text = base.mark_text(align="left", dx=6).encode(x=x("high"), text=alt.Text("label", type="nominal"))
    return alt.layer(bar, whisker, text)
