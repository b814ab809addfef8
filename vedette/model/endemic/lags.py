"""Lag weights: weights of the last periods, which sum to 1."""

import jax
import jax.numpy as jnp

import vedette.model.jax_config  # noqa: F401
from vedette.model.endemic.structure import LagKind, Lags

_FEW = 1_000_000


def lag_weights(lags: Lags, coefficients: jax.Array) -> jax.Array:
    """Weights u (D,) of the last D = ``lags.length`` periods, the latest first; they sum to 1.

        geometric:  u[d] ~ (1 - k)^(d-1),  k = logistic(coefficient)
        free:       u[1] ~ 1,  u[d] ~ exp(coefficient[d-2])

    Bracher and Held (2022), "Endemic-epidemic models with discrete-time serial interval distributions".

    >>> import jax.numpy as jnp
    >>> lag_weights(Lags(LagKind.GEOMETRIC, 3), jnp.array([0.0])).tolist()
    [0.5714285714285714, 0.2857142857142857, 0.14285714285714285]
    """
    match lags.kind:
        case LagKind.ONE:
            return jnp.ones(1)
        case LagKind.GEOMETRIC:
            return jax.nn.softmax(jnp.arange(lags.length) * jax.nn.log_sigmoid(-coefficients[0]))
        case LagKind.FREE:
            return jax.nn.softmax(jnp.concatenate([jnp.zeros(1), coefficients]))


def lagged(weights: jax.Array, counts: jax.Array) -> jax.Array:
    """sum_d u[d] Y[t-d,i] for t = D..T-1, from counts (T, U) to (T - D, U).

    A small panel is laid out lag by lag, which is quick to compile; a large one is added up lag by lag, so
    that memory does not grow with D.

    >>> import jax.numpy as jnp
    >>> lagged(jnp.array([0.75, 0.25]), jnp.array([[4.0], [8.0], [0.0]])).tolist()
    [[7.0]]
    """
    length, periods = len(weights), len(counts)
    if length == 1:
        return counts[:-1]
    if length * counts.size <= _FEW:
        age = jnp.arange(length)[:, None]
        return jnp.tensordot(weights, counts[length - 1 - age + jnp.arange(periods - length)], 1)
    layers = [weights[d] * counts[length - 1 - d : periods - 1 - d] for d in range(length)]
    return sum(layers[1:], layers[0])
