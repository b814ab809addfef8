"""Composes a brief from its findings: five lines, then the sections."""

import polars as pl

from vedette import __version__
from vedette.brief.blocks import Brief, Section, SourceEntry
from vedette.brief.inputs.findings import Findings
from vedette.brief.prose import Paragraph, text
from vedette.brief.sections.ahead import ahead, chance_above, median_of, threshold
from vedette.brief.sections.arms import arms, figure_of
from vedette.brief.sections.backers import backers
from vedette.brief.sections.bases import bases
from vedette.brief.sections.changed import changed
from vedette.brief.sections.closer import closer
from vedette.brief.sections.columns import deaths
from vedette.brief.sections.disputed import disputed
from vedette.brief.sections.happening import happening, last_month, year, years_by_stratum
from vedette.brief.sections.holding import covered
from vedette.brief.sections.making import making
from vedette.brief.sections.present import cited, present
from vedette.brief.sections.trust import trust
from vedette.brief.sections.unknown import estimated_share, unknown
from vedette.brief.sections.whatif import what_if
from vedette.brief.sections.where import region_share, where, worst_places

WHOLE = "whole"
"""What the edition is called where a case was not cut down to one."""


def compose(found: Findings) -> Brief:
    """The brief of a case, ready to be written."""
    case = found.case
    sections = (
        happening(found),
        where(found),
        present(found),
        *_ledger(found),
        ahead(found),
        making(found),
        changed(found),
        what_if(found),
        trust(found),
        unknown(found),
        closer(found),
    )
    return Brief(
        case=case.id,
        title=case.title,
        question=case.question,
        as_of=found.as_of,
        last_complete=found.span.labels()[-1],
        edition=case.edition or WHOLE,
        seed=found.seed,
        version=__version__,
        scale=case.scale,
        lines=_lines(found),
        sections=tuple(section for section in sections if isinstance(section, Section)),
        sources=_sources(found),
    )


def _ledger(found: Findings) -> tuple[Section | None, ...]:
    """The sections on the ledger; none for a case without claims."""
    return (
        ()
        if found.arms is None
        else (backers(found.arms), arms(found.arms), bases(found.arms), disputed(found.arms))
    )


def _lines(found: Findings) -> tuple[Paragraph, ...]:
    horizon = found.case.horizon
    return (
        text(
            "Organized violence killed {now:band} people in the twelve months to {end}, by the best estimate; {before:band} "
            "in the twelve months before. Low and high stand in brackets.",
            now=year(found, found.last_year, "last-year"),
            end=last_month(found),
            before=year(found, found.year_before, "year-before"),
        ),
        _who(found),
        _where(found),
        text(
            f"For the month after, the middle forecast is {{median:band}} deaths, in brackets the 90 % interval. More than {threshold(found)} deaths are {{soon}} "
            f"in that month and {{late}} {horizon} months ahead.",
            median=median_of(found, 1),
            soon=chance_above(found, 1),
            late=chance_above(found, horizon),
        ),
        _trust(found, horizon),
    )


def _who(found: Findings) -> Paragraph:
    rows = years_by_stratum(found).filter(pl.col("best") > 0).sort("best", descending=True)
    if rows.is_empty():
        return text("No deaths are recorded in the last twelve months.")
    figures = {}
    parts = []
    for number, row in enumerate(rows.head(3).iter_rows(named=True)):
        figures[f"s{number}"] = deaths(found, f"share-{row['stratum']}", f"Deaths: {row['name']}", row)
        parts.append(f"{row['name']} {{s{number}:band}}")
    index = found.arms.index if found.arms else None
    armed = ""
    if found.arms and index:
        armed = " By what sources say, the state commands {armed:band} of all armed strength."
        figures["armed"] = figure_of(found.arms, index)
    return text("Who fights, by deaths: " + "; ".join(parts) + "." + armed, **figures)


def _where(found: Findings) -> Paragraph:
    share = region_share(found)
    words, figures = "Most deaths fell in {places}", {"places": worst_places(found)}
    if share is not None:
        words += f"; {found.case.regions[0].name}: {{share}} of all"
        figures["share"] = share
    return text(words + ".", **figures)


def _trust(found: Findings, horizon: int) -> Paragraph:
    late = min(7, horizon)
    figures = {
        "one": covered(found, 1, 1),
        "late": covered(found, late, horizon),
    }
    words = (
        f"The 90 % interval of such forecasts held the truth in {{one}} of past cases one month ahead and in {{late}} at {late} to {horizon} "
        "months."
    )
    missing = estimated_share(found)
    if missing is not None:
        words += (
            " {missing} of the last year's deaths are known only as a national total, not as placed events."
        )
        figures["missing"] = missing
    return text(words, **figures)


def _sources(found: Findings) -> tuple[SourceEntry, ...]:
    credits_ = [
        SourceEntry(credit.dataset, credit.text, credit.licence, credit.url) for credit in found.case.credits
    ]
    known = found.case.sources
    named = cited(found) | (found.arms.sources() if found.arms else set())
    pages = known.filter(known["id"].is_in(sorted(named)))
    return (
        *credits_,
        *(
            SourceEntry(row["id"], f"{row['publisher']}: {row['title']}", "", row["url"])
            for row in pages.iter_rows(named=True)
        ),
    )
