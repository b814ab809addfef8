"""A workbook goes out and comes back; sheets of others are taken in as shown, or refused with a cure."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from support.fourland import CaseFolder
from support.own_bytes import own_bytes
from support.running import typed
from support.spoken import spoken

from vedette import commands
from vedette.case import check_case, read_case
from vedette.commands import SheetChoice
from vedette.errors import CaseError, DataError, UsageError
from vedette.evidence.sheets.mapping import Unknown

AUTO = SheetChoice()
TIES = "Donor,relation,Recipient,Since\nBigland,funding,Home Guard,2013-05\nBigland,weapons,كتائب الحزب,\n"
MAPS = {"Donor": "subject", "Recipient": "object"}
EVERY = {"source": "A paper, daily", "hedge": "reported"}


@pytest.fixture
def folder(case_folder: CaseFolder) -> Path:
    """Fourland with claims, one of which a spreadsheet would take for a formula or round."""
    files = dict(spoken())
    claims = (
        str(files["claims.csv"])
        .replace(",9000,12000,", ",9000.50,12000,")
        .replace("It cannot", '"It ""can"",\nnot"')
    )
    return case_folder({**files, "claims.csv": claims})


def exported(folder: Path, tmp_path: Path) -> Path:
    """The workbook of a case."""
    return commands.export_workbook(str(folder), tmp_path / "book.xlsx").out


def edited(file: Path, change: Callable[[Any], None]) -> Path:
    """A workbook after somebody changed it in Excel."""
    book = load_workbook(file)
    change(book)
    book.save(file)
    return file


def rows(sheet: Any) -> dict[str, int]:
    """The row of each id of a sheet."""
    return {str(sheet.cell(row, 1).value): row for row in range(2, sheet.max_row + 1)}


def column(sheet: Any, name: str) -> int:
    """The number of a column."""
    return [cell.value for cell in sheet[1]].index(name) + 1


def test_out_and_in_changes_nothing(folder: Path, tmp_path: Path) -> None:
    before = own_bytes(folder)
    file = exported(folder, tmp_path)
    content = file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    plan = commands.read_sheets(str(folder), file, choice=AUTO)
    assert plan.empty
    assert sum(one.known for one in plan.changes) == 39
    commands.take_sheets(str(folder), plan)
    assert own_bytes(folder) == before
    assert commands.log(str(folder)).changes == ()
    assert exported(folder, tmp_path).read_bytes() == content


def test_what_has_a_vocabulary_has_a_list(folder: Path, tmp_path: Path) -> None:
    book = load_workbook(exported(folder, tmp_path))
    offers = {
        str(each.sqref).rstrip("0123456789")[0]: each
        for each in book["claims"].data_validations.dataValidation
    }
    names = {cell.column_letter: cell.value for cell in book["claims"][1]}
    offered = {names[place] for place in offers}
    assert {"relation", "hedge", "reliability", "credibility", "subject", "object", "polarity"} <= offered
    place = next(place for place, name in names.items() if name == "hedge")
    sheet, _, cells = offers[place].formula1.partition("!")
    words = [cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]]
    assert words[:2] == ["documented", "asserted"]
    assert book["_lists"].sheet_state == "hidden"


def test_edits_of_a_workbook_are_shown_then_taken_then_taken_back(folder: Path, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        claims = book["claims"]
        claims.cell(rows(claims)["c2"], column(claims, "credibility")).value = 1
        last = claims.max_row + 1
        new = {
            "source": "atlas",
            "hedge": "reported",
            "subject": "Bigland",
            "relation": "funding",
            "object": "guard",
        }
        for name, text in new.items():
            claims.cell(last, column(claims, name)).value = text
        book["forces"].cell(3, column(book["forces"], "note")).value = "as coded"
        book["posture"].cell(2, column(book["posture"], "value")).value = 1600
        book["sites"].delete_rows(3)

    before = own_bytes(folder)
    file = edited(exported(folder, tmp_path), change)
    plan = commands.read_sheets(str(folder), file, choice=AUTO)
    assert own_bytes(folder) == before
    assert list(commands.lines_of_plan(plan)) == [
        "sites.csv: 0 new, 0 changed, 1 as they are",
        "  1 not in the sheet, left as they are: gate",
        "claims.csv: 1 new, 1 changed, 9 as they are",
        "  c2: credibility 2 -> 1",
        "  new: atlas reported bigland funding guard atlas-1",
        "forces.csv: 0 new, 1 changed, 1 as they are",
        "  forces.csv:3: note empty -> as coded",
        "posture.csv: 0 new, 1 changed, 2 as they are",
        "  posture.csv:2: value 1500 -> 1600",
    ]
    commands.take_sheets(str(folder), plan)
    after = own_bytes(folder)
    assert read_case(folder).claims["id"].to_list()[-1] == "atlas-1"
    differ = [
        number
        for number, pair in enumerate(
            zip(after["claims.csv"].splitlines(), before["claims.csv"].splitlines(), strict=False)
        )
        if len(set(pair)) > 1
    ]
    assert differ == [2]
    assert sorted(name for name in after if after[name] != before[name]) == [
        "claims.csv",
        "forces.csv",
        "posture.csv",
    ]
    commands.undo(str(folder))
    assert own_bytes(folder) == before


def test_a_row_that_the_case_changed_meanwhile_stays_and_one_that_both_changed_is_told(
    folder: Path, tmp_path: Path
) -> None:
    file = exported(folder, tmp_path)
    commands.edit(str(folder), "c2", changes={"note": "theirs"}, was={})
    commands.edit(str(folder), "forces.csv:2", changes={"note": "theirs"}, was={})
    plan = commands.read_sheets(str(folder), file, choice=AUTO)
    assert plan.empty
    assert {one.model.file: one.newer for one in plan.changes if one.newer} == {
        "claims.csv": ("c2",),
        "forces.csv": ("forces.csv:2",),
    }

    def change(book: Any) -> None:
        claims = book["claims"]
        claims.cell(rows(claims)["c2"], column(claims, "note")).value = "mine"

    before = own_bytes(folder)
    with pytest.raises(DataError) as caught:
        commands.read_sheets(str(folder), edited(file, change), choice=AUTO)
    (told,) = map(str, caught.value.problems)
    assert told == (
        "book.xlsx, claims, row 3: expected row c2 of claims.csv as the workbook was written from it; "
        "found one that was changed in the case meanwhile. Yours is not taken. Write the workbook anew "
        "(vedette export workbook) and put your change there."
    )
    assert own_bytes(folder) == before


def test_what_was_shown_is_what_is_taken(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "ties.csv"
    file.write_text(TIES)
    choice = SheetChoice("claims", "", MAPS, EVERY)
    plan = commands.read_sheets(str(folder), file, choice=choice)
    file.write_text(TIES.replace("2013-05", "2013-06"))
    with pytest.raises(CaseError, match="changed meanwhile; nothing was written"):
        commands.take_sheets(str(folder), plan)


def test_columns_are_asked_once_and_kept(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "ties.csv"
    file.write_text("\ufeff" + TIES.replace(",", ";"), encoding="utf-8")
    choice = SheetChoice("claims", "", {}, EVERY)
    with pytest.raises(CaseError) as caught:
        commands.read_sheets(str(folder), file, choice=choice)
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 2
    assert told[0].startswith(
        "ties.csv, row 1, column Donor: expected a column whose meaning is known; found 'Donor'."
    )
    assert "--map 'Donor=COLUMN'" in told[0]
    asked: list[Unknown] = []

    def ask(unknown: Unknown) -> str:
        asked.append(unknown)
        return MAPS[unknown.column]

    plan = commands.read_sheets(str(folder), file, choice=choice, ask=ask)
    assert [(one.column, one.example) for one in asked] == [("Donor", "Bigland"), ("Recipient", "Home Guard")]
    assert "relation" not in asked[0].choices
    before = own_bytes(folder)
    commands.take_sheets(str(folder), plan)
    added = read_case(folder).claims.tail(2)
    assert added.select("id", "source", "subject", "relation", "object", "from").rows() == [
        ("paper-1", "paper", "bigland", "funding", "guard", "2013-05"),
        ("paper-2", "paper", "bigland", "weapons", "brigades", ""),
    ]
    assert (folder / "sheets.yaml").read_text() == (
        "- table: claims\n  columns:\n    Donor: subject\n    relation: relation\n    Recipient: object\n"
        "    Since: from\n  every_row:\n    source: A paper, daily\n    hedge: reported\n"
    )
    assert not [each for each in check_case(folder).warnings if each.file == "sheets.yaml"]
    again = commands.read_sheets(str(folder), file, choice=SheetChoice("claims"))
    assert (again.empty, again.changes[0].known, len(asked)) == (True, 2, 2)
    commands.undo(str(folder))
    assert own_bytes(folder) == before


def test_a_claim_that_is_there_already_is_told(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "ties.csv"
    file.write_text("subject,relation,object,from,to,note\nBigland,training,guard,2010,2014,mine\n")
    plan = commands.read_sheets(str(folder), file, choice=SheetChoice("claims", every_row={**EVERY}))
    assert plan.repeats == {"paper-1": ("c1",)}


def test_a_figure_in_one_column_is_both_of_its_ends_where_no_row_is_of_the_case(
    folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "counts.csv"
    file.write_text("Group,Fighters\nguard,3000\nbrigades,\n")
    every = {**EVERY, "relation": "strength", "unit": "persons"}
    maps = {"Group": "subject", "Fighters": "low"}
    with pytest.raises(DataError, match="a figure with the unit"):
        commands.read_sheets(str(folder), file, choice=SheetChoice("claims", "", maps, every))
    file.write_text("Group,Fighters\nguard,3000\n")
    plan = commands.read_sheets(str(folder), file, choice=SheetChoice("claims", "", maps, every))
    commands.take_sheets(str(folder), plan)
    assert read_case(folder).claims.tail(1).select("low", "high").rows() == [(3000.0, 3000.0)]
    file.write_text("id,Fighters\npaper-1,2000\n")  # a row of the case keeps its other end
    plan = commands.read_sheets(str(folder), file, choice=SheetChoice("claims", "", {"Fighters": "low"}))
    commands.take_sheets(str(folder), plan)
    assert read_case(folder).claims.tail(1).select("low", "high").rows() == [(2000.0, 3000.0)]


def test_the_parts_of_a_date_that_a_cell_shows_are_taken(folder: Path, tmp_path: Path) -> None:
    from datetime import date

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "claims"
    sheet.append(["id", "source", "hedge", "subject", "relation", "object", "from", "low", "high", "unit"])
    for key, shown in (("d1", "yyyy-mm-dd"), ("d2", "mmm-yy"), ("d3", "yyyy")):
        sheet.append(
            [
                key,
                "paper",
                "reported",
                "bigland",
                "funding",
                "guard",
                date(2014, 6, 1),
                1.5,
                2.0,
                "USD million",
            ]
        )
        sheet.cell(sheet.max_row, 7).number_format = shown
    book.save(tmp_path / "d.xlsx")
    (one,) = commands.read_sheets(str(folder), tmp_path / "d.xlsx", choice=AUTO).changes
    assert [(row["from"], row["low"], row["high"]) for row in one.added] == [
        ("2014-06-01", "1.5", "2"),
        ("2014-06", "1.5", "2"),
        ("2014", "1.5", "2"),
    ]


def sheet_of(change: Callable[[Any], None]) -> bytes:
    """A workbook of one sheet of claims that somebody made misleading."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "claims"
    sheet.append(["source", "hedge", "subject", "relation", "object", "note"])
    sheet.append(["paper", "reported", "bigland", "funding", "guard", "one"])
    sheet.append(["paper", "reported", "bigland", "weapons", "guard", "two"])
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _hide(sheet: Any) -> None:
    sheet.column_dimensions["F"].hidden = True


