"""Changes made in the browser: under the visitor's name, with nothing overwritten and nothing lost."""

import errno
import re
from contextvars import copy_context
from datetime import date

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient
from support.forms import FORM, Page, case_of, fields_of, form_token, rows_of
from support.fourland import CaseFolder
from support.secrets_of_fourland import SECRET_FILES
from support.served import ADDRESS, Opened, state_of
from support.spoken import spoken

from vedette import commands
from vedette.app import Served, visitors, workbench
from vedette.app.tokens import Doorkeeper, new_token
from vedette.app.visitors import Role, Visitor, posting
from vedette.files import change


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


@pytest.fixture
def editor(opened: Opened) -> TestClient:
    """A client that edits a small case of claims."""
    return opened(spoken(), "internal")


def a_claim(client: TestClient) -> str:
    return next(iter(rows_of(client, "claims.csv")))


def test_a_row_is_corrected_and_its_history_says_by_whom(editor: TestClient) -> None:
    key = a_claim(editor)
    answer = Page(editor, f"/rows/{key}").post(note="seen in\r\nthe original", credibility="1")
    assert (answer.status_code, answer.url.path) == (200, f"/rows/{key}")
    row = rows_of(editor, "claims.csv")[key]
    assert (row["note"], row["credibility"]) == ("seen in the original", "1")
    history = commands.history_of(str(case_of(editor)), key)
    assert [(each.was, each.now) for each in history.changes] == [
        ({"credibility": "2", "note": ""}, {"credibility": "1", "note": "seen in the original"})
    ]
    assert commands.log(str(case_of(editor))).changes[-1].who in editor.get(f"/evidence/{key}").text


def test_a_row_changed_meanwhile_is_shown_beside_and_not_overwritten(
    editor: TestClient,
) -> None:
    key = a_claim(editor)
    mine, theirs = Page(editor, f"/rows/{key}"), Page(editor, f"/rows/{key}")
    assert theirs.post(note="theirs", page="7").status_code == 200
    before = (case_of(editor) / "claims.csv").read_bytes()
    answer = mine.post(note="mine")
    assert answer.status_code == 409
    assert (case_of(editor) / "claims.csv").read_bytes() == before
    conflict = fields_of(FORM.findall(answer.text)[0])
    cells = re.findall(r"<th scope=\"row\">note</th>(.*?)</tr>", answer.text)[0]
    assert re.findall(r"<td[^>]*>(.*?)</td>", cells) == ["", "theirs", "mine"]
    assert editor.post(f"/rows/{key}", data=conflict).status_code == 200
    row = rows_of(editor, "claims.csv")[key]
    assert (row["note"], row["page"]) == ("mine", "7")  # what only they had changed stays


def test_taking_ones_own_over_theirs_is_refused_where_they_changed_it_again(editor: TestClient) -> None:
    key = a_claim(editor)
    mine = Page(editor, f"/rows/{key}")
    Page(editor, f"/rows/{key}").post(note="theirs")
    conflict = fields_of(FORM.findall(mine.post(note="mine").text)[0])
    Page(editor, f"/rows/{key}").post(note="theirs again")
    assert editor.post(f"/rows/{key}", data=conflict).status_code == 409
    assert rows_of(editor, "claims.csv")[key]["note"] == "theirs again"


@pytest.mark.parametrize("verb", ["edit", "retract", "rename"])
def test_a_row_that_went_meanwhile_is_said_to_be_gone(editor: TestClient, verb: str) -> None:
    key = a_claim(editor)
    mine = Page(editor, f"/rows/{key}", verb)
    commands.rename(str(case_of(editor)), key, new="another-name")
    before = (case_of(editor) / "claims.csv").read_bytes()
    answer = mine.post(note="mine", why="mine", new="mine")
    assert answer.status_code in (400, 409)
    assert re.search("The row is gone|no such row|is no id", answer.text)
    assert (case_of(editor) / "claims.csv").read_bytes() == before


