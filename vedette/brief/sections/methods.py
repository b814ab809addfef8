"""Methods, at the end of the annex: how the forecast is made, and how it is scored."""

from vedette.brief.blocks import Section
from vedette.brief.inputs.findings import Findings
from vedette.brief.sections.making import making
from vedette.brief.sections.scoring import scores
from vedette.message import say


def methods(findings: Findings) -> Section:
    """The section: the members of the pool, then the scores of the pool and of simple forecasts."""
    blocks = (*making(findings), *scores(findings))
    return Section("methods", say("Methods: how the forecast is made and scored"), blocks)
