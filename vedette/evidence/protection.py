"""Editions: the case as one audience may see it, without withheld sources and the rows that cite them.

An edition is a `Case` that does not contain the withheld rows; every result is computed from it. A withheld
row can therefore not be inferred from a total, a neighbour in a graph or the metadata of a file.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import polars as pl

from vedette.case import Case, Region
from vedette.case.schema import TLP, Edition
from vedette.case.writing import has_key
from vedette.errors import UsageError
from vedette.evidence.actors import Actors, spelt
from vedette.evidence.anonymity import generalised
from vedette.evidence.public_ids import with_public_ids
from vedette.evidence.retracting import open_retractions, publishable

MENTIONS = ("subject", "object", "speaker", "speaker_of", "place")
"""The columns of claims.csv that name an actor or a site."""


def edition_named(case: Case, name: str | None) -> Edition:
    """The edition with this name; the first edition of the case if ``name`` is None.

    Raises:
        UsageError: the case has no edition of that name.
    """
    if name is None:
        return case.editions[0]
    editions = {edition.id: edition for edition in case.editions}
    if name not in editions:
        raise UsageError(f"{case.id} has no edition {name!r}; choose one of: {', '.join(editions)}")
    return editions[name]


def edition_of(case: Case, name: str | None = None) -> Case:
    """The case as an edition may show it; by default the first edition of the case.

    Sources, claims, actors and rows that the edition does not allow are removed, and so are actors and sites
    that only those mention. Claims of protected speakers are generalised: see `vedette.evidence.anonymity`.

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
    hidden = _withheld(case.actors, actors) + _withheld(case.sites, sites)
    posture = case.posture.filter(pl.col("source").is_in(open_sources), ~_names(case, hidden, "backer"))
    timeline = case.timeline.filter(
        pl.col("source").is_in(open_sources), ~_names(case, hidden, "actor", "target", "place")
    )
    withheld = _withholds(case, edition, sources, actors)
    named: Collection[str] = ()
    if withheld or not edition.protected:
        named = _shown(case, posture["backer"], timeline["actor"], timeline["target"], timeline["place"])
    claims = _open_claims(case, edition, open_sources, hidden)
    claims = publishable(claims, case.retractions, edition)
    if not edition.protected:
        openly = _named_openly(case, claims.filter(pl.col("speaker_kind") != "protected"), named)
        within = dict(sites.select("id", "place").iter_rows())
        claims = generalised(claims, actors, _known(actors, openly)["id"].to_list(), within, case.anonymity)
    cut = replace(
        case,
        edition=edition.id,
        withheld=withheld,
        notes=tuple(note for note in case.notes if edition.allows(note.handling)),
        regions=tuple(_attributed(region, open_sources) for region in case.regions),
        sources=sources,
        actors=actors,
        claims=claims,
        retractions=open_retractions(case.retractions, claims, open_sources, edition),
        sites=sites,
        posture=posture,
        timeline=timeline,
        interventions=case.interventions.filter(pl.col("source").is_in(open_sources)),
        totals=None if case.totals is None else case.totals.filter(pl.col("source").is_in(open_sources)),
    )
    if withheld:
        cut = _of_open_rows(cut, _named_openly(case, claims, named))
        cut = with_public_ids(cut) if not case.edition else cut
    return cut


def _of_open_rows(cut: Case, named: Collection[str]) -> Case:
    """The edition without what no open row names: actors, sites without a source of their own, questions.

    Whether a withheld row names them does not matter, so that they do not show that there is one.
    """
    actors = _known(cut.actors, named)
    asked = {*cut.claims["question"]}
    return replace(
        cut,
        actors=_drop_unknown_parents_and_groups(actors),
        sites=cut.sites.filter((pl.col("source") != "") | pl.col("id").is_in(list(named))),
        forces=_open_forces(cut.forces, actors, cut.claims),
        questions=tuple(question for question in cut.questions if question.id in asked),
    )


