"""Deaths of the last month, quarter and year against the norm."""

from collections.abc import Sequence

import polars as pl

from vedette.brief.blocks import Block, Section, Shown
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark, Table, by
from vedette.brief.inputs.count_tables import CountTables, credit
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.known import Numbers, deaths_in, last_months, month_words, span_words
from vedette.brief.pages.norm import (
    HIGHEST,
    LEAST,
    LOWEST,
    SPANS,
    WAR,
    YEARS,
    AgainstNorm,
    against_norm,
    alike,
)
from vedette.brief.prose import text
from vedette.brief.sections.releases import preliminary_words
from vedette.brief.sections.where import without_place_line
from vedette.brief.words import percent
from vedette.message import joined, say, say_many
from vedette.panel import against_totals
from vedette.periods import Step, parse
from vedette.rounding import decimal

_COLUMNS = (
    Column("span", say("deaths in")),
    Column("best", say("deaths"), CellFormat.NUMBER),
    Column("reports", say("low–high"), CellFormat.NUMBER),
    Column("before", say("a year before"), CellFormat.NUMBER),
    Column("norm", say("five-year norm"), CellFormat.NUMBER),
    Column("range", say("lowest–highest"), CellFormat.NUMBER),
    Column("against", say("against the norm")),
)


def deaths_now(findings: Findings) -> Section:
    """The last month, quarter and year in a table, and what the numbers leave out."""
    rows = [against_norm(findings, months) for months in SPANS]
    missing, figures = without_place_line(findings)
    words = joined((missing, preliminary_words(findings)))
    blocks: tuple[Block, ...] = (
        norm_table(findings, rows, _note(findings, rows[-1])),
        *([text(words, **figures)] if words else []),
    )
    return Section("deaths-now", headline(rows[-1]), blocks, say("Deaths against the five-year norm"))


def headline(year: AgainstNorm) -> str:
    """The year against the year before and the norm, in words."""
    if year.now is None:
        return say("How many died in the last twelve months is not known: no file covers a part of them")
    best = int(str(year.now["best"]))
    deaths = say_many(best, "{count} death in twelve months", "{count} deaths in twelve months")
    years = len(year.known)
    if year.place == LOWEST:
        return say_many(
            years,
            "{deaths}, fewer than in any of the {count} year before",
            "{deaths}, fewer than in any of the {count} years before",
            deaths=deaths,
        )
    if year.place == HIGHEST:
        return say_many(
            years,
            "{deaths}, more than in any of the {count} year before",
            "{deaths}, more than in any of the {count} years before",
            deaths=deaths,
        )
    parts = [] if year.years[0] is None else [_than(best, year.years[0])]
    parts += [] if year.norm is None else [_of_war(_apart(best, year.norm), year.of_war)]
    return say("{deaths}: {against}", deaths=deaths, against=joined(parts, ", ")) if parts else deaths


def _than(best: int, before: int) -> str:
    """Deaths against those of the year before: ``30 % fewer than in the year before``."""
    if alike(best, before):
        return say("about as many as in the year before")
    if best > before and best >= 2 * before:
        if not before:
            return say("after none in the year before")
        return say("{times} times those of the year before", times=decimal(best / before, 1))
    share = percent(abs(best / before - 1))
    if best > before:
        return say("{share} more than in the year before", share=share)
    return say("{share} fewer than in the year before", share=share)


def _apart(best: int, norm: float) -> str:
    """Deaths against the norm: ``88 % below the norm``."""
    if alike(best, norm):
        return say("about the norm")
    if best >= 2 * norm:
        if not norm:
            return say("against a norm of none")
        return say("{times} times the norm", times=decimal(best / norm, 1))
    share = percent(abs(best / norm - 1))
    return (
        say("{share} above the norm", share=share)
        if best > norm
        else say("{share} below the norm", share=share)
    )


def _of_war(apart: str, years: int) -> str:
    """Deaths against the norm, and how many years of war that norm holds."""
    if not years:
        return apart
    return say_many(
        years,
        "{apart}, which holds {count} year of war",
        "{apart}, which holds {count} years of war",
        apart=apart,
    )


def norm_table(findings: CountTables, rows: Sequence[AgainstNorm], note: str) -> Shown:
    """Spans of months against the norm, a row each."""
    marks = {str(row.now["mark"]) for row in rows if row.now is not None}
    mark = Mark.ESTIMATED if Mark.ESTIMATED.value in marks else Mark.OBSERVED
    figure = Figure(
        "deaths-against-norm",
        say("Deaths in the last month, quarter and year, best estimate"),
        mark,
        (
            *findings.chain(mark),
            by(f"mean, lowest and highest of the same months in the {YEARS} years before"),
        ),
        "deaths",
        table=Table.of([_row(row) for row in rows], _COLUMNS),
    )
    return Shown(figure, "", note)


