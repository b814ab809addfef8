"""Areas never change the country: it is counted, forecast and scored from its events, wherever they lie."""

import csv
import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.event_files import GED_ROW, ged, write
from support.fourland import CASE_FILES, CASE_YAML, CaseFolder, collection, square
from support.running import Run

from vedette.case import Case, read_case
from vedette.commands import forecast, score
from vedette.events import load
from vedette.model import By, uncertain_truth
from vedette.model.target import by_unit
from vedette.panel import MEASURES, NOWHERE, Panel, gather, make_panel
from vedette.periods import Step


def areas_of(*named: tuple[str, str, float, float]) -> str:
    """Unit squares with an id and a name, by their south-western corner."""
    squares: list[tuple[dict[str, object], dict[str, object]]] = [
        ({"id": id_, "name": name}, square(x, y)) for id_, name, x, y in named
    ]
    return collection(*squares)


AREAS = {
    "none": collection(),
    "as published": areas_of(("FO-A", "Alfa", 0, 0), ("FO-B", "Bravo", 1, 0)),
    "wrong names": areas_of(("X0", "Elsewhere", 0, 0), ("X1", "Far off", 1, 0)),
    "wrong level": collection(
        ({"ADM2_PCODE": "F1", "ADM2_EN": "Alfa", "ADM1_EN": "Bravo"}, square(1, 0)),
        ({"ADM2_PCODE": "F2", "ADM2_EN": "Upper Alfa", "ADM1_EN": "Alfa"}, square(0, 0, 1, 0.5)),
        ({"ADM2_PCODE": "F3", "ADM2_EN": "Lower Alfa", "ADM1_EN": "Alfa"}, square(0, 0.5, 1, 0.5)),
    ),
    "shifted": areas_of(("S0", "Shifted", 0.4, 0.4), ("S1", "Moved", 1.4, 0.4)),
    "renamed": areas_of(("R1", "Bravo", 0, 0), ("R2", "Alfa", 1, 0)),
    "one": areas_of(("FO-A", "Alfa", 0, 0)),
}
YAML = CASE_YAML.split("aliases:")[0] + (
    "strata: [{id: rebels, name: Rebels, actors: [20]}]\nevents: {dataset: ucdp}\n"
)
ALONE = dict.fromkeys(("sites.csv", "timeline.csv", "observed.csv", "totals.csv", "interventions.csv"))
DYADS = (
    {"dyad_new_id": 200, "dyad_name": "Army - Front", "side_a_new_id": 10, "side_b_new_id": 20},
    {"dyad_new_id": 400, "dyad_name": "Clan East - Clan West", "side_a_new_id": 41, "side_b_new_id": 42},
)
NAMES = ("Alfa province", "Bravo", "Upper Alfa", "Nowhere", "")


@st.composite
def event_rows(draw: st.DrawFn) -> list[dict[str, object]]:
    """Events of 2012-2014 with and without names and points, some over several months, one at the end."""
    rows: list[dict[str, object]] = [{"id": 0, "date_start": "2014-12-03", "date_end": "2014-12-03"}]
    for number in range(1, draw(st.integers(4, 14))):
        month, longer = draw(st.integers(0, 33)), draw(st.sampled_from((0, 0, 0, 1, 2)))
        begin, end = (f"{2012 + m // 12}-{m % 12 + 1:02d}-03" for m in (month, month + longer))
        low, best = draw(st.integers(0, 3)), draw(st.integers(3, 40))
        rows.append(
            {
                **{"id": number, "date_start": begin, "date_end": end, "adm_1": draw(st.sampled_from(NAMES))},
                **{"where_prec": draw(st.integers(1, 6)), "adm_2": draw(st.sampled_from(NAMES))},
                **{"longitude": draw(st.sampled_from((0.25, 1.5, 9.0))), "latitude": 0.25},
                **{"low": low, "best": best, "high": best + low, "type_of_violence": 1 + number % 3},
                **draw(st.sampled_from(DYADS)),
            }
        )
    return rows


def case_of(case_folder: CaseFolder, areas: str, file: Path, name: str) -> Case:
    case = read_case(case_folder({**ALONE, "case.yaml": YAML, "places.geojson": areas}, name=name))
    load(case, [file])
    return case


def panel_of(case: Case) -> Panel:
    return make_panel(gather(case).cells, case, date(2014, 12, 31), Step.MONTH, seed=3, draws=6)


