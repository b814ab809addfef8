"""Languages and directions of a Word file: pages from right to left, an annex in English behind them."""

import re
from copy import deepcopy
from itertools import pairwise

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from vedette.brief.documents.labels import Labels
from vedette.brief.languages.telling import END, ISOLATE, LEFT_TO_RIGHT

_ARABIC = re.compile("[\u0600-\u06ff]")
_APART = re.compile(f"([{ISOLATE}{LEFT_TO_RIGHT}][^{END}]*{END})")
_AFTER_BIDI = (
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_AFTER_RTL = "cs em lang eastAsianLayout specVanish oMath"
_AFTER_LANG = "eastAsianLayout specVanish oMath"
_AFTER_TABLE_SIDE = (
    "tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout "
    "tblCellMar tblLook"
)


def told(document: WordDocument, labels: Labels) -> None:
    """Marks what a document holds by now as written from right to left, if its language is."""
    if not labels.rtl:
        return
    for table in document.element.body.iter(qn("w:tbl")):
        _insert(table.tblPr, OxmlElement("w:bidiVisual"), _AFTER_TABLE_SIDE)
    section = document.sections[0]
    comments = [comment._comment_elm for comment in document.comments]
    for comment in comments:
        for paragraph in comment.iter(qn("w:p")):
            set_direction(paragraph.get_or_add_pPr(), rtl=True)
    for part in (document.element.body, section.header._element, section.footer._element, *comments):
        for run in list(part.iter(qn("w:r"))):
            for piece in _pieces(run):
                _complex(piece.get_or_add_rPr(), joined=bool(_ARABIC.search(piece.text)))
    for style in document.styles.element.iter(qn("w:rPr")):
        _complex(style, joined=False)


def _pieces(run: BaseOxmlElement) -> list[BaseOxmlElement]:
    """A run split where a text of another direction begins and ends: Word sets a run in one direction."""
    texts = [text for text in _APART.split(run.text) if text]
    if len(texts) < 2:
        return [run]
    pieces = [run, *(deepcopy(run) for _ in texts[1:])]
    for before, piece in pairwise(pieces):
        before.addnext(piece)
    for piece, text in zip(pieces, texts, strict=True):
        piece.text = text
    return pieces


def in_english_from(document: WordDocument, place: int, comments: int, labels: Labels) -> None:
    """Marks the body from a place on, and comments from a number on, as English, from left to right."""
    if labels.lang == "en":
        return
    told = [comment._comment_elm for comment in list(document.comments)[comments:]]
    for block in (*list(document.element.body)[place:], *told):
        for paragraph in block.iter(qn("w:p")):
            set_direction(paragraph.get_or_add_pPr(), rtl=False)
        for run in block.iter(qn("w:r")):
            lang = OxmlElement("w:lang")
            lang.set(qn("w:val"), "en")
            _insert(run.get_or_add_rPr(), lang, _AFTER_LANG)


def set_direction(properties: BaseOxmlElement, *, rtl: bool) -> None:
    """Sets the direction of a paragraph or a style by its properties."""
    bidi = OxmlElement("w:bidi")
    bidi.set(qn("w:val"), "1" if rtl else "0")
    _insert(properties, bidi, _AFTER_BIDI)


def _complex(letters: BaseOxmlElement, *, joined: bool) -> None:
    """Gives letters of a complex script, and numbers among them, the weight and the size of the others."""
    for name, own in (("w:b", "w:bCs"), ("w:sz", "w:szCs")):
        found = letters.find(qn(name))
        if found is not None:
            for old in letters.findall(qn(own)):
                letters.remove(old)
            same = OxmlElement(own)
            for key, value in found.attrib.items():
                same.set(key, value)
            found.addnext(same)
    if joined:
        _insert(letters, OxmlElement("w:rtl"), _AFTER_RTL)


def _insert(parent: BaseOxmlElement, child: BaseOxmlElement, before: str) -> None:
    """Puts a child in the place that the schema gives it: before those named."""
    parent.insert_element_before(child, *(f"w:{name}" for name in before.split()))
