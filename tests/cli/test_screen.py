"""What is printed: no sign that a terminal obeys, nothing cut at 80 columns."""

import json
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from support.fourland import ACTORS, CASE_YAML, CaseFolder
from support.running import Run, typed

from vedette.cli.text import screen
from vedette.cli.text.terminal import Terminal
from vedette.problems import visible

SIGNS = "a\x1b[2Jb\u202ec\x07\x9bd\u2028e\udc80"
SPELT = r"a\x1b[2Jb\u202ec\x07\x9bd\u2028e\udc80"


def printed(capsys: pytest.CaptureFixture[str], what: object, monkeypatch: pytest.MonkeyPatch) -> str:
    """What printing a frame, a text or a remark gives on both streams."""
    monkeypatch.setattr(screen, "out", Terminal())
    monkeypatch.setattr(screen, "err", Terminal(stderr=True))
    if isinstance(what, pl.DataFrame):
        screen.table(what)
    elif isinstance(what, list):
        screen.warn(what)
    else:
        screen.say(str(what))
    caught = capsys.readouterr()
    return caught.out + caught.err


def test_signs_that_a_terminal_obeys_are_spelt_out() -> None:
    assert visible(SIGNS) == SPELT
    assert visible("کتاب‌ها\n\tعراق") == "کتاب‌ها\n\tعراق"


@pytest.mark.parametrize("what", [SIGNS[:-1], [SIGNS[:-1]], pl.DataFrame({"name": [SIGNS[:-1]]})])
def test_texts_remarks_and_tables_are_spelt_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, what: object
) -> None:
    text = printed(capsys, what, monkeypatch)
    assert SPELT.removesuffix(r"\udc80") in text
    assert visible(text) == text


def test_names_of_files_that_are_no_text_are_printed(run: Run, tmp_path: Path) -> None:
    done = typed("check", tmp_path / "no\udc80\x1b[2Jcase")
    assert done.returncode == 3
    assert r"no\udc80\x1b[2Jcase" in done.stderr


def test_json_holds_the_signs_as_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    screen.as_json({"name": "a\u202e\x7f\x9b\x1bب"})
    text = capsys.readouterr().out
    assert visible(text) == text
    assert "ب" in text
    assert json.loads(text) == {"name": "a\u202e\x7f\x9b\x1bب"}


def test_an_error_about_a_hostile_case_is_harmless(case_folder: CaseFolder, run: Run, tmp_path: Path) -> None:
    hostile = {
        "case.yaml": CASE_YAML.replace("id: fourland", 'id: "x\\e]0;owned\\a"'),
        "actors.csv": ACTORS.replace("Rebel Front", "Rebel \x1b[31mFront\u202e"),
        "claim\x1b[2J.csv": "id\n",
    }
    done = run("check", case_folder(hostile), home=tmp_path)
    assert done.returncode == 3
    assert visible(done.stderr) == done.stderr


WIDE = pl.DataFrame(
    {f"quantity_number_{number}": [1234567.8 + number, -1.0] for number in range(9)}
    | {"interval": ["1,234,567 to 7,654,321", "0 to 1"], "day": [date(2014, 6, 10)] * 2}
)


@pytest.mark.parametrize("columns", range(1, len(WIDE.columns) + 1))
def test_no_number_is_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    frame = WIDE.select(WIDE.columns[-columns:])
    text = printed(capsys, frame, monkeypatch)
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text
    for name in frame.columns:
        for cell in frame[name]:
            for figure in screen.cell_text(cell).split():
                assert re.search(rf"(?<![\d,.-]){re.escape(figure)}(?![\d,.])", text), figure
