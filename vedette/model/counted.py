"""The history in a table of counts."""

import re
from collections.abc import Sequence

import numpy as np

from vedette.case import Country, country_called, country_numbered, country_record
from vedette.counts import CountTable
from vedette.counts.countries import CODES, COUNTRY_ID, NUMBERS
from vedette.errors import DataError
from vedette.model.history import FloatArray, History, Kind
from vedette.model.measures import Measure

DEATHS, EVENTS = Measure.DEATHS.value, Measure.EVENTS.value
_CODE, _KNOWN = r"[A-Z]{3}", 0.9


def counts_history(
    table: CountTable, measure: str | None = None, neighbours: FloatArray | None = None
) -> History:
    """The history of a measure in a table; deaths beside counts have these as the events behind them.

    Units are known to be countries where their column is ``country_id``, where all of them are names or codes
    of countries in a column called so (``country``, ``isocode``), or where they are ISO 3166-1 codes of
    three letters, such as IRQ. Which country a ``country_id`` is must be said by a column beside it, see
    `vedette.counts.read_counts`; where nothing says it, the history has an empty code.

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
    countries = _countries(table)
    return History.of(
        table.counts if beside is None else beside,
        table.units,
        table.span.first,
        table.span.step,
        measure=wanted,
        events=None if beside is None else table.counts,
        neighbours=None if neighbours is None else _between_units(table, neighbours),
        kind=Kind.COUNTRY if countries else None,
        countries=countries,
    )


def _countries(table: CountTable) -> tuple[str, ...]:
    """The ISO code of the country that each unit is, empty where not known; none if units may be others."""
    if table.strata:
        return ()
    named = tuple(_code(text, table.country_column.lower()) for text in table.countries)
    if table.unit_column == COUNTRY_ID:
        return named or _codes(table.units) or ("",) * len(table.units)
    return named if named and all(named) else _codes(table.units)


def _code(text: str, column: str) -> str:
    """The ISO code of a country as a column of a table calls it; empty if it is not known."""
    if column in CODES and re.fullmatch(_CODE, text):
        return text
    numbered = column in NUMBERS and re.fullmatch(r"\d+(\.0)?", text)
    country = country_numbered(int(float(text))) if numbered else country_called(text)
    return country.iso3 if country else ""


def _codes(units: Sequence[str]) -> tuple[str, ...]:
    """The units, if all have three capital letters and nine in ten are countries (Hong Kong is none)."""
    alike = all(re.fullmatch(_CODE, unit) for unit in units)
    known = sum(country_record(Country(unit, unit)) is not None for unit in units) if alike else 0
    return tuple(units) if known and known >= _KNOWN * len(units) else ()


def _between_units(table: CountTable, neighbours: FloatArray) -> FloatArray:
    places = list(dict.fromkeys(table.places))
    at = np.array([places.index(place) for place in table.places])
    strata = np.array(table.strata or [""] * len(table.units))
    return np.asarray(neighbours[np.ix_(at, at)] * (strata[:, None] == strata))
