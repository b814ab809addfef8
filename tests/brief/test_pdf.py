"""A brief as PDF: as typed, tagged, two pages, the same bytes, with nothing of the machine in it."""

import getpass
import socket
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from support.same_figures import word_text
from support.sample_brief import CHARTS, NASTY, fourland_brief, fourland_charts
from support.texts_of import pdf_bytes, pdf_pages, squeezed

from vedette.brief import Authored, Brief, Paragraph
from vedette.brief.documents.lettering import set_apart
from vedette.brief.documents.pdf import to_pdf
from vedette.brief.documents.word import to_docx
from vedette.brief.languages.pages import in_language
from vedette.brief.short import without_annex
from vedette.brief.typeface import letters, without_glyph
from vedette.errors import DataError

BRIEF = fourland_brief(CHARTS)
SHORT = without_annex(fourland_brief({}))
MARKUP = (
    '#import "x": *; #read("/etc/passwd") *b* _i_ $x^2$ @ref <label> `raw` [c] {d} \\ // c /* d */ ~ -- = -'
)


@pytest.fixture(scope="module")
def whole() -> bytes:
    return to_pdf(BRIEF).content


def worded(brief: Brief, words: str) -> Brief:
    """A brief with some words in its title, its question and a paragraph of page one."""
    one, two = brief.pages
    first = replace(one.sections[0], blocks=(Paragraph((words,)),))
    one = replace(one, sections=(first, *one.sections[1:]))
    return replace(brief, title=words, question=words, pages=(one, two))


def test_each_of_the_two_pages_fills_one_sheet_and_the_annex_follows(whole: bytes) -> None:
    short = to_pdf(SHORT)
    assert short.sheets == (1, 1)
    assert len(pdf_pages(short.content)) == 2
    pages = pdf_pages(whole)
    assert "More died than usual" in pages[0]
    assert "Who backs whom" in pages[1]
    assert "Annex" in pages[2]
    for place, text in enumerate(pages, 1):
        assert f"Page {place} of {len(pages)}" in text
        assert "OPEN EDITION · DRAFT, NOT ISSUED" in text


def test_what_people_typed_is_shown_as_typed() -> None:
    for words in (MARKUP, NASTY):
        shown = squeezed(pdf_pages(to_pdf(worded(SHORT, words)).content)[0])
        assert shown.count(squeezed(words)) >= 3  # title, question and paragraph


LETTERS = sorted(frozenset[str]().union(*letters()) - set("\n\t\r"))
TYPED = st.text(st.sampled_from(LETTERS) | st.sampled_from("#*$@_`<>[]{}\\/~="), max_size=40)


@settings(max_examples=40, deadline=None)
@given(TYPED.filter(lambda words: not without_glyph(f"A{words}Z")))
def test_no_text_is_read_as_markup(words: str) -> None:
    made = to_pdf(worded(SHORT, f"A{words}Z"))
    assert made.sheets == (1, 1)
    ascii_ = "".join(letter for letter in words if letter.isascii())
    if ascii_ == words:
        assert squeezed(f"A{words}Z") in squeezed(pdf_pages(made.content)[0])


def test_the_same_brief_gives_the_same_bytes(whole: bytes) -> None:
    assert to_pdf(fourland_brief(fourland_charts())).content == whole


def test_the_file_is_tagged_dated_by_the_day_and_says_so(whole: bytes) -> None:
    reader = PdfReader(BytesIO(whole))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == BRIEF.title
    assert reader.metadata.author is None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == BRIEF.as_of
    xmp = pdf_bytes(whole)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert b"<pdfaid:part>2</pdfaid:part>" in xmp
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in xmp


def test_nothing_of_the_machine_is_in_the_file(whole: bytes) -> None:
    inside = pdf_bytes(whole)
    own = (str(Path.home()), str(Path.cwd()), getpass.getuser(), socket.gethostname())
    for word in [*filter(lambda word: len(word) > 4, own), "/site-packages", "vedette/brief", "document.typ"]:
        assert word.encode() not in inside
    today = date.today()
    assert f"{today:%Y%m%d}".encode() not in inside


def test_drawings_are_vectors_with_alternative_text(whole: bytes) -> None:
    inside = pdf_bytes(whole)
    for chart in CHARTS.values():
        assert chart.caption.alt.encode() in inside
    assert b"/Subtype: /Image" not in inside
    assert b"'/Subtype': '/Image'" not in inside


def test_only_fonts_that_ship_are_in_the_file(whole: bytes) -> None:
    pages: Any = PdfReader(BytesIO(whole)).pages
    names = {str(font["/BaseFont"]) for page in pages for font in page["/Resources"]["/Font"].values()}
    assert names
    assert all(name.partition("+")[2].startswith("VedetteSans") for name in names)


def test_a_letter_that_no_font_has_is_refused_with_its_place() -> None:
    with pytest.raises(DataError, match=r"title: expected Latin.*found '北' \(U\+5317\)"):
        to_pdf(worded(SHORT, "北 Fourland"))


def test_a_page_that_is_too_long_says_how_many_sheets_it_takes() -> None:
    made = to_pdf(worded(SHORT, "word " * 3000))
    assert made.sheets[0] > 1
    assert made.sheets[1] == 1


def test_another_language_sets_its_code_and_direction() -> None:
    brief = in_language(worded(SHORT, "\u0627\u0644\u0639\u0631\u0627\u0642 2020"), "ar")
    reader = PdfReader(BytesIO(to_pdf(brief).content))
    root: Any = reader.root_object
    assert root["/Lang"] == "ar"
    assert root["/ViewerPreferences"]["/Direction"] == "/R2L"


def test_joined_letters_of_a_drawing_are_set_over_it() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" fill="none" font-size="11px"><g fill="#111111" '
        'text-anchor="end"><text x="4" y="9">Mosul</text><text x="5" y="8">\u0627\u0644\u0645<tspan x="5" '
        'dy="12.5">7</tspan></text></g><g stroke="white"><text x="5" y="8">\u0627</text></g></svg>'
    )
    picture, lines = set_apart(svg)
    assert "Mosul" in picture and "\u0627" not in picture
    shared = {"x": 5.0, "lead": 1.0, "size": 11.0, "fill": "#111111", "bold": False}
    assert lines == [
        {**shared, "y": 8.0, "text": "\u0627\u0644\u0645"},
        {**shared, "y": 20.5, "text": "7"},
    ]


def test_what_an_author_wrote_stands_in_paragraphs_and_points() -> None:
    one, two = SHORT.pages
    words = Authored(
        "In the author's words", "*Mosul* fell. `#x`\n\n1. one\n2. [two](https://e.example)\n\n<b>"
    )
    written = replace(one, sections=(replace(one.sections[0], blocks=(words,)),))
    brief = replace(SHORT, pages=(written, two))
    lines = ("In the author's words", "Mosul fell. #x", "1. one", "2. two (https://e.example)", "<b>")
    for text in (pdf_pages(to_pdf(brief).content)[0], word_text(to_docx(brief))):
        assert all(squeezed(line) in squeezed(text) for line in lines)
