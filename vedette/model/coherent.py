"""Forecasts whose sums agree: country, places, strata and cells in every draw."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from vedette.errors import UsageError
from vedette.model.forecasting import Forecast, Model, forecast
from vedette.model.history import History, IntArray
from vedette.model.measures import By
from vedette.model.sums import each_in_order_of, filled, in_step, rounded, scaled, share_moved
from vedette.plurals import counted
from vedette.randomness import rng_stream

IN_STEP = 0.3
"""How strongly the months of parts follow those of the country, where that brings their sums nearer to it."""

PARTS = (By.COUNTRY, By.PLACE, By.STRATUM, By.CELL)


@dataclass(frozen=True, eq=False)
class Coherent:
    """Four forecasts of one measure that agree in every draw and at every horizon.

        sum over places = country = sum over strata
        sum of cells over strata = places,   sum of cells over places = strata

    Draws are whole numbers of at least 0, (S, H, U): U is 1 for ``country``, P for ``places``, K for
    ``strata`` and P x K for ``cells``, strata running fastest. Draw s is the same future in all four.
    ``moved`` is the share of all their deaths or events by which the draws of the places had to be scaled.
    """

    country: Forecast
    places: Forecast
    strata: Forecast
    cells: Forecast
    moved: float

    def ahead(self, first: int, last: int) -> "Coherent":
        """The horizons from ``first`` to ``last`` alone; raises `UsageError` like `Forecast.ahead`."""
        country, places, strata, cells = (
            part.ahead(first, last) for part in (self.country, self.places, self.strata, self.cells)
        )
        return Coherent(country, places, strata, cells, self.moved)


@dataclass(frozen=True, eq=False)
class Reconciled:
    """A forecast of the parts of a country that adds up to it, and by which share it had to be scaled."""

    forecast: Forecast
    moved: float


def reconcile(country: Forecast, places: Forecast, strata: Forecast, cells: Forecast) -> Coherent:
    """Reconciles four forecasts: the country is kept draw by draw, the others move as little as possible.

    N is the country. Whole paths over the horizons are paired by their sums (rank template, Schefzik,
    Thorarinsdottir and Gneiting 2013), so that a path keeps what goes together over time; strata come before
    places, so that neither they nor the country depend on the areas of a case:

    1. The paths of the strata s are put into the order of those of N, then at each horizon a little into the
       order of N there, where that brings sum s nearer to N. s' = N s / sum s, rounded to whole numbers with
       the sum N. Where sum s = 0 < N, N is dealt by the mean shares.
    2. The cells c of each stratum are put into the order of that stratum's paths, then the paths p of each
       place into the order of the sums of its cells, so that a draw has its places where its strata are.
       p' = N p / sum p, brought near and rounded like s'.
    3. c is fitted by turns to p' and s' (iterative proportional fitting), from c and a little of its mean,
       then rounded so that both margins hold exactly.

    Rounding and ties fall by chance, keeping expectations; the stream is named by the country's seed, model,
    measure and origin. See `vedette.model.sums` for the equations of each step.

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
    ([2, 9], [2, 9])
    """
    _must_fit(country, places, strata, cells)
    chance = rng_stream(country.seed, "coherent", country.model, country.measure, country.origin)
    total = _paths(country)
    by_stratum = _in_order(total.sum(axis=1), _paths(strata)[None], chance)[0]
    by_stratum = _nearer(by_stratum, total[0], chance)
    of_strata = _shared(by_stratum, total[0], chance)
    table = _paths(cells).reshape(len(places.units), len(strata.units), *total.shape[1:])
    table = _in_order(by_stratum.sum(axis=1), table.transpose(1, 0, 2, 3), chance).transpose(1, 0, 2, 3)
    by_place = _in_order(table.sum(axis=(1, 2)), _paths(places)[:, None], chance)[:, 0]
    by_place = _nearer(by_place, total[0], chance)
    of_places = _shared(by_place, total[0], chance)
    start = chance.random((total.shape[1], len(of_strata), total.shape[2]))
    of_cells = np.stack(
        [filled(table[:, :, h], of_places[:, h], of_strata[:, h], start[h]) for h in range(total.shape[1])],
        axis=2,
    )
    return Coherent(
        country,
        _redrawn(places, of_places),
        _redrawn(strata, of_strata),
        _redrawn(cells, of_cells.reshape(len(cells.units), *total.shape[1:])),
        share_moved(by_place, total[0]),
    )


def reconcile_parts(country: Forecast, parts: Forecast) -> Reconciled:
    """Reconciles the parts of a country with its own forecast, which they then add up to in every draw.

    The paths of the parts p are put into the order of those of the country N, brought near to it at each
    horizon, and p' = N p / sum p, as in `reconcile`.

    Raises:
        UsageError: the two differ in measure, origin, step, horizons or number of draws.

    >>> from vedette.periods import Step
    >>> def said(draws, *units):
    ...     return Forecast(np.array(draws)[:, None], 24161, Step.MONTH, (1,), units, "deaths", "pool", 1)
    >>> made = reconcile_parts(said([[2], [9]], "IQ"), said([[3, 0], [0, 1]], "NI", "BA"))
    >>> made.forecast.draws[:, 0].tolist(), made.moved
    ([[0, 2], [9, 0]], 1.75)
    """
    _same_terms(country, parts)
    chance = rng_stream(country.seed, "parts", country.model, country.measure, country.origin)
    total = _paths(country)
    paths = _in_order(total.sum(axis=1), _paths(parts)[None], chance)[0]
    paths = _nearer(paths, total[0], chance)
    return Reconciled(_redrawn(parts, _shared(paths, total[0], chance)), share_moved(paths, total[0]))


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


def _paths(part: Forecast) -> IntArray:
    """The draws as (U, H, S)."""
    return np.asarray(part.draws.transpose(2, 1, 0))


def _redrawn(part: Forecast, paths: IntArray) -> Forecast:
    """The forecast with other draws, given as (U, H, S)."""
    return replace(part, draws=np.ascontiguousarray(paths.transpose(2, 1, 0)))


def _in_order(leader: IntArray, paths: IntArray, chance: np.random.Generator) -> IntArray:
    """Whole paths (L, U, H, S) in the order of their leaders (L, S): see `each_in_order_of`."""
    flat = paths.reshape(len(paths), -1, paths.shape[-1])
    return each_in_order_of(leader, flat, chance.random((2, *leader.shape))).reshape(paths.shape)


def _nearer(paths: IntArray, total: IntArray, chance: np.random.Generator) -> IntArray:
    """Paths (U, H, S), in step with ``total`` (H, S) where that brings their sums nearer to it."""
    other = in_step(paths, total, IN_STEP, chance)
    return min((paths, other), key=lambda each: share_moved(each, total))


def _shared(paths: IntArray, total: IntArray, chance: np.random.Generator) -> IntArray:
    """Paths (U, H, S) as whole numbers that add up to ``total`` (H, S) at each horizon."""
    start = chance.random(total.shape)
    layers = [
        rounded(scaled(draws, whole), whole, np.broadcast_to(whole, draws.shape), begin)
        for draws, whole, begin in zip(paths.transpose(1, 0, 2), total, start, strict=True)
    ]
    return np.stack(layers, axis=1)


def _same_terms(country: Forecast, part: Forecast) -> None:
    if _terms(part) != _terms(country):
        raise UsageError(
            f"{part.measure}: expected the measure, origin, step, horizons and number of draws of the "
            f"country, {_terms(country)}; found {_terms(part)}. Forecast all of them on the same terms."
        )


def _must_fit(country: Forecast, *parts: Forecast) -> None:
    """Raises `UsageError` for forecasts that differ in measure, origin, step, horizons or draws."""
    for part in parts:
        _same_terms(country, part)
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
