"""The commands that hold scenarios against the months since: signs, track."""

import polars as pl

from vedette import commands
from vedette.cli.options import AsOf, CaseName, Csv, Draws, Json, Quiet, Seed
from vedette.cli.text import screen
from vedette.plurals import counted


def signs(
    case: CaseName,
    as_of: AsOf = None,
    draws: Draws = commands.SIGN_DRAWS,
    seed: Seed = commands.SEED,
    json: Json = False,
    csv: Csv = None,
    quiet: Quiet = False,
) -> None:
    """Show the early signs: who measures each, its value, fired or not, and how often falsely.

    Example: [bold]vedette signs iraq[/]
    """
    with screen.progress(quiet=quiet or json) as report:
        result = commands.signs(case, as_of=as_of, draws=draws, seed=seed, report=report)
    screen.keep(result.table(), csv, quiet=quiet or json)
    if json:
        screen.as_json(result.document())
        return
    on = [row for row in result.rows if row.state.state == commands.FIRED]
    screen.say(f"Signs known on {result.day}: {counted(len(on), 'alarm')} on, of {len(result.rows)}\n")
    screen.records(_table(result))
    screen.warn([row.stale for row in result.rows if row.stale], quiet=quiet)


def _table(result: commands.SignsResult) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "sign": row.reading.sign.name,
                "now": row.value,
                "alarm": f"{row.reading.sign.alarm}: {commands.state_in_words(row)}",
                "warns of": commands.false_in_words(row),
                "in the record": row.record,
                "measured by": row.reading.sign.who,
                "note": row.reading.sign.note,
            }
            for row in result.rows
        ]
    )