def test_a_row_that_is_gone_can_be_added_again_with_what_was_typed(editor: TestClient) -> None:
    Page(editor, "/tables/sources/add").post(id="short", title="Of a moment", publisher="The Press")
    mine = Page(editor, "/rows/short")
    editor.post("/log", data=undo_form(editor, "Undo it"))
    answer = mine.post(title="Mine")
    assert (answer.status_code, "short" in rows_of(editor, "sources.csv")) == (409, False)
    assert editor.post("/tables/sources/add", data=fields_of(FORM.findall(answer.text)[0])).status_code == 200
    row = rows_of(editor, "sources.csv")["short"]
    assert (row["title"], row["publisher"]) == ("Mine", "The Press")


def test_a_row_without_id_is_found_where_it_moved(editor: TestClient) -> None:
    case = str(case_of(editor))
    mine = Page(editor, "/rows/forces.csv:3")
    table = case_of(editor) / "forces.csv"
    header, first, *rest = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join([header, *rest, first]), encoding="utf-8")
    assert mine.post(note="moved").status_code == 200
    assert commands.row_of(case, "forces.csv:2").cells["note"] == "moved"


def test_two_people_who_add_the_same_id_see_the_row_of_the_faster(editor: TestClient) -> None:
    page = Page(editor, "/tables/sources/add")
    assert page.post(id="same", title="Theirs").status_code == 200
    answer = page.post(id="same", title="Mine", publisher="Me")
    assert answer.status_code == 409
    assert rows_of(editor, "sources.csv")["same"]["title"] == "Theirs"
    assert editor.post("/rows/same", data=fields_of(FORM.findall(answer.text)[0])).status_code == 200
    row = rows_of(editor, "sources.csv")["same"]
    assert (row["title"], row["publisher"]) == ("Mine", "Me")


def test_a_mistake_stands_beside_its_field_and_nothing_typed_is_lost(editor: TestClient) -> None:
    key = a_claim(editor)
    before = (case_of(editor) / "claims.csv").read_bytes()
    answer = Page(editor, f"/rows/{key}").post(**{"from": "20144", "note": "long to type"})
    assert answer.status_code == 409
    form = next(form for form in FORM.findall(answer.text) if 'name="verb" value="edit"' in form)
    assert re.search(r'id="field-from"[^>]*aria-invalid="true"', form)
    assert re.search(r'id="field-from-wrong">Expected a day, month or year', form)
    assert fields_of(form)["note"] == "long to type"
    assert str(case_of(editor)) not in answer.text
    assert (case_of(editor) / "claims.csv").read_bytes() == before
    assert editor.post(f"/rows/{key}", data={**fields_of(form), "from": "2014"}).status_code == 200


HARMFUL = {
    "script": "<script>alert(1)</script>",
    "drawing": '"><svg onload=alert(1)>',
    "template": "{{ 7 * 7 }}",
}


@pytest.mark.parametrize("text", HARMFUL.values(), ids=HARMFUL)
def test_text_that_would_do_something_stays_text(editor: TestClient, text: str) -> None:
    key = a_claim(editor)
    Page(editor, f"/rows/{key}").post(note=text)
    assert rows_of(editor, "claims.csv")[key]["note"] == text
    for address in (f"/rows/{key}", f"/evidence/{key}", "/tables/claims", "/log"):
        shown = editor.get(address).text
        assert "<script>alert" not in shown
        assert "<svg onload" not in shown
        assert ">49<" not in shown


@pytest.mark.parametrize("table", commands.ADDED)
def test_no_field_of_any_table_gives_back_what_a_browser_would_run(editor: TestClient, table: str) -> None:
    columns = commands.columns_of_table(state_of(editor).held.ledger(), table)
    typed = {column.name: f'"><script>alert("{column.name}")</script>' for column in columns}
    text = Page(editor, f"/tables/{table}/add").post(**typed).text
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert") >= len(columns)


