"""A brief as a Word file: structure, pictures, comments, the mark, the same bytes."""

import getpass
import re
import socket
import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from support.same_figures import word_paragraphs
from support.sample_brief import CHARTS, NASTY, fourland_brief, fourland_charts

from vedette.brief import Brief, Caption, Chart, Mark, Pane, Paragraph, Points, from_assumption, from_data
from vedette.brief.documents.judging import judgement
from vedette.brief.documents.labels import labels_of
from vedette.brief.documents.word import to_docx
from vedette.brief.documents.word_languages import told
from vedette.brief.figures import Cited, Figure
from vedette.brief.languages.pages import in_language
from vedette.brief.languages.telling import Tongue
from vedette.brief.short import without_annex
from vedette.errors import DataError

BRIEF = fourland_brief(CHARTS)
SHORT = without_annex(fourland_brief({}))


@pytest.fixture(scope="module")
def whole() -> bytes:
    return to_docx(BRIEF)


def texts(content: bytes) -> list[str]:
    """Each paragraph of the document, those of tables too."""
    body = Document(BytesIO(content)).element.body
    return ["".join(text.text or "" for text in each.iter(qn("w:t"))) for each in body.iter(qn("w:p"))]


def test_headings_are_headings(whole: bytes) -> None:
    by_style: dict[str, list[str]] = {}
    for paragraph in word_paragraphs(whole):
        assert paragraph.style is not None
        by_style.setdefault(str(paragraph.style.name), []).append(paragraph.text)
    assert by_style["Title"] == [BRIEF.title]
    sections = [section.title for section in BRIEF.all_sections]
    assert by_style["Heading 1"][: len(sections)] == sections, "half sections too, in their order"
    assert {chart.caption.title for chart in CHARTS.values()} < set(by_style["Heading 2"])
    assert "In words" in by_style["Heading 2"]
    assert len(by_style["List Number"]) == 6
    assert len(by_style["List Bullet"]) == 2


def test_every_table_has_a_header_row_that_is_repeated(whole: bytes) -> None:
    tables = [table for table in Document(BytesIO(whole)).tables if table._tbl.xpath("w:tblPr/w:tblStyle")]
    (table,) = tables
    assert table._tbl.xpath("w:tr[1]/w:trPr/w:tblHeader")
    assert [cell.text for cell in table.rows[1].cells][:2] == ["2020-01", "20"]


def test_every_picture_has_alternative_text(whole: bytes) -> None:
    drawn = Document(BytesIO(whole)).element.body.xpath(".//wp:docPr")
    assert len(drawn) == sum(len(chart.panes) for chart in CHARTS.values())
    said = [each.get("descr") for each in drawn]
    assert all(said)
    assert {chart.caption.alt for chart in CHARTS.values()} < set(said)
    ids = [each.get("id") for each in drawn]
    assert len(set(ids)) == len(ids)


def test_the_mark_stands_at_head_and_foot_with_the_page(whole: bytes) -> None:
    (section,) = Document(BytesIO(whole)).sections
    assert section.header.paragraphs[0].text.endswith("\tOPEN EDITION · DRAFT, NOT ISSUED")
    assert "\tOPEN EDITION · DRAFT, NOT ISSUED\t" in section.footer.paragraphs[0].text
    fields = section.footer._element.xpath(".//w:fldSimple/@w:instr")
    assert fields == ["PAGE", "NUMPAGES"]


def test_properties_name_nobody_and_the_day_of_the_brief(whole: bytes) -> None:
    core = Document(BytesIO(whole)).core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.title == BRIEF.title
    assert (
        core.created
        == core.modified
        == datetime(2020, 6, 30, tzinfo=core.created.tzinfo if core.created else None)
    )
    with zipfile.ZipFile(BytesIO(whole)) as package:
        assert {part.date_time for part in package.infolist()} == {(2020, 6, 30, 0, 0, 0)}
        inside = b"".join(package.read(name) for name in package.namelist())
    own = (str(Path.home()), str(Path.cwd()), getpass.getuser(), socket.gethostname())
    for word in [*filter(lambda word: len(word) > 4, own), f"{datetime.now():%Y-%m-%dT}"]:
        assert word.encode() not in inside


