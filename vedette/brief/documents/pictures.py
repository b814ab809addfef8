"""The drawings of a brief: SVG for PDF, the same as PNG for Word."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape

import typst

from vedette.brief.blocks import Pane
from vedette.brief.charts.drawn import svg_of
from vedette.brief.documents.setting import fonts
from vedette.brief.typeface import check_letters

_TEXT = re.compile(">([^<]+)<")
DOTS = 192
"""Dots an inch of a picture in Word."""

_SHEET = """
#let pictures = json(bytes(sys.inputs.pictures))
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for (place, picture) in pictures.enumerate() {
  if place > 0 { pagebreak() }
  image(bytes(picture), format: "svg")
}
"""


def squeezed(pane: Pane, share: float) -> Pane:
    """A pane that takes a share of its height."""
    height = pane.spec.get("height")
    if share == 1 or not isinstance(height, int | float):
        return pane
    return replace(pane, spec={**pane.spec, "height": round(height * share)}, ratio=pane.ratio * share)


def png_of(pictures: Sequence[str]) -> list[bytes]:
    """SVG pictures as PNG, in order, in the fonts that ship.

    Raises:
        DataError: these have no glyph for a letter in one.
    """
    if not pictures:
        return []
    check_letters(letters_of(pictures))
    compiler = typst.Compiler(
        _SHEET.encode(), font_paths=fonts(), sys_inputs={"pictures": json.dumps(pictures)}
    )
    made = compiler.compile(format="png", ppi=DOTS)
    return made if isinstance(made, list) else [made or b""]


def letters_of(pictures: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The texts in SVG pictures, each with where it stands."""
    for picture in pictures:
        for text in _TEXT.findall(picture):
            yield "drawing", unescape(text)


def drawing(pane: Pane, width: int, share: float = 1) -> str:
    """The SVG of a pane, so many pixels across, in the fonts that ship; ``share`` is of its height."""
    return svg_of(squeezed(pane, share), width)
