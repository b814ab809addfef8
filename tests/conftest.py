"""What tests of all rooms share: the folder of real data, and the factory of small cases."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from support.fourland import CASE_FILES, CaseFolder, Files

from vedette.files import act_as

pytest_plugins = [
    "support.once",
    "support.case_fixtures",
    "support.command_fixtures",
    "support.issued",
    "support.served",
    "support.commands_run",
]
settings.register_profile("vedette", deadline=None, derandomize=True)
settings.load_profile("vedette")


def pytest_configure(config: pytest.Config) -> None:
    """Code that JAX compiles is kept for all processes of a run, in a folder that goes when it ends."""
    if "JAX_COMPILATION_CACHE_DIR" not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="vedette-tests-")
        config.add_cleanup(folder.cleanup)
        os.environ["JAX_COMPILATION_CACHE_DIR"] = folder.name
        os.environ["JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"] = "0"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data; tests that need it say that they skip where it does not exist."""
    default = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("VEDETTE_SHARED", default))
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder} (set VEDETTE_SHARED to the folder that holds it)")
    return folder


@pytest.fixture(autouse=True)
def _nobody_acts() -> Iterator[None]:
    """No test changes a case under the name that another acted as."""
    yield
    act_as("")


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
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                data = content.encode() if isinstance(content, str) else content
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_bytes(data)
        return folder

    return write