def _filter(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def _formula(sheet: Any) -> None:
    sheet["F2"] = '=A2&"!"'


def _error(sheet: Any) -> None:
    sheet["F2"] = "#REF!"
    sheet["F2"].data_type = "e"


def _two_headers(sheet: Any) -> None:
    sheet.insert_rows(1)
    for place, name in ((1, "Where from"), (3, "Who and whom")):
        sheet.cell(1, place).value = name


def _grouped(sheet: Any) -> None:
    _two_headers(sheet)
    sheet.merge_cells("C1:F1")


def _tags(sheet: Any) -> None:
    sheet.insert_rows(2)
    for place in range(1, 7):
        sheet.cell(2, place).value = "#tag"


def _title(sheet: Any) -> None:
    sheet.insert_rows(1)
    sheet["A1"] = "Ties of Fourland"


def _nameless(sheet: Any) -> None:
    sheet["F1"] = None


def _twice(sheet: Any) -> None:
    sheet["F1"] = "object"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_hide, "column F: expected columns that can be seen; found a hidden one. Unhide the column"),
        (_filter, "row 3: expected rows that can be seen; found a hidden one. Clear the filter"),
        (
            _formula,
            'row 2, column F: expected a value; found a formula: =A2&"!". Copy the column',
        ),
        (_error, "row 2, column F: expected a value; found the error #REF!"),
        (_grouped, "row 1, column C: expected one value in each cell; found merged cells C1:F1. Unmerge it"),
        (_two_headers, "row 1: expected one row with the names of the columns; found two (rows 1 and 2)"),
        (_tags, "row 1: expected one row with the names of the columns; found two (rows 1 and 2)"),
        (
            _title,
            "row 1: expected the names of the columns; found a title: 'Ties of Fourland'. Delete",
        ),
        (_nameless, "row 1, column F: expected a name for the column; found nothing. Give column F a name"),
        (_twice, "row 1, column object: expected each column once; found 2 of this name"),
    ],
)
def test_a_sheet_that_would_mislead_is_refused_with_a_cure(
    folder: Path, tmp_path: Path, change: Callable[[Any], None], words: str
) -> None:
    file = tmp_path / "s.xlsx"
    file.write_bytes(sheet_of(lambda sheet: None))
    assert len(commands.read_sheets(str(folder), file, choice=AUTO).changes[0].added) == 2
    file.write_bytes(sheet_of(change))
    with pytest.raises(DataError) as caught:
        commands.read_sheets(str(folder), file, choice=AUTO)
    told = [str(problem) for problem in caught.value.problems]
    assert [text for text in told if text.startswith(f"s.xlsx, claims, {words}")], told


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            "papr,reported,bigland,funding,guard,",
            "row 2, column source: expected a source of the case, by id or title; found 'papr'. "
            "Did you mean 'paper'? Or add it first: vedette add source.",
        ),
        (
            "paper,reported,Biglandia Felix,funding,guard,",
            "row 2, column subject: expected an actor, site or place of the case; found 'Biglandia Felix'",
        ),
        (
            "paper,reported,Sky,funding,guard,",
            "row 2, column subject: expected an actor, site or place of the case; found 'Sky'. "
            "Give the id of the one you mean",
        ),
        ("paper,gossip,bigland,funding,guard,", "row 2, column hedge: expected 'documented'"),
        ("paper,reported,bigland,funding,guard,2014-13", "row 2, column from: expected a day, month or year"),
    ],
)
def test_a_row_that_does_not_fit_is_told_in_the_words_of_the_sheet(
    folder: Path, tmp_path: Path, row: str, words: str
) -> None:
    file = tmp_path / "claims.csv"
    file.write_text(f"source,hedge,subject,relation,object,from\n{row}\n")
    with pytest.raises(DataError) as caught:
        commands.read_sheets(str(folder), file, choice=AUTO)
    told = [str(problem) for problem in caught.value.problems]
    assert [text for text in told if text.startswith(f"claims.csv, {words}")], told


