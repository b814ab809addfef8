"""Ids are renamed and rows merged with all that names them, or not at all."""

from pathlib import Path

import polars as pl
import pytest
from support.fourland import POSTURE, TIMELINE, CaseFolder
from support.own_bytes import own_bytes
from support.running import typed
from support.spoken import ACTOR_ROWS, claim, spoken

from vedette import commands
from vedette.case import read_case
from vedette.errors import CaseError, UsageError
from vedette.evidence import profile, read_ledger

TIE = ("bigland", "training", "guard")
YAML = "base: a\nobservations:\n- {id: x, claims: [c1, c10], source: 'paper, paper-2', note: c1}\n"


@pytest.fixture
def folder(case_folder: CaseFolder) -> Path:
    """Fourland with claims, and a file that cites them."""
    folder = case_folder(spoken())
    (folder / "mechanisms.yaml").write_text(YAML)
    (folder / "notes.md").write_text("## Where\nAs paper says.\n")
    return folder


def test_a_renamed_actor_is_followed_by_all_that_names_it(case_folder: CaseFolder) -> None:
    timeline = TIMELINE.replace("agreement,Bigland,Fourland", "agreement,Bigland,bigland")
    posture = POSTURE.replace("month,Bigland", "month,bigland")
    files = {**spoken(), "timeline.csv": timeline, "posture.csv": posture}
    folder = case_folder(files)
    before = own_bytes(folder)
    claims = read_case(folder).claims
    done = commands.rename(str(folder), "bigland", new="big-land")
    assert done.followed.cells == {"claims.csv": 4, "posture.csv": 1, "timeline.csv": 1}
    after = read_case(folder)
    assert "bigland" not in (folder / "claims.csv").read_text().replace("big-land", "")
    assert after.claims["subject"].to_list() == [
        key.replace("bigland", "big-land") for key in claims["subject"]
    ]
    commands.undo(str(folder))
    assert own_bytes(folder) == before


def test_sources_and_claims_are_followed_into_yaml_and_the_rest_is_told(folder: Path) -> None:
    before = own_bytes(folder)
    done = commands.rename(str(folder), "paper", new="daily")
    assert done.followed.cells["mechanisms.yaml"] == 1
    assert done.followed.mentions == ("notes.md, line 2",)
    assert "source: 'daily, paper-2'" in (folder / "mechanisms.yaml").read_text()
    done = commands.rename(str(folder), "c1", new="first")
    assert done.followed.mentions == ("mechanisms.yaml, line 3",)
    assert (
        "claims: [first, c10], source: 'daily, paper-2', note: c1" in (folder / "mechanisms.yaml").read_text()
    )
    commands.rename(str(folder), "c4", new="wages")
    assert read_case(folder).forces["claim"].to_list() == ["wages", ""]
    for line in reversed(commands.log(str(folder)).changes):
        commands.undo(str(folder), line.id)
    assert own_bytes(folder) == before


@pytest.mark.parametrize(
    ("name", "new", "words"),
    [
        (
            "guard",
            "bigland",
            "another row has this id. Choose another, or merge: vedette merge CASE bigland guard",
        ),
        ("guard", "fort", "another row has this id"),
        ("guard", "FO-A", "expected an id of small letters"),
        ("forces.csv:2", "x", "rows of forces.csv have no id"),
    ],
)
def test_an_id_that_cannot_be_is_refused(folder: Path, name: str, new: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        commands.rename(str(folder), name, new=new)
    assert words in str(caught.value)


def test_merged_actors_are_one_in_every_table(case_folder: CaseFolder) -> None:
    actors = [
        *ACTOR_ROWS,
        {
            "id": "league",
            "name": "The League",
            "kind": "armed group",
            "aliases": "TL;عصبة الفجر",
            "from": "2013-02",
        },
    ]
    claims = [
        claim("a", "bigland", "weapons", "brigades-front", from_="2014"),
        claim("b", "bigland", "weapons", "league", from_="2014", source="atlas"),
        claim("c", "league", "renamed-to", "brigades-front", from_="2013-05", said="2013-06"),
    ]
    forces = "force,status,claim\nleague,non-state,b\nbrigades-front,non-state,b\n"
    folder = case_folder({**spoken(claims, actors), "forces.csv": forces})
    before = own_bytes(folder)
    done = commands.merge(str(folder), "brigades-front", goes="league")
    assert done.merging.filled == {"from": "2013-02", "aliases": "عصبة الفجر;The League;TL"}
    assert done.merging.retracted == ("c",)
    after = read_case(folder)
    assert (folder / "forces.csv").read_text() == "force,status,claim\nbrigades-front,non-state,b\n"
    assert after.claims["object"].to_list() == ["brigades-front"] * 3
    assert after.retractions.rows() == [("c", "2013-06", "league was merged into brigades-front", "")]
    ledger = read_ledger(after)
    assert [tie[2] for tie in profile(ledger, "TL").ties] == ["brigades-front"]
    commands.undo(str(folder))
    assert own_bytes(folder) == before


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            {"kind": "force", "ucdp": "1"},
            {"kind": "force", "ucdp": "2"},
            "column ucdp: expected '1', as a has",
        ),
        (
            {"kind": "force"},
            {"kind": "party"},
            "column kind: expected 'force', as a has, or nothing; found 'party'",
        ),
        (
            {"kind": "person", "from": "1950"},
            {"kind": "person", "from": "1990-05"},
            "column from: expected '1950'",
        ),
        ({"kind": "state", "iso3": "AAA"}, {"kind": "state", "iso3": "BBB"}, "column iso3"),
    ],
)
def test_actors_that_contradict_each_other_stay_two(
    case_folder: CaseFolder, one: dict[str, str], other: dict[str, str], words: str
) -> None:
    rows = [*ACTOR_ROWS, {"id": "a", "name": "A One", **one}, {"id": "b", "name": "B Two", **other}]
    folder = case_folder(spoken(actors=rows))
    before = own_bytes(folder)
    with pytest.raises(CaseError) as caught:
        commands.merge(str(folder), "a", goes="b")
    assert words in str(caught.value)
    assert own_bytes(folder) == before


