"""A brief as PDF: its two pages fill one page of A4 each, then the annex."""

from dataclasses import dataclass, replace
from io import BytesIO

from pypdf import PdfReader

from vedette.brief.blocks import Brief, Page
from vedette.brief.cited import publishers
from vedette.brief.documents.annex import chains, claims, source_numbers, sources, texts, tidied
from vedette.brief.documents.frame import frame_of
from vedette.brief.documents.labels import ENGLISH, labels_of, reading
from vedette.brief.documents.notes import notes_of
from vedette.brief.documents.setting import pdf_of
from vedette.brief.documents.tree import Record, Tree, in_english
from vedette.brief.languages.telling import Tongue
from vedette.brief.numbering import numbers_of
from vedette.brief.typeface import FAMILIES, check_letters

FITS = ((9.5, 1.0), (9.0, 1.0), (8.5, 1.0), (8.5, 0.85), (8.0, 0.85), (8.0, 0.7), (8.0, 0.55))
"""Settings of a page, tried in turn until it fits: points of its text, share of the height of drawings."""
ANNEX = 9
"""Points of the text of the annex."""


@dataclass(frozen=True)
class Pdf:
    """A PDF, and the number of A4 pages that each of the brief's two pages takes in it: one, if it fits."""

    content: bytes
    sheets: tuple[int, ...]


def to_pdf(brief: Brief) -> Pdf:
    """The brief as PDF; the same brief gives the same bytes. One without an annex has no notes either.

    The file conforms to PDF/UA-1 and PDF/A-2a by Typst's own checks, is dated by the brief's day, and is set
    in the fonts that ship.

    Raises:
        DataError: the fonts have no glyph for a letter of the brief.
    """
    numbers = source_numbers(brief)
    notes = notes_of(brief)
    tongue, names = Tongue(brief.language), publishers(brief.sources)
    tree = Tree(labels_of(tongue), tongue, notes, numbers_of(brief.sections), names)
    frame = {**frame_of(brief), "fonts": list(FAMILIES), "size": ANNEX}
    sheets = [_fitted(frame, brief, place, tree) for place in range(len(brief.pages))]
    annex: Record | None = None
    if brief.sections:
        annex = {
            "sections": [in_english(tree).section(section) for section in brief.sections],
            "claims": claims(notes, numbers, ENGLISH),
            "chains": chains(brief),
            "sources": sources(brief),
        }
    content = tidied(
        {**frame, "head": True, "pages": [sheet for sheet, _ in sheets], "annex": annex}, brief.language
    )
    check_letters(texts(content))
    return Pdf(pdf_of(content, brief.as_of), tuple(taken for _, taken in sheets))


def _fitted(frame: Record, brief: Brief, place: int, tree: Tree) -> tuple[Record, int]:
    """A page in the roomiest setting in which it fits one page of A4, and how many it takes."""
    taken = 0
    sheet: Record = {}
    for size, share in FITS:
        sheet = _sheet(brief.pages[place], size, replace(tree, share=share))
        if place == len(brief.pages) - 1:
            sheet["foot"] = reading(tree.tongue)
        content = tidied({**frame, "head": place == 0, "pages": [sheet], "annex": None}, brief.language)
        check_letters(texts(content))
        taken = page_count(pdf_of(content, brief.as_of))
        if taken == 1:
            break
    return sheet, taken


def _sheet(page: Page, size: float, tree: Tree) -> Record:
    sections = [tree.section(section) for section in page.sections]
    return {"id": page.id, "title": page.title, "size": size, "sections": sections, "foot": ""}


def page_count(pdf: bytes) -> int:
    """The number of pages of a PDF."""
    return len(PdfReader(BytesIO(pdf)).pages)
