"""The history in a table of counts."""

import re

import numpy as np

from vedette.case import Country, country_record
from vedette.counts import CountTable
from vedette.errors import DataError
from vedette.model.history import FloatArray, History, Kind
from vedette.model.measures import Measure

DEATHS, EVENTS = Measure.DEATHS.value, Measure.EVENTS.value


def counts_history(
    table: CountTable, measure: str | None = None, neighbours: FloatArray | None = None
) -> History:
    """The history of a measure in a table; deaths beside counts have these as the events behind them.

    Units that are all ISO 3166-1 codes of three letters, such as IRQ, are known to be countries.

    Args:
        table: of `vedette.counts.read_counts`.
        measure: ``deaths`` or ``events``; that of the table if left out.
        neighbours: (P, P) for the distinct places of the table in their order. Units of one stratum touch
            where their places do.

    Raises:
        DataError: the table counts another measure.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from vedette.counts import read_counts
    >>> path = Path(tempfile.mkdtemp()) / "counts.csv"
    >>> _ = path.write_text("period,unit,count,deaths\\n2014-05,Anbar,3,7\\n2014-06,Anbar,0,0\\n")
    >>> history = counts_history(read_counts(path), "deaths")
    >>> history.values.ravel().tolist(), history.events.ravel().tolist()
    ([7, 0], [3, 0])
    """
    wanted = measure or table.measure
    beside = table.deaths if wanted == DEATHS else None
    other = EVENTS if wanted == DEATHS else DEATHS
    if table.deaths is None and table.measure == other:
        raise DataError(
            f"{table.file}: expected a column of {wanted}; found {other}. Forecast these instead."
        )
    codes = _codes(table)
    return History.of(
        table.counts if beside is None else beside,
        table.units,
        table.span.first,
        table.span.step,
        measure=wanted,
        events=None if beside is None else table.counts,
        neighbours=None if neighbours is None else _between_units(table, neighbours),
        kind=Kind.COUNTRY if codes else None,
        countries=codes,
    )


def _codes(table: CountTable) -> tuple[str, ...]:
    """The units of a table, if all are codes of countries; else none."""
    alike = not table.strata and all(re.fullmatch(r"[A-Z]{3}", unit) for unit in table.units)
    known = alike and all(country_record(Country(unit, unit)) for unit in table.units)
    return tuple(table.units) if known else ()


def _between_units(table: CountTable, neighbours: FloatArray) -> FloatArray:
    places = list(dict.fromkeys(table.places))
    at = np.array([places.index(place) for place in table.places])
    strata = np.array(table.strata or [""] * len(table.units))
    return np.asarray(neighbours[np.ix_(at, at)] * (strata[:, None] == strata))
