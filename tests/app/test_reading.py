"""Reading in the workbench: upload, judging by forms, conflicts, undo, names, a second person's check."""

import re
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from support import secrets_of_fourland as seeded
from support.served import Opened, state_of
from support.spoken import spoken
from test_access import form_token

from vedette import commands
from vedette.app.jobs import Jobs, JobStanding
from vedette.app.visitors import Role, Visitor

REPORT = """The rain fell. Bigland trains the Home Guard. It snowed later.

Bigland allegedly attacked the Rebel Front in March 2013. <script>alert(1)</script> Nobody knows why.

Bigland did not fund the Rebel Front. Gen. Tom Smith commands the Marsh Brigade, and the Marsh Brigade grew.
"""
KEY = commands.ReadReport((), 0, Path(), (), "report.txt").key


@pytest.fixture
def client(opened: Opened, tmp_path: Path) -> TestClient:
    """A workbench on a case in which one report was read."""
    client = opened(spoken(), "internal")
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    commands.read_report(case_of(client), file, source="paper")
    return client


def case_of(client: TestClient) -> str:
    return str(state_of(client).held.served.case)


def post(client: TestClient, address: str, **fields: str) -> str:
    """The text of the page that a form leads to."""
    answer = client.post(address, data={"form_token": form_token(client), **fields})
    return answer.text


def proposals(client: TestClient) -> list[commands.ReviewedProposal]:
    ledger = commands.ledger_of(case_of(client), edition="internal")
    return [*commands.review_report(ledger, KEY).proposals]


def test_each_proposal_is_marked_where_it_stands(client: TestClient) -> None:
    text = client.get(f"/reading/{KEY}").text
    marks = re.findall(r'<mark class="([^"]*)">(.*?)</mark>', text, re.S)
    assert marks[0] == ("open now rival", "Bigland trains the Home Guard.")
    labels = re.findall(r'<a class="number"[^>]*>(.*?)</a>', text)
    assert labels[1] == "2 alleged"
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_accepting_makes_one_claim_and_leads_to_the_next(client: TestClient) -> None:
    first = proposals(client)[0]
    text = post(client, f"/reading/{KEY}", do="accept", proposal=first.proposal.id)
    assert "Accepted: Bigland trains or advises Home Guard." in text
    assert "Proposal 2 of 3: open" in text
    again = client.post(
        f"/reading/{KEY}",
        data={"form_token": form_token(client), "do": "accept", "proposal": first.proposal.id},
    )
    assert again.status_code == 400
    assert "this proposal was judged meanwhile. Accepted by" in again.text
    claims = commands.ledger_of(case_of(client), edition="internal").claims
    assert claims.filter(id=first.proposal.id).height == 1


