"""Composes a brief from its findings: two pages, then the annex."""

from vedette import __version__
from vedette.brief.blocks import Brief, Section, SourceEntry
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.one import page_one
from vedette.brief.pages.two import page_two
from vedette.brief.sections.ahead import ahead
from vedette.brief.sections.arms import arms
from vedette.brief.sections.backers import backers
from vedette.brief.sections.bases import bases
from vedette.brief.sections.changed import changed
from vedette.brief.sections.closer import closer
from vedette.brief.sections.disputed import disputed
from vedette.brief.sections.happening import happening
from vedette.brief.sections.making import making
from vedette.brief.sections.present import cited, present
from vedette.brief.sections.releases import counting_words
from vedette.brief.sections.since import since
from vedette.brief.sections.trust import trust
from vedette.brief.sections.unknown import unknown
from vedette.brief.sections.whatif import what_if
from vedette.brief.sections.where import where
from vedette.case import Issue

WHOLE = "whole"
"""The name of the edition of a case from which nothing is withheld."""


def compose(findings: Findings, issue: Issue | None = None) -> Brief:
    """The brief of a case, ready to be written: an issue, or a draft where none is given."""
    case = findings.case
    sections = (
        since(findings.changes) if findings.changes else None,
        happening(findings),
        where(findings),
        present(findings),
        *_ledger(findings),
        ahead(findings),
        making(findings),
        changed(findings),
        what_if(findings),
        trust(findings),
        unknown(findings),
        closer(findings),
    )
    return Brief(
        case=case.id,
        title=case.title,
        question=case.question,
        as_of=findings.as_of,
        last_complete=findings.span.labels()[-1],
        edition=case.edition or WHOLE,
        seed=findings.seed,
        version=__version__,
        scale=case.scale,
        pages=(page_one(findings), page_two(findings)),
        sections=tuple(section for section in sections if isinstance(section, Section)),
        sources=_sources(findings),
        issue=issue,
    )


def _ledger(findings: Findings) -> tuple[Section | None, ...]:
    """The sections on the ledger; none for a case without claims."""
    return (
        ()
        if findings.evidence is None
        else (
            backers(findings.evidence),
            arms(findings.evidence),
            bases(findings.evidence),
            disputed(findings.evidence),
        )
    )


def _sources(findings: Findings) -> tuple[SourceEntry, ...]:
    counting = counting_words(findings)
    used = {findings.case.dataset: f" Here: {counting}."} if counting else {}
    credits_ = [
        SourceEntry(each.dataset, each.text + used.get(each.dataset, ""), each.licence, each.url)
        for each in findings.case.credits
    ]
    known = findings.case.sources
    named = cited(findings) | (findings.evidence.sources() if findings.evidence else set())
    pages = known.filter(known["id"].is_in(sorted(named)))
    return (
        *credits_,
        *(
            SourceEntry(row["id"], f"{row['publisher']}: {row['title']}", "", row["url"])
            for row in pages.iter_rows(named=True)
        ),
    )
