"""Outcomes by scenario as intervals side by side."""

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Spec, Swatch
from vedette.brief.charts.style import BLUE, GREY, PALE, Row, groups, hover, hover_names, number, spec, values
from vedette.brief.figures import CellFormat, Column, Figure

ROOM = 26
"""Height of a scenario, in pixels."""
LEVELS = (
    Column("outcome", "outcome"),
    Column("scenario", "scenario"),
    Column("low", "low 90 %", CellFormat.NUMBER, 6, figures=2),
    Column("middle_low", "middle, lowest branch", CellFormat.NUMBER, 6, figures=2),
    Column("middle_high", "middle, highest branch", CellFormat.NUMBER, 6, figures=2),
    Column("high", "high 90 %", CellFormat.NUMBER, 6, figures=2),
)
"""The columns of outcomes by scenario."""


def outcomes_by_scenario(caption: Caption, levels: Figure) -> Chart:
    """A pane for each outcome, a line for each scenario: 90 % interval, and the middle of each branch.

    Columns of ``levels``: ``outcome`` (title of the pane), ``scenario``, ``low``, ``middle_low``,
    ``middle_high``, ``high``.
    """
    panes = tuple(Pane(_lines(rows), name) for name, rows in groups(levels, "outcome").items())
    legend = (
        Swatch("90 % interval, all branches", "bar", PALE),
        Swatch("middle, from branch to branch", "bar", BLUE),
    )
    return Chart(caption, panes, (levels,), legend=legend, columns=2)


def _lines(rows: list[Row]) -> Spec:
    order = [str(row["scenario"]) for row in rows]
    y = alt.Y("scenario", type="nominal", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False))
    small = max(number(row["high"]) for row in rows) < 10
    form = "~g" if small else "~s"
    axis = alt.Axis(tickCount=4, labelExpr=f"format(datum.value, '{form}')")
    x = alt.X("low", type="quantitative", title=None, axis=axis, scale=alt.Scale(zero=True))
    shown = [
        *hover_names("scenario"),
        *hover(".3~g" if small else ".3~s", "low", "middle_low", "middle_high", "high"),
    ]
    base = alt.Chart(values(rows))
    wide = base.mark_bar(color=PALE, height=10).encode(x=x, x2=alt.X2("high"), y=y, tooltip=shown)
    middle = alt.X("middle_low", type="quantitative", title=None)
    narrow = base.mark_bar(color=BLUE, height=10).encode(
        x=middle, x2=alt.X2("middle_high"), y=y, tooltip=shown
    )
    ends = base.mark_tick(color=BLUE, thickness=3, height=14).encode(x=middle, y=y, tooltip=shown)
    rule = base.mark_rule(color=GREY, opacity=0.25).encode(y=y)
    return spec(alt.layer(rule, wide, narrow, ends), ROOM * len(rows))
