"""The same bytes for all forms under other fonts, clocks, users and time zones."""

import os
import subprocess
import sys
from pathlib import Path

from support.texts_of import pdf_bytes

from vedette.brief.formats import FORMATS

TESTS = Path(__file__).parents[1]
BARE = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'
USER = "zqmarkeduser"


def written(folder: Path, now: float, **environment: str) -> dict[str, bytes]:
    """The files of a small brief, made by a process with these surroundings."""
    paths = os.pathsep.join([str(TESTS.parent), str(TESTS), os.environ.get("PYTHONPATH", "")])
    kept = {key: value for key, value in os.environ.items() if key not in ("HOME", "SOURCE_DATE_EPOCH", "TZ")}
    done = subprocess.run(
        [sys.executable, "-m", "support.documents_anywhere", str(folder), str(now)],
        env={**kept, "PYTHONPATH": paths, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return {form: (folder / f"brief.{form}").read_bytes() for form in FORMATS}


def test_forms_are_the_same_bytes_wherever_they_are_made(tmp_path: Path) -> None:
    bare = tmp_path / "fonts.conf"
    bare.write_text(BARE, encoding="utf-8")
    home = tmp_path / USER
    home.mkdir()
    here = written(tmp_path / "a", 1.6e9, HOME=str(tmp_path), TZ="UTC", LANG="C.UTF-8")
    there = written(
        tmp_path / "b",
        1.9e9,
        HOME=str(home),
        USER=USER,
        LOGNAME=USER,
        TZ="Asia/Baghdad",
        LANG="ar_IQ.UTF-8",
        SOURCE_DATE_EPOCH="86400",
        FONTCONFIG_FILE=str(bare),
        TYPST_FONT_PATHS=str(tmp_path),
        TYPST_ROOT="/",
    )
    assert [form for form in FORMATS if here[form] != there[form]] == []
    assert USER.encode() not in pdf_bytes(there["pdf"]) + there["docx"] + there["html"] + there["json"]
