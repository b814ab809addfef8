"""How long the pool takes, against drawing as many negative binomials as it gives.

    python benchmarks/forecast.py [--shared ../shared] [--origins 162] [--cells 2560]

On the Iraq panels of the evaluation (deaths, governorates and country): one forecast when nothing is
remembered, the next one, and as many origins in order as the evaluation has. Without the shared data a
simulated panel of the same size stands in, and that is said. Then two simulated tables: 174 countries with
their analogues, from the file and from Python, and a map of cells (13,000 are a PRIO-GRID map of Africa),
block by block. Seconds are those of the processor, so that other work on the machine hardly counts.
"""

import argparse
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from vedette.case.geography.countries import country_records
from vedette.commands import CountFile, ForecastOutputs, forecast_counts
from vedette.model import History, Kind, Measure, Pool, forecast, forecast_blocks
from vedette.model.pool import past_draws, past_performance
from vedette.periods import Step, parse

sys.path.insert(0, str(Path(__file__).parents[1] / "studies"))
from panels import IRAQ, read_events, target

HORIZONS, DRAWS, SEED, COUNTRIES = 12, 1000, 1, 174
LAST = parse("2018-05", Step.MONTH)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--origins", type=int, default=162)
    parser.add_argument("--cells", type=int, default=2560)
    asked = parser.parse_args()
    for name, history in panels(asked.shared).items():
        measure(name, history, asked.origins)
    countries(as_countries(simulated(COUNTRIES, 132)))
    before = peak()
    cells(simulated(asked.cells, 360))
    print(f"peak memory {peak():,.0f} MB, of which {peak() - before:,.0f} MB more for the map")


def peak() -> float:
    """The most memory used so far, in MB."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 if sys.platform == "linux" else 1 << 20)


def simulated(units: int, months: int) -> History:
    """Deaths in many units, most of them silent for most of the time."""
    rng = np.random.default_rng(SEED)
    mean = np.exp(rng.normal(-3.0, 2.5, units))
    counts = rng.negative_binomial(0.3, 0.3 / (0.3 + mean), (months, units))
    return History.of(
        counts, [f"{unit}" for unit in range(units)], LAST - months + 1, Step.MONTH, None, "deaths"
    )


def as_countries(history: History) -> History:
    """The same with the codes of countries as units."""
    codes = tuple(record.country.iso3 for record in country_records())[: len(history.units)]
    return replace(history, units=codes, kind=Kind.COUNTRY, countries=codes)


def countries(history: History) -> None:
    """Times of the file and of Python for the same forecast."""
    start = time.process_time()
    forecast(Pool(), history, LAST, HORIZONS, DRAWS, SEED)
    python = time.process_time() - start
    past_draws._kept_draws.cache_clear()
    past_performance._kept_performance.cache_clear()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        frame = pl.DataFrame(history.values[0], list(history.units), orient="row")
        frame.insert_column(0, pl.Series("month", history.span.labels())).write_csv(table)
        file, files = (
            CountFile(table, measure=Measure.DEATHS),
            ForecastOutputs(Path(folder) / "draws.parquet"),
        )
        start = time.process_time()
        forecast_counts(file, draws=DRAWS, seed=SEED, files=files)
        told = time.process_time() - start
    print(
        f"{len(history.units)} countries: {python:.1f} s of processor from Python, {told:.1f} s from a file,"
    )
    print(f"  which is {told / python:.2f} times that, with all draws written")


def cells(history: History) -> None:
    """The time of a map of cells, against drawing as many negative binomials."""
    start = time.process_time()
    total = sum(block.draws.sum() for block in forecast_blocks(Pool(), history, LAST, HORIZONS, DRAWS, SEED))
    spent, units = time.process_time() - start, len(history.units)
    limit = drawing(units)
    print(
        f"{units:,} cells: {spent:.1f} s of processor, {1000 * spent / units:.1f} ms a cell, {total:,} deaths"
    )
    print(f"  numpy alone draws as many negative binomials in {limit:.1f} s: {spent / limit:.0f} times that")


def panels(shared: Path) -> dict[str, History]:
    """The country and the governorates."""
    if (shared / IRAQ).exists():
        events = read_events(shared, IRAQ)
        return {"country": target(events, "T1 all"), "governorates": target(events, "T2 deaths")}
    print(f"no data in {shared}: simulated panels of the same size")
    rng = np.random.default_rng(SEED)
    counts = rng.negative_binomial(0.5, 0.1, (360, 18))
    places = History.of(
        4 * counts, list("abcdefghijklmnopqr"), LAST - 352, Step.MONTH, None, "deaths", counts
    )
    return {"country": places.total("all"), "governorates": places}


def measure(name: str, history: History, origins: int) -> None:
    """Times of one panel."""
    cold = seconds(history, range(LAST, LAST + 1))
    warm = seconds(history, range(LAST, LAST + 1))
    whole = seconds(history, range(LAST - origins + 1, LAST + 1))
    limit = origins * drawing(len(history.units))
    print(f"{name}: one forecast {cold:.2f} s, again {warm:.2f} s; {origins} origins {whole:.1f} s")
    print(f"  numpy alone draws as many negative binomials in {limit:.2f} s: {whole / limit:.0f} times that")


def seconds(history: History, origins: range) -> float:
    """Seconds of processor that forecasts from these origins take."""
    start = time.process_time()
    for origin in origins:
        forecast(Pool(), history, origin, HORIZONS, DRAWS, SEED)
    return time.process_time() - start


def drawing(units: int) -> float:
    """Seconds of processor in which numpy draws one forecast."""
    rng, share = np.random.default_rng(SEED), np.random.default_rng(2).uniform(0.05, 0.9, units)
    start = time.process_time()
    for first in range(0, units, 256):
        some = share[first : first + 256]
        rng.negative_binomial(0.5, some, (DRAWS, HORIZONS, len(some)))
    return time.process_time() - start


if __name__ == "__main__":
    main()
