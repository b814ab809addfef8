"""The brief's totals against a count of the raw files that shares no code with vedette."""

import csv
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.command_fixtures import shortened
from support.once import Once
from support.running import Run, figures, records

from vedette.case import SHIPPED, read_case
from vedette.model import By
from vedette.model.target import by_unit
from vedette.panel import gather, make_panel

Key = tuple[str, ...]

BEYOND_COUNTS = ("mechanisms.yaml", "scenarios", "replays", "interventions.csv", "events")
"""What of the case needs more than counts, and much time."""
ISLAMIC_STATE, MAHDI_ARMY, AAH, JAYSH_AL_MUKHTAR = "234", "5659", "886", "4357"
TURKEY_PKK_DYADS = {"781", "988"}


def stratum_of(row: dict[str, str]) -> str:
    """The strata of the Iraq case, said again by hand."""
    sides = {row["side_a_new_id"], row["side_b_new_id"]}
    if row["dyad_new_id"] in TURKEY_PKK_DYADS:
        return "turkey-pkk"
    if ISLAMIC_STATE in sides:
        return "islamic-state"
    return "militias" if sides & {MAHDI_ARMY, AAH, JAYSH_AL_MUKHTAR} else "other"


def raw_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if not row["id"].startswith("#") and row["id"]]


def counted(rows: list[dict[str, str]]) -> Counter[tuple[Key, str]]:
    """Events and deaths by year and stratum."""
    found: Counter[tuple[Key, str]] = Counter()
    for row in rows:
        key = (row["date_end"][:4], stratum_of(row))
        found[key, "events"] += 1
        for measure in ("low", "best", "high"):
            found[key, measure] += int(row[measure])
    return found


def in_brief(accounts: list[dict[str, Any]], dataset: str) -> Counter[tuple[Key, str]]:
    found: Counter[tuple[Key, str]] = Counter()
    for row in accounts:
        if row["dataset"] == dataset:
            for measure in ("events", "low", "best", "high"):
                found[(row["year"], row["stratum"]), measure] += row[measure]
    return found


@pytest.fixture(scope="session")
def full_edition(run: Run, iraq_files: tuple[Path, Path], once: Once) -> Path:
    """A brief as of the end of 2020 made from the event files.

    What it asks beyond counts is kept small: three months ahead, no mechanism, no interventions.
    """

    def make(folder: Path) -> None:
        case, home = folder / "iraq", folder / "home"
        shutil.copytree(SHIPPED / "iraq", case, ignore=shutil.ignore_patterns(*BEYOND_COUNTS))
        shortened(case, start="1989-01-01", horizon=3)
        loaded = run("events", "load", case, *iraq_files, home=home)
        assert loaded.returncode == 0, loaded.stderr
        done = run(
            "brief", case, "--as-of", "2020-12-31", "--out", folder / "brief", "--format", "json", home=home
        )
        assert done.returncode == 0, done.stderr

    return once("iraq-from-event-files", make) / "brief"


def test_the_brief_holds_every_record_of_the_raw_file_by_year_and_stratum(
    full_edition: Path, iraq_files: tuple[Path, Path]
) -> None:
    raw = raw_rows(iraq_files[0])
    assert len(raw) == len({row["id"] for row in raw}) == 7473
    accounts = records(figures(full_edition)["accounts"])
    assert +in_brief(accounts, "ucdp") == +counted(raw)


def test_the_partial_subset_stands_apart(full_edition: Path, iraq_files: tuple[Path, Path]) -> None:
    raw = raw_rows(iraq_files[1])
    accounts = [
        row for row in records(figures(full_edition)["accounts"]) if row["dataset"] == "ucdp-ged-precise"
    ]
    assert sum(row["events"] for row in accounts) == len(raw) == 281
    for measure, column in (("low", "low_death"), ("best", "best_death"), ("high", "high_death")):
        assert sum(row[measure] for row in accounts) == sum(int(row[column]) for row in raw)
    by_year = Counter(row["date"][:4] for row in raw)
    for year in ("2019", "2020"):
        assert sum(row["events"] for row in accounts if row["year"] == year) == by_year[year]


def test_observed_csv_alone_gives_the_same_panel_as_the_event_files(
    run: Run, iraq_files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("events", "load", "iraq", *iraq_files, home=tmp_path / "full").returncode == 0
    case, panels, origins = read_case("iraq"), [], []
    for home in ("full", "empty"):
        monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / home))
        held = gather(case)
        origins.append(held.origins)
        panels.append(make_panel(held.cells, case, date(2020, 12, 31), case.step, seed=1, draws=20))
    files, alone = panels
    assert origins[0] != origins[1]
    assert (files.estimated == alone.estimated).all()
    assert files.accounts.equals(alone.accounts)
    for measure in ("events", "low", "best", "high"):
        for by in By:
            same, other = (by_unit(panel, case, measure, by, panel.grid.span) for panel in panels)
            assert same[1] == other[1]
            assert (same[0] == other[0]).all(), (measure, by)


def test_estimated_years_equal_the_national_totals(full_edition: Path, shared: Path) -> None:
    totals: Counter[str] = Counter()
    with (shared / "data" / "ucdp" / "iso3_month_fatalities_2010_2020.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["isocode"] == "IRQ":
                totals[row["period"][:4]] += int(float(row["fatalities_UCDP"]))
    months = records(figures(full_edition)["deaths-by-month"])
    # Deaths of late 2018 that are dated only to a span of time do not reach into 2019.
    for year, expected in (("2019", 916), ("2020", 928)):
        assert totals[year] == expected
        rows = [row for row in months if row["period"].startswith(year)]
        assert {row["mark"] for row in rows} == {"estimated"}
        assert sum(row["best"] for row in rows) == expected


def test_what_is_known_only_as_a_total_is_counted_in_the_partial_months_alone(
    run: Run, tmp_path: Path
) -> None:
    counts = shutil.ignore_patterns(*BEYOND_COUNTS)
    case = Path(shutil.copytree(SHIPPED / "iraq", tmp_path / "iraq", ignore=counts))
    shortened(case, start="2015-01-01", horizon=3)
    words = ("--as-of", "2019-03-31", "--out", tmp_path / "brief", "--format", "json")
    done = run("brief", case, *words, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    months = {"2019-01", "2019-02", "2019-03"}
    with (SHIPPED / "iraq" / "totals.csv").open(encoding="utf-8") as file:
        total = sum(int(row["deaths"]) for row in csv.DictReader(file) if row["period"] in months)
    with (SHIPPED / "iraq" / "observed.csv").open(encoding="utf-8") as file:
        placed = sum(int(row["best"]) for row in csv.DictReader(file) if row["last"] in months)
    found = figures(tmp_path / "brief")
    expected = (total - placed) / found["deaths-last-year"]["value"]
    assert found["estimated-share"]["value"] == pytest.approx(expected, rel=1e-5)
    assert 0 < expected < 0.5
