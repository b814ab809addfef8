"""What the brief says in short: who dies, who fights, where, what is likely next, and how far to trust it."""

import polars as pl

from vedette.brief.figures import Figure
from vedette.brief.inputs.findings import Findings
from vedette.brief.prose import Paragraph, text
from vedette.brief.sections.ahead import (
    chance_above,
    median_of,
    months_added,
    threshold,
    total_of,
)
from vedette.brief.sections.arms import figure_of, withheld_sentence
from vedette.brief.sections.columns import deaths
from vedette.brief.sections.happening import last_month, people, year, years_by_stratum
from vedette.brief.sections.holding import ahead_words, covered
from vedette.brief.sections.releases import preliminary_words
from vedette.brief.sections.unknown import estimated_share
from vedette.brief.sections.where import (
    most_without_place,
    region_share,
    without_place_line,
    worst_places,
)
from vedette.brief.words import chance_clause, data_end_words
from vedette.case import OTHER
from vedette.periods import first_day
from vedette.plurals import plural


def in_short(findings: Findings) -> tuple[Paragraph, ...]:
    """Five lines."""
    now = year(findings, findings.last_year, "last-year")
    return (
        text(
            data_end_words(findings.span, findings.day or findings.as_of)
            + f"Organized violence killed {{now:band}} {people(now)} in the twelve months to {{end}}, by the best estimate; "
            "{before:band} in the twelve months before. Low and high stand in brackets."
            + preliminary_words(findings),
            now=now,
            end=last_month(findings),
            before=year(findings, findings.year_before, "year-before"),
        ),
        _who(findings),
        _where(findings),
        _ahead(findings),
        _trust(findings, findings.case.horizon),
    )


def _ahead(findings: Findings) -> Paragraph:
    """The forecast of the year and of the next month, and how likely a bad month is then and at the end."""
    horizon, limit = findings.case.horizon, threshold(findings)
    median, soon = median_of(findings, 1), chance_above(findings, 1)
    forecast = findings.outlook.country
    first, end, last = (
        f"{first_day(forecast.periods[h - 1], forecast.step):%B %Y}"
        for h in (1, months_added(findings), horizon)
    )
    if horizon == 1:
        return text(
            f"For {first}, the middle forecast is {{median:band}} {plural(_number(median), 'death')}, in brackets the "
            f"90 % interval; {_clause(findings, soon, 'soon')} more than {limit} people die in that month.",
            median=median,
            soon=soon,
        )
    total, late = total_of(findings), chance_above(findings, horizon)
    words = (
        f"From {first} to {end}, the middle forecast is {{total:band}} {plural(_number(total), 'death')} in all, in "
        f"brackets the 90 % interval; in {first} alone it is {{median:band}}, and {_clause(findings, soon, 'soon')} "
        f"more than {limit} people die in that month; {_clause(findings, late, 'late')} more than {limit} die in {last}."
    )
    return text(words, total=total, median=median, soon=soon, late=late)


def _clause(findings: Findings, figure: Figure, name: str) -> str:
    """The beginning of a clause on a chance, with the figure by its name in braces."""
    draws = len(findings.outlook.country.draws)
    before, after = chance_clause(_number(figure), draws, findings.case.scale)
    return f"{before} {{{name}}}{after}"


def _number(figure: Figure) -> float:
    return float(figure.value) if isinstance(figure.value, int | float) else 0.0


def _who(findings: Findings) -> Paragraph:
    rows = years_by_stratum(findings).filter(pl.col("best") > 0).sort("best", descending=True)
    if rows.is_empty():
        return text("No deaths are recorded in the last twelve months.")
    figures = {}
    parts = []
    for number, row in enumerate(rows.head(3).iter_rows(named=True)):
        figures[f"s{number}"] = deaths(
            findings, f"deaths-last-year-{row['stratum']}", f"Deaths: {row['name']}", row
        )
        parts.append(f"{row['name']} {{s{number}:band}}")
    who = "Who fights, by deaths: " + "; ".join(parts) + "."
    if list(findings.strata) == [OTHER]:
        who, figures = "Who fights is not told apart: the case names no kinds of violence (strata).", {}
    index = findings.evidence.index if findings.evidence else None
    armed = ""
    if findings.evidence and index and not index.withheld:
        armed = (
            " By what sources say, forces that the state alone commands hold {armed:band} of armed strength."
        )
        figures["armed"] = figure_of(findings.evidence, index)
    elif index:
        armed = f" {withheld_sentence(index)}"
    return text(who + armed, **figures)


def _where(findings: Findings) -> Paragraph:
    share = region_share(findings)
    words, figures = "Most deaths fell in {places}", {"places": worst_places(findings)}
    if share is not None:
        words += f"; {findings.case.regions[0].name}: {{share}} of all"
        figures["share"] = share
    unplaced, figure = without_place_line(findings)
    return text(f"{words}.{unplaced}", **figures, **figure)


def _trust(findings: Findings, horizon: int) -> Paragraph:
    late = min(7, horizon)
    figures = {"one": covered(findings, 1, 1)}
    if horizon > 1:
        figures["late"] = covered(findings, late, horizon)
    words = (
        "The 90 % interval of such forecasts held the truth in {one} of past cases one month ahead and in {late} "
        f"{ahead_words(late, horizon)}."
        if horizon > 1
        else "The 90 % interval of such forecasts held the truth in {one} of past cases one month ahead."
    )
    missing = estimated_share(findings)
    said = most_without_place(findings)
    if missing is not None and not (said and said.count == said.from_totals):
        words += (
            " {missing} of the last year's deaths are known only as a national total, not as placed events."
        )
        figures["missing"] = missing
    return text(words, **figures)
