"""A file that stood keeps who may read it; a file that is made anew is no wider than the strictest table."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.fourland import CaseFolder
from support.spoken import spoken

from vedette import commands
from vedette.errors import StorageError
from vedette.files import replace_file, replacing

ROW = {"source": "paper", "hedge": "reported", "subject": "bigland", "relation": "funding", "object": "guard"}
ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who may give files away")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("wanted", [0o600, 0o640, 0o644, 0o664, 0o444])
def test_a_table_keeps_its_mode_and_the_log_is_no_wider(case_folder: CaseFolder, wanted: int) -> None:
    folder = case_folder(spoken())
    (folder / "claims.csv").chmod(wanted)
    commands.add_claim(str(folder), ROW)
    assert mode(folder / "claims.csv") == wanted
    assert mode(folder / "changes.log") & ~wanted & 0o777 == 0
    assert mode(folder / ".vedette-lock") & ~wanted & 0o077 == 0


@pytest.mark.parametrize(("umask", "wanted"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_file_that_was_not_there_has_what_the_umask_says(tmp_path: Path, umask: int, wanted: int) -> None:
    before = os.umask(umask)
    try:
        replace_file(tmp_path / "one.csv", b"x")
        with replacing(tmp_path / "two.csv") as made:
            made.write_bytes(b"y")
    finally:
        os.umask(before)
    assert (mode(tmp_path / "one.csv"), mode(tmp_path / "two.csv")) == (wanted, wanted)


def test_a_new_table_and_the_cache_are_no_wider_than_the_strictest(case_folder: CaseFolder) -> None:
    folder = case_folder({**spoken(), "claims.csv": None, "forces.csv": None})
    (folder / "sources.csv").chmod(0o600)
    commands.add_claim(str(folder), ROW)
    assert mode(folder / "claims.csv") == 0o600
    replace_file(folder / ".vedette" / "fit.npz", b"x", home=folder)
    assert mode(folder / ".vedette" / "fit.npz") == 0o600


@ROOT
def test_owner_and_group_are_kept_and_what_is_new_is_the_owners(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    for path in folder.iterdir():
        os.chown(path, 4321, 1234)
    commands.add_claim(str(folder), ROW)
    for name in ("claims.csv", "changes.log", ".vedette-lock"):
        status = (folder / name).stat()
        assert (status.st_uid, status.st_gid) == (4321, 1234), name


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


OTHER_USER = """
import os, sys
from pathlib import Path
from vedette.case import read_case
from vedette.errors import StorageError
from vedette.files import changing
read_case(sys.argv[1])
os.setgroups([]); os.setgid(1234); os.setuid(4321)
print(read_case(sys.argv[1]).claims.height)
try:
    with changing(Path(sys.argv[1]), "test") as change:
        change.write("claims.csv", b"x")
except StorageError as error:
    print(error)
"""


def as_other_user(folder: Path) -> str:
    """What another user sees who reads a case and then tries to change it."""
    command = [sys.executable, "-c", OTHER_USER, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@ROOT
def test_who_cannot_keep_the_owner_is_refused(case_folder: CaseFolder, open_folder: Path) -> None:
    folder = shutil.copytree(case_folder(spoken()), open_folder / "case")
    folder.chmod(0o777)
    claims = (folder / "claims.csv").read_bytes()
    said = as_other_user(folder)
    assert "claims.csv: belongs to root, group 0" in said
    assert "Let its owner run the command" in said
    assert (folder / "claims.csv").read_bytes() == claims
    assert not list(folder.glob(".vedette-tmp-*"))


@ROOT
def test_who_may_not_write_the_folder_reads_it(case_folder: CaseFolder, open_folder: Path) -> None:
    folder = shutil.copytree(case_folder(spoken()), open_folder / "case")
    folder.chmod(0o755)
    said = as_other_user(folder).splitlines()
    assert said[0] == "10"
    assert said[1].startswith(f"{folder}/.vedette-lock: cannot be written: Permission denied. Allow writing")
    assert not (folder / ".vedette-lock").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="access lists are read on Linux")
def test_an_access_list_is_kept_and_given_to_nothing_else(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    acl = bytes.fromhex(
        "0200000001000600ffffffff02000400d204000004000400ffffffff10000400ffffffff20000000ffffffff"
    )
    try:
        os.setxattr(folder / "claims.csv", "system.posix_acl_access", acl)
    except OSError:
        pytest.skip("this file system has no access lists")
    before = mode(folder / "claims.csv")
    commands.add_claim(str(folder), ROW)
    assert os.getxattr(folder / "claims.csv", "system.posix_acl_access") == acl
    assert mode(folder / "claims.csv") == before
    assert mode(folder / "changes.log") & 0o077 == 0


def test_a_failing_body_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "cube.nc"
    target.write_bytes(b"old")

    def fail() -> None:
        with replacing(target) as made:
            made.write_bytes(b"new")
            raise OSError(28, "No space left on device")

    with pytest.raises(StorageError, match=r"cube.nc: cannot be written: No space left on device.*Nothing"):
        fail()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
