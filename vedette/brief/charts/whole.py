"""A whole chart as one picture: its words, legend and panes on a light ground, to be used anywhere.

It is legible wherever it is pasted, and says itself what it shows, as known when, and from which data.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence

from markupsafe import escape

from vedette.brief.blocks import Chart, Pane, Swatch
from vedette.brief.charts.drawn import svg_of, width_of
from vedette.brief.charts.style import GREY, INK, TINT
from vedette.brief.figures import Origin
from vedette.brief.typeface import FAMILIES

PAPER = "#fff"
_EDGE, _BETWEEN = 20, 24
"""Pixels around the picture, and between panes."""
_LINE = 1.35
_ACROSS = 0.54
"""How wide a letter is on average, in font sizes."""
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')


def whole_picture(chart: Chart, foot: str = "") -> str:
    """Returns a chart as one SVG: headline, what is shown, legend, panes, note, sources and ``foot``."""
    width = chart.columns * width_of(chart.columns) + (chart.columns - 1) * _BETWEEN
    parts: list[str] = []
    below = float(_EDGE)
    for drawn, height in _bands(chart, width, foot):
        parts.append(f'<g transform="translate({_EDGE} {below:.1f})">{drawn}</g>')
        below += height
    across, down = width + 2 * _EDGE, below + _EDGE
    size = f'width="{across}" height="{down:.0f}" viewBox="0 0 {across} {down:.0f}"'
    fonts = escape(", ".join(FAMILIES))
    ground = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{fonts}">{ground}{"".join(parts)}</svg>'
    )


def pane_picture(chart: Chart, number: int) -> str:
    """Returns one pane of a chart, counted from 0, as an SVG on a light ground."""
    drawn = svg_of(chart.panes[number], width_of(chart.columns))
    end = drawn.index(">") + 1
    return f'{drawn[:end]}<rect width="100%" height="100%" fill="{PAPER}"/>{drawn[end:]}'


def sources_of(chart: Chart) -> list[str]:
    """Returns the sources of the data that a chart draws, each once."""
    links = (link for figure in chart.data for link in figure.chain)
    return list(dict.fromkeys(link.source for link in links if link.origin is Origin.DATA and link.source))


def _bands(chart: Chart, width: int, foot: str) -> Iterator[tuple[str, float]]:
    """The parts of the picture from the top down, each with its height."""
    caption = chart.caption
    yield _text(caption.title, width, 16, INK, bold=True)
    yield _text(caption.subtitle, width, 12, GREY)
    yield _legend(chart.legend, width)
    for start in range(0, len(chart.panes), chart.columns):
        yield _row(chart.panes[start : start + chart.columns], chart.columns)
    for key in chart.keys:
        yield _text(f"{key.number}  {key.when}  {key.text}", width, 11, INK)
    yield _text(caption.note, width, 11, GREY)
    yield _text(" ".join(f"{source.rstrip('.')}." for source in sources_of(chart)), width, 10, GREY)
    yield _text(foot, width, 10, GREY)


def _text(words: str, width: int, size: int, colour: str, *, bold: bool = False) -> tuple[str, float]:
    """A paragraph broken into lines, with some space below; nothing for no words."""
    if not words:
        return "", 0
    lines = textwrap.wrap(words, int(width / (size * (_ACROSS + 0.04 * bold))))
    weight = ' font-weight="bold"' if bold else ""
    spans = "".join(
        f'<text y="{size * (1 + number * _LINE):.1f}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return f'<g font-size="{size}" fill="{colour}"{weight}>{spans}</g>', size * _LINE * len(lines) + 6


def _row(panes: Sequence[Pane], columns: int) -> tuple[str, float]:
    """Panes side by side, each below its title."""
    width, parts, tallest = width_of(columns), [], 0.0
    titled = any(pane.title for pane in panes)
    for number, pane in enumerate(panes):
        x = number * (width + _BETWEEN)
        drawn = svg_of(pane, width)
        found = _SIZE.match(drawn)
        tallest = max(tallest, float(found[2]) if found else 0.0)
        title = f'<text y="11" font-size="11" font-weight="bold" fill="{INK}">{escape(pane.title)}</text>'
        body = drawn.replace("<svg ", f'<svg y="{16 * titled}" ', 1)
        parts.append(f'<g transform="translate({x} 0)">{title if pane.title else ""}{body}</g>')
    return "".join(parts), tallest + 16 * titled + 10


def _legend(entries: Sequence[Swatch], width: int) -> tuple[str, float]:
    """The legend, broken into lines."""
    parts, x, y = [], 0.0, 0.0
    for entry in entries:
        needed = 30 + len(entry.label) * 11 * _ACROSS + 14
        if x and x + needed > width:
            x, y = 0.0, y + 17
        label = f'<text x="28" y="10" font-size="11" fill="{INK}">{escape(entry.label)}</text>'
        parts.append(f'<g transform="translate({x:.1f} {y:.1f})">{swatch(entry)}{label}</g>')
        x += needed
    return "".join(parts), y + 17 + 8 if entries else 0.0


def swatch(entry: Swatch) -> str:
    """Returns the sign of a legend entry as SVG, 22 pixels across and 12 down."""
    colour = escape(entry.colour)
    match entry.shape:
        case "line":
            return f'<path d="M1 6H21" stroke="{colour}" stroke-width="2"/>'
        case "dashed":
            return f'<path d="M1 6H21" stroke="{colour}" stroke-width="1.8" stroke-dasharray="4 2.4"/>'
        case "dot":
            return f'<circle cx="11" cy="6" r="4" fill="{colour}"/>'
        case "ring":
            return f'<circle cx="11" cy="6" r="3.5" fill="{PAPER}" stroke="{colour}"/>'
        case "whisker":
            return f'<path d="M11 0V12" stroke="{colour}" stroke-width="1.2"/>'
        case "hollow":
            return f'<rect x="5.5" y=".5" width="11" height="11" fill="{TINT}" stroke="{colour}"/>'
        case "pale":
            return f'<rect x="5" width="12" height="12" fill="{colour}" opacity=".45"/>'
        case "area":
            return f'<rect width="22" height="12" fill="{colour}"/>'
        case _:
            return f'<rect x="5" width="12" height="12" fill="{colour}"/>'
