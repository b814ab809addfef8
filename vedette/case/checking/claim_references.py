"""Checks across claims, forces and actors: foreign keys, conflicting rows, cycles."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import polars as pl

from vedette.case.checking.force_tree import force_problems
from vedette.case.checking.references import unknown_ids
from vedette.case.checking.retractions import retraction_problems
from vedette.case.checking.speakers import half_protected
from vedette.case.checking.tables import CaseTable
from vedette.case.geography.places import Places
from vedette.case.schema import rows
from vedette.case.schema.settings import Settings
from vedette.errors import Problem
from vedette.problems import shown

Tables = Mapping[type[rows.Row], CaseTable]


def claim_problems(
    tables: Tables, settings: Settings, places: Places, regions: Collection[str]
) -> Iterator[Problem]:
    """Problems across the tables of claims, forces and actors: foreign keys, dates, conflicts, cycles.

    What names rows of a table with mistakes is not checked: none of its rows could be read.
    """
    actors, sites = _ids(tables[rows.Actor]), _ids(tables[rows.Site])
    areas = {*places.ids, *regions}
    claims, forces = tables[rows.Claim], tables[rows.Force]
    questions = [question.id for question in settings.questions]
    if not tables[rows.Actor].problems:
        if not tables[rows.Site].problems:
            yield from _unknown_in_claims(claims, actors, sites, areas)
        yield from unknown_ids(forces, "force", actors, "the id of an actor")
        yield from _unknown_groups(tables[rows.Actor], actors)
    yield from unknown_ids(claims, "question", questions, "the id of a question in case.yaml")
    if not claims.problems:
        yield from unknown_ids(forces, "claim", _ids(claims), "the id of a row in claims.csv")
    yield from retraction_problems(tables)
    if not tables[rows.Source].problems:
        yield from undated(claims, tables[rows.Source])
    yield from half_protected(claims)
    yield from force_problems(forces)
    yield from _cycles(tables[rows.Actor], "parent", _edges(tables[rows.Actor], "id", "parent"))
    yield from _cycles(claims, "object", _commands(claims))


def undated(claims: CaseTable, sources: CaseTable) -> Iterator[Problem]:
    """Problems of claims without a date on which they became known."""
    dates = dict(sources.frame.select("id", "date").iter_rows())
    rows = claims.frame.select("source", "said", "known", "basis").iter_rows()
    for number, (source, said, known, basis) in zip(claims.numbers, rows, strict=True):
        if not (said or known or dates.get(source)):
            where = f"{source} has no date in sources.csv" if basis == "page" else "nothing"
            cure = "Date the source, or fill in said or known."
            yield Problem(claims.file, number, "known", "when it became known", where, cure)


def _unknown_in_claims(
    claims: CaseTable, actors: Collection[str], sites: Collection[str], areas: Collection[str]
) -> Iterator[Problem]:
    subjects = {*actors, *sites}
    yield from unknown_ids(claims, "subject", subjects, "the id of an actor or a site")
    yield from unknown_ids(
        claims, "object", {*subjects, *areas}, "the id of an actor, a site, a place or a region"
    )
    yield from unknown_ids(claims, "speaker_of", actors, "the id of an actor")
    yield from unknown_ids(claims, "place", {*areas, *sites}, "the id of a place, a region or a site")


def _unknown_groups(actors: CaseTable, known: Collection[str]) -> Iterator[Problem]:
    split = actors.frame.select(pl.col("groups").str.split(";")).to_series()
    for number, groups in zip(actors.numbers, split, strict=True):
        for group in filter(None, groups):
            if group not in known:
                cure = "Give the class a row of its own, of kind class."
                yield Problem(actors.file, number, "groups", "ids of actors, joined by ;", shown(group), cure)


def _commands(claims: CaseTable) -> list[tuple[str, str, int]]:
    """Edges from commander to commanded, of documented claims without an end."""
    frame = claims.frame.with_columns(number=pl.Series(claims.numbers, dtype=pl.Int64)).filter(
        pl.col("relation") == "command",
        pl.col("polarity") == "+",
        pl.col("hedge") == "documented",
        pl.col("to") == "",
    )
    return list(frame.select("subject", "object", "number").iter_rows())


def _edges(table: CaseTable, child: str, parent: str) -> list[tuple[str, str, int]]:
    filled = table.frame.with_columns(number=pl.Series(table.numbers, dtype=pl.Int64)).filter(
        pl.col(parent) != ""
    )
    return list(filled.select(child, parent, "number").iter_rows())


def _cycles(table: CaseTable, column: str, edges: Iterable[tuple[str, str, int]]) -> Iterator[Problem]:
    """Problems of cycles among the edges, each reported once, at the row that closes it."""
    above: dict[str, list[str]] = {}
    for start, end, number in edges:
        path = _path(above, end, start)
        if path:
            found = " - ".join([start, *path])
            yield Problem(table.file, number, column, "no ring", found, "Take one of these links out.")
        else:
            above.setdefault(start, []).append(end)


def _path(above: Mapping[str, Sequence[str]], start: str, goal: str) -> list[str]:
    """A path along the edges from one id to another; empty if there is none."""
    paths, reached = [[start]], {start}
    while paths:
        path = paths.pop()
        if path[-1] == goal:
            return path
        for higher in above.get(path[-1], ()):
            if higher not in reached:
                reached.add(higher)
                paths.append([*path, higher])
    return []


def _ids(table: CaseTable) -> list[str]:
    return table.frame["id"].to_list()
