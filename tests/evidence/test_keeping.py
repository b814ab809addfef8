"""Rows are changed and withdrawn, told of what rests on them, and every change can be taken back."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from support.fourland import POSTURE, CaseFolder
from support.own_bytes import own_bytes
from support.running import typed
from support.spoken import claim, spoken

from vedette import commands
from vedette.case import check_case, read_case
from vedette.cli import keeping
from vedette.errors import CaseError, UsageError
from vedette.evidence import belief_in, edition_of, read_ledger

TIE = ("bigland", "training", "guard")
DAY = date(2013, 6, 1)


def belief(folder: Path, as_of: date | None = None) -> float:
    """The belief that Bigland trained the guard in June 2013."""
    return belief_in(read_ledger(read_case(folder), as_of), *TIE, DAY).probability


@pytest.fixture
def folder(case_folder: CaseFolder) -> Path:
    """Fourland with claims."""
    return case_folder(spoken())


def test_an_edit_changes_one_row_and_undo_gives_the_case_back(folder: Path) -> None:
    before = own_bytes(folder)
    done = commands.edit(str(folder), "c2", changes={"credibility": "1", "note": "seen"}, was={})
    assert done.before == {"credibility": "2", "note": ""}
    assert done.after == {"credibility": "1", "note": "seen"}
    after = own_bytes(folder)
    lines, were = after["claims.csv"].splitlines(), before["claims.csv"].splitlines()
    assert [number for number, pair in enumerate(zip(lines, were, strict=True)) if len(set(pair)) > 1] == [2]
    commands.undo(str(folder))
    assert own_bytes(folder) == before


def test_actors_are_named_in_any_spelling_and_rows_without_id_by_number(folder: Path) -> None:
    done = commands.edit(str(folder), "c4", changes={"object": "كتائب الحزب"}, was={})
    assert (done.before, done.after) == ({"object": "guard"}, {"object": "brigades"})
    commands.edit(str(folder), "forces.csv:3", changes={"note": "as coded"}, was={})
    assert read_case(folder).forces["note"].to_list() == ["", "as coded"]
    row = commands.row_of(str(folder), "forces.csv:3")
    assert (row.file, row.number, row.cells["status"]) == ("forces.csv", 3, "state")


def test_a_row_that_somebody_else_changed_is_told_and_nothing_is_lost(folder: Path) -> None:
    read = commands.row_of(str(folder), "c2").cells
    commands.edit(str(folder), "c2", changes={"hedge": "claimed", "note": "theirs"}, was=read)
    before = own_bytes(folder)
    with pytest.raises(CaseError) as caught:
        commands.edit(str(folder), "c2", changes={"hedge": "alleged", "from": "2012"}, was=read)
    (told,) = map(str, caught.value.problems)
    assert told.startswith(
        "claims.csv, row 3, column hedge: expected 'reported', as it was read; found 'claimed'. "
    )
    assert "changed it, 20" in told
    assert "(edit). Yours: 'alleged'. Read the row again, then edit it." in told
    assert own_bytes(folder) == before
    commands.edit(str(folder), "c2", changes={"from": "2012"}, was=read)  # theirs is another cell
    row = commands.row_of(str(folder), "c2").cells
    assert (row["hedge"], row["from"], row["note"]) == ("claimed", "2012", "theirs")


def test_a_row_without_id_that_moved_is_another(case_folder: CaseFolder) -> None:
    folder = case_folder({**spoken(), "posture.csv": POSTURE})
    read = commands.row_of(str(folder), "posture.csv:3").cells
    first, *rest = POSTURE.splitlines(keepends=True)
    (folder / "posture.csv").write_text("".join([first, *rest[1:]]))
    with pytest.raises(CaseError, match=r"row 3, column date: expected '2013-06-15', as it was read"):
        commands.edit(str(folder), "posture.csv:3", changes={"note": "mine"}, was=read)


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("c22", {"note": "x"}, "no row has the id 'c22'. Did you mean 'c2'"),
        ("forces.csv:9", {"note": "x"}, "forces.csv has no row 9: its rows are 2 to 3"),
        ("observed.csv:2", {"best": "0"}, "observed.csv is no table that is edited by row"),
        ("c2", {"hedgee": "x"}, "claims.csv has no column hedgee. Did you mean 'hedge'"),
        ("c2", {"id": "c20"}, "an id is not edited. Others refer to it: vedette rename CASE c2 c20"),
    ],
)
def test_what_cannot_be_edited_is_said(folder: Path, name: str, changes: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        commands.edit(str(folder), name, changes=changes, was={})
    assert words in str(caught.value)


def test_one_id_in_two_tables_is_asked_back(case_folder: CaseFolder) -> None:
    files = spoken([claim("paper", *TIE)])
    folder = case_folder({**files, "forces.csv": None})
    with pytest.raises(UsageError, match=r"paper is the id of 2 rows.*sources.csv:3 or claims.csv:2"):
        commands.row_of(str(folder), "paper")
    assert commands.row_of(str(folder), "claims.csv:2").name == "paper"


def test_an_edit_that_the_case_does_not_allow_is_not_written(folder: Path) -> None:
    before = own_bytes(folder)
    with pytest.raises(CaseError, match="nothing was written"):
        commands.edit(str(folder), "c2", changes={"credibility": "9", "from": "2014-13"}, was={})
    assert own_bytes(folder) == before


def test_a_retracted_claim_counts_until_the_day_it_was_known(folder: Path) -> None:
    whole = belief(folder)
    before = own_bytes(folder)
    without = belief_in(read_ledger(read_case(folder), None, ["c1"]), *TIE, DAY).probability
    done = commands.retract(str(folder), "c1", why="The paper withdrew it", known="2014-05-02")
    assert (done.claim, done.known, done.resting) == ("c1", "2014-05-02", ())
    assert belief(folder) == without < whole
    assert belief(folder, date(2014, 5, 2)) == without
    assert belief(folder, date(2014, 5, 1)) == whole
    asked = commands.ClaimQuery(retracted=True)
    listed = {
        day: commands.claims(commands.ledger_of(str(folder), day, edition="internal"), asked).claims
        for day in (date(2014, 5, 1), date(2014, 5, 2))
    }
    assert [table.height for table in listed.values()] == [0, 1]
    told = listed[date(2014, 5, 2)].select("id", "retracted", "why").row(0)
    assert told == ("c1", date(2014, 5, 2), "The paper withdrew it")
    after = own_bytes(folder)
    assert after.pop("retractions.csv").decode() == (
        "claim,known,why,source\nc1,2014-05-02,The paper withdrew it,\n"
    )
    assert after == before
    commands.undo(str(folder))
    assert own_bytes(folder) == before


def test_what_becomes_known_after_the_present_of_the_case_is_told(folder: Path) -> None:
    present = read_case(folder).as_of
    assert present
    the_day_after = (present + timedelta(days=1)).isoformat()
    added = {
        "source": "paper",
        "hedge": "reported",
        **dict(zip(("subject", "relation", "object"), TIE, strict=True)),
    }
    for said, waits in ((present.isoformat(), None), (the_day_after, present)):
        assert commands.add_claim(str(folder), {**added, "said": said}).waits_for == waits
        assert commands.retract(str(folder), "c1", why="wrong", known=said).waits_for == waits
        commands.undo(str(folder))
    assert (
        "its answers still count the claim"
        in commands.retract(str(folder), "c1", why="w", known="2015").remark
    )


def test_what_rests_on_a_retracted_claim_is_told(case_folder: CaseFolder) -> None:
    claims = [
        claim("a", *TIE, origin="leak"),
        claim("b", *TIE, origin="leak", source="atlas"),
        claim("c4", "state", "payroll", "guard"),
        claim("d", "bigland", "funding", "guard", note="repeats a, word for word"),
        claim("e", "bigland", "weapons", "guard", origin="a", source="atlas"),
        claim("ab", "bigland", "materiel", "guard", note="a-b, not that one"),
    ]
    folder = case_folder(spoken(claims))
    assert commands.retract(str(folder), "c4", why="w").resting == ("the status hybrid of guard",)
    assert commands.retract(str(folder), "a", why="w", known="2014-06").resting == ("b", "d", "e")
    commands.retract(str(folder), "d", why="rests on a")
    told = [str(each) for each in check_case(folder).warnings if each.file == "retractions.csv"]
    assert [text.partition(". ")[0] for text in told] == [
        "retractions.csv, row 2, column claim: expected nothing that rests on c4, which is retracted; "
        "found the status hybrid of guard",
        "retractions.csv, row 3, column claim: expected nothing that rests on a, which is retracted; "
        "found b, e",
    ]


def test_a_retraction_that_cannot_be_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"'c11' is no id in claims\.csv\. Did you mean"):
        commands.retract(str(folder), "c11", why="w")
    with pytest.raises(UsageError, match="--why: expected the reason; found nothing"):
        commands.retract(str(folder), "c1", why=" ")
    commands.retract(str(folder), "c1", why="w", known="2015")
    with pytest.raises(UsageError, match="c1 is retracted already, since 2015"):
        commands.retract(str(folder), "c1", why="w")
    with pytest.raises(CaseError, match="expected a date not before the claim was known \\(2013\\)"):
        commands.retract(str(folder), "c10", why="w", known="2012")
    (folder / "retractions.csv").write_text("claim,known,why\nc99,2015,w\n")
    with pytest.raises(CaseError, match=r"retractions.csv, row 2, column claim: expected the id of a row"):
        read_case(folder)


def test_an_edition_says_no_more_of_a_retraction_than_of_the_claim(case_folder: CaseFolder) -> None:
    claims = [
        claim("open", *TIE, checked_by="Anna"),
        claim("shut", *TIE, handling="red", origin="x"),
        claim("who", *TIE, origin="y", speaker="Z", speaker_kind="protected", speaker_of="bigland"),
    ]
    files = {**spoken(claims), "forces.csv": None}
    rows = "".join(f"{key},2015,the secret reason,totals\n" for key in ("open", "shut", "who"))
    folder = case_folder({**files, "retractions.csv": "claim,known,why,source\n" + rows})
    public = edition_of(read_case(folder), "public")
    ids = public.public_ids
    assert public.retractions.rows() == [(ids["open"], "2015", "retracted", ids["totals"])]
    assert public.claims["id"].to_list() == [ids["open"]]
    assert public.claims["checked_by"].to_list() == [""]
    assert read_ledger(public).claims.height == 0
    internal = edition_of(read_case(folder), "internal")
    assert internal.retractions.height == 3
    assert internal.claims["checked_by"].to_list() == ["Anna", "", ""]


def test_rows_of_every_kind_are_added(folder: Path) -> None:
    before = own_bytes(folder)
    case = str(folder)
    added = [
        commands.add_actor(case, {"name": "Example Brigade", "kind": "force", "parent": "Home Guard"}),
        commands.add_site(case, {"name": "Camp One", "kind": "base", "place": "FO-A"}),
        commands.add_force(case, {"force": "Example Brigade", "status": "hybrid", "from": "2012"}),
        commands.add_posture(
            case,
            {
                **{"date": "2014-02-01", "precision": "month", "backer": "Bigland", "kind": "troops"},
                **{"value": "12", "unit": "persons", "source": "paper", "basis": "page"},
            },
        ),
    ]
    assert [(each.file, each.name) for each in added] == [
        ("actors.csv", "example-brigade"),
        ("sites.csv", "camp-one"),
        ("forces.csv", "example-brigade 2012 hybrid"),
        ("posture.csv", "Bigland troops 2014-02-01"),
    ]
    read = read_case(folder)
    assert read.actors["parent"].to_list()[-1] == "guard"
    with pytest.raises(CaseError, match="one status at a time"):
        commands.add_force(case, {"force": "example-brigade", "status": "state", "from": "2013"})
    for line in reversed(commands.log(case).changes):
        commands.undo(case, line.id)
    assert own_bytes(folder) == before


def test_a_claim_that_is_there_already_is_told(folder: Path) -> None:
    row = {"source": "paper", "hedge": "reported", "subject": "bigland", "relation": "training"}
    cells = {**row, "object": "Home Guard", "from": "2010", "to": "2014"}
    assert commands.add_claim(str(folder), cells).repeats == ("c1",)
    assert commands.add_claim(str(folder), {**cells, "from": "2011"}).repeats == ()
    assert commands.add_claim(str(folder), {**cells, "polarity": "-"}).repeats == ()
    figure = {**row, "subject": "guard", "relation": "strength", "from": "2012", "to": "2012"}
    counted = {**figure, "low": "9000.0", "high": "12000", "unit": "persons"}
    assert commands.add_claim(str(folder), counted).repeats == ("c7",)
    assert commands.add_claim(str(folder), {**counted, "high": "12001"}).repeats == ()


def test_the_commands_say_what_they_did(folder: Path) -> None:
    done = typed("edit", folder, "c1", "--set", "note=seen")
    assert done.stdout == "claims.csv c1: note empty -> seen\n"
    done = typed("edit", folder, "c1", "--set", "note=again", "--was", "note=")
    assert (done.returncode, "found 'seen'" in done.stderr) == (3, True)
    assert typed("edit", folder, "c1", "--set", "note").returncode == 2
    assert "found no --set" in typed("edit", folder, "c1").stderr
    done = typed("retract", folder, "c4", "--why", "It was a forgery", "--known", "2014")
    assert done.stdout == "Retracted c4: it counts for nothing from 2014 on.\n"
    assert " ".join(done.stderr.split()) == (
        "Note: 1 row still rests on it: the status hybrid of guard. Look at each: retract or edit it."
    )


def test_without_set_a_row_opens_in_the_editor(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_at_terminal", lambda: True)
    opened: list[str] = []

    def write(text: str, **_: str) -> str:
        opened.append(text)
        return text.replace("credibility: '2'", "credibility: '3'") + "from: '2015'\n"

    monkeypatch.setattr("click.edit", write)
    typed("edit", folder, "c1", given="n\n")  # from 2015 to 2014: refused
    assert commands.row_of(str(folder), "c1").cells["credibility"] == "2"
    assert opened[0].startswith("id: c1\nsource: paper\nhedge: documented\n")
    monkeypatch.setattr("click.edit", lambda text, **_: text + "note: 'a: b'\n")
    assert typed("edit", folder, "c4").stdout == "claims.csv c4: note empty -> a: b\n"
    monkeypatch.setattr("click.edit", lambda text, **_: None)
    assert "nothing to change" in typed("edit", folder, "c4").stdout


def test_the_log_counts_the_rows_that_changed_and_not_those_between(folder: Path) -> None:
    commands.rename(str(folder), "bigland", new="big-land")
    (shown,) = typed("log", folder).stdout.splitlines()
    changed = sum("big-land" in row for row in (folder / "claims.csv").read_text().splitlines())
    assert f"claims.csv +{changed} -{changed} (" in shown
