"""Sentences on deaths: what came, what the data changed, the forecasts of the two days."""

from collections.abc import Iterator

from vedette.changes.ahead import ForecastMoved
from vedette.changes.between import Changes
from vedette.changes.came import TOTALS, WhatCame
from vedette.changes.first_lines import forecast_line, two_series
from vedette.changes.revised import WhatRevised
from vedette.changes.said import Number, listed, literal
from vedette.changes.wording import SHOWN, Line, day_words, first_of, month_words, sentence_of, span_words
from vedette.plurals import counted, plural
from vedette.rounding import estimate


def came_lines(changes: Changes) -> Iterator[Line]:
    """What came against what was forecast."""
    came = changes.came
    if came.country is None:
        yield Line(f"{literal(sentence_of(came.missing))}.")
        return
    whole = forecast_line(changes)
    yield Line(sentence_of(whole.template), whole.numbers)
    if came.missing and came.draws:
        yield Line(f"{literal(sentence_of(came.missing))}.")
    if came.draws and came.places:
        yield Line(_of_places(came))
    if came.unplaced >= 1:
        number = round(came.unplaced)
        yield Line(
            f"{counted(number, 'of these deaths lies', 'of these deaths lie')} in no single place: a place has "
            f"{plural(number, 'it', 'them')} in some draws, and a range."
        )
    yield from _series_lines(came)


def _of_places(came: WhatCame) -> str:
    outside = [row for row in came.places if row.miss]
    large = len(came.misses)
    said = (
        f"Of {counted(len(came.places), 'place')}, {len(outside)} {plural(len(outside), 'lies', 'lie')} outside the 90 % "
        f"interval of the forecast; were it right everywhere, about {came.expected_misses:.0f} would."
    )
    if not outside:
        return said
    if large == len(outside):
        return f"{said} All are large enough to be told."
    return f"{said} {large or 'None'} {plural(large, 'is', 'are')} large enough to be told."


def _series_lines(came: WhatCame) -> Iterator[Line]:
    yield from (Line(literal(line)) for line in two_series(came))
    if any(series.file == TOTALS for series in came.counted) and came.places:
        yield Line(
            f"Places are estimated where {TOTALS} alone counts: it has no places; see Partial data in the docs."
        )
    if came.other:
        names = [f"other-{other.month}" for other in came.other]
        said = [
            f"{{{name}}} for {month_words(one.month)}" for name, one in zip(names, came.other, strict=True)
        ]
        numbers = {
            name: Number(
                f"deaths-{name}", f"Deaths in {one.month}: {one.series}", one.deaths, "deaths", "data"
            )
            for name, one in zip(names, came.other, strict=True)
        }
        series = sentence_of(literal(came.other[0].series))
        yield Line(
            f"{series} have {listed(said)}: another series, against which the forecast is not held.", numbers
        )


def revised_lines(changes: Changes) -> Iterator[Line]:
    """What the data changed in months that were complete on the first day."""
    found = changes.revised
    if found.releases_then or found.releases_now:
        yield _events_line(changes, found)
        if found.releases_then != found.releases_now:
            yield Line(f"Counted then: {literal(found.releases_then)}; now: {literal(found.releases_now)}.")
    if found.kept:
        differ = [f"{month.month} ({month.then:,} then, {month.now:,} now)" for month in found.months[:SHOWN]]
        if len(found.months) > len(differ):
            differ.append(counted(len(found.months) - len(differ), "other month"))
        said = f"differ in {listed(differ)}" if differ else "are the same"
        yield Line(
            f"The deaths by month that {literal(found.kept)} kept, and those of {literal(found.series)} now, {said}."
        )
    if found.missing:
        yield Line(f"{literal(sentence_of(found.missing))}.")


def _events_line(changes: Changes, found: WhatRevised) -> Line:
    kinds = [
        f"{counted(number, 'event was', 'events were')} {kind}"
        for number, kind in (
            (found.added, "added"),
            (found.withdrawn, "withdrawn"),
            (found.revised, "revised"),
            (found.moved, "moved to another place or month"),
        )
        if number
    ]
    title = f"Deaths to {found.until}: {found.series}, as known on"
    numbers = {
        "then": Number("deaths-past-then", f"{title} {changes.first}", found.deaths_then, "deaths", "data"),
        "now": Number("deaths-past-now", f"{title} {changes.last}", found.deaths_now, "deaths", "data"),
    }
    return Line(
        f"Up to {month_words(found.until)}, {listed(kinds) if kinds else 'no event changed'}. Deaths of all these "
        f"months: {{now}}, and {{then}} as known on {day_words(changes.first)} ({literal(found.series)}).",
        numbers,
    )


def ahead_lines(changes: Changes) -> Iterator[Line]:
    """The forecasts of the two days for the same months, and what moved them."""
    ahead, country = changes.ahead, changes.ahead.country
    if country is None:
        yield Line(f"{literal(sentence_of(ahead.missing))}.")
        return
    yield _both_forecasts(changes, country)
    if country.told:
        yield Line(_mover(changes, country))
    places = [row for row in ahead.places if row.told]
    if places:
        shown, more = first_of(places)
        said = [f"{literal(row.name)} from {estimate(row.then)} to {estimate(row.now)}" for row in shown]
        if more:
            said.append(counted(more, "other place"))
        yield Line(f"Middle forecasts by place that moved: {listed(said)}.")


def _both_forecasts(changes: Changes, row: ForecastMoved) -> Line:
    span = (
        month_words(row.first)
        if row.first == row.last
        else f"{month_words(row.first)} to {month_words(row.last)}"
    )
    title = f"Deaths in {row.name}, {row.first} to {row.last}, forecast on"
    numbers = {
        "then": Number(
            "deaths-forecast-then",
            f"{title} {changes.first}",
            row.then,
            "deaths",
            "forecast",
            row.then_low,
            row.then_high,
        ),
        "now": Number(
            "deaths-forecast-now",
            f"{title} {changes.last}",
            row.now,
            "deaths",
            "forecast",
            row.now_low,
            row.now_high,
        ),
    }
    rose = "the middle rose" if row.now > row.then else "the middle fell"
    verdict = rose if row.told else "no difference larger than noise"
    return Line(
        f"For {span}, {{now:band}} deaths are forecast on {day_words(changes.last)}, and {{then:band}} were on "
        f"{day_words(changes.first)} (middle, 90 % interval): {verdict}.",
        numbers,
    )


def _mover(changes: Changes, row: ForecastMoved) -> str:
    came = changes.came.country
    since, past = changes.ahead.by_months_since or 0.0, changes.ahead.by_revisions
    moved = f"what came in {span_words(came)}" if came else "the months since"
    said = f"{moved} moved the middle by {_signed(since)}"
    if past is not None:
        said += f", revisions of the months before by {_signed(past)}"
    error = f"the standard error of simulation of the difference is {estimate(row.error)}"
    return f"Of that, {said}; {error}."


def _signed(number: float) -> str:
    return f"{'+' if number > 0 else ''}{estimate(number)}"
