"""What a brief cites: its claims, each told once and numbered, and the sources behind what it shows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from vedette.brief.blocks import Section, SourceEntry
from vedette.brief.figures import Cited, Figure

SOURCE = "source"
"""The key of a column whose cells are ids of sources."""


def numbered_claims(figures: Iterable[Figure]) -> dict[Cited, int]:
    """The claims behind figures, each once, numbered from 1 in the order in which figures rest on them."""
    claims = dict.fromkeys(claim for figure in figures for claim in figure.claims)
    return {claim: number for number, claim in enumerate(claims, 1)}


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as runs of neighbours, in order.

    >>> runs([3, 1, 2, 7, 9, 10])
    [(1, 3), (7, 7), (9, 10)]
    """
    ordered = sorted(set(numbers))
    if not ordered:
        return []
    starts = [ordered[0], *(two for one, two in pairwise(ordered) if two > one + 1)]
    ends = [*(one for one, two in pairwise(ordered) if two > one + 1), ordered[-1]]
    return list(zip(starts, ends, strict=True))


def cited_sources(sections: Iterable[Section], known: Sequence[str]) -> set[str]:
    """The ids, of those known, of the sources that sections cite.

    A source is cited by a claim behind a figure, by a cell of a column ``source``, and by a link of a chain.
    """
    named = {name for section in sections for figure in section.figures() for name in _named(figure)}
    return named & set(known)


def _named(figure: Figure) -> Iterator[str]:
    yield from (claim.source for claim in figure.claims)
    for link in figure.chain:
        yield from (part.strip() for part in link.source.replace(";", ",").split(","))
    if figure.table:
        for row in figure.records():
            yield from (part.strip() for part in str(row.get(SOURCE) or "").split(";"))


def in_words(source: str, names: Mapping[str, str]) -> str:
    """The source of a link of a chain, with ids of sources replaced by what they are called.

    >>> in_words("ap-1, ap-2, reuters-1", {"ap-1": "AP", "ap-2": "AP", "reuters-1": "Reuters"})
    'AP (2), Reuters'
    >>> in_words("UCDP GED 19.1, Global", {})
    'UCDP GED 19.1, Global'
    """
    parts = source.split(", ")
    if not all(part in names for part in parts):
        return source
    counts = Counter(names[part] for part in parts)
    return ", ".join(name if count == 1 else f"{name} ({count})" for name, count in counts.items())


def publishers(sources: Iterable[SourceEntry]) -> Mapping[str, str]:
    """How a source is named in short, by id: its publisher.

    >>> publishers([SourceEntry("a1", "Reuters: Timeline of the war")])
    {'a1': 'Reuters'}
    """
    return {source.id: source.text.partition(":")[0] for source in sources}
