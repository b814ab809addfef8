"""What is assumed before the counts are seen, each with its reason; all in standard units."""

from dataclasses import dataclass
from enum import StrEnum

import jax
import jax.numpy as jnp

import vedette.model.jax_config  # noqa: F401


class Scale(StrEnum):
    """Where a number lives: anywhere, above 0, above 1, between 0 and 1."""

    PLAIN = "plain"
    LOG = "log"
    ABOVE_ONE = "log above 1"
    LOGIT = "logit"


@dataclass(frozen=True)
class Prior:
    """``number = inverse scale(centre + sd z)`` with z standard normal."""

    name: str
    scale: Scale
    centre: float
    sd: float
    reason: str


START = 2.0  # sd of the first log-level around home: within a factor of 50 of it, nineteen times in twenty

LEVEL = (
    Prior("reversion", Scale.LOGIT, -2.7, 0.8, "half-life of a departure from home 3 to 50 periods"),
    Prior("step", Scale.LOG, -1.6, 0.5, "a quiet period moves the level by 8 to 50 per cent"),
    Prior("jump_share", Scale.LOGIT, -3.0, 0.6, "a jump once in 7 to 60 periods"),
    Prior("jump_size", Scale.ABOVE_ONE, 1.1, 0.4, "a jump is 2 to 8 times a quiet step"),
    Prior("shared", Scale.LOGIT, -0.8, 0.9, "units share a tenth to three quarters of a step"),
    Prior("size", Scale.LOG, 0.4, 0.8, "from far more ragged than Poisson (.3) to rather even (7)"),
    Prior("home_mean", Scale.PLAIN, 0.0, 3.0, "typical counts a period from .003 to 400"),
    Prior("home_spread", Scale.LOG, 0.2, 0.5, "units differ by a factor of 2 to 30"),
)

INTERCEPT = {
    "ar": Prior("ar", Scale.LOG, -1.0, 1.0, "each event brings .05 to 2.7 of its kind"),
    "ne": Prior("ne", Scale.LOG, -2.5, 1.0, "and .01 to .6 next door"),
    "end": Prior("end", Scale.LOG, -1.0, 2.0, "endemic events a unit and period from .007 to 20"),
}
SLOPE = Prior("slope", Scale.PLAIN, 0.0, 1.0, "a covariate at its largest multiplies a rate by .14 to 7")
DECAY = Prior("decay", Scale.PLAIN, 1.5, 1.0, "weights fall with the order of neighbourhood, or little")
LAG = Prior("lag", Scale.PLAIN, 0.0, 1.5, "the last period weighs from a twentieth to all but all")
DISPERSION = Prior("dispersion", Scale.PLAIN, 0.0, 1.5, "psi from .05 to 20")
SPREAD = Prior("spread", Scale.LOG, -0.2, 0.6, "intercepts of units differ by a factor of 2 to 15")


def natural(priors: tuple[Prior, ...], standard: jax.Array) -> list[jax.Array]:
    """The numbers on their own scale, from standard normals (..., K), last axis in the order of ``priors``.

    >>> [round(float(number), 3) for number in natural(LEVEL[:4], jnp.zeros(4))]
    [0.063, 0.202, 0.047, 4.004]
    """
    return [_natural(prior, standard[..., place]) for place, prior in enumerate(priors)]


def _natural(prior: Prior, z: jax.Array) -> jax.Array:
    value = prior.centre + prior.sd * z
    match prior.scale:
        case Scale.PLAIN:
            return value
        case Scale.LOG:
            return jnp.exp(value)
        case Scale.ABOVE_ONE:
            return 1 + jnp.exp(value)
        case Scale.LOGIT:
            return jax.nn.sigmoid(value)
