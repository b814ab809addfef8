"""The options of every command."""

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from vedette.cli.verbs import app


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
