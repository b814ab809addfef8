"""Writes the hindcast tables of Iraq into docs/reference/hindcast.md.

Each addition to the mechanism's structure is judged on the fitted starts: CRPS of the deaths of 24 months
with and without it, and, for each start left out, whether the other three would have kept it and what it then
did to the one left out. Run it with ``--held`` when nothing is to be changed any more: starts that nobody
fitted are for one look.
"""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from vedette.commands import HindcastResult, hindcast
from vedette.scenario import Mechanism
from vedette.scenario.hindcast.starts import past_start
from vedette.scenario.hindcast.trials import crps, months_needed, simulate_start

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "hindcast.md"
ADDITIONS: Mapping[str, tuple[str, ...]] = {
    "more deaths while cities are held": ("cities-kill-disputed", "cities-kill-elsewhere"),
    "joining while cities are held (arms captured, men won or pressed)": ("cities-fill-is",),
    "desertion while cities are held": ("cities-rout-army",),
    "recruitment from grievance": ("grievance-recruits",),
    "air strikes of the coalition": ("air-hunts",),
}
"""The effects that each addition consists of."""
MONTHS = 24


def main() -> None:
    """Runs the hindcast and writes the page; with ``--held`` the starts that nobody fitted too."""
    result = hindcast("iraq", held="--held" in sys.argv)
    parts = [HEAD, "## Starts that it was fitted on", _tables(result.rows(held=False))]
    parts += ["## Chances asked for", *map(_asked, result.asked())]
    parts += ["## What each addition does", ADDED, _additions(result)]
    parts += ["## What branches earned", EARNED, _weights(result)]
    held = result.rows(held=True)
    if not held.is_empty():
        parts += ["## Starts that nobody fitted", HELD, _tables(held), _target(held)]
    parts += ["## What no data test", _untested(result)]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


HEAD = """\
# Hindcast of Iraq

`make hindcast` writes this page: the mechanism of 2020 run from past months, see
[Hindcast](../explanation/scenarios.md#hindcast). Levers go as they went, which the forecast alone does not
know. CRPS is in the unit of the outcome, lower is better; `alone` is the forecast alone, `last year`
conflictology, `unchanged` the mechanism with levers as they stood on the day, `width` that of the 90 % range
against that of the forecast. Branches without weights count equally."""
ADDED = """\
CRPS of the deaths of 24 months, all the rest as it ships. `kept` says for how many of the starts, each left
out in turn, the mean ratio of CRPS with to without the addition at the others is below 1, so that they would
keep it; `left out` is the mean of that ratio at these starts left out themselves: below 1 where it helps.
None was dropped for this: grievance and air strikes are there for the number of fighters, which deaths do not
tell."""
EARNED = """\
By the deaths of 24 months after the fitted starts, shrunk to the prior as if that were worth eight starts."""
HELD = """\
Run when the structure of the mechanism was done, once more after the rule that counts independent figures had
been mended, twice after precedents gave averages and the outside view had been freed of the mechanism, and
once when the forecasts had been built anew: this is the last run. The draw of the factor towards 1 was added
between the third and the fourth, for its width at 2011-12, a fitted start, and in the replay of that day, but
by somebody who had seen the third. Nothing else was changed after a run."""


