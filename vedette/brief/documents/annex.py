"""What stands behind the sections of the annex: notes, where figures come from, sources, as records."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from vedette.brief.blocks import Brief, SourceEntry
from vedette.brief.cited import in_words, publishers
from vedette.brief.documents.labels import Labels
from vedette.brief.documents.notes import Notes, words_of
from vedette.brief.documents.pictures import letters_of
from vedette.brief.figures import Cited, Figure, Link
from vedette.brief.languages.catalog import RIGHT_TO_LEFT
from vedette.brief.languages.telling import without_signs
from vedette.brief.numbering import chains_of, tidy

Record = dict[str, Any]


_MADE = ("running", "labels", "annex_labels", "facts")
"""Fields that repeat others or hold no words of people."""
_DRAWN = ("svg", "picture")


def source_numbers(brief: Brief) -> dict[str, int]:
    """The number of each source in the list at the end, by its id."""
    return {source.id: place for place, source in enumerate(brief.sources, 1)}


def claims(notes: Notes, numbers: dict[str, int], labels: Labels) -> list[Record]:
    """The claims as notes."""
    return [
        {"number": place, "side": claim.side, "text": claim.text, "behind": _behind(claim, numbers, labels)}
        for claim, place in notes.numbers.items()
    ]


def _behind(claim: Cited, numbers: dict[str, int], labels: Labels) -> str:
    parts = [words_of(claim), labels.graded.format(grade=claim.grade)]
    if claim.source in numbers:
        parts.append(f"{labels.source} {numbers[claim.source]}")
    return "; ".join(part for part in parts if part)


def chains(brief: Brief) -> list[Record]:
    """Where every figure comes from: figures of one chain together, in the order of the brief."""
    names = publishers(brief.sources)
    return [
        {"links": [_link(link, names) for link in chain], "figures": [_origin(figure) for figure in figures]}
        for chain, figures in chains_of(brief).items()
    ]


def _link(link: Link, names: Mapping[str, str]) -> str:
    return str(replace(link, source=in_words(link.source, names)))


def _origin(figure: Figure) -> Record:
    band = ", ".join(part for part in (figure.band_shown, figure.band) if part)
    value = "" if figure.value is None else f": {figure.shown}" + (f" ({band})" if figure.band_shown else "")
    unit = f" {figure.unit}" if figure.unit else ""
    return {"title": figure.title, "value": value + unit, "mark": figure.mark.value}


def sources(brief: Brief) -> list[Record]:
    """The sources with their licences and addresses; only an address of the web is a link."""
    return [_source(place, source) for place, source in enumerate(brief.sources, 1)]


def _source(place: int, source: SourceEntry) -> Record:
    web = source.url.startswith(("https://", "http://"))
    return {
        "number": place,
        "text": source.text,
        "licence": source.licence,
        "url": source.url,
        "link": web,
    }


def each_text(content: Any, change: Callable[[str], str]) -> Any:
    """Records with every string changed; drawings are left as they are."""
    if isinstance(content, dict):
        return {key: value if key in _DRAWN else each_text(value, change) for key, value in content.items()}
    if isinstance(content, list):
        return [each_text(value, change) for value in content]
    return change(content) if isinstance(content, str) else content


def tidied(content: Any, language: str) -> Any:
    """Records in which a number and its percent sign stay on one line, as they are written in a language."""
    if language == "en" or language in RIGHT_TO_LEFT:
        return each_text(content, lambda text: str(tidy(text)))
    return each_text(content, lambda text: without_signs(str(tidy(text))))


def texts(content: object, where: str = "brief") -> Iterator[tuple[str, str]]:
    """Every string that people wrote in records, those of drawings too, with the field that holds it."""
    if isinstance(content, str):
        yield where, content
    elif isinstance(content, dict):
        for key, value in content.items():
            if key in _MADE:
                continue
            yield from letters_of([value]) if key in _DRAWN else texts(value, str(key))
    elif isinstance(content, Sequence):
        for value in content:
            yield from texts(value, where)
