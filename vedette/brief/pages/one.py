"""Page one: the answer, what changed, deaths against the norm, the year ahead, one map."""

from vedette.brief.blocks import Page, Section
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.in_short import in_short
from vedette.brief.prose import Points, text
from vedette.brief.sections.since import lead

NOTHING_ISSUED = (
    "No brief of this edition was issued before, so that there is nothing to hold this one against."
)


def page_one(findings: Findings) -> Page:
    """The first page of a brief."""
    changed = lead(findings.changes) if findings.changes else text(NOTHING_ISSUED)
    news = Section("since-issue", "What changed since the last issue", (changed,))
    lines = Section("in-short", "What this says in short", (Points(in_short(findings), numbered=True),))
    return Page("page-one", "The answer, and what changed", (news, lines))
