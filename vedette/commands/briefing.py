"""Write the brief."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vedette.brief.formats import FORMATS, USUAL_FORMATS, name_of
from vedette.case import Case, Issue, read_case
from vedette.case.writing import Correction
from vedette.commands.defaults import SEED
from vedette.commands.issuing import issue_brief, refuse_issue
from vedette.commands.known import panel_of
from vedette.evidence import edition_of
from vedette.files import replace_files
from vedette.periods import Step
from vedette.progress import Report, quiet

if TYPE_CHECKING:
    from vedette.brief.blocks import Brief
    from vedette.brief.inputs.findings import Findings
    from vedette.brief.inputs.second_opinion import Sampled


@dataclass(frozen=True)
class BriefResult:
    """The files of a brief by form, the text of brief.json, written or not; the issue, None for a draft."""

    files: Mapping[str, Path]
    machine: str
    issue: Issue | None = None

    def text(self) -> str:
        """Returns the text of brief.json."""
        return self.machine

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
    milestones: int | None = None,
    edition: str | None = None,
    issue: bool = False,
    correction: Correction | None = None,
    number: int | None = None,
    formats: Sequence[str] = USUAL_FORMATS,
    short: bool = False,
    language: str = "en",
    report: Report = quiet,
) -> BriefResult:
    """Writes brief.html, brief.json and the like. A brief counts months, whatever the step of the case.

    ``formats`` are the forms written, ``short`` the two pages alone; brief.json is always whole.
    ``language`` is that of the two pages, ``en``, ``fr`` or ``ar``; the annex and brief.json stay English.

    With ``issue`` they are kept under ``issues/`` of the case with the forecasts behind them, numbered,
    frozen and hashed, and copied to ``out`` if one is named; ``correction`` says which issue they correct;
    where ``number`` is named, they are issued under it or not at all.

    ``milestones`` is how many events of the timeline charts over time number at most, the heaviest and newest
    first; None for all with a weight.

    Raises:
        UsageError: no sampled model has the name ``second_opinion``; the brief cannot be issued: the case
            comes with vedette, the day is not after that of the last issue, there is none to correct.
        DataError: an issue that stands is not as it was issued; a document cannot be made of the brief, such
            as for letters that no font of ours has.
    """
    other = None if second_opinion is None else _sampled(second_opinion)
    read, day = _for_readers(case, as_of, edition=edition)
    if issue:
        refuse_issue(read, day, correction=correction, number=number)
    findings = _found(read, as_of, day=day, seed=seed, other=other, report=report)
    found = replace(findings, milestones=milestones)
    report("Writing", 0.0)
    written = (
        _issued(found, correction, number=number, formats=formats, short=short, language=language, out=out)
        if issue
        else _drafted(found, out, formats=formats, short=short, language=language)
    )
    report("Writing", 1.0)
    return written


def composed(
    case: str,
    *,
    as_of: date | None = None,
    seed: int = SEED,
    edition: str | None = None,
    language: str = "en",
    report: Report = quiet,
) -> "Brief":
    """Returns the draft that `brief` writes, composed and not written.

    Raises:
        DataError: too few months of data to learn from and be scored on.
    """
    from vedette.brief.compose import compose
    from vedette.brief.languages.pages import in_language

    read, day = _for_readers(case, as_of, edition=edition)
    found = _found(read, as_of, day=day, seed=seed, other=None, report=report)
    return in_language(compose(found), language)


def _for_readers(case: str, as_of: date | None, *, edition: str | None) -> tuple[Case, date]:
    """An edition of a case, and the day that its brief is written for."""
    read = edition_of(read_case(case), edition)
    return read, as_of or read.as_of or date.today()


def _found(
    read: Case, as_of: date | None, *, day: date, seed: int, other: "Sampled | None", report: Report
) -> "Findings":
    """All inputs of the brief of an edition, which is written for a day."""
    from vedette.brief.inputs.findings import find  # charts: half a second that no other command needs

    holdings, panel, known = panel_of(read, as_of, seed=seed, step=Step.MONTH)
    return replace(find(read, holdings, panel, known, seed, report, other), day=day)


def _sampled(name: str) -> "Sampled":
    from vedette.brief.inputs.second_opinion import sampled

    return sampled(name)


def _drafted(
    found: "Findings", out: Path | None, *, formats: Sequence[str], short: bool, language: str
) -> BriefResult:
    """Writes a draft into a folder, by default ``build/`` and the id of the case."""
    from vedette.brief.compose import compose
    from vedette.brief.languages.pages import in_language
    from vedette.brief.machine import to_json
    from vedette.brief.writing import write_brief

    made = in_language(compose(found), language)
    folder = out or Path("build") / found.case.id
    files = write_brief(made, folder, formats, short=short, cache=found.case.cache)
    return BriefResult(files, to_json(made))


def _issued(
    found: "Findings",
    correction: Correction | None,
    *,
    number: int | None,
    formats: Sequence[str],
    short: bool,
    language: str,
    out: Path | None,
) -> BriefResult:
    """Issues a brief, with brief.html and brief.json in any case, and copies it where a folder is named."""
    kept = tuple(form for form in FORMATS if form in {*USUAL_FORMATS, *formats})
    issue = issue_brief(found, correction, formats=kept, short=short, language=language, number=number)
    files = {form: (out or issue.folder) / name_of(form) for form in formats}
    if out is not None:
        replace_files({path: (issue.folder / path.name).read_bytes() for path in files.values()})
    return BriefResult(files, (issue.folder / name_of("json")).read_text(encoding="utf-8"), issue)
