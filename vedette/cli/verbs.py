"""The commands, under the names that users type."""

import typer

from vedette.cli.adding import add
from vedette.cli.briefing import brief
from vedette.cli.cases import check, new
from vedette.cli.counts import counts
from vedette.cli.effects import effect
from vedette.cli.events import events
from vedette.cli.exchange import bring, export
from vedette.cli.fitting import fit
from vedette.cli.forecasting import forecast
from vedette.cli.ledger import claims, who
from vedette.cli.network import monopoly, network
from vedette.cli.precedents import precedents
from vedette.cli.reading import read, review
from vedette.cli.registering import register
from vedette.cli.replaying import replay
from vedette.cli.scenarios import compare, mechanisms
from vedette.cli.scoring import score

app = typer.Typer(
    name="vedette",
    help="Judge conflicts that depend on foreign security assistance: what happens, what is likely next, "
    "how far to believe it.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(check)
app.command()(new)
app.add_typer(events, name="events")
app.command()(forecast)
app.command()(fit)
app.command()(score)
app.command()(register)
app.add_typer(counts, name="counts")
app.command()(network)
app.command()(monopoly)
app.command()(effect)
app.command()(precedents)
app.command()(mechanisms)
app.command()(compare)
app.command()(replay)
app.command()(brief)
app.command()(read)
app.command()(review)
app.command()(who)
app.command()(claims)
app.add_typer(add, name="add")
app.add_typer(export, name="export")
app.add_typer(bring, name="import")
