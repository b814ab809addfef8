"""A case that somebody else, git or a careless hand prepared: nothing outside is touched, all is told."""

import json
import os
import shutil
import stat
import threading
from pathlib import Path

import pytest
from support.event_files import ged, write
from support.fourland import CaseFolder
from support.own_bytes import own_bytes
from support.running import Run
from support.spoken import spoken

from vedette import commands
from vedette.case import read_case, write_case
from vedette.case.schema import rows
from vedette.errors import CaseError, DataError, EventsError, StorageError, UsageError
from vedette.events import load, open_events
from vedette.events.folder import event_files
from vedette.evidence import reading
from vedette.evidence.reading.remarks import REMARKS
from vedette.files import LOG, changing, own_files, read_log, replace_file
from vedette.files.names import TABLES

ROW = {"source": "paper", "hedge": "reported", "subject": "bigland", "relation": "funding", "object": "guard"}


@pytest.fixture
def folder(case_folder: CaseFolder) -> Path:
    """A case with claims."""
    return case_folder(spoken())


def journal(folder: Path, step: object, version: int = 1) -> Path:
    """A journal of one step that was on its way forward, in a case that was locked before."""
    (folder / ".vedette-lock").touch()
    place = folder / ".vedette-journal"
    place.mkdir()
    (place / "journal.json").write_text(json.dumps({"version": version, "steps": [step]}))
    (place / "forward").touch()
    return place


@pytest.mark.parametrize("how", ["up", "absolute", "through a link", "old name", "number", "no file"])
def test_a_journal_may_not_lead_out_of_the_case(folder: Path, tmp_path: Path, how: str) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "diary").write_text("dear")
    (folder / "sub").symlink_to(victim)
    file: object = {"up": "../victim", "absolute": str(victim), "through a link": "sub/diary"}.get(how, "x")
    step = {"file": 5 if how == "number" else file, "new": None, "old": None}
    if how == "old name":
        step["new"] = "../../victim/diary"
    if how == "no file":
        step["file"] = ""
    place = journal(folder, step)
    for command in (commands.log, lambda case: commands.add_claim(case, ROW)):
        with pytest.raises(StorageError, match="expected a journal; found none that can be read"):
            command(str(folder))
    assert (victim / "diary").read_text() == "dear"
    assert place.exists()


