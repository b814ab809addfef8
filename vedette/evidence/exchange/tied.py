"""Ties as a flat table: one row for each interval of days in which the belief is constant."""

from datetime import date

import polars as pl

from vedette.evidence.belief_over_time import BEGINNING, END, spells
from vedette.evidence.ledger import Ledger

_SCHEMA = {
    **dict.fromkeys(("subject", "subject_name", "relation", "kind", "object", "object_name"), pl.String),
    "first": pl.Date,
    "last": pl.Date,
    "belief": pl.Float64,
    "contested": pl.Boolean,
    "claims": pl.String,
    "sources": pl.String,
    "recalled": pl.Boolean,
}


def tied_rows(ledger: Ledger, at: date | None = None, least: float = 0.0) -> pl.DataFrame:
    """The spells of every tie, or those that contain a day, with a belief of at least ``least``.

    Columns: ``subject, subject_name, relation, kind, object, object_name, first, last`` (empty where open),
    ``belief, contested, claims, sources`` (ids joined by ;), ``recalled`` (all its claims are recalled
    without a source page).
    """
    names = ledger.names
    about = {row[0]: row[1:] for row in ledger.tied.select("id", "kind", "source", "basis").iter_rows()}
    rows = []
    for (subject, relation, object_), some in spells(ledger, ledger.tied).items():
        for one in some:
            on_the_day = at is None or (one.first or BEGINNING) <= at <= (one.last or END)
            if on_the_day and one.belief >= least:
                claims = [about[claim] for claim in one.claims]
                rows.append(
                    (
                        *(subject, names.get(subject, subject), relation, claims[0][0]),
                        *(object_, names.get(object_, object_), one.first, one.last),
                        *(round(one.belief, 9), one.contested, ";".join(one.claims)),
                        ";".join(dict.fromkeys(source for _, source, _ in claims if source)),
                        all(basis == "recalled" for _, _, basis in claims),
                    )
                )
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")
