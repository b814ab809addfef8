"""What was known on a day of the forces and actors of a case: rows and dates of later days are left out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from vedette.case import Case
from vedette.periods import last_possible_column


def case_known_on(case: Case, as_of: date, known_claims: Mapping[str, date]) -> Case:
    """The case with its forces and actors as they could have been known on a day.

    A row of forces.csv is known on the day in ``known``, else when its claim was, else at the end of the
    period in ``from``. An end that lies after the day is left out; so is that of the last known row of a
    force with rows that are not known yet. Dates of actors that lie after the day are left out.

    Args:
        case: the case, or an edition of it.
        as_of: the day.
        known_claims: the day on which each claim of the case became known, by id.
    """
    return replace(case, forces=_forces(case.forces, as_of, known_claims), actors=_actors(case.actors, as_of))


def _forces(forces: pl.DataFrame, as_of: date, known_claims: Mapping[str, date]) -> pl.DataFrame:
    by_claim = pl.col("claim").replace_strict(known_claims, default=None, return_dtype=pl.Date)
    known_on = pl.coalesce(last_possible_column("known"), by_claim, last_possible_column("from"))
    known = known_on.is_null() | (known_on <= as_of)
    rows = forces.with_columns(known_=known, start_=last_possible_column("from"))
    waiting = rows.filter(~pl.col("known_"))["force"].unique()
    kept = rows.filter(pl.col("known_"))
    newest = pl.col("start_").fill_null(date.min).rank("ordinal", descending=True).over("force") == 1
    open_end = (last_possible_column("to") > as_of) | (newest & pl.col("force").is_in(waiting.to_list()))
    end = pl.when(open_end).then(pl.lit("")).otherwise(pl.col("to"))
    return kept.with_columns(end.alias("to")).drop("known_", "start_")


def _actors(actors: pl.DataFrame, as_of: date) -> pl.DataFrame:
    def until(column: str) -> pl.Expr:
        later = last_possible_column(column) > as_of
        return pl.when(later).then(pl.lit("")).otherwise(pl.col(column)).alias(column)

    return actors.with_columns(until("from"), until("to"))
