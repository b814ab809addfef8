"""A case written as a folder: whole, byte for byte as it was read, or cut down to an edition."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
import yaml

from vedette.case.author_notes import NOTES, written
from vedette.case.case import Case
from vedette.case.geography.handed_on import polygons_of
from vedette.case.schema import rows
from vedette.case.schema.row import Row
from vedette.case.schema.settings import FILE
from vedette.case.writing.preserved_rows import as_written, lines_of
from vedette.errors import StorageError
from vedette.files import HINDCASTS, is_private, new_folder, obstacle

_STAYS = ("events", "register", "issues", HINDCASTS)
"""Folders of a case that belong to a machine and its user."""


def write_case(case: Case, folder: Path | str, more: Mapping[str, bytes] | None = None) -> Path:
    """Writes a case into a folder that does not exist or is empty; the folder appears whole or not at all.

    Tables are written from the case. Rows that hold what they held in the folder it was read from stay as
    they were written there, so that a case read and written again is the same, byte for byte. All other files
    are copied. Of an edition only tables, notes and polygons are written, these without properties that
    nothing reads, and ``case.yaml`` without comments, with that edition alone. ``more`` are further files by
    name.

    Returns:
        The folder, absolute.

    Raises:
        UsageError: the folder holds files.
        StorageError: it cannot be written.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from vedette.case import read_case
        >>> case = read_case("iraq")
        >>> with TemporaryDirectory() as folder:
        ...     again = write_case(case, Path(folder) / "iraq")
        ...     (again / "totals.csv").read_bytes() == (case.folder / "totals.csv").read_bytes()
        True
    """
    target = Path(folder).resolve()
    with new_folder(target) as draft:
        for name, content in (*_files(case), *(more or {}).items()):
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            (draft / name).write_bytes(content)
    return target


def tables_of(case: Case) -> Iterator[tuple[type[Row], pl.DataFrame | None]]:
    """Every table of a case with its model; None where the case lacks it."""
    yield rows.Site, case.sites
    yield rows.Actor, case.actors
    yield rows.Source, case.sources
    yield rows.Claim, case.claims
    yield rows.Retraction, case.retractions
    yield rows.Force, case.forces
    yield rows.Cell, case.observed
    yield rows.Total, case.totals
    yield rows.Posture, case.posture
    yield rows.Moment, case.timeline
    yield rows.InterventionRow, case.interventions


def _files(case: Case) -> Iterator[tuple[str, bytes]]:
    for model, frame in tables_of(case):
        as_read = as_written(case.folder, model)
        if frame is not None and (as_read or not frame.is_empty()):
            yield model.file, lines_of(frame, model, as_read).encode("utf-8")
    if case.edition:
        if case.notes:
            yield NOTES, written(case.notes).encode("utf-8")
        yield FILE, settings_of(case).encode("utf-8")
        yield from polygons_of(case.folder)
    else:
        yield from _others(case.folder)


def _others(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a case that are no tables, but those that stay on a machine.

    Raises:
        StorageError: a link leads out of the case.
    """
    tables = {model.file for model in rows.TABLES}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        hidden = len(name.parts) > 1 and name.parts[0].startswith(".")
        stays = hidden or name.parts[0] in _STAYS or is_private(name.as_posix())
        if path.is_file() and not stays and str(name) not in tables:
            if way := obstacle(path, folder):
                raise StorageError(f"{name}: expected a file of the case; found {way.found}. {way.cure}")
            yield str(name), path.read_bytes()


def _loaded(case: Case) -> dict[str, object]:
    loaded = yaml.safe_load((case.folder / FILE).read_bytes())
    assert isinstance(loaded, dict)
    return loaded


def settings_of(case: Case) -> str:
    """``case.yaml`` of an edition: what it may not show is gone, and what is left may all be shown."""
    whole = _loaded(case)
    edition = next(each for each in case.editions if each.id == case.edition)
    asked = [question.id for question in case.questions]
    whole["editions"] = [{"id": edition.id, "handling": edition.handling, "protected": True}]
    if whole.get("questions"):
        whole["questions"] = [each for each in _listed(whole, "questions") if each["id"] in asked]
    for region in _listed(whole, "regions"):
        source = str(region.get("source") or "")
        shown = case.public_ids.get(source, source)
        if source and shown in case.sources["id"]:
            region.update(source=shown)
        elif source:
            region.update(source="", author="", note="")
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True)


def _listed(whole: dict[str, object], key: str) -> list[dict[str, object]]:
    found = whole.get(key) or []
    assert isinstance(found, list)
    return found
