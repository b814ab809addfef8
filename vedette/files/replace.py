"""Writing one file, or one new folder, whole or not at all."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from vedette.errors import UsageError
from vedette.files.access import keep_access, limit_access, make_folders, narrow_access, strictest
from vedette.files.disk import disk_errors, sync, sync_tree
from vedette.files.links import destination
from vedette.files.names import around, case_of, repeats_tables
from vedette.files.temporary import scratch


def replace_file(path: Path, content: bytes, cure: str = "", *, home: Path | None = None) -> Path:
    """Writes a file whole or not at all: readers see the old file or the new one. Gives the path.

    A file that stood there keeps its mode, owner, group and access list; a new one has what the umask says.
    With ``home``, the folder of a case, the file must lie inside, and a new one is no wider than the
    strictest table there.

    Raises:
        StorageError: the folder or the file cannot be written, or its owner cannot be kept; what stood there
            before is untouched.
        UsageError: without ``home``, the path is that of a table or another part of a case.
    """
    with replacing(path, cure, home=home) as made:
        made.write_bytes(content)
    return path


def replace_files(contents: Mapping[Path, bytes], cure: str = "") -> None:
    """Writes files that belong together: none takes its place before all are written in full.

    Raises:
        StorageError: as in `replace_file`.
    """
    with ExitStack() as stack:
        for path, content in contents.items():
            with disk_errors(path, cure):
                stack.enter_context(replacing(path, cure)).write_bytes(content)


def remove_file(path: Path) -> None:
    """Removes a file for good; one that is not there is no error.

    Raises:
        StorageError: it cannot be removed.
    """
    with disk_errors(path):
        if path.is_symlink() or path.exists():
            path.unlink()
            sync(path.parent)


@contextmanager
def replacing(path: Path, cure: str = "", *, home: Path | None = None) -> Iterator[Path]:
    """Gives a path to write to, for libraries that write themselves; the file moves to ``path`` at the end.

    Where the body raises, nothing is moved. The path has the same name in a folder of its own, so that
    companions (a write-ahead log) stay with it. The rest is as in `replace_file`.

    Raises:
        UsageError: without ``home``, the path is that of a table or another part of a case.

    Example:
        ``with replacing(Path("cube.nc")) as made: data.to_netcdf(made)``
    """
    with disk_errors(path, cure):
        target = destination(path, home, cure)
        if home is not None:
            make_folders(target.parent, home)
        elif case := case_of(target):
            raise UsageError(
                f"{path} is a part of the case in {case}. Name another file. Nothing was changed."
            )
        with scratch(target.parent) as folder:
            made = folder / target.name
            yield made
            make_ready(made, target, home or around(target))
            made.replace(target)
            sync(target.parent)


@contextmanager
def new_folder(path: Path, cure: str = "Choose a folder that you may write to.") -> Iterator[Path]:
    """Gives a folder to fill, which moves to ``path`` whole at the end.

    Raises:
        UsageError: ``path`` is no empty folder and no free name.
        StorageError: it cannot be written; nothing is left.
    """
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        found = "holds files" if path.is_dir() else "is a file"
        raise UsageError(f"{path} {found}. Name a folder that does not exist yet.")
    target = path.resolve()
    with disk_errors(path, cure), scratch(target.parent) as folder:
        made = folder / target.name
        made.mkdir()
        yield made
        sync_tree(made)
        made.rename(target)  # takes the place of an empty folder, never of a filled one
        sync(target.parent)


def make_ready(made: Path, target: Path, home: Path | None) -> None:
    """Flushes a file that will stand at ``target`` and gives it the access it shall have there.

    Log, cache and briefs are narrowed to the strictest table each time they are written.
    """
    if target.exists():
        keep_access(made, target)
        if home is not None and repeats_tables(target.resolve().relative_to(home.resolve()).as_posix()):
            narrow_access(made, strictest(home))
    elif home is not None:
        limit_access(made, strictest(home))
    sync(made)
