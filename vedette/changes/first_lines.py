"""The first lines on what changed: one arrow back with its reason, one alert ahead or none."""

from collections.abc import Iterator

from vedette.changes.between import Changes
from vedette.changes.came import Came, WhatCame
from vedette.changes.norm import BETTER, WORSE, Norm
from vedette.changes.said import Number, listed, literal
from vedette.changes.wording import SHOWN, Line, sentence_of, series_words, share_words, span_words
from vedette.plurals import counted, plural

ARROWS = {WORSE: "↓ Deteriorated, by deaths", BETTER: "↑ Improved, by deaths"}
UNCHANGED = "→ No change in deaths"
UNTOLD = "No arrow, since too little is known"


def lead_lines(changes: Changes) -> Iterator[Line]:
    """The arrow back with its reason, then the alert ahead or that there is none."""
    reason = _reason(changes)
    yield Line(f"{arrow_words(changes)}: {reason.template}", reason.numbers)
    yield alert_line(changes)


def arrow(changes: Changes) -> str:
    """Whether the deaths that came are ``worse`` or ``better`` than the norm, or ``no change``; else empty."""
    if changes.norm is None or changes.came.country is None:
        return ""
    return changes.norm.arrow(changes.came.country.came)


def arrow_words(changes: Changes) -> str:
    """The arrow back in words; says so where too little is known for one."""
    found = arrow(changes)
    return ARROWS.get(found, UNCHANGED) if found else UNTOLD


def _reason(changes: Changes) -> Line:
    if changes.came.country is None:
        return Line(f"{literal(changes.came.missing)}.")
    said = forecast_line(changes)
    parts, numbers = [said.template], dict(said.numbers)
    if changes.came.missing and changes.came.draws:
        parts.append(f"{literal(sentence_of(changes.came.missing))}.")
    if changes.came.misses:
        parts.append(_places(changes.came.misses))
    if changes.norm is not None:
        parts.append(_usual(changes.norm))
        numbers["norm"] = _norm_number(changes.norm)
    parts += [literal(line) for line in two_series(changes.came)]
    return Line(" ".join(parts), numbers)


def _norm_number(norm: Norm) -> Number:
    each = "Deaths in a month" if norm.months == 1 else f"Deaths in {norm.months} months in a row"
    title = f"{each}, {norm.first} to {norm.last}: the middle, and eight in ten"
    return Number(f"deaths-norm-{norm.months}", title, norm.median, "deaths", "data", norm.low, norm.high)


def _usual(norm: Norm) -> str:
    if norm.months == 1:
        return f"The middle of the {norm.runs} months before had {{norm:band}}, in brackets eight in ten of them."
    return (
        f"The middle of the {norm.runs} runs of {norm.months} months before had {{norm:band}}, in brackets eight "
        "in ten of them."
    )


def forecast_line(changes: Changes) -> Line:
    """What came in the country against the forecast of the first day, and whether that was a miss."""
    came, country = changes.came, changes.came.country
    assert country is not None
    months, where = span_words(country), f"{country.name}, {country.first} to {country.last}"
    series = series_words(came)
    ends = (country.came_low, country.came_high) if country.came_low < country.came_high else ()
    numbers = {
        "came": Number("deaths-came", f"Deaths in {where}: {series}", country.came, "deaths", "data", *ends)
    }
    died = plural(country.came, "person was", "people were")
    start = f"in {months}, {{came:band}} {died} killed ({literal(series)})"
    if country.median is None or country.low is None or country.high is None or country.below is None:
        return Line(f"{start}; {literal(came.missing)}.", numbers)
    title = f"Deaths in {where}, forecast on {changes.first}"
    numbers["forecast"] = Number(
        "deaths-forecast-held", title, country.median, "deaths", "forecast", country.low, country.high
    )
    against = f"{start}, where vedette forecast {{forecast:band}} on {changes.first}"
    if not country.miss:
        return Line(f"{against}: within its 90 % interval, in brackets.", numbers)
    side = "below" if country.miss == "above" else "above"
    share = country.below if country.miss == "above" else 1 - country.below
    return Line(
        f"{against}. vedette missed it: {share_words(share)} of its {came.draws:,} draws lay {side}; in brackets "
        "its 90 % interval.",
        numbers,
    )


def two_series(came: WhatCame) -> Iterator[str]:
    """That what came is counted in another series than the months before, where it is."""
    learned, seen = ({series.name for series in each} for each in (came.learned, came.counted))
    if learned and learned != seen:
        runs = [f"{series} for {series.months[0]} to {series.months[-1]}" for series in came.learned]
        yield f"Two series: months before are from {listed(runs)}; what came is from {series_words(came)}."


def _places(misses: tuple[Came, ...]) -> str:
    """The places with the largest misses, what came there and what the middle forecast was."""
    said = [f"{literal(row.name)} {row.came:,.0f} against {row.median or 0:,.0f}" for row in misses[:SHOWN]]
    more = len(misses) - len(said)
    if more > 0:
        said.append(counted(more, "other place"))
    return f"By place, what came against the middle forecast: {listed(said)}."


def alert_line(changes: Changes) -> Line:
    """The alert ahead with its reason, or that there is none."""
    alert = changes.alert
    if alert is None:
        within = ", and the forecast stays within what was usual before" if changes.ahead.draws else ""
        return Line(f"No alert ahead: no early sign fired since, no hostility is new in the ledger{within}.")
    reasons, numbers = [], {}
    if alert.signs:
        on = plural(len(alert.signs), "an alarm", "alarms")
        reasons.append(f"{on} fired since: {literal(listed([*alert.signs]))}")
    if alert.hostile:
        reasons.append(f"hostility that was not believed before: {literal(listed([*alert.hostile]))}")
    if alert.months:
        months = counted(alert.months, "month")
        usual = f"Deaths in {months} in a row that one such run in ten was above, before {changes.first}"
        numbers = {
            "ahead": Number(
                f"deaths-ahead-{alert.months}",
                f"Deaths forecast for the next {months}, on {changes.last}",
                alert.median,
                "deaths",
                "forecast",
            ),
            "usual": Number(f"deaths-usual-{alert.months}", usual, alert.above, "deaths", "data"),
        }
        reasons.append(
            f"the middle forecast for the next {months} is {{ahead}} deaths, and {share_words(alert.chance)} of "
            f"{alert.draws:,} draws lie above {{usual}}, below which nine in ten runs of {months} stayed before"
        )
    return Line(f"Alert ahead, conflict risk: {'; '.join(reasons)}.", numbers)
