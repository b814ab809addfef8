"""Say what may come after a case or a table of counts."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from vedette.case import read_case
from vedette.commands.known import named, panel_of
from vedette.counts import CountTable, Form, Notation
from vedette.errors import DataError, UsageError
from vedette.model import (
    YEAR,
    By,
    Forecast,
    History,
    Measure,
    Model,
    exchange,
    methods,
    panel_history,
    reconcile,
)
from vedette.model import forecast as forecast_from
from vedette.model.coherent import PARTS
from vedette.model.endemic.member import OWN_TERMS, ComponentFormulas, EndemicEpidemic
from vedette.model.endemic.specification import Specification
from vedette.model.exchange import ViewsLevel
from vedette.model.exchange.details import FILE as SUBMISSION_DETAILS
from vedette.periods import Ahead
from vedette.score import distributed_map


def forecast(
    case: str,
    as_of: date | None,
    measure: Measure,
    by: By,
    model: str,
    months: Ahead | None,
    draws: int,
    seed: int,
    cluster: str | None = None,
    terms: ComponentFormulas = OWN_TERMS,
    covariates: Path | None = None,
) -> Forecast:
    """Draws of what may come after the last complete period, made here or by workers of a cluster.

    By place and stratum they are reconciled with those of country, places and strata: see `reconcile`.

    Raises:
        UsageError: no model of that name; the message lists those there are. Terms or covariates for a
            model that has none.
        DataError: covariates that lack a series, or a period up to the last one forecast.
    """
    read = read_case(case)
    _, panel, _ = panel_of(read, as_of, seed)
    parts = PARTS if by is By.CELL else (by,)
    reach, written = months or Ahead(1, read.horizon), Notation(Form.LABEL, read.step)
    asked: list[tuple[Model, History]] = []
    for part in parts:
        [chosen], past = named([model], methods(part, read.step)), panel_history(panel, read, measure, part)
        asked.append((_with_terms(chosen, terms, covariates, past, reach.last, written), past))
    with distributed_map(cluster) as spread:
        work = partial(_last_known, horizons=reach.last, draws=draws, seed=seed)
        made: list[Forecast] = list(spread(work, asked))
    whole = reconcile(*made).cells if by is By.CELL else made[0]
    return whole.ahead(reach.first, reach.last)


def forecast_panel(
    table: CountTable,
    past: History,
    origin: str | None,
    model: str,
    months: Ahead | None,
    draws: int,
    seed: int,
    terms: ComponentFormulas = OWN_TERMS,
    covariates: Path | None = None,
) -> Forecast:
    """Draws of what may come after a period of a panel, its last one if none is named.

    Raises:
        UsageError: no model of that name; the message lists those there are. Terms or covariates for a
            model that has none.
        DataError: an origin outside the table, or covariates that lack a series, or a period up to the last
            one forecast.
    """
    known = methods(By.PLACE if len(past.units) > 1 else By.COUNTRY, past.span.step)
    [chosen] = named([model], known)
    last = table.notation.read(origin) if origin else past.span.last
    if last not in past.span:
        first, end = (table.notation.write(edge) for edge in (past.span.first, past.span.last))
        raise DataError(
            f"{table.file}: expected an origin from {first} to {end}; found {origin}. Choose one."
        )
    reach = months or Ahead(1, YEAR[past.span.step])
    ready = _with_terms(chosen, terms, covariates, past.until(last), reach.last, table.notation)
    return forecast_from(ready, past, last, reach.last, draws, seed).ahead(reach.first, reach.last)


def write_draws(made: Forecast, out: Path, notation: Notation | None = None) -> Path:
    """Writes every draw of a forecast to a .csv or .parquet file."""
    return exchange.write_draws(made, out, notation)


def write_views(
    made: Forecast, folder: Path, details: Path | None, ids: Path | None, level: ViewsLevel
) -> Path:
    """Writes a forecast as a submission to the VIEWS prediction challenge."""
    said = exchange.read_details(details or folder / SUBMISSION_DETAILS)
    numbers = exchange.read_ids(ids, level) if ids else None
    return exchange.write_views(made, folder, said, numbers, level)


def _last_known(asked: tuple[Model, History], *, horizons: int, draws: int, seed: int) -> Forecast:
    """What a model says after the last period of a history."""
    model, past = asked
    return forecast_from(model, past, past.span.last, horizons, draws, seed)


def _with_terms(
    model: Model,
    terms: ComponentFormulas,
    covariates: Path | None,
    past: History,
    horizons: int,
    written: Notation,
) -> Model:
    """The model with the terms asked for and what is known of their series, up to the last period ahead."""
    from vedette.model.endemic.covariates import read_ahead

    if not terms and covariates is None:
        return model
    if not isinstance(model, EndemicEpidemic):
        raise UsageError(
            f"--covariates, --ar, --ne and --end: expected --model endemic-epidemic, which alone has terms; "
            f"found {model.name}. Add --model endemic-epidemic."
        )
    asked = replace(model, terms=terms)
    names = Specification(terms.ar or "1", terms.ne or "0", terms.end or "1").covariates
    if names and covariates is None:
        raise UsageError(f"terms: expected a file that holds {', '.join(names)}. Name it with --covariates.")
    if covariates is None:
        return asked
    if not names:
        raise UsageError(
            f"--covariates {covariates.name}: expected terms that name a series of it; found none. Name one, "
            'like --end "1 + troops".'
        )
    learned = asked.learned(past)
    span = replace(learned, last=learned.last + horizons)
    return replace(asked, covariates=read_ahead(covariates, written, span, past.units, names))
