"""Issue a brief, and list what was issued."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from vedette.brief.formats import USUAL_FORMATS
from vedette.case import Case, Issue, find_case, issues_of, read_case
from vedette.case.issues import ISSUES, counts_file, draws_file, recorded_issues
from vedette.case.writing import (
    Correction,
    changing_case,
    freeze_issue,
    numbers_issued,
    refuse_shipped,
    stamp_issue,
)
from vedette.errors import UsageError
from vedette.evidence import edition_of, withheld_words
from vedette.files import CaseChange
from vedette.model import By, Measure, panel_history
from vedette.model.exchange import write_draws
from vedette.plurals import counted
from vedette.score.register.register import known_table

if TYPE_CHECKING:
    from vedette.brief.inputs.findings import Findings

_KEPT = (By.COUNTRY, By.PLACE, By.STRATUM)
"""The units whose forecasts an issue keeps."""


@dataclass(frozen=True)
class IssueList:
    """The issues of an edition by number, and the numbers that were issued and whose folders are gone."""

    edition: str
    issues: tuple[Issue, ...]
    gone: tuple[int, ...]

    def table(self) -> pl.DataFrame:
        """Returns a row for each issue: number, day, data known, what it corrects or is corrected by, why."""
        schema = dict.fromkeys(["issue", "day", "data_known", "corrects", "corrected_by", "why"], pl.String)
        return pl.DataFrame(list(map(self._row, self.issues)), schema={**schema, "issue": pl.Int64})

    def document(self) -> dict[str, Any]:
        """Returns the stamp of each issue, its folder, and the SHA-256 of its files, all checked."""
        return {
            "edition": self.edition,
            "issues": [
                {**issue.stamp(), "folder": _place(issue), "files": issue.files()} for issue in self.issues
            ],
            "gone": list(self.gone),
        }

    def remarks(self) -> list[str]:
        """Returns what is worth a look: numbers whose folders are gone."""
        return [
            f"issue {number} of the {self.edition} edition is gone from issues/. Put it back from a copy or "
            "from version control; its number is not given again."
            for number in self.gone
        ]

    def _row(self, issue: Issue) -> dict[str, Any]:
        by = [str(other.number) for other in self.issues if other.corrects == issue.number]
        return {
            "issue": issue.number,
            "day": issue.day.isoformat(),
            "data_known": issue.known.isoformat(),
            "corrects": "" if issue.corrects is None else str(issue.corrects),
            "corrected_by": ", ".join(by),
            "why": issue.why,
        }


def issued_words(issue: Issue) -> str:
    """Returns in a sentence which issue a brief is, what it corrects, and where its files are kept."""
    corrected = "" if issue.corrects is None else f", which corrects issue {issue.corrects}"
    files = counted(len(issue.files()), "file")
    return (
        f"Issue {issue.number} of the {issue.edition} edition{corrected}: {files} in {_place(issue)}, frozen "
        "with their hashes."
    )


def _place(issue: Issue) -> str:
    """The folder of an issue by its path in the case."""
    return f"{ISSUES}/{issue.edition}/{issue.folder.name}"


def issues(case: str, edition: str | None = None) -> IssueList:
    """Returns the issues of an edition of a case, after checking every file against its hash.

    Raises:
        DataError: a file is not as it was issued; ``problems`` lists all of them.
    """
    read = edition_of(read_case(case), edition)
    found = issues_of(read)
    gone = numbers_issued(read) - {issue.number for issue in found}
    return IssueList(read.edition, found, tuple(sorted(gone)))


@dataclass(frozen=True)
class NextIssue:
    """The issue that a brief of a day would be: its number, and the one that readers were given last.

    ``refused`` says why none can be issued now; empty where one can.
    """

    number: int
    edition: str
    day: date
    last: Issue | None
    refused: str


def last_issued(case: Case) -> Issue | None:
    """Returns the issue of an edition that knew most, by its record; its files are not checked."""
    return max(recorded_issues(case), key=lambda issue: (issue.known, issue.number), default=None)


def next_issue(case: str, edition: str | None = None, *, as_of: date | None = None) -> NextIssue:
    """Returns what `vedette.commands.brief` with ``issue`` would issue: nothing is computed or written.

    Raises:
        DataError: a file of an issue is not as it was issued.
    """
    read = edition_of(read_case(case), edition)
    day, refused = as_of or read.as_of or date.today(), ""
    number = max(numbers_issued(read), default=0) + 1
    last = max(issues_of(read), key=lambda issue: issue.number, default=None)
    try:
        refuse_issue(read, day, correction=None, number=number)
    except UsageError as error:
        refused = str(error)
    return NextIssue(number, read.edition, day, last, refused)


def refuse_issue(case: Case, day: date, *, correction: Correction | None, number: int | None = None) -> None:
    """Raises where a brief of a day could not be issued, before it is computed.

    ``number`` is the one that it must get; None for any.

    Raises:
        UsageError: the case comes with vedette; the reason names what the edition withholds; the number is
            given already; or as in `vedette.case.writing.stamp_issue`.
        DataError: the issues that stand are not as they were issued.
    """
    refuse_shipped(find_case(case.folder))
    _must_be(stamp_issue(case, day, day, seed=0, correction=correction), number)
    why = correction.why if correction else ""
    if hidden := withheld_words(read_case(case.folder), case, why):
        raise UsageError(
            f"--why: names what the {case.edition} edition withholds: {', '.join(hidden)}. Readers see the "
            "reason: give one without. Nothing was issued."
        )


def issue_brief(
    found: "Findings",
    correction: Correction | None,
    *,
    formats: Sequence[str] = USUAL_FORMATS,
    short: bool = False,
    language: str = "en",
    number: int | None = None,
) -> Issue:
    """Composes a brief under the lock of its case, where its number is certain, and freezes it.

    ``formats``, ``short``, ``language`` and ``number`` are as in `vedette.commands.brief`.

    Raises:
        UsageError: as in `refuse_issue`.
        StorageError: the disk stands in the way; nothing was issued.
    """
    from vedette.brief.compose import compose  # charts: half a second that no other command needs
    from vedette.brief.languages.pages import in_language
    from vedette.brief.writing import contents_of

    case = found.case
    with changing_case(case.folder, "brief --issue") as change:
        issue = stamp_issue(
            case, found.day or found.as_of, found.as_of, seed=found.seed, correction=correction
        )
        _must_be(issue, number)
        files = {
            **contents_of(in_language(compose(found, issue), language), formats, short=short),
            **dict(_forecasts(found, change)),
        }
        freeze_issue(change, issue, files)
    return issue


def _must_be(issue: Issue, number: int | None) -> None:
    """Refuses an issue that would get another number than the one that was asked for."""
    if number is not None and issue.number != number:
        raise UsageError(
            f"issue {number} of the {issue.edition} edition cannot be issued: the next one is "
            f"{issue.number}. Somebody issued one meanwhile: read it, and say again what to issue. "
            "Nothing was issued."
        )


def _forecasts(found: "Findings", change: CaseChange) -> Iterator[tuple[str, bytes]]:
    """The draws of the forecast of a brief, and the deaths known then, by name of the file."""
    folder = change.new_folder("forecasts")
    for by in _KEPT:
        name = draws_file(by.value)
        yield name, write_draws(found.outlook.of[by], folder / name).read_bytes()
        past = panel_history(found.panel, found.case, Measure.DEATHS, by)
        made = folder / counts_file(by.value)
        known_table(past).write_parquet(made)
        yield made.name, made.read_bytes()
