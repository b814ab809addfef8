"""Fits an endemic-epidemic model to a history and says what was found."""

from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np

import vedette.model.jax_config  # noqa: F401
from vedette.errors import DataError
from vedette.model.endemic.boundary import Boundary, standard_errors
from vedette.model.endemic.curvature import take_apart
from vedette.model.endemic.design import Covariates, Design, Neighbours, design
from vedette.model.endemic.likelihood import Parameters, log_likelihood, means
from vedette.model.endemic.optimum import Optimum
from vedette.model.endemic.pooling import pooled_maximum
from vedette.model.endemic.priors import Priors, pooled_rows
from vedette.model.endemic.specification import Specification
from vedette.model.endemic.structure import Family
from vedette.model.history import FloatArray, History
from vedette.plurals import counted, plural


@dataclass(frozen=True)
class Coefficient:
    """A coefficient under the name that *surveillance* gives it, on its scale of estimation.

    ``se`` is None exactly where the estimate lies on a boundary, which ``boundary`` then names.
    """

    name: str
    estimate: float
    se: float | None
    boundary: Boundary | None


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted model: what was asked, what was found, how sure.

    ``log_likelihood`` is that of the counts alone, without priors; ``n`` the number of its terms and ``k``
    of coefficients. ``gain`` is what another step of the climb promised. ``design``, ``optimum`` and
    ``priors`` hold the arrays, the point with its information, and what was assumed.
    """

    specification: Specification
    coefficients: tuple[Coefficient, ...]
    log_likelihood: float
    n: int
    k: int
    converged: bool
    steps: int
    gain: float
    design: Design
    optimum: Optimum
    priors: Priors

    @property
    def at(self) -> Parameters:
        """The point, as the functions of this package take it."""
        return self.optimum.at

    def sample(self, draws: int, rng: np.random.Generator) -> Parameters:
        """Laplace's approximation: normal draws around the optimum, ``shared`` (S, P), ``unit`` (S, G, U)."""
        shared, unit = take_apart(self.optimum.arrow).deviations(draws, rng)
        return Parameters(self.at.shared + shared, self.at.unit + unit)

    @property
    def pooled(self) -> bool:
        """Whether any intercepts are pulled to their mean; then the point is no maximum of likelihood."""
        return bool(pooled_rows(self.design.structure))

    @property
    def aic(self) -> float | None:
        """-2 log-likelihood + 2 k; None where intercepts are pooled, since k does not count them rightly."""
        return None if self.pooled else 2 * self.k - 2 * self.log_likelihood

    @property
    def bic(self) -> float | None:
        """-2 log-likelihood + k log n; None where intercepts are pooled."""
        return None if self.pooled else float(self.k * np.log(self.n)) - 2 * self.log_likelihood

    @property
    def overdispersion(self) -> tuple[Coefficient, ...]:
        """psi, for all units or each, by name; standard errors by the delta method. 0 at the boundary."""
        estimates = [each for each in self.coefficients if each.name.startswith("-log(overdisp")]
        return tuple(_psi(each) for each in estimates)

    @property
    def estimates(self) -> dict[str, float]:
        """Every coefficient by name."""
        return {each.name: each.estimate for each in self.coefficients}


def fit(
    history: History,
    specification: Specification,
    neighbours: Neighbours | None = None,
    covariates: Covariates | None = None,
    half_life: float | None = None,
    start: Parameters | None = None,
) -> Fit:
    """The maximum of the likelihood of a model on a history, with standard errors.

    Args:
        history: counts; of several panel draws the middle one of each cell.
        specification: the model in words.
        neighbours: weights (U, U) of source (row) and target (column); those of the history if not given.
        covariates: series by name, (T,) or (T, U).
        half_life: periods after which a count weighs half; all weigh the same if not given.
        start: where to begin, such as ``at`` of an earlier fit of the same shape.

    Raises:
        DataError: a panel without events or of too few periods, neighbours or covariates that do not fit, or
            counts that the model cannot explain.
        UsageError: a specification that cannot be read.

    >>> from vedette.periods import Step
    >>> past = History.of([[2], [4], [3], [1], [5], [3]], ["here"], 0, Step.MONTH)
    >>> found = fit(past, Specification(ar="0", ne="0", end="1", family="poisson"))
    >>> [(each.name, round(each.estimate, 4), round(each.se, 4)) for each in found.coefficients]
    [('end.1', 1.1632, 0.25)]
    >>> round(found.log_likelihood, 4), found.converged
    (-8.9387, True)
    """
    weight = None if half_life is None else discount(len(history.truth), half_life)
    table = history.neighbours if neighbours is None else neighbours
    inputs = design(specification, history.truth, history.units, table, covariates, weight)
    _check(inputs)
    return fit_design(inputs, start)


