"""An actor over time: status, ties, headcounts, posture; arms and dependence with their gaps."""

from datetime import date

import pytest
from starlette.testclient import TestClient
from support.fourland import CaseFolder
from support.secrets_of_fourland import SECRET_FILES
from support.served import Opened
from support.spoken import spoken

from vedette import commands

pytestmark = pytest.mark.usefixtures("idle_jobs")

_FORCES = """\
force,from,to,status,part_of,main,most,author,known,claim,note
guard,2010-05,2012-12,state,,army,,,2012,c4,raised in a hurry
guard,2013,,hybrid,,army,,,2013,c4,
rebels,,,non-state,,yes,,,2012,,
brigades,,,hybrid,,yes,,,2012,,
"""


@pytest.fixture
def client(opened: Opened) -> TestClient:
    return opened({**spoken(), "forces.csv": _FORCES}, "internal")


def test_status_over_time_stands_as_ranges(client: TestClient) -> None:
    text = client.get("/actors/guard").text
    section = text.partition('id="status-over-time"')[2].partition("</section>")[0]
    assert section.index(">state") < section.index(">hybrid")
    assert "raised in a hurry" in section
    assert 'href="/evidence/c4"' in section


def test_an_edition_that_withholds_shows_no_note_of_a_row(opened: Opened) -> None:
    files = dict(SECRET_FILES)
    head, *rows = str(files["forces.csv"]).splitlines()
    noted = [f"{row.rpartition(',')[0]},hush" for row in rows]
    files["forces.csv"] = "\n".join([head, *noted]) + "\n"
    client = opened(files, "public")
    shown = client.get(f"/actors/{rows[0].split(',')[0]}")
    assert shown.status_code == 200
    assert 'id="status-over-time"' in shown.text
    assert "hush" not in shown.text
    assert "hush" not in client.get("/search?q=hush&form=csv").text


def test_headcounts_by_year_say_what_is_counted_carried_and_missing(case_folder: CaseFolder) -> None:
    ledger = commands.ledger_of(str(case_folder(spoken())), edition="internal")
    rows = commands.strength_by_year(ledger, "guard", present=date(2024, 6, 30))
    basis = dict(zip([day.year for day in rows["at"]], rows["basis"], strict=True))
    assert (basis[2012], basis[2015], basis[2024]) == ("counted", "carried", "gap")
    gap = rows.filter(basis="gap")
    assert gap["middle"].null_count() == gap.height
    known = rows.filter(basis="counted").row(0, named=True)
    assert 8000 < known["low"] < known["middle"] < known["high"] < 13000
    assert commands.strength_by_year(ledger, "rebels", present=date(2024, 6, 30)).is_empty()


def test_what_a_backer_has_in_place_stands_on_its_page_alone(client: TestClient) -> None:
    assert 'id="posture"' in client.get("/actors/bigland").text
    assert 'id="posture"' not in client.get("/actors/rebels").text
    lines = client.get("/actors/bigland?chart=posture&form=csv").text.splitlines()
    assert "1500" in lines[1]


def test_names_stand_in_sentences_with_their_article(opened: Opened) -> None:
    files = dict(spoken())
    files["actors.csv"] = files["actors.csv"].replace("Bigland", "Bigland-led coalition")
    text = opened(files, "internal").get("/actors/guard").text
    assert "The Bigland-led coalition trains or advises the Home Guard" in text


def test_arms_say_what_is_not_known(client: TestClient) -> None:
    text = client.get("/arms").text
    assert "What is not known" in text
    missing = text.partition("without a headcount within reach, so in no sum:")[2].partition("</li>")[0]
    assert "Rebel Front" in missing
    assert "Home Guard" not in missing
    assert "withheld" in text  # two main forces are missing
    assert "that says nothing of whether they had any" in text


def test_a_case_without_main_forces_says_what_to_do(opened: Opened) -> None:
    answer = opened({**spoken(), "forces.csv": None}, "internal").get("/arms")
    assert answer.status_code == 200
    assert "Mark the main forces in forces.csv" in answer.text


@pytest.mark.parametrize("chart", ["status", "ties", "strength"])
def test_each_drawing_of_an_actor_comes_by_itself(client: TestClient, chart: str) -> None:
    svg = client.get(f"/actors/guard?chart={chart}&form=svg").text
    assert svg.startswith("<svg")
    assert "internal edition, known as of 2014-12-31" in svg
