"""Programs ask what the commands answer, with a token that reads; what does not fit is refused in words."""

import json
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from support import secrets_of_fourland as seeded
from support.asked_at_random import asked
from support.fourland import CaseFolder
from support.served import Opened, state_of
from support.small_mechanism import FILES
from support.spoken import spoken

from vedette import commands
from vedette.app import Served, workbench, worker
from vedette.app.jobs import ASKED, Job, Jobs, write_json
from vedette.app.pages.api import questions
from vedette.app.questions.all_questions import QUESTIONS
from vedette.app.tokens import Doorkeeper

NEEDED = {
    "who": {"actor": "bigland"},
    "tie": {"subject": "bigland", "relation": "training", "object": "guard"},
    "changes": {"first": "2014-06-30"},
    "network": {"at": "2013-06-30", "least": "0"},
}
LONG = [name for name, each in QUESTIONS.items() if each.long]
SHORT = [name for name in QUESTIONS if name not in (*LONG, "monopoly")]
"""Those that the small case can answer at once; it has no headcounts."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def program(opened: Opened) -> TestClient:
    """A program with a token and without a session."""
    client = opened(spoken(), "internal", session=False)
    client.headers["Authorization"] = f"Bearer {commands.add_token('dashboard')[1]}"
    return client


@pytest.mark.parametrize("name", SHORT)
def test_an_answer_holds_what_the_command_prints_and_the_age_of_its_data(
    program: TestClient, name: str
) -> None:
    answer = program.get(f"/api/{name}", params=NEEDED.get(name, {}))
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["question"], found["case"], found["edition"]) == (name, "fourland", "internal")
    assert found["data"]
    assert found["reads"] == QUESTIONS[name].reads


def test_answers_are_those_of_the_commands(program: TestClient) -> None:
    case = state_of(program).held.served.case
    ledger = commands.ledger_of(case, edition="internal")

    def plain(document: object) -> object:
        return json.loads(json.dumps(document, default=str))

    def asked(name: str) -> object:
        return program.get(f"/api/{name}", params=NEEDED.get(name, {})).json()["answer"]

    assert asked("claims") == plain(commands.claims(ledger, commands.ClaimQuery()).document())
    assert asked("who") == plain(commands.who(ledger, "bigland").document())
    assert asked("network") == plain(commands.network(ledger, at=date(2013, 6, 30), least=0.0).document())


def test_every_tie_of_the_network_comes_with_its_claims(program: TestClient) -> None:
    found = program.get("/api/network", params=NEEDED["network"]).json()
    ends = ("subject", "relation", "object")
    assert found["answer"]["ties"]
    listed = {tuple(tie[end] for end in ends) for tie in found["answer"]["ties"]}
    assert {tuple(row[end] for end in ends): bool(row["ids"]) for row in found["claims"]} == dict.fromkeys(
        listed, True
    )


@pytest.mark.parametrize("name", LONG)
def test_a_long_question_is_a_job(program: TestClient, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr("vedette.app.jobs.Jobs._start", lambda _, job, asked: started.append(asked))
    answer = program.get(f"/api/{name}", params=NEEDED.get(name, {}))
    assert answer.status_code == 202
    assert answer.json()["job"] == answer.headers["location"]
    assert len(started) == 1


@pytest.mark.parametrize(("files", "status"), [({}, 409), (FILES, 200)])
def test_the_answer_of_a_job_is_at_its_address(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], status: int
) -> None:
    def at_once(_: Jobs, job: Job, asked: dict[str, object]) -> None:
        job.folder.mkdir(parents=True)
        write_json(job.folder / ASKED, asked)
        worker.work(job.folder)

    monkeypatch.setattr(Jobs, "_start", at_once)
    client = opened({**spoken(), **files}, "internal")
    answer = client.get("/api/mechanisms")
    assert answer.status_code == status, answer.text
    [job] = state_of(client).jobs.all()
    again = client.get(f"/api/jobs/{job.key}")
    assert (again.status_code, again.json()) == (status, answer.json())
    assert client.get("/api/jobs/nothing").status_code == 404


@pytest.mark.parametrize("scheme", ["", "Bearer", "Bearer wrong", "Basic dTpw", "Bearer é"])
def test_nobody_reads_without_a_token(opened: Opened, scheme: str) -> None:
    commands.add_token("dashboard")
    client = opened(session=False)
    answer = client.get("/api/claims", headers={b"authorization": scheme.encode()})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "vedette tokens add" in json.dumps(answer.json()["error"])


def test_a_token_reads_the_api_alone_and_changes_nothing(program: TestClient) -> None:
    assert program.get("/api/claims").status_code == 200
    assert program.get("/evidence").status_code == 401
    assert program.get("/api").status_code == 401
    assert program.post("/logout", data={"form_token": ""}).status_code == 401
    assert program.post("/api/claims").status_code == 401


def test_a_token_ends_on_its_day_or_when_it_is_revoked(program: TestClient) -> None:
    kept, text = commands.add_token("short", days=1)
    assert commands.api_tokens().find(text, kept.until) == kept
    assert commands.api_tokens().find(text, kept.until + timedelta(days=1)) is None
    assert program.get("/api/case").status_code == 200
    commands.remove_token("dashboard")
    assert program.get("/api/case").status_code == 401


def test_tokens_are_kept_as_hashes_for_their_owner_alone() -> None:
    _, text = commands.add_token("dashboard")
    file = commands.tokens_file()
    assert text not in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert commands.api_tokens().find(text[:-1], date.today()) is None


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("who?actor=nobody", 400, "nobody"),
        ("who", 400, "actor"),
        ("network?view=love", 400, "no such view"),
        ("network?least=7", 400, "least"),
        ("claims?relation=likes", 400, "likes"),
        ("claims?else=1", 400, "else"),
        ("nothing", 404, "Not Found"),
    ],
)
def test_what_does_not_fit_is_refused_as_json(
    program: TestClient, address: str, status: int, words: str
) -> None:
    answer = program.get(f"/api/{address}")
    assert answer.status_code == status
    assert words in json.dumps(answer.json()["error"])


def test_no_answer_names_a_path_of_the_machine(program: TestClient, tmp_path: Path) -> None:
    for name in SHORT:
        assert str(tmp_path) not in program.get(f"/api/{name}", params=NEEDED.get(name, {})).text


def test_the_public_edition_answers_without_secrets(opened: Opened) -> None:
    client = opened(seeded.SECRET_FILES, "public")
    for name in SHORT:
        text = client.get(f"/api/{name}", params=NEEDED.get(name, {})).text
        assert [word for word in seeded.secrets() for form in seeded.escaped(word) if form in text] == [], (
            name
        )


def test_the_description_is_openapi_and_its_page_lists_every_question(opened: Opened) -> None:
    client = opened()
    described = client.get("/api/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    assert {f"/api/{name}" for name in QUESTIONS} | {"/api/jobs/{key}"} == set(described["paths"])
    text = client.get("/api").text
    assert all(f"/api/{name}<" in text for name in QUESTIONS)
    assert "http://127.0.0.1/api/network" in text


def test_whatever_a_program_asks_is_no_fault_of_the_server(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.app.jobs.Jobs._start", lambda *_: None)
    app = workbench(Served(str(case_folder(spoken())), "internal"), Doorkeeper())
    token = {"Authorization": f"Bearer {commands.add_token('random')[1]}", "Host": "127.0.0.1"}
    found = list(asked(app, token, examples=4))
    assert {label for label, _ in found} >= {f"GET /api/{name}" for name in QUESTIONS}
    assert [each for each in found if each[1]] == []


def test_questions_are_read_only() -> None:
    methods = {method for route in questions.routes for method in getattr(route, "methods", set())}
    assert methods == {"GET"}
