"""Violence over time by stratum: the long run beside the last periods, and the weeks."""

from dataclasses import replace

import altair as alt

from vedette.brief.blocks import Caption, Chart, Pane, Spec, Swatch
from vedette.brief.charts.style import (
    BAR,
    BLUE,
    INK,
    MID,
    TINT,
    ZERO,
    Row,
    amount,
    by_mark,
    dated,
    groups,
    hover,
    hover_names,
    months,
    number,
    spec,
    top,
    values,
    when,
    years,
)
from vedette.brief.figures import Figure, Mark

_HEIGHT = 112
_BY_MONTH = 60
"""Periods of which the axis names months; of more it names years."""
_WITH_DOUBT = 120
_SHOWN = [*hover_names("period", "mark"), *hover(",.0f", "best", "low", "high")]


def violence_by_stratum(caption: Caption, deaths: Figure, recent: int = 36) -> Chart:
    """Deaths by period, one row of panes a stratum: all periods, and the last ``recent`` with low and high.

    Columns of ``deaths``: ``stratum``, ``period`` (label, in order), ``low``, ``best``, ``high`` (deaths; for
    estimated rows the ends of an interval and the median), ``mark`` (observed or estimated). The y axis of
    each pane has its own length. Estimated periods are hollow. A stratum without deaths is not drawn, and one
    without any of late has its long run alone, after the others.
    """
    panes: list[Pane] = []
    quiet: list[Pane] = []
    for stratum, rows in groups(deaths, "stratum").items():
        shown = dated(rows, "low", "best", "high", "mark")
        if not _any(shown):
            continue
        run = Pane(_long_run(shown, recent), f"{stratum}, since {str(shown[0]['period'])[:4]}")
        months = f"last {min(recent, len(shown))} months"
        if _any(shown[-recent:]):
            panes += [run, Pane(bars(shown[-recent:], _HEIGHT), f"{stratum}, {months}")]
        else:
            quiet.append(replace(run, title=f"{run.title}; none in the {months}"))
    panes += quiet
    return Chart(caption, tuple(panes), (deaths,), legend=_legend(deaths), columns=2)


def _any(rows: list[Row]) -> bool:
    return any(number(row["high"]) or number(row["best"]) for row in rows)


def week_view(caption: Caption, deaths: Figure) -> Chart:
    """Deaths by week, bars with low and high.

    Columns of ``deaths``: as `violence_by_stratum`, periods are weeks; without ``stratum`` there is one pane.
    """
    panes = [
        Pane(bars(dated(rows, "low", "best", "high", "mark"), _HEIGHT + 40), stratum)
        for stratum, rows in groups(deaths, "stratum").items()
    ]
    return Chart(caption, tuple(panes), (deaths,), legend=_legend(deaths), columns=min(2, len(panes)))


def count_view(caption: Caption, counts: Figure) -> Chart:
    """Deaths or events by period, one pane a stratum with its own scale; bars with low and high.

    Columns of ``counts``: as `violence_by_stratum`; without ``stratum`` there is one pane. Runs of more than
    `_WITH_DOUBT` periods are drawn without low and high, which one could not tell apart.
    """
    drawn = {
        name: dated(rows, "low", "best", "high", "mark") for name, rows in groups(counts, "stratum").items()
    }
    longest = max(map(len, drawn.values()), default=0)
    doubt = longest <= _WITH_DOUBT and counts.unit.startswith("deaths")
    panes = [
        Pane(bars(rows, _HEIGHT + 40 * (len(drawn) == 1), doubt=doubt), name)
        for name, rows in drawn.items()
        if rows
    ]
    legend = [entry for entry in _legend(counts) if doubt or entry.shape != "whisker"]
    if not counts.unit.startswith("deaths"):
        legend[0] = replace(legend[0], label="observed")
    return Chart(caption, tuple(panes), (counts,), legend=tuple(legend), columns=min(2, max(1, len(panes))))


def bars(rows: list[Row], height: int, *, doubt: bool = True) -> Spec:
    """One bar a period; estimated ones hollow. Rows as `dated` makes them.

    ``doubt``: with a whisker from low to high.
    """
    first, last = str(rows[0]["start"]), str(rows[-1]["end"])
    x = when(months(first, last) if len(rows) <= _BY_MONTH else years(first, last))
    high = top(rows, "high", "best") if doubt else top(rows, "best")
    base = alt.Chart(values(rows))
    bar = base.mark_bar(xOffset=0.5, x2Offset=-0.5, strokeWidth=1).encode(
        x=x("start"),
        x2=alt.X2("end"),
        y=amount("best", high),
        y2=ZERO,
        color=by_mark(BAR, TINT),
        stroke=by_mark(BAR, BLUE),
        tooltip=_SHOWN,
    )
    whisker = base.mark_rule(color=INK, strokeWidth=1, opacity=0.75).encode(
        x=x("mid"), y=amount("low", high), y2=alt.Y2("high")
    )
    return spec(alt.layer(bar, whisker) if doubt else bar, height)


def _long_run(rows: list[Row], recent: int) -> Spec:
    first, last = str(rows[0]["start"]), str(rows[-1]["end"])
    x = when(years(first, last))
    window = [{"start": rows[-recent:][0]["start"], "end": last}]
    strip = alt.Chart(values(window)).mark_rect(color=TINT).encode(x=x("start"), x2=alt.X2("end"))
    bar = (
        alt.Chart(values(rows))
        .mark_bar()
        .encode(
            x=x("start"),
            x2=alt.X2("end"),
            y=amount("best", top(rows, "best")),
            y2=ZERO,
            color=by_mark(BLUE, MID),
            tooltip=_SHOWN,
        )
    )
    return spec(alt.layer(strip, bar), _HEIGHT)


def _legend(deaths: Figure) -> tuple[Swatch, ...]:
    marks = {row["mark"] for row in deaths.records()}
    entries = [Swatch("observed, best estimate of the publisher", "bar", BAR)]
    if Mark.ESTIMATED in marks:
        entries.append(Swatch("estimated, median", "hollow", BLUE))
    both = "low to high; 90 % interval where estimated" if Mark.ESTIMATED in marks else "low to high"
    return (*entries, Swatch(both, "whisker", INK))
