"""Every command that prints a table keeps it with --csv."""

import csv
from pathlib import Path

from support.all_commands import TYPES_AN_ADDRESS
from support.commands_run import DESK
from support.options import options
from support.running import typed

NO_TABLE = (
    *("check", "new", "events load", "events fetch", "brief", "read", "review", "add", "import", "export"),
    *("edit", "elicit", "rename", "merge", "retract"),
    *("log", "undo", "cache", "upgrade", "month", "events aggregate", "events aliases"),
    *("serve", "demo", "accounts", "tokens", "mcp"),
)
"""Commands that answer with sentences, files or changes."""


def test_commands_with_a_table_keep_it() -> None:
    without = {name for name, own in options().items() if "--csv" not in own}
    assert {name for name in without if not name.startswith(NO_TABLE)} == set()


def test_the_kept_tables_can_be_read(commands_run: Path) -> None:
    kept = commands_run / DESK / "kept"
    read = {file.stem: list(csv.DictReader(file.read_text().splitlines())) for file in kept.glob("*.csv")}
    assert {*read} == {name for name, own in options().items() if "--csv" in own} - TYPES_AN_ADDRESS
    assert {name for name, rows in read.items() if not rows} == {
        "network",
        "events aliases",
        "issues",
    }  # none is there
    assert (kept / "network.csv").read_text().startswith("subject,relation,kind,object,")
    assert set(read["forecast"][0]) > {"unit", "period", "median", "low_90", "high_90"}
    assert len(read["monopoly"]) == len({row["at"] for row in read["monopoly"]})


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    done = typed("precedents", "--csv", tmp_path / "x.xlsx")
    assert done.returncode == 2
    assert "expected a name that ends in .csv. Other forms: --json." in done.stderr
    assert list(tmp_path.iterdir()) == []
