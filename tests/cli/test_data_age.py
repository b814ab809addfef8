"""How old: every answer says how far its data reach, and a brief on old data begins with it."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.event_files import ged, write
from support.fourland import CaseFolder
from support.running import Run
from support.small_mechanism import lay
from support.spoken import FORCE_ROWS, spoken, table

from vedette.case import read_case
from vedette.case.schema.rows import Force
from vedette.commands import DataAge
from vedette.events import load

COUNTS = "Data to 2014-12 (events, ucdp)"
CLAIMS = "Claims to 2014-03-02."
QUICK = ("--draws", 20)


@pytest.fixture
def folder(case_folder: CaseFolder) -> Path:
    """A case with claims and a mechanism."""
    forces = table(Force, [{**row, "main": "army"} for row in FORCE_ROWS])
    return lay(case_folder({**spoken(), "forces.csv": forces}))


@pytest.mark.parametrize(
    ("words", "line", "claims"),
    [
        (("forecast", "--model", "last", "--months", 2, *QUICK), COUNTS, False),
        (("fit", "--ar", "1", "--ne", "0", "--end", "1"), COUNTS, True),
        (("score", "--models", "last", "--from", "2014-06", "--months", 1, *QUICK), COUNTS, True),
        (
            ("effect", "--of", "trainers", "--months", 3, "--model", "conflictology-12", *QUICK),
            COUNTS,
            True,
        ),
        (("mechanisms",), COUNTS, True),
        (("network",), "Claims to ", True),
        (("claims",), "Claims to ", True),
        (("monopoly", "--at", "2012-06-30", "--draws", 100), "Claims to ", True),
    ],
)
def test_answers_say_how_old_their_data_are(
    folder: Path, run: Run, tmp_path: Path, words: tuple[object, ...], line: str, claims: bool
) -> None:
    command, *rest = words
    done = run(command, folder, *rest, home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sum(row.startswith(line) for row in done.stdout.splitlines()) == 1
    if command == "claims":
        return  # a list of rows, each with the day on which it became known
    data = json.loads(run(command, folder, *rest, "--json", home=tmp_path).stdout)["data"]
    assert ("claims_to" in data) == claims
    assert data.get("events_to") == ("2014-12" if line == COUNTS else None)


def test_the_release_of_event_files_is_named(case_folder: CaseFolder, run: Run, tmp_path: Path) -> None:
    folder = case_folder({"observed.csv": None})
    rows = [{"id": year, "date_start": f"{year}-05-03", "date_end": f"{year}-05-03"} for year in (2012, 2013)]
    load(read_case(folder), [write(tmp_path, "a.csv", ged(*rows))], release="14.1")
    done = run("forecast", folder, "--model", "last", *QUICK, home=tmp_path)
    assert "Data to 2013-12 (events, UCDP GED 14.1)." in done.stdout


def test_a_cure_names_the_folder_as_one_types_it(case_folder: CaseFolder, run: Run, tmp_path: Path) -> None:
    folder = case_folder({"observed.csv": None}).rename(tmp_path / "other_name")
    failed = run("forecast", folder, home=tmp_path)
    assert failed.returncode == 7
    assert "other_name FILE" in failed.stderr


def test_what_is_not_there_is_not_named() -> None:
    assert DataAge().sentence() == "No events and no claims are at hand."
    assert DataAge(claims_to=date(2014, 3, 2)).document() == {"claims_to": "2014-03-02"}


def part(folder: Path, name: str) -> dict[str, Any]:
    """A part of the two pages of a brief."""
    pages = json.loads((folder / "brief.json").read_text(encoding="utf-8"))["pages"]
    (found,) = [section for page in pages for section in page["sections"] if section["id"] == name]
    assert isinstance(found, dict)
    return found


def said(pieces: list[Any]) -> str:
    """The words of a paragraph, its figures left out."""
    return "".join(piece for piece in pieces if isinstance(piece, str))


def test_a_brief_on_old_data_says_so_and_names_the_months_it_forecasts(
    folder: Path, run: Run, tmp_path: Path
) -> None:
    done = run("brief", folder, "--as-of", "2015-10-01", "--out", tmp_path / "late", home=tmp_path)
    assert done.returncode == 0, done.stderr
    answer = part(tmp_path / "late", "answer")
    first = said(answer["blocks"][0]["pieces"])
    assert first.startswith("The data end with ")
    assert ", over 3 months before 1 October 2015: what came since is not in them." in first
    headline = r"About \S+ deaths? from July (2015 )?to \w+ 201[56]; nine times in ten "
    assert re.match(headline, answer["title"])


def test_a_brief_without_kinds_of_violence_does_not_name_the_rest(
    case_folder: CaseFolder, run: Run, tmp_path: Path
) -> None:
    folder = case_folder()
    settings = (folder / "case.yaml").read_text(encoding="utf-8")
    bare = re.sub(r"^strata:\n(?:[ -].*\n)+", "", settings, flags=re.MULTILINE)
    assert bare != settings
    (folder / "case.yaml").write_text(bare, encoding="utf-8")
    done = run("brief", folder, "--out", tmp_path / "bare", home=tmp_path)
    assert done.returncode == 0, done.stderr
    blocks = part(tmp_path / "bare", "answer")["blocks"]
    (sentences,) = [block for block in blocks if block["kind"] == "points"]
    assert "so who fights is not told" in said(sentences["items"][1])


def test_page_two_says_that_the_share_of_arms_is_withheld_and_why(iraq_brief: Path) -> None:
    (block,) = part(iraq_brief, "arms-now")["blocks"]
    words = said(block["pieces"])
    assert "The share of armed strength that the state alone commands is withheld, since its range, " in words
    assert " is wider than 30 points." in words