@pytest.mark.parametrize(
    "text",
    ["a\x00b", "a\x1b[2Jb", "a\u202eb", "x" * 20_001, '=HYPERLINK("http://evil.example")'],
    ids=["nul", "escape", "override", "long", "formula"],
)
def test_text_that_nobody_sees_or_that_a_spreadsheet_obeys_is_refused(editor: TestClient, text: str) -> None:
    key = a_claim(editor)
    before = (case_of(editor) / "claims.csv").read_bytes()
    assert Page(editor, f"/rows/{key}").post(note=text).status_code in (400, 409)
    assert (case_of(editor) / "claims.csv").read_bytes() == before


def test_a_claim_is_retracted_renamed_and_its_source_merged(editor: TestClient) -> None:
    key = a_claim(editor)
    assert Page(editor, f"/rows/{key}", "retract").post(why="withdrawn", known="2020-01").status_code == 200
    assert "retracted" in editor.get(f"/rows/{key}").text.lower()
    assert Page(editor, f"/rows/{key}", "rename").post(new="first").url.path == "/rows/first"
    case = case_of(editor)
    assert "first," in (case / "retractions.csv").read_text(encoding="utf-8")
    Page(editor, "/tables/sources/add").post(id="twin", title="The twin")
    shown = editor.get("/rows/paper?goes=twin").text
    assert "twin" in rows_of(editor, "sources.csv")
    assert "The twin" in shown
    assert Page(editor, "/rows/paper?goes=twin", "merge").post().status_code == 200
    assert "twin" not in rows_of(editor, "sources.csv")


def test_a_case_broken_on_disk_is_said_with_its_cure_and_read_again_when_mended(editor: TestClient) -> None:
    claims = case_of(editor) / "claims.csv"
    whole = claims.read_text(encoding="utf-8")
    editor.get("/network")
    claims.write_text(whole.replace(",documented,", ",dokumented,", 1), encoding="utf-8")
    answer = editor.get("/network")
    assert answer.status_code == 409
    assert "claims.csv, row 2, column hedge" in answer.text
    assert "Did you mean" in answer.text
    assert str(case_of(editor)) not in answer.text
    claims.write_text(whole, encoding="utf-8")
    assert editor.get("/network").status_code == 200


def test_what_changed_on_disk_outside_is_told_until_the_next_logged_change(editor: TestClient) -> None:
    editor.get("/network")
    claims = case_of(editor) / "claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "without vedette: claims.csv." in editor.get("/network").text
    Page(editor, f"/rows/{a_claim(editor)}").post(note="mine")
    assert "Changed on disk" not in editor.get("/network").text


def undo_form(client: TestClient, words: str) -> dict[str, str]:
    """The form of the log with a button of some words."""
    text = client.get("/log").text
    return fields_of(next(form for form in FORM.findall(text) if f"{words}</button>" in form))


def test_a_change_is_taken_back_and_had_again_by_name(editor: TestClient) -> None:
    key, case = a_claim(editor), str(case_of(editor))
    Page(editor, f"/rows/{key}").post(note="mine")
    assert "note empty → mine" in editor.get("/log").text
    editor.post("/log", data=undo_form(editor, "Undo it"))
    assert rows_of(editor, "claims.csv")[key]["note"] == ""
    text = editor.get("/log").text
    assert "Taken back last: <bdi>edit, " in text
    editor.post("/log", data=undo_form(editor, "have it again"))
    assert rows_of(editor, "claims.csv")[key]["note"] == "mine"
    assert [line.command for line in commands.log(case).changes] == ["edit", "undo", "undo"]
    found = commands.log_in_words(case)
    assert [bool(each.undone_by) for each in found.changes] == [False, True, False]


def test_two_changes_are_taken_back_one_after_the_other(editor: TestClient) -> None:
    key = a_claim(editor)
    for note in ("one", "two"):
        Page(editor, f"/rows/{key}").post(note=note)
    for left in ("one", ""):
        editor.post("/log", data=undo_form(editor, "Undo it"))
        assert rows_of(editor, "claims.csv")[key]["note"] == left


