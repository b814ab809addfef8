"""The first lines on what changed: one arrow back with its reason, one alert ahead or none."""

from collections.abc import Iterator

from vedette.changes.between import Changes
from vedette.changes.came import Came
from vedette.changes.norm import BETTER, WORSE
from vedette.changes.said import Number, listed, literal
from vedette.changes.wording import SHOWN, Line, sentence_of, series_words, share_words, span_words
from vedette.plurals import counted, plural

ARROWS = {WORSE: "↓ Deteriorated", BETTER: "↑ Improved"}
UNCHANGED = "→ No change"


def lead_lines(changes: Changes) -> Iterator[Line]:
    """The arrow back with its reason, then the alert ahead or that there is none."""
    yield Line(f"{arrow_words(changes)}. {_reason(changes).template}", _reason(changes).numbers)
    yield alert_line(changes)


def arrow(changes: Changes) -> str:
    """Whether the deaths that came are ``worse`` or ``better`` than the norm, or ``no change``."""
    if changes.norm is None or changes.came.country is None:
        return ""
    return changes.norm.arrow(changes.came.country.came)


def arrow_words(changes: Changes) -> str:
    """The arrow back in words; says so where too little is known for one."""
    found = arrow(changes)
    return ARROWS.get(found, UNCHANGED) if found else "No arrow: too little is known"


def _reason(changes: Changes) -> Line:
    came = changes.came
    if came.country is None:
        return Line(f"{literal(sentence_of(came.missing))}.")
    said, norm = forecast_line(changes), changes.norm
    parts, numbers = [said.template], dict(said.numbers)
    if came.misses:
        parts.append(_places(came.misses))
    if norm is not None:
        numbers["norm"] = Number(
            f"Deaths in {_runs(norm.months)}, {norm.first} to {norm.last}: the middle and eight in ten",
            norm.median,
            "deaths",
            "data",
            norm.low,
            norm.high,
        )
        parts.append(
            f"In the {norm.runs} {plural(norm.runs, 'run')} of {counted(norm.months, 'month')} before, the "
            "middle was {norm:band}, in brackets eight in ten of them."
            if norm.months > 1
            else f"In the {norm.runs} months before, the middle was {{norm:band}}, in brackets eight in ten."
        )
    return Line(" ".join(parts), numbers)


def _runs(months: int) -> str:
    return "a month" if months == 1 else f"{months} months in a row"


def forecast_line(changes: Changes) -> Line:
    """What came in the country against the forecast of the first day, and whether that was a miss."""
    came, country = changes.came, changes.came.country
    assert country is not None
    numbers = {
        "came": Number(
            f"Deaths in {country.name}, {span_words(country)}, by {series_words(came)}",
            country.came,
            "deaths",
            "data",
            *((country.came_low, country.came_high) if country.came_low < country.came_high else ()),
        )
    }
    died = plural(country.came, "person was", "people were")
    start = f"In {span_words(country)} {{came:band}} {died} killed by {literal(series_words(came))}"
    if country.median is None or country.low is None or country.high is None or country.below is None:
        return Line(f"{start}; {literal(came.missing)}.", numbers)
    numbers["forecast"] = Number(
        f"Deaths in {country.name}, {span_words(country)}, forecast on {changes.first}",
        country.median,
        "deaths",
        "forecast",
        country.low,
        country.high,
    )
    judged = {
        "above": f"vedette missed it: {share_words(country.below)} of its {came.draws:,} draws lay below",
        "below": f"vedette missed it: {share_words(1 - country.below)} of its {came.draws:,} draws lay above",
    }.get(country.miss, "that lies within its 90 % interval")
    return Line(
        f"{start}; the forecast of {changes.first} had {{forecast:band}} in the middle, in brackets its 90 % "
        f"interval: {judged}.",
        numbers,
    )


def _places(misses: tuple[Came, ...]) -> str:
    """The places with the largest misses, what came there and what the middle forecast was."""
    said = [f"{literal(row.name)} ({row.came:,.0f} against {row.median or 0:,.0f})" for row in misses[:SHOWN]]
    more = len(misses) - len(said)
    others = f" and {counted(more, 'other place')}" if more > 0 else ""
    return f"By place, deaths against the middle of the forecast: {', '.join(said)}{others}."


def alert_line(changes: Changes) -> Line:
    """The alert ahead with its reason, or that there is none."""
    alert = changes.alert
    if alert is None:
        return Line(
            "No alert ahead: no early sign fired since, and the forecast stays within what was usual before."
            if changes.ahead.draws
            else "No alert ahead: no early sign fired since."
        )
    reasons, numbers = [], {}
    if alert.signs:
        reasons.append(
            f"{plural(len(alert.signs), 'an alarm', 'alarms')} fired since: {literal(listed([*alert.signs]))}"
        )
    if alert.months:
        numbers = {
            "ahead": Number(
                f"Deaths forecast for the next {alert.months} months", alert.median, "deaths", "forecast"
            ),
            "usual": Number(
                f"Deaths in {alert.months} months that one run in ten was above",
                alert.above,
                "deaths",
                "data",
            ),
        }
        reasons.append(
            f"for the next {counted(alert.months, 'month')} {{ahead}} deaths are forecast in the middle, and "
            f"{share_words(alert.chance)} of {alert.draws:,} draws lie above {{usual}}, which one such run in ten was "
            f"above before {changes.first}"
        )
    return Line(f"Alert ahead, conflict risk: {'; '.join(reasons)}.", numbers)