def test_actors_of_compatible_dates_take_the_finer(case_folder: CaseFolder) -> None:
    rows = [
        *ACTOR_ROWS,
        {"id": "a", "name": "A One", "kind": "person", "from": "1950", "parent": "b"},
        {
            "id": "b",
            "name": "B Two",
            "kind": "person",
            "from": "1950-03",
            "parent": "guard",
            "handling": "amber",
        },
    ]
    folder = case_folder(spoken(actors=rows))
    commands.merge(str(folder), "a", goes="b")
    row = read_case(folder).actors.row(by_predicate=pl.col("id") == "a", named=True)
    assert (row["from"], row["parent"], row["handling"]) == ("1950-03", "", "amber")


def test_actors_that_a_claim_sets_apart_stay_two(folder: Path) -> None:
    with pytest.raises(CaseError) as caught:
        commands.merge(str(folder), "brigades", goes="brigades-front")
    told = str(caught.value)
    assert "found 'armed group'" in told
    assert "no claim that sets the two apart; found brigades-front front-of brigades in c5" in told
    with pytest.raises(UsageError, match=r"expected two rows of one of actors\.csv, sites.csv, sources.csv"):
        commands.merge(str(folder), "guard", goes="fort")


def test_sources_are_merged_and_what_is_lost_is_told(case_folder: CaseFolder) -> None:
    sources = (
        "id,title,publisher,date,protected\npaper,A,X,2014-03-02,\natlas,B,Y,2014-03,true\ntotals,T,,2014,\n"
    )
    folder = case_folder({**spoken(), "sources.csv": sources})
    done = commands.merge(str(folder), "paper", goes="atlas")
    assert done.merging.kept == {"title": ("A", "B"), "publisher": ("X", "Y")}
    after = read_case(folder)
    assert after.sources.rows()[0][:4] == ("paper", "A", "X", "2014-03-02")
    assert after.sources["protected"].to_list() == [True, False]
    assert set(after.claims["source"]) == {"paper", ""}
    assert set(after.sites["source"]) == {"paper", ""}


def test_the_commands_say_what_followed(folder: Path) -> None:
    done = typed("rename", folder, "paper", "daily")
    assert done.stdout.startswith("paper is daily now; followed: 7 rows of claims.csv, 2 rows of posture.csv")
    assert "paper is still named in notes.md, line 2. Change these by hand." in " ".join(done.stderr.split())
    done = typed("merge", folder, "sky-a", "sky-b")
    assert done.stdout == "sky-b went into sky-a.\n  aliases: Sky;Sky Union\n"


def test_an_actor_is_followed_into_the_keys_of_yaml_that_name_actors_alone(folder: Path) -> None:
    text = (
        "levers:\n- {id: guard, name: men of guard, who: guard, record: {backer: bigland, kind: troops}}\n"
        "estimates:\n- {id: men, strength: [brigades, guard], source: guard, why: the guard}\n"
        "signs:\n- {id: s, who: the guard and others, measured: {strength: guard}}\n"
    )
    (folder / "mechanisms.yaml").write_text(text)
    done = commands.rename(str(folder), "guard", new="home-guard")
    assert done.followed.cells["mechanisms.yaml"] == 3
    assert (folder / "mechanisms.yaml").read_text() == (
        text.replace("who: guard,", "who: home-guard,")
        .replace("brigades, guard]", "brigades, home-guard]")
        .replace("strength: guard}", "strength: home-guard}")
    )


def test_statuses_of_the_same_time_are_joined_and_told(case_folder: CaseFolder) -> None:
    forces = "force,from,to,status,note\nsky-a,2012,,state,ours\nsky-b,2012,,state,theirs\n"
    folder = case_folder({**spoken([]), "forces.csv": forces})
    before = own_bytes(folder)
    shown = typed("merge", folder, "sky-a", "sky-b").stdout
    assert "forces.csv: sky-a has a row of its own for state from 2012; that of sky-b is gone" in shown
    assert (folder / "forces.csv").read_text() == "force,from,to,status,note\nsky-a,2012,,state,ours\n"
    commands.undo(str(folder))
    assert own_bytes(folder) == before


def test_sites_far_apart_stay_two(case_folder: CaseFolder) -> None:
    sites = "id,name,kind,latitude,longitude\nfort,The fort,base,0.5,0.25\ngate,The gate,base,{},0.25\n"
    folder = case_folder(
        {**spoken([]), "forces.csv": None, "sites.csv": sites.format(0.73)}
    )  # a degree is 111.2 km
    with pytest.raises(CaseError, match=r"latitude: expected a point within 25 km .* found one 26 km off"):
        commands.merge(str(folder), "fort", goes="gate")
    (folder / "sites.csv").write_text(sites.format(0.72))
    commands.merge(str(folder), "fort", goes="gate")
