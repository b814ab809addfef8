"""The first lines on what changed: one arrow back with its reason, one alert ahead or none."""

from collections.abc import Iterator, Sequence

from vedette.changes.between import Changes
from vedette.changes.came import Came, WhatCame
from vedette.changes.claims import KilledSince
from vedette.changes.norm import BETTER, WORSE, Norm
from vedette.changes.said import Number
from vedette.changes.wording import Line, first_of, month_words, series_words, share_words, when_words
from vedette.message import Capital, Day, Message, joined, listed, say, say_many
from vedette.panel import NOWHERE
from vedette.plurals import counted
from vedette.rounding import estimate

ARROWS = {WORSE: say("↓ Deteriorated, by deaths"), BETTER: say("↑ Improved, by deaths")}
UNCHANGED = say("→ No change in deaths")
UNTOLD = say("No arrow, since too little is known")


def lead_lines(changes: Changes) -> Iterator[Line]:
    """The arrow back with its reason, persons killed, then the alert ahead or that there is none."""
    reason = _reason(changes)
    yield Line(say("{arrow}: {reason}", arrow=arrow_words(changes), reason=reason.template), reason.numbers)
    if changes.claims.killed:
        yield Line(killed_words(changes.claims.killed))
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
        return Line(say("{why}.", why=changes.came.missing))
    said = forecast_line(changes)
    parts, numbers = [said.template], dict(said.numbers)
    if changes.came.missing and changes.came.draws:
        parts.append(say("{why}.", why=Capital.first(changes.came.missing)))
    if changes.came.misses:
        parts.append(_places(changes.came.misses))
    if changes.norm is not None:
        parts.append(_usual(changes.norm))
        numbers["norm"] = _norm_number(changes.norm)
    parts += two_series(changes.came)
    return Line(joined(parts), numbers)


def _norm_number(norm: Norm) -> Number:
    each = "Deaths in a month" if norm.months == 1 else f"Deaths in {norm.months} months in a row"
    title = f"{each}, {norm.first} to {norm.last}: the middle, and eight in ten"
    return Number(f"deaths-norm-{norm.months}", title, norm.median, "deaths", "data", norm.low, norm.high)


def _usual(norm: Norm) -> str:
    if norm.months == 1:
        return say(
            "The norm of the arrow: the median of the {runs} months before was {norm:band}, in brackets eight in ten of them.",
            runs=norm.runs,
        )
    return say_many(
        norm.months,
        "The norm of the arrow: the median of the {runs} runs of {count} month before was {norm:band}, in brackets eight in ten of them.",
        "The norm of the arrow: the median of the {runs} runs of {count} months before was {norm:band}, in brackets eight in ten of them.",
        runs=norm.runs,
    )


def forecast_line(changes: Changes) -> Line:
    """What came in the country against the forecast of the first day, and whether that was a miss."""
    came, country = changes.came, changes.came.country
    assert country is not None
    where = f"{country.name}, {country.first} to {country.last}"
    series = series_words(came)
    ends = (country.came_low, country.came_high) if country.came_low < country.came_high else ()
    numbers = {
        "came": Number("deaths-came", f"Deaths in {where}: {series}", country.came, "deaths", "data", *ends)
    }
    start = say_many(
        country.came,
        "{when}, {came:band} person was killed ({series})",
        "{when}, {came:band} people were killed ({series})",
        when=when_words(country),
        series=series,
    )
    if country.median is None or country.low is None or country.high is None or country.below is None:
        return Line(say("{came_then}; {why}.", came_then=start, why=came.missing), numbers)
    title = f"Deaths in {where}, forecast on {changes.first}"
    numbers["forecast"] = Number(
        "deaths-forecast-held", title, country.median, "deaths", "forecast", country.low, country.high
    )
    against = say(
        "{came_then}, where vedette forecast {forecast:band} on {day}",
        came_then=start,
        day=Day.at(changes.first, "day"),
    )
    if not country.miss:
        return Line(say("{against}: within its 90 % interval, in brackets.", against=against), numbers)
    return Line(_missed(against, country.below, came.draws, above=country.miss == "above"), numbers)


