"""Reads and checks a case folder; all problems are reported at once."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vedette.case.author_notes import read_notes
from vedette.case.case import SHIPPED, Case, shipped_cases
from vedette.case.checking import references as links
from vedette.case.checking.claim_references import claim_problems
from vedette.case.checking.days import day_problems
from vedette.case.checking.identities import identity_problems
from vedette.case.checking.letters import unprintable, unseen
from vedette.case.checking.misnamed import misnamed
from vedette.case.checking.spelling import spelling_problems
from vedette.case.checking.tables import CaseTable, read_table
from vedette.case.checking.warnings import warnings_of
from vedette.case.geography.columns import PLACES
from vedette.case.geography.places import Places
from vedette.case.geography.read_places import read_places
from vedette.case.geography.read_regions import bounds_of, read_regions
from vedette.case.schema import rows
from vedette.case.schema.settings import Bounds, Settings, read_settings
from vedette.case.schema.sheet_mappings import mapping_problems
from vedette.case.schema.strata import OTHER, Stratum, contested_dyads
from vedette.errors import CaseError, Problem
from vedette.files import steady
from vedette.missing import is_missing
from vedette.plurals import counted
from vedette.problems import did_you_mean, shown

Tables = dict[type[rows.Row], CaseTable]

_CITING = (
    *(rows.Site, rows.Claim, rows.Retraction, rows.Total, rows.Posture, rows.Moment),
    rows.InterventionRow,
)
"""The tables that cite sources."""


@dataclass(frozen=True)
class Checked:
    """A case without mistakes, and warnings about it."""

    case: Case
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Examined:
    """What reading a case folder found; with mistakes, ``case`` is only as much as could be read of it.

    Attributes:
        case: the case; None where case.yaml or the places cannot be read at all.
        problems: the mistakes in the files of the case room.
        warnings: remarks that do not prevent its use; none where there are mistakes.
    """

    case: Case | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()

    def broken(self, file: str) -> bool:
        """Whether a file holds mistakes, so that what refers to it cannot be judged."""
        return any(problem.file == file for problem in self.problems)


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
    return steady(path, lambda: _read(path))


def check_case(folder: Path | str) -> Checked:
    """Reads a case and lists warnings: remarks that do not prevent its use.

    Raises:
        CaseError: the folder has mistakes, or files whose names mislead; ``problems`` lists all of them.
    """
    examined = examine_case(folder)
    if examined.case is None or examined.problems:
        raise _refused(folder, examined.problems)
    return Checked(examined.case, examined.warnings)


def examine_case(folder: Path | str) -> Examined:
    """Reads a case as far as it goes and lists its mistakes, misleading names of files included, or warnings.

    Raises:
        CaseError: there is no such case.
        StorageError: a change of the case was interrupted and cannot be completed.
    """
    path = find_case(folder)
    case, tables, problems = steady(path, lambda: _examine(path))
    problems += mapping_problems(path)
    problems += misnamed(path, _polygon_files(path))
    warnings = tuple(warnings_of(case, tables)) if case and not problems else ()
    return Examined(case, tuple(problems), warnings)


def _polygon_files(folder: Path) -> list[str]:
    """The files of polygons that case.yaml names; all there are where it cannot be read."""
    settings, _ = read_settings(folder)
    if settings is None:
        return [path.name for path in folder.glob("*.geojson")]
    return [entry.polygons for entry in settings.regions if entry.polygons]


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


def _read(folder: Path) -> Case:
    case, _, problems = _examine(folder)
    if case is None or problems:
        raise _refused(folder, problems)
    return case


def _refused(folder: Path | str, problems: Sequence[Problem]) -> CaseError:
    return CaseError(f"{folder} has {counted(len(problems), 'mistake')}.", problems)


@_without_garbage_collection()
def _examine(folder: Path) -> tuple[Case | None, Tables, list[Problem]]:
    settings, problems = read_settings(folder)
    tables = {model: read_table(folder, model) for model in rows.TABLES}
    problems += [problem for table in tables.values() for problem in table.problems]
    places, problems_ = read_places(folder, settings)
    problems += [*problems_, *_unknown_sources(tables), *_half_points(tables), *spelling_problems(tables)]
    if settings is None or places is None:
        return None, tables, problems
    case, problems_ = _join(folder, settings, places, tables)
    return case, tables, [*problems, *problems_]


def _join(folder: Path, settings: Settings, places: Places, tables: Tables) -> tuple[Case, list[Problem]]:
    regions, problems = read_regions(folder, settings, places)
    bounds = bounds_of(settings, places)
    strata = (*settings.strata, Stratum(OTHER, "Other"))
    if not problems:
        problems += links.unknown_regions(tables[rows.Cell], regions)
    problems += [*_misplaced(tables, places, bounds), *_unseen_names(places)]
    problems += claim_problems(tables, settings, places, [region.id for region in regions])
    problems += [*day_problems(tables, settings), *identity_problems(tables, settings)]
    problems += contested_dyads(strata, tables[rows.Cell].frame)
    notes, problems_ = read_notes(folder, settings.editions)
    problems += problems_
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
        covers=settings.events.days(),
        types=settings.events.types,
        literal_words=_literal_words(settings, places),
        sites=tables[rows.Site].frame,
        actors=tables[rows.Actor].frame,
        sources=tables[rows.Source].frame,
        claims=tables[rows.Claim].frame,
        retractions=tables[rows.Retraction].frame,
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
        notes=notes,
    )
    return case, problems


def _literal_words(settings: Settings, places: Places) -> tuple[str, ...]:
    """The words for a missing value that are names in this case: those it lists, and names of its areas."""
    names = (name for name in places.names.values() if is_missing(name))
    return tuple(dict.fromkeys((*settings.events.literal, *names)))


def _misplaced(tables: Tables, places: Places, bounds: Bounds) -> Iterator[Problem]:
    yield from links.unknown_places(tables[rows.Cell], places)
    yield from links.unknown_ids(tables[rows.Site], "place", places.ids, "the id of a place")
    yield from links.unknown_in_list(tables[rows.InterventionRow], "places", places.ids, "ids of places")
    yield from links.far_points(tables[rows.Site], bounds)
    yield from links.swapped_points(tables[rows.Moment], bounds)


def _unseen_names(places: Places) -> Iterator[Problem]:
    for key, name in places.names.items():
        if letter := unseen(key) or unseen(name):
            found, cure = unprintable(letter)
            yield Problem(
                PLACES, 0, "features", "names whose letters can be seen", f"{found} in {shown(name)}", cure
            )


def _unknown_sources(tables: Tables) -> Iterator[Problem]:
    yield from links.unknown_ids(
        tables[rows.Actor], "parent", tables[rows.Actor].frame["id"].to_list(), "the id of an actor"
    )
    sources = tables[rows.Source]
    if sources.problems:
        return
    known = sources.frame["id"].to_list()
    for model in _CITING:
        yield from links.unknown_ids(tables[model], "source", known, "the id of a row in sources.csv")


def _half_points(tables: Tables) -> Iterator[Problem]:
    yield from links.half_points(tables[rows.Site])
    yield from links.half_points(tables[rows.Moment])
