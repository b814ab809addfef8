"""Reads and describes Tabular Data Packages (Frictionless): CSV tables with a JSON description."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from vedette.case import Case
from vedette.case.checking import schema
from vedette.case.schema import Actor, Claim, Source
from vedette.case.writing import BOM, as_written, lines_of, tables_of
from vedette.errors import DataError
from vedette.evidence.exchange.entities import refuse_table
from vedette.evidence.exchange.left_out import counted
from vedette.evidence.exchange.proposed import Proposed

FILE = "datapackage.json"
_TAKEN = {"actors": Actor, "sources": Source, "claims": Claim}
_TYPES = {pl.Boolean: "boolean", pl.Int64: "integer", pl.Float64: "number", pl.Date: "date"}


def described(case: Case) -> bytes:
    """The content of ``datapackage.json``: the tables of a case described as a Tabular Data Package."""
    resources = []
    for model, frame in tables_of(case):
        if frame is None or frame.is_empty():
            continue
        header = lines_of(frame, model, as_written(case.folder, model)).removeprefix(BOM).splitlines()[0]
        kinds = schema(model)
        fields = [
            {"name": name.strip(), "type": _TYPES.get(kinds[name.strip()], "string")}
            for name in next(csv.reader([header]))
            if name.strip()
        ]
        resources.append(
            {
                "name": model.file.removesuffix(".csv"),
                "path": model.file,
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {"fields": fields},
            }
        )
    whole = {"profile": "tabular-data-package", "name": case.id, "title": case.title, "resources": resources}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def from_frictionless(file: Path, case: Case) -> Proposed:
    """The rows that a Tabular Data Package would add to a case: its actors, sources and claims.

    Rows with an id that the case has count as known. Columns that the tables of a case lack and resources
    that are no such table are counted as left out.

    Raises:
        DataError: the package or one of its tables cannot be read, or a table is not in the package's folder.
    """
    reasons: list[tuple[str, str]] = []
    known = 0
    rows: dict[str, tuple[Mapping[str, str], ...]] = {}
    tables = {"actors": case.actors, "sources": case.sources, "claims": case.claims}
    for resource in _package(file).get("resources", ()):
        name = str(resource.get("name", "")).lower()
        if name not in _TAKEN:
            reasons.append(("resources", f"{name}: no table to add to"))
            continue
        columns, taken = set(schema(_TAKEN[name])), set(tables[name]["id"])
        all_rows = list(_rows(file, resource))
        new = [row for row in all_rows if row.get("id") not in taken]
        known += len(all_rows) - len(new)
        reasons += [("columns", f"{name}.{key}") for row in new for key in row if key not in columns]
        rows[name] = tuple({key: cell for key, cell in row.items() if key in columns} for row in new)
    return Proposed(
        actors=rows.get("actors", ()),
        sources=rows.get("sources", ()),
        claims=rows.get("claims", ()),
        known=known,
        left_out=counted(reasons),
    )


def _package(file: Path) -> Mapping[str, Any]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        if text.strip():
            refuse_table(file, text)
        description = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{file} cannot be read as a data package: {error}.") from error
    if not isinstance(description, dict) or not isinstance(description.get("resources"), list):
        raise DataError(f"{file}: expected a data package with a list of resources.")
    return description


def _rows(file: Path, resource: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The non-empty cells of each row of a resource in the package's folder."""
    path = resource.get("path")
    if isinstance(path, list):
        path = path[0] if len(path) == 1 else None
    safe = isinstance(path, str) and ":" not in path and not PurePosixPath(path).is_absolute()
    if not safe or ".." in PurePosixPath(str(path)).parts:
        raise DataError(f"{file}: expected tables that lie beside it; found {path!r}. Fetch them first.")
    delimiter = str(resource.get("dialect", {}).get("delimiter", ","))
    encoding = str(resource.get("encoding", "utf-8")).replace("utf-8", "utf-8-sig")
    try:
        with (file.parent / str(path)).open(encoding=encoding, newline="") as table:
            for row in csv.DictReader(table, delimiter=delimiter):
                yield {str(key): str(cell) for key, cell in row.items() if key and cell}
    except (OSError, ValueError, LookupError, csv.Error) as error:
        raise DataError(f"{file}: {path} cannot be read: {error}.") from error
