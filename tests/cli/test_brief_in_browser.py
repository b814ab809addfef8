"""The shipped brief in a real browser, from disk, with the network off."""

from pathlib import Path

import pytest
from support.browsing import chromium, look
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