def test_files_that_are_no_sheets_are_refused(folder: Path, tmp_path: Path) -> None:
    for name, content, words in (
        ("a.xls", b"x", "found a workbook of Excel 97-2003. Save it as .xlsx."),
        ("a.xlsx", b"no zip", "expected an Excel workbook"),
        ("a.csv", b"", "expected some content"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError) as caught:
            commands.read_sheets(str(folder), tmp_path / name, choice=AUTO)
        assert words in str(caught.value)
    (tmp_path / "x.csv").write_text("subject\nbigland\n")
    with pytest.raises(UsageError, match=r"which table is x\.csv"):
        commands.read_sheets(str(folder), tmp_path / "x.csv", choice=AUTO)
    with pytest.raises(UsageError, match=r"--table: 'claim' is no table\. Did you mean 'claims'"):
        commands.read_sheets(str(folder), tmp_path / "x.csv", choice=SheetChoice("claim"))
    with pytest.raises(UsageError, match="comes with vedette and stays as it is"):
        commands.read_sheets("iraq", tmp_path / "x.csv", choice=SheetChoice("claims"))


def test_a_cell_that_excel_cannot_hold_is_told(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder({"sites.csv": f"id,name,kind,note\nfort,The fort,base,{'x' * 40_000}\n"})
    with pytest.raises(DataError, match=r"sites.csv, row 2, column note: expected at most 32,767 characters"):
        exported(folder, tmp_path)


def test_a_mapping_that_cannot_be_read_is_told_by_check(folder: Path) -> None:
    (folder / "sheets.yaml").write_text("- table: claims\n")
    with pytest.raises(CaseError, match=r"sheets.yaml, column \[0\].columns: expected a value"):
        check_case(folder)


def test_the_commands_show_and_ask(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text(TIES)
    words = (
        "import",
        "sheet",
        tmp_path / "ties.csv",
        "--into",
        folder,
        "--table",
        "claims",
        "--map",
        "Donor=subject",
    )
    more = ("--map", "Recipient=object", "--set", "source=paper", "--set", "hedge=reported")
    before = own_bytes(folder)
    done = typed(*words, *more)
    assert done.returncode == 2
    assert done.stdout.startswith(
        "claims.csv: 2 new, 0 changed, 0 as they are\n  new: paper reported bigland funding guard 2013-05 "
    )
    assert "nothing was written. To take these changes, say --yes." in done.stderr
    assert own_bytes(folder) == before
    assert '"written": false' in typed(*words, *more, "--json").stdout
    assert typed(*words, *more, "--yes").stdout.endswith("Taken. vedette undo takes them back.\n")
    assert read_case(folder).claims.height == 12
    done = typed("export", "workbook", folder, tmp_path / "book.xlsx")
    assert done.stdout.startswith(f"Wrote {tmp_path / 'book.xlsx'}: 41 rows in 9 sheets.")
    done = typed("import", "sheet", tmp_path / "book.xlsx", "--into", folder)
    assert (done.returncode, done.stdout) == (0, "Nothing to take: the case has all of it.\n")
