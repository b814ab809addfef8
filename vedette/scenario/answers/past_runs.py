"""Replays: an ensemble as of a past day, compared with what was counted since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from vedette.model import By, FloatArray, Measure, counted_history
from vedette.panel import Panel
from vedette.periods import first_day
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.language.entries import EventGroup
from vedette.score.rules import fair_crps

ALL = "all"
LEVELS = {"low_90": 0.05, "low_50": 0.25, "median": 0.5, "high_50": 0.75, "high_90": 0.95}
_MIDDLE = "median"


@dataclass(frozen=True, eq=False)
class Replay:
    """An ensemble of a past day and the counts since.

    ``came`` by group of events: what was counted in each of T months, NaN where no month was observed. The
    group ``all`` is the sum of the others where they count the same. Quantiles are ranges over unweighted
    branches: the lowest low, the highest high, and the median as two numbers.
    """

    ensemble: Ensemble
    as_of: date
    came: dict[str, FloatArray]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of events, ``all`` first."""
        return tuple(self.came)

    def draws_of(self, group: str) -> dict[str, FloatArray]:
        """Draws of each scenario for a group of events, month by month, (D, T)."""
        parts = self.ensemble.mechanism.file.events
        chosen = [self._of(part) for part in parts if group in (ALL, part.id)]
        return {
            name: np.asarray(np.sum(paths, axis=0))
            for name, *paths in zip(self.ensemble.names, *chosen, strict=True)
        }

    def months(self) -> pl.DataFrame:
        """A row for each group, scenario and month: quantiles, and the count (null: not observed)."""
        return pl.DataFrame(list(self._months()), infer_schema_length=None)

    def sums(self) -> pl.DataFrame:
        """A row for each group, scenario and year, and for all months: quantiles of the sum of the months
        that were observed, what came, the share of draws below it, and whether the 90 % interval held it."""
        return pl.DataFrame(list(self._sums()), infer_schema_length=None)

    def scores(self) -> pl.DataFrame:
        """A row for each group and scenario: mean CRPS by month, and the share of months inside 90 %."""
        return pl.DataFrame(list(self._scores()), infer_schema_length=None)

    def _of(self, group: EventGroup) -> Iterator[FloatArray]:
        """A group under each scenario, (D, T): the forecast times its factor."""
        ensemble = self.ensemble
        alone = ensemble.baseline.group(group)[ensemble.future].astype(np.float64)
        return (alone * factor for factor in ensemble.path(f"*{group.id}").astype(np.float64))

    def _months(self) -> Iterator[dict[str, object]]:
        labels = self.ensemble.span.labels()
        for group, came in self.came.items():
            for scenario, draws in self.draws_of(group).items():
                for place, period in enumerate(labels):
                    known = None if np.isnan(came[place]) else float(came[place])
                    row = {"group": group, "scenario": scenario, "period": period}
                    yield row | self._quantiles(draws[:, place]) | {"came": known}

    def _sums(self) -> Iterator[dict[str, object]]:
        span = self.ensemble.span
        year = np.array([first_day(period, span.step).year for period in span])
        for group, came in self.came.items():
            known = ~np.isnan(came)
            for scenario, draws in self.draws_of(group).items():
                for name, inside in [*((str(y), year == y) for y in np.unique(year)), ("all", year > 0)]:
                    if (chosen := known & inside).any():
                        row = {
                            "group": group,
                            "scenario": scenario,
                            "over": name,
                            "months": int(chosen.sum()),
                        }
                        yield row | self._sum(draws[:, chosen].sum(axis=1), float(came[chosen].sum()))

    def _sum(self, draws: FloatArray, came: float) -> dict[str, object]:
        quantiles = self._quantiles(draws)
        below = self.ensemble.by_group((draws < came) + 0.5 * (draws == came))
        inside = bool(quantiles["low_90"] <= came <= quantiles["high_90"])
        share = {"below_low": float(below.min()), "below_high": float(below.max())}
        return {**quantiles, "came": came, **share, "held": inside}

    def _scores(self) -> Iterator[dict[str, object]]:
        for group, came in self.came.items():
            known = ~np.isnan(came)
            for scenario, draws in self.draws_of(group).items():
                known_draws = draws[:, known]
                ends = [self._quantiles(column) for column in known_draws.T]
                inside = [
                    end["low_90"] <= true <= end["high_90"]
                    for end, true in zip(ends, came[known], strict=True)
                ]
                crps = fair_crps(np.sort(known_draws.T, axis=-1), came[known])
                yield {
                    "group": group,
                    "scenario": scenario,
                    "crps": float(crps.mean()) if known.any() else None,
                    "held": sum(map(bool, inside)) / len(inside) if inside else None,
                    "months": int(known.sum()),
                }

    def _quantiles(self, values: FloatArray) -> dict[str, float]:
        quantiles = self.ensemble.quantiles(values, list(LEVELS.values()))
        ends = {
            name: float(row.min() if name.startswith("low") else row.max())
            for name, row in zip(LEVELS, quantiles, strict=True)
        }
        return ends | {"median_low": float(quantiles[list(LEVELS).index(_MIDDLE)].min())}


def replay(ensemble: Ensemble, as_of: date, panel: Panel) -> Replay:
    """Compares an ensemble of a past day with the counts of a later panel of the case.

    Months that lie after the panel, that no file covers, or that are estimated and not observed, are not
    known.
    """
    groups = ensemble.mechanism.file.events
    came = {group.id: _came(ensemble, group, panel) for group in groups}
    same = len({group.measure for group in groups}) == 1 and len(groups) > 1
    whole = {ALL: np.sum(list(came.values()), axis=0)} if same else {}
    return Replay(ensemble, as_of, whole | came)


def _came(ensemble: Ensemble, group: EventGroup, panel: Panel) -> FloatArray:
    history = counted_history(panel, ensemble.mechanism.case, Measure(group.measure), By.CELL)
    inside = np.array([_belongs(unit, group) for unit in history.units])
    counted = history.truth[:, inside].sum(axis=1).astype(np.float64)
    known = dict(zip(history.span, np.where(history.observed, counted, np.nan), strict=True))
    return np.array([known.get(period, np.nan) for period in ensemble.span])


def _belongs(unit: str, group: EventGroup) -> bool:
    place, stratum = unit.split("/", 1)
    return (not group.places or place in group.places) and (not group.strata or stratum in group.strata)