def _tables(rows: pl.DataFrame) -> str:
    parts = []
    keys = rows.select("name", "months").unique(maintain_order=True)
    for name, months in keys.sort("months", maintain_order=True).rows():
        of_one = rows.filter(name=name, months=months)
        head = f"**{name}, {months} months on**"
        lines = ["| start | came | median | 90 % | inside | CRPS | alone | last year | unchanged | width | |"]
        lines.append("|---|---|---|---|---|---|---|---|---|---|---|")
        lines += [_line(row) for row in of_one.iter_rows(named=True)]
        parts.append(f"{head}\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def _line(row: Mapping[str, object]) -> str:
    came = _number(row["came"])
    if row["came"] is None:
        came = f"at most {_number(row['came_high'])}"
    elif row["came_low"] != row["came_high"]:
        came = f"{_number(row['came_low'])} to {_number(row['came_high'])}"
    width = "" if row["width_ratio"] is None else f"{row['width_ratio']:.2f}"
    cells = [row["start"], came, _number(row["median"]), f"{_number(row['low'])} to {_number(row['high'])}"]
    cells += ["yes" if row["inside"] else "no"]
    cells += [_number(row[f"crps{end}"]) for end in ("", "_forecast", "_conflictology", "_unchanged")]
    cells += [width, "" if row["verdict"] == "produced" else row["verdict"]]
    return f"| {' | '.join(map(str, cells))} |"


def _asked(row: Mapping[str, object]) -> str:
    asked = f"From {row['start']}, {row['name']} above {_number(row['above'])} by {row['by']}"
    branches = f"{row['least']:.0%} to {row['most']:.0%} over branches"
    return f"{asked}: {row['chance']:.0%} (error of simulation {row['error']:.1%}), {branches}."


def _additions(result: HindcastResult) -> str:
    fitted = [each for each in result.trials if each.past.start not in result.held]
    starts = [each.past.start for each in fitted]
    truths = [_deaths_row(each.rows, result.main[0]) for each in fitted]
    whole = np.array([float(str(row["crps"])) for row in truths])
    lines = [f"| without | {' | '.join(starts)} | kept | left out |", "|---|" + "---|" * (len(starts) + 2)]
    lines.append(f"| nothing (as it ships) | {' | '.join(map(_number, whole))} | | |")
    for name, effects in ADDITIONS.items():
        bare = _without(result.mechanism, effects)
        scores = np.array(
            [
                _score(bare, each.past.start, each.ensemble.baseline, float(str(row["came"])), result.seed)
                for each, row in zip(fitted, truths, strict=True)
            ]
        )
        ratio = whole / scores
        others = [np.delete(ratio, place).mean() < 1 for place in range(len(ratio))]
        left = f"{ratio[others].mean():.2f}" if any(others) else "none"
        lines.append(
            f"| {name} | {' | '.join(map(_number, scores))} | {sum(others)} of {len(others)} | {left} |"
        )
    return "\n".join(lines)


def _deaths_row(rows: tuple[Mapping[str, object], ...], node: str) -> Mapping[str, object]:
    return next(row for row in rows if row["node"] == node and row["months"] == MONTHS)


def _without(mechanism: Mechanism, effects: tuple[str, ...]) -> Mechanism:
    """The mechanism without some effects."""
    kept = tuple(effect for effect in mechanism.file.effects if effect.id not in effects)
    alternatives = tuple(
        alternative.model_copy(
            update={
                "branches": tuple(
                    branch.model_copy(
                        update={"without": tuple(name for name in branch.without if name not in effects)}
                    )
                    for branch in alternative.branches
                )
            }
        )
        for alternative in mechanism.file.alternatives
    )
    return replace(
        mechanism, file=mechanism.file.model_copy(update={"effects": kept, "alternatives": alternatives})
    )


def _score(bare: Mechanism, start: str, baseline: object, came: float, seed: int) -> float:
    past = past_start(bare, start, months_needed(bare))
    content = {"effects": bare.file.effects, "alternatives": bare.file.alternatives}
    then = replace(past.mechanism, file=past.mechanism.file.model_copy(update=content))
    ensemble, _ = simulate_start(bare, replace(past, mechanism=then), baseline, seed)  # type: ignore[arg-type]
    groups = then.file.events
    alone = [ensemble.baseline.group(group)[ensemble.future, :MONTHS] for group in groups]
    factors = [ensemble.path(f"*{group.id}")[0, :, :MONTHS] for group in groups]
    deaths = sum((one * factor).sum(axis=1) for one, factor in zip(alone, factors, strict=True))
    return crps(np.asarray(deaths, dtype=np.float64), came)


def _weights(result: HindcastResult) -> str:
    lines = ["| alternative | branch | before | earned | error |", "|---|---|---|---|---|"]
    for row in result.weights():
        numbers = f"{row['prior']:.2f} | {row['earned']:.2f} | {row['error']:.2f}"
        lines.append(f"| {row['alternative']} | {row['branch']} | {numbers} |")
    return "\n".join(lines)


def _target(rows: pl.DataFrame) -> str:
    """What came of the target for starts that nobody fitted."""
    deaths = rows.filter(pl.col("months") == MONTHS, pl.col("crps_forecast").is_not_null())
    widest = deaths.filter(node="all-violence")
    ratio = float(np.sum(widest["crps"].to_numpy()) / np.sum(widest["crps_forecast"].to_numpy()))
    width = float(np.mean(widest["width_ratio"].to_numpy()))
    words = "; ".join(
        f"{row['start']}: CRPS {_number(row['crps'])} against {_number(row['crps_forecast'])}, width "
        f"{row['width_ratio']:.2f}"
        for row in widest.iter_rows(named=True)
    )
    return (
        "Target: CRPS of the deaths of 24 months not above that of the forecast alone, 90 % ranges at most "
        f"1.5 times as wide. {words}. Summed over the starts, CRPS is {ratio:.2f} times that of the forecast "
        f"alone; the mean width is {width:.2f}."
    )


def _untested(result: HindcastResult) -> str:
    drawn = sorted({name for each in result.trials for name in each.drawn})
    return (
        f"Indices that no data can contradict: {'; '.join(result.untested())}. On no record at some start, "
        f"drawn from the whole range: {', '.join(drawn)}."
    )


def _number(value: object) -> str:
    return "" if value is None else f"{float(str(value)):,.0f}"


if __name__ == "__main__":
    main()
