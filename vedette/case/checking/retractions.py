"""Checks of retractions: each is of a claim of the case and not before it; warns of what rests on it."""

import re
from collections.abc import Iterator, Mapping

import polars as pl

from vedette.case.checking.references import unknown_ids
from vedette.case.checking.tables import CaseTable
from vedette.case.schema import rows
from vedette.errors import Problem
from vedette.periods import first_possible_column, last_possible_column
from vedette.problems import shown

Tables = Mapping[type[rows.Row], CaseTable]


def retraction_problems(tables: Tables) -> Iterator[Problem]:
    """Problems of retractions: of a claim that is not there, or known before the claim was."""
    claims, retractions = tables[rows.Claim], tables[rows.Retraction]
    if claims.problems:
        return
    known = claims.frame["id"].to_list()
    yield from unknown_ids(retractions, "claim", known, "the id of a row in claims.csv")
    numbered = retractions.frame.with_columns(number=pl.Series(retractions.numbers, dtype=pl.Int64))
    dates = tables[rows.Source].frame.select(source="id", dated="date")
    given = (pl.when(pl.col(name) != "").then(name) for name in ("known", "said", "dated"))
    dated = claims.frame.join(dates, on="source", how="left").select(
        claim="id", since=pl.coalesce(*given, pl.lit(""))
    )
    soon = numbered.join(dated, on="claim", maintain_order="left").filter(
        last_possible_column("known") < first_possible_column("since")
    )
    for number, known_on, since in soon.select("number", "known", "since").iter_rows():
        expected = f"a date not before the claim was known ({since})"
        yield Problem(retractions.file, number, "known", expected, shown(known_on), "Correct one of the two.")


def retraction_warnings(tables: Tables) -> Iterator[Problem]:
    """Warnings of what still rests on a retracted claim: claims that quote it, statuses of forces."""
    retractions = tables[rows.Retraction]
    for number, claim in zip(retractions.numbers, retractions.frame["claim"], strict=True):
        resting = resting_on(claim, *(tables[model].frame for model in (rows.Claim, rows.Force)))
        resting = [each for each in resting if each not in retractions.frame["claim"]]
        if resting:
            cure = "Look at each: retract it too, or give it another origin or claim."
            expected = f"nothing that rests on {claim}, which is retracted"
            yield Problem(retractions.file, number, "claim", expected, ", ".join(resting), cure)


def resting_on(claim: str, claims: pl.DataFrame, forces: pl.DataFrame) -> list[str]:
    """What rests on a claim: ids of claims of its origin or that name it, and statuses in forces.csv."""
    own = claims.filter(pl.col("id") == claim)["origin"].to_list()
    origins = [claim, *filter(None, own)]
    named = pl.any_horizontal(pl.col(name).str.contains(_word(claim)) for name in ("note", "statement"))
    quoting = claims.filter(pl.col("origin").is_in(origins) | named, pl.col("id") != claim)
    statuses = forces.filter(pl.col("claim") == claim).select("force", "status").iter_rows()
    return [*quoting["id"], *(f"the status {status} of {force}" for force, status in statuses)]


def _word(claim: str) -> str:
    return rf"(^|[^\w-]){re.escape(claim)}($|[^\w-])"