BAD_LINES = {
    "deep": b"[" * 100_000,
    "random": bytes(range(128, 256)) * 8,
    "numbers": b'{"id":"x","when":1,"who":2,"command":3,"edits":[]}',
    "known": b'{"id":"x","when":"a","who":"b","command":"c","edits":[],"known":["a"]}',
    "about": b'{"id":"x","when":"a","who":"b","command":"c","edits":[],"about":"a"}',
    "outside": b'{"id":"x","when":"a","who":"b","command":"c","edits":[{"file":"../x","before":null,'
    b'"after":null}]}',
    "hash": b'{"id":"x","when":"a","who":"b","command":"c","edits":[{"file":"x","before":1,"after":null}]}',
    "row": b'{"id":"x","when":"a","who":"b","command":"c","edits":[{"file":"x","before":null,"after":null,'
    b'"rows":{"start":0,"before":[],"after":[{"name":1,"text":2}]}}]}',
    "start": b'{"id":"x","when":"a","who":"b","command":"c","edits":[{"file":"x","before":null,"after":null,'
    b'"rows":{"start":-1,"before":[],"after":[]}}]}',
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_line_that_is_none_is_told_and_skipped(folder: Path, name: str) -> None:
    commands.add_claim(str(folder), ROW)
    with (folder / LOG).open("ab") as log:
        log.write(BAD_LINES[name] + b"\n")
    assert commands.log(str(folder)).unreadable == (2,)
    assert commands.undo(str(folder)).change.command == "add claim"
    commands.add_claim(str(folder), ROW)
    assert [line.command for line in read_log(folder).lines] == ["add claim", "undo", "add claim"]


def test_a_log_that_cannot_be_read_is_told(folder: Path, run: Run, tmp_path: Path) -> None:
    (folder / LOG).mkdir()
    for command in ("log", "undo"):
        done = run(command, folder, home=tmp_path)
        assert done.returncode == 5
        assert "changes.log: expected a file; found a folder. Remove or rename the folder." in done.stderr


def test_lines_that_git_left_twice_count_once(folder: Path) -> None:
    commands.add_claim(str(folder), ROW)
    first = (folder / LOG).read_bytes()
    commands.add_source(str(folder), {"title": "Another", "publisher": "The Press", "date": "2014"})
    with (folder / LOG).open("ab") as log:
        log.write(first)
    assert [line.command for line in commands.log(str(folder)).changes] == ["add claim", "add source"]
    assert commands.undo(str(folder)).change.command == "add source"


def test_undo_refuses_rows_that_do_not_give_back_what_stood_there(folder: Path) -> None:
    commands.add_claim(str(folder), ROW)
    line = json.loads((folder / LOG).read_text())
    line["edits"][0]["rows"]["before"] = [{"name": "forged", "text": "forged,paper\n"}]
    (folder / LOG).write_text(json.dumps(line) + "\n")
    before = own_bytes(folder)
    with pytest.raises(UsageError, match=r"do not give back what stood in claims.csv before it"):
        commands.undo(str(folder))
    assert own_bytes(folder) == before


def test_a_log_and_a_cache_are_narrowed_with_the_tables(folder: Path, tmp_path: Path) -> None:
    load(read_case(folder), [write(tmp_path, "a.csv", ged({}))], release="14.1")
    commands.add_claim(str(folder), ROW)
    (folder / "claims.csv").chmod(0o600)
    load(read_case(folder), [write(tmp_path, "b.csv", ged({"id": 2}))], release="15.1")
    for name in (LOG, ".vedette/events.duckdb", "events/b.csv"):
        assert stat.S_IMODE((folder / name).stat().st_mode) & 0o077 == 0, name
    assert stat.S_IMODE((folder / "actors.csv").stat().st_mode) == 0o644


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who may give files away")
def test_folders_that_root_makes_belong_to_the_owner_of_the_tables(folder: Path, tmp_path: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 65534, 65534)
    load(read_case(folder), [write(tmp_path, "a.csv", ged({}))], release="14.1")
    commands.undo(str(folder))
    assert (folder / ".vedette" / "removed").is_dir()
    assert {path.name for path in folder.rglob("*") if path.stat().st_uid != 65534} == set()


def test_a_change_within_a_change_is_refused_and_does_not_wait(folder: Path) -> None:
    with (
        changing(folder, "one"),
        pytest.raises(RuntimeError, match="this thread is changing the case already"),
        changing(folder, "two"),
    ):
        pass
    commands.add_claim(str(folder), ROW)


def test_a_lock_file_that_is_removed_meanwhile_stops_the_change(folder: Path) -> None:
    def change() -> None:
        with changing(folder, "slow") as mine:
            (folder / ".vedette-lock").unlink()
            other = threading.Thread(target=commands.add_claim, args=(str(folder), ROW))
            other.start()
            other.join()
            mine.write("claims.csv", b"without the claim of the other")

    with pytest.raises(StorageError, match=r"removed or replaced while the command ran.*Nothing was changed"):
        change()
    assert "paper-1" in (folder / "claims.csv").read_text()
    assert [line.command for line in read_log(folder).lines] == ["add claim"]


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_a_lock_that_is_no_file_is_told_and_the_cure_works(folder: Path, tmp_path: Path, kind: str) -> None:
    lock, victim = folder / ".vedette-lock", tmp_path / "victim"
    victim.write_text("dear")
    lock.symlink_to(victim) if kind == "link" else lock.mkdir()
    with pytest.raises(StorageError, match=r"cannot be locked: .*Remove it: vedette makes its own"):
        commands.add_claim(str(folder), ROW)
    assert victim.read_text() == "dear"
    lock.unlink() if kind == "link" else lock.rmdir()
    commands.add_claim(str(folder), ROW)


def test_a_linked_folder_is_named_with_a_cure_that_works(folder: Path, tmp_path: Path) -> None:
    outside, events = tmp_path / "outside", folder / "events"
    outside.mkdir()
    events.symlink_to(outside)
    file = write(tmp_path, "a.csv", ged({}))
    cure = rf"rm {events} && cp -r {outside} {events}"
    with pytest.raises(StorageError, match=rf"^{events}: a link that leads out.*{cure}"):
        load(read_case(folder), [file], release="14.1")
    assert list(outside.iterdir()) == []
    events.unlink()
    shutil.copytree(outside, events)
    load(read_case(folder), [file], release="14.1")


def test_leftovers_in_a_folder_of_scenarios_are_in_no_copy(folder: Path, tmp_path: Path) -> None:
    left = folder / "scenarios" / ".vedette-tmp-0123" / "old.yaml"
    left.parent.mkdir(parents=True)
    left.write_text("secret: 1")
    assert left.relative_to(folder).as_posix() not in list(own_files(folder))
    copy = write_case(read_case(folder), tmp_path / "copy")
    assert [path for path in copy.rglob("*") if path.name == "old.yaml"] == []


def test_options_of_schema_1_are_told_and_moved_by_upgrade(folder: Path, tmp_path: Path) -> None:
    load(read_case(folder), [write(tmp_path, "a.csv", ged({}))], release="14.1")
    options, earlier = folder / "events" / "options.json", folder / "events" / "told.json"
    content = options.read_bytes()
    options.rename(earlier)
    before = (folder / "case.yaml").read_bytes()
    with pytest.raises(
        EventsError, match=r"told.json: expected events/options.json.*Run `vedette upgrade CASE`"
    ):
        open_events(read_case(folder))
    assert "events/options.json" in commands.upgrade(str(folder)).files
    assert (options.read_bytes(), earlier.exists()) == (content, False)
    assert [file.options.release for file in event_files(folder)] == ["14.1"]
    commands.undo(str(folder))
    assert (earlier.read_bytes(), options.exists()) == (content, False)
    assert (folder / "case.yaml").read_bytes() == before
    earlier.write_text("not JSON")
    with pytest.raises(CaseError, match=r"told.json: expected options of event files as JSON"):
        commands.upgrade(str(folder))
    earlier.rename(options)
    with pytest.raises(EventsError, match=r"options.json: expected options of event files as JSON"):
        open_events(read_case(folder))


@pytest.mark.parametrize("name", ["options.json", "told.json"])
def test_an_event_file_takes_no_name_that_options_have(folder: Path, tmp_path: Path, name: str) -> None:
    load(read_case(folder), [write(tmp_path, name, ged({}))], release="14.1")
    assert [file.options.release for file in event_files(folder)] == ["14.1"]
    assert open_events(read_case(folder)).table("ucdp", None)["source_id"].to_list() == ["1"]


KEPT = [*TABLES, "case.yaml", LOG, ".vedette-lock", "events/a.csv", "register/x/draws.csv"]


@pytest.mark.parametrize("name", KEPT)
def test_no_output_takes_the_place_of_a_part_of_a_case(folder: Path, name: str) -> None:
    commands.add_claim(str(folder), ROW)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match=r"is a part of the case in .*fourland. Name another file"):
        replace_file(folder / name, b"ties")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    replace_file(folder / "ties.csv", b"ties")


