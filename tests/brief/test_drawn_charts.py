"""Charts as SVG: the same bytes, small, free of labels, and the same picture as Vega's own."""

import re
from dataclasses import replace

import pytest
import vl_convert
from shapely.geometry import box
from support.sample_brief import CHARTS, caption, tabled

from vedette.brief import Pane
from vedette.brief.charts import place_map
from vedette.brief.charts.drawn import HALF, PHONE, sized, svg_of
from vedette.brief.charts.lean import lean, shifted


@pytest.mark.parametrize("name", list(CHARTS))
def test_every_kind_of_chart_is_drawn_small_and_without_labels(name: str) -> None:
    for pane in CHARTS[name].panes:
        svg = svg_of(pane, HALF)
        assert svg.startswith(f'<svg xmlns="http://www.w3.org/2000/svg" width="{HALF}" ')
        assert "<path" in svg
        assert not re.search(r"aria|role|class=|<title|<g transform|translate", svg)
        assert len(svg) < 0.55 * len(vl_convert.vegalite_to_svg(sized(pane, HALF)))


def test_a_picture_does_not_depend_on_what_was_drawn_before() -> None:
    pane = CHARTS["violence"].panes[0]
    first = svg_of(pane, PHONE)
    svg_of(CHARTS["map"].panes[0], PHONE)
    assert svg_of(Pane(dict(pane.spec), "another title"), PHONE) == first


def test_numbers_on_a_map_are_written_in_its_language() -> None:
    rows = tabled("m", "period place name value*", [("last", "A", "Alfa", 1553)])
    (pane,) = place_map(caption("m"), rows, {"A": box(40, 30, 42, 32)}, {}).panes
    for language, shown in (("en", "1,553"), ("fr", "1\u202f553"), ("ar", "1,553")):
        assert f">{shown}<" in svg_of(replace(pane, language=language)), language


def test_a_map_keeps_its_shape_at_any_width() -> None:
    pane = CHARTS["map"].panes[0]
    assert sized(pane, 100)["height"] == round(100 * pane.ratio)
    assert sized(pane, 5000)["height"] == pane.spec["height"]


def test_groups_are_dissolved_and_neighbours_of_one_style_joined() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><g transform="translate(10,5)">'
        '<path d="M0,0h2v3h-2Z" fill="red" opacity="1"/><g transform="translate(4.26,0)">'
        '<path d="M0,0h2v3h-2Z" fill="red"/><line x2="0" y2="-3" stroke="blue" stroke-width="1"/>'
        '<path d="M0,0h9v9h-9Z"/></g><text transform="translate(1,2)" fill="red" font-size="11px">'
        "A &lt;b&gt;</text></g></svg>"
    )
    assert lean(svg, "Plain") == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20" viewBox="0 0 90 20" fill="none" '
        'font-family="Plain" font-size="11px"><path fill="red" d="M10 5h2v3h-2zM14.3 5h2v3h-2z"/>'
        '<path stroke="blue" d="M14.3 5l0-3"/><g fill="red"><text x="11" y="7">A &lt;b&gt;</text></g></svg>'
    )


def test_a_shape_that_vega_does_not_write_is_an_error() -> None:
    with pytest.raises(ValueError, match="<script> is not expected"):
        lean('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>', "Plain")


def test_errors_of_rounding_do_not_add_up_along_a_path() -> None:
    path = "M0,0" + "".join(f"L{0.14 * step},0" for step in range(1, 101))
    steps = re.findall(r"l(\S+) 0", shifted(path, 0, 0))
    assert sum(map(float, steps)) == pytest.approx(14.0)


def test_arcs_and_curves_end_where_they_ended() -> None:
    assert shifted("M2,0A2,2,0,1,1,-2,0C0,1,1,1,2,5", 10, 10) == "M12 10a2 2 0 1 1 -4 0c2 1 3 1 4 5"
