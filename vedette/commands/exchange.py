"""Take the ledger out to other programs, and bring in what they wrote."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from vedette.case import read_case, write_case
from vedette.case.schema import Actor, Claim, Source
from vedette.case.writing import add_rows, changing_case
from vedette.errors import UsageError
from vedette.evidence import Ledger, edition_of
from vedette.evidence.exchange import (
    LeftOut,
    Proposed,
    as_followthemoney,
    as_geojson,
    as_graphml,
    described,
    from_followthemoney,
    from_frictionless,
    tied_rows,
    untied,
)
from vedette.files import replace_files

Form = Callable[[Ledger, date | None, float], tuple[bytes, tuple[LeftOut, ...]]]


def _as_csv(ledger: Ledger, at: date | None, least: float) -> tuple[bytes, tuple[LeftOut, ...]]:
    return tied_rows(ledger, at, least).write_csv().encode("utf-8"), untied(ledger)


FORMS: Mapping[str, Form] = {
    "followthemoney": as_followthemoney,
    "graphml": as_graphml,
    "csv": _as_csv,
    "geojson": as_geojson,
}
"""The forms that a ledger is exported in, by name."""


def export_ledger(
    ledger: Ledger, form: str, out: Path, at: date | None = None, least: float = 0.0
) -> tuple[Path, tuple[LeftOut, ...]]:
    """Writes a ledger in one of `FORMS`, and beside it what the form could not carry.

    Raises:
        StorageError: a file cannot be written.
    """
    content, left_out = FORMS[form](ledger, at, least)
    told = {
        "case": ledger.case.id,
        "edition": ledger.case.edition,
        "as_of": str(ledger.as_of or ""),
        "left_out": [asdict(each) for each in left_out],
    }
    beside = out.with_name(f"{out.name}.left-out.json")
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    replace_files({out: content, beside: text.encode()}, "Choose another with --out.")
    return beside, left_out


def export_case(case: str, edition: str | None, out: Path, *, package: bool = False) -> Path:
    """Writes an edition of a case as a case folder; as a Tabular Data Package with ``datapackage.json``.

    Raises:
        UsageError: the folder holds files, or the case has no such edition.
    """
    cut = edition_of(read_case(case), edition)
    more = {"datapackage.json": described(cut)} if package else {}
    return write_case(cut, out, more)


def bring_in(form: str, file: Path, case: str, source: str | None = None) -> Proposed:
    """Adds to a case what a file of ``followthemoney`` or ``frictionless`` holds; gives what was added.

    Raises:
        UsageError: the case comes with vedette, or names in the file are unclear.
        CaseError: with the rows the folder would hold mistakes; nothing is written.
        DataError: the file is not of that form.
    """
    with changing_case(case, f"import {form}") as change:
        read = read_case(change.home)
        if source is not None and source not in read.sources["id"]:
            raise UsageError(f"--source {source}: the case has no such source. Add it: vedette add source.")
        if form == "followthemoney":
            found = from_followthemoney(file, read, source)
        else:
            found = from_frictionless(file, read)
        change.about |= {"file": file.name, "known": found.known}
        add_rows(change, {Actor: found.actors, Source: found.sources, Claim: found.claims})
    return found
