"""The index of arms over the years, with its interval."""

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Swatch
from vedette.brief.charts.style import BLUE, PALE, amount, hover, hover_names, spec, values
from vedette.brief.figures import Figure


def monopoly_by_year(caption: Caption, index: Figure) -> Chart:
    """The middle of the index as points, its interval as bars; years over the same forces joined by a line.

    Columns of ``index``: ``year, low, middle, high`` (shares; empty where the index is withheld), ``coverage,
    comparable`` (words).
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
    bars = base.mark_rule(color=PALE, strokeWidth=7).encode(
        x=x, y=amount("low", 1, form=".0%"), y2=alt.Y2("high")
    )
    line = base.mark_line(color=BLUE, strokeWidth=2, point={"color": BLUE, "size": 26}).encode(
        x=x,
        y=amount("middle", 1, form=".0%"),
        detail=alt.Detail("comparable:N"),
        tooltip=[*hover_names("year", "coverage", "comparable"), *hover(".0%", "low", "middle", "high")],
    )
    legend = (
        Swatch("middle of the draws, joined where the same forces are counted", "line", BLUE),
        Swatch("90 % interval", "area", PALE),
    )
    return Chart(caption, (Pane(spec(alt.layer(bars, line), 220)),), (index,), legend=legend)