def test_a_second_person_is_told_what_the_first_did(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = proposals(client)[0].proposal.id
    monkeypatch.setattr("vedette.app.visitors.visitor", lambda _: Visitor("Amal", Role.ANALYST))
    post(client, f"/reading/{KEY}", do="discard", proposal=one, why="hearsay")
    monkeypatch.setattr("vedette.app.visitors.visitor", lambda _: Visitor("Bashar", Role.ANALYST))
    text = post(client, f"/reading/{KEY}", do="accept", proposal=one)
    assert re.search(
        r"Discarded by Amal on [\d-]+ at [\d:]+ UTC: hearsay\. Nothing was written twice\.", text
    )
    text = post(client, f"/reading/{KEY}", do="reopen", proposal=one)
    assert "Open again: Bigland trains or advises Home Guard." in text


def test_edits_are_accepted_with_it_and_a_mistake_loses_nothing(client: TestClient) -> None:
    one = proposals(client)[0].proposal.id
    typed = {"do": "accept", "proposal": one, "credibility": "2", "note": "seen there"}
    text = post(client, f"/reading/{KEY}", **typed, object="nobody at all")
    assert "nobody at all" in text
    assert 'name="note" type="text" value="seen there"' in text
    assert 'class="wrong"' in text
    text = post(client, f"/reading/{KEY}", **typed, object="Rebel Front", polarity="-")
    assert 'class="wrong" role' not in text
    claims = commands.ledger_of(case_of(client), edition="internal").claims
    row = claims.filter(id=one).row(0, named=True)
    found = (row["object"], row["polarity"], row["credibility"], row["note"])
    assert found == ("rebels", "-", 2, "seen there")


def test_the_last_judgement_of_the_visitor_is_taken_back(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _ = (one.proposal.id for one in proposals(client))
    monkeypatch.setattr("vedette.app.visitors.visitor", lambda _: Visitor("Amal", Role.ANALYST))
    post(client, f"/reading/{KEY}", do="accept", proposal=first)
    monkeypatch.setattr("vedette.app.visitors.visitor", lambda _: Visitor("Bashar", Role.ANALYST))
    text = post(client, f"/reading/{KEY}", do="undo", proposal=second)
    assert "Bashar has judged no proposal" in text
    monkeypatch.setattr("vedette.app.visitors.visitor", lambda _: Visitor("Amal", Role.ANALYST))
    text = post(client, f"/reading/{KEY}", do="undo", proposal=second)
    assert "Open again: Bigland trains or advises Home Guard." in text
    assert [one.standing for one in proposals(client)] == ["open"] * 3


def test_words_of_the_text_become_a_proposal(client: TestClient) -> None:
    text = post(client, f"/reading/{KEY}", do="mark", words="the Marsh Brigade   grew", paragraph="3")
    assert "The words are marked as a proposal." in text
    made = next(one for one in proposals(client) if one.cells["rule"] == "by hand")
    assert (made.placed, made.cells["span"]) == (True, "the Marsh Brigade grew")
    text = post(client, f"/reading/{KEY}", do="mark", words="it never said this")
    assert "expected words that stand in the text" in text
    assert 'value="it never said this"' in text


def test_a_gap_is_noted_with_its_place(client: TestClient) -> None:
    one = proposals(client)[0].proposal.id
    post(client, f"/reading/{KEY}", do="gap", proposal=one, gap="Who pays for it?")
    notes = (Path(case_of(client)) / "notes.md").read_text(encoding="utf-8")
    assert "Who pays for it? (report.txt, paragraph 1)" in notes


def test_a_report_whose_text_is_gone_is_still_judged(client: TestClient) -> None:
    for file in (Path(case_of(client)) / ".vedette" / "reports").iterdir():
        file.unlink()
    text = client.get(f"/reading/{KEY}").text
    assert "The text of this report is not kept here" in text
    assert "<q>Bigland trains the Home Guard.</q>" in text
    one = proposals(client)[0].proposal.id
    assert "Accepted:" in post(client, f"/reading/{KEY}", do="accept", proposal=one)


def test_an_unknown_name_becomes_an_actor_and_its_sentences_are_read(client: TestClient) -> None:
    text = client.get(f"/reading/{KEY}/names").text
    assert "Marsh Brigade" in text
    assert "Tom Smith" in text
    before = len(proposals(client))
    post(client, f"/reading/{KEY}/names", do="aside", of="Tom Smith")
    text = post(client, f"/reading/{KEY}/names", do="add", of="Marsh Brigade", name="Marsh Brigade", kind="")
    assert 'class="wrong"' in text
    text = post(
        client,
        f"/reading/{KEY}/names",
        do="add",
        of="Marsh Brigade",
        name="Marsh Brigade",
        kind="armed group",
    )
    assert "Marsh Brigade is an actor of the case" in text
    assert re.findall(r'<h2 id="name-\d+"><bdi>(.*?)</bdi>', text) == []
    text = post(client, f"/reading/{KEY}/names", do="offer", of="Tom Smith")
    text = post(client, f"/reading/{KEY}/names", do="add", of="Tom Smith", name="Tom Smith", kind="person")
    assert len(proposals(client)) == before + 1


def test_a_name_becomes_a_spelling_of_an_actor(client: TestClient) -> None:
    post(client, f"/reading/{KEY}/names", do="alias", of="Marsh Brigade", actor="guard")
    actors = commands.ledger_of(case_of(client), edition="internal").actors
    assert actors.candidates("Marsh Brigade") == ("guard",)


def test_a_second_person_checks_and_objects(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    one = proposals(client)[0].proposal.id
    monkeypatch.setattr("vedette.app.visitors.visitor", lambda _: Visitor("Amal", Role.ANALYST))
    monkeypatch.setattr("vedette.app.pages.second_checks.visitor", lambda _: Visitor("Amal", Role.ANALYST))
    post(client, f"/reading/{KEY}", do="accept", proposal=one)
    text = client.get(f"/checks?at={one}").text
    assert '<mark class="open now">Bigland trains the Home Guard.</mark>' in text
    assert "You added or edited it: a second person checks it." in text
    assert "Amal added it" in post(client, "/checks", do="confirm", claim=one)
    monkeypatch.setattr("vedette.app.visitors.visitor", lambda _: Visitor("Bashar", Role.ANALYST))
    assert "Say it in a few words" in post(client, "/checks", do="object", claim=one)
    post(client, "/checks", do="object", claim=one, comment="The page says 'may train'")
    text = client.get(f"/checks?at={one}").text
    assert "The page says &#39;may train&#39;" in text
    post(client, "/checks", do="confirm", claim=one, comment="right after all")
    claims = commands.ledger_of(case_of(client), edition="internal").claims
    assert claims.filter(id=one)["checked_by"][0] == "Bashar"


def uploaded(client: TestClient, name: str, content: bytes, **fields: str) -> str:
    """The page that an upload leads to once its job has ended."""
    answer = client.post(
        "/reading",
        data={"form_token": form_token(client), **fields},
        files={"file": (name, content)},
        follow_redirects=False,
    )
    if answer.status_code != 303:
        return answer.text
    key = answer.headers["location"].rpartition("=")[2]
    jobs: Jobs = state_of(client).jobs
    while (job := jobs.find(key)) is None or job.state.standing is JobStanding.RUNNING:
        time.sleep(0.1)
    return client.get(answer.headers["location"]).text


def test_an_upload_is_read_with_a_source_that_is_added(client: TestClient) -> None:
    text = uploaded(
        client, "new.txt", b"Bigland trains the Home Guard.", title="A note", publisher="P", date="2013-02"
    )
    assert "1 proposal, 1 of them for the first time." in text
    assert ">A note</a>" in text
    case = Path(case_of(client))
    assert [*(case / ".vedette" / "uploads").iterdir()] == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"x", "expected a name that ends in .txt, .html, .pdf or .docx"),
        ("a.zip", b"PK", "expected a name that ends in .txt"),
        ("a.txt", b"", "an empty file"),
        ("../../a.doc", b"x", "a.doc: expected a name"),
    ],
)
def test_a_file_that_is_no_report_is_refused_with_what_was_typed(
    client: TestClient, name: str, content: bytes, said: str
) -> None:
    text = uploaded(client, name, content, title="Kept title")
    assert said in text
    assert 'name="title" value="Kept title"' in text


