"""The author's own words in a brief: at the top of their section, marked, and unable to do anything."""

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from support.sample_brief import NASTY, fourland_brief

from vedette.brief import Authored, Section, text
from vedette.brief.machine import to_json
from vedette.brief.markdown import to_markup
from vedette.brief.page import to_html
from vedette.brief.sections.author import with_notes
from vedette.case import AuthorNote


class Tags(HTMLParser):
    """The tags of some HTML, and their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


ANNEX = (Section("where", "Where", (text("A line."),)), Section("ahead", "What is likely next", ()))


def test_notes_open_their_section_in_their_order() -> None:
    notes = [AuthorNote("ahead", "One."), AuthorNote("where", "Two."), AuthorNote("ahead", "Three.")]
    where, ahead = with_notes(ANNEX, notes)
    assert where.blocks == (Authored("The author's own words", "Two."), text("A line."))
    assert [block.markdown for block in ahead.blocks if isinstance(block, Authored)] == ["One.", "Three."]


def test_notes_in_general_and_on_sections_that_are_not_there_open_the_annex() -> None:
    first, *rest = with_notes(ANNEX, [AuthorNote("what-if", "Later."), AuthorNote("author", "First.")])
    assert first.title == "From the author"
    assert first.blocks == (
        Authored("The author's own words", "First."),
        Authored("The author's own words, on “What if”", "Later."),
    )
    assert tuple(rest) == ANNEX


def test_a_brief_without_notes_is_as_it_was() -> None:
    assert with_notes(ANNEX, []) == ANNEX


@pytest.mark.parametrize(
    "nasty",
    [
        NASTY,
        "<img src=x onerror=alert(1)>",
        "<div>\n<script>alert(1)</script>\n</div>",
        "[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html,x) [w](vbscript:x)",
        "![x](https://e.example/x.png)",
        "<https://e.example> <javascript:alert(1)>",
        '[x](https://e.example/"onmouseover="alert(1))',
        "[x]: javascript:alert(1)\n\n[x]",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_markup_and_scripts_in_a_note_are_text(nasty: str) -> None:
    page = Tags(str(to_markup(nasty)))
    assert page.tags <= {"p", "a", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre"}
    assert all(name == "href" and value.startswith("https://") for name, value in page.attributes)


def test_the_page_and_the_machine_output_hold_the_words_of_the_author() -> None:
    words = Authored("The author's own words", "**Mosul** first.\n\n- one\n- two")
    brief = replace(fourland_brief({}), sections=(Section("where", "Where", (words,)),))
    html = to_html(brief)
    assert '<aside class="author"><p class="title">The author&#39;s own words</p><p><strong>Mosul' in html
    assert "<li>one</li>" in html
    (section,) = json.loads(to_json(brief))["sections"][-1:]
    assert section["blocks"] == [
        {
            "kind": "author",
            "title": "The author's own words",
            "markdown": "**Mosul** first.\n\n- one\n- two",
        }
    ]
