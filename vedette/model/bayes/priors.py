"""Prior distributions of the parameters, each with its reason; all in standard units."""

from dataclasses import dataclass
from enum import StrEnum

import jax
import jax.numpy as jnp

import vedette.model.jax_config  # noqa: F401


class Transform(StrEnum):
    """The support of a parameter: the real line, above 0, above 1, between 0 and 1."""

    PLAIN = "plain"
    LOG = "log"
    ABOVE_ONE = "log above 1"
    LOGIT = "logit"


@dataclass(frozen=True)
class ParameterPrior:
    """``number = inverse scale(centre + sd z)`` with z standard normal."""

    name: str
    scale: Transform
    centre: float
    sd: float
    reason: str


START = 2.0  # sd of the first log-level around home: within a factor of 50 of it, nineteen times in twenty

LEVEL = (
    ParameterPrior(
        "reversion", Transform.LOGIT, -2.7, 0.8, "half-life of a departure from home 3 to 50 periods"
    ),
    ParameterPrior("step", Transform.LOG, -1.6, 0.5, "a quiet period moves the level by 8 to 50 per cent"),
    ParameterPrior("jump_share", Transform.LOGIT, -3.0, 0.6, "a jump once in 7 to 60 periods"),
    ParameterPrior("jump_size", Transform.ABOVE_ONE, 1.1, 0.4, "a jump is 2 to 8 times a quiet step"),
    ParameterPrior("shared", Transform.LOGIT, -0.8, 0.9, "units share a tenth to three quarters of a step"),
    ParameterPrior(
        "size", Transform.LOG, 0.4, 0.8, "from far more ragged than Poisson (.3) to rather even (7)"
    ),
    ParameterPrior("home_mean", Transform.PLAIN, 0.0, 3.0, "typical counts a period from .003 to 400"),
    ParameterPrior("home_spread", Transform.LOG, 0.2, 0.5, "units differ by a factor of 2 to 30"),
)

INTERCEPT = {
    "ar": ParameterPrior("ar", Transform.LOG, -1.0, 1.0, "each event brings .05 to 2.7 of its kind"),
    "ne": ParameterPrior("ne", Transform.LOG, -2.5, 1.0, "and .01 to .6 next door"),
    "end": ParameterPrior(
        "end", Transform.LOG, -1.0, 2.0, "endemic events a unit and period from .007 to 20"
    ),
}
SLOPE = ParameterPrior(
    "slope", Transform.PLAIN, 0.0, 1.0, "a covariate at its largest multiplies a rate by .14 to 7"
)
DECAY = ParameterPrior(
    "decay", Transform.PLAIN, 1.5, 1.0, "weights fall with the order of neighbourhood, or little"
)
LAG = ParameterPrior(
    "lag", Transform.PLAIN, 0.0, 1.5, "the last period weighs from a twentieth to all but all"
)
DISPERSION = ParameterPrior("dispersion", Transform.PLAIN, 0.0, 1.5, "psi from .05 to 20")
SPREAD = ParameterPrior(
    "spread", Transform.LOG, -0.2, 0.6, "intercepts of units differ by a factor of 2 to 15"
)


def natural(priors: tuple[ParameterPrior, ...], standard: jax.Array) -> list[jax.Array]:
    """The numbers on their own scale, from standard normals (..., K), last axis in the order of ``priors``.

    >>> [round(float(number), 3) for number in natural(LEVEL[:4], jnp.zeros(4))]
    [0.063, 0.202, 0.047, 4.004]
    """
    return [_natural(prior, standard[..., place]) for place, prior in enumerate(priors)]


def _natural(prior: ParameterPrior, z: jax.Array) -> jax.Array:
    value = prior.centre + prior.sd * z
    match prior.scale:
        case Transform.PLAIN:
            return value
        case Transform.LOG:
            return jnp.exp(value)
        case Transform.ABOVE_ONE:
            return 1 + jnp.exp(value)
        case Transform.LOGIT:
            return jax.nn.sigmoid(value)
