"""The answer of precedents to a question: weighted distributions, checks, and the range over the grid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from vedette.precedents.asking import Like
from vedette.precedents.averages import WarAverages
from vedette.precedents.matching import Match
from vedette.precedents.standing import Survival, standing
from vedette.precedents.violence import Floats
from vedette.precedents.weighing import (
    GRID,
    Weighting,
    by_war,
    effective,
    kernel,
    role_weight,
    weighted_quantile,
)
from vedette.randomness import rng_stream

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
LEAST_WARS = 5.0
"""The effective number of wars below which nothing is estimated."""
_RESAMPLED = 400
_RESAMPLED_DRAWS = 100


@dataclass(frozen=True, eq=False)
class Answer:
    """The distribution of the change in deaths after similar departures, and how governments fared.

    All changes are log ratios of yearly deaths, after to before.

    Attributes:
        like: the situation asked about.
        years: the number of years after the departure that are compared.
        others: which departures are used: ``any``, others ``gone``, or others ``stayed``.
        last: the last coded year; if fewer years have passed since a departure, only these are used.
        known_by: the day by which outcomes are known.
        weighting: the weights of the answer.
        matches: the n precedents, the nearest first.
        raw: the change after each, (draws, n).
        compared: the change minus that of control years in which all troops stayed, (draws, n): the
            difference in differences.
        path: the same for each year after, (draws, n, years); not a number where it has not passed.
        earlier: the trend of intensity before each departure minus that of its controls, which is 0 under
            parallel trends, (n,).
        placebo: the compared change after a placebo departure two years before the actual one, for precedents
            whose troops were there by then, (draws, at most n).
        placebo_of: the place of the precedent of each placebo.
        average: deaths after against before, of these precedents and of years in which nobody left.
    """

    like: Like
    years: int
    others: str
    last: int
    known_by: date
    weighting: Weighting
    matches: tuple[Match, ...]
    raw: Floats
    compared: Floats
    path: Floats
    earlier: Floats
    placebo: Floats
    placebo_of: tuple[int, ...]
    average: WarAverages

    @cached_property
    def wars(self) -> tuple[str, ...]:
        """The war of each precedent, (n,)."""
        return tuple(match.departure.war for match in self.matches)

    @cached_property
    def weights(self) -> Floats:
        """The weight of each precedent, with its war as one cluster, (n,); they sum to 1 unless all are 0."""
        return self.weights_by(self.weighting)

    def weights_by(self, weighting: Weighting) -> Floats:
        """The weights by another kernel, bandwidth or step of role, (n,)."""
        distances = np.array([match.distance for match in self.matches])
        roles = [role_weight(self.like.role, m.departure.role, weighting.step) for m in self.matches]
        weights = by_war(kernel(distances, weighting) * np.array(roles), self.wars)
        return weights / (weights.sum() or 1.0)

    @property
    def effective(self) -> float:
        """The effective number of wars behind the answer."""
        return effective(self.weights, self.wars)

    @property
    def estimated(self) -> bool:
        """Whether there are wars enough for an estimate."""
        return self.effective >= LEAST_WARS - 1e-9

    @property
    def used(self) -> tuple[int, ...]:
        """The places of the precedents that have any weight, the heaviest first."""
        order = np.argsort(-self.weights, kind="stable")
        return tuple(int(place) for place in order if self.weights[place] > 0)

    @property
    def middle(self) -> float:
        """The median of the compared change."""
        return self.quantiles(self.compared, (0.5,))[0]

    @property
    def mean_factor(self) -> float:
        """The mean of the factor on deaths, not of its logarithm."""
        return float(self.weights @ np.exp(self.compared).mean(axis=0))

    @property
    def worse(self) -> float:
        """The weighted share of draws in which violence grew more than in the control years."""
        return float(self.weights @ (self.compared > 0).mean(axis=0))

    @property
    def each(self) -> Floats:
        """The median compared change of each precedent, (n,)."""
        return np.asarray(np.median(self.compared, axis=0))

    def quantiles(self, values: Floats, levels: tuple[float, ...] = LEVELS) -> list[float]:
        """Weighted quantiles of values (draws, n)."""
        return [float(value) for value in weighted_quantile(values, self.weights, levels)]

    def by_year(self, year: int, levels: tuple[float, ...] = LEVELS) -> list[float]:
        """Weighted quantiles of the compared change in one year after, 1 to ``years``."""
        values = self.path[:, :, year - 1]
        told = np.isfinite(values[0]) & (self.weights > 0)
        return [float(value) for value in weighted_quantile(values[:, told], self.weights[told], levels)]

    @cached_property
    def average_factors(self) -> Floats:
        """Equally likely paths of the factor on deaths that leaving had on average, (rows, years).

        What single wars do by chance is not in them: see `vedette.precedents.averages`.
        """
        return self.average.factors(self.weights, self.wars, self.weighting)

    def average_over_grid(self) -> tuple[float, float]:
        """The lowest and the highest median of the average factor over all years, over the grid."""
        found = []
        for weighting in GRID:
            weights = self.weights_by(weighting)
            if weights.sum() > 0 and self.average.effective(weighting) > 0:
                found.append(self._middle_average(weights, weighting))
        return min(found), max(found)

    def average_without_wars(self) -> Mapping[str, float]:
        """The median of the average factor over all years without each war of any weight."""
        found = {}
        for war in dict.fromkeys(self.wars[place] for place in self.used):
            weights = self.weights * np.array([name != war for name in self.wars])
            if weights.sum() > 0:
                found[war] = self._middle_average(weights / weights.sum(), self.weighting)
        return found

    def _middle_average(self, weights: Floats, weighting: Weighting) -> float:
        factors = self.average.factors(weights, self.wars, weighting)
        return float(np.exp(np.median(np.log(factors).mean(axis=1))))

    def over_grid(self) -> Mapping[Weighting, tuple[float, float]]:
        """The median change and the effective number of wars for each weighting of the grid that has any."""
        found = {}
        for weighting in GRID:
            weights = self.weights_by(weighting)
            if weights.sum() > 0:
                middle = float(weighted_quantile(self.compared, weights, (0.5,))[0])
                found[weighting] = middle, effective(weights, self.wars)
        return found

    def without_wars(self) -> Mapping[str, float]:
        """The median of the compared change without all precedents of each war of any weight."""
        wars = dict.fromkeys(self.wars[place] for place in self.used)
        rest = {war: self.middle_of(np.array([name != war for name in self.wars])) for war in wars}
        return {war: middle for war, middle in rest.items() if middle is not None}

    def middle_of(self, kept: npt.NDArray[np.bool_]) -> float | None:
        """The median of the compared change over some precedents, bool (n,); None if they have no weight."""
        weights = self.weights * kept
        return float(weighted_quantile(self.compared, weights, (0.5,))[0]) if weights.sum() > 0 else None

    def placebo_factor(self) -> tuple[float, float, float] | None:
        """The middle half of the placebo changes, weighted as the precedents; None without any."""
        weights = self.weights[list(self.placebo_of)]
        if not weights.sum() > 0:
            return None
        low, middle, high = weighted_quantile(self.placebo, weights, (0.25, 0.5, 0.75)).tolist()
        return low, middle, high

    @property
    def trend_before(self) -> tuple[float, float, float]:
        """The trend of intensity before leaving, less that of years of staying, within its 90 % interval.

        Levels of intensity over two years; below 0 wars were calming down more where troops were to leave.
        """
        mean = float(self.weights @ self.earlier)
        spread = float(self.weights @ (self.earlier - mean) ** 2) ** 0.5
        reach = 1.645 * spread / max(self.effective, 1.0) ** 0.5
        return mean - reach, mean, mean + reach

    def doubt(self, seed: int) -> tuple[float, float]:
        """The 90 % bootstrap interval of the median, resampling wars with their weights."""
        rng, wars = rng_stream(seed, "precedents", "doubt"), np.array(self.wars)
        names = np.unique(wars[self.weights > 0])
        own = (wars[:, None] == names) * self.weights[:, None]
        times = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=_RESAMPLED)
        draws = self.compared[:_RESAMPLED_DRAWS]
        medians = [weighted_quantile(draws, own @ count, (0.5,))[0] for count in times if (own @ count).any()]
        low, high = np.quantile(medians, (0.05, 0.95))
        return float(low), float(high)

    def standing(self) -> Survival:
        """How often the governments fell within the years asked about."""
        departures = [match.departure for match in self.matches]
        return standing(departures, self.weights, self.years, self.known_by)