@given(rows=event_rows(), chosen=st.sampled_from(sorted(set(AREAS) - {"none"})))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_draw_of_the_country_is_the_same_with_any_areas(
    rows: list[dict[str, object]],
    chosen: str,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> None:
    folder = tmp_path_factory.mktemp("areas")
    case_folder, file = request.getfixturevalue("case_folder"), write(folder, "ged.csv", ged(*rows))
    series = []
    for areas in ("none", chosen):
        case = case_of(case_folder, AREAS[areas], file, f"{folder.name}-{areas}")
        panel = panel_of(case)
        by = {
            what: by_unit(panel, case, what, By.STRATUM, panel.grid.span)[0] for what in (*MEASURES, "true")
        }
        series.append(by)
        for what in (*MEASURES, "true"):
            places = by_unit(panel, case, what, By.PLACE, panel.grid.span)[0]
            assert (places.sum(axis=2) == by[what].sum(axis=2)).all(), (areas, what)
    for what, draws in series[0].items():
        assert (draws == series[1][what]).all(), what
    plain = Counter({what: sum(int(str({**GED_ROW, **row}[what])) for row in rows) for what in MEASURES[1:]})
    for what in MEASURES[1:]:
        assert (series[0][what].sum(axis=(1, 2)) == plain[what]).all()
    dated = [{**GED_ROW, **row} for row in rows]
    if all(row["date_start"] == row["date_end"] for row in dated):
        months = Counter[str]()
        for row in dated:
            months[str(row["date_end"])[:7]] += int(str(row["best"]))
        found = series[0]["best"][0].sum(axis=1)
        assert {m: int(n) for m, n in zip(panel.grid.span.labels(), found, strict=True) if n} == dict(+months)


def events() -> list[dict[str, object]]:
    """Three years with some events in each month, some over two months."""
    rng = np.random.default_rng(4)
    rows: list[dict[str, object]] = []
    for month in range(36):
        for number in range(int(rng.integers(1, 4))):
            over = int(month < 35 and rng.random() < 0.2)
            begin, end = (f"{2012 + m // 12}-{m % 12 + 1:02d}-05" for m in (month, month + over))
            rows.append(
                {
                    **{"id": 10 * month + number, "date_start": begin, "date_end": end},
                    **{"adm_1": NAMES[rng.integers(5)], "where_prec": int(rng.integers(1, 7))},
                    **{"longitude": float(rng.choice([0.25, 1.5, 9.0])), "latitude": 0.25},
                    **{"low": 1, "best": int(rng.integers(1, 30)), "high": 40},
                    **DYADS[int(rng.integers(2))],
                }
            )
    return rows


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Forecasts and scores of the same events with each set of areas."""
    folder = tmp_path_factory.mktemp("answers")
    file = write(folder, "ged.csv", ged(*events()))

    def made(files: dict[str, Any], name: str) -> Path:
        (folder / name).mkdir()
        for path, content in {**CASE_FILES, **files}.items():
            if content is not None:
                (folder / name / path).write_text(content)
        return folder / name

    return {name: answers(case_of(made, areas, file, f"case-{name}")) for name, areas in AREAS.items()}


def answers(case: Case) -> dict[str, Any]:
    home = str(case.folder)

    def draws(model: str, by: By) -> Any:
        return forecast(home, model, by=by, draws=40).forecast.draws

    return {
        "last by country": draws("last", By.COUNTRY),
        "conflictology-12 by country": draws("conflictology-12", By.COUNTRY),
        "conflictology-12 by stratum": draws("conflictology-12", By.STRATUM),
        "places": draws("conflictology-12", By.PLACE).sum(axis=2),
        "cells": draws("conflictology-12", By.CELL).sum(axis=2),
        "scores": score(home, models=["last", "conflictology-12"], draws=20).card.table.to_dicts(),
        "truth": uncertain_truth(panel_of(case), case, By.COUNTRY),
    }


@pytest.mark.parametrize("areas", sorted(set(AREAS) - {"none"}))
def test_forecasts_and_scores_are_the_same_with_any_areas(
    answered: dict[str, dict[str, Any]], areas: str
) -> None:
    for question, answer in answered["none"].items():
        other = answered[areas][question]
        same = other == answer if isinstance(answer, list) else np.array_equal(other, answer)
        assert same, question


@pytest.mark.parametrize("areas", sorted(AREAS))
def test_places_add_up_to_the_country_with_a_remainder_in_no_place(
    answered: dict[str, dict[str, Any]], areas: str
) -> None:
    country = answered["none"]["conflictology-12 by country"][:, :, 0]
    for kind in ("places", "cells"):
        assert (answered[areas][kind] == country).all(), kind


def test_what_lies_in_no_place_is_a_unit_only_where_there_is_such(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    file = write(tmp_path, "ged.csv", ged({"id": 1}, {"id": 2, "adm_1": "Bravo", "date_end": "2013-06-09"}))
    names = {}
    for areas in ("as published", "one", "none"):
        panel = panel_of(case_of(case_folder, AREAS[areas], file, areas))
        names[areas] = [name for name, _ in panel.grid.places]
    assert names["as published"] == ["FO-A", "FO-B"]
    assert names["one"] == ["FO-A"]  # the point of the second event lies in Alfa
    assert names["none"] == ["FOU"]
    far = write(tmp_path, "far.csv", ged({"id": 1}, {"id": 2, "adm_1": "Bravo", "where_prec": 4}))
    panel = panel_of(case_of(case_folder, AREAS["one"], far, "far"))
    assert [name for name, _ in panel.grid.places] == ["FO-A", NOWHERE]


def test_areas_that_fit_no_name_leave_the_country_and_the_brief_as_they_are(
    run: Run, shared: Path, tmp_path: Path
) -> None:
    """Field folder F54: three events of two deaths in provinces of other names."""
    found = {}
    for areas in ("drawn", "none"):
        home, case = tmp_path / f"home-{areas}", tmp_path / areas
        assert run("new", case, "--country", "Iraq", home=home).returncode == 0
        if areas == "drawn":
            shutil.copy(shared / "field" / "F54" / "places.geojson", case / "places.geojson")
        text = (case / "case.yaml").read_text()
        start = next(line for line in text.splitlines() if line.startswith("start:"))
        (case / "case.yaml").write_text(text.replace(start, "start: 2015-01-01"))
        assert run("events", "load", case, shared / "field" / "F54" / "ged.csv", home=home).returncode == 0
        words = ("--model", "last", "--as-of", "2015-03-31", "--months", "1", "--json")
        done = run("forecast", case, *words, home=home)
        found[areas] = [row["mean"] for row in json.loads(done.stdout)["rows"]]
    with (shared / "field" / "F54" / "ged.csv").open(encoding="utf-8") as file:
        assert sum(int(row["best"]) for row in csv.DictReader(file)) == 6
    assert found == {"drawn": [6.0], "none": [6.0]}
