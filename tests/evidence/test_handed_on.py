"""An edition handed on as a case folder: another can open it, it says the same, and it holds nothing more."""

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from support import secrets_of_fourland as seeded
from support.fourland import CaseFolder
from support.small_mechanism import FILES, lay
from support.spoken import CLAIM_ROWS, claim, spoken
from typer.testing import CliRunner

from vedette import commands
from vedette.cache import entries
from vedette.cache.encoding import unpacked
from vedette.cache.folder import EntryFolder
from vedette.cache.secret import secret_in
from vedette.case import read_case
from vedette.case.case import folder_of_user
from vedette.case.geography.handed_on import polygons_of
from vedette.cli.verbs import app
from vedette.errors import DataError, Remark, StorageError, UsageError
from vedette.evidence import edition_of
from vedette.files import KEY, locked
from vedette.scenario import read_mechanism

COMMENT, DAY, USER = "Zqcommentxwvkjy", "2012-12-31", "zqmarkeduser"
HEAD = f"handling: clear\n# {COMMENT}\n"
CITED = FILES["mechanisms.yaml"].replace("source: none, why: ", "source: claim c1, why: ", 1)
BESIDE = {
    "changes.log": COMMENT,
    "sheets.yaml": f"# {COMMENT}\n[]\n",
    "register/one/forecast.json": COMMENT,
    "issues/internal/001/brief.json": COMMENT,
    "events/.notes": COMMENT,
    ".vedette/answers/x.note": COMMENT,
    ".vedette-journal-old": COMMENT,
    ".git/config": COMMENT,
    "letters.docx": COMMENT,
}
"""What lies in the folder of a case and is its owner's."""


@pytest.fixture
def folder(case_folder: CaseFolder) -> Path:
    """A case with a secret in every field, a mechanism that may be shown, and all that lies beside a case."""
    assert "claim c1" in CITED
    mechanism = {"mechanisms.yaml": HEAD + CITED}
    home = lay(case_folder(seeded.SECRET_FILES), {**FILES, **mechanism})
    for name, text in BESIDE.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return home


def public(folder: Path, out: Path) -> Path:
    return commands.export_case(str(folder), out, edition="public").folder


def written(folder: Path) -> Iterator[str]:
    """Names and texts of all files of a folder."""
    for path in folder.rglob("*"):
        yield path.name
        if path.is_file():
            yield path.read_text(encoding="utf-8")


