"""The same figures in the page, in PDF, in Word: cell by cell, for a small brief and for Iraq."""

from pathlib import Path

import pytest
from support.same_figures import absent, lacking, page_figures, page_tables, pdf_text, word_tables, word_text
from support.sample_brief import CHARTS, fourland_brief
from support.texts_of import squeezed

from vedette.brief import Figure, FigureWithRange, Paragraph, Points, Shown
from vedette.brief.documents.pdf import to_pdf
from vedette.brief.documents.word import to_docx
from vedette.brief.page import to_html
from vedette.brief.prose import FigureInWords

BRIEF = fourland_brief(CHARTS)


def agree(html: str, pdf: bytes, docx: bytes) -> None:
    """Checks that the figures of the two pages and all cells of tables stand in the page, PDF and Word."""
    tables, numbers = page_tables(html), page_figures(html)
    assert tables
    assert numbers
    assert word_tables(docx) == tables
    assert lacking(tables, pdf_text(pdf)) == []
    assert absent(numbers, pdf_text(pdf)) == []
    assert absent(numbers, word_text(docx)) == []


def test_a_small_brief_has_the_same_figures_in_all_forms() -> None:
    html = to_html(BRIEF)
    agree(html, to_pdf(BRIEF).content, to_docx(BRIEF))
    shown = [block for section in BRIEF.all_sections for block in section.blocks if isinstance(block, Shown)]
    cells = [[[squeezed(cell) for cell in row] for row in _table(block)] for block in shown]
    assert page_tables(html) == cells
    assert page_figures(html) == [squeezed(text) for text in _numbers()]


def _table(block: Shown) -> list[list[str]]:
    assert block.figure.table is not None
    return [[column.title for column in block.figure.table.columns], *block.figure.table.shown()]


def _numbers() -> list[str]:
    blocks = [block for page in BRIEF.pages for section in page.sections for block in section.blocks]
    items = [item for block in blocks for item in (block.items if isinstance(block, Points) else [block])]
    pieces = [piece for item in items if isinstance(item, Paragraph) for piece in item.pieces]
    return [_number(piece) for piece in pieces if not isinstance(piece, str)]


def _number(piece: Figure | FigureWithRange | FigureInWords) -> str:
    if isinstance(piece, Figure):
        return piece.shown
    return f"{piece.figure.shown}({piece.figure.band_shown})"


def test_another_figure_would_be_seen() -> None:
    html = to_html(BRIEF)
    with pytest.raises(AssertionError):
        agree(html.replace("1,234", "1,235"), to_pdf(BRIEF).content, to_docx(BRIEF))
    with pytest.raises(AssertionError):
        agree(html.replace("12–32", "12–33"), to_pdf(BRIEF).content, to_docx(BRIEF))


def test_the_shipped_brief_has_the_same_figures_in_all_forms(iraq_brief: Path) -> None:
    files = {form: (iraq_brief / f"brief.{form}").read_bytes() for form in ("html", "pdf", "docx")}
    agree(files["html"].decode("utf-8"), files["pdf"], files["docx"])
