"""The command that looks back at what would have been said."""

from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.cli.options import AsOf, CaseName, Csv, Draws, Json, Quiet, Seed
from vedette.cli.text import screen
from vedette.errors import UsageError
from vedette.plurals import counted
from vedette.scenario.answers.past_runs import ALL, Replay

Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", metavar="NAME", help="Only this scenario of that day; may be repeated."),
]
Group = Annotated[
    str | None,
    typer.Option(
        "--group", metavar="NAME", help="The group of events to show; all of them together if left out."
    ),
]
Monthly = Annotated[bool, typer.Option("--monthly", help="Show every month, not only the years.")]


def replay(
    case: CaseName,
    as_of: AsOf = None,
    scenario: Scenarios = None,
    group: Group = None,
    monthly: Monthly = False,
    draws: Draws = commands.ENSEMBLE_DRAWS,
    seed: Seed = commands.SEED,
    json: Json = False,
    csv: Csv = None,
    quiet: Quiet = False,
) -> None:
    """Say what vedette would have said on a past day from what was known then, beside what came.

    Example: [bold]vedette replay iraq --as-of 2011-12-18 --scenario withdrawal[/]
    """
    if as_of is None:
        raise UsageError("replay: expected a past day. Name it, like --as-of 2011-12-18.")
    with screen.progress(quiet=quiet or json) as report:
        result = commands.replayed(
            case, as_of, scenarios=scenario or (), draws=draws, seed=seed, report=report
        )
    screen.keep(result.table(), csv, quiet=quiet or json)
    if json:
        screen.as_json(result.document())
        return
    past = result.replay
    ensemble = past.ensemble
    group = group or past.groups[0]
    if group not in past.groups:
        raise UsageError(f"--group {group!r}: choose one of: {', '.join(past.groups)}.")
    first, last = ensemble.span.labels()[0], ensemble.span.labels()[-1]
    screen.say(f"As of {as_of}: {first} to {last}, {counted(ensemble.draws, 'draw')}, seed {ensemble.seed}")
    for each in ensemble.scenarios:
        screen.say(f"{each.id}: {each.name}")
    screen.say("")
    screen.table(_years(past.sums().filter(group=group)))
    screen.say("")
    screen.table(_record(past.scores().filter(group=group)))
    if monthly:
        screen.say("")
        screen.table(_months(past.months().filter(group=group)))
    screen.say(f"\n{_verdict(past, group)}")
    others = [name for name in past.groups if name != group]
    screen.say(f"Also: --group {', '.join(others)}", quiet=quiet or not others)
    screen.age(result.age, quiet=quiet)


def _years(table: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "deaths in": row["over"] if row["over"] != ALL else f"all {counted(row['months'], 'month')}",
                "scenario": row["scenario"],
                "median": _number(row["median"]),
                "90 %": f"{_number(row['low_90'])} to {_number(row['high_90'])}",
                "came": _number(row["came"]),
                "draws below": f"{row['below_low']:.0%}",
                "held": "yes" if row["held"] else "no",
            }
            for row in table.iter_rows(named=True)
        ]
    )


def _months(table: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "month": row["period"],
                "scenario": row["scenario"],
                "median": _number(row["median"]),
                "90 %": f"{_number(row['low_90'])} to {_number(row['high_90'])}",
                "came": "not observed" if row["came"] is None else _number(row["came"]),
            }
            for row in table.iter_rows(named=True)
        ]
    )


def _record(table: pl.DataFrame) -> pl.DataFrame:
    return table.select(
        "scenario",
        pl.col("crps").round(1).alias("CRPS of a month"),
        pl.col("held")
        .map_elements(lambda share: f"{share:.0%}", return_dtype=pl.String)
        .alias("months in 90 %"),
    )


def _verdict(past: Replay, group: str) -> str:
    whole = past.sums().filter(group=group, over=ALL).row(-1, named=True)
    side = "held" if whole["held"] else "missed"
    return (
        f"Over all months {whole['scenario']} {side} what came: {_number(whole['came'])}, with "
        f"{_number(whole['low_90'])} to {_number(whole['high_90'])} said. One past day is one trial; it "
        "neither proves nor refutes a way of forecasting."
    )


def _number(value: float) -> str:
    return f"{value:,.0f}"
