"""Files that cannot be read at all: each gives a message with a cure, and changes nothing."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from support.event_files import ged, write

from vedette.case import Case
from vedette.errors import EventsError, StorageError
from vedette.events import load, open_events

GOOD = ged({"gwnob": 1}, {"id": 2, "gwnob": 1}, {"id": 3})
LOADING = """
import resource, sys
from pathlib import Path
from vedette.case import read_case
from vedette.errors import EventsError
from vedette.events import load
try:
    load(read_case(sys.argv[1]), [Path(sys.argv[2])])
except EventsError as error:
    print(error)
status = Path("/proc/self/status")
if status.exists():  # what the parent holds counts in ru_maxrss, not here
    print(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
HEADER, FIRST, SECOND, THIRD = GOOD.splitlines()

BAD = {
    "0 bytes": (b"", "expected a header and events; found a file of 0 bytes"),
    "blank lines": (b"\n \n\n", "found only blank lines"),
    "header only": (HEADER.encode(), "expected events; found a header without rows"),
    "UTF-16": (GOOD.encode("utf-16"), r"found UTF-16.*\(first bytes ff fe\).*iconv -f UTF-16 -t UTF-8"),
    "UTF-16 bare": (GOOD.encode("utf-16-be"), "iconv -f UTF-16"),
    "zip": (b"PK\x03\x04" + b"x" * 99, "found a zip archive or an Excel workbook. It is damaged"),
    "gzip": (gzip.compress(GOOD.encode()), "found a gzip archive. Unpack it"),
    "Latin-1": (
        GOOD.replace("Rebel", "Réb").encode("latin-1"),
        r"byte 0xE9 at offset \d+ \(line 2\).*iconv -f WINDOWS-1252 -t UTF-8",
    ),
    "cut in a row": (GOOD[:-60].encode(), "row 4: expected 49 cells; found 31 cells. The row may be cut"),
    "cut in a quote": (
        f'{HEADER}\n{FIRST}\n2,"cut'.encode(),
        "row 3: .*found a double quote that does not close",
    ),
    "quote left open": (f'{HEADER}\n1,"{FIRST[2:]}\n{SECOND}\n'.encode(), "row 2: .*found a double quote"),
    "mixed line ends": (
        f"{HEADER}\r\n{FIRST}\n{SECOND}\r\n{THIRD}\n".encode(),
        "found Windows and Unix line ends mixed. Make them the same: sed",
    ),
    "too many cells": (f"{GOOD}{THIRD},x\n".encode(), "row 5: expected 49 cells; found 50 cells"),
    "text after a quote": (
        GOOD.replace("The Paper", '"The" Paper').replace("\n", "\r\n").encode(),
        "row 2: .*found a double quote that does not close, or text after it",
    ),
    "no CSV": (b"<html><body>Not found</body></html>", "found a web page. Download it again"),
}


@pytest.mark.parametrize(("content", "message"), BAD.values(), ids=BAD)
def test_it_is_refused_with_a_cure(case: Case, tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(EventsError, match=message) as caught:
        load(case, [write(tmp_path, "a.csv", content)])
    assert all(problem.file == "a.csv" and problem.cure for problem in caught.value.problems)
    assert not (case.folder / "events").exists()
    assert open_events(case).datasets() == ()


def test_a_bad_byte_far_into_the_file_is_found(case: Case, tmp_path: Path) -> None:
    text = "x" * 3000
    start = ged(*({"id": n, "source_headline": text} for n in range(1, 800))).encode()
    with pytest.raises(EventsError, match=rf"byte 0xFF at offset {len(start) + 2} \(line 801\)"):
        load(case, [write(tmp_path, "a.csv", start + b"9,\xff" + FIRST.encode()[2:])])


def test_all_broken_rows_at_once(case: Case, tmp_path: Path) -> None:
    lines = [HEADER, FIRST, SECOND[:-9], THIRD + ",x", FIRST.replace("1", "4", 1), "5,6"]
    with pytest.raises(EventsError) as caught:
        load(case, [write(tmp_path, "a.csv", "\n".join(lines) + "\n")])
    assert [(p.row, p.found) for p in caught.value.problems] == [
        (3, "44 cells"),
        (4, "50 cells"),
        (6, "2 cells"),
    ]


def test_a_directory_is_refused(case: Case, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match=r"Is a directory. Name the files in it one by one."):
        load(case, [tmp_path / "folder"])


def test_a_file_that_is_not_there_is_refused(case: Case, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"nowhere.csv: No such file.*Check the name"):
        load(case, [tmp_path / "nowhere.csv"])


def test_a_file_that_may_not_be_read_is_refused(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "secret.csv", GOOD)
    opened = Path.open

    def deny(self: Path, *args: str, **options: str) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(StorageError, match=r"secret.csv: Permission denied. Allow it"):
        load(case, [path])


@pytest.mark.parametrize(
    ("start", "filler"), [("", b"x"), ('"', b"x\n"), ("", b"\0")], ids=["line", "quote", "0"]
)
def test_an_endless_field_costs_little_memory(case: Case, tmp_path: Path, start: str, filler: bytes) -> None:
    path = write(tmp_path, "a.csv", f"{GOOD}9,{start}")
    with path.open("ab") as file:
        for _ in range(200):
            file.write(filler * (1 << 20))
    command = [sys.executable, "-c", LOADING, str(case.folder), str(path)]
    *message, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert message[0] == "a.csv cannot be read"
    assert "found a row longer than 2 MB. A quote may not close" in message[1]
    assert int(peak) < 600_000