def test_a_file_that_cannot_be_read_is_told_whole_and_without_its_path(client: TestClient) -> None:
    text = uploaded(client, "a.pdf", b"no pdf at all")
    assert (
        "a.pdf: expected a PDF; found a file that does not begin like one. Download or save it again." in text
    )
    assert case_of(client) not in text


def test_no_model_is_asked_without_agreement_nor_for_a_protected_report(client: TestClient) -> None:
    model = {"model_address": "http://models.example/v1", "model": "m"}
    text = uploaded(client, "b.txt", b"Bigland trains the Home Guard.", source="paper", **model)
    assert "goes to models.example, with the names of those actors. Nothing was sent." in text
    assert "<bdi>b.txt</bdi> is here already" in text
    text = uploaded(client, "b.txt", b"Bigland trains the Home Guard.", **model, agreed="true")
    assert "a protected report goes to no language model" in text


@pytest.mark.parametrize("address", ["/reading", f"/reading/{KEY}", f"/reading/{KEY}/names", "/checks"])
def test_an_edition_that_withholds_has_no_reading(opened: Opened, address: str) -> None:
    client = opened(seeded.SECRET_FILES, "public")
    answer = client.get(address)
    assert answer.status_code == 400
    assert "/reading" not in client.get("/actors").text
    assert client.post(address, data={"form_token": form_token(client)}).status_code == 400


