from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from vedette.errors import FetchError
from vedette.events import unpack
from vedette.events.formats.archives import LARGEST


def zipped(path: Path, **entries: str) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), text)
    return path


def test_the_one_table_comes_out_beside_the_archive(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "ged.zip", folder__GEDEvent_csv="id\n1\n", readme="hello")
    table = unpack(archive)
    assert table == tmp_path / "GEDEvent.csv"
    assert table.read_text() == "id\n1\n"
    assert sorted(tmp_path.iterdir()) == [table]


def test_a_file_that_is_no_archive_stays(tmp_path: Path) -> None:
    file = tmp_path / "ged.csv"
    file.write_text("id\n")
    assert unpack(file) == file
    assert file.read_text() == "id\n"


def test_a_name_that_climbs_out_of_the_folder_does_not(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    assert unpack(zipped(inner / "ged.zip", **{"..__..__evil_csv": "id\n"})) == inner / "evil.csv"


@pytest.mark.parametrize("entries", [{}, {"readme": "x"}, {"a_csv": "1", "b_csv": "2"}])
def test_anything_but_one_table_is_refused(tmp_path: Path, entries: dict[str, str]) -> None:
    archive = zipped(tmp_path / "ged.zip", **entries)
    with pytest.raises(FetchError, match=r"expected one table \(\.csv\) inside; found [02]"):
        unpack(archive)
    assert archive.is_file()


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "ged.zip", a_csv="id\n" * 9000)
    archive.write_bytes(archive.read_bytes()[:-40])
    with pytest.raises(FetchError, match="is no sound ZIP archive"):
        unpack(archive)
    assert sorted(tmp_path.iterdir()) == [archive]


def test_an_archive_that_would_fill_the_disk_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.events.formats.archives.LARGEST", 100)
    assert LARGEST > 100
    with pytest.raises(FetchError, match="expected a table of at most 100 bytes; found 27,000"):
        unpack(zipped(tmp_path / "ged.zip", a_csv="id\n" * 9000))
