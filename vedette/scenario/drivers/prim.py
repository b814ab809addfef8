"""PRIM, the patient rule induction method: finds a box of inputs in which the cases are dense."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from vedette.model import BoolArray, FloatArray

PEEL = 0.05
"""The share of the box that one step takes off."""
LEAST = 0.05
"""The smallest share of all draws that a box may contain."""
DOUBT = 0.05
"""A restriction whose quasi-p value is larger is dropped."""


@dataclass(frozen=True)
class Restriction:
    """A side of a box: input ``place`` lies in [low, high]; infinite where it is open."""

    place: int
    low: float
    high: float

    def holds(self, inputs: FloatArray) -> BoolArray:
        """Which draws (D, K) lie inside, (D,)."""
        column = inputs[:, self.place]
        return np.asarray((column >= self.low) & (column <= self.high))


def inside(box: tuple[Restriction, ...], inputs: FloatArray) -> BoolArray:
    """Which draws (D, K) lie in a box, (D,)."""
    in_box = np.ones(len(inputs), dtype=bool)
    for side in box:
        in_box &= side.holds(inputs)
    return in_box


def prim(inputs: FloatArray, cases: BoolArray) -> tuple[Restriction, ...]:
    """The box of inputs (D, K) that separates the cases (D,) best; empty if none does.

    Peeling takes off, step by step, the twentieth of the box at one side of one input that leaves the
    largest share of cases, and pasting puts back what lowers that share in no way (Friedman and Fisher 1999,
    Statistics and Computing 9, 123-143). Of the boxes on the way the one with the largest harmonic mean of
    coverage (share of all cases that it holds) and density (share of its draws that are cases) is kept,
    without the sides that chance could have made: see `quasi_p`.
    """
    best: tuple[Restriction, ...] = ()
    best_box, score = best, 0.0
    within = np.ones(len(cases), dtype=bool)
    while True:
        peeled = _peel(inputs, cases, within, best_box)
        if peeled is None:
            break
        best_box, within = peeled
        current = _harmonic(cases, within)
        if current > score:
            best, score = best_box, current
    return _supported(_paste(best, inputs, cases), inputs, cases)


def quasi_p(box: tuple[Restriction, ...], which: int, inputs: FloatArray, cases: BoolArray) -> float:
    """The probability that a side of a box would contain as many cases if it were unrelated to them.

    Without the side the box holds a share q of cases; the chance that of as many draws as the whole box
    holds at least as many are cases, each with chance q (Bryant and Lempert 2010, Technological Forecasting
    and Social Change 77, 34-49).
    """
    wider = inside((*box[:which], *box[which + 1 :]), inputs)
    within = inside(box, inputs)
    share = float(cases[wider].mean()) if wider.any() else 0.0
    return float(binom.sf(int(cases[within].sum()) - 1, int(within.sum()), share))


def _peel(
    inputs: FloatArray, cases: BoolArray, within: BoolArray, box: tuple[Restriction, ...]
) -> tuple[tuple[Restriction, ...], BoolArray] | None:
    """The box after the best peel; nothing if no peel gathers cases, or the box would be too small."""
    held, hits = inputs[within], cases[within]
    lows, highs = np.quantile(held, [PEEL, 1 - PEEL], axis=0)
    floors, tops = _floors(held, lows), -_floors(-held, -highs)
    kept = np.stack([held >= floors, held <= tops], axis=2)  # (draws within, K, both sides)
    counts = kept.sum(axis=0)
    usable = (counts >= LEAST * len(cases)) & (counts < len(held))
    shares = np.where(usable, (kept & hits[:, None, None]).sum(axis=0) / np.maximum(counts, 1), 0.0)
    place, upper = divmod(int(np.argmax(shares)), 2)
    if shares[place, upper] <= hits.mean():
        return None
    low, high = (-np.inf, float(tops[place])) if upper else (float(floors[place]), np.inf)
    side = Restriction(place, low, high)
    return _narrowed(box, side), within & side.holds(inputs)


def _floors(held: FloatArray, lows: FloatArray) -> FloatArray:
    """The lowest value of each input (D, K) that a peel from below leaves, (K,); infinite where none is left.

    Where the lowest values are one value, as of a branch, it goes whole.
    """
    least = held.min(axis=0)
    left = np.where(lows <= least, held > least, held >= lows)
    return np.asarray(np.where(left, held, np.inf).min(axis=0))


def _narrowed(box: tuple[Restriction, ...], side: Restriction) -> tuple[Restriction, ...]:
    for where, existing in enumerate(box):
        if existing.place == side.place:
            tight = Restriction(existing.place, max(existing.low, side.low), min(existing.high, side.high))
            return (*box[:where], tight, *box[where + 1 :])
    return (*box, side)


def _paste(box: tuple[Restriction, ...], inputs: FloatArray, cases: BoolArray) -> tuple[Restriction, ...]:
    """Widens sides as long as the harmonic mean does not fall."""
    improved = True
    while improved:
        improved = False
        score = _harmonic(cases, inside(box, inputs))
        for where, side in enumerate(box):
            for wider in _widened(side, inputs[:, side.place]):
                tried = (*box[:where], wider, *box[where + 1 :])
                if _harmonic(cases, inside(tried, inputs)) > score:
                    box, improved = tried, True
                    break
            if improved:
                break
    return tuple(side for side in box if np.isfinite(side.low) or np.isfinite(side.high))


def _widened(side: Restriction, column: FloatArray) -> list[Restriction]:
    step = max(1, int(PEEL * len(column) / 2))
    line, widened = np.sort(column), []
    if np.isfinite(side.low):
        at = int(np.searchsorted(line, side.low)) - step
        widened.append(Restriction(side.place, float(line[at]) if at > 0 else -np.inf, side.high))
    if np.isfinite(side.high):
        at = int(np.searchsorted(line, side.high, "right")) + step
        widened.append(Restriction(side.place, side.low, float(line[at]) if at < len(line) - 1 else np.inf))
    return widened


def _supported(box: tuple[Restriction, ...], inputs: FloatArray, cases: BoolArray) -> tuple[Restriction, ...]:
    while box:
        doubts = [quasi_p(box, which, inputs, cases) for which in range(len(box))]
        worst = int(np.argmax(doubts))
        if doubts[worst] <= DOUBT:
            break
        box = (*box[:worst], *box[worst + 1 :])
    return box


def _harmonic(cases: BoolArray, within: BoolArray) -> float:
    hits = float((cases & within).sum())
    return 2 * hits / (float(within.sum()) + float(cases.sum())) if hits else 0.0
