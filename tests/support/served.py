"""A workbench that serves a small case, and a client whose session is open."""

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from fastapi import FastAPI
from starlette.datastructures import State
from starlette.testclient import TestClient

from support.fourland import CaseFolder, Files
from vedette.app import Served, workbench
from vedette.app.jobs import Jobs
from vedette.app.tokens import Doorkeeper, new_token

Opened = Callable[..., TestClient]
ADDRESS = "http://127.0.0.1"


def state_of(client: TestClient) -> State:
    """What the application of a client holds: ``held``, ``jobs``, ``door``."""
    app = client.app
    assert isinstance(app, FastAPI)
    return app.state


@pytest.fixture
def idle_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long work is asked for and never begins: for tests of pages that do not wait for it."""
    process = Mock(pid=0)
    monkeypatch.setattr("vedette.app.jobs.subprocess.Popen", lambda *_, **__: process)


@pytest.fixture
def opened(case_folder: CaseFolder) -> Iterator[Opened]:
    """Returns a factory of clients of a small case: ``opened({"claims.csv": text}, edition="internal")``.

    A folder in place of the files is served as it is.
    """
    clients: list[TestClient] = []

    def client(
        files: Files | Path | None = None, edition: str | None = None, *, session: bool = True
    ) -> TestClient:
        door = Doorkeeper()
        folder = files if isinstance(files, Path) else case_folder(files)
        app = workbench(Served(str(folder), edition), door)
        made = TestClient(app, base_url=ADDRESS, raise_server_exceptions=False)
        if session:
            assert made.post("/login", data={"token": new_token(door.secret)}).status_code == 200
        clients.append(made)
        return made

    yield client
    for each in clients:
        kept: Jobs = state_of(each).jobs
        for job in kept.all():
            kept.stop(job)
        each.close()
