"""What followed where foreign troops left, in words and tables."""

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from vedette.commands.departures import (
    Precedents,
    changes_table,
    checks_table,
    departures_table,
    doubts_table,
    matches_table,
    most_moving,
    plain,
    spoken,
    times,
)
from vedette.plurals import counted
from vedette.precedents import LEVELS, Answer

SHOWN, NOTED = 14, 8
"""The number of precedents in the table, and of those with their notes; the others are in --json."""
_LEGEND = (
    "Level: 1 a minor war, 2 a war, mean of three years. Years: with troops. Stay: how many stayed.\n"
    "Share: part of all foreign troops that left. After: when the government fell after they had left."
)
_MATCHES = (
    "Share: part of all foreign troops that left, by a page or American personnel files; ? unknown.\n"
    "After: the government; ? where no page was found. Roles are judgements of vedette."
)


@dataclass(frozen=True, eq=False)
class PrecedentsTold:
    """What followed elsewhere as it is read.

    Attributes:
        lines: what the table of departures or precedents says, in sentences.
        departures: every departure known, or the precedents of what was asked.
        legend: what the columns of that table mean.
        more: how many more precedents there are; empty where all are shown.
        notes: on the heaviest precedents.
        changes: factors on yearly deaths; None where nothing was asked.
        checks: how far to believe it; None where nothing was asked.
        caveats: what moves the middle most, and that fewer deaths are no success.
        doubts: doubtful codings of these governments; all where nothing was asked.
        left_out: how many contingents are left out; empty where nothing was asked.
    """

    lines: tuple[str, ...]
    departures: pl.DataFrame
    legend: str
    more: str = ""
    notes: tuple[str, ...] = ()
    changes: pl.DataFrame | None = None
    checks: pl.DataFrame | None = None
    caveats: tuple[str, ...] = ()
    doubts: pl.DataFrame = field(default_factory=pl.DataFrame)
    left_out: str = ""


def precedents_told(result: Precedents) -> PrecedentsTold:
    """Returns departures, or the precedents of what was asked with what followed, in words and tables."""
    return _answered(result, result.answer) if result.answer else _departed(result)


def doubts_told(result: Precedents) -> pl.DataFrame:
    """Returns every doubtful coding as it is read."""
    return _doubts(doubts_table(result.record))


def _departed(result: Precedents) -> PrecedentsTold:
    table = departures_table(result.record)
    shown = pl.DataFrame([_departure(row) | _looks(row) for row in table.iter_rows(named=True)])
    alone = table.filter(pl.col("stayed").list.len() == 0).height
    said = (
        f"{counted(table.height, 'departure')} while the war went on; after {alone} of them nobody's troops "
        "stayed."
    )
    return PrecedentsTold((said,), shown, _LEGEND)


def _answered(result: Precedents, answer: Answer) -> PrecedentsTold:
    matches = matches_table(answer)
    rest = matches["weight"][SHOWN:]
    noted = matches.head(NOTED).filter(pl.col("note") != "").iter_rows(named=True)
    moving = most_moving(answer)
    moved = [f"Leaving out {moving[0]} moves the middle most, to {moving[1]:.2f}."] if moving else []
    contingents = pl.col("reason").str.contains("United Nations")
    left_out = result.record.doubts.filter(pl.col("exclude") == "yes", contingents).height
    contingent = "contingent of a United Nations mission is", "contingents of United Nations missions are"
    return PrecedentsTold(
        result.sentences(),
        _matched(answer, matches.head(SHOWN)),
        _MATCHES,
        f"{len(rest)} more have {rest.sum():.0%} of the weight" if len(rest) else "",
        tuple(f"{plain(row['government'])} {row['year']}: {row['note']}." for row in noted),
        _changed(changes_table(answer)),
        _checked(answer, result.seed),
        (
            *moved,
            f"More deaths than with staying: {answer.worse:.0%} by weight.",
            "Fewer deaths are no success: they fall where the enemy has won, too.",
        ),
        _doubts(doubts_table(result.record, answer).filter(~contingents)),
        f"{counted(left_out, *contingent)} left out",
    )


def _matched(answer: Answer, matches: pl.DataFrame) -> pl.DataFrame:
    question = {
        "year": str(answer.like.year),
        "government": plain(answer.like.government),
        "who left": f"(asked) {plain(answer.like.backer)}",
        "role": answer.like.role,
        "stay": "",
        "share": "",
    }
    rows = [question | dict.fromkeys(("weight", "factor", "after"), "")]
    for row in matches.iter_rows(named=True):
        numbers = {"weight": f"{row['weight']:.0%}", "factor": times(row["factor"])}
        rows.append(_departure(row) | numbers | {"after": _after(row)})
    return pl.DataFrame(rows)


def _departure(row: dict[str, Any]) -> dict[str, str]:
    names = [plain(name) for name in row["left"]]
    return {
        "year": str(row["year"]),
        "government": plain(row["government"]),
        "who left": spoken(names, 1 if len(names) > 2 else 2),
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
    table = checks_table(answer, seed)
    return table.select("check", "fair", *(_two_digits(name) for name in ("low", "middle", "high")))


def _doubts(table: pl.DataFrame) -> pl.DataFrame:
    names = pl.col("government", "backer").map_elements(plain, pl.String)
    return table.drop("source").with_columns(names).rename({"exclude": "left out"})


def _factor(name: str) -> pl.Expr:
    return pl.col(name).map_elements(times, pl.String)


def _two_digits(name: str) -> pl.Expr:
    return pl.col(name).map_elements(lambda value: f"{value:.2f}", pl.String)
