"""A change of a case: locked, whole, durable and logged."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vedette.errors import StorageError
from vedette.files.access import limit_access, strictest
from vedette.files.disk import disk_errors, hash_bytes, hash_of, sync_tree
from vedette.files.journal import FileStep, commit, recover
from vedette.files.links import destination
from vedette.files.lock import locked
from vedette.files.log import DIGITS, Edit, Log, known_hashes, longer, new_line, outside, read_log
from vedette.files.names import ANSWERS, LOG, is_own
from vedette.files.replace import make_ready
from vedette.files.rows import difference
from vedette.files.temporary import scratch, sweep

_NEW = "new"


@dataclass
class CaseChange:
    """What a command changes in a case. Nothing is seen by others before the `changing` block ends.

    Attributes:
        home: the folder of the case.
        folder: a folder for temporary files inside it, which is gone afterwards.
        about: what the log shall tell of the change beside files and rows (counts, months).
        undoes: the id of the line of the log that the change takes back.
        rewritten: the whole content of the log, where the change rewrites it.
    """

    home: Path
    folder: Path
    about: dict[str, Any] = field(default_factory=dict)
    undoes: str = ""
    rewritten: Log | None = None
    _made: dict[str, Path | None] = field(default_factory=dict)
    _quiet: set[str] = field(default_factory=set)

    def read(self, file: str) -> bytes | None:
        """The content of a file as it will be; None where there is none."""
        path = self._made.get(file, self.home / file)
        return path.read_bytes() if path is not None and path.is_file() else None

    def write(self, file: str, content: bytes) -> None:
        """Gives a file of the case, by its path there, a new content; the log keeps the rows that differ."""
        made = self._name(file)
        with disk_errors(self.home / file):
            made.write_bytes(content)
        self._made[file] = made

    def new_folder(self, name: str) -> Path:
        """Makes a folder among the temporary files, to `place` it or what is put there."""
        with disk_errors(self.home):
            (self.folder / name).mkdir()
        return self.folder / name

    def place(self, file: str, made: Path, *, logged: bool = True) -> None:
        """Moves a file or new folder, made in `folder`, to its place; the log keeps its hash and no rows."""
        destination(self.home / file, self.home)
        self._made[file] = made
        if not logged:
            self._quiet.add(file)

    def remove(self, file: str, *, logged: bool = True) -> None:
        """Removes a file of the case."""
        self._name(file)
        self._made[file] = None
        if not logged:
            self._quiet.add(file)

    def made(self) -> Mapping[str, Path | None]:
        """Where the new content of each changed file lies now; None for a file that goes."""
        return dict(self._made)

    def _name(self, file: str) -> Path:
        """Where new content of a file is kept until the end; refuses a file that may not be written."""
        destination(self.home / file, self.home)
        made = self.folder / _NEW / file
        with disk_errors(self.home / file):
            made.parent.mkdir(parents=True, exist_ok=True)
        return made


@contextmanager
def changing(home: Path, command: str) -> Iterator[CaseChange]:
    """Holds the lock of a case while it is read and changed; at the end puts all files in place and logs it.

    First a change that a writer left unfinished is finished, and edits made outside of vedette are noted for
    the log. Where the block raises, or changes nothing, the case stays as it is. A file that gets the content
    it has is no change.

    Args:
        home: the folder of the case, made if need be.
        command: the command as it shall stand in the log.

    Raises:
        StorageError: the folder, or a file in it, cannot be written or locked; a link leads out of it; a file
            cannot keep its owner; a later version of vedette wrote the journal; the lock file was removed
            meanwhile. Nothing was changed.
        RuntimeError: this thread is in such a block for this case already.

    Example:
        ``with changing(Path("iraq"), "add claim") as change: change.write("claims.csv", content)``
    """
    with disk_errors(home):
        home.mkdir(parents=True, exist_ok=True)
    with locked(home) as still_held, ExitStack() as stack:
        with disk_errors(home):
            recover(home)
            sweep(home / ANSWERS)
            change = CaseChange(home, stack.enter_context(scratch(home)))
            seen = known_hashes(home)
        yield change
        still_held()
        with disk_errors(home):
            _finish(change, command, seen)


def _finish(change: CaseChange, command: str, seen: Mapping[str, str]) -> None:
    """Prepares the files of a change and its lines of the log, and commits them."""
    home = change.home
    targets = {
        file: destination(home / file, home).relative_to(home.resolve()).as_posix() for file in change.made()
    }
    edits = {file: _edit(change, file, targets[file]) for file in targets}
    moved = {file: edit for file, edit in edits.items() if edit.before != edit.after}
    if not moved and change.rewritten is None:
        return
    log = change.rewritten or read_log(home, last=True)
    logged = tuple(edit for file, edit in moved.items() if file not in change._quiet)
    lines = [outside(log, seen)]
    if logged or change.rewritten:
        known = _known_after(seen, change, home)
        line = new_line(command, logged, known)
        lines.append(replace(line, about=change.about, undoes=change.undoes))
    content = longer(log, [line for line in lines if line])
    limit = strictest(home)
    steps = [_log_step(change, content)]
    steps += [_step(change, file, targets[file], number) for number, file in enumerate(moved, start=1)]
    commit(home, change.folder, steps, limit)


def _edit(change: CaseChange, file: str, target: str) -> Edit:
    """What a change does to one file."""
    old, new = change.home / target, change.made()[file]
    before = hash_of(old) if old.is_file() else None
    if new is None or new.is_dir():
        rows = difference(file, old.read_bytes(), b"") if old.is_file() and _has_rows(file) else None
        return Edit(file, before, _folder_hash(new) if new else None, rows)
    after = hash_of(new)
    rows = None
    if before != after and new.is_relative_to(change.folder / _NEW):
        rows = difference(file, old.read_bytes() if before else b"", new.read_bytes())
    return Edit(file, before, after, rows)


def _has_rows(file: str) -> bool:
    return "/" not in file or file.endswith(".json")


def _folder_hash(folder: Path) -> str:
    """One hash of all files in a folder."""
    found = (
        f"{path.relative_to(folder)} {hash_of(path)}" for path in sorted(folder.rglob("*")) if path.is_file()
    )
    return hash_bytes("\n".join(found).encode())


def _known_after(seen: Mapping[str, str], change: CaseChange, home: Path) -> dict[str, str]:
    known = dict(seen)
    for file, path in change.made().items():
        if path is None:
            known.pop(file, None)
        elif path.is_file() and is_own(file):
            known[file] = hash_of(path)[:DIGITS]
    return dict(sorted(known.items()))


def _log_step(change: CaseChange, content: bytes) -> FileStep:
    target = change.home / LOG
    if target.is_symlink():
        raise StorageError(
            f"{target}: the log may not be a link. Put the file itself there. Nothing was changed."
        )
    made = change.folder / "0.new"
    made.write_bytes(content)
    make_ready(made, target, change.home)
    return FileStep(LOG, made.name, "0.old" if target.exists() else None)


def _step(change: CaseChange, file: str, target: str, number: int) -> FileStep:
    """Gives one file of a change its access, flushes it and names it for the journal."""
    path, new = change.home / target, change.made()[file]
    old = f"{number}.old" if path.exists() else None
    if new is None:
        return FileStep(target, None, old)
    if new.is_dir():
        limit = strictest(change.home)
        for inner in (new, *new.rglob("*")):
            limit_access(inner, limit)
        sync_tree(new)
    else:
        make_ready(new, path, change.home)
    name = new.relative_to(change.folder).as_posix()
    return FileStep(target, name, old)
