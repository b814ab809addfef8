"""A link inside the case is written through; one that leads outside is refused before anything is written."""

from pathlib import Path

import pytest
from support.fourland import CaseFolder
from support.spoken import spoken

from vedette import commands
from vedette.case import read_case
from vedette.errors import CaseError, StorageError
from vedette.files import changing, replace_file

ROW = {"source": "paper", "hedge": "reported", "subject": "bigland", "relation": "funding", "object": "guard"}


def linked(folder: Path, name: str, target: Path) -> bytes:
    """Moves a file of a case to another place and leaves a link; gives its bytes."""
    target.parent.mkdir(exist_ok=True)
    (folder / name).rename(target)
    (folder / name).symlink_to(target)
    return target.read_bytes()


def test_a_link_inside_is_written_through(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    before = linked(folder, "claims.csv", folder / "tables" / "claims-2014.csv")
    commands.add_claim(str(folder), ROW)
    assert (folder / "claims.csv").is_symlink()
    assert (folder / "tables" / "claims-2014.csv").read_bytes().startswith(before)
    assert read_case(folder).claims["id"].to_list()[-1] == "paper-1"
    commands.undo(str(folder))
    assert (folder / "claims.csv").is_symlink()
    assert (folder / "claims.csv").read_bytes() == before


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_link_that_leads_outside_is_refused(case_folder: CaseFolder, tmp_path: Path, what: str) -> None:
    folder = case_folder(spoken())
    outside = tmp_path / "outside"
    outside.mkdir()
    if what == "file":
        before = linked(folder, "claims.csv", outside / "claims.csv")
        with pytest.raises(
            CaseError, match=r"claims.csv: .* a link that leads out of the case.*cp --remove-d"
        ):
            commands.add_claim(str(folder), ROW)
        assert (outside / "claims.csv").read_bytes() == before
    else:
        (folder / "events").symlink_to(outside)
        with pytest.raises(StorageError, match="leads out of the case"), changing(folder, "test") as change:
            change.write("events/options.json", b"{}")
        assert list(outside.iterdir()) == []
    assert not (folder / "changes.log").exists()


def test_the_cure_works(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder(spoken())
    before = linked(folder, "claims.csv", tmp_path / "outside.csv")
    (folder / "claims.csv").unlink()
    (folder / "claims.csv").write_bytes(before)
    commands.add_claim(str(folder), ROW)
    assert (tmp_path / "outside.csv").read_bytes() == before


def test_a_link_to_nothing_and_a_log_that_is_a_link_are_refused(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    folder = case_folder({**spoken(), "claims.csv": None, "forces.csv": None})
    (folder / "claims.csv").symlink_to(folder / "gone.csv")
    with pytest.raises(CaseError, match=r"where nothing is\. Put the file itself there, or remove the link"):
        commands.add_claim(str(folder), ROW)
    (folder / "claims.csv").unlink()
    (tmp_path / "log").touch()
    (folder / "changes.log").symlink_to(tmp_path / "log")
    with pytest.raises(StorageError, match=r"changes.log: expected a file; found a link that leads out"):
        commands.add_claim(str(folder), ROW)
    assert (tmp_path / "log").read_bytes() == b""
    assert not (folder / "claims.csv").exists()


def test_an_output_outside_of_a_case_goes_where_its_link_leads(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    replace_file(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"
    with pytest.raises(StorageError, match="expected a file or nothing"):
        replace_file(tmp_path, b"new")
