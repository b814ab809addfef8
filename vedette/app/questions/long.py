"""Questions that take long: each is answered in a process of its own."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from vedette import commands
from vedette.app.questions.question import ApiQuestion, Asking, Document
from vedette.app.served import Served
from vedette.errors import UsageError
from vedette.progress import Report

_ASSUMED = (
    "Odds are simulated from a mechanism of which many sizes are assumed by named authors: they say what "
    "follows if these hold."
)


class OfChanges(Asking):
    """Between which days."""

    first: date = Field(description="The first day.")
    last: date | None = Field(None, description="The last day; that of the case if left out.")


class OfSigns(Asking):
    """How many futures are drawn."""

    draws: int = Field(commands.SIGN_DRAWS, description="How many futures are drawn.", ge=10, le=20_000)


class OfTrack(Asking):
    """Which months are tracked."""

    start: str | None = Field(None, description="The first month, like 2018-10.", max_length=10)
    draws: int = Field(commands.TRACK_DRAWS, description="How many draws of the mechanism.", ge=10, le=20_000)


class ByWhat(StrEnum):
    """What there is one forecast for."""

    COUNTRY = "country"
    PLACE = "place"
    STRATUM = "stratum"


class OfForecast(Asking):
    """What is forecast."""

    by: ByWhat = Field(ByWhat.COUNTRY, description="One forecast for each of these.")
    draws: int = Field(commands.DRAWS, description="How many futures are drawn.", ge=10, le=20_000)


def _changes(served: Served, asked: OfChanges, report: Report) -> Document:
    found = commands.changes(
        served.case, first=asked.first, last=asked.last, edition=served.edition, report=report
    )
    return found.document()


def _signs(served: Served, asked: OfSigns, report: Report) -> Document:
    found = commands.signs(
        served.case, as_of=served.as_of, edition=_edition(served), draws=asked.draws, report=report
    )
    return found.document()


def _track(served: Served, asked: OfTrack, report: Report) -> Document:
    return commands.track(
        served.case,
        as_of=served.as_of,
        edition=_edition(served),
        start=asked.start,
        draws=asked.draws,
        report=report,
    ).document()


def _mechanisms(served: Served, _: Asking, report: Report) -> Document:
    report("Reading", 0.0)
    return commands.mechanisms(served.case, served.as_of, edition=_edition(served)).document()


def _forecast(served: Served, asked: OfForecast, report: Report) -> Document:
    ledger = commands.ledger_of(served.case, served.as_of, edition=served.edition)
    if ledger.case.apart:
        raise UsageError(
            f"The {ledger.case.edition} edition withholds a part of the case, on the whole of which this "
            "forecast would be made. See the forecast in a brief of the edition: vedette brief."
        )
    report("Forecasting", 0.0)
    return commands.forecast(
        served.case, by=commands.By(asked.by.value), as_of=served.as_of, draws=asked.draws
    ).document()


def _edition(served: Served) -> str:
    """The edition that is served; the commands take the whole case where none is named."""
    return commands.ledger_of(served.case, served.as_of, edition=served.edition).case.edition


class NothingLong(Asking):
    """Takes nothing."""


LONG = (
    ApiQuestion(
        "changes",
        "What changed between two days: deaths, data, claims, signs?",
        "Each part says what it rests on; deaths are observed, beliefs estimated.",
        OfChanges,
        long=_changes,
    ),
    ApiQuestion(
        "forecast",
        "How many will die in the months ahead?",
        "Numbers are estimated: a distribution each, read the interval and not the middle alone.",
        OfForecast,
        long=_forecast,
    ),
    ApiQuestion("mechanisms", "What do scenarios rest on?", _ASSUMED, NothingLong, long=_mechanisms),
    ApiQuestion("signs", "Which early signs fired?", _ASSUMED, OfSigns, long=_signs),
    ApiQuestion("track", "Which scenario is on course?", _ASSUMED, OfTrack, long=_track),
)
"""The questions, in the order in which they are listed."""
