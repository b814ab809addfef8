"""Whatever stops a load or a rebuild, the case is as it was; the store is only a cache of its files."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from support.event_files import ged, write

from vedette.case import Case, read_case
from vedette.errors import EventsError, StorageError
from vedette.events import load, open_events
from vedette.files import read_log

STORE = ".vedette/events.duckdb"


def state(case: Case) -> dict[str, bytes]:
    """Every file of events and cache, hidden ones too."""
    files = [path for name in ("events", ".vedette") for path in (case.folder / name).rglob("*")]
    return {str(path.relative_to(case.folder)): path.read_bytes() for path in files if path.is_file()}


@pytest.fixture
def loaded(case: Case, tmp_path: Path) -> Case:
    """A case with one file of events."""
    load(case, [write(tmp_path, "a.csv", ged({}))], release="14.1")
    return case


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A file that is not in the case yet."""
    return write(tmp_path, "b.csv", ged({"id": 2}))


class Stop:
    """Lets a function of `Path` work a few times, then raises."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, after: int, error: BaseException) -> None:
        self.left, self.error, self.real = after, error, getattr(Path, name)
        monkeypatch.setattr(Path, name, lambda *args: self(*args))

    def __call__(self, *args: object) -> object:
        self.left -= 1
        if self.left < 0:
            raise self.error
        return self.real(*args)


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
def test_a_stop_while_putting_in_place_undoes_all_of_it(
    loaded: Case, newer: Path, monkeypatch: pytest.MonkeyPatch, after: int, error: BaseException
) -> None:
    before = state(loaded)
    Stop(monkeypatch, "replace", after, error)
    expected = StorageError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        load(loaded, [newer], release="15.1")
    monkeypatch.undo()
    assert open_events(loaded).table("ucdp", None)["source_id"].to_list() == ["1"]
    assert state(loaded) == before
    load(loaded, [newer], release="15.1")
    assert open_events(loaded).table("ucdp", None)["source_id"].to_list() == ["2"]


def test_a_stop_while_reading_changes_nothing(
    loaded: Case, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(loaded)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("vedette.events.build.settle", stop)
    with pytest.raises(KeyboardInterrupt):
        load(loaded, [newer])
    assert state(loaded) == before


def test_a_full_disk_while_copying_is_told(
    loaded: Case, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(loaded)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "b.csv")

    monkeypatch.setattr("vedette.events.loading._copied", full)
    with pytest.raises(
        StorageError, match=r"b.csv: No space left on device. Free some space.*Nothing was changed"
    ):
        load(loaded, [newer])
    assert state(loaded) == before


def test_a_full_disk_while_storing_is_told(
    loaded: Case, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(loaded)

    def full(*_: object) -> None:
        raise duckdb.IOException("IO Error: Could not write file: No space left on device")

    monkeypatch.setattr("vedette.events.build.settle", full)
    with pytest.raises(StorageError, match=r"No space left on device. Look whether the disk has space"):
        load(loaded, [newer])
    assert state(loaded) == before


def test_ctrl_c_in_the_middle_of_a_large_load(case: Case, tmp_path: Path) -> None:
    path = write(tmp_path, "large.csv", ged(*({"id": n} for n in range(1, 60_000))))
    script = "import sys; from pathlib import Path; from vedette.case import read_case\n"
    script += "from vedette.events import load\n"
    script += (
        "load(read_case(sys.argv[1]), [Path(sys.argv[2])], report=lambda what, _: print(what, flush=True))"
    )
    command = [sys.executable, "-c", script, str(case.folder), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        while not process.stdout.readline().startswith("Reading"):
            pass
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate()
    assert process.returncode != 0
    assert "KeyboardInterrupt" in complaint
    assert state(case) == {}
    assert load(case, [path]).files[0].events == 59_999


def test_a_folder_that_cannot_be_written_is_told(case: Case, newer: Path) -> None:
    (case.folder / "events").write_text("a file in the way")
    with pytest.raises(
        StorageError, match=r"events: expected a folder; found a file. Move it away. Nothing was changed"
    ):
        load(case, [newer])


def test_a_home_that_cannot_be_made_is_told(
    tmp_path: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VEDETTE_HOME", str(write(tmp_path, "home", "a file in the way")))
    with pytest.raises(StorageError, match=r"VEDETTE_HOME"):
        load(read_case("iraq"), [newer])


@pytest.mark.parametrize("damage", [None, b"", b"no database at all", b"\0" * 20_000])
def test_a_store_that_is_lost_or_damaged_is_rebuilt(loaded: Case, damage: bytes | None) -> None:
    good = open_events(loaded).table("ucdp", None)
    (loaded.folder / STORE).unlink()
    if damage is not None:
        (loaded.folder / STORE).write_bytes(damage)
    assert open_events(loaded).table("ucdp", None).equals(good)


def test_a_store_cut_short_is_rebuilt(loaded: Case) -> None:
    good = open_events(loaded).table("ucdp", None)
    os.truncate(loaded.folder / STORE, 4096)
    assert open_events(loaded).table("ucdp", None).equals(good)


def test_a_rebuilt_store_says_the_same(loaded: Case, newer: Path) -> None:
    load(loaded, [newer])
    good = open_events(loaded).table("ucdp", None)
    (loaded.folder / STORE).unlink()
    assert open_events(loaded).table("ucdp", None).equals(good)
    assert [path.name for path in (loaded.folder / ".vedette").iterdir()] == ["events.duckdb"]


def test_files_put_in_or_taken_out_by_hand_are_noticed(loaded: Case, newer: Path) -> None:
    (loaded.folder / "events" / "b.csv").write_bytes(newer.read_bytes())
    assert open_events(loaded).datasets()[0].rows == 2
    (loaded.folder / "events" / "a.csv").unlink()
    assert open_events(loaded).table("ucdp", None)["source_id"].to_list() == ["2"]
    (loaded.folder / "events" / "b.csv").unlink()
    assert open_events(loaded).datasets() == ()


def test_a_file_edited_in_place_is_noticed(loaded: Case) -> None:
    path = loaded.folder / "events" / "a.csv"
    times = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Clash in Alfa", b"Peace in Alfa"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert open_events(loaded).table("ucdp", None)["headline"].to_list() == ["Peace in Alfa"]


def test_a_bad_file_put_in_by_hand_is_refused_and_the_old_store_stays(loaded: Case) -> None:
    store = (loaded.folder / STORE).read_bytes()
    write(loaded.folder / "events", "bad.csv", ged({"best": "x"}))
    with pytest.raises(EventsError, match=r"bad.csv, row 2, column best"):
        open_events(loaded)
    assert (loaded.folder / STORE).read_bytes() == store


def test_a_file_that_vanishes_during_the_load(
    loaded: Case, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(loaded)
    opened = Path.open

    def vanish(self: Path, *args: str, **options: str) -> object:
        if self == newer:
            newer.unlink()
        return opened(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", vanish)
    with pytest.raises(StorageError, match=r"b.csv: No such file.*moved or removed"):
        load(loaded, [newer])
    assert state(loaded) == before


LOAD = (
    "import sys; from pathlib import Path; from vedette.case import read_case\n"
    "from vedette.events import load\n"
    "load(read_case(sys.argv[1]), [Path(sys.argv[2])], release=sys.argv[3])\n"
)


def test_two_loads_at_once_leave_both(case: Case, tmp_path: Path) -> None:
    files = [write(tmp_path, "a.csv", ged({})), write(tmp_path, "b.csv", ged({"id": 2}))]
    loads = [
        subprocess.Popen([sys.executable, "-c", LOAD, str(case.folder), str(file), "14.1"]) for file in files
    ]
    assert [process.wait() for process in loads] == [0, 0]
    store = open_events(case)
    assert store.table("ucdp", None)["source_id"].to_list() == ["1", "2"]
    assert [line.command for line in read_log(case.folder).lines] == ["events load", "events load"]
    assert sorted(path.name for path in (case.folder / "events").iterdir()) == [
        "a.csv",
        "b.csv",
        "options.json",
    ]


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_load_that_is_killed_midway_leaves_a_good_case(loaded: Case, newer: Path, after: int) -> None:
    killed = (
        "import os; from vedette.files import journal\n"
        f"left, move = {after}, journal._move\n"
        "def moved(made, target):\n"
        "    global left\n"
        "    os.kill(os.getpid(), 9) if left == 0 else None\n"
        "    left -= 1; move(made, target)\n"
        "journal._move = moved\n"
    )
    command = [sys.executable, "-c", killed + LOAD, str(loaded.folder), str(newer), "15.1"]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    again = read_case(loaded.folder)
    assert open_events(again).table("ucdp", None)["source_id"].to_list() == ["2"]
    assert not list(loaded.folder.glob(".vedette-*-*"))
    assert load(loaded, [newer], release="15.1").changes == ()
