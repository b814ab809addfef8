"""Charts draw what their figures hold, place their labels apart, and give the same spec each time."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box
from support.sample_brief import CHARTS, caption, fourland_charts, month_rows, tabled

from vedette.brief import Chart, Mark
from vedette.brief.charts import fan, place_map, posture_and_violence, violence_by_stratum
from vedette.brief.charts.maps import ladder
from vedette.brief.charts.posture import stagger
from vedette.brief.charts.style import calendar


def data(spec: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """The data sets of a spec."""
    yield from spec["datasets"].values()


@pytest.mark.parametrize("name", CHARTS)
def test_every_pane_compiles_and_is_as_wide_as_its_container(name: str) -> None:
    for pane in CHARTS[name].panes:
        assert pane.spec["width"] == "container"
        assert "config" not in pane.spec
        assert vl_convert.vegalite_to_vega(pane.spec)["marks"]


def test_a_chart_made_twice_is_the_same() -> None:
    assert fourland_charts() == CHARTS


def test_panes_of_violence_hold_all_months_and_the_last() -> None:
    figure = tabled("m", "stratum period low* best* high* mark", month_rows("Rebels", 3), Mark.ESTIMATED)
    whole, recent = violence_by_stratum(caption("v"), figure, recent=12).panes
    months = max(data(whole.spec), key=len)
    assert [row["best"] for row in months] == [row["best"] for row in figure.records()]
    (last,) = data(recent.spec)
    assert [row["period"] for row in last] == [f"2019-{month:02d}" for month in range(1, 13)]
    assert {row["mark"] for row in last} == {"estimated"}


def test_observed_only_has_no_estimate_in_its_legend() -> None:
    observed = [row for row in month_rows("Rebels", 3) if row[-1] == "observed"]
    chart = violence_by_stratum(caption("v"), tabled("m", "stratum period low* best* high* mark", observed))
    assert not any("estimate" in entry.label and "median" in entry.label for entry in chart.legend)


def test_a_forecast_without_history_is_drawn() -> None:
    bands = "period median* low50* high50* low80* high80* low90* high90*"
    ahead = tabled("ahead", bands, [("2020-W01", 3, 2, 5, 1, 8, 0, 12)], Mark.ESTIMATED)
    chart = fan(caption("f"), tabled("past", "period low* best* high* mark", []), ahead)
    assert vl_convert.vegalite_to_vega(chart.panes[0].spec)["marks"]


def test_posture_without_milestones_or_recalled_points_is_drawn() -> None:
    held = tabled("held", "period value* basis", [("2016-01", 100, "page"), ("2016-05", 80, "page")])
    killed = tabled("killed", "period low* best* high* mark", [("2016-02", 1, 2, 3, "observed")])
    chart = posture_and_violence(caption("p"), held, killed, tabled("none", "number* date text", []))
    assert chart.keys == ()
    assert all(vl_convert.vegalite_to_vega(pane.spec)["marks"] for pane in chart.panes)


def test_recalled_stretches_are_dashed_and_months_without_a_figure_are_not_bridged() -> None:
    upper = CHARTS["posture"].panes[0].spec
    lines = [layer for layer in upper["layer"] if layer["encoding"].get("y2", {}).get("field") == "next"]
    dashes = {len(upper["datasets"][line["data"]["name"]]): line["mark"]["strokeDash"] for line in lines}
    assert dashes == {2: [2, 3], 1: [1, 0]}
    (points,) = (layer for layer in upper["layer"] if "fill" in layer["encoding"])
    assert points["encoding"]["fill"]["scale"]["range"][1] == "white"


def test_milestones_outside_the_series_are_left_out() -> None:
    held = tabled("held", "period value* basis", [("2016-01", 100, "page"), ("2016-05", 80, "page")])
    killed = tabled("killed", "period low* best* high* mark", [("2016-02", 1, 2, 3, "observed")])
    known = tabled("known", "number* date text", [(1, "2015-12-31", "before"), (2, "2016-03-01", "within")])
    assert [key.text for key in posture_and_violence(caption("p"), held, killed, known).keys] == ["within"]


@given(st.lists(st.dates(), min_size=1, max_size=40).map(sorted))
def test_numbered_discs_of_one_row_never_touch_on_a_phone(days: list[Any]) -> None:
    first, last = "2003-01-01", "2021-01-01"
    rows = stagger([day.isoformat() for day in days], first, last)
    pixel = (18 * 365.25) / 285
    for (one, row), (two, other) in combinations(zip(days, rows, strict=True), 2):
        assert row != other or (two - one).days / pixel >= 16.9


@given(st.floats(0, 5e6))
def test_the_ladder_of_colours_climbs_within_the_counts(highest: float) -> None:
    rungs = ladder(highest)
    assert rungs[0] == 1
    assert rungs == sorted(set(rungs))
    assert len(rungs) <= 5
    assert rungs[-1] <= max(1, highest)


def test_labels_of_a_map_stand_inside_their_places_and_apart() -> None:
    grid = {f"{x}{y}": box(40 + x, 30 + y, 41 + x, 31 + y) for x in range(6) for y in range(6)}
    rows = [("now", key, f"Province {key}", place) for place, key in enumerate(grid)]
    chart = place_map(caption("m"), tabled("m", "period place name value*", rows), grid, {})
    (labels,) = (rows for rows in data(chart.panes[0].spec) if "rise" in rows[0])
    spots = [(label["x"], label["y"]) for label in labels]
    assert len(set(spots)) == len(spots) >= 18
    assert (labels[0]["name"], labels[0]["count"]) == ("Province 55", 35)
    assert not any(entry.shape == "dashed" for entry in chart.legend)


def test_outlines_of_regions_lie_on_the_map_and_in_the_legend() -> None:
    chart: Chart = CHARTS["map"]
    assert [entry.label for entry in chart.legend][-1] == "Strip"
    outlines = [rows for rows in data(chart.panes[0].spec) if rows[0].get("properties") == {}]
    assert len(outlines) == 1


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2020-12", "2020-12-01", "2021-01-01"),
        ("2020-W53", "2020-12-28", "2021-01-04"),
        ("2020-02-29", "2020-02-29", "2020-03-01"),
    ],
)
def test_every_kind_of_period_has_its_days(label: str, start: str, end: str) -> None:
    days = calendar(label)
    assert (days["start"], days["end"]) == (start, end)


def test_our_line_is_drawn_last_and_thickest() -> None:
    layers = CHARTS["lines"].panes[0].spec["layer"]
    lines = [layer["mark"] for layer in layers if layer["mark"]["type"] == "line"]
    widths = [line["strokeWidth"] for line in lines]
    assert widths[-1] == max(widths) > widths[0]
    assert len({entry.colour for entry in CHARTS["lines"].legend}) == len(CHARTS["lines"].legend) == 2


def test_weights_are_stacked_in_the_order_of_the_members() -> None:
    spec = CHARTS["weights"].panes[1].spec
    (rows,) = data(spec)
    assert {(row["member"], row["order"]) for row in rows} == {("one", 0), ("two", 1)}
    assert spec["encoding"]["color"]["scale"]["domain"] == ["one", "two"]
    assert spec["encoding"]["y"]["stack"] == "zero"
