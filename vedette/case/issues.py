"""Issues: briefs as they were issued, frozen in a case and hashed.

    issues/public/003/
      issue.json               number, edition, day, data known, seed, version, correction; hashes of files
      brief.json, brief.html   the brief as issued, in every format that was written
      draws-country.parquet    every draw of its forecast of deaths, by month (also by place and stratum)
      known-country.parquet    the deaths known then, by month (also by place and stratum)

Issues are numbered within their edition, so that the numbers of one say nothing of another. A folder is moved
to its place whole, as a change of the case; nothing in it is ever written again.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vedette.case.case import Case
from vedette.errors import DataError, Problem
from vedette.files import hash_bytes, hash_of, leads_out, obstacle

ISSUES = "issues"
"""The folder of issued briefs in a case; in it one for each edition."""
RECORD = "issue.json"
BRIEF = "brief.json"


@dataclass(frozen=True)
class Issue:
    """A brief that was issued.

    ``number`` counts within ``edition``. ``day`` is the day that it was written for, ``known`` the day up to
    which things were known, ``version`` that of vedette. ``corrects`` is the number of the issue that it
    replaces, None where it corrects none, and ``why`` the reason. ``folder`` holds its files.
    """

    number: int
    edition: str
    day: date
    known: date
    seed: int
    version: str
    corrects: int | None
    why: str
    folder: Path

    def stamp(self) -> dict[str, Any]:
        """Everything but the folder, as JSON."""
        days = {"day": self.day.isoformat(), "known": self.known.isoformat()}
        return {key: value for key, value in (asdict(self) | days).items() if key != "folder"}

    def files(self) -> Mapping[str, str]:
        """The SHA-256 of each file, by name, as it was issued."""
        return dict(_record(self.folder)["files"])

    def brief(self) -> Any:
        """What its ``brief.json`` holds."""
        return json.loads((self.folder / BRIEF).read_text(encoding="utf-8"))

    def draws(self, by: str) -> Path:
        """The file with the draws of its forecast of deaths by ``country``, ``place`` or ``stratum``."""
        return self.folder / draws_file(by)

    def counts(self, by: str) -> Path:
        """The file with the deaths known then: ``period, unit, count``, units as in `draws`."""
        return self.folder / counts_file(by)


def draws_file(by: str) -> str:
    """The name of the file with the draws of a forecast.

    >>> draws_file("country")
    'draws-country.parquet'
    """
    return f"draws-{by}.parquet"


def counts_file(by: str) -> str:
    """The name of the file with the deaths known on the day of a forecast."""
    return f"known-{by}.parquet"


def issues_of(case: Case) -> tuple[Issue, ...]:
    """The issues of a case by number: those of its edition, or of a case that is no edition those of all.

    Raises:
        DataError: files that are not as they were issued, two issues of one number; ``problems`` lists all.
    """
    editions = [case.edition] if case.edition else [edition.id for edition in case.editions]
    if problems := list(issue_problems(case.folder, editions)):
        raise DataError(f"{case.folder / ISSUES} holds what was not issued so:", problems)
    return tuple(_issue(folder, edition) for edition in editions for folder in _folders(case.folder, edition))


def last_issue(case: Case, before: date | None = None) -> Issue | None:
    """The latest issue of a case: the one that knew most, and of those that knew as much the last.

    Args:
        case: the case, or an edition of it.
        before: only issues that knew less than what was known on this day.

    Raises:
        DataError: as in `issues_of`.
    """
    found = [issue for issue in issues_of(case) if before is None or issue.known < before]
    return max(found, key=lambda issue: (issue.known, issue.number), default=None)


def recorded_issues(case: Case) -> Iterator[Issue]:
    """The issues of an edition by their records alone, whose files are not read; see `issues_of`."""
    for folder in _folders(case.folder, case.edition):
        try:
            yield _issue(folder, case.edition)
        except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
            continue


def issue_problems(home: Path, editions: Iterable[str]) -> Iterator[Problem]:
    """What in the issues of some editions is not as it was issued."""
    for edition in editions:
        yield from _of_edition(home, edition)


def _of_edition(home: Path, edition: str) -> Iterator[Problem]:
    folder = home / ISSUES / edition
    if not folder.is_dir():
        return
    if way := leads_out(folder, home):
        yield Problem(_named(folder, home), 0, "", "a folder of the case", way.found, way.cure)
        return
    first: dict[int, Path] = {}
    for path in _folders(home, edition):
        yield from _changes(path, home)
        number = _number(path)
        if number is not None and first.setdefault(number, path) != path:
            other = _named(first[number], home)
            cure = (
                f"Keep the one that readers were given under {number}, and move the other out of {ISSUES}/."
            )
            yield Problem(_named(path, home), 0, "", f"one issue {number}", f"another in {other}", cure)
        elif number is not None and path.name != folder_name(number):
            cure = "Give the folder its name back, or move it out of the case."
            yield Problem(_named(path, home), 0, "", f"issue {path.name}", f"issue {number}", cure)


def _changes(folder: Path, home: Path) -> Iterator[Problem]:
    """What in the folder of one issue is not as it was issued."""
    name, cure = _named(folder, home), _cure(folder)
    if way := obstacle(folder / RECORD, home):
        yield Problem(f"{name}/{RECORD}", 0, "", "the record of an issue", way.found, way.cure)
        return
    try:
        record = _record(folder)
        seal, files = record.pop("seal"), dict(record["files"])
        _issue(folder, str(record["edition"]))
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        yield Problem(f"{name}/{RECORD}", 0, "", "the record of an issue", "none that can be read", cure)
        return
    if seal != seal_of(record):
        expected = f"the record as it was sealed ({str(seal)[:12]}...)"
        yield Problem(f"{name}/{RECORD}", 0, "", expected, "another", cure)
    if record["edition"] != folder.parent.name:
        expected, found = (
            f"an issue of the {folder.parent.name} edition",
            f"one of the {record['edition']} edition",
        )
        yield Problem(name, 0, "", expected, found, f"Move it back to {ISSUES}/{record['edition']}.")
    present = {path.name for path in folder.iterdir() if not path.name.startswith(".")} - {RECORD}
    for file in sorted({*files, *present}):
        yield from _file_changes(folder / file, home, files.get(file), cure)


def _file_changes(path: Path, home: Path, wanted: str | None, cure: str) -> Iterator[Problem]:
    name = _named(path, home)
    if wanted is None:
        found = "one more"
        yield Problem(
            name, 0, "", "no file beside those that were issued", found, "Move it out of the folder."
        )
    elif way := obstacle(path, home):
        yield Problem(name, 0, "", "the file as it was issued", way.found, cure)
    elif (found := _shown(path)) != wanted:
        yield Problem(name, 0, "", f"the file as it was issued (SHA-256 {wanted[:12]}...)", found, cure)


def _cure(folder: Path) -> str:
    number = folder.name.lstrip("0") or "0"
    return (
        "Put it back from a copy or from version control; where there is none, move the folder "
        f"{folder.parent.name}/{folder.name} out of {ISSUES}/: its number is not given again. An issue is "
        "not changed: to say something else of one that was put back, issue a correction with vedette brief "
        f"CASE --issue --corrects {number} --why TEXT."
    )


def _shown(path: Path) -> str:
    try:
        return hash_of(path)
    except OSError:
        return "no such file"


def seal_of(record: Mapping[str, Any]) -> str:
    """The SHA-256 of a record of an issue without its seal, whatever the order of its keys."""
    return hash_bytes(json.dumps(record, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode())


def folder_name(number: int) -> str:
    """The name of the folder of an issue.

    >>> folder_name(3)
    '003'
    """
    return f"{number:03d}"


def _folders(home: Path, edition: str) -> list[Path]:
    folder = home / ISSUES / edition
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if path.is_dir() and not path.name.startswith("."))


def _number(folder: Path) -> int | None:
    try:
        return int(_record(folder)["number"])
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None


def _issue(folder: Path, edition: str) -> Issue:
    record = _record(folder)
    corrects = record["corrects"]
    return Issue(
        number=int(record["number"]),
        edition=edition,
        day=date.fromisoformat(record["day"]),
        known=date.fromisoformat(record["known"]),
        seed=int(record["seed"]),
        version=str(record["version"]),
        corrects=None if corrects is None else int(corrects),
        why=str(record["why"]),
        folder=folder,
    )


def _record(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise TypeError(f"{folder / RECORD} holds no record")
    return found


def _named(path: Path, home: Path) -> str:
    return path.relative_to(home).as_posix()
