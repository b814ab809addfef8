"""The history in a table of counts."""

import numpy as np

from vedette.counts import CountTable
from vedette.errors import DataError
from vedette.model.history import FloatArray, History

COUNT, DEATHS = "count", "deaths"


def counts_history(table: CountTable, measure: str = COUNT, neighbours: FloatArray | None = None) -> History:
    """The history of a measure in a table: ``count``, or ``deaths`` with the counts as the events behind.

    Args:
        table: of `vedette.counts.read_counts`.
        measure: ``count`` or ``deaths``.
        neighbours: (P, P) for the distinct places of the table in their order. Units of one stratum touch
            where their places do.

    Raises:
        DataError: deaths of a table that has no such column.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from vedette.counts import read_counts
    >>> path = Path(tempfile.mkdtemp()) / "counts.csv"
    >>> _ = path.write_text("period,unit,count,deaths\\n2014-05,Anbar,3,7\\n2014-06,Anbar,0,0\\n")
    >>> history = counts_history(read_counts(path), "deaths")
    >>> history.values.ravel().tolist(), history.events.ravel().tolist()
    ([7, 0], [3, 0])
    """
    values = table.deaths if measure == DEATHS else table.counts
    if values is None:
        raise DataError(f"{table.file}: expected a column `deaths`; found none. Forecast the counts instead.")
    return History.of(
        values,
        table.units,
        table.span.first,
        table.span.step,
        measure=measure,
        events=table.counts if measure == DEATHS else None,
        neighbours=None if neighbours is None else _between_units(table, neighbours),
    )


def _between_units(table: CountTable, neighbours: FloatArray) -> FloatArray:
    places = list(dict.fromkeys(table.places))
    at = np.array([places.index(place) for place in table.places])
    strata = np.array(table.strata or [""] * len(table.units))
    return np.asarray(neighbours[np.ix_(at, at)] * (strata[:, None] == strata))
