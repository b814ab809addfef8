"""Changing a case of the user's own: locked, checked with the whole folder, then written as one change."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vedette.case.case import SHIPPED, Case
from vedette.case.checking.folder import find_case, read_case
from vedette.errors import CaseError, UsageError
from vedette.files import CaseChange, changing, disk_errors, is_own, is_private
from vedette.plurals import counted


def refuse_shipped(folder: Path) -> None:
    """Raises where a case comes with vedette, whose tables are not a user's to change.

    Raises:
        UsageError: it does; the message says how to get a copy.
    """
    if folder.parent == SHIPPED:
        cure = f"Copy it and work on the copy: cp -r {folder} my-{folder.name}"
        raise UsageError(f"{folder.name} comes with vedette and stays as it is. {cure}")


@contextmanager
def changing_case(case: Path | str, command: str) -> Iterator[CaseChange]:
    """`vedette.files.changing` for the tables of a case; ``change.home`` is its folder.

    Raises:
        UsageError: the case comes with vedette.
        CaseError: there is no such case.
        StorageError: it cannot be locked or written; nothing was changed.
    """
    folder = find_case(case)
    refuse_shipped(folder)
    with changing(folder, command) as change:
        yield change


def check_change(change: CaseChange) -> Case:
    """Reads a case as it will be once a change is made.

    The folder read has links to the files that stay; it lies among the temporary files of the change.

    Raises:
        CaseError: with the change the case would hold mistakes; all of them are listed.
        StorageError: the disk is full.
    """
    home, made = change.home, change.made()
    trial = change.folder / "trial" / home.name
    with disk_errors(home):
        trial.mkdir(parents=True)
        for path in home.iterdir():
            if path.name not in made and not is_private(path.name):
                (trial / path.name).symlink_to(path.resolve())
        for file, content in made.items():
            if content is not None and is_own(file) and "/" not in file:
                (trial / file).symlink_to(content)
    try:
        return read_case(trial)
    except CaseError as error:
        count = counted(len(error.problems), "mistake")
        raise CaseError(f"{home} would have {count}; nothing was written.", error.problems) from error
    finally:
        shutil.rmtree(trial.parent)
