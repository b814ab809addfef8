"""Prints precedents in tables that fit a terminal of 100 columns."""

from typing import Any

import polars as pl

from vedette import commands
from vedette.cli.text import screen
from vedette.plurals import counted
from vedette.precedents import LEVELS, REGIONS, Answer


def print_departures(result: commands.Precedents, *, alone: bool, quiet: bool) -> None:
    """Prints every departure known."""
    table = commands.departures_table(result.record)
    by_itself = table.filter(pl.col("stayed").list.len() == 0)
    rows = (by_itself if alone else table).iter_rows(named=True)
    shown = pl.DataFrame([_departure(row) for row in rows])
    screen.table(shown, f"Departures up to {result.record.last}")
    screen.say(_LEGEND, quiet=quiet)
    departures = counted(table.height, "departure")
    alone_after = f"after {by_itself.height} of them nobody's troops stayed."
    screen.say(f"{departures} while the war went on; {alone_after}", quiet=quiet)
    screen.say("Ask about one with --like.", quiet=quiet)


def print_answer(result: commands.Precedents, *, quiet: bool) -> None:
    """Prints the matches, what followed, and how far to believe it."""
    years, seed, answer = result.years, result.seed, result.answer
    screen.say(
        f"{answer.like}: the {len(answer.matches)} most like it of {answer.known} departures up to "
        f"{result.record.last}"
    )
    screen.table(_matched(answer))
    screen.say(_LEGEND, quiet=quiet)
    span = f"the {years} years after" if years > 1 else "the year after"
    screen.say(f"Factor: deaths in {span} over the three before, against staying.", quiet=quiet)
    screen.say("Without: the middle of all factors if this one is dropped.", quiet=quiet)
    short = sum(result.record.last - match.departure.year < years for match in answer.matches)
    if short:
        screen.say(
            f"Fewer years than that have passed since {short} of them; the years that have are used.",
            quiet=quiet,
        )
    screen.say("", quiet=quiet)
    changed = commands.changes_table(result.answers)
    for kind, against in (("before", "the three before"), ("stayed", "like years in which all stayed")):
        screen.table(_changed(changed, kind), f"Factor on yearly deaths, against {against}")
    screen.table(_checked(answer, seed), "How far to believe it")
    name, without = commands.most_moving(answer)
    screen.say(f"Leaving out {commands.plain(name)} moves the middle most, to {without:.2f}.", quiet=quiet)
    screen.say(f"More deaths than with staying: {answer.worse:.0%} of draws and precedents.", quiet=quiet)
    screen.say("Fewer deaths are no success: some governments fell soon after.\n", quiet=quiet)
    _print_doubts(result, answer, quiet)


def print_all_doubts(result: commands.Precedents) -> None:
    """Prints every doubtful coding."""
    screen.table(_doubts(commands.doubts_table(result.record)), "Doubtful codings")


_LEGEND = "Level: 1 a minor war, 2 a war, mean of three years. Years: with troops. Stay: how many stayed."


def _print_doubts(result: commands.Precedents, answer: Answer, quiet: bool) -> None:
    contingents = pl.col("reason").str.contains("United Nations")
    doubts = commands.doubts_table(result.record, answer).filter(~contingents)
    if doubts.height:
        screen.table(_doubts(doubts), "Doubtful codings of these governments")
    left_out = result.record.doubts.filter(pl.col("exclude") == "yes", contingents).height
    contingent = "contingent of a United Nations mission is", "contingents of United Nations missions are"
    screen.say(f"{counted(left_out, *contingent)} left out; --doubts lists all.", quiet=quiet)


def _matched(answer: Answer) -> pl.DataFrame:
    looks = answer.like.looks
    question = {
        "year": str(answer.like.year),
        "government": commands.plain(answer.like.government),
        "who left": f"(asked) {commands.plain(answer.like.backer)}",
        "stay": "",
        **_looks(REGIONS.get(looks.region, ""), looks.intensity, looks.trend, looks.length),
    }
    rows = [question | dict.fromkeys(("far", "factor", "without"), "")]
    for row in commands.matches_table(answer).iter_rows(named=True):
        numbers = {"far": row["distance"], "factor": row["factor"], "without": row["middle_without"]}
        rows.append(_departure(row) | {name: f"{value:.2f}" for name, value in numbers.items()})
    return pl.DataFrame(rows)


def _departure(row: dict[str, Any]) -> dict[str, str]:
    names = [commands.plain(name) for name in row["left"]]
    return {
        "year": str(row["year"]),
        "government": commands.plain(row["government"]),
        "who left": commands.spoken(names, 1 if len(names) > 2 else 2),
        "stay": str(len(row["stayed"])),
        **_looks(row["region"], row["intensity"], row["trend"], row["length"]),
    }


def _looks(region: str, intensity: float, trend: float, length: int) -> dict[str, str]:
    return {"region": region, "level": f"{intensity:.1f}", "trend": f"{trend:+.0f}", "years": f"{length}"}


def _changed(table: pl.DataFrame, kind: str) -> pl.DataFrame:
    names = [(f"{kind}_{round(100 * level)}", f"{round(100 * level)} %") for level in LEVELS]
    years = pl.col("years").cast(pl.String).alias("years after")
    return table.select(years, *(_two_digits(name).alias(shown) for name, shown in names))


def _checked(answer: Answer, seed: int) -> pl.DataFrame:
    table = commands.checks_table(answer, seed)
    return table.select("check", "fair", *(_two_digits(name) for name in ("low", "middle", "high")))


def _doubts(table: pl.DataFrame) -> pl.DataFrame:
    names = pl.col("government", "backer").map_elements(commands.plain, pl.String)
    return table.with_columns(names).rename({"exclude": "left out"})


def _two_digits(name: str) -> pl.Expr:
    return pl.col(name).map_elements(lambda value: f"{value:.2f}", pl.String)
