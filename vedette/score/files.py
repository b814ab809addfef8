"""Scores forecasts from files against observed counts."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from vedette.errors import DataError, Problem, UsageError
from vedette.model import YEAR, BoolArray, Forecast, History, IntArray
from vedette.periods import label
from vedette.score.cells import score_forecast
from vedette.score.noise import draw_noise
from vedette.score.rolling import TAIL, recently_active
from vedette.score.scorecard import NOISE, Scorecard, Terms

CHALLENGE_DRAWS = 1000
LEVELS = (0.5, 0.8, 0.9)
MIS_LEVEL = 0.9
_SHOWN = 20


def score_forecasts(
    forecasts: Sequence[Forecast],
    actuals: History,
    against: Sequence[Forecast] = (),
    *,
    tail: float | None = None,
    mis_level: float = MIS_LEVEL,
    levels: Sequence[float] = LEVELS,
) -> Scorecard:
    """Scores forecasts from files, each an origin of its own, against observed counts.

    IGN brings every forecast to 1,000 draws as the VIEWS challenge does. A unit is active if the actuals show
    any event in the year up to the origin; where they do not reach back to the origin, ``active`` is null.

    Args:
        forecasts: of one model, one for each origin or window.
        actuals: must hold a count for every cell that is forecast, and no unit beside them; periods before
            and after do no harm.
        against: forecasts of another model for the same cells, to compare with.
        tail: threshold of `crps_tail`; if not given, the 90 % quantile of the cells that are scored.
        mis_level: nominal coverage of the interval score.
        levels: nominal coverages to check.

    Raises:
        DataError: cells without a count, units that were not forecast, or other cells in ``against``;
            ``problems`` lists the first twenty.
        UsageError: two models of one name are set against each other.

    >>> from vedette.model import Last, Zero, forecast
    >>> from vedette.periods import Step
    >>> history = History.of([[0], [2], [1], [4]], ["IQ-NI"], 24161, Step.MONTH)
    >>> made = [forecast(model, history, 24162, 2, draws=20, seed=1) for model in (Last(), Zero())]
    >>> score_forecasts(made[:1], history, made[1:]).means("model").select("model", "crps").rows()
    [('last', 1.5), ('zero', 2.5)]
    """
    others = _named_apart(forecasts, against)
    truths = [_came(one, actuals) for one in forecasts]
    pairs = list(zip(forecasts, truths, strict=True))
    pairs += [(_like(one, other), truth) for (one, truth), other in zip(pairs, others, strict=False)]
    seen = np.concatenate([truth.ravel() for truth in truths])
    threshold = tail if tail is not None else float(np.quantile(seen, TAIL, method="inverted_cdf"))
    year = YEAR[actuals.span.step]
    draws, seed = len(forecasts[0].draws), forecasts[0].seed
    terms = Terms(draws, seed, mis_level, tuple(levels), threshold, CHALLENGE_DRAWS, year)
    tables = [_rows(one, truth, actuals, terms) for one, truth in pairs]
    noise = [(one.model, one.origin, truth.size, draw_noise(one, truth)) for one, truth in pairs]
    return Scorecard(
        pl.concat(tables), forecasts[0].measure, terms, pl.DataFrame(noise, schema=NOISE, orient="row")
    )


def _named_apart(forecasts: Sequence[Forecast], against: Sequence[Forecast]) -> Sequence[Forecast]:
    """The forecasts to compare with, in the order of the others, under a name of their own."""
    if not forecasts:
        raise UsageError("score: expected at least one forecast. Name its file.")
    if not against:
        return ()
    ours, theirs = (sorted(one.periods for one in each) for each in (forecasts, against))
    if ours != theirs:
        raise DataError(
            f"expected two forecasts of the same periods; found {_spans(forecasts)} and {_spans(against)}. "
            "Compare files that cover the same periods."
        )
    by_periods = {one.periods: one for one in against}
    rivals = [by_periods[one.periods] for one in forecasts]
    same = {one.model for one in rivals} & {one.model for one in forecasts}
    return [replace(one, model=f"{one.model} (against)") for one in rivals] if same else rivals


def _spans(forecasts: Sequence[Forecast]) -> str:
    return ", ".join(f"{label(f.periods[0], f.step)} to {label(f.periods[-1], f.step)}" for f in forecasts)


def _like(one: Forecast, other: Forecast) -> Forecast:
    """The other forecast with the units of the one, in their order."""
    if problems := list(_different(one.units, other.units, "the other forecast", "forecast")):
        raise DataError("the two forecasts are of different units", problems[:_SHOWN])
    order = [other.units.index(unit) for unit in one.units]
    return replace(
        other, draws=other.draws[:, :, order], units=one.units, origin=one.origin, horizons=one.horizons
    )


def _came(one: Forecast, actuals: History) -> IntArray:
    """The observed counts, (H, U), in the order of the forecast.

    Raises:
        DataError: the actuals lack a period or unit, hold a unit that is not forecast, or have another step.
    """
    span = actuals.span
    if one.step is not span.step:
        raise DataError(f"the forecast counts {one.step}s, the actuals {span.step}s. Score like with like.")
    late = [period for period in one.periods if period not in span]
    problems = [
        Problem(
            "actuals",
            0,
            label(period, one.step),
            "a count for every period forecast",
            f"counts from {span.labels()[0]} to {span.labels()[-1]}",
            "Add the period, or score the others alone with --months.",
        )
        for period in late
    ]
    problems += _different(one.units, actuals.units, "the actuals", "forecast")
    if problems:
        raise DataError("forecast and actuals do not cover the same cells", problems[:_SHOWN])
    order = [actuals.units.index(unit) for unit in one.units]
    return np.asarray(actuals.truth[np.asarray(one.periods) - span.first][:, order])


def _different(ours: Sequence[str], theirs: Sequence[str], where: str, what: str) -> list[Problem]:
    known, forecast = set(theirs), set(ours)
    missing = [unit for unit in ours if unit not in known]
    extra = [unit for unit in theirs if unit not in forecast]
    cure = "Write units alike in both files, and cover the same ones."
    return [
        *(Problem(where, 0, unit, f"every unit that is {what}", "no such unit", cure) for unit in missing),
        *(Problem("forecast", 0, unit, f"every unit of {where}", "no such unit", cure) for unit in extra),
    ]


def _rows(one: Forecast, truth: IntArray, actuals: History, terms: Terms) -> pl.DataFrame:
    busy = _active(one, actuals, terms.active_periods)
    rows = score_forecast(one, truth, np.zeros(len(one.units), bool) if busy is None else busy, terms)
    return rows if busy is not None else rows.with_columns(active=pl.lit(None, dtype=pl.Boolean))


def _active(one: Forecast, actuals: History, year: int) -> BoolArray | None:
    if one.origin not in actuals.span:
        return None
    order = [actuals.units.index(unit) for unit in one.units]
    return np.asarray(recently_active(actuals.truth, year)[one.origin - actuals.span.first, order])
