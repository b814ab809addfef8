"""Figures of claims before and after an intervention, for series too short for a model."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from vedette.errors import DataError
from vedette.evidence import Ledger
from vedette.model import FloatArray
from vedette.periods import Step, first_possible, label, last_possible, period_of
from vedette.problems import did_you_mean
from vedette.randomness import rng_stream

BACK, ENOUGH = 24, 24
_UNIT = re.compile(r"(?P<unit>[^,]+?)(?: an? (?P<per>month|year))?")
_MONTHS = {"month": 1, "year": 12, None: 0}
SIDES = ("before", "after")
COLUMNS = {
    "side": pl.String,
    "from": pl.String,
    "to": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
    "weight": pl.Float64,
    "claims": pl.String,
    "sources": pl.String,
    "credibility": pl.String,
}


@dataclass(frozen=True, eq=False)
class BeforeAfter:
    """Monthly figures before and after an intervention, drawn among claims that may conflict.

    ``figures``: one row for each figure with ``side`` (before or after), ``from`` and ``to`` (the months that
    it covers), ``low`` and ``high`` (``unit`` a month), ``weight`` (its probability; those of a side add up
    to 1), ``claims``, ``sources``, ``credibility``. ``before`` and ``after`` (S,): each draw is of one
    figure, never a mean of conflicting figures. ``left_out``: ids of claims that cannot be used, with the
    reason.
    """

    relation: str
    subject: str
    unit: str
    start: int
    figures: pl.DataFrame
    before: FloatArray
    after: FloatArray
    left_out: Mapping[str, str]

    @property
    def differences(self) -> FloatArray:
        """After minus before, (S,), ``unit`` a month."""
        return np.asarray(self.after - self.before)

    @property
    def ratios(self) -> FloatArray:
        """After over before, (S,)."""
        return np.asarray(self.after / self.before)

    def monthly(self, side: str) -> int:
        """The number of months with a separate figure, before or after."""
        rows = self.figures.filter(pl.col("side") == side, pl.col("from") == pl.col("to"))
        return rows["from"].n_unique()


@dataclass(frozen=True)
class _Figure:
    first: int
    last: int
    low: float
    high: float
    weight: float
    claims: str
    sources: str
    credibility: str
    origin: str

    @property
    def months(self) -> int:
        return self.last - self.first + 1


def before_and_after(
    ledger: Ledger, relation: str, subject: str, start: int, months: int, draws: int, seed: int
) -> BeforeAfter:
    """Monthly figures before and after a month, as draws among conflicting claims.

    A figure counts as before if it ends before ``start`` and covers any of the 24 months before it; as after
    if it begins in the ``months`` from ``start`` on. A figure that straddles ``start``, such as one of a
    year,
    is used if there is a figure for its part before ``start``: the difference is divided evenly among the
    other months. A sum over several months is divided evenly. Each draw selects one figure on each side with
    a probability proportional to the likelihood ratio of its claim.

    Args:
        ledger: the claims as known on its as-of day.
        relation: a relation of figures, like ``customs-revenue``.
        subject: the subject of the figures; empty for the one with most figures.
        start: the first month (a period) that counts as after.
        months: the largest number of months after.
        draws: the number of draws.
        seed: the seed.

    Raises:
        DataError: no figure of that subject, or none on one of the sides.
    """
    claims = ledger.claims.filter(pl.col("relation") == relation, pl.col("polarity") == "+")
    whose = subject or _most(claims)
    own = claims.filter(pl.col("subject") == whose)
    if own.is_empty():
        cure = did_you_mean(whose, sorted({*claims["subject"]}))
        raise DataError(f"{relation}: no claim known by then gives a figure of {whose or 'anybody'}. {cure}")
    unit = _unit_of(own)
    known, left_out = _figures(own, unit)
    before = [one for one in known if start - BACK <= one.last < start]
    straddling = [one for one in known if one.first < start <= one.last]
    after = [one for one in known if start <= one.first < start + months]
    after += _remainders(straddling, before, start)
    for side, figures in zip(SIDES, (before, after), strict=True):
        if not figures:
            raise DataError(
                f"{relation} of {whose}: no figure in {unit} {side} {label(start, Step.MONTH)} was known. "
                "Choose a later --as-of, or add claims."
            )
    rng = rng_stream(seed, "before and after", relation, whose, start)
    sides = [_drawn(figures, draws, rng) for figures in (before, after)]
    rows = [row for side, figures in zip(SIDES, (before, after), strict=True) for row in _rows(side, figures)]
    return BeforeAfter(
        relation, whose, unit, start, pl.DataFrame(rows, schema=COLUMNS), sides[0], sides[1], left_out
    )


def _most(claims: pl.DataFrame) -> str:
    return Counter(sorted(claims["subject"])).most_common(1)[0][0] if claims.height else ""


def _unit_of(claims: pl.DataFrame) -> str:
    """The unit that most figures have."""
    units = (_UNIT.fullmatch(text) for text in sorted(claims["unit"]))
    return Counter(match["unit"] for match in units if match).most_common(1)[0][0]


def _figures(claims: pl.DataFrame, unit: str) -> tuple[list[_Figure], dict[str, str]]:
    """The monthly figures in a unit, and by claim the reason why a figure is left out."""
    known, left_out = [], {}
    for row in claims.sort("from", "to", "id").iter_rows(named=True):
        match = _UNIT.fullmatch(row["unit"])
        if match is None or match["unit"] != unit:
            left_out[row["id"]] = f"in {row['unit']}" if row["unit"] else "without a unit"
        elif len(row["from"]) not in (4, 7) or len(row["to"]) not in (4, 7):
            left_out[row["id"]] = f"of {row['from'] or 'no day'} to {row['to'] or 'no day'}, no whole months"
        else:
            known.append(_figure(row, _MONTHS[match["per"]]))
    return _once(known), left_out


def _once(figures: list[_Figure]) -> list[_Figure]:
    """Divides the weight of an origin among its figures for one interval, so that repetitions count once."""
    counts = Counter((one.first, one.last, one.origin) for one in figures)
    return [replace(one, weight=one.weight / counts[one.first, one.last, one.origin]) for one in figures]


def _figure(row: Mapping[str, object], per: int) -> _Figure:
    first, last = first_possible(str(row["from"])), last_possible(str(row["to"]))
    start, end = period_of(first, Step.MONTH), period_of(last, Step.MONTH)
    share = per or end - start + 1
    low, high, ratio = (float(str(row[name])) for name in ("low", "high", "ratio"))
    cites = (str(row["id"]), str(row["source"]), str(row["credibility"]), str(row["origin"]))
    return _Figure(start, end, low / share, high / share, float(np.exp(ratio)), *cites)


def _remainders(straddling: list[_Figure], before: list[_Figure], start: int) -> Iterator[_Figure]:
    """Figures for the months after the start: a sum minus the figure for its part before the start."""
    for whole in straddling:
        parts = [one for one in before if (one.first, one.last) == (whole.first, start - 1)]
        weights = sum(part.weight for part in parts)
        left = whole.last - start + 1
        for part in parts:
            low = (whole.low * whole.months - part.high * part.months) / left
            high = (whole.high * whole.months - part.low * part.months) / left
            if low > 0:
                yield _Figure(
                    start,
                    whole.last,
                    low,
                    high,
                    whole.weight * part.weight / weights,
                    f"{whole.claims} less {part.claims}",
                    f"{whole.sources}; {part.sources}",
                    f"{whole.credibility}; {part.credibility}",
                    whole.origin,
                )


def _drawn(figures: list[_Figure], draws: int, rng: np.random.Generator) -> FloatArray:
    weights = np.array([one.weight for one in figures])
    chosen = rng.choice(len(figures), size=draws, p=weights / weights.sum())
    low, high = (np.array([getattr(one, edge) for one in figures])[chosen] for edge in ("low", "high"))
    return np.asarray(low + (high - low) * rng.random(draws))


def _rows(side: str, figures: list[_Figure]) -> Iterator[dict[str, object]]:
    weights = sum(one.weight for one in figures)
    for one in sorted(figures, key=lambda one: (one.first, one.last, one.claims)):
        yield {
            "side": side,
            "from": label(one.first, Step.MONTH),
            "to": label(one.last, Step.MONTH),
            "low": one.low,
            "high": one.high,
            "weight": one.weight / weights,
            "claims": one.claims,
            "sources": one.sources,
            "credibility": one.credibility,
        }
