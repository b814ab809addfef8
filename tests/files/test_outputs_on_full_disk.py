"""Outputs on a full disk: the old file stays whole, the message has a cure, nothing half-written is left."""

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.fourland import CASE_FILES
from support.running import Run
from support.small_mechanism import lay
from support.spoken import spoken

OLD = b"an older one"
_FORECAST = ("forecast", "{case}", "--model", "zero", "--draws", "20")
_COMPARE = ("compare", "{case}", "stay", "leave", "--draws", "20", "--out")
OUTPUTS = {
    "mechanisms.html": ("mechanisms", "{case}", "--out"),
    "mechanisms.svg": ("mechanisms", "{case}", "--out"),
    "compared.json": _COMPARE,
    "compared.csv": _COMPARE,
    "compared.parquet": _COMPARE,
    "ties.json": ("export", "followthemoney", "{case}", "--out"),
    "ties.csv": ("export", "csv", "{case}", "--out"),
    "draws.csv": (*_FORECAST, "--out"),
    "draws.parquet": (*_FORECAST, "--out"),
    "draws.nc": (*_FORECAST, "--netcdf"),
    "scores.csv": ("score", "{case}", "--models", "zero", "--draws", "20", "--out"),
    "record.html": ("score", "{case}", "--models", "zero", "--draws", "20", "--page"),
}
"""Commands that write one file, by its name, which they end with."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with claims and a mechanism."""
    made = tmp_path_factory.mktemp("full") / "fourland"
    made.mkdir()
    for name, content in {**CASE_FILES, **spoken()}.items():
        if content is not None:
            (made / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return lay(made)


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on a disk that has no space left; for users who may not mount one, where flushing fails."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:

        def refuse(_: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        for name in OUTPUTS:
            (disk / name).write_bytes(OLD)
        monkeypatch.setattr(os, "fsync", refuse)
        yield disk
        return
    try:
        for name in OUTPUTS:
            (disk / name).write_bytes(OLD)
        with (disk / "filler").open("wb", buffering=0) as filler, pytest.raises(OSError, match="No space"):
            while True:
                filler.write(bytes(4096))
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_full_disk_leaves_the_old_file_whole(run: Run, folder: Path, full: Path, name: str) -> None:
    before = {path.name for path in full.iterdir()}
    words = [word.format(case=folder) for word in OUTPUTS[name]]
    done = run(*words, full / name, home=folder.parent / "home")
    assert done.returncode == 5, done.stdout + done.stderr
    assert f"{name}: cannot be written: No space left on device. " in done.stderr
    assert "Free some space" in done.stderr or "Choose another with --" in done.stderr
    assert (full / name).read_bytes() == OLD
    assert {path.name for path in full.iterdir()} == before
