"""Page two: who backs whom, arms, what if, what to watch, and how far to trust it."""

from vedette.brief.blocks import Page, Section
from vedette.brief.inputs.findings import Findings
from vedette.brief.prose import Points, text
from vedette.brief.sections.whatif import what_if_lines


def page_two(findings: Findings) -> Page:
    """The second page of a brief."""
    lines = what_if_lines(findings.what_if) if findings.what_if else (text("This case has no scenarios."),)
    scenarios = Section("scenarios-in-short", "Each scenario in a sentence", (Points(lines),), "What if")
    return Page("page-two", "Who, what if, what to watch", (scenarios,))
