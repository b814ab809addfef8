"""A brief as a Word document: headings, tables with header rows, pictures, comments for the analyst."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from vedette.brief.blocks import Brief
from vedette.brief.cited import publishers
from vedette.brief.documents.annex import chains, claims, each_text, source_numbers, sources, tidied
from vedette.brief.documents.frame import frame_of
from vedette.brief.documents.labels import ENGLISH, labels_of, reading
from vedette.brief.documents.notes import notes_of
from vedette.brief.documents.pictures import png_of
from vedette.brief.documents.tree import Record, Tree, in_english
from vedette.brief.documents.word_blocks import WordBlocks
from vedette.brief.documents.word_file import packed, styled
from vedette.brief.documents.word_languages import in_english_from, told
from vedette.brief.languages.frame import IN_ENGLISH
from vedette.brief.languages.telling import Tongue
from vedette.brief.numbering import numbers_of

DRAWN = 0.85
"""The share of their height that drawings of the two pages take."""


def to_docx(brief: Brief) -> bytes:
    """The brief as .docx; the same brief gives the same bytes. One without an annex has no notes either.

    Raises:
        DataError: the fonts of drawings have no glyph for a letter in one.
    """
    numbers = source_numbers(brief)
    notes = notes_of(brief)
    tongue, names = Tongue(brief.language), publishers(brief.sources)
    labels = labels_of(tongue)
    tree = Tree(labels, tongue, notes, numbers_of(brief.sections), names)
    frame = legal(frame_of(brief), brief.language)
    small = replace(tree, share=DRAWN)
    pages = [
        legal([small.section(section) for section in page.sections], brief.language) for page in brief.pages
    ]
    annex = legal([in_english(tree).section(section) for section in brief.sections], brief.language)
    document = Document()
    styled(document, frame)
    drawn = [pane for sections in (*pages, annex) for pane in _panes(sections)]
    blocks = WordBlocks(document, labels, brief.as_of, iter(png_of(drawn)))
    _head(document, frame)
    for place, sections in enumerate(pages):
        start = len(document.element.body) - 1
        blocks.sections(sections)
        if place:
            _on_new_page(document, start)
    document.add_paragraph(reading(tongue), style="Small")
    if annex and not tongue.english:
        document.add_paragraph(tongue.words(IN_ENGLISH), style="Small")
    told(document, labels)
    english, comments = len(document.element.body), len(document.comments)
    blocks = replace(blocks, labels=ENGLISH)
    if annex:
        blocks.sections(annex)
        _on_new_page(document, english - 1)
        blocks.claims(legal(claims(notes, numbers, ENGLISH), "en"))
        blocks.chains(legal(chains(brief), "en"))
    blocks.sources(legal(sources(brief), "en"))
    in_english_from(document, english - 1, comments, labels)
    made = BytesIO()
    document.save(made)
    return packed(made.getvalue(), brief.as_of)


_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(content: Any, language: str) -> Any:
    """Tidied records in which signs that XML cannot hold are replaced.

    >>> legal(["a\\x07b", {"share": "5 %"}], "en")
    ['a\ufffdb', {'share': '5\\xa0%'}]
    """
    return each_text(tidied(content, language), lambda text: _ILLEGAL.sub("\ufffd", text))


def _head(document: WordDocument, frame: Record) -> None:
    document.add_paragraph(frame["title"], style="Title")
    if frame["background"]:
        document.add_paragraph(frame["background"])
    document.add_paragraph().add_run(frame["question"]).bold = True
    if frame["correction"]:
        document.add_paragraph().add_run(frame["correction"]).bold = True
    document.add_paragraph("  ·  ".join(frame["facts"]), style="Small")


def _on_new_page(document: WordDocument, start: int) -> None:
    """Begins a page with the first paragraph from a place in the body on."""
    first = document.element.body[start]
    if not first.tag.endswith("}p"):
        first = document.add_paragraph()._p
        document.element.body.insert(start, first)
    Paragraph(first, document).paragraph_format.page_break_before = True


def _panes(sections: list[Record]) -> list[Record]:
    return [pane for section in sections for block in section["blocks"] for pane in block.get("panes", ())]
