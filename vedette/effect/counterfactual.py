"""The counterfactual: a model fitted to the periods before an intervention, simulated past it."""

from vedette.effect.effect import Effect
from vedette.effect.placebo import Touched, try_placebos
from vedette.effect.shock import LEAST, fit_shock
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

    The model is fitted to what lies before ``start`` and simulates on from there as if nothing had been done;
    the effect is what was observed less what was simulated. It is a cause's effect only as far as nothing
    else changed at the time, which placebos can make likely and nothing can prove.

    Args:
        history: counts (D, T, U) up to the end of the window.
        unit: one of its units; the others serve as placebos.
        start: the first period that may have been changed.
        model: any part with the door of `vedette.model.Model`.
        draws: futures simulated.
        seed: the key of chance; same seed, same bytes.
        touched: whether another intervention falls between two periods; such windows are no placebos.
        progress: called with forecasts done and to do.
        every: how many periods apart placebo dates lie.
        known: what was known when it began, of the same units, where that is not simply the history cut
            there: an event of which only weeks are known may straddle the start.

    Raises:
        DataError: the window has no period in the history, or nothing lies before it.

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
    rng = rng_stream(seed, "shock", unit, history.measure, origin)
    shock = fit_shock(observed, simulated, draws, rng) if periods >= LEAST else None
    known_periods = tuple(history.observed[row:].tolist())
    step, measure = history.span.step, history.measure
    return Effect(
        unit, measure, model.name, origin, step, observed, simulated, known_periods, seed, placebos, shock
    )