def _missed(against: Message, below: float, draws: int, *, above: bool) -> Message:
    """That what came lies outside of the interval, above it or below."""
    if above:
        return say(
            "{against}. vedette missed it: {share} of its {draws} draws lay below; in brackets its 90 % interval.",
            against=against,
            share=share_words(below),
            draws=draws,
        )
    return say(
        "{against}. vedette missed it: {share} of its {draws} draws lay above; in brackets its 90 % interval.",
        against=against,
        share=share_words(1 - below),
        draws=draws,
    )


def two_series(came: WhatCame) -> Iterator[str]:
    """That what came is counted in another series than the months before, where it is."""
    learned, seen = ({series.name for series in each} for each in (came.learned, came.counted))
    if learned and learned != seen:
        runs = [
            say(
                "{series} for {first} to {last}",
                series=one.words,
                first=month_words(one.months[0]),
                last=month_words(one.months[-1]),
            )
            for one in came.learned
        ]
        yield say(
            "Two series: months before are from {before}; what came is from {now}.",
            before=listed(runs),
            now=series_words(came),
        )


def _places(misses: tuple[Came, ...]) -> str:
    """The places with the largest misses, what came there and what the middle forecast was."""
    shown, more = first_of(misses)
    said = [
        say(
            "{place} {came} against {middle}",
            place=say("In no place") if row.unit == NOWHERE else row.name,
            came=f"{row.came:,.0f}",
            middle=estimate(row.median or 0.0),
        )
        for row in shown
    ]
    if more:
        said.append(say_many(more, "{count} other place", "{count} other places"))
    return say("By place, what came against the middle forecast: {places}.", places=listed(said))


def killed_words(killed: Sequence[KilledSince]) -> Message:
    """Which persons of the case were killed, by claims known since."""
    shown, more = first_of(killed)
    named = [
        say("{whom} by {who}", whom=one.whom, who=one.who)
        if one.day is None
        else say("{whom} by {who} on {day}", whom=one.whom, who=one.who, day=Day.at(one.day, "day"))
        for one in shown
    ]
    if more:
        named.append(say_many(more, "{count} other person", "{count} other persons"))
    return say("Killed, by claims known since: {killed}.", killed=listed(named))


def alert_line(changes: Changes) -> Line:
    """The alert ahead with its reason, or that there is none."""
    alert = changes.alert
    if alert is None:
        if not changes.ahead.draws:
            return Line(say("No alert ahead: no early sign fired since, no hostility is new in the ledger."))
        return Line(
            say(
                "No alert ahead: no early sign fired since, no hostility is new in the ledger, and the forecast stays "
                "within what was usual before."
            )
        )
    reasons: list[str] = []
    numbers = {}
    if alert.signs:
        named = listed(alert.signs)
        reasons.append(
            say_many(
                len(alert.signs), "an alarm fired since: {signs}", "alarms fired since: {signs}", signs=named
            )
        )
    if alert.hostile:
        reasons.append(
            say(
                "hostility that claims known since make likelier than not: {claims}",
                claims=listed(alert.hostile),
            )
        )
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
            say_many(
                alert.months,
                "the middle forecast for the next {count} month is {ahead} deaths, and {share} of {draws} draws lie "
                "above {usual}, the level that nine in ten runs of as many months stayed below before",
                "the middle forecast for the next {count} months is {ahead} deaths, and {share} of {draws} draws lie "
                "above {usual}, the level that nine in ten runs of as many months stayed below before",
                share=share_words(alert.chance),
                draws=alert.draws,
            )
        )
    return Line(say("Alert ahead, conflict risk: {reasons}.", reasons=joined(reasons, "; ")), numbers)
