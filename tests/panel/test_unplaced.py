"""The gate: deaths without a place are measured, told above one in a hundred, first above five."""

import json
from datetime import date
from pathlib import Path

import pytest
from support.fourland import OBSERVED_COLUMNS, CaseFolder
from support.running import Run

from vedette.case import Case, read_case
from vedette.panel import FIRST, TOLD, Panel, gather, make_panel, told, without_place
from vedette.periods import Span, Step, parse

DYAD = "200,Government of Fourland - Rebel Front,10,Government of Fourland,20,Rebel Front,state-based"


def row(month: str, place: str, deaths: int) -> str:
    return f"ucdp,{month},{month},{place},?,{DYAD},1,4,1,{deaths},{deaths},{deaths}"


def panel_of(case_folder: CaseFolder, *rows: str, name: str = "made") -> tuple[Case, Panel]:
    case = read_case(case_folder({"observed.csv": "\n".join([OBSERVED_COLUMNS, *rows, ""])}, name=name))
    return case, make_panel(gather(case).cells, case, date(2014, 12, 31), Step.MONTH, seed=1, draws=5)


def test_what_is_in_no_area_and_what_is_not_named_have_no_place(case_folder: CaseFolder) -> None:
    rows = (row("2014-03", "FO-A", 90), row("2014-04", "?Atlantis", 4), row("2014-05", "", 6))
    case, panel = panel_of(case_folder, *rows)
    (found,) = without_place(panel, case)
    assert (found.count, found.total, found.measure, found.share) == (10, 100, "deaths", 0.1)
    assert found.span.labels()[0] == "2014-01"
    assert told([found]) == [str(found)]
    assert str(found) == (
        "10 % of deaths have no place, 10 of the 100 from 2014-01 to 2014-12: 4 lie in no area of the case "
        "and 6 lie where the publisher names no area. Numbers by place spread 6 of them over the areas and "
        "show 4 apart, in no place."
    )


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("?Atlantis", "they lie in no area of the case. Numbers by place show them apart, in no place."),
        ("", "they lie where the publisher names no area. Numbers by place spread them over the areas."),
    ],
)
def test_it_is_said_what_numbers_by_place_do_with_them(
    case_folder: CaseFolder, place: str, words: str
) -> None:
    case, panel = panel_of(case_folder, row("2014-03", "FO-A", 50), row("2014-04", place, 50))
    (found,) = without_place(panel, case)
    assert str(found).endswith(words)


@pytest.mark.parametrize(("astray", "said"), [(10, False), (11, True), (50, True)])
def test_it_is_told_above_one_in_a_hundred(case_folder: CaseFolder, astray: int, said: bool) -> None:
    rows = (row("2014-03", "FO-A", 1000 - astray), row("2014-04", "?Atlantis", astray))
    case, panel = panel_of(case_folder, *rows)
    (found,) = without_place(panel, case)
    assert bool(told([found])) is said is (found.share > TOLD)
    assert found.share <= FIRST


def test_the_months_of_the_answer_are_measured_beside_the_last_two_years(case_folder: CaseFolder) -> None:
    rows = (row("2012-03", "?Atlantis", 5), row("2014-03", "FO-A", 95))
    case, panel = panel_of(case_folder, *rows)
    shown = Span(parse("2012-01", Step.MONTH), parse("2014-12", Step.MONTH), Step.MONTH)
    before, last = without_place(panel, case, [shown])
    assert (before.count, before.total, last.count, last.total) == (5, 100, 0, 95)
    assert told([before, last]) == [str(before)]


def test_deaths_known_only_as_a_total_have_no_place(case_folder: CaseFolder) -> None:
    folder = case_folder()
    subset = f"ucdp-ged-precise,2015-02,2015-02,FO-C,,{DYAD},1,2,1,9,9,9"
    with (folder / "observed.csv").open("a") as file:
        file.write(subset + "\n")
    case = read_case(folder)
    panel = make_panel(gather(case).cells, case, date(2015, 6, 30), Step.MONTH, seed=1, draws=5)
    months = Span(parse("2015-01", Step.MONTH), parse("2015-06", Step.MONTH), Step.MONTH)
    found = without_place(panel, case, [months])[0]
    total = sum(range(21, 27))
    assert (found.count, found.total) == (total - 9, total)
    assert found.why == "they are known only as a national total"