def test_the_same_brief_gives_the_same_bytes(whole: bytes) -> None:
    assert to_docx(fourland_brief(fourland_charts())) == whole


def test_comments_stand_where_an_analyst_must_judge(whole: bytes) -> None:
    comments = list(Document(BytesIO(whole)).comments)
    said = [comment.text for comment in comments]
    assert any(
        text.startswith("Assumed: the cut is carried out (A. Planner, a letter). Confirm") for text in said
    )
    assert any(text.startswith("A caution of the method") for text in said)
    assert {comment.author for comment in comments} == {"vedette"}
    with zipfile.ZipFile(BytesIO(whole)) as package:
        dates = set(re.findall(rb'w:date="([^"]+)"', package.read("word/comments.xml")))
    assert dates == {b"2020-06-30T00:00:00Z"}


def test_a_judgement_is_asked_for_what_is_assumed_or_contested_alone() -> None:
    def cited(id_: str, side: str) -> Cited:
        return Cited(id_, side, "x", "", "said", "B2", "2020", "s")

    data = (from_data("rows", "UCDP"),)
    seen = Figure("a", "A", Mark.OBSERVED, data, "", 1, claims=(cited("1", "for"), cited("2", "for")))
    torn = replace(seen, id="b", claims=(*seen.claims, cited("3", "against")))
    cut = Figure("c", "C", Mark.ASSUMED, (from_assumption("the cut", "A. P.", "a letter"),), "", 1)
    assert judgement([seen]) == ""
    assert judgement([torn]).startswith("Sources disagree: 2 claims speak for this, 1 against.")
    assert judgement([seen, cut]).startswith("Assumed: the cut (A. P., a letter). Confirm")


def test_comments_are_told_in_the_language_of_what_they_stand_beside() -> None:
    whole = to_docx(in_language(fourland_brief({}), "fr"))
    said = [comment.text for comment in Document(BytesIO(whole)).comments]
    assert any(text.startswith("Hypothèse\u00a0: ") for text in said), said
    assert any(text.startswith("A caution of the method") for text in said)


def test_numbers_and_names_are_runs_of_their_own_direction_in_arabic() -> None:
    document = Document()
    document.add_paragraph("قبل \u2066−1,204\u2069 في \u2068Mosul\u2069")
    told(document, labels_of(Tongue("ar")))
    runs = [(run.text, bool(run._r.xpath("w:rPr/w:rtl"))) for run in document.paragraphs[0].runs]
    assert runs == [
        ("قبل ", True),
        ("\u2066−1,204\u2069", False),
        (" في ", True),
        ("\u2068Mosul\u2069", False),
    ]


def test_what_people_typed_is_shown_as_typed() -> None:
    for words in (NASTY, 'a <w:p/> & "b" \x07'):
        one, two = SHORT.pages
        first = replace(
            one.sections[0], title=words, blocks=(Paragraph((words,)), Points((Paragraph((words,)),)))
        )
        made = to_docx(
            replace(SHORT, title=words, question=words, pages=(replace(one, sections=(first,)), two))
        )
        assert texts(made).count(words.replace("\x07", "\ufffd")) == 5


def test_letters_without_a_font_of_ours_are_refused_in_drawings_and_allowed_in_text() -> None:
    assert "北京" in texts(to_docx(replace(SHORT, question="北京")))
    mark = {
        "mark": "text",
        "data": {"values": [{"a": "北"}]},
        "encoding": {"text": {"field": "a"}},
        "height": 20,
    }
    chart = Chart(Caption("c", "T", "s", "alt"), (Pane(mark),), ())
    one, two = SHORT.pages
    drawn: Brief = replace(
        SHORT, pages=(replace(one, sections=(replace(one.sections[0], blocks=(chart,)),)), two)
    )
    with pytest.raises(DataError, match=r"drawing: expected Latin.*found '北' \(U\+5317\)"):
        to_docx(drawn)
