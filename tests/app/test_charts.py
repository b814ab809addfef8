"""Charts on pages: their numbers as CSV, whole pictures that stand alone, and every colour in the dark."""

import re
from pathlib import Path

import pytest
from support.sample_brief import fourland_charts

from vedette import brief
from vedette.app.charts import numbers_of

pytestmark = pytest.mark.usefixtures("idle_jobs")

STYLES = Path(__file__).parents[2] / "vedette" / "app" / "static" / "charts.css"
_COLOUR = re.compile(r'(?:fill|stroke)="(#[0-9a-f]{3,6}|white|black)"')

CHARTS = list(fourland_charts().values())


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_every_colour_of_a_chart_has_a_counterpart_in_the_dark(chart: brief.Chart) -> None:
    dark = STYLES.read_text(encoding="utf-8")
    drawn = [svg for pane in chart.panes for _, svg in brief.windows(chart, pane)]
    drawn += [brief.swatch(entry) for entry in chart.legend]
    colours = {colour for svg in drawn for colour in _COLOUR.findall(svg)}
    assert {colour for colour in colours if f'="{colour}"]' not in dark} == set()


@pytest.mark.parametrize("chart", CHARTS[:4], ids=lambda chart: chart.id)
def test_a_whole_picture_carries_its_words_and_its_own_ground(chart: brief.Chart) -> None:
    svg = brief.whole_picture(chart, "Fourland, known as of 2020-01-01.")
    assert '<rect width="100%" height="100%" fill="#fff"/>' in svg
    for words in (chart.caption.title, *(entry.label for entry in chart.legend), "2020-01-01"):
        assert words in svg
    assert brief.png_of_svg(svg).startswith(b"\x89PNG")


def test_the_numbers_of_a_chart_are_those_that_it_draws() -> None:
    chart = next(chart for chart in CHARTS if chart.id == "posture")
    rows = numbers_of(chart)
    assert rows.height == sum(len(figure.records()) for figure in chart.data)
    assert set(rows["figure"]) == {figure.title for figure in chart.data if figure.records()}
