"""A case read and written again is the same, byte for byte."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from support.fourland import CASE_FILES, TOTALS, CaseFolder
from support.spoken import spoken

from vedette.case import read_case, write_case
from vedette.case.writing.folder import tables_of
from vedette.errors import UsageError


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_iraq_case(tmp_path: Path) -> None:
    case = read_case("iraq")
    again = bytes_of(write_case(case, tmp_path / "iraq"))
    held = {
        name: text for name, text in bytes_of(case.folder).items() if not name.startswith(("events", "."))
    }
    assert again == held


ODD = {
    "windows": TOTALS.replace("\n", "\r\n"),
    "quoted": "period,deaths,source\n" + '"2015-01","21",totals\n',
    "no last line end": TOTALS.rstrip("\n"),
    "blank lines": TOTALS.replace("\n2015-03", "\n\n\n2015-03") + "\n\n",
    "byte order mark": "\ufeff" + TOTALS,
    "another order": "source,period,deaths\ntotals,2015-01,021\n",
    "empty column": "period,deaths,source,\n2015-01,21,totals,\n",
}


@pytest.mark.parametrize("totals", ODD.values(), ids=ODD)
def test_however_it_was_written(case_folder: CaseFolder, tmp_path: Path, totals: str) -> None:
    folder = case_folder({**spoken(), "totals.csv": totals})
    assert bytes_of(write_case(read_case(folder), tmp_path / "again")) == bytes_of(folder)


def test_a_changed_row_is_written_in_the_plainest_form_and_the_others_stay(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    posture = "date,precision,backer,kind,value,unit,basis\n"
    posture += '2012-01-01,month,"Bigland",troops,1500.00,men,recalled\n'
    posture += "2013-01-01,month,Bigland,troops,0900,men,recalled\n"
    case = read_case(case_folder({"posture.csv": posture}))
    changed = case.posture.with_columns(
        pl.when(pl.col("value") == 900).then(901).otherwise("value").alias("value")
    )
    written = write_case(replace(case, posture=changed), tmp_path / "again") / "posture.csv"
    assert written.read_text() == posture.replace("0900", "901")


def test_what_is_written_reads_as_the_same_case(case_folder: CaseFolder, tmp_path: Path) -> None:
    case = read_case(case_folder(spoken()))
    again = read_case(write_case(case, tmp_path / "again"))
    for (model, one), (_, other) in zip(tables_of(case), tables_of(again), strict=True):
        assert one is not None, model
        assert other is not None, model
        assert one.equals(other), model


def test_events_stay_on_the_machine(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder(CASE_FILES)
    for name in ("events/ged.csv", ".vedette/store.duckdb", "register/one.json", "scenarios/stay.yaml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    again = bytes_of(write_case(read_case(folder), tmp_path / "again"))
    assert "scenarios/stay.yaml" in again
    assert [name for name in again if name.startswith(("events", ".vedette", "register"))] == []


def test_a_folder_that_holds_files_is_left_alone(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    before = bytes_of(folder)
    with pytest.raises(UsageError, match=r"holds files\. Name a folder that does not exist yet"):
        write_case(read_case(folder), folder)
    assert bytes_of(folder) == before
