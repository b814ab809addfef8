"""Write the brief."""

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from vedette.case import read_case
from vedette.commands.defaults import SEED
from vedette.commands.known import panel_of
from vedette.evidence import edition_of
from vedette.periods import Step
from vedette.progress import Report, quiet


@dataclass(frozen=True)
class BriefResult:
    """The files of a brief: the page, and the same for machines."""

    page: Path
    data: Path

    def text(self) -> str:
        """Returns the text of brief.json."""
        return self.data.read_text(encoding="utf-8")

    def document(self) -> Any:
        """Returns what brief.json holds."""
        return json.loads(self.text())


def brief(
    case: str,
    out: Path | None = None,
    *,
    as_of: date | None = None,
    seed: int = SEED,
    second_opinion: str | None = None,
    edition: str | None = None,
    report: Report = quiet,
) -> BriefResult:
    """Writes brief.html and brief.json. A brief counts months, whatever the step of the case.

    Raises:
        UsageError: no sampled model has the name ``second_opinion``.
    """
    from vedette.brief.compose import compose  # charts: half a second that no other command needs
    from vedette.brief.inputs.findings import find
    from vedette.brief.inputs.second_opinion import sampled
    from vedette.brief.writing import write_brief

    other = None if second_opinion is None else sampled(second_opinion)
    read = edition_of(read_case(case), edition)
    holdings, panel, known = panel_of(read, as_of, seed=seed, step=Step.MONTH)
    found = find(read, holdings, panel, known, seed, report, other)
    found = replace(found, day=as_of or read.as_of or date.today())
    report("Writing", 0.0)
    written = write_brief(compose(found), out or Path("build") / read.id)
    report("Writing", 1.0)
    return BriefResult(*written)
