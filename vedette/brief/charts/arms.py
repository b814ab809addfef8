"""The state's monopoly on arms over the years, with its interval."""

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Swatch
from vedette.brief.charts.style import BLUE, PALE, amount, hover, hover_names, spec, values
from vedette.brief.figures import Figure


def monopoly_by_year(caption: Caption, index: Figure) -> Chart:
    """The middle of the index as a line with points, its 90 % interval as a band.

    Columns of ``index``: ``year, low, middle, high`` (shares).
    """
    rows = [row for row in index.records() if row["middle"] is not None]
    years = [int(str(row["year"])) for row in rows]
    ticks = [year for year in range(min(years), max(years) + 1) if year % (2 if len(years) > 9 else 1) == 0]
    x = alt.X(
        "year",
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=[min(years) - 0.3, max(years) + 0.3], nice=False, zero=False),
        axis=alt.Axis(values=ticks, format="d", grid=False, labelOverlap="greedy"),
    )
    base = alt.Chart(values(rows))
    band = base.mark_area(color=PALE, opacity=0.7).encode(x=x, y=amount("low", 1, form=".0%"), y2="high")
    line = base.mark_line(color=BLUE, strokeWidth=2, point={"color": BLUE, "size": 26}).encode(
        x=x,
        y=amount("middle", 1, form=".0%"),
        tooltip=[*hover_names("year"), *hover(".0%", "low", "middle", "high")],
    )
    legend = (Swatch("middle of the draws", "line", BLUE), Swatch("90 % interval", "area", PALE))
    return Chart(caption, (Pane(spec(alt.layer(band, line), 220)),), (index,), legend=legend)
