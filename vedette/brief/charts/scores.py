"""How far to trust it: skill of each method against a reference, and calibration."""

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Spec, Swatch
from vedette.brief.charts.style import (
    BLUE,
    INK,
    RUST,
    SERIES,
    TINT,
    ZERO,
    Row,
    groups,
    hover,
    hover_names,
    number,
    spec,
    values,
)
from vedette.brief.figures import Figure

_WORST = -1.0
_HEIGHT = 220
_NAMES, _NARROW = 150, 112


def score_bars(
    caption: Caption, skill: Figure, panes: str = "horizons", zero: str = "the reference", columns: int = 2
) -> Chart:
    """Skill as a point with its interval by method and pane; right of zero is better.

    Columns of ``skill``: ``panes`` (a pane each, in order), ``method`` (in order), ``skill``, ``low``,
    ``high``: 1 minus the ratio of scores, as a share. ``zero`` says what lies at zero. The axis ends at
    -100 %; what is worse stands at its edge.
    """
    rows = skill.records()
    methods = list(groups(skill, "method"))
    lowest = max(_WORST, min([-0.1, *(number(row["low"]) for row in rows)]))
    highest = max([0.1, *(number(row["high"]) for row in rows)])
    width = _NAMES if columns < 3 else _NARROW
    drawn = tuple(
        Pane(_skill(part, methods, (lowest, highest), width), title)
        for title, part in groups(skill, panes).items()
    )
    legend = (Swatch("skill, with its 90 % interval", "dot", BLUE), Swatch(zero, "line", RUST))
    return Chart(caption, drawn, (skill,), legend=legend, columns=columns)


def _skill(rows: list[Row], methods: list[str], ends: tuple[float, float], width: int) -> Spec:
    scale = alt.Scale(domain=list(ends), nice=True, clamp=True)
    axis = alt.Axis(format=".0%", tickCount=4 if width == _NAMES else 3)

    def x(field: str) -> alt.X:
        return alt.X(field, type="quantitative", title=None, scale=scale, axis=axis)

    names = alt.Axis(labelLimit=width, minExtent=width, maxExtent=width, labelColor=INK, grid=True)
    base = alt.Chart(values(rows)).encode(
        y=alt.Y("method", type="nominal", sort=methods, title=None, axis=names)
    )
    zero = alt.Chart(values([{"zero": 0}])).mark_rule(color=RUST, strokeWidth=1.2).encode(x=x("zero"))
    whisker = base.mark_rule(color=BLUE, strokeWidth=2).encode(x=x("low"), x2=alt.X2("high"))
    point = base.mark_point(filled=True, size=62, color=BLUE, opacity=1)
    shown = hover(".1%", "skill", "low", "high")
    return spec(alt.layer(zero, whisker, point.encode(x=x("skill"), tooltip=shown)), 24 * len(methods))


def calibration(caption: Caption, pit: Figure, coverage: Figure) -> Chart:
    """Where the truth fell in the forecasts: a histogram that should be flat, and coverage on the diagonal.

    Columns of ``pit``: ``low``, ``high`` (edges of the bin, 0 to 1), ``share`` (of forecasts; flat when
    calibrated). Columns of ``coverage``: ``horizons`` (in order), ``level`` (nominal), ``covered``
    (observed), both as shares.
    """
    series = list(groups(coverage, "horizons"))
    colours = list(SERIES[: len(series)])
    panes = (
        Pane(_pit(pit.records()), "Where the truth fell in the forecast"),
        Pane(_coverage(coverage.records(), series, colours), "Share of truths each interval held"),
    )
    legend = [Swatch(name or "all", "dot", colour) for name, colour in zip(series, colours, strict=True)]
    legend.append(Swatch("perfectly calibrated", "dashed", RUST))
    return Chart(caption, panes, (pit, coverage), legend=tuple(legend), columns=2)


def _share(highest: float) -> tuple[alt.Scale, alt.Axis]:
    scale = alt.Scale(domain=[0, highest], nice=True)
    return scale, alt.Axis(format=".0%", tickCount=5, minExtent=40, maxExtent=40)


def _pit(rows: list[Row]) -> Spec:
    flat = 1 / max(1, len(rows))
    scale, axis = _share(max([2 * flat, *(number(row["share"]) for row in rows)]))
    across = alt.Axis(format=".0%", grid=False, title="quantile of the forecast")
    bar = (
        alt.Chart(values(rows))
        .mark_bar(color=TINT, stroke=BLUE, strokeWidth=1)
        .encode(
            x=alt.X("low", type="quantitative", scale=alt.Scale(domain=[0, 1]), axis=across),
            x2=alt.X2("high"),
            y=alt.Y("share", type="quantitative", title=None, scale=scale, axis=axis),
            y2=ZERO,
            tooltip=hover(".1%", "low", "high", "share"),
        )
    )
    line = alt.Chart(values([{"share": flat}])).mark_rule(color=RUST, strokeDash=[5, 3], strokeWidth=1.4)
    return spec(alt.layer(bar, line.encode(y=alt.Y("share", type="quantitative"))), _HEIGHT)


def _coverage(rows: list[Row], series: list[str], colours: list[str]) -> Spec:
    scale, up = _share(1)
    across = alt.Axis(format=".0%", title="nominal level of the interval")
    x = alt.X("level", type="quantitative", scale=scale, axis=across)
    y = alt.Y("covered", type="quantitative", title=None, scale=scale, axis=up)
    ends: list[Row] = [{"level": 0, "covered": 0}, {"level": 1, "covered": 1}]
    ideal = alt.Chart(values(ends)).mark_line(color=RUST, strokeDash=[5, 3], strokeWidth=1.4)
    colour = alt.Color("horizons", type="nominal", scale=alt.Scale(domain=series, range=colours), legend=None)
    base = alt.Chart(values(rows)).encode(x=x, y=y, color=colour)
    point = base.mark_point(filled=True, size=60, opacity=1)
    shown = [*hover_names("horizons"), *hover(".0%", "level", "covered")]
    layers = [ideal.encode(x=x, y=y), base.mark_line(strokeWidth=1.4), point.encode(tooltip=shown)]
    return spec(alt.layer(*layers), _HEIGHT)
