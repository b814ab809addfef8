"""Loads event files: checks them, copies them to the events folder, and adds them to the store.

Everything happens beside the old state and is put in its place at the end, as one change of the case.
Whatever stops a load (a mistake in a file, a full disk, Ctrl-C) leaves the case as it was.
"""

import hashlib
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, astuple, replace
from datetime import date
from pathlib import Path

import duckdb

from vedette.case import Case
from vedette.events.build import build, made_from
from vedette.events.disk import database, storing
from vedette.events.folder import (
    EVENTS,
    OPTIONS,
    SCHEMA_1_OPTIONS,
    EventFile,
    FileOptions,
    event_file,
    event_files,
    fingerprint,
    options_bytes,
)
from vedette.events.formats.archives import unpack
from vedette.events.formats.dates import DateOrder
from vedette.events.formats.table import literal
from vedette.events.load_report import Loaded, counting_in, describe, gaps_in
from vedette.events.lowered import Agree, LowersDeaths, always, lowered_months
from vedette.events.releases import Change, change, moved_months
from vedette.events.store import STORE, open_events, store_of
from vedette.files import CaseChange, changing
from vedette.periods import parse_days
from vedette.progress import Report, quiet

_CHUNK = 1 << 20


def load(
    case: Case,
    files: Sequence[Path],
    *,
    release: str | None = None,
    dates: DateOrder | None = None,
    covers: Sequence[str] = (),
    published: date | None = None,
    agree: Agree = always,
    report: Report = quiet,
    rehearse: bool = False,
) -> Loaded:
    """Adds event files to a case. A file that is there already changes nothing.

    Args:
        case: the case.
        files: files as publishers give them, of any layout that vedette knows.
        release: the release of the files; None to find out from what they hold.
        dates: the order of day and month; None to find out.
        covers: runs of days that the files cover, like ``2016-01..2018-12``; see `vedette.events.covers`.
        published: the day on which the release of the files came out; None if not known.
        agree: asked whether to go on where a month would have fewer deaths than before.
        report: told of progress.
        rehearse: says what would change, all of it worked out, and leaves the case as it is.

    Raises:
        EventsError: a file cannot be read; lists what is wrong with all of them. Nothing was loaded.
        LowersDeaths: a month would have fewer deaths, and ``agree`` says no. Nothing was loaded.
        StorageError: a file is not there or the disk stands in the way. Nothing was loaded.

    Example:
        ``load(read_case("iraq"), [Path("conflict_data_irq.csv")])``
    """
    spans = tuple(str(parse_days(run)) for run in covers)
    options = FileOptions(release, dates, spans, published)
    home = case.writable_workspace()
    with storing():
        open_events(case, report)
    with suppress(_Rehearsed), changing(home, "events load") as change, storing():
        present = event_files(home)
        given = list(_copied(_found(files, present), change.folder, options, report))
        loaded = _added(case, change, given, present, agree, report)
        if rehearse:
            raise _Rehearsed
    return loaded


class _Rehearsed(Exception):
    """Ends a change that shall not be made."""


def _added(
    case: Case,
    change: CaseChange,
    given: Sequence[EventFile],
    present: Sequence[EventFile],
    agree: Agree,
    report: Report,
) -> Loaded:
    """Adds copies of files to what is present, unless they are there already."""
    kept = _retold(present, given)
    arriving = _arriving(given, kept, date.today())
    if not arriving and kept == list(present):
        store = store_of(case)
        return Loaded(
            describe(store, given, [], case), (), (), gaps_in(store, case), counting_in(store, given, case)
        )
    wanted = [*kept, *arriving]
    made = change.new_folder("store") / store_of(case).name
    before = store_of(case) if made_from(store_of(case)) == fingerprint(present, case) else None
    if before and kept == list(present):
        shutil.copyfile(before, made)
    readings = build(made, wanted, case, date.today(), report)
    lowered = lowered_months(made, before, case.country)
    if lowered and not agree(lowered):
        raise LowersDeaths(lowered)
    loaded = Loaded(
        describe(made, given, readings, case),
        _changes(made, before, given),
        lowered,
        gaps_in(made, case),
        counting_in(made, given, case),
    )
    _put(change, made, arriving, wanted)
    change.about |= _about(loaded, _months(made, before))
    return loaded


