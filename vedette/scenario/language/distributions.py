"""Distributions of uncertain quantities: nine named forms, read from a file and turned into draws."""

from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, model_validator
from scipy.special import betaincinv, ndtr, ndtri

from vedette.case.schema import Number
from vedette.model import FloatArray
from vedette.plurals import counted
from vedette.problems import wrong

NEEDS: dict[str, tuple[str, ...]] = {
    "point": ("value",),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "normal": ("low", "high"),
    "lognormal": ("low", "high"),
    "beta": ("mean", "weight"),
    "quantiles": ("values",),
    "paths": ("rows",),
    "elicited": ("q5", "q50", "q95"),
}
"""The parameters of each form."""

_CUT = ("normal", "lognormal", "elicited")
"""The forms that ``least`` and ``most`` may cut off."""
_ANSWERED = {"q5": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
_OVERSHOOT = 0.1
_Z90 = float(ndtri(0.95))


class Distribution(BaseModel):
    """A distribution of one of nine forms.

    ``point``: ``value``. ``uniform``: from ``low`` to ``high``. ``triangular``: ``low``, ``mode``, ``high``.
    ``normal`` and ``lognormal``: ``low`` and ``high`` are the ends of the 90 % interval. ``beta``: ``mean``
    between 0 and 1, and ``weight``, the number of cases that the belief is worth (the sum of both
    parameters). ``quantiles``: ``values`` at equal steps of probability from 0 to 1. ``paths``: ``rows``,
    equally likely paths of one factor a year, which are drawn whole. ``elicited``: what somebody answered,
    ``q5``, ``q50`` and ``q95`` and perhaps ``q25`` and ``q75``; even between them and over a tenth of the
    range on either side (Cooke 1991). ``least`` and ``most`` cut a normal, lognormal or elicited one off.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    form: Literal[
        "point", "uniform", "triangular", "normal", "lognormal", "beta", "quantiles", "paths", "elicited"
    ]
    value: Number | None = None
    low: Number | None = None
    mode: Number | None = None
    high: Number | None = None
    mean: Number | None = None
    weight: Number | None = None
    values: tuple[Number, ...] | None = None
    rows: tuple[tuple[Number, ...], ...] | None = None
    q5: Number | None = None
    q25: Number | None = None
    q50: Number | None = None
    q75: Number | None = None
    q95: Number | None = None
    least: Number | None = None
    most: Number | None = None

    @model_validator(mode="after")
    def _whole(self) -> "Distribution":
        needs = NEEDS[self.form]
        names = [name for name in type(self).model_fields if name not in ("form", "least", "most")]
        present = {name for name in names if self._has(name)}
        inner = {"q25", "q75"} if self.form == "elicited" else set()
        if not set(needs) <= present <= {*needs, *inner} or len(present & inner) == 1:
            listed = ", ".join(sorted(present))
            raise wrong("", f"{' and '.join(needs)} of a {self.form}", listed, "Give these and no others.")
        if (self._has("least") or self._has("most")) and self.form not in _CUT:
            raise wrong("", f"least and most with {', '.join(_CUT)} only", self.form, "Leave them out.")
        self._in_order()
        return self

    def _in_order(self) -> None:
        ladder = [float(getattr(self, name)) for name in ("low", "mode", "high") if self._has(name)]
        if ladder != sorted(ladder) or (len(ladder) > 1 and ladder[0] == ladder[-1]):
            raise wrong("", "low below high, mode between", ladder, "Correct them; for one value use point.")
        told = [float(getattr(self, name)) for name in _ANSWERED if self._has(name)]
        if any(low >= high for low, high in pairwise(told)):
            raise wrong("q50", "quantiles that rise from q5 to q95", told, "Correct them.")
        if self.form == "elicited" and not self.support[0] <= told[0] < told[-1] <= self.support[1]:
            cure = "Correct one of them."
            raise wrong("least", "quantiles between least and most", [self.least, *told, self.most], cure)
        if self.values is not None and (len(self.values) < 2 or list(self.values) != sorted(self.values)):
            raise wrong("values", "two numbers or more, in ascending order", self.values, "Sort them.")
        if self.rows is not None:
            _check_rows(self.rows)
        if self.form == "lognormal" and ladder[0] <= 0:
            raise wrong("low", "a number above 0 of a lognormal", ladder[0], "Use normal, or correct it.")
        if self.form == "beta" and not (0 < float(self.mean or 0) < 1 and float(self.weight or 0) > 0):
            numbers = [self.mean, self.weight]
            raise wrong("", "a mean between 0 and 1 and a weight above 0", numbers, "Correct them.")
        if self.least is not None and self.most is not None and self.least >= self.most:
            raise wrong("least", f"a number below most ({self.most:g})", self.least, "Correct one.")

    def _has(self, name: str) -> bool:
        return getattr(self, name) is not None

    @property
    def support(self) -> tuple[float, float]:
        """The least and the most that can be drawn."""
        inside = {
            "point": (self.value, self.value),
            "uniform": (self.low, self.high),
            "triangular": (self.low, self.high),
            "normal": (-np.inf, np.inf),
            "lognormal": (0.0, np.inf),
            "beta": (0.0, 1.0),
            "quantiles": (self.values[0], self.values[-1]) if self.values else (None, None),
            "paths": (self.levels[0], self.levels[-1]) if self.rows else (None, None),
            "elicited": self._answered_ends(),
        }[self.form]
        low, high = (float(edge) for edge in inside if edge is not None)
        least = low if self.least is None else max(low, self.least)
        return least, high if self.most is None else min(high, self.most)

    @property
    def years(self) -> int:
        """The number of years for which a draw has a factor of its own; 1 for all forms but ``paths``."""
        return len(self.rows[0]) if self.rows else 1

    @property
    def levels(self) -> FloatArray:
        """The geometric mean of each path, in ascending order, (R,)."""
        return _ordered(self.rows or ((1.0,),))[1]

    def by_year(self, levels: FloatArray) -> FloatArray:
        """The factor of each year over the level of its path, (S, years), by the path whose level is nearest.

        >>> both = Distribution(form="paths", rows=((4.0, 1.0), (1.0, 1.0)))
        >>> both.by_year(both.quantile(np.array([0.2, 0.8]))).tolist()
        [[1.0, 1.0], [2.0, 0.5]]
        """
        paths, own = _ordered(self.rows or ((1.0,),))
        place = np.searchsorted(np.sqrt(own[1:] * own[:-1]), levels)
        return np.asarray(paths[place] / own[place, None])

    def _answered_ends(self) -> tuple[float, float]:
        """The ends of an elicited distribution: a tenth of its range beyond q5 and q95."""
        low, high = float(self.q5 or 0.0), float(self.q95 or 0.0)
        return low - _OVERSHOOT * (high - low), high + _OVERSHOOT * (high - low)

    def quantile(self, chance: FloatArray) -> FloatArray:
        """The values below which lie these shares of the distribution, of the shape of ``chance``.

        Of ``paths`` the level of a path, its geometric mean; `by_year` tells its years apart.

        >>> wide = Distribution(form="lognormal", low=6, high=24)
        >>> wide.quantile(np.array([0.05, 0.5, 0.95])).round(6).tolist()
        [6.0, 12.0, 24.0]
        """
        match self.form:
            case "point":
                return np.full(chance.shape, float(self.value or 0.0))
            case "uniform":
                low, high = self.support
                return low + chance * (high - low)
            case "triangular":
                low, high = self.support
                return _triangle(chance, low, float(self.mode or 0.0), high)
            case "quantiles":
                values = np.array(self.values or (0.0,))
                return np.asarray(np.interp(chance, np.linspace(0, 1, len(values)), values))
            case "paths":
                place = np.minimum((chance * len(self.levels)).astype(np.int64), len(self.levels) - 1)
                return self.levels[place]
            case "elicited":
                known: dict[float, float] = {
                    share: getattr(self, name) for name, share in _ANSWERED.items() if self._has(name)
                }
                ends = self.support
                reached = np.array([ends[0], *map(float, known.values()), ends[1]])
                return np.asarray(np.interp(chance, np.array([0.0, *known, 1.0]), reached))
            case "beta":
                mean, weight = float(self.mean or 0.0), float(self.weight or 0.0)
                return np.asarray(betaincinv(mean * weight, (1 - mean) * weight, chance))
            case _:
                return self._bell(chance)

    def _bell(self, chance: FloatArray) -> FloatArray:
        """Quantiles of a normal or a lognormal, truncated where limits are given."""
        low, high = float(self.low or 0.0), float(self.high or 0.0)
        log = self.form == "lognormal"
        low, high = (np.log(low), np.log(high)) if log else (low, high)
        middle, spread = (low + high) / 2, (high - low) / (2 * _Z90)
        edges = [np.log(edge) if log and edge > 0 else edge for edge in self.support]
        if log and self.support[0] <= 0:
            edges[0] = -np.inf
        first, last = (ndtr((edge - middle) / spread) for edge in edges)
        drawn = middle + spread * ndtri(first + chance * (last - first))
        return np.asarray(np.exp(drawn) if log else drawn)

    def __str__(self) -> str:
        """``lognormal, 90 % between 6 and 24``."""
        match self.form:
            case "point":
                return f"{self.value:g}"
            case "quantiles":
                low, high = self.quantile(np.array([0.05, 0.95]))
                return f"drawn, 90 % between {_rounded(low)} and {_rounded(high)}"
            case "paths":
                low, high = self.quantile(np.array([0.05, 0.95]))
                years = counted(self.years, "year")
                return f"a factor for each of {years}, 90 % of their means between {low:.2g} and {high:.2g}"
            case "elicited":
                return f"elicited, 5 %: {self.q5:g}, 50 %: {self.q50:g}, 95 %: {self.q95:g}"
            case "beta":
                return f"beta, mean {self.mean:g}, worth {self.weight:g} cases"
            case "normal" | "lognormal":
                return f"{self.form}, 90 % between {self.low:g} and {self.high:g}"
            case "triangular":
                return f"triangular, {self.low:g} to {self.high:g}, most likely {self.mode:g}"
            case _:
                return f"{self.form}, {self.low:g} to {self.high:g}"


@lru_cache(maxsize=32)
def _ordered(rows: tuple[tuple[float, ...], ...]) -> tuple[FloatArray, FloatArray]:
    """Paths in ascending order of their geometric means, (R, years), and these means, (R,).

    Equal means are told apart by a billionth, so that each leads back to its own path.
    """
    paths = np.array(rows, dtype=np.float64)
    means = np.log(paths).mean(axis=1)
    order = np.lexsort((*paths.T, means))
    means, places = means[order], np.arange(len(paths))
    apart = np.diff(means, prepend=-np.inf) > 1e-12
    nth = places - np.maximum.accumulate(np.where(apart, places, 0))
    return paths[order], np.exp(means) * (1 + 1e-9 * nth)


def _check_rows(rows: tuple[tuple[float, ...], ...]) -> None:
    if len(rows) < 2 or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        lengths = [len(row) for row in rows]
        cure = "Give every path the same number of years."
        raise wrong("rows", "two paths or more of one length", f"lengths {lengths}", cure)
    least = min(min(row) for row in rows)
    if least <= 0:
        raise wrong("rows", "factors above 0", least, "Correct it.")


def _rounded(value: float) -> str:
    """A number with three digits, or whole from 100 on.

    >>> _rounded(0.16648), _rounded(12345.6)
    ('0.166', '12,346')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _triangle(chance: FloatArray, low: float, mode: float, high: float) -> FloatArray:
    rising = low + np.sqrt(chance * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - chance) * (high - low) * (high - mode))
    return np.where(chance * (high - low) < mode - low, rising, falling)
