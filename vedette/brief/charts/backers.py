"""Who backs whom: backers at the left, those they support at the right, and how it divides over the years."""

from typing import Literal

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Spec, Swatch
from vedette.brief.charts.style import (
    GREY,
    INK,
    Row,
    amount,
    groups,
    hover,
    hover_names,
    number,
    spec,
    values,
)
from vedette.brief.figures import Figure

STATUS_COLOURS = {
    "state": "#12436b",
    "hybrid": "#dfa878",
    "non-state": "#b04a22",
    "foreign": "#5b7d5a",
    "unknown": "#aab2b9",
}
_NAMES = {
    "state": "state forces",
    "hybrid": "hybrid forces",
    "non-state": "non-state groups",
    "foreign": "foreign forces",
    "unknown": "others",
}
_STEP = 21
_LEFT, _RIGHT = 0.36, 0.6


def who_backs_whom(caption: Caption, ties: Figure) -> Chart:
    """Lines from backers to recipients, coloured by the recipient's status, wider the more is believed.

    Columns of ``ties``: ``backer, recipient, status, kinds`` (words), ``belief`` (of the most believed kind),
    ``contested`` (yes or no), ``said`` (day). Contested ties are dashed.
    """
    rows = ties.records()
    statuses = [status for status in STATUS_COLOURS if any(row["status"] == status for row in rows)]
    legend = [Swatch(_NAMES[status], "line", STATUS_COLOURS[status]) for status in statuses]
    if any(row["contested"] == "yes" for row in rows):
        legend.append(Swatch("contested", "dashed", GREY))
    return Chart(caption, (Pane(_lines(rows, statuses)),), (ties,), legend=tuple(legend))


def _lines(rows: list[Row], statuses: list[str]) -> Spec:
    backers = list(dict.fromkeys(str(row["backer"]) for row in rows))
    order = sorted(rows, key=lambda row: (statuses.index(str(row["status"])), -number(row["belief"])))
    takers = list(dict.fromkeys(str(row["recipient"]) for row in order))
    tall = max(len(backers), len(takers), 2)
    left = {name: (place + 0.5) * tall / len(backers) for place, name in enumerate(backers)}
    right = {name: (place + 0.5) * tall / len(takers) for place, name in enumerate(takers)}
    drawn: list[Row] = [
        {**row, "x": _LEFT, "x2": _RIGHT, "y": left[str(row["backer"])], "y2": right[str(row["recipient"])]}
        for row in rows
    ]
    x = alt.X("x", type="quantitative", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)
    y = alt.Y("y", type="quantitative", scale=alt.Scale(domain=[tall, 0], nice=False), axis=None)
    colour = alt.Color(
        "status",
        type="nominal",
        legend=None,
        scale=alt.Scale(domain=statuses, range=[STATUS_COLOURS[status] for status in statuses]),
    )
    line = (
        alt.Chart(values(drawn))
        .mark_rule(strokeCap="round", opacity=0.75)
        .encode(
            x=x,
            x2=alt.X2("x2"),
            y=y,
            y2=alt.Y2("y2"),
            color=colour,
            strokeWidth=alt.StrokeWidth(
                "belief",
                type="quantitative",
                legend=None,
                scale=alt.Scale(domain=[0, 1], range=[0.6, 5]),
            ),
            strokeDash=alt.StrokeDash(
                "contested",
                type="nominal",
                legend=None,
                scale=alt.Scale(domain=["no", "yes"], range=[[1, 0], [5, 4]]),
            ),
            tooltip=[*hover_names("backer", "recipient", "kinds", "said"), *hover(".2f", "belief")],
        )
    )
    start = _names(left, _LEFT - 0.012, "right", x, y)
    end = _names(right, _RIGHT + 0.012, "left", x, y)
    return spec(alt.layer(line, start, end), _STEP * tall)


def _names(
    places: dict[str, float], at: float, align: Literal["left", "right"], x: alt.X, y: alt.Y
) -> alt.Chart:
    share = round(at if align == "right" else 1 - at, 3)
    rows: list[Row] = [{"name": name, "x": at, "y": place} for name, place in places.items()]
    text = alt.Chart(values(rows)).mark_text(
        align=align, baseline="middle", color=INK, fontSize=11, limit=alt.ExprRef(f"width * {share}")
    )
    named: alt.Chart = text.encode(x=x, y=y, text=alt.Text("name", type="nominal"))
    return named


def backing_by_year(caption: Caption, counts: Figure) -> Chart:
    """The number of each backer's recipients by status; a pane for each backer, all on one scale.

    Columns of ``counts``: ``backer`` (title of the pane, in order), ``year``, ``status``, ``number``,
    ``kinds``.
    """
    by_backer = groups(counts, "backer")
    panes = tuple(
        Pane(_stack(rows, _tallest(counts.records())), backer) for backer, rows in by_backer.items()
    )
    statuses = [
        status for status in STATUS_COLOURS if any(row["status"] == status for row in counts.records())
    ]
    legend = tuple(Swatch(_NAMES[status], "bar", STATUS_COLOURS[status]) for status in statuses)
    return Chart(caption, panes, (counts,), legend=legend, columns=min(2, len(panes)))


def _tallest(rows: list[Row]) -> float:
    """The highest number of recipients of one backer in one year."""
    sums: dict[tuple[str, int], float] = {}
    for row in rows:
        key = str(row["backer"]), int(number(row["year"]))
        sums[key] = sums.get(key, 0.0) + number(row["number"])
    return max(sums.values())


def _stack(rows: list[Row], top: float) -> Spec:
    piled: dict[int, float] = {}
    stacked: list[Row] = []
    for row in rows:
        year, size = int(number(row["year"])), number(row["number"])
        below = piled.get(year, 0.0)
        piled[year] = below + size
        ends = {"start": year - 0.42, "end": year + 0.42, "below": below, "above": piled[year]}
        stacked.append({**row, **ends})
    lead, tail = min(piled), max(piled)
    every = 5 if tail - lead > 8 else 1
    ticks = [year for year in range(lead, tail + 1) if year % every == 0]
    x = alt.X(
        "start",
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=[lead - 0.6, tail + 0.6], nice=False),
        axis=alt.Axis(values=ticks, format="d", grid=False, labelOverlap="greedy"),
    )
    colour = alt.Color(
        "status",
        type="nominal",
        legend=None,
        scale=alt.Scale(domain=list(STATUS_COLOURS), range=list(STATUS_COLOURS.values())),
    )
    bars = alt.Chart(values(stacked)).mark_bar()
    shown = [*hover_names("year", "status", "kinds"), *hover(".0f", "number")]
    return spec(
        bars.encode(
            x=x,
            x2=alt.X2("end"),
            y=amount("below", top, form=".0f"),
            y2=alt.Y2("above"),
            color=colour,
            tooltip=shown,
        ),
        130,
    )
