"""Commands about who may come in to a served case: accounts, and tokens for programs."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import Json
from vedette.cli.text import screen
from vedette.commands import Role
from vedette.errors import UsageError

accounts = typer.Typer(
    help="Accounts for a served case: add, list, remove, password, role.", no_args_is_help=True
)
tokens = typer.Typer(
    help="Tokens with which programs read a served case: add, list, remove.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the account.")]
TokenName = Annotated[str, typer.Argument(metavar="NAME", help="What the token is called.")]
RoleOption = Annotated[Role, typer.Option("--role", help="What they may do.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option("--password-file", metavar="FILE", help="Read the password from this file's first line."),
]


@accounts.command("add")
def add_account(name: Name, role: RoleOption = Role.READER, password_file: PasswordFile = None) -> None:
    """Add an account; the password is asked for.

    Example: [bold]vedette accounts add zahra --role analyst[/]
    """
    made = commands.add_account(name, role, password=_password(password_file))
    screen.say(f"Added {made.name}, {made.role.value}, to {commands.accounts_file()}.")


@accounts.command("list")
def list_accounts(json: Json = False) -> None:
    """List the accounts with their roles.

    Example: [bold]vedette accounts list[/]
    """
    found = commands.accounts()
    if json:
        screen.as_json(found.document())
        return
    for each in found.accounts:
        screen.say(f"{each.name}: {each.role.value}, since {each.since}")
    if not found.accounts:
        screen.say("There are no accounts. Add one: vedette accounts add NAME --role lead")


@accounts.command("remove")
def remove_account(name: Name) -> None:
    """Remove an account; its sessions end.

    Example: [bold]vedette accounts remove zahra[/]
    """
    screen.say(f"Removed {commands.remove_account(name).name}. Their sessions have ended.")


@accounts.command("password")
def set_password(name: Name, password_file: PasswordFile = None) -> None:
    """Give an account another password; all its sessions end.

    Example: [bold]vedette accounts password zahra[/]
    """
    found = commands.set_password(name, _password(password_file))
    screen.say(f"{found.name} has another password. Their sessions have ended.")


@accounts.command("role")
def set_role(
    name: Name, role: Annotated[Role, typer.Argument(metavar="ROLE", help="What they may do.")]
) -> None:
    """Give an account another role, at once.

    Example: [bold]vedette accounts role zahra lead[/]
    """
    found = commands.set_role(name, role)
    screen.say(f"{found.name}: {found.role.value}.")


@tokens.command("add")
def add_token(
    name: TokenName,
    days: Annotated[
        int, typer.Option("--days", min=1, max=commands.LONGEST_LIFE, help="Days that it is good for.")
    ] = commands.TOKEN_DAYS,
) -> None:
    """Make a token that reads, and print it once; it is kept nowhere.

    Example: [bold]vedette tokens add dashboard[/]
    """
    made, text = commands.add_token(name, days=days)
    screen.say(f"Made {made.name}, good to {made.until}. It is shown this once:")
    print(text)


@tokens.command("list")
def list_tokens(json: Json = False) -> None:
    """List the tokens with the days to which they are good.

    Example: [bold]vedette tokens list[/]
    """
    found = commands.api_tokens()
    if json:
        screen.as_json(found.document())
        return
    for each in found.tokens:
        screen.say(f"{each.name}: from {each.since} to {each.until}")
    if not found.tokens:
        screen.say("There are no tokens. Make one: vedette tokens add NAME")


@tokens.command("remove")
def remove_token(name: TokenName) -> None:
    """Revoke a token, at once.

    Example: [bold]vedette tokens remove dashboard[/]
    """
    screen.say(f"Revoked {commands.remove_token(name).name}.")


def _password(file: Path | None) -> str:
    """The password that is typed twice, or stands in a file, or comes in by a pipe."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").partition("\n")[0]
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"--password-file {file}: cannot be read. Name a file of text.") from None
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\n")
