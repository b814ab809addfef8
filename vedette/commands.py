"""One short function for each verb. The command line is a door to these; nothing is decided there."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from vedette.case import Case, Checked, check_case, new_case, read_case
from vedette.case.write import replace_file
from vedette.errors import DataError, UsageError
from vedette.events import (
    CountTable,
    DateOrder,
    Form,
    Holdings,
    Loaded,
    Notation,
    Panel,
    gather,
    make_panel,
    present,
    read_counts,
    read_neighbours,
    unmatched,
    unpack,
    write_observed,
)
from vedette.events import fetch as fetch_file
from vedette.events import load as load_files
from vedette.events import summary as summary_of
from vedette.events.shelf import Entry, entry
from vedette.model import (
    YEAR,
    By,
    Forecast,
    History,
    IntArray,
    Measure,
    Model,
    Truth,
    contest,
    exchange,
    key,
    methods,
    panel_history,
    reconcile,
    settled,
    uncertain_truth,
)
from vedette.model import forecast as forecast_from
from vedette.model.bayes import Posterior, Sampler
from vedette.model.coherent import PARTS
from vedette.model.counted import counts_history
from vedette.model.endemic.member import OWN_TERMS, EndemicEpidemic, Terms
from vedette.model.endemic.specification import Specification
from vedette.model.exchange import ViewsLevel
from vedette.model.exchange.details import FILE as SUBMISSION_DETAILS
from vedette.periods import Ahead, Step, parse
from vedette.score import Scorecard, backtest, score_forecasts, spread_over
from vedette.score.outcome import Outcome, outcome
from vedette.score.register import Issued, issue, read_forecast, read_register

if TYPE_CHECKING:
    from vedette.model.endemic.fit import Fit

Report = Callable[[str, float], None]
"""Called with what is being done and how far it is (0 to 1)."""

REGISTER = "register"
"""The folder of issued forecasts in a case's workspace."""

SEED = 20030320
TRUTHS = 20
DRAWS = 1000


def check(case: str) -> Checked:
    """Reads a case and lists what is worth a look, its strata against the events at hand included."""
    checked = check_case(case)
    try:
        held = gather(checked.case)
    except DataError:
        return checked
    return replace(checked, warnings=(*checked.warnings, *unmatched(checked.case, held.cells)))


def new(folder: Path, country: str) -> Path:
    """Writes a working skeleton of a case."""
    return new_case(folder, country)


def load(
    case: str,
    files: Sequence[Path],
    release: str | None,
    dates: DateOrder | None,
    dataset: str | None,
    report: Report,
) -> Loaded:
    """Checks event files, keeps them in the case's events folder and brings the store up to date."""
    return load_files(read_case(case), files, release=release, dates=dates, dataset=dataset, report=report)


def summary(case: str) -> pl.DataFrame:
    """What event files are at hand, and the province names that do not resolve."""
    return summary_of(read_case(case))


def aggregate(case: str, out: Path | None) -> Path:
    """Writes observed.csv: the cells that may be shared, computed from the event files."""
    return write_observed(read_case(case), out)


def fetch(case: str, name: str, report: Report) -> tuple[Entry, Loaded]:
    """Downloads the event files that a case names, then loads them.

    Gives what came, with size and hash, and what loading it did.
    """
    read = read_case(case)
    wanted = {download.name: download for download in read.downloads}
    if name not in wanted:
        known = ", ".join(wanted) or "none"
        raise UsageError(f"{read.id} names no download {name!r}; it knows: {known}. Add it to case.yaml.")
    downloads = read.writable_workspace() / ".vedette" / "downloads"
    came = entry(fetch_file(wanted[name], downloads, report))
    file = unpack(came.path)
    loaded = load_files(read, [file], report=report)
    file.unlink()
    return came, loaded


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
    terms: Terms = OWN_TERMS,
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
    _, panel, _ = _panel(read, as_of, seed)
    parts = PARTS if by is By.CELL else (by,)
    reach, written = months or Ahead(1, read.horizon), Notation(Form.LABEL, read.step)
    asked: list[tuple[Model, History]] = []
    for part in parts:
        [chosen], past = _named([model], methods(part, read.step)), panel_history(panel, read, measure, part)
        asked.append((_with_terms(chosen, terms, covariates, past, reach.last, written), past))
    with spread_over(cluster) as spread:
        work = partial(_last_known, horizons=reach.last, draws=draws, seed=seed)
        made: list[Forecast] = list(spread(work, asked))
    whole = reconcile(*made).cells if by is By.CELL else made[0]
    return whole.ahead(reach.first, reach.last)


def read_panel(
    panel: Path,
    neighbours: Path | None,
    step: Step | None,
    fill_zeros: bool,
    measure: Measure | None,
) -> tuple[CountTable, History]:
    """A table of counts and its history: the counts, or the deaths where these are measured."""
    table = read_counts(panel, step, fill_zeros=fill_zeros)
    places = list(dict.fromkeys(table.places))
    touch = read_neighbours(neighbours, places) if neighbours else None
    return table, counts_history(table, "deaths" if measure is Measure.DEATHS else "count", touch)


