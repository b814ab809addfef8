"""The drawing of ties, ranges of time, and support by backer and by recipient."""

import re
from datetime import date

import pytest
from starlette.testclient import TestClient
from support.fourland import CaseFolder
from support.many_ties import TIES, many_ties
from support.served import Opened
from support.spoken import claim, spoken, table

from vedette import commands
from vedette.app.drawings.layers import BOX, TALL, layers
from vedette.case.schema.rows import Claim

pytestmark = pytest.mark.usefixtures("idle_jobs")

_NODE = re.compile(r'class="node [^"]*" data-id="([^"]*)"')
_LINE = re.compile(r'class="tie ([^"]*)" data-from="([^"]*)" data-to="([^"]*)"')
_SURE = {"reliability": "A", "credibility": "1"}
_STATED = table(
    Claim,
    [
        claim("a1", "bigland", "training", "guard", from_="2010", to="2011", **_SURE),
        claim("a2", "bigland", "training", "guard", from_="2010", to="2011", source="atlas", **_SURE),
        claim("a3", "bigland", "training", "guard", from_="2013", to="2013", polarity="-"),
        claim("c4", "state", "payroll", "guard", from_="2014", **_SURE),
        claim("b2", "state", "payroll", "guard", from_="2014", said="2014-02", source="totals", **_SURE),
    ],
)


@pytest.fixture
def client(opened: Opened) -> TestClient:
    return opened(spoken(), "internal")


@pytest.fixture
def stated(opened: Opened) -> TestClient:
    return opened({**spoken(), "claims.csv": _STATED}, "internal")


def test_many_ties_stand_in_columns_and_no_box_covers_another(case_folder: CaseFolder) -> None:
    ledger = commands.ledger_of(str(case_folder(many_ties())))
    drawn = commands.drawn_ties(commands.network(ledger))
    placed = layers(drawn, 1300)
    assert len(placed.places) == len(drawn.actors) >= 55
    assert sum(len(tie.relations) for tie in drawn.ties) == TIES
    boxes = list(placed.places.values())
    for number, (x, y) in enumerate(boxes):
        assert 0 <= x <= placed.width - BOX
        assert 0 <= y <= placed.height - TALL
        assert not any(abs(x - x2) < BOX and abs(y - y2) < TALL for x2, y2 in boxes[number + 1 :])


def test_the_same_day_is_drawn_the_same_and_whole(stated: TestClient) -> None:
    address = "/network?chart=ties&form=svg&at=2014-02-01&least=0"
    first, again = stated.get(address).text, stated.get(address).text
    assert first == again
    assert first.startswith("<svg")
    assert "known as of 2014-12-31" in first
    assert {"guard", "state"} <= {*_NODE.findall(first)}


def test_a_line_is_pale_once_no_source_speaks_of_the_day(stated: TestClient) -> None:
    kinds = {}
    for day in ("2013-12-31", "2014-02-01", "2014-05-01"):
        text = stated.get(f"/network/day?at={day}&least=0").text
        kinds[day] = {(start, end): kind for kind, start, end in _LINE.findall(text)}.get(("state", "guard"))
    assert kinds == {"2013-12-31": None, "2014-02-01": "structure", "2014-05-01": "structure aged"}


def test_strips_tell_what_is_stated_from_what_only_ages(case_folder: CaseFolder) -> None:
    ledger = commands.ledger_of(str(case_folder({**spoken(), "claims.csv": _STATED})), edition="internal")
    ties = [("bigland", "training", "guard"), ("state", "payroll", "guard"), ("bigland", "funding", "guard")]
    found = commands.tie_strips(ledger, ties, present=date(2014, 12, 31))
    assert [strip.tie for strip in found] == ties[:2]
    assert found[0].stated == ((date(2010, 1, 1), date(2011, 12, 31)),)
    assert found[0].against == ((date(2013, 1, 1), date(2013, 12, 31)),)
    assert found[0].said == date(2011, 12, 31)
    assert all(end <= date(2014, 12, 31) for strip in found for _, end in strip.ageing)
    assert found[1].ageing[-1] == (date(2014, 3, 3), date(2014, 6, 1))  # the guard ends


