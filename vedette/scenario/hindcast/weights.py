"""The weight that each branch earned on past starts, shrunk to the prior, with its error."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from vedette.model import FloatArray
from vedette.scenario.language.entries import Alternatives

PRIOR_STARTS = 8
"""How many starts the prior is worth."""
Row = Mapping[str, object]


def branch_weights(
    alternatives: Sequence[Alternatives], told: Mapping[str, Sequence[Row]]
) -> Iterator[dict[str, object]]:
    """A row for each branch: ``alternative, branch, prior, earned, error, starts``.

    With n starts and the log densities of what came, by branch, the posterior is the prior times the product
    of the densities. The weight is (n posterior + k prior) / (n + k) with k = `PRIOR_STARTS`; its error is
    that of the jackknife over starts. Branches without a weight of their own have equal priors.

    Args:
        alternatives: of the mechanism.
        told: for each start the rows of one outcome by branch, with ``alternative, branch, log_density``.
    """
    for alternative in alternatives:
        names = [branch.id for branch in alternative.branches]
        even = 1.0 / len(names)
        prior = np.array(
            [even if branch.weight is None else branch.weight for branch in alternative.branches]
        )
        rows = [_densities(names, alternative.id, each) for each in told.values()]
        known = np.array([row for row in rows if row is not None]).reshape(-1, len(names))
        if not len(known):
            continue
        weights, error = earned(prior, known)
        for name, before, after, doubt in zip(names, prior, weights, error, strict=True):
            yield {
                "alternative": alternative.id,
                "branch": name,
                "prior": float(before),
                "earned": float(after),
                "error": float(doubt),
                "starts": len(known),
            }


def _densities(names: Sequence[str], alternative: str, rows: Sequence[Row]) -> list[float] | None:
    own = {
        str(row["branch"]): float(str(row["log_density"]))
        for row in rows
        if row["alternative"] == alternative
    }
    return [own[name] for name in names] if all(name in own for name in names) else None


def earned(prior: FloatArray, logs: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Weights (B,) from priors (B,) and log densities (n, B), and their jackknife errors (B,).

    >>> weights, error = earned(np.array([0.5, 0.5]), np.log([[0.3, 0.1], [0.3, 0.1]]))
    >>> weights.round(2).tolist()
    [0.58, 0.42]
    """
    whole = _shrunk(prior, logs)
    starts = len(logs)
    if starts < 2:
        return whole, np.full(len(prior), np.nan)
    without = np.array([_shrunk(prior, np.delete(logs, place, axis=0)) for place in range(starts)])
    spread = ((without - without.mean(axis=0)) ** 2).sum(axis=0)
    return whole, np.asarray(np.sqrt((starts - 1) / starts * spread))


def _shrunk(prior: FloatArray, logs: FloatArray) -> FloatArray:
    total = logs.sum(axis=0)
    posterior = prior * np.exp(total - total.max())
    posterior = posterior / posterior.sum()
    starts = len(logs)
    return np.asarray((starts * posterior + PRIOR_STARTS * prior) / (starts + PRIOR_STARTS))
