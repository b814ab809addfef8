"""Parts that all charts share: colours, the Vega-Lite config, axes of time, channels and specs.

Colours are told apart by lightness first, so that they hold in grey print and for colour-blind readers.
Every pane is a single view as wide as its container; panes of one chart align because the space left of the
plot is fixed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from vedette.brief.blocks import Spec
from vedette.brief.figures import NO_FILE, Cell, Figure, Mark
from vedette.brief.typeface import FAMILIES
from vedette.periods import Step, first_day, parse

INK = "#1c2730"
GREY = "#5b656e"
EDGE = "#8c99a5"
RULE = "#dfe4e8"
BLUE = "#1d5783"
MID = "#6f9fc3"
BAR = "#5f93ba"
PALE = "#bfd5e5"
TINT = "#e4edf4"
RUST = "#b04a22"
LADDER = ("#f1f3f4", "#dce8f0", "#bcd4e4", "#95b9d3", "#6a9bc0", "#4080ad")
SERIES = ("#12436b", "#6f9fc3", "#b04a22", "#dfa878", "#4c7a5d", "#aab2b9")
GUTTER = 44
FONT = FAMILIES[0]
"""The font that charts are measured and drawn with: one that ships."""

CONFIG: dict[str, Any] = {
    "aria": False,
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "padding": {"left": 0, "right": 14, "top": 6, "bottom": 2},
    "axis": {
        "labelColor": GREY,
        "labelFontSize": 11,
        "titleColor": GREY,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "labelPadding": 5,
        "domain": False,
        "ticks": False,
        "gridColor": RULE,
        "labelAngle": 0,
    },
    "axisX": {"domain": True, "domainColor": GREY, "ticks": True, "tickColor": GREY, "tickSize": 4},
    "axisQuantitative": {"tickCount": 4},
    "bar": {"color": BLUE},
    "text": {"color": INK, "fontSize": 11},
    "rule": {"color": INK},
}

Row = dict[str, Cell]
Drawn = alt.Chart | alt.LayerChart | alt.FacetChart
Days = Callable[[str], alt.X]
"""Makes the x channel of a column of ISO days."""

AHEAD = (1, 3, 6, 9, 12, 18, 24, 30, 36)
"""Horizons that get a tick."""


def calendar(label: str) -> Row:
    """First day, middle and end of the period a label names, as ISO days for a UTC axis.

    >>> calendar("2020-02")
    {'start': '2020-02-01', 'mid': '2020-02-15', 'end': '2020-03-01'}
    """
    step = Step.WEEK if "W" in label else Step.DAY if len(label) == len("2020-02-01") else Step.MONTH
    period = parse(label, step)
    start, end = first_day(period, step), first_day(period + 1, step)
    middle = date.fromordinal((start.toordinal() + end.toordinal()) // 2)
    return {"start": start.isoformat(), "mid": middle.isoformat(), "end": end.isoformat()}


def dated(rows: Iterable[Mapping[str, Cell]], *keys: str) -> list[Row]:
    """The named cells of each row, with the calendar of its ``period``; without rows that no file covers."""
    return [
        {"period": row["period"], **calendar(str(row["period"])), **{key: row[key] for key in keys}}
        for row in rows
        if row.get("mark") != NO_FILE
    ]


def groups(figure: Figure, column: str) -> dict[str, list[Row]]:
    """The rows of a figure by the values of a column, both in the order of the table.

    A table without that column is one group with an empty name.
    """
    grouped: dict[str, list[Row]] = {}
    for row in figure.records():
        grouped.setdefault(str(row.get(column, "")), []).append(row)
    return grouped


def number(cell: Cell) -> float:
    """A cell as a number; text and empty cells are 0."""
    return float(cell) if isinstance(cell, int | float) else 0.0


def top(rows: Iterable[Mapping[str, Cell]], *keys: str) -> float:
    """The largest number in the named columns, at least 1, for the end of an axis."""
    return max([1.0, *(number(row[key]) for row in rows for key in keys)])


class Values(alt.InlineData):
    """Rows that a chart and all its copies share: Altair copies a chart each time something is added."""

    def __deepcopy__(self, _: object) -> "Values":
        return self


def values(rows: Sequence[Mapping[str, Cell]]) -> alt.InlineData:
    """Rows as the data of a chart."""
    return Values(values=[dict(row) for row in rows])


def when(axis: alt.Axis) -> Days:
    """The x channels of a UTC axis that runs from the first to the last day drawn."""
    scale = alt.Scale(type="utc", nice=False, padding=0)

    def channel(field: str) -> alt.X:
        return alt.X(field, type="temporal", scale=scale, axis=axis, title=None)

    return channel


def years(first: str, last: str) -> alt.Axis:
    """Year labels, fewer where the chart is narrow."""
    span = max(1, int(last[:4]) - int(first[:4]))
    step = 1 if span <= 8 else 2 if span <= 20 else 5
    ticks = [f"{year}-01-01" for year in range(int(first[:4]), int(last[:4]) + 1) if year % step == 0]
    return alt.Axis(values=ticks, format="%Y", grid=False, labelOverlap="greedy", labelFlush=False)


def months(first: str, last: str) -> alt.Axis:
    """January with its year and July; every quarter within a year and a half, every month within 8 months."""
    lead, tail = (date.fromisoformat(day) for day in (first, last))
    days = (tail - lead).days
    every = 6 if days > 550 else 3 if days > 250 else 1
    ticks = [
        date(year, month, 1)
        for year in range(lead.year, tail.year + 1)
        for month in range(1, 13, every)
        if lead <= date(year, month, 1) <= tail
    ]
    label = "utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%b %Y') : utcFormat(datum.value, '%b')"
    return alt.Axis(
        values=[tick.isoformat() for tick in ticks],
        labelExpr=label,
        grid=False,
        labelOverlap="greedy",
    )


def amount(field: str, highest: float, *, lowest: float = 0, form: str = ",~f") -> alt.Y:
    """The y channel of a quantity from ``lowest`` to ``highest``, with the fixed space for its labels."""
    axis = alt.Axis(format=form, tickMinStep=1, minExtent=GUTTER, maxExtent=GUTTER)
    scale = alt.Scale(domain=[lowest, highest], nice=True)
    return alt.Y(field, type="quantitative", scale=scale, axis=axis, title=None)


ZERO = alt.Y2Datum(0)
"""Where a bar stands when its two sides are given."""


def by_mark(observed: str, estimated: str) -> alt.Color:
    """The colour channel of a column ``mark``."""
    scale = alt.Scale(domain=[Mark.OBSERVED.value, Mark.ESTIMATED.value], range=[observed, estimated])
    return alt.Color("mark", type="nominal", scale=scale, legend=None)


def hover(form: str, *fields: str) -> list[alt.Tooltip]:
    """What shows under the pointer: the named numbers of a mark."""
    return [alt.Tooltip(field, type="quantitative", format=form) for field in fields]


def hover_names(*fields: str) -> list[alt.Tooltip]:
    """What shows under the pointer: the named words of a mark."""
    return [alt.Tooltip(field, type="nominal") for field in fields]


def spec(chart: Drawn, height: int) -> Spec:
    """The Vega-Lite specification, as wide as its container; the page carries the config once."""
    specification: Spec = chart.properties(width="container", height=height).to_dict(validate=False)
    specification.pop("config", None)
    return specification


def along(rows: list[Row], title: str) -> alt.X:
    """The horizons of a chart from left to right, with few ticks."""
    ticks = [tick for tick in AHEAD if any(row["horizon"] == tick for row in rows)]
    axis = alt.Axis(values=ticks, grid=False, title=title, format="d")
    scale = alt.Scale(nice=False, zero=False, padding=6)
    return alt.X("horizon", type="quantitative", scale=scale, axis=axis)
