"""Where a write lands when a name is a link."""

from pathlib import Path

from vedette.errors import StorageError


def destination(path: Path, home: Path | None = None, cure: str = "") -> Path:
    """The file to write for ``path``: itself, or the regular file that a link there leads to.

    With ``home``, the folder of a case, the way may not lead outside, be the link the file or a folder.
    ``cure`` is what to do where something else is in the way.

    Raises:
        StorageError: the way leads out of ``home``, or to something that is no regular file.
    """
    target = path.resolve()
    if home is not None and not target.is_relative_to(home.resolve()):
        link, to = _leading_out(path, home)
        copy = f"rm {link} && cp -r {to} {link}" if to.is_dir() else f"cp --remove-destination {to} {link}"
        kind = "folder" if to.is_dir() else "file"
        raise _refused(
            f"{link}: a link that leads out of the case, to {to}",
            f"Put a copy there ({copy}), or move the {kind} into the case.",
        )
    above = next(parent for parent in target.parents if parent.exists())
    if not above.is_dir():
        raise _refused(f"{above}: expected a folder; found a file", cure or "Move it away.")
    if target.exists() and not target.is_file():
        raise _refused(
            f"{path}: expected a file or nothing; found something else at {target}", cure or "Move it away."
        )
    if home is not None and path.is_symlink() and not target.exists():
        raise _refused(f"{path}: a link to {target}, where nothing is", "Remove the link.")
    return target


def _leading_out(path: Path, home: Path) -> tuple[Path, Path]:
    """The first link on the way to a file of a case that leads out of the case, and where it leads."""
    inside = home.resolve()
    ways = [path, *path.parents][: len(path.parts) - len(home.parts)]
    found = [(way, way.resolve()) for way in reversed(ways)]
    return next(((way, to) for way, to in found if not to.is_relative_to(inside)), (path, path.resolve()))


def _refused(what: str, cure: str) -> StorageError:
    return StorageError(f"{what}. {cure} Nothing was changed.")
