"""The commands, under the names that users type; each is imported when it is run."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

ABOUT = (
    "Judge conflicts that depend on foreign security assistance: what happens, what is likely next, "
    "how far to believe it."
)
LINES = {
    "check": "Read a case folder and list every mistake in it, with file, row, column and cure.",
    "new": "Start a case: a folder that passes `vedette check`, with the areas of the country and a README.",
    "events": "Event files: load, look at, add up, fetch.",
    "forecast": "Forecast a case: a distribution for each period ahead. For a table of counts: vedette "
    "counts forecast.",
    "fit": "Fit an endemic-epidemic model to a case. For a table of counts: vedette counts fit.",
    "score": "Score models on what came after each past origin of a case. For a file of draws: vedette "
    "counts score.",
    "register": "List the forecasts that were issued with vedette forecast --register, and score them.",
    "counts": "A table of counts that is no case: fit, forecast, score.",
    "network": "Show who backs, commands, pays and fights whom on a day, and what the ties add up to.",
    "monopoly": "Estimate how much of all armed strength the state alone commands, by year and on a day, or "
    "say why not.",
    "effect": "Say what an intervention changed, against what would have been, and what that cannot "
    "rule out.",
    "precedents": "Show what became of violence and the government where foreign troops left, against where "
    "they stayed.",
    "mechanisms": "List what scenarios rest on, observed, estimated or assumed, and the outcomes that "
    "each moves.",
    "elicit": "Ask an author for quantiles of an assumption, one by one, and store the answer with date and "
    "reason.",
    "compare": "Compare scenarios: a sentence for each, what it rests on, and a table; with --all the rest.",
    "search": "Search the levers and rules of one decision-maker for choices that no other beats throughout.",
    "replay": "Say what vedette would have said on a past day from what was known then, beside what came.",
    "hindcast": "Run the mechanism of a case from past days, and hold it against what came and the "
    "forecast alone.",
    "signs": "Show the early signs: who measures each, its value, fired or not, and how often falsely.",
    "track": "Say which scenario is on course by its levers, and which branch the months counted since speak "
    "for.",
    "changes": "Say what changed since the last issued brief, or between two days: deaths, data, claims, "
    "signs.",
    "brief": "Write the brief: one page that works without a network, and the same for machines.",
    "month": "Do the monthly round of a case: load, check, forecast, score, tell changes, draft the brief.",
    "issues": "List the briefs that were issued, after checking every file of them against its hash.",
    "demo": "Open the workbench on a copy of Iraq that is yours to change; the same copy each time.",
    "serve": "Open the workbench: a case in the browser, on this machine alone.",
    "mcp": "Answer the questions of an assistant, read-only, by the Model Context Protocol over stdio.",
    "accounts": "Accounts for a served case: add, list, remove, password, role.",
    "tokens": "Tokens with which programs read a served case: add, list, remove.",
    "read": "Find what a report seems to say about the actors of a case, and keep it for review.",
    "review": "Judge the proposals of `vedette read` one by one: accept, edit, reject or skip.",
    "who": "Show an actor: its names, what it was over time, and its ties with the claims for and against.",
    "claims": "List claims: what is said of whom, by whom, in which source. Rival answers stand side by "
    "side.",
    "add": "Add a checked row to a case: an actor, a claim, a source ...",
    "edit": "Change cells of one row of a case; all other rows stay as they are written.",
    "rename": "Give a row another id; everything that names it follows.",
    "merge": "Join two rows for one actor, site or source; names become aliases, claims follow.",
    "retract": "Withdraw a claim: from a day on it counts for nothing, and the case says why.",
    "export": "Write a case or its ties for other programs.",
    "import": "Add to a case what other programs wrote.",
    "log": "List who changed what in a case, when and with which command; the newest last.",
    "undo": "Take the last change of a case back. Undo once more to have it again.",
    "cache": "Say how much is kept of answers that take long, and remove it with --clear.",
    "upgrade": "Lift a case that an older vedette made to the layout of this one. `vedette undo` takes it "
    "back.",
}
"""The first line of the help of each command, in the order in which they are listed."""


class Verbs(TyperGroup):
    """The group of all commands. Only the one that is asked for is imported."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, in their order."""
        return list(LINES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, imported now; None if there is none."""
        return _command(cmd_name) if cmd_name in LINES else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the words begin with; a name that is nearly one is suggested."""
        self.commands = _outlines()
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Lists the commands by their lines, so that none has to be imported."""
        listed = TyperGroup(
            name=self.name,
            help=self.help,
            commands=_outlines(),
            params=self.params,
            rich_markup_mode=self.rich_markup_mode,
        )
        listed.format_help(ctx, formatter)


def _outlines() -> dict[str, Any]:
    return {name: TyperCommand(name, help=line) for name, line in LINES.items()}


def _command(name: str) -> Any:
    """The click command made from the function or group of a name."""
    around = typer.Typer(rich_markup_mode="rich")
    around.callback()(_no_options)
    verb = _verb(name)
    if isinstance(verb, typer.Typer):
        around.add_typer(verb, name=name)
    else:
        around.command(name)(verb)
    return typer.main.get_group(around).commands[name]


def _no_options() -> None:
    """What `vedette` itself takes: nothing but a command."""


def _verb(name: str) -> Any:
    """The function or group of a command."""
    home: Any
    match name:
        case "check" | "new":
            from vedette.cli import cases as home
        case "events":
            from vedette.cli import events as home
        case "forecast":
            from vedette.cli import forecasting as home
        case "fit":
            from vedette.cli import fitting as home
        case "score":
            from vedette.cli import scoring as home
        case "register":
            from vedette.cli import registering as home
        case "counts":
            from vedette.cli import counts as home
        case "network" | "monopoly":
            from vedette.cli import network as home
        case "effect":
            from vedette.cli import effects as home
        case "precedents":
            from vedette.cli import precedents as home
        case "mechanisms" | "compare":
            from vedette.cli import scenarios as home
        case "search":
            from vedette.cli import searching as home
        case "replay":
            from vedette.cli import replaying as home
        case "hindcast":
            from vedette.cli import hindcasting as home
        case "demo" | "serve":
            from vedette.cli import serving as home
        case "mcp":
            from vedette.cli import assisting as home
        case "accounts" | "tokens":
            from vedette.cli import coming_in as home
        case "signs" | "track":
            from vedette.cli import tracking as home
        case "changes":
            from vedette.cli import changes as home
        case "month":
            from vedette.cli import monthly as home
        case "brief" | "issues":
            from vedette.cli import briefing as home
        case "read":
            from vedette.cli import reading as home
        case "review":
            from vedette.cli import reviewing as home
        case "who" | "claims":
            from vedette.cli import ledger as home
        case "add":
            from vedette.cli import adding as home
        case "elicit":
            from vedette.cli import eliciting as home
        case "edit" | "rename" | "merge" | "retract":
            from vedette.cli import keeping as home
        case "log" | "undo" | "upgrade":
            from vedette.cli import changing as home
        case "cache":
            from vedette.cli import kept_answers as home
        case "export":
            from vedette.cli import exchange as home
        case "import":
            from vedette.cli.exchange import bring

            return bring
        case _:
            raise LookupError(name)
    return getattr(home, name)


app = typer.Typer(
    name="vedette",
    cls=Verbs,
    help=ABOUT,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(_no_options)
