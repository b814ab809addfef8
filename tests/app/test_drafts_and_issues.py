"""Drafts and issues in the browser: by a lead, once, under the number that was agreed to."""

import base64
import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from support.sample_brief import CHARTS, fourland_brief
from support.secrets_of_fourland import SECRET_FILES
from support.served import Opened
from support.spoken import spoken

from vedette import commands
from vedette.app import visitors
from vedette.app.access import COOKIE
from vedette.app.files import brief_answer
from vedette.app.jobs import STATE, Job, Jobs
from vedette.app.visitors import Role, Visitor
from vedette.app.works.issuing import issue
from vedette.brief.page import to_html
from vedette.errors import UsageError
from vedette.progress import quiet


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What jobs were started for; each fails at once."""
    found: list[dict[str, object]] = []

    def start(jobs: Jobs, job: Job, asked: dict[str, object]) -> None:
        found.append(asked)
        job.folder.mkdir(parents=True, exist_ok=True)
        commands.write_private(job.folder / "asked.json", json.dumps(asked))
        commands.write_private(job.folder / STATE, '{"standing": "failed", "what": "The disk is full."}')

    monkeypatch.setattr(Jobs, "_start", start)
    return found


def token_of(client: TestClient) -> str:
    """The token that forms of the client's session post."""
    app = client.app
    assert isinstance(app, FastAPI)
    token: str = app.state.door.form_token(client.cookies[COOKIE])
    return token


def test_a_lead_who_agreed_starts_one_issue(
    opened: Opened, issued_copy: Path, started: list[dict[str, object]]
) -> None:
    client = opened(issued_copy, "internal")
    form = client.get("/brief/issue?edition=public&corrects=").text
    assert 'name="number" value="3"' in form
    asked = {"number": "3", "form_token": token_of(client)}
    assert client.post("/brief/issue?edition=public", data=asked).status_code == 400
    assert started == []
    asked["agreed"] = "yes"
    first = client.post("/brief/issue?edition=public", data=asked)
    assert "The disk is full." in first.text
    [one] = started
    assert one["verb"] == "issue"
    assert isinstance(one["options"], dict)
    assert {one["options"][name] for name in ("edition", "number", "corrects")} == {"public", 3, None}


def test_a_page_that_is_loaded_anew_issues_nothing(
    opened: Opened, issued_copy: Path, started: list[dict[str, object]]
) -> None:
    client = opened(issued_copy, "internal")
    asked = {"number": "3", "agreed": "yes", "form_token": token_of(client)}
    there = client.post("/brief/issue?edition=public", data=asked, follow_redirects=False).headers["location"]
    for _ in range(2):
        assert client.get(there).status_code == 200
    again = client.post(
        there.replace("/brief/issuing", "/jobs") + "/again", data={"form_token": token_of(client)}
    )
    assert again.status_code == 403
    assert len([one for one in started if one["verb"] == "issue"]) == 1


def test_an_analyst_issues_nothing(
    opened: Opened, issued_copy: Path, started: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "visitor", lambda _: Visitor("Analyst", Role.ANALYST))
    client = opened(issued_copy, "internal")
    asked = {"number": "3", "agreed": "yes", "form_token": token_of(client)}
    assert client.post("/brief/issue?edition=public", data=asked).status_code == 403
    assert started == []


def test_a_number_that_was_given_meanwhile_is_not_given_again(issued_case: Path) -> None:
    options = {
        "edition": "public",
        "language": "en",
        "short": False,
        "number": 2,
        "corrects": 1,
        "why": "Wrong.",
    }
    served = type("", (), {"case": str(issued_case), "as_of": date(2014, 10, 31)})()
    with pytest.raises(UsageError, match="issue 2 of the public edition cannot be issued: the next one is 3"):
        issue(served, {**options, "number": 2, "by": "Lead"}, quiet)


def test_issues_are_listed_with_hashes_and_given_out_as_they_are(opened: Opened, issued_copy: Path) -> None:
    client = opened(issued_copy, "public")
    page = client.get("/brief/issues").text
    files = re.findall(r'href="(/brief/issues/[^"]+)">[^<]*</a> <code title="(\w+)"', page)
    assert len(files) > 8
    for address, digest in files[:3]:
        answer = client.get(address)
        assert hashlib.sha256(answer.content).hexdigest() == digest
    assert client.get("/brief/issues?form=csv").text.count("\n") == 3
    assert client.get("/brief/issues/public/1/issue.json").status_code == 404
    assert client.get("/brief/issues/public/1/..%2F..%2Fcase.yaml").status_code == 404
    assert client.get("/brief/issues/internal/1/brief.html").status_code in (400, 404)


def test_an_issue_that_was_touched_is_said_and_not_given_out(opened: Opened, issued_copy: Path) -> None:
    client = opened(issued_copy, "public")
    assert client.get("/brief/issues").status_code == 200
    page = issued_copy / "issues" / "public" / "001" / "brief.html"
    page.write_bytes(page.read_bytes() + b" ")
    for address in ("/brief/issues", "/brief/issues/public/2/brief.html"):
        answer = client.get(address)
        assert answer.status_code == 409
        assert "as it was issued" in answer.text


def test_an_edition_that_withholds_makes_itself_alone_and_issues_nothing(
    opened: Opened, started: list[dict[str, object]]
) -> None:
    client = opened(SECRET_FILES, "public")
    for address in ("/brief?edition=internal", "/brief/files/pdf?edition=internal", "/brief/issue"):
        assert client.get(address).status_code == 400
    asked = {"number": "1", "agreed": "yes", "form_token": token_of(client)}
    assert client.post("/brief/issue", data=asked).status_code == 400
    assert [one for one in started if one["verb"] == "issue"] == []


def test_the_page_of_a_brief_has_a_policy_that_allows_its_styles_and_nothing_else() -> None:
    html = to_html(fourland_brief(CHARTS)).encode()
    policy = brief_answer(html, "brief.html").headers["content-security-policy"]
    [style] = re.findall(rb"<style>(.*?)</style>", html, re.DOTALL)
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'" in policy
    assert policy.endswith("sandbox")
    assert "script" not in policy
    assert "default-src 'none'" in policy


def test_a_job_that_failed_is_started_again_by_its_button_alone(
    opened: Opened, started: list[dict[str, object]]
) -> None:
    client = opened(spoken(), "internal")
    for _ in range(2):
        text = client.get("/brief/sections/where").text
    assert len(started) == 1
    [address] = re.findall(r'action="(/jobs/\w+/again)"', text)
    sent = {"form_token": token_of(client), "back": "//elsewhere.example/"}
    answer = client.post(address, data=sent, follow_redirects=False)
    assert (answer.headers["location"], len(started)) == ("/jobs", 2)
