"""The command line: JSON for machines, exit codes, and no traceback for a user's mistake."""

import contextlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from support.fourland import CASE_YAML, CaseFolder
from support.running import Run

MISTAKES = [
    (("check", "nowhere"), 3, "nowhere"),
    (("forecast", "{case}", "--model", "crystal-ball"), 2, "choose one of: pool, level"),
    (("forecast", "{case}", "--as-of", "soon"), 2, "'soon' is not a day: write it like 2014-06-10"),
    (("forecast", "{case}", "--as-of", "2011-01-31"), 7, "2012-01"),
    (("brief", "{case}", "--as-of", "2013-06-30"), 7, "needs 31 observed months"),
    (("score", "{case}", "--from", "1999-01"), 2, "name months within, with --from and --to"),
    (("events", "load", "{case}", "gone.csv"), 5, "gone.csv"),
    (("events", "aggregate", "{case}"), 7, "vedette events load"),
    (("events", "fetch", "{case}", "unicorn"), 2, "it knows: ucdp"),
    (("forecast", "{case}", "--out", "draws.txt"), 2, "ends in .csv or .parquet"),
    (("new", "{case}", "--country", "Nigeria"), 2, "Name a folder that does not exist yet"),
    (("new", "other", "--country", "Nigeristan"), 2, "Did you mean"),
]


@pytest.mark.parametrize(("words", "code", "said"), MISTAKES, ids=lambda value: str(value)[:40])
def test_a_mistake_gives_its_code_and_a_cure(
    run: Run, case_folder: CaseFolder, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    folder = str(case_folder())
    done = run(*(word.replace("{case}", folder) for word in words), home=tmp_path / "home")
    assert done.returncode == code, done.stderr
    assert said in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr


def test_all_mistakes_of_a_case_are_told_at_once(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder({"totals.csv": "period,deaths,source\n2015-13,many,totals\n", "sites.csv": "id\n"})
    done = run("check", folder, home=tmp_path / "home")
    assert done.returncode == 3
    assert "totals.csv, row 2, column period" in done.stderr
    assert "totals.csv, row 2, column deaths" in done.stderr
    assert "sites.csv" in done.stderr


def test_a_misspelt_actor_is_pointed_out(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    settings = CASE_YAML.replace("actors: [20, Rebel Front]", "actors: [20, Rebel Frnt]")
    done = run("check", case_folder({"case.yaml": settings}), home=tmp_path / "home")
    assert done.returncode == 0
    assert (
        "strata[0]: expected actors and dyads that occur in the events at hand; found Rebel Frnt"
        in done.stderr
    )


def test_forecast_writes_draws_and_json(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    folder, out = case_folder(), tmp_path / "draws.parquet"
    done = run(
        "forecast", folder, "--by", "place", "--draws", 50, "--json", "--quiet", "--out", out, home=tmp_path
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["origin"] == "2014-12"
    assert told["mark"] == "estimated"
    draws = pl.read_parquet(out)
    assert draws.columns == ["period", "unit", "draw", "outcome"]
    assert draws.height == 50 * 6 * 4
    mean = draws.filter(unit="FO-A")["outcome"].mean()
    shown = [row["mean"] for row in told["rows"] if row["unit"] == "FO-A"]
    assert mean == pytest.approx(sum(shown) / len(shown), abs=1e-3)


def test_score_ranks_the_baselines(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    done = run("score", case_folder(), "--draws", 50, "--months", 3, "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    scores = {row["model"]: row["crps_fair"] for row in told["scores"]}
    assert list(scores.values()) == sorted(scores.values())
    assert told["terms"]["mis_level"] == 0.9
    for pair in [pair for pair in told["paired"] if pair["score"] == "crps_fair"]:
        assert pair["difference"] == pytest.approx(scores[pair["model"]] - scores["conflictology-12"])
        assert pair["low"] <= pair["high"]
    assert {row["model"] for row in told["pit"]} == set(scores)


def test_the_brief_goes_out_as_json_too(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    done = run("brief", case_folder(), "--out", tmp_path / "out", "--json", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(
        (tmp_path / "out" / "brief.json").read_text(encoding="utf-8")
    )


def test_help_has_an_example_for_every_command(run: Run, tmp_path: Path) -> None:
    for words in (("check",), ("new",), ("forecast",), ("score",), ("brief",)):
        assert f"Example: vedette {words[0]}" in run(*words, "--help", home=tmp_path).stdout
    for word in ("load", "summary", "aggregate", "fetch"):
        assert f"Example: vedette events {word}" in run("events", word, "--help", home=tmp_path).stdout


def files_in(folder: Path) -> set[tuple[str, int]]:
    """Every file below a folder, with the time of its last change."""
    found = set()
    for file in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            found.add((str(file), file.stat().st_mtime_ns))
    return found


def test_stopping_a_load_leaves_the_store_as_it_was_or_whole(
    run: Run, iraq_files: tuple[Path, Path], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    assert run("events", "load", "iraq", iraq_files[1], home=home).returncode == 0
    before = json.loads(run("events", "summary", "iraq", "--json", home=home).stdout)
    for wait in (0.0, 0.1, 0.3):
        untouched = files_in(home)
        command = [sys.executable, "-m", "vedette", "events", "load", "iraq", str(iraq_files[0]), "--quiet"]
        working = subprocess.Popen(
            command, env={"VEDETTE_HOME": str(home), "PATH": ""}, stderr=subprocess.PIPE, text=True
        )
        while files_in(home) == untouched and working.poll() is None:
            time.sleep(0.01)
        time.sleep(wait)
        working.send_signal(signal.SIGINT)
        _, said = working.communicate(timeout=60)
        assert "Traceback" not in said or working.returncode == -signal.SIGINT
        if working.returncode == 0:
            break
        after = json.loads(run("events", "summary", "iraq", "--json", home=home).stdout)
        assert after == before or 7473 in [row["events"] for row in after]


def test_markup_and_formulas_in_a_case_are_shown_as_text(
    run: Run, case_folder: CaseFolder, tmp_path: Path
) -> None:
    nasty = "<img src=x onerror=alert(1)></script> =HYPERLINK(1)"
    header = "date,precision,kind,actor,target,place,latitude,longitude,summary,source,basis,weight\n"
    timeline = header + f"2013-06-15,day,battle,,,Alfa,,,{nasty},paper,page,1\n"
    settings = CASE_YAML.replace('"Fourland: four squares"', '"<b>Four</b> & <script>alert(1)</script>"')
    folder = case_folder({"timeline.csv": timeline, "case.yaml": settings})
    done = run("brief", folder, "--out", tmp_path / "out", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out" / "brief.html").read_text(encoding="utf-8")
    assert "<img src=x" not in page
    assert "<b>Four</b>" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;&lt;/script&gt; =HYPERLINK(1)" in page
    assert "&lt;b&gt;Four&lt;/b&gt; &amp; &lt;script&gt;" in page


def test_a_case_that_cannot_be_written_still_gives_a_brief(
    run: Run, case_folder: CaseFolder, tmp_path: Path
) -> None:
    folder = case_folder()
    (folder / ".vedette").write_text("a file where a folder should be")
    done = run("brief", folder, "--out", tmp_path / "out", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    blocked = run("brief", folder, "--out", folder / "case.yaml" / "out", home=tmp_path / "home")
    assert blocked.returncode == 5
    assert "Choose another with --out" in blocked.stderr
