"""Issuing a brief: its number, the checks before it, and its files frozen as part of a change of the case."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vedette import __version__
from vedette.case.case import Case
from vedette.case.issues import ISSUES, RECORD, Issue, folder_name, issues_of, seal_of
from vedette.errors import UsageError
from vedette.files import CaseChange, hash_bytes, read_log
from vedette.plurals import counted
from vedette.problems import visible

_LONGEST = 300


@dataclass(frozen=True)
class Correction:
    """The number of the issue that is corrected, and why, in a line that readers see."""

    number: int
    why: str


def stamp_issue(
    case: Case, day: date, known: date, *, seed: int, correction: Correction | None = None
) -> Issue:
    """The next issue of an edition, not written yet.

    Args:
        case: an edition of a case.
        day: the day that the brief is written for.
        known: the day up to which things are known.
        seed: of all random numbers of the brief.
        correction: what it corrects; None where it corrects nothing.

    Raises:
        UsageError: there is no such issue to correct; the reason is empty, too long or not one line; the day
            is not after that of the last issue, where nothing is corrected.
        DataError: the issues that stand are not as they were issued.
    """
    standing = issues_of(case)
    if correction is None:
        _refuse_earlier(day, standing)
    else:
        _refuse_reason(correction.why)
        _refuse_unknown(correction.number, [issue.number for issue in standing], case.edition)
    number = max(numbers_issued(case), default=0) + 1
    return Issue(
        number=number,
        edition=case.edition,
        day=day,
        known=known,
        seed=seed,
        version=__version__,
        corrects=correction.number if correction else None,
        why=correction.why.strip() if correction else "",
        folder=case.folder / ISSUES / case.edition / folder_name(number),
    )


def freeze_issue(change: CaseChange, issue: Issue, files: Mapping[str, bytes]) -> None:
    """Puts the files of an issue in their folder, with a record of their hashes, as part of a change.

    Raises:
        StorageError: the disk stands in the way; nothing is half-written.
    """
    draft = change.new_folder(folder_name(issue.number))
    for name, content in files.items():
        (draft / name).write_bytes(content)
    record = {**issue.stamp(), "files": {name: hash_bytes(files[name]) for name in sorted(files)}}
    sealed = {**record, "seal": seal_of(record)}
    (draft / RECORD).write_text(json.dumps(sealed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    change.place(f"{ISSUES}/{issue.edition}/{folder_name(issue.number)}", draft)
    change.about |= {"edition": issue.edition, "number": issue.number, "day": issue.day.isoformat()}


def numbers_issued(case: Case) -> set[int]:
    """The numbers that an edition has issued: those of its folders, and those that the log of the case names.

    A number whose folder was removed is never given again.
    """
    place = re.compile(rf"{ISSUES}/{re.escape(case.edition)}/(\d+)")
    files = [edit.file for line in read_log(case.folder).lines for edit in line.edits]
    logged = {int(found[1]) for file in files if (found := place.fullmatch(file))}
    return logged | {issue.number for issue in issues_of(case)}


def _refuse_earlier(day: date, standing: Sequence[Issue]) -> None:
    latest = max(standing, key=lambda issue: (issue.day, issue.number), default=None)
    if latest is not None and day <= latest.day:
        raise UsageError(
            f"issue {latest.number} of the {latest.edition} edition is of {latest.day}: expected a later day "
            f"for the next one; found {day}. To say something else of {latest.day}, issue a correction with "
            f"--corrects {latest.number} --why TEXT; for a later day give --as-of. Nothing was issued."
        )


def _refuse_unknown(number: int, numbers: Collection[int], edition: str) -> None:
    if number not in numbers:
        listed = ", ".join(map(str, sorted(numbers))) or "none"
        raise UsageError(
            f"--corrects {number}: expected the number of an issue of the {edition} edition ({listed}); "
            "found another. `vedette issues CASE` lists them. Nothing was issued."
        )


def _refuse_reason(why: str) -> None:
    text = why.strip()
    if not text:
        raise UsageError(
            "--why: expected the reason of the correction, which readers see; found nothing. Give it with "
            "--why TEXT. Nothing was issued."
        )
    if visible(text) != text or "\n" in text or "\t" in text:
        raise UsageError(
            "--why: expected one line of plain text; found line breaks or characters that cannot be seen."
        )
    if len(text) > _LONGEST:
        raise UsageError(
            f"--why: expected at most {_LONGEST} characters; found {counted(len(text), 'character')}. "
            "Say it shorter."
        )
