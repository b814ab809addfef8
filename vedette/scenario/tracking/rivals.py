"""Rivals: the branches of an alternative and the forecast alone, each with its paths of the signs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vedette.model import BoolArray, FloatArray, IntArray
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.language.distinct import Key
from vedette.scenario.language.entries import Alternatives, MechanismFile
from vedette.scenario.tracking.statistics import path_statistics

FORECAST, FORECAST_NAME = "forecast", "The forecast alone"
MECHANISM, MECHANISM_NAME = "mechanism", "The mechanism"
"""The rival of the forecast where a mechanism has no alternatives."""


@dataclass(frozen=True, eq=False)
class Rival:
    """One of several accounts of the same months.

    Attributes:
        id: of the branch; ``forecast`` for the forecast alone.
        name: of the branch.
        prior: its weight before any month.
        points: the statistics of its draws, (N, d).
        future: the future of the forecast that each draw takes, (N,); draws of one are not independent.
        key: the name of its random streams, in which there is no id.
    """

    id: str
    name: str
    prior: float
    points: FloatArray
    future: IntArray
    key: Key


@dataclass(frozen=True, eq=False)
class Watched:
    """A node whose months are counted: ``node`` by id, which months are known, (T,)."""

    node: str
    known: BoolArray


def event_parts(file: MechanismFile, node: str) -> tuple[str, ...]:
    """The groups of events that a node is or adds up; none if it is anything else."""
    groups = {group.id for group in file.events}
    sums = {rate.id: rate.sum for rate in file.rates if rate.sum}
    moved = {effect.target for effect in file.effects}
    if node in groups:
        return (node,)
    parts = sums.get(node, ()) if node not in moved else ()
    return parts if parts and set(parts) <= groups else ()


def priors_of(file: MechanismFile, alternative: int | None) -> dict[str, float]:
    """The weights of the branches of an alternative and of the forecast alone before any month, by id."""
    branches = _priors(file, alternative)
    alone = 1.0 / (len(branches) + 1)
    return {**{name: (1.0 - alone) * prior for name, prior in branches.items()}, FORECAST: alone}


def _priors(file: MechanismFile, alternative: int | None) -> dict[str, float]:
    """The weights of the branches that have one; without weights they are even."""
    if alternative is None:
        return {MECHANISM: 1.0}
    branches = file.alternatives[alternative].branches
    weights = {each.id: 1.0 / len(branches) if each.weight is None else each.weight for each in branches}
    return {name: weight for name, weight in weights.items() if weight > 0}


def rivals_of(
    ensemble: Ensemble, alternative: int | None, watched: Sequence[Watched], alone: bool = True
) -> tuple[Rival, ...]:
    """The branches of an alternative under the first scenario of an ensemble, and the forecast alone.

    Branches without weights share what the forecast leaves alike. The forecast alone has the prior of one
    branch among them: 1 / (branches + 1). Draws of a branch are spread over the branches of all other
    alternatives as these are weighted. ``alone`` false leaves the forecast out.
    """
    points = np.concatenate([path_statistics(_path(ensemble, w.node), w.known) for w in watched], axis=1)
    branches = _branches(ensemble, alternative)
    share = len(branches) / (len(branches) + 1) if alone else 1.0
    rivals = [
        Rival(name, words, share * prior, points[own], ensemble.future[own], key)
        for name, words, prior, own, key in branches
    ]
    return (*rivals, _forecast(ensemble, watched, 1.0 - share)) if alone else tuple(rivals)


def _branches(ensemble: Ensemble, alternative: int | None) -> list[tuple[str, str, float, BoolArray, Key]]:
    """Id, name, prior, draws and key of each branch."""
    if alternative is None:
        return [(MECHANISM, MECHANISM_NAME, 1.0, np.ones(ensemble.draws, dtype=bool), (MECHANISM,))]
    entry: Alternatives = ensemble.mechanism.file.alternatives[alternative]
    column = ensemble.drawn.branch[:, alternative]
    priors = _priors(ensemble.mechanism.file, alternative)
    listed = [
        (
            branch.id,
            branch.name,
            priors[branch.id],
            column == number,
            ensemble.mechanism.keys.branch(entry.id, number),
        )
        for number, branch in enumerate(entry.branches)
        if branch.id in priors
    ]
    return [row for row in listed if row[3].any()]


def _path(ensemble: Ensemble, node: str) -> FloatArray:
    return np.asarray(ensemble.path(node)[0], dtype=np.float64)


def _forecast(ensemble: Ensemble, watched: Sequence[Watched], prior: float) -> Rival:
    """The forecast before any effect, one draw for each of its futures."""
    groups = {group.id: group for group in ensemble.mechanism.file.events}
    futures = np.unique(ensemble.future)
    columns = []
    for each in watched:
        parts = event_parts(ensemble.mechanism.file, each.node)
        path = np.sum([ensemble.baseline.group(groups[part]) for part in parts], axis=0)[futures]
        columns.append(path_statistics(np.asarray(path, dtype=np.float64), each.known))
    return Rival(FORECAST, FORECAST_NAME, prior, np.concatenate(columns, axis=1), futures, (FORECAST,))
