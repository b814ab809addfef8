"""People come in by OpenID Connect: what a provider says is checked, and groups decide the role."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from httpx2 import Response
from starlette.testclient import TestClient
from support.fourland import CaseFolder
from support.oidc_provider import Provider, running
from support.served import state_of
from support.spoken import spoken

from vedette.app import Served, workbench
from vedette.app.reception import Reception
from vedette.app.sessions import Role, Visitor
from vedette.app.sign_on import sign_on_of
from vedette.errors import UsageError

HOST = "vedette.example.org"
ZAHRA = {"preferred_username": "zahra", "groups": ["field", "desk"]}


@pytest.fixture
def provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "home"))
    with running(Provider(dict(ZAHRA))) as found:
        yield found


def settings_of(provider: Provider, folder: Path, **more: str) -> Path:
    (folder / "secret").write_text(provider.secret, encoding="utf-8")
    lines = {
        "issuer": provider.address,
        "client_id": provider.client_id,
        "client_secret_file": str(folder / "secret"),
        "roles": "{lead: [heads], analyst: [desk], reader: [field]}",
        **more,
    }
    file = folder / "oidc.yaml"
    file.write_text("".join(f"{name}: {value}\n" for name, value in lines.items()), encoding="utf-8")
    return file


@pytest.fixture
def client(provider: Provider, case_folder: CaseFolder, tmp_path: Path) -> TestClient:
    door = Reception(sign_on=sign_on_of(settings_of(provider, tmp_path)))
    app = workbench(Served(str(case_folder(spoken())), "internal"), door, [HOST])
    return TestClient(app, base_url=f"https://{HOST}", raise_server_exceptions=False)


def gone(client: TestClient) -> str:
    """Sends the browser to the provider; returns the address to which that sends it back."""
    sent = client.get("/login?by=oidc", follow_redirects=False)
    assert sent.status_code == 303
    return str(httpx2.get(sent.headers["location"]).headers["location"])


def back(client: TestClient, address: str) -> Response:
    assert address.startswith(f"https://{HOST}/login?")
    return client.get("/login", params=dict(parse_qsl(urlsplit(address).query)))


def test_the_provider_lets_somebody_in_with_the_role_of_their_groups(client: TestClient) -> None:
    assert "Come in with 127.0.0.1" in client.get("/login").text
    assert back(client, gone(client)).status_code == 200
    assert "zahra" in client.get("/network").text
    [session] = state_of(client).door.sessions._open.values()
    assert session.visitor == Visitor("zahra", Role.ANALYST)


@pytest.mark.parametrize(
    "spoil",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"iat": 9_999_999_999},
        {"groups": ["strangers"]},
        {"groups": 7},
        {"preferred_username": "a\u202eb"},
    ],
)
def test_a_word_that_does_not_hold_lets_nobody_in(
    client: TestClient, provider: Provider, spoil: dict[str, object]
) -> None:
    provider.claims |= spoil
    assert back(client, gone(client)).status_code == 401
    assert client.get("/network").status_code == 401


@pytest.mark.parametrize("key", ["alien", "shared"])
def test_a_word_that_another_signed_lets_nobody_in(client: TestClient, provider: Provider, key: str) -> None:
    setattr(provider, key, True)
    assert back(client, gone(client)).status_code == 401


def test_a_sign_on_is_good_once_in_the_browser_that_began_it(client: TestClient) -> None:
    address = gone(client)
    client.cookies.clear()
    assert back(client, address).status_code == 401
    address = gone(client)
    own = dict(client.cookies)
    assert back(client, address).status_code == 200
    client.cookies.clear()
    client.cookies.update(own)
    assert back(client, address).status_code == 401


def test_a_state_that_nobody_began_is_refused(client: TestClient) -> None:
    assert client.get("/login?state=made-up&code=x").status_code == 401
    assert client.get("/login?state=made-up&error=access_denied").status_code == 401


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"issuer": "http://login.example.org"}, "is not https"),
        ({"issuer": "http://127.0.0.1:9"}, "does not answer as a provider"),
        ({"roles": "{boss: [a]}"}, "roles"),
        ({"colour": "red"}, "It takes: issuer"),
        ({"client_secret_file": "/nowhere"}, "cannot be read"),
    ],
)
def test_a_file_that_does_not_fit_is_named(
    provider: Provider, tmp_path: Path, more: dict[str, str], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        sign_on_of(settings_of(provider, tmp_path, **more))


def test_the_issuer_is_that_which_the_provider_names(provider: Provider, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="expected the issuer that the provider names"):
        sign_on_of(settings_of(provider, tmp_path, issuer=f"{provider.address}/"))
