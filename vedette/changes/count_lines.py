"""Sentences on deaths: what came, what the data changed, the forecasts of the two days."""

from collections.abc import Iterator

from vedette.changes.between import Changes
from vedette.changes.came import WhatCame
from vedette.changes.first_lines import forecast_line
from vedette.changes.said import Number, listed, literal
from vedette.changes.wording import SHOWN, Line, month_words, sentence_of, series_words, span_words
from vedette.plurals import counted


def came_lines(changes: Changes) -> Iterator[Line]:
    """What came against what was forecast."""
    came = changes.came
    if came.country is None:
        yield Line(f"{literal(sentence_of(came.missing))}.")
        return
    yield forecast_line(changes)
    if came.missing and came.draws:
        yield Line(f"{literal(sentence_of(came.missing))}.")
    if came.draws and came.places:
        outside = sum(bool(row.miss) for row in came.places)
        yield Line(
            f"{counted(outside, 'place lies', 'places lie')} outside the 90 % interval, of {len(came.places)}; "
            f"about {came.expected_misses:.0f} would if every forecast were right. "
            f"{len(came.misses)} by enough to be told."
        )
    if came.unplaced >= 1:
        yield Line(
            f"{counted(round(came.unplaced), 'of these deaths lies', 'of these deaths lie')} in no single place: "
            "a place has them in some draws, which its range shows."
        )
    yield from _series_lines(came)


def _series_lines(came: WhatCame) -> Iterator[Line]:
    learned, seen = ({series.name for series in each} for each in (came.learned, came.counted))
    if came.draws and learned != seen:
        runs = [f"{series}, {series.months[0]} to {series.months[-1]}" for series in came.learned]
        yield Line(
            f"Two series: the forecast learned from {literal(listed(runs))}; what came is counted in "
            f"{literal(series_words(came))}."
        )
    for other in came.other:
        yield Line(
            f"Another series says otherwise: {literal(other.series)} have {{other}} deaths in {month_words(other.month)}. "
            "The forecast is not held against it.",
            {"other": Number(f"Deaths in {other.month} by {other.series}", other.deaths, "deaths", "data")},
        )


def revised_lines(changes: Changes) -> Iterator[Line]:
    """What the data changed in months that were complete on the first day."""
    found = changes.revised
    if found.releases_then or found.releases_now:
        kinds = [
            f"{counted(number, 'event')} {kind}"
            for number, kind in (
                (found.added, "added"),
                (found.withdrawn, "withdrawn"),
                (found.revised, "revised"),
                (found.moved, "moved to another place or month"),
            )
            if number
        ]
        said = listed(kinds) if kinds else "no event changed"
        yield Line(
            f"Of the months to {found.until}: {said}. Their deaths by {literal(found.series)} are {{now}}, on "
            f"{changes.first} they were {{then}}.",
            {
                "then": Number(
                    f"Deaths to {found.until}, as known on {changes.first}",
                    found.deaths_then,
                    "deaths",
                    "data",
                ),
                "now": Number(
                    f"Deaths to {found.until}, as known on {changes.last}", found.deaths_now, "deaths", "data"
                ),
            },
        )
        if found.releases_then != found.releases_now:
            yield Line(f"Counted then: {literal(found.releases_then)}; now: {literal(found.releases_now)}.")
    if found.register:
        differ = [f"{month.month} ({month.then:,} then, {month.now:,} now)" for month in found.months[:SHOWN]]
        more = len(found.months) - len(differ)
        said = (
            f"differ in {', '.join(differ)}" + (f" and {more} more" if more else "")
            if differ
            else "are the same"
        )
        yield Line(
            f"The deaths by month that the registered forecast {found.register} kept, and those of "
            f"{literal(found.series)} now, {said}."
        )
    if found.missing:
        yield Line(f"{literal(sentence_of(found.missing))}.")


def ahead_lines(changes: Changes) -> Iterator[Line]:
    """The forecasts of the two days for the same months, and what moved them."""
    ahead, country = changes.ahead, changes.ahead.country
    if country is None:
        yield Line(f"{literal(sentence_of(ahead.missing))}.")
        return
    span = f"{month_words(country.first)} to {month_words(country.last)}"
    title = f"Deaths in {country.name}, {country.first} to {country.last}, forecast on"
    numbers = {
        "then": Number(
            f"{title} {changes.first}",
            country.then,
            "deaths",
            "forecast",
            country.then_low,
            country.then_high,
        ),
        "now": Number(
            f"{title} {changes.last}", country.now, "deaths", "forecast", country.now_low, country.now_high
        ),
    }
    verdict = (
        f"it {'rose' if country.now > country.then else 'fell'}"
        if country.told
        else "the difference is not larger than noise"
    )
    yield Line(
        f"For {span} the forecast of {changes.last} has {{now:band}} deaths in the middle, that of {changes.first} "
        f"had {{then:band}}, in brackets 90 % intervals: {verdict}.",
        numbers,
    )
    if country.told:
        since, past = ahead.by_months_since or 0.0, ahead.by_revisions
        moved = f"what came in {changes.came.country and span_words(changes.came.country)} moved the middle by {since:+,.0f}"
        if past is not None:
            moved += f", revisions of the months before by {past:+,.0f}"
        yield Line(
            f"Of that, {moved}; the standard error of simulation is {country.error:,.0f}.".replace("-", "−")
        )
    places = [row for row in ahead.places if row.told]
    if places:
        said = [f"{literal(row.name)} ({row.then:,.0f} to {row.now:,.0f})" for row in places[:SHOWN]]
        more = f" and {len(places) - len(said)} more" if len(places) > len(said) else ""
        yield Line(f"Places whose forecast moved most: {', '.join(said)}{more}.")