def forecast_panel(
    table: CountTable,
    past: History,
    origin: str | None,
    model: str,
    months: Ahead | None,
    draws: int,
    seed: int,
    terms: Terms = OWN_TERMS,
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
    [chosen] = _named([model], known)
    last = table.notation.read(origin) if origin else past.span.last
    if last not in past.span:
        first, end = (table.notation.write(edge) for edge in (past.span.first, past.span.last))
        raise DataError(
            f"{table.file}: expected an origin from {first} to {end}; found {origin}. Choose one."
        )
    reach = months or Ahead(1, YEAR[past.span.step])
    ready = _with_terms(chosen, terms, covariates, past.until(last), reach.last, table.notation)
    return forecast_from(ready, past, last, reach.last, draws, seed).ahead(reach.first, reach.last)


def fit_panel(
    panel: Path,
    neighbours: Path | None,
    covariates: Path | None,
    step: Step | None,
    fill_zeros: bool,
    measure: Measure | None,
    asked: Specification,
) -> "Fit":
    """Fits an endemic-epidemic model to a table of counts."""
    from vedette.model.endemic.covariates import read_covariates
    from vedette.model.endemic.fit import fit

    table, past = read_panel(panel, neighbours, step, fill_zeros, measure)
    series = read_covariates(covariates, table.notation, past.span, past.units) if covariates else None
    return fit(past, asked, covariates=series)


def sample_panel(
    panel: Path,
    neighbours: Path | None,
    covariates: Path | None,
    step: Step | None,
    fill_zeros: bool,
    measure: Measure | None,
    asked: Specification,
    sampler: Sampler,
    seed: int,
) -> Posterior:
    """Samples the posterior of an endemic-epidemic model of a table of counts."""
    from vedette.model.bayes.endemic import sample_endemic
    from vedette.model.endemic.covariates import read_covariates

    table, past = read_panel(panel, neighbours, step, fill_zeros, measure)
    series = read_covariates(covariates, table.notation, past.span, past.units) if covariates else None
    return sample_endemic(past, asked, sampler, key(seed, "nuts"), covariates=series)


def credits_of(case: str) -> str:
    """How the data of a case are credited, and on what terms they were given."""
    return " ".join(f"{credit.text} ({credit.licence})" for credit in read_case(case).credits)


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


def score_files(
    forecast: Path,
    actuals: Path,
    against: Path | None,
    origin: str | None,
    months: Ahead | None,
    step: Step | None,
    fill_zeros: bool,
    measure: Measure | None,
    views: bool,
) -> Scorecard:
    """Scores the forecasts in a file or a folder of VIEWS submissions on the counts that came."""
    _, came = read_panel(actuals, None, step, fill_zeros, measure)
    mine, other = (
        [one.ahead(months.first, months.last) if months else one for one in read]
        for read in (
            exchange.read_forecasts(path, origin, views=views) if path else () for path in (forecast, against)
        )
    )
    return score_forecasts(mine, came, other)


def score(
    case: str,
    as_of: date | None,
    measure: Measure,
    by: By,
    first: str | None,
    last: str | None,
    months: Ahead | None,
    draws: int,
    seed: int,
    report: Report,
    models: Sequence[str] = (),
    cluster: str | None = None,
    truth: Truth = Truth.BEST,
) -> Scorecard:
    """Scores models over rolling origins on what came after; the pool and the baselines if none is named.

    Raises:
        UsageError: no origin between first and last, no model of a name, or an uncertain truth of events.
        ClusterError: the cluster does not answer or gave up.
    """
    read = read_case(case)
    past, truths = _to_score(read, as_of, measure, by, seed, truth)
    start = parse(first, read.step) if first else past.span.first + 2 * YEAR[read.step]
    end = parse(last, read.step) if last else past.span.last - 1
    if not past.span.first <= start <= end < past.span.last:
        raise UsageError(
            f"no origins from {first or 'the start'} to {last or 'the end'}: the data run from "
            f"{past.span.labels()[0]} to {past.span.labels()[-1]}; name months within, with --from and --to"
        )
    known = methods(by, read.step)
    chosen = _named(models or list(contest(by, read.step)), known)
    reach = months or Ahead(1, read.horizon)

    def told(done: int, of: int) -> None:
        report("Scoring", done / of)

    with spread_over(cluster) as spread:
        return backtest(
            past,
            chosen,
            range(start, end + 1),
            reach.last,
            draws,
            seed,
            truth=truths,
            nearest=reach.first,
            spread=spread,
            progress=told,
        )


def write_scores(card: Scorecard, out: Path) -> Path:
    """Writes every single score to a .csv or .parquet file."""
    return _write_table(card.table, out)


def write_record_page(card: Scorecard, case: str, by: By, out: Path) -> Path:
    """Writes the record as one HTML page that works without a network."""
    from vedette.brief.blocks import Source  # charts: half a second that no other command needs
    from vedette.brief.reliability import record_page

    read = read_case(case)
    sources = [Source(credit.dataset, credit.text, credit.licence, credit.url) for credit in read.credits]
    page = record_page(card, read.title, by, read.step, sources, card.terms.seed)
    return replace_file(out, page.encode(), "Choose another with --page.")


def issue_forecast(
    case: str, made: Forecast, as_of: date | None, measure: Measure, by: By
) -> tuple[Issued, bool]:
    """Puts a forecast into the register of a case; gives what stands there, and whether it is new."""
    read = read_case(case)
    _, panel, known = _panel(read, as_of, made.seed)
    past = panel_history(panel, read, measure, by)
    return issue(read.writable_workspace() / REGISTER, made, past, read.id, by.value, known)


def registered(case: str) -> tuple[Issued, ...]:
    """The forecasts in the register of a case, by origin."""
    return read_register(read_case(case).workspace() / REGISTER)


def score_registered(case: str, as_of: date | None, report: Report) -> list[Outcome]:
    """What became of each forecast in the register, by what is known by the as-of, or now."""
    read = read_case(case)
    register = read.workspace() / REGISTER
    issued, known, found = read_register(register), dict[tuple[str, str, int], History](), []
    for done, each in enumerate(issued, start=1):
        kind = (each.measure, each.by, each.seed)
        if kind not in known:
            known[kind] = _past(read, as_of, Measure(each.measure), By(each.by), each.seed)
        found.append(outcome(each, *read_forecast(register, each), known[kind]))
        report("Scoring the register", done / len(issued))
    return found


def brief(
    case: str,
    as_of: date | None,
    seed: int,
    out: Path | None,
    report: Report,
    second_opinion: str | None = None,
) -> tuple[Path, Path]:
    """Writes brief.html and brief.json. A brief counts months, whatever the step of the case.

    Raises:
        UsageError: no sampled model has the name ``second_opinion``.
    """
    from vedette.brief.compose import compose  # charts: half a second that no other command needs
    from vedette.brief.findings import find
    from vedette.brief.second_opinion import sampled
    from vedette.brief.writing import write_brief

    other = None if second_opinion is None else sampled(second_opinion)
    read = read_case(case)
    holdings, panel, known = _panel(read, as_of, seed, Step.MONTH)
    found = find(read, holdings, panel, known, seed, report, other)
    report("Writing", 0.0)
    written = write_brief(compose(found), out or Path("build") / read.id)
    report("Writing", 1.0)
    return written


def _panel(
    case: Case, as_of: date | None, seed: int, step: Step | None = None
) -> tuple[Holdings, Panel, date]:
    holdings = gather(case, step)
    known = as_of or case.as_of or present(holdings.cells, case, holdings.step)
    return holdings, make_panel(holdings.cells, case, known, holdings.step, seed), known


def _last_known(asked: tuple[Model, History], *, horizons: int, draws: int, seed: int) -> Forecast:
    """What a model says after the last period of a history."""
    model, past = asked
    return forecast_from(model, past, past.span.last, horizons, draws, seed)


def _with_terms(
    model: Model, terms: Terms, covariates: Path | None, past: History, horizons: int, written: Notation
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


def _past(case: Case, as_of: date | None, measure: Measure, by: By, seed: int) -> History:
    _, panel, _ = _panel(case, as_of, seed)
    return panel_history(panel, case, measure, by)


def _to_score(
    case: Case, as_of: date | None, measure: Measure, by: By, seed: int, truth: Truth
) -> tuple[History, IntArray]:
    """The history that models see and the draws of the truth to score against.

    Against the best estimate both are the middle draw of each cell; an uncertain truth is the same few draws
    of the panel for both, so that models learn from what they are judged by.
    """
    _, panel, _ = _panel(case, as_of, seed)
    past = panel_history(panel, case, measure, by)
    if truth is Truth.UNCERTAIN:
        if measure is not Measure.DEATHS:
            raise UsageError("--truth uncertain is about deaths; leave out --measure, or say --truth best")
        truths = uncertain_truth(panel, case, by)[:TRUTHS]
        events = None if past.events is None else past.events[:TRUTHS]
        return replace(past, values=truths, events=events), truths
    seen = settled(past)
    return seen, seen.values


def _named(names: Sequence[str], known: Mapping[str, Model]) -> list[Model]:
    """The models of these names, in the order given."""
    wrong = [name for name in names if name not in known]
    if wrong:
        raise UsageError(f"there is no model {wrong[0]!r}; choose one of: {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(names)]


def _write_table(table: pl.DataFrame, out: Path) -> Path:
    match out.suffix:
        case ".csv":
            return replace_file(out, table.write_csv().encode())
        case ".parquet":
            whole = io.BytesIO()
            table.write_parquet(whole)
            return replace_file(out, whole.getvalue())
        case _:
            raise UsageError(f"{out.name}: write to a file that ends in .csv or .parquet")
