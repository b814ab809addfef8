"""Strata: classes of violence, each a set of dyads; every dyad belongs to exactly one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import polars as pl
from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from vedette.case.schema.kinds import Code, Slug, Text
from vedette.errors import CaseError, Problem

OTHER = "other"
"""Id of the stratum of all dyads that no other stratum includes."""


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Stratum:
    """A class of violence. ``actors`` and ``dyads`` are UCDP ids or exact names.

    A dyad listed in ``dyads`` of a stratum belongs to it whatever its sides are; any other dyad belongs to
    the stratum with one of its sides in ``actors``. ``silence`` says what it means if the stratum has no
    events.
    """

    id: Slug
    name: Text
    actors: tuple[Code, ...] = ()
    dyads: tuple[Code, ...] = ()
    silence: Text | None = None


class Dyad(NamedTuple):
    """Two sides with their names and ids in a data set; ids are empty if the data set has none."""

    dyad_id: str
    dyad: str
    side_a_id: str
    side_a: str
    side_b_id: str
    side_b: str


def claims(strata: Sequence[Stratum], dyad: Dyad) -> list[Stratum]:
    """The strata that include a dyad: those that list it, else those that list one of its sides."""
    named = [s for s in strata if _holds(s.dyads, dyad.dyad_id, dyad.dyad)]
    return named or [s for s in strata if _holds(s.actors, *dyad[2:])]


def stratum_of(strata: Sequence[Stratum], dyad: Dyad) -> str:
    """Id of the stratum of a dyad, `OTHER` if no stratum includes it.

    Raises:
        CaseError: two strata include the dyad.
    """
    claimants = claims(strata, dyad)
    if len(claimants) > 1:
        raise CaseError("A dyad falls in two strata.", [contested(strata, dyad, claimants)])
    return claimants[0].id if claimants else OTHER


def strata_of(strata: Sequence[Stratum], table: pl.DataFrame) -> pl.Series:
    """`stratum_of` for each row of a table with the columns of `Dyad`; a text series ``stratum``."""
    columns = list(Dyad._fields)
    sides = table.select(pl.col(columns).fill_null(""))
    dyads = sides.unique(maintain_order=True)
    assigned = [stratum_of(strata, Dyad(*row)) for row in dyads.iter_rows()]
    known = dyads.with_columns(pl.Series("stratum", assigned, dtype=pl.String))
    return sides.join(known, on=columns, how="left", maintain_order="left").get_column("stratum")


def contested_dyads(strata: Sequence[Stratum], table: pl.DataFrame) -> Iterator[Problem]:
    """The problems of all dyads of a table with the columns of `Dyad` that several strata include."""
    dyads = table.select(pl.col(Dyad._fields).fill_null("")).unique(maintain_order=True)
    for dyad in map(Dyad._make, dyads.iter_rows()):
        claimants = claims(strata, dyad)
        if len(claimants) > 1:
            yield contested(strata, dyad, claimants)


def contested(strata: Sequence[Stratum], dyad: Dyad, claimants: Sequence[Stratum]) -> Problem:
    """The problem of a dyad that several strata include."""
    ids = " and ".join(stratum.id for stratum in claimants)
    index = list(strata).index(claimants[1])
    who = f"{dyad.dyad or dyad.side_a + ' - ' + dyad.side_b} (dyad {dyad.dyad_id or 'without id'})"
    cure = f"Put {dyad.dyad_id or repr(dyad.dyad)} under `dyads` of the one it belongs to."
    return Problem("case.yaml", 0, f"strata[{index}]", "each dyad in one stratum", f"{who} in {ids}", cure)


def _holds(chosen: Sequence[str], *labels: str) -> bool:
    return any(label and label in chosen for label in labels)
