"""All ties of a ledger on a day: `vedette.evidence.ageing` and counts of claims, whole columns at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.case.schema import RelationKind, Weights
from vedette.evidence.ageing_of_all import Floats, Ints, Sides, log_odds_by_tie
from vedette.evidence.half_lives import HalfLife
from vedette.evidence.weighing import logit, prior

TIE = ("subject", "relation", "object")
DAYS = ("first", "last", "counts_from", "counts_to", "said_on")
_COLUMNS = {
    **dict.fromkeys(("subject", "relation", "kind", "object"), pl.String),
    **dict.fromkeys(("belief", "log_odds"), pl.Float64),
    **dict.fromkeys(("origins", "claims_for", "claims_against"), pl.UInt32),
    **dict.fromkeys(("contested", "recalled", "supported"), pl.Boolean),
    "said": pl.Date,
}
_NEVER = -(2**31)


@dataclass(frozen=True, eq=False)
class TiedClaims:
    """Claims about ties as columns, by tie and origin, those for before those against, the strongest first.

    Attributes:
        ties: ``subject, relation, kind, object`` of every tie, in order.
        prior: the log-odds of the prior of each tie, (ties,).
        half_life: in days, (ties,).
        columns: by name, (claims,): ``tie``, ``origin`` and ``side`` of an origin as numbers that never
            fall, ``ratio``, the days of `DAYS` as numbers, whether it is ``affirmed``, and ``recalled``.
    """

    ties: pl.DataFrame
    prior: Floats
    half_life: Floats
    columns: Mapping[str, npt.NDArray[Any]]

    def on(self, at: date, kinds: Collection[RelationKind], least: float) -> pl.DataFrame:
        """The table of `Ledger.holding`."""
        day = (at - date(1970, 1, 1)).days
        of_kinds = self.ties["kind"].is_in([kind.value for kind in kinds]).to_numpy()
        whole = self.columns
        counts = (whole["counts_from"] <= day) & (whole["counts_to"] >= day) & of_kinds[whole["tie"]]
        if not counts.any():
            return pl.DataFrame(schema=_COLUMNS)
        claims = {name: column[counts] for name, column in whole.items()}
        starts = first_places(claims["tie"])
        ties = claims["tie"][starts]
        claims["tie"] = np.repeat(np.arange(len(ties)), np.diff(starts, append=len(claims["tie"])))
        log_odds = log_odds_by_tie(_sides(claims, day), self.prior[ties], self.half_life[ties])
        belief = 1 / (1 + np.exp(-log_odds))
        order = np.argsort(-belief, kind="stable")
        shown = order[belief[order] >= least]
        columns = {"belief": belief, "log_odds": log_odds, **_counted(claims, starts, day)}
        told = pl.DataFrame({name: column[shown] for name, column in columns.items()})
        said = pl.when(pl.col("said") > _NEVER).then(pl.col("said").cast(pl.Int32)).alias("said")
        table: pl.DataFrame = pl.concat([self.ties[ties[shown]], told.with_columns(said)], how="horizontal")
        return table.select(pl.col(name).cast(kind) for name, kind in _COLUMNS.items())


def tied_claims(tied: pl.DataFrame, weights: Weights, half_lives: Mapping[str, HalfLife]) -> TiedClaims:
    """The claims of `Ledger.tied` as columns of numbers."""
    ordered = tied.sort(*TIE, "origin", pl.col("ratio") <= 0, -pl.col("ratio").abs(), "id")
    numbers = ordered.select(
        pl.col(*DAYS).to_physical(),
        "ratio",
        tie=pl.struct(TIE).rle_id(),
        origin=pl.struct(*TIE, "origin").rle_id(),
        side=pl.struct(*TIE, "origin", pl.col("ratio") > 0).rle_id(),
        affirmed=pl.col("polarity") == "+",
        recalled=pl.col("basis") == "recalled",
    )
    numbers = numbers.with_columns(pl.col("tie", "origin", "side", *DAYS).cast(pl.Int64))
    columns = {name: numbers[name].to_numpy() for name in numbers.columns}
    ties = ordered[first_places(columns["tie"])].select("subject", "relation", "kind", "object")
    words = ties["relation"].unique().to_list()
    priors = {word: logit(prior(weights, word)) for word in words}
    ages = {word: half_lives[word].days for word in words}

    def by_relation(values: Mapping[str, float]) -> Floats:
        return ties["relation"].replace_strict(values, return_dtype=pl.Float64).to_numpy()

    return TiedClaims(ties, by_relation(priors), by_relation(ages), columns)


def first_places(numbers: npt.NDArray[Any]) -> Ints:
    """The places at which numbers that never fall change, the first one among them."""
    return (
        np.flatnonzero(np.diff(numbers, prepend=numbers[:1] - 1)) if len(numbers) else np.empty(0, np.int64)
    )


def _sides(claims: Mapping[str, npt.NDArray[Any]], day: int) -> Sides:
    """The claim that stands for each side of each origin: the nearest in time, then the strongest."""
    moves = claims["ratio"] != 0
    first, last, tie, side, ratio = (
        claims[name][moves] for name in ("first", "last", "tie", "side", "ratio")
    )
    away = np.minimum(day - first, 0) + np.maximum(day - last, 0)
    nearness = np.where(away < 0, _COMING - away, away) * len(away) + np.arange(len(away))
    nearest = np.minimum.reduceat(nearness, first_places(side)) if len(away) else nearness
    chosen = nearest % max(1, len(away))
    return Sides(tie[chosen], away[chosen], ratio[chosen])


_COMING = 2**23
"""More days than there are: a claim to come stands behind every past one."""


def _counted(claims: Mapping[str, npt.NDArray[Any]], starts: Ints, day: int) -> dict[str, npt.NDArray[Any]]:
    """Counts over the claims of each tie, the claims of the first from ``starts[0]`` on."""
    ratio, tie = claims["ratio"], claims["tie"]
    supports, moves = ratio > 0, ratio != 0
    said = np.where(supports, np.maximum(claims["first"], np.minimum(claims["said_on"], day)), _NEVER)
    supported = np.logical_or.reduceat(supports, starts)
    moved = tie[moves][first_places(claims["origin"][moves])]
    return {
        "origins": np.bincount(moved, minlength=len(starts)),
        "claims_for": np.add.reduceat(claims["affirmed"].astype(np.int64), starts),
        "claims_against": np.add.reduceat((~claims["affirmed"]).astype(np.int64), starts),
        "contested": supported & np.logical_or.reduceat(ratio < 0, starts),
        "recalled": np.logical_and.reduceat(claims["recalled"], starts),
        "supported": supported,
        "said": np.maximum.reduceat(said, starts),
    }
