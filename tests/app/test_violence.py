"""Violence pages: numbers of the panel, unknown months, deaths without a place, and rows behind numbers."""

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from starlette.testclient import TestClient
from support.event_files import Row, acled, ged
from support.fourland import CASE_FILES, CASE_YAML
from support.served import Opened, state_of

from vedette import commands
from vedette.brief.pages.norm import against_norm
from vedette.panel import NOWHERE

pytestmark = pytest.mark.usefixtures("idle_jobs")

YEARS = "from=2012-01&to=2014-12"
ALL_YEARS = commands.ViolenceQuery(first="2012-01", last="2014-12")


def counts_of(client: TestClient) -> commands.CountedViolence:
    """What the served case counts."""
    counts: commands.CountedViolence = state_of(client).held.counts()
    return counts


def table_at(client: TestClient, address: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def loaded(client: TestClient, tmp_path: Path, files: Sequence[tuple[str, str]]) -> TestClient:
    """The client, after event files were loaded into its case."""
    for name, content in files:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        commands.load(state_of(client).held.served.case, [path])
    return client


@pytest.fixture(scope="module")
def no_observed() -> dict[str, str | bytes | None]:
    return {
        **CASE_FILES,
        "observed.csv": None,
        "totals.csv": None,
        "case.yaml": CASE_YAML.replace(
            "  partial: {dataset: ucdp-ged-precise, first: 2015-01, last: 2015-06}\n", ""
        ),
    }


def test_the_page_says_what_the_panel_says(opened: Opened) -> None:
    client = opened()
    counts, text = counts_of(client), client.get(f"/violence?{YEARS}").text
    span = commands.violence(counts, ALL_YEARS).span
    row = counts.tables.over(span, counts.panel.grid.everywhere).row(0, named=True)
    assert f"{row['best']:,} deaths ({row['low']:,}–{row['high']:,})" in text
    places = {each["name"]: each for each in table_at(client, f"/violence?{YEARS}&form=csv")}
    for area, name in counts.case.places.names.items():
        own = counts.tables.over(span, [counts.groups[area]]).row(0, named=True)
        assert [places[name][key] for key in ("low", "best", "high", "events", "mark")] == [
            str(own[key]) for key in ("low", "best", "high", "events", "mark")
        ]


def test_the_norm_is_that_of_the_brief(opened: Opened) -> None:
    counts = counts_of(opened())
    found = commands.violence(counts, commands.ViolenceQuery())
    assert found.norms == tuple(against_norm(counts.tables, months) for months in (1, 3, 12))


def test_a_place_and_a_stratum_are_counted_apart(opened: Opened) -> None:
    counts = counts_of(opened())
    by_stratum = [
        commands.violence(counts, commands.ViolenceQuery("Bravo", stratum, "2012-01", "2014-12")).total[
            "best"
        ]
        for stratum in counts.panel.grid.strata
    ]
    exact = counts.tables.holdings.cells.filter(place="FO-B")["best"].sum()
    assert by_stratum[0] == exact > 0
    for named, group in (("FO-B", "FO-B"), ("bravo", "FO-B"), ("The north", "north"), ("strip", "strip")):
        assert counts.group_of(named) == group


def test_the_map_holds_the_numbers_of_each_month(opened: Opened) -> None:
    client = opened()
    counts = counts_of(client)
    found = json.loads(client.get(f"/violence/months?{YEARS}&stratum=rebels").text)
    assert found["periods"][0] == "2012-01"
    table = counts.by_stratum.filter(stratum="rebels", group="FO-A").filter(
        pl.col("period").is_in(found["periods"])
    )
    assert [count[0] for count in found["areas"]["FO-A"]] == table["best"].to_list()
    page = client.get(f"/violence?{YEARS}&stratum=rebels&at=2013-05").text
    best = table.filter(period="2013-05")["best"][0]
    assert re.search(rf'data-area="FO-A" aria-label="Al Alfa: {best} deaths', page)
    assert 'at=2013-04"' in page
    assert 'at=2013-06"' in page


def test_deaths_without_a_place_are_always_in_view(opened: Opened) -> None:
    client = opened()
    found = commands.violence(counts_of(client), ALL_YEARS)
    assert found.unplaced is not None
    assert found.unplaced.unnamed == 30
    for address in (f"/violence?{YEARS}", f"/violence?{YEARS}&place=FO-A&stratum=rebels&measure=events"):
        assert str(found.unplaced).split(":")[0] in client.get(address).text
    spread = json.loads(client.get(f"/violence/months?{YEARS}").text)["spread"]
    assert sum(spread) == 30
    rows = table_at(client, f"/violence/events?{YEARS}&place=spread&form=csv")
    assert sum(int(row["best"]) for row in rows) == 30


def test_what_lies_in_no_area_is_told_apart(opened: Opened) -> None:
    observed = str(CASE_FILES["observed.csv"]).replace(",FO-D,,", ",?Elsewhere,,")
    client = opened({"observed.csv": observed})
    counts = counts_of(client)
    last = commands.violence(counts, ALL_YEARS).by_place.row(-1, named=True)
    assert (last["group"], last["best"]) == (NOWHERE, 4)
    assert "In no place" in client.get(f"/violence?{YEARS}").text
    rows = table_at(client, f"/violence/events?{YEARS}&place={NOWHERE}&form=csv")
    assert {row["named"] for row in rows} == {"Elsewhere"}


def test_months_that_no_file_covers_are_unknown_and_not_zero(opened: Opened) -> None:
    covers = CASE_YAML.replace("  partial:", "  covers: [2012-01..2013-06, 2014-01..2014-12]\n  partial:")
    client = opened({"case.yaml": covers})
    text = client.get(f"/violence?{YEARS}&at=2013-09").text
    assert "No file covers 2013-07 to 2013-12" in text
    assert 'aria-label="Bravo: not known"><path class="unknown' in text
    found = json.loads(client.get(f"/violence/months?{YEARS}").text)
    known = [count is not None for count in found["areas"]["FO-B"]]
    assert known == [not "2013-07" <= period <= "2013-12" for period in found["periods"]]
    series = table_at(client, f"/violence?{YEARS}&chart=violence-series&form=csv")
    gap = [row for row in series if row["period"] == "2013-09"]
    assert {(row["best"], row["mark"]) for row in gap} == {("", "no file")}


@pytest.mark.parametrize("place", ["", "FO-A", "FO-B", "north", "spread"])
def test_every_number_leads_to_its_rows(opened: Opened, place: str) -> None:
    client = opened()
    counts = counts_of(client)
    cells = counts.tables.holdings.cells
    where = {
        "": pl.lit(value=True),
        "north": pl.col("place").is_in(["FO-C", "FO-D"]),
        "spread": pl.col("place") == "",
    }
    rows = table_at(client, f"/violence/events?{YEARS}&place={place}&form=csv")
    own = cells.filter(where.get(place, pl.col("place") == place))
    assert sum(int(row["events"]) for row in rows) == own["events"].sum()
    assert sum(int(row["best"]) for row in rows) == own["best"].sum()


def test_without_event_files_the_page_says_how_to_load_them(opened: Opened) -> None:
    client = opened()
    text = client.get("/violence/events").text
    assert "vedette events load CASE FILE" in text
    assert str(state_of(client).held.ledger().case.folder) not in text


EVENTS: tuple[Row, ...] = (
    {"id": 1},
    {
        "id": 2,
        "adm_1": "Bravo province",
        "latitude": 0.5,
        "longitude": 1.5,
        "source_headline": "=HYPERLINK(1)",
    },
    {"id": 3, "date_start": "2013-05-20", "date_end": "2013-06-03", "date_prec": 4, "best": 7, "high": 9},
    {"id": 4, "date_start": "2013-06-10", "date_end": "2013-06-10"},
)


def test_an_event_leads_down_to_the_row_of_its_publisher(
    opened: Opened, tmp_path: Path, no_observed: dict[str, str | bytes | None]
) -> None:
    client = loaded(opened(no_observed, "public"), tmp_path, [("ged.csv", ged(*EVENTS))])
    listed = client.get("/violence/events?from=2013-05&to=2013-05").text
    assert "Clash in Alfa" in listed
    assert "The dates of 1 event reach over an end" in listed
    text = client.get("/violence/events/ucdp/1").text
    for cell in ("source_headline", "Clash in Alfa", "deaths_civilians", "ged.csv, row 2"):
        assert cell in text
    assert client.get("/violence/events/ucdp/nothing").status_code == 400
    assert client.get("/violence/events/nothing/1").status_code == 400
    rows = table_at(client, "/violence/events?from=2013-05&to=2013-05&form=csv")
    assert {row["headline"] for row in rows} == {"Clash in Alfa", "'=HYPERLINK(1)"}


def test_an_event_file_that_comes_while_the_case_is_served_is_counted(
    opened: Opened, tmp_path: Path, no_observed: dict[str, str | bytes | None]
) -> None:
    client = opened(no_observed, "internal")
    nothing = client.get("/violence")
    assert (nothing.status_code, "No violence is counted yet" in nothing.text) == (200, True)
    assert str(tmp_path) not in nothing.text
    loaded(client, tmp_path, [("ged.csv", ged(*EVENTS))])
    assert "16 deaths" in client.get("/violence").text


@pytest.mark.parametrize(("edition", "shown"), [("public", False), ("internal", True)])
def test_rows_of_acled_stay_with_who_has_the_files(
    opened: Opened, tmp_path: Path, no_observed: dict[str, str | bytes | None], edition: str, shown: bool
) -> None:
    settings = str(no_observed["case.yaml"]).replace("  dataset: ucdp", "  dataset: acled")
    client = opened({**no_observed, "case.yaml": settings + EDITIONS}, edition)
    days = ({"event_id_cnty": f"FOU{day}", "event_date": f"2013-{day:02d}-28"} for day in range(1, 8))
    loaded(client, tmp_path, [("acled.csv", acled(*days))])
    text = client.get("/violence/events?from=2013-02&to=2013-06").text
    assert ("Armed clash" in text or "Rebel Front" in text) is shown
    assert ("let no row go on" in text) is not shown
    assert client.get("/violence/events/acled/FOU2").status_code == (200 if shown else 400)
    rows = table_at(client, "/violence/events?from=2013-02&to=2013-06&form=csv")
    assert bool(rows) is shown
    assert "20 deaths" in client.get("/violence?from=2013-02&to=2013-06").text


EDITIONS = """
editions:
  - {id: public, handling: clear, protected: false}
  - {id: internal, handling: red, protected: true}
"""


def test_a_chart_comes_as_svg_png_and_csv(opened: Opened) -> None:
    client = opened()
    svg = client.get(f"/violence?{YEARS}&chart=violence-series&form=svg")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert "Deaths by month, Fourland" in svg.text
    assert "known as of 2014-12-31" in svg.text
    png = client.get(f"/violence?{YEARS}&chart=violence-series&pane=1&form=png")
    assert png.content.startswith(b"\x89PNG")
    for wrong in ("chart=nothing", "chart=violence-series&pane=99"):
        assert client.get(f"/violence?{wrong}&form=svg").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/violence?place=Nowhereland",
        "/violence?stratum=martians",
        "/violence?from=2030-01",
        "/violence?from=2014-02&to=2014-01",
        "/violence?from=yesterday",
        "/violence?measure=joy",
        "/violence/months?stratum=martians",
        "/violence/events?place=Nowhereland",
        "/violence/events?page=0",
    ],
)
def test_an_address_that_asks_for_nothing_says_what_is_wrong(opened: Opened, address: str) -> None:
    answer = opened().get(address)
    assert answer.status_code == 400
    assert '<p class="wrong">' in answer.text
    assert "Traceback" not in answer.text


def test_nothing_from_the_future_is_counted(opened: Opened) -> None:
    counts = counts_of(opened())
    ledger = commands.ledger_of(str(counts.case.folder), date(2013, 6, 30))
    then = commands.counted_violence(ledger, as_of=date(2013, 6, 30))
    assert then.tables.span.labels()[-1] == "2013-06"
    before = commands.violence(then, commands.ViolenceQuery(first="2012-01", last="2013-01"))
    after = commands.violence(counts, commands.ViolenceQuery(first="2012-01", last="2013-01"))
    assert before.total == after.total
