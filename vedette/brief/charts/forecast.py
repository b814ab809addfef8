"""What is likely next: history with a fan of intervals, and the same as a table with words."""

from collections.abc import Sequence

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Spec, Swatch
from vedette.brief.charts.style import (
    BAR,
    BLUE,
    INK,
    TINT,
    ZERO,
    Days,
    Row,
    amount,
    by_mark,
    dated,
    groups,
    hover,
    hover_names,
    months,
    spec,
    top,
    values,
    when,
)
from vedette.brief.figures import CellFormat, Column, Figure
from vedette.brief.words import SCALES
from vedette.message import say

_BANDS = {90: "#f0dccf", 80: "#e2b697", 50: "#cb7f54"}


def fan(caption: Caption, history: Figure, forecast: Figure) -> Chart:
    """History as bars, then one column of nested intervals a period with its median; a pane a stratum.

    Columns of ``history``: ``stratum`` (may be left out), ``period``, ``low``, ``best``, ``high``, ``mark``.
    Columns of ``forecast``: ``stratum`` (as in history), ``period``, ``median``, ``low50``, ``high50``,
    ``low80``, ``high80``, ``low90``, ``high90``.
    """
    past = groups(history, "stratum")
    ahead = groups(forecast, "stratum")
    panes = tuple(
        Pane(_fan(past.get(stratum, []), rows, 240 if len(ahead) == 1 else 150), stratum)
        for stratum, rows in ahead.items()
    )
    legend = (
        Swatch(say("observed"), "bar", BAR),
        Swatch(say("estimated, median"), "hollow", BLUE),
        Swatch(say("forecast median"), "line", INK),
        *(
            Swatch(say("{level} interval", level=f"{level} %"), "area", colour)
            for level, colour in reversed(_BANDS.items())
        ),
    )
    return Chart(caption, panes, (history, forecast), legend=legend, columns=min(2, len(panes)))


def _fan(past: Sequence[Row], ahead: Sequence[Row], height: int) -> Spec:
    bounds = [f"{side}{level}" for level in _BANDS for side in ("low", "high")]
    history, future = dated(past, "low", "best", "high", "mark"), dated(ahead, "median", *bounds)
    first, last = str([*history, *future][0]["start"]), str(future[-1]["end"])
    x = when(months(first, last))
    highest = max(top(history, "high"), top(future, "high90"))
    later = alt.Chart(values(future))
    shown = [*hover_names("period"), *hover(",.0f", "median", "low90", "high90")]
    bands = [
        later.mark_bar(color=colour, xOffset=0.5, x2Offset=-0.5).encode(
            x=x("start"),
            x2=alt.X2("end"),
            y=amount(f"low{level}", highest),
            y2=alt.Y2(f"high{level}"),
            tooltip=shown,
        )
        for level, colour in _BANDS.items()
    ]
    median = later.mark_rule(color=INK, strokeWidth=2).encode(
        x=x("start"), x2=alt.X2("end"), y=amount("median", highest)
    )
    return spec(alt.layer(*bands, median, *_history(history, x, highest)), height)


def _history(history: list[Row], x: Days, highest: float) -> list[alt.Chart]:
    if not history:
        return []
    base = alt.Chart(values(history))
    bar = base.mark_bar(xOffset=0.5, x2Offset=-0.5, strokeWidth=1).encode(
        x=x("start"),
        x2=alt.X2("end"),
        y=amount("best", highest),
        y2=ZERO,
        color=by_mark(BAR, TINT),
        stroke=by_mark(BAR, BLUE),
    )
    whisker = base.mark_rule(opacity=0.75).encode(x=x("mid"), y=amount("low", highest), y2=alt.Y2("high"))
    return [bar, whisker]


def forecast_columns(threshold: str, scale: str) -> tuple[Column, ...]:
    """The columns of the table of forecasts.

    ``period``, ``median``, ``low50``, ``high50``, ``low90``, ``high90`` (as `words.estimate` writes them),
    ``chance`` of more than ``threshold`` deaths (as `words.chance`), and its ``word`` on the named scale.

    >>> [column.title for column in forecast_columns("100", "icd203")][-2:]
    ['chance of more than 100', 'in words (ICD 203)']
    """
    return (
        Column("period", "month"),
        Column("median", "median", CellFormat.NUMBER),
        Column("fifty", "50 % interval", CellFormat.NUMBER),
        Column("ninety", "90 % interval", CellFormat.NUMBER),
        Column("chance", f"chance of more than {threshold}", CellFormat.NUMBER),
        Column("word", f"in words ({SCALES[scale].name})"),
    )
