"""Bring event files in, say what is at hand, write what may be shared of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from vedette.case import Case, read_case
from vedette.case.geography.whereabouts import far_areas
from vedette.case.schema.settings import FILE
from vedette.case.writing import changing_case, check_change, with_covers
from vedette.errors import UsageError
from vedette.events import (
    Agree,
    DateOrder,
    EventFile,
    Loaded,
    always,
    counting_text,
    event_file,
    gap_text,
    lowered_text,
    open_events,
    other_level,
    placed_spots,
    unpack,
    ways,
    ways_text,
)
from vedette.events import fetch as fetch_file
from vedette.events import load as load_files
from vedette.events import summary as summary_of
from vedette.files import remove_file, replace_file
from vedette.panel import OBSERVED, observed_bytes, observed_covers
from vedette.progress import Report, quiet


@dataclass(frozen=True)
class LoadResult:
    """What loading event files did.

    ``fetched`` is the file that was downloaded first, if there was one; ``placed`` which way the events of
    each data set were placed (``dataset, way, events, deaths``), without rows for a case without areas;
    ``astray`` warns of areas far from the country, and of names that the points of events contradict.
    """

    loaded: Loaded
    placed: pl.DataFrame
    astray: tuple[str, ...] = ()
    fetched: EventFile | None = None

    def document(self) -> dict[str, Any]:
        """Returns the files, what changed in the store, the ways of placing, and the download."""
        told = {**asdict(self.loaded), "placed": self.placed.to_dicts()}
        fetched = self.fetched
        if fetched is None:
            return told
        file = {"file": fetched.name, "bytes": fetched.bytes, "sha256": fetched.sha256}
        return {"fetched": file, **told}

    def placed_words(self) -> list[str]:
        """Returns a line for each data set: which way its events were placed."""
        parts = self.placed.group_by("dataset", maintain_order=True)
        return [f"{dataset}: placed {ways_text(rows)}" for (dataset,), rows in parts]

    def counting_words(self) -> list[str]:
        """Returns a line for each data set of the files: which release counts for which days."""
        counting = self.loaded.counting
        return [
            f"{dataset}: counted are {counting_text(each for each in counting if each.dataset == dataset)}"
            for dataset in dict.fromkeys(each.dataset for each in counting)
        ]

    def remarks(self, case: str) -> list[str]:
        """Returns what a reader must know of it: deaths that fell, gaps between files, most events gone."""
        lowered = [lowered_text(self.loaded.lowered)] if self.loaded.lowered else []
        gaps = [gap_text(case, gap.dataset, gap.days) for gap in self.loaded.gaps]
        gone = [
            f"{each.dataset}: most of what was known is gone. If the file is only a part of its "
            f"release, take the load back with: vedette undo {case}"
            for each in self.loaded.changes
            if each.withdrawn > each.revised + each.unchanged
        ]
        return [*lowered, *gaps, *gone, *self.astray]


@dataclass(frozen=True, eq=False)
class EventSummary:
    """The event files at hand, one a row, with the province names that do not resolve."""

    table: pl.DataFrame

    def read(self) -> pl.DataFrame:
        """The table to be read: what ``placed`` says is not said again, and empty cells have words."""
        return self.table.drop("in_no_place", "deaths_in_no_place").with_columns(
            pl.col("gaps").replace("", "none"),
            pl.col("placed").replace("", "not placed: no areas, or no events of the country"),
        )

    def document(self) -> list[dict[str, Any]]:
        """Returns a row for each file."""
        return self.table.to_dicts()


def load(
    case: str,
    files: Sequence[Path],
    *,
    release: str | None = None,
    dates: DateOrder | None = None,
    covers: Sequence[str] = (),
    published: date | None = None,
    agree: Agree = always,
    rehearse: bool = False,
    report: Report = quiet,
) -> LoadResult:
    """Checks event files, keeps them in the case's events folder and brings the store up to date.

    With ``rehearse`` it says what it would do, and the case stays as it is: months that would have fewer
    deaths are among what it says; how events are placed is that of the case as it stands.

    Raises:
        EventsError: a file cannot be read; lists what is wrong with all of them.
        LowersDeaths: a month would have fewer deaths than before, and ``agree`` says no.
        StorageError: a file is not there or the disk stands in the way.
    """
    read = read_case(case)
    loaded = load_files(
        read,
        files,
        release=release,
        dates=dates,
        covers=covers,
        published=published,
        agree=agree,
        report=report,
        rehearse=rehearse,
    )
    return LoadResult(loaded, _placed(read), _astray(read))


def _astray(case: Case) -> tuple[str, ...]:
    """Returns warnings of areas far from the country, or elsewhere than the events of their names."""
    spots = placed_spots(open_events(case), case)
    far = far_areas(case.places.geometry, case.country)
    return tuple(str(warning) for warning in (*far, *other_level(spots, case)))


def _placed(case: Case) -> pl.DataFrame:
    """Returns which way the events of each data set were placed; no rows for a case without areas."""
    placed = ways(placed_spots(open_events(case), case))
    return placed if case.places.geometry else placed.clear()


def summary(case: str) -> EventSummary:
    """Returns what event files are at hand, and the province names that do not resolve."""
    return EventSummary(summary_of(read_case(case)))


def aggregate(case: str, out: Path | None = None) -> Path:
    """Writes observed.csv: the cells that may be shared, computed from the event files; gives its path.

    Where its rows do not say which days they cover, ``covers`` in case.yaml does.

    Raises:
        UsageError: the case comes with vedette, and ``out`` names no other place.
        DataError: no event files of the case's data sets are at hand.
        StorageError: the file cannot be written; what stood there before is untouched.
    """
    if out is not None:
        return replace_file(out, observed_bytes(read_case(case)), "Choose another with --out.")
    with changing_case(case, "events aggregate") as change:
        read = read_case(change.home)
        change.write(OBSERVED, observed_bytes(read))
        covers = observed_covers(read)
        if covers != read.covers:
            text = (change.home / FILE).read_text(encoding="utf-8")
            change.write(FILE, with_covers(text, [str(days) for days in covers]).encode())
        check_change(change)
    return change.home / OBSERVED


def fetch(case: str, name: str, *, agree: Agree = always, report: Report = quiet) -> LoadResult:
    """Downloads the event files that a case names, then loads them.

    Raises:
        LowersDeaths: a month would have fewer deaths than before, and ``agree`` says no.
        UsageError: the case names no such download.
    """
    read = read_case(case)
    wanted = {download.name: download for download in read.downloads}
    if name not in wanted:
        known = ", ".join(wanted) or "none"
        raise UsageError(f"{read.id} names no download {name!r}; it knows: {known}. Add it to case.yaml.")
    home = read.writable_workspace()
    downloads = home / ".vedette" / "downloads"
    came = event_file(fetch_file(wanted[name], downloads, report, home=home))
    file = unpack(came.path, home)
    loaded = load_files(read, [file], agree=agree, report=report)
    remove_file(file)
    return LoadResult(loaded, _placed(read), _astray(read), came)
