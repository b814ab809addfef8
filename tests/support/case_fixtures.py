"""The case that event files are loaded into."""

from pathlib import Path

import pytest

from vedette.case import Case, read_case


@pytest.fixture
def case(case_folder: "object") -> Case:
    """The made-up case Fourland in a fresh folder."""
    assert callable(case_folder)
    return read_case(case_folder())


@pytest.fixture
def iraq(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Case:
    """The shipped case, with a home of its own for event files."""
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "home"))
    return read_case("iraq")
