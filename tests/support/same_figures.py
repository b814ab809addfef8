"""Figures and tables as they stand in the page, in PDF and in Word, for comparing them one by one."""

from io import BytesIO

from bs4 import BeautifulSoup, Tag
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from support.texts_of import pdf_pages, squeezed

Table = list[list[str]]
FAR = 900
"""Letters that may stand between two cells of a table in the text of a PDF: head and foot of a page."""


def page_tables(html: str) -> list[Table]:
    """The tables of the page that are shown as such, header first, in order."""
    return [_rows(table) for table in BeautifulSoup(html, "lxml").select("figure.table table")]


def page_figures(html: str) -> list[str]:
    """The figures in the running text of the two pages, with their ranges, in order."""
    found = BeautifulSoup(html, "lxml").select("article.sheet p .number, article.sheet li .number")
    return [_text(each) for each in found]


def _rows(table: Tag) -> Table:
    return [[_text(cell) for cell in row.select("th, td")] for row in table.select("tr")]


def _text(tag: Tag) -> str:
    for mark in tag.select(".mark"):
        mark.decompose()
    return squeezed(tag.get_text())


def word_tables(content: bytes) -> list[Table]:
    """The tables of a Word file, header first; not the boxes in which drawings stand side by side."""
    document = Document(BytesIO(content))
    found = [WordTable(each, document) for each in document.element.body.iter(qn("w:tbl"))]
    shown = [table for table in found if table._tbl.xpath("w:tblPr/w:tblStyle")]
    return [[[squeezed(cell.text) for cell in row.cells] for row in table.rows] for table in shown]


def word_paragraphs(content: bytes) -> list[Paragraph]:
    """The paragraphs of a Word file, those in boxes too."""
    document = Document(BytesIO(content))
    return [Paragraph(each, document._body) for each in document.element.body.iter(qn("w:p"))]


def word_text(content: bytes) -> str:
    """The text of all paragraphs of a Word file."""
    return _flat("".join(paragraph.text for paragraph in word_paragraphs(content)))


def pdf_text(content: bytes) -> str:
    """The text of a PDF without the hyphens that end lines."""
    return _flat("".join(pdf_pages(content)))


def lacking(tables: list[Table], text: str) -> list[list[str]]:
    """The rows that do not stand in the text of a PDF in their order, cell by cell."""
    missing, place = [], 0
    for header, *rows in tables:
        start = text.find(_flat("".join(header)), place)
        place = max(place, start)
        missing += [header] if start < 0 else []
        for row in rows:
            end = _end_of([_flat(cell) for cell in row], text, place)
            missing += [row] if end < 0 else []
            place = max(place, end)
    return missing


def _end_of(row: list[str], text: str, place: int) -> int:
    """Where a row ends in a text behind a place, -1 if it is not there.

    Its cells follow each other. Where a page ends within a row, each cell has a part before and one behind
    the head and foot of the page.
    """
    end = place
    for cell in row:
        found = text.find(cell, end, end + FAR + len(cell))
        if found < 0:
            break
        end = found + len(cell)
    else:
        return end
    ends = [_broken(cell, text[place : place + sum(map(len, row)) + FAR]) for cell in row]
    return -1 if min(ends) < 0 else place + max(ends)


def _broken(cell: str, text: str) -> int:
    """Where a cell of two parts ends in a text, -1 if it is not there."""
    for cut in range(len(cell), 0, -1):
        first = text.find(cell[:cut])
        rest = text.find(cell[cut:], first + cut)
        if first >= 0 and rest >= 0:
            return rest + len(cell) - cut
    return -1


def absent(texts: list[str], text: str) -> list[str]:
    """The texts that do not stand in another in their order."""
    missing, place = [], 0
    for each in map(_flat, texts):
        found = text.find(each, place)
        if found < 0:
            missing.append(each)
        else:
            place = found + len(each)
    return missing


def _flat(text: str) -> str:
    """A text without white space and hyphens, which Typst puts at the ends of lines."""
    return squeezed(text).replace("-", "").replace("\u2010", "")
