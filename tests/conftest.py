"""What tests of all rooms share: the folder of real data, and the factory of small cases."""

import os
from pathlib import Path

import pytest
from fourland import CASE_FILES, CaseFolder, Files
from hypothesis import settings

pytest_plugins = ["case_fixtures", "command_fixtures"]
settings.register_profile("vedette", deadline=None, derandomize=True)
settings.load_profile("vedette")

LONGEST = (
    "test_docs_examples.py",
    "test_brief_in_browser.py",
    "test_nothing_lost.py",
    "test_same_bytes.py",
    "test_bayes_level.py",
    "test_no_leak.py",
    "test_commands.py",
    "test_hhh4.py",
    "test_endemic_covariates.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest start first, so that processes that share the files end together."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(LONGEST)))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data; tests that need it say that they skip where it does not exist."""
    default = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("VEDETTE_SHARED", default))
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder} (set VEDETTE_SHARED to the folder that holds it)")
    return folder


@pytest.fixture
def case_folder(tmp_path: Path) -> CaseFolder:
    """A factory of small valid cases in a fresh folder: ``case_folder({"totals.csv": None})``.

    Files given replace those of the valid case; None leaves one out.
    """

    def write(files: Files | None = None, name: str = "fourland") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for file, content in {**CASE_FILES, **(files or {})}.items():
            if content is not None:
                data = content.encode() if isinstance(content, str) else content
                (folder / file).write_bytes(data)
        return folder

    return write
