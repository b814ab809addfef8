"""Fit, forecast and score a table of counts that is no case."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vedette.case import shipped_cases
from vedette.commands.defaults import DRAWS, SEED
from vedette.commands.fit_result import FitResult, PosteriorResult
from vedette.commands.fitting import FitWords, fit_history
from vedette.commands.known import named
from vedette.commands.pool_notes import absent_members, short_record
from vedette.commands.score_result import FileScoreResult, Rules
from vedette.commands.sums import (
    each_once,
    past_sums,
    past_sums_document,
    past_sums_note,
    periods_or_sums,
    reach_of,
)
from vedette.commands.table_forecast import ForecastOutputs, TableForecast, summed_up
from vedette.commands.terms import NO_FORMULA, Formula, with_formula
from vedette.counts import CountTable, read_counts, read_neighbours
from vedette.errors import DataError, UsageError
from vedette.model import (
    YEAR,
    By,
    Forecast,
    History,
    Measure,
    Model,
    Pool,
    counts_history,
    forecast_blocks,
    methods,
    read_forecasts,
)
from vedette.model.bayes import Sampler
from vedette.model.forecasting import Outline
from vedette.model.pool.learning import MOST_UNITS
from vedette.periods import Ahead, Step
from vedette.plurals import counted
from vedette.progress import Progress, Report, part, quiet
from vedette.score import distributed_map, score_forecasts

NO_OUTPUTS = ForecastOutputs()


@dataclass(frozen=True)
class CountFile:
    """A file of counts and how to read it.

    ``neighbours`` is a file that says which units touch, ``step`` what a period lasts where the dates leave
    it open, ``fill_zeros`` whether cells left out are 0, ``measure`` what is counted, where the names of
    columns leave it open, ``column`` which column, where there are several.
    """

    path: Path
    neighbours: Path | None = None
    step: Step | None = None
    fill_zeros: bool = False
    measure: Measure | None = None
    column: str | None = None

    def read(self) -> tuple[CountTable, History]:
        """Returns the table and the history of its counts.

        Raises:
            UsageError: it is a case, not a file.
            StorageError: the file cannot be opened.
            DataError: the file, or that of neighbours, holds mistakes.
        """
        name = str(self.path)
        if self.path.is_dir() or (name in shipped_cases() and not self.path.is_file()):
            raise UsageError(
                f"{name}: expected a table of counts; found a case. Leave out the word counts: vedette fit, "
                f"vedette forecast and vedette score take {name}."
            )
        measure = self.measure.value if self.measure else None
        table = read_counts(
            self.path, self.step, fill_zeros=self.fill_zeros, measure=measure, column=self.column
        )
        places = list(dict.fromkeys(table.places))
        touch = read_neighbours(self.neighbours, places) if self.neighbours else None
        return table, counts_history(table, neighbours=touch)

    def notes(self, table: CountTable) -> tuple[str, ...]:
        """Returns what was taken for the measure of a table, where the user did not say it."""
        if self.measure is not None:
            return ()
        column = f"the column {table.column}" if table.column else "the table"
        if table.measure in tuple(Measure):
            kind = f"{column[0].upper()}{column[1:]} is taken to count {table.measure}, by its name"
            if table.deaths is not None:
                return (f"{kind}; --measure deaths forecasts the deaths that stand beside it.",)
            return (f"{kind}; --measure says otherwise where that is wrong.",)
        nothing = f"Nothing says whether {column} counts deaths or events: forecast as counts of either kind."
        if table.deaths is not None:
            return (
                f"{nothing} --measure events says that it counts events; --measure deaths forecasts the "
                "deaths that stand beside it.",
            )
        return (f"{nothing} --measure deaths or --measure events says which, and sharpens the forecast.",)


def fit_counts(
    file: CountFile, words: FitWords, *, sampler: Sampler | None = None, seed: int = SEED
) -> FitResult | PosteriorResult:
    """Fits an endemic-epidemic model to a table of counts, or with a sampler samples its posterior.

    Raises:
        UsageError: words that are no formula, family, weights or lags.
        DataError: a table, neighbours or covariates with mistakes, too few periods, or no events.
    """
    table, past = file.read()
    about = {"panel": table.file}
    return fit_history(past, words, about=about, notation=table.notation, sampler=sampler, seed=seed)


def forecast_counts(
    file: CountFile,
    model: str = "pool",
    *,
    origin: str | None = None,
    months: Ahead | None = None,
    sums: Sequence[Ahead] | None = None,
    formula: Formula = NO_FORMULA,
    draws: int = DRAWS,
    seed: int = SEED,
    files: ForecastOutputs = NO_OUTPUTS,
    cluster: str | None = None,
    report: Report = quiet,
) -> TableForecast:
    """Forecasts the periods after a period of a table of counts, its last one if none is named.

    Units are simulated and written in blocks, here or on the workers of a cluster, so that the draws of many
    units are never all in memory. ``sums`` are periods ahead that are added up in every draw, in place of
    ``months``.

    Raises:
        UsageError: both months and sums; no model of that name; the message lists those there are. Terms or
            covariates for a model that has none. Sums for a file that holds single periods.
        DataError: a table with mistakes, an origin outside it, or covariates that lack a series, or a period
            up to the last one forecast.
    """
    table, past = file.read()
    [chosen] = named([model], methods(By.PLACE if len(past.units) > 1 else By.COUNTRY, past.span.step))
    last = _origin(table, past, origin=origin)
    added = each_once(sums or ())
    reach = reach_of(months, added, otherwise=YEAR[past.span.step])
    known = past.until(last)
    ready = with_formula(chosen, formula, past=known, horizons=reach.last, notation=table.notation)
    notes = (*file.notes(table), *absent_members([(ready, known)]))
    firsts = tuple(one.first for one in added)
    ahead = tuple(one.last for one in added) or tuple(range(reach.first, reach.last + 1))
    outline = Outline(draws, last, past.span.step, ahead, past.units, past.measure, ready.name, seed, firsts)
    with files.open(table, outline) as opened, distributed_map(cluster) as mapper:
        blocks = forecast_blocks(ready, known, last, reach.last, draws, seed, mapper)
        told = _told(blocks, part(report, "Forecasting"), units=len(past.units))
        rows = summed_up((periods_or_sums(block, reach, sums=added) for block in told), table, files=opened)
    column = {"column": table.column} if table.column else {}
    about = {"panel": table.file, **column, **formula.document()}
    learned = past_sums(ready, known, horizons=reach.last, sums=added)
    return TableForecast(
        outline,
        rows,
        about,
        str(table.notation.write(last)),
        opened.paths,
        (*notes, *short_record(ready, known), *_sampled(ready, known), *past_sums_note(learned)),
        past_sums_document(learned),
    )


def _sampled(model: Model, past: History) -> tuple[str, ...]:
    """Returns how many units the pool learned from, where it is not all of them."""
    if not isinstance(model, Pool) or len(past.units) <= MOST_UNITS:
        return ()
    units = counted(len(past.units), "unit")
    return (
        f"The pool learned its weights from {MOST_UNITS} of {units}, spread evenly from the quietest to the "
        "most violent.",
    )


def _told(blocks: Iterable[Forecast], progress: Progress, *, units: int) -> Iterator[Forecast]:
    """Gives blocks and reports how many of the units are done."""
    done = 0
    for block in blocks:
        done += len(block.units)
        progress(done, units)
        yield block


def score_counts(
    draws: Path,
    actuals: CountFile,
    *,
    against: Path | None = None,
    rules: Rules = Rules.VEDETTE,
    origin: str | None = None,
    months: Ahead | None = None,
    seed: int = SEED,
) -> FileScoreResult:
    """Scores the draws in a file, or in a folder of VIEWS submissions, on a table of the counts that came.

    Args:
        draws: a forecast file, or the folder of a submission.
        actuals: the counts that came.
        against: draws of another forecast of the same cells, for the skill.
        rules: the conventions by which files are read and scored.
        origin: the last period that the forecast knew, if the file does not say so.
        months: the periods ahead that are scored; all if left out.
        seed: of the resampling for intervals.

    Raises:
        DataError: files with mistakes, or actuals that lack a cell that was forecast.
    """
    _, came = actuals.read()
    forecasts = _read_draws(draws, origin, months=months, rules=rules)
    others = _read_draws(against, origin, months=months, rules=rules) if against else []
    about = {"forecast": draws.name, "actuals": actuals.path.name}
    about |= {"against": against.name} if against else {}
    return FileScoreResult(about, score_forecasts(forecasts, came, others), rules=rules, seed=seed)


def _read_draws(path: Path, origin: str | None, *, months: Ahead | None, rules: Rules) -> list[Forecast]:
    forecasts = read_forecasts(path, origin, views=rules is Rules.VIEWS)
    return [one.ahead(months.first, months.last) if months else one for one in forecasts]


def _origin(table: CountTable, past: History, *, origin: str | None) -> int:
    last = table.notation.read(origin) if origin else past.span.last
    if last not in past.span:
        first, end = (table.notation.write(edge) for edge in (past.span.first, past.span.last))
        raise DataError(
            f"{table.file}: expected an origin from {first} to {end}; found {origin}. Choose one."
        )
    return last
