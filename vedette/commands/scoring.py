"""Score models on what came after each past origin of a case."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from vedette.case import Case
from vedette.commands.defaults import DRAWS, SEED
from vedette.commands.known import age_of, named, panel_of, read_counted_case
from vedette.commands.score_result import ScoreResult
from vedette.errors import UsageError
from vedette.model import (
    YEAR,
    By,
    History,
    IntArray,
    Measure,
    Truth,
    contest,
    median_history,
    methods,
    panel_history,
    uncertain_truth,
)
from vedette.panel import Panel, history_notes, without_place
from vedette.periods import Ahead, Span, parse
from vedette.progress import Report, part, quiet
from vedette.score import Scorecard, backtest, distributed_map

TRUTHS = 20


def score(
    case: str,
    *,
    models: Sequence[str] = (),
    measure: Measure = Measure.DEATHS,
    by: By = By.COUNTRY,
    first: str | None = None,
    last: str | None = None,
    months: Ahead | None = None,
    as_of: date | None = None,
    truth: Truth = Truth.BEST,
    draws: int = DRAWS,
    seed: int = SEED,
    cluster: str | None = None,
    report: Report = quiet,
) -> ScoreResult:
    """Scores models over rolling origins on what came after; the pool and the baselines if none is named.

    Raises:
        UsageError: a file in place of a case, no origin between first and last, no model of a name, or an
            uncertain truth of events.
        ClusterError: the cluster does not answer or gave up.
    """
    read = read_counted_case(case, f"vedette counts score {case} ACTUALS")
    _, panel, _ = panel_of(read, as_of, seed=seed)
    past, truths = history_to_score(read, panel, measure=measure, by=by, truth=truth)
    notes = history_notes(read, panel)
    known = methods(by, read.step)
    chosen = named(models or list(contest(by, read.step)), known)
    reach = months or Ahead(1, read.horizon)
    with distributed_map(cluster) as mapper:
        card = read.cache.keep(
            backtest,
            past,
            chosen,
            origins_between(past, first, last=last, notes=notes),
            reach.last,
            draws,
            seed,
            truth=truths,
            nearest=reach.first,
            mapper=mapper,
            progress=part(report, "Scoring"),
        )
    unplaced = without_place(panel, read, [_scored(card, past)]) if by.of_places else ()
    return ScoreResult(
        case, read, by=by, card=card, seed=seed, age=age_of(read, as_of), without_place=unplaced, notes=notes
    )


def _scored(card: Scorecard, past: History) -> Span:
    """Returns the periods that were scored."""
    periods = card.table.select(pl.col("origin") + pl.col("horizon")).to_series()
    return replace(past.span, first=int(periods.to_numpy().min()), last=int(periods.to_numpy().max()))


def origins_between(past: History, first: str | None, *, last: str | None, notes: Sequence[str]) -> range:
    """Returns the origins from first to last; by default all with two years before and a period after."""
    step = past.span.step
    start = parse(first, step) if first else past.span.first + 2 * YEAR[step]
    end = parse(last, step) if last else past.span.last - 1
    if not past.span.first <= start <= end < past.span.last:
        raise UsageError(
            f"no origins from {first or 'the start'} to {last or 'the end'}: the data run from "
            f"{past.span.labels()[0]} to {past.span.labels()[-1]}; name months within, with --from and --to"
            + "".join(f". {note}" for note in notes)
        )
    return range(start, end + 1)


def history_to_score(
    case: Case, panel: Panel, *, measure: Measure, by: By, truth: Truth
) -> tuple[History, IntArray]:
    """Returns the history that models see and the draws of the truth to score against.

    Against the best estimate both are the middle draw of each cell; an uncertain truth is the same few draws
    of the panel for both, so that models learn from what they are judged by.
    """
    past = panel_history(panel, case, measure, by)
    if truth is Truth.UNCERTAIN:
        if measure is not Measure.DEATHS:
            raise UsageError("--truth uncertain is about deaths; leave out --measure, or say --truth best")
        truths = uncertain_truth(panel, case, by)[:TRUTHS]
        events = None if past.events is None else past.events[:TRUTHS]
        return replace(past, values=truths, events=events), truths
    seen = median_history(past)
    return seen, seen.values
