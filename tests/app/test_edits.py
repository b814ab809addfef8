"""Changes made in the browser: under the visitor's name, with nothing overwritten and nothing lost."""

from contextvars import copy_context
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient
from support.fourland import CaseFolder
from support.served import Opened
from support.spoken import spoken

from vedette import commands
from vedette.app import visitors
from vedette.app.access import COOKIE
from vedette.app.visitors import Role, Visitor, posting


def form_token(client: TestClient) -> str:
    """The token that forms of the client's session post."""
    app = client.app
    assert isinstance(app, FastAPI)
    token: str = app.state.door.form_token(client.cookies[COOKIE])
    return token


def case_of(client: TestClient) -> Path:
    """The folder of the case that a client's server serves."""
    app = client.app
    assert isinstance(app, FastAPI)
    return Path(app.state.held.served.case)


def test_a_post_logs_the_name_of_the_visitor_and_no_other_request_does(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened(spoken(), "internal")
    app, case = client.app, str(case_of(client))
    assert isinstance(app, FastAPI)

    @app.post("/try")
    def add(request: Request, name: str) -> None:
        posting(request, form_token(client), Role.ANALYST)
        commands.add_source(case, {"title": name})

    monkeypatch.setattr(visitors, "visitor", lambda _: Visitor("Zahra  al-Amin\n", Role.ANALYST))
    assert client.post("/try?name=one").status_code == 200
    commands.add_source(case, {"title": "two"})
    own = commands.log(case).changes[-1].who
    assert [line.who for line in commands.log(case).changes] == ["Zahra al-Amin", own]
    assert own != "Zahra al-Amin"


def test_a_name_is_logged_as_one_line_that_nobody_obeys(case_folder: CaseFolder) -> None:
    case = str(case_folder(spoken()))

    def add() -> None:
        commands.act_as("a\x1b[2Jb" + "c" * 200)
        commands.add_source(case, {"title": "one"})

    copy_context().run(add)
    who = commands.log(case).changes[-1].who
    assert who.startswith("a\\x1b[2Jb")
    assert len(who) == 80
