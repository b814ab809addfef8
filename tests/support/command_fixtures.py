"""Commands run as a user runs them, each in a home of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.once import Once
from support.running import Run, typed
from vedette.case import SHIPPED
from vedette.files.names import KEY

SURROUNDINGS = {"COLUMNS": "200", "NO_COLOR": "1"}


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs ``vedette``; gives what it printed and its exit code."""

    def go(*words: object, home: Path, given: str = "") -> "subprocess.CompletedProcess[str]":
        return typed(*words, given=given, environment={**SURROUNDINGS, "VEDETTE_HOME": str(home)})

    return go


@pytest.fixture(scope="session")
def run_apart() -> Run:
    """The same in a process of its own, which has read nothing and hashes names by another seed."""

    def go(*words: object, home: Path) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, **SURROUNDINGS, "VEDETTE_HOME": str(home), "PYTHONHASHSEED": "7"}
        command = [sys.executable, "-m", "vedette", *map(str, words)]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=300
        )

    return go


@pytest.fixture(scope="session")
def iraq_files(shared: Path) -> tuple[Path, Path]:
    """The event files of the Iraq case: the complete one and the partial subset."""
    folder = shared / "data" / "iraq"
    return folder / "ucdp_ged_irq_1989_2018_hdx.csv", folder / "irq_ged211_precise_2019_2020_adm1.csv"


@pytest.fixture(scope="session")
def iraq_brief(run: Run, once: Once) -> Path:
    """The folder of the shipped brief, made from observed.csv alone."""

    def make(folder: Path) -> None:
        words = ("brief", "iraq", "--out", folder / "brief", "--format", "html,pdf,docx,json")
        done = run(*words, home=folder / "home")
        assert done.returncode == 0, done.stderr

    return once("shipped-iraq", make) / "brief"


@pytest.fixture
def iraq_copy(tmp_path: Path) -> Path:
    """A copy of the Iraq case that a test may change."""
    folder = tmp_path / "iraq"
    shutil.copytree(SHIPPED / "iraq", folder)
    return folder


@pytest.fixture
def short_iraq(iraq_copy: Path) -> Path:
    """The same counted from 2010 on and asked three months ahead, which makes for a quick brief."""
    return shortened(iraq_copy, start="2010-01-01", horizon=3)


def shortened(folder: Path, start: str, horizon: int) -> Path:
    """The Iraq case in a folder, with another first day and horizon, and no past starts of its mechanism."""
    settings = (folder / "case.yaml").read_text(encoding="utf-8")
    assert "\nstart: 1989-01-01\n" in settings
    assert "\nhorizon: 12\n" in settings
    other = settings.replace("\nstart: 1989-01-01\n", f"\nstart: {start}\n")
    other = other.replace("\nhorizon: 12\n", f"\nhorizon: {horizon}\n")
    (folder / "case.yaml").write_text(other, encoding="utf-8")
    mechanism = folder / "mechanisms.yaml"
    if mechanism.exists():
        kept, _, _ = mechanism.read_text(encoding="utf-8").partition("\nhindcast:\n")  # it starts before
        mechanism.write_text(f"{kept}\n", encoding="utf-8")
    key = folder / KEY
    key.write_text(
        json.dumps({"secret": "13" * 32}), encoding="utf-8"
    )  # one secret: copies have the same ids
    key.chmod(0o600)
    return folder
