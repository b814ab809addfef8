"""Which claims of protected speakers are of one person."""

from collections.abc import Iterator

import polars as pl

from vedette.case.geography import fold

Key = tuple[str, str]


def persons(claims: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The claims of each protected person, of which the others are given away if one of them is.

    Claims with the same ``speaker_id`` are of one person, those with another of another. A claim without one
    may be of anybody with the same source or the same words for the speaker, and counts as of that person.
    """
    keys = list(_keys(claims))
    groups: list[tuple[set[Key], list[int]]] = []
    for number, own in enumerate(keys):
        joined = [group for group in groups if group[0] & own]
        groups = [group for group in groups if not group[0] & own]
        names = own.union(*(names for names, _ in joined))
        groups.append((names, [*(row for _, rows in joined for row in rows), number]))
    for _, rows in groups:
        yield claims[sorted(rows)]


def _keys(claims: pl.DataFrame) -> Iterator[set[Key]]:
    """What each claim shares with the others of its person."""
    columns = ("speaker_id", "source", "speaker")
    rows = [(key, source, fold(words)) for key, source, words in claims.select(columns).iter_rows()]
    unnamed = {
        pair for key, source, words in rows if not key for pair in (("source", source), ("words", words))
    }
    for key, source, words in rows:
        yield {("source", source), ("words", words)} & unnamed | ({("id", key)} if key else set())
