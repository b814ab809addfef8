"""Checks of protected speakers: protected in every row, and told apart by an id where words differ."""

from collections.abc import Iterator

import polars as pl

from vedette.case.checking.tables import CaseTable
from vedette.case.geography.names import spelled
from vedette.errors import Problem
from vedette.plurals import counted
from vedette.problems import shown


def half_protected(claims: CaseTable) -> Iterator[Problem]:
    """Problems of speakers protected in one row and named in another, by id or in any spelling."""
    speakers = _speakers(claims)
    hidden = speakers.filter(pl.col("speaker_kind") == "protected")
    open_ = speakers.filter(pl.col("speaker_kind") != "protected")
    for column, key in (("speaker", "who"), ("speaker_id", "speaker_id")):
        named = open_.filter(pl.col(key) != "").unique(key, maintain_order=True)
        both = hidden.join(named, on=key, suffix="_open", maintain_order="left")
        for found, number, other, kind in both.select(
            column, "number", "number_open", "speaker_kind_open"
        ).iter_rows():
            cure = f"Row {other} has this speaker as {kind}: protect both rows, or neither."
            yield Problem(
                claims.file, number, "speaker_kind", "one way to treat a speaker", shown(found), cure
            )


def speaker_warnings(claims: CaseTable) -> Iterator[Problem]:
    """Warnings of sources in which protected speakers have several wordings or ids, and a row has no id."""
    hidden = _speakers(claims).filter(pl.col("speaker_kind") == "protected")
    named = pl.when(pl.col("speaker_id") != "").then("speaker_id").otherwise("who")
    by_source = hidden.group_by("source", maintain_order=True).agg(
        several=named.n_unique(),
        unnamed=pl.col("number").filter(pl.col("speaker_id") == ""),
    )
    for source, several, unnamed in by_source.iter_rows():
        if several > 1 and unnamed:
            where = source or "the recalled claims"
            found = f"{several} wordings or ids in {where}, {counted(len(unnamed), 'row')} without an id"
            cure = "They count as one person. Give rows of one person the same id, rows of others another."
            expected = "an id for each protected speaker"
            yield Problem(claims.file, unnamed[0], "speaker_id", expected, found, cure)


def _speakers(claims: CaseTable) -> pl.DataFrame:
    """The claims with a speaker, with the number of the row and, under ``who``, the speaker as spelled."""
    folded = {name: spelled(name) for name in claims.frame["speaker"].unique()}
    return claims.frame.with_columns(
        number=pl.Series(claims.numbers, dtype=pl.Int64),
        who=pl.col("speaker").replace_strict(folded, return_dtype=pl.String),
    ).filter(pl.col("speaker") != "")
