"""The same bytes for all forms and languages under other fonts, clocks, users, locales and time zones."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from support.documents_anywhere import LANGUAGES
from support.texts_of import pdf_bytes

from vedette.brief.formats import FORMATS

TESTS = Path(__file__).parents[1]
BARE = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'
USER = "zqmarkeduser"
SURROUNDINGS = ("HOME", "SOURCE_DATE_EPOCH", "TZ", "LANG", "LC_ALL", "LANGUAGE", "PYTHONHASHSEED")


def written(folder: Path, now: float, **environment: str) -> dict[str, bytes]:
    """The files of a small brief by language and form, made by a process with these surroundings."""
    folder.mkdir()
    paths = os.pathsep.join([str(TESTS.parent), str(TESTS), os.environ.get("PYTHONPATH", "")])
    kept = {key: value for key, value in os.environ.items() if key not in SURROUNDINGS}
    done = subprocess.run(
        [sys.executable, "-m", "support.documents_anywhere", str(folder), str(now)],
        env={**kept, "PYTHONPATH": paths, **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return {
        f"{language}.{form}": (folder / language / f"brief.{form}").read_bytes()
        for language in LANGUAGES
        for form in FORMATS
    }


def test_forms_are_the_same_bytes_wherever_they_are_made(tmp_path: Path) -> None:
    bare = tmp_path / "fonts.conf"
    bare.write_text(BARE, encoding="utf-8")
    home = tmp_path / USER
    home.mkdir()
    here = written(tmp_path / "a", 1.6e9, HOME=str(tmp_path), TZ="UTC", LANG="C.UTF-8", PYTHONHASHSEED="1")
    there = written(
        tmp_path / "b",
        1.9e9,
        HOME=str(home),
        USER=USER,
        LOGNAME=USER,
        TZ="Asia/Baghdad",
        LANG="ar_IQ.UTF-8",
        LC_ALL="fr_FR.ISO-8859-1",
        LANGUAGE="ar:fr",
        PYTHONHASHSEED="2",
        SOURCE_DATE_EPOCH="86400",
        FONTCONFIG_FILE=str(bare),
        TYPST_FONT_PATHS=str(tmp_path),
        TYPST_ROOT="/",
    )
    assert len(here) == len({*here.values()}) + 2  # brief.json is English in each language
    assert [name for name in here if here[name] != there[name]] == []
    marks = (USER.encode(), str(tmp_path).encode())
    for name, content in there.items():
        told = b"".join(parts(content, name))
        assert [mark for mark in marks if mark in told] == [], name


def parts(content: bytes, name: str) -> Iterator[bytes]:
    """What stands in a file, unpacked."""
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(inner) + inner.encode() for inner in archive.namelist())
    else:
        yield pdf_bytes(content) if name.endswith(".pdf") else content
