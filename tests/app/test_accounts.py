"""Accounts are kept privately; their passwords open sessions, their roles decide, and tries are counted."""

import errno
import json
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI, Request
from httpx2 import Response
from starlette.testclient import TestClient
from support.fourland import CaseFolder
from support.running import typed
from support.served import state_of
from support.spoken import spoken

from vedette import commands
from vedette.app import Served, workbench
from vedette.app.audit import AuditLog
from vedette.app.reception import Reception
from vedette.app.tries import FREE, LONGEST, Tries
from vedette.app.visitors import posting
from vedette.commands import Role
from vedette.errors import StorageError, UsageError, VedetteError

PASSWORD = "correct horse battery"
HOST = "vedette.example.org"
Hosted = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder, and hashes that cost little."""
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("argon2.PasswordHasher", lambda: PasswordHasher(1, 8, 1))
    return tmp_path / "home"


@pytest.fixture
def hosted(case_folder: CaseFolder, home: Path) -> Hosted:
    """A factory of clients of a workbench that is served to others, over https."""
    case = str(case_folder(spoken()))

    def client(name: str = "", role: Role = Role.READER, *, scheme: str = "https") -> TestClient:
        app = workbench(Served(case, "internal"), Reception(), [HOST], AuditLog(home / "audit.log"))
        made = TestClient(app, base_url=f"{scheme}://{HOST}", raise_server_exceptions=False)
        if name:
            commands.add_account(name, role, password=PASSWORD)
            assert sign_in(made, name).status_code == 200
        return made

    return client


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> Response:
    return client.post("/login", data={"name": name, "password": password})


def form_token(client: TestClient) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get("/network").text)
    assert found
    return found[1]


def test_accounts_are_kept_for_their_owner_alone_and_without_passwords(home: Path) -> None:
    made = commands.add_account("zahra", Role.ANALYST, password=PASSWORD)
    file = commands.accounts_file()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSWORD not in file.read_text(encoding="utf-8")
    assert commands.accounts().accounts == (made,)
    assert made.hash not in repr(made)
    assert json.dumps(commands.accounts().document()).count("argon2") == 0


@pytest.mark.parametrize(
    "name",
    ["", " ", "a\x00b", "a\nb", "z\u200bahra", "zаhra", "Ali علي", "a" * 65, "<b>", "z\u0301\u0301\u0301"],
)
def test_a_name_that_hides_something_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="Name of an account: expected"):
        commands.add_account(name, Role.READER, password=PASSWORD)


@pytest.mark.parametrize("name", ["Zahra", "zahra ", "zahrá", "ＺＡＨＲＡ", "z.a.h.r.a"])
def test_a_name_that_looks_like_another_is_refused(name: str) -> None:
    commands.add_account("zahra", Role.READER, password=PASSWORD)
    with pytest.raises(UsageError, match=r"mistaken for|expected 1 to 64"):
        commands.add_account(name, Role.LEAD, password=PASSWORD)
    assert len(commands.accounts().accounts) == 1


@pytest.mark.parametrize("password", ["short", "a" * 1025, "zahrazahra12"[:5] + "-" * 7])
def test_a_password_that_is_easily_guessed_is_refused(password: str) -> None:
    with pytest.raises(UsageError, match="Password: expected"):
        commands.add_account("zahra", Role.READER, password=password)
    assert commands.accounts().accounts == ()


def test_a_file_that_others_can_read_or_that_is_torn_lets_nobody_in(home: Path) -> None:
    commands.add_account("zahra", Role.READER, password=PASSWORD)
    file = commands.accounts_file()
    file.chmod(0o644)
    with pytest.raises(StorageError, match="chmod 600"):
        commands.accounts()
    file.chmod(0o600)
    file.write_text(file.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    with pytest.raises(StorageError, match="not as vedette wrote it"):
        commands.accounts()


def test_a_full_disk_leaves_the_accounts_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    commands.add_account("zahra", Role.READER, password=PASSWORD)
    before = commands.accounts_file().read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="Free some space"):
        commands.add_account("omar", Role.READER, password=PASSWORD)
    assert commands.accounts_file().read_bytes() == before
    assert [path.name for path in commands.accounts_file().parent.glob(".vedette-tmp*")] == []


def test_a_password_opens_a_session_under_the_name_and_role(hosted: Hosted) -> None:
    client = hosted("Zahra Amin", Role.ANALYST)
    app = client.app
    assert isinstance(app, FastAPI)

    @app.post("/try")
    def attempt(request: Request, token: str, needed: Role) -> str:
        return posting(request, token, needed).name

    token = form_token(client)
    assert client.post(f"/try?token={token}&needed=analyst").json() == "Zahra Amin"
    assert client.post(f"/try?token={token}&needed=lead").status_code == 403
    commands.set_role("zahra amin", Role.LEAD)
    assert client.post(f"/try?token={token}&needed=lead").status_code == 200


@pytest.mark.parametrize(
    ("name", "password"), [("zahra", "wrong"), ("nobody", PASSWORD), ("", ""), ("é", "ü")]
)
def test_a_wrong_name_or_password_opens_nothing(hosted: Hosted, name: str, password: str) -> None:
    commands.add_account("zahra", Role.LEAD, password=PASSWORD)
    client = hosted()
    answer = client.post("/login", data={"name": name, "password": password})
    assert answer.status_code == 401
    assert "Name or password are wrong." in answer.text
    assert client.get("/network").status_code == 401


@pytest.mark.parametrize("change", ["password", "remove"])
def test_another_password_or_no_account_ends_all_sessions(hosted: Hosted, change: str) -> None:
    client = hosted("zahra", Role.LEAD)
    assert client.get("/network").status_code == 200
    if change == "password":
        commands.set_password("zahra", "another horse battery")
    else:
        commands.remove_account("zahra")
    assert client.get("/network").status_code == 401
    assert sign_in(client, "zahra").status_code == 401


def test_tokens_of_the_machine_open_nothing_from_afar(hosted: Hosted) -> None:
    from vedette.app.tokens import new_token

    client = hosted()
    door = state_of(client).door
    client.post("/login", data={"token": new_token(door.secret)})
    assert client.get("/network").status_code == 401


def test_nothing_is_served_without_tls(hosted: Hosted) -> None:
    commands.add_account("zahra", Role.LEAD, password=PASSWORD)
    answer = hosted(scheme="http").get("/login")
    assert answer.status_code == 400
    assert "https" in answer.text


def test_cookies_from_afar_stay_on_tls_and_this_host(hosted: Hosted) -> None:
    commands.add_account("zahra", Role.LEAD, password=PASSWORD)
    client = hosted()
    answer = client.post("/login", data={"name": "zahra", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-vedette=")
    assert {"Secure", "HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Strict-Transport-Security" in answer.headers


def test_waits_double_and_a_right_password_ends_them() -> None:
    now = 0.0
    tries = Tries(lambda: now)
    assert [tries.ask("zahra", "a") for _ in range(FREE["name"])] == [0.0] * FREE["name"]
    waits = []
    for _ in range(12):
        waits.append(tries.ask("zahra", "a"))
        now += waits[-1]
        assert tries.ask("zahra", "a") == 0.0
    assert waits[:3] == [2.0, 4.0, 8.0]
    assert waits[-1] == LONGEST
    tries.succeeded("zahra", "a")
    assert tries.ask("zahra", "a") == 0.0


def test_an_address_that_tries_many_names_waits_too() -> None:
    tries = Tries(lambda: 0.0)
    waits = [tries.ask(f"name {number}", "2001:db8::1") for number in range(FREE["address"] + 1)]
    assert waits[-2:] == [0.0, 2.0]
    assert tries.ask("another", "2001:db8::2") == 2.0
    assert tries.ask("another", "2001:db9::2") == 0.0


def test_who_tries_too_often_is_told_how_long_to_wait(hosted: Hosted) -> None:
    commands.add_account("zahra", Role.LEAD, password=PASSWORD)
    client = hosted()
    answers = [
        client.post("/login", data={"name": "ZAHRA", "password": "no"}) for _ in range(FREE["name"] + 1)
    ]
    assert [each.status_code for each in answers] == [401] * FREE["name"] + [429]
    assert "Wait" in answers[-1].text
    assert int(answers[-1].headers["retry-after"]) > 0
    assert sign_in(client, "zahra").status_code == 429


def test_the_audit_log_names_who_came_in_failed_was_refused_and_posted(hosted: Hosted, home: Path) -> None:
    client = hosted("zahra", Role.READER)
    client.post("/login", data={"name": "zahra", "password": "a secret that was mistyped"})
    client.post("/login", data={"name": "my secret typed as a name", "password": "x"})
    client.post("/logout", data={"form_token": "wrong"})
    client.post("/logout", data={"form_token": form_token(client)}, follow_redirects=False)
    client.get("/network?named=secret")
    file = home / "audit.log"
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(line["what"], line["who"], line["status"]) for line in lines] == [
        ("came in", "zahra", 200),
        ("did not come in", "zahra", 401),
        ("did not come in", "", 401),
        ("was refused", "zahra", 403),
        ("posted", "zahra", 303),
        ("was refused", "", 401),
    ]
    assert "secret" not in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_audit_log_turns_and_never_stops_the_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = AuditLog(tmp_path / "audit.log", most=200, kept=2)
    for number in range(30):
        log.note(number=number)
    assert sorted(path.name for path in tmp_path.glob("audit*")) == [
        "audit.log",
        "audit.log.1",
        "audit.log.2",
    ]
    assert all(path.stat().st_size < 300 for path in tmp_path.glob("audit*"))
    AuditLog(tmp_path / "missing" / "audit.log").note(what="posted")
    assert "cannot be written" in capsys.readouterr().err


def test_the_commands_say_what_they_did(home: Path, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    environment = {"VEDETTE_HOME": str(home)}
    typed_in = ("--password-file", tmp_path / "password")
    assert (
        typed("accounts", "add", "zahra", "--role", "lead", *typed_in, environment=environment).returncode
        == 0
    )
    assert commands.is_password(commands.accounts().find("zahra"), PASSWORD)
    given = typed("accounts", "password", "zahra", given="another horse battery\n", environment=environment)
    assert "sessions have ended" in given.stdout
    listed = json.loads(typed("accounts", "list", "--json", environment=environment).stdout)
    assert [(each["name"], each["role"]) for each in listed] == [("zahra", "lead")]
    with pytest.raises(VedetteError, match="Did you mean 'zahra'"):
        commands.set_role("zahr", Role.READER)
    assert typed("accounts", "remove", "zahra", environment=environment).returncode == 0
    assert commands.accounts().accounts == ()