def test_the_folder_holds_no_secret_and_nothing_that_lies_beside_a_case(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", USER)
    told = "\n".join(written(public(folder, tmp_path / "public")))
    held = "\n".join(
        path.read_text("utf-8") for path in folder.rglob("*") if path.is_file() and path.name != KEY
    )
    for secret in (*seeded.secrets(), COMMENT):
        assert secret in held, secret
        assert secret not in told, secret
    names = {path.relative_to(tmp_path / "public").as_posix() for path in (tmp_path / "public").rglob("*")}
    assert {"case.yaml", "claims.csv", "mechanisms.yaml", "notes.md", "scenarios/stay.yaml"} <= names
    assert not {name for name in names if name.startswith(".") or name in BESIDE}
    assert USER not in told
    assert str(tmp_path) not in told


def test_what_is_handed_on_is_the_edition_itself(folder: Path, tmp_path: Path) -> None:
    original, copy = edition_of(read_case(folder)), read_case(public(folder, tmp_path / "public"))
    assert commands.check(str(copy.folder)).case.id == original.id
    again = edition_of(copy, "public")
    for name in ("actors", "sources", "claims", "sites", "forces", "posture", "timeline", "observed"):
        assert getattr(again, name).to_dicts() == getattr(original, name).to_dicts(), name
    assert (again.notes, again.questions) == (original.notes, original.questions)
    there, here = read_mechanism(original), read_mechanism(again)
    assert here.file == there.file
    assert {name: one.written for name, one in here.scenarios.items()} == {
        name: one.written for name, one in there.scenarios.items()
    }
    text = (copy.folder / "mechanisms.yaml").read_text(encoding="utf-8")
    assert f"claim {original.public_ids['c1']}" in text
    second = public(copy.folder, tmp_path / "second")
    assert dict(contents(second)) == dict(contents(copy.folder))


def test_the_public_brief_of_what_was_handed_on_is_that_of_the_case(folder: Path, tmp_path: Path) -> None:
    """Answers that are kept for it hold no secret either."""
    for name, home in (("here", folder), ("there", public(folder, tmp_path / "public"))):
        words = ["brief", str(home), "--edition", "public", "--out", str(tmp_path / name), "--quiet"]
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.exception
    assert dict(contents(tmp_path / "here")) == dict(contents(tmp_path / "there"))
    assert tmp_path.name.encode() not in (tmp_path / "here" / "brief.html").read_bytes()
    kept = [read_off(path, folder) for path, _ in entries(folder)]
    assert len(kept) > 4
    assert any("Bigland leaves" in answer for answer in kept)
    for secret in (*seeded.WORDS.values(), *seeded.DATES.values()):
        assert not [answer for answer in kept if secret in answer], secret


def read_off(path: Path, folder: Path) -> str:
    """All that an answer kept for a case says, as text."""
    secret = secret_in(folder_of_user())
    assert secret is not None
    content = EntryFolder(folder, secret).read(path.stem)
    assert content is not None
    document, tables = unpacked(content)
    return repr(document) + "".join(str(pl.read_ipc(each).rows()) for each in tables)


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The bytes of the files of a folder by their path, but those for a machine's own use."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(".vedette"):
            yield name, path.read_bytes()


def test_a_withheld_row_changes_no_byte(folder: Path, tmp_path: Path) -> None:
    first = dict(contents(public(folder, tmp_path / "with")))
    for name in ("claims.csv", "retractions.csv"):
        rows = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [row for row in rows if not row.startswith(seeded.WORDS["red id"])]
        assert len(kept) == len(rows) - 1
        (folder / name).write_text("".join(kept), encoding="utf-8")
    assert dict(contents(public(folder, tmp_path / "without"))) == first


def test_polygons_keep_what_is_read_of_them(folder: Path, tmp_path: Path) -> None:
    """Any form of GeoJSON leaves as features with geometry, ids, names and levels."""
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]], "bbox": [COMMENT]}
    named = {"ADM1_PCODE": "FO-A", "ADM1_EN": "Alfa", "aliases": ["A"], "CODE": "x", "Shape_Area": COMMENT}
    told = {"shapeType": "ADM1", "region": COMMENT, "remarks": {"who": COMMENT}}
    drawn = {
        "places.geojson": {"type": "Feature", "properties": named | told, "geometry": square, "id": COMMENT},
        "regions.geojson": [{"type": "GeometryCollection", "geometries": [square], "by": COMMENT}],
    }
    for name, text in drawn.items():
        (folder / name).write_text(json.dumps(text), encoding="utf-8")
    settings = (folder / "case.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(f"{settings}places: {{id: CODE}}\n", encoding="utf-8")
    texts = {name: json.loads(content) for name, content in polygons_of(folder)}
    assert COMMENT not in str(texts)
    place, region = (texts[name]["features"][0] for name in drawn)
    assert place["properties"] == {
        "ADM1_PCODE": "FO-A",
        "ADM1_EN": "Alfa",
        "aliases": ["A"],
        "CODE": "x",
        "shapeType": "ADM1",
    }
    plain = {"type": "Polygon", "coordinates": square["coordinates"]}
    assert place["geometry"] == plain
    assert region["geometry"] == {"type": "GeometryCollection", "geometries": [plain]}


@pytest.mark.parametrize("broken", [1, 4])
def test_a_disk_that_fills_up_half_way_leaves_nothing(
    folder: Path, tmp_path: Path, broken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the file of this number; an empty folder that was there stays empty."""
    desk, write, files = tmp_path / "desk", Path.write_bytes, []
    (desk / "public").mkdir(parents=True)

    def filling(path: Path, content: bytes) -> int:
        files.append(path)
        if len(files) < broken:
            return write(path, content)
        write(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    edition_of(read_case(folder))  # makes the key
    monkeypatch.setattr(Path, "write_bytes", filling)
    with pytest.raises(
        StorageError, match=r"public: cannot be written: No space left on device\. Free some space, or choose"
    ):
        public(folder, desk / "public")
    assert len(files) == broken
    assert [path.name for path in desk.rglob("*")] == ["public"]


def test_an_edition_that_the_case_lacks_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"fourland has no edition 'press'; choose one of: public, partner"):
        commands.export_case(str(folder), tmp_path / "desk" / "press", edition="press")
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize("handling", ["", "handling: amber\n"])
def test_a_mechanism_that_the_edition_may_not_show_stays(folder: Path, tmp_path: Path, handling: str) -> None:
    past = folder / "replays" / DAY
    (past / "scenarios").mkdir(parents=True)
    for home in (folder, past):
        (home / "mechanisms.yaml").write_text(handling + CITED, encoding="utf-8")
    names = commands.export_case(str(folder), tmp_path / "public", edition="public").files
    assert "claims.csv" in names
    assert not {name for name in names if name.endswith(".yaml")} - {"case.yaml"}


@pytest.mark.parametrize("what", ["red name", "whispered alias", "source", "amber id"])
def test_a_mechanism_that_names_what_is_withheld_is_refused(folder: Path, tmp_path: Path, what: str) -> None:
    word = seeded.WORDS[what]
    told = (HEAD + CITED).replace("why: ", f"why: as {word} says ", 1)
    (folder / "mechanisms.yaml").write_text(told, encoding="utf-8")
    with pytest.raises(DataError, match=f"mechanisms.yaml: names what the public edition withholds: {word}"):
        public(folder, tmp_path / "public")
    assert not (tmp_path / "public").exists()
    closer = told.replace("handling: clear", "handling: amber")
    (folder / "mechanisms.yaml").write_text(closer, encoding="utf-8")
    assert not (public(folder, tmp_path / "public") / "mechanisms.yaml").exists()


def test_a_folder_that_holds_files_or_lies_in_a_case_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"holds files\. Name a folder that does not exist yet"):
        public(folder, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    with pytest.raises(UsageError, match=r"would lie in the case .*Name one outside of it"):
        public(folder, folder / "exports" / "public")
    assert not (folder / "exports").exists()
    assert public(folder, tmp_path / "full" / "free").is_dir()


def test_nobody_changes_the_case_while_it_is_handed_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = []

    def writing(*_: object) -> Path:
        with pytest.raises(RuntimeError, match="is changing the case already"), locked(folder):
            pass
        held.append(True)
        (tmp_path / "public").mkdir()
        return tmp_path / "public"

    monkeypatch.setattr("vedette.commands.handing_on.write_case", writing)
    public(folder, tmp_path / "public")
    assert held == [True]


def test_counts_that_only_event_files_give_are_missed_aloud(case_folder: CaseFolder, tmp_path: Path) -> None:
    home = case_folder({**spoken(), "observed.csv": None})
    (home / "events").mkdir()
    (home / "events" / "ged.csv").write_text("id\n1\n", encoding="utf-8")
    with pytest.warns(Remark, match="The folder has no counts.*vedette events aggregate"):
        made = commands.export_case(str(home), tmp_path / "public")
    assert not [name for name in made.files if "events" in name]


def test_what_was_written_is_told(case_folder: CaseFolder, tmp_path: Path) -> None:
    home = case_folder(spoken([*CLAIM_ROWS, claim("red", "bigland", "funding", "guard", handling="red")]))
    words = ["export", "case", str(home), "--out", str(tmp_path / "public"), "--json"]
    told = json.loads(CliRunner().invoke(app, words).stdout)
    assert told["wrote"] == str(tmp_path / "public")
    assert told["edition"] == "public"
    assert "claims.csv" in told["files"]