def fit_design(
    inputs: Design, start: Parameters | None = None, priors: Priors | None = None, same: float = 1e-3
) -> Fit:
    """Fits the model to arrays that are prepared; does not raise.

    ``same``: how exactly the spread of pooled intercepts is found, see `pooled_maximum`.
    """
    best, assumed = pooled_maximum(inputs.structure, inputs.arrays, start, priors, same)
    values = np.concatenate([np.asarray(best.at.shared), np.asarray(best.at.unit).ravel()])
    errors = standard_errors(inputs.structure, values, best.arrow, inputs.scale)
    coefficients = tuple(
        Coefficient(name, float(value), None if boundary else float(se), boundary)
        for name, value, se, boundary in zip(inputs.names, values, errors.se, errors.boundary, strict=True)
    )
    cells = int((np.asarray(inputs.arrays.weight) > 0).sum()) * len(inputs.units)
    likelihood = float(log_likelihood(inputs.structure, best.at, inputs.arrays))
    return Fit(
        inputs.specification,
        in_order(coefficients, inputs.specification),
        likelihood,
        cells,
        len(coefficients),
        best.converged,
        best.steps,
        best.gain,
        inputs,
        best,
        assumed,
    )


def in_order(coefficients: tuple[Coefficient, ...], specification: Specification) -> tuple[Coefficient, ...]:
    """Coefficients as *surveillance* lists them: ar, ne, end, each in the order of its formula, weights,
    dispersion."""
    heads = ("ar.", "ne.", "end.", "neweights.", "lagweights.", "-log(")
    by_unit = {name for name, part in specification.components.items() if part and part.intercept.by_unit}

    def place(each: Coefficient) -> tuple[int, bool]:
        head = next(k for k, prefix in enumerate(heads) if each.name.startswith(prefix))
        component = heads[head].rstrip(".")
        later = component in by_unit and not each.name.startswith(f"{component}.1")
        return head, later

    return tuple(sorted(coefficients, key=place))


def discount(periods: int, half_life: float) -> FloatArray:
    """Weights (T,) that halve every ``half_life`` periods back from the last, which weighs 1.

    >>> discount(3, 1).tolist()
    [0.25, 0.5, 1.0]
    """
    return np.asarray(0.5 ** (np.arange(periods - 1, -1, -1) / half_life))


def expected(fitted: Fit, inputs: Design) -> tuple[FloatArray, FloatArray | None]:
    """Means (N, U) of a panel's cells one period ahead by a fitted model, and sizes 1/psi (1,) or (U,).

    ``inputs`` may hold later periods than the fit saw. Sizes are None for the Poisson.
    """
    mean = np.asarray(means(inputs.structure, fitted.at, inputs.arrays))
    match inputs.structure.family:
        case Family.POISSON:
            return mean, None
        case Family.NEGBIN1:
            return mean, np.exp(np.asarray(fitted.at.shared[-1:]))
        case Family.NEGBINM:
            return mean, np.exp(np.asarray(fitted.at.unit[-1]))


def _psi(overdispersion: Coefficient) -> Coefficient:
    name = overdispersion.name.removeprefix("-log(").removesuffix(")")
    psi = 0.0 if overdispersion.boundary is Boundary.POISSON else float(np.exp(-overdispersion.estimate))
    return Coefficient(
        name, psi, None if overdispersion.se is None else psi * overdispersion.se, overdispersion.boundary
    )


def _check(inputs: Design) -> None:
    y = np.asarray(inputs.arrays.counts)[inputs.structure.lags.length :]
    if not y.any():
        raise DataError(
            f"no events in the {plural(len(y), 'period', f'{len(y)} periods')} after the first: there is "
            "nothing to fit. Choose units or periods with events."
        )
    if inputs.structure.end is None:
        _explained(inputs, y)


def _explained(inputs: Design, y: FloatArray) -> None:
    """Raises `DataError` for counts that a model without an endemic part cannot produce."""
    groups = (inputs.structure.groups, len(inputs.units))
    flat = Parameters(jnp.zeros(inputs.structure.shared), jnp.zeros(groups))
    lost = np.argwhere((np.asarray(means(inputs.structure, flat, inputs.arrays)) == 0) & (y > 0))
    if len(lost):
        period, unit = lost[0]
        raise DataError(
            f"{counted(len(lost), 'count has', 'counts have')} no earlier count to come from, the first in "
            f"{inputs.units[unit]}, "
            f"period {period + inputs.structure.lags.length + 1}; without an endemic part the model calls "
            f"{plural(len(lost), 'it', 'them')} impossible. Add one, like --end 1."
        )
