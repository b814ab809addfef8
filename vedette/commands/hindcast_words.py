"""What a hindcast came to, in words and tables."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from vedette.commands.hindcasting import HindcastResult
from vedette.plurals import counted

LEGEND = (
    "CRPS is the error in the unit of the outcome; alone: of the forecast alone; last year: of months "
    "like those of the year before (conflictology); width: of the 90 % range, against the forecast. "
    "Levers go as they went, which the forecast alone does not know. Assumptions are those of today. "
    "Branches without weights count equally."
)


@dataclass(frozen=True, eq=False)
class HindcastPart:
    """Starts that were fitted or held back: a table for each outcome and number of months, and a verdict."""

    title: str
    tables: tuple[tuple[str, pl.DataFrame], ...]
    verdict: str


@dataclass(frozen=True, eq=False)
class HindcastTold:
    """The answer of `hindcast` as it is read, in the order of its parts."""

    parts: tuple[HindcastPart, ...]
    asked: tuple[str, ...]
    weights: pl.DataFrame
    grounds: tuple[str, ...]
    legend: str = LEGEND


def hindcast_told(result: HindcastResult, *, everything: bool = False) -> HindcastTold:
    """Returns a hindcast in words and tables, of the main outcomes alone or of all that were counted."""
    titles = ((False, "Starts that it was fitted on"), (True, "Starts that nobody fitted"))
    parts = []
    for back, title in titles:
        rows = result.rows(back)
        if not rows.is_empty():
            shown = rows if everything else rows.filter(pl.col("node").is_in(result.main))
            parts.append(HindcastPart(title, tuple(_tables(shown)), verdict_line(rows)))
    asked = [asked_line(row) for row in result.asked()]
    return HindcastTold(tuple(parts), tuple(asked), weight_table(result), tuple(ground_lines(result)))


def _tables(rows: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    for name in rows["name"].unique(maintain_order=True):
        for months in sorted(set(rows.filter(name=name)["months"])):
            yield f"{name}, {months} months on", start_table(rows.filter(name=name, months=months))


def start_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Returns a row for each start: what came, and what the mechanism gave, with its error."""
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


def verdict_line(rows: pl.DataFrame) -> str:
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


def asked_line(row: dict[str, object]) -> str:
    """Returns a chance that the case asks for in a sentence."""
    spread = ""
    if row["least"] != row["most"]:
        spread = f"; over branches {row['least']:.0%} to {row['most']:.0%}"
    return (
        f"From {row['start']}, the chance of more than {_number(row['above'])} by {row['by']} "
        f"({row['name']}): {row['chance']:.0%}, error of simulation {row['error']:.1%}{spread}."
    )


def weight_table(result: HindcastResult) -> pl.DataFrame:
    """Returns the weights that branches earned on the fitted starts, shrunk to what they had before."""
    names = {
        (each.id, branch.id): (each.name, branch.name)
        for each in result.mechanism.file.alternatives
        for branch in each.branches
    }
    return pl.DataFrame(
        [
            {
                "alternative": names[str(row["alternative"]), str(row["branch"])][0],
                "branch": names[str(row["alternative"]), str(row["branch"])][1],
                "before": f"{row['prior']:.2f}",
                "earned": f"{row['earned']:.2f}",
                "error": f"{row['error']:.2f}",
            }
            for row in result.weights()
        ]
    )


def ground_lines(result: HindcastResult) -> Iterator[str]:
    """Yields what the tables rest on: levers drawn from their range, bounds, and what no data test."""
    file = result.mechanism.file
    entries = (*file.levers, *file.stocks, *(each for each, _ in result.mechanism.quantities))
    names = {each.id: each.name for each in entries}
    for each in result.trials:
        if each.drawn:
            drawn = ", ".join(names.get(one, one) for one in each.drawn)
            yield f"{each.past.start}, on no record, from the whole range: {drawn}."
        for name in each.past.upper_bounds:
            yield f"{each.past.start}: {name} begins below what is recorded, which counts more."
    if untested := result.untested():
        yield f"No data can contradict: {'; '.join(untested)}."


def _number(value: object) -> str:
    return "" if value is None else f"{float(str(value)):,.0f}"
