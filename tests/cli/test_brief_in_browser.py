"""The shipped brief in a real browser, from disk, with the network off."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from support.browsing import chromium, look, opened
from support.running import figures

pytestmark = pytest.mark.browser


def test_the_iraq_brief_draws_every_chart_at_every_width(iraq_brief: Path) -> None:
    with chromium() as browser:
        for width in (1440, 768, 390):
            seen = look(browser, iraq_brief / "brief.html", width)
            assert seen.console == ()
            assert seen.requests == ()
            assert seen.overflow == 0
            assert seen.wanted == len(seen.drawings) > 20
            for drawing in seen.drawings:
                assert drawing.marks > 0, drawing
                assert drawing.height > 60, drawing


def test_every_figure_carries_its_mark_and_chain(iraq_brief: Path) -> None:
    for name, figure in figures(iraq_brief).items():
        assert figure["mark"] in {"observed", "estimated", "assumed"}, name
        assert figure["chain"], name


def test_recalled_figures_are_marked_as_assumed(iraq_brief: Path) -> None:
    posture = figures(iraq_brief)["posture"]
    assert posture["mark"] == "assumed"
    assert any(link["origin"] == "assumption" for link in posture["chain"])
    columns = [column["key"] for column in posture["table"]["columns"]]
    basis, mark, source = (columns.index(key) for key in ("basis", "mark", "source"))
    for row in posture["table"]["rows"]:
        assert (row[basis] == "recalled") == (row[mark] == "assumed")
        assert bool(row[source]) == (row[basis] == "page")


def test_each_of_the_two_pages_is_one_page_of_a4_in_print(iraq_brief: Path, tmp_path: Path) -> None:
    with chromium() as browser, opened(browser, iraq_brief / "brief.html", 1280) as page:
        page.pdf(path=tmp_path / "brief.pdf", prefer_css_page_size=True)
    one, two, annex = PdfReader(tmp_path / "brief.pdf").pages[:3]
    assert [round(float(side)) for side in one.mediabox[2:]] == [595, 842]
    for label in (
        "THE ANSWER",
        "WHAT CHANGED SINCE THE LAST ISSUE",
        "DEATHS AGAINST THE FIVE-YEAR NORM",
        "WHERE",
    ):
        assert label in one.extract_text()
    for label in ("WHO BACKS WHOM", "WHAT IF", "WHAT TO WATCH", "HOW FAR TO TRUST IT"):
        assert label in two.extract_text()
    assert "with the number beside them." in two.extract_text()
    assert annex.extract_text().split()[1] == "Annex"


def test_a_phone_shows_the_tables_of_the_pages_without_scrolling(iraq_brief: Path) -> None:
    tables = "Array.from(document.querySelectorAll('.part figure > .scroll'))"
    wide = f"() => {tables}.filter(each => each.scrollWidth > each.clientWidth).length"
    with chromium() as browser, opened(browser, iraq_brief / "brief.html", 390) as page:
        assert page.evaluate(wide) == 0
