"""The cells of a case, from its event files where it has them, else from observed.csv."""

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
        step: their step.
        origins: for each data set, ``event files`` or ``observed.csv``.
        elsewhere: for each data set read from files, how many of its events lie in other countries.
        store: the events themselves, as far as files are at hand.
    """

    cells: pl.DataFrame
    step: Step
    origins: dict[str, str]
    elsewhere: dict[str, int]
    store: Store


def gather(case: Case, step: Step | None = None) -> Holdings:
    """The cells of the case's data sets.

    Event files win over ``observed.csv`` data set by data set; only they can give days and weeks.

    Raises:
        DataError: the case's data set is neither in event files nor in observed.csv, or days or weeks are
            asked of a case without event files.
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
        DataError: no event files of the case's data sets are at hand.
    """
    holdings = gather(case, Step.MONTH)
    if FILES not in holdings.origins.values():
        raise DataError(
            f"{case.id} has no event files to add up. Load them with: vedette events load {case.id} FILE"
        )
    return to_labels(holdings.cells, Step.MONTH).write_csv().encode()
