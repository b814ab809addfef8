"""The commands that ask what if."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from vedette import commands
from vedette.brief.odds import better_in_words, odds_in_words
from vedette.cli.options import AsOf, CaseName, Draws, Json, Months, Quiet, Seed
from vedette.cli.text import drivers, screen
from vedette.cli.text.numbers import over_branches, short
from vedette.cli.values import share
from vedette.errors import UsageError
from vedette.files import replace_file
from vedette.plurals import counted

Scenarios = Annotated[
    list[str],
    typer.Argument(
        metavar="SCENARIO...", help="Scenarios; the first is compared with. Join two with + to combine them."
    ),
]
Outcomes = Annotated[
    list[str] | None, typer.Option("--outcome", metavar="NAME", help="Only this outcome; may be repeated.")
]


class Cut(StrEnum):
    """What the answers are cut by."""

    PERIOD = "period"
    PLACE = "place"


def mechanisms(
    case: CaseName,
    out: Annotated[
        Path | None, typer.Option("--out", help="Draw the diagram into this .html or .svg file.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """List what scenarios rest on, observed, estimated or assumed, and the outcomes that each moves.

    Example: [bold]vedette mechanisms iraq --out mechanisms.html[/]
    """
    made, rows = commands.mechanisms(case)
    if out:
        written = commands.write_mechanisms(made, rows, out)
        screen.say(f"Wrote {written}", quiet=quiet or json)
    if json:
        scenarios = [{"id": each.id, "name": each.name} for each in made.scenarios.values()]
        screen.as_json({"case": case, "scenarios": scenarios, "rests_on": rows})
        return
    marks = {mark: sum(row["mark"] == mark for row in rows) for mark in ("observed", "estimated", "assumed")}
    if not quiet:
        screen.records(pl.DataFrame(rows))
    screen.say(", ".join(f"{count} {mark}" for mark, count in marks.items()))
    screen.say(f"Scenarios: {', '.join(sorted(made.scenarios))}")


def compare(
    case: CaseName,
    scenarios: Scenarios,
    outcome: Outcomes = None,
    by: Annotated[
        Cut | None, typer.Option("--by", help="Show each year, or each place, beside the whole.")
    ] = None,
    months: Months = None,
    draws: Draws = commands.ENSEMBLE_DRAWS,
    as_of: AsOf = None,
    seed: Seed = commands.SEED,
    what_drives: Annotated[
        bool, typer.Option("--drivers/--no-drivers", help="Say what drives the answer and what to watch.")
    ] = True,
    false_alarms: Annotated[
        float,
        typer.Option(
            "--false-alarms",
            metavar="SHARE",
            parser=share,
            help="Good futures that may raise an alarm, like 10% or 0.1.",
        ),
    ] = commands.FALSE_ALARMS,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the answers to this .json, .csv or .parquet file.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compare scenarios: outcomes as distributions, what changes and why, what drives it, what to watch.

    Example: [bold]vedette compare iraq stay leave-2023 leave-2023+iran-steps-in --outcome is-deaths[/]
    """
    if out and out.suffix not in (".json", ".csv", ".parquet"):
        raise UsageError(f"--out {out.name}: expected a name that ends in .json, .csv or .parquet.")
    with screen.progress(quiet=quiet or json) as report:
        made = commands.ensemble(case, scenarios, as_of, draws, seed, report)
        found = commands.compare(made, outcome or [], months, report, by is Cut.PLACE)
        reasons = commands.what_drives(found, false_alarms, report) if what_drives else None
    if out:
        _write(found, reasons, case, out)
        screen.say(f"Wrote {out}", quiet=quiet or json)
    if json:
        screen.as_json(_document(found, reasons, case))
    elif not (quiet and out):
        _tell(found, by)
        if reasons:
            drivers.tell(found, reasons)
        screen.say("\nEvery number rests on assumptions: vedette mechanisms lists them, each with its author")


