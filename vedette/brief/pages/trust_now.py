"""How far to trust it, in one paragraph: the record, the misses, what is not known, the age of the data."""

from datetime import date

import numpy as np
import polars as pl

from vedette.brief.blocks import Section
from vedette.brief.figures import Figure, Mark
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.known import month_words
from vedette.brief.prose import text
from vedette.brief.sections.holding import ahead_words, inside
from vedette.brief.sections.unknown import estimated_share
from vedette.brief.words import percent
from vedette.message import Day, joined, say, say_many
from vedette.model import By

_FAR = 7


def trust_now(findings: Findings) -> Section:
    """One paragraph."""
    words, figures = _record(findings)
    missed, more = _worst_miss(findings)
    unknown, third = _not_known(findings)
    paragraph = text(
        joined(
            (
                say("{record}{worst}.", record=words, worst=missed),
                _beaten(findings),
                unknown,
                say("The forecast carries the past on; decisions to come are not in it."),
                data_age(findings),
            )
        ),
        **figures,
        **more,
        **third,
    )
    return Section("trust-now", _headline(findings), (paragraph,), say("How far to trust it"))


def data_age(findings: Findings) -> str:
    """How far deaths and claims reach, as a sentence."""
    panel, span = findings.panel, findings.span
    deaths = say("Deaths reach to {month}", month=month_words(span.last, span))
    if panel.estimated[-1]:
        counted_to = np.flatnonzero(panel.covered & ~panel.estimated)
        first = span.first + int(counted_to[-1]) + 1 if len(counted_to) else span.first
        deaths = say(
            "{deaths} (from {month} as national totals)", deaths=deaths, month=month_words(first, span)
        )
    newest = findings.evidence.ledger.claims["known_on"].max() if findings.evidence else None
    if not isinstance(newest, date):
        return say("{deaths}, there are no claims.", deaths=deaths)
    return say("{deaths}, claims to {day}.", deaths=deaths, day=Day.at(newest, "day"))


def _headline(findings: Findings) -> str:
    """How often the intervals held, near and far."""
    card, horizon = findings.records[By.COUNTRY].ours, findings.case.horizon
    near = say(
        "Nine-in-ten intervals held {share} of the time one month ahead", share=percent(inside(card, 1, 1))
    )
    late = min(_FAR, horizon)
    if horizon == 1:
        return near
    return say(
        "{near}, {share} of the time {ahead}",
        near=near,
        share=percent(inside(card, late, horizon)),
        ahead=ahead_words(late, horizon),
    )


def _fact(findings: Findings, key: str, title: str, value: str | int) -> Figure:
    return Figure(f"record-{key}", title, Mark.ESTIMATED, findings.past_chain(By.COUNTRY), "", value=value)


def _record(findings: Findings) -> tuple[str, dict[str, Figure]]:
    record = findings.records[By.COUNTRY]
    first, last = (month_words(record.origins[place], findings.span) for place in (0, -1))
    forecasts = _fact(findings, "scored", "Past forecasts scored", len(record.origins))
    months = _one_ahead(findings)["inside_90"].not_().sum()
    missed = _fact(findings, "missed", "Months outside the 90 % interval, one month ahead", int(months))
    words = say(
        "Record: {forecasts} forecasts made from {first} to {last}, each knowing only what lay before; one month ahead, "
        "what came lay outside the 90 % interval in {missed} of them",
        first=first,
        last=last,
    )
    return words, {"forecasts": forecasts, "missed": missed}


def _one_ahead(findings: Findings) -> pl.DataFrame:
    return findings.records[By.COUNTRY].ours.table.filter(horizon=1)


def _worst_miss(findings: Findings) -> tuple[str, dict[str, Figure]]:
    """The month in which the forecast was furthest off, of those outside the interval."""
    missed = _one_ahead(findings).filter(~pl.col("inside_90")).sort("crps", "period")
    if missed.is_empty():
        return "", {}
    worst = missed.row(-1, named=True)
    came = _fact(
        findings,
        "worst-miss",
        "Deaths in the month that was missed by most, one month ahead",
        int(worst["truth"]),
    )
    words = say(
        ", worst in {month}, when {worst} died", month=month_words(int(worst["period"]), findings.span)
    )
    return words, {"worst": came}


def _beaten(findings: Findings) -> str:
    """Against how many simple rules the record is better beyond chance."""
    skills = findings.records[By.COUNTRY].skills
    better = sum(skill.verdict == "better" for skill in skills)
    return say_many(
        len(skills),
        "Beyond chance, it did better than {better} of {count} simple rule.",
        "Beyond chance, it did better than {better} of {count} simple rules.",
        better=better or say("none"),
    )


def _not_known(findings: Findings) -> tuple[str, dict[str, Figure]]:
    share = estimated_share(findings)
    if share is None:
        return "", {}
    return say("Not known: {missing} of the last year’s deaths are only in a national total."), {
        "missing": share
    }
