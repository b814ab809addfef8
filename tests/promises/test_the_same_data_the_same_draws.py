"""The same data give the same draws, to the last one, by Python, as a table of any form, and as a case."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from support.fourland import OBSERVED_COLUMNS, CaseFolder, observed_rows

from vedette import commands
from vedette.case import read_case
from vedette.commands import CountFile, ForecastOutputs
from vedette.model import (
    By,
    Forecast,
    History,
    Kind,
    Measure,
    Pool,
    forecast,
    methods,
    panel_history,
    read_draws,
)
from vedette.periods import Ahead, Step, parse

FIRST, MONTHS, DRAWS = parse("2012-01", Step.MONTH), 40, 40
UNITS = ("Anbar", "Basra", "Kirkuk", "Najaf", "Wasit")

Table = pl.DataFrame


def counts() -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Deaths by month and unit; the last two units had none."""
    rng = np.random.default_rng(3)
    deaths = rng.negative_binomial(0.6, [0.02, 0.2, 0.05, 0.5, 0.5], (MONTHS, len(UNITS)))
    deaths[:, 3:] = 0
    return deaths.astype(np.int64)


def by_python(measure: str = "deaths") -> Forecast:
    history = History.of(counts(), UNITS, FIRST, Step.MONTH, measure=measure)
    return forecast(Pool(), history, history.span.last, 3, DRAWS, seed=1)


def long(name: str = "deaths") -> Table:
    months = [f"{2012 + at // 12}-{at % 12 + 1:02d}" for at in range(MONTHS)]
    cells = [(month, unit) for month in months for unit in UNITS]
    return pl.DataFrame(cells, ["period", "unit"], orient="row").with_columns(
        pl.Series(name, counts().ravel())
    )


def views(table: Table) -> Table:
    """The same as VIEWS writes it: months by number, countries by number, deaths called outcome."""
    number = pl.col("period").rank("dense").cast(pl.Int64) + 384
    country = pl.col("unit").replace_strict({unit: 7 * at + 2 for at, unit in enumerate(UNITS)})
    return table.select(month_id=number, country_id=country, outcome="deaths")


SAME: dict[str, Callable[[Table], Table]] = {
    "long": lambda table: table,
    "named by ACLED": lambda table: table.rename({"deaths": "fatalities"}),
    "named by UCDP": lambda table: table.rename({"deaths": "best"}),
    "named by VIEWS": views,
    "shuffled": lambda table: table.sample(fraction=1.0, shuffle=True, seed=4),
    "another first unit": lambda table: table.sort("unit", "period", descending=[True, False]),
    "other columns": lambda table: table.with_columns(population=pl.lit(3.5), note=pl.lit("x")),
    "columns in another order": lambda table: table.select("deaths", "unit", "period"),
}


def drawn(path: Path, measure: Measure | None = None) -> Forecast:
    out, file = path.with_name("draws.parquet"), CountFile(path, measure=measure)
    files = ForecastOutputs(out)
    commands.forecast_counts(file, months=Ahead(1, 3), draws=DRAWS, seed=1, files=files)
    return read_draws(out)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("form", SAME.values(), ids=SAME)
def test_every_form_of_a_table_gives_the_draws_of_python(
    tmp_path: Path, form: Callable[[Table], Table], ending: str
) -> None:
    path, table = tmp_path / f"table.{ending}", form(long())
    table.write_csv(path) if ending == "csv" else table.write_parquet(path)
    ahead, expected = drawn(path), by_python()
    assert ahead.measure == "deaths"
    names = UNITS if "Anbar" in ahead.units else tuple(str(7 * at + 2) for at in range(len(UNITS)))
    order = [ahead.units.index(name) for name in names]
    assert ahead.draws[:, :, order].tobytes() == expected.draws.tobytes()


def test_a_wide_table_is_of_deaths_where_the_user_says_so(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    long().pivot(on="unit", index="period", values="deaths").write_csv(path)
    assert drawn(path, Measure.DEATHS).draws.tobytes() == by_python().draws.tobytes()
    assert drawn(path, Measure.EVENTS).draws.tobytes() == by_python("events").draws.tobytes()
    assert drawn(path).draws.tobytes() == by_python("count").draws.tobytes()
    assert by_python("count").draws.tobytes() != by_python().draws.tobytes()


@pytest.mark.parametrize("name", [name for name in methods(By.PLACE, Step.MONTH) if "bayes" not in name])
def test_names_and_order_of_units_move_no_draw(name: str) -> None:
    model, deaths = methods(By.PLACE, Step.MONTH)[name], counts()
    events, touch = (deaths + 2) // 3, 1.0 - np.eye(len(UNITS))
    other = [2, 0, 4, 1, 3]
    one, two = (
        History.of(
            deaths[:, order],
            names,
            FIRST,
            Step.MONTH,
            measure="deaths",
            events=events[:, order],
            neighbours=touch,
            kind=Kind.PLACE,
        )
        for order, names in (
            ([0, 1, 2, 3, 4], UNITS),
            (other, ["k", "A-1", "twin b", "Z", "twin a"]),
        )
    )
    first, second = (forecast(model, past, past.span.last, 3, 24, seed=1).draws for past in (one, two))
    assert first[:, :, other].tobytes() == second.tobytes()


def test_a_case_gives_the_draws_of_the_table_of_its_counts(case_folder: CaseFolder, tmp_path: Path) -> None:
    certain = [row for row in observed_rows() if "2013-02,2013-04" not in row]
    observed = "\n".join([OBSERVED_COLUMNS, *certain]) + "\n"
    folder = str(case_folder({"observed.csv": observed}))
    asked = commands.forecast(folder, by=By.STRATUM, months=Ahead(1, 3), draws=DRAWS, seed=1)
    assert asked.known is not None
    past = panel_history(asked.known.panel, read_case(folder), Measure.DEATHS, By.STRATUM)
    assert past.events is not None and len(past.values) > 1
    path = tmp_path / "table.csv"
    rows = [
        (month, unit, int(past.events[0, at, number]), int(past.values[0, at, number]))
        for at, month in enumerate(past.span.labels())
        for number, unit in enumerate(past.units)
    ]
    pl.DataFrame(rows, ["period", "unit", "events", "deaths"], orient="row").write_csv(path)
    ahead = drawn(path, Measure.DEATHS)
    assert ahead.draws.tobytes() == asked.forecast.draws.tobytes()
