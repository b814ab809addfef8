"""Page two: who backs whom, arms, what if, what to watch, and how far to trust it."""

from vedette.brief.blocks import Page
from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.arms_now import arms_now
from vedette.brief.pages.backing_now import backing_now
from vedette.brief.pages.scenarios_now import scenarios_now
from vedette.brief.pages.trust_now import trust_now
from vedette.brief.pages.watching import MOST, watching
from vedette.message import say


def page_two(findings: Findings) -> Page:
    """The second page of a brief."""
    parts = (
        backing_now(findings),
        arms_now(findings.evidence),
        scenarios_now(findings.what_if),
        watching(findings.signs, MOST if findings.what_if else len(findings.signs)),
        trust_now(findings),
    )
    return Page("page-two", say("Who, what if, what to watch"), parts)
