"""Tables of Security Force Monitor, written by hand after its handbook, become actors, claims and entries."""

from pathlib import Path

import pytest
from support.fourland import CaseFolder
from support.own_bytes import own_bytes
from support.running import typed
from support.spoken import spoken

from vedette import commands
from vedette.case import read_case
from vedette.errors import DataError, UsageError
from vedette.evidence.exchange import Proposed


def sheet(columns: str, *rows: str) -> str:
    """A CSV file; the columns are parted by blanks."""
    return "\n".join([",".join(columns.split()), *rows, ""])


RELATED = "unit:related_unit"
POSTING = "person:posting"
UNITS = sheet(
    "unit:id:admin unit:name unit:country unit:other_names unit:first_cited_date "
    f"{RELATED} {RELATED}_class {RELATED}_first_cited_date {RELATED}_last_cited_date {RELATED}_open "
    "unit:name:confidence",
    "u1,1 Example Brigade,fo,First Brigade;Brigade One,2010,"
    "2 Example Division,Command Hierarchy,2012-06,2013-02-01,N,Medium",
    "u2,2 Example Division,fo,,2009,Home Guard,Administrative,2011,2012,E,High",
    "u3,3 Example Company,fo,,2009,2 Example Division,Informal,2011,,,",
)
PERSONNEL = sheet(
    "unit:id:admin unit:name person:admin:id person:name person:other_names person_extra:date_of_birth "
    f"{POSTING}_role {POSTING}_rank {POSTING}_title {POSTING}_first_cited_date {POSTING}_last_cited_date "
    f"{POSTING}_last_cited_date_end",
    "u1,1 Example Brigade,p1,Ali Example,Abu Example,1960-05,Commander,Colonel,,2012-07,2013-01,Y",
    "u1,1 Example Brigade,p2,Omar Example,,,Chief of Staff,,,2012,,",
)
INCIDENTS = sheet(
    "incident:id:admin incident:start_date incident:violation_type incident:violation_description "
    "incident:perpetrator_unit_name",
    'i1,2013-03-04,Torture,"According to a report, two men were beaten.",Home Guard',
    "i2,2013-05,Looting,Shops were looted.,Somebody Else",
)


def brought(folder: Path, tmp_path: Path, text: str, *, source: str | None = "paper") -> Proposed:
    """What a table brings to a case."""
    (tmp_path / "sfm.csv").write_text(text)
    return commands.bring_in(str(folder), tmp_path / "sfm.csv", form="sfm", source=source).proposed


@pytest.fixture
def folder(case_folder: CaseFolder) -> Path:
    """Fourland with claims."""
    return case_folder(spoken())


def test_units_and_their_parents_come_in(folder: Path, tmp_path: Path) -> None:
    before = own_bytes(folder)
    found = brought(folder, tmp_path, UNITS)
    assert [(row["id"], row["kind"], row["aliases"]) for row in found.actors] == [
        ("1-example-brigade", "force", "First Brigade;Brigade One"),
        ("2-example-division", "force", ""),
        ("3-example-company", "force", ""),
    ]
    assert [str(match) for match in found.matched] == ["Home Guard [unit Home Guard] = Home Guard (guard)"]
    columns = ("subject", "relation", "object", "from", "to", "said", "known", "source")
    assert [tuple(row[name] for name in columns) for row in found.claims] == [
        (
            "2-example-division",
            "command",
            "1-example-brigade",
            "2012-06",
            "",
            "2013-02-01",
            "2014-03-02",
            "paper",
        ),
        ("2-example-division", "membership", "guard", "2011", "2012", "2012", "2014-03-02", "paper"),
    ]
    assert {(each.kind, each.why, each.count) for each in found.left_out} == {
        ("relations", "informal: no word for it", 1),
        ("columns", "unit:country", 3),
        ("columns", "unit:first_cited_date", 3),
        ("columns", "unit:name:confidence", 2),
    }
    assert brought(folder, tmp_path, UNITS).empty
    commands.undo(str(folder))
    assert own_bytes(folder) == before


