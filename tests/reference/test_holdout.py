"""Reconciling to totals, checked on years whose events are known.

Each year of 2010-2018 in turn keeps only its events placed to a town and dated to a day, and the national
totals; the panel made from these is compared with the one made from all events of that year.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from vedette.case import Case, Partial, read_case
from vedette.events import load, open_events
from vedette.panel import Panel, cells, make_panel
from vedette.periods import Step, parse

DOCS = Path(__file__).resolve().parents[2] / "docs"
YEARS = range(2010, 2019)
SUBSET = "ucdp-ged-precise"


@pytest.fixture(scope="module")
def iraq(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, pl.DataFrame]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VEDETTE_HOME", str(tmp_path_factory.mktemp("home")))
        case = read_case("iraq")
        load(case, [shared / "data" / "iraq" / "ucdp_ged_irq_1989_2018_hdx.csv"])
        return case, open_events(case).table("ucdp", None)


def last_year(panel: Panel) -> npt.NDArray[np.int64]:
    """Deaths of the last twelve months, shape (draws, months, places)."""
    return np.asarray(panel.series("best", panel.grid.places)[:, -12:].sum(axis=3))


def masked(case: Case, events: pl.DataFrame, year: int, totals: list[int]) -> Panel:
    """The panel from earlier years, the exactly known events of the year, and its monthly totals."""
    this_year = pl.col("date_end").dt.year() == year
    exact = (pl.col("place_precision") <= 2) & (pl.col("date_precision") == 1)
    before = events.filter(pl.col("date_end").dt.year() < year)
    subset = events.filter(this_year & exact).with_columns(pl.lit(SUBSET).alias("dataset"))
    months = [f"{year}-{month:02d}" for month in range(1, 13)]
    partial = Partial(SUBSET, parse(months[0], Step.MONTH), parse(months[-1], Step.MONTH))
    known = replace(case, totals=pl.DataFrame({"period": months, "deaths": totals}), partial=partial)
    made = cells(pl.concat([before, subset]), known, Step.MONTH)
    return make_panel(made, known, date(year, 12, 31), Step.MONTH, seed=1)


def test_intervals_hold_most_governorates_and_the_page_says_how_far_the_middle_is_off(
    iraq: tuple[Case, pl.DataFrame],
) -> None:
    case, events = iraq
    inside, error, scaled_error = [], 0.0, 0.0
    for year in YEARS:
        known = events.filter(pl.col("date_end").dt.year() <= year)
        whole = replace(case, partial=None, totals=None)
        full = make_panel(cells(known, whole, Step.MONTH), whole, date(year, 12, 31), Step.MONTH, seed=1)
        truth = np.median(last_year(full), axis=0)
        totals = np.median(last_year(full).sum(axis=2), axis=0).astype(int)
        panel = masked(case, events, year, totals.tolist())
        assert (last_year(panel).sum(axis=2) == totals).all()
        drawn = last_year(panel).sum(axis=1)
        low, middle, high = np.quantile(drawn, [0.05, 0.5, 0.95], axis=0)
        exact = np.stack([panel.placed[2][-12:, list(parts)].sum() for _, parts in panel.grid.places])
        inside += ((truth.sum(axis=0) >= low) & (truth.sum(axis=0) <= high)).tolist()
        error += float(np.abs(middle - truth.sum(axis=0)).sum())
        scaled_error += float(np.abs(exact * totals.sum() / exact.sum() - truth.sum(axis=0)).sum())
    print(f"{sum(inside)} of {len(inside)} governorate-years inside the 90 % interval")
    print(f"absolute error {error:,.0f} deaths, scaling the subset up {scaled_error:,.0f}")
    assert np.mean(inside) > 0.8
    page = " ".join((DOCS / "explanation" / "partial-data.md").read_text(encoding="utf-8").split())
    assert f"{sum(inside)} of {len(inside)} cases" in page
    assert f"was {error:,.0f} deaths of some 60,000, no better than the {scaled_error:,.0f} when" in page
    assert error > scaled_error
