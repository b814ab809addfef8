"""The counterfactual: a model fitted to the periods before an intervention, simulated past it."""

from vedette.effect.effect import Effect
from vedette.effect.placebo import Touched, try_placebos
from vedette.effect.shape import fit_shape
from vedette.effect.smallest import smallest_effects
from vedette.errors import DataError
from vedette.model import History, Model, forecast
from vedette.periods import label
from vedette.progress import Progress
from vedette.randomness import rng_stream


def estimate_effect(
    history: History,
    unit: str,
    start: int,
    model: Model,
    draws: int,
    seed: int,
    touched: Touched = lambda first, last: False,
    progress: Progress | None = None,
    every: int = 1,
    known: History | None = None,
) -> Effect:
    """Estimates the effect on a series from a period to the end of the history.

    The model is fitted to the periods before ``start`` and simulates the counterfactual from there; the
    effect is observed minus simulated counts. It is a causal effect only if nothing else changed at the same
    time; placebos can support this assumption but not prove it.

    Args:
        history: counts (D, T, U) up to the end of the window.
        unit: one of its units; the others serve as placebos.
        start: the first period that the intervention can have changed.
        model: any object with the interface of `vedette.model.Model`.
        draws: the number of simulated draws.
        seed: the seed; the same seed gives the same bytes.
        touched: whether another intervention falls between two periods; such windows are no placebos.
        progress: called with the numbers of finished and of all forecasts.
        every: the distance of placebo origins in periods.
        known: the history as known before ``start``, of the same units, if it differs from ``history`` up to
            ``start``: an event dated only to weeks may straddle the start.

    Raises:
        DataError: the history has no period in the window, or none before it.

    >>> from vedette.model import Conflictology
    >>> from vedette.periods import Step
    >>> history = History.of([[4]] * 24 + [[10]] * 4, ["a"], 24161, Step.MONTH)
    >>> effect = estimate_effect(history, "a", 24185, Conflictology(12), draws=50, seed=1)
    >>> effect.total()["median"], effect.total()["ratio_median"].__round__(2)
    (24.0, 2.45)
    """
    first, last = history.span.first, history.span.last
    if not first < start <= last:
        begin, held_from, held_to = (label(period, history.span.step) for period in (start, first, last))
        raise DataError(
            f"{history.measure}: expected counts before and after {begin}; found counts from {held_from} to "
            f"{held_to}. Choose a later --as-of, or another intervention."
        )
    origin, periods = start - 1, last - start + 1
    column, row = history.units.index(unit), start - first
    ahead = forecast(model, known or history, origin, periods, draws, seed)
    observed, simulated = history.values[:, row:, column], ahead.draws[:, :, column]
    placebos = try_placebos(history, unit, model, origin, periods, touched, seed, progress, every=every)
    shape = fit_shape(observed, simulated, draws, rng_stream(seed, "shape", unit, history.measure, origin))
    return Effect(
        unit=unit,
        measure=history.measure,
        model=model.name,
        origin=origin,
        step=history.span.step,
        observed=observed,
        simulated=simulated,
        fully_observed=tuple(history.observed[row:].tolist()),
        seed=seed,
        placebos=placebos,
        shape=shape,
        smallest=smallest_effects(placebos, shape),
    )
