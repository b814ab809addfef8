r"""The slope of one series on another where both are in doubt.

    x_i = xi_i + u_i,   y_i = a + b xi_i + e_i + v_i,   xi_i ~ N(m, L^2),   e_i ~ N(0, s^2)

u_i and v_i are the doubts of the inputs, normal with the standard deviations of their draws. To draw
inputs and regress would pull the slope to 0, since doubt on x hides it; here the true x are integrated out.
Flat priors on a, m, L and s; on b one that is uniform in the angle of the standardised line. The posterior is
computed on a grid. After Kelly 2007, Astrophysical Journal 665, 1489-1506.
"""

import numpy as np

from vedette.model import FloatArray

_ANGLES, _WIDTHS, _SCATTERS = 121, 10, 14
_EDGE = 1e-4


def slope_draws(
    x: FloatArray, y: FloatArray, effective: float, draws: int, rng: np.random.Generator
) -> FloatArray:
    """Draws of the slope, (draws,).

    Args:
        x: draws of the source, (S, n).
        y: draws of the target, (S', n).
        effective: how many independent points the n are worth; the likelihood counts by effective / n.
        draws: the number of draws returned.
        rng: the stream of random numbers.
    """
    centre = [values.mean(axis=0) for values in (x, y)]
    scales = [float(middle.std()) or 1.0 for middle in centre]
    points = [(middle - middle.mean()) / scale for middle, scale in zip(centre, scales, strict=True)]
    doubts = [values.std(axis=0) / scale for values, scale in zip((x, y), scales, strict=True)]
    share = effective / x.shape[1]
    angles = np.linspace(-np.pi / 2 + 0.002, np.pi / 2 - 0.002, _ANGLES)
    for _ in range(2):  # the second time only where the first found anything
        chance = _posterior(angles, points, doubts, share)
        inside = angles[(chance > _EDGE) & (chance < 1 - _EDGE)]
        step = angles[1] - angles[0]
        if len(inside) and len(inside) < _ANGLES // 2:
            angles = np.linspace(
                max(inside[0] - 2 * step, -np.pi / 2 + 0.002),
                min(inside[-1] + 2 * step, np.pi / 2 - 0.002),
                _ANGLES,
            )
    chance = _posterior(angles, points, doubts, share)
    at = rng.permutation((np.arange(draws) + 0.5) / draws)
    return np.asarray(np.tan(np.interp(at, chance, angles)) * scales[1] / scales[0])


def _posterior(
    angles: FloatArray, points: list[FloatArray], doubts: list[FloatArray], share: float
) -> FloatArray:
    """The distribution function of the angle on a grid, (angles,)."""
    widths, scatters = np.geomspace(0.1, 4.0, _WIDTHS), np.geomspace(0.02, 4.0, _SCATTERS)
    slope, width, scatter = np.meshgrid(np.tan(angles), widths, scatters, indexing="ij")
    log = share * _log_likelihood(slope, width, scatter, points, doubts) + np.log(width) + np.log(scatter)
    density = np.exp(log - log.max()).sum(axis=(1, 2))
    steps = (density[1:] + density[:-1]) / 2
    below = np.concatenate([[0.0], np.cumsum(steps)])
    return np.asarray(below / below[-1])


def _log_likelihood(
    slope: FloatArray,
    width: FloatArray,
    scatter: FloatArray,
    points: list[FloatArray],
    doubts: list[FloatArray],
) -> FloatArray:
    """The log likelihood with the means of x and y integrated out (flat), on the grid."""
    determinants = quadratic = np.zeros_like(slope)
    sums = [np.zeros_like(slope) for _ in range(5)]  # precision xx, xy, yy; precision times x, y
    for x, y, u, v in zip(*points, *doubts, strict=True):
        xx, xy = width**2 + u**2, slope * width**2
        yy = slope**2 * width**2 + scatter**2 + v**2
        determinant = xx * yy - xy**2
        p, q, r = yy / determinant, -xy / determinant, xx / determinant
        determinants = determinants + np.log(determinant)
        quadratic = quadratic + p * x * x + 2 * q * x * y + r * y * y
        for place, part in enumerate((p, q, r, p * x + q * y, q * x + r * y)):
            sums[place] = sums[place] + part
    p, q, r, a, b = sums
    whole = p * r - q**2
    gained = (r * a * a - 2 * q * a * b + p * b * b) / whole
    return np.asarray(-0.5 * (determinants + quadratic - gained + np.log(whole)))
