"""Selects claims by actor, by speaker or source, and by whether they are contested."""

from bisect import bisect_left, bisect_right
from datetime import date
from itertools import groupby

import polars as pl

from vedette.case.schema import RELATIONS
from vedette.errors import UsageError
from vedette.evidence.actors import spelt
from vedette.evidence.ledger import Ledger
from vedette.evidence.ties_of_a_day import TIE
from vedette.problems import did_you_mean


def about(ledger: Ledger, actor: str) -> pl.Expr:
    """Selects claims whose subject or object is an actor, given by id or any spelling.

    Raises:
        UsageError: no actor or several actors have that name.
    """
    key = ledger.actors.resolve(actor)
    return (pl.col("subject") == key) | (pl.col("object") == key)


def by(ledger: Ledger, who: str) -> pl.Expr:
    """Selects claims of a source (by id), of a speaker (as written), or of speakers who belong to an actor.

    Raises:
        UsageError: no claim has a source or speaker of that name.
    """
    claims = ledger.claims
    actors = ledger.actors.candidates(who)
    speakers = [word for word in claims["speaker"].unique().to_list() if word and spelt(word) == spelt(who)]
    matches = (pl.col("source") == who) | pl.col("speaker").is_in([*speakers, *actors])
    matches |= pl.col("speaker_of").is_in(list(actors))
    if claims.filter(matches).is_empty():
        known = [*claims["source"].unique(), *claims["speaker"].unique(), *claims["speaker_of"].unique()]
        cure = did_you_mean(who, [word for word in known if word])
        raise UsageError(f"--by {who}: no claim comes from a source or speaker of that name. {cure}")
    return matches


def of_relation(word: str) -> pl.Expr:
    """Selects claims of one relation.

    Raises:
        UsageError: there is no such relation.
    """
    if word not in RELATIONS:
        raise UsageError(f"there is no relation {word!r}. {did_you_mean(word, RELATIONS)}")
    return pl.col("relation") == word


def contested_claims(ledger: Ledger) -> list[str]:
    """The ids of claims about ties with a claim of opposite polarity on the same days.

    Claims with a log likelihood ratio of 0 contest nothing.
    """
    moving = ledger.tied.filter(pl.col("ratio") != 0)
    both = moving.filter(((pl.col("ratio") > 0).any() & (pl.col("ratio") < 0).any()).over(TIE))
    rows = both.select(*TIE, pl.col("ratio") > 0, "first", "last", "id").sort(*TIE).iter_rows()
    ids: list[str] = []
    for _, of_one in groupby(rows, key=lambda row: row[:3]):
        sides: dict[bool, list[tuple[date, date, str]]] = {True: [], False: []}
        for *_, pro, first, last, key in of_one:
            sides[pro].append((first, last, key))
        ids += _overlapping(sides[True], sides[False])
        ids += _overlapping(sides[False], sides[True])
    return sorted(ids)


def _overlapping(some: list[tuple[date, date, str]], others: list[tuple[date, date, str]]) -> list[str]:
    """The ids of intervals in ``some`` that overlap at least one of the others.

    More of the others begin by the interval's end than end before its beginning.
    """
    firsts = sorted(first for first, _, _ in others)
    lasts = sorted(last for _, last, _ in others)
    return [key for first, last, key in some if bisect_right(firsts, last) > bisect_left(lasts, first)]
