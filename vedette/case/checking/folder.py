"""Reads and checks a case folder; all problems are reported at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vedette.case.case import SHIPPED, Case, shipped_cases
from vedette.case.checking import references as links
from vedette.case.checking.claim_references import claim_problems
from vedette.case.checking.spelling import spelling_problems
from vedette.case.checking.tables import CaseTable, read_table
from vedette.case.checking.warnings import warnings_of
from vedette.case.geography.places import Places
from vedette.case.geography.read_places import read_places
from vedette.case.geography.read_regions import bounds_of, read_regions
from vedette.case.schema import rows
from vedette.case.schema.settings import Bounds, Settings, read_settings
from vedette.case.schema.strata import OTHER, Stratum
from vedette.errors import CaseError, Problem
from vedette.files import steady
from vedette.plurals import counted
from vedette.problems import did_you_mean

Tables = dict[type[rows.Row], CaseTable]


@dataclass(frozen=True)
class Checked:
    """A case without mistakes, and warnings about it."""

    case: Case
    warnings: tuple[Problem, ...]


def read_case(folder: Path | str) -> Case:
    """Reads a shipped case by name (``iraq``) or any other by path.

    While another command changes the case, the state before or after the change is read, never a mixture.

    Raises:
        CaseError: the folder has mistakes; ``problems`` lists all of them.
        StorageError: a change of the case was interrupted and cannot be completed.

    Example:
        >>> read_case("iraq").country.iso3
        'IRQ'
    """
    path = find_case(folder)
    return steady(path, lambda: _read(path))[0]


def check_case(folder: Path | str) -> Checked:
    """Reads a case and lists warnings: remarks that do not prevent its use.

    Raises:
        CaseError: the folder has mistakes; ``problems`` lists all of them.
    """
    path = find_case(folder)
    case, tables = steady(path, lambda: _read(path))
    return Checked(case, tuple(warnings_of(case, tables)))


def find_case(folder: Path | str) -> Path:
    """The folder of a shipped case, given by name, or of any other case, given by path.

    Raises:
        CaseError: there is no such case.
    """
    if isinstance(folder, str) and folder in shipped_cases():
        return SHIPPED / folder
    path = Path(folder)
    if path.is_dir():
        return path.resolve()
    found = "a file" if path.is_file() else "nothing there"
    cure = (
        did_you_mean(str(folder), list(shipped_cases()))
        + " Or make a case: vedette new FOLDER --country NAME."
    )
    raise CaseError("No such case.", [Problem(str(folder), 0, "", "a case folder", found, cure)])


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Switches the garbage collector off while reading: many objects, no reference cycles."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


@_without_garbage_collection()
def _read(folder: Path) -> tuple[Case, Tables]:
    settings, problems = read_settings(folder)
    tables = {model: read_table(folder, model) for model in rows.TABLES}
    problems += [problem for table in tables.values() for problem in table.problems]
    places, problems_ = read_places(folder, settings)
    problems += [*problems_, *_unknown_sources(tables), *_half_points(tables), *spelling_problems(tables)]
    if settings is not None and places is not None:
        case, problems_ = _join(folder, settings, places, tables)
        problems += problems_
        if not problems:
            return case, tables
    raise CaseError(f"{folder} has {counted(len(problems), 'mistake')}.", problems)


def _join(folder: Path, settings: Settings, places: Places, tables: Tables) -> tuple[Case, list[Problem]]:
    regions, problems = read_regions(folder, settings, places)
    bounds = bounds_of(settings, places)
    strata = (*settings.strata, Stratum(OTHER, "Other"))
    if not problems:
        problems += links.unknown_regions(tables[rows.Cell], regions)
    problems += _misplaced(tables, places, bounds)
    problems += claim_problems(tables, settings, places, [region.id for region in regions])
    problems += links.contested_dyads(tables[rows.Cell], strata)
    partial = settings.events.partial
    case = Case(
        folder=folder,
        id=settings.id,
        title=settings.title,
        question=settings.question,
        country=settings.country,
        step=settings.step,
        start=settings.start,
        as_of=settings.as_of,
        horizon=settings.horizon,
        scale=settings.scale,
        places=places,
        regions=regions,
        strata=strata,
        dataset=settings.events.dataset,
        partial=partial.value() if partial else None,
        sites=tables[rows.Site].frame,
        actors=tables[rows.Actor].frame,
        sources=tables[rows.Source].frame,
        claims=tables[rows.Claim].frame,
        forces=tables[rows.Force].frame,
        observed=tables[rows.Cell].frame if tables[rows.Cell].present else None,
        totals=tables[rows.Total].frame if tables[rows.Total].present else None,
        posture=tables[rows.Posture].frame,
        timeline=tables[rows.Moment].frame,
        interventions=tables[rows.InterventionRow].frame,
        credits=settings.credits,
        downloads=settings.downloads,
        bounds=bounds,
        weights=settings.belief,
        editions=settings.editions,
        anonymity=settings.anonymity,
        questions=settings.questions,
    )
    return case, problems


def _misplaced(tables: Tables, places: Places, bounds: Bounds) -> Iterator[Problem]:
    yield from links.unknown_places(tables[rows.Cell], places)
    yield from links.unknown_ids(tables[rows.Site], "place", places.ids, "the id of a place")
    yield from links.far_points(tables[rows.Site], bounds)
    yield from links.swapped_points(tables[rows.Moment], bounds)


def _unknown_sources(tables: Tables) -> Iterator[Problem]:
    yield from links.unknown_ids(
        tables[rows.Actor], "parent", tables[rows.Actor].frame["id"].to_list(), "the id of an actor"
    )
    sources = tables[rows.Source]
    if sources.problems:
        return
    known = sources.frame["id"].to_list()
    for model in (rows.Site, rows.Claim, rows.Total, rows.Posture, rows.Moment, rows.InterventionRow):
        yield from links.unknown_ids(tables[model], "source", known, "the id of a row in sources.csv")


def _half_points(tables: Tables) -> Iterator[Problem]:
    yield from links.half_points(tables[rows.Site])
    yield from links.half_points(tables[rows.Moment])
