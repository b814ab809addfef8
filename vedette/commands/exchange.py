"""Take the ledger out to other programs, and bring in what they wrote."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vedette.case import Case, find_case, read_case
from vedette.case.schema import Actor, Claim, Moment, Site, Source
from vedette.case.writing import add_rows, changing_case, refuse_shipped
from vedette.errors import UsageError
from vedette.evidence import Ledger
from vedette.evidence.exchange import (
    LeftOut,
    Proposed,
    as_csv,
    as_followthemoney,
    as_geojson,
    as_graphml,
    from_followthemoney,
    from_frictionless,
    from_sfm,
)
from vedette.files import replace_files

Form = Callable[[Ledger, date | None, float | None], tuple[bytes, tuple[LeftOut, ...]]]


FORMS: Mapping[str, Form] = {
    "followthemoney": as_followthemoney,
    "graphml": as_graphml,
    "csv": as_csv,
    "geojson": as_geojson,
}
"""The forms that a ledger is exported in, by name."""

IMPORTS = ("followthemoney", "frictionless", "sfm")
"""The forms of files that a case takes in, beside sheets."""


@dataclass(frozen=True)
class ExportResult:
    """The file of an export, the file beside it of what the form could not carry, and that as rows."""

    out: Path
    beside: Path
    edition: str
    left_out: tuple[LeftOut, ...]

    def document(self) -> dict[str, Any]:
        """Returns the files, the edition, and what was left out."""
        written = {"wrote": [str(self.out), str(self.beside)], "edition": self.edition}
        return {**written, "left_out": [asdict(each) for each in self.left_out]}


@dataclass(frozen=True)
class ImportResult:
    """What an import added to a case, what was known before, and what it could not carry."""

    proposed: Proposed

    def document(self) -> dict[str, Any]:
        """Returns the rows that were added by table, and the rest."""
        return asdict(self.proposed)


def export_ledger(
    ledger: Ledger, form: str, *, out: Path, at: date | None = None, least: float | None = None
) -> ExportResult:
    """Writes a ledger in one of `FORMS`, and beside it what the form could not carry.

    Raises:
        StorageError: a file cannot be written.
    """
    content, left_out = FORMS[form](ledger, at, least)
    about = {
        "case": ledger.case.id,
        "edition": ledger.case.edition,
        "as_of": str(ledger.as_of or ""),
        "left_out": [asdict(each) for each in left_out],
    }
    beside = out.with_name(f"{out.name}.left-out.json")
    text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
    replace_files({out: content, beside: text.encode()}, "Choose another with --out.")
    return ExportResult(out, beside, ledger.case.edition, left_out)


def bring_in(
    case: str, file: Path, *, form: str, source: str | None = None, unlike: Collection[str] = ()
) -> ImportResult:
    """Adds to a case what a file of `IMPORTS` holds.

    Args:
        case: a case of the user's own.
        file: the file.
        form: its form.
        source: the id of the source of what names none.
        unlike: ids of entities of the file that are no actor of the case, whatever their names say.

    Raises:
        UsageError: the case comes with vedette, or names in the file are unclear.
        CaseError: with the rows the folder would hold mistakes; nothing is written.
        DataError: the file is not of that form.
    """
    with changing_case(case, f"import {form}") as change:
        found = _proposed(read_case(change.home), file, form=form, source=source, unlike=unlike)
        change.about |= {"file": file.name, "known": found.known}
        add_rows(
            change,
            {
                Actor: found.actors,
                Source: found.sources,
                Site: found.sites,
                Claim: found.claims,
                Moment: found.timeline,
            },
        )
    return ImportResult(found)


def preview(
    case: str, file: Path, *, form: str, source: str | None = None, unlike: Collection[str] = ()
) -> ImportResult:
    """Says what `bring_in` would add; nothing is written.

    Raises:
        UsageError: the case comes with vedette, or names in the file are unclear.
        DataError: the file is not of that form.
    """
    home = find_case(case)
    refuse_shipped(home)
    return ImportResult(_proposed(read_case(home), file, form=form, source=source, unlike=unlike))


def _proposed(case: Case, file: Path, *, form: str, source: str | None, unlike: Collection[str]) -> Proposed:
    if source is not None and source not in case.sources["id"]:
        raise UsageError(f"--source {source}: the case has no such source. Add it: vedette add source.")
    match form:
        case "followthemoney":
            return from_followthemoney(file, case, source, unlike)
        case "frictionless":
            return from_frictionless(file, case)
        case "sfm":
            return from_sfm(file, case, source, unlike)
        case _:
            raise UsageError(f"{form!r} is no form that comes in. Use one of: {', '.join(IMPORTS)}.")