def test_commanders_and_others_come_in(folder: Path, tmp_path: Path) -> None:
    found = brought(folder, tmp_path, PERSONNEL)
    assert [(row["name"], row["kind"], row["from"]) for row in found.actors] == [
        ("1 Example Brigade", "force", ""),
        ("Ali Example", "person", "1960-05"),
        ("Omar Example", "person", ""),
    ]
    assert [
        (row["subject"], row["relation"], row["from"], row["to"], row["statement"]) for row in found.claims
    ] == [
        ("ali-example", "command", "2012-07", "2013-01", "Commander, Colonel"),
        ("omar-example", "membership", "2012", "", "Chief of Staff"),
    ]
    assert read_case(folder).claims["credibility"].to_list()[-2:] == [6, 6]


def test_incidents_are_entries_of_the_timeline(folder: Path, tmp_path: Path) -> None:
    found = brought(folder, tmp_path, INCIDENTS)
    last = (
        read_case(folder).timeline.tail(2).select("date", "precision", "kind", "actor", "summary", "source")
    )
    assert [(str(row[0]), *row[1:]) for row in last.rows()] == [
        (
            *("2013-03-04", "day", "Torture", "Home Guard"),
            *("Home Guard: According to a report, two men were beaten.", "paper"),
        ),
        ("2013-05-01", "month", "Looting", "", "Somebody Else: Shops were looted.", "paper"),
    ]
    assert [(each.why, each.count) for each in found.left_out] == [("an accused that is no actor", 1)]
    assert brought(folder, tmp_path, INCIDENTS).empty


def test_parents_with_ids_and_operations_are_told_apart(folder: Path, tmp_path: Path) -> None:
    text = (
        "unit:id:admin,unit:name,unit:related_unit,unit:related_unit:name,unit:related_unit_class,unit:membership_id\n"
        "u1,Alpha Unit,u9,Nine Corps,Command,\nu2,Beta Unit,Operation One,,,m1\n"
    )
    found = brought(folder, tmp_path, text)
    assert [(row["subject"], row["relation"], row["object"]) for row in found.claims] == [
        ("nine-corps", "command", "alpha-unit"),
        ("beta-unit", "membership", "operation-one"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            UNITS.replace("2012-06,", "2012-13,"),
            "row 2, column unit:related_unit_first_cited_date: expected a day, month or year",
        ),
        (
            UNITS.replace("2 Example Division,fo,,2009", ",fo,,2009"),
            "row 3, column unit:name: expected the name of a unit; found nothing",
        ),
        (
            INCIDENTS.replace("2013-05", ""),
            "row 3, column incident:start_date: expected the day of the incident",
        ),
        (
            "a,b\n1,2\n",
            "row 1: expected a column unit:name, person:name or incident:violation_description; found a, b",
        ),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(
    folder: Path, tmp_path: Path, text: str, words: str
) -> None:
    before = own_bytes(folder)
    with pytest.raises(DataError) as caught:
        brought(folder, tmp_path, text)
    assert [str(each) for each in caught.value.problems if str(each).startswith(f"sfm.csv, {words}")]
    assert own_bytes(folder) == before


def test_the_source_is_needed_and_who_is_who_waits_for_a_yes(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="expected the source that it is; found none"):
        brought(folder, tmp_path, UNITS, source=None)
    words = ("import", "sfm", tmp_path / "sfm.csv", "--into", folder, "--source", "paper")
    assert typed(*words).returncode == 2
    done = typed(*words, "--yes")
    assert done.stdout.startswith(
        "Added 3 actors: 1-example-brigade, 2-example-division, 3-example-company\n"
    )


def test_the_table_of_the_field_comes_in(shared: Path, folder: Path) -> None:
    file = shared / "field" / "F18" / "units.csv"
    found = commands.bring_in(str(folder), file, form="sfm", source="paper").proposed
    assert [(row["subject"], row["relation"], row["object"]) for row in found.claims] == [
        ("2-example-division", "command", "1-example-brigade")
    ]
