"""Whatever a later command would refuse, ``vedette check`` refuses, all of it at once."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from support.event_files import ged, write
from support.fourland import (
    ACTORS,
    CASE_YAML,
    INTERVENTIONS,
    POSTURE,
    SOURCES,
    TIMELINE,
    TOTALS,
    CaseFolder,
    Files,
)
from support.small_mechanism import LEAVE, MECHANISM, STAY, lay
from support.spoken import CLAIM_ROWS, Cells, claim, spoken

from vedette import commands
from vedette.case import read_case
from vedette.errors import CaseError
from vedette.events import load

BOMB = "\n".join(
    ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)), ""]
)


def mistakes(folder: Path) -> list[str]:
    """What ``check`` lists."""
    with pytest.raises(CaseError) as caught:
        commands.check(str(folder))
    return [str(problem) for problem in caught.value.problems]


def mistake(folder: Path) -> str:
    """The one mistake that ``check`` lists."""
    (one,) = mistakes(folder)
    return one


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        (
            "case.yaml",
            CASE_YAML.replace("iso3: FOU, gw: 999", "iso3: IRQ, gw: 630"),
            "case.yaml, column country.gw: expected 645, the number of Iraq; found 630.",
        ),
        (
            "case.yaml",
            CASE_YAML.replace("name: Fourland, iso3: FOU, gw: 999", "name: Iraq, iso3: IRN, gw: 645"),
            "case.yaml, column country.iso3: expected IRQ, the code of Iraq; found 'IRN'.",
        ),
        (
            "case.yaml",
            CASE_YAML.replace("iso3: FOU, gw: 999", "iso3: FOU, gw: 645"),
            "case.yaml, column country.iso3: expected IRQ, the code of Iraq; found 'FOU'.",
        ),
        (
            "actors.csv",
            ACTORS.replace("bigland,Bigland,state,,,,,2,,", "bigland,Bigland,state,,,,,645,USA,"),
            "row 5, column gw: expected 2, the number of United States (USA); found '645'",
        ),
        (
            "actors.csv",
            ACTORS + "front,rebel  front,armed group,,,,,,,\n",
            "row 6, column name: expected a name that no other actor has; found 'rebel  front'. Row 4",
        ),
        ("actors.csv", ACTORS + "x,Guard,force,,,,,,,\n", "Row 3 (guard) has it: rename one, or join"),
        (
            "posture.csv",
            POSTURE.replace("Bigland,troops,1500", "Bigmand,troops,1500"),
            "posture.csv, row 2, column backer: expected an actor of actors.csv, by id, name or alias; found "
            "'Bigmand'. Did you mean 'Bigland'? Or give it a row there.",
        ),
        (
            "timeline.csv",
            TIMELINE.replace("agreement,Bigland", "agreement,Nosuchland"),
            "timeline.csv, row 2, column actor: expected an actor of actors.csv, by id, name or alias; found "
            "'Nosuchland'. Give it a row there.",
        ),
        (
            "timeline.csv",
            TIMELINE.replace("2012-03-01", "2059-03-01"),
            "row 2, column date: expected a date that has",
        ),
        ("posture.csv", POSTURE.replace("2012-01-01", "2059-01-01"), "found '2059-01-01'. Correct the date"),
        (
            "sources.csv",
            SOURCES.replace(",2011,", ",2059,"),
            "row 2, column date: expected a date that has come",
        ),
        ("interventions.csv", INTERVENTIONS.replace("2013-06-15,2013", "2059-06-15,"), "row 3, column from"),
        ("totals.csv", TOTALS + "2059-01,1,totals\n", "row 8, column period: expected a date that has come"),
        (
            "case.yaml",
            CASE_YAML.replace("as_of: 2014-12-31", "as_of: 2059-12-31"),
            "column as_of: expected a day",
        ),
        (
            "totals.csv",
            TOTALS.replace(",21,", ",9223372036854775808,"),
            "a whole number, 0 or more, up to a billion",
        ),
        (
            "totals.csv",
            TOTALS.replace(",21,", f",{'9' * 5000},"),
            "a whole number, 0 or more, up to a billion",
        ),
        ("posture.csv", POSTURE.replace("1500", "1e300"), "a number, 0 or more, up to 1e15; found '1e300'"),
        (
            "posture.csv",
            POSTURE.replace("1500", "١٥٠٠"),
            "posture.csv, row 2, column value: expected a number",
        ),
        (
            "posture.csv",
            POSTURE.replace("2012-01-01", "٢٠١٢-٠١-٠١"),
            "row 2, column date: expected a day like",
        ),
        (
            "sources.csv",
            SOURCES.replace(",2011,", ",٢٠١١,"),
            "row 2, column date: expected a day, month or year",
        ),
        ("totals.csv", TOTALS.replace("2015-01", "2015-٠1"), "row 2, column period: expected a month"),
        (
            "timeline.csv",
            TIMELINE.replace("Bigland sends", "Bigland \x1b[2Jsends"),
            "row 2, column summary: expected letters that can be seen; found 'Bigland \\x1b[2Jsends "
            "trainers'. It holds a control character (U+001B). Delete that character",
        ),
        ("timeline.csv", TIMELINE.replace("Half of", "Half\u202e of"), "right-to-left override (U+202E)"),
        (
            "case.yaml",
            CASE_YAML.replace("Who fights whom?", '"Who \\e[2J fights?"'),
            "line 3, column question: expected letters that can be seen; found a control character",
        ),
        (
            "case.yaml",
            CASE_YAML.replace("Who fights", "Who\x07fights"),
            "case.yaml, line 3: expected YAML; found a",
        ),
        (
            "case.yaml",
            BOMB + CASE_YAML,
            "case.yaml, line 1: expected YAML without anchors, aliases and merges",
        ),
        (
            "case.yaml",
            CASE_YAML.replace("country: {", "country: {<<: {name: Fourland}, "),
            "found a merge (<<). Write out in full what is merged.",
        ),
        (
            "case.yaml",
            CASE_YAML.replace("country: {", "country: {!!merge x: {name: Fourland}, "),
            "found a merge (<<). Write out in full what is merged.",
        ),
        ("case.yaml", "[" * 100_000, "found entries nested too deeply to be read"),
        ("claims.proposed.csv", "id,what\n1,2\n", "claims.proposed.csv, row 2: expected its own columns"),
    ],
)
def test_mistakes_in_one_file(case_folder: CaseFolder, file: str, content: str, words: str) -> None:
    assert words in mistake(case_folder({file: content}))


def _said(rows: list[Cells]) -> Files:
    return {**spoken(rows), "forces.csv": None}


def test_a_claim_is_not_known_before_it_is_said(case_folder: CaseFolder) -> None:
    rows = [claim("a", "bigland", "training", "guard", said="2014-03", known="2014-02-28")]
    assert (
        "row 2, column known: expected a date not before the claim was said (2014-03); found '2014-02-28'"
        in (mistake(case_folder(_said(rows))))
    )
    same = [claim("a", "bigland", "training", "guard", said="2014-03", known="2014")]
    commands.check(str(case_folder(_said(same), "edge")))


def test_what_is_expected_may_lie_in_the_future(case_folder: CaseFolder) -> None:
    to_come = claim("a", "bigland", "training", "guard", hedge="expected", from_="2059")
    commands.check(str(case_folder(_said([to_come]))))
    assert "row 2, column from: expected a date that has come; found '2059'" in (
        mistake(case_folder(_said([{**to_come, "hedge": "documented"}]), "certain"))
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("intervention.csv", "interventions.csv"),
        ("TIMELINE.CSV", "timeline.csv"),
        ("claim.csv", "claims.csv"),
        ("time-line.csv", "timeline.csv"),
        ("claims.csv.txt", "claims.csv"),
        ("forces.xlsx", "forces.csv"),
        ("mechanism.yml", "mechanisms.yaml"),
        ("Case.yaml", "case.yaml"),
    ],
)
def test_names_that_are_nearly_right(case_folder: CaseFolder, name: str, meant: str) -> None:
    folder = case_folder({meant: None, name: "id\n"})
    assert (
        f"{name}: expected {meant}, the name that is read; found '{name}'. Rename it to {meant}"
        in "\n".join(mistakes(folder))
    )


def test_other_names_are_nobodys_business(case_folder: CaseFolder) -> None:
    folder = case_folder(
        {"README.md": "x", "sources.xlsx": "x", "claims-of-2012.csv": "x", "figures.csv": "x"}
    )
    (folder / "drafts").mkdir()
    commands.check(str(folder))


def test_folders_that_are_nearly_right(case_folder: CaseFolder) -> None:
    folder = lay(case_folder())
    (folder / "scenarios" / "gone.yml").write_text(LEAVE)
    (folder / "event").mkdir()
    (folder / "replays").write_text("x")
    listed = mistakes(folder)
    assert "event: expected events, the name that is read; found 'event'. Rename it to events" in listed[0]
    assert listed[1] == "replays: expected a folder; found a file. Rename or remove it."
    assert "scenarios/gone.yml: expected a name that ends in .yaml; found 'gone.yml'" in listed[2]


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _nowhere(path: Path) -> None:
    path.symlink_to("nothing here")


def _round(path: Path) -> None:
    path.symlink_to(path.name)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _outside(path: Path) -> None:
    home = next(above for above in path.parents if above.name == "fourland")
    outside = home.parent / "outside.csv"
    outside.write_text("secret")
    path.symlink_to(outside)


def _socket(path: Path) -> None:
    home = Path.cwd()
    os.chdir(path.parent)  # names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(home)


ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (_folder, "found a folder. Remove or rename the folder."),
    "pipe": (_pipe, "found a named pipe. Remove it, and put a file there."),
    "socket": (_socket, "found a socket. Remove it, and put a file there."),
    "nowhere": (
        _nowhere,
        "found a link to nothing here, where nothing is. Put the file itself there, or remove",
    ),
    "round": (_round, "found something that cannot be opened"),
    "device": (
        _device,
        "found a link that leads out of the case, to /dev/zero. Put a copy there: cp --remove-destination",
    ),
    "outside": (_outside, "found a link that leads out of the case, to "),
}
FILES = (
    *(
        "case.yaml",
        "places.geojson",
        "regions.geojson",
        "forces.csv",
        "claims.proposed.csv",
        "mechanisms.yaml",
    ),
    *("scenarios/stay.yaml", "events/a.csv", "replays/2013-06-30/mechanisms.yaml"),
)


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("file", FILES)
def test_what_is_no_file_of_the_case_is_never_read(case_folder: CaseFolder, file: str, kind: str) -> None:
    folder = lay(case_folder())
    make, words = ODD[kind]
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    listed = [line for line in mistakes(folder) if line.startswith(file) and words in line]
    assert len(listed) == 1, mistakes(folder)


def test_a_link_inside_the_case_is_followed(case_folder: CaseFolder) -> None:
    folder = case_folder()
    (folder / "tables").mkdir()
    (folder / "totals.csv").rename(folder / "tables" / "kept.csv")
    (folder / "totals.csv").symlink_to("tables/kept.csv")
    commands.check(str(folder))


def test_a_folder_of_scenarios_may_not_lead_out(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = lay(case_folder())
    (folder / "scenarios").rename(tmp_path / "outside")
    (folder / "scenarios").symlink_to(tmp_path / "outside")
    listed = mistakes(folder)
    assert any(
        line.startswith("scenarios: expected a folder; found a link that leads out") for line in listed
    )
    assert any(line.startswith("scenarios/stay.yaml: expected a file; found a link that") for line in listed)


def test_strata_that_share_a_dyad_of_the_event_files(case_folder: CaseFolder, tmp_path: Path) -> None:
    strata = "strata:\n  - {id: one, name: One, actors: [111]}\n  - {id: two, name: Two, actors: [112]}\n"
    begin, _, rest = CASE_YAML.partition("strata:\n")
    folder = case_folder({"case.yaml": begin + strata + rest[rest.index("events:") :], "observed.csv": None})
    row = {"side_a_new_id": 111, "side_b_new_id": 112, "country": "Fourland", "country_id": 999}
    load(read_case(folder), [write(tmp_path, "a.csv", ged(row))], release="14.1")
    assert "case.yaml, column strata[1]: expected each dyad in one stratum" in mistake(folder)


@pytest.mark.parametrize(
    ("file", "before", "after", "words"),
    [
        (
            "mechanisms.yaml",
            "high: -0.2}, author: tester, source: none",
            "high: -0.2}, author: tester, source: papers",
            "'papers'. Did",
        ),
        (
            "mechanisms.yaml",
            "weight: 20}, author: tester, source: none",
            "weight: 20}, author: tester, source: no-such-paper",
            "'no-such-paper'",
        ),
        (
            "mechanisms.yaml",
            "first: 2014-11, source: paper",
            "first: 2014-11, source: atlass",
            "'atlass'. Did you mean",
        ),
        (
            "scenarios/stay.yaml",
            "source: none",
            "source: the-press-2014",
            "expected the id of a row in sources.csv",
        ),
        (
            "mechanisms.yaml",
            "base: stay\n",
            "base: &a stay\nx: *a\n",
            "line 1: expected YAML without anchors",
        ),
        (
            "scenarios/stay.yaml",
            "id: stay",
            BOMB + "id: stay",
            "line 1: expected YAML without anchors, aliases",
        ),
        (
            "mechanisms.yaml",
            "{form: point, value: 0}",
            "{form: point, value: 1e300}",
            "between -1e15 and 1e15",
        ),
    ],
)
def test_mistakes_in_a_mechanism(
    case_folder: CaseFolder, file: str, before: str, after: str, words: str
) -> None:
    text = {"mechanisms.yaml": MECHANISM, "scenarios/stay.yaml": STAY}[file]
    assert before in text
    folder = lay(case_folder())
    (folder / file).write_text(text.replace(before, after))
    listed = [line for line in mistakes(folder) if line.startswith(file)]
    assert len(listed) == 1
    assert words in listed[0]


def test_words_of_an_author_are_no_ids_of_sources(case_folder: CaseFolder) -> None:
    text = MECHANISM.replace("source: none", "source: 'a guess, from paper: as of 2014'")
    folder = lay(case_folder())
    (folder / "mechanisms.yaml").write_text(text)
    commands.check(str(folder))


def test_mistakes_in_replays(case_folder: CaseFolder) -> None:
    folder = lay(case_folder())
    for day in ("2013-06-30", "2013-7-31", "2013-12-31"):
        (folder / "replays" / day).mkdir(parents=True)
    late = folder / "replays" / "2013-06-30"
    lay(late)
    assert mistakes(folder) == [
        "replays/2013-06-30/mechanisms.yaml, line 2, column start: expected 2013-07, the first month not "
        "over on the day; found '2015-01'. Correct it.",
        "replays/2013-12-31: expected mechanisms.yaml; found no such file in it. Write it, or remove the "
        "folder.",
        "replays/2013-7-31: expected a folder named by a day; found '2013-7-31'. Rename it by the day as of "
        "which it was written, like 2011-12-18.",
    ]


def test_mistakes_of_all_rooms_are_listed_at_once(case_folder: CaseFolder) -> None:
    folder = lay(case_folder({**spoken(CLAIM_ROWS), "totals.csv": TOTALS.replace(",21,", ",many,")}))
    (folder / "claims.proposed.csv").write_text("id\n1\n")
    (folder / "events").mkdir()
    (folder / "events" / "a.csv").write_text("what,is,this\n1,2,3\n")
    (folder / "mechanisms.yaml").write_text(MECHANISM.replace("strata: [rebels]", "strata: [rebel]"))
    (folder / "claim.csv").write_text("id\n")
    files = [line.split(",")[0].split(":")[0] for line in mistakes(folder)]
    assert files == ["totals.csv", "claim.csv", "a.csv", "claims.proposed.csv", "mechanisms.yaml"]


def test_what_cites_a_broken_table_is_not_blamed(case_folder: CaseFolder) -> None:
    folder = lay(case_folder({"sources.csv": SOURCES.replace(",B,", ",b,")}))
    assert mistake(folder).startswith("sources.csv, row 2, column reliability")
