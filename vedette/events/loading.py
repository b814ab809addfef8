"""Loading: event files are checked, copied to the events folder of the case, and added to the store.

Everything happens beside the old state and is put in its place at the end; whatever stops a load
(a mistake in a file, a full disk, Ctrl-C) leaves the case as it was.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path

from vedette.case import Case
from vedette.events.build import build
from vedette.events.disk import database, storing
from vedette.events.folder import OPTIONS, EventFile, FileOptions, event_files, write_options
from vedette.events.formats.dates import DateOrder
from vedette.events.formats.table import literal
from vedette.events.load_report import Loaded, describe
from vedette.events.releases import Change, change
from vedette.events.store import FILE, cache_of, events_folder, open_events, store_of
from vedette.progress import Report, quiet

_CHUNK = 1 << 20


def load(
    case: Case,
    files: Sequence[Path],
    *,
    release: str | None = None,
    dates: DateOrder | None = None,
    dataset: str | None = None,
    report: Report = quiet,
) -> Loaded:
    """Adds event files to a case. A file that is there already changes nothing.

    Args:
        case: the case.
        files: files as publishers give them, of any layout that vedette knows.
        release: the release of the files; None to find out from what they hold.
        dates: the order of day and month; None to find out.
        dataset: the data set of the files; None to find out from their columns.
        report: told of progress.

    Raises:
        EventsError: a file cannot be read; lists what is wrong with all of them. Nothing was loaded.
        StorageError: a file is not there or the disk stands in the way. Nothing was loaded.

    Example:
        ``load(read_case("iraq"), [Path("conflict_data_irq.csv")])``
    """
    options = FileOptions(dataset, release, dates)
    with storing():
        open_events(case, report)
        folder = _folder(case)
        with (
            tempfile.TemporaryDirectory(dir=folder, prefix=".load-") as scratch,
            tempfile.TemporaryDirectory(dir=cache_of(case), prefix="load-") as workshop,
        ):
            given = list(_copied(files, Path(scratch), options, report))
            return _added(case, given, event_files(folder), Path(workshop) / FILE, report)


def _added(
    case: Case, given: Sequence[EventFile], present: Sequence[EventFile], made: Path, report: Report
) -> Loaded:
    """Adds copies of files to what is present, unless they are there already."""
    kept = _retold(present, given)
    arriving = _arriving(given, kept)
    if not arriving and kept == list(present):
        return Loaded(describe(store_of(case), given, [], case), ())
    wanted = [*kept, *arriving]
    before = store_of(case) if present else None
    if before and kept == list(present):
        shutil.copyfile(before, made)
    readings = build(made, wanted, case, date.today(), report)
    loaded = Loaded(describe(made, given, readings, case), _changes(made, before, given))
    _commit(case, made, arriving, wanted)
    return loaded


def _folder(case: Case) -> Path:
    folder = case.writable_workspace() / events_folder(case).name
    folder.mkdir(exist_ok=True)
    return folder


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
        now.dataset or before.dataset, now.release or before.release, now.dates or before.dates
    )


def _arriving(given: Sequence[EventFile], present: Sequence[EventFile]) -> list[EventFile]:
    """The files that are not there yet, each once and under a name of its own."""
    held, taken = {entry.sha256 for entry in present}, {entry.name for entry in present} | {OPTIONS}
    arriving = []
    for entry in given:
        if entry.sha256 not in held:
            name = _free_name(entry, taken)
            held.add(entry.sha256)
            taken.add(name)
            arriving.append(replace(entry, name=name))
    return arriving


def _free_name(entry: EventFile, taken: Collection[str]) -> str:
    name = Path(entry.name.lstrip(".") or "events.csv")
    return f"{name.stem}-{entry.sha256[:8]}{name.suffix}" if name.name in taken else name.name


def _changes(made: Path, before: Path | None, given: Sequence[EventFile]) -> tuple[Change, ...]:
    with database(made, read_only=True) as connection:
        if before:
            connection.execute(f"ATTACH {literal(str(before))} AS before (READ_ONLY)")
        digests = [entry.sha256 for entry in given]
        datasets = connection.execute(
            "SELECT DISTINCT dataset FROM files WHERE list_contains(?, sha256) ORDER BY dataset", [digests]
        ).fetchall()
        return tuple(change(connection, dataset, before is not None) for (dataset,) in datasets)


def _commit(case: Case, made: Path, arriving: Sequence[EventFile], wanted: Sequence[EventFile]) -> None:
    """Puts files, what was said about them and the store in their places, or undoes all of it."""
    folder, options = events_folder(case), events_folder(case) / OPTIONS
    with ExitStack() as undo:
        for entry in arriving:
            undo.callback((folder / entry.name).unlink, missing_ok=True)
            entry.path.replace(folder / entry.name)
        if any(any(astuple(entry.options)) for entry in wanted):
            undo.callback(_restore, options, options.read_bytes() if options.is_file() else None)
            write_options(made.parent / OPTIONS, wanted)
            (made.parent / OPTIONS).replace(options)
        made.replace(store_of(case))
        undo.pop_all()


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(content)
