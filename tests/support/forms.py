"""Forms of the workbench, filled in and posted as a browser does."""

import csv
import re
from html import unescape
from pathlib import Path

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from vedette.app.access import COOKIE


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


class Page:
    """A form of a page, as a browser reads it."""

    def __init__(self, client: TestClient, address: str, verb: str = "edit") -> None:
        self.client, self.address = client, address
        text = client.get(address).text
        forms = [form for form in FORM.findall(text) if f'name="verb" value="{verb}"' in form]
        self.fields = fields_of(forms[0] if forms else FORM.findall(text)[-2])

    def post(self, **typed: str) -> Response:
        """Posts the form with some fields typed anew."""
        return self.client.post(self.address, data={**self.fields, **typed})


FORM = re.compile(r'<form method="post".*?</form>', re.DOTALL)
FIELD = re.compile(
    r'<(?:input|textarea|select)[^>]*\bname="([^"]+)"[^>]*>'
    r"(.*?)(?=<(?:input|textarea|select|/form)|$)",
    re.DOTALL,
)


def fields_of(form: str) -> dict[str, str]:
    """The fields of a form with what stands in them."""
    fields = {}
    for found in FIELD.finditer(form):
        value = re.search(r'^<input[^>]*\bvalue="([^"]*)"', found[0])
        chosen = re.search(r'<option value="([^"]*)" selected', found[2])
        area = re.search(r"^<textarea[^>]*>\n(.*?)</textarea>", found[0], re.DOTALL)
        text = value or chosen or area
        fields[found[1]] = unescape(text[1]) if text else ""
    return fields


def rows_of(client: TestClient, file: str) -> dict[str, dict[str, str]]:
    """The rows of a table on the disk, by id."""
    with (case_of(client) / file).open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}
