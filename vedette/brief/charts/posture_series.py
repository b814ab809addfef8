"""Every series of what backers had in place, a pane each, on one axis of time."""

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Spec, Swatch
from vedette.brief.charts.posture import segments
from vedette.brief.charts.style import GREY, INK, Row, amount, dated, groups, spec, top, values, when, years
from vedette.brief.figures import Figure

_HEIGHT = 110


def posture_by_backer(caption: Caption, posture: Figure) -> Chart:
    """A pane for each series, all from the first to the last period of any.

    Columns of ``posture``: ``series`` (title of the pane, in order), ``period`` (in order), ``value``,
    ``basis`` (page: citable, solid; recalled: hollow, dashed).
    """
    series = {name: dated(rows, "value", "basis") for name, rows in groups(posture, "series").items()}
    rows = [row for of_one in series.values() for row in of_one]
    first, last = min(str(row["start"]) for row in rows), max(str(row["end"]) for row in rows)
    panes = tuple(Pane(_series(of_one, first, last), name) for name, of_one in series.items())
    legend = [Swatch("read on a citable page", "dot", INK)]
    if any(row["basis"] != "page" for row in rows):
        legend.append(Swatch("recalled, no page: not to be cited", "ring", INK))
    return Chart(caption, panes, (posture,), legend=tuple(legend), columns=min(2, len(panes)))


def _series(rows: list[Row], first: str, last: str) -> Spec:
    x = when(years(first, last))
    y = amount("value", 1.1 * top(rows, "value"))
    ground = alt.Chart(values([{"first": first, "last": last}])).mark_rule(color=GREY)
    layers = [ground.encode(x=x("first"), x2=alt.X2("last"), y=alt.value("height"))]
    for basis, colour, dash in (("recalled", GREY, [2, 3]), ("page", INK, [1, 0])):
        if lines := segments(rows, basis):
            line = alt.Chart(values(lines)).mark_rule(color=colour, strokeDash=dash, strokeWidth=1.4)
            layers.append(line.encode(x=x("start"), x2=alt.X2("end"), y=y, y2=alt.Y2("next")))
    fill = alt.Fill(
        "basis",
        type="nominal",
        scale=alt.Scale(domain=["page", "recalled"], range=[INK, "white"]),
        legend=None,
    )
    point = alt.Chart(values(rows)).mark_point(opacity=1, strokeWidth=1, stroke=INK, size=14)
    return spec(alt.layer(*layers, point.encode(x=x("mid"), y=y, fill=fill)), _HEIGHT)
