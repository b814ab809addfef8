"""Page one: the answer, what changed, deaths against the norm, the year ahead, one map."""

from vedette.brief.blocks import Page, Section
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.in_short import in_short
from vedette.brief.prose import Points


def page_one(findings: Findings) -> Page:
    """The first page of a brief."""
    lines = Section("in-short", "What this says in short", (Points(in_short(findings), numbered=True),))
    return Page("page-one", "The answer, and what changed", (lines,))
