"""Deaths of the last month, quarter and year against the norm."""

import polars as pl

from vedette.brief.blocks import Block, Section, Shown
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark, Table, by
from vedette.brief.inputs.findings import Findings, credit
from vedette.brief.pages.known import Numbers, deaths_in, last_months, month_words, span_words
from vedette.brief.pages.norm import (
    HIGHEST,
    LEAST,
    LOWEST,
    SPANS,
    YEARS,
    AgainstNorm,
    against_norm,
    alike,
)
from vedette.brief.prose import text
from vedette.brief.sections.releases import preliminary_words
from vedette.brief.sections.where import without_place_line
from vedette.brief.words import decimal, percent
from vedette.panel import against_totals
from vedette.periods import Step, parse
from vedette.plurals import counted

_COLUMNS = (
    Column("span", "deaths in"),
    Column("best", "deaths", CellFormat.NUMBER),
    Column("reports", "low–high", CellFormat.NUMBER),
    Column("before", "a year before", CellFormat.NUMBER),
    Column("norm", "norm", CellFormat.NUMBER),
    Column("range", "lowest–highest", CellFormat.NUMBER),
    Column("against", "against the norm"),
)
_POSITION = {LOWEST: ", fewer than in any", HIGHEST: ", more than in any"}


def deaths_now(findings: Findings) -> Section:
    """The last month, quarter and year in a table, and what the numbers leave out."""
    rows = [against_norm(findings, months) for months in SPANS]
    missing, figures = without_place_line(findings)
    words = (missing + preliminary_words(findings)).strip()
    blocks: tuple[Block, ...] = (_table(findings, rows), *([text(words, **figures)] if words else []))
    return Section("deaths-now", headline(rows[-1]), blocks, "Deaths against the norm")


def headline(year: AgainstNorm) -> str:
    """The year against the year before and the norm, in words."""
    if year.now is None:
        return "How many died in the last twelve months is not known: no file covers a part of them"
    best = int(str(year.now["best"]))
    deaths = f"{counted(best, 'death')} in twelve months"
    if year.place in _POSITION:
        return f"{deaths}{_POSITION[year.place]} of the {counted(len(year.known), 'year')} before"
    parts = [] if year.years[0] is None else [_than(best, year.years[0])]
    parts += [] if year.norm is None else [_apart(best, year.norm)]
    return f"{deaths}: {', '.join(parts)}" if parts else deaths


def _than(best: int, before: int) -> str:
    """Deaths against those of the year before: ``30 % fewer than in the year before``."""
    if alike(best, before):
        return "about as many as in the year before"
    if best > before and best >= 2 * before:
        return (
            f"{best / before:.1f} times those of the year before"
            if before
            else "after none in the year before"
        )
    more = "more" if best > before else "fewer"
    return f"{percent(abs(best / before - 1))} {more} than in the year before"


def _apart(best: int, norm: float) -> str:
    """Deaths against the norm: ``88 % below the norm``."""
    if alike(best, norm):
        return "about the norm"
    if best >= 2 * norm:
        return f"{best / norm:.1f} times the norm" if norm else "against a norm of none"
    return f"{percent(abs(best / norm - 1))} {'above' if best > norm else 'below'} the norm"


def _table(findings: Findings, rows: list[AgainstNorm]) -> Shown:
    marks = {str(row.now["mark"]) for row in rows if row.now is not None}
    mark = Mark.ESTIMATED if Mark.ESTIMATED.value in marks else Mark.OBSERVED
    figure = Figure(
        "deaths-against-norm",
        "Deaths in the last month, quarter and year, best estimate",
        mark,
        (
            *findings.chain(mark),
            by(f"mean, lowest and highest of the same months in the {YEARS} years before"),
        ),
        "deaths",
        table=Table.of([_row(row) for row in rows], _COLUMNS),
    )
    return Shown(figure, "", _note(findings, rows[-1]))


def _row(row: AgainstNorm) -> dict[str, Cell]:
    now, norm = row.now, row.norm
    return {
        "span": span_words(row.span),
        "best": None if now is None else int(str(now["best"])),
        "reports": None if now is None else _ends(now),
        "before": row.years[0],
        "norm": None if norm is None else round(norm),
        "range": None if norm is None else f"{min(row.known):,}–{max(row.known):,}",
        "against": _against(row),
    }


def _ends(now: Numbers) -> str:
    return f"{decimal(float(str(now['low'])))}–{decimal(float(str(now['high'])))}"


def _against(row: AgainstNorm) -> str:
    if row.now is None:
        return "not known: no file covers a part of these months"
    if row.norm is None:
        return f"no norm: fewer than {LEAST} of the {YEARS} years before are known"
    return _apart(int(str(row.now["best"])), row.norm) + _POSITION.get(row.place, "")


def _note(findings: Findings, year: AgainstNorm) -> str:
    if year.norm is None:
        return ""
    norm = f"Norm: the mean of the same months in the {counted(len(year.known), 'year')} before, with the lowest and highest of them."
    return f"{norm} {_series(findings)}"


def _series(findings: Findings) -> str:
    """Which series the numbers add up, and how far two of them are apart."""
    data, estimated = credit(findings.case, findings.case.dataset), findings.panel.estimated
    if not estimated[last_months(findings, max(SPANS)).first - findings.span.first :].any():
        return f"Counted from events: {data}.{_totals_beside(findings)}"
    first = month_words(findings.span.first + int(estimated.argmax()), findings.span)
    words = f"Before {first} events are counted ({data}), from then on national totals"
    both = against_totals(findings.case, findings.panel).filter(pl.col("total") > 0)
    if both.is_empty():
        return f"{words}; in no year are both known."
    apart = (pl.col("difference") / pl.col("total")).abs()
    row = both.with_columns(apart=apart).sort("apart", "year").row(-1, named=True)
    return f"{words}; where both are known, the deaths of a year differ by up to {percent(row['apart'])} ({row['year']})."


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
            parts.append(f"{total:,} for {span_words(span)}")
    return f" National totals give {', '.join(parts)}." if parts else ""


def _totals(findings: Findings) -> dict[int, int]:
    """Deaths by period from totals.csv; empty where there is none, or the case does not count months."""
    totals, step = findings.case.totals, findings.span.step
    if totals is None or step is not Step.MONTH:
        return {}
    return {
        parse(month, step): int(deaths) for month, deaths in totals.select("period", "deaths").iter_rows()
    }
