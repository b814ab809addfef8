"""Marks every claim and every source of a case as not for the public, one at a time, and looks for a trace.

The public edition of a case in which a row is marked must be that of the case without the row. All that the
two hold is compared for every row; for each twentieth they are written to disk, and the files are compared
byte for byte. Printed are the rows that leave a trace, and where; the exit code is 1 if there are any.

    python studies/leaks.py              all rows of the Iraq case (some five minutes)
    python studies/leaks.py --every 20   each twentieth
    python studies/leaks.py path/to/case
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import polars as pl

from vedette.case import Case, read_case, write_case
from vedette.evidence import edition_of

WRITTEN = 20
"""The editions of one row in so many are written to disk."""


def traces(one: Case, other: Case) -> list[str]:
    """The parts in which two editions differ."""
    names = [field.name for field in fields(one) if field.name != "folder"]
    return [name for name in names if not _same(getattr(one, name), getattr(other, name))]


def _same(one: object, other: object) -> bool:
    if isinstance(one, pl.DataFrame) and isinstance(other, pl.DataFrame):
        return one.equals(other)
    return one is other or str(one) == str(other)


def traces_in_files(one: Case, other: Case, folder: Path) -> list[str]:
    """The files in which two editions differ on disk."""
    first, second = written(one, folder), written(other, folder)
    return sorted(name for name in {*first, *second} if first.get(name) != second.get(name))


def written(edition: Case, folder: Path) -> dict[str, bytes]:
    """The files of an edition, by name."""
    shutil.rmtree(folder, ignore_errors=True)
    made = write_case(edition, folder)
    return {str(path.relative_to(made)): path.read_bytes() for path in made.rglob("*") if path.is_file()}


def pairs(case: Case, every: int) -> Iterator[tuple[str, Case, Case]]:
    """Each claim and source, with the case in which it is marked and the case without it.

    Sources of sites and regions are left out: with them goes every row that names the place.
    """
    open_ = case.claims.filter(pl.col("speaker_kind") != "protected")
    for claim in open_.gather_every(every)["id"]:
        marked = replace(case, claims=_red(case.claims, claim))
        yield f"claim {claim}", marked, replace(case, claims=case.claims.filter(pl.col("id") != claim))
    placing = {*case.sites["source"], *(region.source for region in case.regions)}
    others = case.sources.filter(~pl.col("id").is_in(list(placing)))
    for source in others.gather_every(every)["id"]:
        marked = replace(case, sources=_red(case.sources, source))
        cited = {
            name: getattr(case, name).filter(pl.col("source") != source)
            for name in ("claims", "posture", "timeline", "interventions")
        }
        without = replace(case, sources=case.sources.filter(pl.col("id") != source), **cited)
        yield f"source {source}", marked, without


def _red(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    red = pl.when(pl.col("id") == key).then(pl.lit("red")).otherwise("handling")
    return rows.with_columns(handling=red)


def main() -> int:
    """Goes through the rows of a case; the number of traces decides the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="?", default="iraq")
    parser.add_argument("--every", type=int, default=1, metavar="N")
    asked = parser.parse_args()
    case, tried, faults = read_case(asked.case), 0, 0
    with tempfile.TemporaryDirectory() as place:
        for what, marked, without in pairs(case, asked.every):
            one, other = edition_of(marked), edition_of(without)
            found = traces(one, other)
            if tried % WRITTEN == 0:
                found += traces_in_files(one, other, Path(place) / "edition")
            if found:
                faults += 1
                print(f"{what}: a trace in {', '.join(found)}", flush=True)
            tried += 1
            if tried % 100 == 0:
                print(f"{tried} rows tried", file=sys.stderr, flush=True)
    print(f"{tried} rows tried, {faults} with a trace")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