def _document(
    found: commands.ScenarioComparison, reasons: commands.Drivers | None, case: str
) -> dict[str, Any]:
    made = found.ensemble
    first, last = found.months.labels()[0], found.months.labels()[-1]
    return {
        "case": case,
        "scenarios": [{"id": s.id, "name": s.name, "author": s.author} for s in made.scenarios],
        "months": [first, last],
        "draws": made.draws,
        "seed": made.seed,
        "branches": made.enumeration,
        "baseline": made.baseline.source,
        "mark": "assumed",
        "levels": found.levels.to_dicts(),
        "differences": found.differences.to_dicts(),
        "years": found.years.to_dicts(),
        "places": found.places.to_dicts(),
        **(drivers.document(reasons) if reasons else {}),
    }


def _write(
    found: commands.ScenarioComparison, reasons: commands.Drivers | None, case: str, out: Path
) -> None:
    import io
    import json

    if out.suffix == ".json":
        text = json.dumps(_document(found, reasons, case), ensure_ascii=False, indent=2)
        content = f"{text}\n".encode()
    elif out.suffix == ".csv":
        content = found.levels.write_csv().encode()
    else:
        table = io.BytesIO()
        found.levels.write_parquet(table)
        content = table.getvalue()
    replace_file(out, content, "Choose another with --out.")


def _tell(found: commands.ScenarioComparison, by: Cut | None) -> None:
    made = found.ensemble
    first, last = found.months.labels()[0], found.months.labels()[-1]
    draws = counted(made.draws, "draw")
    screen.say(f"{first} to {last}, {draws}, seed {made.seed}; medians and 90 % intervals")
    if made.enumeration:
        screen.say(f"Branches: {made.enumeration}")
    for outcome in found.outcomes:
        asked = made.outcomes[outcome]
        better = "less" if asked.good == "down" else "more"
        read = f"{asked.read} of the months, in {asked.unit}; {better} is better"
        screen.say(f"\n{outcome}: {asked.name} ({read})")
        screen.table(_levels(found, found.levels.filter(outcome=outcome), ["scenario"]), wrap=True)
        if by is Cut.PERIOD:
            screen.table(_levels(found, found.years.filter(outcome=outcome), ["year", "scenario"]), wrap=True)
        if by is Cut.PLACE and not found.places.is_empty():
            screen.table(
                _levels(found, found.places.filter(outcome=outcome), ["place", "scenario"]), wrap=True
            )
        if not found.differences.is_empty():
            changes = found.differences.filter(outcome=outcome)
            screen.table(_changes(found, changes), f"against {made.names[0]}", wrap=True)
            screen.table(_shares(changes), "where the spread of that difference comes from", wrap=True)


def _levels(found: commands.ScenarioComparison, table: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    rows = []
    for key, part in table.group_by(keys, maintain_order=True):
        row = dict(zip(keys, map(str, key), strict=True)) | _numbers(part)
        said = [chance for chance in part["chance"] if chance is not None] if "chance" in part else []
        if said:
            row["chance of " + part["threshold"][0]] = odds_in_words(found.ensemble, said)
        rows.append(row)
    return pl.DataFrame(rows)


def _changes(found: commands.ScenarioComparison, table: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"scenario": str(scenario)} | _numbers(part) | {"better": better_in_words(found.ensemble, part)}
            for (scenario,), part in table.group_by(["scenario"], maintain_order=True)
        ]
    )


def _shares(table: pl.DataFrame) -> pl.DataFrame:
    rows = []
    for (scenario,), part in table.group_by(["scenario"], maintain_order=True):
        row = {"scenario": str(scenario)}
        for part_of in ("chance", "fit", "assumption"):
            low, high = round(100 * part[f"{part_of}_low"][0]), round(100 * part[f"{part_of}_high"][0])
            row[part_of] = f"{low} %" if low == high else f"{low} to {high} %"
        rows.append(row)
    return pl.DataFrame(rows)


def _numbers(part: pl.DataFrame) -> dict[str, str]:
    low, high = short(min(part["low_90"])), short(max(part["high_90"]))
    return {"median": over_branches(part["median"]), "90 %": f"{low} to {high}"}
