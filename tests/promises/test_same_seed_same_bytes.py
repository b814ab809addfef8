"""Same seed, same bytes; nothing from the future."""

import csv
import shutil
from pathlib import Path

import pytest
from support.command_fixtures import shortened
from support.fourland import CaseFolder
from support.once import Once
from support.running import Run, figures

from vedette.case import SHIPPED


def both(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "brief.html").read_bytes(), (folder / "brief.json").read_bytes()


@pytest.fixture(scope="session")
def brief_of_2013(run: Run, once: Once) -> Path:
    """The brief of the end of 2013 on the short case, made in a process of the tests."""

    def make(folder: Path) -> None:
        case = shutil.copytree(SHIPPED / "iraq", folder / "iraq")
        shortened(case, start="2010-01-01", horizon=3)
        done = run("brief", case, "--as-of", "2014-01-01", "--out", folder / "brief", home=folder / "home")
        assert done.returncode == 0, done.stderr

    return once("brief-of-2013", make) / "brief"


def test_two_runs_give_identical_bytes(
    brief_of_2013: Path, run_apart: Run, short_iraq: Path, tmp_path: Path
) -> None:
    words = ("brief", short_iraq, "--as-of", "2014-01-01", "--out", tmp_path / "apart")
    done = run_apart(*words, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert both(brief_of_2013) == both(tmp_path / "apart")


def test_another_seed_gives_other_bytes(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    folder, briefs = case_folder(), []
    for seed in (1, 2):
        words = ("brief", folder, "--seed", seed, "--out", tmp_path / str(seed), "--format", "json")
        done = run(*words, home=tmp_path / "home")
        assert done.returncode == 0, done.stderr
        briefs.append((tmp_path / str(seed) / "brief.json").read_bytes())
    assert briefs[0] != briefs[1]


def test_deleting_the_cache_changes_nothing(run: Run, iraq_files: tuple[Path, Path], tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run("events", "load", "iraq", *iraq_files, home=home).returncode == 0
    draws = []
    for name in ("warm.csv", "rebuilt.csv"):
        done = run("forecast", "iraq", "--by", "place", "--out", tmp_path / name, home=home)
        assert done.returncode == 0, done.stderr
        draws.append((tmp_path / name).read_bytes())
        shutil.rmtree(home / "iraq" / ".vedette")
    assert draws[0] == draws[1]


def scrambled(path: Path, since: str, column: str) -> None:
    """Spoils every row of a table whose ``column`` is not before ``since``: numbers, names and order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])
    places = sorted({row["place"] for row in rows if row.get("place", "").startswith("IQ-")})
    late = [row for row in rows if row[column] >= since]
    early = [row for row in rows if row[column] < since]
    assert late
    assert early
    for number, row in enumerate(late):
        for name in ("events", "low", "best", "high", "deaths", "value"):
            if row.get(name):
                more = number % 11 if name == "events" else number
                row[name] = str(int(float(row[name])) * 7 + more + 1)
        if "summary" in row:
            row["summary"] = "planted"
        if row.get("place") in places:
            row["place"] = places[places.index(row["place"]) - 1]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(early + late[::-1])


def test_later_facts_leave_an_earlier_brief_unchanged(
    run: Run, brief_of_2013: Path, short_iraq: Path, tmp_path: Path
) -> None:
    # An event that starts in time and ends later is later: it was not over on that day.
    scrambled(short_iraq / "observed.csv", "2014-01", "last")
    scrambled(short_iraq / "totals.csv", "2014-01", "period")
    scrambled(short_iraq / "posture.csv", "2014-01-02", "date")
    scrambled(short_iraq / "timeline.csv", "2014-01-02", "date")
    after = tmp_path / "after"
    done = run("brief", short_iraq, "--as-of", "2014-01-01", "--out", after, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert figures(after)["last-complete"]["value"] == "2013-12"
    assert (after / "brief.json").read_bytes() == (brief_of_2013 / "brief.json").read_bytes()
