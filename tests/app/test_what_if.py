"""What if on pages: figures are those of the commands, mistakes are told, editions hold what they may."""

import html
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient
from support import secrets_of_fourland as seeded
from support.served import Opened, state_of
from support.small_mechanism import BRANCHED, FILES

from vedette import commands
from vedette.app.jobs import ANSWER, STATE, Job, Jobs, JobStanding, JobState, write_json
from vedette.app.served import Held, Served
from vedette.app.works.all_works import WORKS
from vedette.app.works.one_state import of_one_state
from vedette.errors import UsageError
from vedette.progress import quiet

Started = list[tuple[str, Mapping[str, Any]]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """The jobs that pages ask for: their verbs with options; no process runs, and none is done."""
    asked: Started = []

    def start(self: Jobs, job: Job, question: Mapping[str, Any]) -> None:
        asked.append((job.verb, question["options"]))
        job.folder.mkdir(parents=True, exist_ok=True)
        write_json(job.folder / "asked.json", question)
        write_json(job.folder / STATE, asdict(JobState(JobStanding.RUNNING)))

    monkeypatch.setattr(Jobs, "_start", start)
    return asked


@pytest.fixture
def client(opened: Opened, started: Started) -> TestClient:
    return opened(BRANCHED, "internal")


def held(client: TestClient) -> Held:
    found: Held = state_of(client).held
    return found


def folder(client: TestClient) -> Path:
    return Path(held(client).served.case)


def answer_all(client: TestClient) -> None:
    """Does the jobs that were asked for, here."""
    kept: Jobs = state_of(client).jobs
    for job in kept.all():
        if job.answer is None:
            write_json(job.folder / ANSWER, WORKS[job.verb](kept.served, job.options, quiet))


def token(client: TestClient) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get("/jobs").text)
    assert found
    return html.unescape(found[1])


def post(client: TestClient, address: str, **fields: str) -> Any:
    return client.post(address, data={"form_token": token(client), **fields}, follow_redirects=False)


# --- scenarios


def test_scenarios_are_listed_with_what_they_assume_and_little_is_started(
    client: TestClient, started: Started
) -> None:
    text = client.get("/scenarios").text
    assert "Troops of Bigland: 1,000 to 0 by 2015-12" in text
    assert text.count("Work it out") == 3
    assert [verb for verb, _ in started] == ["track"]


def test_a_part_is_worked_out_when_it_is_asked_for(client: TestClient, started: Started) -> None:
    answer = post(client, "/scenarios?scenario=leave&scenario=stay&draws=60", part="compare")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/scenarios?scenario=leave&scenario=stay&draws=60#compare",
    )
    [(verb, options)] = started
    assert (verb, options["scenarios"], options["draws"]) == ("compare", ["leave", "stay"], 60)
    assert post(client, "/scenarios", part="everything").status_code == 404
    assert client.post("/scenarios", data={"part": "compare", "form_token": "x"}).status_code == 403


