"""What a writer that was killed or that is still at work means for those who come after."""

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from support.fourland import CaseFolder
from support.own_bytes import own_bytes
from support.spoken import spoken
from support.stopped import killed_while_adding

from vedette import commands
from vedette.case import read_case
from vedette.errors import StorageError
from vedette.files import changing, current, read_log, steady
from vedette.files.journal import VERSION
from vedette.files.names import ANSWERS, JOURNAL, LOCK

ROW = {"source": "paper", "hedge": "reported", "subject": "bigland", "relation": "funding", "object": "guard"}


def bytes_in(folder: Path) -> dict[str, bytes]:
    """Every file in a folder."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("after", [0, 1])
def test_a_committed_change_is_finished_by_the_next_reader(case_folder: CaseFolder, after: int) -> None:
    folder = case_folder(spoken())
    before = read_case(folder).claims.height
    killed_while_adding(folder, after)
    assert (folder / JOURNAL).is_dir()
    assert read_case(folder).claims.height == before + 1
    assert not (folder / JOURNAL).exists()
    assert [line.command for line in read_log(folder).lines] == ["add claim"]
    commands.add_claim(str(folder), ROW)
    assert read_case(folder).claims.height == before + 2
    assert not list(folder.glob(".vedette-tmp-*"))


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who may become another user")
def test_a_reader_who_may_not_write_sees_the_whole_change(case_folder: CaseFolder) -> None:
    before = case_folder(spoken())
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = shutil.copytree(before, Path(place) / "case")
        folder.chmod(0o755)
        killed_while_adding(folder, 1)
        script = (
            "import os, sys; from vedette.case import read_case; read_case('iraq')\n"
            "os.setgroups([]); os.setgid(1234); os.setuid(4321); print(read_case(sys.argv[1]).claims.height)"
        )
        command = [sys.executable, "-c", script, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert int(done.stdout) == read_case(before).claims.height + 1
        assert (folder / JOURNAL).is_dir()
        assert own_bytes(folder)["claims.csv"] == own_bytes(before)["claims.csv"]


def test_the_journal_is_no_wider_than_the_tables(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    (folder / "claims.csv").chmod(0o640)
    killed_while_adding(folder, 0)
    paths = [folder / JOURNAL, *(folder / JOURNAL).rglob("*")]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in paths}
    assert {"journal.json", "0.new", "claims.csv"} <= set(modes)
    assert all(mode & 0o007 == 0 for mode in modes.values()), modes


def test_a_later_journal_is_refused_and_left_alone(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    killed_while_adding(folder, 0)
    journal = folder / JOURNAL / "journal.json"
    journal.write_text(json.dumps({**json.loads(journal.read_text()), "version": VERSION + 1}))
    before = bytes_in(folder / JOURNAL)
    for work in (lambda: read_case(folder), lambda: commands.add_claim(str(folder), ROW)):
        with pytest.raises(StorageError, match=f"or earlier; found {VERSION + 1}, of a later vedette"):
            work()
    assert {
        path.name: path.read_bytes() for path in (folder / JOURNAL).rglob("*") if path.is_file()
    } == before
    journal.write_text("{")
    with pytest.raises(StorageError, match="expected a journal; found none that can be read"):
        read_case(folder)


def test_a_living_writer_is_waited_for_and_told(
    case_folder: CaseFolder, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = case_folder(spoken())
    held, go = threading.Event(), threading.Event()

    def hold() -> None:
        with changing(folder, "test"):
            held.set()
            go.wait()

    writer = threading.Thread(target=hold)
    writer.start()
    held.wait()
    other = threading.Thread(target=commands.add_claim, args=(str(folder), ROW))
    other.start()
    said = ""
    while not said:
        said = capfd.readouterr().err
        time.sleep(0.05)
    assert said == f"Waiting: another command is changing {folder}.\n"
    assert not (folder / "changes.log").exists()
    assert read_case(folder).claims.height == 10  # readers do not wait for a writer that has not committed
    go.set()
    writer.join()
    other.join()
    assert read_case(folder).claims.height == 11


def test_the_lock_of_a_dead_writer_is_free(
    case_folder: CaseFolder, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = case_folder(spoken())
    script = (
        "import os, sys; from pathlib import Path; from vedette.files import changing\n"
        "with changing(Path(sys.argv[1]), 'test') as change:\n"
        "    change.write('claims.csv', b'half'); os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(folder)], check=False).returncode == -9
    assert (folder / LOCK).is_file()
    assert len(list(folder.glob(".vedette-tmp-*"))) == 1
    commands.add_claim(str(folder), ROW)
    assert capfd.readouterr().err == ""
    assert read_case(folder).claims.height == 11
    assert not list(folder.glob(".vedette-tmp-*"))
    assert (folder / LOCK).is_file()


def test_a_file_system_without_locks_is_refused(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = case_folder(spoken())
    before = own_bytes(folder)

    def none(*_: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("fcntl.flock", none)
    with pytest.raises(StorageError, match=r"cannot be locked: .*not implemented.*Copy the case to a disk"):
        commands.add_claim(str(folder), ROW)
    assert own_bytes(folder) == before


@pytest.mark.parametrize("where", [0, 1])
def test_a_file_that_cannot_be_put_in_its_place_takes_all_back(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch, where: int
) -> None:
    folder = case_folder(spoken())
    before, left, move = own_bytes(folder), [where], Path.replace

    def fail_once(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] == -1:
            raise OSError(28, "No space left on device")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", fail_once)
    with pytest.raises(StorageError, match="No space left on device"):
        commands.add_claim(str(folder), ROW)
    assert own_bytes(folder) == before
    assert not (folder / "changes.log").exists()
    assert not (folder / JOURNAL).exists()
    assert current(folder, "claims.csv") == folder / "claims.csv"


@pytest.mark.parametrize("torn", ["returned", "raised"])
def test_a_change_between_two_reads_is_seen_whole(case_folder: CaseFolder, torn: str) -> None:
    folder, times = case_folder(spoken()), []

    def read() -> tuple[bytes, bytes]:
        first = (folder / "claims.csv").read_bytes()
        times.append(first)
        if len(times) == 1:
            with changing(folder, "test") as change:
                change.write("claims.csv", b"new claims")
                change.write("sources.csv", b"new sources")
            if torn == "raised":
                raise StorageError("a claim without its source")
        return first, (folder / "sources.csv").read_bytes()

    assert steady(folder, read) == (b"new claims", b"new sources")
    assert len(times) == 2


def test_the_next_change_removes_what_a_killed_writer_left_beside_kept_answers(
    case_folder: CaseFolder,
) -> None:
    folder = case_folder(spoken())
    left = folder / ANSWERS / ".vedette-tmp-0123456789ab"
    left.mkdir(parents=True)
    for name in ("lock", "half.answer"):
        (left / name).write_text("")
    with changing(folder, "test") as change:
        change.write("notes.md", b"## The answer\n\nText.\n")
    assert not left.exists() and (folder / ANSWERS).is_dir()