def _about(loaded: Loaded, months: Mapping[str, Sequence[int]]) -> dict[str, object]:
    """What the log of the case says of a load: counts and months that moved, never events."""
    counts = {file.name: {"events": file.events, "standing": file.standing} for file in loaded.files}
    return {"files": counts, "changes": [asdict(each) for each in loaded.changes], "months": months}


def _months(made: Path, before: Path | None) -> dict[str, list[int]]:
    """Months whose counts moved, by data set: events before and after, deaths (best) before and after."""
    with database(made, read_only=True) as connection:
        _attach(connection, before)
        return moved_months(connection, before is not None)


def _attach(connection: duckdb.DuckDBPyConnection, before: Path | None) -> None:
    if before:
        connection.execute(f"ATTACH {literal(str(before))} AS before (READ_ONLY)")


def _found(files: Sequence[Path], present: Sequence[EventFile]) -> list[Path]:
    """The files; one that is not there may be named as it is in the events folder."""
    at_hand = {entry.name: entry.path for entry in present}
    return [file if file.exists() else at_hand.get(str(file), file) for file in files]


def _copied(
    files: Sequence[Path], scratch: Path, options: FileOptions, report: Report
) -> Iterator[EventFile]:
    """Copies files, with their hashes taken on the way, so that what is read is what is kept."""
    for number, file in enumerate(files):
        report(f"Copying {file.name}", number / len(files))
        target = scratch / str(number) / file.name
        digest = hashlib.sha256()
        with file.open("rb") as source:
            target.parent.mkdir()
            with target.open("wb") as copy:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
        if (table := unpack(target)) != target:
            yield event_file(table, options)
        else:
            yield EventFile(file.name, target, target.stat().st_size, digest.hexdigest(), options)


def _retold(present: Sequence[EventFile], given: Sequence[EventFile]) -> list[EventFile]:
    """What is present, with what is said about it now; what was said before holds until it is said anew."""
    said = {entry.sha256: entry.options for entry in given}
    return [
        replace(entry, options=_merged(entry.options, said.get(entry.sha256, FileOptions())))
        for entry in present
    ]


def _merged(before: FileOptions, now: FileOptions) -> FileOptions:
    return FileOptions(
        now.release or before.release,
        now.dates or before.dates,
        now.covers or before.covers,
        now.published or before.published,
        now.loaded or before.loaded,
    )


def _arriving(given: Sequence[EventFile], present: Sequence[EventFile], today: date) -> list[EventFile]:
    """The files that are not there yet, each once and under a name of its own."""
    held = {entry.sha256 for entry in present}
    taken = {entry.name for entry in present} | {OPTIONS, SCHEMA_1_OPTIONS}
    arriving = []
    for entry in given:
        if entry.sha256 not in held:
            name = _free_name(entry, taken)
            held.add(entry.sha256)
            taken.add(name)
            arriving.append(replace(entry, name=name, options=replace(entry.options, loaded=today)))
    return arriving


def _free_name(entry: EventFile, taken: Collection[str]) -> str:
    name = Path(entry.name.lstrip(".") or "events.csv")
    return f"{name.stem}-{entry.sha256[:8]}{name.suffix}" if name.name in taken else name.name


def _changes(made: Path, before: Path | None, given: Sequence[EventFile]) -> tuple[Change, ...]:
    with database(made, read_only=True) as connection:
        _attach(connection, before)
        digests = [entry.sha256 for entry in given]
        datasets = connection.execute(
            "SELECT DISTINCT dataset FROM files WHERE list_contains(?, sha256) ORDER BY dataset", [digests]
        ).fetchall()
        return tuple(change(connection, dataset, before is not None) for (dataset,) in datasets)


def _put(change: CaseChange, made: Path, arriving: Sequence[EventFile], wanted: Sequence[EventFile]) -> None:
    """Puts files, what was said about them and the store in their places."""
    for entry in arriving:
        change.place(f"{EVENTS}/{entry.name}", entry.path)
    if any(any(astuple(entry.options)) for entry in wanted):
        change.write(f"{EVENTS}/{OPTIONS}", options_bytes(wanted))
    change.place(STORE, made, logged=False)
