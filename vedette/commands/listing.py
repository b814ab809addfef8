"""Lists of what a ledger holds: actors, sources, one claim, kinds of ties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from vedette.case import find_case, workspace_of
from vedette.case.schema import TIES, RelationKind
from vedette.errors import UsageError
from vedette.evidence import Ledger, Wanted
from vedette.problems import did_you_mean


@dataclass(frozen=True, eq=False)
class ActorList:
    """The actors of a ledger that were asked for: a row each, and the kinds that there are.

    A row holds ``id, name, kind, parent, spellings``, ``claims`` (how many are about it) and ``newest`` (the
    day on which the newest of them became known; empty without one).
    """

    ledger: Ledger
    rows: pl.DataFrame
    kinds: Sequence[str]

    def table(self) -> pl.DataFrame:
        """Returns a row for each actor."""
        return self.rows

    def document(self) -> list[dict[str, Any]]:
        """Returns a row for each actor."""
        return self.rows.to_dicts()


def folder_of(case: str) -> Path:
    """Returns the folder of a case, shipped or not.

    Raises:
        CaseError: there is no such case.
    """
    return find_case(case)


def folders_of(case: str) -> tuple[Path, ...]:
    """Returns the folders with the files of a case: its own, and for a shipped case that of the user too.

    Raises:
        CaseError: there is no such case.
    """
    folder = find_case(case)
    return tuple(dict.fromkeys((folder, workspace_of(folder))))


def actors(ledger: Ledger, *, named: str | None = None, kind: str | None = None) -> ActorList:
    """Returns actors whose id, name or another spelling holds some words, of one kind or of all.

    Raises:
        UsageError: no actor is of that kind.
    """
    known = ledger.case.actors
    kinds = sorted(known["kind"].unique())
    if kind is not None and kind not in kinds:
        raise UsageError(f"no actor of the case is of the kind {kind!r}. {did_you_mean(kind, kinds)}")
    rows = (
        known.select("id", "name", "kind", "parent", spellings="aliases")
        .join(_mentions(ledger), on="id", how="left")
        .with_columns(pl.col("claims").fill_null(0))
        .sort("claims", "name", descending=[True, False])
    )
    if kind is not None:
        rows = rows.filter(kind=kind)
    if named is not None:
        rows = rows.filter(_holds(rows, Wanted(named), names=("name", "spellings")))
    return ActorList(ledger, rows, kinds)


def sources(ledger: Ledger, *, named: str | None = None) -> pl.DataFrame:
    """Returns the sources that claims of a ledger are from: a row each, the newest first.

    Columns: ``id, publisher, title, date, url, reliability``, ``claims`` (how many are from it).
    """
    used = ledger.claims.group_by(id="source").agg(claims=pl.len())
    rows = ledger.case.sources.select("id", "publisher", "title", "date", "url", "reliability")
    found = rows.join(used, on="id").sort("date", "id", descending=[True, False])
    return found if named is None else found.filter(_holds(found, Wanted(named)))


def source(ledger: Ledger, key: str) -> Mapping[str, Any]:
    """Returns the row of one source.

    Raises:
        UsageError: no claim is from a source of that id.
    """
    return _row(sources(ledger), key, wrong="no claim is from a source")


def claim(ledger: Ledger, key: str) -> Mapping[str, Any]:
    """Returns the row of one claim, counting or retracted: the columns of `Ledger.claims`.

    Raises:
        UsageError: the ledger has no such claim.
    """
    both = pl.concat([ledger.claims, ledger.retracted], how="diagonal")
    return _row(both, key, wrong="there is no claim")


def tie_kinds(kind: str | None = None) -> tuple[RelationKind, ...]:
    """Returns the kinds of relations that are ties, or the one that is named.

    Raises:
        UsageError: no tie is of that kind.
    """
    found = tuple(each for each in TIES if kind in (None, each.value))
    if not found:
        cure = did_you_mean(str(kind), [each.value for each in TIES])
        raise UsageError(f"no tie is of the kind {kind!r}. {cure}")
    return found


def _mentions(ledger: Ledger) -> pl.DataFrame:
    """How many claims are about each actor, and when the newest became known."""
    ends = [ledger.claims.select("id", "known_on", actor=end) for end in ("subject", "object")]
    named = pl.concat(ends).unique(["id", "actor"])
    return named.group_by(pl.col("actor").alias("id")).agg(claims=pl.len(), newest=pl.col("known_on").max())


def _holds(rows: pl.DataFrame, wanted: Wanted, *, names: Sequence[str] = ()) -> pl.Series:
    """Which rows have words in one of their texts, or are spelt like them in the columns of names."""
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    fits = [
        wanted.written_in(" ".join(filter(None, (row[name] for name in texts))))
        or wanted.any_like(part for name in names for part in (row[name] or "").split(";")) is not None
        for row in rows.iter_rows(named=True)
    ]
    return pl.Series(fits, dtype=pl.Boolean)


def _row(rows: pl.DataFrame, key: str, *, wrong: str) -> Mapping[str, Any]:
    found = rows.filter(id=key)
    if found.is_empty():
        raise UsageError(f"{wrong} {key!r}. {did_you_mean(key, rows['id'].to_list())}")
    return found.row(0, named=True)
