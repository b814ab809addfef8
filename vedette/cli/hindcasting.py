"""The command that runs a mechanism from past days."""

from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.cli.options import CaseName, Csv, Json, Quiet, Seed
from vedette.cli.text import screen
from vedette.plurals import counted

Held = Annotated[
    bool, typer.Option("--held", help="Run the starts that nobody fitted too; do not tune on them.")
]
Everything = Annotated[
    bool, typer.Option("--all", help="Every outcome that something was counted for, not the main ones alone.")
]
On = Annotated[
    str | None,
    typer.Option(
        "--edition", metavar="NAME", help="Run it on what this edition holds; on the whole case if left out."
    ),
]
Starts = Annotated[
    list[str] | None,
    typer.Option("--start", metavar="MONTH", help="Only this start of mechanisms.yaml; may be repeated."),
]


def hindcast(
    case: CaseName,
    held: Held = False,
    start: Starts = None,
    everything: Everything = False,
    edition: On = None,
    seed: Seed = commands.SEED,
    json: Json = False,
    csv: Csv = None,
    quiet: Quiet = False,
) -> None:
    """Run the mechanism of a case from past days, and hold it against what came and the forecast alone.

    Example: [bold]vedette hindcast iraq[/]
    """
    with screen.progress(quiet=quiet or json) as report:
        result = commands.hindcast(
            case, starts=start or (), held=held, edition=edition, seed=seed, report=report
        )
    screen.keep(result.table(), csv, quiet=quiet or json)
    if json:
        screen.as_json(result.document())
        return
    for back, title in ((False, "Starts that it was fitted on"), (True, "Starts that nobody fitted")):
        rows = result.rows(back)
        if not rows.is_empty():
            screen.say(f"{title}:\n")
            shown = rows if everything else rows.filter(pl.col("node").is_in(result.main))
            for name in shown["name"].unique(maintain_order=True):
                for months in sorted(set(shown.filter(name=name)["months"])):
                    screen.say(f"{name}, {months} months on")
                    screen.table(_shown(shown.filter(name=name, months=months)))
                    screen.say("")
            screen.say(f"{_verdict(rows)}\n")
    for asked in result.asked():
        screen.say(_asked(asked))
    _ground(result, quiet)


def _shown(rows: pl.DataFrame) -> pl.DataFrame:
    columns = [
        {
            "start": row["start"],
            "came": _came(row),
            "median": _number(row["median"]),
            "90 %": f"{_number(row['low'])} to {_number(row['high'])}",
            "CRPS": _number(row["crps"]),
            "alone": _number(row["crps_forecast"]),
            "last year": _number(row["crps_conflictology"]),
            "width": "" if row["width_ratio"] is None else f"{row['width_ratio']:.1f}",
            "": "" if row["verdict"] == "produced" else row["verdict"],
        }
        for row in rows.iter_rows(named=True)
    ]
    table = pl.DataFrame(columns)
    return table.select(name for name in table.columns if (table[name] != "").any())


def _came(row: dict[str, float | None]) -> str:
    if row["came"] is None:
        return f"at most {_number(row['came_high'])}"
    if row["came_low"] == row["came_high"]:
        return _number(row["came"])
    return f"{_number(row['came_low'])} to {_number(row['came_high'])}"


def _verdict(rows: pl.DataFrame) -> str:
    """How many 90 % ranges held what came, and against the forecast alone how many scores were better."""
    inside = int(rows["inside"].sum())
    scored = rows.filter(pl.col("crps_forecast").is_not_null())
    better = scored.filter(pl.col("crps") < pl.col("crps_forecast")).height
    missed = rows.filter(verdict="cannot produce").height
    line = (
        f"90 % ranges held {inside} of {counted(rows.height, 'figure')}; CRPS below that of the forecast "
        f"alone in {better} of {scored.height}."
    )
    return f"{line} It cannot produce {counted(missed, 'figure')} of them." if missed else line


def _asked(row: dict[str, object]) -> str:
    spread = ""
    if row["least"] != row["most"]:
        spread = f"; over branches {row['least']:.0%} to {row['most']:.0%}"
    return (
        f"From {row['start']}, the chance of more than {_number(row['above'])} by {row['by']} "
        f"({row['name']}): {row['chance']:.0%}, error of simulation {row['error']:.1%}{spread}."
    )


def _ground(result: commands.HindcastResult, quiet: bool) -> None:
    """What the tables rest on: levers, ranges, branches, and what no data test."""
    weights = pl.DataFrame(
        [
            {
                "alternative": row["alternative"],
                "branch": row["branch"],
                "before": f"{row['prior']:.2f}",
                "earned": f"{row['earned']:.2f}",
                "error": f"{row['error']:.2f}",
            }
            for row in result.weights()
        ]
    )
    if not weights.is_empty():
        screen.say("\nWeights that branches earned on the fitted starts, shrunk to what they had before:")
        screen.table(weights)
    screen.say(
        "\nCRPS is the error in the unit of the outcome; alone: of the forecast alone; last year: of months "
        "like those of the year before (conflictology); width: of the 90 % range, against the forecast. "
        "Levers go as they went, which the forecast alone does not know. Assumptions are those of today. "
        "Branches without weights count equally."
    )
    for each in result.trials:
        if each.drawn:
            screen.say(f"{each.past.start}, on no record, from the whole range: {', '.join(each.drawn)}.")
        for name in each.past.upper_bounds:
            screen.say(f"{each.past.start}: {name} begins below what is recorded, which counts more.")
    if untested := result.untested():
        screen.say(f"No data can contradict: {'; '.join(untested)}.")
    screen.age(result.age, quiet=quiet)


def _number(value: object) -> str:
    return "" if value is None else f"{float(str(value)):,.0f}"
