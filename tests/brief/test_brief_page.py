"""The page and its JSON: whole, escaped, self-contained, the same each time."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from support.sample_brief import CHARTS, NASTY, fourland_brief, fourland_charts, tabled

from vedette.brief import Figure, Mark, Section, Shown, from_data, text
from vedette.brief.cited import cited_sources
from vedette.brief.figures import Cited
from vedette.brief.machine import to_json
from vedette.brief.page import to_html
from vedette.errors import DataError

BRIEF = fourland_brief(CHARTS)
VOID = {"meta", "link", "br", "img", "hr", "input", "path", "circle", "rect"}
UNCLOSED = {"tr", "th", "td", "thead", "tbody"}
"""The tags of tables, of which HTML lets the end be left out; that saves a tenth of the page."""


class Page(HTMLParser):
    """Tags with attributes, in order; text by the tag that holds it; whether every tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID | UNCLOSED:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID | UNCLOSED:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)

    def having(self, attribute: str) -> list[str]:
        """The values of an attribute over all tags."""
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]


@pytest.fixture(scope="module")
def html() -> str:
    return to_html(BRIEF)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_same_brief_gives_the_same_bytes(html: str) -> None:
    again = fourland_brief(fourland_charts())
    assert to_html(again) == html
    assert to_json(again) == to_json(BRIEF)


def test_the_page_is_well_formed_and_names_nothing_twice(page: Page) -> None:
    assert page.open == []
    ids = page.having("id")
    assert len(ids) == len(set(ids))
    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_every_inner_link_leads_somewhere(page: Page) -> None:
    ids = set(page.having("id"))
    inner = [href[1:] for href in page.having("href") if href.startswith("#")]
    assert set(inner) <= ids
    assert {f"figure-{name}" for name in ("total", "chance", "cut")} <= set(inner)
    assert {f"figure-{name}" for name in BRIEF.figures} <= ids


