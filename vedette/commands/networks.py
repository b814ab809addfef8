"""Who is tied to whom on a day, and what the ties add up to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from vedette.case.schema import TIES, RelationKind
from vedette.commands.age import DataAge, age_of_claims
from vedette.commands.defaults import SEED
from vedette.errors import DataError, UsageError
from vedette.evidence import Ledger
from vedette.network import (
    HostedSites,
    Monopoly,
    alignment,
    backing,
    bodies_of,
    by_year,
    dependence,
    drivers,
    faded,
    faded_support,
    flows,
    hybrids,
    inherited_support,
    least_of,
    missions,
    monopoly,
    network_at,
    positions,
    shared_reports,
    substitution,
    support,
    without_claims,
)
from vedette.network.armed_forces import ARMED, LEVELS
from vedette.network.stays import UncountedAttacks, left_out_in_words
from vedette.problems import did_you_mean

VIEWS = (
    *("ties", "backing", "flows", "dependence", "reports", "substitution", "positions"),
    *("alignment", "balance", "hybrids", "sites", "missions"),
)
"""What `vedette network` can show."""

LONGEST = 18
"""Years of backing shown at most."""

MONOPOLY_DRAWS = 4000
"""Draws of strength behind the index of arms."""


@dataclass(frozen=True, eq=False)
class NetworkResult:
    """One view of the network of a day as a table; see `vedette.network` for the columns.

    ``faded`` holds the ties for which a claim counts but which are believed less than ``least``: they are
    in no other view. ``unclaimed`` names the forces of whose foreign support no claim was found. Both are
    empty for views of which they say nothing.
    """

    ledger: Ledger
    view: str
    at: date
    least: float
    table: pl.DataFrame
    faded: pl.DataFrame
    unclaimed: tuple[str, ...]

    @property
    def age(self) -> DataAge:
        """Returns how far the claims reach."""
        return age_of_claims(self.ledger)

    @property
    def through(self) -> pl.DataFrame | None:
        """Returns the support that reaches forces through those above them, of the view of dependence."""
        return inherited_support(self.ledger, self.at) if self.view == "dependence" else None

    @property
    def bodies(self) -> dict[str, list[str]]:
        """Returns the bodies that count as their backer, of the views of backing and dependence."""
        backers = self.table["backer"].to_list() if self.view in ("backing", "dependence") else []
        return bodies_of(self.ledger, frozenset(backers))

    @property
    def left_out(self) -> UncountedAttacks | None:
        """Returns what the numbers of attacks leave out, of the view of sites."""
        return HostedSites(self.ledger).left_out if self.view == "sites" else None

    @property
    def left_out_said(self) -> str:
        """Returns what the numbers of attacks leave out, as sentences; empty for other views."""
        return "" if self.left_out is None else left_out_in_words(self.left_out)

    def document(self) -> dict[str, Any]:
        """Returns the rows of the table under the name of the view, and what its numbers leave out."""
        rows = {
            **_heading(self.ledger, self.at),
            self.view: self.table.to_dicts(),
            "least": self.least,
            "faded": self.faded.to_dicts(),
            "no_claim_found": list(self.unclaimed),
        }
        if self.through is not None:
            return {**rows, "through": self.through.to_dicts()}
        if self.left_out is None:
            return rows
        sites = HostedSites(self.ledger).sites
        stays = [{"site": site.site, **vars(stay)} for site in sites for stay in site.stays]
        return {**rows, "stays": stays, "left_out": vars(self.left_out)}


def network(
    ledger: Ledger,
    view: str = "ties",
    *,
    at: date | None = None,
    kinds: Collection[RelationKind] = TIES,
    least: float | None = None,
) -> NetworkResult:
    """Returns one view of the network on a day, by default the as-of of the ledger, else today.

    Raises:
        UsageError: no view of that name.
    """
    day = at or ledger.as_of or date.today()
    table = _table(ledger, view, at=day, kinds=kinds, least=least)
    below = _below(ledger, view, at=day, kinds=kinds, least=least)
    return NetworkResult(
        ledger,
        view,
        day,
        least_of(ledger, least if view == "ties" else None),
        table,
        below,
        tuple(without_claims(ledger, day)) if view == "dependence" else (),
    )


def _below(
    ledger: Ledger, view: str, *, at: date, kinds: Collection[RelationKind], least: float | None
) -> pl.DataFrame:
    """The ties that a view leaves out because they are believed too little."""
    match view:
        case "ties":
            return faded(ledger, at, kinds, least)
        case "backing" | "dependence":
            return faded_support(ledger, at)
        case _:
            return faded(ledger, at, ())


def _table(
    ledger: Ledger, view: str, *, at: date, kinds: Collection[RelationKind], least: float | None
) -> pl.DataFrame:
    match view:
        case "backing":
            return backing(ledger, _days(ledger, at))
        case "flows":
            return flows(ledger, date.min, at)
        case "dependence":
            return dependence(ledger, at)
        case "reports":
            return shared_reports(ledger, support(ledger, at), at)
        case "substitution":
            return substitution(ledger)
        case "positions":
            return positions(ledger, at)
        case "alignment":
            return alignment(ledger, at)
        case "hybrids":
            return hybrids(ledger, at)
        case "sites":
            return HostedSites(ledger).table()
        case "missions":
            return missions(ledger)
        case "balance":
            return _balance(ledger, at)
        case "ties":
            return network_at(ledger, at, kinds, least).ties
        case _:
            raise UsageError(f"--show {view}: there is no such view. {did_you_mean(view, VIEWS)}")


def _days(ledger: Ledger, at: date) -> list[date]:
    """The ends of the years from the first support with a date, and a day."""
    first = ledger.tied.filter(pl.col("kind") == RelationKind.SUPPORT.value, pl.col("from") != "")[
        "first"
    ].min()
    start = first.year if isinstance(first, date) else at.year
    return [*(date(year, 12, 31) for year in range(max(start, at.year - LONGEST), at.year)), at]


def _balance(ledger: Ledger, at: date) -> pl.DataFrame:
    from vedette.network import balance  # loads networkx, which no other question needs

    found = balance(network_at(ledger, at))
    return pl.DataFrame(
        {
            "balanced": [found.balanced],
            "triangles": [found.triangles],
            "unbalanced": ["; ".join(" - ".join(names) for names in found.unbalanced)],
            "frustration": [found.frustration],
            "exact": [found.exact],
        }
    )


@dataclass(frozen=True, eq=False)
class MonopolyResult:
    """The index of arms: by year, and on one day with what would change it.

    ``forces`` has a row for each force on that day; it is empty where ``index`` is None, since no main force
    has a strength. The index of a day may be withheld: see `vedette.network.Monopoly`.
    """

    ledger: Ledger
    at: date
    years: pl.DataFrame
    index: Monopoly | None
    forces: pl.DataFrame
    drivers: pl.DataFrame

    def table(self) -> pl.DataFrame:
        """Returns a row for each year."""
        return self.years

    @property
    def age(self) -> DataAge:
        """Returns how far the claims reach."""
        return age_of_claims(self.ledger)

    def document(self) -> dict[str, Any]:
        """Returns the years, the index of the day, its forces, and what would change it."""
        tables = {"years": self.years, "forces": self.forces, "drivers": self.drivers}
        return {
            **_heading(self.ledger, self.at),
            "index": _index(self.index),
            **{name: table.to_dicts() for name, table in tables.items()},
        }


def monopoly_index(
    ledger: Ledger,
    *,
    first: int,
    last: int | None = None,
    at: date | None = None,
    draws: int = MONOPOLY_DRAWS,
    seed: int = SEED,
) -> MonopolyResult:
    """Returns the index at the end of each year from first to last, and on a day.

    The day is the as-of of the ledger if left out, else today; the last year is that of the day.

    Raises:
        DataError: no main force has a strength, in no year and not on the day.
    """
    day = at or ledger.as_of or date.today()
    years = ledger.case.cache.keep(by_year, ledger, range(first, (last or day.year) + 1), draws, seed)
    index = monopoly(ledger, day, draws, seed)
    if index is None and not (years["coverage"] != "").any():
        raise DataError(
            f"{ledger.case.id}: no main force has a headcount. Mark the main forces in forces.csv (main: "
            "army, yes), and add claims of their strength."
        )
    moved = drivers(index) if index else pl.DataFrame()
    return MonopolyResult(ledger, day, years=years, index=index, forces=_forces(index), drivers=moved)


def _forces(index: Monopoly | None) -> pl.DataFrame:
    if index is None:
        return pl.DataFrame()
    names = ("low", "middle", "high")
    rows = [
        {
            "force": part.force,
            "status": part.status,
            **{name: int(end) for name, end in zip(names, np.quantile(part.strength, LEVELS), strict=True)},
            "basis": f"assumed by {part.author}" if part.author else part.basis,
            "claims": len(part.claims),
            "years_off": None if part.years is None else round(part.years, 1),
        }
        for part in index.parts
    ]
    return pl.DataFrame(rows).sort("middle", "force", descending=[True, False])


def _index(index: Monopoly | None) -> dict[str, Any] | None:
    """The index of a day as a document; without numbers where it is withheld."""
    if index is None:
        return None
    about = {
        "withheld": index.withheld,
        "coverage": index.coverage,
        "missing": list(index.missing),
        "elsewhere": list(index.elsewhere),
    }
    if index.withheld:
        return about
    shares = {status: float(np.median(index.of_status(status))) for status in ARMED}
    ends = dict(zip(("low", "middle", "high"), index.quantiles, strict=True))
    return {**about, **ends, "assumed_width": index.assumed_width, **shares}


def _heading(ledger: Ledger, day: date) -> dict[str, Any]:
    about = {"case": ledger.case.id, "edition": ledger.case.edition, "at": day.isoformat()}
    return {**about, "data": age_of_claims(ledger).document()}
