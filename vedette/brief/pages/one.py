"""Page one: the answer, what changed, deaths against the norm, the year ahead, one map."""

from vedette.brief.blocks import Page, Section
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.answer import answer
from vedette.brief.pages.deaths_now import deaths_now
from vedette.brief.pages.one_map import has_map, one_map
from vedette.brief.pages.since_issue import since_issue
from vedette.brief.pages.year_ahead import year_ahead
from vedette.message import say


def page_one(findings: Findings) -> Page:
    """The first page of a brief."""
    parts: tuple[Section, ...] = (
        answer(findings),
        since_issue(findings.changes),
        deaths_now(findings),
        year_ahead(findings, half=has_map(findings)),
        one_map(findings),
    )
    return Page("page-one", say("The answer, and what changed"), parts)
