"""Reads the cells of a case from its event files if there are any, else from observed.csv."""

from dataclasses import dataclass

import polars as pl

from vedette.case import Case
from vedette.errors import DataError
from vedette.events import Store, open_events
from vedette.panel.event_cells import KEYS, cells, from_labels, to_labels
from vedette.periods import Step

FILES, OBSERVED = "event files", "observed.csv"


@dataclass(frozen=True)
class Holdings:
    """The cells of a case, their origin, and the store of its event files.

    Attributes:
        cells: cells of the case's data sets, periods as whole numbers.
        step: the length of their periods.
        origins: for each data set, ``event files`` or ``observed.csv``.
        elsewhere: for each data set read from files, the number of its events in other countries.
        store: the single events, if there are event files.
    """

    cells: pl.DataFrame
    step: Step
    origins: dict[str, str]
    elsewhere: dict[str, int]
    store: Store


def gather(case: Case, step: Step | None = None) -> Holdings:
    """The cells of the case's data sets.

    A data set in event files takes precedence over the same in ``observed.csv``; days and weeks need event
    files.

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
            events = store.table(dataset, None)
            in_country = events.filter(country=case.country.name)
            tables.append(cells(in_country, case, step))
            origins[dataset], elsewhere[dataset] = FILES, events.height - in_country.height
        elif step is Step.MONTH and case.observed is not None:
            tables.append(from_labels(case.observed.filter(dataset=dataset), step))
            origins[dataset] = OBSERVED
    if case.dataset not in origins:
        raise DataError(
            f"{case.id} has no events to count by {step}. Load the event files with: "
            f"vedette events load {case.id} FILE"
        )
    return Holdings(pl.concat(tables).sort(KEYS), step, origins, elsewhere, store)


def observed_bytes(case: Case) -> bytes:
    """The content of observed.csv: the monthly cells of the case's data sets, computed from the event files.

    Raises:
        DataError: there are no event files of the case's data sets.
    """
    holdings = gather(case, Step.MONTH)
    if FILES not in holdings.origins.values():
        raise DataError(
            f"{case.id} has no event files to add up. Load them with: vedette events load {case.id} FILE"
        )
    return to_labels(holdings.cells, Step.MONTH).write_csv().encode()
