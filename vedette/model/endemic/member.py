"""The endemic-epidemic member of the pool: few parameters, long memory, units pulled together."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from vedette.model.endemic.specification import Specification
from vedette.model.endemic.structure import LagKind, Lags
from vedette.model.history import FloatArray, History, IntArray, middle
from vedette.model.severity import learn_severity
from vedette.periods import Step

if TYPE_CHECKING:
    from vedette.model.endemic.fit import Fit
    from vedette.model.endemic.priors import Priors

LAGS = {Step.MONTH: 12, Step.WEEK: 26, Step.DAY: 28}
HALF_LIFE = {Step.MONTH: 24.0, Step.WEEK: 104.0, Step.DAY: 365.0}
WINDOW = {Step.MONTH: 168, Step.WEEK: 520, Step.DAY: 1460}


@dataclass(frozen=True)
class EndemicEpidemic:
    """Negative binomial counts that feed on their own past, on that of neighbours, and on a level per unit.

        mu[t,i] = lambda sum_d u[d] Y[t-d,i] + phi sum_j w[j,i] sum_d u[d] Y[t-d,j] + nu[i]
        u[d] geometric over 12 months,   log nu[i] ~ Normal(m, sd^2),   var = mu + psi mu^2

    Fitted at each origin to the window before it, a month weighing half after ``half_life``; weak priors
    keep short and quiet histories sane. Growth is capped: the process comes down again in the long run.
    Where events are known behind deaths, events are modelled and each draw gets deaths by
    `vedette.model.severity`. Without neighbours phi is 0.

    A history shorter than the lags is taken to have gone on before it as in its first three periods.
    """

    cap: float = 0.98
    half_life: float | None = None
    lags: int | None = None
    family: str = "negbinM"
    certain: bool = field(default=False, kw_only=True)
    name: str = "endemic-epidemic"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U). Each panel draw goes on from its own past; the fit is to the middle one."""
        import jax.numpy as jnp

        from vedette.model.endemic.forward import simulate_forward
        from vedette.model.endemic.growth import capped
        from vedette.model.endemic.likelihood import Parameters
        from vedette.model.endemic.rates import process

        behind = history.values if history.events is None else history.events
        found = self.fitted(behind, history)
        at = found.sample(draws, rng)
        if self.certain:
            shared, unit = (jnp.repeat(each[None], draws, axis=0) for each in found.at)
            at = Parameters(shared, unit)
        driven = capped(process(found.specification, at, history, horizons), self.cap)
        recent = _lengthened(behind, found.specification.lags.length)
        counts = simulate_forward(driven, recent, horizons, draws, rng)
        if history.events is None:
            return counts
        return learn_severity(history.truth, middle(history.events)).deaths(counts, rng)

    def fitted(self, behind: IntArray, history: History) -> "Fit":
        """The fit to the counts ``behind`` (D, T, U) of a history, at its end."""
        from vedette.model.endemic.design import design
        from vedette.model.endemic.fit import discount, fit_design

        step = history.span.step
        length, window = self.lags or LAGS[step], WINDOW[step]
        counts = _lengthened(middle(behind)[None], length + window)[0, -(length + window) :]
        weight = discount(len(counts), self.half_life or HALF_LIFE[step])
        weight[: max(0, len(counts) - behind.shape[1] + 1)] = 0.0
        touch = history.neighbours
        spills = touch is not None and bool(touch.any())
        asked = Specification(
            ne="1" if spills else "0",
            end="ri" if len(history.units) > 1 else "1",
            family=self.family if len(history.units) > 1 else "negbin1",
            lags=Lags(LagKind.GEOMETRIC, length),
        )
        made = design(asked, counts, history.units, touch if spills else None, weight=weight)
        return fit_design(made, priors=_weak_priors(asked, counts, weight), same=0.1)


def _lengthened(counts: IntArray, periods: int) -> IntArray:
    """Counts (D, T, U) with at least ``periods`` periods; before them the rounded mean of the first three."""
    lacking = periods - counts.shape[1]
    if lacking <= 0:
        return counts
    early = np.rint(counts[:, :3].mean(axis=1, keepdims=True)).astype(np.int64)
    return np.concatenate([np.repeat(early, lacking, axis=1), counts], axis=1)


def _weak_priors(asked: Specification, counts: IntArray, weight: FloatArray) -> "Priors":
    import jax.numpy as jnp

    from vedette.model.endemic.priors import Priors

    level = np.log((counts * weight[:, None]).sum() / max(weight.sum(), 1.0) / counts.shape[1] + 0.01)
    rows = [(np.log(0.6), 1.0)]
    rows += [(np.log(0.1), 1.5)] if asked.ne == "1" else []
    rows += [(level - 1.5, 2.0), (0.0, 1.5)]
    rows += [(0.0, 1.5)] if asked.family == "negbin1" else []
    centre, sd = np.array(rows).T
    groups = asked.structure.groups
    unit = np.ones(groups)
    return Priors(jnp.asarray(centre), jnp.asarray(sd**-2), jnp.zeros(groups), jnp.asarray(unit))
