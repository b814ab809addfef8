"""Letters of a drawing that Typst must set itself.

A picture cannot carry joined letters, such as those of Arabic, into a PDF that conforms to PDF/UA-1: they
are taken out of it and set over it, where they stood.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, register_namespace, tostring

from defusedxml.ElementTree import fromstring

_SVG = "{http://www.w3.org/2000/svg}"
_JOINED = re.compile("[\u0600-\u06ff]")
_PLACES = {"start": 0.0, "middle": 0.5, "end": 1.0}


def set_apart(svg: str) -> tuple[str, list[dict[str, Any]]]:
    """A picture without its texts of joined letters, and those: one record for each line.

    ``x`` and ``y`` are pixels of the baseline, ``lead`` the share of the line that stands before ``x``.

    >>> set_apart('<svg xmlns="http://www.w3.org/2000/svg"><text x="4" y="9">Mosul</text></svg>')[1]
    []
    """
    if not _JOINED.search(svg):
        return svg, []
    register_namespace("", _SVG[1:-1])
    root = fromstring(svg)
    lines = list(_taken(root, dict(root.attrib)))
    return tostring(root, encoding="unicode"), lines


def _taken(parent: Element, style: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Takes the texts of joined letters out of an element; a halo around another text is left out."""
    for child in list(parent):
        own = {**style, **child.attrib}
        if child.tag == f"{_SVG}text" and _JOINED.search("".join(child.itertext())):
            parent.remove(child)
            if "stroke" not in own:
                yield from _lines(child, own)
        elif child.tag == f"{_SVG}g":
            yield from _taken(child, own)


def _lines(text: Element, style: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    about = {
        "x": float(style["x"]),
        "lead": _PLACES[style.get("text-anchor", "start")],
        "size": float(style.get("font-size", "11px").removesuffix("px")),
        "fill": style.get("fill", "#000000"),
        "bold": style.get("font-weight") == "bold",
    }
    y = float(style["y"])
    yield {**about, "y": y, "text": text.text or ""}
    for line in text:
        y += float(line.get("dy", 0))
        yield {**about, "y": y, "text": line.text or ""}