def test_the_days_to_go_through_are_those_on_which_something_changes(case_folder: CaseFolder) -> None:
    ledger = commands.ledger_of(str(case_folder({**spoken(), "claims.csv": _STATED})), edition="internal")
    days = commands.days_of_change(ledger, present=date(2014, 12, 31))
    assert days == sorted(set(days))
    assert date(2014, 1, 1) in days
    assert days[-1] == date(2014, 12, 31)
    for day in days[:-1]:
        before, on = (
            set(commands.network(ledger, at=each).table.select("subject", "relation", "object").iter_rows())
            for each in (date.fromordinal(day.toordinal() - 1), day)
        )
        assert before != on or day == ledger.case.start


def test_the_day_that_is_meant_stands_in_words(client: TestClient) -> None:
    text = client.get("/network?at=2013-06-01").text
    assert (
        'held on <time datetime="2013-06-01">1 June 2013</time>, by what was known on 31 December 2014'
        in text
    )
    assert "lies ahead" in client.get("/network?at=2016-01-01").text


def test_around_an_actor_stand_its_ties_and_those_of_its_bodies(stated: TestClient) -> None:
    ends = {}
    for name in ("guard", "Fourland", "bigland"):
        text = stated.get(f"/network/day?least=0&around={name}").text
        ends[name] = {(start, end) for _, start, end in _LINE.findall(text)}
    assert ends["Fourland"] == ends["guard"]  # the guard is a body of the state
    assert ("state", "guard") not in ends["bigland"]
    assert stated.get("/network?around=nobody").status_code == 400


@pytest.mark.parametrize(("view", "first"), [("backers", "Bigland"), ("recipients", "Home Guard")])
def test_support_is_told_by_who_gives_and_by_who_gets(client: TestClient, view: str, first: str) -> None:
    text = client.get(f"/network?view={view}&at=2012-12-31").text
    group = re.search(r'scope="rowgroup">.*?<a [^>]*>([^<]*)</a>', text)
    assert group
    assert group[1] == first
    assert "The Press" in text
    lines = client.get(f"/network?view={view}&at=2012-12-31&form=csv").text.splitlines()
    assert {"speakers", "claims", "since", "said"} <= {*lines[0].split(",")}


def test_a_tie_last_said_long_ago_is_marked_as_aged(case_folder: CaseFolder) -> None:
    ledger = commands.ledger_of(str(case_folder(spoken())), edition="internal")
    years = ledger.half_lives["training"].years
    said = date(2010, 1, 1)
    young = commands.age_of_tie(ledger, "training", said=said, at=date.fromordinal(said.toordinal() + 30))
    old = commands.age_of_tie(ledger, "training", said=said, at=date(2010 + int(years) + 2, 1, 1))
    assert (young.words, young.past) == ("", False)
    assert old.past
    assert old.words == f"aged {int(years) + 2} y, past its half-life"


def test_a_drawing_comes_as_a_picture(stated: TestClient) -> None:
    answer = stated.get("/network?chart=over-time&form=png&at=2014-02-01&least=0")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert stated.get("/network?chart=nothing").status_code == 404


def test_the_belief_in_a_tie_is_told_by_year_and_no_year_without_a_claim_has_one(
    case_folder: CaseFolder,
) -> None:
    ledger = commands.ledger_of(str(case_folder({**spoken(), "claims.csv": _STATED})), edition="internal")
    tie = ("bigland", "training", "guard")
    rows = commands.belief_by_year(ledger, tie, present=date(2014, 12, 31))
    assert [day.year for day in rows["at"]] == [2012, 2013, 2014]  # from the start of the case
    for day, belief in rows.head(2).select("at", "belief").iter_rows():
        whole = commands.network(ledger, at=day, least=0).table.filter(subject="bigland", relation="training")
        assert belief == whole["belief"].item()
    assert rows["belief"].to_list()[-1] is None  # the guard has ended
    unknown = commands.belief_by_year(ledger, ("state", "funding", "guard"), present=date(2014, 12, 31))
    assert unknown.is_empty()
