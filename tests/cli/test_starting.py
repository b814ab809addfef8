"""Starting: a command waits for no library that it does not need, and `--help` for no command."""

import inspect
import subprocess
import sys

import pytest
import typer

from vedette.cli.verbs import LINES, app

HEAVY = {
    *("altair", "arviz_stats", "bs4", "distributed", "duckdb", "h5py", "jax", "networkx", "numpyro"),
    *("pandas", "pyarrow", "pypdf", "scipy", "vl_convert", "xarray"),
}
NEEDED = {"numpy", "polars", "pydantic", "shapely"}
"""What reading a case takes."""


def imported(*words: str) -> set[str]:
    """The modules that are there after a command has run."""
    program = (
        "import sys\n"
        "from vedette.cli.verbs import app\n"
        f"app({list(words)!r}, standalone_mode=False)\n"
        "print('MODULES', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("MODULES")[2].split())


def test_help_imports_no_command() -> None:
    modules = imported("--help")
    assert modules.isdisjoint(HEAVY | NEEDED)
    assert {name for name in modules if name.startswith("vedette.")} == {"vedette.cli", "vedette.cli.verbs"}


@pytest.mark.parametrize("words", [("who", "iraq", "badr"), ("claims", "iraq")])
def test_the_ledger_takes_what_reading_a_case_takes(words: tuple[str, ...]) -> None:
    modules = imported(*words)
    assert modules >= NEEDED
    assert modules.isdisjoint(HEAVY)


@pytest.mark.parametrize("name", LINES)
def test_the_line_of_a_command_is_the_first_of_its_help(name: str) -> None:
    group = typer.main.get_command(app)
    command = group.get_command(typer.Context(group), name)  # type: ignore[attr-defined]
    assert command.name == name
    assert " ".join(inspect.cleandoc(command.help).partition("\n\n")[0].split()) == LINES[name]


def test_every_command_is_listed_and_a_near_miss_is_suggested() -> None:
    program = [sys.executable, "-m", "vedette"]
    told = subprocess.run([*program, "--help"], capture_output=True, text=True, check=True).stdout
    assert all(f" {name} " in told for name in LINES)
    done = subprocess.run([*program, "scor"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "Did you mean 'score'?" in done.stderr
