"""Scores of methods and weights of pool members by month ahead."""

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Spec, Swatch
from vedette.brief.charts.style import (
    AHEAD,
    BLUE,
    EDGE,
    GUTTER,
    MID,
    RUST,
    SERIES,
    Row,
    along,
    groups,
    hover,
    hover_names,
    number,
    spec,
    top,
    values,
)
from vedette.brief.figures import Figure

_HEIGHT = 190
_ACROSS = 3
_LINES = (
    (EDGE, True),
    (EDGE, False),
    (MID, False),
    (MID, True),
    ("#4c7a5d", False),
    (BLUE, False),
    ("#dfa878", False),
)
_DASH = [4, 3]
_MEMBERS = (SERIES[0], SERIES[1], SERIES[3], SERIES[4], SERIES[5])


def score_lines(caption: Caption, scores: Figure, ours: str) -> Chart:
    """Mean score along the months ahead, a line for each method, ours thick; lower is better.

    Columns of ``scores``: ``of`` (a pane each, in order), ``method`` (in order), ``horizon``, ``score``. Each
    pane has its own scale.
    """
    methods = [ours, *(name for name in groups(scores, "method") if name != ours)]
    looks = dict(zip(methods, ((RUST, False), *_LINES), strict=False))
    panes = tuple(Pane(_lines(rows, looks, ours), title) for title, rows in groups(scores, "of").items())
    legend = tuple(
        Swatch(name, "dashed" if dashed else "line", colour) for name, (colour, dashed) in looks.items()
    )
    return Chart(caption, panes, (scores,), legend=legend, columns=_ACROSS)


def weight_bars(caption: Caption, weights: Figure) -> Chart:
    """Weights of the members of a pool by month ahead, stacked to the whole.

    Columns of ``weights``: ``of`` (a pane each, in order), ``horizon``, ``member`` (in order), ``weight`` (a
    share).
    """
    members = list(groups(weights, "member"))
    colours = [_MEMBERS[place % len(_MEMBERS)] for place in range(len(members))]
    panes = tuple(
        Pane(_stack(rows, members, colours), title) for title, rows in groups(weights, "of").items()
    )
    legend = tuple(Swatch(name, "bar", colour) for name, colour in zip(members, colours, strict=True))
    return Chart(caption, panes, (weights,), legend=legend, columns=_ACROSS)


def _lines(rows: list[Row], looks: dict[str, tuple[str, bool]], ours: str) -> Spec:
    x = along(rows, "months ahead")
    up = alt.Axis(format=",~f", tickCount=4, minExtent=GUTTER, maxExtent=GUTTER)
    scale = alt.Scale(domain=[0, top(rows, "score")], nice=True)
    y = alt.Y("score", type="quantitative", title=None, scale=scale, axis=up)
    shown = [*hover_names("method"), *hover("d", "horizon"), *hover(",.1f", "score")]
    layers = []
    for name in [*(name for name in looks if name != ours), ours]:
        colour, dashed = looks[name]
        own = alt.Chart(values([row for row in rows if row["method"] == name]))
        width = 2.8 if name == ours else 1.5
        line = own.mark_line(color=colour, strokeWidth=width, strokeDash=_DASH if dashed else [1, 0])
        dot = own.mark_point(size=60, opacity=0, filled=True)
        layers += [line.encode(x=x, y=y), dot.encode(x=x, y=y, tooltip=shown)]
    return spec(alt.layer(*layers), _HEIGHT)


def _stack(rows: list[Row], members: list[str], colours: list[str]) -> Spec:
    order = {member: place for place, member in enumerate(members)}
    ordered: list[Row] = [{**row, "order": order[str(row["member"])]} for row in rows]
    ahead = sorted({int(number(row["horizon"])) for row in rows})
    ticks = [tick for tick in AHEAD if tick in ahead]
    axis = alt.Axis(values=ticks, title="months ahead", ticks=False)
    up = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], minExtent=GUTTER, maxExtent=GUTTER)
    bar = alt.Chart(values(ordered)).mark_bar()
    drawn = bar.encode(
        x=alt.X("horizon", type="ordinal", axis=axis, scale=alt.Scale(paddingInner=0.12, paddingOuter=0.06)),
        y=alt.Y(
            "weight", type="quantitative", title=None, axis=up, stack="zero", scale=alt.Scale(domain=[0, 1])
        ),
        color=alt.Color(
            "member", type="nominal", scale=alt.Scale(domain=members, range=colours), legend=None
        ),
        order=alt.Order("order", type="quantitative"),
        tooltip=[*hover_names("member", "horizon"), *hover(".0%", "weight")],
    )
    return spec(drawn, _HEIGHT)
