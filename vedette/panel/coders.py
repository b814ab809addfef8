"""The distribution of the true number of deaths in an event for which UCDP reports f (best estimate).

It was fitted to a survey of UCDP's coders about their uncertainty. It is a mixture:

    X = f  with probability w,  else  Gumbel(location, scale) rounded to a whole number, not below 0
    location = exp(a0 + a1 z + shift) - 1    scale = exp(b0 + b1 z + shift)    w = logistic(c0 + c1 z + shift)
    z = log(1 + f)

The shifts apply to state-based events of the ten sizes in the survey, so the distribution is discontinuous
there. Mean and draws agree with the R package uncertainUCDP up to 0.6.1 (tables under MIT licence), whose
distribution function, median and quantiles are not those of this mixture.

Vesco and others 2024, on the survey of UCDP coders; Gumbel by its distribution exp(-exp(-(x - location) /
scale)).
"""

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from vedette.panel.grid import Floats, Ints


class Violence(StrEnum):
    """The types of violence in cells; ``ANY`` if not known."""

    STATE_BASED = "state-based"
    NON_STATE = "non-state"
    ONE_SIDED = "one-sided"
    ANY = "any"


KINDS = tuple(Violence)
_LINES: Floats = np.array(
    [  # a0, a1, b0, b1, c0, c1
        [0.58981, 0.93545, -0.29973, 0.82179, -0.10324, -0.050469],
        [0.57948, 0.93523, -0.77091, 0.87448, -0.31339, -0.033749],
        [0.53742, 0.94012, -0.78435, 0.87440, -0.37208, -0.014131],
        [0.56857, 0.93696, -0.62311, 0.85738, -0.26443, -0.032664],
    ]
)
_SHIFTED: Ints = np.array([2, 3, 13, 20, 24, 40, 101, 200, 1001, 2000])
_SHIFTS: Floats = np.array(
    [  # of location, scale and w
        [0.11148, -0.22406, -0.42896, -0.38045, -0.4715, -0.28821, -0.218, -0.20423, -0.016246, -0.082758],
        [0.11814, -0.31887, -0.49348, -1.3234, -1.6797, -1.2651, -0.97446, -0.61621, -0.192, 0.28372],
        [0.46946, -0.25999, 0.33581, -0.10809, -0.6471, -0.11215, -0.060229, -0.019877, -0.011147, -0.043392],
    ]
)
_REACH = 45.0


def kind_numbers(kinds: npt.ArrayLike) -> Ints:
    """The index in ``KINDS`` of each type of violence; an unknown word counts as any.

    >>> kind_numbers(["one-sided", "state-based", "something"]).tolist()
    [2, 0, 3]
    """
    known = {kind.value: number for number, kind in enumerate(KINDS)}
    return np.array([known.get(str(kind), len(KINDS) - 1) for kind in np.asarray(kinds).ravel()], np.int64)


def coder_terms(best: npt.ArrayLike, kind: npt.ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Location, scale and w of events.

    Args:
        best: reported deaths, whole numbers of at least 0.
        kind: numbers of types of violence (`kind_numbers`), in a shape that fits ``best``.

    >>> [round(float(term), 2) for term in coder_terms(100, 0)]
    [134.24, 32.88, 0.42]
    """
    reported, kinds = np.broadcast_arrays(np.asarray(best, np.int64), np.asarray(kind, np.int64))
    line = _LINES[kinds]
    height = np.log1p(reported)
    place = np.minimum(np.searchsorted(_SHIFTED, reported), len(_SHIFTED) - 1)
    shifted = (_SHIFTED[place] == reported) & (kinds == 0)
    of_location, of_scale, of_weight = np.where(shifted, _SHIFTS[:, place], 0.0)
    location = np.expm1(line[..., 0] + line[..., 1] * height + of_location)
    scale = np.exp(line[..., 2] + line[..., 3] * height + of_scale)
    return location, scale, 1.0 / (1.0 + np.exp(-(line[..., 4] + line[..., 5] * height + of_weight)))


def coder_draws(best: npt.ArrayLike, kind: npt.ArrayLike, rng: np.random.Generator, draws: int) -> Ints:
    """Draws of the true deaths of events, (events, draws).

    Uses one uniform random number for each event and draw, row by row, so that the draws of an event do not
    depend on later events.

    Args:
        best: reported deaths, (events,).
        kind: numbers of types of violence, (events,).
        rng: the rng stream.
        draws: the number of draws.

    >>> coder_draws([100, 3], [0, 2], np.random.default_rng(1), 20_000).mean(axis=1).round().tolist()
    [131.0, 5.0]
    """
    reported = np.asarray(best, np.int64)
    chance = rng.random((len(reported), draws))
    return mixed(reported[:, None], np.asarray(kind, np.int64)[:, None], chance)


def mixed(best: Ints, kind: Ints, chance: Floats) -> Ints:
    """True deaths for uniform numbers in [0, 1): below w the reported number, else a Gumbel quantile."""
    location, scale, weight = coder_terms(best, kind)
    level = np.clip((chance - weight) / (1.0 - weight), 1e-300, 1.0 - 1e-16)
    gumbel = np.floor(location - scale * np.log(-np.log(level)) + 0.5)
    return np.where(chance < weight, best, np.maximum(gumbel, 0.0)).astype(np.int64)


def coder_cdf(deaths: npt.ArrayLike, best: npt.ArrayLike, kind: npt.ArrayLike) -> Floats:
    """The probability of at most ``deaths``: w [deaths >= f] + (1 - w) Gumbel(deaths + 1/2), 0 below 0.

    The arguments are broadcast; ``deaths`` are rounded down.

    >>> coder_cdf([-1, 99, 100], 100, 0).round(3).tolist()
    [0.0, 0.033, 0.453]
    """
    reached = np.floor(np.asarray(deaths, np.float64))
    location, scale, weight = coder_terms(best, kind)
    gumbel = np.exp(-np.exp(-(reached + 0.5 - location) / scale))
    whole = weight * (reached >= np.asarray(best)) + (1.0 - weight) * gumbel
    return np.asarray(np.where(reached < 0, 0.0, whole))


def coder_mean(best: npt.ArrayLike, kind: npt.ArrayLike) -> Floats:
    """Mean of the true deaths of events.

        w f + (1 - w) E max(0, round(G)),   E max(0, round(G)) = sum over k >= 0 of 1 - Gumbel(k + 1/2)

    The sum runs over the terms that differ from 0 and 1 in double precision.

    >>> round(float(coder_mean(100, 0)), 1)
    131.0
    """
    reported, kinds = np.broadcast_arrays(np.asarray(best, np.int64), np.asarray(kind, np.int64))
    pairs, where = np.unique(np.stack([reported.ravel(), kinds.ravel()]), axis=1, return_inverse=True)
    means = np.array([_mean(*pair) for pair in pairs.T])
    return np.asarray(means[where.ravel()].reshape(reported.shape))


def _mean(best: int, kind: int) -> float:
    location, scale, weight = (float(term) for term in coder_terms(best, kind))
    first = max(0, int(location - 4.0 * scale))
    steps = np.arange(first, int(location + _REACH * scale) + 1) + 0.5
    gumbel = first + float(-np.expm1(-np.exp(-(steps - location) / scale)).sum())
    return weight * best + (1.0 - weight) * gumbel
