"""Every command that prints a table keeps it with --csv."""

import csv
from pathlib import Path

import typer
from support.all_commands import lay, steps
from support.running import typed
from typer.core import TyperArgument, TyperCommand, TyperGroup

from vedette.cli.verbs import app

NO_TABLE = (
    *("check", "new", "events load", "events fetch", "brief", "read", "review", "add", "import", "export"),
    *("edit", "elicit", "rename", "merge", "retract"),
    *("log", "undo", "cache", "upgrade", "month", "events aggregate", "events aliases", "serve", "demo"),
)
"""Commands that answer with sentences, files or changes."""


def options() -> dict[str, set[str]]:
    """The options of every command, by the words that call it."""
    found: dict[str, set[str]] = {}

    def walk(group: TyperGroup, words: str) -> None:
        context = typer.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if isinstance(command, TyperGroup):
                walk(command, f"{words}{name} ")
            elif isinstance(command, TyperCommand):
                own = (p for p in command.params if not isinstance(p, TyperArgument))
                found[words + name] = {option for parameter in own for option in parameter.opts}

    whole = typer.main.get_command(app)
    assert isinstance(whole, TyperGroup)
    walk(whole, "")
    return found


def test_commands_with_a_table_keep_it() -> None:
    without = {name for name, own in options().items() if "--csv" not in own}
    assert {name for name in without if not name.startswith(NO_TABLE)} == set()


def test_the_kept_tables_can_be_read(tmp_path: Path) -> None:
    lay(tmp_path)
    known = options()
    read = {}
    for name, words in steps(tmp_path):
        if "--csv" not in known[name]:
            if name != "events load":
                continue
            typed(*name.split(), *words, environment={"VEDETTE_HOME": str(tmp_path / "home")})
            continue
        file = tmp_path / "kept" / f"{name}.csv"
        done = typed(
            *name.split(), *words, "--csv", file, environment={"VEDETTE_HOME": str(tmp_path / "home")}
        )
        assert done.returncode == 0, (name, done.stderr)
        assert f"Wrote {file}" in done.stdout, name
        read[name] = list(csv.DictReader(file.read_text().splitlines()))
    assert {name for name, rows in read.items() if not rows} == {
        "network",
        "events aliases",
        "issues",
    }  # none is there
    assert (tmp_path / "kept" / "network.csv").read_text().startswith("subject,relation,kind,object,")
    assert set(read["forecast"][0]) > {"unit", "period", "median", "low_90", "high_90"}
    assert len(read["monopoly"]) == len({row["at"] for row in read["monopoly"]})


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    done = typed("precedents", "--csv", tmp_path / "x.xlsx")
    assert done.returncode == 2
    assert "expected a name that ends in .csv. Other forms: --json." in done.stderr
    assert list(tmp_path.iterdir()) == []
