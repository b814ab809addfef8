"""How far to trust it: the forecast against simple ones at past months, and whether its intervals hold."""

from vedette.brief.blocks import Block, Section
from vedette.brief.figures import Figure, Mark
from vedette.brief.inputs.findings import Findings
from vedette.brief.inputs.forecast import UNITS
from vedette.brief.prose import Paragraph, Points, text
from vedette.brief.sections.holding import calibration_chart, coverage_notes, coverage_table
from vedette.brief.sections.verdicts import shortfalls, verdict
from vedette.message import say
from vedette.model import By


def trust(findings: Findings) -> Section:
    """The record: verdicts in words, and whether intervals held what they say."""
    blocks: list[Block] = [
        _lead(findings),
        Points(tuple(verdict(findings, by) for by in UNITS)),
        *shortfalls(findings),
        *coverage_notes(findings),
    ]
    blocks += [coverage_table(findings), calibration_chart(findings)]
    return Section("trust", say("How far to trust it"), tuple(blocks))


def _lead(findings: Findings) -> Paragraph:
    record = findings.records[By.COUNTRY]
    first, last = record.between

    def fact(key: str, title: str, value: str | int) -> Figure:
        return Figure(
            f"record-{key}", title, Mark.ESTIMATED, findings.past_chain(By.COUNTRY), "", value=value
        )

    words = (
        "The forecast and {count} simple ones forecast deaths from past months between {first} and {last}, knowing only "
        "what lay before, and were scored on what came. Skill is by how much smaller the error of the forecast was than "
        "that of a simple one. Estimated months are not scored. Places and who fights are scored before they are brought "
        "to the sum of the country. How the scores are made stands under the methods, at the end."
    )
    facts = {
        "count": fact("baselines", "Simple forecasts scored", len(record.card.models) - 1),
        "first": fact("first", "First origin scored", first),
        "last": fact("last", "Last origin scored", last),
    }
    if record.assumed:
        words += (
            " At {assumed} of {origins} origins of the country too little lay before to learn across countries how violence "
            "moves, and what the authors of vedette assume was used."
        )
        facts["assumed"] = fact("assumed", "Origins with an assumed prior", record.assumed)
        facts["origins"] = fact("origins", "Origins scored", len(record.origins))
    return text(words, **facts)
