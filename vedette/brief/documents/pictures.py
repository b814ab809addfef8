"""The drawings of a brief: SVG for PDF, the same as PNG for Word."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import typst

from vedette.brief.blocks import Pane
from vedette.brief.charts.drawn import svg_of
from vedette.brief.documents.setting import TEMPLATES, fonts
from vedette.brief.typeface import FAMILIES, check_letters

Record = dict[str, Any]
_TEXT = re.compile(">([^<]+)<")
DOTS = 192
"""Dots an inch of a picture in Word."""


def squeezed(pane: Pane, share: float) -> Pane:
    """A pane that takes a share of its height."""
    height = pane.spec.get("height")
    if share == 1 or not isinstance(height, int | float):
        return pane
    return replace(pane, spec={**pane.spec, "height": round(height * share)}, ratio=pane.ratio * share)


def png_of(drawings: Sequence[Record]) -> list[bytes]:
    """Drawings as PNG, in order, in the fonts that ship; as `vedette.brief.documents.tree` records them.

    Raises:
        DataError: these have no glyph for a letter in one.
    """
    if not drawings:
        return []
    check_letters(letters_of(each["svg"] for each in drawings))
    compiler = typst.Compiler(
        str(TEMPLATES / "pictures.typ"),
        root=str(TEMPLATES),
        font_paths=fonts(),
        sys_inputs={"document": json.dumps({"drawings": list(drawings), "fonts": list(FAMILIES)})},
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
