"""A backer's posture above deaths by period, on one axis of time, with numbered milestones."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import altair as alt

from vedette.brief.blocks import Caption, Chart, Key, Pane, Spec, Swatch
from vedette.brief.charts.style import (
    BLUE,
    GREY,
    INK,
    MID,
    RUST,
    ZERO,
    Days,
    Row,
    amount,
    by_mark,
    dated,
    hover,
    hover_names,
    number,
    spec,
    top,
    values,
    when,
    years,
)
from vedette.brief.figures import Figure

_HEIGHT, _LEVEL, _PHONE_WIDTH = 190, 17, 285


def posture_and_violence(
    caption: Caption,
    posture: Figure,
    deaths: Figure,
    milestones: Figure,
    titles: tuple[str, str] = ("In place", "Deaths a month"),
) -> Chart:
    """Two panes on one axis of time: the posture series, and deaths by period.

    Columns of ``posture``: ``period`` (in order), ``value``, ``basis`` (page: citable, solid; recalled:
    hollow, dashed). The line breaks where periods have no figure.
    Columns of ``deaths``: ``period``, ``low``, ``best``, ``high``, ``mark``.
    Columns of ``milestones``: ``number`` (drawn on the chart), ``date`` (ISO day), ``text`` (in the key).
    The axis runs from the first to the last period of either series. ``titles`` are those of the panes.
    """
    levels_in_place = dated(posture.records(), "value", "basis")
    killed = dated(deaths.records(), "low", "best", "high", "mark")
    first = str(min(str(row["start"]) for row in [*levels_in_place, *killed]))
    last = str(max(str(row["end"]) for row in [*levels_in_place, *killed]))
    marks = [row for row in milestones.records() if first <= str(row["date"]) <= last]
    last = _beyond(first, last)
    upper, lower = _posture(levels_in_place, marks, first, last), _deaths(killed, marks, first, last)
    keys = tuple(Key(int(number(row["number"])), str(row["date"]), str(row["text"])) for row in marks)
    legend = (
        Swatch("read on a citable page", "dot", INK),
        Swatch("recalled, no page: not to be cited", "ring", INK),
        Swatch("deaths, observed", "bar", BLUE),
        Swatch("deaths, estimated", "bar", MID),
    )
    panes = (Pane(upper, titles[0]), Pane(lower, titles[1]))
    return Chart(caption, panes, (posture, deaths, milestones), legend=legend, keys=keys)


def _posture(levels_in_place: list[Row], marks: Sequence[Row], first: str, last: str) -> Spec:
    levels = stagger([str(row["date"]) for row in marks], first, last)
    x = when(years(first, last))
    headroom = 1 / (1 - min(0.6, _LEVEL * (max(levels, default=-1) + 1) / _HEIGHT))
    y = amount("value", headroom * top(levels_in_place, "value"))
    layers = [_ground(first, last, x)]
    for basis, colour, dash in (("recalled", GREY, [2, 3]), ("page", INK, [1, 0])):
        if lines := segments(levels_in_place, basis):
            line = alt.Chart(values(lines)).mark_rule(color=colour, strokeDash=dash, strokeWidth=1.4)
            layers.append(line.encode(x=x("start"), x2=alt.X2("end"), y=y, y2=alt.Y2("next")))
    fill = alt.Scale(domain=["page", "recalled"], range=[INK, "white"])
    size = alt.ExprRef("width < 480 ? 7 : 14")
    point = alt.Chart(values(levels_in_place)).mark_point(opacity=1, strokeWidth=1, stroke=INK, size=size)
    points = point.encode(
        x=x("mid"),
        y=y,
        fill=alt.Fill("basis", type="nominal", scale=fill, legend=None),
        tooltip=[*hover_names("period", "basis"), *hover(",.0f", "value")],
    )
    return spec(alt.layer(*layers, points, *_numbers(marks, levels, x)), _HEIGHT)


def segments(levels_in_place: list[Row], basis: str) -> list[Row]:
    """Lines between neighbouring periods: with a page at both ends, or (recalled) all others."""
    return [
        {"start": one["mid"], "end": two["mid"], "value": one["value"], "next": two["value"]}
        for one, two in pairwise(levels_in_place)
        if one["end"] == two["start"] and (one["basis"] == two["basis"] == "page") == (basis == "page")
    ]


def _deaths(killed: list[Row], marks: Sequence[Row], first: str, last: str) -> Spec:
    x = when(years(first, last))
    bar = alt.Chart(values(killed)).mark_bar()
    shown = [*hover_names("period", "mark"), *hover(",.0f", "best")]
    y, colour = amount("best", top(killed, "best")), by_mark(BLUE, MID)
    bars = bar.encode(x=x("start"), x2=alt.X2("end"), y=y, y2=ZERO, color=colour, tooltip=shown)
    lines = alt.Chart(values(marks)).mark_rule(color=RUST, strokeWidth=0.8, opacity=0.55)
    layers = [_ground(first, last, x), bars, lines.encode(x=x("date"))][: 3 if marks else 2]
    return spec(alt.layer(*layers), _HEIGHT - 40)


def _ground(first: str, last: str, x: Days) -> alt.Chart:
    """The line that both panes stand on; it gives them the same ends."""
    line = alt.Chart(values([{"first": first, "last": last}])).mark_rule(color=GREY)
    ground: alt.Chart = line.encode(x=x("first"), x2=alt.X2("last"), y=alt.value("height"))
    return ground


def _numbers(marks: Sequence[Row], levels: list[int], x: Days) -> list[alt.Chart]:
    if not marks:
        return []
    placed = [{**row, "down": 8 + _LEVEL * level} for row, level in zip(marks, levels, strict=True)]
    base = alt.Chart(values(placed))
    y = alt.Y("down", type="quantitative", scale=None, axis=None)
    line = base.mark_rule(color=RUST, strokeWidth=0.8, opacity=0.55).encode(
        x=x("date"), y=y, y2=alt.value(_HEIGHT)
    )
    disc = base.mark_point(shape="circle", size=190, filled=True, color=RUST, opacity=1)
    text = base.mark_text(color="white", fontSize=9.5, fontWeight="bold", dy=0.5)
    return [
        line,
        disc.encode(x=x("date"), y=y),
        text.encode(x=x("date"), y=y, text=alt.Text("number", type="nominal")),
    ]


def _beyond(first: str, last: str) -> str:
    """A day a little after the last, so that a disc on the last has room and the panes stay aligned."""
    begin, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    return date.fromordinal(end + (end - begin) * 3 // 100).isoformat()


def stagger(days: Sequence[str], first: str, last: str) -> list[int]:
    """The row of each numbered mark, so that discs do not touch on a phone; ISO days in order.

    >>> stagger(["2007-01-10", "2007-06-15", "2011-12-18"], "2003-01-01", "2021-01-01")
    [0, 1, 0]
    """
    begin, end = (date.fromisoformat(day).toordinal() for day in (first, last))
    pixel = (end - begin) / _PHONE_WIDTH
    taken: list[float] = []
    rows = []
    for day in days:
        at = date.fromisoformat(day).toordinal() / pixel
        row = next((row for row, edge in enumerate(taken) if at - edge >= _LEVEL), len(taken))
        taken[row : row + 1] = [at]
        rows.append(row)
    return rows
