"""Where: maps side by side, coloured by one ladder of counts, with drawn regions outlined on top."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import cos, radians
from typing import Any

import altair as alt
from shapely import Point, maximum_inscribed_circle, transform, unary_union
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from vedette.brief.blocks import Caption, Chart, Pane, Spec, Swatch
from vedette.brief.charts.style import EDGE, INK, LADDER, RUST, Row, groups, number, spec, values
from vedette.brief.figures import Figure
from vedette.message import say
from vedette.rounding import decimal

Geometries = Mapping[str, BaseGeometry]
"""Shapes by id, longitude and latitude in degrees (WGS84)."""

Box = tuple[float, float, float, float]

_HEIGHT = 380
_PHONE_WIDTH = 330
_LETTER, _LINE, _GAP = 6.2, 12.5, 2.5
"""Pixels: a letter across, a line down, and what is kept free around a label."""
_ROUND = [digit * 10**power for power in range(7) for digit in (1, 2, 5)][1:]


def place_map(
    caption: Caption,
    counts: Figure,
    places: Geometries,
    regions: Geometries,
    height: int = _HEIGHT,
    named: int | None = None,
) -> Chart:
    """One map a period, on a shared ladder of colours, drawn regions outlined on top.

    Columns of ``counts``: ``period`` (title of the map, in order), ``place`` (an id of ``places``), ``name``,
    ``value`` (deaths or events). ``regions``: outlines by the name shown in the legend; empty for none. Names
    are written where they fit on a phone, the largest counts first. ``height``: the most that a map takes, in
    pixels; ``named``: so many places with the largest counts get a label, none of them 0; all if None.
    """
    flat = flat_shapes({**places, **{f"region {name}": region for name, region in regions.items()}})
    outlines = [_feature(flat.pop(f"region {name}"), {}) for name in regions]
    rungs = ladder(max((number(row["value"]) for row in counts.records()), default=0))
    west, south, east, north = unary_union(list(flat.values())).bounds
    ratio = round((north - south) / (east - west), 3)
    panes = tuple(
        Pane(_map(rows, flat, outlines, rungs, height, named), period, ratio)
        for period, rows in groups(counts, "period").items()
    )
    steps = zip(rung_labels(rungs), _colours(rungs), strict=True)
    legend = [*(Swatch(label, "area", colour) for label, colour in steps)]
    legend += [Swatch(name, "dashed", RUST) for name in regions]
    return Chart(caption, panes, (counts,), legend=tuple(legend), columns=2)


def ladder(highest: float) -> list[int]:
    """Where the colours change: 1, then up to four round numbers that grow four- or fivefold.

    >>> ladder(7), ladder(230), ladder(4100)
    ([1, 2], [1, 5, 20, 100], [1, 20, 100, 500, 2000])
    """
    below = [step for step in _ROUND if step <= 0.7 * highest]
    return [1, *sorted(below[::-2][:4])]


def rung_labels(rungs: list[int]) -> list[str]:
    """What each colour of a map stands for, from none on."""
    between = [f"{low:,}" if high == low + 1 else f"{low:,}–{high - 1:,}" for low, high in pairwise(rungs)]
    return ["0", *between, say("{least} or more", least=rungs[-1])]


def _colours(rungs: list[int]) -> list[str]:
    return [LADDER[0], *LADDER[-len(rungs) :]]


def _map(
    rows: list[Row],
    flat: Geometries,
    outlines: list[Any],
    rungs: list[int],
    height: int,
    named: int | None,
) -> Spec:
    counted = {str(row["place"]): row for row in rows}
    features = [
        _feature(flat[key], {"name": row["name"], "value": row["value"]}) for key, row in counted.items()
    ]
    scale = alt.Scale(type="threshold", domain=rungs, range=_colours(rungs))
    tooltip = [
        alt.Tooltip("properties.name", type="nominal", title="place"),
        alt.Tooltip("properties.value", type="quantitative", format=",.0f", title="count"),
    ]
    colour = alt.Color("properties.value", type="quantitative", scale=scale, legend=None)
    areas = alt.Chart(alt.InlineData(values=features)).mark_geoshape(stroke=EDGE, strokeWidth=0.6)
    layers = [areas.encode(color=colour, tooltip=tooltip), *_outlines(outlines)]
    layers += _names(_labels(_labelled(counted, named), flat, height))
    return spec(alt.layer(*layers).project(type="identity", reflectY=True), height)


def _outlines(outlines: list[Any]) -> list[alt.Chart]:
    drawn = alt.Chart(alt.InlineData(values=outlines))
    return [
        drawn.mark_geoshape(filled=False, stroke="white", strokeWidth=3.4),
        drawn.mark_geoshape(filled=False, stroke=RUST, strokeWidth=1.7, strokeDash=[5, 2.5]),
    ][: 2 * len(outlines)]


def _names(labels: list[Row]) -> list[alt.Chart]:
    label = "(datum.name ? datum.name + '\\n' : '') + format(datum.count, ',.0f')"
    base = (
        alt.Chart(values(labels))
        .transform_calculate(label=label)
        .encode(
            longitude=alt.Longitude("x", type="quantitative"),
            latitude=alt.Latitude("y", type="quantitative"),
            text=alt.Text("label", type="nominal"),
        )
    )
    rise = alt.ExprRef("datum.rise")
    halo = base.mark_text(
        lineBreak="\n",
        lineHeight=_LINE,
        baseline="middle",
        dy=rise,
        color="white",
        stroke="white",
        strokeWidth=3,
        strokeJoin="round",
    )
    ink = base.mark_text(lineBreak="\n", lineHeight=_LINE, baseline="middle", dy=rise, color=INK)
    return [halo, ink]


def _labelled(counted: dict[str, Row], named: int | None) -> dict[str, Row]:
    """The places that get a label."""
    if named is None:
        return counted
    order = sorted(counted, key=lambda key: (-number(counted[key]["value"]), key))
    return {key: counted[key] for key in order[:named] if number(counted[key]["value"])}


def _labels(counted: Mapping[str, Row], flat: Geometries, height: int) -> list[Row]:
    """Name and count in the widest part of each place; only the count, or neither, where room is short."""
    west, south, east, north = unary_union(list(flat.values())).bounds
    scale = min(_PHONE_WIDTH / (east - west), height / (north - south))
    boxes: list[Box] = []
    labels: list[Row] = []
    for key in sorted(counted, key=lambda key: (-number(counted[key]["value"]), key)):
        name, count = str(counted[key]["name"]), decimal(number(counted[key]["value"]))
        for lines, x, y in _candidates(flat[key], [name, count], scale):
            half = (max(map(len, lines)) * _LETTER / 2 + _GAP) / scale
            tall = (len(lines) * _LINE / 2 + _GAP) / scale
            box = (x - half, y - tall, x + half, y + tall)
            if not any(_overlap(box, other) for other in boxes):
                boxes.append(box)
                rise = (1 - len(lines)) * _LINE / 2
                own: Row = {"name": name if name in lines else "", "count": number(counted[key]["value"])}
                labels.append({"x": round(x, 3), "y": round(y, 3), "rise": rise, **own})
                break
    return labels


def _candidates(
    place: BaseGeometry, lines: list[str], scale: float
) -> Iterator[tuple[list[str], float, float]]:
    """Where a label may stand, best first: the widest part, then a little off it, then the count alone."""
    widest = maximum_inscribed_circle(place, tolerance=0.01).centroid
    for down in (0.0, -0.7, 0.7, -1.4, 1.4):
        for across in (0.0, 1.5, -1.5):
            x, y = widest.x + across * _LETTER / scale, widest.y - down * _LINE / scale
            if place.contains(Point(x, y)):
                yield lines, x, y
    yield lines[1:], widest.x, widest.y


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def flat_shapes(shapes: Geometries) -> dict[str, BaseGeometry]:
    """Shapes on a plane: longitude shortened by the cosine of the middle latitude, to about 100 m."""
    _, south, _, north = unary_union(list(shapes.values())).bounds
    squeeze = cos(radians((south + north) / 2))
    return {
        key: transform(geometry, lambda points: (points * [squeeze, 1]).round(3))
        for key, geometry in shapes.items()
    }


def _feature(geometry: BaseGeometry, properties: Row) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": mapping(geometry)}
