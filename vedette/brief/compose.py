"""Composes a brief from its findings: two pages, then the annex."""

from collections.abc import Iterable

from vedette import __version__
from vedette.brief.blocks import Brief, Section, SourceEntry
from vedette.brief.cited import cited_sources
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.one import page_one
from vedette.brief.pages.trust_now import data_age
from vedette.brief.pages.two import page_two
from vedette.brief.sections.ahead import ahead
from vedette.brief.sections.arms import arms
from vedette.brief.sections.author import with_notes
from vedette.brief.sections.backers import backers
from vedette.brief.sections.bases import bases
from vedette.brief.sections.changed import changed
from vedette.brief.sections.closer import closer
from vedette.brief.sections.disputed import disputed
from vedette.brief.sections.happening import happening
from vedette.brief.sections.methods import methods
from vedette.brief.sections.present import present
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
    annex = with_notes([section for section in _annex(findings) if section], case.notes)
    pages = (page_one(findings), page_two(findings))
    shown = [*(section for page in pages for section in page.sections), *annex]
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
        data_age=data_age(findings),
        pages=pages,
        sections=annex,
        sources=_sources(findings, shown),
        issue=issue,
    )


def _annex(findings: Findings) -> tuple[Section | None, ...]:
    """The sections of the annex in the order of a reader's questions, methods last.

    What changed since the last issue; what is happening and where; who is there and who backs whom; what is
    likely next; what an intervention changed; what if; how far to trust it.
    """
    return (
        since(findings.changes) if findings.changes else None,
        happening(findings),
        where(findings),
        closer(findings),
        present(findings),
        *_ledger(findings),
        ahead(findings),
        changed(findings),
        what_if(findings),
        trust(findings),
        unknown(findings),
        methods(findings),
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


def _sources(findings: Findings, shown: Iterable[Section]) -> tuple[SourceEntry, ...]:
    counting = counting_words(findings)
    used = {findings.case.dataset: f" Here: {counting}."} if counting else {}
    credits_ = [
        SourceEntry(each.dataset, each.text + used.get(each.dataset, ""), each.licence, each.url)
        for each in findings.case.credits
    ]
    known = findings.case.sources
    named = cited_sources(shown, known["id"].to_list())
    pages = known.filter(known["id"].is_in(sorted(named)))
    return (
        *credits_,
        *(
            SourceEntry(row["id"], f"{row['publisher']}: {row['title']}", "", row["url"])
            for row in pages.iter_rows(named=True)
        ),
    )
