"""`vedette precedents` as a user runs it."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from support.running import Run

from vedette.cli.precedents import precedents
from vedette.cli.text import screen


def printed(monkeypatch: pytest.MonkeyPatch, **words: object) -> str:
    """What a terminal of 100 columns shows."""
    paper = Console(file=io.StringIO(), width=100, highlight=False, soft_wrap=True)
    monkeypatch.setattr(screen, "out", paper)
    precedents(draws=20, **words)
    assert isinstance(paper.file, io.StringIO)
    return paper.file.getvalue()


def test_it_is_legible_at_100_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    told = printed(monkeypatch, case="iraq", like="United States leaves Iraq")
    assert max(map(len, told.splitlines())) <= 100
    for part in (
        "(asked)",
        "weighed by likeness they are worth",
        "The government fell within 3 years in",
        "Over the 24 weightings of the grid",
        "tend to leave on good news, so no departure is an experiment:\nbefore these, intensity had",
        "false departure",
        "Resolute Support",
    ):
        assert part in told
    listed = printed(monkeypatch, case="iraq")
    assert max(map(len, listed.splitlines())) <= 100
    assert "60 departures while the war went on; after 32 of them nobody's troops stayed." in listed
    assert "MINUSMA" in printed(monkeypatch, doubts=True)


def test_it_prints_the_same_json_twice(capsys: pytest.CaptureFixture[str]) -> None:
    words = {"case": "iraq", "like": "United States leaves Iraq", "draws": 20, "json": True}
    first, again = (_json(capsys, words) for _ in range(2))
    assert first == again
    told = json.loads(first)
    assert (told["as_of"], told["last_year"], told["mark"]) == ("2020-09-30", 2019, "estimated")
    shown = {"staying": ["1", "2", "3", "1 to 3"], "before": ["1 to 3"], "average": ["1", "2", "3", "1 to 3"]}
    for against, years in shown.items():
        assert [row["years"] for row in told["changes"] if row["against"] == against] == years
    assert len(told["grid"]) == 24
    assert min(row["weight"] for row in told["matches"]) > 0
    assert told["matches"][0]["reasons"] == ["same region", "as intense", "same trend", "8 years"]
    assert told["answer"][0].startswith("United States of America leaves Iraq, as in 2019, as main backer")


def _json(capsys: pytest.CaptureFixture[str], words: dict[str, object]) -> str:
    precedents(**words)
    return capsys.readouterr().out


def test_an_unknown_like(run: Run, tmp_path: Path) -> None:
    done = run("precedents", "iraq", "--like", "United States leaves Irak", home=tmp_path)
    assert done.returncode == 2
    assert "Did you mean 'Iraq'?" in done.stderr
