"""On a full disk every change of a case fails whole: what stood before stands, nothing is left beside it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.event_files import ged, write
from support.fourland import CaseFolder
from support.own_bytes import own_bytes
from support.spoken import spoken

from vedette import commands
from vedette.case import new_case, read_case
from vedette.errors import StorageError
from vedette.events import load
from vedette.files import read_log

ROW = {"source": "paper", "hedge": "reported", "subject": "bigland", "relation": "funding", "object": "guard"}
SPARE = (0, 4, 8, 16, 32)
"""Kilobytes that are left on the disk."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes, in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("needs root on Linux, who may mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def filled(disk: Path, spare: int) -> Path:
    """A file that takes all of a disk but so many kilobytes."""
    filler = disk / "filler"
    filler.write_bytes(b"x" * (shutil.disk_usage(disk).free - 1024 * spare))
    return filler


@pytest.mark.parametrize("spare", SPARE)
def test_a_claim_on_a_full_disk(case_folder: CaseFolder, small_disk: Path, spare: int) -> None:
    folder = shutil.copytree(case_folder(spoken()), small_disk / "case")
    commands.add_claim(str(folder), ROW)
    before, lines = own_bytes(folder), len(read_log(folder).lines)
    filler = filled(small_disk, spare)
    done = _changed(lambda: commands.add_claim(str(folder), ROW))
    assert done or own_bytes(folder) == before
    filler.unlink()
    assert len(read_log(folder).lines) == lines + done
    assert read_case(folder).claims.height == 11 + done
    assert not list(folder.glob(".vedette-*-*"))
    commands.add_claim(str(folder), ROW)


@pytest.mark.parametrize("spare", (*SPARE, 800))
def test_a_load_on_a_full_disk(case_folder: CaseFolder, small_disk: Path, tmp_path: Path, spare: int) -> None:
    folder = shutil.copytree(case_folder(), small_disk / "case")
    file = write(tmp_path, "a.csv", ged({}))
    filler = filled(small_disk, spare)
    assert not _changed(lambda: load(read_case(folder), [file]))
    filler.unlink()
    assert not (folder / "changes.log").exists()
    assert not (folder / "events").exists()
    assert not list(folder.glob(".vedette-*-*"))


def test_a_new_case_on_a_full_disk(small_disk: Path) -> None:
    filler = filled(small_disk, 8)
    assert not _changed(lambda: new_case(small_disk / "case", "Nigeria"))
    assert list(small_disk.iterdir()) == [filler]


def _changed(work: object) -> bool:
    """Whether a change was made; if not, the message says that the disk is full and that nothing changed."""
    assert callable(work)
    try:
        work()
    except StorageError as error:
        said = str(error)
        assert "No space left on device" in said or "could not be" in said or "Could not" in said, said
        assert "Nothing was changed." in said
        return False
    return True
