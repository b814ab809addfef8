"""Nobody comes in without a session, a token opens one once, and every answer carries the headers."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from support.served import Opened

from vedette.app.access import COOKIE, cookie_of
from vedette.app.policy import CONTENT_POLICY, HEADERS
from vedette.app.sessions import Lifetime, Role, Sessions, Visitor, seconds
from vedette.app.tokens import Doorkeeper, new_token

pytestmark = pytest.mark.usefixtures("idle_jobs")

CLOSED = (
    "/",
    "/network",
    "/static/workbench.css",
    "/nothing",
    "/jobs/abc/progress",
    "/docs",
    "/openapi.json",
)


def form_token(client: TestClient) -> str:
    """The token that forms of the client's session post."""
    app = client.app
    assert isinstance(app, FastAPI)
    door: Doorkeeper = app.state.door
    return door.form_token(client.cookies[COOKIE])


@pytest.mark.parametrize("address", CLOSED)
def test_without_a_session_every_address_is_closed(opened: Opened, address: str) -> None:
    answer = opened(session=False).get(address)
    assert (answer.status_code, "Four" in answer.text) == (401, False)


@pytest.mark.parametrize("address", ["/logout", "/jobs/abc/stop"])
def test_every_address_that_posts_is_closed_without_a_session(opened: Opened, address: str) -> None:
    assert opened(session=False).post(address, data={"form_token": "x"}).status_code == 401


def test_a_token_opens_one_session_once(opened: Opened) -> None:
    client = opened(session=False)
    app = client.app
    assert isinstance(app, FastAPI)
    token = new_token(app.state.door.secret)
    first = client.post("/login", data={"token": token})
    assert first.status_code == 200
    assert "HttpOnly" in first.headers["set-cookie"]
    assert "SameSite=strict" in first.headers["set-cookie"]
    client.cookies.clear()
    assert client.post("/login", data={"token": token}).status_code == 401


@pytest.mark.parametrize("token", ["", "x", "x.y", ".", "é.ß", new_token(b"of another server")])
def test_what_is_no_token_opens_nothing(opened: Opened, token: str) -> None:
    assert opened(session=False).post("/login", data={"token": token}).status_code == 401


def test_a_token_in_an_address_opens_nothing(opened: Opened) -> None:
    client = opened(session=False)
    app = client.app
    assert isinstance(app, FastAPI)
    assert client.get("/login", params={"token": new_token(app.state.door.secret)}).status_code == 401


def test_a_form_of_another_session_is_refused(opened: Opened) -> None:
    client = opened()
    assert client.post("/logout", data={"form_token": "another"}).status_code == 403
    assert client.get("/network").status_code == 200


def test_a_closed_session_stays_closed(opened: Opened) -> None:
    client = opened()
    key = client.cookies[COOKIE]
    client.post("/logout", data={"form_token": form_token(client)}, follow_redirects=False)
    assert client.get("/network", cookies={COOKIE: key}).status_code == 401


@pytest.mark.parametrize("address", ["/network", "/nothing", "/static/workbench.css", "/network?least=7"])
@pytest.mark.parametrize("session", [True, False])
def test_every_answer_carries_the_headers(opened: Opened, address: str, session: bool) -> None:
    answer = opened(session=session).get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in CONTENT_POLICY


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "vedette"])
def test_another_name_of_the_machine_is_refused(opened: Opened, host: str) -> None:
    assert opened().get("/network", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(("idle", "longest"), [(10.0, 100.0), (100.0, 10.0)])
def test_a_session_ends_unused_and_in_any_case(idle: float, longest: float) -> None:
    now = 1000.0
    sessions = Sessions(Lifetime(idle, longest), lambda: now)
    key = sessions.open(Visitor("zahra", Role.READER))
    for passed in (4.0, 8.0):
        now = 1000.0 + passed
        assert sessions.find(key) is not None
    now += idle + 1
    assert sessions.find(key) is None
    now = 1000.0
    assert sessions.find(key) is None


def test_a_session_that_is_used_lives_as_long_as_it_may() -> None:
    now = 0.0
    sessions = Sessions(Lifetime(10.0, 100.0), lambda: now)
    key = sessions.open(Visitor("zahra", Role.READER))
    lived = 0
    while sessions.find(key):
        lived, now = lived + 1, now + 9.0
    assert lived == 12


def test_a_clock_that_is_set_moves_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    before = seconds()
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert 0 <= seconds() - before < 60


@pytest.mark.parametrize("other", ["a=b c", 'j={"x": 1}', "=", "x" * 5000, "é=ü", "vedette=other"])
def test_cookies_of_other_programs_of_the_machine_do_no_harm(opened: Opened, other: str) -> None:
    client = opened()
    both = f"{other}; {COOKIE}={client.cookies[COOKIE]}"
    assert client.get("/network", headers={b"cookie": both.encode()}).status_code == 200


def test_servers_on_two_ports_keep_their_sessions_apart(opened: Opened) -> None:
    scopes = [{"scheme": "http", "server": ("127.0.0.1", port)} for port in (8470, 8471)]
    assert len({cookie_of(scope) for scope in scopes}) == 2
