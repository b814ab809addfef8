"""Uncertain truth: true deaths drawn for each event of a panel, the same however they are looked at."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from support.fourland import CASE_FILES, OBSERVED_COLUMNS, CaseFolder

from vedette.case import Case, read_case
from vedette.model import By, uncertain_truth
from vedette.panel import TRUE, Panel, coder_cdf, coder_draws, coder_mean, gather, make_panel, ranged, truth
from vedette.panel.imprecise import single_events
from vedette.periods import Span, Step

DYADS = (
    "200,Government of Fourland - Rebel Front,10,Government of Fourland,20,Rebel Front,state-based",
    "300,Rebel Front - Home Guard,20,Rebel Front,30,Home Guard,non-state",
)
ROWS = (
    f"ucdp,2013-03,2013-03,FO-A,strip,{DYADS[0]},1,1,1,60,100,140",
    f"ucdp,2013-03,2013-03,FO-B,,{DYADS[1]},1,1,4,20,42,60",
    f"ucdp,2013-03,2013-05,FO-C,,{DYADS[0]},5,1,2,5,11,30",
    f"ucdp,2013-06,2013-06,FO-A,?,{DYADS[0]},1,4,1,3,9,9",
)


def panel_of(
    case_folder: CaseFolder,
    rows: tuple[str, ...] = ROWS,
    seed: int = 1,
    draws: int = 2000,
    name: str = "made",
) -> tuple[Case, Panel]:
    table = "\n".join([OBSERVED_COLUMNS, *rows]) + "\n"
    case = read_case(case_folder({"observed.csv": table}, name=name))
    return case, make_panel(gather(case).cells, case, date(2013, 12, 31), Step.MONTH, seed, draws)


def everywhere(panel: Panel) -> np.ndarray:
    return panel.series(TRUE, panel.grid.everywhere)[:, :, 0]


def test_a_single_event_follows_the_coders(case_folder: CaseFolder) -> None:
    _, panel = panel_of(case_folder, ROWS[:1], draws=20_000)
    deaths = everywhere(panel).sum(axis=(1, 2))
    at = np.array([50, 99, 100, 130, 200])
    assert (deaths[:, None] <= at).mean(axis=0) == pytest.approx(coder_cdf(at, 100, 0), abs=0.012)


def test_a_cell_of_several_is_the_sum_of_its_parts(case_folder: CaseFolder) -> None:
    _, panel = panel_of(case_folder, ROWS[1:2], draws=20_000)
    deaths = everywhere(panel).sum(axis=(1, 2))
    assert deaths.mean() == pytest.approx(float(coder_mean([11, 11, 10, 10], 1).sum()), rel=0.01)


def test_places_and_strata_add_up_and_imprecise_events_stay_in_their_window(case_folder: CaseFolder) -> None:
    case, panel = panel_of(case_folder)
    whole = uncertain_truth(panel, case, By.COUNTRY)
    for by in (By.PLACE, By.STRATUM):
        assert (uncertain_truth(panel, case, by).sum(axis=2) == whole[:, :, 0]).all()
    months = panel.grid.span.labels()
    kept = [months.index(month) for month in ("2013-03", "2013-04", "2013-05", "2013-06")]
    assert np.delete(whole, kept, axis=1).sum() == 0
    place = uncertain_truth(panel, case, By.PLACE)
    names = [name for name, _ in panel.grid.places]
    assert (place[:, kept[1:3], names.index("FO-C")] > 0).any()
    assert place[:, :, names.index("FO-D")].sum() == 0


def test_a_window_shows_the_same_draws(case_folder: CaseFolder) -> None:
    _, panel = panel_of(case_folder, draws=50)
    first = panel.grid.span.first + 3
    part = panel.series(TRUE, panel.grid.places, Span(first, first + 5, Step.MONTH))
    assert (part == panel.series(TRUE, panel.grid.places)[:, 3:9]).all()


def test_the_same_seed_gives_the_same_truth_in_any_slabs(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, panel = panel_of(case_folder, draws=40)
    once = everywhere(panel)
    assert (everywhere(panel_of(case_folder, draws=40, name="again")[1]) == once).all()
    assert (everywhere(panel_of(case_folder, seed=2, draws=40, name="other")[1]) != once).any()
    monkeypatch.setattr(truth, "_SLAB", 90)
    assert (everywhere(panel) == once).all()


def test_drawing_the_truth_moves_nothing_else(case_folder: CaseFolder) -> None:
    _, panel = panel_of(case_folder, draws=30)
    before = panel.series("best", panel.grid.places)
    everywhere(panel)
    assert (panel.series("best", panel.grid.places) == before).all()


def test_data_without_a_survey_of_coders_lie_between_low_and_high(case_folder: CaseFolder) -> None:
    yaml = str(CASE_FILES["case.yaml"]).replace("dataset: ucdp\n", "dataset: acled\n", 1)
    yaml = yaml.replace("  partial: {dataset: ucdp-ged-precise, first: 2015-01, last: 2015-06}\n", "")
    yaml = yaml.replace("- {dataset: ucdp,", "- {dataset: acled,")
    row = f"acled,2013-03,2013-03,FO-A,strip,{DYADS[0]},1,1,1,60,100,200"
    later = f"acled,2013-09,2013-09,FO-A,strip,{DYADS[0]},1,1,1,7,7,7"
    files = {"case.yaml": yaml, "observed.csv": "\n".join([OBSERVED_COLUMNS, row, later]) + "\n"}
    case = read_case(case_folder(files))
    panel = make_panel(gather(case).cells, case, date(2013, 8, 31), Step.MONTH, 1, 5000)
    deaths = everywhere(panel).sum(axis=(1, 2))
    assert deaths.min() >= 60
    assert deaths.max() <= 200
    assert deaths.mean() == pytest.approx(120, rel=0.02)


@pytest.mark.parametrize("chance", [0.0, 0.3, 0.9999])
def test_no_doubt_leaves_the_report(chance: float) -> None:
    seven = np.array([7])
    assert ranged(seven, seven, seven, np.array([chance])).tolist() == [7]


def test_the_triangle_by_hand_and_out_of_order() -> None:
    chance = np.random.default_rng(5).random(200_000)
    drawn = ranged(np.array(0), np.array(100), np.array(400), chance)
    assert drawn.mean() == pytest.approx(500 / 3, rel=0.01)
    assert (drawn <= 100).mean() == pytest.approx(0.25, abs=0.01)
    assert (ranged(np.array(400), np.array(100), np.array(0), chance) == drawn).all()


def test_the_iraq_case_draws_more_deaths_than_were_reported() -> None:
    case = read_case("iraq")
    panel = make_panel(gather(case).cells, case, date(2009, 12, 31), Step.MONTH, seed=1, draws=20)
    true, best = (panel.series(what, panel.grid.everywhere).sum(axis=(1, 2, 3)) for what in (TRUE, "best"))
    assert 1.15 < true.mean() / best.mean() < 1.35


def test_cells_taken_apart_come_close_to_the_single_events(shared: Path) -> None:
    raw = pl.read_csv(
        shared / "data/iraq/ucdp_ged_irq_1989_2018_hdx.csv", infer_schema=False, skip_rows_after_header=1
    )
    deaths = ("low", "best", "high")
    events = raw.select(
        pl.col(*deaths, "type_of_violence").cast(pl.Float64).cast(pl.Int64),
        pl.col("date_start", "date_end").str.slice(0, 7),
        "adm_1",
        "dyad_new_id",
        "date_prec",
        "where_prec",
    ).filter(pl.col("date_end") < "2010")
    keys = [name for name in events.columns if name not in deaths]
    sums = [pl.len().cast(pl.Int64).alias("events"), *(pl.col(name).sum() for name in deaths)]
    apart = single_events(events.group_by(keys, maintain_order=True).agg(sums))
    exact, split = (
        coder_draws(table["best"], table["type_of_violence"].to_numpy() - 1, np.random.default_rng(1), 1000)
        for table in (events, apart)
    )
    assert split.sum(axis=0).mean() == pytest.approx(exact.sum(axis=0).mean(), rel=0.02)
    assert split.sum(axis=0).std() == pytest.approx(exact.sum(axis=0).std(), rel=0.2)
