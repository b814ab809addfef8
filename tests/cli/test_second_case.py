"""Nigeria from its raw file: `vedette new`, one edit, no code."""

import json
from pathlib import Path

from support.running import Run

from vedette.case import read_case
from vedette.panel import gather, make_panel, present

STRATA = """\
strata:
  - {id: boko-haram, name: Boko Haram and IS, actors: ["Jama'atu Ahlis Sunna Lidda'awati wal-Jihad", IS]}
  - {id: farmers-herders, name: Fulani and others, actors: [Fulani]}
"""


def test_nigeria_takes_one_edit(run: Run, shared: Path, tmp_path: Path) -> None:
    folder, home, data = tmp_path / "nigeria", tmp_path / "home", shared / "data" / "nigeria"
    assert run("new", folder, "--country", "Nigeria", home=home).returncode == 0
    assert run("check", folder, home=home).returncode == 0

    settings = (folder / "case.yaml").read_text(encoding="utf-8")
    lines = [line for line in settings.splitlines() if not line.startswith("strata:")]
    (folder / "case.yaml").write_text("\n".join(lines) + "\n" + STRATA, encoding="utf-8")

    loaded = run("events", "load", folder, data / "ucdp_ged_nga_1990_2019_hdx.csv", "--json", home=home)
    assert loaded.returncode == 0, loaded.stderr
    assert json.loads(loaded.stdout)["files"][0]["events"] == 4603
    checked = run("check", folder, "--json", home=home)
    assert checked.returncode == 0, checked.stderr
    assert not [warning for warning in json.loads(checked.stdout)["warnings"] if "strata" in warning]

    ahead = run("forecast", folder, "--by", "stratum", "--json", home=home)
    assert ahead.returncode == 0, ahead.stderr
    rows = json.loads(ahead.stdout)["rows"]
    assert {row["unit"] for row in rows} == {"boko-haram", "farmers-herders", "other"}

    scored = run("score", folder, "--from", "2015-01", "--to", "2016-12", "--draws", 100, "--json", home=home)
    assert scored.returncode == 0, scored.stderr
    assert {row["model"] for row in json.loads(scored.stdout)["scores"]} >= {"zero", "ewma-negbin"}

    case = read_case(str(folder))
    cells = gather(case).cells
    accounts = make_panel(cells, case, present(cells, case, case.step), case.step, seed=1).accounts
    assert accounts["events"].sum() == 4603
    assert accounts.filter(fate="in no place").select("events", "best").rows() == [(1, 9)]


def test_a_sample_that_replaces_a_whole_release_is_pointed_out(
    run: Run, shared: Path, tmp_path: Path
) -> None:
    folder, home = tmp_path / "nigeria", tmp_path / "home"
    assert run("new", folder, "--country", "Nigeria", home=home).returncode == 0
    whole = shared / "data" / "nigeria" / "ucdp_ged_nga_1990_2019_hdx.csv"
    first = run("events", "load", folder, whole, home=home)
    assert first.returncode == 0, first.stderr
    assert "most of what was known is gone" not in first.stderr
    sample = shared / "data" / "formats" / "ucdp_ged231_sample1000.csv"
    second = run("events", "load", folder, sample, "--yes", home=home)
    assert second.returncode == 0, second.stderr
    assert "most of what was known is gone" in second.stderr
