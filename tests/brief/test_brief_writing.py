"""A brief is written whole or not at all."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from support.sample_brief import fourland_brief

from vedette.brief import SourceEntry
from vedette.brief.formats import formats_of
from vedette.brief.machine import to_json
from vedette.brief.short import without_annex
from vedette.brief.writing import write_brief
from vedette.errors import Remark, StorageError, UsageError

BRIEF = fourland_brief({})


def test_both_files_are_written_into_a_new_folder(tmp_path: Path) -> None:
    files = write_brief(BRIEF, tmp_path / "build" / "fourland")
    html, machine = files["html"], files["json"]
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


def test_the_forms_asked_for_are_written_and_no_others(tmp_path: Path) -> None:
    files = write_brief(BRIEF, tmp_path, ("pdf", "json"), short=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief.json", "brief.pdf"]
    assert files["pdf"].read_bytes().startswith(b"%PDF-1.7")
    assert files["json"].read_text(encoding="utf-8") == to_json(BRIEF)


def test_a_form_that_is_not_there_is_named_with_those_that_are() -> None:
    assert formats_of(" JSON,pdf,pdf") == ("pdf", "json")
    for words, wrong in (("html,doc", "'doc'"), ("", "''"), ("pdf,", "''")):
        with pytest.raises(UsageError, match=f"expected one or more of html, pdf.*; found {wrong} in"):
            formats_of(words)


def test_the_two_pages_alone_keep_the_sources_of_their_figures() -> None:
    short = without_annex(BRIEF)
    assert short.sections == ()
    assert short.pages == BRIEF.pages
    assert [source.id for source in short.sources] == ["ged", "odd"]
    bare = replace(BRIEF, sources=(*BRIEF.sources, SourceEntry("page-9", "A page", "", "")))
    assert [source.id for source in without_annex(bare).sources] == ["ged", "odd"]


def test_a_page_too_long_for_one_sheet_is_said(tmp_path: Path) -> None:
    long = replace(without_annex(BRIEF), question="word " * 3000)
    with pytest.warns(Remark, match=r"page 1 of the brief takes \d+ pages of A4.*Shorten the question"):
        write_brief(long, tmp_path, ("pdf",))
