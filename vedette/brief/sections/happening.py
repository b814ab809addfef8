"""What is happening: deaths by stratum, with the doubt of the reports."""

from collections.abc import Iterable

import polars as pl

from vedette.brief.blocks import Caption, Chart, Section, Shown
from vedette.brief.charts import violence_by_stratum
from vedette.brief.figures import CellFormat, Column, Figure, Mark, Table, by
from vedette.brief.inputs.findings import Findings
from vedette.brief.prose import text
from vedette.brief.sections.civilians import civilians
from vedette.brief.sections.columns import deaths, series, two_years
from vedette.brief.words import percent
from vedette.case import Stratum
from vedette.message import Day, say
from vedette.periods import Span

_SERIES = series("month", Column("stratum", "between"))
_YEARS = two_years("between", Column("share", "share of deaths", CellFormat.SHARE))


def happening(findings: Findings) -> Section:
    """Deaths by stratum over time, and the last two years side by side."""
    now, before = (
        year(findings, findings.last_year, "last-year"),
        year(findings, findings.year_before, "year-before"),
    )
    paragraph = text(
        f"In the twelve months to {{end}} organised violence killed {{now:band}} {people(now)} by the best estimate, after "
        "{before:band} in the twelve months before.",
        end=last_month(findings),
        now=now,
        before=before,
    )
    return Section(
        "happening",
        say("What is happening"),
        (paragraph, _strata(findings), _chart(findings), *civilians(findings)),
    )


def people(deaths: Figure) -> str:
    """The noun for a figure of deaths: person or people."""
    return "person" if deaths.value == 1 else "people"


def year(findings: Findings, span: Span, key: str) -> Figure:
    """National deaths over twelve months."""
    row = findings.over(span, findings.panel.grid.everywhere).row(0, named=True)
    labels = span.labels()
    return deaths(findings, f"deaths-{key}", f"Deaths, {labels[0]} to {labels[-1]}", row)


def last_month(findings: Findings) -> Figure:
    """The last complete month of data."""
    return Figure(
        "last-complete",
        "Last complete month of data",
        Mark.OBSERVED,
        findings.data,
        "month",
        findings.span.labels()[-1],
        show=Day.at(findings.span.starts()[-1], "year"),
    )


def years_by_stratum(findings: Findings) -> pl.DataFrame:
    """The last twelve months and those before by stratum: the columns of the table."""
    rows = []
    for stratum, name in findings.strata.items():
        now = findings.over(findings.last_year, findings.panel.grid.everywhere, [stratum]).row(0, named=True)
        before = findings.over(findings.year_before, findings.panel.grid.everywhere, [stratum]).row(
            0, named=True
        )
        rows.append({"name": name, "stratum": stratum, "before": before["best"], **now})
    total = findings.over(findings.last_year, findings.panel.grid.everywhere)["best"][0]
    share = pl.when(pl.lit(total) > 0).then(pl.col("best") / total)
    return pl.DataFrame(rows).with_columns(share.alias("share"))


def _strata(findings: Findings) -> Shown:
    rows = years_by_stratum(findings)
    mark = Mark.ESTIMATED if (rows["mark"] == Mark.ESTIMATED.value).any() else Mark.OBSERVED
    labels = findings.last_year.labels()
    figure = Figure(
        "deaths-by-stratum",
        f"Deaths by who fights, {labels[0]} to {labels[-1]}",
        mark,
        (*findings.chain(mark), by("dyads gathered into strata by case.yaml")),
        "deaths",
        table=Table.of(rows, _YEARS),
    )
    note = (
        "Best is the publisher's best estimate; low and high are the ends of the reports, and for estimated months also "
        "of the draws (5 % and 95 %). Strata of estimated months need not add up to the total, since each is a median."
    )
    said = " ".join((note, *silences(findings.case.strata, rows)))
    return Shown(figure, f"Who kills and dies: {labels[0]} to {labels[-1]} against the year before", said)


def silences(strata: Iterable[Stratum], years: pl.DataFrame) -> list[str]:
    """What the case says about the strata without an event in the last twelve months.

    Args:
        strata: the strata of the case.
        years: the last twelve months by stratum, with the columns ``stratum`` and ``events``.
    """
    empty = set(years.filter(pl.col("events") == 0)["stratum"])
    return [f"{each.name}: {each.silence}" for each in strata if each.silence and each.id in empty]


def _chart(findings: Findings) -> Chart:
    table = findings.table(findings.panel.grid.everywhere)
    named = table.with_columns(pl.col("stratum").replace_strict(findings.strata))
    mark = Mark.ESTIMATED if findings.panel.estimated.any() else Mark.OBSERVED
    figure = Figure(
        "deaths-by-month-and-stratum",
        "Deaths by month and who fights",
        mark,
        findings.chain(mark),
        "deaths a month",
        table=Table.of(named, _SERIES),
    )
    rows = years_by_stratum(findings).sort("best", descending=True)
    lead = rows.row(0, named=True)
    caption = Caption(
        "by-stratum",
        f"{lead['name']}: {percent(lead['share'] or 0)} of the deaths of the last twelve months",
        f"Deaths a month by who fights, {findings.span.labels()[0]} to {findings.span.labels()[-1]}; each row has its own scale",
        f"Bars of deaths a month for {', '.join(findings.strata.values())}. The numbers are in the table below the chart.",
        "A month is called observed while nine in ten draws lie within a tenth of its deaths. No events in the data is "
        "silence of the data, not calm." + _blank(findings),
    )
    return violence_by_stratum(caption, figure)


def _blank(findings: Findings) -> str:
    return " Months that no file covers are left blank." if findings.panel.gaps else ""
