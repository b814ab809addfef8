"""The endemic-epidemic member of the pool: few parameters, long memory, units pulled together."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from vedette.model.endemic.covariates import CovariateTable
from vedette.model.endemic.specification import Specification
from vedette.model.endemic.structure import Intercept, LagKind, Lags
from vedette.model.history import FloatArray, History, IntArray, middle
from vedette.model.severity import learn_severity
from vedette.periods import Span, Step

if TYPE_CHECKING:
    from vedette.model.endemic.design import Design
    from vedette.model.endemic.fit import Fit
    from vedette.model.endemic.priors import Priors

LAGS = {Step.MONTH: 12, Step.WEEK: 26, Step.DAY: 28}
HALF_LIFE = {Step.MONTH: 24.0, Step.WEEK: 104.0, Step.DAY: 365.0}
WINDOW = {Step.MONTH: 168, Step.WEEK: 520, Step.DAY: 1460}
_SLOPE_SD = 2.0


@dataclass(frozen=True)
class ComponentFormulas:
    """The components of the member in the words of `vedette.model.endemic.formula`.

    None leaves the choice to it: ``ar`` is ``1``, ``ne`` is ``1`` where units touch and else ``0``, ``end``
    is ``ri`` and for one unit ``1``.
    """

    ar: str | None = None
    ne: str | None = None
    end: str | None = None

    def __bool__(self) -> bool:
        return any((self.ar, self.ne, self.end))


OWN_TERMS = ComponentFormulas()


@dataclass(frozen=True)
class EndemicEpidemic:
    """Negative binomial counts that feed on their own past, on that of neighbours, and on a level per unit.

        mu[t,i] = lambda sum_d u[d] Y[t-d,i] + phi sum_j w[j,i] sum_d u[d] Y[t-d,j] + nu[i]
        u[d] geometric over 12 months,   log nu[i] ~ Normal(m, sd^2),   var = mu + psi mu^2

    Fitted at each origin to the window before it, a month weighing half after ``half_life``; weak priors
    keep short and quiet histories sane. Growth is capped: the process comes down again in the long run.
    Where events are known behind deaths, events are modelled and each draw gets deaths by
    `vedette.model.severity`. Without neighbours phi is 0.

    ``terms`` may put trend, season, offsets and the series of ``covariates`` into any component. The slope
    for one standard deviation of a series, over what is learned from, is Normal(0, 2^2) beforehand. The fit
    sees the series up to the origin, the futures those after it: what is known ahead, or a scenario.
    Intercepts ``fe`` are pulled together like ``ri``.

    A history shorter than the lags is taken to have gone on before it as in its first three periods.
    """

    cap: float = 0.98
    half_life: float | None = None
    lags: int | None = None
    family: str = "negbinM"
    certain: bool = field(default=False, kw_only=True)
    terms: ComponentFormulas = field(default=OWN_TERMS, kw_only=True)
    covariates: CovariateTable | None = field(default=None, kw_only=True)
    name: str = "endemic-epidemic"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U). Each panel draw goes on from its own past; the fit is to the middle one.

        Raises:
            DataError: a series that the terms name is missing or shorter than the horizon, or neighbours
                that they need are not known.
            UsageError: terms that cannot be read.
        """
        import jax.numpy as jnp

        from vedette.model.endemic.forward import simulate_forward
        from vedette.model.endemic.growth import capped
        from vedette.model.endemic.likelihood import Parameters
        from vedette.model.endemic.rates import process

        behind = history.values if history.events is None else history.events
        fitted = self.fitted(behind, history)
        at = fitted.sample(draws, rng)
        if self.certain:
            shared, unit = (jnp.repeat(each[None], draws, axis=0) for each in fitted.at)
            at = Parameters(shared, unit)
        future = self._series(Span(history.span.last + 1, history.span.last + horizons, history.span.step))
        driven = capped(process(fitted.specification, at, history, horizons, future), self.cap)
        recent = _lengthened(behind, fitted.specification.lags.length)
        counts = simulate_forward(driven, recent, horizons, draws, rng)
        if history.events is None:
            return counts
        return learn_severity(history.truth, middle(history.events)).deaths(counts, rng)

    def arranged(self, units: IntArray) -> "EndemicEpidemic":
        """The same for some of the units, in the order asked for, each with its own series."""
        return replace(self, covariates=self.covariates.pick(units)) if self.covariates else self

    def learned(self, history: History) -> Span:
        """The periods whose counts enter the fit; covariates must hold these and those forecast."""
        span = history.span
        return Span(max(span.first + 1, span.last - WINDOW[span.step] + 1), span.last, span.step)

    def fitted(self, behind: IntArray, history: History) -> "Fit":
        """The fit to the counts ``behind`` (D, T, U) of a history, at its end."""
        from vedette.model.endemic.design import design
        from vedette.model.endemic.fit import discount, fit_design

        step = history.span.step
        specification = self._specification(history)
        window = specification.lags.length + WINDOW[step]
        counts = _lengthened(middle(behind)[None], window)[0, -window:]
        weight = discount(window, self.half_life or HALF_LIFE[step])
        weight[: max(0, window - behind.shape[1] + 1)] = 0.0
        touch = history.neighbours if specification.ne != "0" else None
        series = _stretched(self._series(self.learned(history)), window)
        first = behind.shape[1] - window
        inputs = design(specification, counts, history.units, touch, series, weight, first)
        return fit_design(inputs, priors=_weak_priors(inputs, counts, weight), same=0.1)

    def _specification(self, history: History) -> Specification:
        several = len(history.units) > 1
        spills = history.neighbours is not None and bool(history.neighbours.any())
        return Specification(
            ar=self.terms.ar or "1",
            ne=self.terms.ne or ("1" if spills else "0"),
            end=self.terms.end or ("ri" if several else "1"),
            family=self.family if several else "negbin1",
            lags=Lags(LagKind.GEOMETRIC, self.lags or LAGS[history.span.step]),
        )

    def _series(self, span: Span) -> dict[str, FloatArray]:
        return self.covariates.over(span) if self.covariates else {}


