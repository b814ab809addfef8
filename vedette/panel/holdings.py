"""Reads the cells of a case from its event files if there are any, else from observed.csv."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from vedette.case import Case
from vedette.errors import DataError, Problem
from vedette.events import CountingRelease, Store, is_counted, newest_text, open_events
from vedette.panel.event_cells import KEYS, cells, from_labels, to_labels
from vedette.panel.known import covers_of_cells
from vedette.panel.panel import Panel, make_panel
from vedette.periods import Days, Step, joined

FILES, OBSERVED = "event files", "observed.csv"


@dataclass(frozen=True)
class Holdings:
    """The cells of a case, their origin, and the store of its event files.

    Attributes:
        cells: cells of the case's data sets, periods as whole numbers.
        step: the length of their periods.
        origins: for each data set, ``event files`` or ``observed.csv``.
        elsewhere: for each data set read from files, the number of its events in other countries.
        covers: the days on which the case's data set knows of everything in the country, as runs in order.
        counting: which release of it counts for which days; none without event files.
        store: the single events, if there are event files.
        known_on: the day of which what was published by then counts; None for now.
    """

    cells: pl.DataFrame
    step: Step
    origins: dict[str, str]
    elsewhere: dict[str, int]
    covers: tuple[Days, ...]
    counting: tuple[CountingRelease, ...]
    store: Store
    known_on: date | None

    def events(self, dataset: str, last: date | None = None) -> pl.DataFrame:
        """The single events of a data set, over by a day, as their files had them on ``known_on``."""
        return self.store.table(dataset, last, self.known_on)

    def counting_to(self, last: date) -> tuple[CountingRelease, ...]:
        """The releases that count up to a day, and those that wait after it; none without event files."""
        counting = [each for each in self.counting if each.gap is None]
        by_then = (
            replace(each, days=Days(each.days.first, min(last, each.days.last)))
            for each in counting
            if each.days.first <= last
        )
        all_count = not counting or counting[-1].days.last <= last
        return (*by_then, *(each for each in self.counting if each.gap and all_count))

    def releases_to(self, last: date) -> str:
        """The releases that count up to a day, in words; empty without event files."""
        return newest_text(self.counting_to(last))


def gather(case: Case, step: Step | None = None, known_on: date | None = None) -> Holdings:
    """The cells of the case's data sets.

    A data set in event files takes precedence over the same in ``observed.csv``; days and weeks need event
    files. With ``known_on`` rows are those of files that were published by that day: see
    `vedette.events.Store.table`.

    Raises:
        DataError: the case's data set is neither in event files nor in observed.csv, or ``step`` is day or
            week and there are no event files.
    """
    step = step or case.step
    store = open_events(case)
    datasets = {dataset.dataset for dataset in store.datasets()}
    needed = [case.dataset, *([case.partial.dataset] if case.partial else [])]
    tables, origins, elsewhere = [], {}, {}
    for dataset in needed:
        if dataset in datasets:
            events = store.table(dataset, None, known_on)
            in_country = events.filter(country=case.country.name)
            tables.append(cells(in_country.filter(is_counted(case, dataset)), case, step))
            origins[dataset], elsewhere[dataset] = FILES, events.height - in_country.height
        elif step is Step.MONTH and case.observed is not None:
            tables.append(from_labels(case.observed.filter(dataset=dataset), step))
            origins[dataset] = OBSERVED
    if case.dataset not in origins:
        raise DataError(f"{case.id} has no events to count by {step}. {_cure(case, datasets)}")
    table = pl.concat(tables).sort(KEYS)
    if origins[case.dataset] == FILES:
        counting = store.counting(case.dataset, case.country, known_on)
        covers = joined(each.days for each in counting if each.gap is None)
    else:
        covers, counting = covers_of_cells(table, case, case.dataset, step), ()
    return Holdings(table, step, origins, elsewhere, covers, counting, store, known_on)


def _cure(case: Case, datasets: Collection[str]) -> str:
    """What to do where the data set of a case is not at hand."""
    load = f"vedette events load {case.typed} FILE"
    if not datasets:
        return f"Load the event files with: {load}"
    held = " and ".join(sorted(datasets))
    return (
        f"It counts {case.dataset}, and its event files hold {held}. Write the one to count under "
        f"`events: dataset:` in case.yaml, or load files of {case.dataset} with: {load}"
    )


def other_datasets(case: Case) -> Iterator[Problem]:
    """A warning where event files are loaded, but none of the data set that a case counts."""
    datasets = {found.dataset for found in open_events(case).datasets()}
    if datasets and case.dataset not in datasets and case.observed is None:
        held = " and ".join(sorted(datasets))
        cure = f"Write `dataset: {sorted(datasets)[0]}`, or load files of {case.dataset}."
        yield Problem("case.yaml", 0, "events.dataset", f"a data set at hand: {held}", case.dataset, cure)


def panel_on(holdings: Holdings, case: Case, as_of: date, seed: int) -> Panel:
    """The panel of a case as known on a day, that day included; see `make_panel`."""
    return make_panel(holdings.cells, case, as_of, holdings.step, seed, covers=holdings.covers)


def observed_covers(case: Case) -> tuple[Days, ...]:
    """The days that observed.csv covers, made from the event files; none where they follow from its rows.

    Raises:
        DataError: there are no event files of the case's data sets.
    """
    holdings = gather(case, Step.MONTH)
    by_rows = covers_of_cells(holdings.cells, replace(case, covers=()), case.dataset, Step.MONTH)
    return () if by_rows == holdings.covers else holdings.covers


def observed_bytes(case: Case) -> bytes:
    """The content of observed.csv: the monthly cells of the case's data sets, computed from the event files.

    Raises:
        DataError: there are no event files of the case's data sets.
    """
    holdings = gather(case, Step.MONTH)
    if FILES not in holdings.origins.values():
        raise DataError(
            f"{case.id} has no event files to add up. Load them with: vedette events load {case.typed} FILE"
        )
    return to_labels(holdings.cells, Step.MONTH).write_csv().encode()
