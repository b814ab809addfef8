"""Other countries as donors, from a table of the user."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from vedette.case import Case, find_country
from vedette.counts import CountTable, read_counts
from vedette.effect.donors import LONGEST, DonorAnswer, DonorPool, ask_donors
from vedette.effect.effect import Effect
from vedette.effect.series import Series
from vedette.errors import DataError, Problem, UsageError
from vedette.model import By, FloatArray, Measure
from vedette.periods import Step, first_day, label
from vedette.plurals import counted
from vedette.precedents import UcdpRecord, read_record
from vedette.precedents.names import plain
from vedette.precedents.ucdp_record import last_coded

KIND, ALIKE = "countries", 0.1
"""The table counts the same if its deaths in the country are within this share of those of the case."""


def read_countries(path: Path) -> CountTable:
    """Reads deaths by month and country: columns period, country (a name or code) and deaths.

    A country without a row for some month is no donor where that month is looked at.

    Raises:
        DataError: the table has mistakes, or names what is no country.
    """
    table = read_counts(path, fill_zeros=True)
    if table.span.step is not Step.MONTH:
        raise DataError(f"{path.name}: expected months, found {table.span.step}s. Sum them by month.")
    problems = list(_unknown(path, table))
    if problems:
        raise DataError(f"{path.name}: expected a column of countries.", problems)
    return table


def _unknown(path: Path, table: CountTable) -> Iterator[Problem]:
    for unit in table.units:
        try:
            find_country(unit)
        except UsageError:
            cure = "Write its name or its ISO code like IRQ, or leave it out."
            yield Problem(path.name, 0, table.unit_column, "a country", unit, cure)


def country_donors(
    case: Case, series: Series, effect: Effect, table: CountTable | None, known: date | None
) -> DonorAnswer:
    """What other countries say would have been in the country.

    Args:
        case: the case.
        series: the series asked about.
        effect: the effect, whose window is looked at.
        table: deaths by month and country, in the measure of the case; None if the user gave none.
        known: the as-of day, for departures of foreign troops elsewhere; None for all that are coded.
    """
    if series.by is not By.COUNTRY or effect.measure != Measure.DEATHS.value or effect.step is not Step.MONTH:
        return DonorAnswer(KIND, "other countries are compared by all deaths of the country by month alone")
    if table is None:
        return DonorAnswer(KIND, "no table of deaths in other countries was given (--countries)")
    columns = {find_country(unit).iso3: column for column, unit in enumerate(table.units)}
    first, last = max(table.span.first, effect.origin + 1 - LONGEST), min(table.span.last, effect.periods[-1])
    if not first <= effect.origin < last:
        ends = " to ".join(label(end, Step.MONTH) for end in (table.span.first, table.span.last))
        return DonorAnswer(KIND, f"{table.file} runs from {ends}")
    rows = slice(first - table.span.first, last + 1 - table.span.first)
    counts, unknown = table.counts[rows].astype(float), table.missing[rows].sum(axis=0)
    before = effect.origin + 1 - first
    own = columns.pop(case.country.iso3, None)
    if own is None:
        return DonorAnswer(KIND, f"{table.file} has no {case.country.name} to compare the measure by")
    if unknown[own]:
        return DonorAnswer(
            KIND, f"{table.file} lacks {case.country.name} in {counted(int(unknown[own]), 'month')}"
        )
    if reason := _another_measure(case, effect, counts[before:, own], table.file):
        return DonorAnswer(KIND, reason)
    busy = _changing(known, first_day(effect.periods[0], Step.MONTH).year, first_day(last, Step.MONTH).year)
    names = {column: find_country(table.units[column]) for column in columns.values()}
    left_out = {each.name: busy[each.gw] for each in names.values() if each.gw in busy}
    left_out |= {
        each.name: f"unknown in {counted(int(unknown[column]), 'month')}"
        for column, each in names.items()
        if unknown[column]
    }
    chosen = {each.name: column for column, each in names.items() if each.name not in left_out}
    donors = counts[:, list(chosen.values())]
    return ask_donors(DonorPool(KIND, counts[:, own], tuple(chosen), donors, before, Step.MONTH, left_out))


def _another_measure(case: Case, effect: Effect, own: FloatArray, file: str) -> str:
    """Why a table does not count what the case counts, by the deaths of the window; empty if it does."""
    ours = float(np.median(effect.observed[:, : len(own)].sum(axis=1)))
    theirs = float(own.sum())
    if abs(theirs - ours) <= ALIKE * max(ours, theirs):
        return ""
    return (
        f"{file} counts another measure: {theirs:,.0f} deaths in {case.country.name} in the window, "
        f"where the case has {ours:,.0f}"
    )


def _changing(known: date | None, first: int, last: int) -> dict[int | None, str]:
    """Governments beside which foreign troops came or left in some years, by Gleditsch-Ward number."""
    record = _published(known)
    numbers = dict(record.years.select("government", "gw").iter_rows())
    changing: dict[int | None, str] = {}
    for government, backer, came, left in record.spells.iter_rows():
        ends = {"came": came, "left": left if left < record.last else None}
        for verb, year in ends.items():
            if year is not None and first <= year <= last and government in numbers:
                changing[numbers[government]] = f"troops of {plain(backer)} {verb} in {year}"
    return changing


def _published(known: date | None) -> UcdpRecord:
    """The record of foreign troops that was published by a day; of the first days, what it begins with."""
    record = read_record()
    return record if known is None else record.until(min(last_coded(known), record.last))