def test_figures_are_those_of_the_commands(client: TestClient) -> None:
    levers = "/scenarios/levers?" + urlencode(
        {"scenario": "leave", "troops": "1,000", "draws": 60, "ask": "true"}
    )
    post(client, "/scenarios?draws=60", part="compare")
    client.get(levers)
    answer_all(client)
    text = html.unescape(client.get("/scenarios?draws=60").text)
    made = commands.compare(commands.ensemble(str(folder(client)), draws=60))
    for sentence in made.sentences:
        assert sentence.text in text
    for cell in made.change_table("deaths").row(0):
        assert str(cell) in text
    assert "stay</th>" not in text
    picture = client.get("/scenarios?draws=60&chart=outcomes&form=svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    own = commands.what_if(str(folder(client)), commands.LeverQuestion("leave", {"troops": 1000.0}), draws=60)
    assert own.sentences[1].text in html.unescape(client.get(levers).text)


def test_a_case_that_changes_meanwhile_gets_no_answer_of_two_states(client: TestClient) -> None:
    served = Served(str(folder(client)), "internal")
    asked = {"stamp": Held(served).stamp()}

    def edited_meanwhile(*_: object) -> dict[str, Any]:
        scenario = folder(client) / "scenarios" / "leave.yaml"
        scenario.write_text(scenario.read_text() + "note: changed meanwhile\n")
        return {}

    assert of_one_state(lambda *_: {"a": 1})(served, asked, quiet) == {"a": 1}
    with pytest.raises(UsageError, match="changed while this was worked out"):
        of_one_state(edited_meanwhile)(served, asked, quiet)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/scenarios?scenario=gone", 400, "there is no scenario 'gone'"),
        ("/scenarios?draws=1", 400, "draws"),
        ("/scenarios?draws=many", 400, "draws"),
        ("/scenarios/levers?scenario=gone", 400, "there is no scenario 'gone'"),
        ("/scenarios/levers?troops=nan", 400, "Troops of Bigland: expected a number"),
        ("/scenarios/levers?troops=<script>", 400, "found '<script>'"),
        ("/scenarios/levers?troops=-5", 400, "expected people from 0 to 10,000; found -5"),
        ("/scenarios/levers?troops=1e300", 400, "expected people from 0"),
        ("/scenarios/levers?tanks=4", 400, "there is no lever 'tanks'"),
        ("/scenarios/levers?by=2031-01", 400, "by: expected a month"),
        ("/scenarios/levers?reading-view=weak", 400, "there is no reading 'weak'"),
        ("/scenarios?chart=nothing", 404, "no chart nothing"),
        ("/assumptions/nothing", 404, "no assumption 'nothing'"),
        ("/effects/trainers?months=0", 400, "months"),
        ("/effects/trainers?measure=love", 400, "measure"),
        ("/precedents?years=9", 400, "years"),
    ],
)
def test_an_address_that_cannot_be_says_why(client: TestClient, address: str, status: int, said: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert said in html.unescape(answer.text)
    assert "<script>'" not in answer.text


def test_a_scenario_broken_on_disk_is_told_with_its_file(client: TestClient) -> None:
    (folder(client) / "scenarios" / "leave.yaml").write_text("id: leave\nlevers: {troops: [}\n")
    answer = client.get("/scenarios")
    assert (answer.status_code, "scenarios/leave.yaml" in answer.text) == (409, True)


# --- levers


def test_levers_show_their_range_and_what_is_changed(client: TestClient, started: Started) -> None:
    text = client.get("/scenarios/levers?scenario=leave&troops=250").text
    assert 'type="range" hidden min="0.0" max="1000.0" step="10.0" value="250.0"' in text
    assert 'class="lever changed"' in text
    assert started == []
    client.get("/scenarios/levers?scenario=leave&troops=250&by=2016-01&reading-view=strong&ask=true")
    [(verb, options)] = started
    assert (verb, options["levers"], options["by"]) == ("levers", {"troops": 250.0}, "2016-01")
    assert options["readings"] == {"view": "strong"}


def test_levers_are_saved_as_a_scenario_that_is_compared(client: TestClient) -> None:
    words = {"name": "Half <b>stay</b>", "author": "An analyst", "why": "asked", "compared": "true"}
    answer = post(client, "/scenarios/levers?scenario=leave&troops=400", **words)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("scenario=half-b-stay-b")
    text = client.get(answer.headers["location"]).text
    assert "Half &lt;b&gt;stay&lt;/b&gt;" in text
    assert commands.log(str(folder(client))).changes[-1].command == "save scenario"


def test_what_cannot_be_saved_is_shown_beside_what_was_typed(client: TestClient) -> None:
    words = {"name": "Bigland leaves", "author": "An analyst", "why": "for <good> reason"}
    answer = post(client, "/scenarios/levers?scenario=leave&troops=400", **words)
    assert answer.status_code == 400
    assert "for &lt;good&gt; reason" in answer.text
    assert 'role="alert"' in answer.text


# --- assumptions


def test_assumptions_can_be_listed_by_mark_and_as_csv(client: TestClient) -> None:
    assert "Half-life of capability" not in client.get("/assumptions?mark=observed").text
    lines = client.get("/assumptions?mark=assumed&form=csv").text.splitlines()
    assert len(lines) == 1 + sum(row["mark"] == "assumed" for row in commands.assumption_rows(known(client)))


def known(client: TestClient) -> commands.MechanismResult:
    return commands.mechanisms(str(folder(client)))


def test_an_answer_and_a_rival_are_stored_and_stand_in_the_history(client: TestClient) -> None:
    given = {"q5": "0.1", "q50": "0.2", "q95": "0.3", "author": "A rival", "why": "it looked <weak>"}
    assert post(client, "/assumptions/capability-2014", kind="answer", **given).status_code == 303
    rival = post(client, "/assumptions/capability-2014", kind="rival", name="Weaker", **given)
    assert rival.status_code == 303
    text = client.get("/assumptions/capability-2014").text
    for said in ("does not count yet", "Weaker", "it looked &lt;weak&gt;", "elicit", "add branch"):
        assert said in text
    dated = {**given, "author": "Another", "day": "2014-06-01"}
    post(client, "/assumptions/capability-2014", kind="answer", **dated)
    assert "What each author holds" in client.get("/assumptions/capability-2014").text
    assert "it looked <weak>" not in text


def test_a_wrong_answer_is_shown_beside_what_was_typed(client: TestClient) -> None:
    given = {"q5": "0.3", "q50": "much", "q95": "0.1", "author": "A rival", "why": "a reason"}
    answer = post(client, "/assumptions/capability-2014", kind="answer", **given)
    assert answer.status_code == 400
    assert 'value="much"' in answer.text
    assert "50 %: expected a number" in html.unescape(answer.text)


# --- effects


def test_interventions_are_filtered_and_an_effect_is_asked_as_the_address_says(
    client: TestClient, started: Started
) -> None:
    assert "drawdown-2013" not in client.get("/effects?kind=deployment").text
    client.get("/effects/trainers?on=rebels&months=6&draws=50")
    [(verb, options)] = started
    assert (verb, options["of"], options["on"], options["months"]) == ("effect", "trainers", "rebels", 6)


# --- editions


def test_an_edition_that_withholds_shows_no_scenarios_and_saves_nothing(
    opened: Opened, started: Started
) -> None:
    client = opened({**seeded.SECRET_FILES, **FILES}, "public")
    for address in (
        "/scenarios",
        "/scenarios/levers",
        "/assumptions",
        "/mechanism",
        "/assumptions/training-gain",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "does not show the scenarios" in answer.text
    assert started == []
    assert post(client, "/scenarios/levers?troops=4", name="x", author="y", why="z").status_code == 400
    assert post(client, "/assumptions/training-gain", q5="1").status_code == 400


def test_an_edition_that_may_hold_the_mechanism_has_neither_forms_nor_history(
    opened: Opened, started: Started
) -> None:
    clear = {"mechanisms.yaml": "handling: clear\n" + FILES["mechanisms.yaml"]}
    client = opened({**seeded.SECRET_FILES, **FILES, **clear}, "public")
    text = client.get("/assumptions/training-gain").text
    assert "Capability by training" in text
    assert "History" not in text
    assert "<textarea" not in text
    words = {"name": "x", "author": "y", "why": "z"}
    assert post(client, "/scenarios/levers?troops=4", **words).status_code == 400
    assert "<textarea" not in client.get("/scenarios/levers?troops=4").text
