"""A row is added whole, after the folder was checked with it, or not at all."""

import pytest
from support.fourland import SOURCES, CaseFolder
from support.own_bytes import own_bytes
from support.spoken import spoken

from vedette import commands
from vedette.case import SHIPPED, read_case
from vedette.errors import CaseError, UsageError

ROW = {"source": "paper", "hedge": "reported", "subject": "bigland", "relation": "funding", "object": "guard"}


def test_what_stood_before_stays(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    before = own_bytes(folder)
    row = commands.add_claim(str(folder), {**ROW, "from": "2014-03", "statement": 'He said "yes", twice'}).row
    after = own_bytes(folder)
    assert row["id"] == "paper-1"
    assert after.pop("claims.csv").removeprefix(before.pop("claims.csv")).decode() == (
        'paper-1,paper,,,,,,reported,,bigland,funding,guard,,,,2014-03,,,,,,,,,,,"He said ""yes"", twice",,\n'
    )
    assert after == before
    assert commands.add_claim(str(folder), ROW).row["id"] == "paper-2"
    assert read_case(folder).claims.height == 12


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_whatever_the_last_line_ends_with(case_folder: CaseFolder, ending: str) -> None:
    text = SOURCES.strip("\n")
    text = text.replace("\n", "\r\n") if ending == "\r\n" else text
    folder = case_folder({**spoken(), "sources.csv": text + ending})
    commands.add_source(str(folder), {"title": "Another", "publisher": "The Press", "date": "2014"})
    new = (folder / "sources.csv").read_bytes()
    assert new.startswith((text + ending).encode())
    assert new.count(b"\r\n") == (5 if ending == "\r\n" else 0)
    assert read_case(folder).sources["id"].to_list()[-1] == "the-press-2014"


def test_names_in_any_script_are_resolved(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    row = commands.add_claim(str(folder), {**ROW, "object": "كتائب الحزب"}).row
    assert row["object"] == "brigades"
    with pytest.raises(UsageError, match="may mean sky-a"):
        commands.add_claim(str(folder), {**ROW, "object": "Sky"})


def test_all_mistakes_are_told_and_nothing_is_written(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    before = own_bytes(folder)
    with pytest.raises(CaseError) as caught:
        commands.add_claim(str(folder), {**ROW, "source": "papers", "subject": "nobody", "id": "c1"})
    told = [str(problem) for problem in caught.value.problems]
    assert str(caught.value.args[0]) == f"{folder} would have {len(told)} mistakes; nothing was written."
    for words in ("found 'papers'", "found 'nobody'", "each id once; found 'c1'. Row 2 has it"):
        assert any(words in one for one in told), words
    assert own_bytes(folder) == before


def test_a_formula_is_not_let_in(case_folder: CaseFolder) -> None:
    with pytest.raises(CaseError, match="no spreadsheet takes for a formula"):
        commands.add_claim(str(case_folder(spoken())), {**ROW, "note": "=1+1"})


def test_a_column_that_a_row_fills_is_added_to_the_table(case_folder: CaseFolder) -> None:
    claims = "id,source,hedge,subject,relation,object\nc1,paper,reported,bigland,training,guard\n"
    folder = case_folder({**spoken(), "claims.csv": claims, "forces.csv": None})
    commands.add_claim(str(folder), ROW)
    before = (folder / "claims.csv").read_bytes()
    commands.add_claim(str(folder), {**ROW, "statement": "so"})
    assert (folder / "claims.csv").read_text().splitlines() == [
        "id,source,hedge,subject,relation,object,statement",
        "c1,paper,reported,bigland,training,guard,",
        "paper-1,paper,reported,bigland,funding,guard,",
        "paper-2,paper,reported,bigland,funding,guard,so",
    ]
    commands.undo(str(folder))
    assert (folder / "claims.csv").read_bytes() == before
    with pytest.raises(UsageError, match=r"claims\.csv has no column statment\. Did you mean 'statement'"):
        commands.add_claim(str(folder), {**ROW, "statment": "so"})


def test_a_case_without_the_table_gets_it(case_folder: CaseFolder) -> None:
    folder = case_folder({**spoken(), "claims.csv": None, "forces.csv": None})
    commands.add_claim(str(folder), ROW)
    assert read_case(folder).claims["id"].to_list() == ["paper-1"]


def test_a_shipped_case_is_not_changed() -> None:
    with pytest.raises(UsageError) as caught:
        commands.add_claim("iraq", {**ROW, "subject": "iran", "object": "pmu"})
    assert f"Copy it and work on the copy: cp -r {SHIPPED / 'iraq'} my-iraq" in str(caught.value)