def _row(row: AgainstNorm) -> dict[str, Cell]:
    now, norm = row.now, row.norm
    return {
        "span": span_words(row.span),
        "best": None if now is None else int(str(now["best"])),
        "reports": None if now is None else _ends(now),
        "before": row.years[0],
        "norm": None if norm is None else round(norm),
        "range": None if norm is None else f"{min(row.known):,}–{max(row.known):,}",
        "against": norm_words(row),
    }


def _ends(now: Numbers) -> str:
    return f"{decimal(float(str(now['low'])))}–{decimal(float(str(now['high'])))}"


def norm_words(row: AgainstNorm) -> str:
    """Deaths against the norm, in words: ``88 % below the norm, fewer than in any``; why there is none."""
    if row.now is None:
        return say("not known: no file covers a part of these months")
    if row.norm is None:
        return say(
            "no norm: fewer than {least} of the {years} years before are known", least=LEAST, years=YEARS
        )
    apart = _apart(int(str(row.now["best"])), row.norm)
    if alike(int(str(row.now["best"])), row.norm):
        return apart
    if row.place == LOWEST:
        return say("{apart}, fewer than in any", apart=apart)
    return say("{apart}, more than in any", apart=apart) if row.place == HIGHEST else apart


def _note(findings: Findings, year: AgainstNorm) -> str:
    norm = norm_line(year)
    return joined((norm, _war_line(year), _series(findings))) if norm else ""


def norm_line(year: AgainstNorm) -> str:
    """What the norm is; empty where there is none."""
    if year.norm is None:
        return ""
    return say_many(
        len(year.known),
        "Norm: the mean of the same months in the {count} year before, with the lowest and highest of them.",
        "Norm: the mean of the same months in the {count} years before, with the lowest and highest of them.",
    )


def _war_line(year: AgainstNorm) -> str:
    """What makes a norm one of war; empty where it is none."""
    if not year.of_war:
        return ""
    return say_many(
        year.of_war,
        "In {count} of them {line} or more died, where UCDP draws the line of war: below such a norm is not yet calm.",
        "In {count} of them {line} or more died, where UCDP draws the line of war: below such a norm is not yet calm.",
        line=WAR,
    )


def _series(findings: Findings) -> str:
    """Which series the numbers add up, and how far two of them are apart."""
    data, estimated = credit(findings.case, findings.case.dataset), findings.panel.estimated
    if not estimated[last_months(findings, max(SPANS)).first - findings.span.first :].any():
        return joined((say("Counted from events: {data}.", data=data), _totals_beside(findings)))
    first = month_words(findings.span.first + int(estimated.argmax()), findings.span)
    words = say(
        "Before {month} events are counted ({data}), from then on national totals", month=first, data=data
    )
    both = against_totals(findings.case, findings.panel).filter(pl.col("total") > 0)
    if both.is_empty():
        return say("{series}; in no year are both known.", series=words)
    apart = (pl.col("difference") / pl.col("total")).abs()
    row = both.with_columns(apart=apart).sort("apart", "year").row(-1, named=True)
    return say(
        "{series}; where both are known, the deaths of a year differ by up to {share} ({year}).",
        series=words,
        share=percent(row["apart"]),
        year=str(row["year"]),
    )


def _totals_beside(findings: Findings) -> str:
    """What the national totals give for the last months, where that is another number."""
    totals, parts = _totals(findings), []
    for months in SPANS:
        span = last_months(findings, months)
        now = deaths_in(findings, span)
        if now is None or not all(period in totals for period in span):
            continue
        total = sum(totals[period] for period in span)
        if not alike(total, float(str(now["best"]))):
            parts.append(say("{total} for {span}", total=total, span=span_words(span)))
    return say("National totals give {totals}.", totals=joined(parts, ", ")) if parts else ""


def _totals(findings: Findings) -> dict[int, int]:
    """Deaths by period from totals.csv; empty where there is none, or the case does not count months."""
    totals, step = findings.case.totals, findings.span.step
    if totals is None or step is not Step.MONTH:
        return {}
    return {
        parse(month, step): int(deaths) for month, deaths in totals.select("period", "deaths").iter_rows()
    }
