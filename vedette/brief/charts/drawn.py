"""Charts as pictures: the same SVG for the page, for PDF and for Word, drawn without a browser.

Texts are measured with the fonts that ship, so that those of a machine move nothing.
"""

import json
from functools import cache, lru_cache

import vl_convert

from vedette.brief.blocks import Chart, Pane, Spec
from vedette.brief.charts.lean import lean
from vedette.brief.charts.locales import months_of, numbers_of
from vedette.brief.charts.style import CONFIG, FONT
from vedette.brief.typeface import FOLDER

WIDE, HALF, THIRD, PHONE = 760, 390, 270, 352
"""Pixels across: of one pane on a line, of two, of three, and of a pane on a phone."""
_KEPT = 512
_DOTS = 2


def width_of(columns: int) -> int:
    """How wide a pane is drawn that stands with others on one line.

    >>> width_of(1), width_of(2), width_of(3)
    (760, 390, 270)
    """
    return {1: WIDE, 2: HALF}.get(columns, THIRD)


def svg_of(pane: Pane, width: int = WIDE) -> str:
    """The SVG of a pane, ``width`` pixels across, its axes and their labels within.

    The same pane and width give the same bytes. The picture has no scripts, links, roles or labels of its
    own: what it shows is said by the caption of its chart.

    >>> from vedette.brief.blocks import Pane
    >>> svg_of(Pane({"data": {"values": [{"a": 1}]}, "mark": "bar", "height": 40}), 200)[:60]
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="'
    """
    return _drawn(json.dumps(sized(pane, width), sort_keys=True), FONT, pane.language)


def sized(pane: Pane, width: int) -> Spec:
    """The specification of a pane at a width, its height by its ratio where it has one."""
    height = pane.spec.get("height", 0)
    if pane.ratio:
        height = min(height, round(pane.ratio * width))
    fit = {"type": "fit-x", "contains": "padding"}
    return {**pane.spec, "width": width, "height": height, "autosize": fit, "config": CONFIG}


def windows(chart: Chart, pane: Pane) -> list[tuple[str, str]]:
    """The SVG of a pane by the window that it is for; a pane that fills the line is drawn for a phone too."""
    wide = svg_of(pane, width_of(chart.columns))
    return [("wide", wide), ("phone", svg_of(pane, PHONE))] if chart.columns == 1 else [("", wide)]


def png_of_svg(svg: str) -> bytes:
    """An SVG as PNG, two dots a pixel, in the fonts that ship."""
    _with_fonts()
    return vl_convert.svg_to_png(svg, scale=_DOTS)


@cache
def _with_fonts() -> None:
    vl_convert.register_font_directory(str(FOLDER))


@lru_cache(maxsize=_KEPT)
def _drawn(spec: str, font: str, language: str) -> str:
    _with_fonts()
    if language == "en":
        return lean(vl_convert.vegalite_to_svg(spec), font)
    drawn = vl_convert.vegalite_to_svg(
        spec, format_locale=numbers_of(language), time_format_locale=months_of(language)
    )
    return lean(drawn, font)
