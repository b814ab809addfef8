"""Who may read and write a file: as where one stood before, or as the tables of the case allow."""

import os
import pwd
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vedette.errors import StorageError

_ACL = "system.posix_acl_access"
_GROUP = stat.S_IRWXG


@dataclass(frozen=True)
class Access:
    """Mode, owner, group and POSIX access list (None where there is none) of a file."""

    mode: int
    owner: int
    group: int
    acl: bytes | None


def access_of(path: Path) -> Access:
    """The access of a file that stands."""
    status = path.stat()
    return Access(stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid, _acl(path))


def keep_access(made: Path, target: Path) -> None:
    """Gives a file that will replace ``target`` the target's owner, group, mode and access list.

    Raises:
        StorageError: the system does not let this user give the file to its owner or group.
    """
    wanted, status = access_of(target), made.stat()
    if (status.st_uid, status.st_gid) != (wanted.owner, wanted.group):
        try:
            os.chown(made, wanted.owner, wanted.group)
        except PermissionError as error:
            cure = "Let its owner run the command, or work on a copy of yours (cp -r)."
            raise StorageError(
                f"{target}: belongs to {_user(wanted.owner)}, group {wanted.group}; the new file would be "
                f"{_user(status.st_uid)}'s, group {status.st_gid}. {cure} Nothing was changed."
            ) from error
    made.chmod(wanted.mode)
    _set_acl(made, wanted.acl)


def strictest(home: Path) -> Access | None:
    """What all tables (``*.csv``) in a folder allow; None if it has none.

    Group rights count only where all tables have one group and no access list.
    """
    found = [access_of(path) for path in home.glob("*.csv") if path.is_file()] if home.is_dir() else []
    if not found:
        return None
    mode = stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO
    for each in found:
        mode &= each.mode
    if len({each.group for each in found}) > 1 or any(each.acl for each in found):
        mode &= ~_GROUP
    first = min(found, key=lambda each: each.mode)
    return Access(mode, first.owner, first.group, None)


def limit_access(path: Path, limit: Access | None) -> None:
    """Takes from a file or folder that was just made the rights that ``limit`` does not give.

    Root gives it to the owner of the tables, so that this owner can go on working. A folder may be entered by
    those who may read.
    """
    if limit is None:
        return
    mode, status = limit.mode, path.stat()
    if os.geteuid() == 0:
        os.chown(path, limit.owner, limit.group)
    elif status.st_gid != limit.group:
        try:
            os.chown(path, -1, limit.group)
        except PermissionError:
            mode &= ~_GROUP
    if path.is_dir():
        mode |= stat.S_IRWXU | (mode & 0o444) >> 2
    path.chmod(stat.S_IMODE(status.st_mode) & mode)
    _set_acl(path, None)


def narrow_access(path: Path, limit: Access | None) -> None:
    """Takes from a file the rights that ``limit`` does not give; its owner, group and list stay.

    The rights of a group that ``limit`` does not name go. Where there is an access list, they bound it.
    """
    if limit is None:
        return
    status = path.stat()
    mode = stat.S_IMODE(status.st_mode) & limit.mode
    path.chmod(mode if status.st_gid == limit.group else mode & ~_GROUP)


def make_folders(folder: Path, home: Path) -> None:
    """Makes a folder in a case and those above it, each as the tables of the case allow."""
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        limit_access(each, strictest(home))


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"


def _acl(path: Path) -> bytes | None:
    if sys.platform == "linux":
        with suppress(OSError):
            return os.getxattr(path, _ACL)
    return None


def _set_acl(path: Path, acl: bytes | None) -> None:
    if sys.platform == "linux":
        if acl is not None:
            os.setxattr(path, _ACL, acl)
        elif _acl(path) is not None:
            os.removexattr(path, _ACL)
