"""The ensemble: every scenario in every draw, on common random numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from vedette.errors import UsageError
from vedette.model import FloatArray, IntArray
from vedette.periods import Span
from vedette.plurals import counted
from vedette.problems import did_you_mean
from vedette.scenario.engine.baseline import Baseline
from vedette.scenario.engine.rules import Fired
from vedette.scenario.engine.sampling import Drawn
from vedette.scenario.language.entries import EventGroup, Outcome
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.paths import Scenario

Paths = npt.NDArray[np.float32]
_PRECISION = 1e-6


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Paths of a mechanism under S scenarios in D draws over T months.

    ``paths`` float32 (S, D, T, N): the nodes and stocks named in ``kept``; stocks as of the end of a month.
    ``future`` int (D,): the future of the forecast that each draw takes. Draw d has the same assumptions,
    branches, future and noise in every scenario, so that differences are those of the levers alone.
    ``fired`` int (S, D, R): the month in which each rule of a scenario acted, counted from 0; -1 for never,
    and for scenarios with fewer rules.
    """

    mechanism: Mechanism
    scenarios: tuple[Scenario, ...]
    kept: tuple[str, ...]
    paths: Paths
    drawn: Drawn
    future: IntArray
    noise: FloatArray
    baseline: Baseline
    seed: int
    fired: Fired

    @property
    def draws(self) -> int:
        """How many draws."""
        return int(self.paths.shape[1])

    @property
    def span(self) -> Span:
        """The months simulated."""
        return self.mechanism.span

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Ids of the scenarios, in order."""
        return tuple(scenario.id for scenario in self.scenarios)

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """The outcomes by id; one whose level is withheld has no threshold, which would give it away."""
        withheld, of = self.mechanism.withheld, self.mechanism.file.outcomes
        return {
            each.id: each.model_copy(update={"threshold": None}) if each.id in withheld else each
            for each in of
        }

    @cached_property
    def quantities(self) -> dict[str, FloatArray]:
        """The draws of every quantity, (D,) each, by id."""
        names = self.mechanism.plan.quantities
        return {name: self.drawn.values[:, place] for place, name in enumerate(names)}

    def index(self, scenario: str) -> int:
        """The place of a scenario.

        Raises:
            UsageError: it was not simulated.
        """
        if scenario not in self.names:
            raise UsageError(f"there is no scenario {scenario!r} here. {did_you_mean(scenario, self.names)}")
        return self.names.index(scenario)

    def path(self, node: str) -> Paths:
        """A node, a stock or an outcome month by month, (S, D, T), in the unit of the node.

        Raises:
            UsageError: its path was not kept.
        """
        name = self.outcomes[node].of if node in self.outcomes else node
        if name not in self.kept:
            known = [*self.outcomes, *(name for name in self.kept if not name.startswith("*"))]
            raise UsageError(f"there is no path of {node!r}. {did_you_mean(node, known)}")
        return self.paths[..., self.kept.index(name)]

    def outcome(self, name: str, months: Span | None = None) -> FloatArray:
        """An outcome over some months (all if none are given), (S, D), in its unit.

        Raises:
            UsageError: no such outcome, or months outside the ensemble.
        """
        outcome = self._asked(name)
        path = self.path(outcome.of)[:, :, self.within(months)].astype(np.float64)
        return read_off(outcome, path)

    def difference(self, one: str, other: str, outcome: str, months: Span | None = None) -> FloatArray:
        """The outcome under ``one`` less that under ``other``, draw by draw, (D,); see `apart`."""
        values = self.outcome(outcome, months)
        return apart(values[self.index(one)], values[self.index(other)])

    def odds(self, outcome: str, months: Span | None = None) -> FloatArray:
        """The share of draws in which an outcome passes its threshold, (S, G), by group of branches.

        G is 1 unless there are unweighted branches: their groups are never averaged.

        Raises:
            UsageError: the outcome has no threshold.
        """
        threshold = self._asked(outcome).threshold
        if threshold is None:
            reason = self.mechanism.withheld.get(outcome)
            cure = f"Its level is withheld, since {reason}." if reason else "Give it one in mechanisms.yaml."
            raise UsageError(f"{outcome} has no threshold. {cure}")
        values = self.outcome(outcome, months)
        if threshold.above is not None:
            return self.by_group(values > threshold.above)
        return self.by_group(values < float(threshold.below or 0.0))

    def by_group(self, values: npt.NDArray[np.generic]) -> FloatArray:
        """Means over the draws of each group of unweighted branches: (..., D) to (..., G)."""
        parts = [np.asarray(values)[..., self.drawn.group == g].mean(axis=-1) for g in range(self.groups)]
        return np.stack(parts, axis=-1)

    def quantiles(self, values: FloatArray, levels: Sequence[float]) -> FloatArray:
        """Quantiles within each group of unweighted branches: (D,) to (levels, G)."""
        parts = [np.quantile(values[self.drawn.group == g], levels) for g in range(self.groups)]
        return np.stack(parts, axis=-1)

    @property
    def groups(self) -> int:
        """How many combinations of unweighted branches there are; 1 where there are none."""
        return self.drawn.groups

    def by_place(self, events: str, months: Span | None = None) -> FloatArray:
        """A group of events in each place, summed over some months, (S, D, P): the forecast times its factor.

        The places add up to the group in every draw. Places are those of the baseline.

        Raises:
            UsageError: no such group of events, or months outside the ensemble.
        """
        group = self._group(events)
        chosen = self.within(months)
        cells = self.baseline.by_place(group)[:, chosen]
        factor = self.path(f"*{events}")[:, :, chosen]
        out = np.empty((len(self.names), self.draws, len(self.baseline.places)))
        for row, column in enumerate(factor):
            out[row] = np.einsum("dt,dtp->dp", column, cells[self.future], optimize=True)
        return out

    @property
    def enumeration(self) -> str:
        """How many combinations of branches were simulated, in words; empty without alternatives."""
        file = self.mechanism.file
        if not file.alternatives:
            return ""
        total = int(np.prod([len(alternative.branches) for alternative in file.alternatives]))
        tried = len(np.unique(self.drawn.branch, axis=0))
        how = "full enumeration" if tried == total else "sampled"
        free = sum(alternative.unweighted for alternative in file.alternatives)
        kinds = f"{len(file.alternatives) - free} weighted, {free} unweighted"
        counts = f"{tried} of {counted(total, 'combination')} of branches ({kinds})"
        summary = f"{how}: {counts} in {counted(self.draws, 'draw')}"
        ranges = f"answers are ranges over {counted(self.groups, 'unweighted combination')}"
        return f"{summary}; {ranges}" if free else summary

    def group_names(self) -> list[str]:
        """The unweighted branches of each group, like ``reaction: restraint``; empty if there are none."""
        rows = [np.flatnonzero(self.drawn.group == g)[0] for g in range(self.groups)]
        free = [
            (p, alternative)
            for p, alternative in enumerate(self.mechanism.file.alternatives)
            if alternative.unweighted
        ]
        return [
            "; ".join(
                f"{alternative.id}: {alternative.branches[self.drawn.branch[row, p]].id}"
                for p, alternative in free
            )
            for row in rows
        ]

    def _asked(self, name: str) -> Outcome:
        if name not in self.outcomes:
            raise UsageError(f"there is no outcome {name!r}. {did_you_mean(name, list(self.outcomes))}")
        return self.outcomes[name]

    def _group(self, name: str) -> EventGroup:
        known = {group.id: group for group in self.mechanism.file.events}
        if name not in known:
            raise UsageError(f"there are no events {name!r}. {did_you_mean(name, list(known))}")
        return known[name]

    def within(self, months: Span | None) -> slice:
        """The slice of the simulated months that some months make; all if none are given.

        Raises:
            UsageError: months outside the ensemble.
        """
        own = self.span
        if months is None:
            return slice(None)
        if not (len(months) and months.first in own and months.last in own):
            first, last = own.labels()[0], own.labels()[-1]
            raise UsageError(f"expected months from {first} to {last}; found others. Ask for these.")
        return slice(months.first - own.first, months.last - own.first + 1)


def first_draws(ensemble: Ensemble, most: int) -> Ensemble:
    """The first draws of an ensemble alone, as many as make whole groups of branches."""
    keep = min(ensemble.draws, most // ensemble.groups * ensemble.groups)
    drawn = replace(
        ensemble.drawn,
        values=ensemble.drawn.values[:keep],
        branch=ensemble.drawn.branch[:keep],
        gates=ensemble.drawn.gates[:keep],
    )
    return replace(
        ensemble,
        paths=ensemble.paths[:, :keep],
        drawn=drawn,
        future=ensemble.future[:keep],
        noise=ensemble.noise[:keep],
        fired=ensemble.fired[:, :keep],
    )


def without_paths(ensemble: Ensemble) -> Ensemble:
    """What was simulated, without the paths, the draws of quantities, the noise and the forecast."""
    draws = ensemble.draws
    drawn = replace(ensemble.drawn, values=np.zeros((draws, 0)), gates=np.zeros((draws, 0)))
    return replace(
        ensemble,
        kept=(),
        paths=np.zeros((len(ensemble.scenarios), draws, 0, 0), np.float32),
        drawn=drawn,
        noise=np.zeros((draws, 0, 0)),
        baseline=replace(ensemble.baseline, cells={}),
    )


def apart(one: FloatArray, other: FloatArray) -> FloatArray:
    """One value less another; 0 where they are the same to the single precision in which paths are kept.

    >>> apart(np.array([2.0, 1.0]), np.array([2.0 + 1e-8, 0.5])).tolist()
    [0.0, 0.5]
    """
    change = one - other
    return np.where(np.abs(change) <= _PRECISION * np.maximum(np.abs(one), np.abs(other)), 0.0, change)


def read_off(outcome: Outcome, path: FloatArray) -> FloatArray:
    """One number for each path (..., T)."""
    match outcome.read:
        case "mean":
            return np.asarray(path.mean(axis=-1))
        case "total":
            return np.asarray(path.sum(axis=-1))
        case "highest":
            return np.asarray(path.max(axis=-1))
        case _:
            return np.asarray(path[..., -1])
