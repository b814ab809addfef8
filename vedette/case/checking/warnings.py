"""Warnings about a case: remarks that do not prevent its use."""

from collections.abc import Iterator, Mapping

import polars as pl

from vedette.case.case import Case
from vedette.case.checking import references as links
from vedette.case.checking.retractions import retraction_warnings
from vedette.case.checking.speakers import speaker_warnings
from vedette.case.checking.tables import CaseTable
from vedette.case.geography.columns import PLACES
from vedette.case.geography.place_warnings import place_warnings
from vedette.case.schema import rows
from vedette.case.schema.settings import FILE
from vedette.case.schema.strata import OTHER, Dyad, claims
from vedette.errors import Problem
from vedette.plurals import counted


def warnings_of(case: Case, tables: Mapping[type[rows.Row], CaseTable]) -> Iterator[Problem]:
    """All warnings about a case, in the order of the files."""
    if not case.places.geometry:
        cure = "Put the polygons of the provinces there."
        yield Problem(PLACES, 0, "features", "the areas of the case", "none: the country is one place", cure)
    yield from place_warnings(case.places, case.country)
    yield from _events(case)
    yield from _observed(tables[rows.Cell])
    yield from _nameless(case)
    yield from retraction_warnings(tables)
    yield from speaker_warnings(tables[rows.Claim])
    yield from _recalled(tables[rows.Posture])
    yield from _recalled(tables[rows.Moment])
    yield from links.far_points(tables[rows.Moment], case.bounds)


def _events(case: Case) -> Iterator[Problem]:
    folder = case.workspace() / "events"
    if case.observed is None and not (folder.is_dir() and any(folder.iterdir())):
        cure = "Run vedette events load CASE FILE."
        yield Problem("events", 0, "", "event files, or observed.csv", "neither", cure)
    if case.partial and case.totals is None:
        cure = "Add totals.csv, or remove `partial`."
        yield Problem(FILE, 0, "events.partial", "totals.csv to reconcile with", "none", cure)


def _observed(observed: CaseTable) -> Iterator[Problem]:
    if numbers := list(links.disordered(observed)):
        found = f"{counted(len(numbers), 'row')} where it fails, the first row {numbers[0]}"
        cure = "Kept as published; look at the source if it matters."
        yield Problem(observed.file, numbers[0], "best", "low <= best <= high", found, cure)
    strays = observed.frame.filter(pl.col("place").str.starts_with(links.UNRESOLVED))
    for place, events in (
        strays.group_by("place", maintain_order=True).agg(pl.col("events").sum()).iter_rows()
    ):
        cure = "Add the name under `aliases` in case.yaml."
        found = f"{place[1:]!r} ({counted(events, 'event')})"
        yield Problem(observed.file, 0, "place", "a known place", found, cure)


def _nameless(case: Case) -> Iterator[Problem]:
    """Warnings of dyads that fall in another stratum by their names than by their ids."""
    if case.observed is None or case.partial is None:
        return
    dyads = case.observed.select(Dyad._fields).unique(maintain_order=True)
    for dyad in map(Dyad._make, dyads.filter(pl.col("dyad") != "").iter_rows()):
        by_ids = _claimants(case, dyad)
        by_names = _claimants(case, dyad._replace(dyad_id="", side_a_id="", side_b_id=""))
        if by_ids != by_names:
            found = f"{dyad.dyad!r}: {by_ids} by ids, {by_names} by names"
            cure = f"Add the exact names beside the ids: {case.partial.dataset} has no ids."
            yield Problem(FILE, 0, "strata", "the same stratum by ids and by names", found, cure)


def _claimants(case: Case, dyad: Dyad) -> str:
    return " and ".join(stratum.id for stratum in claims(case.strata, dyad)) or OTHER


def _recalled(table: CaseTable) -> Iterator[Problem]:
    count = table.frame.filter((pl.col("basis") == "recalled") & (pl.col("source") == "")).height
    if count:
        cure = "They are never shown as fact; find a page for them."
        found = f"{counted(count, 'recalled row')} without one"
        yield Problem(table.file, 0, "source", "a source", found, cure)
