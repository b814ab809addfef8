"""Ties as a flat table: one row for each spell in which a tie is believed at least so far."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from vedette.evidence.belief_over_time import Spell, Tie, spells
from vedette.evidence.days_held import BEGINNING, END
from vedette.evidence.ledger import Ledger
from vedette.evidence.ties_of_a_day import TIE

_SCHEMA = {
    **dict.fromkeys(("subject", "subject_name", "relation", "kind", "object", "object_name"), pl.String),
    "first": pl.Date,
    "last": pl.Date,
    "belief": pl.Float64,
    "belief_last": pl.Float64,
    "said": pl.Date,
    "contested": pl.Boolean,
    "claims": pl.String,
    "sources": pl.String,
}


def tied_rows(ledger: Ledger, at: date | None = None, least: float | None = None) -> pl.DataFrame:
    """The spells in which ties are believed at least ``least``, or those that contain a day.

    ``least`` is that of the case if left out. Columns: ``subject, subject_name, relation, kind, object,
    object_name, first, last`` (empty where open), ``belief`` (the highest of the spell, or that on the
    day), ``belief_last`` (on the last day of the spell), ``said`` (the last day, up to the end of the
    spell or the day, on which a claim says that it held), ``contested, claims, sources`` (ids joined by ;).
    """
    on_the_day = {} if at is None else {row[:3]: row[3:] for row in _standing(ledger, at)}
    about = {row[0]: row[1:] for row in ledger.tied.select("id", "kind", "source").iter_rows()}
    rows = []
    for tie, some in spells(ledger, ledger.tied, least).items():
        for one in some:
            belief, said = one.belief, one.said
            if at is not None:
                if not (one.first or BEGINNING) <= at <= (one.last or END):
                    continue
                belief, said = on_the_day[tie]
            rows.append(_row(ledger.names, tie, one, (belief, said), about))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _standing(ledger: Ledger, at: date) -> Iterator[tuple[Any, ...]]:
    return ledger.holding(at).select(*TIE, "belief", "said").iter_rows()


def _row(
    names: Mapping[str, str],
    tie: Tie,
    spell: Spell,
    belief_and_said: tuple[float, date],
    about: Mapping[str, tuple[str, str]],
) -> tuple[object, ...]:
    subject, relation, object_ = tie
    belief, said = belief_and_said
    claims = [about[claim] for claim in spell.claims]
    return (
        *(subject, names.get(subject, subject), relation, claims[0][0]),
        *(object_, names.get(object_, object_), spell.first, spell.last),
        *(round(belief, 9), round(spell.belief_last, 9), said, spell.contested, ";".join(spell.claims)),
        ";".join(dict.fromkeys(source for _, source in claims if source)),
    )


def faded_ties(ledger: Ledger, at: date | None = None, least: float | None = None) -> int:
    """The number of ties that a claim speaks for and that are in no row of `tied_rows`."""
    level = ledger.case.weights.least if least is None else least
    if at is not None:
        return ledger.holding(at).filter("supported", pl.col("belief") < level).height
    claimed = ledger.tied.filter(pl.col("ratio") > 0)
    return sum(not some for some in spells(ledger, claimed, least).values())
