"""Who is tied to whom on a day, and what the ties add up to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import polars as pl

from vedette.case.schema import TIES, RelationKind
from vedette.errors import UsageError
from vedette.evidence import Ledger
from vedette.network import (
    Monopoly,
    alignment,
    backing,
    balance,
    by_year,
    dependence,
    drivers,
    flows,
    hosted_sites,
    hybrids,
    missions,
    monopoly,
    network_at,
    positions,
    substitution,
)
from vedette.problems import did_you_mean

VIEWS = (
    *("ties", "backing", "flows", "dependence", "substitution", "positions"),
    *("alignment", "balance", "hybrids", "sites", "missions"),
)
"""What `vedette network` can show."""


def network(
    ledger: Ledger, view: str, at: date, kinds: Collection[RelationKind] = TIES, least: float = 0.5
) -> pl.DataFrame:
    """One view of the network of a day, as a table; see `vedette.network` for the columns."""
    match view:
        case "backing":
            return backing(ledger, [at])
        case "flows":
            return flows(ledger, date.min, at)
        case "dependence":
            return dependence(ledger, at)
        case "substitution":
            return substitution(ledger)
        case "positions":
            return positions(ledger, at)
        case "alignment":
            return alignment(ledger, at)
        case "hybrids":
            return hybrids(ledger, at)
        case "sites":
            return hosted_sites(ledger)
        case "missions":
            return missions(ledger)
        case "balance":
            return _balance(ledger, at)
        case "ties":
            return network_at(ledger, at, kinds, least).ties
        case _:
            raise UsageError(f"--show {view}: there is no such view. {did_you_mean(view, VIEWS)}")


def _balance(ledger: Ledger, at: date) -> pl.DataFrame:
    found = balance(network_at(ledger, at, least=0))
    return pl.DataFrame(
        {
            "share": [found.share],
            "triangles": [found.triangles],
            "unbalanced": ["; ".join(" - ".join(names) for names in found.unbalanced)],
            "frustration": [found.frustration],
            "exact": [found.exact],
        }
    )


@dataclass(frozen=True, eq=False)
class Index:
    """The state's monopoly on arms: by year, and on one day with what would change it."""

    years: pl.DataFrame
    day: Monopoly | None
    drivers: pl.DataFrame


def monopoly_index(ledger: Ledger, years: range, at: date, draws: int, seed: int) -> Index:
    """The index at the end of each year and on a day."""
    day = monopoly(ledger, at, draws, seed)
    moved = drivers(day) if day else pl.DataFrame()
    return Index(by_year(ledger, years, draws, seed), day, moved)
