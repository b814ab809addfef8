"""Prints precedents in tables that fit a terminal of 100 columns."""

from textwrap import fill
from typing import Any

import polars as pl

from vedette import commands
from vedette.cli.text import screen
from vedette.plurals import counted
from vedette.precedents import LEVELS, Answer

SHOWN, NOTED = 14, 8
"""The number of precedents in the table, and of those with their notes; the others are in --json."""


def print_departures(result: commands.Precedents, *, quiet: bool) -> None:
    """Prints every departure known."""
    table = commands.departures_table(result.record)
    shown = pl.DataFrame([_departure(row) | _looks(row) for row in table.iter_rows(named=True)])
    screen.table(shown, f"Departures up to {result.record.last}")
    screen.say(_LEGEND, quiet=quiet)
    alone = table.filter(pl.col("stayed").list.len() == 0).height
    departures = counted(table.height, "departure")
    screen.say(
        f"{departures} while the war went on; after {alone} of them nobody's troops stayed.", quiet=quiet
    )
    screen.say("Ask about one with --like.", quiet=quiet)


def print_answer(result: commands.Precedents, answer: Answer, *, quiet: bool) -> None:
    """Prints the answer in sentences, the precedents, the years after, and how far to believe it."""
    for sentence in result.sentences():
        screen.say(_filled(sentence))
    screen.say("", quiet=quiet)
    matches = commands.matches_table(answer)
    screen.table(_matched(answer, matches.head(SHOWN)))
    screen.say(_MATCHES, quiet=quiet)
    rest = matches["weight"][SHOWN:]
    if len(rest):
        screen.say(f"{len(rest)} more have {rest.sum():.0%} of the weight: see --json.", quiet=quiet)
    for row in matches.head(NOTED).filter(pl.col("note") != "").iter_rows(named=True):
        if not quiet:
            note = f"{commands.plain(row['government'])} {row['year']}: {row['note']}."
            screen.say(_filled(note))
    screen.say("", quiet=quiet)
    screen.table(_changed(commands.changes_table(answer)), "Factor on yearly deaths")
    screen.table(_checked(answer, result.seed), "How far to believe it")
    moving = commands.most_moving(answer)
    if moving:
        screen.say(f"Leaving out {moving[0]} moves the middle most, to {moving[1]:.2f}.", quiet=quiet)
    screen.say(f"More deaths than with staying: {answer.worse:.0%} by weight.", quiet=quiet)
    screen.say("Fewer deaths are no success: they fall where the enemy has won, too.\n", quiet=quiet)
    _print_doubts(result, answer, quiet)


def print_all_doubts(result: commands.Precedents) -> None:
    """Prints every doubtful coding."""
    screen.table(_doubts(commands.doubts_table(result.record)), "Doubtful codings")


def _filled(text: str) -> str:
    return fill(text, 100, break_on_hyphens=False)


_LEGEND = (
    "Level: 1 a minor war, 2 a war, mean of three years. Years: with troops. Stay: how many stayed.\n"
    "Share: part of all foreign troops that left. After: when the government fell after they had left."
)
_MATCHES = (
    "Share: part of all foreign troops that left, by a page or American personnel files; ? unknown.\n"
    "After: the government; ? where no page was found. Roles are judgements of vedette."
)


def _print_doubts(result: commands.Precedents, answer: Answer, quiet: bool) -> None:
    contingents = pl.col("reason").str.contains("United Nations")
    doubts = commands.doubts_table(result.record, answer).filter(~contingents)
    if doubts.height:
        screen.table(_doubts(doubts), "Doubtful codings of these governments")
    left_out = result.record.doubts.filter(pl.col("exclude") == "yes", contingents).height
    contingent = "contingent of a United Nations mission is", "contingents of United Nations missions are"
    screen.say(f"{counted(left_out, *contingent)} left out; --doubts lists all.", quiet=quiet)


def _matched(answer: Answer, matches: pl.DataFrame) -> pl.DataFrame:
    question = {
        "year": str(answer.like.year),
        "government": commands.plain(answer.like.government),
        "who left": f"(asked) {commands.plain(answer.like.backer)}",
        "role": answer.like.role,
        "stay": "",
        "share": "",
    }
    rows = [question | dict.fromkeys(("weight", "factor", "after"), "")]
    for row in matches.iter_rows(named=True):
        numbers = {"weight": f"{row['weight']:.0%}", "factor": commands.times(row["factor"])}
        rows.append(_departure(row) | numbers | {"after": _after(row)})
    return pl.DataFrame(rows)


def _departure(row: dict[str, Any]) -> dict[str, str]:
    names = [commands.plain(name) for name in row["left"]]
    return {
        "year": str(row["year"]),
        "government": commands.plain(row["government"]),
        "who left": commands.spoken(names, 1 if len(names) > 2 else 2),
        "role": row["role"],
        "stay": str(len(row["stayed"])),
        "share": _share(row["share_left"]),
    }


def _share(share: list[float] | None) -> str:
    if share is None:
        return "?"
    low, high = (round(100 * each) for each in share)
    return f"{low}-{high} %" if low < high else f"{low} %"


def _looks(row: dict[str, Any]) -> dict[str, str]:
    fell = row["years_until_fall"]
    after = "" if fell is None else ("fell before" if fell < 0 else f"fell in {fell:.1f} y")
    return {"level": f"{row['intensity']:.1f}", "years": f"{row['length']}", "after": after}


def _after(row: dict[str, Any]) -> str:
    """The outcome of a precedent, with the years that the government lasted where it fell."""
    fell = row["years_until_fall"]
    match row["government_after"]:
        case "before":
            return "fell before"
        case "unknown":
            return "?"
        case outcome:
            to = ", coup" if row["fell_to"] == "coup" else ""
            if outcome == "fell":
                return f"fell in {fell:.1f} y{to}"
            return f"stood {fell:.1f} y{to}" if fell is not None and fell <= 10 else "stood"


_AGAINST = {
    "staying": "years of staying",
    "before": "the three years before",
    "average": "nobody left, averages",
}


def _changed(table: pl.DataFrame) -> pl.DataFrame:
    names = [f"{round(100 * level)}" for level in LEVELS]
    against = pl.col("against").replace(_AGAINST)
    return table.select(
        pl.col("years").alias("years after"),
        against,
        *(_factor(name).alias(f"{name} %") for name in names),
    )


def _checked(answer: Answer, seed: int) -> pl.DataFrame:
    table = commands.checks_table(answer, seed)
    return table.select("check", "fair", *(_two_digits(name) for name in ("low", "middle", "high")))


def _doubts(table: pl.DataFrame) -> pl.DataFrame:
    names = pl.col("government", "backer").map_elements(commands.plain, pl.String)
    return table.drop("source").with_columns(names).rename({"exclude": "left out"})


def _factor(name: str) -> pl.Expr:
    return pl.col(name).map_elements(commands.times, pl.String)


def _two_digits(name: str) -> pl.Expr:
    return pl.col(name).map_elements(lambda value: f"{value:.2f}", pl.String)
