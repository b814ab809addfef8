"""Score forecasts on what came."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from vedette.case import Case, read_case
from vedette.commands.known import named, panel_of, read_panel
from vedette.errors import UsageError
from vedette.files import replace_file
from vedette.model import (
    YEAR,
    By,
    History,
    IntArray,
    Measure,
    Truth,
    contest,
    exchange,
    median_history,
    methods,
    panel_history,
    uncertain_truth,
)
from vedette.periods import Ahead, Step, parse
from vedette.progress import Report, part
from vedette.score import Scorecard, backtest, distributed_map, score_forecasts

TRUTHS = 20


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
    chosen = named(models or list(contest(by, read.step)), known)
    reach = months or Ahead(1, read.horizon)

    with distributed_map(cluster) as spread:
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
            progress=part(report, "Scoring"),
        )


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


def write_scores(card: Scorecard, out: Path) -> Path:
    """Writes every single score to a .csv or .parquet file."""
    return _write_table(card.table, out)


def write_record_page(card: Scorecard, case: str, by: By, out: Path) -> Path:
    """Writes the record as one HTML page that works without a network."""
    from vedette.brief.blocks import SourceEntry  # charts: half a second that no other command needs
    from vedette.brief.reliability import record_page

    read = read_case(case)
    sources = [
        SourceEntry(credit.dataset, credit.text, credit.licence, credit.url) for credit in read.credits
    ]
    page = record_page(card, read.title, by, read.step, sources, card.terms.seed)
    return replace_file(out, page.encode(), "Choose another with --page.")


def past_of(case: Case, as_of: date | None, measure: Measure, by: By, seed: int) -> History:
    """The history of a case as known on a day."""
    _, panel, _ = panel_of(case, as_of, seed)
    return panel_history(panel, case, measure, by)


def _to_score(
    case: Case, as_of: date | None, measure: Measure, by: By, seed: int, truth: Truth
) -> tuple[History, IntArray]:
    """The history that models see and the draws of the truth to score against.

    Against the best estimate both are the middle draw of each cell; an uncertain truth is the same few draws
    of the panel for both, so that models learn from what they are judged by.
    """
    _, panel, _ = panel_of(case, as_of, seed)
    past = panel_history(panel, case, measure, by)
    if truth is Truth.UNCERTAIN:
        if measure is not Measure.DEATHS:
            raise UsageError("--truth uncertain is about deaths; leave out --measure, or say --truth best")
        truths = uncertain_truth(panel, case, by)[:TRUTHS]
        events = None if past.events is None else past.events[:TRUTHS]
        return replace(past, values=truths, events=events), truths
    seen = median_history(past)
    return seen, seen.values


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
