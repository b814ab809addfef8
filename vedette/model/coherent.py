"""Forecasts whose sums agree: country, places, strata and cells in every draw."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from vedette.errors import UsageError
from vedette.model.forecasting import Forecast, Model, forecast
from vedette.model.history import FloatArray, History, IntArray
from vedette.model.measures import By
from vedette.model.sums import each_in_order_of, filled, in_order_of, rounded, scaled
from vedette.plurals import counted
from vedette.randomness import rng_stream

PARTS = (By.COUNTRY, By.PLACE, By.STRATUM, By.CELL)


@dataclass(frozen=True, eq=False)
class Coherent:
    """Four forecasts of one measure that agree in every draw and at every horizon.

        sum over places = country = sum over strata
        sum of cells over strata = places,   sum of cells over places = strata

    Draws are whole numbers of at least 0, (S, H, U): U is 1 for ``country``, P for ``places``, K for
    ``strata`` and P x K for ``cells``, strata running fastest. Draw s is the same future in all four.
    """

    country: Forecast
    places: Forecast
    strata: Forecast
    cells: Forecast

    def ahead(self, first: int, last: int) -> "Coherent":
        """The horizons from ``first`` to ``last`` alone; raises `UsageError` like `Forecast.ahead`."""
        whole = (self.country, self.places, self.strata, self.cells)
        return Coherent(*(part.ahead(first, last) for part in whole))


def reconcile(country: Forecast, places: Forecast, strata: Forecast, cells: Forecast) -> Coherent:
    """Reconciles four forecasts: the country is kept, the others are moved as little as possible.

    At each horizon, with C, p, s and c the draws of the four:

    1. C is put into the order of sum p, so that large sums meet large sums; its margin stays what it was and
       paths over time are those of the places (rank template, Schefzik, Thorarinsdottir and Gneiting 2013).
       N is the result.
    2. p' = N p / sum p, rounded to whole numbers with the sum N. Where sum p = 0 < N, N is dealt by the
       places' mean shares.
    3. The cells of each place are put into the order of that place's p by their sums, then each stratum's s
       into the order of the sums of these cells, so that a draw has its strata where its places are.
       s' = N s / sum s, rounded like p'.
    4. c is fitted by turns to p' and s' (iterative proportional fitting), from c and a little of its mean,
       then rounded so that both margins hold exactly.

    Rounding falls by chance, keeping expectations; its stream is named by the country's seed, model, measure
    and origin. See `vedette.model.sums` for the equations of each step.

    Args:
        country: one unit.
        places: P units.
        strata: K units.
        cells: P x K units named ``place/stratum``, strata running fastest.

    Raises:
        UsageError: the four differ in measure, origin, step, horizons or number of draws, or the units of
            the cells are not the places and strata.

    Source: Schefzik, Thorarinsdottir and Gneiting 2013, Statistical Science 28, 616-640.

    >>> from vedette.periods import Step
    >>> def said(draws, *units):
    ...     return Forecast(np.array(draws)[:, None], 24161, Step.MONTH, (1,), units, "deaths", "pool", 1)
    >>> made = reconcile(
    ...     said([[2], [9]], "IQ"),
    ...     said([[3, 1], [0, 2]], "NI", "BA"),
    ...     said([[1, 1], [0, 8]], "is", "militias"),
    ...     said([[3, 0, 0, 1], [0, 1, 1, 0]], "NI/is", "NI/militias", "BA/is", "BA/militias"),
    ... )
    >>> made.country.draws.ravel().tolist(), made.places.draws.sum(axis=2).ravel().tolist()
    ([9, 2], [9, 2])
    """
    _must_fit(country, places, strata, cells)
    chance = rng_stream(country.seed, "coherent", country.model, country.measure, country.origin)
    layers = [
        _at(chance, *(part.draws[:, horizon].T for part in (country, places, strata, cells)))
        for horizon in range(len(country.horizons))
    ]
    whole = (np.stack(part).transpose(2, 0, 1) for part in zip(*layers, strict=True))
    given = (country, places, strata, cells)
    return Coherent(*(replace(one, draws=draws) for one, draws in zip(given, whole, strict=True)))


def forecast_coherent(
    model: Model, histories: Mapping[By, History], horizons: int, draws: int, seed: int
) -> Coherent:
    """Reconciled forecasts of one model for country, places, strata and cells after the last known period.

    ``histories`` holds the history of each of these four, all ending in the same period; ``horizons``
    periods, ``draws`` futures.

    Raises:
        UsageError: one of the four is missing, or they do not fit: see `reconcile`.

    >>> from vedette.model.baseline_models import Conflictology
    >>> from vedette.periods import Step
    >>> units = {By.COUNTRY: ["IQ"], By.PLACE: ["NI"], By.STRATUM: ["is"], By.CELL: ["NI/is"]}
    >>> past = {by: History.of([[3], [5]], names, 24161, Step.MONTH) for by, names in units.items()}
    >>> made = forecast_coherent(Conflictology(2), past, horizons=3, draws=4, seed=1)
    >>> made.cells.draws.shape, bool((made.cells.draws == made.country.draws).all())
    ((4, 3, 1), True)
    """
    missing = [by.value for by in PARTS if by not in histories]
    if missing:
        raise UsageError(
            f"histories: expected country, place, stratum and place,stratum; found none by "
            f"{' or by '.join(missing)}. Make it with `panel_history`."
        )
    known = (histories[by] for by in PARTS)
    return reconcile(*(forecast(model, past, past.span.last, horizons, draws, seed) for past in known))


def _at(
    chance: np.random.Generator, country: IntArray, places: IntArray, strata: IntArray, cells: IntArray
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """One horizon reconciled, all (U, S)."""
    start = chance.random((len(strata) + 1, country.shape[1]))
    total = in_order_of(places.sum(axis=0), country)
    most = np.asarray(total[0])
    table = cells.reshape(len(places), len(strata), -1)
    table = each_in_order_of(places, table, chance.random((2, *places.shape)))
    along = each_in_order_of(table.sum(axis=0), strata[:, None], chance.random((2, *strata.shape)))
    by_place, by_stratum = _shared(places, most, start[0]), _shared(along[:, 0], most, start[1])
    by_cell = filled(table, by_place, by_stratum, start[2:])
    return total, by_place, by_stratum, by_cell.reshape(cells.shape)


def _shared(draws: IntArray, total: IntArray, start: FloatArray) -> IntArray:
    """Draws (U, S) as whole numbers that add up to ``total`` (S,)."""
    return rounded(scaled(draws, total), total, np.broadcast_to(total, draws.shape), start)


def _must_fit(country: Forecast, *parts: Forecast) -> None:
    """Raises `UsageError` for forecasts that differ in measure, origin, step, horizons or draws."""
    for part in parts:
        if _terms(part) != _terms(country):
            raise UsageError(
                f"{part.measure}: expected the measure, origin, step, horizons and number of draws of the "
                f"country, {_terms(country)}; found {_terms(part)}. Forecast all four on the same terms."
            )
    places, strata, cells = (part.units for part in parts)
    pairs = tuple(f"{place}/{stratum}" for place in places for stratum in strata)
    if len(country.units) != 1 or cells != pairs:
        raise UsageError(
            f"units: expected one country and the {counted(len(pairs), 'cell')} of "
            f"{counted(len(places), 'place')} and {counted(len(strata), 'stratum', 'strata')} in their "
            f"order; found {len(country.units)} and {len(cells)}, {cells[0]} first. Make the histories with "
            "`panel_history`."
        )


def _terms(ahead: Forecast) -> tuple[str, int, str, tuple[int, ...], int]:
    return ahead.measure, ahead.origin, ahead.step.value, ahead.horizons, len(ahead.draws)