def test_a_form_of_another_session_judges_nothing(client: TestClient) -> None:
    answer = client.post(f"/reading/{KEY}", data={"form_token": "x", "do": "accept"})
    assert answer.status_code == 403


def test_another_report_of_the_same_name_is_kept_apart(client: TestClient, tmp_path: Path) -> None:
    other = tmp_path / "other" / "report.txt"
    other.parent.mkdir()
    other.write_text("Bigland trains the Home Guard again.", encoding="utf-8")
    done = commands.read_report(case_of(client), other, source="paper")
    assert re.fullmatch(r"report-[0-9a-f]{6}\.txt", done.file)
    assert len(proposals(client)) == 3


def test_a_judgement_is_taken_back_although_others_judged_since(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _ = (one.proposal.id for one in proposals(client))
    monkeypatch.setattr("vedette.app.visitors.visitor", lambda _: Visitor("Amal", Role.ANALYST))
    post(client, f"/reading/{KEY}", do="accept", proposal=first)
    monkeypatch.setattr("vedette.app.visitors.visitor", lambda _: Visitor("Bashar", Role.ANALYST))
    post(client, f"/reading/{KEY}", do="accept", proposal=second)
    monkeypatch.setattr("vedette.app.visitors.visitor", lambda _: Visitor("Amal", Role.ANALYST))
    post(client, f"/reading/{KEY}", do="undo", proposal=second)
    assert [one.standing for one in proposals(client)] == ["open", "accepted", "open"]
    claims = commands.ledger_of(case_of(client), edition="internal").claims["id"]
    assert (first in claims, second in claims) == (False, True)


def test_a_claim_that_was_edited_since_is_not_taken_back(client: TestClient) -> None:
    one = proposals(client)[0].proposal.id
    post(client, f"/reading/{KEY}", do="accept", proposal=one)
    commands.edit(case_of(client), one, changes={"note": "seen"}, was={})
    text = post(client, f"/reading/{KEY}", do="undo", proposal=one)
    assert "the claim was changed since it was accepted" in text
    assert proposals(client)[0].standing == "accepted"


def test_what_a_proposal_would_move_is_what_it_moves(client: TestClient, tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_text("Bigland trains the Rebel Front.", encoding="utf-8")
    (one,) = commands.read_report(case_of(client), file, source="paper").proposals
    ledger = commands.ledger_of(case_of(client), edition="internal")
    moves = commands.moves_by_credibility(ledger, one.claim)
    assert [*moves] == ["1", "2", "3", "5"]
    assert commands.belief_move(ledger, one.claim) is None
    told = moves["2"]
    assert told.before is None
    commands.accept_proposal(case_of(client), one, edits={"credibility": "2"})
    after = commands.ledger_of(case_of(client), edition="internal")
    (belief,) = commands.tie(after, "bigland", words="training/rebels", at=told.at).beliefs
    assert belief.probability == pytest.approx(told.after)


def test_the_pages_of_a_report_hold_nothing_inline(client: TestClient) -> None:
    for address in ("/reading", f"/reading/{KEY}", f"/reading/{KEY}/names", "/checks"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert not re.search(r'\sstyle="|\son[a-z]+="|<style|<script(?![^>]*\ssrc=)', answer.text)


def test_a_long_report_is_shown_in_parts(client: TestClient, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    filler = "The rain fell. " * 200 + "\n\n"
    file.write_text(filler * 20 + "Bigland trains the Home Guard.", encoding="utf-8")
    done = commands.read_report(case_of(client), file, source="paper")
    text = client.get(f"/reading/{done.key}").text
    assert "part 2 of 2" in text
    assert "Bigland trains the Home Guard.</mark>" in text
    assert "part 1 of 2" in client.get(f"/reading/{done.key}?part=1").text
    answer = client.post(
        f"/reading/{done.key}",
        data={"form_token": form_token(client), "do": "again"},
        follow_redirects=False,
    )
    assert answer.headers["location"].startswith("/reading?read=")