def test_the_tables_that_outputs_spare_are_those_of_the_schema() -> None:
    assert {*TABLES} == {model.file for model in rows.TABLES} | {reading.FILE, REMARKS}


@pytest.mark.parametrize("name", ["changes.log~", "changes.log.orig", ".changes.log.swp"])
def test_copies_of_the_log_are_in_no_copy_of_the_case(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / name).write_text("secret")
    copy = write_case(read_case(folder), tmp_path / "copy")
    assert name not in {path.name for path in copy.iterdir()}


def test_settings_in_another_encoding_are_told_by_upgrade(folder: Path) -> None:
    settings = folder / "case.yaml"
    settings.write_bytes(settings.read_text().encode("utf-16"))
    before = own_bytes(folder)
    with pytest.raises(CaseError, match=r"case.yaml: expected text in UTF-8"):
        commands.upgrade(str(folder))
    assert own_bytes(folder) == before


def test_a_file_of_gits_keeps_its_bytes_and_line_ends(folder: Path) -> None:
    (folder / ".gitignore").write_bytes(b"caf\xe9\r\n")
    commands.upgrade(str(folder))
    assert (folder / ".gitignore").read_bytes() == b"caf\xe9\r\n.vedette-*\r\n"
    assert commands.upgrade(str(folder)).files == ()


def test_an_output_in_a_case_is_no_wider_than_its_tables(folder: Path) -> None:
    (folder / "claims.csv").chmod(0o600)
    replace_file(folder / "drafts" / "brief.html", b"claims")
    assert stat.S_IMODE((folder / "drafts" / "brief.html").stat().st_mode) == 0o600


def test_a_log_shows_signs_that_a_terminal_obeys_as_text(folder: Path, run: Run, tmp_path: Path) -> None:
    line = {"id": "x", "when": "a", "who": "b", "command": "c\x1b[2J\nforged", "edits": []}
    (folder / LOG).write_text(json.dumps(line) + "\n")
    assert run("log", folder, home=tmp_path).stdout == "a  x  b  c\\x1b[2J\\x0aforged: \n"


def test_a_copy_takes_nothing_from_outside(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "diary").write_text("dear")
    (folder / "notes.md").symlink_to(tmp_path / "diary")
    with pytest.raises(CaseError, match=r"notes.md: expected a file; found a link that leads out"):
        write_case(read_case(folder), tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_a_register_reads_no_pipe_and_nothing_from_outside(folder: Path, tmp_path: Path, kind: str) -> None:
    (tmp_path / "diary").write_text("dear")
    place = folder / "register" / "x"
    place.mkdir(parents=True)
    if kind == "pipe":
        os.mkfifo(place / "issued.json")
    else:
        (place / "issued.json").symlink_to(tmp_path / "diary")
    with pytest.raises(DataError, match=r"found (a named pipe|a link that leads out of the case)"):
        commands.registered(str(folder))
