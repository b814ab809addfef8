"""Editions: the case as one audience may see it, without what must not leave.

Nothing is hidden behind a mark: an edition is a new case without the secret, from which everything is
computed anew. What was taken out cannot come back through a sum, a neighbour in a graph or a file's metadata.
"""

from collections.abc import Collection
from dataclasses import replace

import polars as pl

from vedette.case import Case
from vedette.case.judgement import TLP, Edition
from vedette.errors import UsageError
from vedette.evidence.anonymity import generalised

MENTIONS = ("subject", "object", "speaker", "speaker_of", "place")
"""The columns of claims.csv that name an actor or a site."""


def edition_named(case: Case, name: str | None) -> Edition:
    """The edition of a name; the first of the case where none is named.

    Raises:
        UsageError: the case has none of that name.
    """
    if name is None:
        return case.editions[0]
    found = {edition.id: edition for edition in case.editions}
    if name not in found:
        raise UsageError(f"{case.id} has no edition {name!r}; choose one of: {', '.join(found)}")
    return found[name]


def edition_of(case: Case, name: str | None = None) -> Case:
    """The case as an edition may show it, the first of the case where none is named.

    Sources, claims, actors and rows that the edition does not allow are gone, with whatever only they
    mentioned. What protected speakers say stays in general terms: see `vedette.evidence.anonymity`.

    Raises:
        UsageError: the case has no edition of that name.

    Example:
        >>> from vedette.case import read_case
        >>> edition_of(read_case("iraq"), "public").edition
        'public'
    """
    edition = edition_named(case, name)
    sources = case.sources.filter(_allowed(edition), pl.lit(edition.protected) | ~pl.col("protected"))
    open_sources = ["", *sources["id"]]
    sites = case.sites.filter(pl.col("source").is_in(open_sources))
    actors = case.actors.filter(_allowed(edition))
    claims = _open_claims(case, edition, open_sources, _gone(case.actors, actors) + _gone(case.sites, sites))
    if not edition.protected:
        within = dict(sites.select("id", "place").iter_rows())
        claims = generalised(claims, actors, within, case.anonymity)
    whispered = _mentioned(case.claims) - _mentioned(claims)
    kept = actors.filter(_public() | ~pl.col("id").is_in(list(whispered)))
    return replace(
        case,
        edition=edition.id,
        sources=sources,
        actors=_without_strangers(kept),
        claims=claims,
        forces=_open_forces(case.forces, kept, claims),
        sites=sites.filter(~pl.col("id").is_in(list(whispered))),
        posture=case.posture.filter(pl.col("source").is_in(open_sources)),
        timeline=case.timeline.filter(pl.col("source").is_in(open_sources)),
        totals=None if case.totals is None else case.totals.filter(pl.col("source").is_in(open_sources)),
    )


def _open_claims(case: Case, edition: Edition, sources: list[str], gone: list[str]) -> pl.DataFrame:
    """The claims of open sources and markings about what is still there; withheld origins become numbers."""
    allowed = _allowed(edition) & pl.col("source").is_in(sources)
    for column in MENTIONS:
        allowed &= ~pl.col(column).is_in(gone)
    withheld = case.claims.filter(~allowed)
    secret = sorted(
        {*withheld["origin"], *_gone(case.sources, case.sources.filter(pl.col("id").is_in(sources)))}
    )
    numbers = {origin: f"origin-{number}" for number, origin in enumerate(filter(None, secret), start=1)}
    return case.claims.filter(allowed).with_columns(pl.col("origin").replace(numbers))


def _open_forces(forces: pl.DataFrame, actors: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    rows = forces.filter(pl.col("force").is_in(actors["id"].to_list()))
    rows = rows.filter(pl.col("claim").is_in(["", *claims["id"]]))
    return rows.with_columns(_known_only("part_of", actors["id"].to_list()))


def _allowed(edition: Edition) -> pl.Expr:
    """Rows whose ``handling`` the edition allows; no marking is clear."""
    return pl.col("handling").is_in(["", *(word for word in TLP if edition.allows(word))])


def _public() -> pl.Expr:
    """Actors that a public list of states or of UCDP holds."""
    return (pl.col("ucdp") != "") | (pl.col("gw") != "")


def _gone(before: pl.DataFrame, after: pl.DataFrame) -> list[str]:
    return sorted(set(before["id"]) - set(after["id"]))


def _mentioned(claims: pl.DataFrame) -> set[str]:
    return {word for column in MENTIONS for word in claims[column].unique() if word}


def _without_strangers(actors: pl.DataFrame) -> pl.DataFrame:
    known = actors["id"].to_list()
    groups = pl.col("groups").str.split(";").list.eval(pl.element().filter(pl.element().is_in(known)))
    return actors.with_columns(_known_only("parent", known), groups=groups.list.join(";"))


def _known_only(column: str, known: Collection[str]) -> pl.Expr:
    return pl.when(pl.col(column).is_in(list(known))).then(pl.col(column)).otherwise(pl.lit("")).alias(column)
