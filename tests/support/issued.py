"""A small case with two issues of its public edition, made once for all processes."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from support.all_commands import lay
from support.once import Once
from vedette import commands

DAYS = (date(2014, 8, 31), date(2014, 9, 30))


@pytest.fixture(scope="session")
def issued_case(once: Once) -> Path:
    """The folder of the case; only to be read."""

    def make(desk: Path) -> None:
        lay(desk)
        for day in DAYS:
            commands.brief(str(desk / "fourland"), as_of=day, issue=True)

    return once("issued", make) / "fourland"


@pytest.fixture
def issued_copy(issued_case: Path, tmp_path: Path) -> Path:
    """A copy of the case, to be changed."""
    return Path(shutil.copytree(issued_case, tmp_path / "fourland"))
