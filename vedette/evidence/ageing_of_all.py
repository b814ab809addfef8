"""The belief in every tie of a ledger on a day: `vedette.evidence.ageing` for whole tables at once."""

from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def counting(claims: pl.DataFrame, day: date) -> pl.DataFrame:
    """The claims that count on a day, with ``away``: days since they held, below 0 until they hold."""
    before = (pl.lit(day) - pl.col("first")).dt.total_days().clip(upper_bound=0)
    after = (pl.lit(day) - pl.col("last")).dt.total_days().clip(lower_bound=0)
    return claims.filter(pl.col("counts_from") <= day, pl.col("counts_to") >= day).with_columns(
        away=before + after
    )


def log_odds_by_tie(claims: pl.DataFrame, start: Floats, half_life: Floats) -> Floats:
    """The log-odds of each tie, (ties,).

    Args:
        claims: the claims of `counting`, with ``tie`` and ``by`` (origin) as numbers; ``tie`` counts from 0.
        start: the log-odds of the prior of each tie, (ties,).
        half_life: in days, (ties,).
    """
    away = pl.col("away")
    chosen = (
        claims.lazy()
        .filter(pl.col("ratio") != 0)
        .select("tie", "by", "ratio", "away", "id", pro=pl.col("ratio") > 0)
        .sort("tie", "by", "pro", away != 0, away < 0, away.abs(), -pl.col("ratio").abs(), "id")
        .unique(["tie", "by", "pro"], keep="first", maintain_order=True)
        .sort("tie", "away", "ratio")
        .collect()
    )
    tie, days = chosen["tie"].to_numpy().astype(np.int64), chosen["away"].to_numpy().astype(np.int64)
    ratio = chosen["ratio"].to_numpy()
    held = np.bincount(tie[days == 0], ratio[days == 0], minlength=len(start))
    sums = start + held
    for side in (days > 0, days < 0):
        walked = _walked(tie[side], np.abs(days[side]), ratio[side], start=start, half_life=half_life)
        sums += walked - start
    return np.asarray(sums)


def _walked(tie: Ints, away: Ints, ratio: Floats, *, start: Floats, half_life: Floats) -> Floats:
    """Log-odds of each tie on the day, from claims ``away`` days from it, the farthest first."""
    order = np.lexsort((ratio, -away, tie))
    tie, away, ratio = tie[order], away[order], ratio[order]
    log_odds, reached = start.copy(), np.zeros(len(start))
    place = np.arange(len(tie)) - np.searchsorted(tie, tie)
    for number in range(int(place.max(initial=-1)) + 1):
        now = place == number
        of, days = tie[now], away[now]
        passed = np.where(number == 0, 0.0, reached[of] - days)
        log_odds[of] = _faded(log_odds[of], start[of], passed, half_life[of]) + ratio[now]
        reached[of] = days
    return _faded(log_odds, start, reached, half_life)


def _faded(log_odds: Floats, start: Floats, days: Floats, half_life: Floats) -> Floats:
    left = np.exp2(-days / half_life)
    with np.errstate(divide="ignore", invalid="ignore"):
        belief = _chance(start) * (1 - left) + _chance(log_odds) * left
        other = _chance(-start) * (1 - left) + _chance(-log_odds) * left
        moved = np.log(belief) - np.log(other)
    return np.where((days <= 0) | (log_odds == start), log_odds, moved)


def _chance(log_odds: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-log_odds)))
