"""What is not known: how precisely the events of each year are placed and dated."""

from collections.abc import Sequence

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Spec, Swatch
from vedette.brief.charts.style import (
    BLUE,
    LADDER,
    RUST,
    Row,
    amount,
    groups,
    hover,
    hover_names,
    number,
    spec,
    values,
)
from vedette.brief.figures import Figure, Mark

_KNOWN = (BLUE, LADDER[4], LADDER[2], "#dfa878")


def data_coverage(caption: Caption, events: Figure, classes: Sequence[str]) -> Chart:
    """Events by year, stacked by how precisely they are known; a pane for each kind of precision.

    Columns of ``events``: ``by`` (title of the pane, in order), ``year`` (whole number), ``class``,
    ``events``, ``mark`` (observed or estimated; estimated years are pale). ``classes``: from the best known
    to the remainder, which is drawn in another hue.
    """
    colours = [*_KNOWN[: len(classes) - 1], RUST] if len(classes) > 1 else [_KNOWN[0]]
    panes = tuple(Pane(_stack(rows, classes, colours), by) for by, rows in groups(events, "by").items())
    legend = tuple(Swatch(name, "bar", colour) for name, colour in zip(classes, colours, strict=True))
    if any(row["mark"] == Mark.ESTIMATED for row in events.records()):
        legend += (Swatch("paler years: estimated or partial", "pale", BLUE),)
    return Chart(caption, panes, (events,), legend=legend, columns=min(2, len(panes)))


def _stack(rows: list[Row], classes: Sequence[str], colours: list[str]) -> Spec:
    piled: dict[int, float] = {}
    stacked: list[Row] = []
    for row in sorted(rows, key=lambda row: (int(number(row["year"])), classes.index(str(row["class"])))):
        year, count = int(number(row["year"])), number(row["events"])
        below = piled.get(year, 0.0)
        piled[year] = below + count
        ends = {"start": year - 0.42, "end": year + 0.42, "below": below, "above": piled[year]}
        stacked.append({**row, **ends})
    lead, tail = min(piled), max(piled)
    ticks = [year for year in range(lead, tail + 1) if year % (5 if tail - lead > 12 else 1) == 0]
    x = alt.X(
        "start",
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=[lead - 0.6, tail + 0.6], nice=False),
        axis=alt.Axis(values=ticks, format="d", grid=False, labelOverlap="greedy"),
    )
    colour = alt.Color(
        "class", type="nominal", scale=alt.Scale(domain=list(classes), range=colours), legend=None
    )
    paler = alt.Scale(domain=[Mark.OBSERVED.value, Mark.ESTIMATED.value], range=[1, 0.45])
    shown = [*hover_names("year", "class"), *hover(",.0f", "events")]
    bar = alt.Chart(values(stacked)).mark_bar()
    return spec(
        bar.encode(
            x=x,
            x2=alt.X2("end"),
            y=amount("below", max(piled.values())),
            y2=alt.Y2("above"),
            color=colour,
            opacity=alt.Opacity("mark", type="ordinal", scale=paler, legend=None),
            tooltip=shown,
        ),
        190,
    )
