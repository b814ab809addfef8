"""A brief is written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest
from support.sample_brief import fourland_brief

from vedette.brief.machine import to_json
from vedette.brief.writing import write_brief
from vedette.errors import StorageError

BRIEF = fourland_brief({})


def test_both_files_are_written_into_a_new_folder(tmp_path: Path) -> None:
    html, machine = write_brief(BRIEF, tmp_path / "build" / "fourland")
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert machine.read_text(encoding="utf-8") == to_json(BRIEF)
    assert sorted(path.name for path in html.parent.iterdir()) == ["brief.html", "brief.json"]


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(
        StorageError, match=r"taken: expected a folder; found a file\. Choose another with --out"
    ):
        write_brief(BRIEF, tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_full_disk_leaves_the_old_brief_and_no_scraps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "brief.html").write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left on device"):
        write_brief(BRIEF, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["brief.html"]
    assert (tmp_path / "brief.html").read_text() == "old"
