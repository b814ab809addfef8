"""Issues: frozen, numbered within their edition, and every change of them told with its cure."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support.fourland import CaseFolder

from vedette.case import Case, Issue, issues_of, last_issue, read_case
from vedette.case.writing import Correction, freeze_issue, stamp_issue
from vedette.commands import check
from vedette.errors import CaseError, DataError, StorageError, UsageError
from vedette.evidence import edition_of
from vedette.files import changing, read_log, undo

FILES = {"brief.json": b'{"figures": {}}\n', "brief.html": b"<p>calm</p>"}


def put(
    folder: Path,
    day: date = date(2014, 6, 30),
    edition: str = "public",
    correction: Correction | None = None,
    known: date | None = None,
) -> Issue:
    case = edition_of(read_case(folder), edition)
    with changing(folder, "brief --issue") as change:
        issue = stamp_issue(case, day, known or day, seed=1, correction=correction)
        freeze_issue(change, issue, FILES)
    return issue


def read(folder: Path, edition: str = "public") -> Case:
    return edition_of(read_case(folder), edition)


def test_an_issue_comes_back_as_it_was_issued(case_folder: CaseFolder) -> None:
    folder = case_folder()
    put(folder)
    second = put(folder, date(2014, 7, 31))
    assert [issue.number for issue in issues_of(read(folder))] == [1, 2]
    assert last_issue(read(folder)) == second
    assert (second.day, second.seed, second.corrects, second.why) == (date(2014, 7, 31), 1, None, "")
    assert second.brief() == {"figures": {}}
    assert sorted(second.files()) == ["brief.html", "brief.json"]
    assert second.folder == folder / "issues" / "public" / "002"
    assert read_log(folder).lines[-1].about == {"edition": "public", "number": 2, "day": "2014-07-31"}


def test_numbers_of_one_edition_say_nothing_of_another(case_folder: CaseFolder) -> None:
    folder = case_folder()
    put(folder, edition="internal")
    put(folder, date(2014, 7, 31), edition="internal")
    assert put(folder, date(2014, 7, 31)).number == 1
    record = (folder / "issues" / "public" / "001" / "issue.json").read_text()
    assert "internal" not in record
    assert [issue.edition for issue in issues_of(read_case(folder))] == ["public", "internal", "internal"]


def test_the_latest_is_that_of_the_latest_day_and_a_correction_stands_for_its_own(
    case_folder: CaseFolder,
) -> None:
    folder = case_folder()
    for month in (6, 7, 8):
        put(folder, date(2014, month, 28))
    put(folder, date(2014, 7, 28), correction=Correction(2, " A death was counted twice. "))
    latest, before = last_issue(read(folder)), last_issue(read(folder), date(2014, 8, 28))
    assert latest and latest.number == 3
    assert before and (before.number, before.corrects, before.why) == (4, 2, "A death was counted twice.")
    assert last_issue(read(folder), date(2014, 6, 28)) is None


def test_data_that_come_late_have_the_issue_before_them_as_forerunner(case_folder: CaseFolder) -> None:
    """The brief of a day is held against the last one that knew less, whatever the day it was written on."""
    folder = case_folder()
    put(folder, date(2014, 8, 20), known=date(2014, 6, 30))
    put(folder, date(2014, 9, 20), known=date(2014, 7, 31))
    forerunner = last_issue(read(folder), date(2014, 7, 31))
    assert forerunner and forerunner.number == 1


@pytest.mark.parametrize("day", [date(2014, 6, 29), date(2014, 6, 30)])
def test_an_issue_is_of_a_later_day_than_the_last(case_folder: CaseFolder, day: date) -> None:
    folder = case_folder()
    put(folder)
    told = r"issue 1 of the public edition is of 2014-06-30: expected a later day .* --corrects 1 --why TEXT"
    with pytest.raises(UsageError, match=told):
        put(folder, day)
    assert len(issues_of(read(folder))) == 1


@pytest.mark.parametrize(
    ("correction", "told"),
    [
        (
            Correction(7, "wrong"),
            r"--corrects 7: expected the number of an issue of the public edition \(1\)",
        ),
        (Correction(1, "  "), r"--why: expected the reason of the correction, .* found nothing"),
        (Correction(1, "two\nlines"), r"--why: expected one line of plain text"),
        (Correction(1, "turned \u202e round"), r"--why: expected one line of plain text"),
        (Correction(1, "x" * 301), r"--why: expected at most 300 characters; found 301 characters"),
    ],
)
def test_a_correction_names_an_issue_and_a_reason(
    case_folder: CaseFolder, correction: Correction, told: str
) -> None:
    folder = case_folder()
    put(folder)
    with pytest.raises(UsageError, match=told):
        put(folder, correction=correction)
    assert len(issues_of(read(folder))) == 1


def edited(folder: Path) -> None:
    (folder / "brief.html").write_text("<p>war</p>")


def removed(folder: Path) -> None:
    (folder / "brief.json").unlink()


def resealed(folder: Path) -> None:
    record = json.loads((folder / "issue.json").read_text())
    (folder / "issue.json").write_text(json.dumps(record | {"day": "2014-07-01"}))


def emptied(folder: Path) -> None:
    (folder / "issue.json").write_text("[]")


def added(folder: Path) -> None:
    (folder / "notes.md").write_text("mine")


def led_out(folder: Path) -> None:
    (folder / "brief.html").unlink()
    (folder / "brief.html").symlink_to("/etc/hostname")


def copied(folder: Path) -> None:
    shutil.copytree(folder, folder.with_name("001 copy"))


def renamed(folder: Path) -> None:
    folder.rename(folder.with_name("004"))


def moved(folder: Path) -> None:
    shutil.copytree(folder, folder.parents[1] / "internal" / "001")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (edited, r"issues/public/001/brief\.html: expected the file as it was issued .* --corrects 1 --why"),
        (removed, r"issues/public/001/brief\.json: .* found no such file\. Put it back"),
        (resealed, r"issues/public/001/issue\.json: expected the record as it was sealed"),
        (emptied, r"issues/public/001/issue\.json: expected the record of an issue; found none that can be"),
        (added, r"issues/public/001/notes\.md: expected no file beside .* Move it out of the folder"),
        (led_out, r"issues/public/001/brief\.html: .* a link that leads out of the case"),
        (copied, r"issues/public/001 copy: expected one issue 1; found another in issues/public/001\. Keep"),
        (renamed, r"issues/public/004: expected issue 004; found issue 1\. Give the folder its name back"),
        (moved, r"internal/001: expected an issue of the internal edition; found one of the public edition"),
    ],
)
def test_what_is_not_as_it_was_issued_is_told_on_every_reading(
    case_folder: CaseFolder, change: Callable[[Path], None], told: str
) -> None:
    folder = case_folder()
    issue = put(folder)
    change(issue.folder)
    edition = "internal" if change is moved else "public"
    for reading in (issues_of, last_issue):
        with pytest.raises(DataError, match=told):
            reading(read(folder, edition))
    with pytest.raises(DataError, match=told):
        put(folder, date(2014, 7, 31), edition=edition)


@pytest.mark.parametrize("change", [edited, removed, resealed, emptied])
def test_the_cure_of_a_changed_issue_works_with_a_copy_and_without_one(
    case_folder: CaseFolder, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    folder = case_folder()
    first = put(folder).folder
    copy = shutil.copytree(first, tmp_path / "copy")
    change(first)
    shutil.move(first, tmp_path / "away")
    assert put(folder, date(2014, 7, 31)).number == 2
    shutil.copytree(copy, first)
    corrected = put(folder, date(2014, 8, 31), correction=Correction(1, "A death was counted twice"))
    assert (corrected.number, corrected.corrects) == (3, 1)
    assert [issue.number for issue in issues_of(read(folder))] == [1, 2, 3]


def test_check_lists_what_is_not_as_it_was_issued_in_any_edition(case_folder: CaseFolder) -> None:
    folder = case_folder()
    edited(put(folder, edition="internal").folder)
    with pytest.raises(
        CaseError, match=r"issues/internal/001/brief\.html: expected the file as it was issued"
    ):
        check(str(folder))


def test_an_edited_issue_of_one_edition_is_not_told_in_another(case_folder: CaseFolder) -> None:
    folder = case_folder()
    edited(put(folder, edition="internal").folder)
    assert issues_of(read(folder)) == ()


def test_the_number_of_an_issue_that_was_moved_away_is_not_given_again(case_folder: CaseFolder) -> None:
    folder = case_folder()
    shutil.rmtree(put(folder).folder)
    assert put(folder, date(2014, 7, 31)).number == 2


def test_an_issue_is_not_taken_back(case_folder: CaseFolder) -> None:
    folder = case_folder()
    put(folder)
    with (
        pytest.raises(StorageError, match=r"a brief that was issued stays.*\n.*Issue a correction"),
        changing(folder, "undo") as change,
    ):
        undo(change)
    assert len(issues_of(read(folder))) == 1