def _withholds(case: Case, edition: Edition, sources: pl.DataFrame, actors: pl.DataFrame) -> bool:
    """Whether an edition withholds or generalises anything, or one that may has done so before.

    It goes on as it has begun where the last withheld row is taken out of the case.
    """
    protected = case.claims["speaker_kind"] == "protected"
    return bool(
        sources.height < case.sources.height
        or actors.height < case.actors.height
        or case.claims.filter(~_allowed(edition)).height
        or (not edition.protected and protected.any())
        or (not (edition.protected and edition.allows(TLP[-1])) and has_key(case.folder))
    )


def _open_claims(case: Case, edition: Edition, sources: list[str], hidden: list[str]) -> pl.DataFrame:
    """The claims with an open source and an allowed marking that name no withheld actor or site."""
    allowed = _allowed(edition) & pl.col("source").is_in(sources)
    for column in MENTIONS:
        allowed &= ~pl.col(column).is_in(hidden)
    return case.claims.filter(allowed)


def _named_openly(case: Case, claims: pl.DataFrame, named: Collection[str]) -> set[str]:
    """The ids named in open claims, in open rows of forces.csv, and those in ``named``."""
    forces = case.forces.filter(pl.col("claim").is_in(["", *claims["id"]]))
    return {*named, *_mentioned(claims), *forces["force"]}


def _open_forces(forces: pl.DataFrame, actors: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    rows = forces.filter(pl.col("force").is_in(actors["id"].to_list()))
    rows = rows.filter(pl.col("claim").is_in(["", *claims["id"]]))
    return rows.with_columns(_known_only("part_of", actors["id"].to_list()))


def _attributed(region: Region, sources: Collection[str]) -> Region:
    """The region; if its source is not open, without source, author and note."""
    return region if region.source in sources else replace(region, source="", author="", note="")


def _names(case: Case, withheld: Collection[str], *columns: str) -> pl.Expr:
    """Rows that name a withheld actor or site, by id or any spelling."""
    written = {spelt(word) for key in withheld for word in _spellings(case).get(key, ())}
    return pl.any_horizontal(
        pl.col(column).map_elements(lambda text: spelt(text) in written, return_dtype=pl.Boolean)
        for column in columns
    )


def _shown(case: Case, *columns: pl.Series) -> set[str]:
    """The ids of the actors and sites named, by any spelling, in columns of open rows."""
    written = {spelt(text) for column in columns for text in column.unique() if text}
    return {key for key, words in _spellings(case).items() if written & {spelt(word) for word in words}}


def _spellings(case: Case) -> Mapping[str, tuple[str, ...]]:
    sites = {key: (key, name) for key, name in case.sites.select("id", "name").iter_rows()}
    return {**sites, **Actors(case.actors).spellings}


def _known(actors: pl.DataFrame, named: Collection[str]) -> pl.DataFrame:
    """Actors on a public list, and those named."""
    return actors.filter(_public() | pl.col("id").is_in(list(named)))


def _allowed(edition: Edition) -> pl.Expr:
    """Rows whose ``handling`` the edition allows; rows without a marking count as clear."""
    return pl.col("handling").is_in(["", *(word for word in TLP if edition.allows(word))])


def _public() -> pl.Expr:
    """Actors on a public list of states or of UCDP."""
    return (pl.col("ucdp") != "") | (pl.col("gw") != "")


def _withheld(before: pl.DataFrame, after: pl.DataFrame) -> list[str]:
    return _withheld_ids(before["id"], after["id"])


def _withheld_ids(before: Iterable[str], after: Iterable[str]) -> list[str]:
    return sorted({*before} - {*after})


def _mentioned(claims: pl.DataFrame) -> set[str]:
    return {word for column in MENTIONS for word in claims[column].unique() if word}


def _drop_unknown_parents_and_groups(actors: pl.DataFrame) -> pl.DataFrame:
    known = actors["id"].to_list()
    groups = pl.col("groups").str.split(";").list.eval(pl.element().filter(pl.element().is_in(known)))
    return actors.with_columns(_known_only("parent", known), groups=groups.list.join(";"))


def _known_only(column: str, known: Collection[str]) -> pl.Expr:
    return pl.when(pl.col(column).is_in(list(known))).then(pl.col(column)).otherwise(pl.lit("")).alias(column)
