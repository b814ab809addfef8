"""Rewrites an SVG that Vega drew without what a reader never sees: about a quarter of its bytes are left.

Groups are dissolved, lines become paths, neighbours of one style become one path, coordinates have one
decimal.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from markupsafe import escape

Style = tuple[tuple[str, str], ...]
"""Attributes of a shape, sorted by name."""

_STYLES = (
    "fill",
    "fill-opacity",
    "font-size",
    "font-style",
    "font-weight",
    "opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
)
_USUAL = {
    ("fill", "none"),
    ("font-size", "11px"),
    ("font-weight", "normal"),
    ("opacity", "1"),
    ("stroke-dasharray", ""),
    ("stroke-dasharray", "1,0"),
    ("stroke-width", "1"),
    ("text-anchor", "start"),
}
"""What the root of the picture says once, or what goes without saying."""
_SIZES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_PART = re.compile(r"([A-Za-z])|(-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)")
_MOVE = re.compile(r"translate\(([^,)]+),?([^)]*)\)(.*)", re.DOTALL)
_PERCENT = re.compile(r"(\d)%")
_TENTH = 10


@dataclass(frozen=True)
class _Shape:
    """A path or a text where it stands in the picture; ``body`` is its path, or its whole element."""

    kind: str
    style: Style
    body: str


def lean(svg: str, font: str) -> str:
    """The same picture in fewer bytes, without names, roles and labels of its parts.

    Args:
        svg: a picture as Vega writes it: groups that are moved, paths, lines and texts.
        font: the font family of all its texts.

    Raises:
        ValueError: an element or a turn of a group that Vega does not write.
    """
    root = fromstring(svg)
    width, height = root.get("width", "0"), root.get("height", "0")
    shapes = [shape for child in root for shape in _shapes(child, 0.0, 0.0)]
    drawn = "".join(_written(style, kind, list(run)) for (kind, style), run in groupby(shapes, _look))
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    usual = f'fill="none" font-family="{escape(font)}" font-size="11px"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {usual}>{drawn}</svg>'


def _look(shape: _Shape) -> tuple[str, Style]:
    return shape.kind, shape.style


def _written(style: Style, kind: str, run: list[_Shape]) -> str:
    """Neighbours of one style: one path, or texts in one group."""
    said = "".join(f' {name}="{escape(value)}"' for name, value in style)
    if kind == "path":
        return f'<path{said} d="{"".join(shape.body for shape in run)}"/>'
    inside = "".join(shape.body for shape in run)
    return f"<g{said}>{inside}</g>" if said else inside


def _shapes(element: Element, across: float, down: float) -> Iterator[_Shape]:
    if element.get("display") == "none" or element.get("opacity") == "0":
        return
    tag = element.tag.rpartition("}")[2]
    right, below, turn = _moved(element.get("transform", ""))
    x, y = across + right, down + below
    match tag:
        case "g":
            if turn:
                raise ValueError(f"a group with {turn} is not expected in a chart")
            for child in element:
                yield from _shapes(child, x, y)
        case "path":
            yield from _path(element, element.get("d", ""), x, y)
        case "line":
            end = f"M0,0L{element.get('x2', '0')},{element.get('y2', '0')}"
            yield from _path(element, end, x, y)
        case "text":
            yield _Shape("text", _style(element), _text(element, x, y, turn))
        case "title" | "defs":
            return
        case _:
            raise ValueError(f"an element <{tag}> is not expected in a chart")


def _moved(transform: str) -> tuple[float, float, str]:
    """How far a transform moves, and what else it does."""
    found = _MOVE.match(transform)
    if not found:
        return 0.0, 0.0, transform.strip()
    return float(found[1]), float(found[2] or 0), found[3].strip()


def _style(element: Element) -> Style:
    said = {name: element.get(name) for name in _STYLES}
    return tuple((name, value) for name, value in said.items() if value and (name, value) not in _USUAL)


def _path(element: Element, path: str, x: float, y: float) -> Iterator[_Shape]:
    style = _style(element)
    if not path or not {"fill", "stroke"} & {name for name, _ in style}:
        return
    yield _Shape("path", style, shifted(path, x, y))


def _spaced(text: str | None) -> str:
    """A text with a fixed blank before each percent sign, as in all text of a brief.

    >>> _spaced("50%")
    '50\\xa0%'
    """
    return str(escape(_PERCENT.sub("\\1\u00a0%", text or "")))


def _text(element: Element, x: float, y: float, turn: str) -> str:
    spot = f'transform="translate({_short(x)},{_short(y)}){turn}"' if turn else _at(x, y)
    lines = [child for child in element if child.tag.rpartition("}")[2] == "tspan"]
    if not lines:
        return f"<text {spot}>{_spaced(element.text)}</text>"
    left = "0" if turn else _short(x)
    rest = "".join(
        f'<tspan x="{left}" dy="{_short(float(line.get("dy", 0)))}">{_spaced(line.text)}</tspan>'
        for line in lines[1:]
    )
    return f"<text {spot}>{_spaced(lines[0].text)}{rest}</text>"


def _at(x: float, y: float) -> str:
    return f'x="{_short(x)}" y="{_short(y)}"'


def _short(number: float) -> str:
    """A number with at most one decimal.

    >>> _short(12.04), _short(-0.04), _short(0.26)
    ('12', '0', '.3')
    """
    return _tenths(round(number * _TENTH))


def _tenths(number: int) -> str:
    whole, rest = divmod(abs(number), _TENTH)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}" if not rest else f"{sign}{whole or ''}.{rest}"


def shifted(path: str, x: float, y: float) -> str:
    """A path moved right and down, in steps of a tenth of a pixel from point to point.

    Each point is rounded where it stands, so that the errors of rounding never add up.

    >>> shifted("M0,0h2v3h-2Z", 10.04, 1)
    'M10 1h2v3h-2z'
    >>> shifted("M1.26,0L2,-1.5", 0, 0)
    'M1.3 0l.7-1.5'
    """
    written: list[str] = []
    at = start = (0, 0)
    last = (x, y)
    for letter, numbers in _steps(path):
        large = letter.upper()
        if large == "Z":
            written.append("z")
            at, last = start, (start[0] / _TENTH, start[1] / _TENTH)
            continue
        points = _absolute(letter, numbers, last, (x, y))
        last = points[-1]
        whole = [(round(a * _TENTH), round(b * _TENTH)) for a, b in points]
        steps = [(a - at[0], b - at[1]) for a, b in whole]
        written.append(_command(large, steps, whole[-1], numbers))
        at = whole[-1]
        start = at if large == "M" else start
    return "".join(written)


def _steps(path: str) -> Iterator[tuple[str, list[float]]]:
    """The commands of a path, each with the numbers of one step."""
    letter, numbers = "M", list[float]()
    for command, number in _PART.findall(path):
        if command:
            letter = command
            if letter in "Zz":
                yield letter, []
            continue
        numbers.append(float(number))
        if len(numbers) == _SIZES[letter.upper()]:
            yield letter, numbers
            numbers, letter = [], {"M": "L", "m": "l"}.get(letter, letter)


def _absolute(
    letter: str, numbers: list[float], last: tuple[float, float], move: tuple[float, float]
) -> list[tuple[float, float]]:
    """The points of one command in the picture, its end last."""
    near = letter.islower()
    left, top = last if near else move
    match letter.upper():
        case "H":
            return [(left + numbers[0], last[1])]
        case "V":
            return [(last[0], top + numbers[0])]
        case "A":
            return [(left + numbers[5], top + numbers[6])]
    pairs: Mapping[int, float] = dict(enumerate(numbers))
    return [(left + pairs[place], top + pairs[place + 1]) for place in range(0, len(numbers), 2)]


def _command(letter: str, steps: list[tuple[int, int]], end: tuple[int, int], numbers: list[float]) -> str:
    match letter:
        case "M":
            return f"M{_joined(*end)}"
        case "H":
            return f"h{_tenths(steps[0][0])}"
        case "V":
            return f"v{_tenths(steps[0][1])}"
        case "A":
            radii = _joined(*(round(radius * _TENTH) for radius in numbers[:2]))
            return f"a{radii} {numbers[2]:.0f} {numbers[3]:.0f} {numbers[4]:.0f} {_joined(*steps[0])}"
    return letter.lower() + _joined(*(number for step in steps for number in step))


def _joined(*numbers: int) -> str:
    """Numbers in tenths side by side; a minus sign parts them as well as a space."""
    parts = [_tenths(number) for number in numbers]
    return parts[0] + "".join(part if part.startswith("-") else f" {part}" for part in parts[1:])