def _lengthened(counts: IntArray, periods: int) -> IntArray:
    """Counts (D, T, U) with at least ``periods`` periods; before them the rounded mean of the first three."""
    lacking = periods - counts.shape[1]
    if lacking <= 0:
        return counts
    early = np.rint(counts[:, :3].mean(axis=1, keepdims=True)).astype(np.int64)
    return np.concatenate([np.repeat(early, lacking, axis=1), counts], axis=1)


def _stretched(series: dict[str, FloatArray], periods: int) -> dict[str, FloatArray]:
    """Series that end at the origin as (periods, U or 1); what came before them, which weighs 0, is their
    first value."""
    whole: dict[str, FloatArray] = {}
    for name, values in series.items():
        kept = values[:, None] if values.ndim == 1 else values
        lacking = max(0, periods - len(kept))
        blank = kept[:1] if len(kept) else np.ones((1, kept.shape[1]))
        whole[name] = np.concatenate([np.repeat(blank, lacking, axis=0), kept[-periods:]])
    return whole


def _weak_priors(inputs: "Design", counts: IntArray, weight: FloatArray) -> "Priors":
    import jax.numpy as jnp

    from vedette.model.endemic.priors import Priors

    level = np.log((counts * weight[:, None]).sum() / max(weight.sum(), 1.0) / counts.shape[1] + 0.01)
    starts = ((np.log(0.6), 1.0), (np.log(0.1), 1.5), (level - 1.5, 2.0))
    rows: list[tuple[float, float]] = []
    for part, start, columns in zip(inputs.structure.parts, starts, inputs.arrays.columns, strict=True):
        if part is None:
            continue
        rows += [start] if part.intercept in (Intercept.SHARED, Intercept.POOLED) else []
        rows += [(0.0, _SLOPE_SD / _spread(np.asarray(column), inputs)) for column in columns]
    rows += [(0.0, 1.5)] * (inputs.structure.shared - len(rows))
    centre, sd = np.array(rows).T
    groups = inputs.structure.groups
    unit = np.ones(groups)
    return Priors(jnp.asarray(centre), jnp.asarray(sd**-2), jnp.zeros(groups), jnp.asarray(unit))


def _spread(column: FloatArray, inputs: "Design") -> float:
    """The standard deviation of a column over the periods that weigh; of a constant its size."""
    seen = column[np.asarray(inputs.arrays.weight)[:, 0] > 0]
    return float(seen.std() if seen.size else 0.0) or float(np.abs(seen).max(initial=0.0)) or 1.0
