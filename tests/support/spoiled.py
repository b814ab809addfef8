"""Copies of a case that know nothing true of what came after a day."""

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

from vedette.case import SHIPPED
from vedette.randomness import rng_stream

COUNTED = ("events", "low", "best", "high", "deaths", "value", "weight")
PLACED = ("place", "regions", "dyad_id", "dyad", "side_a_id", "side_a", "side_b_id", "side_b", "type")


def scrambled(table: Path, column: str, known: str) -> None:
    """Later rows get other numbers, swap places and sides, and change their order; repeats are left out."""
    rows = _rows(table)
    rng = rng_stream(1, "scrambled", table.name, known)
    early, late = [row for row in rows if row[column] <= known], [row for row in rows if row[column] > known]
    taken = [{name: row[name] for name in PLACED if name in row} for row in late]
    later = {}
    for row, number in zip(late, rng.permutation(len(late)), strict=True):
        other = {**row, **taken[number]}
        what = tuple(text for name, text in other.items() if name not in COUNTED)
        counts = iter(sorted(rng.integers(1, 2000, len(COUNTED)).tolist()))
        later[what] = {**other, **{name: str(next(counts)) for name in COUNTED if row.get(name)}}
    found = list(later.values())
    _write(table, [*early, *(found[number] for number in rng.permutation(len(found)))])


def contradicted(folder: Path, as_of: date) -> None:
    """Claims of ties that became known later say the contrary, from sources that hardly count."""
    dates = {row["id"]: row["date"] for row in _rows(folder / "sources.csv")}
    rows = _rows(folder / "claims.csv")
    for row in rows:
        known = row["known"] or row["said"] or dates[row["source"]]
        told = row["basis"] == "page" and row["hedge"] != "denied" and not row["low"]
        if told and known > as_of.isoformat()[: len(known)]:
            other = "+" if row["polarity"] == "-" else "-"
            row |= {"polarity": other, "reliability": "E", "statement": "Spoiled"}
    _write(folder / "claims.csv", rows)


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(table: Path, rows: list[dict[str, str]]) -> None:
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def spoiled(folder: Path, as_of: date, case: Path = SHIPPED / "iraq") -> Path:
    """A copy of a case, that of Iraq if none is named, that knows nothing true of what came after a day."""
    shutil.copytree(case, folder)
    complete = (as_of + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    month = f"{complete:%Y-%m}"
    scrambled(folder / "observed.csv", "last", month)
    scrambled(folder / "totals.csv", "period", month)
    scrambled(folder / "posture.csv", "date", as_of.isoformat())
    scrambled(folder / "timeline.csv", "date", as_of.isoformat())
    contradicted(folder, as_of)
    return folder