def test_nothing_is_loaded_from_elsewhere(page: Page) -> None:
    assert page.having("src") == []
    outside = [href for href in page.having("href") if not href.startswith(("#", "data:,"))]
    assert outside == ["https://example.org/ged"]
    (policy,) = (a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_markup_scripts_and_formulas_in_the_data_are_text(html: str, page: Page) -> None:
    assert "<script" not in html
    assert page.scripts == []
    assert NASTY not in html
    assert "<b>bold</b>" not in html


def test_charts_are_drawn_in_the_page_without_labels_of_their_parts(html: str, page: Page) -> None:
    panes = [chart.columns for chart in CHARTS.values() for _ in chart.panes]
    drawings = re.findall(r'<div class="drawing[^"]*"><svg .*?</svg></div>', html)
    assert len(drawings) == sum(2 if columns == 1 else 1 for columns in panes)
    assert not any(word in drawing for drawing in drawings for word in ("aria-", "role=", "<title", "href"))
    assert "What violence shows" in html


def test_a_chart_without_alternative_text_is_refused() -> None:
    chart = CHARTS["weeks"]
    mute = replace(chart, caption=replace(chart.caption, alt=" "))
    with pytest.raises(DataError, match=r"chart weeks.*an alternative text.*Say in `alt` of its caption"):
        replace(BRIEF, sections=(Section("only", "Only", (mute,)),))


def test_tables_tell_their_headers_and_charts_their_text(page: Page) -> None:
    heads = [attributes for tag, attributes in page.tags if tag == "th"]
    assert heads
    assert all(attributes.get("scope") in ("row", "col") for attributes in heads)
    drawn = [attributes for tag, attributes in page.tags if attributes.get("role") == "img"]
    assert [a["aria-label"] for a in drawn] == [f"A drawing of {chart}" for chart in CHARTS]
    assert {tag for tag, _ in page.tags} >= {"main", "nav", "header", "footer"}


def test_every_number_in_the_text_carries_its_mark(html: str) -> None:
    assert re.search(r'1,234 <span class="band">\(1,100–1,400\)</span><a class="mark observed"', html)
    assert re.search(r'unlikely \(33\u00a0%\)<a class="mark estimated" href="#figure-chance"', html)
    assert re.search(r'3,000<a class="mark assumed" href="#figure-cut"', html)


def test_a_source_in_a_table_leads_to_the_list_of_sources() -> None:
    table = tabled("cited", "date source", [("2020-06-30", "ged"), ("2020-06-29", "unlisted")])
    page = to_html(replace(BRIEF, sections=(Section("only", "Only", (Shown(table, "Cited"),)),)))
    assert '<td><a href="#source-ged">Events </script>'.replace("</script>", "&lt;/script&gt;") in page
    assert "<td>unlisted" in page


def claim(number: int, source: str = "ged") -> Cited:
    return Cited(f"c{number}", "for", f"Said {number}.", "A general", "stated", "B2", "2020-01-01", source)


def resting(name: str, *claims: Cited) -> Figure:
    return Figure(name, name, Mark.OBSERVED, (from_data("rows", "Events"),), "", value=1, claims=claims)


def test_a_claim_is_told_once_at_the_end_and_named_by_its_number() -> None:
    first = Shown(replace(tabled("one", "date", [("2020-06-30",)]), claims=(claim(7), claim(3))), "One")
    second = Shown(replace(tabled("two", "date", [("2020-06-30",)]), claims=(claim(3), claim(9))), "Two")
    page = to_html(replace(BRIEF, sections=(Section("only", "Only", (first, second)),)))
    assert [page.count(f"Said {number}.") for number in (3, 7, 9)] == [1, 1, 1]
    assert [page.index(f"Said {number}.") for number in (7, 3, 9)] == sorted(
        page.index(f"Said {number}.") for number in (3, 7, 9)
    )
    assert 'Rests on 2 claims: <a href="#claim-1">1</a>–<a href="#claim-2">2</a></p>' in page
    assert 'Rests on 2 claims: <a href="#claim-2">2</a>–<a href="#claim-3">3</a></p>' in page


def test_a_brief_without_claims_has_no_list_of_them(html: str) -> None:
    assert 'id="claims"' not in html


def test_only_cited_sources_count() -> None:
    chain = Figure("chain", "chain", Mark.OBSERVED, (from_data("rows", "ap, reuters"),), "", value=1)
    table = tabled("cells", "date source", [("2020-06-30", "nyt"), ("2020-06-29", None)])
    sections = [
        Section("only", "Only", (text("{a} {b}", a=chain, b=resting("x", claim(1))), Shown(table, "T")))
    ]
    known = ["ap", "reuters", "nyt", "ged", "other"]
    assert cited_sources(sections, known) == {"ap", "reuters", "nyt", "ged"}


def test_a_chain_is_written_once_for_the_figures_that_share_it(html: str) -> None:
    assert html.count("a model of Fourland") == 1
    assert html.count("the cut is carried out") == 1


def test_json_holds_every_figure_with_its_chain_in_a_stable_order() -> None:
    read = json.loads(to_json(BRIEF))
    assert list(read) == [
        "vedette",
        "case",
        "title",
        "question",
        "as_of",
        "last_complete",
        "data_age",
        "edition",
        "seed",
        "scale",
        "issue",
        "figures",
        "pages",
        "sections",
        "sources",
        "licences",
    ]
    assert list(read["figures"]) == list(BRIEF.figures)
    assert all(figure["mark"] and figure["chain"] for figure in read["figures"].values())
    assert read["figures"]["chance"]["value"] == 0.333333
    assert read["figures"]["cut"]["chain"] == [
        {
            "origin": "assumption",
            "text": "the cut is carried out",
            "source": "a letter",
            "author": "A. Planner",
        }
    ]
    one, two = read["pages"]
    assert [section["id"] for section in one["sections"]] == ["in-short", "left", "right"]
    assert [section["label"] for section in two["sections"]] == ["Backers"]
    assert len(one["sections"][0]["blocks"][0]["items"]) == 5
    assert [section["id"] for section in read["sections"]] == ["seen", "next", "unknown"]
    assert read["licences"] == ["CC BY 4.0"]
    table = read["figures"]["pit"]["table"]
    assert [column["key"] for column in table["columns"]] == ["low", "high", "share"]
    assert table["rows"][2] == [0.4, 0.6, 0.2]


def test_json_names_every_figure_that_a_section_shows() -> None:
    read = json.loads(to_json(BRIEF))
    shown = set(re.findall(r'"figure": "([^"]+)"', to_json(BRIEF)))
    of_pages = [section for page in read["pages"] for section in page["sections"]]
    for section in (*of_pages, *read["sections"]):
        for block in section["blocks"]:
            shown.update(block.get("figures", []))
    assert shown == set(read["figures"])