def test_without_deaths_events_are_measured_and_without_areas_nothing(case_folder: CaseFolder) -> None:
    rows = (row("2014-03", "FO-A", 0), row("2014-04", "?Atlantis", 0))
    case, panel = panel_of(case_folder, *rows)
    (found,) = without_place(panel, case)
    assert (found.measure, found.count, found.total) == ("events", 1, 2)
    empty = '{"type": "FeatureCollection", "features": []}'
    alone = dict.fromkeys(("sites.csv", "timeline.csv"))
    yaml = (case.folder / "case.yaml").read_text().replace("  FO-A: [Old Alfa]\n", "")
    yaml = yaml.replace("aliases:\n", "").replace(", places: [FO-C, FO-D]", ", polygons: regions.geojson")
    yaml = "\n".join(line for line in yaml.splitlines() if "id: north" not in line)
    observed = "\n".join([OBSERVED_COLUMNS, row("2014-03", "", 3), ""])
    files = {**alone, "places.geojson": empty, "case.yaml": yaml, "observed.csv": observed}
    whole = read_case(case_folder(files, name="whole"))
    panel = make_panel(gather(whole).cells, whole, date(2014, 12, 31), Step.MONTH, seed=1, draws=5)
    assert without_place(panel, whole) == ()


def test_commands_by_place_say_so_with_the_number(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    months = [f"{2012 + m // 12}-{m % 12 + 1:02d}" for m in range(36)]
    rows = [*(row(month, "FO-A", 9) for month in months), *(row(month, "?Atlantis", 1) for month in months)]
    folder = case_folder({"observed.csv": "\n".join([OBSERVED_COLUMNS, *rows, ""])})
    words = ("--model", "last", "--months", "1", "--draws", "20", "--json")
    by = {
        unit: run("forecast", folder, "--by", unit, *words, home=tmp_path)
        for unit in ("place", "country", "region")
    }
    said = json.loads(by["place"].stdout)["without_place"]
    assert [(one["count"], one["total"], one["share"]) for one in said] == [(24, 240, 0.1)]
    assert "10 % of deaths have no place, 24 of the 240" in " ".join(by["place"].stderr.split())
    units = [line["unit"] for line in json.loads(by["place"].stdout)["rows"]]
    assert units == ["FO-A", "FO-B", "FO-C", "FO-D", "in no place"]
    names = [line["name"] for line in json.loads(by["place"].stdout)["rows"]]
    assert names[0] == "Al Alfa" and names[-1] == "in no place"
    assert json.loads(by["region"].stdout)["without_place"] == said
    assert "without_place" not in json.loads(by["country"].stdout)
    assert "no place" not in by["country"].stderr
    scored = run(
        *("score", folder, "--by", "place", "--models", "last", "--from", "2014-06", "--to", "2014-08"),
        *("--draws", "10", "--json"),
        home=tmp_path,
    )
    assert scored.returncode == 0, scored.stderr
    assert [one["share"] for one in json.loads(scored.stdout)["without_place"]] == [0.1, 0.1]
    assert "10 % of deaths have no place" in " ".join(scored.stderr.split())
    on = {
        series: run(
            *("effect", folder, "--of", "trainers", "--on", series, "--months", 3),
            *("--model", "conflictology-12", "--draws", "50", "--json"),
            home=tmp_path,
        )
        for series in ("FO-A", "all")
    }
    assert [one["total"] for one in json.loads(on["FO-A"].stdout)["without_place"]] == [30, 240]
    assert "10 % of deaths have no place" in " ".join(on["FO-A"].stderr.split())
    assert "without_place" not in json.loads(on["all"].stdout)
