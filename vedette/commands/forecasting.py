"""Forecast what may come after the last complete period of a case."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from vedette.commands.age import age_of_counts
from vedette.commands.defaults import DRAWS, SEED
from vedette.commands.forecast_result import ForecastResult
from vedette.commands.known import KnownCase, named, panel_of, read_counted_case
from vedette.commands.pool_notes import absent_members, short_record
from vedette.commands.sums import (
    each_once,
    past_sums,
    past_sums_document,
    past_sums_note,
    periods_or_sums,
    reach_of,
)
from vedette.commands.terms import NO_FORMULA, Formula, with_formula
from vedette.counts import Form, Notation
from vedette.model import (
    PARTS,
    Forecast,
    History,
    Measure,
    Model,
    methods,
    panel_history,
    reconcile,
    reconcile_parts,
)
from vedette.model import By as By
from vedette.model import forecast as forecast_from
from vedette.panel import history_notes
from vedette.periods import Ahead
from vedette.score import DistributedMap, distributed_map


def forecast(
    case: str,
    model: str = "pool",
    *,
    measure: Measure = Measure.DEATHS,
    by: By = By.COUNTRY,
    as_of: date | None = None,
    months: Ahead | None = None,
    sums: Sequence[Ahead] | None = None,
    formula: Formula = NO_FORMULA,
    draws: int = DRAWS,
    seed: int = SEED,
    cluster: str | None = None,
) -> ForecastResult:
    """Forecasts the periods after the last complete one, here or on the workers of a cluster.

    Places are reconciled to the draws of the country, which stay what they are without places; by place and
    stratum so are the strata: see `reconcile_parts` and `reconcile`. A formula by place is that of the
    places; the country is then forecast with the model's own terms. ``sums`` are periods ahead that are added
    up in every draw, in place of ``months``.

    Raises:
        UsageError: a file in place of a case; both months and sums; no model of that name (the message lists
            those there are); terms or covariates for a model that has none.
        DataError: covariates that lack a series, or a period up to the last one forecast.
    """
    read = read_counted_case(case, f"vedette counts forecast {case}")
    holdings, panel, day = panel_of(read, as_of, seed=seed)
    parts = {By.CELL: PARTS, By.PLACE: (By.COUNTRY, By.PLACE)}.get(by, (by,))
    added = each_once(sums or ())
    reach, notation = reach_of(months, added, otherwise=read.horizon), Notation(Form.LABEL, read.step)
    work: list[tuple[Model, History]] = []
    for part in parts:
        [chosen], past = named([model], methods(part, read.step)), panel_history(panel, read, measure, part)
        terms = NO_FORMULA if by is By.PLACE and part is By.COUNTRY else formula
        ready = with_formula(chosen, terms, past=past, horizons=reach.last, notation=notation)
        work.append((ready, past))
    with distributed_map(cluster) as mapper:
        forecasts = read.cache.keep(
            _forecasts, work, horizons=reach.last, draws=draws, seed=seed, mapper=mapper
        )
    whole, moved = _reconciled(forecasts, by)
    ahead, learned = (
        periods_or_sums(whole, reach, sums=added),
        past_sums(*work[-1], horizons=reach.last, sums=added),
    )
    about = {"case": case, **formula.document()}
    pool = (*absent_members(work), *short_record(*work[-1]), *past_sums_note(learned))
    credits_text = " ".join(f"{credit.text} ({credit.licence})" for credit in read.credits)
    return ForecastResult(
        ahead,
        about,
        notation=notation,
        parts=_parts(ahead.units, by),
        licence=credits_text,
        by=by,
        known=KnownCase(read, panel, day, age_of_counts(read, holdings, panel=panel)),
        notes=(*history_notes(read, panel), *pool),
        details={**moved, **past_sums_document(learned)},
    )


def _reconciled(forecasts: Sequence[Forecast], by: By) -> tuple[Forecast, Mapping[str, float]]:
    """Returns the forecast by these units, brought to the sums of the country where they are places.

    With it the share of all counts of the places by which these had to be scaled.
    """
    match by:
        case By.CELL:
            made = reconcile(*forecasts)
            return made.cells, {"places_scaled": round(made.moved, 3)}
        case By.PLACE:
            parts = reconcile_parts(*forecasts)
            return parts.forecast, {"places_scaled": round(parts.moved, 3)}
        case _:
            return forecasts[0], {}


def _forecasts(
    work: Sequence[tuple[Model, History]], *, horizons: int, draws: int, seed: int, mapper: DistributedMap
) -> list[Forecast]:
    """Forecasts of models from the last period of histories."""
    return list(mapper(partial(_after_last, horizons=horizons, draws=draws, seed=seed), work))


def _after_last(work: tuple[Model, History], *, horizons: int, draws: int, seed: int) -> Forecast:
    """Forecasts from the last period of a history."""
    model, past = work
    return forecast_from(model, past, past.span.last, horizons, draws, seed)


def _parts(units: Sequence[str], by: By) -> Mapping[str, Sequence[str]]:
    """Returns the place and the stratum of each unit, as far as units have one."""
    if by in (By.PLACE, By.STRATUM):
        return {by.value: units}
    if by is By.CELL:
        place, stratum = zip(*(unit.rsplit("/", 1) for unit in units), strict=True)
        return {"place": place, "stratum": stratum}
    return {}
