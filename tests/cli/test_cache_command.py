"""`vedette cache`: how much is kept of answers that take long, and clearing it."""

import json

import numpy as np
from support.fourland import CaseFolder
from typer.testing import CliRunner

from vedette.cache import entries
from vedette.case import read_case
from vedette.cli.verbs import app


def doubled(values: np.ndarray) -> np.ndarray:
    return 2 * values


def typed(*words: str) -> str:
    done = CliRunner().invoke(app, ["cache", *words])
    assert done.exit_code == 0, done.exception
    return done.stdout


def test_what_is_kept_is_told_with_its_size_and_cleared(case_folder: CaseFolder) -> None:
    folder = case_folder()
    place = folder / ".vedette" / "answers"
    assert typed(str(folder)).replace("\n", "").startswith("Kept: 0 answers, 0.0 MB, in")
    cache = read_case(folder).cache
    for size in (40_000, 90_000):
        cache.keep(doubled, np.random.default_rng(1).random(size))
    size = sum(path.stat().st_size for path in place.iterdir())
    assert size > 6 * 130_000
    told = {"folder": str(place), "answers": 2, "bytes": size, "at_most": 512 * 2**20, "cleared": False}
    assert json.loads(typed(str(folder), "--json")) == told
    assert f"Kept: 2 answers, {size / 2**20:.1f} MB" in typed(str(folder))
    assert json.loads(typed(str(folder), "--clear", "--json")) == {**told, "cleared": True}
    assert entries(folder) == []
    assert "Removed: 0 answers, 0.0 MB" in typed(str(folder), "--clear")
    assert (folder / "case.yaml").is_file()
