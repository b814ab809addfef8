"""`cli` parses and prints, every document is made in `commands`, and no list of parameters is long."""

import ast
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from vedette import commands
from vedette.cli.verbs import LINES, app

PACKAGE = Path(commands.__file__).parents[1]
CLI = sorted((PACKAGE / "cli").rglob("*.py"))
COMMANDS = sorted((PACKAGE / "commands").rglob("*.py"))
MOST = 10
BY_PLACE = 2
ABOVE_CLI = {"commands", "cli", "errors", "periods", "progress", "plurals", "problems", "rounding"}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    yield from (node for node in nodes if isinstance(node, ast.FunctionDef))


def parameters(function: ast.FunctionDef) -> int:
    listed = function.args
    return len([*listed.posonlyargs, *listed.args, *listed.kwonlyargs])


def by_place(function: ast.FunctionDef) -> int:
    """How many arguments may be given without their names, `self` apart."""
    names = [each.arg for each in [*function.args.posonlyargs, *function.args.args]]
    return len([name for name in names if name not in ("self", "cls")])


def used_functions(source: str) -> list[str]:
    """The functions that a file imports from the rooms between the calendar and the commands."""
    return [
        f"{node.module}.{name.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("vedette.")
        if node.module.split(".")[1] not in ABOVE_CLI
        for name in node.names
        if name.name.islower()
    ]


@pytest.mark.parametrize("path", CLI, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_function_of_the_command_line_has_more_than_ten_parameters(path: Path) -> None:
    assert [each.name for each in functions(path) if parameters(each) > MOST] == []


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_arguments_of_commands_have_names_after_the_second(path: Path) -> None:
    assert [each.name for each in functions(path) if by_place(each) > BY_PLACE] == []


@pytest.mark.parametrize("path", CLI, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_command_line_calls_no_room_but_commands(path: Path) -> None:
    """It names types of other rooms, to parse an option or print a result, but no function of theirs."""
    assert used_functions(path.read_text(encoding="utf-8")) == []


def test_a_planted_call_of_another_room_is_caught() -> None:
    source = "from vedette.evidence import Ledger, sensitivity\nfrom vedette.commands import who"
    assert used_functions(source) == ["vedette.evidence.sensitivity"]


def test_long_lists_are_caught() -> None:
    names = ", ".join(f"p{number}" for number in range(11))
    [planted] = ast.parse(f"def long({names}): ...").body
    assert isinstance(planted, ast.FunctionDef)
    assert parameters(planted) > MOST
    assert by_place(planted) > BY_PLACE


def test_every_document_is_that_of_a_frozen_result() -> None:
    """Whatever of `commands` has a document is a frozen dataclass."""
    results = [thing for name in commands.__all__ if hasattr(thing := getattr(commands, name), "document")]
    assert len(results) > 20
    frozen = [each for each in results if is_dataclass(each) and vars(each)["__dataclass_params__"].frozen]
    assert frozen == results


def every_command(group: TyperGroup) -> Iterator[TyperCommand]:
    for name in group.list_commands(None):  # type: ignore[arg-type]
        command = group.get_command(None, name)  # type: ignore[arg-type]
        if isinstance(command, TyperGroup):
            yield from every_command(command)
        elif isinstance(command, TyperCommand):
            yield command


def test_the_help_of_every_command_has_an_example() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    found = list(every_command(group))
    assert len(found) > len(LINES)
    assert [each.name for each in found if "Example: [bold]vedette " not in str(each.help)] == []
