"""The command that says what an intervention changed."""

from typing import Annotated, Any

import numpy as np
import polars as pl
import typer

from vedette import commands
from vedette.cli.options import AsOf, CaseName, Draws, Json, MeasureOption, ModelName, Quiet, Seed
from vedette.cli.text import screen
from vedette.cli.text.effect import LEVELS, tell
from vedette.effect import BeforeAfter, Changed, Effect, estimates
from vedette.errors import UsageError
from vedette.model import FloatArray, Measure
from vedette.periods import label

Of = Annotated[
    str | None,
    typer.Option(
        "--of",
        metavar="EVENT|POSTURE",
        help="An id that --list shows, a day of the timeline, or a step of a posture like us-troops@2007-02.",
    ),
]
On = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="SERIES",
        help="all, a stratum, a place, a region, STRATUM/PLACE, or figures of claims like revenue.",
    ),
]
Window = Annotated[
    int | None,
    typer.Option("--months", min=1, max=60, help="Periods of the window; the case's horizon if left out."),
]
List = Annotated[bool, typer.Option("--list", help="List the interventions of the case and stop.")]


def effect(
    case: CaseName,
    of: Of = None,
    on: On = "all",
    months: Window = None,
    measure: MeasureOption = Measure.DEATHS,
    model: ModelName = "pool",
    draws: Draws = commands.DRAWS,
    as_of: AsOf = None,
    seed: Seed = commands.SEED,
    list_: List = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say what an intervention changed, against what would have been, and what that cannot rule out.

    Example: [bold]vedette effect iraq --of withdrawal-2011 --on islamic-state --months 24[/]
    """
    if list_:
        _tell_listed(case, json=json)
        return
    if of is None:
        raise UsageError("--of: expected what was done. Name one that --list shows.")
    with screen.progress(quiet=quiet or json) as report:
        answer = commands.effect(case, of, on, months, as_of, measure, model, draws, seed, report)
    if json:
        screen.as_json(_document(answer, case, seed, draws))
    else:
        tell(answer, quiet=quiet)


def _tell_listed(case: str, *, json: bool) -> None:
    listed = [
        {
            "id": each.id,
            "from": str(each.first),
            "to": str(each.last or ""),
            "kind": each.kind,
            "what": each.what,
        }
        for each in commands.listed_interventions(case)
    ]
    if json:
        screen.as_json({"case": case, "interventions": listed})
    elif listed:
        screen.table(pl.DataFrame(listed), f"Interventions of {case}", wrap=True)
    else:
        screen.say(f"{case} lists no interventions: add interventions.csv, or name a day of its timeline.")


def _document(answer: Changed[Effect | BeforeAfter], case: str, seed: int, draws: int) -> dict[str, Any]:
    done = answer.done
    head = {
        "case": case,
        "of": {
            "id": done.id,
            "name": done.name,
            "from": done.first,
            "to": done.last,
            "what": done.what,
            "source": done.source,
        },
        "on": answer.series.name,
        "seed": seed,
        "draws": draws,
        "mark": "estimated",
    }
    body = _effect(answer.found) if isinstance(answer.found, Effect) else _figures(answer.found)
    return {**head, **body, "doubts": list(answer.doubts), "estimates": estimates(done, answer.found)}


def _effect(found: Effect) -> dict[str, Any]:
    placebos, shock = found.placebos, found.shock
    return {
        "measure": found.measure,
        "model": found.model,
        "origin": label(found.origin, found.step),
        "by_period": found.by_period().to_dicts(),
        "cumulative": found.cumulative().to_dicts(),
        "total": found.total(),
        "placebo_dates": {
            "windows": placebos.dates.height,
            "outside_90": placebos.false_alarms,
            "p": placebos.p_dates,
            "least_p": placebos.least_p,
            "apart": placebos.apart.height,
            "p_apart": placebos.p_apart,
            "score": placebos.score,
        },
        "placebo_units": {"units": placebos.units.height, "p": placebos.p_units},
        "shock": {"size": shock.size(), "half_life": shock.half_lives(), "told": shock.told}
        if shock
        else None,
    }


def _figures(found: BeforeAfter) -> dict[str, Any]:
    sides = {"before": found.before, "after": found.after, "ratio": found.ratios, "effect": found.differences}
    return {
        "relation": found.relation,
        "subject": found.subject,
        "unit": f"{found.unit} a month",
        "figures": found.figures.to_dicts(),
        "left_out": dict(found.left_out),
        **{name: _quantiles(side) for name, side in sides.items()},
    }


def _quantiles(draws: FloatArray) -> dict[str, float]:
    names = ("low_90", "low_50", "median", "high_50", "high_90")
    return dict(zip(names, np.quantile(draws, LEVELS).tolist(), strict=True))