def test_undo_does_nothing_where_another_change_came_since(editor: TestClient) -> None:
    key = a_claim(editor)
    Page(editor, f"/rows/{key}").post(note="mine")
    form = undo_form(editor, "Undo it")
    Page(editor, f"/rows/{key}").post(note="theirs")
    answer = editor.post("/log", data=form)
    assert answer.status_code == 409
    assert "The last change is another now: edit by" in answer.text
    assert rows_of(editor, "claims.csv")[key]["note"] == "theirs"


def test_the_last_change_is_the_last_in_the_log_whatever_the_clock_says(editor: TestClient) -> None:
    key, log = a_claim(editor), case_of(editor) / "changes.log"
    Page(editor, f"/rows/{key}").post(note="one")
    text = log.read_text(encoding="utf-8")
    log.write_text(re.sub(r'"when":"\d{4}', '"when":"2999', text), encoding="utf-8")
    Page(editor, f"/rows/{key}").post(note="two")
    editor.post("/log", data=undo_form(editor, "Undo it"))
    assert rows_of(editor, "claims.csv")[key]["note"] == "one"


def test_contested_and_stale_claims_come_first_on_ask(editor: TestClient) -> None:
    ledger = commands.ledger_of(str(case_of(editor)), date(2019, 1, 1), edition="internal")
    found = commands.claims(ledger, commands.ClaimQuery(order="doubt")).claims.reverse()
    assert [*dict.fromkeys(found["doubt"])] == ["contested", "stale", ""]
    assert {*found["id"]} == {*ledger.claims["id"]}
    shown = editor.get("/evidence?order=doubt").text.split('<table class="claims">')[1]
    assert re.findall(r"/evidence/([^\"]+)", shown)[0] in found.filter(doubt="contested")["id"]
    assert editor.get("/evidence?order=love").status_code == 400


def test_a_full_disk_in_the_middle_of_an_edit_leaves_the_case_as_it_was(
    editor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, case = a_claim(editor), case_of(editor)
    before = {path.name: path.read_bytes() for path in case.iterdir() if path.is_file()}
    page = Page(editor, f"/rows/{key}")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(change, "commit", full)
        answer = page.post(note="long to type")
    assert answer.status_code == 507
    assert "No space left on device. Free some space and repeat." in answer.text
    assert ">long to type</textarea>" in answer.text.replace("\n", "")
    now = {path.name: path.read_bytes() for path in case.iterdir() if path.is_file()}
    assert {name: now[name] for name in before} == before
    assert page.post(note="long to type").status_code == 200


def test_two_servers_of_one_case_see_each_others_changes(opened: Opened) -> None:
    one = opened(spoken(), "internal")
    door = Doorkeeper()
    other = TestClient(workbench(Served(str(case_of(one)), "internal"), door), base_url=ADDRESS)
    other.post("/login", data={"token": new_token(door.secret)})
    key = a_claim(one)
    mine = Page(one, f"/rows/{key}")
    assert Page(other, f"/rows/{key}").post(note="theirs").status_code == 200
    assert "theirs" in one.get(f"/evidence/{key}").text
    assert mine.post(note="mine").status_code == 409
    assert "without vedette" not in one.get("/network").text


def test_an_edition_that_withholds_is_not_edited(opened: Opened) -> None:
    client = opened(SECRET_FILES, "public")
    for address in ("/tables", "/tables/claims", "/tables/claims/add", "/rows/x", "/import", "/log"):
        assert client.get(address).status_code == 400, address
    before = (case_of(client) / "claims.csv").read_bytes()
    for address in ("/rows/x", "/log", "/import", "/tables/claims/add", "/case"):
        data = {"form_token": form_token(client), "verb": "edit", "table": "claims", "id": "x"}
        assert client.post(address, data=data).status_code == 400, address
    assert (case_of(client) / "claims.csv").read_bytes() == before


@pytest.mark.parametrize("address", ["/rows/x", "/log", "/import", "/tables/claims/add", "/case"])
def test_a_reader_changes_nothing(editor: TestClient, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(visitors, "visitor", lambda _: Visitor("reader", Role.READER))
    assert editor.post(address, data={"form_token": form_token(editor)}).status_code == 403
    assert editor.post(address, data={"form_token": "another"}).status_code == 403
