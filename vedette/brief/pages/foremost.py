"""Between whom and where: which kind of violence and which place are likeliest to be the deadliest."""

import numpy as np

from vedette.brief.figures import Figure, Mark
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.year_ahead import clause
from vedette.brief.prose import Paragraph, text
from vedette.brief.sections.ahead import months_added
from vedette.brief.words import chance, likelihood
from vedette.case import OTHER
from vedette.message import joined, say, say_many
from vedette.model import By
from vedette.panel import NOWHERE
from vedette.periods import Ahead

PLACES = 3
EVEN = 0.5


def who_and_where(findings: Findings) -> Paragraph:
    """The deadliest kind of violence and the deadliest place, each with its odds."""
    who, figures = _who(findings)
    where, more = _where(findings)
    return text(
        say("Between whom, and where: {of_whom}; {in_place}.", of_whom=who, in_place=where), **figures, **more
    )


def odds_of_most(findings: Findings, by: By) -> dict[str, float]:
    """The share of draws in which each unit has most deaths over the months ahead, the largest first.

    Deaths in no place are left out; draws without any death count for none.
    """
    forecast = findings.outlook.of[by].summed(Ahead(1, months_added(findings)))
    units = [place for place, unit in enumerate(forecast.units) if unit != NOWHERE]
    draws = forecast.draws[:, 0, units]
    winners = np.bincount(draws.argmax(axis=1)[draws.sum(axis=1) > 0], minlength=len(units)) / len(draws)
    order = sorted(range(len(units)), key=lambda place: (-winners[place], place))
    return {str(forecast.units[units[place]]): float(winners[place]) for place in order}


def _who(findings: Findings) -> tuple[str, dict[str, Figure]]:
    names = findings.strata
    if list(names) == [OTHER]:
        return say(
            "the case names no kinds of violence (`strata` in case.yaml), so who fights is not told"
        ), {}
    stratum, share = next(iter(odds_of_most(findings, By.STRATUM).items()))
    if not share:
        return say("in no draw does anybody die"), {}
    figure = _odds(findings, stratum, names[stratum], share)
    if stratum == OTHER:
        words = say(
            "{it_is} {who}{that} more deaths fall outside the kinds of violence named in the case than to any of them",
            **clause(findings, figure),
        )
        return words, {"who": figure}
    words = say_many(
        len(names),
        "{it_is} {who}{that} “{kind}” is the deadliest of the {count} kind of violence",
        "{it_is} {who}{that} “{kind}” is the deadliest of the {count} kinds of violence",
        kind=names[stratum],
        **clause(findings, figure),
    )
    return words, {"who": figure}


def _where(findings: Findings) -> tuple[str, dict[str, Figure]]:
    places = odds_of_most(findings, By.PLACE) if findings.case.places.geometry else {}
    leading = [(place, share) for place, share in places.items() if share][:PLACES]
    if not leading:
        return say("where cannot be told without areas with deaths (places.geojson)"), {}
    names = findings.place_names
    first, share = leading[0]
    figure = _odds(findings, first, names[first], share)
    if share >= EVEN:
        words = say(
            "{it_is} {where}{that} {place} is the deadliest place",
            place=names[first],
            **clause(findings, figure),
        )
        return words, {"where": figure}
    draws = len(findings.outlook.country.draws)
    listed = [
        say("{place} ({chance})", place=names[place], chance=chance(odds, draws)) for place, odds in leading
    ]
    ahead = Figure(
        f"chance-deadliest-places-ahead-1-to-{months_added(findings)}",
        "Places that are the deadliest of the months ahead in most draws",
        Mark.ESTIMATED,
        findings.forecast_chain,
        "share of draws",
        value=joined(listed, ", "),
    )
    return say("no one place stands out: the likeliest to be the deadliest are {where}"), {"where": ahead}


def _odds(findings: Findings, unit: str, name: str, share: float) -> Figure:
    return Figure(
        f"chance-deadliest-{unit}-ahead-1-to-{months_added(findings)}",
        f"Chance that most deaths of the months ahead fall to: {name}",
        Mark.ESTIMATED,
        findings.forecast_chain,
        "probability",
        value=share,
        show=likelihood(share, len(findings.outlook.country.draws), findings.case.scale),
    )
