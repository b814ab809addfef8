"""One short function for each verb. The command line is a door to these; nothing is decided there."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from vedette.case import Case, Checked, check_case, new_case, read_case
from vedette.case.write import replace_file
from vedette.errors import DataError, UsageError
from vedette.events import (
    DateOrder,
    Holdings,
    Loaded,
    Panel,
    gather,
    make_panel,
    present,
    unmatched,
    unpack,
    write_observed,
)
from vedette.events import fetch as fetch_file
from vedette.events import load as load_files
from vedette.events import summary as summary_of
from vedette.events.shelf import Entry, entry
from vedette.model import YEAR, By, Forecast, History, Measure, methods, panel_history, settled
from vedette.model import forecast as forecast_from
from vedette.periods import Step, parse
from vedette.score import Scorecard, backtest

Report = Callable[[str, float], None]
"""Called with what is being done and how far it is (0 to 1)."""

SEED = 20030320
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
    horizons: int | None,
    draws: int,
    seed: int,
) -> Forecast:
    """Draws of what may come after the last complete period.

    Raises:
        UsageError: no model of that name; the message lists those there are.
    """
    read = read_case(case)
    known = methods(by, read.step)
    if model not in known:
        raise UsageError(f"there is no model {model!r}; choose one of: {', '.join(known)}")
    past = _past(read, as_of, measure, by, seed)
    return forecast_from(known[model], past, past.span.last, horizons or read.horizon, draws, seed)


def write_draws(made: Forecast, out: Path) -> Path:
    """Writes every draw of a forecast to a .csv or .parquet file."""
    return _write_table(made.to_table(), out)


def score(
    case: str,
    as_of: date | None,
    measure: Measure,
    by: By,
    first: str | None,
    last: str | None,
    horizons: int | None,
    draws: int,
    seed: int,
    report: Report,
) -> Scorecard:
    """Scores every baseline over rolling origins on what came after."""
    read = read_case(case)
    past = settled(_past(read, as_of, measure, by, seed))
    start = parse(first, read.step) if first else past.span.first + 2 * YEAR[read.step]
    end = parse(last, read.step) if last else past.span.last - 1
    if not past.span.first <= start <= end < past.span.last:
        raise UsageError(
            f"no origins from {first or 'the start'} to {last or 'the end'}: the data run from "
            f"{past.span.labels()[0]} to {past.span.labels()[-1]}; name months within, with --from and --to"
        )
    models = list(methods(by, read.step).values())
    steps = horizons or read.horizon

    def told(done: int, of: int) -> None:
        report("Scoring", done / of)

    return backtest(past, models, range(start, end + 1), steps, draws, seed, progress=told)


def write_scores(card: Scorecard, out: Path) -> Path:
    """Writes every single score to a .csv or .parquet file."""
    return _write_table(card.table, out)


def brief(case: str, as_of: date | None, seed: int, out: Path | None, report: Report) -> tuple[Path, Path]:
    """Writes brief.html and brief.json. A brief counts months, whatever the step of the case."""
    from vedette.brief.compose import compose  # charts: half a second that no other command needs
    from vedette.brief.findings import find
    from vedette.brief.writing import write_brief

    read = read_case(case)
    holdings, panel, known = _panel(read, as_of, seed, Step.MONTH)
    found = find(read, holdings, panel, known, seed, report)
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


def _past(case: Case, as_of: date | None, measure: Measure, by: By, seed: int) -> History:
    _, panel, _ = _panel(case, as_of, seed)
    return panel_history(panel, case, measure, by)


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
