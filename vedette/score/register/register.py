"""The register: forecasts frozen on the day they were issued, to be scored when their months have come.

    register/2014-05-deaths-country-ewma-negbin-1f0c6a52/
      issued.json     what, by whom, when, and the hashes of the two files beside it
      draws.parquet   every draw: period, unit, draw, outcome
      known.parquet   the counts known then: period, unit, count

A folder is moved to its place whole, as a change of the case; nothing in the register is ever written again.
"""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl

from vedette import __version__
from vedette.errors import DataError, Problem
from vedette.files import CaseChange, obstacle, replace_file
from vedette.model import Forecast, History
from vedette.model.exchange import read_draws, write_draws
from vedette.periods import label
from vedette.score.register.hashes import canonical, digest, panel_hash, plain_bytes

REGISTER = "register"
"""The folder of issued forecasts in the workspace of a case."""
DRAWS, KNOWN, ISSUED = "draws.parquet", "known.parquet", "issued.json"
_CURE = "Put it back from a copy, or take the folder out of the register; it cannot be trusted any more."


@dataclass(frozen=True)
class Issued:
    """A forecast in the register.

    ``origin`` and the first and last period forecast are labels like 2014-06; ``as_of`` the day up to which
    things were known; ``issued_at`` the instant in UTC; ``version`` of vedette. ``panel`` is the SHA-256 of
    the history that the forecast was made from, all panel draws included; ``files`` the SHA-256 of the files.
    """

    id: str
    case: str
    measure: str
    by: str
    model: str
    seed: int
    draws: int
    units: int
    origin: str
    first: str
    last: str
    as_of: str
    issued_at: str
    version: str
    panel: str
    files: Mapping[str, str]


def issue(
    change: CaseChange, ahead: Forecast, past: History, *, case: str, by: str, as_of: date
) -> tuple[Issued, bool]:
    """Puts a forecast into the register of a case, as part of a change; gives it, and whether it is new.

    The same draws from the same history, as-of, case and units are the same forecast, whenever they are
    issued: they are recognised, and what stands there stays as it is.

    Args:
        change: the change of the case; ``change.home`` holds the register.
        ahead: the forecast.
        past: the history that it was made from.
        case: name of the case.
        by: what a unit is.
        as_of: the day up to which things were known.

    Raises:
        StorageError: the disk stands in the way; nothing was half-written.
        DataError: the same forecast stands there, but was changed since.
    """
    about = _about(ahead, past, case, by, as_of)
    name = str(about["id"])
    standing = change.home / REGISTER / name
    if standing.exists():
        return read_issued(standing), False
    draft = change.new_folder(name)
    _freeze(draft, about, ahead, past)
    change.place(f"{REGISTER}/{name}", draft)
    return read_issued(draft), True


def _about(ahead: Forecast, past: History, case: str, by: str, as_of: date) -> dict[str, str | int]:
    """What is said of a forecast; its id is made of all that makes it this forecast and no other."""
    step = ahead.step
    about: dict[str, str | int] = {
        "case": case,
        "measure": ahead.measure,
        "by": by,
        "model": ahead.model,
        "seed": ahead.seed,
        "draws": len(ahead.draws),
        "units": len(ahead.units),
        "origin": label(ahead.origin, step),
        "first": label(ahead.periods[0], step),
        "last": label(ahead.periods[-1], step),
        "as_of": as_of.isoformat(),
        "panel": panel_hash(past),
    }
    same = digest(canonical({**about, "units": list(ahead.units)}) + plain_bytes(ahead.draws))
    name = f"{about['origin']}-{ahead.measure}-{by}-{ahead.model}-{same[:8]}"
    return {
        "id": re.sub(r"[^\w.-]", "_", name),
        **about,
        "version": __version__,
        "issued_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _freeze(draft: Path, about: Mapping[str, object], ahead: Forecast, past: History) -> None:
    """Writes all files of a forecast into a folder."""
    write_draws(ahead, draft / DRAWS)
    known = io.BytesIO()
    known_table(past).write_parquet(known)
    replace_file(draft / KNOWN, known.getvalue())
    files = {file: digest((draft / file).read_bytes()) for file in (DRAWS, KNOWN)}
    whole = {**about, "files": files}
    sealed = {**whole, "seal": digest(canonical(whole))}
    replace_file(draft / ISSUED, json.dumps(sealed, indent=2, ensure_ascii=False).encode())


def read_register(register: Path) -> tuple[Issued, ...]:
    """What stands in a register, by origin and name; nothing where there is no register.

    Raises:
        DataError: files that are not what was written; ``problems`` lists all of them.
    """
    folders = sorted(path for path in register.glob("[!.]*") if path.is_dir())
    problems = [problem for folder in folders for problem in changes(folder)]
    if problems:
        raise DataError("the register holds what was not written there:", problems)
    return tuple(_plain(folder) for folder in folders)


def read_issued(folder: Path) -> Issued:
    """One forecast of a register.

    Raises:
        DataError: a file is not what was written.
    """
    if problems := changes(folder):
        raise DataError("the register holds what was not written there:", problems)
    return _plain(folder)


def changes(folder: Path) -> list[Problem]:
    """What in the folder of a registered forecast is not what was written."""

    def problem(file: str, expected: str, problems: str) -> Problem:
        return Problem(f"{folder.name}/{file}", 0, "", expected, problems, _CURE)

    if way := obstacle(folder / ISSUED):
        return [problem(ISSUED, "the record of an issued forecast", way.found)]
    try:
        about = json.loads((folder / ISSUED).read_text(encoding="utf-8"))
        seal, files = about.pop("seal"), dict(about["files"])
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return [problem(ISSUED, "the record of an issued forecast", "none that can be read")]
    problems = [
        problem(file, f"the file that was written (SHA-256 {wanted[:12]}...)", has)
        for file, wanted in files.items()
        if (has := _shown(folder / file)) != wanted
    ]
    if seal != digest(canonical(about)) or about["id"] != folder.name:
        problems.append(problem(ISSUED, f"the record as it was sealed ({seal[:12]}...)", "another"))
    return problems


def read_forecast(register: Path, issued: Issued) -> tuple[Forecast, pl.DataFrame]:
    """The draws of a registered forecast, and the counts known then (period, unit, count)."""
    folder = register / issued.id
    return read_draws(folder / DRAWS), pl.read_parquet(folder / KNOWN)


def known_table(past: History) -> pl.DataFrame:
    """What a history says happened: period (label), unit, count."""
    labels, truth = past.span.labels(), past.truth
    return pl.DataFrame(
        {
            "period": np.repeat(labels, len(past.units)).tolist(),
            "unit": list(past.units) * len(labels),
            "count": truth.ravel(),
        }
    )


def _plain(folder: Path) -> Issued:
    about = json.loads((folder / ISSUED).read_text(encoding="utf-8"))
    return Issued(**{field.name: about[field.name] for field in fields(Issued)})


def _shown(file: Path) -> str:
    if way := obstacle(file):
        return way.found
    try:
        return digest(file.read_bytes())
    except OSError:
        return "no such file"
