"""What is too large, too slow or posted from elsewhere is refused, and leaves nothing behind."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from unittest.mock import Mock

import pytest
import uvicorn
from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send
from support.served import Opened, state_of
from support.spoken import spoken

from vedette.app import listening
from vedette.app.limits import BODY, Limits
from vedette.app.policy import HEADERS

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("told", [True, False])
def test_a_body_that_is_too_large_is_refused(opened: Opened, told: bool) -> None:
    client = opened()
    body = b"form_token=" + b"a" * BODY
    content = body if told else iter([body[: BODY // 2], body[BODY // 2 :]])
    answer = client.post("/logout", content=content, headers=FORM)
    assert answer.status_code == 413
    assert f"{BODY:,} bytes at most" in answer.text
    assert client.get("/network").status_code == 200


def test_nobody_without_a_session_is_told_more_than_that(opened: Opened) -> None:
    client = opened(session=False)
    assert client.post("/logout", content=b"a" * (BODY + 1), headers=FORM).status_code == 401


@pytest.mark.parametrize("length", ["-1", "many", "1e3"])
def test_a_length_that_is_none_is_refused(opened: Opened, length: str) -> None:
    answer = opened().post("/logout", content=b"", headers={**FORM, "content-length": length})
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_post_from_elsewhere_is_refused(opened: Opened, headers: dict[str, str]) -> None:
    client = opened()
    answer = client.post("/logout", data={"form_token": "any"}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text


def test_a_page_of_the_web_cannot_open_a_session(opened: Opened) -> None:
    client = opened(session=False)
    foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    from_disk = {"origin": "null", "sec-fetch-site": "cross-site"}
    assert client.post("/login", data={"token": "x"}, headers=foreign).status_code == 403
    assert client.post("/login", data={"token": "x"}, headers=from_disk).status_code == 401


def test_a_body_that_comes_too_slowly_is_given_up() -> None:
    app = FastAPI()

    @app.post("/")
    def take(word: str = Form()) -> str:
        return word

    async def slowly() -> Message:
        await asyncio.sleep(60)
        raise AssertionError

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
    }
    limits = Limits(app, patience=-10.0)
    asyncio.run(limits(scope, slowly, send))
    assert sent[0]["status"] == 408


def test_a_form_that_is_none_is_told_without_a_session(opened: Opened) -> None:
    answer = opened(session=False).post("/login", files={"token": b"a file"})
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


def test_a_form_token_of_any_letters_is_refused(opened: Opened) -> None:
    client = opened()
    assert (
        client.post("/logout", data={"form_token": "é\udce9".encode("utf-8", "replace")}).status_code == 403
    )
    assert client.post("/login", data={"token": "é.ü"}).status_code == 401


def test_a_case_that_breaks_while_it_is_served_is_told(opened: Opened) -> None:
    client = opened(spoken(), "internal")
    held = state_of(client).held
    claims = Path(held.served.case) / "claims.csv"
    whole = claims.read_text(encoding="utf-8")
    claims.write_text(whole + "broken\n", encoding="utf-8")
    answer = client.get("/evidence")
    assert answer.status_code == 409
    assert "claims.csv" in answer.text
    assert str(claims.parent.parent) not in answer.text
    claims.write_text(whole, encoding="utf-8")
    assert client.get("/evidence").status_code == 200


def test_a_fault_shows_nothing_of_itself(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vedette.commands.sources", Mock(side_effect=ValueError("/secret/path")))
    answer = opened().get("/sources")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server that listens as the workbench does, and waits for heads a tenth of a second."""
    monkeypatch.setattr(listening, "HEAD_SECONDS", 0.1)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(str(Request(scope).client))(scope, receive, send)

    line = socket.socket()
    line.bind(("127.0.0.1", 0))
    line.listen()
    config = uvicorn.Config(app, proxy_headers=False, lifespan="off", **listening.settings())
    server = uvicorn.Server(config)
    running = Thread(target=lambda: asyncio.run(server.serve(sockets=[line])))
    running.start()
    yield line.getsockname()[1]
    server.should_exit = True
    running.join()
    line.close()


def answer_to(port: int, *pieces: bytes) -> bytes:
    """All that a server answers to some bytes before it closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        for piece in pieces:
            line.sendall(piece)
        read = b""
        while part := line.recv(65536):
            read += part
        return read


def test_a_head_that_is_too_large_is_refused(port: int) -> None:
    cookie = b"a" * (2 * listening.HEAD_BYTES)
    answer = answer_to(port, b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + cookie + b"\r\n")
    assert b" 400 " in answer.split(b"\r\n")[0]


def test_a_head_that_does_not_end_is_given_up(port: int) -> None:
    assert answer_to(port, b"GET / HTTP/1.1\r\nHost: x\r\n") == b""
    again = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    assert answer_to(port, again, b"GET / HTTP/1.1\r\n").count(b"200 OK") == 1


def test_nobody_but_a_proxy_says_for_whom_it_asks(port: int) -> None:
    spoofed = b"GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 9.9.9.9\r\nConnection: close\r\n\r\n"
    assert b"127.0.0.1" in answer_to(port, spoofed)
