"""Licences travel: publishers are credited, no file of theirs is in the repository or in a shared case."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.event_files import ACLED_COLUMNS, ACLED_ROW, GED_COLUMNS, GED_ROW, table, write
from support.fourland import CaseFolder
from support.running import Run

ROOT = Path(__file__).parents[2]
THEIRS = ({"dyad_new_id", "side_a_new_id", "best"}, {"event_id_cnty", "fatalities"}, {"globaleventid"})
"""Columns that only a publisher's own table of events has."""


def tables_in(folder: Path) -> Iterator[Path]:
    """The delimited files of a folder."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in {".csv", ".tsv", ".txt"} and ".vedette" not in path.parts:
            yield path


@pytest.mark.parametrize("part", ["vedette", "tests", "docs", "studies", "benchmarks"])
def test_no_publishers_file_is_in_the_repository(part: str) -> None:
    for path in tables_in(ROOT / part):
        if "events" in path.relative_to(ROOT).parts[:-1] and part == "vedette":
            continue  # what a user loaded into the shipped case: never in git
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            header = {name.strip().lower() for name in next(csv.reader(file), [])}
        assert not any(columns <= header for columns in THEIRS), path


def test_the_brief_credits_the_publisher_with_its_licence(iraq_brief: Path) -> None:
    whole = json.loads((iraq_brief / "brief.json").read_text(encoding="utf-8"))
    sources = {source["id"]: source for source in whole["sources"]}
    assert sources["ucdp"]["licence"] == "CC BY 4.0"
    assert "Uppsala Conflict Data Program" in sources["ucdp"]["text"]
    page = (iraq_brief / "brief.html").read_text(encoding="utf-8")
    assert "CC BY 4.0" in page
    assert "Uppsala Conflict Data Program" in page


@pytest.mark.parametrize(
    ("columns", "row", "theirs"),
    [
        (ACLED_COLUMNS, ACLED_ROW, ("FOU1", "A clash, with losses.")),
        (GED_COLUMNS, GED_ROW, ("Clash in Alfa",)),
    ],
    ids=["acled", "ucdp"],
)
@pytest.mark.parametrize("form", ["case", "frictionless"])
def test_a_shared_case_holds_sums_and_no_rows_of_a_publisher(
    run: Run,
    case_folder: CaseFolder,
    tmp_path: Path,
    columns: list[str],
    row: dict[str, object],
    theirs: tuple[str, ...],
    form: str,
) -> None:
    folder = case_folder()
    file = write(tmp_path, "events.csv", table(columns, [row]))
    assert run("events", "load", folder, file, home=tmp_path).returncode == 0
    assert any(
        word.encode() in path.read_bytes() for word in theirs for path in (folder / "events").rglob("*.*")
    )
    done = run("export", form, folder, "--out", tmp_path / "shared", home=tmp_path)
    assert done.returncode == 0, done.stderr
    shared = [path for path in (tmp_path / "shared").rglob("*") if path.is_file()]
    assert shared
    assert [path for path in shared for word in theirs if word.encode() in path.read_bytes()] == []
