"""Changes of several files as one: prepared in a temporary folder, committed by its new name, put in place.

    .vedette-journal/
      journal.json    the version of this layout and the steps, in order: file, new content, old content
      0.new, 0.old    the new file or folder, and a hard link to (or a copy of) the one that stood there
      forward         gone once the change is being taken back, because a file could not be put in its place

Only a process that holds the case's lock touches it. Every step can be repeated, so that whoever finds the
journal of a writer that is gone can carry on from wherever it stopped.
"""

import errno
import json
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from vedette.errors import StorageError
from vedette.files.access import Access, limit_access, make_folders
from vedette.files.copying import copy, link_or_copy
from vedette.files.disk import sync
from vedette.files.names import JOURNAL, SCRATCH, stays_inside
from vedette.files.temporary import scratch, sweep

VERSION = 1
_STEPS, _FORWARD = "journal.json", "forward"


@dataclass(frozen=True)
class FileStep:
    """One file of a change: its path in the case, and the names of new and old content (None: no file)."""

    file: str
    new: str | None
    old: str | None


def commit(home: Path, prepared: Path, steps: Sequence[FileStep], limit: Access | None) -> None:
    """Makes a prepared folder the journal of a case and puts its files in their places.

    If one cannot be put there, all are taken back and the error is raised. Those who may read the tables of
    the case (``limit``) may read the journal.
    """
    for step in steps:
        if step.old:
            link_or_copy(home / step.file, prepared / step.old)
    text = json.dumps({"version": VERSION, "steps": [asdict(step) for step in steps]}, indent=1)
    (prepared / _STEPS).write_text(text, encoding="utf-8")
    (prepared / _FORWARD).touch()
    sync(prepared / _STEPS)
    folders = [path for path in prepared.rglob("*") if path.is_dir() and not path.is_symlink()]
    for folder in (*folders, prepared):
        _open(folder, limit)
        sync(folder)
    journal = home / JOURNAL
    prepared.rename(journal)
    try:
        sync(home)
        _put(home, journal, steps, back=False)
    except BaseException:
        (journal / _FORWARD).unlink(missing_ok=True)  # which needs no space on the disk
        _put(home, journal, steps, back=True)  # where this fails too, the journal stays for the next command
        journal.rename(prepared)
        raise
    journal.rename(prepared)


def recover(home: Path) -> None:
    """Carries on with the change of a writer that is gone. Only for a holder of the lock.

    Raises:
        StorageError: a later version of vedette wrote the journal, or it cannot be read.
    """
    journal = home / JOURNAL
    if not journal.exists():
        return
    steps = steps_of(journal)
    _put(home, journal, steps, back=not (journal / _FORWARD).exists())
    journal.rename(home / f"{SCRATCH}{secrets.token_hex(6)}")
    sweep(home)


def pending(home: Path) -> Mapping[str, Path | None]:
    """What stands for each file of a committed change that is not in its place yet."""
    journal = home / JOURNAL
    if not journal.exists():
        return {}
    back = not (journal / _FORWARD).exists()
    chosen = {step.file: step.old if back else step.new for step in steps_of(journal)}
    return {
        file: journal / name if name else None
        for file, name in chosen.items()
        if name is None or (journal / name).exists()
    }


def steps_of(journal: Path) -> tuple[FileStep, ...]:
    """The steps of a journal. A case may come from anybody: none of them may lead out of it.

    Raises:
        StorageError: a later version of vedette wrote it, or it cannot be read.
    """
    try:
        found = json.loads((journal / _STEPS).read_text(encoding="utf-8"))
        version = int(found["version"])
        if version <= VERSION:
            return tuple(_checked(FileStep(**step), journal.parent) for step in found["steps"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        cure = f"Put the case back from a copy, or look through the files in it and remove {journal}."
        raise StorageError(f"{journal}: expected a journal; found none that can be read. {cure}") from error
    raise StorageError(
        f"{journal}: expected a change of layout {VERSION} or earlier; found {version}, of a later vedette. "
        "Finish it with that one: run any command there that changes the case. Nothing was changed."
    )


def _checked(step: FileStep, home: Path) -> FileStep:
    """A step whose files all lie in the case; raises a ValueError for any other."""
    names = [name for name in (step.file, step.new, step.old) if name is not None]
    if not names or not all(map(stays_inside, names)):
        raise ValueError(f"{step} names no files of a case")
    if not (home / step.file).parent.resolve().is_relative_to(home.resolve()):
        raise ValueError(f"{step.file} lies in a folder outside of the case")
    return step


def _open(folder: Path, limit: Access | None) -> None:
    """Lets those who may read all tables enter a prepared folder and read the journal in it."""
    if limit is not None:
        folder.chmod(0o755)
        for path in (folder, folder / _STEPS, folder / _FORWARD):
            if path.exists():
                limit_access(path, limit)


def _put(home: Path, journal: Path, steps: Sequence[FileStep], *, back: bool) -> None:
    """Puts each file in its place, or back; what is there already stays."""
    for step in steps:
        name, target = (step.old if back else step.new), home / step.file
        if name is None:
            _remove(target)
        elif (journal / name).exists():
            make_folders(target.parent, home)
            _move(journal / name, target)
    for parent in {(home / step.file).parent for step in steps}:
        if parent.exists():
            sync(parent)


def _move(made: Path, target: Path) -> None:
    try:
        made.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with scratch(target.parent) as beside:  # a folder of the case on another disk
            copy(made, beside / target.name)
            (beside / target.name).replace(target)


def _remove(target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
